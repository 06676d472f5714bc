import { redact } from "../../machine/redact.ts";

/** The same value with no secret in any of its strings: to be done before escaping, which would hide the shape of a URL. */
export function withoutSecrets<T>(value: T): T {
  return cleaned(value) as T;
}

function cleaned(value: unknown): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key), cleaned(item)]));
}
