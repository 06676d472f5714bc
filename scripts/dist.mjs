/**
 * `npm run dist`: what people can have who have no Node, in dist/ of the checkout: a wheel for every platform, and on Linux a
 * single executable, with their hashes. Nothing is published. What is there already, made of the same, is not made again.
 *
 *   --node PATH          the Node that goes into the executable (default: this one), and that the wheel brings a compiled
 *                        form of the command for; repeated for more of the latter
 *   --node-license FILE  that Node's file LICENSE, where it does not lie beside it
 *   --only PART          wheel or executable
 *   --out DIR            elsewhere than dist/
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { asScript, distDir, ensureReady, packageDir, root, say, ScriptError, withLock } from "./bootstrap.mjs";
import { askNode } from "./distribution/node-inside.mjs";

const parts = ["wheel", "executable"];
const stamp = ".made-of";

const options = { node: { type: "string", multiple: true }, "node-license": { type: "string" }, only: { type: "string" }, out: { type: "string", default: join(root, "dist") }, quiet: { type: "boolean", default: false } };

function typed() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new ScriptError(`${error.message}\nThere are --node PATH, --node-license FILE, --only wheel or executable, --out DIR and --quiet.`);
  }
}

function asked() {
  const values = typed();
  if (values.only !== undefined && !parts.includes(values.only)) throw new ScriptError(`--only ${values.only}: there is ${parts.join(" and ")}`);
  if (values.only === "executable" && process.platform !== "linux") throw new ScriptError("The single executable is made on Linux only.");
  const missing = values.node?.find((path) => !existsSync(path));
  if (missing !== undefined) throw new ScriptError(`--node ${missing}: there is no such file`);
  const wanted = values.only === undefined ? parts.filter((part) => part !== "executable" || process.platform === "linux") : [values.only];
  return { wanted, nodes: values.node?.map((path) => resolve(path)), nodeLicence: values["node-license"], out: resolve(values.out), quiet: values.quiet };
}

/** Everything that decides about the bytes of a part. The library is in neither. */
function madeOf(part, { nodes = [process.execPath], nodeLicence }) {
  const hash = createHash("sha256").update(JSON.stringify([part, nodeLicence ?? null, nodes.map((node) => [node, statSync(node).size, statSync(node).mtimeMs])]));
  const add = (path) => {
    if (statSync(path).isDirectory()) readdirSync(path).sort().forEach((name) => add(join(path, name)));
    else hash.update(`\0${path.slice(root.length)}\0`).update(readFileSync(path));
  };
  ["cli", "pages", "schemas", "THIRD-PARTY-LICENSES.txt"].forEach((name) => add(join(distDir, name)));
  [join(packageDir, "bin"), join(packageDir, "package.json"), ...["LICENSE", "README.md", "scripts/distribution", "scripts/dist.mjs", "scripts/keep-compiled.mjs"].map((name) => join(root, name))].forEach(add);
  return hash.digest("hex");
}

/** By part: the name of its file, and what that was made of. Only what is still there. */
function known(out) {
  const file = join(out, stamp);
  const entries = existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, "utf8"))) : [];
  return Object.fromEntries(entries.filter(([, entry]) => existsSync(join(out, entry?.name ?? "/nowhere"))));
}

/** The parts that are wanted and not there yet. */
function lacking(call) {
  const there = known(call.out);
  return call.wanted.filter((part) => there[part]?.of !== madeOf(part, call));
}

async function make(part, { nodes, nodeLicence, out, quiet }) {
  const inside = (nodes ?? [process.execPath]).map(askNode);
  if (part === "executable") return (await import("./distribution/executable.mjs")).makeExecutable(out, inside[0], { nodeLicence, quiet });
  // Without --node a build is to be the same everywhere; this very Node is not the one that a wheel will run on.
  return (await import("./distribution/wheel.mjs")).makeWheel(out, nodes === undefined ? [] : inside.map(({ path }) => path));
}

async function makeAll(call) {
  const { out, quiet } = call;
  mkdirSync(out, { recursive: true });
  for (const part of lacking(call)) {
    if (!quiet) say(`Making the ${part} …`);
    const there = known(out);
    const name = await make(part, call);
    // Of an earlier version.
    if (there[part] !== undefined && there[part].name !== name) rmSync(join(out, there[part].name));
    const all = { ...there, [part]: { name, of: madeOf(part, call) } };
    writeFileSync(join(out, "SHA256SUMS"), Object.values(all).map((one) => `${createHash("sha256").update(readFileSync(join(out, one.name))).digest("hex")}  ${one.name}\n`).join(""));
    writeFileSync(join(out, stamp), JSON.stringify(all));
  }
}

await asScript(async () => {
  const call = asked();
  await ensureReady();
  if (lacking(call).length > 0) await withLock(() => makeAll(call));
  const there = known(call.out);
  for (const { name } of call.wanted.map((part) => there[part])) process.stdout.write(`${join(call.out, name)}  ${(statSync(join(call.out, name)).size / 1e6).toFixed(1)} MB\n`);
});
