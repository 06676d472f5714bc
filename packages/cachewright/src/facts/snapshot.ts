import { basename } from "node:path";
import { AppError } from "../machine/app-error.ts";
import { redact } from "../machine/redact.ts";
import type { Facts } from "./facts.ts";
import { jsonFaultAt } from "./json-fault.ts";

/** Names that say nothing about a person: of the system, of containers, and of directories every machine has. */
const plainNames = new Set([
  "root", "daemon", "bin", "sys", "sync", "games", "man", "lp", "mail", "news", "www", "www-data", "nobody", "nogroup", "user", "users", "staff", "wheel", "sudo", "adm",
  "app", "build", "builder", "runner", "ubuntu", "debian", "vscode", "node", "python", "conda", "docker", "pip", "cache", "home", "lib", "local", "data", "opt", "src", "tmp", "usr", "var", "nonexistent", "null",
]);

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/**
 * What each private word becomes: the account names that occur in the facts, and what homes are called. Only names
 * change, not where anything lies: a replay walks the same directories.
 */
function replacements(facts: Facts): [RegExp, string][] {
  const words = new Map<string, string>();
  const { user } = facts;
  const add = (word: string, plain: string): void => {
    if (!plainNames.has(word) && word.length > 1 && !/^\d+$/.test(word) && !words.has(word)) words.set(word, plain);
  };
  if (user.name.ok) add(user.name.value, "user");
  if (user.homeAccount.ok) add(basename(user.homeAccount.value), "user");
  const named = (own: string, uid: number): void => add(own, uid === user.uid ? "user" : `user${uid}`);
  for (const [uid, own] of Object.entries(facts.accounts.users)) named(own, Number(uid));
  for (const [gid, own] of Object.entries(facts.accounts.groups)) add(own, `group${gid}`);
  if (user.sudo !== undefined) named(user.sudo.user, user.sudo.uid);
  if (user.home.ok) add(basename(user.home.value), "other-home");
  // A name counts as a word of its own: "ada" in "ada-tools" and "ada.old", but not in "Canada".
  return [...words].sort(([a], [b]) => b.length - a.length)
    .map(([word, plain]): [RegExp, string] => [new RegExp(`(?<![A-Za-z0-9])${escapeForPattern(word)}(?![A-Za-z0-9])`, "g"), plain]);
}

/**
 * Words of our own that say what a fact is, not what was found: an account may be called "system" or "file" like one
 * of them, and its name must not take their place.
 */
const ownWords = new Set(["ok", "reason", "call", "state", "type", "kind", "level", "found", "key", "section", "purpose", "environment", "errno", "cacheFrom", "access", "read", "write", "search", "version", "platform", "arch", "at", "node", "cachewright", "by", "tools"]);

/** Keys are ours, but for the records of paths, variables and accounts; only those of paths hold names. */
function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [
    key.startsWith("/") ? change(key) : key,
    ownWords.has(key) && isOwn(item) ? item : mapStrings(item, change),
  ]));
}

/** Where such a key holds more than a plain word, it is somebody's text. */
function isOwn(item: unknown): boolean {
  return typeof item === "string" ? !/[/~@\s]/.test(item) : Array.isArray(item) && item.every(isOwn);
}

/** Facts as text for a file or a bug report: home, account names and secrets replaced, everything else as found. */
export function saveFacts(facts: Facts): string {
  const rules = replacements(facts);
  const change = (text: string): string => rules.reduce((kept, [word, plain]) => kept.replace(word, plain), redact(text));
  return `${JSON.stringify(mapStrings(facts, change), undefined, 1)}\n`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const line = text.slice(0, jsonFaultAt(text)).split("\n").length;
    throw new AppError("E_FACTS", `the facts are not valid JSON in line ${line}`, { hint: "save them again: cachewright doctor --save-facts FILE", cause: error });
  }
}

/** Reads saved facts; a text that is no such thing, or of a newer schema, is refused with the place. */
export async function loadFacts(text: string): Promise<Facts> {
  const value = parse(text);
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
