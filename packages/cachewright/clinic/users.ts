/** Throw-away users of a room. The accounts live in the room's own /etc and /home and vanish with it. */
import { randomInt } from "node:crypto";
import type { Output, Room, RunOptions } from "./room.ts";

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** Uids above those of people and below 65534, so that a user of a room shares no processes with a real one. */
const UIDS = [61_000, 64_500] as const;

export async function addUser(room: Room, options: { readonly home: "make" | "none" } = { home: "make" }): Promise<Account> {
  const uid = randomInt(...UIDS);
  const name = `cw${String(randomInt(10_000)).padStart(4, "0")}`;
  await room.must(`useradd --user-group --uid ${uid} --shell /bin/sh ${options.home === "make" ? "--create-home" : "--no-create-home"} ${name}`);
  const gid = Number((await room.must(`id -g ${name}`)).trim());
  return { name, uid, gid, home: `/home/${name}` };
}

/** What a login shell would have, and nothing of the environment the tests run in. */
export function loginEnv(account: Account): Record<string, string> {
  return {
    HOME: account.home, USER: account.name, LOGNAME: account.name, SHELL: "/bin/sh",
    PATH: "/usr/local/bin:/usr/bin:/bin", LANG: "C.UTF-8",
  };
}

export function runAs(room: Room, account: Account, argv: readonly string[], options: RunOptions = {}): Promise<Output> {
  const become = ["setpriv", `--reuid=${account.uid}`, `--regid=${account.gid}`, "--init-groups"];
  // The directory is entered as the user; an account without a home starts in /, as login does.
  const inner = 'cd "$1" 2>/dev/null || cd /; shift; exec "$@"';
  const command = [...become, "sh", "-c", inner, "sh", options.cwd ?? account.home, ...argv];
  return room.run(command, { ...options, cwd: "/", env: { ...loginEnv(account), ...options.env } });
}

/** A sudoers file of the room: the user may do everything, and `keepHome` is what `sudo -E` or an old sudo does. */
export async function allowSudo(room: Room, account: Account, options: { readonly keepHome: boolean }): Promise<void> {
  const lines = [`${account.name} ALL=(ALL) NOPASSWD: ALL`, `Defaults:${account.name} !use_pty, !lecture`];
  if (options.keepHome) lines.push(`Defaults:${account.name} env_keep += "HOME"`);
  await room.must(`printf '%s\\n' '${lines.join("' '")}' > /etc/sudoers.d/clinic && chmod 440 /etc/sudoers.d/clinic`);
}
