import { describe, expect, it } from "vitest";
import { mount } from "./example-facts.ts";
import { machineWith } from "./example-machine.ts";
import type { Facts } from "./facts.ts";
import { startLooks } from "./looks.ts";
import { parseQgroups, parseQuota, quotaFacts } from "./quotas.ts";

const quota = (...lines: string[]): string => ["Disk quotas for user me (uid 1000): ", "     Filesystem  blocks   quota   limit   grace   files   quota   limit   grace", ...lines, ""].join("\n");

describe("parseQuota", () => {
  it("reads bytes and files where they are limited, whose they are, and no line without a limit", () => {
    expect(parseQuota(quota("      /dev/sda1  1000   2000   3000              5       10      20        "))).toEqual([
      { source: "/dev/sda1", whose: "user me", what: "bytes", used: 1_024_000, limit: 3_072_000, graceOver: false },
      { source: "/dev/sda1", whose: "user me", what: "files", used: 5, limit: 20, graceOver: false },
    ]);
    expect(parseQuota(quota("      /dev/sda1  1000   0   0   5   0   0"))).toEqual([]);
    expect(parseQuota("Disk quotas for user me (uid 1000): none\n")).toEqual([]);
  });

  it("takes the soft limit for the one that counts once its grace is over, in the right column", () => {
    expect(parseQuota(quota("nas:/home  2500*   2000   3000   6days   5   0   0"))).toMatchObject([{ source: "nas:/home", limit: 3_072_000, graceOver: false }]);
    expect(parseQuota(quota("nas:/home  2500*   2000   3000   none   5   0   0"))).toMatchObject([{ limit: 2_048_000, graceOver: true }]);
    expect(parseQuota(quota("nas:/home  1   0   0   15*   10   20   none"))).toMatchObject([{ what: "files", used: 15, limit: 10, graceOver: true }]);
  });

  it("keeps groups apart from the user", () => {
    expect(parseQuota(`${quota("/dev/a 1 0 9 1 0 0")}${quota("/dev/a 2 0 9 1 0 0").replace("user me (uid", "group staff (gid")}`).map((one) => one.whose)).toEqual(["user me", "group staff"]);
  });
});

describe("parseQgroups", () => {
  it("reads what btrfs-progs print, with old column heads and with new, each limit by itself", () => {
    const now = "Qgroupid    Referenced    Exclusive  Max referenced  Max exclusive   Path \n--------    ----------    ---------  --------------  -------------   ---- \n0/256         16760832     16760832        16777216           none   sub\n";
    const before = "qgroupid         rfer         excl     max_rfer     max_excl \n--------         ----         ----     --------     -------- \n0/5             16384        16384         none        32768 \n";
    expect(parseQgroups(now)).toEqual([{ whose: "subvolume 0/256", used: 16_760_832, limit: 16_777_216 }]);
    expect(parseQgroups(before)).toEqual([{ whose: "subvolume 0/5", used: 16_384, limit: 32_768 }]);
  });
});

describe("quotaFacts", () => {
  const mounts = (type: string): Facts["mounts"] => ({ ok: true, value: [mount("/", { type, source: "/dev/sda1" })], from: {} });
  const asked = (type: string, answer: { status: number; stdout?: string; stderr?: string } | "ENOENT"): { facts: unknown; unknown: string[]; ran: string[] } => {
    const ran: string[] = [];
    const looks = startLooks(machineWith({ run(argv) {
      ran.push(argv[0] ?? "");
      return answer === "ENOENT" ? { ok: false, errno: "ENOENT" } : { ok: true, value: { stdout: "", stderr: "", ...answer } };
    } }));
    return { facts: quotaFacts(looks, ["/"], mounts(type)), unknown: looks.unknown.map((one) => one.why), ran };
  };

  it("belong to the mount of that source, whatever quota's exit code", () => {
    const { facts } = asked("ext4", { status: 1, stdout: quota("/dev/sda1 3000* 2000 3000 6days 5 0 0", "/dev/other 1 0 9 1 0 0") });
    expect(facts).toMatchObject([{ path: "/", point: "/", by: "quota", whose: "user me", used: 3_072_000 }]);
  });

  it("say what could not be read, and ask each program only where it knows something", () => {
    expect(asked("ext4", "ENOENT")).toEqual({ facts: [], unknown: ["there is no program `quota` here"], ran: ["quota"] });
    expect(asked("btrfs", { status: 1, stderr: "ERROR: can't list qgroups: Operation not permitted" })).toEqual({ facts: [], unknown: ["ERROR: can't list qgroups: Operation not permitted"], ran: ["btrfs"] });
    expect(asked("btrfs", { status: 1, stderr: "ERROR: can't list qgroups: quotas not enabled" }).unknown).toEqual([]);
  });
});
