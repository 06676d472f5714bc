/** An account that root acts for, with a home of its own, and what root would do there. */
import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AppError } from "../../src/machine/app-error.ts";
import { makePlan } from "../../src/fixes/plan.ts";
import type { Step } from "../../src/fixes/step.ts";

export const uid = 12345;
/** A group the account is in. */
export const devs = 23456;

/** Where nobody but root can change anything from "/" on, as above real homes; a temporary directory is everybody's. */
export const rootsPlace = "/var/lib";

export interface Somebody {
  readonly home: string;
  /** Root's, as `sudo pip` and administrators leave it; a name that ends in "/" is a directory. */
  roots(name: string, mode?: number, text?: string): string;
  /** Directories of the account's. */
  users(...names: string[]): void;
  give(root: string, select?: "top" | "tree", to?: number): Step;
  planned(...steps: Step[]): { given: string[]; refused: string[] } | string | undefined;
  remove(): void;
}

export function makeSomebody(base: string): Somebody {
  const home = join(realpathSync(mkdtempSync(join(base, "cachewright-for-"))), "home");
  chmodSync(dirname(home), 0o755);
  mkdirSync(home, { mode: 0o755 });
  if (process.getuid?.() === 0) chownSync(home, uid, uid);
  const make = (name: string): string => {
    const path = join(home, name);
    const directory = name.endsWith("/") ? path : dirname(path);
    mkdirSync(directory, { recursive: true, mode: 0o755 });
    return path;
  };
  return {
    home,
    roots(name, mode = 0o644, text = "x") {
      const path = make(name);
      if (!name.endsWith("/")) writeFileSync(path, text);
      chmodSync(path, name.endsWith("/") ? mode | 0o111 : mode);
      return name.endsWith("/") ? path.slice(0, -1) : path;
    },
    users(...names) {
      for (const name of names) chownSync(make(`${name}/`), uid, uid);
    },
    give: (root, select = "tree", to = uid) => ({ kind: "chown", why: "because", actor: "root", root, within: root, select, to: { uid: to, gid: to } }),
    planned(...steps) {
      try {
        const plan = makePlan({ cures: [{ problem: "p", subject: "s", remedy: { id: "r", steps } }], user: { uid, name: "ada" }, account: { uid, gid: uid, home, groups: [uid, devs] } });
        const bound = plan.steps;
        return { given: bound.flatMap(({ entries }) => entries.map(({ rel }) => rel)), refused: bound.flatMap(({ refused }) => refused.map(({ path }) => path.slice(home.length + 1))) };
      } catch (error) {
        return (error as AppError).code;
      }
    },
    remove: () => rmSync(dirname(home), { recursive: true }),
  };
}
