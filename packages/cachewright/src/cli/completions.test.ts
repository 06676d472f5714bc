import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recordedTerminal } from "../../test/cli/recorded-terminal.ts";
import { problemIds } from "../problems/registry.generated.ts";
import { commands } from "./commands.ts";
import { runCompletions } from "./completions.ts";
import type { Call } from "./command.ts";

async function scriptFor(shell: string): Promise<string> {
  const terminal = recordedTerminal();
  const command = commands.find(({ name }) => name === "completions");
  if (command === undefined) throw new Error("no completions");
  const call: Call = { command, words: [shell], options: {}, terminal, machine: () => Promise.reject(new Error("not needed")) };
  expect(await runCompletions(call)).toBe(0);
  return terminal.written.out;
}

const bash = existsSync("/bin/bash") ? "/bin/bash" : undefined;

/** What bash would offer when TAB is pressed after `words`. */
function offered(script: string, words: readonly string[]): string[] {
  const ask = `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _cachewright; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const done = spawnSync(bash ?? "", ["--norc", "--noprofile", "-c", `${script}\n${ask}`, "bash", "cachewright", ...words], { encoding: "utf8", cwd: "/", stdio: ["ignore", "pipe", "pipe"] });
  expect(done.stderr).toBe("");
  return done.stdout.trim().split("\n").filter(Boolean);
}

describe.each(["bash", "zsh", "fish"])("the completions for %s", (shell) => {
  it("know every command, option and problem", async () => {
    const script = await scriptFor(shell);
    for (const command of commands) {
      expect(script).toContain(command.name);
      for (const option of Object.keys(command.options)) expect(script).toContain(shell === "fish" ? `-l ${option}` : `--${option}`);
    }
    for (const id of problemIds) expect(script).toContain(id);
  });

  const path = [`/bin/${shell}`, `/usr/bin/${shell}`].find((each) => existsSync(each));
  it.skipIf(path === undefined)(`are a script ${shell} can read (needs ${shell})`, async () => {
    const done = spawnSync(path ?? "", ["-n"], { input: await scriptFor(shell), encoding: "utf8" });
    expect(done).toMatchObject({ status: 0, stderr: "" });
  });
});

describe.skipIf(bash === undefined)("TAB in bash (needs bash)", () => {
  it("offers commands, then options and problems, then values", async () => {
    const script = await scriptFor("bash");
    expect(offered(script, ["d"])).toEqual(["doctor"]);
    expect(offered(script, ["doctor", "--js"])).toEqual(["--json"]);
    expect(offered(script, ["fix", "cache-dis"])).toEqual(["cache-disabled"]);
    expect(offered(script, ["doctor", "--problem", "disk"])).toEqual(["disk-full"]);
    expect(offered(script, ["doctor", "--tool", ""])).toEqual(["pip"]);
    expect(offered(script, ["runs", "f"])).toEqual(["forget"]);
    expect(offered(script, ["completions", "z"])).toEqual(["zsh"]);
    expect(offered(script, ["explain", "/et"])).toEqual(["/etc"]);
    expect(offered(script, ["fix", "--for-user", "roo"])).toContain("root");
  });
});
