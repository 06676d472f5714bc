import { dirname } from "node:path";
import type { CondaFact, Facts } from "../../facts/facts.ts";
import { isOwnPlace, reopenOrGiveBack, whyDenied } from "../conda-cures.ts";
import { behindLinks, pathFact } from "../look-up.ts";
import { setAside } from "../ownership-cures.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

type Config = CondaFact["configs"][number];

const isIll = ({ state, ignored }: Config): boolean => state === "breaks" || (state === "ignored" && ignored === "malformed");
const isUnread = ({ errno }: Config): boolean => errno !== undefined;

function variantOf(config: Config): string {
  if (config.state === "ignored") return "skipped";
  return isUnread(config) ? "unreadable" : "";
}

function evidenceOf(facts: Facts, config: Config): Evidence[] {
  const { path, line, error } = config;
  if (isUnread(config)) return [{ says: whyUnreadable(facts, config), from: { path, call: "access" }, path: pathFact(facts, path) }];
  return [{ says: (error ?? "conda cannot read it as YAML").split("\n").at(-1)?.trim() ?? "", from: { path, ...(line !== undefined && { line }) } }];
}

function whyUnreadable(facts: Facts, { path, errno }: Config): string {
  const seen = behindLinks(facts, path);
  return seen.access === undefined || seen.access.read === "ok" ? whyDenied(facts, path, errno) : whyDenied(facts, seen.path, errno);
}

function detect(facts: Facts): Finding[] {
  return (facts.conda?.configs ?? []).filter(isIll).map((config): Finding => {
    const variant = variantOf(config);
    const place = config.line === undefined ? config.path : `${config.path}:${config.line}`;
    return {
      problem: "conda-config-breaks", severity: variant === "skipped" ? "warning" : "error", subject: config.path, evidence: evidenceOf(facts, config),
      params: { path: config.path, place, conda: facts.conda?.version ?? "", because: isUnread(config) ? whyUnreadable(facts, config) : "", variant },
    };
  });
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const config = facts.conda?.configs.find(({ path }) => path === found.subject);
  if (config === undefined) return [];
  const file = pathFact(facts, config.path);
  const own = isOwnPlace(facts, config.path);
  const probes = [dirname(config.path)];
  const aside = own ? setAside(facts, file, probes) : [];
  if (isUnread(config)) {
    const mended = own && file.type === "file" ? reopenOrGiveBack(facts, [file], () => ({ select: "top", probes })) : [];
    return [...mended, ...(mended[0]?.id === "restore-mode" ? [] : aside), ...(own ? [] : [{ id: "ask-owner", needs: "root" as const, steps: [], params: { path: config.path }, shown: [`sudo chmod a+r ${shellWord(config.path)}`] }])];
  }
  const line = config.line === undefined ? "" : `+${config.line} `;
  return [{ id: "correct-line", needs: own ? "user" : "root", steps: [], params: { path: config.path, line: String(config.line ?? 1) }, shown: [`${own ? "" : "sudo "}vi ${line}${shellWord(config.path)}`] }, ...aside];
}

export const problem: Problem = { id: "conda-config-breaks", severity: "error", tools: ["conda"], when: "always", detect, remedies };
