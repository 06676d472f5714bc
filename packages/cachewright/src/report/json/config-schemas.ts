/** What is in force and where it stands, as `--json` reports it. */
import * as z from "zod/mini";

export const settingSource = z.union([z.object({ file: z.string(), line: z.number() }), z.object({ env: z.string() }), z.literal("default")]);
export const settingValue = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

export const settingReport = z.object({
  tool: z.string(),
  /** Null: nothing tells it; the newest rules known answer. */
  version: z.nullable(z.string()),
  /** The tool's own name. */
  key: z.string(),
  /** Only where it differs from the tool's main command. */
  command: z.optional(z.string()),
  /** Null: nothing is in force. */
  effective: settingValue,
  /** Of a list from several places: of its first item. */
  source: settingSource,
  /** Where each item of a list comes from. */
  items: z.optional(z.array(settingSource)),
  /** What else says something and is beaten, the strongest first. */
  shadows: z.array(z.object({ value: settingValue, source: settingSource })),
  /** The tool's own complaint. */
  error: z.optional(z.string()),
  /** The program, where installs of one version differ. */
  install: z.optional(z.string()),
});

/** `config show`. */
export const settingsReport = z.object({ schema: z.literal(1), settings: z.array(settingReport) });

/** `config path`: the weakest first. */
export const configFilesReport = z.object({
  schema: z.literal(1),
  files: z.array(z.object({
    tool: z.string(),
    version: z.nullable(z.string()),
    install: z.optional(z.string()),
    path: z.string(),
    scope: z.enum(["global", "site", "user", "project", "env-file"]),
    format: z.enum(["ini", "yaml", "toml", "json", "text"]),
    exists: z.boolean(),
    /** "ok", the errno, or null when it is not there. */
    readable: z.nullable(z.string()),
    ignored: z.nullable(z.enum(["name", "not-a-file", "unreadable", "malformed", "no-table", "overridden", "duplicate", "switched-off", "version"])),
    /** What the tool dies of when it reads the file. */
    error: z.optional(z.string()),
    line: z.optional(z.number()),
    /** The file that `config set` writes for this scope. */
    target: z.boolean(),
  })),
});

export type SettingsReport = z.infer<typeof settingsReport>;
export type ConfigFilesReport = z.infer<typeof configFilesReport>;
