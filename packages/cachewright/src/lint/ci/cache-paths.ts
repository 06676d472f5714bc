/** Which tool keeps its cache where, by the path's own words, and what is set for it. */
import type { Variables } from "../source.ts";
import type { CachedTool, CiJob, CiPath } from "./ci-file.ts";

/** By the end of the path: pip's default on every system, and the names people give it in a project. */
const endings: readonly (readonly [CachedTool, RegExp])[] = [
  ["uv", /(?:^|[/\\])(?:\.?uv[-_.]?cache|\.?cache[/\\]\.?uv|uv[/\\]cache|setup-uv-cache)$/i],
  ["pip", /(?:^|[/\\])(?:\.?pip[-_]?cache|\.?caches?[/\\]\.?pip|pip[/\\]cache)$/i],
  ["poetry", /(?:^|[/\\])\.?caches?[/\\]pypoetry$/i],
  ["pipenv", /(?:^|[/\\])\.?caches?[/\\]pipenv$/i],
  ["conda", /(?:^|[/\\])conda_pkgs_dir$/i],
];

export function toolOf({ value }: Pick<CiPath, "value">): CachedTool | undefined {
  const path = value.replace(/^!/, "").replace(/(?:[/\\]\*{0,2})+$/, "");
  return endings.find(([, ending]) => ending.test(path))?.[0];
}

/** The variables by which a tool's cache is told another place, the nearest first. */
const placedBy: Readonly<Record<CachedTool, readonly string[]>> = {
  pip: ["PIP_CACHE_DIR", "XDG_CACHE_HOME", "HOME"],
  uv: ["UV_CACHE_DIR", "XDG_CACHE_HOME", "HOME"],
  poetry: ["POETRY_CACHE_DIR", "XDG_CACHE_HOME", "HOME"],
  pipenv: ["PIPENV_CACHE_DIR", "XDG_CACHE_HOME", "HOME"],
  conda: ["CONDA_PKGS_DIRS", "HOME"],
};

/** Set by the file, or at least spoken of where it cannot be followed: `echo "PIP_CACHE_DIR=…" >> $GITHUB_ENV`. */
export function isPlaced(job: CiJob, tool: CachedTool): boolean {
  const mentioned = (name: string): boolean => (name === "HOME" ? /(?:^|[^\w$])HOME\s*[:=]/.test(job.text) : job.text.includes(name));
  return placedBy[tool].some((name) => job.variables.has(name) || mentioned(name)) || /--cache-dir|cache[-_]dir\s*=|pip3? config/.test(job.text);
}

/** `$NAME` and `${NAME}` put in, where the file says what they hold, as often as they nest. */
export function withVariables(text: string, variables: Variables): string {
  let value = text;
  for (let turn = 0; turn < 4; turn++) {
    const next = value.replaceAll(/\$\{?(\w+)\}?/g, (whole, name: string) => variables.get(name)?.value ?? whole);
    if (next === value || next.length > 4096) break;
    value = next;
  }
  return value;
}
