import { describe, expect, it } from "vitest";
import { factsWith, present, rootOwned, absent } from "../facts/example-facts.ts";
import { toolFact, toolPlace } from "../facts/example-tools.ts";
import type { Facts, ScanFact, ToolFact } from "../facts/facts.ts";
import { foldFindings } from "./diagnose.ts";
import { deniedPlaces, deniedPlacesRemedies, toolNames, toolRoots } from "./tool-places.ts";

const uvCache = "/home/me/.cache/uv";
const uv = toolFact("uv", { places: [toolPlace("cache", uvCache)] });
const poetry = toolFact("poetry", { version: "1.8.5", places: [toolPlace("cache", "/home/me/.cache/pypoetry/artifacts", { root: "/home/me/.cache/pypoetry" })] });
const all = { tools: ["uv", "poetry"], kinds: ["cache"] } as const;
const find = (facts: Facts) => deniedPlaces(facts, "cache-write-denied", { ...all, severity: "error" });
const scanned = (root: string, denied: ScanFact["denied"]): ScanFact => ({ root, purpose: "cache", looked: 9, complete: true, denied, deniedCount: denied.length, openToAll: [], openCount: 0 });

describe("deniedPlaces", () => {
  it("finds nothing in what is the user's, and nothing where nothing is yet", () => {
    expect(find(factsWith({ tools: [uv, poetry], paths: [present(uvCache), absent("/home/me/.cache/pypoetry")] }))).toEqual([]);
  });

  it("says once that a directory above two tools' caches refuses, and names both", () => {
    const [one, ...others] = find(factsWith({ tools: [uv, poetry], paths: [present("/home/me/.cache", rootOwned), absent(uvCache), absent("/home/me/.cache/pypoetry")] }));
    expect(others).toEqual([]);
    expect(one).toMatchObject({ subject: "/home/me/.cache", blocker: "/home/me/.cache", params: { tool: "uv 0.9.2 and poetry 1.8.5", owner: "root", tools: "uv,poetry" } });
  });

  it("finds what is foreign below a fine top", () => {
    const bucket = present(`${uvCache}/wheels-v5`, rootOwned);
    const facts = factsWith({ tools: [uv], paths: [present(uvCache), bucket], scans: [scanned(uvCache, [bucket])] });
    expect(find(facts)).toMatchObject([{ subject: `${uvCache}/wheels-v5`, params: { root: uvCache } }]);
    expect(deniedPlacesRemedies(facts, find(facts)[0]!, { mayRenew: true }).map(({ id, needs }) => [id, needs])).toEqual([["set-aside", "user"], ["give-back", "root"]]);
  });

  it("says once that a tree is foreign from one directory down", () => {
    const share = "/home/me/.local/share/uv";
    const places = [toolPlace("data", `${share}/python`), toolPlace("envs", `${share}/tools`)];
    const facts = factsWith({ tools: [toolFact("uv", { places })], paths: [present(share, rootOwned), absent(`${share}/python`), present(`${share}/tools`, rootOwned)] });
    const found = deniedPlaces(facts, "uv-dir-not-writable", { tools: ["uv"], kinds: ["data", "envs"], severity: "error" });
    expect(found).toMatchObject([{ subject: share, params: { roots: `${share}/python:${share}/tools`, count: "2" } }]);
    expect(deniedPlacesRemedies(facts, found[0]!, { mayRenew: false })).toMatchObject([{ id: "give-back", steps: [{ root: share, select: "top" }, { root: `${share}/tools`, select: "tree" }] }]);
  });

  it("does not say of the versions found that they keep what only another one can have made", () => {
    const old = toolFact("virtualenv", { version: "20.17.1", places: [toolPlace("cache", "/home/me/.local/share/virtualenv")] });
    const other = toolFact("virtualenv", { version: null, program: null, chosen: false, places: [toolPlace("cache", "/home/me/.cache/virtualenv", { name: "app data" })] });
    const says = (...tools: ToolFact[]) => {
      const facts = factsWith({ tools, paths: [present("/home/me/.local/share/virtualenv"), present("/home/me/.cache/virtualenv", rootOwned)] });
      return deniedPlaces(facts, "cache-write-denied", { tools: ["virtualenv"], kinds: ["cache"], severity: "error" }).flatMap(({ evidence }) => evidence.map((one) => one.says));
    };
    expect(says(old, other)).toContain("a virtualenv that was not found here kept app data in /home/me/.cache/virtualenv within the last month");
    expect(says(other)).toContain("virtualenv keeps app data in /home/me/.cache/virtualenv");
    expect(says(old, { ...other, program: "/opt/virtualenv.pyz" })).toContain("virtualenv keeps app data in /home/me/.cache/virtualenv");
  });

  it("does not move away what cannot be made again", () => {
    const facts = factsWith({ tools: [uv], paths: [present(uvCache, rootOwned)] });
    expect(deniedPlacesRemedies(facts, find(facts)[0]!, { mayRenew: false }).map(({ id }) => id)).toEqual(["give-back"]);
  });

  it("reopens what is the user's own and closed", () => {
    const facts = factsWith({ tools: [uv], paths: [present(uvCache, { mode: 0o500, write: "EACCES" })] });
    expect(deniedPlacesRemedies(facts, find(facts)[0]!, { mayRenew: true }).map(({ id }) => id)).toEqual(["restore-mode"]);
  });
});

describe("toolRoots", () => {
  it("passes over everybody's places, and keeps what a setting names wherever it is", () => {
    const places = [toolPlace("cache", "/opt/pipx"), toolPlace("cache", "/srv/uv", { from: { env: "UV_CACHE_DIR" } })];
    expect(toolRoots(factsWith({ tools: [toolFact("uv", { places })] }), all).map(({ root }) => root)).toEqual(["/srv/uv"]);
  });
});

describe("toolNames", () => {
  it("names each tool once with its versions", () => {
    const use = (tool: "uv" | "poetry", version: string | null) => ({ tool, version, place: toolPlace("cache", "/x") });
    expect(toolNames([use("uv", "0.9.2"), use("uv", "0.13.1"), use("poetry", null)])).toBe("uv 0.9.2, 0.13.1 and poetry");
  });
});

describe("findings that one path blocks", () => {
  it("are told once, as the worst of them", () => {
    const blocked = (problem: string, severity: "error" | "warning") => ({ problem, severity, subject: problem, blocker: "/home/me/.cache", evidence: [], params: {} });
    const folded = foldFindings([blocked("cache-not-owned", "warning"), blocked("cache-write-denied", "warning"), blocked("uv-cache-init-failed", "error")]);
    expect(folded.map(({ finding, folded: below }) => [finding.problem, below.map(({ problem }) => problem)])).toEqual([["uv-cache-init-failed", ["cache-not-owned", "cache-write-denied"]]]);
  });

  it("hang below a cause that explains whatever is blocked there", () => {
    const cause = { problem: "read-only-filesystem", severity: "error" as const, subject: "/home", evidence: [], params: {}, explains: [{ blockedBelow: "/home" }] };
    const other = { problem: "uv-cache-init-failed", severity: "error" as const, subject: uvCache, blocker: uvCache, evidence: [], params: {} };
    expect(foldFindings([cause, other]).map(({ finding }) => finding.problem)).toEqual(["read-only-filesystem"]);
  });
});
