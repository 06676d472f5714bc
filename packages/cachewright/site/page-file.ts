/** A page.md as data: front matter, sections, and what a section on cures lists. */
import { parse } from "yaml";

export interface Section {
  readonly title: string;
  /** Markdown below the heading. */
  readonly text: string;
}

export interface PageFile {
  /** The folder's name, unless the front matter names it otherwise. */
  readonly id: string;
  readonly front: Readonly<Record<string, unknown>>;
  readonly sections: readonly Section[];
}

export interface CureText {
  readonly id: string;
  readonly title: string;
  /** Markdown: what it does and why it helps. */
  readonly body: string;
  readonly tradeoff: string;
  readonly shownOnly: string | undefined;
}

export function readPageFile(folder: string, text: string): PageFile {
  const [, head, body] = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(text.replaceAll("\r\n", "\n")) ?? [];
  if (head === undefined || body === undefined) throw new Error(`the page of ${folder} has no front matter`);
  const front = parse(head) as Record<string, unknown>;
  const id = [front["id"], front["code"], folder].find((name) => typeof name === "string") as string;
  return { id, front, sections: split(body, /^## /m).parts.map(sectionOf) };
}

/** A text of the front matter; "" where there is none. */
export function frontText({ front }: PageFile, key: string): string {
  const value = front[key];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

export function frontList({ front }: PageFile, key: string): readonly string[] {
  const value = front[key];
  return Array.isArray(value) ? value.map(String) : [];
}

/** `### id: Title` and what follows; before the first one general words may stand. */
export function readCures({ text }: Section): { readonly before: string; readonly cures: readonly CureText[] } {
  const { before, parts } = split(text, /^### /m);
  return { before, cures: parts.map(cureOf) };
}

function cureOf(part: string): CureText {
  const { title: heading, text } = sectionOf(part);
  const [, id, title] = /^([^:]+): (.*)$/.exec(heading) ?? [undefined, heading, heading];
  const body = text.split(/\n{2,}/);
  const labelled = (label: string): string | undefined => body.find((one) => one.startsWith(`${label}: `))?.slice(label.length + 2);
  return {
    id: id as string, title: title as string, tradeoff: labelled("Trade-off") ?? "", shownOnly: labelled("Shown only"),
    body: body.filter((one) => !/^(?:Trade-off|Shown only): /.test(one)).join("\n\n"),
  };
}

function split(text: string, at: RegExp): { before: string; parts: string[] } {
  const [before = "", ...parts] = text.split(at);
  return { before: before.trim(), parts };
}

function sectionOf(part: string): Section {
  const end = part.indexOf("\n");
  return end < 0 ? { title: part.trim(), text: "" } : { title: part.slice(0, end).trim(), text: part.slice(end + 1).trim() };
}
