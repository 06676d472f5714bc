import { describe, expect, it } from "vitest";
import type { Source } from "../source.ts";
import { readDockerfile } from "./read-dockerfile.ts";

function read(text: string): Source {
  const reading = readDockerfile(text, "Dockerfile");
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.source;
}

/** What each step runs, as words; every word also stands in the file where it is said to stand. */
function commandsOf(text: string): string[][] {
  return read(text).steps.map(({ commands }) => commands.map((command) => {
    const words = [command.program, ...command.args];
    for (const word of words) {
      const shown = text.slice(word.range.start, word.range.end);
      if (!/[\\\n]/.test(shown) && !shown.includes("$")) expect(shown.replaceAll(/["']/g, "")).toContain((word.value ?? "").replaceAll(/["']/g, ""));
    }
    return [command.name, ...command.args.map(({ value, text: written }) => value ?? written)].join(" ");
  }));
}

const whole = "FROM python:3.12\n";

describe("RUN in all its forms", () => {
  it.each<[string, string, string[][]]>([
    ["one line", "RUN pip install x\n", [["pip install x"]]],
    ["continued lines", "RUN pip install \\\n  x \\\n  y && \\\n  echo ok\n", [["pip install x y", "echo ok"]]],
    ["comments and empty lines inside", "RUN pip install \\\n# why\n   # indented\n\n  x\nRUN b\n", [["pip install x"], ["b"]]],
    ["a word cut in two", "RUN pip inst\\\nall x\n", [["pip install x"]]],
    ["blanks behind the escape", "RUN a \\  \n b\n", [["a b"]]],
    ["an escaped escape ends the line", "RUN echo a\\\\\nRUN b\n", [["echo a\\"], ["b"]]],
    ["Windows line ends", "RUN a \\\r\n b\r\nRUN c\r\n", [["a b"], ["c"]]],
    ["lower case", "run a\n", [["a"]]],
    ["exec form", 'RUN ["pip", "install", \\\n "a\'b", "\\u0041"]\n', [["pip install a'b A"]]],
    ["exec form of a shell", 'RUN ["sh", "-c", "pip install x && b"]\n', [["pip install x", "b"]]],
    ["a test is no exec form", "RUN [ -d x ] && b\n", [["[ -d x ]", "b"]]],
    ["options before it", "RUN --mount=type=cache,target=/c --network=none pip install x\n", [["pip install x"]]],
    ["the end of the file without a line end", "RUN a \\", [["a"]]],
  ])("%s", (_, text, expected) => {
    expect(commandsOf(whole + text)).toEqual(expected);
  });
});

describe("here-documents", () => {
  it.each<[string, string, string[][]]>([
    ["the script itself", "RUN <<EOF\npip install x\nUSER no\nEOF\nRUN b\n", [["pip install x", "USER no"], ["b"]]],
    ["quoted and with tabs", "RUN <<-'EOF'\n\tpip install x\n\tEOF\nRUN b\n", [["pip install x"], ["b"]]],
    ["for a shell", "RUN bash -e <<EOF\npip install x\nEOF\n", [["pip install x"]]],
    ["two of them", "RUN <<A bash && cat <<B\npip install x\nA\nRUN no\nB\nRUN b\n", [["pip install x", "cat"], ["b"]]],
    ["with a descriptor", "RUN cat 3<<EOF\nRUN no\nEOF\nRUN b\n", [["cat"], ["b"]]],
    ["of a continued line", "RUN a && \\\n cat <<EOF > f\nRUN no\nEOF\nRUN b\n", [["a", "cat"], ["b"]]],
    ["behind a mount", "RUN --mount=type=cache,target=/c <<EOF\npip install x\nEOF\n", [["pip install x"]]],
    ["a here-string is none", "RUN cat <<<word\nRUN b\n", [["cat"], ["b"]]],
    ["in quotes is none", "RUN echo \"<<EOF\" '<<EOF'\nRUN b\n", [["echo <<EOF <<EOF"], ["b"]]],
    ["in arithmetic is none", "RUN echo $((1<<EOF))\nRUN b\n", [["echo $((1<<EOF))"], ["b"]]],
    ["of COPY", "COPY --chmod=755 <<A <<-B /x/\nRUN no\nA\n\tRUN no\n\tB\nRUN b\n", [["b"]]],
    ["with Windows line ends", "RUN <<EOF\r\npip install x\r\nEOF\r\nRUN b\r\n", [["pip install x"], ["b"]]],
    ["of ONBUILD", "ONBUILD COPY <<EOF /x\nRUN no\nEOF\nONBUILD RUN pip install x\n", [["pip install x"]]],
  ])("%s", (_, text, expected) => {
    expect(commandsOf(whole + text)).toEqual(expected);
  });

  it("for another program is left out, and said", () => {
    const { steps, unread } = read(`${whole}RUN <<EOF\n#!/usr/bin/env python3\nimport os\nEOF\n`);
    expect([steps[0]?.commands, unread.map(({ why }) => why)]).toEqual([[], ["its here-document is a script for python3"]]);
  });

  it("that never ends is a fault, as for Docker", () => {
    expect(readDockerfile(`${whole}RUN <<EOF\npip\n`, "x")).toMatchObject({ ok: false, fault: { message: "the here-document EOF never ends" } });
  });
});

describe("what is in force at a step", () => {
  const step = (text: string): Source["steps"][number] => read(text).steps.at(-1) as Source["steps"][number];

  it("variables: ENV beats ARG, quotes go, defaults are put in, the order counts", () => {
    const { variables } = step("ARG V=1\nFROM python:$V\nARG V\nARG A=a\nENV A=b B=\"$A c\" C=${X:-d} D='$A'\nENV E two words\nARG A=z\nRUN x\n");
    expect(Object.fromEntries([...variables].map(([name, { value }]) => [name, value]))).toEqual({ V: "1", A: "b", B: "a c", C: "d", D: "$A", E: "two words" });
  });

  it("the image, its user and that of USER, with the home that useradd gave", () => {
    expect(step("FROM python:3\nRUN x\n").account).toEqual({ user: "root", uid: 0, home: "/root" });
    expect(step("FROM registry.example/x\nRUN x\n").account).toEqual({ user: undefined, uid: undefined, home: undefined });
    expect(step("FROM python:3\nRUN useradd -m -u 1000 -s /bin/sh app\nUSER app:app\nRUN x\n").account).toEqual({ user: "app", uid: 1000, home: "/home/app" });
    expect(step("FROM python:3\nRUN adduser --disabled-password --gecos '' --home /srv/x app\nUSER app\nRUN x\n").account).toEqual({ user: "app", uid: undefined, home: "/srv/x" });
    expect(step("FROM python:3\nENV HOME=/h\nUSER 1001\nRUN x\n").account).toEqual({ user: "1001", uid: 1001, home: "/h" });
    expect(step("FROM python:3\nUSER $WHO\nRUN x\n").account.user).toBeUndefined();
  });

  it("a stage goes on where another ended", () => {
    const source = read("FROM python:3 AS Base\nENV A=1\nUSER 5\nFROM base\nRUN x\n");
    expect([source.steps[0]?.variables.get("A")?.value, source.steps[0]?.account.uid, source.steps[0]?.stage?.image]).toEqual(["1", 5, "python:3"]);
    expect(source.stages.map(({ shipped }) => shipped)).toEqual([true, true]);
  });

  it("stages that are only copied from are not shipped", () => {
    const { stages } = read("FROM a AS b\nRUN x\nFROM c\nCOPY --from=b /x /y\n");
    expect([stages.map(({ shipped }) => shipped), stages[1]?.copies[0]?.from]).toEqual([[false, true], "b"]);
  });

  it("mounts, with their variables and places", () => {
    const text = "FROM a\nARG P=/root/.cache\nRUN --mount=type=cache,dst=${P}/pip/,sharing=locked,uid=1000 --mount=target=.,source=x pip install x\n";
    const { mounts } = step(text);
    expect(mounts.map(({ type, target }) => [type, target])).toEqual([["cache", "/root/.cache/pip"], ["bind", undefined]]);
    const sharing = mounts[0]?.options.get("sharing");
    expect([sharing?.value, text.slice(sharing?.range.start, sharing?.range.end)]).toEqual(["locked", "sharing=locked"]);
  });

  it("a shell that is none of ours is left out, and said", () => {
    for (const text of ['FROM a\nSHELL ["pwsh", "-Command"]\nRUN pip install x\n', "FROM mcr.microsoft.com/windows/servercore:ltsc\nRUN pip install x\n"]) {
      expect([read(text).steps[0]?.commands, read(text).unread.length]).toEqual([[], 1]);
    }
    expect(commandsOf('FROM a\nSHELL ["/bin/bash", "-o", "pipefail", "-lc"]\nRUN pip install x\n')).toEqual([["pip install x"]]);
  });

  it("the escape directive", () => {
    expect(commandsOf("# syntax=docker/dockerfile:1\n# escape=`\nFROM a\nRUN x `\n y C:\\\nRUN b\n")).toEqual([["x y C:\\"], ["b"]]);
    expect(commandsOf("#\n# escape=`\nFROM a\nRUN x \\\n y\n")).toEqual([["x y"]]);
  });
});

describe("values without an end", () => {
  const doubled = "A=$A$A".concat("\n");

  it("what doubles in each line is not known any more", () => {
    const text = `FROM a\nENV A=0123456789\n${`ENV ${doubled}`.repeat(60)}RUN pip install $A\n`;
    expect(read(text).steps[0]?.variables.get("A")).toMatchObject({ value: undefined });
    const script = `FROM a\nRUN <<EOF\nA=0123456789\n${doubled.repeat(60)}pip install $A\nEOF\n`;
    expect(read(script).steps[0]?.commands[0]?.variables.get("A")).toMatchObject({ value: undefined });
  });

  it("what doubles a few times is", () => {
    expect(read(`FROM a\nENV A=01\n${`ENV ${doubled}`.repeat(3)}RUN x\n`).steps[0]?.variables.get("A")?.value).toBe("01".repeat(8));
  });
});

describe("what is no Dockerfile", () => {
  it.each([
    ["nothing", "", "it has no FROM"],
    ["prose", "Hello there\n", "there is no instruction HELLO"],
    ["a RUN before FROM", "RUN x\nFROM a\n", "RUN stands before the first FROM"],
    ["bytes", "FROM a\n\0", "it holds bytes that are no text"],
  ])("%s", (_, text, message) => {
    expect(readDockerfile(text, "x")).toMatchObject({ ok: false, fault: { message } });
  });
});
