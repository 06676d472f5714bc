/**
 * The one line of a broken TOML file that, written otherwise, makes the whole readable: proven by reading it again. Tried
 * in the order of what a person most likely meant; putting the line out of force comes last.
 */
import { parse } from "smol-toml";

export interface LineCure {
  /** From 1. */
  readonly line: number;
  readonly old: string;
  readonly text: string;
}

/** `fault`: the line the parser stopped in. A text that was never closed ends a line later. */
export function tomlCure(text: string, fault: number | undefined): LineCure | undefined {
  const lines = text.split("\n");
  const suspects = fault === undefined ? [1] : [fault, fault - 1];
  for (const isLast of [false, true]) {
    for (const line of suspects) {
      const old = lines[line - 1];
      if (old === undefined || old.trim() === "") continue;
      const good = (isLast ? [`# ${old}`] : written(old)).find((candidate) => candidate !== old && isToml(lines, line, candidate));
      if (good !== undefined) return { line, old, text: good };
    }
  }
  return undefined;
}

function isToml(lines: readonly string[], line: number, candidate: string): boolean {
  try {
    parse([...lines.slice(0, line - 1), candidate, ...lines.slice(line)].join("\n"));
    return true;
  } catch {
    return false;
  }
}

const words: Readonly<Record<string, string>> = { yes: "true", on: "true", no: "false", off: "false" };

/** What may have been meant by a line. */
function written(old: string): string[] {
  const plain = old.replace(/^\uFEFF/, "").replace(/[\u201c\u201d]/g, '"').replace(/[\u2018\u2019]/g, "'");
  const end = plain.endsWith("\r") ? "\r" : "";
  const body = end === "" ? plain : plain.slice(0, -1);
  const header = /^\s*\[[^\]]*$/.test(body) ? [`${body.trimEnd()}]${end}`] : [];
  const pair = /^(\s*[\w."'-]+\s*)([=:])(\s*)(.*?)(\s*)$/.exec(body);
  if (pair === null) return [plain, ...header];
  const [, key = "", sign = "", space = "", value = "", tail = ""] = pair;
  const values = meant(value);
  const with1 = (one: string): string => `${key}${key.endsWith(" ") || sign === "=" ? "" : " "}=${space === "" && sign === ":" ? " " : space}${one}${tail}${end}`;
  return [plain, ...[value, ...values].map(with1)];
}

function meant(value: string): string[] {
  const lower = value.toLowerCase();
  const asText = (inside: string): string => (inside.includes("\\") && !inside.includes("'") ? `'${inside}'` : `"${inside.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`);
  const [, quote = "", open = ""] = /^(["'])([^"']*)$/.exec(value) ?? [];
  const quoted = /^"([^"]*)"/.exec(value);
  return [
    ...(["true", "false"].includes(lower) ? [lower] : []),
    ...(words[lower] === undefined ? [] : [words[lower]]),
    // A path of Windows: the backslash begins an escape.
    ...(quoted?.[1] === undefined ? [] : [asText(quoted[1]) + value.slice(quoted[0].length)]),
    ...(quote === "" ? [] : [`${quote}${open}${quote}`]),
    ...(value === "" || /^["'[{]/.test(value) ? [] : [asText(value)]),
  ];
}
