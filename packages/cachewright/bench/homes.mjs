/** What the figures are measured on: homes with used caches and real Pythons, made on the spot. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Big things are kept between runs. */
export const keep = join(tmpdir(), `cachewright-bench-${process.getuid?.() ?? "user"}`);

/** Makes a directory once; a half-made one is made again. */
export function madeOnce(dir, make) {
  const done = `${dir}.complete`;
  if (existsSync(done)) return dir;
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  make(dir);
  writeFileSync(done, "");
  return dir;
}

/** pip's http-v2 layout: five levels of one hex digit, the metadata and the body beside each other. */
export function fillCache(cache, entries) {
  const body = Buffer.alloc(700, "x");
  for (let i = 0; i < entries; i++) {
    const name = createHash("sha224").update(String(i)).digest("hex");
    const dir = join(cache, "http-v2", ...name.slice(0, 5));
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    writeFileSync(join(dir, name), body, { mode: 0o600 });
    writeFileSync(join(dir, `${name}.body`), body, { mode: 0o600 });
  }
  mkdirSync(join(cache, "selfcheck"), { recursive: true, mode: 0o700 });
  for (let i = 0; i < 8; i++) {
    const dir = join(cache, "wheels", "ab", "cd", "ef", createHash("sha224").update(`w${i}`).digest("hex").slice(6));
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    writeFileSync(join(dir, `demo-1.${i}-py3-none-any.whl`), body);
  }
}

/** Interpreters that can make a venv, newest first. */
function pythons() {
  const versions = join(process.env.PYENV_ROOT ?? join(process.env.HOME ?? "/", ".pyenv"), "versions");
  const own = existsSync(versions) ? readdirSync(versions).filter((name) => /^3\.\d+\./.test(name)).sort((a, b) => b.localeCompare(a, "en", { numeric: true })) : [];
  const candidates = [...own.map((name) => join(versions, name, "bin/python3")), "/usr/local/bin/python3", "/usr/bin/python3"];
  return candidates.filter((path) => spawnSync(path, ["-c", "import venv, ensurepip"]).status === 0);
}

function fillUsualHome(dir, found) {
  fillCache(join(dir, ".cache/pip"), 400);
  mkdirSync(join(dir, ".config/pip"), { recursive: true });
  writeFileSync(join(dir, ".config/pip/pip.conf"), "[global]\ntimeout = 60\n# kept short\n\n[install]\nno-compile = true\n");
  mkdirSync(join(dir, "project"));
  found.slice(0, 2).forEach((python, i) => {
    const venv = join(dir, i === 0 ? "project/.venv" : "other-venv");
    spawnSync(python, ["-m", "venv", venv], { env: environment(dir) });
    // Without the registry the pip that came with this Python has to do.
    spawnSync(join(venv, "bin/python"), ["-m", "pip", "install", "-q", "--upgrade", "pip"], { env: { ...process.env, ...environment(dir) } });
  });
}

/** A usual home: two venvs of different Pythons where they can be had, a used cache, a pip.conf. */
export function usualHome() {
  const found = pythons();
  if (found.length === 0) return undefined;
  const home = madeOnce(join(keep, "usual-home"), (dir) => fillUsualHome(dir, found));
  const venv = join(home, "project/.venv");
  const pip = spawnSync(join(venv, "bin/pip"), ["--version"], { env: environment(home), encoding: "utf8" });
  return { home, venv, pip: /^pip (\S+)/.exec(pip.stdout)?.[1] ?? "unknown", env: { ...environment(home), PATH: `${join(venv, "bin")}:/usr/local/bin:/usr/bin:/bin`, VIRTUAL_ENV: venv }, cwd: join(home, "project") };
}

const tools = ["uv", "poetry", "pdm", "pipenv", "hatch", "pipx", "virtualenv"];

/** The usual home with every tool installed beside pip and used once, a pyenv and a conda; undefined where they cannot be had. */
export function homeOfEveryTool() {
  const usual = usualHome();
  if (usual === undefined) return undefined;
  const home = madeOnce(join(keep, "tools-home"), (dir) => {
    const [python, ...others] = pythons();
    fillUsualHome(dir, [python, ...others]);
    const programs = join(dir, "programs");
    spawnSync(python, ["-m", "venv", programs], { env: environment(dir) });
    spawnSync(join(programs, "bin/python"), ["-m", "pip", "install", "-q", ...tools], { env: { ...process.env, ...environment(dir) } });
    const use = (...[tool, ...args]) => spawnSync(join(programs, "bin", tool), args, { cwd: dir, env: { ...process.env, ...environment(dir), PATH: `${join(programs, "bin")}:/usr/bin:/bin` } });
    use("uv", "venv", join(dir, "made-by-uv"));
    use("uv", "pip", "install", "--python", join(dir, "made-by-uv"), "requests");
    use("pipx", "environment");
    use("poetry", "config", "cache-dir", join(dir, ".cache/pypoetry"));
    use("pdm", "config", "use_uv", "false");
    use("hatch", "config", "restore");
    use("virtualenv", join(dir, "made-by-virtualenv"));
    makePyenvAndConda(dir);
  });
  if (!tools.every((tool) => existsSync(join(home, "programs/bin", tool)))) return undefined;
  const venv = join(home, "project/.venv");
  const PATH = [join(venv, "bin"), join(home, "programs/bin"), join(home, "miniconda3/bin"), "/usr/local/bin", "/usr/bin", "/bin"].join(":");
  return { pip: usual.pip, home, venv, env: { ...environment(home), PATH, VIRTUAL_ENV: venv }, cwd: join(home, "project") };
}

/** As their installers lay them out; nothing of them is started. */
function makePyenvAndConda(dir) {
  for (const [path, text] of [
    [".pyenv/libexec/pyenv---version", 'version="2.4.22"\n'], [".pyenv/bin/pyenv", "#!/bin/sh\n"], [".pyenv/shims/python3", "#!/bin/sh\n"], [".pyenv/versions/.keep", ""],
    ["miniconda3/bin/conda", "#!/bin/sh\n"], ["miniconda3/conda-meta/history", ""], ["miniconda3/conda-meta/conda-24.11.3-py312_0.json", JSON.stringify({ name: "conda", version: "24.11.3" })],
    ["miniconda3/pkgs/urls.txt", ""], [".conda/environments.txt", ""], [".condarc", "channels:\n  - conda-forge\n"],
    ...Array.from({ length: 200 }, (_, i) => [`miniconda3/pkgs/demo-1.${i}-0/info/index.json`, "{}"]),
  ]) {
    mkdirSync(join(dir, path, ".."), { recursive: true });
    writeFileSync(join(dir, path), text, { mode: text.startsWith("#!") ? 0o755 : 0o644 });
  }
}

/** What people set: a line or two in each tool's own file. */
const settings = {
  "uv/uv.toml": 'link-mode = "copy"\n', "pypoetry/config.toml": "[virtualenvs]\nin-project = true\n", "pdm/config.toml": "check_update = false\n",
  "hatch/config.toml": '[dirs.env]\nvirtual = ".hatch"\n', "virtualenv/virtualenv.ini": "[virtualenv]\nclear = true\n", "pip/pip.conf": "[global]\ntimeout = 60\n",
};

/**
 * A home with all tools, each in an environment of its own as pipx has them, and settings of each. Undefined where they
 * cannot be fetched. What they say is asked of pip, and of a conda where the machine has one.
 */
export function toolsHome() {
  const [python] = pythons();
  if (python === undefined) return undefined;
  const home = join(keep, "config-home");
  try {
    madeOnce(home, (dir) => {
      mkdirSync(join(dir, ".local/bin"), { recursive: true });
      for (const tool of ["pip", ...tools]) {
        const venv = join(dir, ".local/share/pipx/venvs", tool);
        spawnSync(python, ["-m", "venv", venv], { env: environment(dir) });
        const { status } = spawnSync(join(venv, "bin/python"), ["-m", "pip", "install", "-q", "--upgrade", tool], { env: { ...process.env, ...environment(dir) } });
        if (status !== 0) throw new Error(`${tool} cannot be fetched`);
        symlinkSync(join(venv, "bin", tool), join(dir, ".local/bin", tool));
      }
      for (const [path, text] of Object.entries(settings)) {
        mkdirSync(join(dir, ".config", path, ".."), { recursive: true });
        writeFileSync(join(dir, ".config", path), text);
      }
      mkdirSync(join(dir, "project"));
      writeFileSync(join(dir, "project/pyproject.toml"), '[project]\nname = "demo"\nversion = "1"\n[tool.uv]\ncompile-bytecode = true\n[tool.poetry]\n');
    });
  } catch {
    return undefined;
  }
  const pyenv = join(process.env.PYENV_ROOT ?? join(process.env.HOME ?? "/", ".pyenv"), "bin");
  return { home, tools, cwd: join(home, "project"), pip: join(home, ".local/bin/pip"), env: { ...environment(home), PATH: `${join(home, ".local/bin")}:${existsSync(pyenv) ? `${pyenv}:` : ""}/usr/local/bin:/usr/bin:/bin` } };
}

/** The conda of the machine: named, active, or on PATH. */
export function condaHere() {
  const { CACHEWRIGHT_CONDA: named, CONDA_EXE: active, PATH = "" } = process.env;
  return [named, active, ...PATH.split(":").map((dir) => join(dir, "conda"))].find((path) => path && existsSync(path));
}

export function environment(home) {
  return { HOME: home, PATH: "/usr/local/bin:/usr/bin:/bin", LANG: "C.UTF-8" };
}

/** A home whose pip cache holds 300,000 files. */
export function hugeHome() {
  const home = madeOnce(join(keep, "huge-home"), (dir) => {
    process.stderr.write("Making a pip cache of 300,000 files (kept for the next run) …\n");
    fillCache(join(dir, ".cache/pip"), 150_000);
  });
  return { home, env: environment(home), cwd: home };
}

/** 100 MB of what pip, a compiler and a CI print, with failures in it. */
export function bigLog() {
  return join(madeOnce(join(keep, "log"), (dir) => {
    const lines = [];
    for (let i = 0; i < 4000; i++) {
      lines.push(
        `2026-11-21T09:15:${String(i % 60).padStart(2, "0")}.123Z Collecting demo-${i}==1.${i}.0`,
        `  Downloading demo_${i}-1.${i}.0-py3-none-any.whl (${i} kB)`,
        `\r     \u001b[38;5;237m━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━\u001b[0m \u001b[32m${i}.2/${i}.2 kB\u001b[0m \u001b[31m1.1 MB/s\u001b[0m eta \u001b[36m0:00:00\u001b[0m`,
        `  gcc -pthread -Wsign-compare -DNDEBUG -g -fwrapv -O3 -Wall -fPIC -I/usr/include/python3.11 -c src/part${i}.c -o build/temp.linux-x86_64/part${i}.o`,
        `  src/part${i}.c:${i}: warning: unused variable 'x' [-Wunused-variable]`,
      );
      if (i % 1000 === 999) lines.push("WARNING: The directory '/home/user/.cache/pip' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you should use sudo's -H flag.");
    }
    lines.push("ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/usr/lib/python3/dist-packages/demo'", "Consider using the `--user` option or check the permissions.", "");
    const block = Buffer.from(lines.join("\n"));
    const copies = Math.ceil(100_000_000 / block.length);
    writeFileSync(join(dir, "big.log"), Buffer.concat(Array.from({ length: copies }, () => block)).subarray(0, 100_000_000));
  }), "big.log");
}
