import type { Machine } from "./machine.ts";
import { beginLook, isLook } from "./one-look.ts";
import { steppingRealpath } from "./stepping-realpath.ts";

/** The machine, each thing looked at once: many installs read the same files. For one look only; nothing is noticed that changes meanwhile. */
export function remembering(machine: Machine): Machine {
  if (isLook(machine)) return machine;
  const once = <A extends string | number | undefined, T>(look: (path: string, more?: A) => T): ((path: string, more?: A) => T) => {
    const seen = new Map<string, T>();
    return (path, more) => {
      const id = more === undefined ? path : `${path}\0${more}`;
      const known = seen.get(id);
      if (known !== undefined) return known;
      const answer = look(path, more);
      seen.set(id, answer);
      return answer;
    };
  };
  const access = once<"read" | "write" | "search", string>((path, want) => machine.access(path, want ?? "read"));
  let account: ReturnType<Machine["account"]> | undefined;
  const lstat = once((path) => machine.lstat(path));
  return beginLook({
    ...machine,
    lstat, stat: once((path) => machine.stat(path)), list: once((path) => machine.list(path)),
    realpath: steppingRealpath(machine, lstat), readlink: once((path) => machine.readlink(path)),
    readFile: once<number, ReturnType<Machine["readFile"]>>((path, limit) => machine.readFile(path, limit)),
    access: (path, want) => access(path, want),
    account: () => account ??= machine.account(),
  });
}
