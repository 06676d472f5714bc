/**
 * A small package index over loopback HTTPS: PEP 503 pages, PEP 691 JSON when asked for, ETag and Cache-Control as the
 * big index sends them (pips before 23 cache nothing over plain http).
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Certificates } from "./certificates.ts";
import type { Distribution } from "./packages.ts";

export interface PackageIndex {
  /** For pip's --index-url. */
  readonly url: string;
  readonly caFile: string;
  close(): Promise<void>;
}

const JSON_TYPE = "application/vnd.pypi.simple.v1+json";

interface Answer {
  readonly type: string;
  readonly etag: string;
  readonly cacheControl: string;
  readonly body: Buffer | string;
}

/** Addresses are absolute, as the big index has them. */
function page(project: string, files: readonly Distribution[], { json, base }: { readonly json: boolean; readonly base: string }): Answer {
  const etag = `"${files.map((file) => file.sha256.slice(0, 8)).join("-")}${json ? "-json" : ""}"`;
  const cacheControl = "max-age=600, public";
  if (!json) {
    const links = files.map((file) => `<a href="${base}/files/${file.fileName}#sha256=${file.sha256}">${file.fileName}</a><br/>`);
    return { type: "text/html", etag, cacheControl, body: `<!DOCTYPE html><html><body>\n${links.join("\n")}\n</body></html>\n` };
  }
  const list = files.map((file) => ({ filename: file.fileName, url: `${base}/files/${file.fileName}`, hashes: { sha256: file.sha256 } }));
  return { type: JSON_TYPE, etag, cacheControl, body: JSON.stringify({ meta: { "api-version": "1.0" }, name: project, files: list }) };
}

function answer(request: IncomingMessage, all: readonly Distribution[]): Answer | null {
  const [, area, name] = (request.url ?? "").split("/");
  if (area === "files") {
    const file = all.find((each) => each.fileName === name);
    return file ? { type: "application/octet-stream", etag: `"${file.sha256}"`, cacheControl: "max-age=365000000, immutable, public", body: file.content } : null;
  }
  const files = all.filter((each) => each.project === name);
  return area === "simple" && name && files.length > 0 ? page(name, files, { json: (request.headers.accept ?? "").includes(JSON_TYPE), base: `https://${request.headers.host}` }) : null;
}

function respond(found: Answer | null, request: IncomingMessage, response: ServerResponse): void {
  if (!found) {
    response.writeHead(404).end();
    return;
  }
  const headers = { ETag: found.etag, "Cache-Control": found.cacheControl, Vary: "Accept", "Content-Type": found.type };
  if (request.headers["if-none-match"] === found.etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, "Content-Length": Buffer.byteLength(found.body) }).end(found.body);
}

export async function serveIndex(distributions: readonly Distribution[], certificates: Certificates): Promise<PackageIndex> {
  const server = createServer({ cert: certificates.cert, key: certificates.key }, (request, response) => {
    respond(answer(request, distributions), request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    // A name, not an address: pips with truststore (24.2 and later) cannot verify an address.
    url: `https://localhost:${port}/simple/`,
    caFile: certificates.caFile,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
