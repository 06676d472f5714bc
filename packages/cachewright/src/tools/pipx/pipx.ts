import { comparePipVersions } from "../pip/version.ts";
import { holdsOneOf } from "../python/holds-one-of.ts";
import { pipxInstalls } from "../python/tool-installs.ts";
import type { Asked, EffectiveSetting, SettingKey, SettingSource, SettingValue, Tool, ToolPlace } from "../tool.ts";
import { pipxAtLeast, pipxGlobalPaths, pipxPaths, type PipxPath } from "./paths.ts";

const variable = (key: string, more: Partial<SettingKey> = {}): SettingKey => ({ key, kind: "path", env: [key], inFiles: false, ...more });

/** pipx reads no file: every setting is a variable. */
const keys: readonly SettingKey[] = [
  variable("PIPX_HOME", { neutral: "tool-dir" }), variable("PIPX_BIN_DIR"), variable("PIPX_MAN_DIR", { since: "1.3.0" }), variable("PIPX_COMPLETION_DIR", { since: "1.16.0" }),
  variable("PIPX_SHARED_LIBS"),
  variable("PIPX_GLOBAL_HOME", { since: "1.5.0" }), variable("PIPX_GLOBAL_BIN_DIR", { since: "1.5.0" }), variable("PIPX_GLOBAL_MAN_DIR", { since: "1.5.0" }),
  variable("PIPX_GLOBAL_COMPLETION_DIR", { since: "1.16.0" }),
  variable("PIPX_DEFAULT_PYTHON"), variable("PIPX_DEFAULT_BACKEND", { kind: "text", since: "1.12.0" }),
  variable("PIPX_DISABLE_SHARED_LIBS_AUTO_UPGRADE", { kind: "text", since: "1.14.1" }),
];

function settings(asked: Asked): EffectiveSetting[] {
  const own = pipxPaths(asked);
  const shared = pipxGlobalPaths(asked);
  const paths: Readonly<Record<string, PipxPath | null>> = {
    PIPX_HOME: own.home, PIPX_BIN_DIR: own.bin, PIPX_MAN_DIR: own.man, PIPX_COMPLETION_DIR: own.completion, PIPX_SHARED_LIBS: own.shared,
    PIPX_GLOBAL_HOME: shared.home, PIPX_GLOBAL_BIN_DIR: shared.bin, PIPX_GLOBAL_MAN_DIR: shared.man, PIPX_GLOBAL_COMPLETION_DIR: shared.completion,
  };
  return keys.filter(({ since }) => since === undefined || pipxAtLeast(asked.version, since)).map(({ key }) => {
    const path = paths[key];
    const [effective, source] = path === undefined || path === null ? plain(asked, key) : [path.path, path.source] as const;
    const error = path?.error;
    return { key, effective, source, shadows: [], ...(error === undefined ? {} : { error }) };
  });
}

/** An empty one counts for nothing. */
function plain({ machine }: Asked, key: string): readonly [SettingValue, SettingSource] {
  const value = machine.env[key];
  return value ? [value, { env: key }] : [null, "default"];
}

function locate(asked: Asked): ToolPlace[] {
  const own = placesOf(pipxPaths(asked), "PIPX_", "");
  const hasGlobal = pipxAtLeast(asked.version, "1.5.0") && asked.machine.platform !== "win32";
  return [...own, ...(hasGlobal ? placesOf(pipxGlobalPaths(asked), "PIPX_GLOBAL_", "global ") : [])];
}

function placesOf(paths: ReturnType<typeof pipxPaths>, prefix: string, word: string): ToolPlace[] {
  const { home, bin, man, completion, shared, logs, runCache } = paths;
  const place = (kind: ToolPlace["kind"], name: string, { path, source, key }: PipxPath & { readonly key: string }): ToolPlace => ({ kind, name: word + name, path, source, key });
  const atHome = { source: home.source, key: `${prefix}HOME` };
  return [
    place("cache", "run", { ...runCache, key: `${prefix}HOME` }),
    place("envs", "venvs", { path: paths.venvs, ...atHome }),
    place("envs", "shared", { ...shared, key: prefix === "PIPX_" ? "PIPX_SHARED_LIBS" : `${prefix}HOME` }),
    ...(paths.pythons === null ? [] : [place("data", "pythons", { path: paths.pythons, ...atHome })]),
    place("data", "trash", { path: paths.trash, ...atHome }),
    place("scripts", "bin", { ...bin, key: `${prefix}BIN_DIR` }),
    ...(man === null ? [] : [place("scripts", "man", { ...man, key: `${prefix}MAN_DIR` })]),
    ...(completion === null ? [] : [place("scripts", "completions", { ...completion, key: `${prefix}COMPLETION_DIR` })]),
    place("state", "logs", { ...logs, key: `${prefix}HOME` }),
  ];
}

/** What lies directly in those of its places that nothing else is kept in (venv.py, commands/run.py, main.py). */
const namesIn: Readonly<Record<string, RegExp>> = { run: /^[0-9a-f]{15}$/, venvs: /^[A-Za-z0-9][\w.-]*$/, shared: /^pyvenv\.cfg$/, logs: /^cmd_\d{4}-\d\d-\d\d_/ };

/** pipx, 0.16.5 … 1.18.4. */
export const pipx: Tool = {
  name: "pipx",
  commands: ["pipx"],
  keys,
  compareVersions: comparePipVersions,
  installs: pipxInstalls,
  configFiles: () => [],
  settings,
  locate,
  // Its home was ~/.local/pipx before; logs and what `pipx run` keeps stayed at an old home until 1.15.
  eras: { versions: ["1.2.0", "1.15.0"], isOwn: (looker, { name, path }) => holdsOneOf(looker, path, namesIn[name]) },
};
