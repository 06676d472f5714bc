import { describe, expect, it } from "vitest";
import { plainLook as look } from "../../../test/cli/plain-look.ts";
import { cache, factsWith, present, rootOwned } from "../../facts/example-facts.ts";
import type { FixOutcome, PreparedFix } from "../../fixes/cure.ts";
import type { Plan } from "../../fixes/step.ts";
import type { Diagnosed } from "../../problems/diagnose.ts";
import type { Finding, Remedy } from "../../problems/problem.ts";
import { remedyText, titleOf } from "../../problems/texts.ts";
import { fixOutcomeText, preparedText } from "./fix.ts";

const finding: Finding = {
  problem: "cache-not-owned", severity: "warning", subject: cache, evidence: [],
  params: { path: cache, pip: "pip 23.0.1", by: cache, because: "it belongs to root" },
};
const step = { kind: "change-config", why: "", actor: "user", path: "/home/me/.config/pip/pip.conf", change: { do: "remove", section: "global", key: "k", line: 2 } } as const;
const elsewhere: Remedy = { id: "cache-elsewhere", needs: "user", steps: [step] };
const giveBack: Remedy = { id: "give-back", needs: "root", steps: [{ kind: "chown", why: "", actor: "root", root: cache, within: cache, select: "tree", to: { uid: 1000, gid: 1000 } }] };
const shownOnly: Remedy = { id: "no-sudo", needs: "user", steps: [], shown: ["pip install PACKAGE"] };
const plan: Plan = {
  cures: [{ problem: finding.problem, subject: cache, remedy: "cache-elsewhere" }], steps: [], needs: "user", undoable: "fully", frees: 0,
  user: { uid: 1000, name: "me" }, probes: [],
};

function prepared(remedies: Remedy[], change: Partial<PreparedFix>): PreparedFix {
  const diagnosed: Diagnosed = { finding, remedies, folded: [] };
  return {
    request: { problems: [] }, facts: factsWith({ paths: [present(cache, rootOwned)] }), diagnosis: { findings: [diagnosed] },
    choice: { chosen: [], shown: [], refused: [] }, plan: null, ...change,
  } as PreparedFix;
}

const flat = (text: string): string => text.replace(/\s+/g, " ");

describe("preparedText", () => {
  it("tells the price of the chosen cure below what it cures", () => {
    const text = preparedText(prepared([elsewhere], { plan, choice: { chosen: [{ finding, remedy: elsewhere }], shown: [], refused: [] } }), look);
    expect(flat(text)).toContain(`by cache-elsewhere) price: ${remedyText("cache-not-owned", "cache-elsewhere").tradeoff}`);
  });

  it("says that nothing could be done, why, and where to read on, when a chosen cure has no step left", () => {
    const text = preparedText(prepared([elsewhere], { choice: { chosen: [{ finding, remedy: elsewhere }], shown: [], refused: [] } }), look);
    expect(flat(text)).toContain("Nothing could be done, and nothing was changed:");
    expect(flat(text)).toContain(`${cache} (cache-not-owned)`);
    expect(flat(text)).toContain("/home/me/.config/pip/pip.conf holds nothing that it would change");
    expect(text).toContain("cachewright explain cache-not-owned");
  });

  it("says of a cure that takes root that it needs root, and what would do without", () => {
    const text = flat(preparedText(prepared([giveBack, elsewhere], { choice: { chosen: [], shown: [{ finding, remedies: [giveBack, elsewhere] }], refused: [] } }), look));
    expect(text).toContain("sudo /opt/node/bin/node");
    expect(text).toContain("This needs root: the command above that begins with sudo");
    expect(text).toContain("Without root could be taken: --choose cache-elsewhere:");
    expect(text).not.toMatch(/does not do this itself|nothing cachewright can do/);
  });

  it("leaves to the person what is only shown", () => {
    const text = flat(preparedText(prepared([shownOnly], { choice: { chosen: [], shown: [{ finding, remedies: [shownOnly] }], refused: [] } }), look));
    expect(text).toContain("Cachewright does not do this itself; the commands above are for you to run.");
    expect(text).not.toContain("needs root");
  });
});

describe("fixOutcomeText", () => {
  const done: FixOutcome = { status: "cured", verified: [], outcome: { run: "20261121-091530-a1b2", status: "applied", freed: 0, left: [], asides: [] } as unknown as FixOutcome["outcome"] };
  const choice: PreparedFix["choice"] = { chosen: [], shown: [], refused: [] };
  const back = { undo: "cachewright undo 20261121-091530-a1b2" };

  it("claims a real write only where one was made", () => {
    expect(fixOutcomeText(done, { plan: { ...plan, probes: [cache] }, choice }, { look, back })).toContain("by looking again and by a real write.");
    expect(fixOutcomeText(done, { plan, choice }, { look, back })).toContain("verified by looking again.\n");
  });

  it("ends with the way back, and names the journal's place where it is not the usual one", () => {
    expect(fixOutcomeText(done, { plan, choice }, { look, back })).toMatch(/To take it back: cachewright undo 20261121-091530-a1b2\n$/);
    expect(fixOutcomeText(done, { plan, choice }, { look, back: { ...back, journal: "/var/tmp/cachewright-1000" } })).toContain("The journal is in /var/tmp/cachewright-1000:");
  });

  it("tells of every refused cure, and does not claim it", () => {
    const refused = [{ finding, remedy: elsewhere, why: `${cache} is another's`, hint: "ask them" }];
    const text = flat(fixOutcomeText(done, { plan, choice: { ...choice, refused } }, { look, back }));
    expect(text).toContain("Cured but for what was refused, and verified by looking again.");
    expect(text).toContain(`${cache}: still there (refused: ${cache} is another's)`);
    const before = flat(preparedText(prepared([elsewhere, giveBack], { choice: { ...choice, refused } }), look));
    expect(before).toContain(`Refused, and left as it is: - ${titleOf(finding.problem)}: ${cache} (cache-not-owned) "`);
    expect(before).toContain(`is refused: ${cache} is another's ask them Instead could be taken: --choose give-back:`);
  });

  it("offers no way back where there is none", () => {
    expect(fixOutcomeText(done, { plan: { ...plan, undoable: "no" }, choice }, { look, back })).not.toContain("take it back");
  });
});
