import { lookCaches, placesOfTools } from "../caches/look-caches.ts";
import { weighHeld } from "../caches/weigh-paths.ts";
import { whyHeld } from "../caches/why.ts";
import { searchEnvironments } from "../facts/environments.ts";
import { AppError } from "../machine/app-error.ts";
import { remembering } from "../machine/remembering.ts";
import { accountHome } from "../settings/questions.ts";
import { isOn, valuesOf, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { usageHint } from "./parse-call.ts";

/** `cache why PROJECT`. Exit code 1: nothing holds it and nothing uses it. */
export async function runCacheWhy(call: Call): Promise<number> {
  const [project] = call.words;
  if (project === undefined) throw new AppError("E_USAGE", "which project?", { hint: usageHint(call.command) });
  const machine = await call.machine();
  const look = remembering(machine);
  const places = await placesOfTools(look);
  const directories = valuesOf(call, "environments");
  const { environments, unread } = searchEnvironments(look, machine.env["HOME"] || accountHome(machine), { places, directories });
  const why = await weighHeld(machine, whyHeld(project, { machine: look, caches: await lookCaches(machine), environments, unread }));
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/cache-files.ts")).whyJson(why));
  else call.terminal.out((await import("../report/text/cache-why.ts")).whyText(why, lookHere(call.terminal), directories));
  return why.held.length + why.installed.length === 0 ? 1 : 0;
}
