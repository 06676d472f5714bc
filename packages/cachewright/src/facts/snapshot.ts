import { AppError } from "../machine/app-error.ts";
import { redact } from "../machine/redact.ts";
import type { Facts } from "./facts.ts";

/** Names that say nothing about a person. */
const plainNames = new Set(["root", "daemon", "bin", "nobody", "user", "users", "staff", "wheel", "sudo", "www-data"]);

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** What each private word becomes: the home and the account names that occur in the facts. Longest first. */
function replacements(facts: Facts): [RegExp, string][] {
  const words = new Map<string, string>();
  const { user } = facts;
  for (const home of [user.home, user.homeAccount]) {
    if (home.ok && /^\/(?:home|Users)\/[^/]+|^\/[^/]+\/[^/]+/.test(home.value) && home.value !== "/root") words.set(home.value, "/home/user");
  }
  const name = (own: string, uid: string): void => {
    if (!plainNames.has(own) && own.length > 1) words.set(own, Number(uid) === user.uid || own === (user.name.ok ? user.name.value : "") ? "user" : `user${uid}`);
  };
  for (const [uid, own] of Object.entries(facts.accounts.users)) name(own, uid);
  for (const [gid, own] of Object.entries(facts.accounts.groups)) name(own, gid);
  if (user.sudo !== undefined) name(user.sudo.user, String(user.sudo.uid));
  return [...words].sort(([a], [b]) => b.length - a.length)
    .map(([word, plain]): [RegExp, string] => [new RegExp(`(?<![A-Za-z0-9_.-])${escapeForPattern(word)}(?![A-Za-z0-9_-])`, "g"), plain]);
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapStrings(item, change)]));
}

/** Facts as text for a file or a bug report: home, account names and secrets replaced, everything else as found. */
export function saveFacts(facts: Facts): string {
  const rules = replacements(facts);
  const change = (text: string): string => rules.reduce((kept, [word, plain]) => kept.replace(word, plain), redact(text));
  return `${JSON.stringify(mapStrings(facts, change), undefined, 1)}\n`;
}

function lineOf(text: string, error: unknown): string {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  return position === undefined ? "" : ` in line ${text.slice(0, Number(position)).split("\n").length}`;
}

/** Reads saved facts; a text that is no such thing, or of a newer schema, is refused with the place. */
export async function loadFacts(text: string): Promise<Facts> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError("E_FACTS", `the facts are not valid JSON${lineOf(text, error)}`, { hint: "save them again: cachewright doctor --save-facts FILE", cause: error });
  }
  const { FACTS_SCHEMA, factsSchema } = await import("./schema.ts");
  const schema = typeof value === "object" && value !== null ? (value as { schema?: unknown }).schema : undefined;
  if (typeof schema === "number" && schema > FACTS_SCHEMA) {
    throw new AppError("E_FACTS", `the facts are of schema ${schema}, this Cachewright reads ${FACTS_SCHEMA}`, { hint: "use the Cachewright that saved them, or a newer one" });
  }
  const parsed = factsSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new AppError("E_FACTS", `these are no facts of Cachewright: ${issue?.path.join(".") || "the whole"}: ${issue?.message ?? "unknown shape"}`, { hint: "save them again: cachewright doctor --save-facts FILE" });
  }
  return parsed.data;
}
