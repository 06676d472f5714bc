/** One account's caches, told by a process that became it, to root. */
import { readPasswd, type PasswdEntry } from "../facts/accounts.ts";
import type { FurtherTask } from "../fixes/serve-as-user.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { askUserChild } from "../machine/user-child.ts";
import { cachedTools, loadCache } from "../tools/all-caches.ts";
import { findInstallsOf, loadTool, toolNames } from "../tools/all-tools.ts";
import { takeInventory } from "./inventory.ts";
import { overviewOf, type CacheRow } from "./overview.ts";
import { cachePlaces } from "./places.ts";

/** The code may not be readable any more once root is given up. */
export async function loadCachesTask(): Promise<FurtherTask> {
  await Promise.all([...cachedTools.map(loadCache), ...toolNames.map(loadTool), ...toolNames.map(findInstallsOf), import("smol-toml"), import("yaml")]);
  return async (machine) => {
    const places = await cachePlaces(machine);
    return overviewOf(machine, places, { inventories: await takeInventory(machine, places, { remember: false }) });
  };
}

export interface UserCaches {
  readonly user: string;
  readonly rows: readonly CacheRow[];
  /** Why nothing is known of this account. */
  readonly failed?: string;
}

/** Accounts with a home: root's own, and people's. */
function accountsWithHome(machine: Machine): PasswdEntry[] {
  const isPerson = ({ uid, shell }: PasswdEntry): boolean => uid === 0 || (uid >= 1000 && uid < 65_534) || (uid < 65_534 && !/(?:nologin|false|sync)$/.test(shell));
  const known = new Set<number>();
  return readPasswd(machine).filter((entry) => {
    const home = machine.lstat(entry.home);
    if (!isPerson(entry) || known.has(entry.uid) || !home.ok || home.value.type !== "dir" || home.value.uid !== entry.uid) return false;
    known.add(entry.uid);
    return true;
  });
}

/** Each account's by a process of its own: root reads nobody's home. */
export function cachesOfAll(machine: Machine, onUser: (name: string) => void = () => undefined): UserCaches[] {
  if (machine.identity.euid !== 0) throw new AppError("E_PRIVILEGE", "only root can look at the caches of all accounts", { hint: "as root: cachewright cache ls --all-users" });
  return accountsWithHome(machine).map((account): UserCaches => {
    onUser(account.name);
    try {
      return { user: account.name, rows: rowsOf(askUserChild(account, { task: "caches" })) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { user: account.name, rows: [], failed: error.message };
    }
  });
}

/** The answer is a user's word: it is shown, and must have the form of one. */
function rowsOf(answer: unknown): CacheRow[] {
  const isRow = (row: unknown): row is CacheRow => {
    const { place, held } = (row ?? {}) as Partial<CacheRow>;
    const isPlace = typeof place === "object" && [place.tool, place.name, place.path, place.root, place.state].every((text) => typeof text === "string");
    return isPlace && (held === undefined || [held.bytes, held.reclaimable, held.entries, held.files, held.leftovers, held.unread].every((amount) => Number.isFinite(amount)));
  };
  if (!Array.isArray(answer) || !answer.every(isRow)) throw new AppError("E_STEP", "its process gave no answer that could be understood");
  return answer;
}
