import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { factsWith, install, link, mount, present } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const cache = "/home/me/.cache/uv";
const part = `${cache}/archive-v0`;
const at = (path: string, dev: string): ReturnType<typeof present> => ({ ...present(path), dev });
const asked = (change: Parameters<typeof factsWith>[0], words: Partial<NonNullable<Facts["linkPlaces"]>> = {}): Facts =>
  factsWith({ linkPlaces: { cache, parts: [part], target: null, protectedHardLinks: true, ...words }, ...change });
const overlay = (superOptions: string[]): Facts["mounts"] => ({ ok: true, value: [mount("/", { type: "overlay", superOptions })], from: { path: "/proc/self/mountinfo" } });

describe("cross-device-link finds", () => {
  it("nothing unless somebody asks, not in a container either", () => {
    expect(problem.detect(factsWith({ mounts: overlay([]) }))).toEqual([]);
  });

  it("a part of uv's cache on another device, by its name and by the link's", () => {
    expect(examine(problem, asked({ paths: [at(cache, "1"), at(part, "2")] })).found).toMatchObject({ severity: "error", subject: part, params: { cache, variant: "part" } });
    expect(examine(problem, asked({ paths: [at(cache, "1"), link(part, "/big/archive"), at("/big/archive", "2")] })).found.evidence[0]?.says).toContain("/big/archive");
  });

  it("nothing in a whole cache on one device, wherever that is", () => {
    expect(problem.detect(asked({ paths: [at(cache, "7"), at(part, "7")] }))).toEqual([]);
  });

  it("packages on an overlay without redirections, as a note", () => {
    expect(examine(problem, asked({ mounts: overlay(["rw"]) }, { parts: [] })).found).toMatchObject({ severity: "note", subject: install().purelib, params: { variant: "overlay" } });
    expect(problem.detect(asked({ mounts: overlay(["rw", "redirect_dir=on"]) }, { parts: [] }))).toEqual([]);
  });
});

describe("explain", () => {
  it.each([
    ["OSError: [Errno 18] Ungültiger Link über Gerätegrenzen hinweg: '/srv/a' -> '/home/me/a'", "/home/me/a"],
    ["mv: inter-device move failed: '/a' to '/b'; unable to remove target: x\nln: failed to create hard link '/a' => '/b': Invalid cross-device link", "/b"],
    ["OSError: [WinError 17] The system cannot move the file to a different disk drive: 'C:\\\\a' -> 'D:\\\\a'", "D:\\a"],
  ])("reads %s", (log, path) => {
    expect(explainText(log).findings[0]).toMatchObject({ problem: "cross-device-link", path });
  });

  it("does not take shutil's first try for the failure", () => {
    const log = ["    os.rename(src, real_dst)", "OSError: [Errno 18] Invalid cross-device link: '/tmp/a' -> '/media/me/a'", "", "During handling of the above exception, another exception occurred:", "", "    copystat(src, dst)", "PermissionError: [Errno 1] Operation not permitted"].join("\n");
    expect(explainText(log).findings.map((found) => found.problem)).toEqual(["link-not-permitted"]);
  });
});
