import { describe, expect, it } from "vitest";
import { commandFor, commands } from "./commands.ts";
import { helpOf } from "./help.ts";
import { parseCall } from "./parse-call.ts";
import { recordedTerminal } from "../../test/cli/recorded-terminal.ts";

/** The words of an example as a shell would split them; process substitutions and redirections are not ours. */
function ownWords(line: string): string[] {
  const own = /cachewright (.*)$/.exec(line)?.[1]?.replace(/[)>].*$/, "") ?? "";
  return [...own.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? "");
}

describe.each(commands.map((command) => ({ name: command.name, command })))("$name", ({ command }) => {
  it("has help that names every option and example", () => {
    const help = helpOf(command, 80);
    for (const option of Object.keys(command.options)) expect(help).toContain(`--${option}`);
    for (const [line] of command.examples) expect(help).toContain(line);
    expect(command.examples.length).toBeGreaterThan(0);
    expect(command.summary).toMatch(/^[A-Z].*[^.]$/);
  });

  it("has help that fits 80 columns but for what cannot be broken", () => {
    const long = helpOf(command, 80).split("\n").filter((line) => line.length > 80 && !/^ {2}\S/.test(line));
    expect(long).toEqual([]);
  });

  it.each(command.examples.map(([line]) => [line]))("understands its own example: %s", async (line) => {
    const { command: owner, words: args } = commandFor(ownWords(line));
    expect(owner).toBeDefined();
    if (owner !== undefined) expect(await parseCall(owner, args, recordedTerminal())).toMatchObject({ command: { name: owner.name }, words: expect.any(Array) });
  });
});
