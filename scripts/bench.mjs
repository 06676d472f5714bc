/**
 * `npm run bench`: the figures Cachewright holds itself to, as ratios of one interleaved run. Prints each with its
 * limit and whether it holds, and writes them to bench/results/. A figure that falls short fails nothing.
 *
 *   --rounds N    runs of each command (default 15)
 *   --only PART   start, doctor, tools, config, explain, lint or caches
 *   --files N     files of the largest cache (default 300000)
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { asScript, ensureReady, packageDir, root } from "./bootstrap.mjs";

await asScript(async () => {
  const { values } = parseArgs({ options: { rounds: { type: "string", default: "15" }, only: { type: "string" }, files: { type: "string", default: "300000" } } });
  await ensureReady();
  const { configBesideTools, doctorBesideEveryTool, doctorBesidePip, explainSpeed, lintSpeed, startUp } = await import("../packages/cachewright/bench/figures.mjs");
  const { caches } = await import("../packages/cachewright/bench/caches.mjs");
  const { keep } = await import("../packages/cachewright/bench/homes.mjs");
  mkdirSync(keep, { recursive: true, mode: 0o700 });
  const command = join(packageDir, "bin/cachewright.cjs");
  const rounds = Number(values.rounds);
  const parts = { start: () => startUp(command, rounds * 2), doctor: () => doctorBesidePip(command, rounds), tools: () => doctorBesideEveryTool(command, rounds), config: () => configBesideTools(command, rounds), explain: () => explainSpeed(command, Math.ceil(rounds / 5)), lint: () => lintSpeed(command, Math.ceil(rounds / 5)), caches: () => caches(command, rounds, Number(values.files)) };
  const results = {};
  for (const [name, measure] of Object.entries(parts)) {
    if (values.only !== undefined && values.only !== name) continue;
    results[name] = await measure();
    print(name, results[name]);
  }
  const at = new Date().toISOString();
  const file = join(root, "bench/results", `${at.replaceAll(":", "-")}.json`);
  mkdirSync(join(root, "bench/results"), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ at, node: process.version, cpus: cpus().length, rounds, results }, null, 2)}\n`);
  console.log(`\nwritten to ${file.slice(root.length + 1)}`);
});

function print(name, { figures, milliseconds, skipped }) {
  console.log(`\n${name}${skipped === undefined ? "" : ` skipped: ${skipped}`}`);
  for (const { name: what, value, unit, limit, atLeast, holds } of figures) {
    console.log(`  ${what.padEnd(52)} ${String(value).padStart(7)} ${unit.padEnd(5)} ${atLeast ? ">=" : "<="} ${String(limit).padEnd(5)} ${holds ? "holds" : "FALLS SHORT"}`);
  }
  const times = Object.entries(milliseconds).map(([what, took]) => `${what} ${took.wall.toFixed(1)}${Number.isFinite(took.cpu) ? ` (${took.cpu.toFixed(0)})` : ""}`);
  if (times.length > 0) console.log(`  quickest runs in ms, wall clock (processor time, which counts): ${times.join(", ")}`);
}
