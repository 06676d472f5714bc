import { absent, factsWith, present, rootOwned } from "../facts/example-facts.ts";
import { toolFact, toolPlace } from "../facts/example-tools.ts";
import type { BrokenVenvFact, Facts, ToolFact } from "../facts/facts.ts";
import { broken, withBroken } from "./ill-venvs.ts";

/** For tests, as `ill-machines.ts`: pipx and pyenv. */
export const pipxHome = "/home/me/.local/share/pipx";
export const pyenvRoot = "/home/me/.pyenv";
const bin = "/home/me/.local/bin";
const logs = "/home/me/.local/state/pipx/log";
const closed = { mode: 0o500, write: "EACCES" } as const;

export function pipxFact(version = "1.18.4"): ToolFact {
  return toolFact("pipx", {
    version,
    places: [
      toolPlace("cache", "/home/me/.cache/pipx", { name: "run" }), toolPlace("envs", `${pipxHome}/venvs`, { name: "venvs" }), toolPlace("envs", `${pipxHome}/shared`, { name: "shared" }),
      toolPlace("data", `${pipxHome}/trash`, { name: "trash" }), toolPlace("scripts", bin, { name: "bin" }), toolPlace("scripts", "/home/me/.local/share/man", { name: "man" }),
      toolPlace("state", logs, { name: "logs" }), toolPlace("envs", "/opt/pipx/venvs", { name: "global venvs" }),
    ],
  });
}

/** A healthy pipx with one program, and `change` laid over it. */
export function withPipx(change: Parameters<typeof factsWith>[0] = {}): Facts {
  const { paths = [], ...rest } = change;
  const own = [pipxHome, `${pipxHome}/venvs`, `${pipxHome}/venvs/black`, `${pipxHome}/shared`, bin, "/home/me/.local/share/man", "/home/me/.local/state", "/home/me/.local/state/pipx", logs].map((path) => present(path));
  return factsWith({ tools: [pipxFact()], paths: [...own, absent("/home/me/.cache/pipx"), absent(`${pipxHome}/.shared.lock`), present("/opt/pipx/venvs", rootOwned), ...paths], ...rest });
}

export function pyenvFact(version: string | null = "2.6.30", root = pyenvRoot, from: ToolFact["places"][number]["from"] = { call: "default" }): ToolFact {
  return toolFact("pyenv", {
    version, program: `${root}/bin/pyenv`,
    places: [toolPlace("data", `${root}/versions`, { name: "versions", from }), toolPlace("scripts", `${root}/shims`, { name: "shims", from })],
  });
}

export function withPyenv(change: Parameters<typeof factsWith>[0] = {}): Facts {
  const { paths = [], ...rest } = change;
  return factsWith({ tools: [pyenvFact()], paths: [present(pyenvRoot), present(`${pyenvRoot}/versions`), present(`${pyenvRoot}/shims`), absent(`${pyenvRoot}/shims/.pyenv-shim`), ...paths], ...rest });
}

/** The lock of a rehash that was killed so many seconds ago. */
export function leftLock(facts: Facts, seconds: number, words: Parameters<typeof present>[1] = {}): Facts {
  const path = `${pyenvRoot}/shims/.pyenv-shim`;
  return { ...facts, paths: { ...facts.paths, [path]: { ...present(path, { type: "file", ...words }), mtimeMs: Date.parse(facts.at) - seconds * 1000 } } };
}

export function brokenPipx(name: string, words: Partial<BrokenVenvFact> = {}): BrokenVenvFact {
  const prefix = `${pipxHome}/venvs/${name}`;
  return broken({ prefix, found: "pipx", python: `${prefix}/bin/python`, links: [`${prefix}/bin/python3`], pip: false, packages: [{ name, version: "1.0" }], ...words });
}

export function withBrokenPipx(...venvs: BrokenVenvFact[]): Facts {
  const paths = venvs.flatMap(({ prefix }) => [present(prefix), present(`${prefix}/bin`), present(`${prefix}/pyvenv.cfg`, { type: "file" })]);
  const { brokenVenvs: _, ...facts } = withBroken(broken(), { tools: [pipxFact()], pipxVenvs: venvs, paths });
  return facts;
}

const programs = (named?: { path: string; line: number }): Facts["programs"] => ({ shell: "bash", startup: "/home/me/.bashrc", directories: [{ path: bin, count: 2, of: "pipx", ...(named && { named }) }] });
const rc = present("/home/me/.bashrc", { type: "file" });

export const illPipx: Readonly<Record<string, readonly Facts[]>> = {
  "pipx-dir-not-writable": [
    withPipx({ paths: [present(`${pipxHome}/venvs`, rootOwned)] }),
    withPipx({ paths: [present(pipxHome, rootOwned), present(`${pipxHome}/venvs`, rootOwned), present(`${pipxHome}/shared`, rootOwned)] }),
    withPipx({ paths: [present(logs, closed)] }),
  ],
  "pipx-not-on-path": [withPipx({ programs: programs(), paths: [rc] }), withPipx({ programs: programs({ path: "/home/me/.profile", line: 9 }), paths: [rc] })],
  "pipx-venv-broken": [withBrokenPipx(brokenPipx("black")), withBrokenPipx(brokenPipx("black"), brokenPipx("ruff"))],
  "pyenv-shims-not-writable": [
    withPyenv({ paths: [present(`${pyenvRoot}/shims`, rootOwned)] }),
    withPyenv({ paths: [present(`${pyenvRoot}/versions`, closed)] }),
  ],
  "pyenv-rehash-lock": [
    leftLock(withPyenv(), 3600),
    leftLock(withPyenv({ paths: [present(`${pyenvRoot}/shims`, { ...rootOwned, mode: 0o1777 })] }), 3600, rootOwned),
  ],
};
