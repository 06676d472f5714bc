/** Words that several pages use for the same thing. */
import { html, type Markup } from "../src/report/html/markup.ts";

const severities: Readonly<Record<string, string>> = { error: "✖", warning: "▲", note: "●" };

/** A sign and a word: colour is never alone. */
export function severityMark(severity: string): Markup {
  return html`<span class="severity ${severity}"><span aria-hidden="true">${severities[severity] ?? "●"}</span> ${severity}</span>`;
}

export const severityOrder = ["error", "warning", "note"] as const;

export const severityMeaning: Readonly<Record<string, string>> = {
  error: "Something fails.", warning: "It works, and costs time, space or safety.", note: "Worth knowing; alone it is no finding.",
};

const systems: Readonly<Record<string, string>> = { linux: "Linux", macos: "macOS", windows: "Windows", darwin: "macOS", win32: "Windows" };

export function systemName(platform: string): string {
  return systems[platform] ?? platform;
}

export function versionsText(since: string | undefined, until: string | undefined): string {
  if (since !== undefined && until !== undefined) return since === until ? since : `${since} to ${until}`;
  if (since !== undefined) return `${since} and later`;
  return until === undefined ? "all versions" : `up to ${until}`;
}

export function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}

/** Plain sentences of ours hold no Markdown but backticks. */
export function coded(text: string): Markup {
  return html`${text.split(/`([^`]+)`/).map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

export function withoutTicks(text: string): string {
  return text.replaceAll("`", "");
}

/** A link to a page or a place in one, from the site's root. */
export function to(path: string, content: Markup | string): Markup {
  return html`<a href="site:${path}">${content}</a>`;
}

/** A path in code, which may be broken after its separators. */
export function pathCode(path: string): Markup {
  return html`<code class="path">${path.split(/(?<=[/\\])/).map((part, i) => html`${i > 0 ? { markup: "<wbr>" } : undefined}${part}`)}</code>`;
}

export function list(items: readonly (Markup | string)[]): Markup {
  return html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>
`;
}

export interface TableText {
  /** What the table is, for those who hear it. */
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell of a row names it. */
  readonly rows: readonly { readonly id?: string; readonly cells: readonly (Markup | string | undefined)[] }[];
}

export function table({ caption, head, rows }: TableText): Markup {
  return html`<div class="wide" tabindex="0" role="region" aria-label="${caption}"><table${head.length > 2 ? html` class="many"` : undefined}><caption class="hidden">${caption}</caption><thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead><tbody>
${rows.map(({ id, cells: [first, ...rest] }) => html`<tr${id === undefined ? undefined : html` id="${id}"`}><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>
`)}</tbody></table></div>
`;
}

export function inOrder<T>(items: readonly T[], keyOf: (item: T) => readonly string[]): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) for (const key of keyOf(item)) groups.set(key, [...(groups.get(key) ?? []), item]);
  return [...groups];
}
