import type { Rule } from "../../lint/rule.ts";
import { ruleTexts } from "../../lint/texts.generated.ts";
import { severityWord, type Look } from "./look.ts";
import { indented } from "./wrap.ts";

export function lintRulesText(rules: readonly Rule[], look: Look): string {
  return `${rules.map(({ code, kinds }) => {
    const text = ruleTexts[code];
    return [
      `${look.paint("bold", code)}  ${severityWord(look, text?.level ?? "warning")}  ${look.paint("dim", `${kinds.join(", ")}${text?.fixable === true ? "; --fix" : ""}`)}`,
      indented(text?.title ?? "", { first: "  ", width: look.width }),
    ].join("\n");
  }).join("\n\n")}\n\nMore about one: ${look.command} explain RULE\n`;
}
