import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../../machine/node-machine.ts";
import { uv } from "./uv.ts";

let root: string;
beforeEach(() => { root = realpathSync(mkdtempSync(join(tmpdir(), "uv-installs-"))); });
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text = ""): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  chmodSync(join(root, path), 0o755);
}

/** Those below the throw-away directory: this machine may have its own. */
function found(env: Record<string, string>): unknown {
  const machine = nodeMachine({ env: { HOME: join(root, "h"), ...env }, cwd: root });
  return uv.installs(machine, join(root, "h")).filter(({ program }) => program.startsWith(root))
    .map(({ program, prefix, version, chosen }) => [program.slice(root.length + 1), prefix === null ? null : prefix.slice(root.length + 1), version, chosen]);
}

describe("installs of uv", () => {
  it("are told by the metadata beside them, the one on PATH chosen", () => {
    write("v/bin/uv");
    write("v/lib/python3.12/site-packages/uv-0.9.30.dist-info/METADATA");
    write("c/bin/uv");
    write("c/conda-meta/uv-0.8.22-h1_0.json");
    expect(found({ PATH: `${root}/c/bin:${root}/v/bin` })).toEqual([["c/bin/uv", "c", "0.8.22", true], ["v/bin/uv", "v", "0.9.30", false]]);
  });

  it("are told by the installer's receipt, and by Homebrew's directory", () => {
    write("h/.local/bin/uv");
    write("h/.config/uv/uv-receipt.json", JSON.stringify({ install_prefix: join(root, "h/.local/bin"), version: "0.13.9" }));
    write("Cellar/uv/0.12.5/bin/uv");
    mkdirSync(join(root, "bin"));
    symlinkSync(join(root, "Cellar/uv/0.12.5/bin/uv"), join(root, "bin/uv"));
    expect(found({ PATH: `${root}/bin` })).toEqual([["bin/uv", null, "0.12.5", true], ["h/.local/bin/uv", null, "0.13.9", false]]);
  });

  it("are one where two ways lead to one program, and have no version where no file tells it", () => {
    write("a/uv");
    mkdirSync(join(root, "b"));
    symlinkSync(join(root, "a/uv"), join(root, "b/uv"));
    expect(found({ PATH: `${root}/a:${root}/b` })).toEqual([["a/uv", null, null, true]]);
    expect(found({ PATH: "" })).toEqual([]);
  });
});
