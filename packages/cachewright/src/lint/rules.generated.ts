// Written by scripts/generate.mjs from the folders of lint rules. Do not edit: npm run generate.
import type { Rule } from "./rule.ts";
import { rule as sudoPip } from "./rules/sudo-pip/rule.ts";

export const allRules: readonly Rule[] = [
  sudoPip,
];
