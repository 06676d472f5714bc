import { describe, expect, it } from "vitest";
import { absent, link, present, rootOwned } from "../../facts/example-facts.ts";
import { toolPlace } from "../../facts/example-tools.ts";
import type { ScanFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { withUv } from "../ill-uv.ts";
import { problem } from "./problem.ts";

const share = "/home/me/.local/share/uv";
const tools = toolPlace("envs", `${share}/tools`, { name: "tools" });
const pythons = toolPlace("data", `${share}/python`, { name: "pythons" });
const bin = toolPlace("scripts", "/home/me/.local/bin", { name: "tools" });
const places = { places: [tools, pythons, bin] };
const sound = [present(share), present(tools.path), present(pythons.path), present(bin.path)];
const below = (root: string, ...denied: ScanFact["denied"]): { scans: ScanFact[] } => ({ scans: [{ root, purpose: "target", looked: 3, complete: true, denied, deniedCount: denied.length, openToAll: [], openCount: 0 }] });

describe("uv-dir-not-writable finds", () => {
  it("nothing while all is the user's, or not there yet", () => {
    expect(problem.detect(withUv(sound, places))).toEqual([]);
    expect(problem.detect(withUv([absent(share), absent(tools.path), absent(pythons.path), absent(bin.path)], places))).toEqual([]);
  });

  it("a directory of tools that is root's", () => {
    expect(examine(problem, withUv([...sound, present(tools.path, rootOwned)], places)).found).toMatchObject({ severity: "error", subject: tools.path, params: { things: "tools", variant: "top", owner: "root" } });
  });

  it("once what is above both tools and Pythons", () => {
    expect(examine(problem, withUv([present(share, rootOwned), absent(tools.path), absent(pythons.path), present(bin.path)], places)).found).toMatchObject({ subject: share, params: { things: "tools and Pythons", variant: "above" } });
  });

  it("one tool of root's among one's own, but no link and no settings", () => {
    const ruff = present(`${tools.path}/ruff`, rootOwned);
    expect(examine(problem, withUv([...sound, ruff], places, below(tools.path, ruff))).found).toMatchObject({ subject: ruff.path, params: { variant: "part" } });
    const harmless = [link(`${pythons.path}/cpython-3.13-linux`, "cpython-3.13.1-linux", rootOwned), present(`${pythons.path}/.gitignore`, { type: "file", ...rootOwned })];
    expect(problem.detect(withUv([...sound, ...harmless], places, below(pythons.path, ...harmless)))).toEqual([]);
  });

  it("nothing in programs of others that lie in ~/.local/bin", () => {
    const other = present(`${bin.path}/other`, { type: "file", ...rootOwned });
    expect(problem.detect(withUv([...sound, other], places, below(bin.path, other)))).toEqual([]);
  });

  it("nothing in an administrator's directories outside the home, but in one's own there", () => {
    const at = toolPlace("envs", "/opt/tools", { name: "tools", from: { env: "UV_TOOL_DIR" } });
    expect(problem.detect(withUv([present("/opt", rootOwned), present(at.path, rootOwned)], { places: [at] }))).toEqual([]);
    expect(problem.detect(withUv([present("/opt", rootOwned), present(at.path, { mode: 0o500, write: "EACCES" })], { places: [at] }))).toHaveLength(1);
  });
});

describe("the cures", () => {
  it("give back, and move nothing away", () => {
    const { ids, cure } = examine(problem, withUv([...sound, present(tools.path, rootOwned)], places));
    expect(ids).toEqual(["give-back"]);
    expect(cure("give-back")).toMatchObject({ needs: "root", steps: [{ kind: "chown", root: tools.path, select: "tree" }] });
  });

  it("give back a directory above with nothing below it", () => {
    expect(examine(problem, withUv([present(share, rootOwned), absent(tools.path), absent(pythons.path), present(bin.path)], places)).cure("give-back").steps).toMatchObject([{ root: share, select: "top" }]);
  });

  it("reopen what is closed", () => {
    expect(examine(problem, withUv([...sound, present(pythons.path, { mode: 0o500, write: "EACCES" })], places)).ids).toEqual(["restore-mode"]);
  });
});
