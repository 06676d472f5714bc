// Written by scripts/generate.mjs from the folders of lint rules. Do not edit: npm run generate.
export const lintCodes: readonly string[] = [
  "ci-cache-outside-project",
  "ci-cache-path-unused",
  "ci-cache-switched-off",
  "ci-container-home",
  "sudo-pip",
  "uv-cache-unpruned",
];
