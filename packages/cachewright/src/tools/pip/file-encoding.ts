/** In which encoding a pip reads its files, and so which faults of a file it minds. */
import type { IniFault } from "../../configs/ini.ts";
import { pipAtLeast } from "./version.ts";

export interface PipReader {
  readonly version: string;
  /** Python's version. */
  readonly python: string;
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** "bytes": Python 2 does not decode. "other": a code page in which every byte, or nearly every one, means something. */
export type FileEncoding = "utf-8" | "ascii" | "other" | "bytes";

/**
 * locale.getpreferredencoding() for most, locale.getencoding() for 26.2.x on Python >= 3.11 (blind to UTF-8 mode),
 * UTF-8 in UTF-8 mode from 26.3 on (configuration.py `_construct_parser`). Locales are taken to be installed.
 */
export function pipFileEncoding({ version, python, platform, env }: PipReader): FileEncoding {
  if (!pipAtLeast(python, "3")) return "bytes";
  if (platform === "darwin") return "utf-8";
  const isBlind = pipAtLeast(version, "26.2") && !pipAtLeast(version, "26.3") && pipAtLeast(python, "3.11");
  const isModern = pipAtLeast(python, "3.7");
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "C";
  const isC = platform !== "win32" && (locale === "C" || locale === "POSIX");
  // PEP 538: without LC_ALL the C locale is exchanged for C.UTF-8 before anything else.
  if (isC && isModern && !env["LC_ALL"] && env["PYTHONCOERCECLOCALE"] !== "0") return "utf-8";
  const mode = env["PYTHONUTF8"] || (isC || pipAtLeast(python, "3.15") ? "1" : "0");
  if (isModern && mode === "1" && !isBlind) return "utf-8";
  if (isC) return "ascii";
  return platform !== "win32" && /\.utf-?8\b/i.test(locale) ? "utf-8" : "other";
}

/** Why this pip cannot read a file with that fault, in its words; null when it can. */
export function mindedFault(fault: IniFault, reader: PipReader): string | null {
  const encoding = pipFileEncoding(reader);
  const { key = "", section = "", line } = fault;
  switch (fault.kind) {
    case "no-section-header": return "File contains no section headers.";
    case "bom": return encoding === "ascii" ? undecodable(encoding) : "File contains no section headers. (a byte order mark stands before the first)";
    case "utf16": return encoding === "utf-8" || encoding === "ascii" ? undecodable(encoding) : "File contains no section headers.";
    case "no-value": return `Source contains parsing errors: line ${line}`;
    case "duplicate-key": return encoding === "bytes" ? null : `option '${key.toLowerCase()}' in section '${section}' already exists`;
    case "duplicate-section": return encoding === "bytes" ? null : `section '${section}' already exists`;
    case "two-spellings": return pipAtLeast(reader.version, "26.3") ? `option '${key.toLowerCase().replaceAll("_", "-").replace(/^--/, "")}' in section '${section}' already exists` : null;
    case "not-utf8": return encoding === "utf-8" || encoding === "ascii" ? undecodable(encoding) : null;
    case "not-ascii": return encoding === "ascii" ? undecodable(encoding) : null;
    // Whether it counts depends on what other files say: that is for the settings to tell.
    case "version-key": return null;
  }
}

function undecodable(encoding: FileEncoding): string {
  return `Configuration file contains invalid ${encoding === "ascii" ? "ANSI_X3.4-1968" : "UTF-8"} characters`;
}
