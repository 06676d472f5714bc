import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recordedTerminal } from "../../test/cli/recorded-terminal.ts";
import { problemIds } from "../problems/registry.generated.ts";
import { offerRunsWord } from "./command-line.ts";
import { commands } from "./commands.ts";
import { runCompletions } from "./completions.ts";
import type { Call } from "./command.ts";
import { knownTools } from "./known-tools.ts";

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
      for (const word of command.name.split(" ")) expect(script).toContain(word);
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
    expect(offered(script, ["fix", ""])).toEqual(problemIds);
    expect(offered(script, ["fix", "--choose", "give-b"])).toEqual(["give-back"]);
    expect(offered(script, ["doctor", "--problem", "disk"])).toEqual(["disk-full"]);
    expect(offered(script, ["doctor", "--tool", ""])).toEqual(knownTools);
    expect(offered(script, ["runs", "f"])).toEqual(["forget"]);
    expect(offered(script, ["config", "sh"])).toEqual(["show"]);
    expect(offered(script, ["config", "show", "micro"])).toEqual(["micromamba"]);
    expect(offered(script, ["config", "set", "link"])).toEqual(["link-mode"]);
    expect(offered(script, ["config", "set", "--scope", "pro"])).toEqual(["project"]);
    expect(offered(script, ["cac"])).toEqual(["cache"]);
    expect(offered(script, ["cache", "p"])).toEqual(["prune"]);
    expect(offered(script, ["cache", "ls", "--older"])).toEqual(["--older-than"]);
    expect(offered(script, ["cache", "ls", "--sort", "u"])).toEqual(["used"]);
    expect(offered(script, ["completions", "z"])).toEqual(["zsh"]);
    expect(offered(script, ["explain", "/et"])).toEqual(["/etc"]);
    expect(offered(script, ["fix", "--for-user", "roo"])).toContain("root");
  });

  it("asks the command itself for the ids of runs, where a run is wanted", async () => {
    const ids = ["20261121-091530-a1b2", "20261020-080000-0c0d"];
    const script = `${await scriptFor("bash")}\ncachewright() { [ "$*" = ${offerRunsWord} ] && printf '%s\\n' ${ids.join(" ")}; }`;
    expect(offered(script, ["undo", ""])).toEqual(ids);
    expect(offered(script, ["undo", "--yes", "20261020"])).toEqual(ids.slice(1));
    expect(offered(script, ["undo", "--js"])).toEqual(["--json"]);
    expect(offered(script, ["runs", "show", ""])).toEqual(ids);
    expect(offered(script, ["runs", "forget", "20261121"])).toEqual(ids.slice(0, 1));
    expect(offered(script, ["runs", ""])).toEqual(["list", "show", "forget"]);
  });
});
