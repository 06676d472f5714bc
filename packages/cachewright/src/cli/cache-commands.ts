/** The commands about caches: data, as all commands. */
import { cachedTools } from "../tools/all-caches.ts";
import { cacheFileCommands } from "./cache-file-commands.ts";
import type { Command, Option } from "./command.ts";

const json: Option = { help: "print the report as JSON (its schema is shipped in dist/schemas)" };
const yes: Option = { short: "y", help: "do it without asking" };
const dryRun: Option = { short: "n", help: "show the plan and stop" };
const kinds = ["download", "built-wheel", "package", "environment", "source", "index", "metadata", "interpreter", "log", "leftover", "damaged"];
const now: Option = { help: "delete at once; without it entries are set aside and `undo` brings them back" };
const many = Number.POSITIVE_INFINITY;

const environments: Option = { value: "DIR", many: true, offers: "file", help: "look for environments that use the cache below DIR, too" };

/** Which entries are meant. */
const selecting: Readonly<Record<string, Option>> = {
  project: { value: "PATTERN", many: true, help: "of these projects only; * and ? stand for anything, spelling as PEP 503 has it" },
  kind: { value: "KIND", many: true, offers: kinds, help: `of this kind only: ${kinds.join(", ")}` },
  "older-than": { value: "AGE", help: "not used for so long: 12h, 30d, 8w, 6m, 1y" },
  "larger-than": { value: "SIZE", help: "larger than 500M, 2G, 1.5GiB" },
  unused: { help: "packages that no environment found here uses" },
  environments,
  python: { value: "VERSION", help: "for this Python: 3.11" },
};

const ls: Command = {
  name: "cache ls",
  summary: "Show the caches of all tools, or what lies in those of one",
  words: "[TOOL]",
  maxWords: 1,
  offers: [cachedTools],
  options: {
    ...selecting,
    sort: { value: "ORDER", offers: ["size", "reclaimable", "used", "written", "name"], help: "largest first (size, reclaimable), longest unused first (used), oldest first (written), or by name" },
    "all-users": { help: "as root: the caches of every account, each told by a process of its own" },
    exact: { help: "weigh every file again; without it an unchanged cache is told as it was weighed last" },
    json,
    csv: { help: "print one line of comma-separated values for each entry or cache" },
    tree: { help: "as a tree: tool, project, version, with bars" },
    depth: { value: "N", help: "of the tree: 1 tools, 2 and projects, 3 and versions (3)" },
    top: { value: "N", help: "of the tree: so many below each, the rest in one line (10; 30 for one tool)" },
    html: { value: "FILE", offers: "file", help: "write a page with a map, a time line and a table of all entries; - for stdout" },
  },
  about: [
    "SIZE counts every file once, however many names it has. FREES is what comes free when the cache or the entry goes: what an environment links to stays on the disk.",
    "Looks, and changes nothing. What could not be read is said to be unknown; it is never counted as nothing.",
  ],
  examples: [
    ["cachewright cache ls", "every cache, its size and what it would free"],
    ["cachewright cache ls pip --sort used", "pip's downloads and wheels by name, longest unused first"],
    ["cachewright cache ls uv --project 'nvidia-*' --larger-than 100M", "the large ones of one family"],
    ["cachewright cache ls --html caches.html", "everything as one page, to look at or to show"],
  ],
  load: async () => (await import("./cache-ls.ts")).runCacheLs,
};

const show: Command = {
  name: "cache show",
  summary: "Tell everything about one entry, or about all of one project",
  words: "TOOL ENTRY",
  maxWords: 2,
  offers: [cachedTools],
  options: { environments, json },
  about: ["ENTRY is an id from `cache ls TOOL --json`, its beginning, or the name of a project."],
  examples: [["cachewright cache show pip numpy", "where it came from, who uses it, what it takes to have it back"]],
  load: async () => (await import("./cache-show.ts")).runCacheShow,
};

const browse: Command = {
  name: "cache browse",
  summary: "Walk through the caches, mark entries, take them out",
  words: "[TOOL]",
  maxWords: 1,
  offers: [cachedTools],
  options: { environments, now: { help: "begin with deleting at once; `d` changes it there, too" } },
  about: [
    "Arrows or h j k l move, space marks, / searches, i shows details, p shows the plan and Enter there applies it as `cache rm` would; ? shows all keys. What is marked is weighed together, hard links and all.",
    "Without a terminal it prints the tree. Exit code 0: left; 3: what was applied failed or could not be verified.",
  ],
  examples: [
    ["cachewright cache browse", "all caches"],
    ["cachewright cache browse uv", "uv's alone"],
  ],
  load: async () => (await import("./cache-browse.ts")).runCacheBrowse,
};

const rm: Command = {
  name: "cache rm",
  summary: "Take entries out of a tool's cache, so that the tool goes on without a warning",
  words: "TOOL [PATTERN…]",
  maxWords: many,
  offers: [cachedTools],
  options: { ...selecting, now, "dry-run": dryRun, yes, json },
  about: [
    "PATTERN names projects, as --project does, or is an entry's id. What an environment links to softly, and what is in use, stays and is told.",
    "The tool's own lock is held meanwhile. Exit code 0: gone; 1: not agreed to, or nothing matches; 3: refused, or it failed.",
  ],
  examples: [
    ["cachewright cache rm pip 'torch*'", "every download and wheel of torch and its like"],
    ["cachewright cache rm uv --older-than 90d --now", "what was not used for three months, deleted at once"],
  ],
  load: async () => (await import("./cache-remove.ts")).runCacheRm,
};

const prune: Command = {
  name: "cache prune",
  summary: "Make caches smaller by a policy, what is cheapest to get back first",
  words: "[TOOL…]",
  maxWords: many,
  offers: [cachedTools],
  options: {
    "keep-size": { value: "SIZE", help: "bring each cache down to this size" },
    free: { value: "SIZE", help: "until so much is free on the file system" },
    "older-than": selecting["older-than"] as Option,
    unused: selecting["unused"] as Option,
    environments,
    "keep-versions": { value: "N", help: "keep the N versions of each project that were used last" },
    "gone-pythons": { help: "wheels built for a Python that is not on this machine any more" },
    keep: { value: "PATTERN", many: true, help: "projects that stay whatever happens" },
    "no-leftovers": { help: "leave alone what no tool reads any more; it goes first otherwise" },
    auto: { help: "read the policy from a file, ask nothing: for cron and systemd timers" },
    policy: { value: "FILE", offers: "file", help: "that file, not prune.toml below ~/.config/cachewright" },
    "install-timer": { value: "WHEN", offers: ["daily", "weekly", "monthly"], help: "write a systemd timer of yours that runs `cache prune --auto`: daily, weekly or monthly" },
    now, "dry-run": dryRun, yes, json,
  },
  about: [
    "Without a policy only leftovers and broken entries go. Order: leftovers, then what is cheapest to get back and longest unused; what was built here last.",
  ],
  examples: [
    ["cachewright cache prune", "what no tool here reads any more"],
    ["cachewright cache prune uv pip --keep-size 5G", "each down to 5 GB"],
    ["cachewright cache prune --free 20G --now", "until 20 GB are free"],
  ],
  load: async () => (await import("./cache-prune.ts")).runCachePrune,
};

const clear: Command = {
  name: "cache clear",
  summary: "Empty a tool's cache",
  words: "TOOL…",
  maxWords: many,
  offers: [cachedTools],
  options: { environments, now, "dry-run": dryRun, yes, json },
  about: ["Everything the tool put there goes; what somebody else keeps in it, what an environment links to softly, and the tool's locks stay."],
  examples: [["cachewright cache clear pip --now", "the same as pip cache purge, and everything of older pips, too"]],
  load: async () => (await import("./cache-remove.ts")).runCacheClear,
};

const verify: Command = {
  name: "cache verify",
  summary: "Read every entry and say which are broken; --repair removes just those",
  words: "[TOOL…]",
  maxWords: many,
  offers: [cachedTools],
  options: { project: selecting["project"] as Option, repair: { help: "take the broken entries out, by a plan that can be undone" }, now, "dry-run": dryRun, yes, json },
  about: ["Exit code 0: all sound; 1: broken entries were found and are still there; 3: a repair failed."],
  examples: [
    ["cachewright cache verify", "all caches"],
    ["cachewright cache verify conda --repair", "and take out what is broken"],
  ],
  load: async () => (await import("./cache-verify.ts")).runCacheVerify,
};

const move: Command = {
  name: "cache move",
  summary: "Take a cache to another place, with the settings of every installed version",
  words: "TOOL DEST",
  maxWords: 2,
  offers: [cachedTools],
  options: {
    from: { value: "PATH", offers: "file", help: "which one, where a tool has several" },
    environments,
    now: { help: "delete the old place once the new one has proven itself; without it the old one is set aside" },
    "dry-run": dryRun, yes,
  },
  about: [
    "The contents are brought beside DEST first; killed on the way, the same command goes on. Then one plan puts them in place, changes the settings and sets the old place aside; `undo` takes it back.",
    "What environments link to softly would break: then nothing is moved. Exit code 0: moved; 1: not agreed to; 3: refused, or it failed.",
  ],
  examples: [
    ["cachewright cache move uv /mnt/big/uv", "to another disk"],
    ["cachewright cache move conda ~/big/pkgs --from ~/miniconda3/pkgs", "one of several"],
  ],
  load: async () => (await import("./cache-move.ts")).runCacheMove,
};

const share: Command = {
  name: "cache share",
  summary: "Open a cache to a group, so that every member can use what the others put there",
  words: "TOOL",
  maxWords: 1,
  offers: [cachedTools],
  options: {
    group: { value: "NAME", help: "the group; its members are shown before anything is changed" },
    at: { value: "PATH", offers: "file", help: "which one, where a tool has several" },
    "dry-run": dryRun, yes,
  },
  about: [
    "Group, setgid and, where there is setfacl, a default list; nobody else may write. conda's is opened for reading only: each member writes in a cache of their own.",
    "As root it is tried as two members of the group. `undo` takes it back. A cache in a closed home is refused: move it first.",
  ],
  examples: [["sudo cachewright cache share pip --group developers", "with the proof that two members can work with it"]],
  load: async () => (await import("./cache-share.ts")).runCacheShare,
};

export const cacheCommands: readonly Command[] = [ls, show, browse, rm, prune, clear, verify, move, share, ...cacheFileCommands];
