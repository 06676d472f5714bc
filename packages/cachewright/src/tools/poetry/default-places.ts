/** Where a poetry keeps things when nobody says otherwise. Sources: poetry 1.2 … 2.5 locations.py. */
import { posix, win32 } from "node:path";
import type { Asked } from "../tool.ts";
import { comparePipVersions } from "../pip/version.ts";
import { appDir } from "../python/app-dir.ts";
import { expandPerson, personOf, type PersonDir, type PersonPlace } from "../python/platformdirs.ts";

export function poetryAtLeast(version: string, least: string): boolean {
  return comparePipVersions(version, least) >= 0;
}

export const poetryApp = { app: "pypoetry", roaming: true };

/** Until 1.4 poetry asked for a platformdirs 2. */
export function poetryPerson(asked: Asked): PersonPlace {
  return { ...(poetryAtLeast(asked.version, "1.5.0") ? {} : { platformdirs: "2.6.2" }), ...personOf(asked) };
}

export function poetryDefaultCache(asked: Asked): PersonDir {
  return appDir(poetryPerson(asked), "cache", poetryApp);
}

/** POETRY_HOME is weaker than every file that says `data-dir`. */
export function poetryDefaultData(asked: Asked): PersonDir {
  const person = poetryPerson(asked);
  const named = asked.machine.env["POETRY_HOME"];
  return named ? { path: expandPerson(person, pythonPath(person.platform, named)), source: { env: "POETRY_HOME" } } : appDir(person, "data", poetryApp);
}

/** `str(Path(text))`: doubled and trailing separators and "." go. */
export function pythonPath(platform: string, text: string): string {
  const parts = text.split(platform === "win32" ? /[/\\]/ : "/").filter((part) => part !== "" && part !== ".");
  const start = text.startsWith("/") ? "/" : "";
  return start + parts.join((platform === "win32" ? win32 : posix).sep) || ".";
}
