import { cache, factsWith, inDocker, install, me, mount, pipUse, present, root, rootOwned, venv, venvPaths } from "../facts/example-facts.ts";
import type { Facts, LockFact, MountFact, QuotaFact } from "../facts/facts.ts";

/** For tests: illnesses of what lies under the tools: file systems, mounts, locks. */
const mountedAt = (point: string, words: Partial<MountFact>): Pick<Facts, "mounts"> => ({ mounts: { ok: true, value: [mount("/"), mount(point, words)], from: { path: "/proc/self/mountinfo" } } });
const project = "/home/me/project";
const uvCache = "/home/me/.cache/uv";
const onDevice = (path: string, dev: string, words: Parameters<typeof present>[1] = {}): ReturnType<typeof present> => ({ ...present(path, words), dev });
const linked = (words: Partial<NonNullable<Facts["linkPlaces"]>>, paths: ReturnType<typeof present>[] = [], change: Parameters<typeof factsWith>[0] = {}): Facts =>
  factsWith({ linkPlaces: { cache: uvCache, parts: [], target: null, protectedHardLinks: true, ...words }, paths, ...change });
const anyones = { uid: 1001, gid: 1001, mode: 0o777 } as const;
const onStick: Partial<MountFact> = { type: "fuseblk", source: "/dev/sdb1", superOptions: ["rw", "default_permissions"] };
const locked = (words: Partial<LockFact>, paths: ReturnType<typeof present>[] = []): Facts =>
  factsWith({ locks: [{ path: `${uvCache}/.lock`, tool: "uv", kind: "kernel", holders: [], since: "2026-01-01T00:00:00.000Z", ...words }], paths, pip: { configs: [], uses: [pipUse({ pip: "9.0.3" })] } });
const holder = { pid: 4242, uid: 1000, command: "uv run server.py", shared: false };
const oldLock = `${cache}/http/a/b/c/d/e/abcde0.lock`;
const quota = (words: Partial<QuotaFact>): Facts => factsWith({ quotas: [{ path: me.home, point: "/", by: "quota", whose: "user me", what: "bytes", used: 10e9, limit: 10e9, graceOver: false, ...words }] });
const venvSite = `${project}/.venv/lib/python3.11/site-packages`;
const onOverlay = mountedAt("/usr", { type: "overlay", source: "overlay" });

export const illFileSystems: Readonly<Record<string, readonly Facts[]>> = {
  "quota-exceeded": [quota({}), quota({ what: "files", used: 1000, limit: 1000, graceOver: true }), quota({ by: "btrfs", path: cache, whose: "subvolume 0/256" })],
  "lock-contention": [
    locked({ holders: [holder] }),
    locked({ holders: [{ ...holder, shared: true }] }),
    locked({ path: oldLock, tool: "pip", kind: "exists" }, [present(`${cache}/http/a/b/c/d/e`), present(oldLock)]),
  ],
  "bind-mount-owner": [
    factsWith({ machine: inDocker, ...mountedAt(cache, {}), paths: [present(cache, { uid: 1001, gid: 1001 })] }),
    factsWith({ machine: inDocker, user: root(), ...mountedAt("/root/.cache/pip", {}), paths: [present("/root", { ...rootOwned, write: "ok" }), present("/root/.cache", { ...rootOwned, write: "ok" }), present("/root/.cache/pip", { uid: 1001, gid: 1001, write: "ok" }), present("/var/cache", { ...rootOwned, write: "ok" })], pip: { configs: [], uses: [pipUse({ cacheDir: "/root/.cache/pip", cacheReal: "/root/.cache/pip" })] } }),
  ],
  "cross-device-link": [
    linked({ parts: [`${uvCache}/archive-v0`] }, [onDevice(uvCache, "1"), onDevice(`${uvCache}/archive-v0`, "2")]),
    linked({ cache: null }, [], onOverlay),
  ],
  "hardlink-fallback-warning": [linked({ target: venvSite }, [onDevice(uvCache, "2"), ...venvPaths()], { installs: [venv()] })],
  "link-not-permitted": [
    factsWith({ ...mountedAt("/media/stick", onStick), paths: [present("/media", rootOwned), present("/media/stick", anyones)], pip: { configs: [{ path: "/home/me/.config/pip/pip.conf", level: "user", state: "absent", settings: [], faults: [] }], uses: [pipUse({ cacheDir: "/media/stick/pip", cacheReal: "/media/stick/pip" })] } }),
    factsWith({ ...mountedAt(project, onStick), installs: [venv(), install({ chosen: false })], cwd: project, paths: [present(project, anyones), ...venvPaths(anyones)] }),
    linked({ cache: null }, [present(project)], { ...mountedAt(project, { type: "exfat" }), cwd: project }),
    linked({ parts: [`${uvCache}/archive-v0`], target: venvSite }, [present(uvCache, rootOwned), present(`${uvCache}/archive-v0`, rootOwned), ...venvPaths()], { installs: [venv()] }),
  ],
};
