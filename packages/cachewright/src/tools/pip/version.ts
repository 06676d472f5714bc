/** pip's own version numbers ("9.0.3", "20.3b1", "26.3.dev0"), ordered as PEP 440 orders them. */

interface PipVersion {
  readonly release: readonly number[];
  /** Below 0 for a development or pre-release, 0 for the release, above for a post-release. */
  readonly phase: number;
  readonly serial: number;
}

const shape = /^\s*v?(\d+(?:\.\d+)*)(?:[._-]?(a|alpha|b|beta|c|rc|pre|preview|post|rev|r)[._-]?(\d*))?(?:[._-]?dev(\d*))?/i;
const phases: Readonly<Record<string, number>> = { a: -3, alpha: -3, b: -2, beta: -2, c: -1, rc: -1, pre: -1, preview: -1, post: 1, rev: 1, r: 1 };

/** One diagnosis compares a handful of versions some hundred times. */
const known = new Map<string, PipVersion | null>();

function parse(version: string): PipVersion | null {
  const before = known.get(version);
  if (before !== undefined) return before;
  const parsed = parseNow(version);
  known.set(version, parsed);
  return parsed;
}

function parseNow(version: string): PipVersion | null {
  const match = shape.exec(version);
  if (match === null) return null;
  const release = (match[1] ?? "").split(".").map(Number);
  const word = match[2]?.toLowerCase();
  if (word === undefined) return { release, phase: match[4] === undefined ? 0 : -4, serial: Number(match[4] ?? 0) };
  // A development version of a pre-release ("20.3b1.dev0") is older than that pre-release.
  return { release, phase: phases[word] ?? 0, serial: Number(match[3] ?? 0) - (match[4] === undefined ? 0 : 0.5) };
}

/** Below 0 when `a` is older. What is no version at all counts as older than every version. */
export function comparePipVersions(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  if (left === null || right === null) return (left === null ? 0 : 1) - (right === null ? 0 : 1);
  for (let i = 0; i < Math.max(left.release.length, right.release.length); i++) {
    const difference = (left.release[i] ?? 0) - (right.release[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.phase - right.phase || left.serial - right.serial;
}

/** Also serves Python's versions ("3.11"). A pre-release does not reach its release: 26.3.dev0 is not 26.3. */
export function pipAtLeast(version: string, least: string): boolean {
  return comparePipVersions(version, least) >= 0;
}
