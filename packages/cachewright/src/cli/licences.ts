import { join } from "node:path";
import { nodeMachine } from "../machine/node-machine.ts";
import { ownAsset } from "../machine/own-files.ts";
import type { Terminal } from "../machine/terminal.ts";

/** Each by its name in the single executable, and where it lies seen from the built command and from the sources. */
const licences = [
  ["LICENSE", "../../LICENSE"],
  ["THIRD-PARTY-LICENSES.txt", "../THIRD-PARTY-LICENSES.txt", "../../dist/THIRD-PARTY-LICENSES.txt"],
  // Only where Node itself is part of what was handed out.
  ["NODE-LICENSE"],
] as const;

/** What whoever hands Cachewright on has to hand on with it. */
export function showLicences(terminal: Terminal): number {
  const machine = nodeMachine();
  const texts = licences.flatMap(([name, ...places]) => {
    const inside = ownAsset(name);
    if (inside !== undefined) return [inside];
    const found = places.map((place) => machine.readFile(join(import.meta.dirname, place))).find((file) => file.ok);
    return found?.ok ? [found.value.toString("utf8")] : [];
  });
  terminal.out(texts.map((text) => `${text.trim()}\n`).join(`\n${"=".repeat(78)}\n\n`));
  return 0;
}
