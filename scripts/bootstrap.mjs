/**
 * Makes a checkout ready: the locked dependencies installed, generated sources and dist/ up to date.
 * Only Node's own modules, because it runs before anything is installed. All progress goes to stderr.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const packageDir = join(root, "packages/cachewright");
export const distDir = join(packageDir, "dist");
export const cacheDir = join(root, ".cache");
const installStamp = join(root, "node_modules/.cachewright-stamp");
const buildStamp = join(cacheDir, "build-stamp");

/** What a build is made of. Tests, clinic and bench are not in it. */
const buildInputs = ["package.json", "package-lock.json", "LICENSE", "scripts", "packages/cachewright/package.json", "packages/cachewright/tsconfig.json", "packages/cachewright/src"];

export class ScriptError extends Error {}

/** Runs `act` as a script's whole work: a ScriptError is one line for a person, anything else a stack. */
export async function asScript(act) {
  try {
    await act();
  } catch (error) {
    process.stderr.write(error instanceof ScriptError ? `${error.message}\n` : `${error?.stack ?? error}\n`);
    process.exitCode = 70;
  }
}

export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Installs and builds what is missing or old; silent and quick when nothing is. */
export async function ensureReady() {
  if (dependenciesFit() && buildIsCurrent()) return;
  await withLock(async () => {
    ensureDependencies();
    if (buildIsCurrent()) return;
    const { build } = await import("./build.mjs");
    await build();
  });
}

/** Call inside `withLock`. */
export function ensureDependencies() {
  if (dependenciesFit()) return;
  const place = join(root, "node_modules");
  // npm would empty what the link leads to.
  if (lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink()) throw new ScriptError(`${place} is a link, and what it leads to does not fit package-lock.json. Install there, or take the link away.`);
  say("Installing the locked dependencies (npm ci) …");
  const first = npm("ci");
  if (first.status !== 0 && first.output.includes("EUSAGE")) {
    // A registry that lacks a binary for some other platform makes `npm ci` refuse a sound lock file; `npm install`
    // takes the same versions from it, and what it installed is compared with the lock below.
    const second = npm("install", "--no-save");
    if (second.status !== 0 || !matchesLock()) throw new ScriptError(`${first.output}\n${second.output}\nnpm could not install the locked dependencies; nothing was built.`);
  } else if (first.status !== 0) {
    throw new ScriptError(`${first.output}\nnpm ci failed; nothing was built.`);
  }
  writeFileSync(installStamp, lockFingerprint());
}

/** npm's words are kept back: stdout of `npm start -- doctor --json` belongs to the report, and success needs none. */
function npm(...args) {
  const { file, before, shell } = npmCommand();
  const done = spawnSync(file, [...before, ...args, "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], shell });
  if (done.error) throw new ScriptError(`npm cannot be started: ${done.error.message}`);
  return { status: done.status, output: `${done.stdout}${done.stderr}`.trim() };
}

function npmCommand() {
  const inside = process.env.npm_execpath;
  if (inside && existsSync(inside) && /\.c?js$/.test(inside)) return { file: process.execPath, before: [inside], shell: false };
  return process.platform === "win32" ? { file: "npm.cmd", before: [], shell: true } : { file: "npm", before: [], shell: false };
}

function lockFingerprint() {
  return createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).update(`${process.platform}-${process.arch}`).digest("hex");
}

function dependenciesFit() {
  try {
    if (readFileSync(installStamp, "utf8") === lockFingerprint()) return true;
  } catch {
    // No stamp yet: somebody may have run npm by hand.
  }
  if (!matchesLock()) return false;
  try {
    writeFileSync(installStamp, lockFingerprint());
  } catch {
    // Another account's checkout: only slower next time.
  }
  return true;
}

/** npm writes node_modules/.package-lock.json last, so it names exactly what a finished install put there. */
function matchesLock() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
    const found = JSON.parse(readFileSync(join(root, "node_modules/.package-lock.json"), "utf8")).packages;
    return Object.entries(wanted).every(([path, entry]) =>
      !path.startsWith("node_modules/") || entry.link || (found[path] === undefined ? entry.optional === true : found[path].version === entry.version && found[path].integrity === entry.integrity));
  } catch {
    return false;
  }
}

/** One hash over name, size and mtime of every build input: quick enough to take on every start. */
export function inputFingerprint() {
  const hash = createHash("sha256");
  const visit = (path) => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isDirectory()) {
      for (const name of readdirSync(join(root, path)).sort()) visit(`${path}/${name}`);
    } else if (!path.endsWith(".test.ts")) {
      hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
    }
  };
  buildInputs.forEach(visit);
  return hash.digest("hex");
}

function distIdentity() {
  const stat = statSync(distDir, { throwIfNoEntry: false });
  return stat === undefined ? "none" : `${stat.dev}:${stat.ino}`;
}

function buildIsCurrent() {
  try {
    return readFileSync(buildStamp, "utf8") === `${inputFingerprint()} ${distIdentity()}` && existsSync(join(distDir, "cli/main.cjs"));
  } catch {
    return false;
  }
}

/** Puts a finished build in place and remembers what it was made of. Call inside `withLock`. */
export function installBuild(fresh, fingerprint) {
  const old = join(cacheDir, `dist-old-${process.pid}`);
  if (existsSync(distDir)) renameSync(distDir, old);
  renameSync(fresh, distDir);
  rmSync(old, { recursive: true, force: true });
  writeFileSync(buildStamp, `${fingerprint} ${distIdentity()}`);
}

/** One bootstrap at a time in a checkout; a lock whose process is gone is taken over. */
export async function withLock(act) {
  const lock = join(cacheDir, "bootstrap.lock");
  makeCacheDir();
  for (let told = false; !takeLock(lock); ) {
    if (!told) say("Another build of this checkout is running; waiting for it …");
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    return await act();
  } finally {
    rmSync(lock, { force: true });
  }
}

function makeCacheDir() {
  try {
    mkdirSync(cacheDir, { recursive: true });
    writeFileSync(join(cacheDir, `probe-${process.pid}`), "");
    rmSync(join(cacheDir, `probe-${process.pid}`));
  } catch (error) {
    throw new ScriptError(`This checkout has to be built first, and ${cacheDir} cannot be written (${error.code}). Run \`npm start\` once as the account that owns it.`);
  }
}

function takeLock(lock) {
  try {
    const fd = openSync(lock, "wx");
    writeSync(fd, String(process.pid));
    closeSync(fd);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  if (lockIsStale(lock)) {
    // Renaming takes exactly this lock away: of two that saw it stale, one fails and looks again.
    try {
      renameSync(lock, `${lock}.${process.pid}`);
      rmSync(`${lock}.${process.pid}`, { force: true });
    } catch {
      return false;
    }
  }
  return false;
}

function lockIsStale(lock) {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    if (!Number.isInteger(pid) || pid <= 0) return Date.now() - statSync(lock).mtimeMs > 5_000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}
