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
    const reason = "it belongs to root, and mode 0755 lets others only read and enter";
    const facts = factsWith({ paths: [foreign] });
    expect(drawn(found(cache, [[reason, foreign]]), facts)).toEqual([["/", "passes"], ["/home", "passes"], ["/home/me", "passes"], ["/home/me/.cache", "passes"], [cache, "breaks"]]);
    expect(chainOf(found(cache, [[reason, foreign]]), facts)?.links.at(-1)?.because).toEqual([reason]);
  });

  it("gives the model's reason where the evidence is silent", () => {
    const facts = factsWith({ paths: [present(cache, { mode: 0o500, write: "EACCES" })] });
    expect(chainOf(found(cache, [], { blocker: cache }), facts)?.links.at(-1)).toMatchObject({ state: "breaks", because: [expect.stringContaining("mode 0500")] });
  });

  it("breaks at a directory that cannot be entered, and blames nothing behind it", () => {
    const closed = present("/home/me/.cache", { ...rootOwned, mode: 0o700, search: "EACCES" });
    expect(drawn(found(cache, [["closed", closed], ["not seen", hidden(cache)]]), factsWith({ paths: [closed, hidden(cache)] })).slice(2)).toEqual([["/home/me", "passes"], ["/home/me/.cache", "breaks"], [cache, "unseen"]]);
  });

  it("asks of a directory on the way only that it can be entered", () => {
    expect(drawn(found(cache, [["it is full", present(cache)]]), factsWith()).map(([, state]) => state)).toEqual(["passes", "passes", "passes", "passes", "noted"]);
  });

  it("draws nothing where there is nothing to see on the way", () => {
    expect(chainOf(found(cache), factsWith())).toBeUndefined();
  });

  it("claims no refusal where only something is said of a path", () => {
    const open = present(cache, { mode: 0o777 });
    expect(drawn(found(cache, [["anybody may write", open]]), factsWith({ paths: [open] })).at(-1)).toEqual([cache, "noted"]);
  });

  it("knows a file by what was read in it, though nobody asked for its rights", () => {
    const chain = chainOf(found("/home/me/pip.conf", [], { evidence: [{ says: "no header", from: { path: "/home/me/pip.conf", line: 3 } }] }), factsWith());
    expect(chain?.links.at(-1)).toMatchObject({ state: "noted", because: ["no header (line 3)"] });
  });

  it("blames no right where the finding is about something else: a secret in a file that is not one's own", () => {
    const file = present("/etc/pip.conf", { type: "file", ...rootOwned });
    expect(drawn(found("/etc/pip.conf", [["it holds a credential", file]]), factsWith({ paths: [file] })).at(-1)).toEqual(["/etc/pip.conf", "noted"]);
  });

  it("shows what is not there, and what nobody looked at", () => {
    expect(drawn(found("/home/me/new/deep"), factsWith({ paths: [absent("/home/me/new")] })).slice(-2)).toEqual([["/home/me/new", "absent"], ["/home/me/new/deep", "unseen"]]);
  });

  it("follows links, each name once", () => {
    const facts = factsWith({ paths: [link("/home/me/.cache", "../../big/cache"), present("/big"), present("/big/cache"), present("/big/cache/pip", rootOwned)] });
    expect(drawn(found(cache, [["foreign", present("/big/cache/pip", rootOwned)]], { blocker: "/big/cache/pip" }), facts)).toEqual([["/", "passes"], ["/home", "passes"], ["/home/me", "passes"], ["/home/me/.cache", "passes"], ["/big", "passes"], ["/big/cache", "passes"], ["/big/cache/pip", "breaks"]]);
  });

  it("ends in a circle of links as well", () => {
    expect(drawn(found("/home/me/a/x", [["x", link("/home/me/a", "b")]]), factsWith({ paths: [link("/home/me/a", "b"), link("/home/me/b", "a")] })).map(([path]) => path)).toEqual(expect.arrayContaining(["/", "/home/me/a"]));
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
