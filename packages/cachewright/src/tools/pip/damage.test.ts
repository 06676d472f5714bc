import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../../machine/node-machine.ts";
import { pipCacheEntries } from "./cache.ts";
import { pipCacheDamage } from "./damage.ts";
import { readEntryMetadata } from "./entry-metadata.ts";

const place = mkdtempSync(join(tmpdir(), "cachewright-damage-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));
let cache = "";
let round = 0;
beforeEach(() => {
  round += 1;
  cache = join(place, String(round));
});

function put(name: string, content: string | Buffer): void {
  mkdirSync(dirname(join(cache, name)), { recursive: true });
  writeFileSync(join(cache, name), content);
}

const told = (contents: boolean): string[] =>
  pipCacheDamage(nodeMachine(), pipCacheEntries(nodeMachine(), cache, Date.now()), contents).map(({ kind, path, paths, says }) => `${kind} ${path.slice(cache.length + 1)} (${paths.length}): ${says}`);

const text = (word: string): Buffer => Buffer.concat([Buffer.from([0xa0 | word.length]), Buffer.from(word)]);
const pairs = (...entries: Buffer[]): Buffer => Buffer.concat([Buffer.from([0x80 | (entries.length / 2)]), ...entries]);

/** What pip notes of a response, as its serialiser packs it. */
function metadata(length: number, options: { type?: string; status?: number } = {}): Buffer {
  const { type = "application/zip", status = 200 } = options;
  const headers = pairs(text("Content-Type"), text(type), text("Content-Length"), text(String(length)));
  const response = pairs(text("body"), Buffer.from([0xc4, 0]), text("headers"), headers, text("status"), Buffer.from([0xcd, status >> 8, status & 0xff]), text("decode_content"), Buffer.from([0xc2]));
  return Buffer.concat([Buffer.from("cc=4,"), pairs(text("response"), response, text("vary"), Buffer.from([0x80]))]);
}

/** The shortest zip: one directory entry of 46 bytes, and the end that says where it is. */
function zip(): Buffer {
  const directory = Buffer.alloc(46);
  directory.writeUInt32LE(0x02014b50, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(46, 12);
  end.writeUInt32LE(0, 16);
  return Buffer.concat([directory, end]);
}

const entry = "http-v2/a/b/c/d/e/abcde1";
const wheel = "wheels/aa/bb/cc/dd/x-1-py3-none-any.whl";
const origin = "wheels/aa/bb/cc/dd/origin.json";

describe("damage in pip's cache", () => {
  it("is none in whole entries", () => {
    put(entry, metadata(3));
    put(`${entry}.body`, "abc");
    put(wheel, zip());
    put(origin, '{"url": "https://index.example/x.tar.gz"}');
    expect(told(true)).toEqual([]);
  });

  it("shows by size: an empty wheel with its note, an empty note, an empty body", () => {
    put(wheel, "");
    put(origin, "");
    put(entry, metadata(3));
    put(`${entry}.body`, "");
    expect(told(false).sort()).toEqual([`bad-origin ${origin} (1): it is empty`, `bad-wheel ${wheel} (2): it is empty`, `short-file ${entry}.body (2): it has 0 of 3 bytes`]);
  });

  it("shows by contents only when they are asked for", () => {
    put(wheel, zip().subarray(0, 50));
    put(origin, "{");
    put(entry, metadata(9, { type: "text/html" }));
    put(`${entry}.body`, "abc");
    expect(told(false)).toEqual([]);
    expect(told(true).sort()).toEqual([`bad-origin ${origin} (1): it is no JSON`, `bad-wheel ${wheel} (2): it does not end as a zip does`, `short-page ${entry}.body (2): it has 3 of 9 bytes`]);
  });

  it("is told of a zip that lost its beginning", () => {
    put(wheel, zip().subarray(10));
    expect(told(true)).toEqual([`bad-wheel ${wheel} (1): its directory is not where its end says`]);
  });

  it("is none where an empty body is right: a redirect", () => {
    put(entry, metadata(162, { status: 301 }));
    put(`${entry}.body`, "");
    expect(told(true)).toEqual([]);
  });
});

describe("pip's metadata", () => {
  it("is read as pip packs it", () => {
    expect(readEntryMetadata(metadata(7, { type: "text/html" }))).toEqual({ status: 200, headers: { "content-type": "text/html", "content-length": "7" } });
  });

  it.each([["nothing", ""], ["a pickle of old", "cc=1,\x80\x02"], ["a prefix alone", "cc=4,"], ["another type", "cc=4,\x93"]])("is not made up from %s", (_, bytes) => {
    expect(readEntryMetadata(Buffer.from(bytes, "latin1"))).toBeUndefined();
  });

  it("is not made up from a file that was cut anywhere", () => {
    const whole = metadata(7);
    for (let length = 0; length < whole.length; length += 1) expect(readEntryMetadata(whole.subarray(0, length))).toBeUndefined();
  });
});
