/** What GitLab CI files and GitHub workflows hold besides commands. */
import type { Range } from "../mapped-text.ts";
import type { Step, Variables } from "../source.ts";

export interface CiFile {
  readonly system: "gitlab" | "github";
  readonly jobs: readonly CiJob[];
}

export type System = "linux" | "macos" | "windows";

export interface CiJob {
  readonly name: string;
  readonly range: Range;
  /** A GitHub job that runs in a container of its own: where it says so. */
  readonly container: CiContainer | undefined;
  /** What it runs on, every member of a matrix; empty where the file does not say. */
  readonly systems: readonly System[];
  /** What runs, in its order; those of actions have no commands. */
  readonly steps: readonly CiStep[];
  readonly caches: readonly CiCache[];
  /** Set for the whole job. */
  readonly variables: Variables;
  /** The job as it stands, for words that say more than we read (`>> $GITHUB_ENV`). */
  readonly text: string;
  /** Parts of it stand in other files (`include`, `extends` of what is not here): what is lacking may be there. */
  readonly partial: boolean;
}

export interface CiContainer {
  readonly range: Range;
  /** `options: --user 1001`. */
  readonly user: string | undefined;
}

export interface CiStep {
  readonly range: Range;
  /** An action without its version: `actions/setup-python`. */
  readonly uses: string | undefined;
  readonly with: ReadonlyMap<string, CiValue>;
  readonly step: Step | undefined;
}

export interface CiValue {
  readonly range: Range;
  /** As written; expressions are left in. */
  readonly text: string;
}

/** Something that keeps a tool's cache from one run to the next. */
export interface CiCache {
  readonly range: Range;
  /** The action, or `cache:`. */
  readonly by: string;
  readonly paths: readonly CiPath[];
  /** Of tools that the action knows itself, without paths: `cache: pip`. */
  readonly tool: CachedTool | undefined;
  /** False: it is only read here (`policy: pull`, `actions/cache/restore`). */
  readonly saves: boolean;
  /** It stands under a condition. */
  readonly conditional: boolean;
}

export type CachedTool = "pip" | "uv" | "poetry" | "pipenv" | "conda";

export interface CiPath {
  readonly range: Range;
  /** As written. */
  readonly text: string;
  /** Variables of the file put in; those of the system (`$CI_PROJECT_DIR`, `$HOME`) stay. */
  readonly value: string;
}
