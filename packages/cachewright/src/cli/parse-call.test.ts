import { describe, expect, it } from "vitest";
import { recordedTerminal } from "../../test/cli/recorded-terminal.ts";
import { isOn, valueOf, valuesOf, type Call, type Command } from "./command.ts";
import { parseCall } from "./parse-call.ts";

const command: Command = {
  name: "look", summary: "Look", words: "[ID]", maxWords: 1, examples: [], load: () => Promise.reject(new Error("never")),
  options: { json: { help: "" }, tool: { value: "TOOL", help: "" }, problem: { value: "ID", many: true, help: "" }, yes: { short: "y", help: "" } },
};

async function parse(...args: string[]): Promise<Call> {
  const call = await parseCall(command, args, recordedTerminal());
  if (call === "help") throw new Error("help");
  return call;
}

describe("parseCall", () => {
  it("reads switches, values, repeated values and words", async () => {
    const call = await parse("-y", "--tool=pip", "--problem", "a", "--problem", "b", "word");
    expect(isOn(call, "yes")).toBe(true);
    expect(isOn(call, "json")).toBe(false);
    expect(valueOf(call, "tool")).toBe("pip");
    expect(valuesOf(call, "problem")).toEqual(["a", "b"]);
    expect(call.words).toEqual(["word"]);
  });

  it("takes a switch that is given again, and an option's name as a value or behind --", async () => {
    expect(isOn(await parse("-y", "--yes", "--json"), "yes")).toBe(true);
    expect(valuesOf(await parse("--tool=pip", "--problem=--tool", "--", "--tool"), "problem")).toEqual(["--tool"]);
  });

  it("takes a lone dash as a word", async () => {
    expect((await parse("-")).words).toEqual(["-"]);
  });

  it("sees --help anywhere before --", async () => {
    expect(await parseCall(command, ["--nonsense", "-h"], recordedTerminal())).toBe("help");
    expect((await parse("--", "--help")).words).toEqual(["--help"]);
  });

  it.each([
    [["--jsno"], "there is no option --jsno. Did you mean --json?"],
    [["-q"], "there is no option -q."],
    [["--tool"], "--tool needs a value: --tool TOOL"],
    [["--json=yes"], "--json takes no value"],
    [["--tool", "pip", "--tool=uv"], "--tool is given twice; it takes one value"],
    [["one", "two"], "look does not know what to do with two"],
  ])("refuses %j: %s", async (args, message) => {
    await expect(parseCall(command, args, recordedTerminal())).rejects.toMatchObject({ code: "E_USAGE", exitCode: 2, message });
  });
});
