import { describe, expect, it } from "vitest";
import { strerrorWords } from "../problems/strerror-words.ts";
import { explainText } from "./explain-log.ts";
import { osError, unrepr } from "./os-error.ts";

describe("an error of the operating system is read", () => {
  it.each([
    ["Python, by its number in any language", "PermissionError: [Errno 13] Keine Berechtigung: '/home/ada/x'", "EACCES", ["/home/ada/x"]],
    ["Python, strerror with an apostrophe", "OSError: [Errno 28] S'ha exhaurit l'espai: '/srv/x'", "ENOSPC", ["/srv/x"]],
    ["Python, no path", "OSError: [Errno 28] Aucun espace disponible sur le périphérique", "ENOSPC", []],
    ["Python, a move: the destination first", "[Errno 13] Permission denied: '/tmp/a' -> '/srv/b c'", "EACCES", ["/srv/b c", "/tmp/a"]],
    ["Python, a path with an apostrophe", "[Errno 13] Permission denied: \"/home/o'neil/x\"", "EACCES", ["/home/o'neil/x"]],
    ["Python, a path with a newline", "[Errno 13] Permission denied: '/home/a\\nb'", "EACCES", ["/home/a\nb"]],
    ["Python 2, unicode and bytes", "IOError: [Errno 13] Permission denied: u'/home/p\\xe9/x'", "EACCES", ["/home/pé/x"]],
    ["Python, the path before the words", "mkdir -p failed for path /usr/src/.config: [Errno 13] Permission denied", "EACCES", ["/usr/src/.config"]],
    ["C++, a path in brackets", "critical libmamba filesystem error: cannot create directories: No space left on device [/opt/conda/pkgs/x]", "ENOSPC", ["/opt/conda/pkgs/x"]],
    ["C++, a copy: the destination first", "filesystem error: cannot copy: Permission denied [/a b/x] [/opt/y]", "EACCES", ["/opt/y", "/a b/x"]],
    ["C++ of macOS, with quotes", "filesystem error: in permissions: Operation not permitted [\"/Users/ada/pkgs/cache\"]", "EPERM", ["/Users/ada/pkgs/cache"]],
    ["Python, the object", "OSError(28, 'No space left on device')", "ENOSPC", []],
    ["Python, the object with its path", "PermissionError(13, 'Permission denied', '/x/y')", "EACCES", ["/x/y"]],
    ["Windows", "PermissionError: [WinError 5] Access is denied: 'C:\\\\Program Files\\\\x'", "WinError 5", ["C:\\Program Files\\x"]],
    ["Windows, a full disk", "[WinError 112] There is not enough space on the disk", "ENOSPC", []],
    ["Rust, in backticks", "failed to create directory `/home/ada/.cache/uv`: Permission denied (os error 13)", "EACCES", ["/home/ada/.cache/uv"]],
    ["Rust, behind the words", "Permission denied (os error 13) at path \"/srv/.tmpW6\"", "EACCES", ["/srv/.tmpW6"]],
    ["Rust, a move", "failed to rename file from /a/.tmpE to /a/archive-v0/O5: Operation not permitted (os error 1)", "EPERM", ["/a/archive-v0/O5", "/a/.tmpE"]],
    ["Rust, bare with a tilde", "IO error for operation on ~/.cache/uv/x y/z: Permission denied (os error 13)", "EACCES", ["~/.cache/uv/x y/z"]],
    ["Rust on Windows, where 5 is access denied", "Access is denied. (os error 5)", "WinError 5", []],
    ["Node", "Error: EACCES: permission denied, mkdir '/home/ada/x'", "EACCES", ["/home/ada/x"]],
    ["a shell", "bash: /root/bin/pip: Permission denied", "EACCES", ["/root/bin/pip"]],
    ["a tool of GNU", "mkdir: cannot create directory '/home/ada/.cache': Permission denied", "EACCES", ["/home/ada/.cache"]],
    ["distutils", "error: could not create 'demo.egg-info': Permission denied", "EACCES", ["demo.egg-info"]],
    ["libmamba", "critical libmamba Permission denied: '/root/.local/bin'", "EACCES", ["/root/.local/bin"]],
    ["macOS's own numbers", "[Errno 69] Disc quota exceeded", "EDQUOT", []],
    ["a number that means nothing here", "[Errno 95] Operation not supported: '/x'", "EOPNOTSUPP", ["/x"]],
  ])("from %s", (_name, line, errno, paths) => {
    expect(osError(line)).toEqual({ errno, paths });
  });

  it.each(["Collecting demo", "error: command failed", "an errno of no number: [Errno x]", ""])("but not from %j", (line) => {
    expect(osError(line)).toBeNull();
  });
});

describe("a literal of repr", () => {
  it("is undone: backslashes, hexadecimal, UTF-8 bytes of Python 2, unknown escapes as they stand", () => {
    expect(unrepr("'C:\\\\Users\\\\x'")).toBe("C:\\Users\\x");
    expect(unrepr("'p\\xe9'")).toBe("pé");
    expect(unrepr("'p\\xc3\\xa9\\xc3\\xa8'")).toBe("péè");
    expect(unrepr("'a\\udc80b\\q'")).toBe("a\udc80b\\q");
  });
});

describe("an error without its number, in any language", () => {
  const lines = (words: string): string[] => [
    `mkdir: cannot create directory '/home/ada/.cache/pip': ${words}`,
    `error: could not create '/home/ada/.cache/pip': ${words}`,
    `bash: line 1: /home/ada/.cache/pip: ${words}`,
  ];
  const all = Object.entries(strerrorWords).flatMap(([errno, words]) => words.map((one) => [errno, one] as const));

  it.each(all)("%s: %s", (errno, words) => {
    for (const line of lines(words)) {
      expect(osError(line)).toEqual({ errno, paths: ["/home/ada/.cache/pip"] });
      // The scan finds the line by the words alone.
      const { findings, unexplained } = explainText(line);
      expect([findings[0]?.params["errno"] ?? unexplained[0]?.errno, findings[0]?.path ?? unexplained[0]?.path]).toEqual([errno, "/home/ada/.cache/pip"]);
    }
  });

  it("with its number, whatever the words are", () => {
    for (const words of ["hitaji limekataliwa", "ปฏิเสธการอนุญาต", "दसा", "l'accès: refusé", ""]) {
      expect(osError(`PermissionError: [Errno 13] ${words}: '/srv/x y/z'`)).toEqual({ errno: "EACCES", paths: ["/srv/x y/z"] });
      expect(osError(`OSError: [WinError 5] ${words}: 'C:\\\\Users\\\\x'`)).toEqual({ errno: "WinError 5", paths: ["C:\\Users\\x"] });
    }
  });

  it("of Rust on Windows, where the words are the system's and the number is another than on Linux", () => {
    expect(osError("╰─▶ Zugriff verweigert (os error 5)")?.errno).toBe("WinError 5");
    expect(osError("El proceso no tiene acceso al archivo (os error 32)")?.errno).toBe("WinError 32");
    expect(osError("Input/output error (os error 5)")?.errno).toBe("errno 5");
    expect(osError("Broken pipe (os error 32)")?.errno).toBe("errno 32");
  });

  it("but a key that ssh refuses is none", () => {
    expect(osError("git@git.example: Permission denied (publickey).")).toBeNull();
  });
});
