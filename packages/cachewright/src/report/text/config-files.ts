import type { SettingGroup } from "../../settings/rows.ts";
import type { ConfigFile, IgnoredBecause } from "../../tools/tool.ts";
import type { Look } from "./look.ts";
import { headText } from "./settings.ts";
import { visiblePath, visibleText } from "./visible.ts";
import { indented } from "./wrap.ts";

export interface FileGroup extends Omit<SettingGroup, "rows" | "fault"> {
  readonly files: readonly ConfigFile[];
}

const reasons: Record<IgnoredBecause, string> = {
  "name": "passed over: not a name it takes",
  "not-a-file": "passed over: not a regular file",
  "unreadable": "passed over without a word: it may not be read",
  "malformed": "passed over: it is broken",
  "no-table": "passed over: no table of the tool's in it",
  "overridden": "passed over: a file found first stands for it",
  "duplicate": "passed over: the same file is in the list already",
  "switched-off": "passed over: switched off by a variable",
  "version": "passed over: only other versions read it",
};

/** Every file in the order it is read, the strongest last. */
export function configFilesText(groups: readonly FileGroup[], look: Look): string {
  return `${groups.map((group) => groupText(group, look)).join("\n\n")}\n`;
}

function groupText(group: FileGroup, look: Look): string {
  const { files } = group;
  const head = headText(group, look);
  if (files.length === 0) return `${head}\n  It reads no files: variables set everything.`;
  return [head, ...files.map((file) => fileText(file, look)), look.paint("dim", `  The last one that says something counts. ${look.symbols.dot} [set] marks where \`config set --scope\` writes.`)].join("\n");
}

function fileText(file: ConfigFile, look: Look): string {
  const { path, scope, target, error, line } = file;
  const symbol = error !== undefined ? look.symbols.error : !file.exists ? " " : file.ignored === null ? look.symbols.good : look.symbols.warning;
  const said = indented(`${visiblePath(path)}  ${scope}, ${stateOf(file)}${target === true ? "  [set]" : ""}`, { first: `  ${symbol} `, rest: "      ", width: look.width });
  if (error === undefined) return said;
  return [said, indented(`${line === undefined ? "" : `line ${line}: `}${visibleText(error)}`, { first: "      ", width: look.width })].join("\n");
}

function stateOf({ exists, readable, ignored }: ConfigFile): string {
  if (!exists) return "not there";
  if (ignored !== null) return reasons[ignored];
  return readable === "ok" || readable === null ? "read" : `cannot be read: ${readable}`;
}
