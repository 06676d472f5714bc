import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import type { ConfigPath, ConfigValue } from "./config-data.ts";
import { expectUntouched, pathsOf, plainEdit, type Wish } from "./edit-laws.ts";
import { isRefusal, type EditResult } from "./refusal.ts";
import { applyEdits } from "./text-edit.ts";
import { addTomlItem, removeTomlItem, setTomlValue, unsetTomlValue } from "./toml-edits.ts";
import { addYamlItem, removeYamlItem, setYamlValue, unsetYamlValue } from "./yaml-edits.ts";

const dir = join(import.meta.dirname, "samples");
const names = readdirSync(dir).filter((name) => /\.(?:toml|yml)$/.test(name)).sort();

interface Editor {
  readonly set: (bytes: Uint8Array, wish: { path: ConfigPath; value: ConfigValue }) => EditResult;
  readonly unset: (bytes: Uint8Array, path: ConfigPath) => EditResult;
  readonly add: (bytes: Uint8Array, wish: { path: ConfigPath; value: ConfigValue; at: "start" | "end" }) => EditResult;
  readonly remove: (bytes: Uint8Array, wish: { path: ConfigPath; value: ConfigValue }) => EditResult;
  readonly said: (text: string) => unknown;
}

const editors: Record<string, Editor> = {
  toml: { set: setTomlValue, unset: unsetTomlValue, add: addTomlItem, remove: removeTomlItem, said: (text) => parseToml(text, { integersAsBigInt: true }) },
  yml: { set: setYamlValue, unset: unsetYamlValue, add: addYamlItem, remove: removeYamlItem, said: (text) => (parseYaml(text, { intAsBigInt: true }) as unknown) ?? {} },
};

/** The same file as other editors and systems leave it. */
const variants: readonly [string, (text: string) => string][] = [
  ["as it is", (text) => text],
  ["with CRLF", (text) => text.replaceAll("\n", "\r\n")],
  ["with a byte order mark", (text) => `\ufeff${text}`],
  ["without a last line end", (text) => text.trimEnd()],
  ["with CRLF and without a last line end", (text) => text.trimEnd().replaceAll("\n", "\r\n")],
  ["with blank lines at the end", (text) => `${text}\n\n`],
];

const values: readonly ConfigValue[] = ["/new/place", "C:\\new place", true, 7, ["/one", "/two"], "say \"hi\" # it's\n"];
const newPaths: readonly ConfigPath[] = [["new-key"], ["new-table", "key"], ["pip", "new"], ["tool", "uv", "new"], ["tool", "uv", "pip", "new"], ["proxy_servers", "ftp"], ["repositories", "other", "url"], ["pkgs_dirs"], ["channels"]];

function wishesAbout(original: unknown): Wish[] {
  const paths = [...pathsOf(original), ...newPaths];
  return paths.flatMap((path) => {
    const item = path.reduce<unknown>((here, step) => (typeof here === "object" && here !== null ? (here as Record<string | number, unknown>)[step] : undefined), original);
    const isItem = typeof path.at(-1) === "number";
    return [
      ...values.map((value): Wish => ({ do: "set", path, value, at: "end", pick: null })),
      { do: "unset", path, value: "", at: "end", pick: null },
      { do: "add", path, value: "/new/item", at: "start", pick: null },
      { do: "add", path, value: "new item", at: "end", pick: null },
      ...(isItem ? [{ do: "remove" as const, path: path.slice(0, -1), value: item as ConfigValue, at: "end" as const, pick: null }] : []),
    ];
  });
}

function apply(editor: Editor, bytes: Buffer, { do: verb, path, value, at }: Wish): EditResult {
  return verb === "set" ? editor.set(bytes, { path, value }) : verb === "unset" ? editor.unset(bytes, path) : verb === "add" ? editor.add(bytes, { path, value, at }) : editor.remove(bytes, { path, value });
}

const describedWell = new Set(["is-a-table", "is-a-list", "not-a-table", "not-a-list", "no-such-item", "only-tables", "inside-a-list", "comments-inside"]);

describe("files in the styles people write", () => {
  it("are many", () => {
    expect(names.length).toBeGreaterThanOrEqual(25);
  });

  it.each(names)("%s: every value can be set, taken out, added to; what cannot is refused with its line and a reason", (name) => {
    const editor = editors[name.split(".").at(-1) ?? ""];
    if (editor === undefined) throw new Error(`no editor for ${name}`);
    const sample = readFileSync(join(dir, name), "utf8").replaceAll("\r\n", "\n");
    let made = 0;
    let refused = 0;
    for (const [number, [variant, change]] of variants.entries()) {
      const text = change(sample);
      const before = Buffer.from(text);
      const original = editor.said(text.replace(/^\ufeff/, ""));
      // All of them once; of the other variants a share each, for the sake of time.
      const wishes = wishesAbout(original).filter((_wish, i) => number === 0 || i % 7 === number);
      for (const wish of wishes) {
        const what = `${variant}: ${wish.do} ${wish.path.join(".")} ${typeof wish.value}`;
        const edits = apply(editor, before, wish);
        if (isRefusal(edits)) {
          refused++;
          expect(describedWell, `${what} ${JSON.stringify(edits)}`).toContain(edits.refused);
          if (edits.refused !== "no-such-item") expect(edits.line, what).toBeGreaterThan(0);
          continue;
        }
        if (edits.length > 0) made++;
        const after = applyEdits(before, edits);
        expect(plainEdit(original, wish), what).toContainEqual(editor.said(after.toString().replace(/^\ufeff/, "")));
        expectUntouched(before, after, edits);
        expect(after.toString(), `${what}: line ends`).not.toMatch(text.includes("\r") ? /(?<!\r)\n/ : /\r/);
        expect(after.subarray(0, 3).equals(Buffer.from("\ufeff")), `${what}: mark`).toBe(text.startsWith("\ufeff"));
      }
    }
    expect(made).toBeGreaterThan(refused / 3);
  });
});
