import { describe, expect, it } from "vitest";
import { absent, cache, factsWith, hidden, link, mount, present, rootOwned } from "../../facts/example-facts.ts";
import type { Facts, PathFact } from "../../facts/facts.ts";
import type { Finding } from "../../problems/problem.ts";
import { chainOf, type Link } from "./chain.ts";

const found = (subject: string, evidence: readonly (readonly [says: string, path: PathFact])[] = [], more: Partial<Finding> = {}): Finding => ({
  problem: "cache-not-owned", severity: "warning", subject, params: {}, evidence: evidence.map(([says, path]) => ({ says, from: { path: path.path }, path })), ...more,
});
const drawn = (finding: Finding, facts: Facts): [string, Link["state"]][] => chainOf(finding, facts)?.links.map((one) => [one.beside ? `+${one.name}` : one.path, one.state]) ?? [];

describe("the way from the root to what a finding is about", () => {
  it("passes what can be entered and breaks at what refuses, with the evidence as the reason", () => {
    const foreign = present(cache, rootOwned);
    const facts = factsWith({ paths: [foreign] });
    expect(drawn(found(cache, [["it belongs to root", foreign]]), facts)).toEqual([["/", "passes"], ["/home", "passes"], ["/home/me", "passes"], ["/home/me/.cache", "passes"], [cache, "breaks"]]);
    expect(chainOf(found(cache, [["it belongs to root", foreign]]), facts)?.links.at(-1)?.because).toEqual(["it belongs to root"]);
  });

  it("gives the model's reason where the evidence is silent", () => {
    const facts = factsWith({ paths: [present(cache, { mode: 0o500, write: "EACCES" })] });
    expect(chainOf(found(cache), facts)?.links.at(-1)).toMatchObject({ state: "breaks", because: [expect.stringContaining("mode 0500")] });
  });

  it("breaks at a directory that cannot be entered, and blames nothing behind it", () => {
    const closed = present("/home/me/.cache", { ...rootOwned, mode: 0o700, search: "EACCES" });
    expect(drawn(found(cache, [["closed", closed], ["not seen", hidden(cache)]]), factsWith({ paths: [closed, hidden(cache)] })).slice(2)).toEqual([["/home/me", "passes"], ["/home/me/.cache", "breaks"], [cache, "unseen"]]);
  });

  it("asks of a directory on the way only that it can be entered", () => {
    expect(drawn(found(cache), factsWith()).map(([, state]) => state)).toEqual(["passes", "passes", "passes", "passes", "passes"]);
  });

  it("claims no refusal where only something is said of a path", () => {
    const open = present(cache, { mode: 0o777 });
    expect(drawn(found(cache, [["anybody may write", open]]), factsWith({ paths: [open] })).at(-1)).toEqual([cache, "noted"]);
  });

  it("shows what is not there, and what nobody looked at", () => {
    expect(drawn(found("/home/me/new/deep"), factsWith({ paths: [absent("/home/me/new")] })).slice(-2)).toEqual([["/home/me/new", "absent"], ["/home/me/new/deep", "unseen"]]);
  });

  it("follows links, each name once", () => {
    const facts = factsWith({ paths: [link("/home/me/.cache", "../../big/cache"), present("/big"), present("/big/cache"), present("/big/cache/pip", rootOwned)] });
    expect(drawn(found(cache, [["foreign", present("/big/cache/pip", rootOwned)]]), facts)).toEqual([["/", "passes"], ["/home", "passes"], ["/home/me", "passes"], ["/home/me/.cache", "passes"], ["/big", "passes"], ["/big/cache", "passes"], ["/big/cache/pip", "breaks"]]);
  });

  it("ends in a circle of links as well", () => {
    expect(drawn(found("/home/me/a/x"), factsWith({ paths: [link("/home/me/a", "b"), link("/home/me/b", "a")] })).length).toBeLessThan(12);
  });

  it("names the mount that is read-only", () => {
    const facts = factsWith({ paths: [present("/home/me/.cache", { write: "EROFS" }), present(cache, { write: "EROFS" })], mounts: { ok: true, value: [mount("/"), mount("/home/me/.cache", { options: ["ro"] })], from: {} } });
    const links = chainOf(found("/home/me/.cache"), facts)?.links;
    expect(links?.at(-1)).toMatchObject({ state: "breaks", mount: { options: ["ro"] }, because: [expect.stringContaining("read-only")] });
  });

  it("hangs further places beside the way, a few of many", () => {
    const parts = Array.from({ length: 9 }, (_, i) => present(`${cache}/wheels/${i}`, rootOwned));
    const chain = chainOf(found(cache, parts.map((path) => ["foreign", path])), factsWith({ paths: parts }));
    expect(chain?.links.filter((one) => one.beside).map((one) => one.name)).toEqual(["wheels/0", "wheels/1", "wheels/2", "wheels/3", "wheels/4", "wheels/5"]);
    expect(chain?.more).toBe(3);
  });

  it("draws nothing for what is about no path", () => {
    expect(chainOf(found("PIP_NO_CACHE_DIR"), factsWith())).toBeUndefined();
  });
});
