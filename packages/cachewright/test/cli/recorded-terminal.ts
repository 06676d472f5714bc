import type { Terminal } from "../../src/machine/terminal.ts";

export interface Recorded extends Terminal {
  readonly written: { out: string; err: string };
  readonly asked: string[];
}

/** A terminal that keeps what it is told; `answers` are what the person says, in order. */
export function recordedTerminal(options: { interactive?: boolean; answers?: boolean[]; input?: string; width?: number } = {}): Recorded {
  const written = { out: "", err: "" };
  const asked: string[] = [];
  const answers = [...(options.answers ?? [])];
  return {
    written, asked,
    out: (text) => { written.out += text; },
    err: (text) => { written.err += text; },
    json: (value) => { written.out += `${JSON.stringify(value, null, 2)}\n`; },
    paint: () => (_, text) => text,
    width: () => options.width ?? 80,
    unicode: () => false,
    isTerminal: () => options.interactive ?? false,
    confirm: (question) => {
      asked.push(question);
      return answers.shift() ?? false;
    },
    chunks: () => [Buffer.from(options.input ?? "")],
    save: async (_, text) => { written.out += text; },
  };
}
