/** What V8 compiled of the command, kept beside it. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageDir } from "./bootstrap.mjs";

/** Files of a virtual environment with one package in it, whose program a script starts. */
function environment(at, name, version) {
  const site = `${at}/lib/python3.12/site-packages`;
  return {
    [`${at}/pyvenv.cfg`]: "home = /usr/bin\nversion = 3.12.1\ninclude-system-site-packages = false\n", [`${at}/bin/${name}`]: "#!/usr/bin/env python3\n", [`${at}/bin/activate`]: `VIRTUAL_ENV=${at}\n`,
    [`${site}/${name}/__init__.py`]: `__version__ = "${version}"\n`, [`${site}/${name}-${version}.dist-info/METADATA`]: `Name: ${name}\nVersion: ${version}\n`, [`${site}/${name}-${version}.dist-info/RECORD`]: `${name}/__init__.py,,\n`,
  };
}

/** A home in which every tool seems to be in use, each with a setting and something in its cache. */
function homeOfEveryTool() {
  const home = mkdtempSync(join(tmpdir(), "cachewright-build-"));
  const program = "#!/bin/sh\n";
  const files = {
    "python/bin/python3.12": program, "bin/uv": program, ...environment("project/.venv", "pip", "26.3"),
    ...Object.assign({}, ...["pipx", "poetry", "pdm", "pipenv", "hatch", "virtualenv"].map((tool) => environment(`.local/share/pipx/venvs/${tool}`, tool, "20.1"))),
    ".config/pip/pip.conf": "[global]\ntimeout = 60\n", ".cache/pip/http-v2/a/b/c/d/e/abcde0": "x", ".cache/pip/http-v2/a/b/c/d/e/abcde0.body": "x", ".cache/pip/wheels/ab/cd/ef/0/demo-1-py3-none-any.whl": "x",
    ".config/uv/uv.toml": 'link-mode = "copy"\n', ".cache/uv/wheels-v5/pypi/demo/x": "x", ".cache/uv/sdists-v9/.git": "", ".local/share/uv/tools/.lock": "",
    ".config/pypoetry/config.toml": "[virtualenvs]\nin-project = true\n", ".cache/pypoetry/artifacts/x": "x", ".config/pdm/config.toml": "check_update = false\n", ".cache/pdm/http/x": "x",
    ".config/hatch/config.toml": 'mode = "local"\n', ".config/virtualenv/virtualenv.ini": "[virtualenv]\nclear = true\n", ".cache/virtualenv/wheel/x": "x", ".local/share/pipx/venvs/demo/pyvenv.cfg": "home = /usr/bin\n",
    "project/Pipfile": "[packages]\n", "project/pyproject.toml": "[project]\nname = 'demo'\nversion = '1'\n[tool.uv]\nlink-mode = 'copy'\n[tool.poetry]\n",
    ".pyenv/bin/pyenv": program, ".pyenv/libexec/pyenv---version": 'version="2.4.22"\n', ".pyenv/shims/x": program, ".pyenv/versions/x": "",
    "miniconda3/bin/conda": program, "miniconda3/conda-meta/history": "", "miniconda3/conda-meta/conda-24.11.3-py312_0.json": '{"name":"conda","version":"24.11.3"}',
    "miniconda3/pkgs/urls.txt": "", "miniconda3/pkgs/demo-1-0/info/index.json": "{}", ".conda/environments.txt": "", ".condarc": "channels:\n  - conda-forge\n",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(home, path, ".."), { recursive: true });
    writeFileSync(join(home, path), text, { mode: text.startsWith("#!") ? 0o755 : 0o644 });
  }
  for (const path of Object.keys(files).filter((file) => file.endsWith("/pyvenv.cfg"))) {
    const bin = join(home, path, "../bin");
    mkdirSync(bin, { recursive: true });
    for (const name of ["python", "python3"]) symlinkSync(join(home, "python/bin/python3.12"), join(bin, name));
  }
  for (const tool of readdirSync(join(home, ".local/share/pipx/venvs")).filter((name) => name !== "demo")) symlinkSync(join(home, ".local/share/pipx/venvs", tool, "bin", tool), join(home, "bin", tool));
  return home;
}

/**
 * Keeps what the V8 of `node` compiled while the usual commands ran, for start-up (`bin/compiled.cjs`). They run in a home
 * of their own. Without it the command works as well, only slower. V8's compiled form depends on the seed of its hash
 * tables: with a seed that is given, a second build keeps the same bytes (V8 leaves this flag out of what has to agree).
 */
export function keepCompiled(cli, node = process.execPath) {
  const home = homeOfEveryTool();
  try {
    const script = join(home, "cachewright.cjs");
    writeFileSync(script, `require(${JSON.stringify(join(packageDir, "bin/compiled.cjs"))}).keepCompiled(${JSON.stringify(cli)});\n`);
    const cwd = join(home, "project");
    const env = { HOME: home, VIRTUAL_ENV: join(cwd, ".venv"), LANG: "C.UTF-8", PATH: [join(cwd, ".venv/bin"), join(home, "bin"), join(home, "miniconda3/bin"), process.env.PATH].join(":") };
    const log = "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/usr/lib/x'\n";
    for (const args of [["doctor"], ["run", "--", "echo", "done"], ["--version"], ["--help"], ["explain", "-"], ["config", "show"], ["config", "show", "conda"], ["cache", "ls"], ["cache", "ls", "pip"], ["lint"]]) {
      spawnSync(node, ["--random-seed=1", script, ...args], { cwd, env, input: log, stdio: ["pipe", "pipe", "ignore"] });
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
