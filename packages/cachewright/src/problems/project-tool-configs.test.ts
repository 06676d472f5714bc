import { describe, expect, it } from "vitest";
import { factsWith, present, root, rootOwned } from "../facts/example-facts.ts";
import { toolFact } from "../facts/example-tools.ts";
import { configOf, withConfig, withTool } from "./ill-project-tools.ts";
import { brokenProjectConfigs, brokenProjectRemedies, exposedProjectSecrets, unreadProjectConfigs, unreadProjectRemedies } from "./project-tool-configs.ts";

const tools = ["poetry", "pdm", "pipenv", "hatch"] as const;
const poetry = configOf.poetry!;
const file = (path: string, words: Parameters<typeof present>[1] = {}): ReturnType<typeof present> => present(path, { type: "file", ...words });
const cure = { line: 1, old: "cache-dir = /x", text: 'cache-dir = "/x"' };
const broken = { state: "breaks", error: "Invalid TOML file", line: 1 } as const;

describe("brokenProjectConfigs", () => {
  it("finds nothing in files that are read, absent or passed over", () => {
    for (const state of ["read", "absent", "ignored"] as const) expect(brokenProjectConfigs(withConfig("poetry", { state }, []), tools)).toEqual([]);
  });

  it("tells a file once, with every version it stops", () => {
    const configs = [{ path: poetry, scope: "user", format: "toml", ...broken }] as const;
    const facts = factsWith({ tools: ["1.8.5", "2.5.1"].map((version) => toolFact("poetry", { version, configs: [...configs] })) });
    expect(brokenProjectConfigs(facts, tools)).toMatchObject([{ subject: poetry, severity: "error", params: { pip: "poetry 1.8.5, 2.5.1", line: "1", variant: "file" } }]);
  });

  it("says that a project's file stops that project only", () => {
    expect(brokenProjectConfigs(withConfig("pipenv", broken, []), tools)).toMatchObject([{ params: { variant: "project" } }]);
  });

  it("tells a variable that ends every command, and no remark about a value that works", () => {
    const set = (error: string) => withTool("pipenv", { settings: [{ key: "PIPENV_MAX_DEPTH", value: null, from: { env: "PIPENV_MAX_DEPTH" }, error, shadows: [] }] });
    expect(brokenProjectConfigs(set("invalid literal for int() with base 10: 'x'"), tools)).toMatchObject([{ subject: "PIPENV_MAX_DEPTH", params: { variant: "variable" } }]);
    expect(brokenProjectConfigs(set('the text "no" counts as true'), tools)).toEqual([]);
  });
});

describe("its cures", () => {
  const cures = (config: Parameters<typeof withConfig>[1], words: Parameters<typeof present>[1] = {}) => {
    const facts = withConfig("poetry", { ...broken, ...config }, [file(poetry, words)]);
    return brokenProjectRemedies(facts, brokenProjectConfigs(facts, tools)[0]!, tools);
  };

  it("replace the one line that is known to mend the file", () => {
    expect(cures({ cure })).toMatchObject([{ id: "correct-file", needs: "user", steps: [{ kind: "change-config", path: poetry, change: { do: "replace-line", ...cure } }] }]);
  });

  it("show the place where nothing is known to help, and the line in somebody else's file", () => {
    expect(cures({})).toMatchObject([{ id: "correct-by-hand", steps: [], shown: [`# ${poetry}:1: Invalid TOML file`] }]);
    expect(cures({ cure }, rootOwned)).toMatchObject([{ id: "give-file-to-admin", needs: "root", steps: [], shown: [expect.anything(), `# ${poetry}:1: ${cure.text}`] }]);
  });
});

describe("unreadProjectConfigs", () => {
  const unread = { state: "breaks", error: "[Errno 13]", errno: "EACCES" } as const;

  it("say that the tool stops, unlike pip", () => {
    const facts = withConfig("pdm", unread, [file(configOf.pdm!, { ...rootOwned, mode: 0o600, read: "EACCES" })]);
    expect(unreadProjectConfigs(facts, tools)).toMatchObject([{ severity: "error", subject: configOf.pdm, params: { variant: "stops", pip: "pdm 2.26.2", owner: "root" } }]);
    expect(brokenProjectConfigs(facts, tools)).toEqual([]);
    expect(unreadProjectRemedies(facts, unreadProjectConfigs(facts, tools)[0]!)).toMatchObject([{ id: "ask-admin", steps: [], shown: [`sudo chown 1000:1000 ${configOf.pdm}`] }]);
  });

  it("reopen one's own file", () => {
    const facts = withConfig("pdm", unread, [file(configOf.pdm!, { mode: 0o200, read: "EACCES" })]);
    expect(unreadProjectRemedies(facts, unreadProjectConfigs(facts, tools)[0]!)).toMatchObject([{ id: "restore-mode" }]);
  });
});

describe("exposedProjectSecrets", () => {
  const secrets = [{ key: "pypi.corp.password", line: 3 }];
  const at = (words: Parameters<typeof present>[1]) => withConfig("pdm", { secrets }, [file(configOf.pdm!, words), present("/home/me/.config/pdm")]);

  it("finds a password in a file that everybody may read, and none in a closed one", () => {
    expect(exposedProjectSecrets(at({}), tools)).toMatchObject([{ subject: configOf.pdm, params: { key: "pypi.corp.password", line: "3", variant: "own", pip: "pdm 2.26.2" } }]);
    expect(exposedProjectSecrets(at({ mode: 0o600 }), tools)).toEqual([]);
    expect(exposedProjectSecrets({ ...at({}), user: root() }, tools)).toMatchObject([{ params: { variant: "shared" } }]);
  });
});
