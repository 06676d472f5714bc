import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../machine/node-machine.ts";
import { lockedProjects } from "./read-locks.ts";
import { requirementOf } from "./read-requirements.ts";
import { isWanted, matches, notHeld, readWanted, type Wanted } from "./wanted-projects.ts";

let place: string;
beforeEach(() => { place = mkdtempSync(join(tmpdir(), "cachewright-wanted-")); });
afterEach(() => rmSync(place, { recursive: true }));

const machine = nodeMachine();
const [a, b] = ["a".repeat(64), "b".repeat(64)];

async function wanted(files: Readonly<Record<string, string>>, ...named: string[]): Promise<Wanted> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(place, name), text);
  return readWanted(machine, { patterns: [], files: named.length > 0 ? named : Object.keys(files), cwd: place });
}

const short = ({ projects }: Wanted): string[] => projects.map(({ project, version, sha256 }) => [project, version, ...sha256.map((digest) => digest[0])].join(" "));

describe("readWanted", () => {
  it("reads requirements: pins, digests on further lines, extras, markers, comments, options", async () => {
    const text = `# head\n--index-url https://x.example/simple\nNum_Py==1.26.4 \\\n    --hash=sha256:${a} \\\n    --hash=sha256:${b}\nrequests[socks]>=2,<3 ; python_version > "3.8"  # why\nsix === 1.16\ndjango==4.2.*\npip @ https://x.example/pip-24.0-py3-none-any.whl\n-e .\n./local/thing-1.0.tar.gz\n`;
    expect(short(await wanted({ "requirements.txt": text }))).toEqual(["num-py 1.26.4 a b", "requests ", "six 1.16", "django 4.2.*", "pip ", "thing 1.0"]);
  });

  it("follows other files, each once, and lets constraints pin what is named without", async () => {
    const files = { "all.txt": "-r more.txt\n-c pins.txt\n--requirement=all.txt\nsix\n-r https://x.example/r.txt\n", "more.txt": "-r all.txt\nattrs\n", "pins.txt": "six==1.16\nnobody==1\n" };
    expect(short(await wanted(files, "all.txt"))).toEqual(["attrs ", "six 1.16"]);
  });

  it("says which file cannot be read", async () => {
    await expect(wanted({ "a.txt": "-r gone.txt\n" })).rejects.toThrow(/gone\.txt \(ENOENT\)/);
    await expect(wanted({ "uv.lock": "[[package\n" })).rejects.toThrow(/uv\.lock cannot be read as a lock file/);
    await expect(wanted({ "Pipfile.lock": "[]" })).rejects.toThrow(/Pipfile\.lock cannot be read/);
  });

  it.each([
    ["uv.lock", `version = 1\n[[package]]\nname = "me"\nversion = "0"\nsource = { virtual = "." }\n[[package]]\nname = "six"\nversion = "1.16.0"\nsource = { registry = "https://x.example/simple" }\nsdist = { url = "u", hash = "sha256:${a}", size = 1 }\nwheels = [{ url = "v", hash = "sha256:${b}" }]\n`, ["six 1.16.0 b a"]],
    ["poetry.lock", `[[package]]\nname = "Six"\nversion = "1.16.0"\nfiles = [{file = "six", hash = "sha256:${a}"}]\n[[package]]\nname = "mine"\nversion = "1"\n[package.source]\ntype = "directory"\nurl = "../mine"\n`, ["six 1.16.0 a"]],
    ["poetry.lock", `[[package]]\nname = "six"\nversion = "1.16.0"\n[metadata.files]\nsix = [{file = "six", hash = "sha256:${b}"}]\n`, ["six 1.16.0 b"]],
    ["pdm.lock", `[[package]]\nname = "six"\nversion = "1.16.0"\n[metadata.files]\n"six 1.16.0" = [{url = "six", hash = "sha256:${b}"}]\n`, ["six 1.16.0 b"]],
    ["pylock.dev.toml", `lock-version = "1.0"\n[[packages]]\nname = "six"\nversion = "1.16.0"\nwheels = [{ name = "six", hashes = { sha256 = "${a}" } }]\n[packages.sdist]\nhashes = {sha256 = "${b}"}\n[[packages]]\nname = "here"\ndirectory = { path = "." }\n`, ["six 1.16.0 a b"]],
    ["Pipfile.lock", JSON.stringify({ _meta: { sources: {} }, default: { six: { version: "==1.16.0", hashes: [`sha256:${a}`] }, mine: { path: "." } }, develop: { pytest: { version: "*" } } }), ["six 1.16.0 a", "pytest "]],
  ])("reads %s", async (name, text, says) => {
    expect(short(await wanted({ [name]: text }))).toEqual(says);
  });

  it("bears any line and any lock", async () => {
    fc.assert(fc.property(fc.string(), (line) => { requirementOf(line, "x"); }), { numRuns: 500 });
    await fc.assert(fc.asyncProperty(fc.json(), async (text) => {
      const answer = await lockedProjects(text, "/x/Pipfile.lock").catch((error: Error) => error.message);
      expect(Array.isArray(answer) || /cannot be read/.test(answer)).toBe(true);
    }), { numRuns: 200 });
  });
});

describe("isWanted", () => {
  const pinned = (version: string | null, sha256: readonly string[] = []): Wanted => ({ patterns: [], projects: [{ project: "foo-bar", version, sha256, from: "r.txt" }] });

  it("takes everything when nothing is named", () => {
    expect(isWanted({ patterns: [], projects: [] }, { project: "x", version: "1" })).toBe("yes");
  });

  it("knows a project in any spelling and a version in any form", () => {
    expect(isWanted(pinned("1.0"), { project: "Foo.Bar", version: "1.0.0" })).toBe("yes");
    expect(isWanted(pinned("1.0"), { project: "Foo.Bar", version: "1.0+local" })).toBe("yes");
    expect(isWanted(pinned("1.*"), { project: "foo_bar", version: "1.7" })).toBe("yes");
    expect(isWanted(pinned("1.*"), { project: "foo_bar", version: "10.7" })).toBe("no");
    expect(isWanted(pinned(null), { project: "foo", version: "1.0" })).toBe("no");
  });

  it("tells a file that the lock does not mean", () => {
    expect(isWanted(pinned("1.0", [a]), { project: "foo-bar", version: "1.0", sha256: b })).toEqual({ otherDigest: ["r.txt"] });
    expect(isWanted(pinned("1.0", [a]), { project: "foo-bar", version: "1.0", sha256: a })).toBe("yes");
    expect(isWanted(pinned("1.0", [a]), { project: "foo-bar", version: "1.0" })).toBe("yes");
  });

  it("says what no cache holds", () => {
    expect(notHeld(pinned("1.0"), [{ project: "Foo_Bar", version: "2" }]).map(({ project }) => project)).toEqual(["foo-bar"]);
    expect(notHeld(pinned("1.0"), [{ project: "Foo_Bar", version: "1" }])).toEqual([]);
  });
});

describe("matches", () => {
  it.each([["num*", "numpy"], ["*py", "numpy"], ["n?mpy", "numpy"], ["Foo_Bar*", "foo-bar-baz"], ["*a*b", "xaybab"], ["*", "x"], ["numpy", "numpy"]])("%s takes %s", (pattern, name) => expect(matches(pattern, name)).toBe(true));
  it.each([["num", "numpy"], ["n?py", "numpy"], ["*a*b", "xayc"], ["n.mpy", "numpy"], ["", "x"]])("%s does not take %s", (pattern, name) => expect(matches(pattern, name)).toBe(false));
  it("is done at once with many stars", () => expect(matches(`${"a*".repeat(50)}b`, "a".repeat(5000))).toBe(false));
});
