import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { cache, factsWith, hidden, inDocker, mount, pipUse, present, root, rootOwned, scanned, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts, MountFact } from "../../facts/facts.ts";
import { diagnose } from "../diagnose.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const brought = (point: string, words: Partial<MountFact> = {}): Pick<Facts, "machine" | "mounts"> => ({ machine: inDocker, mounts: { ok: true, value: [mount("/"), mount(point, words)], from: { path: "/proc/self/mountinfo" } } });
const hosts = { uid: 1001, gid: 1002 } as const;
const rootCache = "/root/.cache/pip";
const asRoot = (change: Parameters<typeof factsWith>[0] = {}): Facts => factsWith({
  ...brought(rootCache), user: root(), pip: { configs: [], uses: [pipUse({ cacheDir: rootCache, cacheReal: rootCache })] },
  paths: [present("/root", { ...rootOwned, write: "ok" }), present("/root/.cache", { ...rootOwned, write: "ok" }), present(rootCache, { ...hosts, write: "ok" }), present("/var/cache", { ...rootOwned, write: "ok" })], ...change,
});

describe("bind-mount-owner finds", () => {
  it("a cache that the host's user owns, and takes what the others say of it for its symptoms", async () => {
    const facts = factsWith({ ...brought(cache), paths: [present(cache, hosts)], scans: [scanned([present(`${cache}/wheels`, hosts)])] });
    const { found } = examine(problem, facts);
    expect(found).toMatchObject({ severity: "error", subject: cache, params: { uid: "1001", gid: "1002", owner: "other", variant: "user" } });
    const { findings } = await diagnose(facts);
    expect(findings.map(({ finding }) => finding.problem)).toEqual(["bind-mount-owner"]);
    expect(findings[0]?.folded.map((one) => one.problem)).toContain("cache-not-owned");
  });

  it("an environment on the same mount as the cache as one finding", () => {
    const facts = factsWith({ ...brought("/home/me"), installs: [venv()], paths: [...["/home/me", "/home/me/.cache", "/home/me/project", "/home/me/project/.venv/lib/python3.11", cache].map((path) => present(path, hosts)), ...venvPaths(hosts)] });
    expect(examine(problem, facts).found).toMatchObject({ subject: "/home/me", explains: expect.arrayContaining([{ problem: "venv-not-writable", subject: venv().prefix }, { problem: "home-missing" }]) });
  });

  it("for root only what keeps pip from caching: root may write", () => {
    expect(examine(problem, asRoot()).found).toMatchObject({ severity: "warning", subject: rootCache, params: { variant: "root" } });
    expect(problem.detect(factsWith({ ...brought("/home/me/project"), user: root(), installs: [venv()], paths: venvPaths({ ...hosts, write: "ok" }) }))).toEqual([]);
  });

  it.each<[string, Facts]>([
    ["this is no container", factsWith({ mounts: brought(cache).mounts, paths: [present(cache, hosts)] })],
    ["the image made the directory", factsWith({ machine: inDocker, paths: [present(cache, hosts)] })],
    ["the numbers agree", factsWith({ ...brought(cache) })],
    ["what is foreign lies in a directory of the user's own: it did not come with the mount", factsWith({ ...brought("/home/me"), paths: [present(cache, hosts)] })],
    ["the mount's top is root's, as above all homes", factsWith({ ...brought("/home"), paths: [present("/home", rootOwned), present("/home/me"), present(cache, rootOwned)] })],
    ["a directory inside the mount is closed, which is another problem", factsWith({ ...brought("/srv"), paths: [present("/srv", rootOwned), present("/srv/lab", { ...rootOwned, mode: 0o700, search: "EACCES" }), hidden("/srv/lab/pip")], pip: { configs: [], uses: [pipUse({ cacheDir: "/srv/lab/pip", cacheReal: "/srv/lab/pip" })] } })],
    ["the home itself is root's, below all homes", factsWith({ ...brought("/home"), paths: [present("/home", rootOwned), present("/home/me", rootOwned)] })],
    ["its mode lets the user write", factsWith({ ...brought(cache), paths: [present(cache, { ...hosts, mode: 0o777 })] })],
    ["it is mounted read-only, which is another problem", factsWith({ ...brought(cache, { options: ["ro"] }), paths: [present(cache, { ...hosts, write: "EROFS" })] })],
    ["it cannot be looked at", factsWith({ ...brought(cache), paths: [hidden(cache)] })],
  ])("nothing where %s", (_, facts) => {
    expect(problem.detect(facts)).toEqual([]);
  });
});

describe("the cures", () => {
  it("show how to run as the owner, and keep the cache inside the container", () => {
    const { ids, cure } = examine(problem, factsWith({ ...brought(cache), paths: [present(cache, hosts)] }));
    expect(ids).toEqual(["matching-user", "cache-elsewhere", "once-without"]);
    expect(cure("matching-user").shown?.[0]).toContain("--user 1001:1002");
    expect(cure("cache-elsewhere").steps).toMatchObject([{ kind: "change-config", path: "/home/me/.config/pip/pip.conf", change: { key: "cache-dir" } }]);
  });

  it("use root's global file and a place of root's", () => {
    expect(examine(problem, asRoot({ pip: { configs: [], uses: [pipUse({ cacheDir: rootCache, cacheReal: rootCache, reads: ["/etc/pip.conf"] })] } })).cure("cache-elsewhere").steps).toMatchObject([{ actor: "root", path: "/etc/pip.conf", change: { value: "/var/cache/pip" } }]);
  });
});

describe("explain", () => {
  const warning = "WARNING: The directory '/root/.cache/pip' or its parent directory is not owned or is not writable by the current user. The cache has been disabled.";

  it("needs to see how the directory came into the container", () => {
    expect(explainText(`$ docker run -v /home/me/.cache/pip:/root/.cache/pip demo pip install six\n${warning}`).findings[0]).toMatchObject({ problem: "bind-mount-owner", path: rootCache, alsoPossible: ["cache-not-owned"] });
    expect(explainText(`$ docker run demo pip install six\n${warning}`).findings[0]).toMatchObject({ problem: "cache-not-owned" });
  });
});
