import { describe, expect, it } from "vitest";
import { absent, factsWith, hidden, present, rootOwned } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const from = { call: "tempfile" };
const temp = (tried: string[], chosen?: string): Facts["temp"] => ({ tried, chosen: chosen === undefined ? { ok: false, reason: "absent", from } : { ok: true, value: chosen, from } });
const sticky = { ...rootOwned, mode: 0o1777 };
const named = (path: string): Partial<Facts> => ({ env: { TMPDIR: path }, temp: temp([path, "/tmp"], "/tmp") });

describe("tmp-not-writable finds", () => {
  it("nothing on a healthy machine, whose /usr/tmp does not exist", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(factsWith({ temp: temp(["/tmp", "/var/tmp", "/usr/tmp", "/home/me"], "/tmp") }))).toEqual([]);
  });

  it("nothing where TMPDIR serves", () => {
    expect(problem.detect(factsWith({ env: { TMPDIR: "/scratch" }, temp: temp(["/scratch", "/tmp"], "/scratch"), paths: [present("/scratch")] }))).toEqual([]);
  });

  it("a TMPDIR that does not exist, as a warning: Python goes on to the next", () => {
    const { found } = examine(problem, factsWith({ ...named("/scratch/7"), paths: [absent("/scratch/7")] }));
    expect(found).toMatchObject({ severity: "warning", subject: "/scratch/7", params: { variable: "TMPDIR", instead: "/tmp", because: "/scratch/7 does not exist", variant: "variable" } });
    expect(found.evidence[0]?.from).toEqual({ path: "/scratch/7", env: "TMPDIR" });
  });

  it("one that belongs to somebody else, is a file, or lies behind a closed directory", () => {
    expect(examine(problem, factsWith({ ...named("/scratch"), paths: [present("/scratch", rootOwned)] })).found.params["because"]).toBe("/scratch: it belongs to root, and mode 0755 lets others only read and enter");
    expect(examine(problem, factsWith({ ...named("/scratch"), paths: [present("/scratch", { type: "file" })] })).found.params["because"]).toBe("/scratch is a file, not a directory");
    expect(examine(problem, factsWith({ ...named("/s/x"), paths: [present("/s", rootOwned), hidden("/s/x")] })).found.params["because"]).toBe("/s/x lies behind /s, which cannot be entered");
  });

  it("a /tmp of the wrong mode, as an error", () => {
    const { found } = examine(problem, factsWith({ temp: temp(["/tmp", "/var/tmp"], "/var/tmp"), paths: [present("/tmp", rootOwned), present("/var/tmp", sticky)] }));
    expect(found).toMatchObject({ severity: "error", subject: "/tmp", params: { variant: "system", instead: "/var/tmp", mode: "0755" } });
  });

  it("that only the working directory is left, or none at all", () => {
    const paths = [present("/tmp", rootOwned), absent("/var/tmp")];
    expect(examine(problem, factsWith({ temp: temp(["/tmp", "/var/tmp", "/home/me"], "/home/me"), paths })).found.params["variant"]).toBe("working-directory");
    const none = examine(problem, factsWith({ temp: temp(["/tmp", "/var/tmp", "/usr/tmp", "/"]), cwd: "/", paths })).found;
    expect(none.params["variant"]).toBe("none");
    expect(none.evidence.map(({ from: { path } }) => path)).toEqual(["/tmp", "/var/tmp"]);
  });
});

describe("the cures", () => {
  it("make the directory that is missing, where the user may", () => {
    const { ids, cure } = examine(problem, factsWith({ ...named("/home/me/gone"), paths: [absent("/home/me/gone")] }));
    expect(ids).toEqual(expect.arrayContaining(["make-directory", "unset-variable"]));
    expect(cure("make-directory")).toMatchObject({ needs: "user", steps: [{ kind: "make-dir", path: "/home/me/gone", mode: 0o700 }] });
    expect(examine(problem, factsWith({ ...named("/gone"), paths: [absent("/gone")] })).ids).not.toContain("make-directory");
  });

  it("open an own directory again", () => {
    expect(examine(problem, factsWith({ ...named("/home/me/shut"), paths: [present("/home/me/shut", { mode: 0o555, write: "EACCES" })] })).cure("restore-mode").steps).toMatchObject([{ kind: "chmod", root: "/home/me/shut", select: "top" }]);
  });

  it("give the system's directory its mode back as root, the directory alone; never to a scratch directory of root's", () => {
    const { cure } = examine(problem, factsWith({ temp: temp(["/tmp", "/var/tmp"], "/var/tmp"), paths: [present("/tmp", rootOwned), present("/var/tmp", sticky)] }));
    expect(cure("right-mode")).toMatchObject({ needs: "root", steps: [{ kind: "chmod", actor: "root", root: "/tmp", select: "top", dirs: { add: 0o1777, remove: 0 } }] });
    expect(examine(problem, factsWith({ ...named("/scratch"), paths: [present("/scratch", rootOwned)] })).ids).not.toContain("right-mode");
  });
});
