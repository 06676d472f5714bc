import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../machine/node-machine.ts";
import { install } from "./example-facts.ts";
import type { ProgramsFact } from "./facts.ts";
import { startLooks } from "./looks.ts";
import { programsFact } from "./programs.ts";

let home: string;
beforeEach(() => { home = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-programs-"))); });
afterEach(() => rmSync(home, { recursive: true }));

const seen = (env: Record<string, string>): ProgramsFact | undefined =>
  programsFact(startLooks(nodeMachine({ env })), { installs: [install({ userSite: join(home, ".local/lib/python3.11/site-packages"), scripts: "/usr/bin" })], tools: [], home });

describe("the directories of programs", () => {
  it.each([["bash", ".bashrc"], ["zsh", ".zshrc"], ["fish", ".config/fish/config.fish"], ["dash", ".profile"]])("belong into the start-up file of %s", (shell, file) => {
    expect(seen({ SHELL: `/bin/${shell}` })).toMatchObject({ shell, startup: join(home, file), directories: [{ path: join(home, ".local/bin"), count: 0 }] });
  });

  it("are counted by their programs", () => {
    mkdirSync(join(home, ".local/bin/no-program"), { recursive: true });
    writeFileSync(join(home, ".local/bin/flask"), "");
    expect(seen({ SHELL: "/bin/bash" })?.directories).toEqual([{ path: join(home, ".local/bin"), count: 1 }]);
  });

  it("are named by a start-up file however it spells the home, but not by a comment", () => {
    writeFileSync(join(home, ".bashrc"), '# PATH="$HOME/.local/bin:$PATH"\n');
    expect(seen({ SHELL: "/bin/bash" })?.directories[0]).not.toHaveProperty("named");
    writeFileSync(join(home, ".profile"), 'if true; then\n  PATH="$HOME/.local/bin:$PATH"\nfi\n');
    expect(seen({ SHELL: "/bin/bash" })?.directories[0]).toMatchObject({ named: { path: join(home, ".profile"), line: 2 } });
  });
});
