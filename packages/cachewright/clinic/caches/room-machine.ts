/** This process's eyes in a room: paths are the room's. */
import type { Answer, Machine } from "../../src/machine/machine.ts";
import { nodeMachine } from "../../src/machine/node-machine.ts";
import type { Room } from "../room.ts";

export function machineIn(room: Room): Machine {
  const own = nodeMachine();
  const at = <Rest extends unknown[], T>(look: (path: string, ...rest: Rest) => T) => (path: string, ...rest: Rest): T => look(room.seen(path), ...rest);
  return {
    ...own, lstat: at(own.lstat), stat: at(own.stat), list: at(own.list), readlink: at(own.readlink), access: at(own.access), readFile: at(own.readFile),
    readEnd: at(own.readEnd), readPart: at(own.readPart), digest: at(own.digest), space: at(own.space),
    // Links would be followed outside.
    realpath: (): Answer<string> => ({ ok: false, errno: "ENOTSUP" }),
  };
}
