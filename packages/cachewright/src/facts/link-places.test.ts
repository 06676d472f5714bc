import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeMachine } from "../machine/node-machine.ts";
import { venv } from "./example-facts.ts";
import { linkPlaces } from "./link-places.ts";
import { startLooks } from "./looks.ts";

const home = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-links-")));
afterAll(() => rmSync(home, { recursive: true }));
const looksIn = (env: Record<string, string> = {}): ReturnType<typeof startLooks> => startLooks(nodeMachine({ env, cwd: home }));

describe("linkPlaces", () => {
  it("say that there is no cache of uv's, and which environment would be linked into", () => {
    const target = venv({ prefix: join(home, "env") });
    expect(linkPlaces(looksIn(), { installs: [target], home, uvCaches: [] })).toMatchObject({ cache: null, parts: [], target: target.purelib });
  });

  it("are the parts of uv's cache, of whatever version, and what a linked part leads to", () => {
    const cache = join(home, ".cache/uv");
    for (const part of ["archive-v0", "wheels-v7", "my-own-things"]) mkdirSync(join(cache, part), { recursive: true });
    mkdirSync(join(home, "big"));
    symlinkSync(join(home, "big"), join(cache, "sdists-v10"));
    const looks = looksIn();
    expect(linkPlaces(looks, { installs: [], home, uvCaches: [] })).toMatchObject({ cache, parts: ["archive-v0", "sdists-v10", "wheels-v7"].map((part) => join(cache, part)), target: null });
    expect(looks.paths.get(join(home, "big"))?.type).toBe("dir");
  });

  it("follow what uv's settings say before UV_CACHE_DIR before XDG_CACHE_HOME before the home", () => {
    for (const place of ["a", "b/uv"]) mkdirSync(join(home, place), { recursive: true });
    expect(linkPlaces(looksIn({ UV_CACHE_DIR: join(home, "a"), XDG_CACHE_HOME: join(home, "b") }), { installs: [], home, uvCaches: [] }).cache).toBe(join(home, "a"));
    expect(linkPlaces(looksIn({ UV_CACHE_DIR: join(home, "a") }), { installs: [], home, uvCaches: [join(home, "b/uv")] }).cache).toBe(join(home, "b/uv"));
    expect(linkPlaces(looksIn({ XDG_CACHE_HOME: join(home, "b") }), { installs: [], home, uvCaches: [] }).cache).toBe(join(home, "b/uv"));
  });
});
