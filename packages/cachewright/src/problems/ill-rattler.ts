import { pixiEnv, pixiEnvironment, rattlerCache, rattlerPkgs, rattlerRoot, withRattler } from "../facts/example-rattler.ts";
import { present, rootOwned } from "../facts/example-facts.ts";
import type { Facts } from "../facts/facts.ts";

/** For tests, as `ill-machines.ts`: machines where pixi and rattler are ill. */
const lock = `${rattlerPkgs}/.cache.lock`;
const zlib = `${rattlerPkgs}/zlib-1.3.1-h5eee18b_0`;
const record = `${pixiEnv}/conda-meta/zlib-1.3.1-h5eee18b_0.json`;
const closed = { type: "file", mode: 0o600, read: "EACCES", ...rootOwned } as const;
const unmade = { exists: false, from: { env: "RATTLER_CACHE_DIR" }, root: "/srv/rattler", pkgs: "/srv/rattler/pkgs", movable: false };

export const illRattler: Readonly<Record<string, readonly Facts[]>> = {
  "rattler-cache-denied": [
    withRattler({ caches: [rattlerCache([lock])] }, [present(lock, { type: "file", ...rootOwned })]),
    withRattler({ caches: [rattlerCache([rattlerRoot])] }, [present("/home/me/.cache/rattler", rootOwned), present(rattlerRoot, rootOwned), present(rattlerPkgs, rootOwned)]),
    withRattler({ caches: [rattlerCache([lock])] }, [present(lock, { type: "file", mode: 0o444, write: "EACCES" })]),
    withRattler({ caches: [rattlerCache(["/srv"], unmade)] }, [present("/srv", rootOwned)]),
  ],
  "conda-package-corrupt": [withRattler({ damaged: [{ cache: rattlerPkgs, package: zlib, kind: "package", says: "lib/libz.so is not there", paths: [`${zlib}/info/index.json`] }] })],
  "conda-env-not-writable": [withRattler({ environments: [pixiEnvironment({ by: "pixi", denied: [record], deniedCount: 1 })] }, [present(record, closed)])],
  "conda-env-corrupt": [withRattler({ environments: [pixiEnvironment({ by: "pixi", brokenRecords: [record] })] }, [present(record, { type: "file" })])],
  "conda-lock": [withRattler({ locks: [{ path: lock, holders: [{ pid: 4321, uid: 1000, command: "pixi install", shared: false }] }] })],
};
