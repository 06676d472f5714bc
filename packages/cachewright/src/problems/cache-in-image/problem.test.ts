import { describe, expect, it } from "vitest";
import { cache, factsWith, mount, present, root, rootOwned } from "../../facts/example-facts.ts";
import { toolFact, toolPlace } from "../../facts/example-tools.ts";
import { examine } from "../examine.ts";
import { inBuild } from "../ill-venvs.ts";
import { problem } from "./problem.ts";

describe("cache-in-image finds", () => {
  it("nothing on a machine, nor in a container that runs, however large the cache", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(factsWith({ machine: { ...factsWith().machine, container: { ok: true, value: "docker", from: { path: "/.dockerenv" } } } }))).toEqual([]);
  });

  it("a heavy cache in the layer that is being made", () => {
    const { found } = examine(problem, inBuild());
    expect(found).toMatchObject({ severity: "note", subject: cache, params: { path: cache, size: "240.0 MB" } });
    expect(found.evidence.map(({ from }) => from.path)).toEqual([cache, "/proc/self/mountinfo", "/proc/self/mountinfo"]);
  });

  it("nothing in a light one, nor on a cache mount", () => {
    expect(problem.detect(inBuild({ bytes: 99e6 }))).toEqual([]);
    expect(problem.detect(inBuild({}, { mounts: { ok: true, value: [mount("/"), mount(cache)], from: { path: "/proc/self/mountinfo" } } }))).toEqual([]);
  });

  it("says when it is a lower bound", () => {
    expect(examine(problem, inBuild({ complete: false })).found.params["size"]).toBe("at least 240.0 MB");
  });
});

describe("the cures", () => {
  it("clear it, or show what belongs into the Dockerfile", () => {
    const { ids, cure } = examine(problem, inBuild());
    expect(ids).toEqual(["clear-it", "cache-mount", "without-cache"]);
    expect(cure("clear-it").steps).toMatchObject([{ kind: "clear-cache", cache }]);
    expect(cure("cache-mount").shown).toEqual([`RUN --mount=type=cache,target=${cache},uid=1000,gid=1000 python3 -m pip install -r requirements.txt`]);
  });

  it("are the other tool's own for its cache", () => {
    const path = "/home/me/.cache/uv";
    const facts = { ...inBuild({ path }), tools: [toolFact("uv", { places: [toolPlace("cache", path)] })] };
    const { found, ids, cure } = examine(problem, facts);
    expect(found.params).toMatchObject({ path, tool: "uv" });
    expect(ids).toEqual(["clear-in-step", "cache-mount"]);
    expect(cure("clear-in-step").shown).toEqual(["RUN uv sync --frozen && uv cache clean"]);
    expect(cure("cache-mount").shown).toEqual([`RUN --mount=type=cache,target=${path},uid=1000,gid=1000 UV_LINK_MODE=copy uv sync --frozen`]);
  });

  it("name no uid for root, and clear nothing that is somebody else's", () => {
    const { ids, cure } = examine(problem, inBuild({}, { user: root() }));
    expect(ids).toEqual(["cache-mount", "without-cache"]);
    expect(cure("cache-mount").shown?.[0]).toContain(`target=${cache} python3`);
    expect(examine(problem, inBuild({}, { paths: [present(cache, rootOwned)] })).ids).not.toContain("clear-it");
  });
});
