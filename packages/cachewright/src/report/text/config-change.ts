import type { ChangeOutcome, PreparedChange } from "../../fixes/change-setting.ts";
import type { Verdict } from "../../settings/judge.ts";
import type { EffectiveSetting } from "../../tools/tool.ts";
import type { WayBack } from "./fix.ts";
import type { Look } from "./look.ts";
import { headText, stepText } from "./plan.ts";
import { sourceText, valueText } from "./settings.ts";
import { visiblePath, visibleText } from "./visible.ts";
import { indented } from "./wrap.ts";

/** What is to be known before the question. */
export function changePreview({ plan, verdicts, abandoned, edits }: PreparedChange, look: Look): string {
  if (plan === null) return nothingText(verdicts, look);
  return `${[
    headText(plan, look),
    verdicts.map((verdict) => verdictText(verdict, "becomes", look)).join("\n"),
    ...plan.steps.map((step, i) => stepText(step, i + 1, look)),
    [
      ...abandoned.map((path) => indented(leftText(path, verdicts[0]?.tool), { first: `${look.paint("yellow", look.symbols.warning)} `, width: look.width })),
      ...(edits.some(({ variable }) => variable !== undefined) ? [indented("A shell reads this file when it starts: it counts in the next one.", { first: `${look.symbols.note} `, width: look.width })] : []),
      "Afterwards the settings are read again as the tool would.",
    ].join("\n"),
  ].join("\n\n")}\n\n`;
}

function nothingText(verdicts: readonly Verdict[], look: Look): string {
  const lines = verdicts.map((verdict) => {
    const beaten = verdict.status === "beaten" ? ` (beaten: in force is ${saidOf(verdict.after)})` : `: ${saidOf(verdict.after)}`;
    return indented(`${nameOf(verdict)}${beaten}`, { first: "  ", rest: "    ", width: look.width });
  });
  return `${[`${look.paint("green", look.symbols.good)} Nothing to change.`, ...lines].join("\n")}\n`;
}

function leftText(path: string, tool: string | undefined): string {
  const look = tool === "pip" ? " `cachewright doctor --problem cache-abandoned` says how much it is, and `fix` moves or removes it." : "";
  return `${visiblePath(path)} is left behind with what is in it; nothing uses it then.${look}`;
}

function nameOf({ tool, version, key }: Verdict): string {
  return `${tool}${version === null ? "" : ` ${version}`} ${key}`;
}

function saidOf(setting: EffectiveSetting | undefined): string {
  return setting === undefined ? "a setting it does not know" : `${valueText(setting.effective)} (${sourceText(setting.source)})`;
}

function verdictText(verdict: Verdict, verb: "becomes" | "is", look: Look): string {
  const { status, by, before, after } = verdict;
  const isGood = status === "in-force";
  const change = verb === "is" ? `is ${saidOf(after)}` : `${saidOf(before)} becomes ${saidOf(after)}`;
  const text = {
    "in-force": change,
    "beaten": `stays ${saidOf(after)}: ${by === undefined || by === "default" ? "something stronger" : sourceText(by)} beats what is written`,
    "unread": "takes nothing from that file",
    "unknown": "does not know this setting",
  }[status];
  const symbol = isGood ? look.paint("green", look.symbols.good) : look.paint("yellow", look.symbols.warning);
  return indented(`${nameOf(verdict)}: ${text}`, { first: `${symbol} `, rest: "    ", width: look.width });
}

export function changeOutcomeText({ outcome, verdicts, status }: ChangeOutcome, { look, back }: { look: Look; back: WayBack }): string {
  const journal = back.journal === undefined ? [] : [`The journal is in ${visiblePath(back.journal)}: the usual place could not be used or another was asked for.`];
  if (status === "failed") {
    const { failure, left } = outcome;
    return `${[
      `${look.paint("red", `${look.symbols.error} Failed`)}${failure === undefined ? "" : `: ${visibleText(failure.why)}`}`,
      left.length === 0 ? "What had been done before was taken back." : `What had been done before was taken back, but for: ${left.map(({ path }) => visiblePath(path)).join(", ")}`,
      ...journal,
    ].join("\n")}\n`;
  }
  const head = status === "changed" ? "Written, and read again as the tool would:" : `${look.paint("red", `${look.symbols.error} Not verified`)}: written, but read again it is not what was planned:`;
  return `${[head, ...verdicts.map((verdict) => verdictText(verdict, "is", look)), `To take it back: ${look.paint("cyan", back.undo)}`, ...journal].join("\n")}\n`;
}
