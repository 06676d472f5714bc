import { absent, configFile, factsWith, inDocker, install, pipUse, present, root, rootOwned, setting, venv, venvPaths } from "../facts/example-facts.ts";
import type { Facts, PipUseFact, SettingFact } from "../facts/facts.ts";

/** For tests, as `ill-machines.ts`: machines whose illness is in the places packages go to. */
const file = "/home/me/.config/pip/pip.conf";
const ownFile = present(file, { type: "file" });
const globalFile = present("/etc/pip.conf", { type: "file", ...rootOwned });
const closed = { mode: 0o555, write: "EACCES" } as const;
const inEnv = (key: string, value: string, env: string): SettingFact => setting(key, value, { section: ":env:", level: "env-var", from: { env } });
const global = (key: string, value: string): SettingFact => setting(key, value, { level: "global", from: { path: "/etc/pip.conf", line: 3 } });
const project = "/home/me/project/.venv";
const projectVenv = venv({ found: ["project venv"], chosen: false });
const inVenv = (use: Partial<PipUseFact>): Facts =>
  factsWith({ installs: [venv()], paths: [...venvPaths(), absent(`${project}/pip.conf`), ownFile, globalFile], pip: { configs: [], uses: [pipUse({ python: `${project}/bin/python`, reads: ["/etc/pip.conf", file, `${project}/pip.conf`], ...use })] } });
const marked = install({ externallyManaged: "/usr/lib/python3.11/EXTERNALLY-MANAGED" });
const overridden = (by: SettingFact, change: Parameters<typeof factsWith>[0] = {}): Facts =>
  factsWith({ installs: [marked], paths: [ownFile, globalFile], pip: { configs: [], uses: [pipUse({ breakSystemPackages: by })] }, ...change });
const ownPrefix = "/home/me/python";
const ownPython = install({ kind: "other", prefix: ownPrefix, basePrefix: ownPrefix, scripts: `${ownPrefix}/bin`, purelib: `${ownPrefix}/lib/python3.11/site-packages` });
const inOwnPrefix = (...paths: ReturnType<typeof present>[]): Facts => factsWith({ installs: [ownPython], paths: [present(ownPrefix), present(`${ownPrefix}/bin`), present(ownPython.purelib), ...paths] });
const programsIn = (named?: { path: string; line: number }): NonNullable<Facts["programs"]> =>
  ({ shell: "bash", startup: "/home/me/.bashrc", directories: [{ path: "/home/me/.local/bin", count: 1, ...(named === undefined ? {} : { named }) }] });
const rootsHome = [present("/root", { ...rootOwned, write: "ok" }), absent("/root/.venv")];

export const illTargets: Readonly<Record<string, readonly Facts[]>> = {
  "user-install-in-venv": [
    inVenv({ userSetting: setting("user", "true") }),
    inVenv({ userSetting: global("user", "yes") }),
    inVenv({ userSetting: inEnv("user", "1", "PIP_USER") }),
    inVenv({ pip: "9.0.3", userSetting: setting("user", "true") }),
    factsWith({ installs: [install({ userSite: null })], env: { PYTHONNOUSERSITE: "1" }, paths: [ownFile], pip: { configs: [], uses: [pipUse({ pip: "26.3", userSetting: setting("user", "true") })] } }),
  ],
  "system-override-set": [
    overridden(setting("break-system-packages", "true")),
    overridden(global("break-system-packages", "true"), { installs: [marked, projectVenv], paths: [...venvPaths(), globalFile] }),
    overridden(inEnv("break-system-packages", "1", "PIP_BREAK_SYSTEM_PACKAGES")),
  ],
  "scripts-dir-not-writable": [
    inOwnPrefix(present(`${ownPrefix}/bin`, rootOwned)),
    inOwnPrefix(present(`${ownPrefix}/bin`, closed)),
    inOwnPrefix(present(`${ownPrefix}/share`), present(`${ownPrefix}/share/man`), present(`${ownPrefix}/share/man/man1`, rootOwned)),
  ],
  "user-fallback-note": [factsWith(), factsWith({ installs: [install(), projectVenv], paths: venvPaths() })],
  "root-user-warning": [
    factsWith({ user: root(), paths: rootsHome }),
    factsWith({ user: root(), machine: inDocker, installs: [install(), projectVenv], paths: [...rootsHome, ...venvPaths()], pip: { configs: [configFile()], uses: [pipUse()] } }),
  ],
  "scripts-not-on-path": [
    factsWith({ programs: programsIn(), paths: [present("/home/me/.bashrc", { type: "file" })] }),
    factsWith({ programs: programsIn({ path: "/home/me/.profile", line: 27 }), installs: [install(), projectVenv], paths: venvPaths() }),
  ],
  "sudo-other-python": [
    factsWith({ user: root({ sudo: { uid: 1000, user: "me" } }), sudoPython: { python: "/home/me/.pyenv/versions/3.12.4/bin/python", prefix: "/home/me/.pyenv/versions/3.12.4", by: "pyenv" } }),
    factsWith({ user: root({ sudo: { uid: 1000, user: "me" } }), sudoPython: { python: `${project}/bin/python`, prefix: project, by: "project venv" } }),
  ],
  "script-not-executable": [
    factsWith({ scripts: [{ path: "/home/me/.local/bin/flask", fault: "no-interpreter", interpreter: "/home/me/old/bin/python3" }] }),
    factsWith({ scripts: [{ path: "/home/me/.local/bin/flask", fault: "no-exec", interpreter: "/usr/bin/python3" }], paths: [present("/home/me/.local/bin/flask", { type: "file" })] }),
    factsWith({ installs: [venv()], scripts: ["flask", "pip"].map((name) => ({ path: `${project}/bin/${name}`, fault: "no-interpreter" as const, interpreter: "/home/me/old/bin/python" })) }),
  ],
  "venv-ensurepip-missing": [
    factsWith({
      installs: [install(), install({ python: "/opt/py/bin/python3", chosen: false, version: "3.12", stdlib: "/opt/py/lib/python3.12" })],
      paths: [absent("/usr/lib/python3.11/ensurepip"), present("/usr/bin/apt-get", { type: "file", ...rootOwned }), present("/opt/py/lib/python3.12/ensurepip", rootOwned)],
      venvMakers: [{ program: "virtualenv", path: "/usr/bin/virtualenv" }, { program: "uv", path: "/usr/bin/uv" }],
    }),
  ],
};
