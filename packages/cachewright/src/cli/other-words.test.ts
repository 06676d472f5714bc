import { describe, expect, it } from "vitest";
import { commands, groups } from "./commands.ts";
import { commandWords, configVerbs } from "./other-words.ts";

describe("words of other programs", () => {
  const names = commands.map(({ name }) => name);

  it("are no commands of ours", () => {
    expect(Object.keys(commandWords).filter((word) => names.includes(word) || Object.hasOwn(groups, word))).toEqual([]);
  });

  it("lead to commands that there are", () => {
    const strays = Object.values(commandWords).filter((ours) => !ours.startsWith("--") && !names.includes(ours.replace(/ (?:--\w+|show)$/, "")) && !names.includes(ours));
    expect(strays).toEqual([]);
    expect(Object.values(configVerbs).filter((verb) => !["show", "path", "set", "unset", "add", "remove"].includes(verb.split(" ")[0] ?? ""))).toEqual([]);
  });
});
