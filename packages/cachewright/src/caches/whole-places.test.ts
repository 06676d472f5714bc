import { describe, expect, it } from "vitest";
import { exampleEntry, examplePlace } from "./example-entries.ts";
import { wholePlaces } from "./whole-places.ts";

const { root } = examplePlace;
const nothingElse = { place: examplePlace, foreign: [], marks: [], unread: [] };

describe("the fewest paths that are the entries", () => {
  const one = exampleEntry("http/a/1");
  const two = exampleEntry("http/b/2");
  const wheel = exampleEntry("wheels/x");
  const entries = [one, two, wheel];

  it("is a whole directory where all of it goes", () => {
    expect(wholePlaces({ ...nothingElse, entries }, [one, two])).toEqual([`${root}/http`]);
  });

  it("is each entry where one beside it stays", () => {
    expect(wholePlaces({ ...nothingElse, entries }, [one, wheel])).toEqual([`${root}/http/a/1`, `${root}/wheels`]);
  });

  it("leaves a directory that holds somebody else's, a mark, or what may not be read", () => {
    for (const held of [{ foreign: [`${root}/http/notes.txt`] }, { marks: [`${root}/http/.lock`] }, { unread: [{ path: `${root}/http/c`, errno: "EACCES" }] }]) {
      expect(wholePlaces({ ...nothingElse, entries, ...held }, entries)).toEqual([`${root}/http/a/1`, `${root}/http/b/2`, `${root}/wheels`]);
    }
  });

  it("is each entry where the root itself may not be listed", () => {
    expect(wholePlaces({ ...nothingElse, entries, unread: [{ path: root, errno: "EACCES" }] }, entries)).toEqual(entries.flatMap(({ paths }) => paths));
  });

  it("leaves a directory that holds another tool's cache, and what that has in the same root", () => {
    const [inner, same] = [{ ...examplePlace, tool: "uv" as const, root: `${root}/http/uv` }, { ...examplePlace, tool: "uv" as const }];
    const apart = [`${root}/http/a/1`, `${root}/http/b/2`, `${root}/wheels`];
    expect(wholePlaces({ ...nothingElse, entries }, entries, { all: [{ ...nothingElse, entries: [], place: inner }] })).toEqual(apart);
    expect(wholePlaces({ ...nothingElse, entries }, entries, { all: [{ ...nothingElse, entries: [], place: same, foreign: [`${root}/http/notes`] }] })).toEqual(apart);
  });

  it("is each entry in a directory that others may write in: what is theirs there is not ours", () => {
    expect(wholePlaces({ ...nothingElse, entries }, entries, { isOpen: (path) => path === `${root}/http` })).toEqual([`${root}/http/a/1`, `${root}/http/b/2`, `${root}/wheels`]);
  });
});
