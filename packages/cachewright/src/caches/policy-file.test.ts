import { describe, expect, it } from "vitest";
import { parseOwnToml } from "../facts/own-config.ts";
import { examplePolicy, readPolicy, type PolicyFile } from "./policy-file.ts";

const read = async (text: string): Promise<PolicyFile> => readPolicy("/p/prune.toml", await parseOwnToml({ file: "/p/prune.toml", text }));

describe("prune.toml", () => {
  it("says what goes, for all tools and for one", async () => {
    const { now, policy, tools } = await read('now = false\nolder-than = "30d"\nkeep = ["torch"]\n[tool.uv]\nunused = true\nleftovers = false\n');
    expect(now).toBe(false);
    expect(policy).toMatchObject({ leftovers: true, olderThan: 30 * 24 * 3_600_000, keep: ["torch"] });
    expect(tools.get("uv")).toMatchObject({ leftovers: false, unused: true });
    expect(tools.get("uv")?.olderThan).toBeUndefined();
  });

  it("is understood as its own hint writes it", async () => expect(await read(examplePolicy)).toMatchObject({ now: true, policy: { keepSize: 1e10 } }));

  it.each([
    ['older-than = "30d"', "now has to be true"],
    ["now = 1", "now has to be true"],
    ["now = true\nolder = '30d'", "unknown key older"],
    ["now = true\nkeep-size = 5", "keep-size must be a text"],
    ["now = true\nkeep-size = 'much'", "keep-size wants a size"],
    ["now = true\nkeep-versions = 0", "keep-versions must be a number from 1"],
    ["now = true\nkeep = 'torch'", "keep must be a list"],
    ["now = true\n[tool.uv]\nkept = 1", "[tool.uv]: unknown key kept"],
    ["now = true\n[tool.apt]\n", "there is no such tool"],
    ["now = true\nnow = true", "prune.toml:2"],
  ])("%j is refused, and says why", async (text, why) => {
    await expect(read(text)).rejects.toThrow(why);
  });
});
