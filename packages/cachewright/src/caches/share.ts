/**
 * A cache opened to a group: everything belongs to the group, new entries keep it (setgid) and are open to it whatever
 * the umask (a default list, where there is a program for it), and nobody else may write. Never 777.
 */
import { dirname } from "node:path";
import { membersOf, readPasswd } from "../facts/accounts.ts";
import type { Step } from "../fixes/step.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { refuseUnsafeRoot } from "./safe-root.ts";
import type { Inventory } from "./inventory.ts";

/** "write": every member adds to it. "read": one account fills it, and each member has a cache of their own before it. */
export type ShareWay = "write" | "read";

const ways: Readonly<Partial<Record<string, ShareWay>>> = {
  pip: "write", uv: "write",
  // conda hard-links out of a cache that it may only read, and takes the first that it may write for what is new (core/package_cache_data.py).
  conda: "read", mamba: "read", micromamba: "read",
};

export interface Group {
  readonly name: string;
  readonly gid: number;
  /** Accounts that the system's own files put in it; root left out. */
  readonly members: readonly string[];
}

export interface PreparedShare {
  readonly inventory: Inventory;
  readonly group: Group;
  readonly way: ShareWay;
  /** Without one the members' umask has to be 002. */
  readonly hasDefaultLists: boolean;
  readonly steps: readonly Step[];
}

/** Refuses what could not work. Changes nothing. */
export function prepareShare(machine: Machine, inventory: Inventory, name: string): PreparedShare {
  const { place } = inventory;
  const way = ways[place.tool];
  if (way === undefined) throw new AppError("E_REFUSED", `whether ${place.tool} bears that several accounts use one cache nobody has tried`, { hint: `these do: ${Object.keys(ways).join(", ")}` });
  refuseUnsafeRoot(machine, place);
  if (place.uid !== machine.identity.euid) throw new AppError("E_PRIVILEGE", `${place.root} belongs to uid ${place.uid}: its owner can share it`);
  const group = groupNamed(machine, name);
  mustReach(machine, place.root, group);
  const hasDefaultLists = way === "write" && machine.run(["setfacl", "--version"]).ok;
  return { inventory, group, way, hasDefaultLists, steps: shareSteps(inventory, { group, way, hasDefaultLists }) };
}

function groupNamed(machine: Machine, name: string): Group {
  const file = machine.readFile("/etc/group", 8 << 20);
  const line = file.ok ? file.value.toString("utf8").split("\n").map((one) => one.split(":")).find(([own]) => own === name) : undefined;
  const gid = Number(line?.[2] ?? Number.NaN);
  if (!Number.isInteger(gid)) throw new AppError("E_USAGE", `there is no group ${name} in /etc/group`, { hint: `make it, as root: groupadd ${name} && usermod -aG ${name} NAME` });
  const { euid, groups } = machine.identity;
  if (euid !== 0 && !groups.includes(gid)) throw new AppError("E_PRIVILEGE", `you are not in the group ${name}: only its members, and root, can give something to it`, { hint: "after usermod -aG a new login is needed" });
  const members = membersOf(machine, gid, readPasswd(machine)).filter(({ uid }) => uid !== 0).map((one) => one.name);
  return { name, gid, members };
}

/** The group must get there: a cache in a closed home cannot be shared where it is. */
function mustReach(machine: Machine, root: string, { gid, name }: Group): void {
  for (let at = dirname(root); ; at = dirname(at)) {
    const stat = machine.lstat(at);
    const isOpen = stat.ok && ((stat.value.mode & (stat.value.gid === gid ? 0o010 : 0o001)) !== 0);
    if (!isOpen) throw new AppError("E_REFUSED", `the group ${name} cannot get to ${root}: ${at} lets others not pass`, { hint: "a cache for several accounts belongs outside of a home: cachewright cache move TOOL /srv/cache/TOOL, then share it there" });
    if (at === dirname(at)) return;
  }
}

function shareSteps({ place: { root, tool }, foreign, entries, marks }: Inventory, { group, way, hasDefaultLists }: Pick<PreparedShare, "group" | "way" | "hasDefaultLists">): Step[] {
  const top = (path: string): string => path.slice(root.length + 1).split("/")[0] ?? "";
  const own = [...new Set([...entries.flatMap(({ paths }) => paths), ...marks].map(top))].sort();
  const tree = { actor: "user" as const, root, within: root, select: "tree" as const, ...(foreign.length > 0 && { only: own }) };
  const chgrp: Step = { kind: "chgrp", why: `everything belongs to the group ${group.name}`, ...tree, gid: group.gid };
  if (way === "read") return [chgrp, { kind: "chmod", why: "the group may read and link it; nobody but its owner writes", ...tree, dirs: { add: 0o2050, remove: 0o022 }, files: { add: 0o040, remove: 0o022 } }];
  // Files in uv's archives are linked into environments and only read; those that every start opens are written by all.
  const files = tool === "uv" ? { add: 0o040, remove: 0o002 } : { add: 0o060, remove: 0o002 };
  const opened = own.filter((name) => /^(?:sdists|built-wheels)-v|^\.lock$/.test(name));
  return [
    chgrp,
    { kind: "chmod", why: "the group may write, new entries keep the group, and nobody else may write", ...tree, dirs: { add: 0o2070, remove: 0o002 }, files },
    ...(tool === "uv" && opened.length > 0 ? [{ kind: "chmod" as const, why: "every member may open what uv opens each time it starts", ...tree, only: opened, dirs: { add: 0, remove: 0 }, files: { add: 0o060, remove: 0 } }] : []),
    ...(hasDefaultLists ? [{ kind: "default-acl" as const, why: "what is made from now on is open to the group whatever the umask", ...tree }] : []),
  ];
}
