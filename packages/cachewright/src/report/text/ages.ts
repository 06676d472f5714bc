const day = 24 * 3_600_000;

/** "3 d", "5 w": how long ago, roughly, as a column has room for it; "-" where nothing tells. */
export function ageText(ms: number | null, now: number): string {
  if (ms === null || ms <= 0) return "-";
  const days = Math.floor((now - ms) / day);
  if (days < 1) return "today";
  if (days < 14) return `${days} d`;
  if (days < 60) return `${Math.floor(days / 7)} w`;
  return days < 730 ? `${Math.floor(days / 30)} months` : `${Math.floor(days / 365)} years`;
}

/** "2026-11-21 23:56 UTC" */
export function momentText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
