import { describe, expect, it } from "vitest";
import { readPixiConfig } from "./pixi-config.ts";
import { plainPixiConfig } from "./plain-config.ts";

const cacheOf = (entries: readonly { key: string; value: unknown; line: number }[] | undefined): unknown => entries?.filter(({ key }) => key.startsWith("cache."));

describe("plainPixiConfig", () => {
  it.each([
    "", "default-channels = [\"conda-forge\"]\n", "[cache]\nroot = \"/big/pixi\"\n", "# mine\ncache.root = '/big/pixi'\n",
    "[pypi-config]\nindex-url = \"https://x/cache\"\n\n[cache] # here\nroot = \"~/x\"  # and there\nconda-packages = '/p'\n",
    "[repodata-config]\ndisable-zstd = true\nother = [\n  \"cache\",\n]\n",
  ])("says of caches what the library says: %j", (text) => {
    const plain = plainPixiConfig(text);
    expect(plain).toBeDefined();
    expect(cacheOf(plain?.entries)).toEqual(cacheOf(readPixiConfig(text).entries));
  });

  it.each(["cache = { root = \"/x\" }\n", "[cache]\nroot = \"a\\tb\"\n", "[cache]\nroot = \"\"\"\n/x\"\"\"\n", "\"cache\".root = \"/x\"\n", "[ cache ]\nroot = '/x'\n", "[cache]\n\"root\" = '/x'\n", "[cache]\nroot = 1\n"])("declines what is more than plain strings: %j", (text) => {
    expect(plainPixiConfig(text)).toBeUndefined();
  });
});
