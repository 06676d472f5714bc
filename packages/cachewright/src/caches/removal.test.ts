import { describe, expect, it } from "vitest";
import { exampleEntry, examplePlace } from "./example-entries.ts";
import { removalOf } from "./removal.ts";

const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id).sort();
const softly = [{ environment: "/home/me/env", how: "soft-link" as const }];

describe("what goes with what", () => {
  const archive = exampleEntry("archive", { onlyForThem: true });
  const one = exampleEntry("one", { needs: ["archive"] });
  const other = exampleEntry("other", { needs: ["archive"] });

  it("takes along what is of no use without it", () => {
    expect(ids(removalOf([archive], [archive, one, other]).goes)).toEqual(["archive", "one", "other"]);
  });

  it("takes what was there for it alone, with the last that needs it", () => {
    expect(ids(removalOf([one], [archive, one, other]).goes)).toEqual(["one"]);
    expect(ids(removalOf([one, other], [archive, one, other]).goes)).toEqual(["archive", "one", "other"]);
  });

  it("leaves what is of use by itself", () => {
    const download = exampleEntry("download");
    const unpacked = exampleEntry("unpacked", { needs: ["download"] });
    expect(ids(removalOf([unpacked], [download, unpacked]).goes)).toEqual(["unpacked"]);
  });

  it("keeps caches apart: the same id in another is another entry", () => {
    const elsewhere = exampleEntry("one", { needs: ["archive"], place: { ...examplePlace, root: "/srv/pip" } });
    expect(removalOf([archive], [archive, elsewhere]).goes).toEqual([archive]);
  });
});

describe("what stays", () => {
  it("is what an environment links to softly, with the environment's name", () => {
    const used = exampleEntry("used", { uses: softly });
    const { goes, stays } = removalOf([used], [used]);
    expect(goes).toEqual([]);
    expect(stays).toEqual([{ entry: used, why: "/home/me/env links to it: without it that environment is broken" }]);
  });

  it("is what says so itself", () => {
    const building = exampleEntry("building", { keep: "a build is under way" });
    expect(removalOf([building], [building])).toMatchObject({ goes: [], stays: [{ why: "a build is under way" }] });
  });

  it("keeps what it needs, too, and what was chosen beside it goes", () => {
    const archive = exampleEntry("archive");
    const used = exampleEntry("used", { needs: ["archive"], uses: softly });
    const free = exampleEntry("free");
    const { goes, stays } = removalOf([archive, free], [archive, used, free]);
    expect(ids(goes)).toEqual(["free"]);
    expect(stays).toMatchObject([{ entry: archive, why: expect.stringContaining("used needs it") }]);
  });

  it("stays also when something else that was chosen would have taken it along", () => {
    const archive = exampleEntry("archive");
    const used = exampleEntry("used", { needs: ["archive"], uses: softly });
    expect(removalOf([archive, used], [archive, used]).goes).toEqual([]);
  });

  it("does not stay for a hard link or a copy: these live on", () => {
    const linked = exampleEntry("linked", { uses: [{ environment: "/e", how: "hard-link" }, { environment: "/f", how: "copy" }] });
    expect(ids(removalOf([linked], [linked]).goes)).toEqual(["linked"]);
  });
});
