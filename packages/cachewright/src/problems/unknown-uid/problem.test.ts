import { describe, expect, it } from "vitest";
import { factsWith, present, user } from "../../facts/example-facts.ts";
import { diagnose } from "../diagnose.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const nameless = (homeEnv: string | null): Pick<ReturnType<typeof factsWith>, "user"> => ({ user: user({ uid: 12345, euid: 12345, homeEnv, homeAccount: null, name: { ok: false, reason: "absent", from: { call: "getpwuid" } } }) });

describe("unknown-uid finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("a number without an account and without a HOME", () => {
    const { found } = examine(problem, factsWith(nameless(null)));
    expect(found).toMatchObject({ severity: "error", subject: "uid 12345", params: { uid: "12345", variant: "no-home" } });
    expect(found.evidence.map(({ says }) => says)).toEqual(["no account has the number 12345", "HOME is not set"]);
  });

  it("one that was sent to / as its home, as Docker does", () => {
    expect(examine(problem, factsWith(nameless("/"))).found.params["variant"]).toBe("unusable-home");
  });

  it("nothing where HOME serves, or the places are given one by one", () => {
    expect(problem.detect(factsWith({ ...nameless("/work"), paths: [present("/work", { uid: 12345, write: "ok" })] }))).toEqual([]);
    expect(problem.detect(factsWith({ ...nameless(null), env: { XDG_CACHE_HOME: "/work/c", XDG_CONFIG_HOME: "/work/s" } }))).toEqual([]);
  });

  it("the cause of a missing home: one finding", async () => {
    const { findings } = await diagnose(factsWith(nameless("/")));
    expect(findings.filter(({ finding }) => ["unknown-uid", "home-missing"].includes(finding.problem)).map(({ finding }) => finding.problem)).toEqual(["unknown-uid"]);
  });
});

describe("the cures", () => {
  it("are the container's to make", () => {
    const { ids, cure } = examine(problem, factsWith(nameless(null)));
    expect(ids).toEqual(["set-home", "add-account"]);
    expect(cure("set-home").shown).toEqual(["export HOME=/tmp/home-12345 USER=uid12345", 'mkdir -p -m 700 "$HOME"']);
  });
});
