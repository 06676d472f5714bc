import { describe, expect, it } from "vitest";
import { factsWith, mount } from "./example-facts.ts";
import { machineWith, withFiles } from "./example-machine.ts";
import { isReadOnlyMount, mountOf, mountOfPath, parseMountInfo, readMounts, stoppedAfterError } from "./mounts.ts";

const lines = (...text: readonly string[]): string => text.map((line) => `${line}\n`).join("");
const root = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro";
const points = (text: string): string[] => parseMountInfo(text).map((one) => one.point);

describe("parseMountInfo", () => {
  it("reads point, type, source, both kinds of options, and the line", () => {
    const text = lines(root, "36 22 98:0 /mnt1 /mnt2 ro,noatime master:1 propagate_from:2 - nfs4 server:/export ro,vers=4.2");
    expect(parseMountInfo(text)[1]).toEqual({ id: 36, point: "/mnt2", type: "nfs4", source: "server:/export", options: ["ro", "noatime"], superOptions: ["ro", "vers=4.2"], line: 2 });
  });

  it("reads lines without optional fields", () => {
    expect(parseMountInfo(lines("22 1 8:1 / / rw - ext4 /dev/sda1 rw"))).toHaveLength(1);
  });

  it("unescapes blanks, tabs, newlines and backslashes", () => {
    expect(points(lines(root, String.raw`30 22 0:5 / /mnt/a\040b\011c\012d\134e rw - tmpfs tmpfs rw`))).toContain("/mnt/a b\tc\nd\\e");
  });

  it("takes names as bytes: UTF-8, and what is none", () => {
    const text = Buffer.concat([Buffer.from(`${root}\n30 22 0:5 / /mnt/é rw - tmpfs tmpfs rw\n31 22 0:6 / /mnt/`), Buffer.from([0xff]), Buffer.from(" rw - tmpfs tmpfs rw\n")]).toString("latin1");
    expect(points(text)).toEqual(["/", "/mnt/é", "/mnt/\udcff"]);
  });

  it("passes over lines it does not know", () => {
    expect(points(lines(root, "", "what is this", "40 22 0:7 / /half rw"))).toEqual(["/"]);
  });

  it("leaves out what another mount covers, and what lay below it", () => {
    const covered = lines(root, "30 22 0:5 / /a rw - tmpfs lower rw", "31 30 0:6 / /a/b rw - tmpfs below rw", "32 30 0:7 / /a rw - tmpfs upper rw", "33 32 0:8 / /a/c rw - tmpfs seen rw");
    expect(parseMountInfo(covered).map((one) => one.source)).toEqual(["/dev/sda1", "upper", "seen"]);
  });

  it("keeps a deeper mount although one above it is listed later", () => {
    expect(points(lines(root, "31 30 0:6 / /a/b rw - tmpfs t rw", "30 22 0:5 / /a rw - tmpfs t rw"))).toEqual(["/", "/a/b", "/a"]);
  });

  it("knows a root that is covered by another, as after the early boot", () => {
    expect(parseMountInfo(lines("1 1 0:1 / / rw - rootfs rootfs rw", "22 1 8:1 / / rw - ext4 /dev/sda1 rw", "30 22 0:5 / /a rw - tmpfs t rw")).map((one) => one.source)).toEqual(["/dev/sda1", "t"]);
  });

  it("judges nothing where no root is listed, as in a chroot, or a parent is missing", () => {
    expect(points(lines("30 22 0:5 / /a rw - tmpfs t rw", "31 22 0:6 / /a rw - tmpfs t rw"))).toEqual(["/a", "/a"]);
    expect(points(lines(root, "30 99 0:5 / /a rw - tmpfs t rw"))).toEqual(["/", "/a"]);
  });
});

describe("readMounts", () => {
  it.skipIf(process.platform !== "linux")("reads this machine's table, where / is mounted (needs Linux)", () => {
    const mounts = readMounts(machineWith());
    expect(mounts.ok && mounts.value.some((one) => one.point === "/")).toBe(true);
  });

  it("says why there is none", () => {
    expect(readMounts(machineWith({ platform: "darwin" }))).toMatchObject({ ok: false, reason: "absent" });
    expect(readMounts(machineWith({ platform: "linux", readFile: () => ({ ok: false, errno: "ENOENT" }) }))).toMatchObject({ ok: false, reason: "absent" });
    expect(readMounts(machineWith({ platform: "linux", readFile: () => ({ ok: false, errno: "EACCES" }) }))).toMatchObject({ ok: false, reason: "denied", from: { path: "/proc/self/mountinfo" } });
  });

  it("reads bytes, not characters", () => {
    const mounts = readMounts(withFiles({ "/proc/self/mountinfo": `${root}\n30 22 0:5 / /mnt/ü rw - tmpfs t rw\n` }, { platform: "linux" }));
    expect(mounts.ok && mounts.value[1]?.point).toBe("/mnt/ü");
  });
});

describe("mountOf", () => {
  const mounts = [mount("/"), mount("/home"), mount("/home/me/.cache"), mount("/homework")];

  it("takes the longest point at or above the path", () => {
    expect(mountOf(mounts, "/home/me/x")?.point).toBe("/home");
    expect(mountOf(mounts, "/home/me/.cache")?.point).toBe("/home/me/.cache");
    expect(mountOf(mounts, "/home/me/.cache/pip")?.point).toBe("/home/me/.cache");
    expect(mountOf(mounts, "/usr")?.point).toBe("/");
  });

  it("minds whole names", () => {
    expect(mountOf(mounts, "/homework/x")?.point).toBe("/homework");
    expect(mountOf(mounts, "/homes")?.point).toBe("/");
    expect(mountOf(mounts, "/home/me/.cache2")?.point).toBe("/home");
  });

  it("takes the last of several on one point, and none where none is known", () => {
    expect(mountOf([mount("/"), mount("/a", { id: 5 }), mount("/a", { id: 6 })], "/a/x")?.id).toBe(6);
    expect(mountOf([], "/a")).toBeUndefined();
    expect(mountOfPath(factsWith({ mounts: { ok: false, reason: "denied", from: {} } }), "/a")).toBeUndefined();
  });
});

describe("read-only", () => {
  it("is said by the mount, its file system, or an error that stopped it", () => {
    expect([mount("/"), mount("/", { options: ["ro"] }), mount("/", { superOptions: ["ro"] }), mount("/", { superOptions: ["rw", "emergency_ro"] })].map(isReadOnlyMount)).toEqual([false, true, true, true]);
    expect([mount("/", { options: ["ro"] }), mount("/", { superOptions: ["rw", "emergency_ro"] }), mount("/", { superOptions: ["errors=remount-ro"] })].map(stoppedAfterError)).toEqual([false, true, false]);
  });
});
