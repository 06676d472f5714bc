import { describe, expect, it } from "vitest";
import { absent, cache, configFile, factsWith, install, mount, pipUse, present, rootOwned, setting, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts, MountFact, PathFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const mounts = (...extra: MountFact[]): Facts["mounts"] => ({ ok: true, value: [mount("/"), ...extra], from: { path: "/proc/self/mountinfo" } });
const readOnly = { write: "EROFS" } as const;
const closedCache: PathFact[] = [present("/home/me/.cache", readOnly), present(cache, readOnly)];
const cacheMount = mount("/home/me/.cache", { id: 7, options: ["ro", "relatime"], line: 12 });
const onReadOnly = factsWith({ mounts: mounts(cacheMount), paths: closedCache });

describe("read-only-filesystem finds", () => {
  it("nothing on a healthy machine, nor in a read-only system Python", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    const usr = factsWith({ mounts: mounts(mount("/usr", { options: ["ro"] })), paths: [present("/usr/local/lib", { ...rootOwned, ...readOnly })], installs: [install()] });
    expect(problem.detect(usr)).toEqual([]);
  });

  it("a cache on a read-only mount, with the mount's line", () => {
    const { found } = examine(problem, onReadOnly);
    expect(found).toMatchObject({ severity: "error", subject: "/home/me/.cache", params: { path: cache, mount: "/home/me/.cache", options: "ro,relatime", cache, variant: "on-purpose" } });
    expect(found.evidence[0]).toEqual({ says: "ext4 ro,relatime", from: { path: "/proc/self/mountinfo", line: 12 } });
    expect(found.evidence[1]).toMatchObject({ says: `the cache ${cache} of pip 24.3.1 lies on it`, path: { access: { write: "EROFS" } } });
  });

  it("a file system that the kernel stopped after an error, also where it is still listed as rw", () => {
    const stopped = mount("/home", { superOptions: ["rw", "errors=remount-ro", "emergency_ro"] });
    const { found } = examine(problem, factsWith({ mounts: mounts(stopped), paths: [present("/home/me", readOnly), ...closedCache] }));
    expect(found).toMatchObject({ severity: "error", params: { variant: "after-error" } });
    expect(found.evidence[0]?.says).toContain("emergency_ro");
  });

  it("by the kernel's answer, where the options do not say it", () => {
    expect(examine(problem, factsWith({ mounts: mounts(mount("/home/me/.cache")), paths: closedCache })).found.subject).toBe("/home/me/.cache");
  });

  it("for root too, who passes pip's check and fails later", () => {
    const user = { ...factsWith().user, uid: 0, euid: 0 };
    expect(examine(problem, { ...onReadOnly, user }).found.severity).toBe("error");
  });

  it("one mount once: cache, home and environment together", () => {
    const paths = [present("/home/me", readOnly), ...closedCache, ...venvPaths(readOnly)];
    const { found } = examine(problem, factsWith({ mounts: mounts(mount("/home", { options: ["ro"] })), installs: [venv()], paths }));
    expect(found.evidence.slice(1).map((one) => one.says.split(" ")[1])).toEqual(["cache", "home", "environment"]);
    expect(found.explains).toEqual([
      { problem: "cache-not-owned", subject: cache }, { problem: "user-site-not-writable" }, { problem: "venv-not-writable", subject: "/home/me/project/.venv" }, { blockedBelow: "/home" },
    ]);
  });

  it("only a note when just the home is closed and pip has its cache elsewhere, as on compute nodes", () => {
    const scratch = "/scratch/me/pip";
    const uses = [pipUse({ cacheDir: scratch, cacheReal: scratch, cacheFrom: setting("XDG_CACHE_HOME", "/scratch/me", { from: { env: "XDG_CACHE_HOME" } }) })];
    const facts = factsWith({ mounts: mounts(mount("/home", { options: ["ro"] })), pip: { configs: [], uses }, paths: [present("/home/me", readOnly), present("/scratch/me"), absent(scratch)] });
    expect(examine(problem, facts).found.severity).toBe("note");
  });

  it("nothing for a home that is not there at all", () => {
    const facts = factsWith({ mounts: mounts(mount("/", { options: ["ro"] })), paths: [absent("/home/me"), present("/home", readOnly), absent(cache), absent("/home/me/.cache")] });
    expect(problem.detect(facts)).toEqual([]);
  });

  it("nothing where the mounts are not known", () => {
    expect(problem.detect(factsWith({ mounts: { ok: false, reason: "absent", from: {} }, paths: closedCache }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("move the cache to where one may write", () => {
    const { ids, cure } = examine(problem, onReadOnly);
    expect(ids).toEqual(["cache-elsewhere", "remount"]);
    expect(cure("cache-elsewhere")).toMatchObject({ needs: "user", probes: ["/home/me/.local/share"], steps: [{ kind: "change-config", path: "/home/me/.config/pip/pip.conf", change: { do: "set", section: "global", key: "cache-dir", value: "/home/me/.local/share/pip-cache" } }] });
  });

  it("cannot write a setting into a home that is closed as well", () => {
    const paths = [...["/home/me", "/home/me/.config", "/home/me/.config/pip", "/home/me/.local", "/home/me/.local/share"].map((path) => present(path, readOnly)), ...closedCache];
    expect(examine(problem, factsWith({ mounts: mounts(mount("/home", { options: ["ro"] })), paths })).ids).toEqual(["remount"]);
  });

  it("set nothing that a stronger setting beats", () => {
    const uses = [pipUse({ cacheFrom: setting("cache-dir", cache, { section: ":env:", level: "env-var", from: { env: "PIP_CACHE_DIR" } }) })];
    expect(examine(problem, { ...onReadOnly, pip: { configs: [configFile({ state: "absent" })], uses } }).ids).toEqual(["remount"]);
  });

  it("only show how to mount it anew, and after an error to look first", () => {
    expect(examine(problem, onReadOnly).cure("remount")).toMatchObject({ needs: "root", steps: [], shown: ["mount -o remount,rw /home/me/.cache"] });
    const stopped = mount("/home/me/.cache", { superOptions: ["emergency_ro"] });
    expect(examine(problem, factsWith({ mounts: mounts(stopped), paths: closedCache })).cure("remount").shown).toEqual(["dmesg --level=err,warn"]);
  });
});
