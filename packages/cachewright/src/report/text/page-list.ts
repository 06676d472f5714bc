import type { PageEntry } from "../all-pages.ts";
import { severityWord, type Look } from "./look.ts";
import { indented } from "./wrap.ts";

/** Each with what it says of itself, problems of machines first. */
export function pageListText(pages: readonly PageEntry[], look: Look): string {
  const part = (of: PageEntry["of"], head: string): string => `${look.paint("bold", head)}\n\n${pages.filter((page) => page.of === of).map((page) => lineOf(page, look)).join("\n")}\n`;
  return `${part("problem", "Problems of a machine")}\n${part("rule", "Rules of lint")}\nThe page of one: ${look.command} explain ID\n`;
}

function lineOf({ id, severity, title, tools }: PageEntry, look: Look): string {
  return `${look.paint("cyan", id)}  ${severityWord(look, severity)}  ${look.paint("dim", tools.join(", "))}\n${indented(title, { first: "  ", width: look.width })}`;
}
