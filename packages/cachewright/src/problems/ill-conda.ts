import { condaRoot, condarc, denied, environment, ownPkgs, pkgs, pkgsDir, withConda } from "../facts/example-conda.ts";
import { present, rootOwned } from "../facts/example-facts.ts";
import type { CondaFact, Facts } from "../facts/facts.ts";

/** For tests, as `ill-machines.ts`: machines whose conda is ill. */
const closed = { mode: 0o444, write: "EACCES" } as const;
const closedDir = { mode: 0o555, write: "EACCES" } as const;
const shared = "/opt/conda/pkgs";
const urls = (directory: string, words: Parameters<typeof present>[1] = {}): ReturnType<typeof present> => present(`${directory}/urls.txt`, { type: "file", ...words });
const file = (path: string, words: Parameters<typeof present>[1] = {}): ReturnType<typeof present> => present(path, { type: "file", ...words });
const work = `${condaRoot}/envs/work`;
const config = (words: Partial<CondaFact["configs"][number]>): Partial<CondaFact> => ({ configs: [{ path: condarc, scope: "user", state: "breaks", ...words }] });
const globalConfig = "/etc/conda/.condarc";
const zlib = `${pkgs}/zlib-1.3.1-h5eee18b_0`;
const damaged = (words: Partial<NonNullable<CondaFact["damaged"]>[number]> = {}): Partial<CondaFact> =>
  ({ damaged: [{ cache: pkgs, package: zlib, kind: "package", says: "lib/libz.so is not there", paths: [`${zlib}/info/index.json`], ...words }] });

const foreign = (words: Partial<NonNullable<CondaFact["foreign"]>[number]>): Facts => withConda({ foreign: [{
  pkgsDir: pkgs, channels: ["https/conda.anaconda.org/conda-forge"], packages: 2, archives: 1, bytes: 300e6, used: 1, unused: [`${pkgs}/https/conda.anaconda.org/conda-forge/noarch/x-1-0.conda`],
  unusedBytes: 2e8, complete: true, busy: false, ...words,
}] });

const confd = "/home/me/.conda/condarc.d";
const ignored = (path: string, words: Partial<CondaFact["configs"][number]>, ...paths: ReturnType<typeof present>[]): Facts =>
  withConda({ configs: [{ path, scope: "user", state: "ignored", ignored: "name", ...words }] }, [present(confd), file(path), ...paths]);
const misread = (value: string, { env = false, kind = "list" as "list" | "text" } = {}): Facts => {
  const from = env ? { env: "CONDA_PKGS_DIRS" } : { path: condarc, line: 2 };
  return withConda({ written: [{ value, from, kind }], pkgsDirs: [pkgsDir(`/home/me/${value}`, { from, status: "unknown", exists: false })] }, [file(condarc)]);
};

/** Two file systems: the cache's, and that of an environment. */
const onDisk = (path: string): ReturnType<typeof present> => ({ ...present(path), dev: "66:1" });
const onOtherDisk = (words: Partial<CondaFact> = {}, ...paths: ReturnType<typeof present>[]): Facts => withConda({ environments: [environment(condaRoot), environment(work)], ...words }, [onDisk(work), onDisk(`${condaRoot}/envs`), ...paths]);
const links = (words: Partial<NonNullable<CondaFact["links"]>>): NonNullable<CondaFact["links"]> => ({ mode: "hard", from: { call: "default" }, soft: [], refused: [], ...words });
const refused = links({ refused: [{ cache: "/srv/pkgs", file: "/srv/pkgs/zlib-1.3.1-h5eee18b_0/lib/z.txt", copy: `${work}/lib/z.txt` }] });
const soft = { prefix: work, link: `${work}/lib/libz.so`, package: zlib };
const linked = { ...present(`${work}/lib/libz.so`, { type: "link" }), linkTo: `${zlib}/lib/libz.so` };
const envsDir = (path: string, at: string, errno = "EACCES"): CondaFact["envsDirs"][number] => ({ path, from: { call: "default" }, status: "unknown", because: { path: at, errno }, exists: true });
const ownEnvs = "/home/me/.conda/envs";
const closedEnvs = envsDir("/opt/conda/envs", "/opt/conda/envs");

export const illConda: Readonly<Record<string, readonly Facts[]>> = {
  "cache-abandoned": [
    withConda({ pkgsDirs: [pkgsDir("/srv/pkgs", { from: { path: condarc, line: 2 } })], written: [{ value: "/srv/pkgs", from: { path: condarc, line: 2 }, kind: "list" }], configs: [{ path: condarc, scope: "user", state: "read" }], left: [{ path: pkgs, bytes: 3e8, entries: 12, newest: "2026-01-02T03:04:05.000Z", complete: true }] }, [present(condarc, { type: "file" }), present("/srv/pkgs")]),
    withConda({ pkgsDirs: [pkgsDir("/srv/pkgs", { from: { path: "/etc/conda/.condarc", line: 2 } })], left: [{ path: ownPkgs, bytes: 3e8, entries: 400, newest: "2026-01-02T03:04:05.000Z", complete: false }] }, [present("/srv/pkgs"), present(ownPkgs)]),
  ],
  "config-shadowed": [
    withConda({ shadowed: [{ key: "pkgs_dirs", beaten: { value: "/mine", from: { path: condarc, line: 2 } }, winner: { value: "/all", from: { path: "/etc/conda/.condarc", line: 2 } }, isClosed: true }] }, [present(condarc, { type: "file" }), present("/etc/conda/.condarc", { type: "file", ...rootOwned })]),
    withConda({ shadowed: [{ key: "always_copy", beaten: { value: "true", from: { path: "/home/me/.conda/.condarc", line: 1 } }, winner: { value: "false", from: { path: condarc, line: 1 } }, isClosed: false }] }, [present(condarc, { type: "file" }), present("/home/me/.conda/.condarc", { type: "file" })]),
  ],
  "conda-no-writable-pkgs-dir": [
    withConda({ pkgsDirs: [denied(shared), denied(ownPkgs)] }, [present(ownPkgs), urls(ownPkgs, rootOwned)]),
    withConda({ pkgsDirs: [denied(pkgs)] }, [urls(pkgs, closed)]),
    withConda({ pkgsDirs: [denied(shared)], written: [{ value: shared, from: { path: condarc, line: 2 }, kind: "list" }], configs: [{ path: condarc, scope: "user", state: "read" }] }, [file(condarc)]),
  ],
  "conda-urls-txt-split": [
    withConda({ pkgsDirs: [pkgsDir(pkgs, { split: "urls-only" })] }, [present(pkgs, closedDir)]),
    withConda({ pkgsDirs: [pkgsDir(pkgs, { split: "urls-only" }), pkgsDir(ownPkgs)] }, [present(pkgs, rootOwned), urls(pkgs)]),
    withConda({ pkgsDirs: [pkgsDir(shared, { split: "urls-only" }), pkgsDir(ownPkgs)] }, [urls(shared, { ...rootOwned, mode: 0o666 })]),
    withConda({ pkgsDirs: [pkgsDir(pkgs, { ...denied(pkgs), split: "directory-only" }), pkgsDir(ownPkgs)] }, [urls(pkgs, rootOwned)]),
  ],
  "conda-urls-txt-missing": [
    withConda({ pkgsDirs: [pkgsDir(pkgs, { status: "unknown", unseen: [zlib] })] }),
    withConda({ pkgsDirs: [pkgsDir(shared, { status: "unknown", unseen: [`${shared}/zlib-1.3.1-h5eee18b_0`], because: { path: shared, errno: "EACCES" } }), pkgsDir(ownPkgs)] }),
  ],
  "conda-not-writable-file": [
    withConda({ files: [{ path: `${pkgs}/cache/cf73e938.info.json`, what: "repodata" }] }, [file(`${pkgs}/cache/cf73e938.info.json`, rootOwned)]),
    withConda({ files: [{ path: `${pkgs}/cache`, what: "repodata" }] }, [present(`${pkgs}/cache`, closedDir)]),
    withConda({ files: [{ path: zlib, what: "package" }] }, [present(zlib, rootOwned)]),
    withConda({ files: [{ path: "/home/me/.conda/environments.txt", what: "environments.txt" }] }, [file("/home/me/.conda/environments.txt", rootOwned)]),
  ],
  "conda-env-not-writable": [
    withConda({ environments: [environment(work, { denied: [work, `${work}/conda-meta`], deniedCount: 2 })] }, [present(work, rootOwned), present(`${work}/conda-meta`, rootOwned)]),
    withConda({ environments: [environment(condaRoot, { denied: [`${condaRoot}/lib/zlib`], deniedCount: 1 })] }, [present(`${condaRoot}/lib`), present(`${condaRoot}/lib/zlib`, rootOwned)]),
    withConda({ environments: [environment(work, { denied: [`${work}/conda-meta`], deniedCount: 1 })] }, [present(work), present(`${work}/conda-meta`, closedDir)]),
  ],
  "conda-config-breaks": [
    withConda(config({ line: 3, error: "DuplicateKeyError" }), [file(condarc)]),
    withConda(config({ errno: "EACCES", error: "PermissionError: [Errno 13]" }), [file(condarc, { mode: 0o600, ...rootOwned, read: "EACCES" })]),
    withConda(config({ errno: "EACCES", error: "PermissionError: [Errno 13]" }), [file(condarc, { mode: 0, read: "EACCES", write: "EACCES" })]),
    withConda({ configs: [{ path: globalConfig, scope: "global", state: "breaks", errno: "EACCES", error: "PermissionError: [Errno 13]" }] }, [present("/etc", rootOwned), present("/etc/conda", rootOwned), file(globalConfig, { mode: 0o600, ...rootOwned, read: "EACCES" })]),
    withConda(config({ state: "ignored", ignored: "malformed", line: 1 }), [file(condarc)]),
  ],
  "conda-package-corrupt": [
    withConda(damaged(), [present(zlib)]),
    withConda(damaged({ package: `${zlib}.conda`, kind: "archive", says: "it is empty", paths: [`${zlib}.conda`] }), [file(`${zlib}.conda`)]),
    withConda(damaged({ cache: shared, package: `${shared}/zlib-1.3.1-h5eee18b_0` }), [present(`${shared}/zlib-1.3.1-h5eee18b_0`, rootOwned)]),
  ],
  "conda-pkgs-dirs-misread": [misread("/a:/b"), misread("/a:/b", { env: true }), misread("/srv/pkgs", { kind: "text" }), misread("$NOWHERE/pkgs"), misread("pkgs")],
  "conda-config-ignored": [
    ignored(`${confd}/channels.YML`, {}),
    ignored("/home/me/conda.cfg", { scope: "env-file" }),
    ignored(confd, { ignored: "unreadable", errno: "EACCES" }, present(confd, { mode: 0, read: "EACCES", write: "EACCES", search: "EACCES" })),
    ignored("/etc/conda/condarc.d", { scope: "global", ignored: "unreadable", errno: "EACCES" }, present("/etc", rootOwned), present("/etc/conda/condarc.d", { ...rootOwned, mode: 0o700, read: "EACCES", search: "EACCES" })),
  ],
  "conda-env-corrupt": [withConda({ environments: [environment(work, { brokenRecords: [`${work}/conda-meta/zlib-1.3.1-h5eee18b_0.json`] })] }, [present(work), present(`${work}/conda-meta`), file(`${work}/conda-meta/zlib-1.3.1-h5eee18b_0.json`)])],
  "conda-foreign-layout": [foreign({})],
  "conda-lock": [
    withConda({ locks: [{ path: `${pkgs}/cache/cf73e938.info.json`, holders: [{ pid: 4321, uid: 1000, command: "python -m conda install zlib", shared: false }] }] }, [file(`${pkgs}/cache/cf73e938.info.json`)]),
  ],
  "conda-no-writable-envs-dir": [
    withConda({ version: "23.1.0", envsDirs: [envsDir(ownEnvs, ownEnvs), closedEnvs] }, [present(ownEnvs, rootOwned), present("/opt/conda/envs", rootOwned)]),
    withConda({ envsDirs: [envsDir(ownEnvs, ownEnvs)] }, [present(ownEnvs, closedDir)]),
    withConda({ envsDirs: [{ ...envsDir(ownEnvs, `${ownEnvs}/.conda_envs_dir_test`), status: "read-only" }, closedEnvs] }, [present(ownEnvs), file(`${ownEnvs}/.conda_envs_dir_test`, rootOwned), present("/opt/conda/envs", rootOwned)]),
  ],
  "conda-cache-other-device": [
    onOtherDisk(),
    onOtherDisk({ environments: [environment(work), environment(`${condaRoot}/envs/play`)] }, onDisk(`${condaRoot}/envs/play`)),
  ],
  "conda-links-refused": [
    withConda({
      links: refused, pkgsDirs: [pkgsDir("/srv/pkgs", { status: "read-only" }), pkgsDir(ownPkgs)], configs: [{ path: condarc, scope: "user", state: "read" }],
      written: [{ value: "/srv/pkgs", from: { path: condarc, line: 2 }, kind: "list" }, { value: ownPkgs, from: { path: condarc, line: 3 }, kind: "list" }],
    }, [file(condarc), present("/srv/pkgs", rootOwned), file("/srv/pkgs/zlib-1.3.1-h5eee18b_0/lib/z.txt", rootOwned), file(`${work}/lib/z.txt`)]),
  ],
  "conda-softlinked-env": [
    withConda({ links: links({ soft: [soft] }) }, [present(work), linked]),
    withConda({ links: links({ mode: "soft", from: { path: condarc, line: 1 }, soft: [soft] }) }, [present(work), linked]),
  ],
};
