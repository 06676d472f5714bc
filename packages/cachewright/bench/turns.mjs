import { once, timed } from "./measure.mjs";

/** Things that are used up by a run and dear to make again are measured a few times only. */
export function takenOnce(rounds) {
  return Math.max(1, Math.ceil(rounds / 8));
}

/** As `compare`, with something done before each run that is not timed; then there is no run to warm up. */
export function inTurns(subjects, rounds, { before } = {}) {
  const best = {};
  if (before === undefined) for (const one of subjects) once(one);
  for (let round = 0; round < rounds; round++) {
    for (const one of subjects) {
      before?.();
      const { wall, cpu = Number.POSITIVE_INFINITY } = timed(one);
      const known = best[one.name] ?? { wall: Number.POSITIVE_INFINITY, cpu: Number.POSITIVE_INFINITY };
      best[one.name] = { wall: Math.min(known.wall, wall), cpu: Math.min(known.cpu, cpu) };
    }
  }
  return best;
}
