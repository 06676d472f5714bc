/**
 * What root gives back of the places where uv, pipx, poetry, pdm, pipenv, hatch, virtualenv and pyenv keep things when nobody
 * set anything. A name proves nothing alone: nobody but the user and root can have put anything on the way there, only what
 * root left is given, and nothing that is closed to the user (`strayInProject` looks at each entry below). A place that a
 * setting names is not among these: what stands there may be anything.
 */
import * as path from "node:path";
import type { Binding } from "./binding.ts";
import { isOnlyTheirs } from "./only-theirs.ts";
import { isOpen } from "./recognise-project.ts";
import { isInside } from "./step-path.ts";

/** Linux, then macOS; the last are of tools that keep to one place, or did once. */
const toolPlaces: readonly RegExp[] = [
  /^\.cache\/(?:uv|pypoetry|pdm|pipenv|hatch|virtualenv|pipx)(?:\/|$)/,
  /^\.local\/share\/(?:uv|pipx|pypoetry|pdm|hatch|virtualenv|virtualenvs)(?:\/|$)/,
  /^\.local\/state\/(?:uv|pipx|pdm|hatch)(?:\/|$)/,
  /^\.config\/(?:uv|pypoetry|pdm|hatch|virtualenv)(?:\/|$)/,
  /^Library\/(?:Caches|Application Support)\/(?:uv|pypoetry|pdm|pipenv|hatch|virtualenv|pipx)(?:\/|$)/,
  /^\.local\/pipx(?:\/|$)/,
  /^\.pyenv(?:\/|$)/,
];

export function isInToolPlace(file: string, binding: Binding): boolean {
  const { account, view } = binding;
  const seen = view.look(file);
  if (account === undefined || typeof seen === "string") return false;
  const { guard } = seen;
  if ((guard.type !== "dir" && guard.type !== "file") || guard.uid !== 0 || !isOpen(guard) || (guard.type === "file" && guard.nlink > 1)) return false;
  const home = view.resolve(account.home, { last: true });
  return isInside(file, home) && toolPlaces.some((place) => place.test(path.relative(home, file))) && isOnlyTheirs(path.dirname(file), [account.uid], binding);
}
