import { describe, expect, it } from "vitest";
import { diagnose } from "../problems/diagnose.ts";
import { illMachines } from "../problems/ill-machines.ts";
import { absent, configFile, factsWith, link, pipUse, present, root, rootOwned, setting, user } from "./example-facts.ts";
import type { Facts } from "./facts.ts";
import { loadFacts, saveFacts } from "./snapshot.ts";

const ada = user({ name: { ok: true, value: "ada", from: { path: "/etc/passwd" } }, homeEnv: "/data/homes/ada.lovelace", homeAccount: "/data/homes/ada.lovelace" });
const adas: Facts = factsWith({
  user: ada, cwd: "/data/homes/ada.lovelace/ada-tools",
  accounts: { users: { 0: "root", 1000: "ada", 1001: "charles" }, groups: { 0: "root", 1000: "ada", 2000: "engines" } },
  env: { HOME: "/data/homes/ada.lovelace", USER: "ada", LOGNAME: "ada", PATH: "/data/homes/ada.lovelace/bin:/usr/bin", PIP_INDEX_URL: "https://ada:enchantress@index.example/simple" },
  paths: [
    present("/data/homes/ada.lovelace", { uid: 1000 }), present("/data/homes/ada.lovelace/.cache/pip", { ...rootOwned, acl: ["user::rwx", "user:ada:r-x", "group:engines:rwx"] }),
    link("/data/homes/ada.lovelace/link", "../charles/ada.lovelace"), absent("/srv/charles"),
  ],
  pip: {
    configs: [configFile({ path: "/data/homes/ada.lovelace/.config/pip/pip.conf", faults: [{ kind: "no-value", line: 1, text: "proxy https://ada:enchantress@proxy.example for ada" }] })],
    uses: [pipUse({ cacheFrom: setting("cache-dir", "~ada/c"), breaks: [{ path: "", kind: "bad-value", text: "for ada.lovelace" }] })],
  },
  unknown: [{ what: "ada's mounts", why: "EACCES", from: { path: "/data/homes/ada.lovelace" } }],
});

describe("saved facts", () => {
  it("hold no name of a person, no home and no secret", () => {
    const text = saveFacts(adas);
    for (const word of ["ada", "lovelace", "charles", "engines", "enchantress"]) expect(text).not.toMatch(new RegExp(`(?<![a-z])${word}`, "i"));
    expect(text).toContain("https://***@index.example/simple");
  });

  it("hold no name of whoever called sudo", () => {
    const text = saveFacts(factsWith({ user: root({ homeEnv: "/home/ada", sudo: { uid: 1000, user: "ada" } }), accounts: { users: { 0: "root" }, groups: {} } }));
    expect(text).not.toContain("ada");
    expect(text).toContain("root");
  });

  it("keep everything else: numbers, modes, versions, where things lie", async () => {
    const loaded = await loadFacts(saveFacts(adas));
    expect(loaded.paths["/data/homes/user/.cache/pip"]).toMatchObject({ uid: 0, mode: 0o755, acl: ["user::rwx", "user:user:r-x", "group:group2000:rwx"] });
    expect(loaded).toMatchObject({ cwd: "/data/homes/user/user-tools", user: { uid: 1000, home: { value: "/data/homes/user" } }, accounts: { users: { 0: "root", 1000: "user", 1001: "user1001" } }, at: adas.at, by: adas.by });
    expect(loaded.pip.uses[0]).toMatchObject({ pip: "24.3.1", cacheFrom: { value: "~user/c" } });
  });

  it("change a name as a whole word, not in the middle of one", async () => {
    const loaded = await loadFacts(saveFacts({ ...adas, cwd: "/srv/canada/ada.old/adapter" }));
    expect(loaded.cwd).toBe("/srv/canada/user.old/adapter");
  });

  it.each(["node", "default", "system", "present", "file", "dir", "ok", "user", "pip", "paths", "value", "http-v2", "wheels", "12345", "a+b(c)"])("stay facts, and say the same, for an account called %s", async (name) => {
    const facts = factsWith({
      user: user({ name: { ok: true, value: name, from: {} } }), accounts: { users: { 0: "root", 1000: name, 1001: "x" }, groups: { 1000: name } },
      env: { USER: name }, paths: [present("/home/me/.cache/pip", rootOwned)],
    });
    const loaded = await loadFacts(saveFacts(facts));
    expect((await diagnose(loaded)).findings.map(({ finding }) => finding.problem)).toEqual(["cache-not-owned"]);
  });

  it("hold names with odd characters back as well", () => {
    expect(saveFacts(factsWith({ user: user({ name: { ok: true, value: "corp+ada(x)", from: {} }, homeEnv: "/home/corp+ada(x)", homeAccount: "/home/corp+ada(x)" }) }))).not.toContain("ada(x)");
  });
});

describe("a replay", () => {
  it("of unchanged facts is the same facts", async () => {
    const facts = factsWith({ user: user({ name: { ok: true, value: "user", from: {} }, homeEnv: "/home/user", homeAccount: "/home/user" }), accounts: { users: { 0: "root", 1000: "user" }, groups: { 0: "root", 1000: "users" } } });
    expect(await loadFacts(saveFacts(facts))).toEqual(JSON.parse(JSON.stringify(facts)));
  });

  it("twice saved is the same as once", async () => {
    const once = saveFacts(adas);
    expect(saveFacts(await loadFacts(once))).toBe(once);
  });

  it.each(Object.entries(illMachines))("finds the same: %s", async (id, machines) => {
    for (const facts of machines) {
      const told = async (from: Facts): Promise<unknown[]> => {
        const { findings } = await diagnose(from, { problems: [id] });
        return findings.map(({ finding, remedies, folded }) => [finding.problem, finding.severity, finding.params["variant"], remedies.map((remedy) => remedy.id), folded.map((one) => one.problem)]);
      };
      expect(await told(await loadFacts(saveFacts(facts)))).toEqual(await told(facts));
    }
  });
});

describe("what is no facts", () => {
  const good = saveFacts(factsWith());

  it("is refused with its line when it is not JSON", async () => {
    const lines = good.split("\n");
    const broken = [...lines.slice(0, 6), `${lines[6] ?? ""}}`, ...lines.slice(7)].join("\n");
    await expect(loadFacts(broken)).rejects.toMatchObject({ code: "E_FACTS", message: expect.stringContaining("not valid JSON in line 7") });
    await expect(loadFacts("hello")).rejects.toMatchObject({ code: "E_FACTS", message: expect.stringContaining("in line 1") });
    await expect(loadFacts(good.slice(0, -10))).rejects.toMatchObject({ message: expect.stringContaining(`in line ${good.slice(0, -10).split("\n").length}`) });
    await expect(loadFacts("")).rejects.toMatchObject({ message: expect.stringContaining("in line 1") });
  });

  it("is refused when a newer Cachewright wrote it", async () => {
    await expect(loadFacts(good.replace('"schema": 1', '"schema": 2'))).rejects.toMatchObject({ code: "E_FACTS", message: "the facts are of schema 2, this Cachewright reads 1", exitCode: 2 });
  });

  it("is refused with the place that is wrong", async () => {
    const wrong = JSON.parse(good) as { user: { uid: unknown } };
    wrong.user.uid = "me";
    await expect(loadFacts(JSON.stringify(wrong))).rejects.toMatchObject({ code: "E_FACTS", message: expect.stringContaining("user.uid") });
    for (const text of ["[]", "null", "1", '"facts"', "{}"]) await expect(loadFacts(text)).rejects.toMatchObject({ code: "E_FACTS" });
  });
});
