/** Search by the name of a project, whatever its spelling (PEP 503). Pure. */
import { entryPattern } from "../../caches/entry-pattern.ts";
import type { Key } from "../../machine/key-names.ts";
import { normalizedName } from "../../tools/python/core-metadata.ts";
import { follow, goTo } from "./moving.ts";
import type { Browsing } from "./browsing.ts";

/** Longer names there are not. */
const longest = 200;

/** In the order of the whole tree, open or not. */
function inOrder({ tree }: Browsing): number[] {
  const found: number[] = [];
  const pending = tree.roots.toReversed();
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    found.push(at);
    for (const child of (tree.nodes[at]?.children ?? []).toReversed()) pending.push(child);
  }
  return found;
}

/** With signs of a pattern the whole name is meant, else any part of it. */
function matcher(wanted: string): (project: string) => boolean {
  if (/[*?[]/.test(wanted)) {
    const fits = entryPattern(wanted);
    return (project) => fits({ project, version: null, detail: null, paths: [] });
  }
  const part = normalizedName(wanted);
  return (project) => normalizedName(project).includes(part);
}

/** Nodes that match; nothing is searched for nothing. */
function matches(state: Browsing): number[] {
  const wanted = state.wanted.trim();
  if (wanted === "") return [];
  const fits = matcher(wanted);
  return inOrder(state).filter((at) => {
    const project = state.tree.nodes[at]?.project ?? null;
    return project !== null && fits(project);
  });
}

/** From a node on, that node included or not. */
function found(state: Browsing, from: number, { by, itself }: { readonly by: 1 | -1; readonly itself: boolean }): Browsing {
  const all = matches(state);
  if (all.length === 0) return { ...state, say: state.wanted.trim() === "" ? "Nothing was searched yet: / searches." : `No project like ${state.wanted.trim()}.` };
  const place = new Map(inOrder(state).map((at, i) => [at, i]));
  const here = place.get(from) ?? -1;
  const isAhead = (at: number): boolean => {
    const there = place.get(at) ?? -1;
    return itself && there === here ? true : by > 0 ? there > here : there < here;
  };
  const ordered = by > 0 ? all : all.toReversed();
  const at = ordered.find(isAhead) ?? ordered[0] ?? from;
  return { ...goTo(state, at), say: `${all.indexOf(at) + 1} of ${all.length}` };
}

export function searchAgain(state: Browsing, by: 1 | -1): Browsing {
  return found(state, state.rows[state.cursor] ?? -1, { by, itself: false });
}

/** Each letter looks anew, from where the search began. */
export function pressInSearch(state: Browsing, from: number, key: Key): Browsing {
  const name = "name" in key ? key.name : "";
  if (name === "enter") return { ...state, view: { at: "tree" } };
  if (name === "escape") return { ...follow(state, from), wanted: "", say: "", view: { at: "tree" } };
  const typed = "pasted" in key ? (key.pasted.split(/[\r\n]/)[0] ?? "").replace(/\p{Cc}/gu, "") : [...name].length === 1 ? name : "";
  const wanted = name === "backspace" ? [...state.wanted].slice(0, -1).join("") : name === "ctrl-u" ? "" : [...state.wanted + typed].slice(0, longest).join("");
  if (wanted === state.wanted) return state;
  const next = { ...state, wanted, say: "" };
  return wanted.trim() === "" ? follow(next, from) : found(next, from, { by: 1, itself: true });
}
