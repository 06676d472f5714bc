import { mkdtempSync, realpathSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleWheel } from "../../../test/tools/archives.ts";
import { keyPath, putResponse } from "../../../test/tools/pip-caches.ts";
import { fill, sdistUrl, wheel, wheelUrl } from "../../../test/tools/pip-sample.ts";
import { nodeMachine } from "../../machine/node-machine.ts";
import type { CacheAsk, CacheListing, KeptFindings } from "../tool-cache.ts";
import { pipCache } from "./tool-cache.ts";

describe("what is kept from look to look", () => {
  let root = "";
  const now = Date.now();
  const machine = nodeMachine();
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-pip-kept-")));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const list = (ask: Partial<CacheAsk> = {}): CacheListing => pipCache.list({ machine, root, now, versions: [], pythons: [], ...ask });
  /** As the command keeps it, but in memory. */
  const memory = (): KeptFindings & { readonly found: Map<string, unknown> } => {
    const found = new Map<string, unknown>();
    return { found, get: (key) => found.get(key), set: (key, value) => void found.set(key, value) };
  };
  const later = now + 60_000;
  const counting = () => {
    const counts = { readEnds: 0, list: 0 };
    const counted = { ...machine, readEnds: (...args: Parameters<typeof machine.readEnds>) => (counts.readEnds += 1, machine.readEnds(...args)), list: (path: string) => (counts.list += 1, machine.list(path)) };
    return { counts, counted };
  };

  it("from the second look on gives the same answer without reading an entry or a directory of them", () => {
    fill(putResponse, root);
    const kept = memory();
    const first = list({ kept, now: later }).entries;
    expect([...kept.found.keys()]).toEqual(["looked"]);
    expect(list({ kept, now: later }).entries).toEqual(first);
    // What has no name and no place in an index is read again only when it is damaged: nothing here is.
    const third = counting();
    expect(list({ kept, now: later, machine: third.counted }).entries).toEqual(first);
    expect(third.counts).toEqual({ readEnds: 0, list: 1 });
  });

  it("notices what is exchanged, made, cut off and taken away", () => {
    fill(putResponse, root);
    const kept = memory();
    for (let i = 0; i < 3; i += 1) list({ kept, now: later });
    const path = keyPath(root, "http-v2", wheelUrl);
    renameSync(keyPath(root, "http-v2", sdistUrl), join(root, "aside"));
    writeFileSync(join(root, "new"), sampleWheel("pandas", "2.0"));
    renameSync(join(root, "new"), `${path}.body`);
    putResponse(root, { url: "https://files.example/other.whl", body: sampleWheel("other", "3.0") });
    const named = list({ kept, now: later }).entries.map(({ project, version, kind }) => `${project} ${version} ${kind}`);
    expect(named).toEqual(expect.arrayContaining(["pandas 2.0 download", "other 3.0 download", "null null leftover"]));
    expect(named).not.toContain("numpy 1.26.4 download");
  });

  it("asks again after a day when a body was read last", () => {
    putResponse(root, { url: wheelUrl, body: wheel });
    const kept = memory();
    for (let i = 0; i < 3; i += 1) list({ kept, now: later });
    // Whole seconds: utimes(2) is given a double.
    const used = new Date(Math.ceil(now / 1000) * 1000 + 5_000_000);
    const body = `${keyPath(root, "http-v2", wheelUrl)}.body`;
    utimesSync(body, used, statSync(body).mtime);
    expect(list({ kept, now: later + 25 * 3_600_000 }).entries[0]?.usedMs).toBe(used.getTime());
  });

  it("takes no finding that makes no sense", () => {
    fill(putResponse, root);
    const kept = memory();
    for (let i = 0; i < 3; i += 1) list({ kept, now: later });
    const sound = list().entries.map(({ id, project }) => `${id} ${project}`);
    for (const key of kept.found.keys()) if (key !== "looked" && !key.startsWith("d ")) kept.found.set(key, ["download", 1, {}, [], null, "x", "", ""]);
    expect(list({ kept, now: later }).entries.map(({ id, project }) => `${id} ${project}`)).toEqual(sound);
  });
});
