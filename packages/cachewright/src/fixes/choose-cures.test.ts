import { describe, expect, it } from "vitest";
import type { AppError } from "../machine/app-error.ts";
import type { Diagnosed } from "../problems/diagnose.ts";
import type { ProposedStep, Remedy } from "../problems/problem.ts";
import { chooseCures } from "./choose-cures.ts";

const rename: ProposedStep = { kind: "rename", why: "", actor: "user", from: "/a", to: "/b", aside: true };
const chown: ProposedStep = { kind: "chown", why: "", actor: "root", root: "/a", within: "/a", select: "tree", to: { uid: 1, gid: 1 } };
const edit: ProposedStep = { kind: "change-config", why: "", actor: "user", path: "/c", change: { do: "remove", section: "global", key: "k", line: 1 } };
const clear: ProposedStep = { kind: "clear-cache", why: "", actor: "user", cache: "/a", atLeast: 1 };

const shownOnly: Remedy = { id: "shown", needs: "user", steps: [], shown: ["do it"] };
const aside: Remedy = { id: "aside", needs: "user", steps: [rename] };
const give: Remedy = { id: "give", needs: "root", steps: [chown] };

function found(problem: string, remedies: readonly Remedy[]): Diagnosed {
  return { finding: { problem, severity: "warning", subject: `/${problem}`, evidence: [], params: {} }, remedies, folded: [] };
}

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    return (error as AppError).code;
  }
  return undefined;
}

describe("choosing cures", () => {
  it("takes the gentlest that this call may apply", () => {
    const diagnosis = { findings: [found("p", [shownOnly, aside, give])] };
    expect(chooseCures(diagnosis, { asRoot: false, user: "me" }).chosen[0]?.remedy.id).toBe("aside");
    expect(chooseCures(diagnosis, { asRoot: true, user: "me" }).chosen[0]?.remedy.id).toBe("aside");
  });

  it("takes no harsher one by itself because the gentlest needs root", () => {
    const diagnosis = { findings: [found("p", [give, aside])] };
    expect(chooseCures(diagnosis, { asRoot: false, user: "me" })).toMatchObject({ chosen: [], shown: [{ finding: { problem: "p" } }] });
    expect(chooseCures(diagnosis, { asRoot: false, user: "me", choose: "aside" }).chosen[0]?.remedy.id).toBe("aside");
    expect(chooseCures(diagnosis, { asRoot: true, user: "me" }).chosen[0]?.remedy.id).toBe("give");
  });

  it("keeps findings apart that it can only show cures for", () => {
    const { chosen, shown } = chooseCures({ findings: [found("p", [shownOnly, give])] }, { asRoot: false, user: "me" });
    expect(chosen).toEqual([]);
    expect(shown).toMatchObject([{ finding: { problem: "p" }, remedies: [{ id: "shown" }, { id: "give" }] }]);
  });

  it("makes room first, then gives rights, moves, edits", () => {
    const findings = [found("edit", [{ id: "e", needs: "user", steps: [edit] }]), found("move", [aside]), found("own", [give]), found("room", [{ id: "c", needs: "user", steps: [clear] }])];
    expect(chooseCures({ findings }, { asRoot: true, user: "me" }).chosen.map(({ finding }) => finding.problem)).toEqual(["room", "own", "move", "edit"]);
  });

  it("takes the named remedy where it is offered, and the gentlest elsewhere", () => {
    const findings = [found("p", [aside, give]), found("q", [aside])];
    expect(chooseCures({ findings }, { asRoot: true, user: "me", choose: "give" }).chosen.map(({ remedy }) => remedy.id).sort()).toEqual(["aside", "give"]);
  });

  it("refuses a name nobody offers, one that is only shown, and one that needs root", () => {
    const diagnosis = { findings: [found("p", [shownOnly, aside, give])] };
    expect(codeOf(() => chooseCures(diagnosis, { asRoot: false, user: "me", choose: "nothing" }))).toBe("E_USAGE");
    expect(codeOf(() => chooseCures(diagnosis, { asRoot: false, user: "me", choose: "shown" }))).toBe("E_USAGE");
    expect(codeOf(() => chooseCures(diagnosis, { asRoot: false, user: "me", choose: "give" }))).toBe("E_PRIVILEGE");
  });
});
