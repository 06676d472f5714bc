/** What `run` puts before somebody's command, and between it and its reader. */
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { environment, keep } from "./homes.mjs";

const now = () => performance.timeOrigin + performance.now();
const tellsTime = ["date", "+%s%N"];

function toChild(argv, env) {
  const start = now();
  const { stdout, status } = spawnSync(argv[0], argv.slice(1), { env, stdio: ["ignore", "pipe", "inherit"] });
  if (status !== 0) throw new Error(`${argv.join(" ")} ended with ${status}`);
  return { child: Number(stdout) / 1e6 - start, end: now() - start };
}

/** How long a line takes from the command to the reader, in milliseconds. */
function delays(argv, env) {
  const script = "import time\nfor _ in range(60): print('%.6f' % (time.time() * 1000), flush=True); time.sleep(0.01)";
  return new Promise((resolve, reject) => {
    const child = spawn(argv[0] ?? "python3", [...argv.slice(1), ...(argv.length > 0 ? ["python3"] : []), "-c", script], { env, stdio: ["ignore", "pipe", "inherit"] });
    const late = [];
    child.stdout.on("data", (chunk) => { for (const line of chunk.toString().trim().split("\n")) late.push(now() - Number(line)); });
    child.on("error", reject);
    child.on("close", () => { resolve(late.sort((a, b) => a - b)[late.length >> 1]); });
  });
}

export async function runBeforeChild(command, rounds) {
  if (!/^\d{19}\n$/.test(spawnSync(tellsTime[0], tellsTime.slice(1), { encoding: "utf8" }).stdout ?? "")) return { milliseconds: {}, figures: [], skipped: "no date that tells nanoseconds" };
  const empty = join(keep, "empty.cjs");
  writeFileSync(empty, "");
  const env = environment(keep);
  const run = [process.execPath, command, "run", "--"];
  const best = { node: Infinity, alone: Infinity, run: Infinity, "line alone": Infinity, "line through run": Infinity };
  const keepLeast = (name, value) => { best[name] = Math.min(best[name], value); };
  for (let round = 0; round < rounds; round++) {
    const start = now();
    spawnSync(process.execPath, [empty], { env });
    keepLeast("node", now() - start);
    keepLeast("alone", toChild(tellsTime, env).child);
    keepLeast("run", toChild([...run, ...tellsTime], env).child);
  }
  for (let round = 0; round < Math.max(3, rounds / 8); round++) {
    keepLeast("line alone", await delays([], env));
    keepLeast("line through run", await delays(run, env));
  }
  const figure = (name, value, unit, limit) => ({ name, value: Number(value.toPrecision(3)), unit, limit, atLeast: false, holds: value <= limit });
  return {
    milliseconds: Object.fromEntries(Object.entries(best).map(([name, wall]) => [name, { wall, cpu: Number.NaN }])),
    figures: [
      figure("run, to the start of the command / bare node", (best.run - best.alone) / best.node, "x", 1.2),
      figure("run, what a line of output is late by", best["line through run"] - best["line alone"], "ms", 1),
    ],
  };
}
