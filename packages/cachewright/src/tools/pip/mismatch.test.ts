import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../../machine/node-machine.ts";
import { entryPathOf, pipCacheMismatches } from "./mismatch.ts";

const place = mkdtempSync(join(tmpdir(), "cachewright-mismatch-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));
let cache = "";
let round = 0;
beforeEach(() => {
  round += 1;
  cache = join(place, String(round));
});

const text = (word: string): Buffer => Buffer.concat([Buffer.from([0xd9, word.length]), Buffer.from(word)]);
const map = (entries: Record<string, Buffer>): Buffer => Buffer.concat([Buffer.from([0x80 | Object.keys(entries).length]), ...Object.entries(entries).flatMap(([key, value]) => [text(key), value])]);

function put(url: string, body: string | Buffer, headers: Record<string, string>): void {
  const path = entryPathOf(cache, url);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.body`, body);
  const packed = map(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, text(value)])));
  writeFileSync(path, Buffer.concat([Buffer.from("cc=4,"), map({ response: map({ headers: packed, status: Buffer.from([0xcc, 200]) }) })]));
}

const sha256 = (bytes: string): string => createHash("sha256").update(bytes).digest("hex");
const url = "https://files.example/packages/x-1-py3-none-any.whl";
const json = (sum: string, at = url): string => JSON.stringify({ meta: { "api-version": "1.1" }, files: [{ filename: "x", url: at, hashes: { sha256: sum } }] });
const jsonType = { "Content-Type": "application/vnd.pypi.simple.v1+json" };
const download = (body: string, length = body.length): void => put(url, body, { "Content-Type": "application/octet-stream", "Content-Length": String(length) });
const told = (): string[] => pipCacheMismatches(nodeMachine(), cache, Date.now()).map((one) => `${one.url} ${one.got === sha256("bad") ? "bad" : one.got} ${one.paths.length}`);

describe("downloads against the cached pages", () => {
  it("lie where pip's own key says", () => {
    expect(entryPathOf("/c", "http://127.0.0.1:8941/simple/wpkg/")).toBe("/c/http-v2/5/7/7/b/e/577be9cbc09f729b0e5b93606c22ccf044719f94deb6fd30d1bcd9fd");
  });

  it("are fine when the hash is the one the page states, or no page names them", () => {
    download("good");
    expect(told()).toEqual([]);
    put("https://index.example/simple/x/", json(sha256("good")), jsonType);
    expect(told()).toEqual([]);
  });

  it("are told when they are of another hash: by JSON, by HTML, by a page that came compressed", () => {
    download("bad");
    put("https://index.example/simple/x/", json(sha256("good")), jsonType);
    expect(told()).toEqual([`${url} bad 2`]);
    put("https://index.example/simple/x/", `<a href="${url}#sha256=${sha256("good")}">x</a>`, { "Content-Type": "text/html; charset=utf-8" });
    expect(told()).toEqual([`${url} bad 2`]);
    put("https://index.example/simple/x/", gzipSync(json(sha256("good"))), { ...jsonType, "Content-Encoding": "gzip" });
    expect(told()).toEqual([`${url} bad 2`]);
  });

  it("are another problem's when they are cut short", () => {
    download("bad", 9);
    put("https://index.example/simple/x/", json(sha256("good")), jsonType);
    expect(told()).toEqual([]);
  });

  it.each(["{", "", "{\"files\": [{}]}", "not a page"])("are not judged by a page that says nothing: %s", (page) => {
    download("bad");
    put("https://index.example/simple/x/", page, jsonType);
    expect(told()).toEqual([]);
  });
});
