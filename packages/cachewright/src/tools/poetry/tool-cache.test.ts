import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleSdist, sampleWheel } from "../../../test/tools/archives.ts";
import { describeCacheContract, type CacheSample } from "../../../test/tools/cache-contract.ts";
import { responseFiles, responseInOne, responsePath } from "../../../test/tools/responses.ts";
import { askOf, entriesOf, faultsIn, writeTree, type Tree } from "../../../test/tools/sample-tree.ts";
import { poetryCache } from "./tool-cache.ts";

const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");
/** `json.dumps(…, sort_keys=True, separators=(",", ":"), ensure_ascii=True)`. */
function artifactDir(url: string, content: Buffer): string {
  const key = sha256(`{"sha256":"${sha256(content)}","url":"${url}"}`);
  return `artifacts/${key.slice(0, 2)}/${key.slice(2, 4)}/${key.slice(4, 6)}/${key.slice(6)}`;
}
function releaseFile(repository: string, key: string): string {
  const hash = sha256(key);
  return `cache/repositories/${repository}/${Array.from({ length: 8 }, (_, i) => hash.slice(2 * i, 2 * i + 2)).join("/")}/${hash}`;
}

const [wheel, source, built] = [sampleWheel("wpkg", "1.0"), sampleSdist("spkg", "2.0"), sampleWheel("spkg", "2.0")];
const wheelUrl = "https://files.example/wpkg-1.0-py3-none-any.whl";
const sourceUrl = "https://files.example/spkg-2.0.tar.gz";
const wheelAt = `${artifactDir(wheelUrl, wheel)}/wpkg-1.0-py3-none-any.whl`;
const sourceAt = `${artifactDir(sourceUrl, source)}/spkg-2.0.tar.gz`;
const builtAt = `${dirname(sourceAt)}/spkg-2.0-py3-none-any.whl`;
/** `_http` until 2.3, `_http_` after that. */
const responses = "cache/repositories/clinic/_http";
const page = { url: "https://files.example/simple/wpkg/", type: "text/html", content: Buffer.from(`<a href="${wheelUrl}#sha256=${sha256(wheel)}">wpkg-1.0-py3-none-any.whl</a>`) };
const body = { url: wheelUrl, type: "application/octet-stream", content: wheel };
const wheelRelease = releaseFile("clinic", "wpkg:1.0");

function cacheOf({ withUrls }: { readonly withUrls: boolean }): Tree {
  const release = (name: string, version: string, content: Buffer, url: string): string =>
    `9999999999{"name": "${name}", "version": "${version}", "summary": null, "files": [{"file": "${basename(url)}", "hash": "sha256:${sha256(content)}"${withUrls ? `, "url": "${url}"` : ""}}], "_cache_version": "2.1.0"}`;
  return {
    [wheelAt]: wheel, [sourceAt]: source, [builtAt]: built,
    [wheelRelease]: release("wpkg", "1.0", wheel, wheelUrl),
    [releaseFile("clinic", "spkg:2.0")]: release("spkg", "2.0", source, sourceUrl),
    ...(withUrls ? responseFiles(`${responses}_`, page) : responseInOne(responses, page)), ...(withUrls ? responseFiles(`${responses}_`, body) : responseInOne(responses, body)),
    "src/repo/.git/HEAD": "ref: refs/heads/main\n", "virtualenvs/envs.toml": "", "virtualenvs/shop-py3.12/pyvenv.cfg": "home = /usr/bin\n",
  };
}

const names = ["wpkg 1.0 download", "wpkg 1.0 download", "wpkg - index", "spkg 2.0 download", "spkg 2.0 built-wheel", "wpkg 1.0 metadata", "spkg 2.0 metadata"];
const samples: CacheSample[] = [
  { name: "poetry 1.8.5, environments among it", make: (root) => writeTree(root, cacheOf({ withUrls: false })), names },
  { name: "poetry 2.5.1, environments among it", make: (root) => writeTree(root, cacheOf({ withUrls: true })), names },
];

describeCacheContract(poetryCache, samples);

describe("poetry's cache", () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-poetry-")));
    writeTree(root, cacheOf({ withUrls: true }));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("never has environments for entries, nor for foreign, by whatever name", () => {
    writeTree(root, { "my-envs/shop-py3.13/pyvenv.cfg": "home = /usr/bin\n", "letters/a.txt": "Dear" });
    const { entries, marks, foreign } = poetryCache.list(askOf(root));
    expect(entries.flatMap(({ paths }) => paths).filter((path) => /virtualenvs|my-envs/.test(path))).toEqual([]);
    expect([...marks].sort()).toEqual([join(root, "my-envs"), join(root, "virtualenvs")]);
    expect(foreign).toEqual([join(root, "letters")]);
  });

  it("is one directory for all its parts", () => {
    const place = (name: string, path: string): Parameters<typeof poetryCache.roots>[0][number] => ({ kind: name === "virtualenvs" ? "envs" : "cache", name, path, source: "default" });
    expect(poetryCache.roots([place("repositories", "/c/cache/repositories"), place("artifacts", "/c/artifacts"), place("git", "/c/src"), place("virtualenvs", "/c/virtualenvs")])).toEqual([{ path: "/c", name: "cache" }]);
  });

  it("tells what building would cost: a wheel beside its sources, or for this system alone, was built", () => {
    const local = `artifacts/ab/cd/ef/${"0".repeat(58)}/native-1.0-cp312-cp312-linux_x86_64.whl`;
    writeTree(root, { [local]: sampleWheel("native", "1.0") });
    expect(entriesOf(poetryCache, root).filter(({ id }) => id === local || id === builtAt || id === wheelAt).map(({ project, kind, recreate }) => [project, kind, recreate]).sort())
      .toEqual([["native", "built-wheel", "build"], ["spkg", "built-wheel", "build"], ["wpkg", "download", "download"]]);
  });

  it("tells of a wheel that no Python here would take", () => {
    const local = `artifacts/ab/cd/ef/${"0".repeat(58)}/native-1.0-cp36-cp36m-linux_x86_64.whl`;
    writeTree(root, { [local]: sampleWheel("native", "1.0") });
    const unused = (pythons: readonly string[]): unknown => poetryCache.list(askOf(root, { pythons })).entries.filter(({ unused }) => unused !== undefined).map(({ id }) => id);
    expect([unused([]), unused(["3.6"]), unused(["3.12"])]).toEqual([[], [], [local]]);
  });

  it("finds an archive that is whole and another than the release says", () => {
    writeFileSync(join(root, wheelAt), sampleWheel("wpkg", "1.0", { files: { "evil.py": "x\n" } }));
    expect(faultsIn(poetryCache, root)).toEqual([`${wheelAt}: checksum`]);
  });

  it("finds cut, swapped and half-written files", () => {
    truncateSync(join(root, sourceAt), 40);
    writeFileSync(join(root, builtAt), wheel);
    truncateSync(join(root, wheelRelease), 60);
    writeFileSync(join(root, "src/repo/.git/HEAD"), "");
    expect(faultsIn(poetryCache, root).sort()).toEqual([`${builtAt}: mismatch`, `${sourceAt}: truncated`, `${wheelRelease}: truncated`, "src/repo: truncated"].sort());
    writeFileSync(join(root, sourceAt), "");
    expect(faultsIn(poetryCache, root)).toContain(`${sourceAt}: truncated`);
  });

  it("finds responses that are cut, swapped or half there, of both ages", () => {
    const at = responsePath(`${responses}_`, wheelUrl);
    truncateSync(join(root, `${at}.body`), 30);
    expect(entriesOf(poetryCache, root).find(({ id }) => id === at)?.kind).toBe("damaged");
    expect(faultsIn(poetryCache, root)).toEqual([`${at}: truncated`]);
    writeTree(root, responseFiles(`${responses}_`, { ...body, content: sampleWheel("wpkg", "1.0", { files: { "evil.py": "x\n" } }) }));
    expect(faultsIn(poetryCache, root)).toEqual([`${at}: checksum`]);
    rmSync(join(root, at));
    expect(entriesOf(poetryCache, root).find(({ id }) => id === `${at}.body`)).toMatchObject({ kind: "leftover", detail: "a body without its head" });
    const old = responsePath(responses, wheelUrl);
    writeTree(root, { ...responseInOne(responses, body), [`${old}.lock`]: "" });
    expect(poetryCache.list(askOf(root)).marks).toContain(join(root, `${old}.lock`));
    truncateSync(join(root, old), 200);
    expect(faultsIn(poetryCache, root)).toEqual([`${old}: malformed`]);
  });

  it("keeps what is just being downloaded", () => {
    const half = `${dirname(wheelAt)}/tmpab12cd34`;
    writeTree(root, { [half]: "half" });
    expect(entriesOf(poetryCache, root).find(({ id }) => id === half)).toMatchObject({ kind: "leftover", keep: "it may be being written" });
    utimesSync(join(root, half), 1, 1);
    expect(entriesOf(poetryCache, root).find(({ id }) => id === half)).not.toHaveProperty("keep");
  });

  it("holds archives to be taken out, with their hashes where a release tells", () => {
    const held = [...(poetryCache.distributions?.(askOf(root), entriesOf(poetryCache, root)) ?? [])];
    expect(held.filter(({ entry }) => entry.startsWith("artifacts")).map(({ filename, hashes }) => [filename, hashes]).sort()).toEqual([["spkg-2.0-py3-none-any.whl", {}], ["spkg-2.0.tar.gz", { sha256: sha256(source) }], ["wpkg-1.0-py3-none-any.whl", { sha256: sha256(wheel) }]]);
    expect(held.every(({ body }) => "path" in body && existsSync(body.path))).toBe(true);
  });

  it("is not led out of by links", () => {
    rmSync(join(root, "artifacts"), { recursive: true });
    symlinkSync("/", join(root, "artifacts"));
    const { foreign, entries } = poetryCache.list(askOf(root));
    expect(foreign).toEqual([join(root, "artifacts")]);
    expect(entries.some(({ id }) => id.startsWith("artifacts"))).toBe(false);
  });

  it("reads any bytes as a release or a response without an exception", () => {
    const files = [wheelRelease, responsePath(`${responses}_`, wheelUrl), `${responsePath(`${responses}_`, wheelUrl)}.body`, responsePath(`${responses}_`, page.url), `${responsePath(`${responses}_`, page.url)}.body`];
    fc.assert(fc.property(fc.constantFrom(...files), fc.uint8Array({ maxLength: 200 }), fc.nat(120), (file, bytes, at) => {
      const whole = readFileSync(join(root, file));
      writeFileSync(join(root, file), Buffer.concat([whole.subarray(0, at), bytes]));
      const entries = entriesOf(poetryCache, root);
      const verdicts = [...poetryCache.verify(askOf(root), entries)];
      const held = [...(poetryCache.distributions?.(askOf(root), entries) ?? [])];
      writeFileSync(join(root, file), whole);
      return verdicts.length === entries.length && held.length >= 3;
    }), { numRuns: 80 });
  });
});
