/** RFC 4180, with line feeds. */
import type { HeldEntry } from "../../caches/inventory.ts";
import type { CacheRow } from "../../caches/overview.ts";

function field(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  // A name that begins like a formula must stay a name in a spreadsheet.
  const safe = /^[=+@\t\r-]/.test(text) && typeof value === "string" ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function lines(heads: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return `${[heads, ...rows].map((row) => row.map(field).join(",")).join("\n")}\n`;
}

const time = (ms: number | null): string | null => (ms === null || ms <= 0 ? null : new Date(ms).toISOString());

export function cachesCsv(rows: readonly CacheRow[]): string {
  return lines(["tool", "name", "state", "bytes", "reclaimable", "entries", "files", "used", "path", "root"], rows.map(({ place, held }) => [
    place.tool, place.name, place.state, held?.bytes ?? null, held?.reclaimable ?? null, held?.entries ?? null, held?.files ?? null, time(held?.usedMs ?? null), place.path, place.root,
  ]));
}

export function entriesCsv(entries: readonly HeldEntry[]): string {
  return lines(["tool", "project", "version", "kind", "detail", "python", "bytes", "reclaimable", "files", "written", "used", "id", "root"], entries.map((entry) => [
    entry.place.tool, entry.project, entry.version, entry.kind, entry.detail, entry.python, entry.size.bytes, entry.size.reclaimable, entry.size.files,
    time(entry.writtenMs), time(entry.usedMs), entry.id, entry.place.root,
  ]));
}
