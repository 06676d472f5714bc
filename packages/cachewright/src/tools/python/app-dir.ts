import { expandPerson, personDir, type PersonDir, type PersonDirKind, type PersonPlace } from "./platformdirs.ts";

export interface AppDir {
  readonly app: string;
  /** Windows keeps it in the profile that follows a person from machine to machine (%APPDATA%). Caches never do. */
  readonly roaming?: boolean;
}

/** `user_data_dir(app, appauthor=False, roaming=…)`: as `personDir`, but on Windows without a directory for the author. */
export function appDir(place: PersonPlace, kind: PersonDirKind, { app, roaming = false }: AppDir): PersonDir {
  if (place.platform !== "win32") return personDir(place, kind, { app });
  const isRoaming = roaming && (kind === "data" || kind === "config");
  const base = isRoaming ? place.env["APPDATA"] || expandPerson(place, "~\\AppData\\Roaming") : place.env["LOCALAPPDATA"] || expandPerson(place, "~\\AppData\\Local");
  const end = { data: "", config: "", cache: "\\Cache", log: "\\Logs" }[kind];
  return { path: `${base}\\${app}${end}`, source: "default" };
}
