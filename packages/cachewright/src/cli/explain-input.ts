import type { Facts } from "../facts/facts.ts";
import { explainLog } from "../explain/explain-log.ts";
import type { Explanation } from "../explain/explanation.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { version } from "../machine/version.ts";
import { severityOf } from "../report/severity-of.ts";
import { isOn, valueOf, type Call } from "./command.ts";
import { factsFromFile } from "./facts-from-file.ts";
import { factsBehind, groundedFindings } from "./grounded-findings.ts";

/** Explains a log (`-`: standard input) and holds what it says against this machine, or against saved facts. */
export async function explainInput(path: string, call: Call, machine: Machine): Promise<number> {
  const { terminal } = call;
  const source = path === "-" ? "standard input" : path;
  const explanation = await explainLog(terminal.chunks(path));
  if (explanation.bytes === 0) throw new AppError("E_INPUT", `${source} is empty; there is nothing to explain`, path === "-" ? { hint: "Give a problem's id or a log file, or pipe what the tool said, its errors too: pip install numpy 2>&1 | cachewright explain" } : {});
  if (explanation.binary) throw new AppError("E_INPUT", `${source} is no text; give a log or a terminal paste`);
  const facts = explanation.findings.length === 0 ? undefined : await factsToAsk(call, machine, explanation);
  const findings = await groundedFindings(explanation, facts);
  if (isOn(call, "json")) {
    terminal.json((await import("../report/json/explain.ts")).explainJson(explanation, findings, version));
  } else {
    const { explanationText } = await import("../report/text/explanation.ts");
    const { readerFor } = await import("../report/text/reader.ts");
    const look = (await import("./look-here.ts")).lookHere(terminal);
    const reader = facts === undefined ? { user: undefined, isRoot: false, here: false, options: [] } : readerFor(facts, valueOf(call, "facts") === undefined);
    terminal.out(explanationText({ explanation, findings, source, facts, reader }, look));
  }
  return findings.some(({ found, proof }) => (proof?.finding.severity ?? severityOf(found.problem)) !== "note") ? 1 : 0;
}

async function factsToAsk(call: Call, machine: Machine, explanation: Explanation): Promise<Facts | undefined> {
  if (isOn(call, "log-only")) return undefined;
  const file = valueOf(call, "facts");
  return file === undefined ? factsBehind(explanation, machine) : factsFromFile(file, call.terminal);
}
