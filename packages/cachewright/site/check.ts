/** Faults that a reader would meet: links that lead nowhere, ids twice, anything that is loaded from elsewhere. */
import { posix } from "node:path";

export function faultsOf(files: ReadonlyMap<string, string>): string[] {
  const pages = [...files].filter(([path]) => path.endsWith(".html"));
  const ids = new Map(pages.map(([path, text]) => [path, idsIn(text)]));
  return pages.flatMap(([path, text]) => [
    ...repeated(ids.get(path) ?? []).map((id) => `${path}: the id ${id} stands twice`),
    ...linksIn(text).flatMap((link) => linkFault(path, link, { files, ids }) ?? []),
    ...loadedIn(text).flatMap((address) => loadFault(path, address, files) ?? []),
    ...outlineFaults(text).map((fault) => `${path}: ${fault}`),
    ...(/\bstyle="|<style|<script(?! src=)|\bon[a-z]+="/.test(withoutText(text)) ? [`${path}: style or script stands inline, which the page's policy refuses`] : []),
  ]).concat(...[...files].filter(([path]) => path.endsWith(".css")).map(([path, text]) => (/@import|url\((?!["']?data:)/.test(text) ? [`${path}: loads something`] : [])));
}

const decoded = (text: string): string => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
const withoutText = (text: string): string => (text.match(/<[^>]+>/g) ?? []).join("");

function idsIn(text: string): string[] {
  return [...withoutText(text).matchAll(/ id="([^"]*)"/g)].map(([, id]) => decoded(id as string));
}

function repeated(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
}

function linksIn(text: string): string[] {
  return [...withoutText(text).matchAll(/<a\b[^>]* href="([^"]*)"/g)].map(([, link]) => decoded(link as string));
}

function loadedIn(text: string): string[] {
  const tags = withoutText(text);
  return [...tags.matchAll(/ src="([^"]*)"/g), ...tags.matchAll(/<link\b[^>]* href="([^"]*)"/g)].map(([, address]) => decoded(address as string));
}

interface Site {
  readonly files: ReadonlyMap<string, string>;
  readonly ids: ReadonlyMap<string, readonly string[]>;
}

function linkFault(from: string, link: string, { files, ids }: Site): string | undefined {
  if (link.startsWith("https://")) return undefined;
  const [, path = "", anchor] = /^([^#]*)(?:#(.*))?$/.exec(link) ?? [];
  if (/^[a-z]+:|^\//i.test(path)) return `${from}: ${link} is no relative link`;
  const target = path === "" ? from : posix.join(posix.dirname(from), path);
  if (!files.has(target)) return `${from}: ${link} leads nowhere`;
  return anchor === undefined || ids.get(target)?.includes(anchor) === true ? undefined : `${from}: ${link} leads to no place in its page`;
}

function loadFault(from: string, address: string, files: ReadonlyMap<string, string>): string | undefined {
  if (/^[a-z]+:|^\//i.test(address)) return `${from}: loads ${address} from elsewhere`;
  return files.has(posix.join(posix.dirname(from), address)) ? undefined : `${from}: loads ${address}, which is not there`;
}

/** One h1, and no level left out: that is how people who hear a page go through it. */
function outlineFaults(text: string): string[] {
  const levels = [...withoutText(text).matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
  const faults = levels.filter((level) => level === 1).length === 1 ? [] : ["it has not exactly one h1"];
  for (const [i, level] of levels.entries()) if (level > (levels[i - 1] ?? 0) + 1) faults.push(`a heading of level ${level} follows one of level ${levels[i - 1] ?? 0}`);
  return faults;
}
