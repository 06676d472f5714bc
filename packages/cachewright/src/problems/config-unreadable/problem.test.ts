import { describe, expect, it } from "vitest";
import { configFile, factsWith, hidden, link, mount, pipUse, present, rootOwned } from "../../facts/example-facts.ts";
import type { ConfigFileFact, Facts, PathFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const file = "/home/me/.config/pip/pip.conf";
const unread = (paths: readonly PathFact[], words: Partial<ConfigFileFact> = {}): Facts =>
  factsWith({ paths, pip: { configs: [configFile({ state: "unreadable", errno: "EACCES", ...words })], uses: [pipUse()] } });
const rootsFile = present(file, { type: "file", ...rootOwned, mode: 0o600, read: "EACCES" });

describe("config-unreadable finds", () => {
  it("nothing on a healthy machine, where the files are absent", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("root's file of mode 0600", () => {
    const { found } = examine(problem, unread([rootsFile]));
    expect(found).toMatchObject({ severity: "warning", subject: file, params: { file, owner: "root", mode: "0600", because: "it belongs to root, and mode 0600 lets others do nothing", pip: "pip 24.3.1" } });
  });

  it("an own file that lost its bits", () => {
    const { found } = examine(problem, unread([present(file, { type: "file", mode: 0o200, read: "EACCES" })]));
    expect(found.params["because"]).toBe("it is your own, but its mode 0200 takes reading from you too");
  });

  it("a file behind a directory that cannot be entered", () => {
    const { found } = examine(problem, unread([hidden(file), present("/home/me/.config/pip", { ...rootOwned, mode: 0o700, search: "EACCES" })]));
    expect(found.params["because"]).toBe("/home/me/.config/pip above it cannot be entered: it belongs to root, and mode 0700 lets others do nothing");
  });

  it("a directory or pipe of that name", () => {
    const { found } = examine(problem, unread([present(file)], { state: "not-a-file" }));
    expect(found.params).toMatchObject({ because: "it is a dir, not a file", variant: "not-a-file" });
  });

  it("nothing in a link to /dev/null: no settings, on purpose", () => {
    const paths = [link(file, "/dev/null"), present("/dev/null", { type: "device", ...rootOwned, mode: 0o666 })];
    expect(problem.detect(unread(paths, { state: "not-a-file", errno: "ENOTREG" }))).toEqual([]);
  });

  it("nothing in a file that no pip here reads", () => {
    expect(problem.detect({ ...unread([rootsFile]), pip: { configs: [configFile({ state: "unreadable" })], uses: [pipUse({ reads: [] })] } })).toEqual([]);
  });
});

describe("the cures", () => {
  it("give a file below the home back, the file alone", () => {
    const { ids, cure } = examine(problem, unread([rootsFile]));
    expect(ids).toEqual(["give-back"]);
    expect(cure("give-back")).toMatchObject({ needs: "root", steps: [{ kind: "chown", root: file, select: "top", to: { uid: 1000, gid: 1000 } }] });
  });

  it("let the owner read again", () => {
    const { ids, cure } = examine(problem, unread([present(file, { type: "file", mode: 0o200, read: "EACCES" })]));
    expect(ids).toEqual(["restore-mode"]);
    expect(cure("restore-mode").steps).toMatchObject([{ kind: "chmod", root: file, select: "top", files: { add: 0o600, remove: 0 } }]);
  });

  it("act on what a link leads to, but give away only what is called a settings file", () => {
    const behind = (real: string, words: Parameters<typeof present>[1]): Facts => unread([link(file, real), present(real, { type: "file", read: "EACCES", ...words })]);
    const roots = { ...rootOwned, mode: 0o600 };
    expect(examine(problem, behind("/home/me/dotfiles/pip-settings", { mode: 0o200 })).cure("restore-mode").steps).toMatchObject([{ root: "/home/me/dotfiles/pip-settings" }]);
    expect(examine(problem, behind("/home/me/dotfiles/pip.conf", roots)).cure("give-back").steps).toMatchObject([{ root: "/home/me/dotfiles/pip.conf" }]);
    expect(examine(problem, behind("/home/me/keys", roots)).ids).toEqual(["ask-admin"]);
  });

  it("give nothing away that is no settings file by its name: a link can lead anywhere", () => {
    const secret = present("/home/me/keys", { type: "file", ...rootOwned, mode: 0o600, read: "EACCES" });
    expect(examine(problem, unread([link(file, secret.path), secret])).cures).toMatchObject([{ id: "ask-admin", steps: [], shown: [`ls -l ${file}`] }]);
  });

  it("open the directory that is in the way, not what is in it", () => {
    const { cure } = examine(problem, unread([hidden(file), present("/home/me/.config/pip", { ...rootOwned, mode: 0o700, search: "EACCES" })]));
    expect(cure("give-back").steps).toMatchObject([{ root: "/home/me/.config/pip", select: "top" }]);
  });

  it("only show what an administrator would do with a global file", () => {
    const path = "/etc/pip.conf";
    const facts = unread([present(path, { type: "file", ...rootOwned, mode: 0o600, read: "EACCES" })], { path, level: "global" });
    expect(examine(problem, facts).cures).toMatchObject([{ id: "ask-admin", needs: "root", steps: [], shown: ["sudo chmod a+r /etc/pip.conf"] }]);
  });

  it("rename a directory that has the file's name, unless something is mounted there", () => {
    const facts = unread([present(file)], { state: "not-a-file" });
    expect(examine(problem, facts).cures).toMatchObject([{ id: "move-away", needs: "user", steps: [{ kind: "rename", from: file, aside: true }] }]);
    const mounts: Facts["mounts"] = { ok: true, value: [mount("/"), mount(file)], from: {} };
    expect(examine(problem, { ...facts, mounts }).cures).toMatchObject([{ id: "move-away", needs: "root", steps: [], shown: [`sudo mv ${file} ${file}.old`] }]);
  });

  it("quote what a shell would take apart", () => {
    const path = "/etc/it's here/pip.conf";
    const facts = unread([present(path, { type: "file", ...rootOwned, mode: 0o600, read: "EACCES" })], { path, level: "global" });
    expect(examine(problem, { ...facts, pip: { ...facts.pip, uses: [pipUse({ reads: [path] })] } }).cure("ask-admin").shown).toEqual(["sudo chmod a+r '/etc/it'\\''s here/pip.conf'"]);
  });
});
