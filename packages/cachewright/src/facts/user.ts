import type { Machine } from "../machine/machine.ts";
import type { PasswdEntry } from "./accounts.ts";
import type { Fact, UserFact } from "./facts.ts";

const passwdFile = { path: "/etc/passwd" };

function homeFacts(machine: Machine, entry: PasswdEntry | undefined): Pick<UserFact, "name" | "homeEnv" | "homeAccount" | "home"> {
  const { HOME } = machine.env;
  const absent = (from: UserFact["home"]["from"]): Fact<string> => ({ ok: false, reason: "absent", from });
  const homeEnv: Fact<string> = HOME === undefined ? absent({ env: "HOME" }) : { ok: true, value: HOME, from: { env: "HOME" } };
  let name: Fact<string> = absent(passwdFile);
  let homeAccount: Fact<string> = absent(passwdFile);
  if (entry !== undefined) {
    name = { ok: true, value: entry.name, from: passwdFile };
    homeAccount = { ok: true, value: entry.home, from: passwdFile };
  } else {
    const account = machine.account();
    const from = { call: "getpwuid" };
    if (account.ok) {
      name = { ok: true, value: account.value.name, from };
      homeAccount = { ok: true, value: account.value.home, from };
    }
  }
  // HOME set but empty counts as unset for pip from 26.3; what older ones make of it is in tools/pip/locations.
  const home = homeEnv.ok && homeEnv.value !== "" ? homeEnv : homeAccount;
  return { name, homeEnv, homeAccount, home };
}

function capabilities(machine: Machine): Fact<string> {
  const from = { path: "/proc/self/status" };
  const status = machine.platform === "linux" ? machine.readFile(from.path) : undefined;
  const mask = status?.ok ? /^CapEff:\s*([0-9a-f]+)/m.exec(status.value.toString("latin1"))?.[1] : undefined;
  return mask === undefined ? { ok: false, reason: "absent", from } : { ok: true, value: mask, from };
}

function sudo(machine: Machine): UserFact["sudo"] {
  const { SUDO_UID, SUDO_USER, SUDO_COMMAND } = machine.env;
  if (SUDO_UID === undefined || SUDO_USER === undefined || !/^\d+$/.test(SUDO_UID)) return undefined;
  return { uid: Number(SUDO_UID), user: SUDO_USER, ...(SUDO_COMMAND === undefined ? {} : { command: SUDO_COMMAND.split(" ")[0] ?? "" }) };
}

export function userFacts(machine: Machine, passwd: readonly PasswdEntry[], environment: UserFact["environment"]): UserFact {
  const { uid, euid, gid, groups } = machine.identity;
  const became = sudo(machine);
  return {
    uid, euid, gid, groups: [...groups],
    ...homeFacts(machine, passwd.find((entry) => entry.uid === euid)),
    umask: machine.umask,
    capabilities: capabilities(machine),
    ...(became === undefined ? {} : { sudo: became }),
    environment,
  };
}
