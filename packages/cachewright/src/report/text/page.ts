import type { Paint } from "../../machine/terminal.ts";

/** A page.md for the terminal: the front matter becomes a title, the rest stays readable Markdown. */
export function pageText(page: string, { paint }: { paint: Paint }): string {
  const match = /^---\n([\s\S]*?)\n---\n+([\s\S]*)$/.exec(page.replaceAll("\r\n", "\n"));
  const [, front = "", body = page] = match ?? [];
  const field = (name: string): string => new RegExp(`^${name}:\\s*["']?(.*?)["']?\\s*$`, "m").exec(front)?.[1] ?? "";
  const head = match === null ? "" : `${paint("bold", field("title"))}  ${paint("dim", field("id"))}  ${field("severity")}\n\n`;
  const lines = body.trimEnd().split("\n").map((line) => {
    const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1];
    return heading === undefined ? line : paint("bold", heading);
  });
  return `${head}${lines.join("\n")}\n`;
}
