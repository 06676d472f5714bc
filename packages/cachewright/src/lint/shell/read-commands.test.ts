import { describe, expect, it } from "vitest";
import { wholeText } from "../mapped-text.ts";
import type { Command } from "../source.ts";
import { readCommands } from "./read-commands.ts";

const root = { user: "root", uid: 0, home: "/root" };

function read(text: string): readonly Command[] {
  return readCommands(wholeText(text), { variables: new Map(), account: root }).commands;
}

const spoken = (text: string): string[] => read(text).map(({ name, args }) => [name, ...args.map(({ value, text: written }) => value ?? written)].join(" "));

describe("which program a command calls", () => {
  it.each([
    ["pip3.11 install x", "pip install x"],
    ["/opt/venv/bin/pip install x", "pip install x"],
    ['"$VENV/bin/pip" install x', "pip install x"],
    ["python3.12 -m pip install x", "pip install x"],
    ["python -I -W ignore -m pip install x", "pip install x"],
    ["$PYTHON -m pip install x", "pip install x"],
    ["python -mpip install x", "pip install x"],
    ["python setup.py install", "python setup.py install"],
    ["sudo -H -E pip install x", "pip install x"],
    ["sudo -u app PIP_X=1 pip install x", "pip install x"],
    ["env -u A X=1 Y='a b' pip install x", "pip install x"],
    ["X=1 exec nice -n 5 timeout -k 3 10 pip install x", "pip install x"],
    ["xargs -n 1 pip install < r.txt", "pip install"],
    ["cat r | xargs -0 -r pip install", "cat r|pip install"],
    ["gosu app pip install x", "pip install x"],
    ["runuser -u app -- pip install x", "pip install x"],
    ["conda run -n e --no-capture-output pip install x", "pip install x"],
    ["poetry run pip install x", "pip install x"],
    ["uv pip install x", "uv pip install x"],
    ["python -m uv pip install x", "uv pip install x"],
  ])("%s", (text, expected) => {
    expect(spoken(text).join("|")).toBe(expected);
  });
});

describe("where commands stand", () => {
  it.each([
    ["a && b || c; d & e | f", "a|b|c|d|e|f"],
    ["(a; b) && { c; }", "a|b|c"],
    ["if a; then b; elif c; then d; else e; fi", "a|b|c|d|e"],
    ["for x in 1 2; do a; done; while b; do c; done; case $x in y) d;; esac", "a|b|c|d"],
    ["f() { a; }; f", "a|f"],
    ["echo $(a b) \"$(c)\" <(d)", "a b|c|d|echo $(a b) \"$(c)\" <(d)"],
    ["bash -lc 'a && b'", "a|b"],
    ["sh -ec \"a \\\"b c\\\" && d\"", "a b c|d"],
    ["sudo su - app -c 'a b'", "a b"],
    ["eval 'a b'", "a b"],
    ["bash <<'E'\na\nb\nE\nc", "a|b|c"],
    ["set -e\na # c\nb", "set -e|a|b"],
  ])("%s", (text, expected) => {
    expect(spoken(text).join("|")).toBe(expected);
  });

  it("says which may not run", () => {
    expect(read("a; if b; then c; fi; d || e; f() { g; }").filter(({ conditional }) => conditional).map(({ name }) => name)).toEqual(["c", "e", "g"]);
  });

  it("points into the text it was given, also from a quoted script", () => {
    const text = "x; sh -c \"pip \\\"install\\\" -- 'y'\"";
    const [, pip] = read(text);
    expect(pip?.args.map(({ range }) => text.slice(range.start, range.end))).toEqual(['\\"install\\"', "--", "'y'"]);
  });

  it("leaves out what stands behind a fault, and says so", () => {
    const { commands, unread, fault } = readCommands(wholeText("pip install a\nif x; then\npip install b\n"), { variables: new Map(), account: root });
    expect([commands.map(({ args }) => args[1]?.value), unread]).toEqual([["a"], [fault]]);
    const quoted = readCommands(wholeText("sh -c 'if x; then'; pip install b\n"), { variables: new Map(), account: root });
    expect([quoted.commands.length, quoted.unread.length, quoted.fault]).toEqual([1, 1, undefined]);
  });
});

describe("what words come to", () => {
  it.each([
    ["X=1; pip $X \"${X}y\" '$X'", "pip 1 1y $X"],
    ["export F='-a -b'; pip $F \"$F\"", "pip -a -b -a -b"],
    ["pip ~/x $HOME/y", "pip /root/x /root/y"],
    ["pip $Y ${Y:-z}", "pip $Y ${Y:-z}"],
    ["X=; pip ${X:-z} ${X-y}", "pip z "],
    ["if a; then X=1; fi; pip $X", "a|pip $X"],
    ["X=1; (X=2); pip $X", "pip 1"],
    ["X=1; unset X; pip $X", "pip $X"],
  ])("%s", (text, expected) => {
    expect(spoken(text).join("|").trim()).toBe(expected.trim());
  });

  it("says when further options may be put in", () => {
    expect(read('pip install $FLAGS; pip install "x==$V"; pip install "${ALL[@]}"; pip install $(cat r)').filter(({ name }) => name === "pip").map(({ open }) => open)).toEqual([true, false, true, true]);
  });

  it("variables before a command are its own", () => {
    const [first, second] = read("A=1 pip x; export B=2; pip y");
    expect([[...(first?.variables ?? [])].map(([name]) => name), [...(second?.variables ?? [])].map(([name]) => name)]).toEqual([["A"], ["B"]]);
  });
});

describe("as whom", () => {
  it("sudo is root, sudo -u and gosu are not", () => {
    expect(read("sudo pip x; sudo -EH pip x; sudo -u app pip x; gosu 1000:1000 pip x").map(({ sudo, account }) => [sudo?.home, sudo?.keepsVariables, account.user])).toEqual([
      [false, false, "root"], [true, true, "root"], [undefined, undefined, "app"], [undefined, undefined, "1000"],
    ]);
  });
});

describe("wrappers without an end", () => {
  it("are taken off as often as anybody would put them", () => {
    expect(read(`${"nice ".repeat(20)}pip install x`)[0]?.name).toBe("pip");
    expect(read(`${"nice ".repeat(1000)}pip install x`)[0]?.name).toBe("nice");
  });
});
