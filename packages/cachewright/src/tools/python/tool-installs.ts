/** The installs of tools that come as Python distributions: where each is looked for beside PATH and the Pythons here. */
import { join } from "node:path";
import type { Machine } from "../../machine/machine.ts";
import type { ToolInstall } from "../tool.ts";
import { distributionInstalls, type Distribution } from "./distribution-installs.ts";
import { personDir } from "./platformdirs.ts";
import { poetryDefaultData } from "../poetry/default-places.ts";

type Place = NonNullable<Distribution["places"]>[number];
type Search = (machine: Machine, home: string | undefined) => ToolInstall[];

/** The official installers put an environment into the tool's own directory. */
type Own = (machine: Machine, home: string | undefined, program: { readonly scripts: string; readonly command: string }) => Place[];

function searchFor(tool: "pipx" | "virtualenv" | "poetry" | "pdm" | "pipenv" | "hatch", own: Own = () => []): Search {
  const cellar = new RegExp(`/Cellar/${tool}/(\\d+(?:\\.\\d+)*)`);
  return (machine, home) => {
    const isWindows = machine.platform === "win32";
    const command = isWindows ? `${tool}.exe` : tool;
    return distributionInstalls(machine, home, {
      tool, command, name: tool,
      places: [...(home === undefined ? [] : [{ program: join(home, ".local/bin", command), found: "~/.local/bin" }]), ...own(machine, home, { scripts: isWindows ? "Scripts" : "bin", command })],
      versionOf: (_, real) => cellar.exec(real)?.[1],
    });
  };
}

export const pipxInstalls = searchFor("pipx");
export const virtualenvInstalls = searchFor("virtualenv");
export const pipenvInstalls = searchFor("pipenv");

/** A hatch of one file (PyApp) tells no version without being started. */
export const hatchInstalls = searchFor("hatch", ({ platform }) => (platform === "darwin" ? [{ program: "/usr/local/hatch/bin/hatch", found: "installer" }] : []));

/** The official installer's environment lies in POETRY_HOME, or `venv` in the data directory. */
export const poetryInstalls = searchFor("poetry", (machine, home, { scripts, command }) => {
  const data = home === undefined ? undefined : poetryDefaultData({ machine, home, version: "99" }).path;
  return data === undefined ? [] : [{ program: join(data, scripts, command), found: "POETRY_HOME" }, { program: join(data, "venv", scripts, command), found: "installer" }];
});

/** The official installer's environment is `pdm/venv` in the data directory (install-pdm.py), or PDM_HOME. */
export const pdmInstalls = searchFor("pdm", ({ platform, env, cwd }, home, { scripts, command }) => {
  const own = env["PDM_HOME"];
  const data = personDir({ platform, env, cwd, home }, "data", { app: "pdm" }).path;
  return [...(own ? [{ program: join(own, scripts, command), found: "PDM_HOME" }] : []), ...(home === undefined ? [] : [{ program: join(data, "venv", scripts, command), found: "installer" }])];
});
