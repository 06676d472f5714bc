/**
 * The files that a RECORD lists below its own directory of packages, without what it lists elsewhere (programs, headers)
 * and without names that lead out of it: `name,hash,size`, the name quoted where it has a comma (PEP 376, csv).
 */
export function recordedFiles(text: string, mostLines?: number): string[] {
  return text.split("\n", mostLines).flatMap((line) => {
    const [, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^,]*)),/.exec(line) ?? [];
    const name = (quoted?.replaceAll('""', '"') ?? plain ?? "").trim();
    const parts = name.split("/");
    return name === "" || parts.includes("") || parts.includes(".") || parts.includes("..") ? [] : [name];
  });
}
