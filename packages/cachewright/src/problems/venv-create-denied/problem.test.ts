import { describe, expect, it } from "vitest";
import { absent, factsWith, mount, present, rootOwned, venv } from "../../facts/example-facts.ts";
import type { Facts, MountFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const place = "/srv/app/.venv";
const asked = (change: Parameters<typeof factsWith>[0] = {}): Facts => {
  const { paths = [], ...rest } = change;
  return factsWith({ venvPlaces: [{ path: place, from: "log" }], paths: [present("/srv", rootOwned), present("/srv/app"), absent(place), ...paths], ...rest });
};
const on = (words: Partial<MountFact>): Facts => asked({ mounts: { ok: true, value: [mount("/"), mount("/srv", { line: 7, ...words })], from: { path: "/proc/self/mountinfo" } } });
const foreign = asked({ paths: [present("/srv/app", rootOwned)] });

describe("venv-create-denied finds", () => {
  it("nothing where nobody has asked, and nothing at a place that is fit", () => {
    expect(problem.when).toBe("asked");
    expect(problem.detect(factsWith({ paths: [present("/home/me", rootOwned)] }))).toEqual([]);
    expect(problem.detect(asked())).toEqual([]);
  });

  it("a directory of somebody else's, by the nearest one that is there", () => {
    expect(examine(problem, foreign).found).toMatchObject({ severity: "error", subject: place, params: { variant: "foreign", by: "/srv/app", owner: "root", mode: "0755" } });
    expect(examine(problem, asked({ paths: [absent("/srv/app")] })).found.params["by"]).toBe("/srv");
  });

  it("a mount that starts no programs, and file systems without links", () => {
    expect(examine(problem, on({ options: ["rw", "noexec"] })).found).toMatchObject({ params: { variant: "noexec", mount: "/srv" }, evidence: [{ from: { path: "/proc/self/mountinfo", line: 7 } }] });
    expect(examine(problem, on({ type: "vfat" })).found.params).toMatchObject({ variant: "no-links", type: "vfat" });
  });

  it("nothing on types that may have links, nor where the file system is read-only or full", () => {
    for (const type of ["fuseblk", "9p", "cifs", "ext4"]) expect(problem.detect(on({ type }))).toEqual([]);
    expect(problem.detect(asked({ paths: [present("/srv/app", { write: "EROFS" })] }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("make it in the home, never where it was refused", () => {
    const { ids, cure } = examine(problem, foreign);
    expect(ids).toEqual(["make-venv"]);
    expect(cure("make-venv").steps).toMatchObject([{ kind: "run", makes: "/home/me/.venv", network: false }]);
    const here = factsWith({
      cwd: "/data/app", venvPlaces: [{ path: "/data/app/.venv", from: "here" }], mounts: { ok: true, value: [mount("/"), mount("/data", { options: ["rw", "noexec"] })], from: { path: "/proc/self/mountinfo" } },
      paths: [present("/data", rootOwned), present("/data/app"), present("/data/app/setup.py", { type: "file" }), absent("/data/app/.venv")],
    });
    expect(examine(problem, here).cure("make-venv").steps).toMatchObject([{ makes: "/home/me/.venv" }]);
  });

  it("show another place where the home has an environment already", () => {
    const { ids, cure } = examine(problem, asked({ paths: [present("/srv/app", rootOwned), present("/home/me/.venv")], installs: [venv()] }));
    expect(ids).toEqual(["another-place"]);
    expect(cure("another-place").shown).toEqual(["python3 -m venv ~/venvs/NAME"]);
  });

  it("name the copies that work: virtualenv's on Linux, Python's own elsewhere", () => {
    expect(examine(problem, on({ type: "exfat" })).cure("copies").shown).toEqual([`virtualenv --copies ${place}`]);
    const mac = { ...on({ type: "exfat" }), machine: { ...factsWith().machine, platform: "darwin" } };
    expect(examine(problem, mac).cure("copies").shown).toEqual([`/usr/bin/python3 -m venv --copies ${place}`]);
  });

  it("show how a project below the home becomes one's own", () => {
    const project = "/home/me/shop";
    const facts = factsWith({ venvPlaces: [{ path: `${project}/.venv`, from: "here" }], paths: [present(project, rootOwned), absent(`${project}/.venv`)] });
    expect(examine(problem, facts).cure("own-directory").shown).toEqual([`sudo chown me: ${project}`]);
  });
});
