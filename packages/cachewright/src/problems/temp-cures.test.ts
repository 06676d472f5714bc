import { describe, expect, it } from "vitest";
import { absent, factsWith, link, mount, present, rootOwned } from "../facts/example-facts.ts";
import type { Facts } from "../facts/facts.ts";
import { tmpdirElsewhere } from "./temp-cures.ts";

const varTmp = present("/var/tmp", { ...rootOwned, mode: 0o1777 });
const home = "/home/me";
const line = (path: string): object => ({ kind: "change-config", path, change: { do: "add-line" } });

describe("another temporary directory", () => {
  it("is /var/tmp, told to the login shell that is used", () => {
    const cases: [string, Facts["paths"][string][], string][] = [
      ["/bin/bash", [], ".profile"], ["/bin/bash", [present(`${home}/.bash_profile`, { type: "file" }), present(`${home}/.profile`, { type: "file" })], ".bash_profile"],
      ["/bin/dash", [present(`${home}/.bash_profile`, { type: "file" })], ".profile"], ["/usr/bin/zsh", [], ".zshenv"],
    ];
    for (const [SHELL, files, name] of cases) {
      const paths = [varTmp, ...[".bash_profile", ".bash_login", ".profile", ".zshenv"].map((one) => absent(`${home}/${one}`)), ...files];
      const [cure] = tmpdirElsewhere(factsWith({ env: { SHELL }, paths }), "/tmp");
      expect(cure).toMatchObject({ needs: "user", wayAround: true, probes: ["/var/tmp"], steps: [line(`${home}/${name}`)] });
      expect(cure?.steps[0]).toMatchObject({ change: { text: "export TMPDIR=/var/tmp" } });
    }
  });

  it("is shown for shells with another syntax, and for a file that is not the user's", () => {
    expect(tmpdirElsewhere(factsWith({ env: { SHELL: "/usr/bin/fish" }, paths: [varTmp] }), "/tmp")).toMatchObject([{ steps: [], shown: ["export TMPDIR=/var/tmp"] }]);
    expect(tmpdirElsewhere(factsWith({ env: { SHELL: "/bin/sh" }, paths: [varTmp, present(`${home}/.profile`, { type: "file", ...rootOwned })] }), "/tmp")).toMatchObject([{ steps: [] }]);
  });

  it("follows a link to the file that is really edited", () => {
    const paths = [varTmp, link(`${home}/.profile`, `${home}/dotfiles/profile`), present(`${home}/dotfiles/profile`, { type: "file" })];
    expect(tmpdirElsewhere(factsWith({ env: { SHELL: "/bin/sh" }, paths }), "/tmp")[0]?.steps).toHaveLength(1);
  });

  it("is a private one in the home where /var/tmp is the ill one, noexec, full or not there", () => {
    const paths = [varTmp, absent(`${home}/tmp`), absent(`${home}/.profile`)];
    const own = [{ kind: "make-dir", path: `${home}/tmp`, mode: 0o700 }, line(`${home}/.profile`)];
    expect(tmpdirElsewhere(factsWith({ paths }), "/var/tmp")).toMatchObject([{ steps: own }]);
    const mounts: Facts["mounts"] = { ok: true, value: [mount("/"), mount("/var/tmp", { options: ["rw", "noexec"] })], from: {} };
    expect(tmpdirElsewhere(factsWith({ paths, mounts }), "/tmp")).toMatchObject([{ steps: own }]);
    const sound: Facts["mounts"] = { ok: true, value: [mount("/"), mount("/var/tmp")], from: {} };
    const spaces = [...factsWith().spaces, { path: "/var/tmp", point: "/var/tmp", available: 1e6, total: 1e9, inodesFree: 1, inodesTotal: 1 }];
    expect(tmpdirElsewhere(factsWith({ paths, mounts: sound, spaces }), "/tmp")).toMatchObject([{ steps: own }]);
    expect(tmpdirElsewhere(factsWith({ paths: paths.slice(1) }), "/tmp")).toMatchObject([{ steps: own }]);
  });

  it("is not offered where there is none", () => {
    expect(tmpdirElsewhere(factsWith({ spaces: [{ path: home, point: "/", available: 1e6, total: 1e9, inodesFree: 1, inodesTotal: 1 }], paths: [varTmp] }), "/tmp")).toEqual([]);
  });
});
