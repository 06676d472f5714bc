/** The Node that goes into the single executable. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { ScriptError } from "../bootstrap.mjs";

const question = "JSON.stringify({version:process.versions.node,arch:process.arch,platform:process.platform,glibc:process.report.getReport().header.glibcVersionRuntime??null})";

/** Asks the program itself. */
export function askNode(node) {
  const done = spawnSync(node, ["-p", question], { encoding: "utf8", env: { PATH: process.env.PATH } });
  if (done.status !== 0 || !done.stdout.startsWith("{")) throw new ScriptError(`${node} is no Node that runs here${done.error ? `: ${done.error.message}` : ""}`);
  const answer = JSON.parse(done.stdout);
  const [major, minor] = answer.version.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new ScriptError(`${node} is Node ${answer.version}; Cachewright needs 20.19 or newer`);
  return { ...answer, path: realpathSync(node) };
}

/** Who hands Node on has to hand its licences on: without them nothing is made. */
export function licenceOf(node, given) {
  const prefix = dirname(dirname(node.path));
  const places = given === undefined ? ["LICENSE", "share/doc/nodejs/LICENSE", "share/doc/node/LICENSE"].map((name) => join(prefix, name)) : [given];
  const text = places.filter((place) => existsSync(place)).map((place) => readFileSync(place, "utf8")).find((one) => one.includes("Node.js is licensed for use as follows"));
  if (text !== undefined) return text;
  throw new ScriptError(`The licences of Node ${node.version} are not in ${places.join(", ")}; name the file LICENSE of its distribution with --node-license.`);
}
