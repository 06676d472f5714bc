import { describe, expect, it } from "vitest";
import { factsWith, present, root, rootOwned } from "../facts/example-facts.ts";
import { toolFact } from "../facts/example-tools.ts";
import type { ToolFact } from "../facts/facts.ts";
import { brokenToolConfigs, brokenToolRemedies } from "./broken-tool-configs.ts";
import { configOf, withConfig, withTool } from "./ill-project-tools.ts";
import { exposedToolSecrets, unreadToolConfigs, unreadToolRemedies } from "./tool-configs.ts";

const poetry = configOf.poetry!;
const file = (path: string, words: Parameters<typeof present>[1] = {}): ReturnType<typeof present> => present(path, { type: "file", ...words });
const cure = { line: 1, old: "cache-dir = /x", text: 'cache-dir = "/x"' };
const broken = { state: "breaks", error: "Invalid TOML file", line: 1 } as const;

describe("brokenToolConfigs", () => {
  it("finds nothing in files that are read, absent or passed over", () => {
    for (const state of ["read", "absent", "ignored"] as const) expect(brokenToolConfigs(withConfig("poetry", { state }, []))).toEqual([]);
  });

  it("tells a file once, with every version it stops", () => {
    const configs = [{ path: poetry, scope: "user", format: "toml", ...broken }] as const;
    const facts = factsWith({ tools: ["1.8.5", "2.5.1"].map((version) => toolFact("poetry", { version, configs: [...configs] })) });
    expect(brokenToolConfigs(facts)).toMatchObject([{ subject: poetry, severity: "error", params: { pip: "poetry 1.8.5, 2.5.1", line: "1", variant: "file" } }]);
  });

  it("says that a project's file stops that project only", () => {
    expect(brokenToolConfigs(withConfig("pipenv", broken, []))).toMatchObject([{ params: { variant: "project" } }]);
  });

  it("tells a variable that ends every command, and no remark about a value that works", () => {
    const set = (error: string) => withTool("pipenv", { settings: [{ key: "PIPENV_MAX_DEPTH", value: null, from: { env: "PIPENV_MAX_DEPTH" }, error, shadows: [] }] });
    expect(brokenToolConfigs(set("invalid literal for int() with base 10: 'x'"))).toMatchObject([{ subject: "PIPENV_MAX_DEPTH", params: { variant: "variable" } }]);
    expect(brokenToolConfigs(set('the text "no" counts as true'))).toEqual([]);
  });
});

describe("a file of several tools", () => {
  const path = "/home/me/project/pyproject.toml";
  const config = (words: Partial<ToolFact["configs"][number]>): ToolFact["configs"][number] => ({ path, scope: "project", format: "toml", state: "breaks", error: "no valid TOML", ...words });

  it("is one finding with all their names", () => {
    const facts = factsWith({ tools: [toolFact("poetry", { version: "2.5.1", configs: [config({})] }), toolFact("hatch", { version: "1.18.2", configs: [config({})] })] });
    expect(brokenToolConfigs(facts)).toMatchObject([{ subject: path, params: { pip: "poetry 2.5.1 and hatch 1.18.2", tools: "poetry,hatch" } }]);
  });

  it("that nobody may read is told once, as what stops uv", () => {
    const closed = config({ errno: "EACCES", error: "failed to open file" });
    const facts = factsWith({ tools: [toolFact("uv", { configs: [closed] }), toolFact("pdm", { configs: [closed] })] });
    expect([...brokenToolConfigs(facts), ...unreadToolConfigs(facts)].map(({ problem }) => problem)).toEqual(["config-breaks-tool"]);
  });
});

describe("virtualenv.ini", () => {
  const ini = configOf.virtualenv!;
  const old = { format: "ini", state: "breaks", error: "'IniConfig' object has no attribute 'has_virtualenv_section'" } as const;

  it("stops an old virtualenv, and is mended by hand or set aside", () => {
    const facts = withConfig("virtualenv", old, [file(ini), present("/home/me/.config/virtualenv")]);
    const [found] = brokenToolConfigs(facts);
    expect(found).toMatchObject({ subject: ini, params: { pip: "virtualenv 2.26.2", kind: "ini", variant: "file" } });
    expect(brokenToolRemedies(found!, facts).map(({ id }) => id)).toEqual(["correct-by-hand", "set-aside"]);
  });

  it("is passed over by a newer one that may not read it", () => {
    const facts = withConfig("virtualenv", { format: "ini", state: "ignored", ignored: "unreadable", errno: "EACCES" }, [file(ini, { ...rootOwned, mode: 0o600, read: "EACCES" }), present("/home/me/.config/virtualenv")]);
    expect(unreadToolConfigs(facts)).toMatchObject([{ severity: "warning", subject: ini, params: { variant: "unreadable" } }]);
  });

  it("is no finding where a new one cannot parse it and goes on, nor for a value it does not take", () => {
    expect(brokenToolConfigs(withConfig("virtualenv", { format: "ini", state: "ignored", ignored: "malformed", line: 1 }, []))).toEqual([]);
    expect(brokenToolConfigs(withTool("virtualenv", { settings: [{ key: "download", value: null, from: { env: "VIRTUALENV_DOWNLOAD" }, error: "failed to convert 'maybe': Not a boolean: maybe", shadows: [] }] }))).toEqual([]);
  });
});

describe("its cures", () => {
  const cures = (config: Parameters<typeof withConfig>[1], words: Parameters<typeof present>[1] = {}) => {
    const facts = withConfig("poetry", { ...broken, ...config }, [file(poetry, words)]);
    return brokenToolRemedies(brokenToolConfigs(facts)[0]!, facts);
  };

  it("replace the one line that is known to mend the file", () => {
    expect(cures({ cure })).toMatchObject([{ id: "correct-file", needs: "user", steps: [{ kind: "change-config", path: poetry, change: { do: "replace-line", ...cure } }] }]);
  });

  it("show the place where nothing is known to help, and the line in somebody else's file", () => {
    expect(cures({})).toMatchObject([{ id: "correct-by-hand", steps: [], shown: [`# ${poetry}:1: Invalid TOML file`] }]);
    expect(cures({ cure }, rootOwned)).toMatchObject([{ id: "give-file-to-admin", needs: "root", steps: [], shown: [expect.anything(), `# ${poetry}:1: ${cure.text}`] }]);
  });
});

describe("unreadToolConfigs", () => {
  const unread = { state: "breaks", error: "[Errno 13]", errno: "EACCES" } as const;

  it("say that the tool stops, unlike pip", () => {
    const facts = withConfig("pdm", unread, [file(configOf.pdm!, { ...rootOwned, mode: 0o600, read: "EACCES" })]);
    expect(unreadToolConfigs(facts)).toMatchObject([{ severity: "error", subject: configOf.pdm, params: { variant: "stops", pip: "pdm 2.26.2", owner: "root" } }]);
    expect(brokenToolConfigs(facts)).toEqual([]);
    expect(unreadToolRemedies(unreadToolConfigs(facts)[0]!, facts)).toMatchObject([{ id: "ask-admin", steps: [], shown: [`sudo chown 1000:1000 ${configOf.pdm}`] }]);
  });

  it("set a foreign file aside in one's own directory, or have it given", () => {
    const facts = withConfig("pdm", unread, [file(configOf.pdm!, { ...rootOwned, mode: 0o600, read: "EACCES" }), present("/home/me/.config/pdm")]);
    expect(unreadToolRemedies(unreadToolConfigs(facts)[0]!, facts)).toMatchObject([{ id: "set-aside", needs: "user" }, { id: "ask-admin", steps: [], shown: [`sudo chown 1000:1000 ${configOf.pdm}`] }]);
  });

  it("reopen one's own file", () => {
    const facts = withConfig("pdm", unread, [file(configOf.pdm!, { mode: 0o200, read: "EACCES" })]);
    expect(unreadToolRemedies(unreadToolConfigs(facts)[0]!, facts)).toMatchObject([{ id: "restore-mode" }]);
  });
});

describe("exposedToolSecrets", () => {
  const secrets = [{ key: "pypi.corp.password", line: 3 }];
  const at = (words: Parameters<typeof present>[1]) => withConfig("pdm", { secrets }, [file(configOf.pdm!, words), present("/home/me/.config/pdm")]);

  it("finds a password in a file that everybody may read, and none in a closed one", () => {
    expect(exposedToolSecrets(at({}))).toMatchObject([{ subject: configOf.pdm, params: { key: "pypi.corp.password", line: "3", variant: "own", pip: "pdm 2.26.2" } }]);
    expect(exposedToolSecrets(at({ mode: 0o600 }))).toEqual([]);
    expect(exposedToolSecrets({ ...at({}), user: root() })).toMatchObject([{ params: { variant: "shared" } }]);
  });
});
