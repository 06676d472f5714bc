import { describe, expect, it } from "vitest";
import { withConda } from "../../facts/example-conda.ts";
import { cache, factsWith, present } from "../../facts/example-facts.ts";
import { toolFact } from "../../facts/example-tools.ts";
import type { Facts } from "../../facts/facts.ts";
import { diagnose } from "../../problems/diagnose.ts";
import { calmText } from "./calm.ts";
import { readerFor } from "./reader.ts";
import type { Finding } from "../../problems/problem.ts";
import { doctorText, findingText, placeOf } from "./findings.ts";
import type { Look } from "./look.ts";
import { plainLook } from "../../../test/cli/plain-look.ts";


async function textOf(facts: Facts, given: { ignored?: Parameters<typeof doctorText>[0]["ignored"]; here?: boolean; asked?: string[]; options?: string[]; look?: Partial<Look> } = {}): Promise<string> {
  const { findings } = await diagnose(facts, { problems: given.asked });
  const say = findings.length === 0 ? calmText : doctorText;
  return say({ found: findings, ignored: given.ignored ?? [], facts, reader: readerFor(facts, given.here ?? true, given.options), asked: given.asked ?? [] }, { ...plainLook, ...given.look });
}

const foreignCache = factsWith({ paths: [present(cache, { uid: 0, gid: 0 })] });

describe("doctorText", () => {
  it("is one calm line on a healthy machine", async () => {
    expect(await textOf(factsWith())).toBe("+ All well: pip 24.3.1 can write and cache.\n");
  });

  it("names conda where there is one, and only the tool that was asked about", () => {
    const say = (facts: Facts, tool?: string): string => calmText({ found: [], ignored: [], facts, reader: readerFor(facts, true), asked: [], tool }, plainLook);
    expect(say(withConda())).toBe("+ All well: pip 24.3.1 and conda 24.11.3 can write and cache.\n");
    expect(say(withConda(), "conda")).toBe("+ All well: conda 24.11.3 can write and cache.\n");
    expect(say(withConda(), "pip")).toBe("+ All well: pip 24.3.1 can write and cache.\n");
    expect(say(factsWith(), "conda")).toBe("+ Nothing found; there is no conda here either.\n");
  });

  it("names every tool that can be started, with its versions, and none of which only files are left", () => {
    const tools = [toolFact("uv", { version: "0.4.30" }), toolFact("uv", { version: "0.13.9" }), toolFact("pdm", { program: null }), toolFact("hatch", { version: null })];
    const say = (facts: Facts, tool?: string): string => calmText({ found: [], ignored: [], facts, reader: readerFor(facts, true), asked: [], tool }, plainLook);
    expect(say(factsWith({ tools }))).toBe("+ All well: pip 24.3.1; uv 0.4.30, 0.13.9 and hatch can write and cache.\n");
    expect(say(factsWith({ tools }), "uv")).toBe("+ All well: uv 0.4.30, 0.13.9 can write and cache.\n");
    expect(say(factsWith({ tools }), "pdm")).toBe("+ Nothing found; there is no pdm here either.\n");
  });

  it("names what follows from a finding once for each problem, with every place", async () => {
    const below = (problem: string, subject: string): Finding => ({ problem, severity: "error", subject, evidence: [], params: {} });
    const folded = [below("tool-dir-not-writable", "/home/me/.local"), below("tool-dir-not-writable", "/home/me/.local/share"), below("uv-dir-not-writable", "/home/me/.local/bin")];
    const [found] = (await diagnose(foreignCache)).findings;
    const text = findingText({ ...found!, folded }, { look: plainLook, facts: factsWith(), reader: readerFor(factsWith(), true) });
    expect(text.replace(/\s+/g, " ")).toContain("cannot be written: /home/me/.local, /home/me/.local/share (tool-dir-not-writable) this also causes");
  });

  it("claims no more than was looked for", async () => {
    expect(await textOf(factsWith(), { asked: ["disk-full"] })).toBe("+ Not found here: disk-full.\n");
    const ignored = [{ problem: "cache-disabled", subject: "/etc/pip.conf", why: "on purpose", from: "--ignore" }];
    expect(await textOf(factsWith(), { ignored })).toMatch(/^\+ Nothing found that is not ignored\.$/m);
  });

  it("repeats in the command what the question was about", async () => {
    const text = await textOf(foreignCache, { asked: ["cache-not-owned"], options: ["--python", "/opt/my py"] });
    expect(text).toContain("        cachewright fix cache-not-owned --python '/opt/my py'\n");
    expect(text).toContain("cachewright fix cache-not-owned --python '/opt/my py' --dry-run");
  });

  it("says what, what it costs, the evidence as ls -ld shows it, and the command for the cure", async () => {
    const text = await textOf(foreignCache);
    expect(text).toMatch(/^! warning {2}.*cache-not-owned$/m);
    expect(text).toContain("- drwxr-xr-x root root /home/me/.cache/pip\n");
    expect(text).toMatch(/^ {2}cure {2}/m);
    expect(text).toContain("        cachewright fix cache-not-owned\n");
    expect(text).toMatch(/^1 warning\. .*cachewright fix --dry-run$/m);
  });

  it("keeps within the width, but for paths and commands", async () => {
    for (const width of [60, 80, 110]) {
      const text = await textOf(foreignCache, { look: { width } });
      const long = text.split("\n").filter((line) => line.length > width && !/\/|cachewright|cache-not-owned/.test(line));
      expect(long).toEqual([]);
    }
  });

  it("offers no command for facts of another machine", async () => {
    const text = await textOf(foreignCache, { here: false });
    expect(text).toContain("cure");
    expect(text).not.toContain("cachewright fix");
  });

  it("types the command the way it was called", async () => {
    expect(await textOf(foreignCache, { look: { command: "npx cachewright" } })).toContain("npx cachewright fix cache-not-owned");
  });

  it("shows names that could move the cursor as escapes", async () => {
    const path = "/home/me/ca\u001b[2J\nche";
    const facts = factsWith({ paths: [present(path, { uid: 0, gid: 0 })] });
    const uses = facts.pip.uses.map((use) => ({ ...use, cacheDir: path, cacheReal: path }));
    const text = await textOf({ ...facts, pip: { ...facts.pip, uses } });
    expect(text).toContain("$'/home/me/ca\\x1b[2J\\nche'");
    expect(text).not.toContain("\u001b[2J");
  });

  it("tells what was ignored and why, and what could not be looked at", async () => {
    const facts = factsWith({ unknown: [{ what: "/srv/x", why: "EACCES", from: {} }] });
    const text = await textOf(facts, { ignored: [{ problem: "cache-disabled", subject: "/etc/pip.conf", why: "on purpose", from: "/p/cachewright.toml:1" }] });
    expect(text).toContain("ignored: cache-disabled /etc/pip.conf (on purpose; /p/cachewright.toml:1)");
    expect(text).toContain("not looked at: /srv/x (EACCES)");
  });
});

describe("placeOf", () => {
  it("is file:line, or the variable", () => {
    expect(placeOf({ path: "/etc/pip.conf", line: 3 })).toBe("/etc/pip.conf:3");
    expect(placeOf({ env: "PIP_USER" })).toBe("environment variable PIP_USER");
    expect(placeOf({ call: "access" })).toBeUndefined();
  });
});
