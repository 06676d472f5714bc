import { plainCondarc } from "./plain-condarc.ts";
import type { Condarc } from "./condarc-parts.ts";

/** Once it has been asked for. */
const loaded: { read?: (bytes: Buffer) => Condarc } = {};

/** YAML's reader costs more to load than most commands take for all the rest: only a condarc that is not plain needs it. */
export async function loadCondarcReader(): Promise<void> {
  loaded.read ??= (await import("./condarc.ts")).readCondarc;
}

/** undefined: not plain, and YAML's reader has not been loaded (`Tool.prepare` does where it is wanted). */
export function readAnyCondarc(bytes: Buffer): Condarc | undefined {
  return plainCondarc(bytes) ?? loaded.read?.(bytes);
}
