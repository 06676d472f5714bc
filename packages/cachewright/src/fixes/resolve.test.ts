import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits } from "../configs/text-edit.ts";
import type { Looker } from "../machine/machine.ts";
import type { ConfigChange } from "../problems/problem.ts";
import { changedRanges, lineDiff, resolveSteps } from "./resolve.ts";

const file = "/home/me/.config/pip/pip.conf";

function reading(files: Readonly<Record<string, string | Buffer>>): Looker {
  const nothing = (): never => {
    throw new Error("not asked");
  };
  return {
    lstat: nothing, stat: nothing, list: nothing, readlink: nothing, realpath: nothing, access: nothing, space: nothing, readEnd: nothing, readPart: nothing, readEnds: nothing, digest: nothing,
    readFile: (path) => (files[path] === undefined ? { ok: false, errno: "ENOENT" } : { ok: true, value: Buffer.from(files[path]) }),
  };
}

const change = (wanted: ConfigChange["change"]): ConfigChange => ({ kind: "change-config", why: "because", actor: "user", path: file, change: wanted });

/** The file after the one edit that the changes come to. */
function after(text: string | Buffer, ...changes: readonly ConfigChange[]): string {
  const [steps = []] = resolveSteps(reading({ [file]: text }), [changes]);
  const [step] = steps;
  if (step?.kind !== "edit-config") throw new Error("no edit");
  return applyEdits(Buffer.from(text), step.edits).toString("utf8");
}

describe("an item of a YAML list", () => {
  const add = (value: string, at: "start" | "end" = "start"): ConfigChange => change({ do: "add-item", key: "pkgs_dirs", value, at });

  it("goes where it shall, in the order they are asked for, and everything else stays", () => {
    expect(after("# mine\nchannels: [a]  #!final\npkgs_dirs:\n  - /old  # kept\n", add("/new"), add("/last", "end"))).toBe("# mine\nchannels: [a]  #!final\npkgs_dirs:\n  - /new\n  - /old  # kept\n  - /last\n");
  });

  it("stands for a word where a list belongs, and for joined places", () => {
    expect(after("pkgs_dirs: /a\n", change({ do: "set-list", key: "pkgs_dirs", values: ["/a"] }))).toMatch(/^pkgs_dirs:\s+(?:- \/a|\[\/a\])\n$/);
    expect(after("pkgs_dirs:\n  - /a:/b\n  - /c  # kept\n", change({ do: "set-list", key: "pkgs_dirs", values: ["/a", "/b", "/c"] }))).toBe("pkgs_dirs:\n  - /a\n  - /b\n  - /c  # kept\n");
  });

  it("makes the list, and the file", () => {
    expect(after("channels: [a]\n", add("/new"), add("/old", "end"))).toMatch(/^channels: \[a\]\npkgs_dirs:\s+- \/new\n\s*- \/old\n$/);
    const [steps = []] = resolveSteps(reading({}), [[add("/new")]]);
    expect(steps).toMatchObject([{ kind: "edit-config", of: null, diff: expect.stringContaining("/new") as string }]);
  });

  it("is refused with the place where the file is no YAML", () => {
    expect(() => after("channels: [a\n", add("/new"))).toThrow(expect.objectContaining({ code: "E_REFUSED" }) as Error);
  });
});

describe("changes of a configuration file become one edit", () => {
  it("a line goes, everything else stays byte by byte", () => {
    expect(after("# mine\r\n[global]\r\nno-cache-dir = 0\r\ntimeout = 5\r\n", change({ do: "remove", section: "global", key: "no-cache-dir", line: 3 }))).toBe("# mine\r\n[global]\r\ntimeout = 5\r\n");
  });

  it("a line is added at the end, below one that was left open too", () => {
    expect(after("umask 077", change({ do: "add-line", text: "export TMPDIR=/var/tmp" }))).toBe("umask 077\nexport TMPDIR=/var/tmp\n");
    expect(after("umask 077\n", change({ do: "add-line", text: "export TMPDIR=/var/tmp" }))).toBe("umask 077\nexport TMPDIR=/var/tmp\n");
  });

  it("a line is replaced while it reads as it did, in a file of any encoding", () => {
    const wanted = change({ do: "replace-line", line: 1, old: "#!/old/bin/python", text: "#!/new/bin/python" });
    const text = Buffer.concat([Buffer.from("#!/old/bin/python\n# caf"), Buffer.from([0xe9]), Buffer.from("\n")]);
    const [[step] = []] = resolveSteps(reading({ [file]: text }), [[wanted]]);
    expect(step?.kind === "edit-config" && applyEdits(text, step.edits).toString("latin1")).toBe("#!/new/bin/python\n# café\n");
    expect(() => after("#!/else/bin/python\n", wanted)).toThrow("line 1 is not what it was");
  });

  it("two cures of one file are one edit, in the first of them", () => {
    const text = "[global]\nno-cache-dir = 0\ncache-dir = \"~/c\"\n";
    const steps = resolveSteps(reading({ [file]: text }), [
      [change({ do: "remove", section: "global", key: "no-cache-dir", line: 2 })],
      [change({ do: "set", section: "global", key: "cache-dir", value: "~/c" })],
    ]);
    expect(steps.map((each) => each.length)).toEqual([1, 0]);
    const [[step] = []] = steps;
    expect(step?.kind === "edit-config" && applyEdits(Buffer.from(text), step.edits).toString()).toBe("[global]\ncache-dir = ~/c\n");
  });

  it("what stands between two changed lines is in no edit, so no journal keeps it", () => {
    const text = "[global]\nno-cache-dir = 0\nindex-url = https://me:hunter2@host/\ncache-dir = \"~/c\"\n";
    const changes = [change({ do: "remove", section: "global", key: "no-cache-dir", line: 2 }), change({ do: "set", section: "global", key: "cache-dir", value: "/c" })];
    const [steps = []] = resolveSteps(reading({ [file]: text }), [changes]);
    expect(JSON.stringify(steps)).not.toContain("hunter2");
    expect(after(text, ...changes)).toBe("[global]\nindex-url = https://me:hunter2@host/\ncache-dir = /c\n");
  });

  it("any change of lines is told exactly", () => {
    const line = fc.constantFrom("a\n", "b\n", "ü\r\n", "\n", "c = 1\n", "c = 2\n", "end");
    const text = fc.array(line, { maxLength: 12 }).map((lines) => Buffer.from(lines.join("")));
    fc.assert(fc.property(text, text, (before, now) => {
      expect(applyEdits(before, changedRanges(before, now)).equals(now)).toBe(true);
    }));
  });

  it("a broken file is mended before anything else is found in it", () => {
    expect(after("no-cache-dir = 0\n", change({ do: "remove", section: "global", key: "no-cache-dir", line: 1 }), change({ do: "cure", fault: "no-section-header", line: 1 }))).toBe("[global]\n");
  });

  it("bytes that are no UTF-8 are written as what they meant", () => {
    expect(after(Buffer.from("[global]\n# f\xfcr\ntimeout = 5\n", "latin1"), change({ do: "cure", fault: "not-utf8", line: 2 }))).toBe("[global]\n# für\ntimeout = 5\n");
  });

  it("settings with wrong values go, each by its line", () => {
    const wrong = [2, 3].map((line) => change({ do: "cure", fault: "bad-value", line }));
    expect(after("[global]\ntimeout = abc\nretries = many\nuser = no\n", ...wrong)).toBe("[global]\nuser = no\n");
  });

  it("a file that is not there is made", () => {
    const [[step] = []] = resolveSteps(reading({}), [[change({ do: "set", section: "global", key: "cache-dir", value: "/c" })]]);
    expect(step).toMatchObject({ kind: "edit-config", of: null, edits: [{ offset: 0, length: 0 }] });
  });

  it("a setting that is gone by now is said, not guessed", () => {
    expect(() => resolveSteps(reading({ [file]: "[global]\n" }), [[change({ do: "remove", section: "global", key: "no-cache-dir", line: 2 })]])).toThrow(/no no-cache-dir in \[global\]/);
  });

  it("passwords stay out of the diff", () => {
    expect(lineDiff(Buffer.from("[global]\nindex-url = https://me:hunter2@index.example/simple\n"), Buffer.from("[global]\n"))).not.toContain("hunter2");
  });

  it("what an earlier cure of the plan does is not done twice", () => {
    const rename = { kind: "rename", why: "", actor: "user", from: "/a", to: "/b", aside: true } as const;
    expect(resolveSteps(reading({}), [[rename], [rename]]).map((steps) => steps.length)).toEqual([1, 0]);
  });
});
