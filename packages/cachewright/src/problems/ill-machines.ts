import { absent, cache, configFile, factsWith, hidden, inDocker, install, me, mount, pipUse, present, root, rootOwned, scanned, setting, user, venv, venvPaths } from "../facts/example-facts.ts";
import type { Facts, PipUseFact } from "../facts/facts.ts";

/**
 * For tests: machines with one illness each, such that every sentence and every cure of every page occurs. Nothing here
 * is loaded by the command line.
 */
const file = "/home/me/.config/pip/pip.conf";
const ownFile = present(file, { type: "file" });
const globalFile = present("/etc/pip.conf", { type: "file", ...rootOwned });
const closed = { mode: 0o555, write: "EACCES" } as const;
const acl = ["user::rwx", "user:me:r-x", "group::rwx", "mask::rwx", "other::---"];
const with1 = (use: Partial<PipUseFact>): Facts["pip"] => ({ configs: [], uses: [pipUse(use)] });
const inEnv = (key: string, value: string, env: string): ReturnType<typeof setting> => setting(key, value, { section: ":env:", level: "env-var", from: { env } });
const global = (key: string, value: string): ReturnType<typeof setting> => setting(key, value, { level: "global", from: { path: "/etc/pip.conf", line: 3 } });
const parts = (...found: ReturnType<typeof present>[]): Facts => factsWith({ paths: found, scans: [scanned(found)] });
const open = (path: string): ReturnType<typeof present> => present(path, { mode: 0o777 });
const misread = (value: string, words: Partial<PipUseFact> = {}): Facts["pip"] => with1({ cacheFrom: setting("cache-dir", value), cacheDir: `/home/me/${value}`, cacheReal: `/home/me/${value}`, ...words });
const broken = (kind: string, words: Partial<PipUseFact["breaks"][number]> = {}): Facts["pip"] => with1({ breaks: [{ path: file, kind, line: 1, text: "in pip's words", ...words }] });
const unread = (state: "unreadable" | "not-a-file", path = file): Facts["pip"] => ({ configs: [configFile({ state, path })], uses: [pipUse()] });
const home = (at: string | null, change: Parameters<typeof factsWith>[0] = {}): Facts => factsWith({ user: user({ homeEnv: at, homeAccount: at }), ...change });
const marker = "/usr/lib/python3.11/EXTERNALLY-MANAGED";
const markerThere = present(marker, { type: "file", ...rootOwned });
const site = "/usr/local/lib/python3.11/dist-packages";
const pyenv = "/home/me/.pyenv/versions/3.11.9";
const closedCache = [present("/home/me/.cache", { write: "EROFS" }), present(cache, { write: "EROFS" })];
const mountedAt = (options: Parameters<typeof mount>[1]): Facts["mounts"] => ({ ok: true, value: [mount("/"), mount("/home/me/.cache", options)], from: { path: "/proc/self/mountinfo" } });
const base = "/home/me/.local";

export const illMachines: Readonly<Record<string, readonly Facts[]>> = {
  "cache-not-owned": [
    factsWith({ paths: [present(cache, rootOwned)] }),
    factsWith({ paths: [present(cache, { mode: 0o500, write: "EACCES" })] }),
    factsWith({ paths: [absent(cache), present("/home/me/.cache", closed)] }),
    factsWith({ paths: [present(cache, { uid: 0, gid: me.gid, mode: 0o770, write: "EACCES", acl })] }),
    factsWith({ user: root({ homeEnv: me.home }), machine: inDocker }),
    factsWith({ user: root({ homeEnv: me.home }) }),
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
  "config-unreadable": [
    factsWith({ paths: [present(file, { type: "file", ...rootOwned, mode: 0o600, read: "EACCES" })], pip: unread("unreadable") }),
    factsWith({ paths: [present(file, { type: "file", mode: 0o200, read: "EACCES" })], pip: unread("unreadable") }),
    factsWith({ paths: [present("/etc/pip.conf", { type: "file", ...rootOwned, mode: 0o600, read: "EACCES" })], pip: unread("unreadable", "/etc/pip.conf") }),
    factsWith({ paths: [present(file)], pip: unread("not-a-file") }),
  ],
  "disk-full": [factsWith({ spaces: [{ path: me.home, point: "/", available: 50e6, total: 10e9, inodesFree: 1, inodesTotal: 2 }] })],
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
  "user-site-not-writable": [factsWith({ paths: [present(`${base}/lib`), present(`${base}/lib/python3.11`, rootOwned)] }), factsWith({ paths: [present(base, closed)] })],
  "venv-not-writable": [factsWith({ installs: [venv(), install({ chosen: false })], paths: [present("/home/me/project"), ...venvPaths(rootOwned)] }), factsWith({ installs: [venv()], paths: venvPaths(closed) })],
};
