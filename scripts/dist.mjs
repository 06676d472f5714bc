/**
 * `npm run dist`: what people can have who have no Node, in dist/ of the checkout: a wheel for every platform, and on Linux a
 * single executable, with their hashes. Nothing is published. Does nothing when both are there already, made of the same.
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

function asked() {
  const { values } = parseArgs({ options: { node: { type: "string", multiple: true }, "node-license": { type: "string" }, only: { type: "string" }, out: { type: "string", default: join(root, "dist") }, quiet: { type: "boolean", default: false } } });
  if (values.only !== undefined && !parts.includes(values.only)) throw new ScriptError(`--only ${values.only}: there is ${parts.join(" and ")}`);
  if (values.only === "executable" && process.platform !== "linux") throw new ScriptError("The single executable is made on Linux only.");
  const wanted = values.only === undefined ? parts.filter((part) => part !== "executable" || process.platform === "linux") : [values.only];
  return { wanted, nodes: values.node?.map((path) => resolve(path)), nodeLicence: values["node-license"], out: resolve(values.out), quiet: values.quiet };
}

/** Everything that decides about the bytes. The library is in neither. */
function madeOf({ wanted, nodes = [process.execPath], nodeLicence }) {
  const hash = createHash("sha256").update(JSON.stringify([wanted, nodeLicence ?? null, nodes.map((node) => [node, statSync(node).size, statSync(node).mtimeMs])]));
  const add = (path) => {
    if (statSync(path).isDirectory()) readdirSync(path).sort().forEach((name) => add(join(path, name)));
    else hash.update(`\0${path.slice(root.length)}\0`).update(readFileSync(path));
  };
  ["cli", "pages", "schemas", "THIRD-PARTY-LICENSES.txt"].forEach((name) => add(join(distDir, name)));
  [join(packageDir, "bin"), join(packageDir, "package.json"), ...["LICENSE", "README.md", "scripts/distribution", "scripts/dist.mjs", "scripts/keep-compiled.mjs"].map((name) => join(root, name))].forEach(add);
  return hash.digest("hex");
}

function isThere({ out }, fingerprint) {
  const file = join(out, stamp);
  if (!existsSync(file)) return false;
  const { of, made } = JSON.parse(readFileSync(file, "utf8"));
  return of === fingerprint && made.every((name) => existsSync(join(out, name)));
}

async function make(call, fingerprint) {
  const { wanted, nodes, nodeLicence, out, quiet } = call;
  const inside = (nodes ?? [process.execPath]).map(askNode);
  mkdirSync(out, { recursive: true });
  clear(out);
  const made = [];
  // Without --node a build is to be the same everywhere; this very Node is not the one that a wheel will run on.
  if (wanted.includes("wheel")) made.push(await (await import("./distribution/wheel.mjs")).makeWheel(out, nodes === undefined ? [] : inside.map(({ path }) => path)));
  if (wanted.includes("executable")) made.push(await (await import("./distribution/executable.mjs")).makeExecutable(out, inside[0], { nodeLicence, quiet }));
  writeFileSync(join(out, "SHA256SUMS"), made.map((name) => `${createHash("sha256").update(readFileSync(join(out, name))).digest("hex")}  ${name}\n`).join(""));
  writeFileSync(join(out, stamp), JSON.stringify({ of: fingerprint, made }));
}

/** Of an earlier version. */
function clear(out) {
  for (const name of readdirSync(out)) if (/^\.?cachewright-\d[^/]*(?:\.whl|-linux-\w+(?:-musl)?)$|^SHA256SUMS$/.test(name) || name === stamp) rmSync(join(out, name));
}

function tell({ out }) {
  const { made } = JSON.parse(readFileSync(join(out, stamp), "utf8"));
  for (const name of made) process.stdout.write(`${join(out, name)}  ${(statSync(join(out, name)).size / 1e6).toFixed(1)} MB\n`);
}

await asScript(async () => {
  const call = asked();
  await ensureReady();
  if (!isThere(call, madeOf(call))) {
    await withLock(async () => {
      const fingerprint = madeOf(call);
      if (isThere(call, fingerprint)) return;
      if (!call.quiet) say(`Making ${call.wanted.join(" and ")} …`);
      await make(call, fingerprint);
    });
  }
  tell(call);
});
