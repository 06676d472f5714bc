/** The users that a stage makes with useradd and adduser, for the USER that follows. */
import type { Account, Command } from "../source.ts";

const uidOptions = new Set(["-u", "--uid"]);
const homeOptions = new Set(["-d", "--home-dir", "--home", "-h"]);
/** Options with a value, of both programs of shadow, Debian and busybox. */
const others = new Set(["-g", "-G", "-s", "-c", "-k", "-K", "-b", "-e", "-f", "-p", "--gid", "--groups", "--shell", "--comment", "--gecos", "--ingroup", "--base-dir", "--password", "--expiredate", "--inactive", "--conf", "--firstuid", "--lastuid"]);

/** Undefined when the command makes no user whose name is known. */
export function accountMade({ name, args }: Command): Account | undefined {
  if (name !== "useradd" && name !== "adduser") return undefined;
  let uid: number | undefined;
  let home: string | undefined;
  const words: (string | undefined)[] = [];
  for (let at = 0; at < args.length; at++) {
    const value = args[at]?.value;
    const [option = "", attached] = value?.startsWith("--") === true ? value.split("=", 2) : [value ?? "", undefined];
    const next = (): string | undefined => attached ?? args[++at]?.value;
    if (uidOptions.has(option) || /^-[a-zA-Z]*u$/.test(option)) uid = numberOf(next());
    else if (homeOptions.has(option) || (name === "useradd" && /^-[a-zA-Z]*d$/.test(option))) home = next() ?? "";
    else if (others.has(option) || (/^-[a-zA-Z]+$/.test(option) && others.has(`-${option.at(-1) ?? ""}`))) next();
    else if (!option.startsWith("-")) words.push(value);
  }
  const user = words[0];
  if (user === undefined || user === "") return undefined;
  // With a home of their own for system users Debian's versions differ.
  const usual = args.some(({ value }) => value === "--system" || value === "-S" || (value ?? "").startsWith("--no-create-home")) ? undefined : `/home/${user}`;
  return { user, uid, home: home === undefined ? usual : home === "" ? undefined : home };
}

function numberOf(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}
