import { lintCodes } from "../lint/codes.generated.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { problemIds } from "../problems/registry.generated.ts";
import { isOn, type Call } from "./command.ts";
import { usageHint } from "./parse-call.ts";

export async function runExplain(call: Call): Promise<number> {
  const [word] = call.words;
  if (isOn(call, "list")) return listPages(call, word);
  const machine = await call.machine();
  if (word !== undefined && problemIds.includes(word)) return explainProblem(word, call, machine);
  if (word !== undefined && lintCodes.includes(word)) return explainRule(word, call, machine);
  if (word === undefined && call.terminal.isTerminal("in")) {
    throw new AppError("E_USAGE", "explain what? Give a problem's id, a log file, or pipe a log in", { hint: usageHint(call.command) });
  }
  if (word !== undefined && word !== "-" && !machine.stat(word).ok && /^[a-z][a-z-]*$/.test(word)) {
    throw (await import("./near.ts")).unknown("problem", word, [...problemIds, ...lintCodes]);
  }
  return (await import("./explain-input.ts")).explainInput(word ?? "-", call, machine);
}

async function listPages(call: Call, word: string | undefined): Promise<number> {
  if (word !== undefined) throw new AppError("E_USAGE", `--list lists all pages; ${word} is one, or a file`, { hint: usageHint(call.command) });
  const { allPages } = await import("../report/all-pages.ts");
  if (isOn(call, "json")) call.terminal.json({ schema: 1, pages: allPages() });
  else call.terminal.out((await import("../report/text/page-list.ts")).pageListText(allPages(), (await import("./look-here.ts")).lookHere(call.terminal)));
  return 0;
}

async function explainProblem(id: string, call: Call, machine: Machine): Promise<number> {
  const { readPage } = await import("./page.ts");
  const { pageBody, pageText } = await import("../report/text/page.ts");
  const page = readPage(id, machine);
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/page.ts")).problemJson(id, pageBody(page)));
  else call.terminal.out(pageText(id, page, (await import("./look-here.ts")).lookHere(call.terminal)));
  return 0;
}

async function explainRule(code: string, call: Call, machine: Machine): Promise<number> {
  const { readPage } = await import("./page.ts");
  const { pageBody, pageOf } = await import("../report/text/page.ts");
  const page = readPage(code, machine);
  if (isOn(call, "json")) {
    call.terminal.json((await import("../report/json/lint.ts")).ruleJson(code, pageBody(page)));
    return 0;
  }
  const { title, level } = (await import("../lint/texts.generated.ts")).ruleTexts[code] ?? { title: code, level: "warning" };
  call.terminal.out(pageOf({ id: code, title, severity: level }, page, (await import("./look-here.ts")).lookHere(call.terminal)));
  return 0;
}
