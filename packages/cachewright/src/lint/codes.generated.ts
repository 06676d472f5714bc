// Written by scripts/generate.mjs from the folders of lint rules. Do not edit: npm run generate.
export const lintCodes: readonly string[] = [
  "sudo-pip",
];
