import type { Facts, PathFact } from "../../facts/facts.ts";
import { visiblePath } from "./visible.ts";

const letters: Readonly<Record<string, string>> = { file: "-", dir: "d", link: "l", fifo: "p", socket: "s", device: "c" };

/** `drwxr-xr-x root root /home/me/.cache/pip`: what `ls -ld` prints, without the rest. */
export function lsLine(path: PathFact, accounts: Facts["accounts"]): string {
  const name = visiblePath(path.path);
  if (path.state === "absent") return `${name} (not there)`;
  if (path.state === "denied" || path.mode === undefined) return `${name} (cannot be looked at${path.errno === undefined ? "" : `: ${path.errno}`})`;
  const owner = accounts.users[String(path.uid)] ?? String(path.uid);
  const group = accounts.groups[String(path.gid)] ?? String(path.gid);
  const acl = path.acl === undefined ? "" : "+";
  const target = path.linkTo === undefined ? "" : ` -> ${visiblePath(path.linkTo)}`;
  return `${letters[path.type ?? "file"] ?? "?"}${modeLetters(path.mode)}${acl} ${owner} ${group} ${name}${target}`;
}

export function modeLetters(mode: number): string {
  const triple = (bits: number, special: boolean, letter: string): string =>
    `${bits & 4 ? "r" : "-"}${bits & 2 ? "w" : "-"}${special ? (bits & 1 ? letter : letter.toUpperCase()) : bits & 1 ? "x" : "-"}`;
  return triple(mode >> 6, (mode & 0o4000) !== 0, "s") + triple(mode >> 3, (mode & 0o2000) !== 0, "s") + triple(mode, (mode & 0o1000) !== 0, "t");
}
