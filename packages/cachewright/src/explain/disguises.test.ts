import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { allMessages } from "../problems/messages.generated.ts";
import { explainText } from "./explain-log.ts";

/** The same log as CI services, terminals and shells pass it on. Line numbers stay where lines do. */
const eachLine = (log: string, change: (line: string, index: number) => string): string => log.split("\n").map(change).join("\n");
const stamp = (index: number): string => `2026-03-04T10:11:${String(index % 60).padStart(2, "0")}.1234567Z`;

const disguises: readonly (readonly [string, (log: string) => Uint8Array | string])[] = [
  ["GitHub Actions", (log) => eachLine(log, (line, index) => `${stamp(index)} ${line}`)],
  ["gh run view --log", (log) => eachLine(log, (line, index) => `build\tInstall packages\t${stamp(index)} ${line}`)],
  ["GitHub's error command", (log) => eachLine(log, (line) => `##[error]${line}`)],
  ["GitLab", (log) => eachLine(log, (line, index) => `${stamp(index)} 01E \x1b[0K\x1b[31;1m${line}\x1b[0;m`)],
  ["Jenkins", (log) => eachLine(log, (line) => `[2026-03-04T10:11:12.345Z] ${line}`)],
  ["BuildKit", (log) => eachLine(log, (line) => `#12 0.345 ${line}`)],
  ["BuildKit's summary", (log) => eachLine(log, (line) => `12.34 ${line}`)],
  ["docker compose", (log) => eachLine(log, (line) => `web-1      | ${line}`)],
  ["compose around BuildKit, coloured", (log) => eachLine(log, (line) => `\x1b[36mweb-1  |\x1b[0m #7 1.20 ${line}`)],
  ["tox", (log) => eachLine(log, (line) => `py311: ${line}`)],
  ["journald", (log) => eachLine(log, (line) => `Mar 04 10:11:12 host pip[4711]: ${line}`)],
  ["a log collector", (log) => eachLine(log, (line) => `2026-03-04T10:11:12.345678901Z stderr F ${line}`)],
  ["colours", (log) => eachLine(log, (line) => `\x1b[31m${line}\x1b[0m`)],
  ["colours whose escape got lost", (log) => eachLine(log, (line) => `[31m${line}[0m`)],
  ["a box", (log) => eachLine(log, (line) => `│   ${line.padEnd(70)} │`)],
  ["a deep indent", (log) => eachLine(log, (line) => `          ${line}`)],
  ["CRLF", (log) => log.replaceAll("\n", "\r\n")],
  ["CR CR LF", (log) => log.replaceAll("\n", "\r\r\n")],
  ["a progress bar before each line", (log) => eachLine(log, (line) => `\r  5% ###\r 50% ######\r${line}`)],
  ["a terminal title", (log) => eachLine(log, (line) => `\x1b]0;user@host: ~\x07${line}\x1b[K`)],
  ["a UTF-8 mark", (log) => `\ufeff${log}`],
  ["UTF-16 of PowerShell", (log) => Buffer.from(`\ufeff${log}`, "utf16le")],
  ["UTF-16 without a mark", (log) => Buffer.from(log, "utf16le")],
  ["UTF-16 of the other order", (log) => Buffer.from(`\ufeff${log}`, "utf16le").swap16()],
  ["much output before and after", (log) => `${"Collecting demo\n".repeat(900)}${log}\n${"building demo\n".repeat(9000)}`],
  ["GitHub Actions, as annotations", (log) => eachLine(log, (line, index) => `${stamp(index)} ##[error]${line}`)],
  ["a GitLab job with its sections", (log) => `\x1b[0Ksection_start:1700000000:step_script\r\x1b[0K\x1b[0K\x1b[36;1mExecuting "step_script" stage\x1b[0;m\n${eachLine(log, (line) => `\x1b[33m${line}\x1b[0m\x1b[0;m`)}\n\x1b[0Ksection_end:1700000012:step_script\r\x1b[0KERROR: Job failed: exit code 1\n`],
  ["a Docker build with its end", (log) => `#12 [6/8] RUN pip install -r requirements.txt\n${eachLine(log, (line) => `#12 0.345 ${line}`)}\n#12 ERROR: process "/bin/sh -c pip install -r requirements.txt" did not complete successfully: exit code: 1\n------\nDockerfile:9\n  9 | >>> RUN pip install -r requirements.txt\nERROR: failed to solve: process "/bin/sh -c pip install -r requirements.txt" did not complete successfully: exit code: 1\n`],
  ["a Jenkins pipeline", (log) => `[Pipeline] sh\n${eachLine(log, (line) => `[2026-03-04T10:11:12.345Z] ${line}`)}\n[Pipeline] }\n[Pipeline] // stage\nERROR: script returned exit code 1\nFinished: FAILURE\n`],
  ["Jenkins' Timestamper", (log) => eachLine(log, (line) => `10:11:12  ${line}`)],
  ["TeamCity", (log) => eachLine(log, (line) => `[10:11:12]W:\t [Step 2/4] ${line}`)],
  ["Buildkite", (log) => eachLine(log, (line) => `\x1b_bk;t=1700000000123\x07${line}`)],
  ["tox with its commands", (log) => `py311: install_deps> python -I -m pip install -r requirements.txt\n${eachLine(log, (line) => `py311: ${line}`)}\npy311: exit 1 (2.05 seconds) /srv/app> python -I -m pip install pid=5120\n  py311: FAIL code 1 (2.22 seconds)\n`],
  ["nox", (log) => eachLine(log, (line) => `nox > ${line}`)],
  ["Vagrant", (log) => eachLine(log, (line) => `==> default: ${line}`)],
  ["a Windows console with its prompts", (log) => `PS C:\\Users\\ada> .\\install.ps1\r\n${log.replaceAll("\n", "\r\n")}\r\nPS C:\\Users\\ada> \r\n`],
  ["a notebook as a web page", (log) => `<pre>\n${eachLine(log.replace(/[&<>"']/g, (character) => `&${{ "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" }[character]};`), (line) => `<span class="ansi-red-fg">${line}</span>`)}\n</pre>\nNote: you may need to restart the kernel to use updated packages.\n`],
  ["a notebook's file", (log) => `  "outputs": [{"name": "stderr", "output_type": "stream", "text": [\n${eachLine(log, (line) => `      ${JSON.stringify(`\x1b[31m${line}\x1b[0m\n`)},`)}\n      "Note: you may need to restart the kernel to use updated packages.\\n"\n  ]}]\n`],
  ["a mail's quoting", (log) => `On Tuesday Ada wrote:\n${eachLine(log, (line) => `> ${line}`)}\nWhat is that?\n`],
  ["a mail's quoting of a quoting", (log) => eachLine(log, (line) => `> > ${line}`)],
  ["a mail's quoting without blanks", (log) => eachLine(log, (line) => `>> ${line}`)],
  ["much else, cut at both ends", (log) => `ding wheel for demo (pyproject.toml): started\n${"  Preparing metadata (pyproject.toml): started\n".repeat(300)}${log}\n${"Collecting demo\n  Downloading demo-1.0-py3-none-any.whl (12 kB)\n".repeat(300)}Collec`],
  ["cat -v", (log) => eachLine(log, (line) => `^[[1m${line}^[[0m`)],
];

const ours = new Set(allMessages.map(({ problem }) => problem));
const cases = ["corpus", "further"].flatMap((name) => readFileSync(new URL(`fixtures/${name}.jsonl`, import.meta.url), "utf8").trim().split("\n"))
  .map((line) => JSON.parse(line) as { id: string; label: string; decidable: boolean; log: string })
  // What is a paste of its own kind already, or cut, is not what such a disguise is put on.
  .filter(({ log }) => log.endsWith("\n") && !/[\r\x1b]|&#39;|^> /m.test(log))
  .filter((one) => (ours.has(one.label) || one.label.startsWith("none-")) && one.decidable);

describe("a log says the same", () => {
  it.each(disguises)("through %s", (_name, disguise) => {
    const seen: unknown[] = [];
    const meant: unknown[] = [];
    for (const { id, log } of cases) {
      const plain = explainText(log);
      const disguised = explainText(disguise(log));
      meant.push([id, plain.findings.map(({ problem, path }) => [problem, path]), plain.notOurs?.kind]);
      seen.push([id, disguised.findings.map(({ problem, path }) => [problem, path]), disguised.notOurs?.kind]);
    }
    expect(seen.filter((one, index) => !isDeepStrictEqual(one, meant[index])), "seen").toEqual(meant.filter((one, index) => !isDeepStrictEqual(one, seen[index])));
  });

  it("when PowerShell's >> has appended it to a file of UTF-8 (as far as it is ASCII)", () => {
    for (const { log } of cases.filter((one) => /^[\x00-\x7f]*$/.test(one.log))) {
      const mixed = explainText(Buffer.concat([Buffer.from("PS> pip install demo\n".repeat(400)), Buffer.from(log, "utf16le")]));
      expect(mixed.findings.map(({ path }) => path)).toEqual(explainText(log).findings.map(({ path }) => path));
    }
  });

  it("with the same line numbers, when no lines were added", () => {
    for (const { log } of cases) {
      const disguised = explainText(Buffer.from(eachLine(log, (line, index) => `${stamp(index)} ${line}\r`), "utf16le"));
      expect(disguised.findings.map(({ allLines }) => allLines)).toEqual(explainText(log).findings.map(({ allLines }) => allLines));
    }
  });

  it("when only the lines around the one that decides are left", () => {
    for (const { id, log } of cases) {
      const [best] = explainText(log).findings;
      if (best === undefined) continue;
      const left = log.split("\n").slice(Math.max(0, best.lines[0] - 11), best.lines[1] + 10).join("\n");
      const [seen] = explainText(left).findings;
      expect([id, seen?.problem]).toEqual([id, best.problem]);
      // A path below the source tree stays relative where the line that names the tree is gone.
      expect(seen?.path === best.path || best.path!.endsWith(`/${seen?.path}`), id).toBe(true);
    }
  });

  it("when a terminal of 80, 100 or 132 columns has broken its lines", () => {
    for (const columns of [80, 100, 132]) {
      const wrapped = (log: string): string => log.split("\n").flatMap((line) => line.match(new RegExp(`.{1,${columns}}`, "gu")) ?? [""]).join("\n");
      const lost = cases.filter(({ log }) => {
        const [plain, broken] = [explainText(log), explainText(wrapped(log))];
        return plain.findings[0]?.problem !== broken.findings[0]?.problem || plain.findings[0]?.path !== broken.findings[0]?.path;
      });
      // A word that decides may itself be broken in two.
      expect(lost.length, lost.map(({ id }) => id).join()).toBeLessThanOrEqual(cases.length * 0.02);
    }
  });
});
