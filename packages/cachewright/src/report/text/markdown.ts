/** As much of Markdown as the pages use: headings, paragraphs, lists of one level and fenced code. */
export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly { readonly mark: string; readonly text: string }[] }
  | { readonly kind: "code"; readonly lines: readonly string[] };

const item = /^([-*]|\d+\.)\s+(.*)$/;

export function readMarkdown(markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? "";
    if (line.trim() === "") at += 1;
    else if (line.startsWith("```")) {
      const end = lines.findIndex((other, i) => i > at && other.startsWith("```"));
      const stop = end < 0 ? lines.length : end;
      blocks.push({ kind: "code", lines: lines.slice(at + 1, stop) });
      at = stop + 1;
    } else if (/^#{1,6}\s/.test(line)) {
      blocks.push({ kind: "heading", text: line.replace(/^#+\s+/, "") });
      at += 1;
    } else {
      const stop = endOfProse(lines, at);
      blocks.push(prose(lines.slice(at, stop)));
      at = stop;
    }
  }
  return blocks;
}

function endOfProse(lines: readonly string[], from: number): number {
  let at = from + 1;
  while (at < lines.length && !/^\s*$|^```|^#{1,6}\s/.test(lines[at] ?? "")) {
    // A list may begin right below its paragraph; "-" or "1." at the start of a wrapped line is no list elsewhere.
    if (item.test(lines[at] ?? "") && !item.test(lines[from] ?? "") && (lines[at - 1] ?? "").endsWith(":")) break;
    at += 1;
  }
  return at;
}

function prose(lines: readonly string[]): Block {
  if (!item.test(lines[0] ?? "")) return { kind: "paragraph", text: lines.join(" ") };
  const items: { mark: string; text: string }[] = [];
  for (const line of lines) {
    const [, mark, text] = item.exec(line) ?? [];
    const last = items.at(-1);
    if (mark !== undefined && text !== undefined) items.push({ mark, text });
    else if (last !== undefined) last.text += ` ${line.trim()}`;
  }
  return { kind: "list", items };
}
