/** What py-rattler is told to do in a room, as Python. */

/** Three packages, in both formats, indexed by hand. A `.conda` holds zstd frames; those need no compressing (RFC 8878, raw blocks). */
export const channelScript = `
import bz2, hashlib, io, json, os, struct, sys, tarfile, zipfile
chan = "/mnt/work/chan"
records = {"packages": {}, "packages.conda": {}}
for sub in ("noarch", "linux-64"): os.makedirs(f"{chan}/{sub}", exist_ok=True)
def tar(files, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for path, content in files.items():
            entry = tarfile.TarInfo(path); entry.size = len(content); entry.mode = 0o755 if path.startswith("bin/") else 0o644
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()
def frame(data):
    blocks = [data[i:i + 65536] for i in range(0, len(data), 65536)]
    body = b"".join(struct.pack("<I", (i == len(blocks) - 1) | len(block) << 3)[:3] + block for i, block in enumerate(blocks))
    return b"\\x28\\xb5\\x2f\\xfd\\xe0" + struct.pack("<Q", len(data)) + body
for name, version, ending in (("lantern", "1.0", ".tar.bz2"), ("beacon", "1.0", ".conda"), ("conda", "24.11.3", ".tar.bz2")):
    dist = f"{name}-{version}-0"
    files = {f"share/{name}/a.txt": name.encode() * 20, f"share/{name}/b.txt": b"second"}
    if name == "conda": files["bin/conda"] = b"#!/bin/sh\\n"
    index = dict(name=name, version=version, build="0", build_number=0, depends=[], subdir="noarch", noarch="generic")
    paths = [dict(_path=p, path_type="hardlink", sha256=hashlib.sha256(b).hexdigest(), size_in_bytes=len(b)) for p, b in files.items()]
    info = {"info/index.json": json.dumps(index).encode(), "info/paths.json": json.dumps(dict(paths=paths, paths_version=1)).encode(), "info/files": "\\n".join(files).encode()}
    path = f"{chan}/noarch/{dist}{ending}"
    if ending == ".conda":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("metadata.json", '{"conda_pkg_format_version": 2}')
            archive.writestr(f"pkg-{dist}.tar.zst", frame(tar(files)))
            archive.writestr(f"info-{dist}.tar.zst", frame(tar(info)))
    else:
        open(path, "wb").write(tar({**info, **files}, "w:bz2"))
    data = open(path, "rb").read()
    records["packages.conda" if ending == ".conda" else "packages"][dist + ending] = dict(index, size=len(data), md5=hashlib.md5(data).hexdigest(), sha256=hashlib.sha256(data).hexdigest())
for sub in ("noarch", "linux-64"):
    own = records if sub == "noarch" else {"packages": {}, "packages.conda": {}}
    json.dump(dict(info=dict(subdir=sub), **own), open(f"{chan}/{sub}/repodata.json", "w"))
`;

/** \`PREFIX CACHE SPEC…\`; "-" for the default cache. Some versions crash when the interpreter ends, so it is left at once. */
export const installScript = `
import asyncio, os, sys, traceback, rattler
prefix, cache, *specs = sys.argv[1:]
async def main():
    records = await rattler.solve([rattler.Channel("file:///mnt/work/chan")], specs, platforms=["noarch", "linux-64"])
    await rattler.install(records, prefix, show_progress=False, **({} if cache == "-" else {"cache_dir": cache}))
code = 0
try: asyncio.run(main())
except BaseException: traceback.print_exc(); code = 1
sys.stdout.flush(); sys.stderr.flush(); os._exit(code)
`;

/** \`PKGS ARCHIVE…\`: archives unpacked by rattler into a directory of conda's, with the record that conda writes. */
export const unpackScript = `
import hashlib, json, os, shutil, sys
from pathlib import Path
from rattler.package_streaming import extract
pkgs, *archives = sys.argv[1:]
for archive in archives:
    fn = os.path.basename(archive); copy = f"{pkgs}/{fn}"; shutil.copy(archive, copy)
    target = copy[: -len(".conda" if fn.endswith(".conda") else ".tar.bz2")]
    extract(Path(copy), Path(target))
    data = open(copy, "rb").read(); index = json.load(open(f"{target}/info/index.json"))
    json.dump(dict(index, fn=fn, url=f"https://conda.example/{fn}", channel="https://conda.example", size=len(data), md5=hashlib.md5(data).hexdigest(), sha256=hashlib.sha256(data).hexdigest()), open(f"{target}/info/repodata_record.json", "w"))
    open(f"{pkgs}/urls.txt", "a").write(f"https://conda.example/{fn}\\n")
sys.stdout.flush(); os._exit(0)
`;
