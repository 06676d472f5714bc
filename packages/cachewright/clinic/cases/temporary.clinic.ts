/** Temporary directories: gone, closed, full, without inodes, and where programs may not run. */
import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { fillCache, install } from "../install.ts";
import { must } from "../step.ts";
import type { Patient } from "../patient.ts";

const inLoginShell = (patient: Patient, command: string) => patient.run(["sh", "-c", `[ ! -f ~/.profile ] || . ~/.profile; ${command}`]);
const anywhere = () => `/var/tmp/out-${process.hrtime.bigint()}`;
const chosenBy = async (patient: Patient) => (await inLoginShell(patient, `${patient.python} -c 'import tempfile; print(tempfile.gettempdir())'`)).text.trim();
const works = async (): Promise<void> => undefined;

/** A source package whose own backend runs a configure script from where pip unpacked it. */
const CONFIGURED = `
import io, os, tarfile
backend = '''
import os, subprocess, zipfile
def build_wheel(directory, config_settings=None, metadata_directory=None):
    subprocess.check_call(["./configure"])
    name = "cfgpkg-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(directory, name), "w") as wheel:
        wheel.writestr("cfgpkg.py", "")
        wheel.writestr("cfgpkg-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\\\nName: cfgpkg\\\\nVersion: 1.0\\\\n")
        wheel.writestr("cfgpkg-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\\\nGenerator: x\\\\nRoot-Is-Purelib: true\\\\nTag: py3-none-any\\\\n")
        wheel.writestr("cfgpkg-1.0.dist-info/RECORD", "cfgpkg.py,,\\\\ncfgpkg-1.0.dist-info/METADATA,,\\\\ncfgpkg-1.0.dist-info/WHEEL,,\\\\ncfgpkg-1.0.dist-info/RECORD,,\\\\n")
    return name
'''
files = {"pyproject.toml": '[build-system]\\nrequires = []\\nbuild-backend = "backend"\\nbackend-path = ["."]\\n', "backend.py": backend, "configure": "#!/bin/sh\\nexit 0\\n", "PKG-INFO": "Metadata-Version: 2.1\\nName: cfgpkg\\nVersion: 1.0\\n"}
with tarfile.open(os.path.expanduser("~/cfgpkg-1.0.tar.gz"), "w:gz") as archive:
    for name, text in files.items():
        member = tarfile.TarInfo("cfgpkg-1.0/" + name)
        member.size = len(text.encode())
        member.mode = 0o755
        archive.addfile(member, io.BytesIO(text.encode()))
`;

const illnesses: readonly Illness[] = [
  {
    problem: "tmp-not-writable", variant: "TMPDIR names a directory that is gone", pips: "pair", path: (patient) => `${patient.account.home}/scratch`,
    make: async (patient) => { patient.env["TMPDIR"] = `${patient.account.home}/scratch`; },
    complaint: { silent: "Python passes over it and takes /tmp", async shows(output, patient) {
      must(output.code === 0 && (await chosenBy(patient)) === "/tmp", `Python should take /tmp, it said ${await chosenBy(patient)}`);
    } },
    cured: async (patient) => must((await chosenBy(patient)).endsWith("/scratch"), "Python should take the directory that was meant"),
    cure: { by: "patient", choose: "make-directory" },
  },
  {
    problem: "tmp-not-writable", variant: "/tmp and /var/tmp of mode 0755, and a working directory of root's", pips: "pair", path: () => "/tmp",
    make: async (patient) => { await patient.root("chmod 755 /tmp /var/tmp"); },
    act: (patient) => patient.run(["pip", "install", ...patient.indexArgs, "--no-cache-dir", "--no-deps", "--force-reinstall", "wpkg"], { cwd: "/" }),
    complaint: /No usable temporary directory found in/,
    healthy: works,
    cure: { by: "root for patient", choose: "right-mode" },
  },
  {
    problem: "tmp-full", variant: "a small tmpfs at /tmp", pips: "pair", path: () => "/tmp",
    make: async (patient) => { await patient.root("mount -t tmpfs -o size=1m,mode=1777 tmpfs /tmp"); },
    act: (patient) => inLoginShell(patient, `pip install ${patient.indexArgs.join(" ")} --no-cache-dir --no-deps --target ${anywhere()} bigpkg`),
    complaint: /\[Errno 28\]/, explainsAs: ["disk-full", "tmp-full"], explainPath: () => null,
    healthy: works,
    cure: { by: "patient", choose: "tmpdir-elsewhere" },
  },
  {
    problem: "inode-exhausted", variant: "a cache on a file system without free inodes", pips: "pair", path: (patient) => `${patient.account.home}/.cache`,
    make: async (patient) => {
      const at = `${patient.account.home}/.cache`;
      const { uid, gid } = patient.account;
      await patient.root(`mkdir ${at} && mount -t tmpfs -o size=64m,nr_inodes=200,mode=700,uid=${uid},gid=${gid} tmpfs ${at}`);
      await fillCache(patient, "wpkg", "bigpkg", "bigpkg==2.0", "spkg");
      // The wheel is to be built again; its directories stand already.
      await patient.must("find ~/.cache/pip/wheels -name '*.whl' -delete; mkdir ~/.cache/many; i=0; while [ $i -lt 300 ] && touch ~/.cache/many/$i 2>/dev/null; do i=$((i+1)); done; true");
    },
    act: (patient) => install(patient, "spkg"),
    complaint: /\[Errno 28\]/, explainsAs: ["disk-full", "inode-exhausted"], explainPath: () => null,
    healthy: works,
    cure: { by: "patient", choose: "clear-cache", undo: "refused" },
  },
  {
    problem: "tmp-noexec", variant: "a build below /tmp, which is mounted noexec", pips: "pair", path: () => "/tmp",
    make: async (patient) => {
      await patient.run([patient.python, "-c", CONFIGURED]);
      await patient.root("mount -t tmpfs -o noexec,mode=1777 tmpfs /tmp");
    },
    act: (patient) => inLoginShell(patient, `pip install --disable-pip-version-check --no-cache-dir --no-deps --target ${anywhere()} ~/cfgpkg-1.0.tar.gz`),
    complaint: /PermissionError: \[Errno 13\] Permission denied: '\.\/configure'/, explainPath: () => null,
    healthy: works,
    cure: { by: "patient", choose: "tmpdir-elsewhere" },
  },
];

describeIllnesses(illnesses);
