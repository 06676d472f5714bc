/**
 * Builds dist/: the command (dist/cli, small lazily loaded CommonJS chunks), the library (dist/lib, ESM and
 * types), the problems' pages, the JSON Schemas and the licences of what is bundled. The whole is made aside
 * and renamed into place. The README is copied beside the package's package.json, for `npm pack`.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chunkGroups, lazyBuiltins, quickPaths } from "./chunks.mjs";
import { writeOutTypes } from "./library-types.mjs";
import { asScript, cacheDir, ensureDependencies, inputFingerprint, installBuild, packageDir, root, say, ScriptError, withLock } from "./bootstrap.mjs";

const src = join(packageDir, "src");
const node20 = { platform: "node", tsconfig: false };

/** Call inside `withLock`. */
export async function build({ quiet = false } = {}) {
  const start = Date.now();
  if (!quiet) say("Building …");
  generate();
  const fingerprint = inputFingerprint();
  const fresh = join(cacheDir, `dist-${process.pid}`);
  clearLeftovers();
  mkdirSync(fresh, { recursive: true });
  const bundled = new Set([...(await bundleCommand(fresh)), ...(await bundleThread(fresh)), ...(await bundleLibrary(fresh))]);
  emitTypes(fresh);
  copyPages(fresh);
  await writeSchemas(fresh);
  writeLicences(fresh, bundled);
  writeInAscii(join(fresh, "cli"));
  keepCompiled(fresh);
  // npm packs a README only from beside package.json; the copy is git-ignored.
  copyFileSync(join(root, "README.md"), join(packageDir, "README.md"));
  installBuild(fresh, fingerprint);
  if (!quiet) say(`Built in ${((Date.now() - start) / 1000).toFixed(1)} s.`);
}

function generate() {
  const script = join(root, "scripts/generate.mjs");
  if (!existsSync(script)) return;
  const done = spawnSync(process.execPath, [script], { cwd: root, stdio: ["ignore", 2, 2] });
  if (done.status !== 0) throw new ScriptError("generate failed; nothing was built.");
}

/** Left by a build that was killed. */
function clearLeftovers() {
  for (const name of readdirSync(cacheDir)) {
    if (name.startsWith("dist-")) rmSync(join(cacheDir, name), { recursive: true, force: true });
  }
}

function define() {
  const { version } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8"));
  return { __CACHEWRIGHT_VERSION__: JSON.stringify(version) };
}

async function bundleCommand(fresh) {
  return bundle({
    ...node20,
    input: { main: join(src, "cli/main.ts") },
    preserveEntrySignatures: false,
    external: /^node:(?!child_process$|crypto$|path$|util$|zlib$)/,
    plugins: [lazyBuiltins, quickPaths],
    transform: { target: "node20.19", define: define() },
  }, {
    dir: join(fresh, "cli"),
    format: "cjs",
    codeSplitting: { includeDependenciesRecursively: false, groups: chunkGroups() },
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name].cjs",
    // Names stay readable in stack traces; white space and dead code go.
    minify: { compress: true, mangle: { toplevel: false, keepNames: { function: true, class: true } }, codegen: { removeWhitespace: true } },
    sourcemap: false,
  });
}

/** What threads run, whole in one file: it starts in a third of the time, and command and library share it (machine/tree-worker-file.ts). */
async function bundleThread(fresh) {
  return bundle({
    ...node20,
    input: { "tree-worker": join(src, "machine/tree-worker.ts") },
    transform: { target: "node20.19" },
  }, { dir: join(fresh, "cli"), format: "cjs", entryFileNames: "[name].cjs", minify: { compress: true, mangle: { toplevel: false, keepNames: { function: true, class: true } }, codegen: { removeWhitespace: true } } });
}

async function bundleLibrary(fresh) {
  return bundle({
    ...node20,
    input: { index: join(src, "index.ts") },
    transform: { target: "node20.19", define: define() },
  }, { dir: join(fresh, "lib"), format: "esm", entryFileNames: "[name].js", chunkFileNames: "[name].js", minify: false, sourcemap: false });
}

/**
 * Characters beyond ASCII as escapes: one of them in a chunk doubles what V8 keeps of its text. A raw template would show
 * the escape itself, and a backslash before it would undo it: a chunk that has such a place stays as it is.
 */
function writeInAscii(cli) {
  for (const name of readdirSync(cli)) {
    const file = join(cli, name);
    const code = readFileSync(file, "utf8");
    if (/String\.raw`[^`]*[^\0-\x7f]|\\[^\0-\x7f]/.test(code)) continue;
    writeFileSync(file, code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`));
  }
}

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
 * Keeps what V8 compiled while the usual commands ran, for start-up (`bin/compiled.cjs`). They run in a home of their own.
 * Without it the command works as well, only slower.
 */
function keepCompiled(fresh) {
  const home = homeOfEveryTool();
  try {
    const cli = join(fresh, "cli");
    const script = join(home, "cachewright.cjs");
    writeFileSync(script, `require(${JSON.stringify(join(packageDir, "bin/compiled.cjs"))}).keepCompiled(${JSON.stringify(cli)});\n`);
    const cwd = join(home, "project");
    const env = { HOME: home, VIRTUAL_ENV: join(cwd, ".venv"), LANG: "C.UTF-8", PATH: [join(cwd, ".venv/bin"), join(home, "bin"), join(home, "miniconda3/bin"), process.env.PATH].join(":") };
    const log = "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/usr/lib/x'\n";
    for (const args of [["doctor"], ["--version"], ["--help"], ["explain", "-"], ["config", "show"], ["config", "show", "conda"]]) {
      spawnSync(process.execPath, [script, ...args], { cwd, env, input: log, stdio: ["pipe", "ignore", "ignore"] });
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Of chunks that load each other one finds the other empty: a fault that only running every command would show. */
function refuseCircles(chunks) {
  const loads = new Map(chunks.flatMap((chunk) => (chunk.type === "chunk" ? [[chunk.fileName, chunk.imports]] : [])));
  const walk = (name, above) => {
    if (above.includes(name)) throw new ScriptError(`chunks load each other: ${[...above.slice(above.indexOf(name)), name].join(" -> ")}; see the groups in scripts/build.mjs`);
    for (const next of loads.get(name) ?? []) walk(next, [...above, name]);
  };
  for (const name of loads.keys()) walk(name, []);
}

/** Returns the names of the packages that went in. */
async function bundle(input, output) {
  const { rolldown } = await import("rolldown");
  const made = await rolldown({ external: /^node:/, logLevel: "warn", checks: { ineffectiveDynamicImport: false }, ...input });
  try {
    const { output: chunks } = await made.write(output);
    refuseCircles(chunks);
    const modules = chunks.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
    return modules.flatMap((id) => /node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/.exec(id)?.[1]?.replace("\\", "/") ?? []);
  } catch (error) {
    throw new ScriptError(error.message);
  } finally {
    await made.close();
  }
}

function emitTypes(fresh) {
  const config = join(cacheDir, `tsconfig-${process.pid}.json`);
  writeFileSync(config, JSON.stringify({
    extends: relative(cacheDir, join(packageDir, "tsconfig.json")).replaceAll("\\", "/"),
    compilerOptions: { rootDir: src, outDir: join(fresh, "lib"), emitDeclarationOnly: true, types: ["node"], typeRoots: [join(root, "node_modules/@types")], noEmitOnError: false },
    files: [join(src, "index.ts")],
    include: [],
  }));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const done = spawnSync(process.execPath, [tsc, "-p", config], { cwd: root, stdio: "ignore" });
  rmSync(config, { force: true });
  // A type error is the business of `npm run types` and `npm test`; it must not keep the command from running.
  if (done.status !== 0) say("warning: the library's types have errors (npm run types shows all of them)");
}

function copyPages(fresh) {
  mkdirSync(join(fresh, "pages"));
  for (const home of [join(src, "problems"), join(src, "lint/rules")]) {
    for (const entry of existsSync(home) ? readdirSync(home, { withFileTypes: true }) : []) {
      const page = join(home, entry.name, "page.md");
      if (entry.isDirectory() && existsSync(page)) copyFileSync(page, join(fresh, "pages", `${entry.name}.md`));
    }
  }
}

/** The documented contract of `--json` and `--save-facts` as draft 2020-12, and the same as the library's types. */
async function writeSchemas(fresh) {
  mkdirSync(join(fresh, "schemas"));
  const dir = join(fresh, "schemas-src");
  const modules = { schemas: join(src, "report/json/schemas.ts"), config: join(src, "report/json/config-schemas.ts"), facts: join(src, "facts/schema.ts"), further: join(src, "facts/schema-further.ts"), conda: join(src, "facts/schema-conda.ts"), tools: join(src, "facts/schema-tools.ts"), source: join(src, "facts/schema-source.ts"), steps: join(src, "fixes/step.ts") };
  await bundle({ ...node20, input: modules }, { dir, format: "esm", entryFileNames: "[name].mjs" });
  const load = (name) => import(pathToFileURL(join(dir, `${name}.mjs`)).href);
  const { jsonSchemas, toJsonSchema, ...reports } = await load("schemas");
  for (const [name, schema] of Object.entries(jsonSchemas())) {
    writeFileSync(join(fresh, "schemas", `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
  }
  writeOutTypes(join(fresh, "lib"), { ...reports, ...(await load("config")), ...(await load("facts")), ...(await load("further")), ...(await load("conda")), ...(await load("tools")), ...(await load("source")), ...(await load("steps")) }, toJsonSchema);
  rmSync(dir, { recursive: true });
}

function writeLicences(fresh, names) {
  const parts = [...names].sort().map((name) => {
    const dir = join(root, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
    const file = readdirSync(dir).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new ScriptError(`${name} is bundled and has no licence file`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(dir, file), "utf8").trim()}\n`;
  });
  const head = "Cachewright contains these packages, each under its own licence.\n";
  writeFileSync(join(fresh, "THIRD-PARTY-LICENSES.txt"), [head, ...parts].join(`\n${"-".repeat(78)}\n\n`));
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const quiet = process.argv.includes("--quiet");
  await asScript(() => withLock(async () => {
    ensureDependencies();
    await build({ quiet });
  }));
}
