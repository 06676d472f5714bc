import type { Looker } from "../../machine/machine.ts";
import type { EffectiveSetting } from "../tool.ts";
import type { CondaPlace } from "./home.ts";
import type { CondarcRead } from "./matches.ts";
import { isCondaRootWritable } from "./root.ts";
import { condaSettings } from "./settings.ts";

/** The settings that these files make, with the one question about the machine that is left: is root writable? */
export function condaSettingsHere(looker: Pick<Looker, "stat" | "access">, place: CondaPlace, files: readonly CondarcRead[]): EffectiveSetting[] {
  const first = condaSettings({ place, files, rootWritable: false });
  // Which root it is stands in the settings themselves; whether it is writable decides about the order of envs_dirs.
  const root = first.find(({ key }) => key === "root_prefix")?.effective ?? place.prefix;
  return isCondaRootWritable(looker, typeof root === "string" ? root : null) ? condaSettings({ place, files, rootWritable: true }) : first;
}
