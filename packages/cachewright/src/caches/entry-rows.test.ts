import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entriesFromRows, rowsOf } from "./entry-rows.ts";
import { exampleEntry, examplePlace } from "./example-entries.ts";

const kept = (entries: Parameters<typeof rowsOf>[1]) => entriesFromRows(examplePlace, JSON.parse(JSON.stringify(rowsOf(examplePlace, entries))));

describe("entries as rows", () => {
  it("come back as they were, through JSON", () => {
    const name = fc.string({ unit: "binary", minLength: 1, maxLength: 12 }).filter((text) => !text.includes("\0"));
    fc.assert(fc.property(name, fc.array(name, { minLength: 1, maxLength: 3 }), fc.option(name, { nil: null }), (id, others, project) => {
      const paths = [`${examplePlace.root}/${id}`, `${examplePlace.root}/${id}.body`, ...others.map((other) => `${examplePlace.root}/${other}`)];
      const entry = exampleEntry(id, { project, paths, kind: "package", hashes: { sha256: "ab" }, sealed: [paths[0] ?? ""], onlyForThem: true, needs: [id] });
      expect(kept([entry, exampleEntry(id)])).toEqual([entry, exampleEntry(id)]);
    }));
  });

  it("keep names that are no UTF-8, and times that nothing tells", () => {
    const entry = exampleEntry("odd\udcff", { usedMs: null, url: "https://index.example/a" });
    expect(kept([entry])).toEqual([entry]);
  });
});
