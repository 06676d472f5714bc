/** What stands in a settings file of a tool that no setting in force shows: what would mend it, where passwords are, names nobody knows. */
import { redact } from "../machine/redact.ts";
import type { Looker } from "../machine/machine.ts";
import { looksAlike, type KnownKeys } from "../tools/known-keys.ts";
import { tomlCure } from "../tools/python/toml-cure.ts";
import { secretLines } from "../tools/python/toml-secrets.ts";
import type { ConfigFile, Tool } from "../tools/tool.ts";
import { isTable } from "../tools/uv/toml-file.ts";
import { tomlKeyLine } from "../tools/uv/toml-lines.ts";
import { parse, type TomlTable } from "smol-toml";
import type { ToolFact } from "./facts.ts";

type Details = Pick<ToolFact["configs"][number], "cure" | "secrets" | "strays">;

const largest = 1 << 20;

/** uv stops over an unknown key, and its adapter says which; that also knows which lines with passwords are uv's. */
const tellsItself: ReadonlySet<string> = new Set(["uv"]);

export function tomlDetails(looker: Looker, tool: Tool, file: ConfigFile): Details {
  if (file.format !== "toml" || file.readable !== "ok") return {};
  const bytes = looker.readFile(file.path, largest);
  if (!bytes.ok) return {};
  const text = bytes.value.toString("utf8");
  const isTold = tellsItself.has(tool.name);
  const secrets = isTold ? [] : secretLines(text);
  // Where one key is at fault the file is TOML.
  const cure = file.error === undefined || file.key !== undefined ? undefined : cureOf(text, file);
  const strays = !isTold && file.error === undefined && file.ignored === null ? straysOf(text, tool) : [];
  return { ...(cure !== undefined && { cure }), ...(secrets.length > 0 && { secrets }), ...(strays.length > 0 && { strays }) };
}

/** A line that holds something secret is nobody's to keep. */
export function cureOf(text: string, { line }: Pick<ConfigFile, "line">): Details["cure"] {
  const cure = tomlCure(text, line);
  if (cure === undefined || redact(cure.old) !== cure.old) return undefined;
  return secretLines(text).some((secret) => secret.line === cure.line) ? undefined : cure;
}

function straysOf(text: string, tool: Tool): NonNullable<Details["strays"]> {
  const known: KnownKeys = { tool: tool.name, keys: tool.keys.filter((key) => key.inFiles !== false).map(({ key }) => key) };
  const lines = text.split("\n");
  return leaves(parse(text)).flatMap(({ path, value }) => {
    const meant = looksAlike(known, path);
    const line = tomlKeyLine(text, path);
    const old = line === undefined ? undefined : lines[line - 1];
    if (meant === undefined || line === undefined || old === undefined || redact(old) !== old) return [];
    return [{ key: path.join("."), value, line, meant, old, text: renamed(old, path, meant) }];
  });
}

/** Only the last part of a name is mended in its line; where a table differs, the words say so and the line is left. */
function renamed(old: string, path: readonly string[], meant: string): string {
  const parts = meant.split(".");
  const last = path.at(-1) ?? "";
  const isSameTable = path.slice(0, -1).join(".") === parts.slice(0, -1).join(".");
  const at = old.indexOf(last);
  return !isSameTable || at < 0 ? old : `${old.slice(0, at)}${parts.at(-1)}${old.slice(at + last.length)}`;
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: string;
}

const deepest = 4;

function leaves(table: TomlTable, above: readonly string[] = []): Leaf[] {
  return Object.entries(table).flatMap(([name, value]): Leaf[] => {
    const path = [...above, name];
    if (isTable(value)) return path.length < deepest ? leaves(value, path) : [];
    return ["string", "boolean", "number"].includes(typeof value) ? [{ path, value: String(value) }] : [];
  });
}
