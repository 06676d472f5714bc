// Written by scripts/generate.mjs from the folders of lint rules. Do not edit: npm run generate.
import type { RuleText } from "./rule.ts";

export const ruleTexts: Readonly<Record<string, RuleText>> = {
  "sudo-pip": {"title":"pip runs under sudo","level":"warning","tools":["pip"],"about":"sudo pip writes root's files into the user's cache and over the system's packages, and runs the setup code of every package as root.","fixable":false},
};
