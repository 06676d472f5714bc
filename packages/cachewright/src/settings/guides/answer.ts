import { loadTool } from "../../tools/all-tools.ts";
import type { SettingValue } from "../../tools/tool.ts";
import { askedOf } from "./pretended.ts";
import type { Statement } from "./statement.ts";

/** What the tool's adapter says to the question of a statement. */
export async function answerTo({ tool: name, ask }: Pick<Statement, "tool" | "ask">): Promise<SettingValue | undefined> {
  const tool = await loadTool(name);
  const asked = askedOf(name, ask.given ?? {});
  if (ask.of === "cache") return tool.locate(asked).find(({ kind }) => kind === "cache")?.path;
  if (ask.of === "setting" || ask.of === "complaint") {
    const found = tool.settings(asked).find(({ key }) => key === ask.key);
    if (found === undefined) throw new Error(`${name} has no setting ${ask.key}`);
    return ask.of === "setting" ? found.effective : found.error;
  }
  const files = tool.configFiles(asked);
  if (ask.of === "own-file") return files.find(({ scope, target }) => scope === "user" && target === true)?.path;
  if (ask.of === "scopes") return [...new Set(files.map(({ scope }) => scope))];
  return ask.of === "first-file" ? files[0]?.path : files.map(({ path }) => path);
}
