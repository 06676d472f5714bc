/** The options before an instruction's words: `--mount=…`, `--from=…`. */
import { buildText, rangeIn, type MappedText } from "../mapped-text.ts";
import type { Mount, Variables, Word } from "../source.ts";
import { wordsOf } from "./heredocs.ts";
import { substitute } from "./substitute.ts";

export interface Flag {
  readonly name: string;
  readonly value: string;
  /** In the body. */
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

export function cutFlags(body: MappedText, escape: string): { flags: Flag[]; rest: MappedText } {
  const flags: Flag[] = [];
  let after = 0;
  for (const { start, end, text } of wordsOf(body.text, escape)) {
    if (!text.startsWith("--")) break;
    after = end;
    if (text === "--") break;
    const equals = text.indexOf("=");
    const name = text.slice(2, equals < 0 ? undefined : equals);
    flags.push({ name, value: equals < 0 ? "" : text.slice(equals + 1), start, valueStart: equals < 0 ? end : start + equals + 1, end });
  }
  const builder = buildText(body);
  const blanks = /^\s*/.exec(body.text.slice(after))?.[0].length ?? 0;
  builder.copy(after + blanks, body.text.length);
  return { flags, rest: builder.done() };
}

interface Where {
  readonly body: MappedText;
  readonly variables: Variables;
  readonly escape: string;
  readonly workdir: string | undefined;
}

export function mountOf(flag: Flag, { body, variables, escape, workdir }: Where): Mount {
  const options = new Map<string, Word>();
  let at = flag.valueStart;
  for (const part of flag.value.split(",")) {
    const equals = part.indexOf("=");
    const key = (equals < 0 ? part : part.slice(0, equals)).trim().replace(/^["']/, "").toLowerCase();
    const text = equals < 0 ? "" : part.slice(equals + 1).replace(/["']$/, "");
    const name = key === "dst" || key === "destination" ? "target" : key;
    options.set(name, { range: rangeIn(body, at, at + part.length), text: part, value: substitute(text, variables, escape) });
    at += part.length + 1;
  }
  return { range: rangeIn(body, flag.start, flag.end), type: options.get("type")?.value ?? "bind", options, target: absolute(options.get("target")?.value, workdir) };
}

function absolute(target: string | undefined, workdir: string | undefined): string | undefined {
  if (target === undefined || target === "") return undefined;
  // No home to BuildKit, which knows of no shell here, but a name: wherever that is, it is not where a tool looks.
  if (workdir === undefined && target.startsWith("~")) return target;
  const whole = target.startsWith("/") ? target : workdir === undefined ? undefined : `${workdir}/${target}`;
  return whole === undefined ? undefined : `/${whole.split("/").filter((step) => step !== "" && step !== ".").join("/")}`;
}
