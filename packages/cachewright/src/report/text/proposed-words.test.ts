import { describe, expect, it } from "vitest";
import { diagnose } from "../../problems/diagnose.ts";
import { illMachines } from "../../problems/ill-machines.ts";
import type { ProposedStep } from "../../problems/problem.ts";
import { canBeUndone, proposedWords } from "./proposed-words.ts";

const base = { why: "", actor: "user" } as const;
const tree = { ...base, root: "/c", within: "/c", select: "tree" } as const;

describe("what a cure would do, before anything is counted", () => {
  it.each<[ProposedStep, string]>([
    [{ kind: "chown", ...tree, to: { uid: 1, gid: 2 } }, "give everything at or below /c to uid 1, gid 2, where it is somebody else's"],
    [{ kind: "chmod", ...tree, dirs: { add: 0o700, remove: 0 }, files: { add: 0, remove: 0o2 } }, "change the mode of everything at or below /c: +700 for directories, -002 for files"],
    [{ kind: "chmod", ...tree, select: "top", dirs: { add: 0o700, remove: 0 }, files: { add: 0, remove: 0 } }, "change the mode of /c: +700 for directories"],
    [{ kind: "clear-cache", ...base, cache: "/c", atLeast: 5e6 }, "remove entries of /c, the least useful first, until 5.0 MB are free"],
    [{ kind: "clear-cache", ...base, cache: "/c", atLeast: Number.MAX_SAFE_INTEGER }, "remove what is cached in /c"],
    [{ kind: "change-config", ...base, path: "/f", change: { do: "set", section: "global", key: "cache-dir", value: "/x" } }, "set cache-dir = /x in [global] of /f"],
    [{ kind: "change-config", ...base, path: "/f", change: { do: "value", format: "toml", edit: { do: "unset", path: ["tool", "uv", "cache-dir"] } } }, "remove tool.uv.cache-dir from /f"],
    [{ kind: "rename", ...base, from: "/a\nb", to: "/c", aside: true }, "set aside $'/a\\nb' as /c"],
  ])("%#", (step, words) => {
    expect(proposedWords(step)).toBe(words);
  });

  it("has words for every step of every cure, none of which names nothing or counts what nobody counted", async () => {
    for (const [id, machines] of Object.entries(illMachines)) {
      for (const facts of machines) {
        for (const { remedies } of (await diagnose(facts, { problems: [id] })).findings) {
          for (const step of remedies.flatMap((remedy) => remedy.steps)) expect(proposedWords(step)).toMatch(/^(?!.*(?:undefined|\[object|\b0 entries))[a-z]+ .*\S$/);
        }
      }
    }
  });

  it("says of what removes that it cannot be undone", () => {
    expect(canBeUndone({ kind: "remove", ...base, within: "/c", paths: [] })).toBe(false);
    expect(canBeUndone({ kind: "rename", ...base, from: "/a", to: "/b", aside: true })).toBe(true);
  });
});
