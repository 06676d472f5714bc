import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../machine/node-machine.ts";
import { install, root, user, venv } from "./example-facts.ts";
import type { Facts, InstallFact, UserFact } from "./facts.ts";
import { startLooks } from "./looks.ts";
import { sudoPython } from "./sudo-python.ts";

let home: string;
beforeEach(() => { home = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-sudo-"))); });
afterEach(() => rmSync(home, { recursive: true }));

const uid = process.getuid?.() ?? 0;
const passwd = (of: number) => [{ name: "me", uid: of, gid: of, home, shell: "/bin/sh" }];
const seen = (words: { user: UserFact; installs?: InstallFact[]; uid?: number }): Facts["sudoPython"] =>
  sudoPython(startLooks(nodeMachine({ env: {}, cwd: home })), { installs: [install()], ...words, passwd: passwd(words.uid ?? 1000) });
const underSudo = (of = 1000): UserFact => root({ sudo: { uid: of, user: "me" } });

function withPyenv(version: string): string {
  const python = join(home, ".pyenv/versions", version, "bin/python");
  mkdirSync(join(home, ".pyenv/shims"), { recursive: true });
  mkdirSync(join(python, ".."), { recursive: true });
  for (const path of [python, join(home, ".pyenv/shims/pip")]) {
    writeFileSync(path, "#!/bin/sh\n");
    chmodSync(path, 0o755);
  }
  writeFileSync(join(home, ".pyenv/version"), `${version}\n`);
  return python;
}

describe("the Python of the account behind sudo", () => {
  it("is what pyenv selects in that account's home", () => {
    const python = withPyenv("3.11.9");
    expect(seen({ user: underSudo() })).toEqual({ python, prefix: join(home, ".pyenv/versions/3.11.9"), by: "pyenv" });
  });

  it.skipIf(uid === 0)("is the project's environment before that, when it is the account's (needs an ordinary user)", () => {
    withPyenv("3.11.9");
    const project = venv({ prefix: home, found: ["project venv"], chosen: false });
    expect(seen({ user: underSudo(uid), installs: [install(), project], uid })).toMatchObject({ by: "project venv" });
  });

  it("is not asked for without sudo, nor guessed where nothing selects one", () => {
    withPyenv("3.11.9");
    expect(seen({ user: user() })).toBeUndefined();
    expect(seen({ user: root() })).toBeUndefined();
    rmSync(join(home, ".pyenv"), { recursive: true });
    expect(seen({ user: underSudo() })).toBeUndefined();
  });
});
