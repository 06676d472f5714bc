import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

/** One command of a comparison: what is run, and where. */
export function subject(name, argv, options = {}) {
  return { name, argv, options };
}

export function once({ argv: [file, ...args], options }) {
  const start = performance.now();
  const done = spawnSync(file, args, { stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 26, ...options });
  const wall = performance.now() - start;
  if (done.error) throw done.error;
  if (!(options.accepts ?? [0]).includes(done.status)) throw new Error(`${file} ${args.join(" ")} ended with ${done.status}: ${done.stderr}`);
  return { wall, stderr: String(done.stderr) };
}

const bash = ["/bin/bash", "/usr/bin/bash"].find((path) => existsSync(path));

/** User and system time of one run in milliseconds, as bash's `time` has it from the kernel; the wall clock without bash. */
export function timed(one) {
  if (bash === undefined) return { wall: once(one).wall };
  const script = 'TIMEFORMAT="%U %S"; time "$@" 2>/dev/null';
  const { wall, stderr } = once({ ...one, argv: [bash, "--norc", "--noprofile", "-c", script, "bench", ...one.argv] });
  const [user, sys] = stderr.trim().split(/\s+/).map(Number);
  return { wall, cpu: (user + sys) * 1000 };
}

/**
 * Runs the subjects in turn, round after round, so that a slow moment of the machine hits all of them, and keeps
 * each one's quickest run: what a busy neighbour adds is never negative. Processor time, where it can be had,
 * is the one that does not wait for neighbours at all.
 */
export function compare(subjects, rounds) {
  const best = Object.fromEntries(subjects.map((one) => [one.name, { wall: Number.POSITIVE_INFINITY, cpu: Number.POSITIVE_INFINITY }]));
  for (const one of subjects) once(one);
  for (let round = 0; round < rounds; round++) {
    for (const one of subjects) {
      const { wall, cpu = Number.POSITIVE_INFINITY } = timed(one);
      const known = best[one.name];
      best[one.name] = { wall: Math.min(known.wall, wall), cpu: Math.min(known.cpu, cpu) };
    }
  }
  return best;
}

/** What counts of a comparison: processor time, else the wall clock. */
export function counted({ wall, cpu }) {
  return Number.isFinite(cpu) ? cpu : wall;
}

/**
 * Peak memory in MB of one run of a node program. On Linux VmHWM, which is the new program's own: ru_maxrss begins with
 * what the process that started it held.
 */
export function peakMemory({ argv: [, ...args], options }) {
  const dir = mkdtempSync(join(tmpdir(), "cachewright-bench-"));
  try {
    const report = join(dir, "rss");
    const peak = "let peak;try{peak=/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status','utf8'))[1]}catch{peak=process.resourceUsage().maxRSS}";
    const hook = `data:text/javascript,import{readFileSync,writeFileSync}from"node:fs";process.on("exit",()=>{${peak};writeFileSync(process.env.BENCH_RSS,String(peak))})`;
    once({ argv: [process.execPath, "--import", hook, ...args], options: { ...options, env: { ...(options.env ?? process.env), BENCH_RSS: report } } });
    return Number(readFileSync(report, "utf8")) / 1024;
  } finally {
    rmSync(dir, { recursive: true });
  }
}
