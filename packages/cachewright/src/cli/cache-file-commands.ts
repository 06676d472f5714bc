/** What goes out of caches and comes from elsewhere: rows of the command table. */
import { cachedTools } from "../tools/all-caches.ts";
import type { Command, Option } from "./command.ts";

const json: Option = { help: "print the report as JSON (its schema is shipped in dist/schemas)" };
const dryRun: Option = { short: "n", help: "show the plan and stop" };
const yes: Option = { short: "y", help: "do it without asking" };
const many = Number.POSITIVE_INFINITY;

const why: Command = {
  name: "cache why",
  summary: "Say which caches hold a project and which environments use it",
  words: "PROJECT",
  maxWords: 1,
  options: { environments: { value: "DIR", many: true, offers: "file", help: "search this directory for environments, too" }, json },
  about: ["Environments are found where tools keep them, in this project and above it, in the home, and below each --environments DIR; exit code 1: no cache holds it and no environment has it."],
  examples: [["cachewright cache why numpy", "who needs it"], ["cachewright cache why Foo.Bar --environments ~/src", "any spelling, and environments of all projects there"]],
  load: async () => (await import("./cache-why.ts")).runCacheWhy,
};

const exportFiles: Command = {
  name: "cache export",
  summary: "Copy wheels and source distributions out of the caches, as files or as an index",
  words: "[TOOL…]",
  maxWords: many,
  offers: [cachedTools],
  options: {
    wheels: { value: "DIR", offers: "file", help: "as files for --find-links" },
    index: { value: "DIR", offers: "file", help: "with pages beside them, for --index-url and --find-links" },
    project: { value: "PATTERN", many: true, help: "only these projects: numpy, 'num*'" },
    requirement: { short: "r", value: "FILE", many: true, offers: "file", help: "only what a requirements or lock file wants: requirements.txt, uv.lock, poetry.lock, pdm.lock, Pipfile.lock, pylock.toml" },
    "dry-run": dryRun, yes, json,
  },
  about: [
    "DIR is new, empty, or made by an earlier export, to which files are added; nothing in it is written over. Each file is checked before it is put there. uv keeps wheels unpacked: they are packed anew, checked by their RECORD, and have other digests than the index's.",
    "Markers and version ranges are not worked out: pins and digests are. Exit code 0: everything that was wanted is there; 1: something is not.",
  ],
  examples: [
    ["cachewright cache export --index wheels", "everything, usable with pip install --index-url file://$PWD/wheels"],
    ["cachewright cache export --wheels out -r uv.lock", "what a project needs, as files"],
    ["cachewright cache export pip --wheels out --project 'num*'", "some projects of one cache"],
  ],
  load: async () => (await import("./cache-export.ts")).runCacheExport,
};

const importFiles: Command = {
  name: "cache import",
  summary: "Bring wheels into a directory that pip and uv can be led to",
  words: "FILE|DIR…",
  maxWords: many,
  offers: ["file"],
  options: { into: { value: "DIR", offers: "file", help: "a new directory, or one that cache export or cache import made" }, "dry-run": dryRun, yes, json },
  about: ["Not into a tool's own cache: pip and uv look there by the address a file came from, and would never find it. Each file is checked; what is there already is known by its digest."],
  examples: [["cachewright cache import ~/Downloads --into ~/wheels", "and says how pip and uv use it"]],
  load: async () => (await import("./cache-import.ts")).runCacheImport,
};

export const cacheFileCommands: readonly Command[] = [why, exportFiles, importFiles];
