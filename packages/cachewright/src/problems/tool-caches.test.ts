import { describe, expect, it } from "vitest";
import { absent, present, rootOwned } from "../facts/example-facts.ts";
import { toolPlace } from "../facts/example-tools.ts";
import type { Facts, PathFact, ScanFact } from "../facts/facts.ts";
import { poetryPlaces, withTool } from "./ill-project-tools.ts";
import { markedCaches, type MarkedCache } from "./marked-caches.ts";
import { cachesDenied, cachesDeniedRemedies } from "./tool-caches.ts";

const cache = "/home/me/.cache/pypoetry";
const tools = ["poetry", "pdm", "pipenv", "hatch", "virtualenv"] as const;
const scan = (...denied: PathFact[]): ScanFact => ({ root: cache, purpose: "cache", looked: 9, complete: true, denied, deniedCount: denied.length, openToAll: [], openCount: 0 });
const poetry = (paths: PathFact[], scans: ScanFact[] = []): Facts => withTool("poetry", { places: poetryPlaces }, { paths, scans });
const idsOf = (facts: Facts): string[] => cachesDeniedRemedies(facts, cachesDenied(facts, tools)[0]!).map(({ id }) => id);
const artifacts = present(`${cache}/artifacts`, rootOwned);

describe("cachesDenied", () => {
  it("is an error for poetry and pdm, which stop, and a warning for what only downloads again", () => {
    expect(cachesDenied(poetry([present(cache, rootOwned)]), tools)).toMatchObject([{ severity: "error", params: { variant: "stops", pip: "poetry 1.8.5", path: cache } }]);
    const pipenv = withTool("pipenv", { places: [toolPlace("cache", "/home/me/.cache/pipenv")] }, { paths: [present("/home/me/.cache/pipenv", rootOwned)] });
    expect(cachesDenied(pipenv, tools)).toMatchObject([{ severity: "warning", params: { variant: "silent" } }]);
  });

  it("finds nothing in environments that poetry keeps inside its cache", () => {
    expect(cachesDenied(poetry([present(cache)], [scan(present(`${cache}/virtualenvs/x`, rootOwned))]), tools)).toEqual([]);
  });

  it("says nothing of tools that were not asked for", () => {
    expect(cachesDenied(poetry([present(cache, rootOwned)]), ["pdm"])).toEqual([]);
  });
});

describe("the cures", () => {
  it("bring environments back at once when the cache around an ill part is set aside", () => {
    const envs = present(`${cache}/virtualenvs`);
    expect(idsOf(poetry([present(cache), artifacts, envs], [scan(artifacts)]))).toEqual(["set-aside", "give-back"]);
    // Not looked at: they might be left behind.
    expect(idsOf(poetry([present(cache), artifacts, absent(`${cache}/virtualenvs`)], [scan(artifacts)]))).toEqual(["set-aside", "give-back"]);
  });

  it("set no cache aside whose top is foreign while environments are in it", () => {
    expect(idsOf(poetry([present(cache, rootOwned), present(`${cache}/virtualenvs`)]))).toEqual(["give-back"]);
    expect(idsOf(poetry([present(cache, rootOwned)]))).toEqual(["set-aside", "give-back"]);
  });
});

describe("markedCaches", () => {
  it("know the parts of a cache that a tool divides, unless the whole is the cache", () => {
    const of = (facts: Facts): Pick<MarkedCache, "path" | "users" | "marks"> | undefined => markedCaches(facts).find(({ uses }) => uses.length === 0);
    expect(of(poetry([]))).toMatchObject({ path: cache, users: "poetry 1.8.5", marks: ["cache", "artifacts", "src"] });
    expect(of(withTool("pipenv", { places: [toolPlace("cache", "/home/me/.cache/pipenv")] }))?.marks).toEqual([""]);
  });
});
