/** How conda takes a written value for what a setting wants to be (conda 26.7 auxlib/type_coercion.py). */

const yes: readonly string[] = ["true", "yes", "on", "y"];
const no: readonly string[] = ["false", "off", "n", "no", "non", "none", ""];
const nothing: readonly string[] = ["none", "~", "null", "\0"];

export type Scalar = string | number | boolean | null;

/** undefined: no boolean (`TypeCoercionError`). */
export function condaBoolean(value: Scalar, isNullable: boolean): boolean | null | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0;
  const word = (value ?? "None").trim().toLowerCase().replace(".", "");
  if (/^\p{N}+$/u.test(word)) return Number(word) !== 0;
  if (yes.includes(word)) return true;
  if (isNullable && nothing.includes(word)) return null;
  if (no.includes(word)) return false;
  // complex() of Python: "-1", "1e3" (its point is gone), "inf" and "nan" are true unless they are zero.
  if (/^[-+]?(?:\d+(?:e[-+]?\d+)?|inf(?:inity)?|nan)j?$/.test(word)) return /[1-9]|inf|nan/.test(word.replace(/e.*/, ""));
  return undefined;
}

/** `SafetyChecks`; booleans are none of them. undefined: not one. */
export function condaSafety(value: Scalar): string | undefined {
  const text = typeof value === "string" ? value.trim() : value;
  return text === "disabled" || text === "warn" || text === "enabled" ? text : undefined;
}

/** `local_repodata_ttl`: a whole number or a boolean. undefined: neither (`InvalidTypeError`). */
export function condaNumber(value: Scalar): number | boolean | undefined {
  if (typeof value === "number") return Number.isInteger(value) ? value : undefined;
  if (typeof value !== "string") return value ?? undefined;
  const text = value.trim();
  if (/^(?:true|yes|on)$/i.test(text)) return true;
  if (/^(?:false|no|off)$/i.test(text)) return false;
  return /^[-+]?\d+$/.test(text) ? Number(text) : undefined;
}
