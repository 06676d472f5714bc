import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";

/** What of an unpacked wheel uv reads when it installs it, and does not do without. */
const needed = ["METADATA", "WHEEL", "RECORD"];

export interface Lacking {
  readonly name: string;
  /** 0: it is empty. */
  readonly size?: 0;
  readonly errno?: string;
}

/** The first of these files that a `.dist-info` lacks. */
export function lackingOf(looker: Looker, info: string): Lacking | undefined {
  for (const name of needed) {
    const stat = looker.lstat(join(info, name));
    if (!stat.ok) return { name, errno: stat.errno };
    if (stat.value.size === 0) return { name, size: 0 };
  }
  return undefined;
}
