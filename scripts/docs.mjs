/**
 * `npm run docs`: the documentation as a static site, from the pages, the settings and the command line's own help.
 *
 *   --out DIR   another directory than dist-docs/; it must be new, empty, or made by this script
 *   --check     builds in memory, looks for dead links and the like, writes nothing
 *
 * Links are relative: the site works from a disk and below any address. The same sources give the same bytes.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { asScript, ensureDependencies, packageDir, root, say, ScriptError, withLock } from "./bootstrap.mjs";

const site = join(packageDir, "site");

await asScript(async () => {
  const { values } = parseArgs({ options: { out: { type: "string" }, check: { type: "boolean" } } });
  const out = resolve(values.out ?? join(root, "dist-docs"));
  if (values.check !== true) refuseForeign(out);
  await withLock(async () => {
    ensureDependencies();
    generate();
  });
  const { files, faults } = await built();
  if (faults.length > 0) throw new ScriptError(`${faults.join("\n")}\n${faults.length} faults; nothing was written.`);
  if (values.check !== true) write(files, out);
  const pages = [...files.keys()].filter((path) => path.endsWith(".html")).length;
  say(values.check === true ? `${pages} pages, no dead link.` : `${pages} pages: ${join(out, "index.html")}`);
});

function refuseForeign(out) {
  if (!existsSync(out) || readdirSync(out).length === 0 || existsSync(join(out, "assets/search-data.js"))) return;
  throw new ScriptError(`${out} holds something else; nothing was written.`);
}

function generate() {
  const done = spawnSync(process.execPath, [join(root, "scripts/generate.mjs")], { cwd: root, stdio: ["ignore", 2, 2] });
  if (done.status !== 0) throw new ScriptError("generate failed; nothing was built.");
}

async function built() {
  const scripts = { "search.js": await bundledScript("search.mjs"), "explain.js": await bundledScript("explain.ts") };
  const dir = mkdtempSync(join(tmpdir(), "cachewright-docs-"));
  try {
    await bundle({ input: { program: join(site, "program.ts") }, platform: "node", external: /^node:/ }, { write: { dir, format: "esm", entryFileNames: "[name].mjs", chunkFileNames: "[name].mjs" } });
    const { faultsOf, siteFiles } = await import(pathToFileURL(join(dir, "program.mjs")).href);
    const files = await siteFiles({ src: join(packageDir, "src"), scripts });
    return { files, faults: faultsOf(files) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** One classic script: a page that is opened from a disk may load no modules. */
async function bundledScript(name) {
  const [{ code }] = await bundle({ input: join(site, "browser", name), platform: "browser" }, { generate: { format: "iife", minify: true } });
  return code;
}

async function bundle(input, { write: toDisk, generate: inMemory }) {
  const { rolldown } = await import("rolldown");
  const made = await rolldown({ tsconfig: false, logLevel: "warn", checks: { ineffectiveDynamicImport: false }, ...input });
  try {
    const { output } = await (toDisk === undefined ? made.generate(inMemory) : made.write(toDisk));
    return output;
  } catch (error) {
    throw new ScriptError(error.message);
  } finally {
    await made.close();
  }
}

/** Made beside and renamed into place: a reader never meets half a site, and no page of an older one stays. */
function write(files, out) {
  mkdirSync(dirname(out), { recursive: true });
  const fresh = `${out}.new-${process.pid}`;
  mkdirSync(fresh);
  const old = `${fresh}.old`;
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(fresh, path)), { recursive: true });
      writeFileSync(join(fresh, path), text);
    }
    if (existsSync(out)) renameSync(out, old);
    renameSync(fresh, out);
  } finally {
    for (const left of [fresh, old]) rmSync(left, { recursive: true, force: true });
  }
}
