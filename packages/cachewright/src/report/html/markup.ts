/**
 * HTML from data. Machine text (paths, names, config values) reaches a page only through `html`, which escapes what is
 * put into it; markup that is already made is marked as such by its type.
 */
import { visibleText } from "../text/visible.ts";

export interface Markup {
  readonly markup: string;
}

type Content = Markup | string | number | undefined | false | readonly Content[];

/** `` html`<td>${name}</td>` ``: values are escaped, markup and lists of it go in as they are. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let out = parts[0] ?? "";
  for (const [i, value] of values.entries()) out += `${contentOf(value)}${parts[i + 1] ?? ""}`;
  return { markup: out };
}

function contentOf(value: Content): string {
  if (value === undefined || value === false) return "";
  if (typeof value === "object") return "markup" in value ? value.markup : value.map(contentOf).join("");
  return escapeHtml(String(value));
}

/** For text and for attribute values in double quotes. Control characters and direction marks become visible escapes. */
export function escapeHtml(text: string): string {
  const lines = text.split("\n").map(visibleText).join("\n");
  return lines.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Data for a script of the page, safe inside `<script type="application/json">`. */
export function jsonFor(value: unknown): Markup {
  return { markup: JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`) };
}
