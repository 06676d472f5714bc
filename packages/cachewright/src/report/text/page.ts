import { severityOf } from "../severity-of.ts";
import { titleOf } from "../../problems/texts.ts";
import type { Look } from "./look.ts";
import { readMarkdown, type Block } from "./markdown.ts";
import { columns, wrap } from "./wrap.ts";

/** A page.md without its front matter. */
export function pageBody(page: string): string {
  const text = page.replaceAll("\r\n", "\n");
  return text.replace(/^---\n[\s\S]*?\n---\n+/, "").trimEnd() + "\n";
}

/** The page of a problem for a terminal: re-wrapped, with nothing of Markdown but the backticks. */
export function pageText(id: string, page: string, look: Pick<Look, "paint" | "width">): string {
  return pageOf({ id, title: titleOf(id), severity: severityOf(id) }, page, look);
}

/** The same of whatever has a page. */
export function pageOf({ id, title, severity }: { readonly id: string; readonly title: string; readonly severity: string }, page: string, look: Pick<Look, "paint" | "width">): string {
  const { paint } = look;
  const width = Math.min(look.width, 100);
  const head = `${paint("bold", title)}  ${paint("dim", id)}  ${severity}`;
  return `${[head, ...readMarkdown(pageBody(page)).map((block) => blockText(block, { paint, width }))].join("\n\n")}\n`;
}

function blockText(block: Block, look: Pick<Look, "paint" | "width">): string {
  if (block.kind === "heading") return look.paint("bold", block.text);
  if (block.kind === "code") return block.lines.map((line) => (line === "" ? "" : `    ${line}`)).join("\n");
  if (block.kind === "paragraph") return proseText(block.text, { ...look, first: "", rest: "" });
  return block.items.map(({ mark, text }) => proseText(text, { ...look, first: `${mark} `, rest: " ".repeat(mark.length + 1) })).join("\n");
}

function proseText(markdown: string, { paint, width, first, rest }: Pick<Look, "paint" | "width"> & { first: string; rest: string }): string {
  const { text, strong } = withoutEmphasis(markdown.replace(/\s+/g, " ").trim());
  let at = 0;
  return wrap(text, Math.max(20, width - columns(rest))).map((line, i) => {
    const start = at;
    at += line.length + 1;
    return (i === 0 ? first : rest) + painted(line, strong.map(([from, to]) => [from - start, to - start] as const), paint);
  }).join("\n");
}

/** Emphasised parts of a line in bold; a part may begin before the line and end after it. */
function painted(line: string, parts: readonly (readonly [from: number, to: number])[], paint: Look["paint"]): string {
  let text = "";
  let at = 0;
  for (const [from, to] of parts) {
    const [begin, end] = [Math.max(from, at), Math.min(to, line.length)];
    if (begin >= end) continue;
    text += line.slice(at, begin) + paint("bold", line.slice(begin, end));
    at = end;
  }
  return text + line.slice(at);
}

/** Takes the marks of emphasis away, and says what they enclosed. What stands in backticks is left as it is. */
function withoutEmphasis(markdown: string): { text: string; strong: (readonly [number, number])[] } {
  const strong: [number, number][] = [];
  let text = "";
  let at = 0;
  for (const match of markdown.matchAll(/`[^`]*`|\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])/g)) {
    const inner = match[1] ?? match[2];
    text += markdown.slice(at, match.index);
    if (inner !== undefined) strong.push([text.length, text.length + inner.length]);
    text += inner ?? match[0];
    at = match.index + match[0].length;
  }
  return { text: text + markdown.slice(at), strong };
}
