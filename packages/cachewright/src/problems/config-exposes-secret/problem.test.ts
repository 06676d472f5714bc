import { describe, expect, it } from "vitest";
import { configFile, factsWith, link, pipUse, present, rootOwned, root, type PathWords } from "../../facts/example-facts.ts";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const file = "/home/me/.config/pip/pip.conf";
const secrets = [{ section: "global", key: "index-url", line: 2 }];
const withFile = (words: PathWords = {}, more: readonly PathFact[] = []): Facts =>
  factsWith({ paths: [present(file, { type: "file", ...words }), ...more], pip: { configs: [configFile({ secrets })], uses: [pipUse()] } });
const globalFile = (words: PathWords = {}): Facts => {
  const path = "/etc/pip.conf";
  return factsWith({ paths: [present("/etc", rootOwned), present(path, { type: "file", ...rootOwned, ...words })], pip: { configs: [configFile({ path, level: "global", secrets })], uses: [pipUse()] } });
};

describe("config-exposes-secret finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("a credential in a file of mode 0644 below directories that everybody may enter", () => {
    const { found } = examine(problem, withFile());
    expect(found).toMatchObject({ severity: "warning", subject: file, params: { line: "2", key: "index-url", mode: "0644", variant: "own", pip: "pip 24.3.1" } });
    expect(found.evidence).toMatchObject([{ says: "[global] index-url holds a credential, and mode 0644 lets everybody read it", from: { path: file, line: 2 } }]);
  });

  it.each([0o600, 0o640, 0o660])("nothing in a file of mode %o", (mode) => {
    expect(problem.detect(withFile({ mode }))).toEqual([]);
  });

  it("nothing where a directory above keeps others out", () => {
    expect(problem.detect(withFile({}, [present("/home/me", { mode: 0o700 })]))).toEqual([]);
    expect(problem.detect(withFile({}, [present("/home/me/.config", { mode: 0o750 })]))).toEqual([]);
  });

  it("nothing where the directories above were not seen", () => {
    expect(problem.detect(withFile({}, [{ path: "/home", state: "denied", errno: "EACCES" }]))).toEqual([]);
  });

  it("nothing in a file without a credential", () => {
    expect(problem.detect(factsWith({ paths: [present(file, { type: "file" })], pip: { configs: [configFile()], uses: [pipUse()] } }))).toEqual([]);
  });

  it("the file that a link leads to", () => {
    const real = "/srv/dotfiles/pip.conf";
    const { found } = examine(problem, { ...withFile(), paths: { ...withFile().paths, ...factsWith({ paths: [link(file, real), present("/srv"), present("/srv/dotfiles"), present(real, { type: "file" })] }).paths } });
    expect(found.params).toMatchObject({ path: file, file: real });
  });
});

describe("the cures", () => {
  it("close a file of one's own to everybody else, and name the better place", () => {
    const { ids, cure } = examine(problem, withFile());
    expect(ids).toEqual(["make-private", "move-out"]);
    expect(cure("make-private")).toMatchObject({ needs: "user", steps: [{ kind: "chmod", actor: "user", root: file, select: "top", files: { add: 0, remove: 0o077 } }] });
  });

  it("never close a global file: pip would pass over it for everybody", () => {
    const { found, ids, cure } = examine(problem, globalFile());
    expect(found.params["variant"]).toBe("shared");
    expect(ids).toEqual(["move-out"]);
    expect(cure("move-out")).toMatchObject({ needs: "root", steps: [], shown: ["# edit /etc/pip.conf:2", "keyring set INDEX-URL USER-NAME"] });
  });

  it("not even as root, nor a file of somebody else's, nor one with a second name", () => {
    expect(examine(problem, { ...globalFile(), user: root() }).ids).toEqual(["move-out"]);
    expect(examine(problem, withFile({ uid: 1001 })).ids).toEqual(["move-out"]);
    expect(examine(problem, withFile({ nlink: 2 })).ids).toEqual(["move-out"]);
  });
});
