/**
 * What root gives back of the places where uv, pipx, poetry, pdm, pipenv, hatch, virtualenv and pyenv keep things when nobody
 * set anything. The user can give any name to a directory of root's that lies in a directory of their own, so a name
 * proves nothing alone: nobody but the user and root can have put anything on the way there, what stands in the place is
 * called as the tool calls it, only what root left is given, and nothing that is closed to the user. A place that a setting
 * names is not among these: what stands there may be anything.
 */
import * as path from "node:path";
import type { WalkedEntry } from "../machine/hands.ts";
import type { Binding } from "./binding.ts";
import { namesIn } from "./names-in.ts";
import { isOnlyTheirs } from "./only-theirs.ts";
import { isOpen } from "./recognise-project.ts";
import { isInside, joinRel } from "./step-path.ts";
import type { Guard, StepOf } from "./step.ts";

interface ToolPlace {
  /** From the home, on Linux and on macOS. */
  readonly at: RegExp;
  /** What the tool puts directly into it. */
  readonly holds: RegExp;
}

const marks = String.raw`CACHEDIR\.TAG|\.gitignore|\.lock`;
const place = (at: string, holds: string): ToolPlace => ({ at: new RegExp(`^(?:${at})(?=/|$)`), holds: new RegExp(`^(?:${marks}|${holds})$`) });
const caches = String.raw`\.cache|Library/Caches`;
const data = String.raw`\.local/share|Library/Application Support`;
const logs = String.raw`\.local/state|Library/Logs`;
const configs = String.raw`\.config|Library/Application Support`;

const toolPlaces: readonly ToolPlace[] = [
  place(`(?:${caches})/uv`, String.raw`\.git|\.tmp[\w-]*|[a-z]+(?:-[a-z]+)*-v\d+`),
  place(String.raw`\.local/share/uv`, String.raw`python|tools|bin|credentials|\.cache|\.temp|\.tmp[\w-]*`),
  place(String.raw`\.config/uv`, String.raw`uv\.toml|uv-receipt\.json|\.python-versions?`),
  place(`(?:${data})/pipx|\\.local/pipx`, String.raw`venvs|shared|py|logs|\.?trash|\.cache|\.shared\.lock`),
  place(`(?:${caches})/pipx`, String.raw`[0-9a-f]{15}|\.[0-9a-f]{15}\.lock`),
  place(`(?:${logs})/pipx`, String.raw`log|cmd_[\w.-]+\.log`),
  place(`(?:${caches})/pypoetry`, "cache|artifacts|virtualenvs|src"),
  place(`(?:${data})/pypoetry`, String.raw`python|venv|(?:config|auth)\.toml`),
  place(String.raw`\.config/pypoetry`, String.raw`(?:config|auth)\.toml`),
  place(`(?:${caches})/pdm`, String.raw`hashes|http|http-cache\.db(?:-wal|-shm|-journal)?|wheels|metadata|packages|plugins|use_cache\.json|pip\.whl`),
  place(`(?:${data})/pdm`, String.raw`venvs?|python|plugins|global-project|shells|log|config\.toml`),
  place(`(?:${logs})/pdm`, String.raw`log|pdm-[\w.-]+\.log`),
  place(String.raw`\.config/pdm`, String.raw`config\.toml`),
  place(`(?:${caches})/pipenv`, String.raw`http(?:-v2)?|wheels|selfcheck(?:\.json)?|pipenv-manifests|hash-cache|depcache[\w.-]*\.json`),
  place(`(?:${caches})/hatch`, "publish|shell|licenses|project_name"),
  place(`(?:${data})/hatch`, String.raw`env|pythons|config\.toml`),
  place(`(?:${logs})/hatch`, "log"),
  place(`(?:${configs})/hatch`, String.raw`config\.toml`),
  place(`(?:${caches})/virtualenv|(?:${data})/virtualenv`, "wheel|py_info|unzip|virtualenv\\.ini"),
  place(String.raw`\.config/virtualenv`, String.raw`virtualenv\.ini`),
  // Environments of pipenv's: the project's name and eight letters of a hash.
  place(String.raw`\.local/share/virtualenvs`, String.raw`[\w.-]+-[\w-]{8}(?:-[\w.-]+)?`),
  // Manual pages, which pipx links there.
  place(String.raw`\.local/share/man`, String.raw`man\d`),
  place(String.raw`\.pyenv`, String.raw`versions?|shims|cache|bin|libexec|plugins|completions|pyenv\.d|src|sources|man|test|tests|\.git|\.github|\.\w+(?:\.yml)?|[\w-]+\.(?:md|png|gif|yml)|LICENSE|Makefile|Dockerfile`),
];

/** What a tool itself keeps from others: pipx's notes of a program, answers of an index (CacheControl's `FileCache`). */
const closedByNature = /^(?:pipx_metadata\.json|_http_?|http(?:-v2)?|[0-9a-f]|[0-9a-f]{56}(?:\.body)?)$/;

interface Found {
  readonly directory: string;
  readonly holds: RegExp;
}

function placeOf(file: string, home: string): Found | undefined {
  if (!isInside(file, home)) return undefined;
  const rel = path.relative(home, file);
  for (const { at, holds } of toolPlaces) {
    const found = at.exec(rel)?.[0];
    if (found !== undefined) return { directory: joinRel(home, found), holds };
  }
  return undefined;
}

function guardOf(file: string, { view }: Binding): Guard | undefined {
  const seen = view.look(file);
  return typeof seen === "string" ? undefined : seen.guard;
}

/** A mount shows what is elsewhere too, unless its top is the user's own. */
function isOnTheirMounts(file: string, home: string, binding: Binding): boolean {
  for (let at = file; at !== home && path.dirname(at) !== at; at = path.dirname(at)) {
    const [own, above] = [guardOf(at, binding), guardOf(path.dirname(at), binding)];
    if (own === undefined || above === undefined || (own.mount !== above.mount && own.uid !== binding.account?.uid)) return false;
  }
  return true;
}

/** A directory that holds nothing, or something of the tool's; below it what is called as the tool calls it. */
function isLaidOut(file: string, { directory, holds }: Found, binding: Binding): boolean {
  if (file !== directory) return holds.test(path.relative(directory, file).split("/")[0] ?? "");
  const names = namesIn(file, binding);
  return names.length === 0 || names.some((name) => holds.test(name));
}

export function isInToolPlace(file: string, binding: Binding): boolean {
  const { account, view } = binding;
  const guard = guardOf(file, binding);
  if (account === undefined || guard === undefined || (guard.type !== "dir" && guard.type !== "file")) return false;
  // A directory of the user's own holds what is looked at one by one.
  const isTheirs = guard.uid === account.uid && guard.type === "dir";
  if ((guard.uid !== 0 && !isTheirs) || (!isTheirs && !isOpen(guard)) || (guard.type === "file" && guard.nlink > 1)) return false;
  const home = view.resolve(account.home, { last: true });
  const found = placeOf(file, home);
  return found !== undefined && isLaidOut(file, found, binding) && isOnTheirMounts(file, home, binding) && isOnlyTheirs(path.dirname(file), [account.uid], binding);
}

const parentOf = (rel: string): string => (rel.includes("/") ? path.dirname(rel) : "");

/** Nobody but root chose the names in it. */
const isRootsAlone = (guard: Guard | undefined): boolean => guard !== undefined && guard.uid === 0 && (guard.mode & 0o022) === 0;

/** Why an entry of a tool's place is not given for all that: by itself, or since something on the way to it is not. */
export function strayInToolPlace(step: StepOf<"chown">, entries: readonly WalkedEntry[], binding: Binding): (entry: WalkedEntry) => string | undefined {
  const { account, view } = binding;
  const found = account === undefined ? undefined : placeOf(step.root, view.resolve(account.home, { last: true }));
  if (found === undefined) return () => "is in no place of a tool's";
  const guards = new Map(entries.map(({ rel, guard }) => [rel, guard]));
  const holders = new Map<string, string[]>();
  for (const { rel } of entries) if (rel !== "") holders.set(parentOf(rel), [...(holders.get(parentOf(rel)) ?? []), path.basename(rel)]);
  const isNamedByTool = (rel: string): boolean => {
    const [first = ""] = path.relative(found.directory, joinRel(step.root, rel)).split("/");
    return first === "" || found.holds.test(first);
  };
  const isClosedByNature = (rel: string, guard: Guard): boolean =>
    rel !== "" && closedByNature.test(path.basename(rel)) && isRootsAlone(guards.get(parentOf(rel))) && (guard.type !== "dir" || (holders.get(rel) ?? []).every((name) => closedByNature.test(name)));
  const known = new Map<string, string | undefined>();
  const why = (rel: string): string | undefined => {
    if (!known.has(rel)) known.set(rel, judge(rel));
    return known.get(rel);
  };
  const judge = (rel: string): string | undefined => {
    const guard = guards.get(rel);
    const above = rel === "" ? undefined : why(parentOf(rel));
    if (guard === undefined || above !== undefined || guard.uid === step.to.uid) return above;
    if (guard.uid !== 0) return "belongs neither to the user nor to root";
    if (!isNamedByTool(rel)) return "is not called as the tool calls anything there";
    return isOpen(guard) || isClosedByNature(rel, guard) ? undefined : "is closed to the user, so it may be something else";
  };
  return ({ rel }) => why(rel);
}
