/**
 * A cache taken to another place, with the settings that name it. The contents are brought to a private directory beside
 * the new place first: that changes nothing anybody uses, and a kill leaves what the same command goes on with. Then one
 * plan puts it in its place, changes the settings and sets the old place aside.
 */
import { basename, dirname, join, relative, resolve } from "node:path";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { settingSteps, type SettingChange } from "../fixes/change-setting.ts";
import { keysNamed } from "../settings/key-names.ts";
import { questionsFor, type Question } from "../settings/questions.ts";
import { fileEdits } from "../settings/targets.ts";
import { keyChanges } from "../settings/wish.ts";
import type { Step } from "../fixes/step.ts";
import { refuseOthers, refuseUnsafeRoot } from "./safe-root.ts";
import type { Inventory } from "./inventory.ts";
import type { CachePlace } from "./place.ts";

export interface MoveWish {
  readonly inventory: Inventory;
  /** As typed. */
  readonly dest: string;
}

export interface PreparedMove {
  readonly inventory: Inventory;
  readonly dest: string;
  /** Where it is brought first. */
  readonly partial: string;
  /** Files only get second names: one file system. */
  readonly isSameDevice: boolean;
  /** Missing directories above `dest`, the uppermost first. */
  readonly parents: readonly string[];
  readonly change: SettingChange;
  /** What is to be known before. */
  readonly notes: readonly string[];
}

/** Refuses whatever can be known before a byte is copied. Changes nothing. */
export async function prepareMove(machine: Machine, { inventory, dest: typed }: MoveWish): Promise<PreparedMove> {
  const { place } = inventory;
  refuseUnsafeRoot(machine, place);
  mustComeAside(machine, place.root);
  const dest = resolve(machine.cwd, typed);
  const { parents, above } = newPlace(machine, dest, place.root);
  if (machine.identity.euid === 0) refuseOthers(machine, above);
  refuseUnread(inventory);
  const questions = await questionsFor(machine, place.tool, { as: [], evenAbsent: true });
  refuseMoreThanCache(machine, questions, inventory);
  const isSameDevice = deviceOf(machine, above) === deviceOf(machine, place.root);
  if (!isSameDevice) mustFit(machine, above, inventory);
  return {
    inventory, dest, parents, isSameDevice, partial: join(parents[0] === undefined ? dirname(dest) : above, `${basename(parents[0] ?? dest)}.cachewright-moving`),
    change: await changeFor(machine, questions, { inventory, dest }), notes: [...notesOn(inventory, isSameDevice), ...aclNotes(machine, place)],
  };
}

/** The old place is set aside beside itself: that has to be known before anything is copied. */
function mustComeAside(machine: Machine, root: string): void {
  const beside = dirname(root);
  if (deviceOf(machine, beside) !== deviceOf(machine, root)) throw new AppError("E_REFUSED", `${root} is a mount point: it cannot be set aside, nor moved`, { hint: "mount it elsewhere; or empty it (cachewright cache clear), and name the new place (cachewright config set)" });
  const answer = machine.access(beside, "write");
  if (answer !== "ok") throw new AppError("E_REFUSED", `${root} cannot be set aside: you may not write in ${beside} (${answer})`);
}

/** Whoever may rename what lies in `above` could put another cache in the place of this one at any time. */
function refuseOpen(machine: Machine, above: string, refuse: (why: string) => never): void {
  const stat = machine.stat(above);
  if (stat.ok && (stat.value.mode & 0o002) !== 0 && (stat.value.mode & 0o1000) === 0) refuse(`would be everybody's to replace: anybody may rename what is in ${above}`);
}

function newPlace(machine: Machine, dest: string, root: string): { parents: string[]; above: string } {
  const refuse = (why: string): never => {
    throw new AppError("E_REFUSED", `${dest} ${why}`);
  };
  if (dest === root || dest.startsWith(`${root}/`)) refuse("lies in the cache itself");
  if (root.startsWith(`${dest}/`)) refuse("holds the cache");
  const there = machine.lstat(dest);
  const names = there.ok && there.value.type === "dir" ? machine.list(dest) : undefined;
  if (there.ok && (names === undefined || !names.ok || names.value.length > 0)) refuse("is there already, and not empty");
  if (there.ok) refuse("is there already: name a directory that is not, or remove it (rmdir)");
  const parents: string[] = [];
  let above = dirname(dest);
  while (!machine.stat(above).ok && dirname(above) !== above) {
    parents.unshift(above);
    above = dirname(above);
  }
  const stat = machine.stat(above);
  if (!stat.ok || stat.value.type !== "dir") refuse(`cannot be made: ${above} is no directory`);
  refuseOpen(machine, above, refuse);
  const answer = machine.access(above, "write");
  if (answer !== "ok") refuse(`cannot be made: you may not write in ${above} (${answer})`);
  // A link above it may lead into the cache.
  const real = machine.realpath(above);
  if (real.ok && (real.value === root || real.value.startsWith(`${root}/`))) refuse("lies in the cache itself");
  return { parents, above };
}

/** What cannot be read cannot be taken along, and must not be deleted with the old place. */
function refuseUnread({ unread, place }: Inventory): void {
  const [first] = unread;
  if (first !== undefined) throw new AppError("E_REFUSED", `${first.path} cannot be read (${first.errno}), and would not be taken along from ${place.root}`, { hint: "cachewright doctor says what is wrong with it" });
}

function deviceOf(machine: Machine, path: string): string | undefined {
  const stat = machine.stat(path);
  return stat.ok ? stat.value.dev : undefined;
}

/** Environments, Pythons and other things a tool keeps below its cache know where they are. */
function refuseMoreThanCache(machine: Machine, questions: readonly Question[], { place }: Inventory): void {
  const stray = questions.flatMap(({ tool, asked }) => tool.locate(asked)).find(({ kind, path }) => kind !== "cache" && kind !== "temp" && path.startsWith(`${place.path}/`) && machine.lstat(path).ok);
  if (stray === undefined) return;
  throw new AppError("E_REFUSED", `${place.tool} keeps ${stray.name} in ${stray.path}, below its cache: these would not work in another place`, {
    hint: stray.key === undefined ? "they have to go first" : `first give them a place of their own: cachewright config set ${stray.key} PATH --tool ${place.tool}, and make them anew there`,
  });
}

function mustFit(machine: Machine, above: string, { total, place }: Inventory): void {
  const space = machine.space(above);
  if (!space.ok) return;
  if (space.value.available < total.bytes * 1.02) {
    throw new AppError("E_REFUSED", `${place.root} takes ${total.bytes} bytes, and ${above} has room for ${space.value.available}`, { hint: "make the cache smaller first (cachewright cache prune), or choose another place" });
  }
  if (space.value.inodesTotal > 0 && space.value.inodesFree < total.files + total.directories) throw new AppError("E_REFUSED", `${above} has ${space.value.inodesFree} inodes left, and the cache needs ${total.files + total.directories}`);
}

/** Every installed version that uses the old place gets the new one. */
async function changeFor(machine: Machine, questions: readonly Question[], { inventory: { place, cache }, dest }: { readonly inventory: Inventory; readonly dest: string }): Promise<SettingChange> {
  const [first] = questions;
  if (first === undefined) throw new Error("a tool that is not installed is answered for, too");
  const { tool } = first;
  const name = ["cache-dir", "pkgs-dirs"].find((one) => keysNamed(tool, one).length > 0);
  if (name === undefined) throw new AppError("E_REFUSED", `${tool.name} has no setting that names its cache`);
  if (typeof place.source === "object" && "env" in place.source && !place.source.env.startsWith("XDG_")) {
    throw new AppError("E_REFUSED", `the variable ${place.source.env} says where the cache is, and it wins over every file`, { hint: `where it is set is for you to know; without it: unset ${place.source.env}` });
  }
  const values = name === "cache-dir" ? [dest] : listWith(first, { old: place.path, dest });
  const changes = keyChanges({ tool, verb: "set", name, values, cwd: machine.cwd, isFirst: false }, keysNamed(tool, name));
  const change = await settingSteps(machine, { questions, edits: fileEdits(first, changes, undefined), why: `the cache of ${tool.name} moves to ${dest}` });
  const names = cache.roots(tool.locate({ ...first.asked, machine: change.changed })).map(({ path }) => path);
  if (!names.includes(dest)) {
    const beaten = change.verdicts.find(({ status }) => status === "beaten");
    throw new AppError("E_REFUSED", beaten === undefined ? `${name} of ${tool.name} names another directory than ${place.path}: its cache would be in ${names.join(", ")}` : `${name} of ${tool.name} would not be in force: something stronger says otherwise`, { hint: `cachewright config show ${tool.name}` });
  }
  return change;
}

function listWith({ tool, asked }: Question, { old, dest }: { readonly old: string; readonly dest: string }): string[] {
  const now = tool.settings(asked).find(({ key }) => key === "pkgs_dirs")?.effective;
  const list = Array.isArray(now) ? (now as readonly string[]) : [];
  return list.includes(old) ? list.map((one) => (one === old ? dest : one)) : [dest, ...list];
}

/** Tools that link what they install, and what they say when they cannot. */
const linking: Readonly<Partial<Record<string, string>>> = {
  uv: "uv warns of that until its link-mode is copy: cachewright config set link-mode copy --tool uv", conda: "", mamba: "", micromamba: "", pixi: "",
};

/** What changes for environments. */
function notesOn({ entries, place }: Inventory, isSameDevice: boolean): string[] {
  const soft = entries.flatMap(({ uses = [] }) => uses.filter(({ how }) => how === "soft-link").map(({ environment }) => environment));
  if (soft.length > 0) {
    throw new AppError("E_REFUSED", `${[...new Set(soft)].join(", ")} ${soft.length === 1 ? "links" : "link"} into ${place.root}: moved away, it would break`, { hint: "make such environments anew with copies or hard links first" });
  }
  const hard = new Set(entries.flatMap(({ uses = [] }) => uses.filter(({ how }) => how === "hard-link").map(({ environment }) => environment)));
  const links = linking[place.tool];
  if (isSameDevice || (hard.size === 0 && links === undefined)) return [];
  const known = hard.size === 0 ? "" : `${[...hard].sort().join(", ")}: linked with the old place now, and untouched by this. `;
  return [`${known}What ${place.tool} installs from now on is copied where environments lie on another file system than the cache: a hard link does not reach there. ${links ?? ""}`.trimEnd()];
}

/** Directories are made anew in the new place, with their modes; `cache share` writes its lists on all of them, so the uppermost tell. */
function aclNotes(machine: Machine, { root, tool }: CachePlace): string[] {
  const names = machine.list(root);
  const directories = names.ok ? names.value.filter(({ type }) => type === "dir").slice(0, 50).map(({ name }) => `${root}/${name}`) : [];
  const ran = machine.run(["getfacl", "--skip-base", "--absolute-names", "--", root, ...directories]);
  if (!ran.ok || ran.value.stdout.trim() === "") return [];
  return [`The access control lists of ${root} are not taken along, only modes and groups. For a cache that is shared with a group: cachewright cache share ${tool} --group NAME, once it has moved.`];
}

/**
 * Links that name the cache by its whole path are made to lead to the same place in the new one, as newer uvs write them.
 * `root`: links resolved; `named`: as the settings have it, which a link may say, too.
 */
export function relinked({ root, path: named }: Pick<CachePlace, "root" | "path">): (path: string, target: string) => string {
  return (path, target) => {
    const from = [root, named].find((one) => target === one || target.startsWith(`${one}/`));
    return from === undefined ? target : relative(dirname(path), `${root}${target.slice(from.length)}`);
  };
}

/** The new place from what was brought beside it, the settings, the old place aside. */
export function moveSteps({ inventory: { place }, dest, partial, parents, change }: PreparedMove, stamp: string): Step[] {
  const why = `asked for: cache move ${place.tool} ${dest}`;
  return [
    ...parents.map((path): Step => ({ kind: "make-dir", why, actor: "user", path, mode: 0o755 })),
    { kind: "rename", why, actor: "user", from: partial, to: dest, aside: false },
    ...change.steps,
    { kind: "rename", why: "the old place, until the new one has proven itself", actor: "user", from: place.root, to: `${place.root}.cachewright-${stamp}`, aside: true },
  ];
}
