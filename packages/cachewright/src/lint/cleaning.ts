/** Commands that empty a tool's cache. */
import { covers, mayHoldCache, places } from "./paths.ts";
import type { Command, Word } from "./source.ts";
import { has, toolOf, verbsOf, type CachingTool } from "./tool-run.ts";

const own: Readonly<Record<CachingTool, readonly string[]>> = {
  pip: ["cache purge", "cache remove"], uv: ["cache clean", "cache prune", "clean"], poetry: ["cache clear"], pipenv: [], pdm: ["cache clear"], conda: ["clean"],
};

/** `place`: where the cache is; undefined where that is not known. */
export function empties(command: Command, tool: CachingTool, place: string | undefined): boolean {
  if (command.name === "rm") return removed(command).some((word) => isPlace(word, tool, place));
  if (command.name === "find") return has(command, ["-delete", "-exec"]) && command.args.some(mayHoldCache);
  if (command.name === "pipenv") return tool === "pipenv" && has(command, ["--clear"]) && verbsOf(command).length === 0;
  if (toolOf(command) !== tool) return false;
  const [first, second] = verbsOf(command).map(({ value }) => value ?? "");
  if (tool === "conda") return first === "clean" && cleansPackages(command);
  return own[tool].includes(first ?? "") || own[tool].includes(`${first ?? ""} ${second ?? ""}`);
}

/** The same without any guess, for what is to be said of such a command. */
export function surelyEmpties(command: Command, tool: CachingTool, place: string | undefined): boolean {
  if (command.name === "find") return false;
  if (command.name !== "rm") return empties(command, tool, place);
  return place !== undefined && removed(command).flatMap(({ value }) => (value === undefined ? [] : places(value))).some((one) => !/[{}?[\]]|\*./.test(one) && covers(one, place));
}

/** `-i` alone leaves the packages, `-l` too. A variable may hold anything. */
function cleansPackages(command: Command): boolean {
  return command.open || command.args.some(({ value }) => value === undefined || /^--(?:all|tarballs|packages|force-pkgs-dirs)$/.test(value) || /^-[a-zA-Z]*[atpf]/.test(value));
}

function removed({ args }: Command): readonly Word[] {
  return args.filter(({ value }) => value === undefined || !value.startsWith("-"));
}

function isPlace(word: Word, tool: CachingTool, place: string | undefined): boolean {
  // A place that is known, and another: it leaves the cache alone.
  const named = word.value === undefined ? [] : places(word.value);
  if (place !== undefined && named.length > 0 && named.every((one) => !/[{}?[\]]|\*./.test(one) && !one.startsWith("~"))) return named.some((one) => covers(one, place));
  return mayHoldCache(word) || (tool === "conda" && /pkgs/.test(word.text));
}
