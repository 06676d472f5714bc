import type { ConfigFileFact, Facts, InstallFact, MountFact, PathFact, PipUseFact, ScanFact, SettingFact, UserFact } from "./facts.ts";

/**
 * Facts made by hand, for tests: a healthy machine of one user, and small ways to make one thing ill.
 * Nothing here is loaded by the command line.
 */
export const me = { uid: 1000, gid: 1000, name: "me", home: "/home/me" } as const;
export const cache = "/home/me/.cache/pip";

export interface PathWords {
  readonly type?: PathFact["type"];
  readonly uid?: number;
  readonly gid?: number;
  readonly mode?: number;
  /** errno of access(2); all three are "ok" when absent, and write follows the model below for foreign owners. */
  readonly write?: string;
  readonly search?: string;
  readonly read?: string;
  readonly acl?: string[];
  readonly flags?: string;
  readonly nlink?: number;
}

let nextInode = 100;

export function present(path: string, words: PathWords = {}): PathFact {
  const { type = "dir", uid = me.uid, gid = me.gid, mode = type === "dir" ? 0o755 : 0o644, nlink = 1 } = words;
  const foreign = uid !== me.uid && (mode & 0o002) === 0;
  nextInode += 1;
  return {
    path, state: "present", type, uid, gid, mode, nlink, dev: "1", ino: String(nextInode), size: 0, mtimeMs: 0,
    access: { read: words.read ?? "ok", write: words.write ?? (foreign ? "EACCES" : "ok"), search: words.search ?? "ok" },
    ...(words.acl === undefined ? {} : { acl: words.acl }),
    ...(words.flags === undefined ? {} : { flags: words.flags }),
  };
}

export function absent(path: string): PathFact {
  return { path, state: "absent", errno: "ENOENT" };
}

/** A link: access is not asked of links. */
export function link(path: string, linkTo: string, words: PathWords = {}): PathFact {
  const { access: _, ...rest } = present(path, { mode: 0o777, ...words });
  return { ...rest, type: "link", linkTo };
}

/** Something the user may not even look at. */
export function hidden(path: string): PathFact {
  return { path, state: "denied", errno: "EACCES" };
}

export const rootOwned = { uid: 0, gid: 0 } as const;

function basePaths(): PathFact[] {
  return [
    present("/", rootOwned), present("/home", rootOwned), present("/usr", rootOwned), present("/usr/lib", rootOwned), present("/usr/lib/python3.11", rootOwned),
    present("/usr/local", rootOwned), present("/usr/local/lib", rootOwned), present("/usr/lib/python3.11/ensurepip", rootOwned),
    present("/home/me"), present("/home/me/.cache"), present(cache), present(`${cache}/http-v2`), present(`${cache}/wheels`),
    present("/home/me/.config"), present("/home/me/.config/pip"), present("/home/me/.local"), present("/home/me/.local/share"),
    absent("/home/me/.venv"), absent("/home/me/.local/share/pip-cache"), absent("/home/me/pip-cache"), present("/tmp", { ...rootOwned, mode: 0o1777 }),
  ];
}

export function mount(point: string, words: Partial<MountFact> = {}): MountFact {
  return { id: point === "/" ? 1 : 2, point, type: "ext4", source: "/dev/sda1", options: ["rw"], superOptions: ["rw"], line: 1, ...words };
}

export function install(words: Partial<InstallFact> = {}): InstallFact {
  return {
    python: "/usr/bin/python3", realPython: "/usr/bin/python3.11", version: "3.11", kind: "system", found: ["PATH"], chosen: true,
    prefix: "/usr", basePrefix: "/usr", purelib: "/usr/local/lib/python3.11/dist-packages", scripts: "/usr/local/bin", stdlib: "/usr/lib/python3.11",
    userSite: "/home/me/.local/lib/python3.11/site-packages", externallyManaged: null,
    pip: { ok: true, value: { version: "24.3.1", location: "/usr/lib/python3/dist-packages" }, from: { path: "/usr/lib/python3/dist-packages/pip/__init__.py" } },
    ...words,
  };
}

/** An environment in the home, made with the system's Python. */
export function venv(words: Partial<InstallFact> = {}): InstallFact {
  const prefix = words.prefix ?? "/home/me/project/.venv";
  return install({
    python: `${prefix}/bin/python`, kind: "venv", found: ["active venv"], prefix, systemSite: false, userSite: null,
    purelib: `${prefix}/lib/python3.11/site-packages`, scripts: `${prefix}/bin`,
    pip: { ok: true, value: { version: "24.3.1", location: `${prefix}/lib/python3.11/site-packages` }, from: { path: prefix } }, ...words,
  });
}

/** The directories of that environment, each as `words` say. */
export function venvPaths(words: PathWords = {}, prefix = "/home/me/project/.venv"): PathFact[] {
  return [prefix, `${prefix}/bin`, `${prefix}/lib`, `${prefix}/lib/python3.11/site-packages`].map((path) => present(path, words));
}

export function setting(key: string, value: string, words: Partial<SettingFact> = {}): SettingFact {
  return { key, value, section: "global", level: "user", from: { path: "/home/me/.config/pip/pip.conf", line: 2 }, ...words };
}

export function pipUse(words: Partial<PipUseFact> = {}): PipUseFact {
  return {
    python: "/usr/bin/python3", pip: "24.3.1", reads: ["/etc/pip.conf", "/home/me/.config/pip/pip.conf"], cacheDir: cache, cacheReal: cache, cacheFrom: "default",
    cacheOff: null, breaks: [], userSetting: null, breakSystemPackages: null, ...words,
  };
}

export function configFile(words: Partial<ConfigFileFact> = {}): ConfigFileFact {
  return { path: "/home/me/.config/pip/pip.conf", level: "user", state: "read", settings: [], faults: [], ...words };
}

export function scanned(denied: readonly PathFact[], words: Partial<ScanFact> = {}): ScanFact {
  return { root: cache, purpose: "cache", looked: 10, complete: true, denied: [...denied], deniedCount: denied.length, openToAll: [], openCount: 0, ...words };
}

/** The user facts of the example with some of them changed; `null` for a home means that there is none. */
export function user(words: Partial<Omit<UserFact, "homeEnv" | "homeAccount">> & { homeEnv?: string | null; homeAccount?: string | null } = {}): UserFact {
  const { homeEnv = me.home, homeAccount = me.home, ...rest } = words;
  const fact = (value: string | null, from: { env: string } | { path: string }): UserFact["home"] => (value === null ? { ok: false, reason: "absent", from } : { ok: true, value, from });
  const named = fact(homeEnv, { env: "HOME" });
  const known = fact(homeAccount, { path: "/etc/passwd" });
  return {
    uid: me.uid, euid: me.uid, gid: me.gid, groups: [me.gid], name: { ok: true, value: me.name, from: { path: "/etc/passwd" } },
    homeEnv: named, homeAccount: known, home: named.ok && named.value !== "" ? named : known, umask: 0o022,
    capabilities: { ok: true, value: "0000000000000000", from: { path: "/proc/self/status" } }, environment: "own", ...rest,
  };
}

/** Root with root's own home, unless said otherwise. */
export function root(words: Parameters<typeof user>[0] = {}): UserFact {
  return user({
    uid: 0, euid: 0, gid: 0, groups: [0], name: { ok: true, value: "root", from: { path: "/etc/passwd" } },
    capabilities: { ok: true, value: "000001ffffffffff", from: { path: "/proc/self/status" } }, homeEnv: "/root", homeAccount: "/root", ...words,
  });
}

export const inDocker: Facts["machine"] = { platform: "linux", arch: "x64", kernel: "6.1.0", container: { ok: true, value: "docker", from: { path: "/.dockerenv" } } };

/** A healthy machine; what `change` gives replaces top-level facts, its `paths` are laid over the healthy ones. */
export function factsWith(change: Partial<Omit<Facts, "paths">> & { paths?: readonly PathFact[] } = {}): Facts {
  const { paths = [], ...rest } = change;
  const healthy: Facts = {
    schema: 1, by: { cachewright: "0.0.0", node: "20.19.0" }, at: "2026-01-02T03:04:05.000Z",
    machine: { platform: "linux", arch: "x64", kernel: "6.1.0", container: { ok: false, reason: "absent", from: { path: "/.dockerenv" } } },
    user: user(),
    env: { HOME: me.home, PATH: "/usr/bin:/bin" }, cwd: me.home,
    accounts: { users: { 0: "root", 1000: "me", 1001: "other" }, groups: { 0: "root", 1000: "me" } },
    paths: {}, mounts: { ok: true, value: [mount("/")], from: { path: "/proc/self/mountinfo" } },
    spaces: [{ path: me.home, point: "/", available: 50e9, total: 100e9, inodesFree: 1e6, inodesTotal: 2e6 }],
    temp: { chosen: { ok: true, value: "/tmp", from: { call: "tempfile" } }, tried: ["/tmp", "/var/tmp", "/usr/tmp", me.home] },
    installs: [install()],
    pip: {
      configs: [
        { path: "/etc/pip.conf", level: "global", state: "absent", settings: [], faults: [] },
        { path: "/home/me/.config/pip/pip.conf", level: "user", state: "absent", settings: [], faults: [] },
      ],
      uses: [pipUse()],
    },
    scans: [{ root: cache, purpose: "cache", looked: 3, complete: true, denied: [], deniedCount: 0, openToAll: [], openCount: 0 }],
    unknown: [],
  };
  return { ...healthy, ...rest, paths: Object.fromEntries([...basePaths(), ...paths].map((path) => [path.path, path])) };
}
