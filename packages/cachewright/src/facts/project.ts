import { join } from "node:path";
import type { ProjectFact } from "./facts.ts";
import { look, lookWithAccess, type Looks } from "./looks.ts";
import { scan } from "./scan.ts";

/** Any of these makes a directory a project. */
export const projectMarks: readonly string[] = ["pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "Pipfile"];

/** What setuptools writes into the source tree: `build/`, `X.egg-info`, `.eggs` (also below `src/`). */
export function isBuilt(name: string): boolean {
  return name === "build" || name === ".eggs" || name.endsWith(".egg-info");
}

const rewritten = /^(?:pyproject\.toml|Pipfile(?:\.lock)?|(?:poetry|pdm|uv|pixi)\.lock|pylock(?:\.[\w-]{1,64})?\.toml|(?:requirements|constraints)[\w.-]{0,64}\.(?:txt|in))$/;

/** Files that poetry, pdm, uv, pipenv, pip-tools and `pip freeze >` write anew. */
export function isRewritten(name: string): boolean {
  return rewritten.test(name);
}

const mostFiles = 30;
const bounds = { breadth: 150, descents: 0 };

function builtIn(looks: Looks, directory: string): string[] {
  const entries = looks.machine.list(directory);
  if (!entries.ok) return [];
  return entries.value.filter(({ name, type }) => isBuilt(name) && (type === "dir" || type === undefined)).slice(0, mostFiles).map(({ name }) => join(directory, name));
}

/** The directory itself, and what of it the user cannot write: kept among the looks. */
function lookBelow(looks: Looks, path: string): string[] {
  lookWithAccess(looks, path);
  const fact = scan(looks, { root: path, purpose: "target", bounds, depth: 4, foreignFiles: path.endsWith(".egg-info") });
  for (const part of fact.denied) looks.paths.set(part.path, part);
  return [path, ...fact.denied.map((part) => part.path).filter((part) => part !== path)];
}

/** The project in the working directory, when its files say that it is one. One listing, and what builds left. */
export function projectFacts(looks: Looks): ProjectFact | undefined {
  const { machine } = looks;
  const { cwd: directory } = machine;
  if (!projectMarks.some((name) => look(looks, join(directory, name)).state === "present")) return undefined;
  const entries = machine.list(directory);
  if (!entries.ok) return undefined;
  lookWithAccess(looks, directory);
  lookWithAccess(looks, join(directory, ".."));
  const files = entries.value.filter(({ name }) => isRewritten(name)).slice(0, mostFiles).map(({ name }) => join(directory, name));
  for (const file of files) lookWithAccess(looks, file);
  const sources = entries.value.some(({ name, type }) => name === "src" && type === "dir") ? builtIn(looks, join(directory, "src")) : [];
  return { directory, built: [...builtIn(looks, directory), ...sources].flatMap((path) => lookBelow(looks, path)), files };
}
