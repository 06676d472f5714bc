/** A wheel's RECORD: what each file must be (PEP 376, PEP 427). */

export interface RecordLine {
  readonly path: string;
  readonly size: number | null;
  /** `digest`: base64url without padding; absent where the line has none, as those of RECORD and its signatures. */
  readonly hash?: { readonly algorithm: string; readonly digest: string };
}

/** Lines that cannot be read say nothing of any file; later ones of the same file count. */
export function recordLines(text: string): ReadonlyMap<string, RecordLine> {
  const lines = new Map<string, RecordLine>();
  for (const line of text.split(/\r?\n/)) {
    const [path, rest] = firstField(line);
    if (path === "") continue;
    const [hash = "", size = ""] = rest.split(",");
    const at = hash.indexOf("=");
    const bytes = /^\d{1,15}$/.test(size.trim()) ? Number(size) : null;
    lines.set(path, { path, size: bytes, ...(at > 0 ? { hash: { algorithm: hash.slice(0, at).trim().toLowerCase(), digest: hash.slice(at + 1).trim().replace(/=+$/, "") } } : {}) });
  }
  return lines;
}

/** A name with a comma stands in quotation marks, doubled inside (csv). */
function firstField(line: string): readonly [field: string, rest: string] {
  if (!line.startsWith('"')) {
    const at = line.indexOf(",");
    return at < 0 ? [line.trim(), ""] : [line.slice(0, at), line.slice(at + 1)];
  }
  for (let at = line.indexOf('"', 1); at > 0; at = line.indexOf('"', at + 2)) {
    if (line[at + 1] !== '"') return [line.slice(1, at).replaceAll('""', '"'), line.slice(at + 2)];
  }
  return ["", ""];
}
