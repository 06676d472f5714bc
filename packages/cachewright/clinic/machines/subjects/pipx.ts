import { pipxPaths } from "../../../src/tools/pipx/paths.ts";
import { oddPath, personVariables, variables, type RandomMachine } from "../random-machine.ts";
import type { Random } from "../random.ts";
import { settingsOf, type Subject } from "../subject.ts";

const kinds = {
  PIPX_HOME: oddPath, PIPX_BIN_DIR: oddPath, PIPX_MAN_DIR: oddPath, PIPX_COMPLETION_DIR: oddPath, PIPX_SHARED_LIBS: oddPath, PIPX_GLOBAL_HOME: oddPath, PIPX_GLOBAL_BIN_DIR: oddPath,
};

function machine(random: Random): RandomMachine {
  return { env: { ...personVariables(random), ...variables(random, kinds, 4) }, files: {}, dirs: random.some(["ROOT/h/.local/pipx", "ROOT/h/.local/share/pipx", "ROOT/h/pipx"], 3), cwd: "ROOT/w" };
}

export const pipxSubject: Subject = {
  tool: "pipx", machine, aside: /GLOBAL/,
  ours: (group, asked) => {
    const { venvs, logs, trash, runCache, pythons } = pipxPaths(asked);
    const { PIPX_DEFAULT_PYTHON: _python, PIPX_DISABLE_SHARED_LIBS_AUTO_UPGRADE: _upgrade, ...settings } = settingsOf(group);
    return { ...settings, PIPX_LOCAL_VENVS: venvs, PIPX_LOG_DIR: logs.path, PIPX_TRASH_DIR: trash, PIPX_VENV_CACHEDIR: runCache.path, PIPX_STANDALONE_PYTHON_CACHEDIR: pythons };
  },
};
