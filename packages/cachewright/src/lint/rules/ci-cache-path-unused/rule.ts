import { isPlaced, toolOf, withVariables } from "../../ci/cache-paths.ts";
import type { CiCache, CiJob, CiPath, System } from "../../ci/ci-file.ts";
import { commandsOf, fillsCache } from "../../ci/tool-commands.ts";
import type { LintFinding, Rule } from "../../rule.ts";

export const rule: Rule = {
  code: "ci-cache-path-unused",
  kinds: ["gitlab-ci", "workflow"],
  check: ({ ci }) => (ci?.jobs ?? []).flatMap((job) => (ci?.system === "gitlab" ? checkGitlab(job) : checkGithub(job))),
};

function checkGitlab(job: CiJob): LintFinding[] {
  if (!commandsOf(job).some((command) => fillsCache(command, "pip"))) return [];
  const paths = job.caches.flatMap((cache) => cache.paths);
  const ours = paths.filter((path) => toolOf(path) === "pip" && isInside(path.value));
  const [first] = ours;
  if (first === undefined) return [];
  const set = job.variables.get("PIP_CACHE_DIR")?.value;
  if (set !== undefined) return checkAgainst({ set: withVariables(set, job.variables), paths, first, job });
  if (job.partial || isPlaced(job, "pip")) return [];
  return ours.map(({ range, text }) => ({ range, message: `pip does not know of ${text}: nothing sets PIP_CACHE_DIR, so its cache is ~/.cache/pip, outside the project`, instead: `variables: PIP_CACHE_DIR: "$CI_PROJECT_DIR/${plain(text)}"` }));
}

function checkAgainst({ set, paths, first, job }: { set: string; paths: readonly CiPath[]; first: CiPath; job: CiJob }): LintFinding[] {
  const away = isAway(set) && !isMoved(job, first);
  if (!(away || isInside(set)) || paths.some(({ value }) => covers(value, set))) return [];
  const instead = away ? `PIP_CACHE_DIR: "$CI_PROJECT_DIR/${plain(first.text)}"` : plain(set);
  return [{ range: first.range, message: `pip's cache is ${set}, not ${first.text}: none of the paths saves it`, instead }];
}

/** Outside the project for sure: runners put projects below a directory `builds` (GitLab Runner, `builds_dir`). */
function isAway(set: string): boolean {
  return set.startsWith("/") && !/[$*]|\/builds(?:\/|$)/.test(set);
}

/** The script says another place, or brings what is saved there and back itself. */
function isMoved(job: CiJob, path: CiPath): boolean {
  const own = plain(path.value);
  return /PIP_CACHE_DIR=|--cache-dir|pip3? config/.test(job.text) || commandsOf(job).some(({ args }) => args.some(({ text, value }) => (value ?? text).includes(own)));
}

function isInside(value: string): boolean {
  return /^\$\{?CI_PROJECT_DIR\}?\//.test(value) || /^[\w.]/.test(value) && !value.startsWith("../");
}

function plain(value: string): string {
  return value.replace(/^\$\{?CI_PROJECT_DIR\}?\//, "").replace(/^(?:\.\/)+/, "").replace(/(?:\/\*{0,2})+$/, "");
}

function covers(path: string, directory: string): boolean {
  const [outer, inner] = [plain(path), plain(directory)];
  return /[*$]/.test(outer) || inner === outer || inner.startsWith(`${outer}/`) || outer.startsWith(`${inner}/`);
}

/** Where pip keeps its cache when nobody says otherwise (pip's docs, Caching). */
const elsewhere: Readonly<Record<Exclude<System, "linux">, { place: string; named: RegExp; says: string }>> = {
  macos: { place: "~/Library/Caches/pip", named: /Library\/Caches/i, says: "on macOS" },
  windows: { place: String.raw`~\AppData\Local\pip\Cache`, named: /AppData/i, says: "on Windows" },
};

function checkGithub(job: CiJob): LintFinding[] {
  if (job.container !== undefined || isPlaced(job, "pip") || /pip3? cache dir/.test(job.text)) return [];
  const missed = job.systems.filter((one) => one !== "linux").filter((one) => !elsewhere[one].named.test(job.text));
  if (missed.length === 0) return [];
  return job.caches.flatMap((cache) => linuxPaths(cache).map(({ range, text }): LintFinding => ({
    range, message: `${missed.map((one) => `${elsewhere[one].says} pip's cache is ${elsewhere[one].place}`).join(", ")}: ${text} stays empty there`,
    instead: "actions/setup-python with cache: pip, which asks pip for the place",
  })));
}

function linuxPaths({ paths, conditional }: CiCache): readonly CiPath[] {
  return conditional ? [] : paths.filter(({ text }) => /^~\/\.cache\/pip\/?$/.test(text));
}
