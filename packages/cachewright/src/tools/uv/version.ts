/** uv's version numbers ("0.13.9") and the specifiers of `required-version`, ordered as PEP 440 orders them. */
import { comparePipVersions } from "../pip/version.ts";

export const compareUvVersions: (a: string, b: string) => number = comparePipVersions;

export function uvAtLeast(version: string, least: string): boolean {
  return compareUvVersions(version, least) >= 0;
}

/** Whether a version meets "==0.5.*", ">=0.5,<0.6", "~=0.5.3" or a bare "0.5.3". What cannot be read is met: nothing false is said. */
export function satisfiesUvVersion(version: string, specifiers: string): boolean {
  return specifiers.split(",").map((part) => part.trim()).filter((part) => part !== "").every((part) => meets(version, part));
}

function meets(version: string, specifier: string): boolean {
  const match = /^(===|==|!=|<=|>=|~=|<|>)?\s*v?(\d+(?:\.\d+)*)([a-z0-9.]*?)(\.\*)?$/i.exec(specifier);
  if (match === null) return true;
  const [, operator = "==", release = "", rest = "", star] = match;
  const difference = compareUvVersions(version, release + rest);
  const hasPrefix = `${version}.`.startsWith(`${release}.`);
  switch (operator) {
    case "==": case "===": return star === undefined ? difference === 0 : hasPrefix;
    case "!=": return star === undefined ? difference !== 0 : !hasPrefix;
    case "<": return difference < 0;
    case "<=": return difference <= 0;
    case ">": return difference > 0;
    case ">=": return difference >= 0;
    default: return difference >= 0 && `${version}.`.startsWith(`${release.split(".").slice(0, -1).join(".")}.`);
  }
}
