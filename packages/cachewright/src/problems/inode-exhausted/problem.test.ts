import { describe, expect, it } from "vitest";
import { absent, cache, factsWith, mount, present, rootOwned } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const space = (words: Partial<Facts["spaces"][number]>): Pick<Facts, "spaces"> => ({ spaces: [{ path: "/home/me", point: "/", available: 50e9, total: 100e9, inodesFree: 5, inodesTotal: 1e6, ...words }] });

describe("inode-exhausted finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("less than one in a hundred free, while bytes are free", () => {
    const { found } = examine(problem, factsWith(space({})));
    expect(found).toMatchObject({ severity: "error", subject: "/", params: { free: "5", total: "1000000", cache } });
    expect(found.evidence[0]).toEqual({ says: "5 of 1000000 inodes free", from: { path: "/", call: "statfs" } });
  });

  it("nothing where the file system has no such limit", () => {
    expect(problem.detect(factsWith(space({ inodesFree: 0, inodesTotal: 0 })))).toEqual([]);
    expect(problem.detect(factsWith(space({ inodesFree: 0, inodesTotal: 1 })))).toEqual([]);
  });

  it("nothing where bytes are short as well: the disk is full", () => {
    expect(problem.detect(factsWith(space({ available: 50e6 })))).toEqual([]);
  });

  it("nothing where nothing is written: read-only, or not the user's", () => {
    const there = { path: "/opt", point: "/opt", inodesFree: 0 };
    const mounts = (options: string[]): Facts["mounts"] => ({ ok: true, value: [mount("/"), mount("/opt", { options })], from: {} });
    const uses = [{ ...factsWith().pip.uses[0]!, cacheDir: "/opt/pip", cacheReal: "/opt/pip" }];
    const pip = { configs: [], uses };
    expect(problem.detect(factsWith({ ...space(there), pip, mounts: mounts(["ro"]), paths: [present("/opt"), absent("/opt/pip")] }))).toEqual([]);
    expect(problem.detect(factsWith({ ...space(there), pip, mounts: mounts(["rw"]), paths: [present("/opt", rootOwned), absent("/opt/pip")] }))).toEqual([]);
    expect(problem.detect(factsWith({ ...space(there), pip, mounts: mounts(["rw"]), paths: [present("/opt"), absent("/opt/pip")] }))).toHaveLength(1);
  });
});

describe("the cures", () => {
  it("empty an own cache, and show where the files are", () => {
    const { ids, cure } = examine(problem, factsWith(space({})));
    expect(ids[0]).toBe("clear-cache");
    expect(cure("clear-cache")).toMatchObject({ needs: "user", steps: [{ kind: "clear-cache", cache }] });
    expect(cure("find-many").steps).toEqual([]);
  });

  it("leave a foreign cache alone", () => {
    expect(examine(problem, factsWith({ ...space({}), paths: [present(cache, { uid: 1001, mode: 0o777 })] })).ids).not.toContain("clear-cache");
  });
});
