/** `run` at a terminal: what somebody sees, types and interrupts is what it would be without it. */
import { describe, expect, it } from "vitest";
import { noTerminal, play, program, shellWords, under, type Played, type Step } from "./at-terminal.ts";
import { isBuilt } from "./command.ts";

const obstacle = isBuilt ? noTerminal : "needs a build";
const sh = (script: string): string[] => ["sh", "-c", script];
/** A shell that has job control, in which `run COMMAND` is what its user types. */
const shell = ["bash", "--norc", "--noprofile", "-i"];
const typed = (...command: string[]): Step => ["type", `${shellWords(under(...command))}\n`];
const quietPrompt: readonly Step[] = [["type", "bind 'set enable-bracketed-paste off'; PS1=READY'> '\n"], ["see", "READY> "]];

async function both(steps: readonly Step[], command: readonly string[]): Promise<[Played, Played]> {
  return [await play(steps, command), await play(steps, under(...command))];
}

describe.skipIf(obstacle !== undefined)(`run at a terminal (${obstacle ?? "needs a build and python3"})`, () => {
  it("gives the command a terminal of the same modes and size on all three, and its exit code", async () => {
    const [alone, run] = await both([], sh("stty -a; stty size; for fd in 0 1 2; do test -t $fd && echo tty $fd; done; echo err >&2; exit 5"));
    expect(run).toEqual(alone);
    expect(run).toMatchObject({ code: 5, sane: true, output: expect.stringContaining("tty 0\r\ntty 1\r\ntty 2\r\nerr\r\n") });
  });

  it("passes colours, progress bars and every other byte on as they are", async () => {
    const [alone, run] = await both([], ["python3", "-c", "import sys, time\nfor n in range(0, 101, 5):\n    sys.stdout.write('\\r\\x1b[32m%3d %%\\x1b[0m \\x1b[K' % n); sys.stdout.flush(); time.sleep(0.005)\nsys.stdout.buffer.write(bytes(range(256)) * 300); print()"]);
    expect(run.bytes.equals(alone.bytes)).toBe(true);
    expect(run.bytes.length).toBeGreaterThan(76_800);
  });

  it("keeps the order of output, errors and what is written to the terminal itself", async () => {
    const [alone, run] = await both([], sh("for n in 1 2 3 4 5 6 7 8 9; do echo out $n; echo err $n >&2; echo tty $n > /dev/tty; done"));
    expect(run.output).toBe(alone.output);
  });

  it("lets prompts be answered, and passwords stay unseen", async () => {
    const ask = ["python3", "-c", "import getpass; name = input('Name? '); word = getpass.getpass('Word? '); print('<%s|%s>' % (name, word))"];
    const run = await play([["see", "Name? "], ["type", "Ada\n"], ["see", "Word? "], ["type", "sesame\n"]], under(...ask));
    expect(run).toMatchObject({ code: 0, sane: true, output: expect.stringContaining("<Ada|sesame>") });
    expect(run.output.match(/sesame/g)).toHaveLength(1);
  });

  it("takes a paste of a megabyte", async () => {
    const steps: Step[] = [["see", "go"], ["paste", `${"x".repeat(99)}\n`, 10_000], ["type", "\u0004"]];
    expect((await play(steps, under(...sh("stty -echo; echo go; wc -c; stty echo")))).output).toContain("1000000");
  });

  it("lets a program ask the terminal where its cursor is", async () => {
    const ask = "old=$(stty -g); stty raw -echo; printf '\\033[6n' > /dev/tty; answer=$(dd bs=1 count=6 2>/dev/null | tr -d '\\033'); stty \"$old\"; echo \"at $answer\"";
    expect(await play([["see", "\u001B[6n"], ["type", "\u001B[7;9R"]], under(...sh(ask)))).toMatchObject({ code: 0, sane: true, output: expect.stringContaining("at [7;9R") });
  });

  it("tells of another size, and has it", async () => {
    const steps: Step[] = [["see", "up\r\n"], ["size", 20, 70], ["see", "20 70"]];
    const run = await play(steps, under(...sh("trap 'stty size; exit 4' WINCH; echo up; while :; do sleep 0.1; done")));
    expect(run).toMatchObject({ code: 4, output: expect.stringContaining("20 70") });
  });

  it("dies of Ctrl-C as the command does, and lets it do otherwise", async () => {
    const steps: Step[] = [["see", "up"], ["type", "\u0003"]];
    expect(await play(steps, under(...sh("echo up; exec sleep 1000")))).toMatchObject({ signal: 2, sane: true });
    const polite = await play(steps, under("python3", "-c", "import time\nheard = 0\ntry:\n    print('up', flush=True)\n    time.sleep(1000)\nexcept KeyboardInterrupt:\n    heard += 1\ntry:\n    time.sleep(0.5)\nexcept KeyboardInterrupt:\n    heard += 1\nprint('heard', heard)\nraise SystemExit(7)"));
    expect(polite).toMatchObject({ code: 7, sane: true, output: expect.stringContaining("heard 1") });
  });

  it("stops at Ctrl-Z, and goes on in the foreground with its keyboard and modes", async () => {
    const run = await play([
      ...quietPrompt, typed("sh", "-c", "echo up; read word; echo got $word; exit 3"), ["see", "up\r\n"], ["type", "\u001A"],
      ["see", "READY> "], ["type", "stty -a | grep -o ' icanon'; jobs\n"], ["see", " icanon"], ["see", "Stopped"], ["see", "READY> "],
      ["type", "fg\n"], ["see", "read word"], ["type", "apple\n"], ["see", "got apple"], ["see", "READY> "], ["type", "echo code $?\n"], ["see", "code 3"], ["type", "exit\n"],
    ], shell);
    expect(run.output).toMatch(/got apple[^]*code 3/);
  });

  it("in the background it runs on, stops when it wants the keyboard, and gets it with fg", async () => {
    const run = await play([
      ...quietPrompt, ["type", `${shellWords(under("sh", "-c", "echo early; read word; echo got $word"))} &\n`], ["see", "early\r\n"],
      ["type", "until ps -o stat= -p $! | grep -q T; do sleep 0.1; done; echo ask''ed\n"], ["see", "asked"], ["see", "READY> "], ["type", "fg\n"], ["see", "read word"], ["type", "pear\n"], ["see", "got pear"], ["see", "READY> "], ["type", "exit\n"],
    ], shell);
    expect(run.output).toContain("got pear");
  });

  it("a shell inside has job control of its own", async () => {
    const run = await play([
      ["see", "$ "], ["type", "sh -c 'echo st\"\"arted; exec sleep 1000'\n"], ["see", "started"], ["type", "\u001A"], ["see", "Stopped"], ["type", "kill -9 %1; exec sh -c 'exit 6'\n"], // `exit` were refused as long as bash has not heard of the end.
    ], ["env", "PS1=$ ", ...under("bash", "--norc", "--noprofile", "-i")]);
    expect(run).toMatchObject({ code: 6, sane: true, output: expect.stringContaining("Stopped") });
  });

  it.each([["cachewright", [1]], ["its relay", [2]], ["what leads the session", [3]], ["cachewright and its relay at once", [1, 2]]] as const)("kill -9 of %s leaves the terminal as it was, and the command gone", async (_, which) => {
    const command = shellWords(under("sh", "-c", "echo up $$; exec sleep 1000"));
    const run = await play([["see", "up "], ["see", "\n"], ["kill", "SIGKILL", ...which], ["see", "over"]], ["bash", "-c", `${command}; stty -a | grep -o ' icanon'; stty -a | grep -o ' echo '; echo over`]);
    expect(run.sane).toBe(true);
    const pid = /up (\d+)/.exec(run.output)?.[1] ?? "";
    // Its orphans are reaped by whoever is first here; until then it is a zombie.
    expect(await gone(Number(pid))).toBe(true);
  });

  it("does not wait for what lives on in the background, and swallows nothing of it", async () => {
    const command = shellWords(under("sh", "-c", "(until test -e \"$HOME/go\"; do sleep 0.1; done; echo late) & echo early; exit 4"));
    const run = await play([["see", "code 4"], ["see", "late"]], ["bash", "-c", `${command}; echo code $?; touch "$HOME/go"; sleep 1`]);
    expect(run.output).toBe("early\r\ncode 4\r\nlate\r\n");
  });

  it("keeps each of the three what it is", async () => {
    const tell = "said=; for fd in 0 1 2; do if test -t $fd; then said=${said}t; else said=$said-; fi; done; echo $said > /dev/tty; cat; echo err >&2";
    const run = (line: string): Promise<Played> => play([], ["bash", "-c", line.replace("RUN", shellWords(under(...sh(tell))))]);
    expect((await run("echo fed | RUN")).output).toMatch(/^-tt[^]*fed\r\nerr\r\n$/);
    expect((await run("RUN < /dev/null 2> /dev/null")).output).toMatch(/^-t-\r?\n/);
    expect((await run("RUN < /dev/null | sed 's/^/piped /'")).output).toContain("--t");
    const typedInto = await play([["see", "t-t"], ["type", "word\n\u0004"]], ["bash", "-c", `${shellWords(under(...sh(tell)))} | sed 's/^/piped /'`]);
    expect(typedInto.output).toContain("piped word");
    expect(typedInto.sane).toBe(true);
  });

  it("in a pipeline Ctrl-C is heard once, by the command too", async () => {
    const code = "import signal, time\nheard = []\nsignal.signal(signal.SIGINT, lambda *_: heard.append(1))\nprint('up', flush=True)\nwhile not heard: time.sleep(0.05)\ntime.sleep(0.5)\nprint('heard', len(heard))";
    const run = await play([["see", "up"], ["type", "\u0003"]], ["bash", "-c", `trap : INT; ${shellWords(under("python3", "-c", code))} | bash -c 'trap : INT; while read -r line || [ $? -gt 128 ]; do echo "$line"; done'`]);
    expect(run.output).toContain("heard 1");
  });

  it("around another run changes nothing, and says what it has to say once", async () => {
    const complains = "test -t 0 && test -t 1 && test -t 2 && echo ttys; echo \"ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\" >&2; exit 9";
    const run = await play([], under(process.execPath, program, "run", "--", "sh", "-c", complains));
    expect(run).toMatchObject({ code: 9, sane: true });
    expect(run.output).toContain("ttys\r\n");
    expect(run.output.match(/about what was said above/g)).toHaveLength(1);
  });
});

/** True once no process of that number runs; a zombie does not. */
async function gone(pid: number): Promise<boolean> {
  const { readFileSync } = await import("node:fs");
  for (const since = Date.now(); Date.now() - since < 600_000;) {
    try {
      if (/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "latin1"))) return true;
    } catch {
      return true;
    }
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
  return false;
}
