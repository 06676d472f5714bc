import { describe, expect, it } from "vitest";
import { factsWith, user } from "../facts/example-facts.ts";
import type { AppError } from "../machine/app-error.ts";
import type { ProposedStep } from "../problems/problem.ts";
import type { Step } from "./step.ts";
import { childSide } from "./user-side.ts";

const account = { name: "me", uid: 1000, gid: 1000, home: "/home/me", shell: "/bin/sh" };
const answering = (answer: unknown) => childSide(account, () => answer);

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    return (error as AppError).code;
  }
  return undefined;
}

const give = (root: string): Step => ({ kind: "chown", why: "because", actor: "root", root, within: root, select: "tree", to: { uid: 1000, gid: 1000 } });
const clear: ProposedStep = { kind: "clear-cache", why: "because", actor: "root", cache: "/home/me/.cache/pip", atLeast: 1 };
const remove = (within: string): Step => ({ kind: "remove", why: "because", actor: "root", within, paths: [] });

describe("what a process that became a user tells root", () => {
  it("is taken for facts about that user only", () => {
    const facts = factsWith({ user: user() });
    expect(answering(facts).collect({})).toBe(facts);
    for (const change of [{ uid: 0 }, { euid: 0 }, { gid: 0 }]) {
      expect(codeOf(() => answering({ ...facts, user: { ...facts.user, ...change } }).collect({}))).toBe("E_STEP");
    }
  });

  it("adds no step of root's to what root proposed", () => {
    const proposals = [[give("/home/me/.cache/pip"), clear]];
    const honest = [[give("/home/me/.cache/pip"), remove("/home/me/.cache/pip")]];
    expect(answering(honest).resolve(proposals)).toEqual(honest);
    for (const step of [give("/etc"), remove("/"), { ...give("/home/me/.cache/pip"), to: { uid: 1, gid: 1 } }]) {
      expect(codeOf(() => answering([[step]]).resolve(proposals))).toBe("E_STEP");
    }
    expect(codeOf(() => answering([[], [give("/home/me/.cache/pip")]]).resolve(proposals))).toBe("E_STEP");
  });
});
