/** Responses as cachecontrol keeps them: msgpack with the body in it, or beside it. */
import { createHash } from "node:crypto";
import type { Tree } from "./sample-tree.ts";

export interface Response {
  readonly url: string;
  readonly type: string;
  readonly content: Buffer;
}

export function responsePath(directory: string, url: string): string {
  const hash = createHash("sha224").update(url).digest("hex");
  return [directory, ...hash.slice(0, 5), hash].join("/");
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0xd9, Buffer.byteLength(value)]), Buffer.from(value)]);
}

function bytes(value: Buffer): Buffer {
  const head = Buffer.from([0xc6, 0, 0, 0, 0]);
  head.writeUInt32BE(value.length, 1);
  return Buffer.concat([head, value]);
}

const short = (value: string): Buffer => Buffer.concat([Buffer.from([0xa0 + value.length]), Buffer.from(value)]);

/** serialize.py `Serializer.dumps`, in its order of keys. */
function packed({ type, content }: Response, body: Buffer): Buffer {
  const headers = Buffer.concat([Buffer.from([0x82]), text("Content-Type"), text(type), text("Content-Length"), text(String(content.length))]);
  return Buffer.concat([
    Buffer.from("cc=4,"), Buffer.from([0x82]), short("response"), Buffer.from([0x86]), short("body"), bytes(body), short("headers"), headers, short("status"), Buffer.from([0xcc, 200]),
    short("version"), Buffer.from([11]), short("reason"), short("OK"), short("decode_content"), Buffer.from([0xc2]), short("vary"), Buffer.from([0x80]),
  ]);
}

export function responseFiles(directory: string, response: Response): Tree {
  const path = responsePath(directory, response.url);
  return { [path]: packed(response, Buffer.alloc(0)), [`${path}.body`]: response.content };
}

export function responseInOne(directory: string, response: Response): Tree {
  return { [responsePath(directory, response.url)]: packed(response, response.content) };
}
