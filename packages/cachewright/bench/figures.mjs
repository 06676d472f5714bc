/** The figures Cachewright holds itself to, each with its limit. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bigLog, condaHere, environment, homeOfEveryTool, hugeHome, keep, toolsHome, usualHome } from "./homes.mjs";
import { lintedFiles, lintProject } from "./lint-files.mjs";
import { compare, counted, peakMemory, subject } from "./measure.mjs";

const findings = [0, 1];

function figure(name, value, { unit = "x", limit, atLeast = false }) {
  const holds = atLeast ? value >= limit : value <= limit;
  return { name, value: Number(value.toPrecision(4)), unit, limit, atLeast, holds };
}

function ratio(one, other) {
  return counted(one) / counted(other);
}

export function startUp(command, rounds) {
  const empty = join(keep, "empty.cjs");
  writeFileSync(empty, "");
  const options = { env: environment(keep) };
  const best = compare([
    subject("node", [process.execPath, empty], options),
    subject("version", [process.execPath, command, "--version"], options),
    subject("help", [process.execPath, command, "--help"], options),
    subject("doctor --help", [process.execPath, command, "doctor", "--help"], options),
  ], rounds);
  return {
    milliseconds: best,
    figures: [
      figure("--version / bare node", ratio(best.version, best.node), { limit: 1.3 }),
      figure("--help / bare node", ratio(best.help, best.node), { limit: 1.3 }),
      figure("doctor --help / bare node", ratio(best["doctor --help"], best.node), { limit: 1.3 }),
    ],
  };
}

export function doctorBesidePip(command, rounds) {
  const usual = usualHome();
  if (usual === undefined) return { milliseconds: {}, figures: [], skipped: "no Python that can make a venv" };
  const { env, cwd, venv } = usual;
  const huge = hugeHome();
  const hugeEnv = { ...huge.env, PATH: env.PATH, VIRTUAL_ENV: venv };
  const best = compare([
    subject("pip --version", [join(venv, "bin/pip"), "--version"], { env, cwd }),
    subject("doctor", [process.execPath, command, "doctor"], { env, cwd, accepts: findings }),
    subject("doctor, 300,000 files", [process.execPath, command, "doctor"], { env: hugeEnv, cwd: huge.cwd, accepts: findings }),
  ], rounds);
  return {
    pip: usual.pip,
    milliseconds: best,
    figures: [
      figure(`doctor / pip ${usual.pip} --version`, ratio(best.doctor, best["pip --version"]), { limit: 1.0 }),
      figure("doctor beside 300,000 cached files / pip --version", ratio(best["doctor, 300,000 files"], best["pip --version"]), { limit: 1.0 }),
    ],
  };
}

export function doctorBesideEveryTool(command, rounds) {
  const home = homeOfEveryTool();
  if (home === undefined) return { milliseconds: {}, figures: [], skipped: "the tools cannot be installed" };
  const { env, cwd, venv } = home;
  const best = compare([
    subject("pip --version", [join(venv, "bin/pip"), "--version"], { env, cwd }),
    subject("doctor", [process.execPath, command, "doctor"], { env, cwd, accepts: findings }),
  ], rounds);
  return { pip: home.pip, milliseconds: best, figures: [figure(`doctor with every tool in use / pip ${home.pip} --version`, ratio(best.doctor, best["pip --version"]), { limit: 1.0 })] };
}

export function explainSpeed(command, rounds) {
  const log = bigLog();
  const run = subject("explain", [process.execPath, command, "explain", "--log-only", log], { env: environment(keep), accepts: findings });
  const best = compare([run], rounds);
  return {
    milliseconds: best,
    figures: [
      figure("explain, 100 MB of log", 100_000 / counted(best.explain), { unit: "MB/s", limit: 100, atLeast: true }),
      figure("explain, peak memory on 100 MB", peakMemory(run), { unit: "MB", limit: 150 }),
    ],
  };
}

export function configBesideTools(command, rounds) {
  const all = toolsHome();
  if (all === undefined) return { milliseconds: {}, figures: [], skipped: "the tools cannot be fetched" };
  const { env, cwd, pip, tools } = all;
  const conda = condaHere();
  const best = compare([
    subject("pip config list", [pip, "config", "list"], { env, cwd }),
    subject("config show", [process.execPath, command, "config", "show"], { env, cwd }),
    subject("config show pip", [process.execPath, command, "config", "show", "pip"], { env, cwd }),
    subject("bare node", [process.execPath, "-e", ""], { env, cwd }),
    ...(conda === undefined ? [] : [subject("conda config --show-sources", [conda, "config", "--show-sources"], { env, cwd })]),
  ], rounds);
  return {
    milliseconds: best,
    figures: [
      figure(`config show with ${tools.length} tools / pip config list`, ratio(best["config show"], best["pip config list"]), { limit: 0.5 }),
      figure("config show pip / pip config list", ratio(best["config show pip"], best["pip config list"]), { limit: 0.5 }),
      ...(conda === undefined ? [] : [figure("config show / conda config --show-sources", ratio(best["config show"], best["conda config --show-sources"]), { limit: 0.2 })]),
    ],
  };
}

/** All of it: start, search, reading, rules and report. */
export function lintSpeed(command, rounds) {
  const run = subject("lint", [process.execPath, command, "lint", "--json"], { env: environment(keep), cwd: lintProject(), accepts: findings });
  const best = compare([run], rounds);
  return {
    milliseconds: best,
    figures: [
      figure(`lint, ${lintedFiles} Dockerfiles, scripts and workflows`, (lintedFiles * 1000) / counted(best.lint), { unit: "files/s", limit: 200, atLeast: true }),
      figure("lint, peak memory on them", peakMemory(run), { unit: "MB", limit: 250 }),
    ],
  };
}
