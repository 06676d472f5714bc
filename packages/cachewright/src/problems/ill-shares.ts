import { cache, factsWith, me, present, setting, venv, venvPaths, pipUse } from "../facts/example-facts.ts";
import type { Facts } from "../facts/facts.ts";

/** For tests: machines on which access control lists or a shared cache are ill. */
const denying = ["user::rwx", "user:me:r-x", "group::rwx", "mask::rwx", "other::---"];
const masked = ["user::rwx", "user:me:rwx", "group::r-x", "mask::r-x", "other::r-x"];
const elsewhere = "/srv/pip";
const usesElsewhere: Facts["pip"] = { configs: [], uses: [pipUse({ cacheDir: elsewhere, cacheReal: elsewhere, cacheFrom: setting("cache-dir", elsewhere) })] };

export const illShares: Readonly<Record<string, readonly Facts[]>> = {
  "acl-denied": [
    factsWith({ paths: [present(cache, { uid: 0, gid: me.gid, mode: 0o770, write: "EACCES", acl: denying })] }),
    factsWith({ paths: [present(cache, { uid: 0, mode: 0o755, write: "EACCES", acl: masked })] }),
    factsWith({ paths: [present("/srv", { uid: 0 }), present(elsewhere, { uid: 0, gid: me.gid, mode: 0o775, write: "EACCES", acl: ["user::rwx", "group::r-x", "mask::rwx", "other::r-x"] })], pip: usesElsewhere }),
    factsWith({ installs: [venv()], paths: venvPaths({ uid: 0, gid: me.gid, mode: 0o770, write: "EACCES", acl: denying }) }),
  ],
};
