import type { ShareOutcome } from "../../caches/run-share.ts";
import type { PreparedShare } from "../../caches/share.ts";
import type { Plan } from "../../fixes/step.ts";
import { countText } from "./amounts.ts";
import type { WayBack } from "./fix.ts";
import type { Look } from "./look.ts";
import { headText, stepText } from "./plan.ts";
import { shellWord, visiblePath, visibleText } from "./visible.ts";
import { indented } from "./wrap.ts";

export function sharePreview({ inventory: { place }, group }: PreparedShare, plan: Plan, look: Look): string {
  const members = group.members.length === 0 ? "nobody whom the system's own files name" : group.members.map(visibleText).join(", ");
  return `${[
    `${look.paint("bold", `Share ${place.tool}'s cache ${visiblePath(place.root)} with the group ${visibleText(group.name)}`)}\nin it: ${members}`,
    ...(plan.steps.every(({ entries }) => entries.length === 0) ? ["It is shared already."] : [headText(plan, look), ...plan.steps.map((step, i) => stepText(step, i + 1, look))]),
  ].join("\n\n")}\n\n`;
}

export function shareOutcomeText({ outcome, status, probes }: ShareOutcome, share: PreparedShare, { look, back }: { readonly look: Look; readonly back: WayBack }): string {
  if (status === "failed") return `${look.paint("red", `${look.symbols.error} Failed`)}: ${visibleText(outcome.failure?.why ?? "unknown")}. What had been done before was taken back.\n`;
  const failed = probes.filter(({ ok }) => !ok);
  const head = status === "shared" ? `${look.paint("green", `${look.symbols.good} Shared`)}, ${proofText(probes.length, share)}.`
    : `${look.paint("red", `${look.symbols.error} Not verified`)}: of two members one cannot use what the other makes: ${failed.map((probe) => `${visiblePath(probe.directory)}${"errno" in probe ? ` (${String(probe.errno)})` : ""}`).join(", ")}`;
  return `${[head, ...nextText(share, look), `To take it back: ${look.paint("cyan", back.undo)}`].join("\n")}\n`;
}

function proofText(probes: number, { way, group }: PreparedShare): string {
  if (probes > 0) return `and proven: two members each made an entry that the other read, changed and removed (${countText(probes, "trial")})`;
  if (way === "read") return "to be read; nothing was tried as another account";
  return group.members.length < 2 ? "but not proven: there are no two members to try it" : "but not proven: only root can try it as two members";
}

/** What each member has to do. */
function nextText({ inventory: { place }, way, hasDefaultLists }: PreparedShare, look: Look): string[] {
  const line = (text: string): string => indented(text, { first: "", width: look.width });
  const at = shellWord(place.root);
  if (way === "read") return [line("Each member keeps a cache of their own to write in, first, and reads this one after it:"), look.paint("cyan", `  ${look.command} config add pkgs-dirs ~/.conda/pkgs ${at} --tool ${place.tool}`)];
  return [
    line("Each member, or the administrator for all (--scope global), names it:"), look.paint("cyan", `  ${look.command} config set cache-dir ${at} --tool ${place.tool}`),
    ...(hasDefaultLists ? [] : [line("There is no setfacl here: the members' umask has to be 002, or what one makes the others cannot write.")]),
  ];
}
