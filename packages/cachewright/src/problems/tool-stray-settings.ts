/** `config-key-ignored` of the tools that have no fact of their own: names nobody reads, and the table that uv passes over for one. */
import type { Facts, ToolFact } from "../facts/facts.ts";
import { falseWords, selfActor } from "./look-up.ts";
import type { Finding, ProposedStep, Remedy } from "./problem.ts";
import { askForEdit, mayEdit, placeOf, shellWord } from "./settings-words.ts";
import { baseParams, filesOf, inUse, sourceIn, type ReadFile } from "./tool-configs.ts";
import { changeToolSetting, ownKey, removeToolSetting, type ToolConfig } from "./tool-settings.ts";
import { toolWays } from "./tool-ways.ts";

interface Stray {
  readonly finding: Finding;
  readonly cure: Remedy;
}

/** The same said by the right name, or a wish that is fulfilled anyway (`UV_NO_CACHE_DIR=0`): nothing is lost. */
function isSaid(facts: Facts, right: string, value: string): boolean {
  const isSwitch = right.includes("_NO_");
  return facts.env[right] === value || (isSwitch && (facts.env[right] !== undefined || falseWords.test(value)));
}

function strayVariables(facts: Facts): Stray[] {
  const used = inUse(facts);
  return [...new Set(used.map(({ tool }) => tool))].flatMap((tool) => Object.entries(facts.env).flatMap(([name, value]): Stray[] => {
    const right = value === "" ? undefined : toolWays[tool]?.variableMeant(name);
    if (right === undefined || isSaid(facts, right, value)) return [];
    const from = { env: name };
    const finding: Finding = {
      problem: "config-key-ignored", severity: "warning", subject: name, evidence: [{ says: `${name}=${value}`, from }],
      params: { ...baseParams(used.filter((use) => use.tool === tool), from), place: name, key: name, section: "", right, variant: "variable" },
    };
    return [{ finding, cure: { id: "right-variable", needs: "user", steps: [], params: { right, place: name }, shown: [`unset ${name}`, `export ${right}=${shellWord(value)}`] } }];
  }));
}

type StrayKey = NonNullable<ToolConfig["strays"]>[number];

/** In its line where that is enough; where the table differs too, out of the one and into the other. */
function renamed(facts: Facts, use: ToolFact, path: string, { key, value, line, meant, old, text }: StrayKey): ProposedStep[] {
  if (mayEdit(facts, path) && text !== old) return [{ kind: "change-config", why: `${use.tool} knows it as ${meant}`, actor: selfActor(facts), path, change: { do: "replace-line", line, old, text } }];
  const plain = value === "true" || value === "false" ? value === "true" : value;
  const from = { path };
  return [...removeToolSetting(facts, { use, from, key, why: `${use.tool} does not know it by this name` }), ...changeToolSetting(facts, { use, from, key: meant, why: "the same value where it is read" }, plain)];
}

function strayLines(facts: Facts): Stray[] {
  return filesOf(facts, ({ strays = [] }) => strays.length > 0).flatMap(({ config: { path, strays = [] }, uses }) => strays.flatMap((stray): Stray[] => {
    const { key, value, line, meant: right } = stray;
    const [use] = uses;
    // Said rightly as well: nothing is lost.
    if (use === undefined || uses.some(({ settings }) => settings.some((setting) => setting.key === right && setting.value === value))) return [];
    const from = { path, line };
    const place = placeOf({ from });
    const finding: Finding = {
      problem: "config-key-ignored", severity: "warning", subject: place, evidence: [{ says: `${key} = ${value}`, from }],
      params: { ...baseParams(uses, from), place, key, section: "", right, variant: "key" },
    };
    const steps = renamed(facts, use, path, stray);
    const params = { right, place, file: path };
    return [{ finding, cure: steps.length > 0 ? { id: "right-name", needs: "user", steps, params } : { ...askForEdit("right-name", { from }), params } }];
  }));
}

/** What says nothing since the whole table is passed over. */
function strayTable(facts: Facts, { config, uses }: ReadFile): Stray[] {
  const [use] = uses;
  if (use === undefined || config.key === undefined) return [];
  const from = sourceIn(config);
  const place = placeOf({ from });
  const key = config.key.at(-1) ?? "";
  const section = `[tool.${use.tool}]`;
  const finding: Finding = {
    problem: "config-key-ignored", severity: "warning", subject: place, evidence: [{ says: `${key} in ${section}`, from }],
    params: { ...baseParams(uses, from), place, key, section, right: "", variant: "table" },
  };
  const params = { file: config.path };
  const steps = removeToolSetting(facts, { use, from, key: ownKey(use, config.key).join("."), why: "without it the rest of the table counts" });
  return [{ finding, cure: steps.length > 0 ? { id: "drop-key", needs: "user", params, steps } : { ...askForEdit("drop-key", { from }), params } }];
}

/** Each name once. */
export function strayToolSettings(facts: Facts): Stray[] {
  const tables = filesOf(facts, ({ state, ignored, key }) => state === "ignored" && ignored === "malformed" && key !== undefined).flatMap((file) => strayTable(facts, file));
  const all = [...strayLines(facts), ...tables, ...strayVariables(facts)];
  return [...new Map(all.map((stray) => [stray.finding.subject, stray])).values()];
}

export function strayToolRemedies(found: Finding, facts: Facts): Remedy[] {
  return strayToolSettings(facts).filter(({ finding }) => finding.subject === found.subject).map(({ cure }) => cure);
}
