/** One cache in every format: a page of each kind, a wheel with its metadata, a source distribution, a redirect, something else. */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { sampleSdist, sampleWheel } from "./archives.ts";
import { htmlPage, jsonPage, page, type putResponse } from "./pip-caches.ts";

export const wheel = sampleWheel("numpy", "1.26.4", { tags: ["cp311-cp311-manylinux_2_17_x86_64", "cp311-cp311-manylinux2014_x86_64"] });
export const sdist = sampleSdist("PyYAML", "6.0");
const metadata = "Metadata-Version: 2.1\nName: numpy\nVersion: 1.26.4\n\nNumbers.\n";
export const wheelUrl = "https://files.example/12/numpy-1.26.4-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl";
export const sdistUrl = "https://files.example/34/PyYAML-6.0.tar.gz";
export const numpyPage = page("numpy", [{ filename: "numpy-1.26.4.exe", url: "https://files.example/x" }, { filename: wheelUrl.slice(wheelUrl.lastIndexOf("/") + 1), url: wheelUrl, body: wheel, metadata, yanked: true }]);
export const yamlPage = `<html><head><title>Links for pyyaml</title></head><a href="${sdistUrl}#sha256=${createHash("sha256").update(sdist).digest("hex")}">PyYAML-6.0.tar.gz</a></html>`;

export function fill(put: typeof putResponse, root: string): void {
  put(root, { url: "https://index.example/simple/numpy/", body: gzipSync(numpyPage), headers: { ...jsonPage, "Content-Encoding": "gzip" } });
  put(root, { url: "https://index.example/simple/pyyaml/", body: yamlPage, headers: htmlPage });
  put(root, { url: wheelUrl, body: wheel });
  put(root, { url: `${wheelUrl}.metadata`, body: metadata });
  put(root, { url: sdistUrl, body: sdist });
  put(root, { url: "https://index.example/requirements.txt", body: "numpy\n", headers: { "Content-Type": "text/plain" } });
  put(root, { url: "https://index.example/simple/NumPy", body: "", status: 301, headers: { Location: "https://index.example/simple/numpy/" } });
}
