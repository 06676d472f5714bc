import { literalSearch } from "./literal-search.ts";
import { tellingLiterals } from "./telling-literals.generated.ts";

/** Whether a closer look can find anything; most outputs are fine, and the whole catalogue takes long to load. */
export function mayTell(output: Uint8Array): boolean {
  let found = false;
  literalSearch(tellingLiterals).run(output, 0, output.length, () => { found = true; });
  return found;
}
