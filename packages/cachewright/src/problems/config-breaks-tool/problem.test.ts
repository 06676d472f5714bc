import { describe, expect, it } from "vitest";
import { factsWith, link, pipUse, present, root, rootOwned } from "../../facts/example-facts.ts";
import type { Facts, PathFact, PipUseFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const file = "/home/me/.config/pip/pip.conf";
type Break = PipUseFact["breaks"][number];
const broken = (breaks: readonly Break[], paths: readonly PathFact[] = [present(file, { type: "file" })]): Facts =>
  factsWith({ paths, pip: { configs: [], uses: [pipUse({ breaks: [...breaks] })] } });
const fault = (kind: string, words: Partial<Break> = {}): Break => ({ path: file, kind, line: 1, text: `pip's words for ${kind}`, ...words });

describe("config-breaks-tool finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each(["no-section-header", "bom", "utf16", "duplicate-key", "duplicate-section", "two-spellings", "not-utf8", "no-value", "bad-value", "version-key"])("a file with the fault %s", (kind) => {
    const { found } = examine(problem, broken([fault(kind)]));
    expect(found).toMatchObject({ severity: "error", subject: file, params: { file, line: "1", kind, text: `pip's words for ${kind}`, pip: "pip 24.3.1", variant: "file" } });
    expect(found.evidence).toEqual([{ says: `pip's words for ${kind}`, from: { path: file, line: 1 } }]);
  });

  it("one file once, with all its faults and all the pips that stumble", () => {
    const uses = [pipUse({ breaks: [fault("bom"), fault("duplicate-key", { line: 4 })] }), pipUse({ python: "/opt/python", pip: "9.0.3", breaks: [fault("bom")] })];
    const { found } = examine(problem, factsWith({ pip: { configs: [], uses } }));
    expect(found.params["pip"]).toBe("pip 24.3.1, 9.0.3");
    expect(found.evidence.map((one) => one.from.line)).toEqual([1, 4]);
  });

  it("a variable that no pip can take", () => {
    const { found, ids, cure } = examine(problem, broken([{ path: "", env: "PIP_NO_CACHE_DIR", kind: "bad-value", text: "invalid truth value 'maybe'" }]));
    expect(found).toMatchObject({ subject: "PIP_NO_CACHE_DIR", params: { variable: "PIP_NO_CACHE_DIR", variant: "variable" } });
    expect(ids).toEqual(["unset-variable"]);
    expect(cure("unset-variable").shown).toEqual(["unset PIP_NO_CACHE_DIR"]);
  });

  it("nothing in what old pips make of a true no-cache-dir: that is cache-disabled", () => {
    expect(problem.detect(broken([fault("no-cache-dir-crash")]))).toEqual([]);
  });

  it("nothing in a missing home: that is a problem of its own", () => {
    expect(problem.detect(broken([{ path: "", kind: "no-home", text: "RuntimeError: could not determine the home directory" }]))).toEqual([]);
  });
});

describe("the cures", () => {
  it("correct every fault of the file", () => {
    const { ids, cure } = examine(problem, broken([fault("bom"), fault("duplicate-key", { line: 4 })]));
    expect(ids).toEqual(["correct-file"]);
    expect(cure("correct-file")).toMatchObject({ needs: "user", steps: [{ kind: "change-config", actor: "user", path: file, change: { do: "cure", fault: "bom", line: 1 } }, { change: { do: "cure", fault: "duplicate-key", line: 4 } }] });
  });

  it("reach a file through its link, as people keep their dotfiles", () => {
    const real = "/home/me/dotfiles/pip.conf";
    expect(examine(problem, broken([fault("bom")], [link(file, "../../dotfiles/pip.conf"), present(real, { type: "file" })])).ids).toEqual(["correct-file"]);
  });

  it("blame the version, not a sound file with letters beyond ASCII", () => {
    const { ids, cure } = examine(problem, broken([fault("not-ascii")]));
    expect(ids).toEqual(["upgrade-pip"]);
    expect(cure("upgrade-pip").steps).toEqual([]);
    expect(examine(problem, broken([fault("not-ascii"), fault("bom")])).cure("correct-file").steps).toMatchObject([{ change: { fault: "bom" } }]);
  });

  it("show the fault to the owner of a global file; root may correct it", () => {
    const global = fault("no-section-header", { path: "/etc/pip.conf", line: 3 });
    const paths = [present("/etc/pip.conf", { type: "file", ...rootOwned })];
    expect(examine(problem, broken([global], paths)).cures).toMatchObject([{ id: "give-file-to-admin", needs: "root", steps: [], shown: ["# /etc/pip.conf:3: pip's words for no-section-header"] }]);
    expect(examine(problem, { ...broken([global], paths), user: root() }).cure("correct-file").steps).toMatchObject([{ actor: "root", path: "/etc/pip.conf" }]);
  });

  it("as root leave a file below somebody's home to its owner", () => {
    expect(examine(problem, { ...broken([fault("bom")]), user: root({ homeEnv: "/home/me" }) }).ids).toEqual(["give-file-to-admin"]);
  });
});
