import { describe, expect, it } from "vitest";
import { factsWith, mount } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const withTmp = (words: { available: number; total: number }, options: string[] = ["rw"]): Facts => factsWith({
  mounts: { ok: true, value: [mount("/"), mount("/tmp", { type: "tmpfs", options })], from: {} },
  spaces: [...factsWith().spaces, { path: "/tmp", point: "/tmp", inodesFree: 9, inodesTotal: 9, ...words }],
});

describe("tmp-full finds", () => {
  it("nothing on a healthy machine, nor in a /tmp with room", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(withTmp({ available: 400e6, total: 500e6 }))).toEqual([]);
    expect(problem.detect(withTmp({ available: 50e6, total: 64e6 }))).toEqual([]);
  });

  it("a full one, in figures", () => {
    const { found } = examine(problem, withTmp({ available: 30e6, total: 2e9 }));
    expect(found).toMatchObject({ severity: "error", subject: "/tmp", params: { available: "30.0 MB", total: "2.0 GB", variant: "full" } });
    expect(found.evidence).toMatchObject([{ says: "30.0 MB free of 2.0 GB", from: { path: "/tmp", call: "statfs" } }]);
  });

  it("one that is too small from the start, and one so full that Python passes over it", () => {
    expect(examine(problem, withTmp({ available: 1e6, total: 1e6 })).found.params["variant"]).toBe("small");
    expect(examine(problem, withTmp({ available: 0, total: 500e6 })).found.params["variant"]).toBe("passed-over");
  });

  it("nothing where the same file system holds the home: that is a full disk", () => {
    expect(problem.detect(factsWith({ spaces: [{ path: "/home/me", point: "/", available: 1e6, total: 100e9, inodesFree: 9, inodesTotal: 9 }] }))).toEqual([]);
  });

  it("nothing on a read-only mount, or where sizes are unknown", () => {
    expect(problem.detect(withTmp({ available: 0, total: 500e6 }, ["ro"]))).toEqual([]);
    expect(problem.detect(withTmp({ available: 0, total: 0 }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("show what broken-off installs have left, and remove nothing", () => {
    expect(examine(problem, withTmp({ available: 1e6, total: 2e9 })).cure("old-leftovers")).toMatchObject({ steps: [], shown: ["find /tmp -maxdepth 1 -user me -name 'pip-*' -mtime +1"] });
  });
});
