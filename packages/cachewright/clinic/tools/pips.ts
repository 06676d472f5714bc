/** Real pips of many ages, fetched once from the registry and unpacked for the Python that each of them suits. */
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareMinors, type PythonTool } from "./pythons.ts";

export interface PipTool {
  /** "24.3.1"; "newest" when it could not be fetched. */
  readonly version: string;
  readonly newest: boolean;
  /** Stands for one fault of its own and is left out of "every pip". */
  readonly special: boolean;
  /** `undefined` when this machine cannot have it. */
  readonly kit?: { readonly python: PythonTool; /** Holds `pip` and `pip-X.dist-info`, compiled. */ readonly site: string };
  /** Why there is no kit. */
  readonly obstacle?: string;
}

interface Wanted {
  readonly version: string | null;
  /** Pythons it runs on, both ends included. */
  readonly from: string;
  readonly to: string;
  readonly special?: boolean;
}

const WANTED: readonly Wanted[] = [
  { version: "9.0.3", from: "3.5", to: "3.6" },
  { version: "19.3.1", from: "3.6", to: "3.8" },
  { version: "20.3.4", from: "3.6", to: "3.9" },
  { version: "21.1.3", from: "3.6", to: "3.9" },
  { version: "23.3.2", from: "3.7", to: "3.11" },
  { version: "24.3.1", from: "3.8", to: "3.12" },
  { version: "25.3", from: "3.9", to: "3.13" },
  // Only for what was its own: it broke on UTF-8 under LC_ALL=C.
  { version: "26.2.1", from: "3.10", to: "3.99", special: true },
  { version: null, from: "3.10", to: "3.99" },
];

/** Kept between runs; a directory of that name that is not ours is not trusted, root runs what stands there. */
export function openPipCache(): string {
  const dir = process.env["CACHEWRIGHT_CLINIC_CACHE"] ?? join(tmpdir(), `cachewright-clinic-${process.getuid?.() ?? 0}`);
  mkdirSync(dir, { recursive: true, mode: 0o755 });
  const stat = lstatSync(dir);
  const ours = stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
  return ours ? dir : mkdtempSync(join(tmpdir(), "cachewright-clinic-"));
}

function run(program: string, args: readonly string[]): string | null {
  const { status, stderr, stdout } = spawnSync(program, args, { encoding: "utf8" });
  return status === 0 ? null : `${stderr}${stdout}`.trim().split("\n").at(-1) ?? "failed";
}

function fetchWheel(want: Wanted, python: PythonTool, downloader: PythonTool, into: string): string | null {
  const what = want.version === null ? "pip" : `pip==${want.version}`;
  return run(downloader.executable, [
    "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir", "--disable-pip-version-check",
    "--only-binary", ":all:", "--python-version", python.minor, "--dest", into, what,
  ]);
}

function unpack(wheelFile: string, python: PythonTool, site: string): void {
  const half = `${site}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  const failed = run(python.executable, ["-m", "zipfile", "-e", wheelFile, half]);
  if (failed) throw new Error(failed);
  const info = readdirSync(half).find((name) => name.endsWith(".dist-info"));
  writeFileSync(join(half, info ?? "", "INSTALLER"), "pip\n");
  // Old pips hold files for other Pythons that do not compile here: a failure means nothing.
  run(python.executable, ["-m", "compileall", "-q", half]);
  renameSync(half, site);
}

function obtain(want: Wanted, pythons: readonly PythonTool[], cache: string): PipTool {
  const newest = want.version === null;
  const name = want.version ?? "newest";
  const special = want.special ?? false;
  const missing = (obstacle: string): PipTool => ({ version: name, newest, special, obstacle });
  const python = pythons.filter(({ minor }) => compareMinors(minor, want.from) >= 0 && compareMinors(minor, want.to) <= 0).at(-1);
  const downloader = pythons.filter((each) => !each.system).at(-1) ?? pythons.at(-1);
  if (!python || !downloader) return missing(`no Python ${want.from} to ${want.to}`);
  const wheels = join(cache, "wheels", name);
  mkdirSync(wheels, { recursive: true });
  const kept = () => readdirSync(wheels).filter((file) => file.endsWith(".whl")).at(-1);
  if (!kept()) {
    const failed = fetchWheel(want, python, downloader, wheels);
    if (failed) return missing(`pip cannot be fetched: ${failed}`);
  }
  const file = kept() ?? "";
  const version = file.split("-")[1] ?? name;
  const site = join(cache, "pips", `${version}-py${python.minor}`);
  if (!existsSync(site)) unpack(join(wheels, file), python, site);
  return { version, newest, special, kit: { python, site } };
}

export function findPips(pythons: readonly PythonTool[], cache: string): PipTool[] {
  return WANTED.map((want) => obtain(want, pythons, cache));
}
