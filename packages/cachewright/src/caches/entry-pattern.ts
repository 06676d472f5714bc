import type { CacheEntry } from "../tools/tool-cache.ts";

/** Stands in until pip's own cases come. */
export function matchesPattern({ project, version }: Pick<CacheEntry, "project" | "version">, pattern: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[-_.]+/g, "-");
  const source = plain(pattern).replaceAll(/[$()+.[\\\]^{|}]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".");
  const regex = new RegExp(`^(?:${source})$`);
  return project !== null && (regex.test(plain(project)) || (version !== null && regex.test(plain(`${project}-${version}`))));
}
