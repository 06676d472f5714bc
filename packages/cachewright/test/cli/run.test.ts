/** `run` in pipes and files. */
import { spawn, spawnSync } from "node:child_process";
import { readFileSync, openSync, closeSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { environment, noTerminal, shellWords, under } from "./at-terminal.ts";
import { cachewright, emptyHome, isBuilt } from "./command.ts";

const full = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device";
const run = (...command: string[]) => cachewright(["run", "--", ...command]);

describe.skipIf(!isBuilt)("run (needs a build)", () => {
  it("ends as the command ends, and keeps its streams apart", () => {
    expect(run("sh", "-c", "echo out; echo err >&2; exit 7")).toEqual({ stdout: "out\n", stderr: "err\n", status: 7 });
    expect(cachewright(["run", "cat"], { input: "fed" })).toEqual({ stdout: "fed", stderr: "", status: 0 });
    for (const signal of ["TERM", "INT", "PIPE", "USR1"] as const) {
      const [file = "", ...words] = under("sh", "-c", `kill -${signal} $$`);
      expect(spawnSync(file, words, { env: environment() }).signal).toBe(`SIG${signal}`);
    }
  });

  it("has the shells' codes where nothing can be started, and 2 where it is called wrongly", () => {
    expect(run("no-such-command-anywhere")).toMatchObject({ status: 127, stdout: "" });
    const home = emptyHome();
    writeFileSync(join(home, "plain"), "text", { mode: 0o644 });
    writeFileSync(join(home, "orphan"), "#!/no/such/interpreter\n", { mode: 0o755 });
    expect(run(join(home, "plain"))).toMatchObject({ status: 126, stderr: expect.stringContaining("denied") });
    expect(run(join(home, "orphan"))).toMatchObject({ status: 127, stderr: expect.stringContaining("first line") });
    expect(cachewright(["run"]).status).toBe(2);
    expect(cachewright(["run", "--jsn", "x", "true"]).stderr).toContain("--json");
  });

  it("leaves options of the command to the command", () => {
    expect(cachewright(["run", "sh", "-c", "echo $0 $1", "--help", "--json"]).stdout).toBe("--help --json\n");
  });

  it.skipIf(noTerminal !== undefined)(`explains a failure below it, once, on stderr (${noTerminal ?? "needs python3"})`, () => {
    const ran = run("sh", "-c", `echo '${full}' >&2; exit 1`);
    expect(ran).toMatchObject({ status: 1, stdout: "" });
    expect(ran.stderr).toMatch(/^ERROR: Could not[^]*about what was said above:[^]*disk-full[^]*cachewright explain disk-full\n$/);
    expect(run("sh", "-c", `echo '${full}' >&2`)).toMatchObject({ status: 0, stderr: `${full}\n` });
    expect(run("false")).toEqual({ status: 1, stdout: "", stderr: "" });
  });

  it.skipIf(noTerminal !== undefined)(`writes the explanation as JSON that the schema of explain describes (${noTerminal ?? "needs python3"})`, () => {
    const file = join(emptyHome(), "why.json");
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../dist/schemas/explain.schema.json"), "utf8")) as object;
    for (const [text, found] of [[full, ["disk-full"]], ["all is well", []]] as const) {
      expect(cachewright(["run", "--json", file, "--", "sh", "-c", `echo '${text}'; exit 1`]).status).toBe(1);
      const report = JSON.parse(readFileSync(file, "utf8")) as { findings: { problem: string }[] };
      expect(new Ajv2020().validate(schema, report)).toBe(true);
      expect(report.findings.map(({ problem }) => problem)).toEqual(found);
    }
  });

  it.skipIf(noTerminal !== undefined)(`writes no secret into that JSON (${noTerminal ?? "needs python3"})`, () => {
    const file = join(emptyHome(), "why.json");
    expect(cachewright(["run", "--json", file, "--", "sh", "-c", `echo '${full}: /x/https://me:hidden@index.example/y'; exit 1`]).status).toBe(1);
    expect(readFileSync(file, "utf8")).toContain("https://***@index.example");
    expect(readFileSync(file, "utf8")).not.toContain("hidden");
  });

  it("reads back what went to a file, which the command keeps as its own", () => {
    const file = join(emptyHome(), "log");
    writeFileSync(file, "before\n");
    const fd = openSync(file, "a");
    const [node = "", ...words] = under("sh", "-c", `test -f /dev/fd/1 && echo file; echo '${full}'; exit 1`);
    const done = spawnSync(node, words, { stdio: ["ignore", fd, "pipe"], encoding: "utf8", env: environment() });
    closeSync(fd);
    expect(done.stderr.includes("disk-full")).toBe(process.platform === "linux");
    expect(readFileSync(file, "utf8")).toBe(`before\nfile\n${full}\n`);
  });

  it("passes open files, directory, mask and environment on", () => {
    const home = emptyHome();
    const command = shellWords(under("sh", "-c", "cat <&7; umask; pwd; env"));
    const [alone, inside] = [shellWords(["sh", "-c", "cat <&7; umask; pwd; env"]), command].map((line) =>
      spawnSync("bash", ["-c", `umask 027; cd /usr; ${line} 7<<< given | grep -vE '^_='; exit "\${PIPESTATUS[0]}"`], { env: environment(home), encoding: "utf8" }).stdout.split("\n").sort());
    expect(inside).toEqual(alone);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const)("passes %s on, once, whether it alone or its whole group gets it", async (signal) => {
    const code = `import signal, sys, time\nheard = []\nsignal.signal(signal.${signal}, lambda *_: heard.append(1))\nprint('up', flush=True)\nwhile not heard: time.sleep(0.02)\ntime.sleep(0.4)\nprint('heard', len(heard))`;
    for (const whom of [1, -1]) {
      const [file = "", ...words] = under("python3", "-c", code);
      const child = spawn(file, words, { stdio: ["ignore", "pipe", "inherit"], detached: true, env: environment() });
      let text = "";
      child.stdout.on("data", (part: Buffer) => {
        if (text === "") process.kill(whom * (child.pid ?? 0), signal);
        text += part.toString();
      });
      const ended = await new Promise((resolve) => { child.on("close", resolve); });
      expect([text, ended]).toEqual(["up\nheard 1\n", 0]);
    }
  });

});
