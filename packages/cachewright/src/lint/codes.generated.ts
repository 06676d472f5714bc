// Written by scripts/generate.mjs from the folders of lint rules. Do not edit: npm run generate.
export const lintCodes: readonly string[] = [
  "cache-cleaned-too-late",
  "cache-mount-elsewhere",
  "cache-mount-owner",
  "cache-mount-sharing",
  "cache-mount-unused",
  "chmod-open-to-all",
  "conda-clean-softlinks",
  "ignore-without-reason",
  "layer-keeps-cache",
  "no-cache-misspelt",
  "no-cache-truth-value",
  "pep668-override",
  "sudo-pip",
  "uv-link-mode",
];
