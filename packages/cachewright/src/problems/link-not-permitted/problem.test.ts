import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { absent, factsWith, install, mount, pipUse, present, root, rootOwned, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts, MountFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const project = "/home/me/project";
const anyones = { uid: 1001, gid: 1001, mode: 0o777 } as const;
const at = (point: string, type: string): { ok: true; value: MountFact[]; from: { path: string } } => ({ ok: true, value: [mount("/"), mount(point, { type, source: "/dev/sdb1", superOptions: ["rw", "default_permissions"] })], from: { path: "/proc/self/mountinfo" } });
const inVenv = (type: string, owner: Parameters<typeof present>[1], change: Parameters<typeof factsWith>[0] = {}): Facts =>
  factsWith({ mounts: at(project, type), installs: [venv(), install({ chosen: false })], cwd: project, paths: [present(project, owner), ...venvPaths(owner)], ...change });
const stickCache = { configs: factsWith().pip.configs, uses: [pipUse({ cacheDir: "/media/stick/pip", cacheReal: "/media/stick/pip" })] };
const withCache = (type: string, owner: Parameters<typeof present>[1]): Facts =>
  factsWith({ mounts: at("/media/stick", type), paths: [present("/media", rootOwned), present("/media/stick", owner), absent("/media/stick/pip")], pip: stickCache });

describe("link-not-permitted finds", () => {
  it("an environment that may be written, on a file system whose mount gives it to somebody else", () => {
    expect(examine(problem, inVenv("fuseblk", anyones)).found).toMatchObject({ severity: "error", subject: venv().scripts, params: { variant: "venv", type: "fuseblk", owner: "other" } });
  });

  it.each<[string, Facts]>([
    ["the mount gives it to the user", inVenv("fuseblk", {})],
    ["files have owners of their own", inVenv("ext4", anyones)],
    ["one file there is the user's: they have owners after all", inVenv("fuseblk", anyones, { paths: [present(project, anyones), ...venvPaths(anyones), present(`${project}/setup.py`, { type: "file" })] })],
    ["the kernel does not ask for the owner", inVenv("fuseblk", anyones, { mounts: { ok: true, value: [mount("/"), mount(project, { type: "fuseblk" })], from: {} } })],
    ["root may change every mode", inVenv("fuseblk", anyones, { user: root() })],
    ["it may not be written anyway", inVenv("cifs", rootOwned)],
    ["nothing of it is used", factsWith({ mounts: at("/media/stick", "vfat") })],
    ["it is the directory where somebody stands, and nobody asks", factsWith({ mounts: at(project, "exfat"), cwd: project, paths: [present(project)] })],
  ])("nothing where %s", (_, facts) => {
    expect(problem.detect(facts)).toEqual([]);
  });

  it("a cache there, and takes the mode that the mount gives it for no illness of its own", () => {
    const { found, ids, cure } = examine(problem, withCache("exfat", anyones));
    expect(found).toMatchObject({ subject: "/media/stick/pip", params: { variant: "cache" } });
    expect(found.explains).toContainEqual({ problem: "cache-world-writable", subject: "/media/stick/pip" });
    expect(ids).toEqual(["cache-elsewhere", "mount-as-yourself", "copy-mode"]);
    expect(cure("cache-elsewhere").steps).toMatchObject([{ kind: "change-config", change: { key: "cache-dir", value: "/home/me/.local/share/pip-cache" } }]);
  });

  it("for those who ask: a directory without links, and files that the kernel protects", () => {
    const links = { cache: null, parts: [], target: null, protectedHardLinks: true };
    expect(examine(problem, factsWith({ mounts: at(project, "vfat"), cwd: project, linkPlaces: links })).found.params["variant"]).toBe("directory");
    const archive = "/srv/uv/archive-v0";
    const shared = (dev: string, owner: Parameters<typeof present>[1] = rootOwned): Facts => factsWith({ installs: [venv()], linkPlaces: { ...links, cache: "/srv/uv", parts: [archive], target: venv().purelib }, paths: [present("/srv/uv", owner), { ...present(archive, owner), dev }, ...venvPaths()] });
    expect(examine(problem, shared("1")).found).toMatchObject({ severity: "note", subject: archive, explains: [{ problem: "hardlink-fallback-warning" }] });
    expect(problem.detect(shared("2"))).toEqual([]);
    expect(problem.detect(shared("1", {}))).toEqual([]);
  });
});

describe("the cures", () => {
  it("make the environment in the home, never again on the same file system", () => {
    const { ids, cure } = examine(problem, inVenv("fuseblk", anyones));
    expect(ids).toEqual(["make-venv", "venv-elsewhere", "mount-as-yourself", "copy-mode"]);
    expect(cure("make-venv").steps).toMatchObject([{ kind: "run", makes: "/home/me/.venv" }]);
    const marked = inVenv("fuseblk", anyones, { paths: [present(project, anyones), ...venvPaths(anyones), present(`${project}/setup.py`, { type: "file", ...anyones }), absent(`${project}/.venv`)] });
    expect(problem.remedies({ ...examine(problem, inVenv("fuseblk", anyones)).found }, marked).map((one) => one.id)).not.toContain("make-venv");
  });
});

describe("explain", () => {
  it.each([
    ["Error: [Errno 38] Function not implemented: 'lib' -> '/media/me/stick/ve/lib64'", "/media/me/stick/ve/lib64"],
    ["Error: [Errno 1] Vorgang nicht zulässig: 'lib' -> '/media/me/stick/ve/lib64'", "/media/me/stick/ve/lib64"],
    ["ERROR: Could not install packages due to an OSError: [Errno 1] 不允许的操作: '/mnt/c/Users/me/venv/bin/flask'", "/mnt/c/Users/me/venv/bin/flask"],
    ["  WARNING: Building wheel for spkg failed: [Errno 1] Operation not permitted", null],
  ])("reads %s", (log, path) => {
    expect(explainText(log).findings[0]).toMatchObject({ problem: "link-not-permitted", path });
  });

  it.each([
    "ERROR: Could not install packages due to an OSError: [Errno 1] Operation not permitted: '/home/me/.cache/pip/http-v2/a'",
    "PermissionError: [Errno 1] Operation not permitted: '/home/me/notes.txt'",
  ])("does not call it so: %s", (log) => {
    expect(explainText(log).findings.map((found) => found.problem)).not.toContain("link-not-permitted");
  });
});
