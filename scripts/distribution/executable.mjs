/**
 * The single executable for Linux: Node with the built command inside (Node's single-executable applications). Chunks, what
 * V8 compiled of them, pages and schemas are assets, so a chunk is still read only when it is wanted.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { distDir, root, say, ScriptError } from "../bootstrap.mjs";
import { keepCompiled } from "../keep-compiled.mjs";
import { packageJson } from "./metadata.mjs";
import { licenceOf } from "./node-inside.mjs";

/** Where Node looks whether it has something inside (its documentation of single executable applications). */
const sentinelFuse = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

/** Makes the executable in `directory` and answers with its name. */
export async function makeExecutable(directory, node, { nodeLicence, quiet }) {
  const { name, version } = packageJson();
  const made = `${name}-${version}-linux-${node.arch}${node.glibc === null ? "-musl" : ""}`;
  const scratch = mkdtempSync(join(tmpdir(), "cachewright-executable-"));
  try {
    writeFileSync(join(scratch, "NODE-LICENSE"), `Node.js ${node.version}, which is inside this file\n\n${licenceOf(node, nodeLicence)}`);
    const program = join(scratch, made);
    copyFileSync(node.path, program);
    chmodSync(program, 0o755);
    strip(program, quiet);
    const blob = await blobOf(node, program, scratch);
    await inject(program, blob);
    proveRuns(program, version);
    // Into place at once: an older one may be running.
    copyFileSync(program, join(directory, `.${made}`));
    renameSync(join(directory, `.${made}`), join(directory, made));
    return made;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The table of symbols is of use to a debugger only, and is a tenth of some Nodes. It has to go first: the blob stands behind it. */
function strip(program, quiet) {
  const done = spawnSync("strip", [program], { encoding: "utf8" });
  if (done.status !== 0 && !quiet) say(`warning: strip (binutils) ${done.error ? "is not here" : `failed: ${done.stderr.trim()}`}; the executable is larger than it has to be`);
}

function assetsOf(program, scratch) {
  const cli = join(scratch, "cli");
  mkdirSync(cli);
  for (const name of readdirSync(join(distDir, "cli")).filter((file) => file.endsWith(".cjs"))) copyFileSync(join(distDir, "cli", name), join(cli, name));
  keepCompiled(cli, program);
  const [code] = readdirSync(join(cli, "code"));
  const directories = { cli, code: join(cli, "code", code), pages: join(distDir, "pages"), schemas: join(distDir, "schemas") };
  const within = Object.entries(directories).flatMap(([key, dir]) => readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => [`${key}/${entry.name}`, join(dir, entry.name)]));
  return Object.fromEntries([...within.sort(), ["LICENSE", join(root, "LICENSE")], ["THIRD-PARTY-LICENSES.txt", join(distDir, "THIRD-PARTY-LICENSES.txt")], ["NODE-LICENSE", join(scratch, "NODE-LICENSE")]]);
}

/** With V8's form of the start it takes 0.9 of bare Node. A start-up snapshot is slower (1.0), with next to nothing in it. */
async function blobOf(node, program, scratch) {
  const main = join(scratch, "main.cjs");
  const { rolldown } = await import("rolldown");
  const bundle = await rolldown({ input: join(root, "scripts/distribution/executable-main.cjs"), platform: "node", tsconfig: false, external: /^node:/ });
  await bundle.write({ file: main, format: "cjs", minify: true });
  await bundle.close();
  const config = join(scratch, "config.json");
  const output = join(scratch, "blob");
  writeFileSync(config, JSON.stringify({ main: "main.cjs", output: "blob", disableExperimentalSEAWarning: true, useCodeCache: true, assets: assetsOf(program, scratch) }));
  const done = spawnSync(node.path, ["--random-seed=1", "--experimental-sea-config", config], { cwd: scratch, encoding: "utf8" });
  if (done.status !== 0) throw new ScriptError(`Node ${node.version} made no single executable:\n${done.stderr}`);
  return readFileSync(output);
}

/** postject warns on the console of sections that `strip` has left without a name; what came of it is tried afterwards. */
async function inject(program, blob) {
  const { default: postject } = await import("postject");
  const { warn, log, error } = console;
  Object.assign(console, { warn: () => undefined, log: () => undefined, error: () => undefined });
  try {
    await postject.inject(program, "NODE_SEA_BLOB", blob, { sentinelFuse });
  } finally {
    Object.assign(console, { warn, log, error });
  }
}

function proveRuns(program, version) {
  const done = spawnSync(program, ["--version"], { encoding: "utf8", env: {} });
  if (done.stdout !== `cachewright ${version}\n`) throw new ScriptError(`The executable that was made does not run (${done.error?.message ?? done.signal ?? done.status}):\n${done.stderr}`);
}
