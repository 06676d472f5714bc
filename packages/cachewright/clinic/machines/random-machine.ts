/** Pieces of which random machines are made. ROOT stands for a throw-away directory, as in the tables of real answers. */
import type { Random } from "./random.ts";

export interface RandomMachine {
  readonly env: Readonly<Record<string, string>>;
  /** Latin-1 stands for bytes. */
  readonly files: Readonly<Record<string, string>>;
  readonly dirs?: readonly string[];
  readonly cwd: string;
}

const paths = [
  "ROOT/a", "ROOT/a", "ROOT/h/b", "~/c", "d", "./e", "../f", "$HOME/g", "${HOME}/i", "ROOT/j/", "ROOT//k/./l", "ROOT/m/../n", "~", ".", "ROOT/o p",
  "ROOT/\u00e4", "~nobody-there/q", "$NOT_SET/r", "~/s/", "%(here)s/t",
];

/** A path as people write it, and worse. */
export function oddPath(random: Random): string {
  return random.once(14) ? "" : random.pick(paths);
}

/** What people take for yes and no. */
export function oddFlag(random: Random): string {
  return random.pick(["1", "0", "true", "false", "True", "FALSE", "yes", "no", "on", "off", "y", "n", "t", "f", "", "2", "maybe", " true "]);
}

/** The variables that move all tools' places; a relative one counts for nothing, or so it should be. */
export function personVariables(random: Random): Record<string, string> {
  const base = ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"];
  const env = Object.fromEntries(random.some(base, 5).map((name) => [name, random.pick(["ROOT/x", "ROOT/h/.x", "x", "", "~/x", "ROOT/x/"])]));
  return { HOME: random.once(10) ? "ROOT/h/" : "ROOT/h", ...env };
}

/** Some variables, each with one value of its kind. */
export function variables(random: Random, kinds: Readonly<Record<string, (random: Random) => string>>, times: number): Record<string, string> {
  return Object.fromEntries(random.some(Object.entries(kinds), times).map(([name, kind]) => [name, kind(random)]));
}

export type TomlKind = "path" | "flag" | "number" | "word" | "urls";

/** A value of a kind as TOML, now and then one of another. */
export function tomlValue(random: Random, kind: TomlKind, words: readonly string[] = ["word"]): string {
  const actual = random.once(16) ? random.pick(["path", "flag", "number"] as const) : kind;
  if (actual === "flag") return random.once(12) ? tomlText(random, random.pick(["true", "false", "1", ""])) : random.pick(["true", "false"]);
  if (actual === "number") return random.pick(["0", "1", "4", "10"]);
  if (actual === "urls") return `[${random.some(["https://a.example/s", "https://b.example/s", "https://c.example/s"], 2).map((url) => tomlText(random, url)).join(random.pick([", ", ",\n  # why\n  "]))}]`;
  return tomlText(random, actual === "word" ? random.pick(words) : oddPath(random));
}

function tomlText(random: Random, text: string): string {
  const plain = `"${text.replaceAll("\\", "\\\\")}"`;
  if (random.once(8)) return `"""\n${text}"""`;
  if (random.once(8)) return plain.replace("a", "\\u0061");
  return random.once(4) ? `'${text}'` : plain;
}

/** The keys as tables, as dotted names, as inline tables or in quotes; with comments, other line ends, a mark before. */
export function tomlFile(random: Random, values: Readonly<Record<string, string>>, below: readonly string[] = []): string {
  const style = random.below(4);
  const lines = style === 0 ? dotted(values, below) : style === 1 ? inline(values, below) : tables(random, values, below);
  if (random.once(4)) lines.unshift("# a comment");
  const text = `${lines.join("\n")}\n`;
  const ended = random.once(8) ? text.replaceAll(/(?<!\r)\n/g, "\r\n") : text;
  return bytesOf(random, random.once(40) ? `\ufeff${ended}` : random.once(60) ? `${ended}= broken\n` : ended);
}

/** UTF-8 nearly always. */
export function bytesOf(random: Random, text: string): string {
  return random.once(30) && !text.includes("\ufeff") ? text : Buffer.from(text).toString("latin1");
}

function dotted(values: Readonly<Record<string, string>>, below: readonly string[]): string[] {
  return [...(below.length === 0 ? [] : [`[${below.join(".")}]`]), ...Object.entries(values).map(([key, value]) => `${key} = ${value}`)];
}

function groups(values: Readonly<Record<string, string>>): Map<string, [string, string][]> {
  const found = new Map<string, [string, string][]>();
  for (const [key, value] of Object.entries(values)) {
    const at = key.lastIndexOf(".");
    const table = at < 0 ? "" : key.slice(0, at);
    found.set(table, [...(found.get(table) ?? []), [key.slice(at + 1), value]]);
  }
  return new Map([...found].toSorted(([a], [b]) => a.localeCompare(b)));
}

function tables(random: Random, values: Readonly<Record<string, string>>, below: readonly string[]): string[] {
  return [...groups(values)].flatMap(([table, pairs]) => {
    const path = [...below, ...(table === "" ? [] : table.split("."))];
    const head = path.length === 0 ? [] : [random.once(6) ? `[ ${path.map((part) => `"${part}"`).join(" . ")} ]` : `[${path.join(".")}]`];
    return [...head, ...pairs.map(([key, value]) => `${random.once(6) ? `"${key}"` : key} ${random.once(4) ? "" : " "}= ${value}${random.once(5) && !value.includes("\n") ? "  # why" : ""}`)];
  });
}

/** One level of tables in braces; what lies deeper stays dotted. */
function inline(values: Readonly<Record<string, string>>, below: readonly string[]): string[] {
  const own = [...groups(values)].map(([table, pairs]) => {
    if (table === "" || pairs.some(([, value]) => value.includes("\n"))) return pairs.map(([key, value]) => `${table === "" ? "" : `${table}.`}${key} = ${value}`);
    const inner = [...groups(values).keys()].some((other) => other !== table && (other.startsWith(`${table}.`) || table.startsWith(`${other}.`)) && other !== "");
    return inner ? pairs.map(([key, value]) => `${table}.${key} = ${value}`) : [`${table} = { ${pairs.map(([key, value]) => `${key} = ${value}`).join(", ")} }`];
  });
  return [...(below.length === 0 ? [] : [`[${below.join(".")}]`]), ...own.flat()];
}
