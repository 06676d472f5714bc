import { pkgsDir, withConda } from "../facts/example-conda.ts";
import { cache, configFile, factsWith, me, present, scanned, setting, user, venv, venvPaths, pipUse } from "../facts/example-facts.ts";
import type { Facts, SharedFact } from "../facts/facts.ts";

/** For tests: machines on which access control lists or a shared cache are ill. */
const denying = ["user::rwx", "user:me:r-x", "group::rwx", "mask::rwx", "other::---"];
const masked = ["user::rwx", "user:me:rwx", "group::r-x", "mask::r-x", "other::r-x"];
const elsewhere = "/srv/pip";
const usesElsewhere: Facts["pip"] = { configs: [], uses: [pipUse({ cacheDir: elsewhere, cacheReal: elsewhere, cacheFrom: setting("cache-dir", elsewhere) })] };

const devs = 500;
const theirs = present(`${elsewhere}/wheels`, { uid: 1001, gid: devs, mode: 0o2755 });
const mine = present(`${elsewhere}/wheels`, { gid: devs, mode: 0o2755 });

/** The user and another of one group, and a cache outside their homes whose top that group may write. */
export function sharedMachine(parts: readonly ReturnType<typeof present>[], words: Partial<SharedFact> = {}, change: Parameters<typeof factsWith>[0] = {}): Facts {
  const { paths = [], ...rest } = change;
  const denied = parts.filter((part) => part.access?.write !== "ok");
  return factsWith({
    user: user({ groups: [me.gid, devs] }),
    accounts: { users: { 0: "root", 1000: "me", 1001: "other" }, groups: { 0: "root", 1000: "me", [devs]: "devs" } },
    pip: { configs: [configFile()], uses: usesElsewhere.uses },
    scans: [scanned(denied, { root: elsewhere })],
    shared: [{ cache: elsewhere, gid: devs, members: 2, owners: [1001], closed: parts.map(({ path }) => path), closedCount: parts.length, setfacl: true, ...words }],
    ...rest,
    paths: [present("/srv", { uid: 0, gid: 0 }), present(elsewhere, { uid: 0, gid: devs, mode: 0o2775, write: "ok" }), present("/home/me/.config/pip/pip.conf", { type: "file" }), ...parts, ...paths],
  });
}

const condaNote = "/srv/conda/pkgs/cache/cf73e938.info.json";

/** The same with a package cache of conda's; `words` are those of what another member noted of a channel. */
export function sharedConda(words: Parameters<typeof present>[1] = {}, top: Parameters<typeof present>[1] = {}): Facts {
  const shared = "/srv/conda/pkgs";
  return withConda({ pkgsDirs: [pkgsDir(shared)], files: [{ path: condaNote, what: "repodata" }] }, [
    present("/srv/conda", { uid: 0 }), present(shared, { uid: 1001, gid: devs, mode: 0o2775, write: "ok", ...top }), present(condaNote, { type: "file", uid: 1001, gid: devs, mode: 0o644, ...words }),
  ], { user: user({ groups: [me.gid, devs] }), accounts: { users: { 0: "root", 1000: "me", 1001: "other" }, groups: { 0: "root", 1000: "me", [devs]: "devs" } } });
}

export const illShares: Readonly<Record<string, readonly Facts[]>> = {
  "acl-denied": [
    factsWith({ paths: [present(cache, { uid: 0, gid: me.gid, mode: 0o770, write: "EACCES", acl: denying })] }),
    factsWith({ paths: [present(cache, { uid: 0, mode: 0o755, write: "EACCES", acl: masked })] }),
    factsWith({ paths: [present("/srv", { uid: 0 }), present(elsewhere, { uid: 0, gid: me.gid, mode: 0o775, write: "EACCES", acl: ["user::rwx", "group::r-x", "mask::rwx", "other::r-x"] })], pip: usesElsewhere }),
    factsWith({ installs: [venv()], paths: venvPaths({ uid: 0, gid: me.gid, mode: 0o770, write: "EACCES", acl: denying }) }),
  ],
  "shared-cache-modes": [sharedMachine([theirs]), sharedMachine([theirs], { setfacl: false }), sharedMachine([mine], { owners: [] }), sharedConda()],
};
