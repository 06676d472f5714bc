import { describe, expect, it } from "vitest";
import { cache, factsWith, mount, present, root, rootOwned, user } from "../facts/example-facts.ts";
import type { Facts, PathFact } from "../facts/facts.ts";
import { giveBack, giveBackOrReopen, restoreMode, setAsideAndRenew, setForeignPartsAside, together } from "./ownership-cures.ts";

const given = (facts: Facts, path: string, words: Partial<Parameters<typeof giveBack>[2]> = {}): boolean => giveBack(facts, path, { probes: [], ...words }).length > 0;
const mounted = (point: string): Facts["mounts"] => ({ ok: true, value: [mount("/"), mount(point)], from: {} });

describe("giveBack", () => {
  it("is for what lies below the account's home", () => {
    expect(given(factsWith(), cache)).toBe(true);
    expect(given(factsWith(), "/home/me")).toBe(false);
    expect(given(factsWith(), "/home/other/.cache")).toBe(false);
    expect(given(factsWith(), "/srv/pip")).toBe(false);
  });

  it("does not take HOME's word for what the home is", () => {
    expect(given(factsWith({ user: user({ homeEnv: "/etc" }) }), "/etc/pip")).toBe(false);
    expect(given(factsWith({ user: user({ homeEnv: "/", homeAccount: "/" }) }), "/etc/pip")).toBe(false);
  });

  it("is for a recognised tree in a directory of the user's own", () => {
    const facts = factsWith({ paths: [present("/srv/mine"), present("/srv/theirs", rootOwned)] });
    expect([given(facts, "/srv/mine/pip"), given(facts, "/srv/mine/pip", { recognised: true }), given(facts, "/srv/theirs/pip", { recognised: true })]).toEqual([false, true, false]);
  });

  it("is not root's to ask for", () => {
    expect(given(factsWith({ user: root({ homeAccount: "/home/me" }) }), cache)).toBe(false);
  });

  it("leaves alone what somebody mounted below the home, unless its top is the user's", () => {
    expect(given(factsWith({ mounts: mounted(cache) }), cache)).toBe(false);
    expect(given(factsWith({ mounts: mounted("/home/me/.cache"), paths: [present("/home/me/.cache", { uid: 1001 })] }), cache)).toBe(false);
    expect(given(factsWith({ mounts: mounted("/home/me/.cache") }), cache)).toBe(true);
    expect(given(factsWith({ mounts: mounted("/home") }), cache)).toBe(true);
    expect(given(factsWith({ mounts: { ok: false, reason: "absent", from: {} } }), cache)).toBe(true);
  });
});

describe("restoreMode", () => {
  it("gives an own directory its owner's bits, and an own file those to read and write", () => {
    expect(restoreMode(factsWith(), present("/x", { mode: 0o500 }), { select: "top", probes: ["/x"] })).toMatchObject([{ needs: "user", probes: ["/x"], steps: [{ kind: "chmod", actor: "user", dirs: { add: 0o700, remove: 0 }, files: { add: 0, remove: 0 } }] }]);
    expect(restoreMode(factsWith(), present("/x", { type: "file", mode: 0 }), { select: "top", probes: [] })).toMatchObject([{ steps: [{ files: { add: 0o600, remove: 0 } }] }]);
  });

  it("touches nothing foreign", () => {
    expect(restoreMode(factsWith(), present("/x", rootOwned), { select: "top", probes: [] })).toEqual([]);
  });
});

describe("setAsideAndRenew", () => {
  it("moves what is below the home, what is the user's own, or what stands in a directory of the user's own", () => {
    const aside = (paths: readonly PathFact[], path: string): boolean => setAsideAndRenew(factsWith({ paths }), factsWith({ paths }).paths[path] ?? present(path), []).length > 0;
    expect(aside([present(cache, rootOwned)], cache)).toBe(true);
    expect(aside([present("/srv/open", { ...rootOwned, mode: 0o777 }), present("/srv/open/x")], "/srv/open/x")).toBe(true);
    expect(aside([present("/srv/mine"), present("/srv/mine/x", rootOwned)], "/srv/mine/x")).toBe(true);
    expect(aside([present("/srv/open", { ...rootOwned, mode: 0o777 }), present("/srv/open/x", { uid: 1001 })], "/srv/open/x")).toBe(false);
  });
});

describe("setForeignPartsAside", () => {
  const own = present(cache);

  it("does not move a cache that is not the user's, or is itself the foreign part", () => {
    expect(setForeignPartsAside(factsWith(), present(cache, rootOwned), [present(`${cache}/a`, rootOwned)], () => [])).toEqual([]);
    expect(setForeignPartsAside(factsWith(), own, [present(cache, rootOwned)], () => [])).toEqual([]);
  });

  it("makes each directory on the way anew, with its mode, before anything moves into it", () => {
    const facts = factsWith({ paths: [present(`${cache}/http-v2`, { mode: 0o750 }), present(`${cache}/http-v2/a`)] });
    const [cure] = setForeignPartsAside(facts, own, [present(`${cache}/http-v2/a/b`, rootOwned)], (at) => (at === cache ? [present(`${cache}/http-v2`), present(`${cache}/wheels`)] : []));
    expect(cure?.steps.map((step) => [step.kind, "path" in step ? step.path.slice(cache.length) : "", "mode" in step ? step.mode : ""])).toEqual([
      ["rename", "", ""], ["make-dir", "", 0o755], ["rename", "", ""], ["make-dir", "/http-v2", 0o750], ["make-dir", "/http-v2/a", 0o755],
    ]);
    expect(cure?.probes).toEqual([cache, `${cache}/http-v2/a`]);
  });
});

describe("together", () => {
  const [one] = giveBack(factsWith(), cache, { probes: [cache] });
  const [two] = restoreMode(factsWith(), present("/home/me/x"), { select: "top", probes: ["/home/me/x"] });

  it("joins steps, probes and paths, and needs root when one part does", () => {
    expect(together([one!, two!], 2)).toMatchObject([{ id: "give-back", needs: "root", params: { path: `${cache}, /home/me/x` }, probes: [cache, "/home/me/x"], steps: [{ kind: "chown" }, { kind: "chmod" }] }]);
  });

  it("offers no half of a cure", () => {
    expect(together([one!], 2)).toEqual([]);
    expect(together([], 0)).toEqual([]);
  });
});

describe("giveBackOrReopen", () => {
  it("is called giving back as soon as something is foreign", () => {
    const parts = [present("/home/me/a", { mode: 0o500 }), present("/home/me/b", rootOwned)];
    const options = (part: PathFact): { probes: string[]; select: "top"; recognised: boolean } => ({ probes: [part.path], select: "top", recognised: false });
    expect(giveBackOrReopen(factsWith(), parts, options)).toMatchObject([{ id: "give-back", steps: [{ kind: "chown" }, { kind: "chmod" }] }]);
    expect(giveBackOrReopen(factsWith(), [present("/srv/x", rootOwned), ...parts], options)).toEqual([]);
  });
});
