/** Condarcs as people write them, and worse: block and flow lists, quotes, flags in comments, other YAML, broken files. */
import { bytesOf, oddFlag, oddPath } from "./random-machine.ts";
import type { Random } from "./random.ts";

const lists = ["pkgs_dirs", "pkgs_dirs", "envs_dirs", "channels"];
const flags = [
  "always_copy", "always_softlink", "allow_softlinks", "extra_safety_checks", "no_lock", "offline", "use_index_cache", "separate_format_cache", "use_only_tar_bz2", "force_32bit",
  "register_envs", "non_admin_enabled", "rollback_enabled", "always_yes", "repodata_use_zst",
];
/** Other names, and names that no conda knows. */
const others = ["envs_path", "channel", "copy", "softlink", "yes", "root_dir", "pkgs_dir", "PKGS_DIRS", "pkgs-dirs", "no_such_key"];

/** Once in `times` a flag; "final" seldom, since it hides all that is stronger. */
function comment(random: Random, times: number): string {
  if (!random.once(times)) return "";
  return random.pick(["  #!top", "  #!bottom", " #!final", "  # why", "  #! top", " #top", "  # !top", "  #!Top", " #!top why", "  #!top\n# more", " #!final\n", " #!bottom!#", "\n#!top", "\n  # note"]);
}

function quoted(random: Random, text: string): string {
  if (random.once(5)) return `'${text.replaceAll("'", "''")}'`;
  if (random.once(5)) return random.once(4) ? `"${text.replaceAll("/", "\\/")}"` : `"${text}"`;
  return text;
}

export function oddChannel(random: Random): string {
  return random.pick(["defaults", "conda-forge", "bioconda", "https://a.example/ch", "nodefaults", "$NOT_SET", "${HOME}"]);
}

function item(random: Random, key: string): string {
  if (random.once(24)) return random.pick(["~", "null", "1", "1.50", "true", "0x1F", "1_000", "[ROOT/a]", "ROOT/a:", "a: b", "&x ROOT/a", "!!str ROOT/a", "- ROOT/z", ">\n      ROOT/folded\n      ROOT/more", "*nothing", "2020-01-02"]);
  return quoted(random, key.startsWith("channel") ? oddChannel(random) : oddPath(random));
}

function listOf(random: Random, key: string): string {
  const items = Array.from({ length: random.below(4) }, () => item(random, key));
  const head = `${key}:${comment(random, 9)}`;
  if (random.once(20)) return `${key}: ${random.pick(["", "~", "[]", "ROOT/single", "{a: b}", "\n  a: b", "'ROOT/a,ROOT/b'", "{}", "true", "0"])}`;
  if (random.once(7)) return `${key}: [${items.join(random.pick([", ", ",", ",\n  ", " , ", ",\n", "\n,  ", ", #!top\n ", "  #!bottom\n ,"]))}${random.once(6) ? "," : ""}]${comment(random, 5)}`;
  const indent = " ".repeat(random.pick([0, 2, 2, 4]));
  const gap = " ".repeat(random.once(8) ? 3 : 1);
  return [head, ...items.map((one) => `${random.once(20) ? "\n" : ""}${indent}-${gap}${one}${comment(random, 4)}`)].join("\n");
}

function scalarFor(random: Random, key: string): string {
  if (key === "safety_checks") return random.pick(["warn", "disabled", "enabled", "Warn", "no", "true", "~", "''"]);
  if (key === "local_repodata_ttl") return random.pick(["0", "1", "30", "true", "no", "-1", "1.5", "'60'", "~", "abc", "1e3", "0o17"]);
  if (key === "root_prefix" || key === "root_dir" || key === "bld_path") return quoted(random, oddPath(random));
  if (key === "channel_alias") return random.pick(["https://a.example", "http://h/", "a.example", "''", "https://$NOT_SET"]);
  if (random.once(12)) return random.pick(["~", "null", "", "[true]", "{a: 1}", "|\n  true", "1.0", "-1", "0.0", "0x0", "TRUE", "Yes", "nan", "1e3", ".5"]);
  const flag = oddFlag(random);
  return random.once(2) ? quoted(random, flag) : random.pick(["true", "false"]);
}

function entry(random: Random, key: string): string {
  if (lists.includes(key) || key === "envs_path" || key === "channel" || /^pkgs/i.test(key)) return listOf(random, key);
  const name = random.once(25) ? `"${key}"` : key;
  const value = scalarFor(random, key);
  return `${name}:${value === "" ? "" : " "}${value}${comment(random, 8)}`;
}

const broken = ["\tindented: with a tab", "word", "%word", "  odd: indent", "pkgs_dirs: [ROOT/a", "a: 'open", "a: \"bad \\q\"", "- item", "a: b: c", "pkgs_dirs: x\npkgs_dirs: y", "@at", "? complex\n: key", "a: *no", "---\nb: 1", "}", "a:\tb", "key : spaced", "1: one", "a: \u0007"];

export function condarc(random: Random): string {
  if (random.once(40)) return random.pick(["", "# nothing\n", "[]\n", "word\n", "{}\n", "~\n", "---\n", "...\n", "{pkgs_dirs: [ROOT/a, ROOT/b], offline: true}\n", "- pkgs_dirs\n", "{offline: yes, pkgs_dirs: [ROOT/a]  #!final\n}\n"]);
  const scalars = ["safety_checks", "local_repodata_ttl", "root_prefix", "channel_alias", "bld_path"];
  const keys = [...new Set([...random.some(lists, 2), ...random.some(flags, 8), ...random.some(scalars, 12), ...random.some(others, 25)])];
  const parts = keys.map((key) => entry(random, key));
  if (random.once(4)) parts.splice(random.below(parts.length + 1), 0, random.pick(["# a comment", "", "  # indented", "#!final", "---"]));
  if (random.once(25)) parts.splice(random.below(parts.length + 1), 0, random.pick(broken));
  const text = `${parts.join("\n")}${random.once(10) ? "" : "\n"}`;
  const ended = random.once(10) ? text.replaceAll("\n", "\r\n") : text;
  return bytesOf(random, random.once(40) ? `\ufeff${ended}` : ended);
}
