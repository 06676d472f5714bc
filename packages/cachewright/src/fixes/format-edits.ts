/**
 * One change of a settings file, whatever its format, as edits over its bytes. The editors of YAML and TOML bring a
 * parser each, so they are loaded only when a file of that kind is to be changed.
 */
import { findEntry, removeIniEntry, setIniValue } from "../configs/ini-edits.ts";
import { parseIni, type IniEntry } from "../configs/ini.ts";
import { isRefusal, refusalText, type EditResult } from "../configs/refusal.ts";
import type { TextEdit } from "../configs/text-edit.ts";
import type { EditFormat, ValueEdit } from "../configs/value-edit.ts";
import { AppError } from "../machine/app-error.ts";

type Editor = (bytes: Uint8Array, edit: ValueEdit) => EditResult;

const loaders: Readonly<Record<EditFormat, () => Promise<Editor>>> = {
  ini: async () => iniEditor,
  toml: async () => {
    const { setTomlValue, unsetTomlValue, addTomlItem, removeTomlItem } = await import("../configs/toml-edits.ts");
    return (bytes, edit) => {
      if (edit.do === "unset") return unsetTomlValue(bytes, edit.path);
      return edit.do === "set" ? setTomlValue(bytes, edit) : edit.do === "add" ? addTomlItem(bytes, edit) : removeTomlItem(bytes, edit);
    };
  },
  yaml: async () => {
    const { setYamlValue, unsetYamlValue, addYamlItem, removeYamlItem } = await import("../configs/yaml-edits.ts");
    return (bytes, edit) => {
      if (edit.do === "unset") return unsetYamlValue(bytes, edit.path);
      return edit.do === "set" ? setYamlValue(bytes, edit) : edit.do === "add" ? addYamlItem(bytes, edit) : removeYamlItem(bytes, edit);
    };
  },
  shell: async () => variableEditor("shell"),
  lines: async () => variableEditor("lines"),
};

async function variableEditor(dialect: "shell" | "lines"): Promise<Editor> {
  const { setEnvVariable, unsetEnvVariable } = await import("../configs/env-edits.ts");
  return (bytes, edit) => {
    const name = String(edit.path[0] ?? "");
    if (edit.do === "unset") return unsetEnvVariable(bytes, { name, dialect });
    return edit.do === "set" ? setEnvVariable(bytes, { name, dialect, value: String(edit.value) }) : { refused: "not-a-list" };
  };
}

const loaded = new Map<EditFormat, Editor>([["ini", iniEditor]]);

/** Before `editsFor`, which cannot wait: a child that acts for a user does so in one breath. */
export async function loadEditors(formats: Iterable<EditFormat>): Promise<void> {
  for (const format of new Set(formats)) if (!loaded.has(format)) loaded.set(format, await loaders[format]());
}

export interface EditedFile {
  readonly path: string;
  readonly format: EditFormat;
  readonly bytes: Uint8Array;
}

/** No edits where the file says so already. What cannot be changed safely is refused with the reason. */
export function editsFor({ path, format, bytes }: EditedFile, edit: ValueEdit): readonly TextEdit[] {
  const editor = loaded.get(format);
  if (editor === undefined) throw new Error(`the editor of ${format} files is not loaded`);
  const result = editor(bytes, edit);
  if (!isRefusal(result)) return result;
  const place = result.line === undefined ? "" : `:${result.line}`;
  throw new AppError("E_REFUSED", `${path}${place} is left as it is: ${refusalText(result)}`, { hint: "change it in an editor, or make the file simpler first" });
}

/** pip takes white space between the items of a list. */
function itemsOf(entry: IniEntry | undefined): string[] {
  return (entry?.value ?? "").split(/\s+/).filter((item) => item !== "");
}

function iniEditor(bytes: Uint8Array, edit: ValueEdit): EditResult {
  const file = parseIni(bytes);
  if (file.utf16) return { refused: "utf16" };
  const [fault] = file.faults.filter(({ kind }) => kind !== "not-ascii" && kind !== "version-key");
  if (fault !== undefined) return { refused: "syntax", line: fault.line, detail: fault.kind };
  const [section = "", key = ""] = edit.path.map(String);
  const entry = findEntry(file, { section, key });
  if (edit.do === "unset") return entry === undefined ? [] : removeIniEntry(bytes, entry);
  const items = itemsOf(entry);
  const wanted = Array.isArray(edit.value) ? edit.value.map(String) : [String(edit.value)];
  if (edit.do === "set") return written(bytes, { section, key, wanted, entry });
  const left = items.filter((item) => !wanted.includes(item));
  if (edit.do === "remove") {
    if (left.length === items.length) return [];
    return left.length === 0 && entry !== undefined ? removeIniEntry(bytes, entry) : written(bytes, { section, key, wanted: left, entry });
  }
  const added = wanted.filter((item) => !items.includes(item));
  return added.length === 0 ? [] : written(bytes, { section, key, wanted: edit.at === "start" ? [...added, ...items] : [...items, ...added], entry });
}

interface IniWish {
  readonly section: string;
  readonly key: string;
  readonly wanted: readonly string[];
  readonly entry: IniEntry | undefined;
}

/** Several items stand in a line each, as pip's own guide writes them. */
function written(bytes: Uint8Array, { section, key, wanted, entry }: IniWish): EditResult {
  const value = wanted.length === 1 ? (wanted[0] ?? "") : `\n${wanted.join("\n")}`;
  if (entry?.value === value) return [];
  return setIniValue(bytes, { section, key, value }) ?? { refused: "unwritable" };
}
