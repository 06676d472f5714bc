/** What somebody can do in a home of their own, to have root give them more than their tools' files. */
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, linkSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { boundWhileExchanged } from "../../test/fixes/bound-while-exchanged.ts";
import { makeSomebody, rootsPlace, uid, type Somebody } from "../../test/fixes/somebody.ts";

const isRoot = process.getuid?.() === 0;
let somebody: Somebody;
const at = (name: string): string => join(somebody.home, name);
const given = (name: string, select: "top" | "tree" = "tree") => somebody.planned(somebody.give(at(name), select));
const another = 34567;

/** Whether this process may mount: root in a container may not. */
function mounts(): boolean {
  if (!isRoot) return false;
  const directory = mkdtempSync(join(tmpdir(), "cachewright-mount-"));
  const done = spawnSync("mount", ["--bind", directory, directory]).status === 0;
  if (done) spawnSync("umount", [directory]);
  rmSync(directory, { recursive: true });
  return done;
}
const canMount = mounts();

describe.skipIf(!isRoot)(`root gives back, of tools' places,${isRoot ? "" : " (needs root)"}`, () => {
  beforeEach(() => {
    somebody = makeSomebody(rootsPlace);
    somebody.users(".cache", ".config", ".local", ".local/share", ".local/state");
  });
  afterEach(() => somebody.remove());

  it.each([
    [".cache/uv", "sdists-v9/.git"], [".cache/uv", "wheels-v5/pypi/six/x.whl"], [".local/share/uv", "tools/ruff/bin/ruff"], [".local/share/pipx", "venvs/black/bin/black"], [".local/pipx", "venvs/black/bin/black"],
    [".cache/pipx", "0123456789abcde/bin/python"], [".local/state/pipx", "log/cmd_2026-01-31_09.15.00.log"], [".cache/pypoetry", "artifacts/aa/bb/cc/six.whl"], [".cache/pdm", "http/http-cache.db"],
    [".cache/virtualenv", "wheel/3.12/embed/3/pip.json"], [".local/share/virtualenv", "py_info/5/x.json"], [".local/share/hatch", "env/virtual/demo/bin/python"], [".pyenv", "shims/black"], [".local/share/man", "man1/x.1"],
    ["Library/Caches/virtualenv", "wheel/house/x.whl"], ["Library/Application Support/pipx", "venvs/black/bin/black"],
  ])("%s with %s, what was left whole and what was left in one's own", (place, file) => {
    somebody.users("Library", "Library/Caches", "Library/Application Support");
    somebody.roots(`${place}/${file}`);
    expect(given(place)).toMatchObject({ given: expect.arrayContaining(["", file]) as string[], refused: [] });
    somebody.users(place);
    const [first = ""] = file.split("/");
    expect(given(`${place}/${first}`)).toMatchObject({ given: expect.arrayContaining([""]) as string[], refused: [] });
    expect(given(place)).toMatchObject({ given: expect.arrayContaining([file]) as string[], refused: [] });
  });

  it("the notes of a program that pipx keeps closed, and answers that poetry does, in directories of root's alone", () => {
    somebody.roots(".local/share/pipx/venvs/black/pipx_metadata.json", 0o600);
    const answer = `cache/repositories/PyPI/_http/a/b/c/d/e/${"abcde0123".padEnd(56, "f")}`;
    somebody.roots(`.cache/pypoetry/${answer}`, 0o600);
    chmodSync(at(".cache/pypoetry/cache/repositories/PyPI/_http"), 0o700);
    expect(given(".local/share/pipx")).toMatchObject({ given: expect.arrayContaining(["venvs/black/pipx_metadata.json"]) as string[], refused: [] });
    expect(given(".cache/pypoetry")).toMatchObject({ given: expect.arrayContaining([answer]) as string[], refused: [] });
  });

  it("nothing of another directory that was renamed to a tool's", () => {
    for (const name of ["www", "keys"]) somebody.roots(`${name}/index.html`);
    for (const place of [".pyenv", ".local/pipx", ".cache/uv", ".config/uv", ".local/share/pipx", ".cache/virtualenv"]) {
      somebody.roots(`${place.includes("/") ? join(place, "..") : "."}/decoy/index.html`);
      renameSync(at(`${place.includes("/") ? join(place, "..") : "."}/decoy`), at(place));
      for (const select of ["top", "tree"] as const) expect(given(place, select)).toBe("E_REFUSED");
      rmSync(at(place), { recursive: true });
    }
  });

  it("nothing else that lies among a tool's things", () => {
    somebody.roots(".pyenv/shims/black");
    somebody.roots(".pyenv/backup/dump.sql");
    expect(given(".pyenv")).toMatchObject({ given: expect.arrayContaining(["shims", "shims/black"]) as string[], refused: [".pyenv/backup", ".pyenv/backup/dump.sql"] });
    expect(given(".pyenv/backup")).toBe("E_REFUSED");
  });

  it("no closed file that was moved into a tool's directory, whatever its name", () => {
    somebody.users(".pyenv", ".cache/uv", ".cache/pypoetry", ".cache/pypoetry/cache", ".local/share/pipx", ".local/share/pipx/venvs", ".local/share/pipx/venvs/black");
    for (const name of [".pyenv/version", ".cache/uv/wheels-v5", ".config/uv/uv.toml", ".local/share/pipx/venvs/black/pipx_metadata.json", `.cache/pypoetry/cache/${"0".repeat(56)}`]) {
      somebody.roots(name, 0o600);
      for (const select of ["top", "tree"] as const) expect(given(name, select)).toBe("E_REFUSED");
    }
  });

  it("no closed file in a directory of root's that was renamed to one of a tool's", () => {
    somebody.roots("backup/versions/secret.key", 0o600);
    somebody.roots("backup/versions/open");
    renameSync(at("backup"), at(".pyenv"));
    expect(given(".pyenv")).toMatchObject({ given: ["", "versions", "versions/open"], refused: [".pyenv/versions/secret.key"] });
  });

  it("no closed directory, and nothing that it keeps", () => {
    somebody.users(".pyenv");
    somebody.roots(".pyenv/shims/secret");
    chmodSync(at(".pyenv/shims"), 0o700);
    expect(given(".pyenv/shims")).toBe("E_REFUSED");
    somebody.roots(".cache/uv/wheels-v5/private/secret");
    chmodSync(at(".cache/uv/wheels-v5/private"), 0o700);
    expect(given(".cache/uv")).toMatchObject({ refused: [".cache/uv/wheels-v5/private", ".cache/uv/wheels-v5/private/secret"] });
  });

  it("nothing of other people's that stands in a directory of root's which everybody may write, sticky or not", () => {
    for (const mode of [0o1777, 0o777]) {
      somebody.roots(".local/share/uv/tools/shared/notes");
      chownSync(at(".local/share/uv/tools/shared/notes"), another, another);
      chmodSync(at(".local/share/uv/tools/shared"), mode);
      expect(given(".local/share/uv")).toMatchObject({ refused: [".local/share/uv/tools/shared/notes"] });
      expect(given(".local/share/uv/tools/shared/notes")).toBe("E_REFUSED");
    }
  });

  it("nothing below a directory that others can change", () => {
    somebody.roots(".local/share/pipx/venvs/black/bin/black");
    for (const [name, mode, owner] of [[".local/share", 0o777, uid], [".local/share", 0o1777, 0], [".local/share/pipx", 0o755, another]] as const) {
      chownSync(at(name), owner, owner);
      chmodSync(at(name), mode);
      expect(given(".local/share/pipx/venvs")).toBe("E_REFUSED");
      chownSync(at(name), uid, uid);
      chmodSync(at(name), 0o755);
    }
    expect(given(".local/share/pipx/venvs")).toMatchObject({ given: expect.arrayContaining(["black/bin/black"]) as string[] });
  });

  it("nothing behind a link in the place of a tool's directory, or above it", () => {
    somebody.roots("secret/versions/x");
    symlinkSync(at("secret"), at(".pyenv"));
    symlinkSync("/etc", at(".local/pipx"));
    symlinkSync("/usr/share", at(".cache/uv"));
    for (const name of [".pyenv", ".pyenv/versions", ".local/pipx", ".cache/uv", ".cache/uv/man"]) expect(given(name)).toBe("E_REFUSED");
    rmSync(at(".cache"), { recursive: true });
    symlinkSync(at("secret"), at(".cache"));
    somebody.roots("secret/uv/wheels-v5/x");
    expect(given(".cache/uv")).toBe("E_REFUSED");
  });

  it("no more than the name of a link that stands among a tool's things", () => {
    somebody.roots("outside", 0o644);
    somebody.roots(".pyenv/versions/3.12.1/x");
    symlinkSync(at("outside"), at(".pyenv/versions/link"));
    symlinkSync("/etc", at(".pyenv/shims"));
    expect(given(".pyenv")).toMatchObject({ given: expect.arrayContaining(["versions/link", "shims"]) as string[] });
    expect(given(".pyenv/shims")).toBe("E_REFUSED");
  });

  it("no file with another name elsewhere, and none with a set-id bit", () => {
    somebody.roots("elsewhere");
    somebody.roots(".cache/virtualenv/wheel/x");
    linkSync(at("elsewhere"), at(".cache/virtualenv/wheel/linked"));
    somebody.roots(".cache/virtualenv/wheel/setid", 0o755);
    chmodSync(at(".cache/virtualenv/wheel/setid"), 0o4755);
    expect(given(".cache/virtualenv")).toMatchObject({ refused: expect.arrayContaining([".cache/virtualenv/wheel/linked", ".cache/virtualenv/wheel/setid"]) as string[] });
    expect(given(".cache/virtualenv/wheel/linked")).toBe("E_REFUSED");
  });

  it("nothing where a setting might have led: only the tools' own places, in the home of the account", () => {
    for (const name of ["tools/uv/wheels-v5/x", "pyenv/shims/x", ".cache/uvx/wheels-v5/x", "x/.pyenv/shims/x", ".local/share/pipx-old/venvs/x"]) {
      const place = somebody.roots(name).slice(somebody.home.length + 1, -2);
      expect(given(place)).toBe("E_REFUSED");
    }
  });

  it("nothing of what takes the place of a sound directory between two looks, however often", () => {
    somebody.users(".pyenv");
    mkdirSync(at("decoys"));
    somebody.roots(".pyenv/shims/secret", 0o600);
    chmodSync(at(".pyenv/shims"), 0o700);
    somebody.roots("decoys/shims/black");
    const swap = (): void => {
      renameSync(at(".pyenv/shims"), at("decoys/held"));
      renameSync(at("decoys/shims"), at(".pyenv/shims"));
      renameSync(at("decoys/held"), at("decoys/shims"));
    };
    for (let when = 1; when < 14; when += 1) expect(boundWhileExchanged(somebody, ".pyenv/shims", { select: "tree", when, swap })).toEqual([]);
  });

  it.skipIf(!canMount)(`nothing that is mounted in the place of a tool's directory, or above it, unless its top is the user's own${canMount ? "" : " (needs the right to mount)"}`, () => {
    somebody.roots("system/versions/x");
    somebody.roots("system/uv/wheels-v5/x");
    mkdirSync(at(".pyenv"));
    for (const [point, place, owner] of [[".pyenv", ".pyenv/versions", 0], [".cache", ".cache/uv", 0], [".pyenv", ".pyenv/versions", uid]] as const) {
      chownSync(at("system"), owner, owner);
      expect(spawnSync("mount", ["--bind", at("system"), at(point)]).status).toBe(0);
      try {
        if (owner === 0) expect(given(place)).toBe("E_REFUSED");
        else expect(given(place)).toMatchObject({ given: ["", "x"] });
      } finally {
        spawnSync("umount", [at(point)]);
      }
    }
  });
});
