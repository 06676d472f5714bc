import type { HeldEntry, UsedIn, WhyHeld } from "../../caches/why.ts";
import type { Use } from "../../tools/tool-cache.ts";
import { bytesText, countText } from "./amounts.ts";
import type { Look } from "./look.ts";
import { visiblePath, visibleText } from "./visible.ts";

const ways: Record<Use["how"], string> = {
  "soft-link": "linked to it: breaks without it",
  "hard-link": "shares its files: keeps them",
  "copy": "has that version installed",
  "unknown": "cannot be looked into, and may use it",
};

/** Which caches hold a project, and which environments use it. `directories`: what was searched because it was named. */
export function whyText(why: WhyHeld, look: Look, directories: readonly string[] = []): string {
  const { project, held, installed, looked } = why;
  const seen = `${countText(looked.caches, "cache")} and ${countText(looked.environments, "environment")} were looked at`;
  const parts = held.length + installed.length === 0
    ? [`${visibleText(project)} is in no cache and no environment known here (${seen}).\n`]
    : [look.paint("bold", `${visibleText(project)}\n`), heldText(held, look), installedText(installed, held.length > 0), look.paint("dim", `${seen}.\n`)];
  return [...parts, directories.length === 0 ? elsewhereText(look) : "", unreadText(why, look)].filter((part) => part !== "").join("\n");
}

function heldText(held: readonly HeldEntry[], look: Look): string {
  if (held.length === 0) return "No cache holds it.\n";
  const rows = held.map(({ tool, entry, bytes }) => [tool, visibleText(entry.version ?? "-"), entry.kind, bytes === null ? "-" : bytesText(bytes)]);
  const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const lines = held.flatMap(({ entry, users, cache }, i) => [
    `  ${(rows[i] ?? []).map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ")}  ${visibleText(entry.detail ?? "")}`.trimEnd(),
    `      ${look.paint("dim", visiblePath(`${cache}/${entry.id}`))}`,
    ...(users.length === 0 ? ["      no environment known here uses it"] : users.map(({ environment, how }) => `      ${visiblePath(environment)} ${ways[how]}`)),
  ]);
  return `In caches:\n${lines.join("\n")}\n`;
}

function installedText(installed: readonly UsedIn[], isHeld: boolean): string {
  if (installed.length === 0) return isHeld ? "Installed in no environment known here.\n" : "";
  const widest = Math.max(...installed.map(({ version }) => (version ?? "?").length));
  return `Installed:\n${installed.map(({ version, environment }) => `  ${visibleText(version ?? "?").padEnd(widest)}  ${visiblePath(environment.prefix)}\n`).join("")}`;
}

/** Nobody can know them all: a project's own environment shows only to who stands in it. */
function elsewhereText(look: Look): string {
  return look.paint("dim", "Environments are looked for where tools keep them, in this project and in the home; --environments DIR searches DIR too.\n");
}

const mostUnread = 10;

function unreadText({ unread }: WhyHeld, look: Look): string {
  if (unread.length === 0) return "";
  const lines = unread.slice(0, mostUnread).map(({ path, errno }) => `  ${visiblePath(path)} (${errno})\n`);
  const more = unread.length > mostUnread ? `  and ${unread.length - mostUnread} more\n` : "";
  return `${look.paint("yellow", `${countText(unread.length, "place")} may not be read; what is there is unknown:`)}\n${lines.join("")}${more}`;
}
