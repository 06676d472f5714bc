import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { plainLook } from "../../test/cli/plain-look.ts";
import { fakeCache } from "../../test/tools/fake-cache.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import { whyText } from "../report/text/cache-why.ts";
import { whyJson } from "../report/json/cache-files.ts";
import { cacheWhyReport } from "../report/json/cache-files-schemas.ts";
import type { Environment } from "../tools/tool-cache.ts";
import { weighHeld } from "./weigh-paths.ts";
import { whyHeld } from "./why.ts";

let place: string;
beforeEach(() => { place = mkdtempSync(join(tmpdir(), "cachewright-why-")); });
afterEach(() => rmSync(place, { recursive: true }));

const machine = nodeMachine();

function environment(name: string, installed: readonly string[], kind: Environment["kind"] = "venv"): Environment {
  const prefix = join(place, name);
  const site = join(prefix, "site");
  mkdirSync(site, { recursive: true });
  for (const one of installed) mkdirSync(join(kind === "conda" && one.endsWith(".json") ? join(prefix, "conda-meta") : site, one), { recursive: true });
  return { kind, prefix, site: [site] };
}

const wheel = (filename: string, project = "Foo_Bar") => ({ filename, project, content: Buffer.from("x") });

describe("whyHeld", () => {
  it("finds a project in any spelling, and who has the same version installed", () => {
    const [one, two] = [environment("one", ["foo_bar-1.0.dist-info"]), environment("two", ["Foo.Bar-2.0.dist-info", "other-1.dist-info"])];
    const cache = fakeCache(join(place, "pip"), [wheel("Foo_Bar-1.0.0-py3-none-any.whl"), wheel("Foo_Bar-3.0-py3-none-any.whl"), wheel("other-1-py3-none-any.whl", "other")]);
    const why = whyHeld("foo-bar", { machine, caches: [cache], environments: [one, two] });
    expect(why.held.map(({ entry, users }) => [entry.version, users])).toEqual([["1.0.0", [{ environment: one.prefix, how: "copy" }]], ["3.0", []]]);
    expect(why.installed.map(({ version, environment: { prefix } }) => [version, prefix])).toEqual([["1.0", one.prefix], ["2.0", two.prefix]]);
  });

  it("says what links to an entry, and counts no environment twice", () => {
    const one = environment("one", ["foo_bar-1.0.dist-info"]);
    const cache = fakeCache(join(place, "uv"), [wheel("Foo_Bar-1.0-py3-none-any.whl")], { tool: "uv", uses: { e0: [{ environment: one.prefix, how: "soft-link" }] } });
    expect(whyHeld("foo.bar", { machine, caches: [cache], environments: [one] }).held[0]?.users).toEqual([{ environment: one.prefix, how: "soft-link" }]);
  });

  it("does not take a wheel for conda's package, nor the other way round", () => {
    const env = environment("env", ["foo_bar-1.0.dist-info"]);
    const conda = environment("conda", ["foo-bar-1.0-py_0.json"], "conda");
    const caches = [fakeCache(join(place, "pip"), [wheel("Foo_Bar-1.0-py3-none-any.whl")]), fakeCache(join(place, "pkgs"), [wheel("foo-bar-1.0-py_0", "foo-bar")].map((one) => ({ ...one, version: "1.0" })), { tool: "conda" })];
    expect(whyHeld("foo-bar", { machine, caches, environments: [env, conda] }).held.map(({ tool, users }) => [tool, users.map((use) => use.environment)])).toEqual([["conda", [conda.prefix]], ["pip", [env.prefix]]]);
  });

  it("is told in words and as JSON, with what could not be looked into", async () => {
    const one = environment("one", ["foo_bar-1.0.dist-info"]);
    const cache = fakeCache(join(place, "pip"), [{ ...wheel("Foo_Bar-1.0-py3-none-any.whl"), more: { size: null } }]);
    const why = await weighHeld(machine, whyHeld("foo-bar", { machine, caches: [cache], environments: [one], unread: [{ path: "/closed", errno: "EACCES" }] }));
    const text = whyText(why, plainLook);
    expect(text).toMatch(/ {2}pip {2}1\.0 {2}download {2}4\.1 kB/);
    expect(text).toContain(`${one.prefix} has that version installed`);
    expect(text).toContain("/closed (EACCES)");
    expect(cacheWhyReport.parse(whyJson(why))).toMatchObject({ held: [{ bytes: 4096, uses: [{ how: "copy" }] }], installed: [{ version: "1.0", environment: one.prefix }], unread: [{ path: "/closed" }] });
  });

  it("says so when nobody has it", () => {
    expect(whyText(whyHeld("gone", { machine, caches: [], environments: [] }), plainLook)).toMatch(/^gone is in no cache and no environment known here \(0 caches and 0 environments were looked at\)\.\n/);
  });

  it("says where it did not look, until somebody names a place", () => {
    for (const project of ["foo-bar", "gone"]) {
      const why = whyHeld(project, { machine, caches: [], environments: [environment("one", ["foo_bar-1.0.dist-info"])] });
      expect([whyText(why, plainLook), whyText(why, plainLook, ["/src"])].map((text) => text.includes("--environments DIR searches DIR too"))).toEqual([true, false]);
    }
  });
});
