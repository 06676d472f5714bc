import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

/** One command of a comparison: what is run, and where. */
export function subject(name, argv, options = {}) {
  return { name, argv, options };
}

function once({ argv: [file, ...args], options }) {
  const start = performance.now();
  const done = spawnSync(file, args, { stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 26, ...options });
  const took = performance.now() - start;
  if (done.error) throw done.error;
  if (!(options.accepts ?? [0]).includes(done.status)) throw new Error(`${file} ${args.join(" ")} ended with ${done.status}: ${done.stderr}`);
  return took;
}

/**
 * Runs the subjects in turn, round after round, so that a slow moment of the machine hits all of them, and keeps
 * each one's quickest run: what a busy neighbour adds is never negative.
 */
export function compare(subjects, rounds) {
  const best = new Map(subjects.map((one) => [one.name, Number.POSITIVE_INFINITY]));
  for (const one of subjects) once(one);
  for (let round = 0; round < rounds; round++) {
    for (const one of subjects) best.set(one.name, Math.min(best.get(one.name), once(one)));
  }
  return Object.fromEntries(best);
}

/** Peak memory in MB of one run of a node program, as the kernel counted it. */
export function peakMemory({ argv: [, ...args], options }) {
  const dir = mkdtempSync(join(tmpdir(), "cachewright-bench-"));
  try {
    const report = join(dir, "rss");
    const hook = `data:text/javascript,import{writeFileSync}from"node:fs";process.on("exit",()=>writeFileSync(process.env.BENCH_RSS,String(process.resourceUsage().maxRSS)))`;
    once({ argv: [process.execPath, "--import", hook, ...args], options: { ...options, env: { ...(options.env ?? process.env), BENCH_RSS: report } } });
    return Number(readFileSync(report, "utf8")) / 1024;
  } finally {
    rmSync(dir, { recursive: true });
  }
}
