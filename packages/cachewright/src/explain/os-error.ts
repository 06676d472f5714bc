/** Reads an operating system's error out of a line, in the wording of Python, Rust, Node, Windows or a shell. */
import { inOtherLanguages } from "../problems/strerror-words.ts";

export interface OsError {
  /** "EACCES", "ENOSPC" …; "WinError 5" for what has no twin; "errno 95" for numbers that mean nothing here. */
  readonly errno: string;
  /** The paths it names; of a move, the destination first. */
  readonly paths: readonly string[];
}

/** Numbers of Linux, then those of macOS that differ. 45 and 66 are left out: they mean other things on the other system. */
const byNumber: Readonly<Record<string, string>> = {
  1: "EPERM", 2: "ENOENT", 13: "EACCES", 16: "EBUSY", 18: "EXDEV", 28: "ENOSPC", 30: "EROFS", 36: "ENAMETOOLONG",
  37: "ENOLCK", 95: "EOPNOTSUPP", 122: "EDQUOT", 63: "ENAMETOOLONG", 69: "EDQUOT", 77: "ENOLCK",
};
const byWindowsNumber: Readonly<Record<string, string>> = { 19: "EROFS", 39: "ENOSPC", 112: "ENOSPC", 1295: "EDQUOT" };

const phrases: readonly (readonly [RegExp, string])[] = [
  // ssh and git mean a key, not a file.
  [/[Pp]ermission denied(?! \((?:publickey|password|keyboard|gssapi))/, "EACCES"],
  [/[Nn]o space left on device/, "ENOSPC"],
  [/[Rr]ead-only file ?system/, "EROFS"],
  [/[Oo]peration not permitted/, "EPERM"],
  [/[Dd]isk quota exceeded/, "EDQUOT"],
  // shutil.move, before it tries.
  [/Lacking write permission to/, "EACCES"],
  [/There is not enough space on the disk/, "ENOSPC"],
  // GNU and BSD tools print no number.
  ...(["EACCES", "EPERM", "ENOSPC", "EROFS", "EDQUOT"] as const).map((errno) => [new RegExp(inOtherLanguages(errno)), errno] as const),
  // mmap(2) of a program on a file system mounted noexec.
  [/failed to map segment from shared object/, "EPERM"],
];

/** `repr` of Python: either quote, backslash escapes; a move prints two with an arrow. */
const quoted = String.raw`[ub]?('(?:[^'\\]|\\.){1,4096}'|"(?:[^"\\]|\\.){1,4096}")`;
const afterColon = new RegExp(`^:\\s{0,4}${quoted}(?: -> ${quoted})?`);
const python = /\[?(?:Errno|errno) (\d{1,5})\]?/;
const pythonObject = /\b(?:OS|IO|Environment|Permission)Error\((\d{1,4}), ?u?['"]/;
const rust = /\(os error (\d{1,5})\)/;
const node = /\b(E[A-Z]{3,14}): [^,\n']{1,80}(?:, \w{1,20} '([^'\n]{1,4096})'(?: -> '([^'\n]{1,4096})')?)?/;
const windows = /\[WinError (\d{1,5})\]/;

export function osError(line: string): OsError | null {
  return fromPython(line) ?? fromWindows(line) ?? fromRust(line) ?? fromNode(line) ?? fromObject(line) ?? fromPhrase(line);
}

function fromPython(line: string): OsError | null {
  const found = python.exec(line);
  if (found === null) return null;
  const errno = byNumber[found[1]!] ?? `errno ${found[1]}`;
  const paths = reprPaths(line.slice(found.index + found[0].length));
  return { errno, paths: paths.length > 0 ? paths : pathBefore(line.slice(0, found.index)) };
}

function fromWindows(line: string): OsError | null {
  const found = windows.exec(line);
  if (found === null) return null;
  return { errno: byWindowsNumber[found[1]!] ?? `WinError ${found[1]}`, paths: reprPaths(line.slice(found.index + found[0].length)) };
}

function fromRust(line: string): OsError | null {
  const found = rust.exec(line);
  if (found === null) return null;
  const onWindows = isWindowsNumber(found[1]!, line);
  const errno = onWindows ? byWindowsNumber[found[1]!] ?? `WinError ${found[1]}` : byNumber[found[1]!] ?? `errno ${found[1]}`;
  const behind = /^ at path ["'`]([^"`\n]{1,4096})["'`]/.exec(line.slice(found.index + found[0].length));
  return { errno, paths: behind === null ? pathBefore(line.slice(0, found.index)) : [behind[1]!] };
}

/** Rust's words are English on Linux and macOS, so these numbers in other words are those of Windows. */
const unixWords: Readonly<Record<string, RegExp>> = { 5: /Input\/output error/, 32: /Broken pipe/, 33: /argument out of domain|Result too large/, 112: /Host is down/ };

function isWindowsNumber(number: string, line: string): boolean {
  if (unixWords[number] !== undefined) return !unixWords[number].test(line);
  return /Access is denied|another process|cloud operation|not enough space on the disk|[`'" ][A-Za-z]:\\/.test(line);
}

function fromNode(line: string): OsError | null {
  const found = node.exec(line);
  if (found === null || !Object.values(byNumber).includes(found[1]!)) return null;
  return { errno: found[1]!, paths: [found[3], found[2]].filter((path) => path !== undefined) };
}

function fromObject(line: string): OsError | null {
  const found = pythonObject.exec(line);
  if (found === null) return null;
  const path = new RegExp(`^[^)\n]{0,200}?['"], ${quoted}`).exec(line.slice(found.index + found[0].length));
  return { errno: byNumber[found[1]!] ?? `errno ${found[1]}`, paths: path === null ? [] : [unrepr(path[1]!)] };
}

function fromPhrase(line: string): OsError | null {
  for (const [phrase, errno] of phrases) {
    const found = phrase.exec(line);
    if (found === null) continue;
    const rest = line.slice(found.index + found[0].length);
    const inBrackets = bracketed.exec(rest);
    if (inBrackets !== null) return { errno, paths: [inBrackets[2], inBrackets[1]].filter((path) => path !== undefined) };
    const paths = /^\s?:/.test(rest) ? reprPaths(rest) : /^ ['"]/.test(rest) ? reprPaths(`:${rest}`) : [];
    return { errno, paths: paths.length > 0 ? paths : pathBefore(line.slice(0, found.index)) };
  }
  return null;
}

/** What C++ prints of std::filesystem::filesystem_error: `cannot copy: Permission denied [FROM] [TO]`; with quotes on macOS. */
const bracketed = /^ \["?((?:~|\/|[A-Za-z]:\\)[^\]"\n]{0,4095})"?\](?: \["?((?:~|\/|[A-Za-z]:\\)[^\]"\n]{0,4095})"?\])?/;

/** The strerror text, in whatever language, ends at the first colon that a quote follows. */
function reprPaths(rest: string): string[] {
  const colon = /:\s{0,4}(?=[ub]?['"])/.exec(rest.slice(0, 300));
  if (colon !== null) {
    const found = afterColon.exec(rest.slice(colon.index));
    if (found !== null) return [found[2], found[1]].filter((path) => path !== undefined).map(unrepr);
  }
  const bare = /^[^'"/\n]{0,160}:\s((?:~|\/|[A-Za-z]:\\)[^'"\n]{0,4095}?)\s*$/.exec(rest);
  return bare === null ? [] : [bare[1]!];
}

const twoPaths = /(?:^|\s)['"`]?((?:~|\/|[A-Za-z]:\\)[^'"`\n]{0,4095}?)['"`]? to ['"`]?((?:~|\/|[A-Za-z]:\\)[^'"`\n]{0,4095}?)['"`]?$/;
const lastQuoted: readonly RegExp[] = [/`([^`\n]{1,4096})`[^`/\n]{0,80}$/, /'([^'\n]{1,4096})'[^'/\n]{0,80}$/, /"([^"\n]{1,4096})"[^"/\n]{0,80}$/, /[«„“「]\s?([^«»„“”「」\n]{1,4096}?)\s?[»“”」][^/\n]{0,80}$/];

/** The path that stands before the words: of a move, quoted, or from its first slash to the colon. */
function pathBefore(text: string): string[] {
  const colon = text.lastIndexOf(":");
  const words = (colon < 0 ? text : text.slice(0, colon)).slice(-6000).trimEnd();
  if (words.includes(" to ")) {
    const move = twoPaths.exec(words);
    if (move !== null) return [move[2]!, move[1]!];
  }
  for (const form of lastQuoted) {
    const found = form.exec(words);
    if (found !== null) return [found[1]!];
  }
  return colon < 0 ? [] : barePath(words);
}

function barePath(words: string): string[] {
  const before = words.lastIndexOf(":");
  const drive = before > 0 && words[before + 1] === "\\" && /[A-Za-z]/.test(words[before - 1]!);
  const phrase = words.slice(drive ? before - 1 : before + 1);
  const start = /(?:^|[\s(=])(?=~?\/|~$|\.{1,2}\/|[A-Za-z]:\\)/.exec(phrase);
  return start === null ? [] : [phrase.slice(start.index + start[0].length)];
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"' };

/** Undoes Python's `repr`; runs of `\xNN` above 0x7f are the UTF-8 bytes that Python 2 prints. */
export function unrepr(literal: string): string {
  const body = literal.slice(1, -1);
  if (!body.includes("\\")) return body;
  return body
    .replace(/(?:\\x[89a-fA-F][0-9a-fA-F]){2,}/g, (bytes) => {
      const text = Buffer.from(bytes.replaceAll("\\x", ""), "hex").toString("utf8");
      return text.includes("\ufffd") ? bytes : text;
    })
    .replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([ntr\\'"]))/g, (whole, two, four, one) =>
      two !== undefined || four !== undefined ? String.fromCharCode(Number.parseInt(two ?? four, 16)) : escapes[one] ?? whole);
}
