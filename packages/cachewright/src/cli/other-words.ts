/** What other programs call things (pip, uv, conda, npm, brew, git, du), and what it is here. Only words that no edit leads to. */
export const commandWords: Readonly<Record<string, string>> = {
  check: "doctor", diagnose: "doctor", debug: "doctor", info: "doctor", status: "doctor",
  why: "explain", show: "explain", analyze: "explain", exec: "run",
  repair: "fix", cure: "fix", revert: "undo", rollback: "undo", history: "runs", log: "runs",
  settings: "config show", ls: "cache ls", list: "cache ls", du: "cache ls", dir: "cache ls", tree: "cache ls --tree",
  clean: "cache clear", clear: "cache clear", purge: "cache clear", prune: "cache prune", gc: "cache prune", browse: "cache browse",
  version: "--version", usage: "--help",
  "cache list": "cache ls", "cache dir": "cache ls", "cache du": "cache ls", "cache size": "cache ls", "cache info": "cache ls", "cache path": "cache ls", "cache tree": "cache ls --tree",
  "cache purge": "cache clear", "cache empty": "cache clear", "cache gc": "cache prune", "cache remove": "cache rm", "cache delete": "cache rm", "cache uninstall": "cache rm",
  "cache check": "cache verify", "cache fsck": "cache verify", "cache open": "cache browse", "cache mv": "cache move",
};

export const configVerbs: Readonly<Record<string, string>> = { get: "show", list: "show", ls: "show", debug: "path", files: "path", delete: "unset", append: "add", prepend: "add --first" };

export function ourWord(what: "command" | "config command", given: string): string | undefined {
  const words = what === "command" ? commandWords : configVerbs;
  return Object.hasOwn(words, given) ? words[given] : undefined;
}
