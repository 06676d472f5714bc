/** What facts say of uv, pipx, poetry, pdm, pipenv, hatch, virtualenv and pyenv: there only where one is in use. */
import * as z from "zod/mini";
import { source } from "./schema-source.ts";

/** One directory the tool writes to. It, what lies above it and what is behind its links are in `paths`. */
export const toolPlaceFact = z.object({
  kind: z.enum(["cache", "envs", "data", "scripts", "temp", "state"]),
  /** What it is for: "packages", "shims". */
  name: z.string(),
  path: z.string(),
  /** Links resolved. */
  real: z.string(),
  /** The tool's whole directory of this kind, links resolved: itself, or one above it that the same setting names. Looked at as one. */
  root: z.string(),
  from: source,
  /** Of a uv cache: what directly in it is uv's by its name. All of them are in `paths`. */
  parts: z.optional(z.array(z.string())),
  /** The setting that moves it, by the tool's own name. */
  key: z.optional(z.string()),
});

export const toolSettingFact = z.object({
  /** The tool's own name. */
  key: z.string(),
  /** As it is in force, in words; null: nothing is. */
  value: z.nullable(z.string()),
  from: source,
  /** What the tool says of the value, or nearly. */
  error: z.optional(z.string()),
  /** Where the value stands that it complains of, when that is not the one in force. */
  errorFrom: z.optional(source),
  /** What loses to it, the strongest first. */
  shadows: z.array(z.object({ value: z.nullable(z.string()), from: source })),
});

export const toolConfigFact = z.object({
  path: z.string(),
  scope: z.enum(["global", "site", "user", "project", "env-file"]),
  format: z.enum(["ini", "yaml", "toml", "json", "text"]),
  /** "absent": not there, and the one that a setting would be written to. */
  state: z.enum(["absent", "read", "ignored", "breaks"]),
  ignored: z.optional(z.string()),
  errno: z.optional(z.string()),
  line: z.optional(z.number()),
  /** What the tool dies of, nearly in its words. */
  error: z.optional(z.string()),
  /** The key that the fault is about. */
  key: z.optional(z.array(z.string())),
  /** A line that, changed so, makes the whole file readable. Only where nothing secret stands in it. */
  cure: z.optional(z.object({ line: z.number(), old: z.string(), text: z.string() })),
  /** Where a password or token stands, never which. */
  secrets: z.optional(z.array(z.object({ key: z.string(), line: z.number() }))),
  /** Names the tool does not know, close to one it knows: `old` is the line, and `text` the same by the right name. */
  strays: z.optional(z.array(z.object({ key: z.string(), value: z.string(), line: z.number(), meant: z.string(), old: z.string(), text: z.string() }))),
});

/** One version of one tool, and what it makes of this machine. */
export const toolFact = z.object({
  tool: z.enum(["uv", "pipx", "poetry", "pdm", "pipenv", "hatch", "virtualenv", "pyenv"]),
  /** null: no file tells it, or only what it wrote is left; the newest rules answer. */
  version: z.nullable(z.string()),
  /** null: only what it wrote is left. */
  program: z.nullable(z.string()),
  /** Typing its name here starts this one. */
  chosen: z.boolean(),
  places: z.array(toolPlaceFact),
  /** Only what somebody set, or what is wrong. */
  settings: z.array(toolSettingFact),
  configs: z.array(toolConfigFact),
  /** A cache in the default place while a file names another. */
  left: z.optional(z.array(z.object({ path: z.string(), key: z.string(), bytes: z.number(), entries: z.number(), newest: z.string(), complete: z.boolean(), parts: z.array(z.string()) }))),
});
