import type { SettingSource } from "../tools/tool.ts";
import type { Source } from "./facts.ts";

export function toSource(source: SettingSource | undefined): Source {
  if (source === undefined || source === "default") return { call: "default" };
  return "env" in source ? { env: source.env } : { path: source.file, line: source.line };
}
