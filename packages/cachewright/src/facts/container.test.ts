import { describe, expect, it } from "vitest";
import { containerFact } from "./container.ts";
import { machineWith, nothing, withFiles } from "./example-machine.ts";

const bare = { platform: "linux", env: {}, lstat: () => nothing, readFile: () => nothing } as const;

describe("containerFact", () => {
  it("is absent on an ordinary machine and on other systems", () => {
    expect(containerFact(machineWith(bare))).toMatchObject({ ok: false, reason: "absent" });
    expect(containerFact(machineWith({ ...bare, platform: "darwin", env: { container: "x" } }))).toMatchObject({ ok: false });
  });

  it.each(["/run/.containerenv", "/.dockerenv"])("knows %s", (path) => {
    const there = machineWith().lstat("/");
    expect(containerFact(machineWith({ ...bare, lstat: (asked) => (asked === path ? there : nothing) }))).toMatchObject({ ok: true, from: { path } });
  });

  it("knows Kubernetes and systemd's variable, but no empty one", () => {
    expect(containerFact(machineWith({ ...bare, env: { KUBERNETES_SERVICE_HOST: "10.0.0.1" } }))).toMatchObject({ value: "kubernetes" });
    expect(containerFact(machineWith({ ...bare, env: { container: "lxc" } }))).toMatchObject({ value: "lxc", from: { env: "container" } });
    expect(containerFact(machineWith({ ...bare, env: { container: "" } }))).toMatchObject({ ok: false });
  });

  it("knows a step of BuildKit by its mounts", () => {
    const mountinfo = "22 1 0:30 / / rw - overlay overlay rw,upperdir=/var/lib/buildkit/runc-overlayfs/snapshots/1/fs\n";
    expect(containerFact({ ...withFiles({ "/proc/self/mountinfo": mountinfo }), platform: "linux", env: {}, lstat: () => nothing })).toMatchObject({ value: "buildkit", from: { path: "/proc/self/mountinfo" } });
  });
});
