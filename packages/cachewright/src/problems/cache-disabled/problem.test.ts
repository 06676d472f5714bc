import { describe, expect, it } from "vitest";
import { factsWith, inDocker, pipUse, present, root, rootOwned, setting } from "../../facts/example-facts.ts";
import type { Facts, SettingFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const file = "/home/me/.config/pip/pip.conf";
const off = (cacheOff: SettingFact, change: Parameters<typeof factsWith>[0] = {}): Facts =>
  factsWith({ pip: { configs: [], uses: [pipUse({ cacheOff })] }, paths: [present(file, { type: "file" })], ...change });
const variable = (value: string): SettingFact => setting("no-cache-dir", value, { section: ":env:", level: "env-var", from: { env: "PIP_NO_CACHE_DIR" } });

describe("cache-disabled finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each(["0", "false", "no", "off", "n", "F"])("the trap of no-cache-dir = %s, with file and line", (value) => {
    const { found } = examine(problem, off(setting("no-cache-dir", value)));
    expect(found).toMatchObject({ severity: "warning", subject: `${file}:2`, params: { place: `${file}:2`, key: "no-cache-dir", value, pip: "pip 24.3.1", variant: "trap" } });
    expect(found.evidence).toEqual([{ says: `[global] no-cache-dir = ${value}`, from: { path: file, line: 2 } }]);
  });

  it("the trap of PIP_NO_CACHE_DIR=0", () => {
    const { found, ids, cure } = examine(problem, off(variable("0")));
    expect(found).toMatchObject({ subject: "PIP_NO_CACHE_DIR", params: { variant: "trap" } });
    expect(ids).toEqual(["unset-variable", "keep-it"]);
    expect(cure("unset-variable").shown).toEqual(["unset PIP_NO_CACHE_DIR"]);
  });

  it("a true value, as meant: a warning for a person, a note for root, nothing in a container", () => {
    expect(examine(problem, off(setting("no-cache-dir", "true"))).found).toMatchObject({ severity: "warning", params: { variant: "meant" } });
    expect(examine(problem, off(setting("no-cache-dir", "1"), { user: root() })).found.severity).toBe("note");
    expect(problem.detect(off(setting("no-cache-dir", "1"), { machine: inDocker }))).toEqual([]);
    expect(problem.detect(off(variable("yes"), { machine: inDocker, user: root() }))).toEqual([]);
  });

  it("a true value that crashes pips before 19.0, an error everywhere", () => {
    const cacheOff = setting("no-cache-dir", "true");
    const breaks = [{ path: file, kind: "no-cache-dir-crash", line: 2, text: "TypeError: expected str, bytes or os.PathLike object, not int" }];
    const uses = [pipUse({ cacheOff }), pipUse({ python: "/opt/python", pip: "9.0.3", cacheOff, breaks })];
    const { found, ids } = examine(problem, factsWith({ machine: inDocker, user: root(), pip: { configs: [], uses }, paths: [present(file, { type: "file", ...rootOwned })] }));
    expect(found).toMatchObject({ severity: "error", params: { variant: "crash", pip: "pip 9.0.3" } });
    expect(ids).toEqual(["edit-out"]);
  });

  it("one setting once, with every pip that follows it", () => {
    const cacheOff = setting("no-cache-dir", "0");
    const uses = [pipUse({ cacheOff }), pipUse({ python: "/opt/python", pip: "19.3.1", cacheOff }), pipUse({ python: "/opt/other", cacheOff: variable("0") })];
    expect(problem.detect(factsWith({ pip: { configs: [], uses } })).map((one) => [one.subject, one.params["pip"]])).toEqual([[`${file}:2`, "pip 24.3.1, 19.3.1"], ["PIP_NO_CACHE_DIR", "pip 24.3.1"]]);
  });
});

describe("the cures", () => {
  it("take the line out of the user's own file", () => {
    const { ids, cure } = examine(problem, off(setting("no-cache-dir", "0", { section: "install" })));
    expect(ids).toEqual(["edit-out", "keep-it"]);
    expect(cure("edit-out")).toMatchObject({ needs: "user", steps: [{ kind: "change-config", actor: "user", path: file, change: { do: "remove", section: "install", key: "no-cache-dir", line: 2 } }] });
  });

  it("show the edit of a file that is not the user's, though the group may write it", () => {
    const global = setting("no-cache-dir", "0", { level: "global", from: { path: "/etc/pip.conf", line: 7 } });
    for (const words of [rootOwned, { ...rootOwned, mode: 0o664, write: "ok" }]) {
      const { cure } = examine(problem, off(global, { paths: [present("/etc/pip.conf", { type: "file", ...words })] }));
      expect(cure("edit-out")).toMatchObject({ needs: "root", steps: [], shown: ["# edit /etc/pip.conf:7"] });
    }
  });

  it("never edit a file with a second name, nor as root one below somebody's home", () => {
    const settingThere = setting("no-cache-dir", "0");
    expect(examine(problem, off(settingThere, { paths: [present(file, { type: "file", nlink: 2 })] })).cure("edit-out").steps).toEqual([]);
    expect(examine(problem, off(settingThere, { user: root({ homeEnv: "/home/me" }) })).cure("edit-out").steps).toEqual([]);
    expect(examine(problem, off(settingThere, { user: root(), paths: [present(file, { type: "file", ...rootOwned })] })).cure("edit-out").steps).toHaveLength(1);
  });

  it("or keep it, with a reason", () => {
    expect(examine(problem, off(setting("no-cache-dir", "true"))).cure("keep-it")).toMatchObject({ steps: [], shown: ['cachewright doctor --ignore cache-disabled --why "REASON"'] });
  });
});
