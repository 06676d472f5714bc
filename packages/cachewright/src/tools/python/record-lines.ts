/** RECORD as a map: `name,algorithm=digest,size`, the name quoted where it has a comma (PEP 376, csv). */
export interface RecordLine {
  readonly algorithm?: string;
  /** base64url without padding; a few old packers wrote hexadecimal, which is left out. */
  readonly digest?: string;
  readonly size?: number;
}

/** Lines that tell neither hash nor size are left out: RECORD's own, and those of a packer that wrote none. */
export function readRecord(text: string): ReadonlyMap<string, RecordLine> {
  const lines = new Map<string, RecordLine>();
  for (const line of text.split("\n")) {
    const [, quoted, plain, rest = ""] = /^(?:"((?:[^"]|"")*)"|([^",]*)),(.*)$/.exec(line.trimEnd()) ?? [];
    const name = quoted?.replaceAll('""', '"') ?? plain;
    const [hash = "", size = ""] = rest.split(",");
    if (name === undefined || (hash === "" && size === "")) continue;
    const [, algorithm, digest] = /^([a-z0-9]{1,20})=([A-Za-z0-9_-]{1,200})={0,2}$/.exec(hash) ?? [];
    const isDigest = digest !== undefined && digest.length % 4 !== 1 && !/^[0-9a-f]{32,}$/.test(digest);
    lines.set(name, { ...(isDigest && algorithm !== undefined ? { algorithm, digest } : {}), ...(/^\d{1,15}$/.test(size) ? { size: Number(size) } : {}) });
  }
  return lines;
}
