import { absent, cache, configFile, factsWith, hidden, inDocker, install, me, mount, pipUse, present, root, rootOwned, scanned, setting, user, venv, venvPaths } from "../facts/example-facts.ts";
import type { Facts, PackagesFact, PipUseFact } from "../facts/facts.ts";
import { toolFact, toolPlace } from "../facts/example-tools.ts";
import { illConda } from "./ill-conda.ts";
import { illProjectTools } from "./ill-project-tools.ts";
import { illPipx } from "./ill-pipx.ts";
import { illRattler } from "./ill-rattler.ts";
import { illUv } from "./ill-uv.ts";
import { illShares } from "./ill-shares.ts";
import { illFileSystems } from "./ill-file-systems.ts";
import { illTargets } from "./ill-targets.ts";
import { illVenvs } from "./ill-venvs.ts";

/**
 * For tests: machines with one illness each, such that every sentence and every cure of every page occurs. Nothing here
 * is loaded by the command line.
 */
const file = "/home/me/.config/pip/pip.conf";
const ownFile = present(file, { type: "file" });
const globalFile = present("/etc/pip.conf", { type: "file", ...rootOwned });
const closed = { mode: 0o555, write: "EACCES" } as const;
const with1 = (use: Partial<PipUseFact>): Facts["pip"] => ({ configs: [], uses: [pipUse(use)] });
const inEnv = (key: string, value: string, env: string): ReturnType<typeof setting> => setting(key, value, { section: ":env:", level: "env-var", from: { env } });
const global = (key: string, value: string): ReturnType<typeof setting> => setting(key, value, { level: "global", from: { path: "/etc/pip.conf", line: 3 } });
const parts = (...found: ReturnType<typeof present>[]): Facts => factsWith({ paths: found, scans: [scanned(found)] });
const open = (path: string): ReturnType<typeof present> => present(path, { mode: 0o777 });
const misread = (value: string, words: Partial<PipUseFact> = {}): Facts["pip"] => with1({ cacheFrom: setting("cache-dir", value), cacheDir: `/home/me/${value}`, cacheReal: `/home/me/${value}`, ...words });
const broken = (kind: string, words: Partial<PipUseFact["breaks"][number]> = {}): Facts["pip"] => with1({ breaks: [{ path: file, kind, line: 1, text: "in pip's words", ...words }] });
const unread = (state: "unreadable" | "not-a-file", path = file): Facts["pip"] => ({ configs: [configFile({ state, path })], uses: [pipUse()] });
const strayed = (section: string, key: string): Facts["pip"] => ({ configs: [configFile({ strays: [{ section, key, value: "/c", line: 2, meant: { section: "global", key: "cache-dir" } }] })], uses: [pipUse()] });
const chained = (...sources: ReturnType<typeof setting>[]): Facts["pip"] => with1({ chains: [{ key: "cache-dir", sources }] });
const home = (at: string | null, change: Parameters<typeof factsWith>[0] = {}): Facts => factsWith({ user: user({ homeEnv: at, homeAccount: at }), ...change });
const marker = "/usr/lib/python3.11/EXTERNALLY-MANAGED";
const markerThere = present(marker, { type: "file", ...rootOwned });
const site = "/usr/local/lib/python3.11/dist-packages";
const pyenv = "/home/me/.pyenv/versions/3.11.9";
const closedCache = [present("/home/me/.cache", { write: "EROFS" }), present(cache, { write: "EROFS" })];
const mountedAt = (options: Parameters<typeof mount>[1]): Facts["mounts"] => ({ ok: true, value: [mount("/"), mount("/home/me/.cache", options)], from: { path: "/proc/self/mountinfo" } });
const base = "/home/me/.local";
const venvSite = "/home/me/project/.venv/lib/python3.11/site-packages";
const packagesIn = (directory: string, words: Partial<PackagesFact>, python = "/usr/bin/python3"): PackagesFact[] => [{ directory, python, looked: 1, complete: true, leftovers: [], unfinished: [], closed: [], closedCount: 0, ...words }];
const info = `${venvSite}/demo-1.0.dist-info`;
const leftover = `${venvSite}/~emo-1.0.dist-info`;
const leftovers = (words: Partial<PackagesFact["leftovers"][number]>): PackagesFact[] => packagesIn(venvSite, { leftovers: [{ path: leftover, beside: info, ...words }] });
const unfinished = (words: Partial<PackagesFact["unfinished"][number]>): Facts => factsWith({ installs: [venv()], paths: [...venvPaths(), present(info)], packages: packagesIn(venvSite, { unfinished: [{ path: info, name: "demo", version: "1.0", lacks: ["RECORD"], installer: null, ...words }] }) });
const project = "/home/me/project";
const projectWith = (words: { built?: string[]; files?: string[] }, paths: ReturnType<typeof present>[]): Facts => factsWith({ cwd: project, project: { directory: project, built: [], files: [], ...words }, paths: [present(project), ...paths] });
const closedOnes = (count: number): Facts => factsWith({ paths: [present(site, rootOwned), present(`${site}/demo`, { ...rootOwned, mode: 0o700, read: "EACCES", search: "EACCES" })], packages: packagesIn(site, { closed: [`${site}/demo`], closedCount: count }) });
const debian = "/usr/lib/python3/dist-packages";
const openTemp = { ...rootOwned, mode: 0o1777 } as const;
const tempMount = (words: Parameters<typeof mount>[1]): Pick<Facts, "mounts"> => ({ mounts: { ok: true, value: [mount("/"), mount("/tmp", { type: "tmpfs", ...words })], from: { path: "/proc/self/mountinfo" } } });
const tempSpace = (words: Partial<Facts["spaces"][number]>): Facts["spaces"] => [...factsWith().spaces, { path: "/tmp", point: "/tmp", available: 1e9, total: 1e9, inodesFree: 1e5, inodesTotal: 1e5, ...words }];
const temporary = (tried: string[], chosen: string | undefined, change: Parameters<typeof factsWith>[0]): Facts => factsWith({
  temp: { chosen: chosen === undefined ? { ok: false, reason: "absent", from: { call: "tempfile" } } : { ok: true, value: chosen, from: { call: "tempfile" } }, tried }, ...change,
});

type IllMachines = Readonly<Record<string, readonly Facts[]>>;

/** A problem of several tools has ill machines in several tables. */
function joined(...tables: readonly IllMachines[]): IllMachines {
  const all: Record<string, readonly Facts[]> = {};
  for (const table of tables) for (const [id, machines] of Object.entries(table)) all[id] = [...(all[id] ?? []), ...machines];
  return all;
}

export const illMachines: IllMachines = joined(illTargets, illVenvs, illConda, illRattler, illUv, illPipx, illProjectTools, illShares, illFileSystems, {
  "cache-not-owned": [
    factsWith({ paths: [present(cache, rootOwned)] }),
    factsWith({ paths: [present(cache, { mode: 0o500, write: "EACCES" })] }),
    factsWith({ paths: [absent(cache), present("/home/me/.cache", closed)] }),
    factsWith({ user: root({ homeEnv: me.home }), machine: inDocker }),
    factsWith({ user: root({ homeEnv: me.home }) }),
    factsWith({ user: root({ sudo: { uid: me.uid, user: me.name } }), pip: with1({ cacheFrom: inEnv("cache-dir", cache, "PIP_CACHE_DIR") }) }),
  ],
  "cache-write-denied": [parts(present(`${cache}/http-v2/a`, rootOwned)), parts(present(`${cache}/http-v2/a`, closed)), factsWith({ paths: [hidden(cache), present("/home/me/.cache", { mode: 0o600, search: "EACCES" })] })],
  "wheel-cache-write-denied": [parts(present(`${cache}/wheels/aa`, rootOwned)), parts(present(`${cache}/wheels/aa`, closed))],
  "cache-dir-split": [ownFile, present(file, { type: "file", ...rootOwned })].map((conf) => factsWith({
    paths: [conf],
    pip: with1({ cacheDir: "/big/pip", cacheReal: "/big/pip", cacheFrom: setting("cache-dir", "/big/pip", { section: "install" }), otherCaches: [{ command: "cache", dir: cache, real: cache, from: "default" }] }),
  })),
  "cache-leftovers": [
    factsWith({ leftovers: (["interrupted", "unread", "interpreter-gone"] as const).map((kind) => ({ root: cache, place: "cache", kind, bytes: 90e6, files: 9, newest: "2025-12-01T00:00:00.000Z", examples: [`${cache}/http/a`], complete: kind !== "unread" })) }),
    factsWith({ leftovers: [{ root: "/tmp", place: "temp", kind: "temporary", bytes: 2e9, files: 1, newest: "2025-12-01T00:00:00.000Z", examples: [], complete: true }] }),
  ],
  "cache-abandoned": [factsWith({
    abandoned: [{ path: cache, bytes: 3e6, entries: 1, newest: "2025-11-05T00:00:00.000Z", complete: false }],
    paths: [present("/home/me/c"), absent("/home/me/c/http-v2"), absent("/home/me/c/wheels")],
    pip: with1({ cacheDir: "/home/me/c", cacheReal: "/home/me/c", cacheFrom: setting("cache-dir", "/home/me/c"), defaultCache: cache }),
  })],
  "cache-corrupt": (["bad-wheel", "bad-origin", "short-page", "short-file"] as const).map((kind) =>
    factsWith({ damaged: [{ cache, kind, path: `${cache}/http-v2/a.body`, paths: [`${cache}/http-v2/a.body`], says: "it is empty" }] })),
  "hash-mismatch": [factsWith({ mismatches: [{ cache, url: "https://files.example/x-1-py3-none-any.whl", paths: [`${cache}/http-v2/a`, `${cache}/http-v2/a.body`], expected: "1".repeat(64), got: "2".repeat(64) }] })],
  "cache-on-network-filesystem": ["nfs4", "9p"].map((type) => factsWith({ mounts: { ok: true, value: [mount("/"), mount("/home/me", { type, source: "server:/home" })], from: { path: "/proc/self/mountinfo" } } })),
  "cache-disabled": [
    factsWith({ paths: [ownFile], pip: with1({ cacheOff: setting("no-cache-dir", "0") }) }),
    factsWith({ pip: with1({ cacheOff: global("no-cache-dir", "true") }) }),
    factsWith({ pip: with1({ cacheOff: inEnv("no-cache-dir", "0", "PIP_NO_CACHE_DIR") }) }),
    factsWith({ pip: with1({ pip: "9.0.3", cacheOff: setting("no-cache-dir", "true"), breaks: [{ path: file, kind: "no-cache-dir-crash", line: 2, text: "TypeError" }] }) }),
  ],
  "cache-dir-misread": [
    ...["false", '"~/c"', "$HOME/c", "~nobodyhere/c", "c"].map((value) => factsWith({ paths: [ownFile], pip: misread(value) })),
    factsWith({ paths: [globalFile], pip: misread("c", { cacheFrom: global("cache-dir", "c") }) }),
    factsWith({ pip: misread("rel", { cacheFrom: inEnv("XDG_CACHE_HOME", "rel", "XDG_CACHE_HOME") }) }),
    factsWith({ paths: [ownFile, present("/home/me/false"), present("/home/me/false/wheels")], pip: misread("false") }),
  ],
  "cache-world-writable": [
    factsWith({ paths: [open(cache)], scans: [scanned([], { openToAll: [open(cache)], openCount: 1 })] }),
    factsWith({ paths: [open("/home/me/.cache")] }),
  ],
  "config-breaks-tool": [
    factsWith({ paths: [ownFile], pip: broken("bom") }),
    factsWith({ paths: [globalFile], pip: broken("no-section-header", { path: "/etc/pip.conf" }) }),
    factsWith({ pip: broken("not-ascii") }),
    factsWith({ pip: with1({ breaks: [{ path: "", env: "PIP_NO_CACHE_DIR", kind: "bad-value", text: "invalid truth value 'maybe'" }] }) }),
  ],
  "config-exposes-secret": [
    factsWith({ paths: [ownFile], pip: { configs: [configFile({ secrets: [{ section: "global", key: "index-url", line: 2 }] })], uses: [pipUse()] } }),
  ],
  "config-key-ignored": [
    factsWith({ paths: [ownFile], pip: strayed("global", "cachedir") }),
    factsWith({ paths: [ownFile], pip: strayed("Global", "cache-dir") }),
    factsWith({ paths: [present(file, { type: "file", ...rootOwned })], pip: strayed("global", "cachedir") }),
    factsWith({ env: { HOME: me.home, PIP_NO_CACHE: "1" } }),
  ],
  "config-shadowed": [
    factsWith({ paths: [ownFile], pip: chained(setting("cache-dir", "/a", { from: { path: "/home/me/.pip/pip.conf", line: 1 } }), setting("cache-dir", "/b")) }),
    factsWith({ paths: [ownFile], pip: chained(setting("cache-dir", "/a"), inEnv("cache-dir", "/b", "PIP_CACHE_DIR")) }),
  ],
  "config-unreadable": [
    factsWith({ paths: [present(file, { type: "file", ...rootOwned, mode: 0o600, read: "EACCES" })], pip: unread("unreadable") }),
    factsWith({ paths: [present(file, { type: "file", mode: 0o200, read: "EACCES" })], pip: unread("unreadable") }),
    factsWith({ paths: [present("/etc/pip.conf", { type: "file", ...rootOwned, mode: 0o600, read: "EACCES" })], pip: unread("unreadable", "/etc/pip.conf") }),
    factsWith({ paths: [present(file)], pip: unread("not-a-file") }),
  ],
  "disk-full": [factsWith({ tools: [toolFact("uv", { places: [toolPlace("cache", "/home/me/.cache/uv")] })], spaces: [{ path: me.home, point: "/", available: 50e6, total: 10e9, inodesFree: 1, inodesTotal: 2 }] })],
  "externally-managed": [
    factsWith({ installs: [install({ externallyManaged: marker })], paths: [markerThere, present("/usr/bin/apt-get", { type: "file", ...rootOwned })] }),
    factsWith({ installs: [install({ externallyManaged: marker }), venv({ found: ["project venv"], chosen: false })], paths: [markerThere, ...venvPaths()] }),
  ],
  "home-missing": [
    home(null),
    home("/"),
    home("/home/me", { paths: [absent("/home/me")] }),
    home("/home/me", { paths: [present("/home/me", rootOwned)] }),
    home("/root/x", { paths: [hidden("/root/x"), present("/root", { ...rootOwned, mode: 0o700, search: "EACCES" })] }),
    home("/dev/null", { paths: [present("/dev/null", { type: "device", ...rootOwned, mode: 0o666 })] }),
    factsWith({ user: user({ homeEnv: "/nonexistent" }), paths: [absent("/nonexistent")] }),
    factsWith({ user: user({ homeEnv: "" }), pip: with1({ cacheDir: "/.cache/pip", cacheReal: "/.cache/pip" }) }),
  ],
  "immutable-file": [
    factsWith({ paths: [present(cache, { write: "EPERM", flags: "----i---------e-------" })] }),
    factsWith({ installs: [venv()], paths: venvPaths({ write: "EPERM" }) }),
  ],
  "inode-exhausted": [
    factsWith({ spaces: [{ path: me.home, point: "/", available: 50e9, total: 100e9, inodesFree: 10, inodesTotal: 2e6 }] }),
    factsWith({ paths: [present("/var/tmp", openTemp)], ...tempMount({}), spaces: [...tempSpace({ available: 5e9, total: 10e9, inodesFree: 0, inodesTotal: 1000 })] }),
    factsWith({ env: { SHELL: "/usr/bin/fish" }, paths: [present("/var/tmp", openTemp)], ...tempMount({}), spaces: [...tempSpace({ available: 5e9, total: 10e9, inodesFree: 0, inodesTotal: 1000 })] }),
  ],
  "parent-not-searchable": [
    factsWith({ paths: [hidden(cache), present("/home/me/.cache", { mode: 0o600, search: "EACCES" })] }),
    factsWith({ paths: [hidden("/srv/lab/pip"), present("/srv", rootOwned), present("/srv/lab", { ...rootOwned, mode: 0o700, search: "EACCES" })], pip: { configs: [configFile({ state: "absent" })], uses: [pipUse({ cacheDir: "/srv/lab/pip", cacheReal: "/srv/lab/pip", cacheFrom: setting("cache-dir", "/srv/lab/pip") })] } }),
  ],
  "read-only-filesystem": [factsWith({ mounts: mountedAt({ options: ["ro"] }), paths: closedCache }), factsWith({ mounts: mountedAt({ superOptions: ["emergency_ro"] }), paths: closedCache })],
  "site-packages-not-writable": [
    factsWith({ installs: [install({ userSite: null })], paths: [present(site, rootOwned)] }),
    factsWith({ paths: [present(site, rootOwned)], pip: with1({ userSetting: setting("user", "no") }) }),
    factsWith({
      installs: [install({ userSite: null, prefix: pyenv, basePrefix: pyenv, realPython: `${pyenv}/bin/python3.11`, purelib: `${pyenv}/lib/python3.11/site-packages` })],
      paths: [present(pyenv), present(`${pyenv}/lib/python3.11/site-packages`, rootOwned)],
    }),
  ],
  "sudo-home": [factsWith({ user: root({ homeEnv: me.home, sudo: { uid: me.uid, user: me.name } }) })],
  "tmp-full": [
    ...[{ available: 1e6, total: 500e6 }, { available: 9e6, total: 10e6 }, { available: 0, total: 500e6 }].map((words) => factsWith({ paths: [present("/var/tmp", openTemp)], ...tempMount({}), spaces: [...tempSpace(words)] })),
    factsWith({ env: { SHELL: "/usr/bin/fish" }, paths: [present("/var/tmp", openTemp)], ...tempMount({}), spaces: [...tempSpace({ available: 0, total: 500e6 })] }),
  ],
  "tmp-noexec": [
    factsWith({ paths: [present("/var/tmp", openTemp)], ...tempMount({ options: ["rw", "noexec"] }) }),
    factsWith({ env: { SHELL: "/usr/bin/fish" }, paths: [present("/var/tmp", openTemp)], ...tempMount({ options: ["rw", "noexec"] }) }),
    factsWith({ installs: [venv()], mounts: { ok: true, value: [mount("/"), mount("/home/me/project", { options: ["rw", "noexec"] })], from: { path: "/proc/self/mountinfo" } } }),
  ],
  "tmp-not-writable": [
    temporary(["/tmp", me.home], undefined, { paths: [present("/tmp", rootOwned), present("/home/me/tmp")] }),
    temporary(["/tmp", "/home/me/project"], "/home/me/project", { cwd: "/home/me/project", env: { SHELL: "/usr/bin/fish" }, paths: [present("/tmp", rootOwned), absent("/home/me/tmp")] }),
    temporary(["/tmp", "/var/tmp"], "/var/tmp", { paths: [present("/tmp", rootOwned), present("/var/tmp", openTemp)] }),
    temporary(["/home/me/gone", "/tmp"], "/tmp", { env: { TMPDIR: "/home/me/gone" }, paths: [absent("/home/me/gone"), present("/var/tmp", openTemp)] }),
    temporary(["/home/me/shut", "/tmp"], "/tmp", { env: { TMPDIR: "/home/me/shut" }, paths: [present("/home/me/shut", closed), present("/var/tmp", openTemp)] }),
  ],
  "unknown-uid": [
    factsWith({ user: user({ homeEnv: null, homeAccount: null, name: { ok: false, reason: "absent", from: { path: "/etc/passwd" } } }) }),
    factsWith({ user: user({ homeEnv: "/", homeAccount: null, name: { ok: false, reason: "absent", from: { path: "/etc/passwd" } } }) }),
  ],
  "user-site-not-writable": [factsWith({ paths: [present(`${base}/lib`), present(`${base}/lib/python3.11`, rootOwned)] }), factsWith({ paths: [present(base, closed)] })],
  "venv-not-writable": [factsWith({ installs: [venv(), install({ chosen: false })], paths: [present("/home/me/project"), ...venvPaths(rootOwned)] }), factsWith({ installs: [venv()], paths: venvPaths(closed) })],
  "invalid-distribution-leftover": [
    factsWith({ installs: [venv()], paths: [...venvPaths(), present(leftover)], packages: leftovers({}) }),
    factsWith({ installs: [venv()], paths: [...venvPaths(rootOwned), present(leftover, rootOwned)], packages: leftovers({}) }),
    factsWith({ installs: [venv()], paths: [...venvPaths(), present(leftover)], packages: leftovers({ beside: null, name: "demo", version: "1.0" }) }),
  ],
  "half-installed": [unfinished({}), unfinished({ lacks: [], files: [`${venvSite}/demo.py`], installer: "pip" })],
  "os-package-cannot-uninstall": [
    factsWith({ packages: packagesIn(debian, { foreign: [{ path: `${debian}/six-1.16.0.egg-info`, name: "six", version: "1.16.0", installer: null }] }) }),
    factsWith({
      installs: [install(), venv({ found: ["project venv"], chosen: false })], paths: venvPaths(),
      packages: packagesIn(debian, { foreign: [{ path: `${debian}/pip-24.0.dist-info`, name: "pip", version: "24.0", installer: "debian" }] }),
    }),
  ],
  "build-dir-not-writable": [
    projectWith({ built: [`${project}/build`] }, [present(`${project}/build`, rootOwned)]),
    projectWith({ built: [`${project}/build`] }, [present(`${project}/build`, closed)]),
  ],
  "project-file-not-writable": [
    projectWith({ files: [`${project}/poetry.lock`] }, [present(`${project}/poetry.lock`, { type: "file", ...rootOwned })]),
    projectWith({ files: [`${project}/poetry.lock`] }, [present(`${project}/poetry.lock`, { type: "file", mode: 0o444, write: "EACCES" })]),
  ],
  "umask-too-tight": [closedOnes(1), closedOnes(80)],
});
