/** The three caches that `--only caches` measures, made on the spot as the tools lay them out. */
import { createHash, randomBytes } from "node:crypto";
import { linkSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";

const hex = (seed, length) => createHash("sha256").update(String(seed)).digest("hex").slice(0, length);

/** Sizes as in real packages: most files are some kB, a few are large. No two runs of the maker differ. */
function sizeOf(seed) {
  const roll = Number.parseInt(hex(seed, 4), 16) / 65536;
  return roll < 0.9 ? Math.floor(roll * 4000) : roll < 0.995 ? Math.floor(roll * 12_000) : 60_000;
}

const filling = randomBytes(60_000);

/** One unpacked wheel: a package with sub-packages and a dist-info. Returns its files, relative. */
function fillPackage(dir, name, files) {
  const made = [];
  const put = (rel) => {
    writeFileSync(join(dir, rel), filling.subarray(0, sizeOf(`${name}${rel}`)));
    made.push(rel);
  };
  const info = `${name}-1.0.dist-info`;
  mkdirSync(join(dir, info), { recursive: true });
  for (const each of ["METADATA", "RECORD", "WHEEL", "top_level.txt", "INSTALLER"]) put(`${info}/${each}`);
  const folders = Array.from({ length: Math.ceil(files / 20) }, (_, i) => (i === 0 ? name : `${name}/part${i}${i % 3 === 0 ? `/inner` : ""}`));
  for (const folder of folders) mkdirSync(join(dir, folder), { recursive: true });
  for (let i = 0; i < files - 5; i++) put(`${folders[i % folders.length]}/module_number_${i}.py`);
  return made;
}

/** uv 0.9: archive-v0/<id> is written aside and renamed into place; wheels-v5 points at it. Environments link to every second archive. */
export function fillUv(dir, files) {
  const cache = join(dir, "uv");
  const environments = [join(dir, "environment-a/site-packages"), join(dir, "environment-b/site-packages")];
  for (const each of ["archive-v0", "wheels-v5/pypi", "simple-v18/pypi"]) mkdirSync(join(cache, each), { recursive: true });
  for (const each of environments) mkdirSync(each, { recursive: true });
  writeFileSync(join(cache, "CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55");
  writeFileSync(join(cache, ".gitignore"), "*");
  for (let made = 0, i = 0; made < files; i++) {
    const name = `package_${i}`;
    const id = hex(`archive${i}`, 21);
    const aside = join(cache, `.tmp${id.slice(0, 6)}`);
    const count = Math.min(files - made, 40 + (Number.parseInt(hex(name, 4), 16) % 320));
    const rels = fillPackage(aside, name, Math.max(count, 10));
    renameSync(aside, join(cache, "archive-v0", id));
    made += rels.length;
    const wheel = join(cache, "wheels-v5/pypi", name);
    mkdirSync(wheel);
    writeFileSync(join(wheel, "1.0-py3-none-any.http"), filling.subarray(0, 300));
    symlinkSync(join(cache, "archive-v0", id), join(wheel, "1.0-py3-none-any"));
    writeFileSync(join(cache, "simple-v18/pypi", `${name}.rkyv`), filling.subarray(0, 3000));
    if (i % 2 === 0) linkInto(environments[(i / 2) % 2], join(cache, "archive-v0", id), rels);
  }
  return cache;
}

function linkInto(environment, archive, rels) {
  const folders = new Set();
  for (const rel of rels) {
    const folder = rel.slice(0, rel.lastIndexOf("/"));
    if (!folders.has(folder)) mkdirSync(join(environment, folder), { recursive: true });
    folders.add(folder);
    linkSync(join(archive, rel), join(environment, rel));
  }
}

/** MessagePack, as much of it as a response's head needs. */
function packed(value) {
  if (typeof value === "number") return value < 128 ? Buffer.from([value]) : Buffer.from([0xcd, value >> 8, value & 255]);
  if (value === null) return Buffer.from([0xc0]);
  if (Buffer.isBuffer(value)) return Buffer.concat([Buffer.from([0xc4, value.length]), value]);
  if (typeof value === "string") {
    const bytes = Buffer.from(value);
    return Buffer.concat([bytes.length < 32 ? Buffer.from([0xa0 | bytes.length]) : bytes.length < 256 ? Buffer.from([0xd9, bytes.length]) : Buffer.from([0xda, bytes.length >> 8, bytes.length & 255]), bytes]);
  }
  const entries = Object.entries(value);
  return Buffer.concat([entries.length < 16 ? Buffer.from([0x80 | entries.length]) : Buffer.from([0xde, 0, entries.length]), ...entries.flat().map(packed)]);
}

/** What CacheControl 0.14 writes beside a body: `cc=4,` and a map. */
function head(type, length) {
  return Buffer.concat([Buffer.from("cc=4,"), packed({
    response: {
      body: Buffer.alloc(0), status: 200, version: 11, reason: "OK", decode_content: false,
      headers: { "content-type": type, "content-length": String(length), "etag": `"${hex(`${type}${length}`, 32)}"`, "cache-control": "max-age=365000000, immutable, public", "last-modified": "Tue, 04 Jun 2024 09:51:25 GMT", "date": "Sat, 21 Nov 2026 10:00:00 GMT", "accept-ranges": "bytes", "x-served-by": "cache-one, cache-two", "x-cache": "HIT, HIT", "vary": "Accept-Encoding" },
    },
    vary: { "Accept-Encoding": "identity" },
  })]);
}

/** A zip of stored members (APPNOTE 6.3): what a wheel is to everybody who reads its directory. */
function zip(members) {
  const [parts, directory] = [[], []];
  let at = 0;
  for (const [name, body] of members) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x5921, 8);
    common.writeUInt32LE(crc32(body), 10);
    common.writeUInt32LE(body.length, 14);
    common.writeUInt32LE(body.length, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\0", "latin1"), common, place, Buffer.from(name));
    parts.push(Buffer.from("PK\x03\x04", "latin1"), common, Buffer.from(name), body);
    at += 30 + name.length + body.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

function wheelOf(project, metadata) {
  const info = `${project}-1.0.dist-info`;
  const modules = Array.from({ length: 12 }, (_, i) => [`${project}/${i === 0 ? "__init__" : `module_${i}`}.py`, filling.subarray(0, sizeOf(`${project}${i}`))]);
  const texts = { METADATA: metadata, WHEEL: "Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: true\nTag: py3-none-any\n", RECORD: modules.map(([name]) => `${name},,\n`).join("") };
  return zip([...modules, ...Object.entries(texts).map(([name, text]) => [`${info}/${name}`, Buffer.from(text)])]);
}

const index = "https://index.example";

/** [URL, content type, body] of what pip fetches for one project: its page, the metadata of a wheel, the wheel. */
function responses(project) {
  const wheel = `${project}-1.0-py3-none-any.whl`;
  const url = `${index}/files/${hex(project, 60)}/${wheel}`;
  const metadata = `Metadata-Version: 2.1\nName: ${project}\nVersion: 1.0\nSummary: One of many\nRequires-Python: >=3.8\n\n${"A description. ".repeat(80)}\n`;
  const page = { meta: { "api-version": "1.1" }, name: project, files: Array.from({ length: 12 }, (_, i) => ({ filename: wheel.replace("1.0", `1.${i}`), url: url.replace("1.0", `1.${i}`), hashes: { sha256: hex(`${project}${i}`, 64) }, "core-metadata": { sha256: hex(`${project}m${i}`, 64) }, "requires-python": ">=3.8" })) };
  return [
    [`${index}/simple/${project}/`, "application/vnd.pypi.simple.v1+json", Buffer.from(JSON.stringify(page))],
    [`${url}.metadata`, "application/octet-stream", Buffer.from(metadata)],
    [url, "application/octet-stream", wheelOf(project, metadata)],
  ];
}

/** pip 26: http-v2, five levels of one hex digit of the URL's sha224, the head and the body beside each other. */
export function fillPip(dir, entries) {
  for (let made = 0, i = 0; made < entries; i++) {
    for (const [url, type, body] of responses(`demo_project_${i}`).slice(0, entries - made)) {
      const name = createHash("sha224").update(url).digest("hex");
      const folder = join(dir, "http-v2", ...name.slice(0, 5));
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(join(folder, name), head(type, body.length), { mode: 0o600 });
      writeFileSync(join(folder, `${name}.body`), body, { mode: 0o600 });
      made++;
    }
  }
  return dir;
}

/** conda 24: the archive, the directory it was unpacked into, and what was written down of it. */
export function fillConda(dir, packages) {
  mkdirSync(join(dir, "cache"), { recursive: true });
  const urls = [];
  for (let i = 0; i < packages; i++) {
    const [name, version, build] = [`demo-package-${i}`, `1.${i % 40}`, `py311h${hex(i, 7)}_0`];
    const folder = join(dir, `${name}-${version}-${build}`);
    writeFileSync(`${folder}.conda`, filling.subarray(0, sizeOf(name) * 4));
    mkdirSync(join(folder, "info"), { recursive: true });
    const files = fillPackage(join(folder, "lib/python3.11/site-packages"), `demo_package_${i}`, 20).map((rel) => `lib/python3.11/site-packages/${rel}`);
    const url = `${index}/conda/noarch/${name}-${version}-${build}.conda`;
    const record = { name, version, build, build_number: 0, depends: [], subdir: "noarch", url, fn: `${name}-${version}-${build}.conda`, size: 1000, sha256: hex(url, 64), md5: hex(url, 32) };
    writeFileSync(join(folder, "info/index.json"), JSON.stringify(record));
    writeFileSync(join(folder, "info/paths.json"), JSON.stringify({ paths: files.map((path) => ({ _path: path, path_type: "hardlink", sha256: hex(path, 64), size_in_bytes: 100 })), paths_version: 1 }));
    writeFileSync(join(folder, "info/repodata_record.json"), JSON.stringify(record));
    urls.push(url);
  }
  writeFileSync(join(dir, "urls.txt"), `${urls.join("\n")}\n`);
  writeFileSync(join(dir, "urls"), "");
  return dir;
}

/** A million entries, every second inode with two names: what the memory of a weighing is measured on. */
export function fillMillion(dir) {
  for (let i = 0; i < 1000; i++) {
    const folder = join(dir, String(i % 10), String(i));
    mkdirSync(folder, { recursive: true });
    for (let j = 0; j < 666; j++) {
      writeFileSync(join(folder, `file_${j}`), "");
      if (j % 2 === 0) linkSync(join(folder, `file_${j}`), join(folder, `second_${j}`));
    }
  }
  return dir;
}
