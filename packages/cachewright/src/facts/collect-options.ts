import type { CondarcReader } from "../tools/conda/read-condarcs.ts";
import type { Tool } from "../tools/tool.ts";
import type { PixiConfigReader } from "../tools/pixi/plain-config.ts";
import type { UserFact } from "./facts.ts";
import type { ToolFileReader } from "./tool-file-reader.ts";

export interface CollectOptions {
  /** An interpreter the person named; it becomes the chosen one. */
  readonly python?: string | undefined;
  /** Where the person stands for whom root asks: its child starts in their home. */
  readonly here?: string | undefined;
  /** Look at every directory, however many. */
  readonly deep?: boolean | undefined;
  readonly environment?: UserFact["environment"];
  /** Reads settings files of conda's that are not plain; its library is too dear to be loaded for nothing. */
  readonly condarcReader?: CondarcReader | undefined;
  /** Adapters of the tools that are in use (`tools/tools-in-use.ts`). */
  readonly tools?: readonly Tool[] | undefined;
  /** The same for pixi's. */
  readonly pixiConfigReader?: PixiConfigReader | undefined;
  /** Looks into those tools' files for what would mend them, passwords and unknown names. */
  readonly toolFileReader?: ToolFileReader | undefined;
  /** Paths a log names, to be looked at too. */
  readonly paths?: readonly string[] | undefined;
  /** Problems the person asks for by name, or that a log is about: what only they need is looked at too. */
  readonly asked?: readonly string[] | undefined;
}
