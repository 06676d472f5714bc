import { cachePlaces } from "../caches/places.ts";
import { runShare, sharePlan } from "../caches/run-share.ts";
import { prepareShare } from "../caches/share.ts";
import { AppError } from "../machine/app-error.ts";
import { shareOutcomeText, sharePreview } from "../report/text/cache-share.ts";
import { askFirst } from "./ask-first.ts";
import { theOne } from "./cache-move.ts";
import { cachedTool } from "./cache-words.ts";
import { isOn, spokenCall, valueOf, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { lookIntoCaches } from "./look-into-caches.ts";
import { ownRuns } from "./own-runs.ts";
import { usageHint } from "./parse-call.ts";
import { planProgress } from "./plan-progress.ts";
import { recoverFirst } from "./recover-first.ts";
import { wayBack } from "./way-back.ts";

/** 0: shared, or so already; 1: not agreed to; 3: refused, failed, or two members could not use it. */
export async function runCacheShare(call: Call): Promise<number> {
  const [word] = call.words;
  const group = valueOf(call, "group");
  if (word === undefined || group === undefined) throw new AppError("E_USAGE", "cache share which tool's cache, and with which group?", { hint: usageHint(call.command) });
  if (/^0?[0-7]{3}$/.test(group)) throw new AppError("E_REFUSED", `${group} is a mode: what everybody may write, everybody may poison`, { hint: "name a group: --group NAME" });
  const tool = await cachedTool(word);
  const machine = await call.machine();
  if (recoverFirst(call, machine) === "declined") return 1;
  const inventories = await lookIntoCaches(call, machine, { places: await cachePlaces(machine, { tools: [tool] }) });
  const inventory = theOne(inventories.filter(({ place }) => place.tool === tool), { tool, from: valueOf(call, "at") });
  const share = prepareShare(machine, inventory, group);
  const plan = sharePlan(machine, share);
  const look = lookHere(call.terminal);
  call.terminal.out(sharePreview(share, plan, look));
  if (plan.steps.every(({ entries }) => entries.length === 0) || isOn(call, "dry-run")) return 0;
  if (!askFirst("Share it?", call)) return 1;
  const progress = planProgress(call.terminal, { steps: plan.steps.length, frees: 0 });
  const done = await runShare(machine, { share, plan }, { command: spokenCall(call), ...progress }).finally(progress.end);
  const stateDir = ownRuns(machine).runs.find(({ run }) => run === done.outcome.run)?.stateDir;
  call.terminal.out(shareOutcomeText(done, share, { look, back: wayBack({ run: done.outcome.run, stateDir }, machine, look) }));
  return done.status === "shared" ? 0 : 3;
}
