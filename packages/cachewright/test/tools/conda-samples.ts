/** Caches as conda, mamba and rattler write them, made byte for byte; the archive of bzip2 is one that Python made. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";

export function put(path: string, content: string | Buffer = ""): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** `lantern-1.0-0.tar.bz2`: index, paths and files of `unpack(…, "lantern")`. */
export const lantern = Buffer.from(
  "QlpoOTFBWSZTWT0hYjsAAbvfks+UUAX/8AACIQr///96oAABAAgIQAHdxxxyhJVPKnkwp5MZT0UaeUxABoB6QNPUGoJ5NEDSNIG1MAACBiYASJVP0ptQ8Uepo09TCaaBpjRGmgNGQSUh"
  + "qaaaNGQBoAADQAAP3MmOcaHj0xxDHnWugjQ+kJE4tlnoi2iiIlbNKK0XETgkMEckdgdSaGJjCEQKJFsx6FXHXYHBFBc0KuB9EzW0nSbBtBbhKmvNg3Z2/fFbpG3QL3OYTpRQjANAu+mV"
  + "9EhAs+d6IkgFTP1VBNZULK7OYCDVRBTgeVxyC24mQD7FrmdLj1lSu/CEVBLFmFZ2Anm19DESIcaE0mlVHQYeS41qEjoxqMt9dpSNXO6VrJKREgZSXJWJciLUEeul8FACpQpF7deUD850"
  + "HPKjcoRujGVaXtbU+Sn3SF2I2k4GKVKhcpn/O+B7GNkJbGwbPst8CmGu3XsZqZq0OkhOMuINE+Wv8GYZ99M8+CQvsrYROousovmTuQmCoaZhMTrzjvJfnf5IUCRhMU1FAJwQfsafIpcp"
  + "GMGCaQOuYRiHkgeGpCjkUJEPlZo+omfSHPCie64IYgCnnUchkxmXBlhmMjShmInIekKs0JWieRbSPJEsTsAJxXN2+sZIMuyVAH8XckU4UJA9IWI7", "base64");

/** A zip of members that are stored as they are. */
export function zipOf(members: Readonly<Record<string, string | Buffer>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const [name, content] of Object.entries(members)) {
    const bytes = Buffer.from(content as string);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(parts.reduce((sum, part) => sum + part.length, 0), 10);
    directory.push(Buffer.from("504b01021403", "hex"), common, tail, Buffer.from(name));
    parts.push(Buffer.from("504b0304", "hex"), common, Buffer.from(name), bytes);
  }
  const [offset, length] = [parts, directory].map((list) => list.reduce((sum, part) => sum + part.length, 0)) as [number, number];
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(members).length, 8);
  end.writeUInt16LE(Object.keys(members).length, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

/** As conda's packages lie in a zip; the tar files are not read. */
export function condaOf(dist: string): Buffer {
  return zipOf({ "metadata.json": '{"conda_pkg_format_version": 2}', [`pkg-${dist}.tar.zst`]: Buffer.alloc(3000, 7), [`info-${dist}.tar.zst`]: Buffer.alloc(800, 9) });
}

export interface Packed {
  readonly name: string;
  readonly version?: string;
  readonly build?: string;
  readonly subdir?: string;
}

export function distName({ name, version = "1.0", build = "0" }: Packed): string {
  return `${name}-${version}-${build}`;
}

/** An extracted package; its manifest is true. */
export function unpack(at: string, { name, version = "1.0", build = "0", subdir = "noarch" }: Packed): void {
  const files = { [`share/${name}/a.txt`]: name.repeat(20), [`share/${name}/b.txt`]: "second" };
  for (const [path, content] of Object.entries(files)) put(join(at, path), content);
  put(join(at, "info/files"), Object.keys(files).join("\n"));
  put(join(at, "info/index.json"), JSON.stringify({ name, version, build, build_number: 0, depends: [], subdir }));
  const paths = Object.entries(files).map(([path, content]) => ({ _path: path, path_type: "hardlink", sha256: sha256(content), size_in_bytes: content.length }));
  put(join(at, "info/paths.json"), JSON.stringify({ paths, paths_version: 1 }));
}

/** Archive, extracted package and the record of both, as conda leaves them. */
export function condaPackage(pkgs: string, packed: Packed, { url, archive }: { readonly url: string; readonly archive: Buffer }): void {
  const dist = distName(packed);
  const fn = url.slice(url.lastIndexOf("/") + 1);
  const { name, version = "1.0", build = "0", subdir = "noarch" } = packed;
  put(join(pkgs, fn), archive);
  unpack(join(pkgs, dist), packed);
  const record = { name, version, build, build_number: 0, channel: url.slice(0, -fn.length - 1), subdir, fn, md5: createHash("md5").update(archive).digest("hex"), url, sha256: sha256(archive), size: archive.length };
  put(join(pkgs, dist, "info/repodata_record.json"), JSON.stringify(record, null, 2));
}

const channel = "https://conda.example/t/tk-1234/main";

/** conda 26: index state in `info.json`; conda 23.1: `state.json` and a pickle. */
export function condaCacheOf(pkgs: string, version: 23 | 26): void {
  condaPackage(pkgs, { name: "lantern" }, { url: `${channel}/noarch/lantern-1.0-0.tar.bz2`, archive: lantern });
  const beacon = { name: "beacon", version: "2.1", build: "py312h5eee18b_0", subdir: "linux-64" };
  condaPackage(pkgs, beacon, { url: `${channel}/linux-64/${distName(beacon)}.conda`, archive: condaOf(distName(beacon)) });
  put(join(pkgs, "urls.txt"), `${channel}/noarch/lantern-1.0-0.tar.bz2\n${channel}/linux-64/${distName(beacon)}.conda\n`);
  put(join(pkgs, "urls"));
  put(join(pkgs, "cache/d0dc3046.json"), JSON.stringify({ info: { subdir: "linux-64" }, packages: {} }));
  if (version === 26) put(join(pkgs, "cache/d0dc3046.info.json"), JSON.stringify({ url: `${channel}/linux-64`, size: 47 }));
  else {
    put(join(pkgs, "cache/d0dc3046.state.json"), JSON.stringify({ _url: `${channel}/linux-64`, mtime: 1 }));
    put(join(pkgs, "cache/d0dc3046.q"), "pickled");
  }
}

/** mamba 2.6 and later, beside what conda made. */
export function mambaCacheOf(pkgs: string): void {
  const place = "https/conda.example/main/linux-64";
  condaPackage(join(pkgs, place), { name: "zlib", build: "h1_0", subdir: "linux-64" }, { url: "https://conda.example/main/linux-64/zlib-1.0-h1_0.conda", archive: condaOf("zlib-1.0-h1_0") });
  put(join(pkgs, "urls.txt"), "https://conda.example/main/linux-64/zlib-1.0-h1_0.conda\n");
  put(join(pkgs, "cache/cf73e938.json"), "{}");
  put(join(pkgs, "cache/cf73e938.solv"), "SOLV....");
  put(join(pkgs, "cache/cf73e938.state.json"), JSON.stringify({ url: "https://conda.example/main/linux-64/repodata.json.zst" }));
  put(join(pkgs, "pkgs.lock"));
  put(join(pkgs, "cache/cache.lock"));
}

/** py-rattler 0.9.1 had no lock for all. */
export function rattlerPackages(pkgs: string, age: "0.9.1" | "0.28"): void {
  for (const name of ["lantern", "beacon"]) {
    unpack(join(pkgs, `${name}-1.0-0`), { name });
    put(join(pkgs, `${name}-1.0-0.lock`), Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), createHash("sha256").update(name).digest()]));
  }
  if (age === "0.28") put(join(pkgs, ".cache.lock"));
}

/** pixi's root with everything that its versions have put there. */
export function pixiRoot(root: string): void {
  rattlerPackages(join(root, "pkgs"), "0.28");
  unpack(join(root, `pkgs/mine-2.0-h1_0-${"ab".repeat(32)}`), { name: "mine", version: "2.0", build: "h1_0" });
  put(join(root, "pkgs/.gone-1.0-0aB3xYz/lib/x"), "half");
  put(join(root, "repodata/773284fd.json"), "{}");
  put(join(root, "repodata/773284fd.info.json"), JSON.stringify({ url: "https://conda.example/main/noarch/repodata.json" }));
  put(join(root, "repodata/773284fd.lock"));
  put(join(root, "repodata/5b121ad1.shards-cache-v1"), "SHARD-V1");
  put(join(root, `repodata/shards-v1/${"cd".repeat(32)}.msgpack`), "x");
  put(join(root, "repodata/.tmpAb12Cd"), "half");
  put(join(root, `run-exports/lantern-1.0-0-${"ef".repeat(32)}.tar.bz2`), "{}");
  put(join(root, "conda-pypi-mapping/index-v5/aa/bb/c"), "1");
  put(join(root, "conda-pypi-mapping/content-v2/sha512/aa/c"), "2");
  put(join(root, "cached-envs-v0/cowpy-1a2b/conda-meta/history"));
  put(join(root, "cached-build-tool-envs-v0/cmake-3c4d/conda-meta/history"));
  put(join(root, "backends-v0/5e6f/conda-meta/history"));
  put(join(root, "git-v0/db/0123abcd/HEAD"), "ref");
  put(join(root, "git-v0/checkouts/0123abcd/9f8e/x.py"));
  put(join(root, "git-v0/locks/0123abcd"));
  put(join(root, "url-v0/archives/x-1234.tar.gz"), "z");
  put(join(root, "notices/viewed-notices-v2"), "{}");
  put(join(root, "envs/project-77/bin/python"));
  put(join(root, "uv-cache/wheels-v5/x.whl"));
  put(join(root, "CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55");
}
