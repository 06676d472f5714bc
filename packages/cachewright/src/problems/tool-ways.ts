/** What differs between the tools that have no fact of their own in how they take their settings, for the problems about settings. */
import type { ToolFact } from "../facts/facts.ts";
import { variableMeant } from "../tools/known-keys.ts";

type ToolSetting = ToolFact["settings"][number];

export interface ToolWays {
  /** Complaints about a value that end every command; others are remarks. */
  readonly ends: (error: string) => boolean;
  /** Complaints that are no fault of a file's form. */
  readonly otherMatters?: RegExp;
  /** True where the tool names a file that it may not open, and stops, but passes over the person's own without a word. */
  readonly stopsAtOthers?: true;
  /** Of what the person wrote into a file of their own, which is meant for all they do. */
  readonly isPersonal: (setting: ToolSetting, fact: ToolFact) => boolean;
  /** Whether a file that beats the person's own is told, too. That a project's beats it is how most of them are meant. */
  readonly mindsFiles?: true;
  /** Values that the tool puts into the person's file by itself, the places of its first run: nobody's wish. */
  readonly wroteItself?: (value: string) => boolean;
  /** What a variable was meant for that the tool does not read. */
  readonly variableMeant: (name: string) => string | undefined;
  /** Where else it looks for a password. */
  readonly moveOut: string;
}

/** Errors of Python's that a value ends a command with; other remarks about a value are no such thing. */
const pythonEnds = (error: string): boolean => /^(?:TypeError|AttributeError|RecursionError|ValueError|expected str|invalid literal)/.test(error);

/** Switches are turned by variables for one run on purpose; a place that moves leaves things behind. */
const isPlace = ({ key }: ToolSetting, { places }: ToolFact): boolean => places.some((place) => place.key === key);

const keyring = "keyring set INDEX-URL USER-NAME";

function pythonTool(variables: readonly string[], moveOut: string): ToolWays {
  return { ends: pythonEnds, isPersonal: isPlace, variableMeant: (name) => variableMeant(name, variables), moveOut };
}

/** What people write by analogy with pip and other tools. uv passes over every variable it does not know. */
const uvVariables: Readonly<Record<string, string>> = {
  UV_CACHE: "UV_CACHE_DIR", UV_CACHEDIR: "UV_CACHE_DIR", UV_CACHE_PATH: "UV_CACHE_DIR", UV_CACHE_HOME: "UV_CACHE_DIR", UV_CACHE_DIRECTORY: "UV_CACHE_DIR", UV_CACHE_ROOT: "UV_CACHE_DIR",
  UV_NO_CACHE_DIR: "UV_NO_CACHE", UV_NOCACHE: "UV_NO_CACHE", UV_DISABLE_CACHE: "UV_NO_CACHE", UV_LINKMODE: "UV_LINK_MODE", UV_TOOLS_DIR: "UV_TOOL_DIR",
  UV_PYTHON_DIR: "UV_PYTHON_INSTALL_DIR", UV_PYTHON_INSTALL_PATH: "UV_PYTHON_INSTALL_DIR", UV_TOOL_BIN: "UV_TOOL_BIN_DIR", UV_VENV: "UV_PROJECT_ENVIRONMENT", UV_PROJECT_ENV: "UV_PROJECT_ENVIRONMENT",
};

/** Another version is wanted, one stands in the wrong directory, or a place is named that uv-path-literal speaks of. */
const uvOtherMatters = /^Required \w+ version|^cannot make an empty path|^a value is required for '--cache-dir|^(?:The project|Project) directory /;

const uv: ToolWays = {
  ends: (error) => !uvOtherMatters.test(error), otherMatters: uvOtherMatters, stopsAtOthers: true,
  // A project that has an index of its own is as it should be.
  isPersonal: ({ key }) => /^(?:cache-dir|no-cache|link-mode)$/.test(key), mindsFiles: true, variableMeant: (name) => uvVariables[name], moveOut: keyring,
};

export const toolWays: Readonly<Partial<Record<ToolFact["tool"], ToolWays>>> = {
  uv,
  poetry: pythonTool(["POETRY_CACHE_DIR", "POETRY_DATA_DIR", "POETRY_VIRTUALENVS_PATH", "POETRY_VIRTUALENVS_IN_PROJECT", "POETRY_VIRTUALENVS_CREATE"], "poetry config http-basic.SOURCE USER-NAME"),
  pdm: pythonTool(["PDM_CACHE_DIR", "PDM_LOG_DIR", "PDM_VENV_IN_PROJECT", "PDM_NO_CACHE"], "keyring set https://INDEX-HOST USER-NAME"),
  pipenv: pythonTool(["PIPENV_CACHE_DIR", "PIPENV_VENV_IN_PROJECT", "PIPENV_CUSTOM_VENV_NAME"], 'export INDEX_PASSWORD=…   # and url = "https://USER-NAME:$INDEX_PASSWORD@…" in the Pipfile'),
  hatch: { ...pythonTool(["HATCH_CACHE_DIR", "HATCH_DATA_DIR"], keyring), wroteItself: (value) => /[/\\]hatch(?:[/\\]Cache)?$/.test(value) },
  virtualenv: { ...pythonTool([], keyring), isPersonal: () => false },
};

/** What to do with a password besides, for each of the tools once. */
export function movedOut(tools: string | undefined): string[] {
  const names = (tools ?? "").split(",") as ToolFact["tool"][];
  return [...new Set(names.map((tool) => toolWays[tool]?.moveOut ?? keyring))];
}
