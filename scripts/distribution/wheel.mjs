/**
 * The wheel: the built command for people who have Python and no Node. Made without Python. The same build gives the same
 * bytes: members are sorted and have no date but the first that a zip can say (so SOURCE_DATE_EPOCH changes nothing).
 */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cacheDir, distDir, packageDir, root } from "../bootstrap.mjs";
import { keepCompiled } from "../keep-compiled.mjs";
import { entryPoints, licenceFiles, metadata, packageJson, wheelFile } from "./metadata.mjs";

const python = join(root, "scripts/distribution/python");

function filesBelow(directory, wanted = () => true) {
  return readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name)).filter(wanted).map((file) => file.slice(directory.length + 1).replaceAll("\\", "/"));
}

/** What lies in the wheel, by name; what V8 compiled lies below `compiled`. */
function members(compiled) {
  const files = new Map();
  const add = (to, from, wanted) => filesBelow(from, wanted).forEach((name) => files.set(`cachewright/${to}${name}`, readFileSync(join(from, name))));
  add("", python, (file) => file.endsWith(".py"));
  add("bin/", join(packageDir, "bin"));
  for (const part of ["cli", "pages", "schemas"]) add(`dist/${part}/`, join(distDir, part), (file) => !file.endsWith(".bin"));
  add("dist/cli/code/", compiled);
  // `--licenses` reads these two where they lie in every package.
  files.set("cachewright/LICENSE", readFileSync(join(root, "LICENSE")));
  files.set("cachewright/dist/THIRD-PARTY-LICENSES.txt", readFileSync(join(distDir, "THIRD-PARTY-LICENSES.txt")));
  return files;
}

function ownInfo(files) {
  const { name, version } = packageJson();
  const info = `${name}-${version}.dist-info`;
  const texts = { "LICENSE": files.get("cachewright/LICENSE"), "THIRD-PARTY-LICENSES.txt": files.get("cachewright/dist/THIRD-PARTY-LICENSES.txt") };
  for (const file of licenceFiles) files.set(`${info}/licenses/${file}`, texts[file]);
  files.set(`${info}/METADATA`, Buffer.from(metadata(String(texts["THIRD-PARTY-LICENSES.txt"]))));
  files.set(`${info}/WHEEL`, Buffer.from(wheelFile));
  files.set(`${info}/entry_points.txt`, Buffer.from(entryPoints));
  return info;
}

/** Each member with its hash; RECORD itself has none (PEP 427). */
function record(sorted, info) {
  const lines = sorted.map(([name, bytes]) => `${name},sha256=${createHash("sha256").update(bytes).digest("base64url")},${bytes.length}`);
  return Buffer.from([...lines, `${info}/RECORD,,`, ""].join("\n"));
}

/** Of each Node, what its V8 compiled of the command, in a directory of its own. */
function compiledBy(nodes, scratch) {
  const cli = join(scratch, "cli");
  mkdirSync(join(cli, "code"), { recursive: true });
  for (const name of readdirSync(join(distDir, "cli")).filter((file) => file.endsWith(".cjs"))) cpSync(join(distDir, "cli", name), join(cli, name));
  for (const node of nodes) keepCompiled(cli, node);
  return join(cli, "code");
}

/** Makes the wheel in `directory` and answers with its name. `nodes`: those that it brings a compiled form for. */
export async function makeWheel(directory, nodes) {
  const { name, version } = packageJson();
  const scratch = mkdtempSync(join(tmpdir(), "cachewright-wheel-"));
  try {
    const files = members(compiledBy(nodes, scratch));
    const info = ownInfo(files);
    const byName = ([one], [other]) => (one < other ? -1 : 1);
    // The .dist-info comes last, as PEP 427 recommends.
    const sorted = [...files].filter(([file]) => !file.startsWith(info)).sort(byName).concat([...files].filter(([file]) => file.startsWith(info)).sort(byName));
    const wheel = `${name}-${version}-py3-none-any.whl`;
    writeFileSync(join(directory, wheel), await zipOf([...sorted, [`${info}/RECORD`, record(sorted, info)]]));
    return wheel;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** By the writer that the command itself exports wheels with. */
async function zipOf(entries) {
  const { writeZip } = await zipWriter();
  let zip = Buffer.alloc(0);
  const pending = [];
  const flush = () => { zip = Buffer.concat([zip, ...pending.splice(0)]); };
  const file = {
    size: () => zip.length + pending.reduce((sum, part) => sum + part.length, 0),
    append: (bytes) => pending.push(Buffer.from(bytes)),
    patch: (offset, bytes) => { flush(); Buffer.from(bytes).copy(zip, offset); },
  };
  writeZip(file, entries.map(([name, bytes]) => ({ name, isExecutable: false, size: bytes.length, pieces: bytes.length > 0 ? [bytes] : [] })));
  flush();
  return zip;
}

async function zipWriter() {
  const { rolldown } = await import("rolldown");
  const bundle = await rolldown({ input: join(packageDir, "src/caches/zip-write.ts"), platform: "node", tsconfig: false, external: /^node:/ });
  const file = join(cacheDir, `zip-write-${process.pid}.mjs`);
  try {
    await bundle.write({ file, format: "esm" });
    return await import(pathToFileURL(file).href);
  } finally {
    await bundle.close();
    if (existsSync(file)) rmSync(file);
  }
}
