import { join } from "node:path";
import type { Machine } from "../machine/machine.ts";

/** Where pages are, seen from the built command and from the sources. */
const places = (id: string): readonly string[] => [
  join(import.meta.dirname, "../pages", `${id}.md`),
  join(import.meta.dirname, "../problems", id, "page.md"),
  join(import.meta.dirname, "../lint/rules", id, "page.md"),
];

/** A problem's or a lint rule's page as it was written, front matter included. */
export function readPage(id: string, machine: Pick<Machine, "readFile">): string {
  for (const path of places(id)) {
    const bytes = machine.readFile(path);
    if (bytes.ok) return bytes.value.toString("utf8");
  }
  throw new Error(`the page of ${id} is not where the build puts it`);
}
