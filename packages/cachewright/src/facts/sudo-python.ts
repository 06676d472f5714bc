import { join } from "node:path";
import { behindShim } from "../tools/python/pyenv.ts";
import type { PasswdEntry } from "./accounts.ts";
import type { Facts, InstallFact, UserFact } from "./facts.ts";
import { look, type Looks } from "./looks.ts";

/**
 * The Python that the account behind sudo would use here without it: the project's own environment, or what pyenv
 * selects in that account's home. Variables of the account are gone; what only they would say is not guessed.
 */
export function sudoPython(looks: Looks, who: { user: UserFact; passwd: readonly PasswdEntry[]; installs: readonly InstallFact[] }): Facts["sudoPython"] {
  const { sudo } = who.user;
  if (sudo === undefined || who.user.euid !== 0 || sudo.uid === 0) return undefined;
  const venv = who.installs.find((install) => install.found.includes("project venv") && look(looks, install.prefix).uid === sudo.uid);
  if (venv !== undefined) return { python: venv.python, prefix: venv.prefix, by: "project venv" };
  const home = who.passwd.find((entry) => entry.uid === sudo.uid)?.home;
  if (home === undefined) return undefined;
  const root = join(home, ".pyenv");
  const shim = ["pip", "python3"].map((name) => join(root, "shims", name)).find((path) => look(looks, path).state === "present");
  const python = shim && behindShim(looks.machine, root, shim);
  return python === undefined ? undefined : { python, prefix: join(python, "../.."), by: "pyenv" };
}
