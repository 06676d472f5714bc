import { join } from "node:path";
import { comparePipVersions } from "../pip/version.ts";
import type { Asked, Tool, ToolPlace } from "../tool.ts";
import { pyenvInstalls } from "./installs.ts";
import { pyenvFiles, pyenvKeys, pyenvSettings, rootOf } from "./settings.ts";

function locate(asked: Asked): ToolPlace[] {
  const root = rootOf(asked);
  const settings = pyenvSettings(asked);
  const of = (key: string): { readonly path: string; readonly source: ToolPlace["source"]; readonly key: string } | undefined => {
    const found = settings.find((one) => one.key === key);
    return found === undefined || typeof found.effective !== "string" ? undefined : { path: found.effective, source: found.source, key };
  };
  const [own, cache, temp] = ["PYENV_ROOT", "PYTHON_BUILD_CACHE_PATH", "TMPDIR"].map(of);
  return [
    ...(cache === undefined ? [] : [{ kind: "cache" as const, name: "downloads", ...cache }]),
    ...(root === undefined || own === undefined ? [] : [{ ...own, kind: "data" as const, name: "versions", path: join(root, "versions") }, { ...own, kind: "scripts" as const, name: "shims", path: join(root, "shims") }]),
    ...(temp === undefined ? [] : [{ kind: "temp" as const, name: "builds", ...temp }]),
  ];
}

/** pyenv of Linux and macOS, 1.2 … 2.8. pyenv-win is another program. */
export const pyenv: Tool = {
  name: "pyenv",
  commands: ["pyenv"],
  keys: pyenvKeys,
  compareVersions: comparePipVersions,
  installs: pyenvInstalls,
  configFiles: pyenvFiles,
  settings: pyenvSettings,
  locate,
};
