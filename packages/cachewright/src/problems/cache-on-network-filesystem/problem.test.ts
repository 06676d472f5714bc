import { describe, expect, it } from "vitest";
import { absent, cache, factsWith, mount, pipUse, setting } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const on = (type: string, point = "/home/me", change: Parameters<typeof factsWith>[0] = {}): Facts =>
  factsWith({ mounts: { ok: true, value: [mount("/"), mount(point, { type, source: "server:/home", line: 7 })], from: { path: "/proc/self/mountinfo" } }, ...change });

describe("cache-on-network-filesystem finds", () => {
  it("nothing on a healthy machine, and is looked for only when asked", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.when).toBe("asked");
  });

  it.each(["nfs", "nfs4", "cifs", "smb3", "lustre", "gpfs", "fuse.sshfs"])("a cache on %s", (type) => {
    const { found } = examine(problem, on(type));
    expect(found).toMatchObject({ severity: "note", subject: cache, params: { type, point: "/home/me", variant: "network" } });
    expect(found.evidence).toEqual([{ says: `${cache} lies on ${type} (server:/home, mounted at /home/me)`, from: { path: "/proc/self/mountinfo", line: 7 } }]);
  });

  it.each(["9p", "vboxsf", "drvfs"])("a cache in a folder shared by the host: %s", (type) => {
    expect(examine(problem, on(type)).found.params["variant"]).toBe("host");
  });

  it("a cache that is not there yet", () => {
    expect(examine(problem, on("nfs4", "/home/me", { paths: [absent(cache)] })).found.subject).toBe(cache);
  });

  it.each(["ext4", "xfs", "btrfs", "tmpfs", "overlay", "zfs", "fuseblk", "fuse.fuse-overlayfs"])("nothing on %s", (type) => {
    expect(problem.detect(on(type))).toEqual([]);
  });

  it("nothing when only something else is on the network, the mounts are unknown or the cache is off on purpose", () => {
    expect(problem.detect(on("nfs4", "/data"))).toEqual([]);
    expect(problem.detect(factsWith({ mounts: { ok: false, reason: "denied", from: { path: "/proc/self/mountinfo" } } }))).toEqual([]);
    expect(problem.detect(on("nfs4", "/home/me", { pip: { configs: [], uses: [pipUse({ cacheOff: setting("no-cache-dir", "true") })] } }))).toEqual([]);
  });
});

describe("the cure", () => {
  it("is shown: which disk is local and lasts, nobody can tell from here", () => {
    expect(examine(problem, on("nfs4")).cures).toEqual([{ id: "local-place", needs: "user", steps: [], shown: ["python3 -m pip config set global.cache-dir /PATH/ON/A/LOCAL/DISK"] }]);
  });
});
