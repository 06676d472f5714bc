/** What guides on the web say of the tools' settings, as data: a test holds each statement to what the adapters answer, and the documentation prints the same. */
import type { SettingValue, ToolName } from "../../tools/tool.ts";
import type { Given } from "./pretended.ts";

/** "partly": true in some cases, which `truth` names. */
export type Verdict = "true" | "partly" | "wrong";

export interface GuideQuestion {
  /** A setting in force, the tool's complaint about it, its cache, the file of the person that its own `config` writes, all files it reads, or whose they are, weakest first. */
  readonly of: "setting" | "complaint" | "cache" | "own-file" | "files" | "first-file" | "scopes";
  /** Of a setting or a complaint. */
  readonly key?: string;
  readonly given?: Given;
}

export interface Statement {
  /** Never changes: links lead to it. */
  readonly id: string;
  readonly tool: ToolName;
  /** Markdown: names and commands stand in backticks. */
  readonly says: string;
  readonly verdict: Verdict;
  /** What is so instead, or besides. Absent of what holds as it stands. */
  readonly truth?: string;
  readonly ask: GuideQuestion;
  readonly answer: SettingValue | undefined;
}
