import { describe, expect, it } from "vitest";
import { factsWith, mount, venv } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const mounted = (point: string, options: string[]): Facts["mounts"] => ({ ok: true, value: [mount("/"), mount(point, { options, line: 7 })], from: { path: "/proc/self/mountinfo" } });

describe("tmp-noexec finds", () => {
  it("nothing on a healthy machine, nor where mounts are unknown", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(factsWith({ mounts: { ok: false, reason: "absent", from: {} } }))).toEqual([]);
  });

  it("the temporary directory on a mount that forbids programs, with the mount's line", () => {
    const { found } = examine(problem, factsWith({ mounts: mounted("/tmp", ["rw", "nosuid", "noexec"]) }));
    expect(found).toMatchObject({ severity: "error", subject: "/tmp", params: { mount: "/tmp", variant: "tmp" } });
    expect(found.evidence[0]).toEqual({ says: "/tmp: ext4 rw,nosuid,noexec", from: { path: "/proc/self/mountinfo", line: 7 } });
  });

  it("the active environment on one", () => {
    expect(examine(problem, factsWith({ installs: [venv()], mounts: mounted("/home/me/project", ["noexec"]) })).found).toMatchObject({ subject: "/home/me/project/.venv", params: { variant: "venv" } });
  });

  it("nothing where another mount than these is noexec, or TMPDIR leads away from it", () => {
    expect(problem.detect(factsWith({ mounts: mounted("/var", ["noexec"]) }))).toEqual([]);
    expect(problem.detect(factsWith({ mounts: mounted("/tmp", ["noexec"]), temp: { tried: ["/home/me/tmp"], chosen: { ok: true, value: "/home/me/tmp", from: {} } } }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("never remount by themselves", () => {
    expect(examine(problem, factsWith({ mounts: mounted("/tmp", ["noexec"]) })).cure("remount")).toMatchObject({ needs: "root", steps: [] });
    expect(examine(problem, factsWith({ installs: [venv()], mounts: mounted("/home/me/project", ["noexec"]) })).ids).toEqual(["venv-elsewhere", "remount"]);
  });
});
