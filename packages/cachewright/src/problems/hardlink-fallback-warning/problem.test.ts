import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith, present, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const cache = "/home/me/.cache/uv";
const target = venv().purelib;
const on = (dev: string, change: Parameters<typeof factsWith>[0] = {}): Facts =>
  factsWith({ linkPlaces: { cache, parts: [], target, protectedHardLinks: true }, installs: [venv()], paths: [{ ...present(cache), dev }, ...venvPaths()], ...change });

describe("hardlink-fallback-warning", () => {
  it("is no finding unless somebody asks", () => {
    expect(problem.when).toBe("asked");
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("names the environment and the cache that are on two devices", () => {
    const { found, cures } = examine(problem, on("2"));
    expect(found).toMatchObject({ severity: "note", subject: target, params: { cache } });
    expect(cures).toMatchObject([{ id: "copy-mode", steps: [], shown: ["export UV_LINK_MODE=copy"] }, { id: "move-cache", steps: [] }]);
  });

  it("says nothing on one device, or where copying is meant", () => {
    expect(problem.detect(on("1"))).toEqual([]);
    expect(problem.detect(on("2", { env: { HOME: "/home/me", UV_LINK_MODE: "copy" } }))).toEqual([]);
  });

  it.each(["hardlink", "symlink", "clone"])("is a notice in a log that fails to %s", (verb) => {
    expect(explainText(`warning: Failed to ${verb} files; falling back to full copy. This may lead to degraded performance.\nInstalled 2 packages in 3ms`).findings).toMatchObject([{ problem: "hardlink-fallback-warning", weight: "notice" }]);
  });
});
