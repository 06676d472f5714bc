import { describe, expect, it } from "vitest";
import { absent, cache, configFile, factsWith, install, me, mount, pipUse, present, root, rootOwned, scanned, setting, user, venv, venvPaths } from "../facts/example-facts.ts";
import type { Facts } from "../facts/facts.ts";
import { diagnose, foldFindings, type Diagnosed } from "./diagnose.ts";
import type { Finding } from "./problem.ts";

const told = (found: readonly Diagnosed[]): string[] => found.map(({ finding }) => `${finding.severity} ${finding.problem} ${finding.subject}`);
const folded = (found: readonly Diagnosed[]): string[][] => found.map((one) => one.folded.map((other) => other.problem));
const config = "/home/me/.config/pip/pip.conf";

describe("a healthy machine has no findings", () => {
  const rootsCache = "/root/.cache/pip";
  const rootsPaths = [present("/root", { ...rootOwned, mode: 0o700 }), present("/root/.cache", rootOwned), present(rootsCache, rootOwned)];
  const forRoot: Parameters<typeof factsWith>[0] = { user: root(), pip: { configs: [], uses: [pipUse({ cacheDir: rootsCache, cacheReal: rootsCache })] }, scans: [scanned([], { root: rootsCache })], paths: rootsPaths };

  it.each<[string, Facts]>([
    ["a user", factsWith()],
    ["a user before the first pip", factsWith({ paths: [absent(cache), absent("/home/me/.cache"), absent("/home/me/.config/pip")], scans: [] })],
    ["a user with umask 077", factsWith({ user: user({ umask: 0o077 }), paths: [present(me.home, { mode: 0o700 }), present("/home/me/.cache", { mode: 0o700 }), present(cache, { mode: 0o700 })] })],
    ["a user of a system Python with PEP 668", factsWith({ installs: [install({ externallyManaged: "/usr/lib/python3.11/EXTERNALLY-MANAGED" })], paths: [present("/usr/local/lib/python3.11/dist-packages", rootOwned)] })],
    ["a user in an environment", factsWith({ installs: [venv(), install({ chosen: false })], paths: venvPaths() })],
    ["a user without pip", factsWith({ installs: [install({ pip: { ok: false, reason: "absent", from: { path: "/usr" } } })], pip: { configs: [], uses: [] }, scans: [] })],
    ["a user without Python", factsWith({ installs: [], pip: { configs: [], uses: [] }, scans: [] })],
    ["root", factsWith(forRoot)],
    ["root in a container", factsWith({ ...forRoot, machine: { ...factsWith().machine, container: { ok: true, value: "docker", from: { path: "/.dockerenv" } } } })],
    ["root in a container that needs no cache", factsWith({
      ...forRoot, machine: { ...factsWith().machine, container: { ok: true, value: "docker", from: { path: "/.dockerenv" } } },
      pip: { configs: [], uses: [pipUse({ cacheDir: rootsCache, cacheReal: rootsCache, cacheOff: setting("no-cache-dir", "1", { from: { env: "PIP_NO_CACHE_DIR" } }) })] },
    })],
  ])("%s", async (_, facts) => {
    expect(told((await diagnose(facts)).findings)).toEqual([]);
  });
});

describe("several causes at once", () => {
  const off = setting("no-cache-dir", "0");
  const facts = factsWith({
    paths: [present(cache, rootOwned), present(config, { type: "file" })],
    pip: { configs: [configFile({ settings: [off] })], uses: [pipUse({ cacheOff: off })] },
    spaces: [{ path: me.home, point: "/", available: 50e6, total: 10e9, inodesFree: 1e6, inodesTotal: 2e6 }],
  });

  it("give separate findings, worst first", async () => {
    expect(told((await diagnose(facts)).findings)).toEqual(["error disk-full /", `warning cache-disabled ${config}:2`, `warning cache-not-owned ${cache}`]);
  });

  it("each with its own cure", async () => {
    const cures = (await diagnose(facts)).findings.map(({ remedies }) => remedies.find((remedy) => remedy.steps.length > 0)?.id);
    expect(cures).toEqual(["remove-entries", "edit-out", "set-aside"]);
  });

  it("let a foreign top stand for everything below it", async () => {
    const part = present(`${cache}/wheels/aa`, rootOwned);
    expect(told((await diagnose(factsWith({ paths: [present(cache, rootOwned), part], scans: [scanned([part])] }))).findings)).toEqual([`warning cache-not-owned ${cache}`]);
  });

  it("tell the two halves of one cache apart", async () => {
    const parts = [present(`${cache}/http-v2/a`, rootOwned), present(`${cache}/wheels/aa`, rootOwned)];
    expect(told((await diagnose(factsWith({ paths: parts, scans: [scanned(parts)] }))).findings)).toEqual([`error wheel-cache-write-denied ${cache}/wheels/aa`, `warning cache-write-denied ${cache}/http-v2/a`]);
  });
});

describe("a cause swallows what it causes", () => {
  it("a read-only mount: cache, user site and environment", async () => {
    const closed = { write: "EROFS" } as const;
    const local = ["/home/me/.local", "/home/me/.local/bin", "/home/me/.local/lib", "/home/me/.local/share"];
    const facts = factsWith({
      mounts: { ok: true, value: [mount("/"), mount("/home", { options: ["ro"] })], from: { path: "/proc/self/mountinfo" } },
      installs: [venv(), install({ chosen: false })],
      paths: ["/home/me", "/home/me/.cache", cache, ...local].map((path) => present(path, closed)).concat(venvPaths(closed)),
    });
    const { findings } = await diagnose(facts);
    expect(told(findings)).toEqual(["error read-only-filesystem /home"]);
    expect(folded(findings)).toEqual([["cache-not-owned", "user-site-not-writable", "venv-not-writable"]]);
  });

  it("a missing home: the cache in it", async () => {
    const facts = factsWith({
      user: user({ homeEnv: "/nonexistent", homeAccount: "/nonexistent" }), paths: [absent("/nonexistent")],
      pip: { configs: [], uses: [pipUse({ cacheDir: "/nonexistent/.cache/pip", cacheReal: "/nonexistent/.cache/pip" })] }, scans: [],
    });
    const { findings } = await diagnose(facts);
    expect(told(findings)).toEqual(["error home-missing /nonexistent"]);
    expect(folded(findings)).toEqual([["cache-not-owned"]]);
  });

  it("the / of an unknown uid in a container", async () => {
    const facts = factsWith({
      user: user({ uid: 12345, euid: 12345, homeEnv: "/", homeAccount: null, name: { ok: false, reason: "absent", from: {} } }),
      paths: [present("/", { ...rootOwned, write: "EACCES" })], pip: { configs: [], uses: [pipUse({ cacheDir: "/.cache/pip", cacheReal: "/.cache/pip" })] }, installs: [], scans: [],
    });
    const { findings } = await diagnose(facts);
    expect(told(findings)).toEqual(["error unknown-uid uid 12345"]);
    expect(folded(findings)).toEqual([["cache-not-owned", "home-missing"]]);
  });

  it("no home at all: also what breaks every command of pip 26.3", async () => {
    const breaks = [{ path: "", kind: "no-home", text: "RuntimeError: could not determine the home directory for '~/.cache'" }];
    const facts = factsWith({
      user: user({ homeEnv: null, homeAccount: null }), installs: [install({ userSite: null })], scans: [],
      pip: { configs: [], uses: [pipUse({ pip: "26.3", breaks, cacheDir: null, cacheReal: null, cacheFrom: null })] }, paths: [present("/usr/local/lib/python3.11/dist-packages", rootOwned)],
    });
    const { findings } = await diagnose(facts);
    expect(told(findings)).toEqual(["error home-missing HOME"]);
    expect(folded(findings)).toEqual([["site-packages-not-writable"]]);
  });

  it("sudo that keeps HOME: the cache that root does not trust", async () => {
    const facts = factsWith({ user: root({ homeEnv: me.home, sudo: { uid: me.uid, user: me.name } }) });
    const { findings } = await diagnose(facts);
    expect(told(findings)).toEqual(["warning sudo-home /home/me"]);
    expect(folded(findings)).toEqual([["cache-not-owned"]]);
  });
});

describe("asked for by name", () => {
  const managed = factsWith({ installs: [install({ externallyManaged: "/usr/lib/python3.11/EXTERNALLY-MANAGED" })], paths: [present(cache, rootOwned)] });

  it("a problem that healthy machines have is found, and others are not told", async () => {
    expect(told((await diagnose(managed, { problems: ["externally-managed"] })).findings)).toEqual(["error externally-managed /usr/lib/python3.11/EXTERNALLY-MANAGED"]);
  });

  it("with --python such problems join the others", async () => {
    expect(told((await diagnose(managed, { asked: true })).findings)).toEqual(["error externally-managed /usr/lib/python3.11/EXTERNALLY-MANAGED", `warning cache-not-owned ${cache}`]);
  });

  it("a symptom is answered with its cause", async () => {
    const facts = factsWith({ user: root({ homeEnv: me.home, sudo: { uid: me.uid, user: me.name } }) });
    expect(told((await diagnose(facts, { problems: ["cache-not-owned"] })).findings)).toEqual(["warning sudo-home /home/me"]);
  });

  it("a tool without problems has none, and an unknown problem is refused", async () => {
    expect((await diagnose(managed, { tool: "conda" })).findings).toEqual([]);
    await expect(diagnose(managed, { problems: ["cache-not-own"] })).rejects.toMatchObject({ code: "E_UNKNOWN_ID" });
  });
});

describe("foldFindings", () => {
  const finding = (problem: string, ...explains: string[]): Finding => ({ problem, severity: "error", subject: problem, evidence: [], params: {}, explains: explains.map((other) => ({ problem: other })) });
  const names = (findings: readonly Finding[]): [string, string[]][] => foldFindings(findings).map(({ finding: one, folded: below }) => [one.problem, below.map((other) => other.problem)]);

  it("follows causes of causes", () => {
    expect(names([finding("c"), finding("b", "c"), finding("a", "b")])).toEqual([["a", ["c", "b"]]]);
  });

  it("loses nothing where two explain each other", () => {
    expect(names([finding("a", "b"), finding("b", "a")])).toEqual([["b", ["a"]]]);
    expect(names([finding("a", "b"), finding("b", "c"), finding("c", "a")])).toHaveLength(1);
  });

  it("folds a finding into one cause, by its subject", () => {
    const cause = { ...finding("a"), explains: [{ problem: "b", subject: "other" }] };
    expect(names([cause, finding("b")])).toEqual([["a", []], ["b", []]]);
    expect(names([finding("a", "c"), finding("b", "c"), finding("c")])).toEqual([["a", ["c"]], ["b", []]]);
  });
});
