import { AppError } from "../machine/app-error.ts";
import type { Hands, Target } from "../machine/hands.ts";
import { formatAcl, parseAcl, type AclEntry } from "./acl-text.ts";
import type { Act } from "./act.ts";

/** Directories one call of setfacl or getfacl is given: each is a held descriptor. */
const batch = 64;

function inBatches<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / batch) }, (_, at) => all.slice(at * batch, (at + 1) * batch));
}

/** The default list of each directory, ids as numbers; "" where there is none. */
export function readDefaultAcls(hands: Hands, targets: readonly Target[]): string[] {
  return inBatches(targets).flatMap((some) => {
    const ran = hands.runOnAll(some, ["getfacl", "-dnEp", "--"]);
    // One block for each, in order; the paths in the headers are descriptors' and say nothing.
    const blocks = ran.stdout.split(/^# file: .*$/m).slice(1);
    if (ran.status !== 0 || blocks.length !== some.length) throw new AppError("E_STEP", `getfacl failed on ${some[0]?.path ?? ""}: ${ran.stderr.trim()}`);
    return blocks.map((block) => formatAcl(parseAcl(block).map((entry): AclEntry => ({ ...entry, inherited: true }))));
  });
}

/** Replaces the default lists; the lists of the directories themselves, and so their modes, stay. */
export function setDefaultAcl(hands: Hands, targets: readonly Target[], entries: string): void {
  const ran = hands.runOnAll(targets, ["setfacl", "-k", ...(entries === "" ? [] : ["-m", entries]), "--"]);
  if (ran.status !== 0) throw new AppError("E_STEP", `setfacl failed on ${targets[0]?.path ?? ""}: ${ran.stderr.trim()}`);
}

/** As few acts as there are different lists and batches. */
export function defaultAclActs(wanted: readonly { readonly target: Target; readonly entries: string }[]): Act[] {
  const byList = new Map<string, Target[]>();
  for (const { target, entries } of wanted) {
    const same = byList.get(entries);
    if (same === undefined) byList.set(entries, [target]);
    else same.push(target);
  }
  return [...byList].flatMap(([entries, targets]) => inBatches(targets).map((some): Act => ({ do: "default-acl", entries, targets: some })));
}
