import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import { brokenVenv } from "./broken-venv.ts";

let tree: PythonTree;
let base = "";
beforeEach(() => {
  tree = pythonTree();
  base = tree.prefix("versions/3.11.8");
  tree.venv("env", base);
  made("env");
});
afterEach(() => tree.remove());

const wrapper = (python: string): string => `#!${python}\nimport sys\nfrom pip import main\nsys.exit(main())\n`;
/** What venv and pip write into an environment made at this place. */
function made(name: string, as = tree.at(name)): void {
  tree.file(`${name}/bin/activate`, `# a comment\nVIRTUAL_ENV="${as}"\nexport VIRTUAL_ENV\n`);
  tree.file(`${name}/bin/activate.fish`, `set -gx VIRTUAL_ENV "${as}"\n`);
  tree.file(`${name}/bin/pip`, wrapper(`${as}/bin/python`), 0o755);
  tree.file(`${name}/bin/flask`, `#!/bin/sh\n'''exec' "${as}/bin/python" "$0" "$@"\n' '''\nimport sys\n`, 0o755);
}
const look = (name = "env") => brokenVenv(tree.machine(), tree.at(name));

describe("an environment in order", () => {
  it("is none of ours, nor is what is no environment", () => {
    expect(look()).toBeUndefined();
    expect(look("versions/3.11.8")).toBeUndefined();
    expect(look("nowhere")).toBeUndefined();
  });

  it("may be reached through a link, by either name", () => {
    renameSync(tree.at("env"), tree.at("real"));
    tree.link("env", "real");
    expect([look(), look("real")]).toEqual([undefined, undefined]);
  });

  it("may hold programs of another Python that is no environment", () => {
    rmSync(tree.at("env/bin/activate"));
    tree.file("env/bin/pip", wrapper(`${tree.at("versions/3.11.8")}/bin/python3.11`), 0o755);
    expect(look()).toBeUndefined();
  });

  it("may work out where it is, as uv's relocatable ones do", () => {
    renameSync(tree.at("env"), tree.at("other"));
    tree.file("other/bin/activate", `VIRTUAL_ENV="$(dirname -- "$(CDPATH= cd -- "$(dirname -- "$SCRIPT_PATH")" > /dev/null && echo "$PWD")")"\n`);
    tree.file("other/bin/pip", `#!/bin/sh\n'''exec' "$(dirname -- "$(realpath -- "$0")")"/'python' "$0" "$@"\n' '''\n`, 0o755);
    expect(look("other")).toBeUndefined();
  });
});

describe("an environment without its Python", () => {
  it("names the interpreter that is gone and the links that lead to it", () => {
    rmSync(tree.at("versions/3.11.8"), { recursive: true });
    expect(look()).toMatchObject({
      fault: "python-gone", gone: base, version: "3.11", release: "3.11.2", links: [tree.at("env/bin/python")],
      home: { value: tree.at("versions/3.11.8/bin"), line: 1 }, stale: [],
    });
  });

  it("may be a copied interpreter whose standard library went", () => {
    rmSync(tree.at("env/bin/python"));
    tree.file("env/bin/python", "", 0o755);
    tree.file("versions/3.11.8/lib/python3.11/os.py");
    expect(look()).toBeUndefined();
    rmSync(tree.at("versions/3.11.8"), { recursive: true });
    expect(look()).toMatchObject({ fault: "python-gone", links: [] });
  });

  it("may have none at all", () => {
    rmSync(tree.at("env/bin/python"));
    rmSync(tree.at("env/bin/python3"));
    expect(look()).toMatchObject({ fault: "python-gone", links: [] });
  });
});

describe("an environment in another place", () => {
  it("names each line that is wrong", () => {
    renameSync(tree.at("env"), tree.at("moved"));
    const found = look("moved");
    expect(found).toMatchObject({ fault: "moved", madeAs: { prefix: tree.at("env"), exists: false }, complete: true });
    expect(found?.stale.map(({ path, line }) => [path.split("/").at(-1), line])).toEqual([["activate", 2], ["activate.fish", 1], ["flask", 2], ["pip", 1]]);
  });

  it("is known without activate by what its pip names, and as a copy while the original is there", () => {
    tree.venv("copy", base);
    made("copy", tree.at("env"));
    rmSync(tree.at("copy/bin/activate"));
    expect(look("copy")).toMatchObject({ fault: "moved", madeAs: { prefix: tree.at("env"), exists: true } });
  });

  it("leaves lines about a place that only begins alike", () => {
    renameSync(tree.at("env"), tree.at("moved"));
    tree.file("moved/bin/activate", `VIRTUAL_ENV="${tree.at("env")}"\nOTHER="${tree.at("env2")}"\n`);
    expect(look("moved")?.stale.filter(({ path }) => path.endsWith("/activate"))).toHaveLength(1);
  });

  it("is told together with the Python that is gone too", () => {
    renameSync(tree.at("env"), tree.at("moved"));
    rmSync(tree.at("versions/3.11.8"), { recursive: true });
    expect(look("moved")).toMatchObject({ fault: "python-gone", madeAs: { exists: false }, links: [tree.at("moved/bin/python")] });
  });
});

describe("a pyvenv.cfg", () => {
  it("that is not UTF-8 ends every start; one without home makes it no environment", () => {
    writeFileSync(tree.at("env/pyvenv.cfg"), Buffer.from("home = /x\xff/bin\n", "latin1"));
    expect(look()).toMatchObject({ fault: "settings", detail: "it is not UTF-8" });
    writeFileSync(tree.at("env/pyvenv.cfg"), "version = 3.11.2\n");
    expect(look()).toMatchObject({ fault: "settings", detail: "it has no line home" });
  });

  it.skipIf(process.getuid?.() === 0)("that may not be read is told with the errno (root reads everything)", () => {
    tree.file("env/pyvenv.cfg", "home = /x\n", 0o000);
    expect(look()).toMatchObject({ fault: "settings", detail: "EACCES" });
  });

  it("in a directory that has no programs is somebody's own file", () => {
    mkdirSync(tree.at("empty"));
    writeFileSync(tree.at("empty/pyvenv.cfg"), "x = 1\n");
    symlinkSync("nowhere", tree.at("empty/link"));
    expect(look("empty")).toBeUndefined();
  });
});
