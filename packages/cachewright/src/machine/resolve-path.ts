import * as fs from "node:fs";
import * as path from "node:path";
import { AppError } from "./app-error.ts";
import { pathFromBytes, pathToBytes } from "./path-bytes.ts";
import { ownUid } from "./proc.ts";

const mostLinks = 40;

/** Root follows nobody's links but its own and those of the user it acts as: anybody else could lead it anywhere. */
function refuseForeignLink(link: string, uid: number, trusts: number): void {
  if (ownUid() === 0 && uid !== 0 && uid !== trusts) {
    throw new AppError("E_REFUSED", `${link} is a symbolic link that belongs to uid ${uid}; root does not follow it`, {
      hint: "run it as that user, without sudo",
    });
  }
}

/** undefined where nothing is, or nothing may be seen: acting there will say why. */
function linkOrNot(file: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(pathToBytes(file), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

export interface ResolveOptions {
  /** The last component is resolved too (default: only what leads to it). */
  readonly last?: boolean;
  /** As root: whose links are followed besides root's. Only where the acting is done with that user's rights. */
  readonly trusts?: number;
  /** True for a path that will be another object by then: from there on names are taken as they are. */
  readonly stopAt?: (path: string) => boolean;
}

/** The same place without symbolic links on the way. What does not exist is kept as it is written. */
export function resolvePath(file: string, { last = false, trusts = 0, stopAt = () => false }: ResolveOptions = {}): string {
  if (!path.isAbsolute(file)) throw new AppError("E_REFUSED", `${file} is not an absolute path`);
  const root = path.parse(path.resolve(file)).root;
  let waiting = path.resolve(file).slice(root.length).split(path.sep).filter((name) => name !== "");
  let at = root;
  for (let links = 0; waiting.length > 0;) {
    const [name = "", ...rest] = waiting;
    const next = path.join(at, name);
    if (stopAt(next) || (rest.length === 0 && !last)) return path.join(next, ...rest);
    const stat = linkOrNot(next);
    if (stat === undefined) return path.join(next, ...rest);
    waiting = rest;
    if (!stat.isSymbolicLink()) {
      at = next;
      continue;
    }
    refuseForeignLink(next, stat.uid, trusts);
    links += 1;
    if (links > mostLinks) throw new AppError("E_REFUSED", `${file} leads through too many symbolic links`);
    const target = path.resolve(at, pathFromBytes(fs.readlinkSync(pathToBytes(next), "buffer")));
    waiting = [...target.slice(root.length).split(path.sep).filter((part) => part !== ""), ...rest];
    at = root;
  }
  return at;
}
