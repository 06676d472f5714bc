import { describe, expect, it } from "vitest";
import { applyEdits } from "../configs/text-edit.ts";
import type { EditFormat, ValueEdit } from "../configs/value-edit.ts";
import { editsFor, loadEditors } from "./format-edits.ts";
import { resolveSteps } from "./resolve.ts";

async function edited(format: EditFormat, text: string, edit: ValueEdit): Promise<string> {
  await loadEditors([format]);
  const bytes = Buffer.from(text);
  return applyEdits(bytes, editsFor({ path: "/f", format, bytes }, edit)).toString();
}

describe("one change, in every format", () => {
  const path = ["a", "b"];
  it.each<[EditFormat, string, string, string[]]>([
    ["ini", "# c\n[a]\nx = 1\n", "# c\n[a]\nx = 1\nb = v\n", path],
    ["toml", "# c\n[a]\nx = 1\n", "# c\n[a]\nx = 1\nb = \"v\"\n", path],
    ["yaml", "# c\na:\n  x: 1\n", "# c\na:\n  x: 1\n  b: v\n", path],
    ["shell", "umask 022\n", "umask 022\nexport B=v\n", ["B"]],
    ["lines", "X=1\n", "X=1\nB=v\n", ["B"]],
  ])("%s: sets and unsets, and gives no edits where the file says so already", async (format, before, after, at) => {
    const set: ValueEdit = { do: "set", path: at, value: "v" };
    expect(await edited(format, before, set)).toBe(after);
    expect(await edited(format, after, set)).toBe(after);
    expect(await edited(format, after, { do: "unset", path: at })).toBe(before);
    expect(await edited(format, before, { do: "unset", path: at })).toBe(before);
  });

  it.each<[EditFormat, string, string]>([
    ["ini", "[a]\nb = one\n", "[a]\nb = \n    zero\n    one\n"],
    ["toml", "[a]\nb = [\"one\"]\n", "[a]\nb = [\"zero\", \"one\"]\n"],
    ["yaml", "a:\n  b:\n    - one # c\n", "a:\n  b:\n    - zero\n    - one # c\n"],
  ])("%s: adds to a list and takes out of it", async (format, one, two) => {
    const add: ValueEdit = { do: "add", path, value: "zero", at: "start" };
    expect(await edited(format, one, add)).toBe(two);
    expect(await edited(format, two, add)).toBe(two);
    expect(await edited(format, two, { do: "remove", path, value: "zero" })).toBe(one);
    expect(await edited(format, one, { do: "remove", path, value: "none" })).toBe(one);
  });

  it("takes an INI key away with its last item", async () => {
    expect(await edited("ini", "[a]\nb = one\n", { do: "remove", path, value: "one" })).toBe("[a]\n");
  });

  it.each<[EditFormat, string, string]>([
    ["ini", "[a\n", "/f:1 is left as it is: line 1: the file is broken here"],
    ["toml", "a = \n", "/f:1 is left as it is: line 1, column"],
    ["yaml", "a: &x {}\nc: *x\n", "anchor"],
    ["shell", "if true; then export B=1; fi\n", "a shell would have to run"],
  ])("%s: refuses with the place and the reason", async (format, text, message) => {
    await expect(edited(format, text, { do: "set", path: format === "shell" ? ["B"] : path, value: "v" })).rejects.toMatchObject({ code: "E_REFUSED", message: expect.stringContaining(message) });
  });
});

describe("a cure that changes a value", () => {
  it("becomes one step with what it changes of the file", async () => {
    await loadEditors(["yaml"]);
    const looker = { readFile: () => ({ ok: true, value: Buffer.from("pkgs_dirs:\n  - /root/pkgs\noffline: true\n") }) } as never;
    const [steps] = resolveSteps(looker, [[
      { kind: "change-config", why: "w", actor: "user", path: "/f", change: { do: "value", format: "yaml", edit: { do: "set", path: ["offline"], value: false } } },
      { kind: "change-config", why: "w", actor: "user", path: "/f", change: { do: "value", format: "yaml", edit: { do: "add", path: ["pkgs_dirs"], value: "/p", at: "end" } } },
    ]]);
    expect(steps).toMatchObject([{ kind: "edit-config", path: "/f", why: "w" }]);
    expect(steps?.[0]).toMatchObject({ diff: expect.stringContaining("+  - /p\n") });
  });
});
