/**
 * SARIF 2.1.0 (OASIS, errata 01), as code scanners take it in. What is about the machine has a logical location that names
 * it; GitHub shows results with a physical one only, so whoever reports gives a path where one is known.
 */
import { createHash } from "node:crypto";
import { redact } from "../../machine/redact.ts";
import { artifactUri, isAbsoluteUri } from "./artifact-uri.ts";
import { plainLine, plainLines } from "./plain-lines.ts";
import type { Level, Reported, ReportedRule } from "./reported.ts";

export interface Sarif {
  readonly rules: readonly ReportedRule[];
  readonly results: readonly Reported[];
  readonly version: string;
  /** What could not be looked at, a sentence each. */
  readonly notLookedAt?: readonly string[];
}

const ranks: Record<Level, number> = { note: 0, warning: 1, error: 2 };

/** One log with one run; a value for `JSON.stringify`. */
export function sarifLog({ rules, results, version, notLookedAt = [] }: Sarif): object {
  const fingerprints = fingerprintsOf(results);
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [{
      tool: { driver: { name: "Cachewright", version, semanticVersion: version, rules: rules.map((rule) => ruleObject(rule, results)) } },
      invocations: [{
        executionSuccessful: true,
        ...(notLookedAt.length === 0 ? {} : { toolExecutionNotifications: notLookedAt.map((text) => ({ level: "note", message: message(text) })) }),
      }],
      originalUriBaseIds: { "%SRCROOT%": { description: { text: "The directory that was looked at." } } },
      columnKind: "utf16CodeUnits",
      results: results.map((result, i) => resultObject(result, rules, fingerprints[i] ?? "")),
    }],
  };
}

function ruleObject(rule: ReportedRule, results: readonly Reported[]): object {
  const levels = results.filter((one) => one.rule === rule.id).map((one) => one.level);
  const level = rule.level ?? levels.sort((a, b) => ranks[b] - ranks[a])[0] ?? "warning";
  const help = rule.help ?? rule.description;
  return {
    id: rule.id,
    shortDescription: { text: plainLine(rule.title) },
    fullDescription: { text: plainLines(rule.description) },
    help: { text: plainLines(help), markdown: plainLines(help) },
    defaultConfiguration: { level },
  };
}

function resultObject(result: Reported, rules: readonly ReportedRule[], fingerprint: string): object {
  const ruleIndex = rules.findIndex((rule) => rule.id === result.rule);
  const physical = result.path === undefined ? {} : { physicalLocation: physicalLocation(result.path, result.range) };
  const inProject = result.path !== undefined && !isAbsoluteUri(artifactUri(result.path));
  const logical = inProject ? {} : { logicalLocations: [{ fullyQualifiedName: plainLine(result.subject), kind: "resource" }] };
  return {
    ruleId: result.rule,
    ...(ruleIndex < 0 ? {} : { ruleIndex }),
    level: result.level,
    message: message(result.message),
    locations: [{ ...physical, ...logical }],
    partialFingerprints: {
      "cachewrightFinding/v1": fingerprint,
      // GitHub's upload computes this one from the lines of files in the project, and takes ours for the rest.
      ...(inProject ? {} : { primaryLocationLineHash: fingerprint }),
    },
  };
}

function physicalLocation(path: string, range: Reported["range"]): object {
  const uri = artifactUri(redact(path));
  return {
    artifactLocation: { uri, ...(isAbsoluteUri(uri) ? {} : { uriBaseId: "%SRCROOT%" }) },
    ...(range === undefined ? {} : {
      region: {
        startLine: range.line,
        ...(range.column === undefined ? {} : { startColumn: range.column }),
        ...(range.endLine === undefined ? {} : { endLine: range.endLine }),
        ...(range.endColumn === undefined ? {} : { endColumn: range.endColumn }),
      },
    }),
  };
}

/**
 * Text that means itself. Only what a viewer would take for a placeholder (3.11.5) or a link (3.11.6) is escaped: most
 * viewers show `{{` as it stands.
 */
function message(text: string): { text: string } {
  const plain = plainLines(text);
  return { text: plain.replace(/\{(\d+)\}/g, "{{$1}}").replace(/\[(?=(?:[^\][\\]|\\.)*\]\()/g, "\\[") };
}

/** The same over runs while rule, file and subject are; lines move. Equal ones are counted, in their order. */
function fingerprintsOf(results: readonly Reported[]): string[] {
  const seen = new Map<string, number>();
  return results.map(({ rule, path = "", subject }) => {
    const hash = createHash("sha256").update([rule, path, subject].map(plainLine).join("\0")).digest("hex").slice(0, 32);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  });
}
