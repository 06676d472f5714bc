/** All messages, sorted by the literal that the scan finds them with. */
import type { ErrorClaim, Message } from "../problems/message.ts";
import { allMessages } from "../problems/messages.generated.ts";
import { consequenceMessages, type ConsequenceMessage } from "./consequences.ts";
import { strerrorTriggers } from "../problems/strerror-words.ts";
import { literalSearch, type LiteralSearch } from "./literal-search.ts";
import { notOursMessages, type NotOursMessage } from "./not-ours.ts";

export type Rule =
  | { readonly kind: "message"; readonly problem: string; readonly message: Message }
  | { readonly kind: "not-ours"; readonly message: NotOursMessage }
  | { readonly kind: "consequence"; readonly message: ConsequenceMessage }
  | { readonly kind: "error" }
  | { readonly kind: "version"; readonly pattern: RegExp }
  | { readonly kind: "source"; readonly pattern: RegExp }
  | { readonly kind: "success" }
  | { readonly kind: "decided"; readonly problem: string; readonly pattern: RegExp };

export interface Claim {
  readonly problem: string;
  readonly id: string;
  readonly claim: ErrorClaim;
}

export interface Rulebook {
  readonly search: LiteralSearch;
  /** Every literal that is looked for. */
  readonly triggers: readonly string[];
  rulesFor(trigger: string): readonly Rule[];
  /** By errno, the highest rank first. */
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
}

/** Words of an operating-system error; case as tools print it. */
const errorTriggers = [
  "Errno ", "os error ", "WinError ", "EACCES: ", "EPERM: ", "ENOSPC: ", "EROFS: ", "EDQUOT: ", "ermission denied",
  "o space left on device", "ead-only file", "eration not permitted", "isk quota exceeded", "Error(13, ", "Error(28, ",
  "Error(30, ", "Error(122, ", "enough space on the disk", "failed to map segment", "Lacking write permission to",
  ...(["EACCES", "EPERM", "ENOSPC", "EROFS", "EDQUOT"] as const).flatMap(strerrorTriggers),
];
const versionRules: readonly (readonly [string, RegExp])[] = [
  ["using pip version ", /\busing pip version (?<pip>\d[\w.]{0,20})[,;]/],
  ["release of pip", /new release of pip (?:is )?available: (?<pip>\d[\w.]{0,20}) ->/],
  ["pip (python ", /\bpip (?<pip>\d[\w.]{0,20}) from /],
  ["DEBUG uv ", /\bDEBUG uv (?<uv>\d[\w.]{0,20})/],
];

/** pip names the source tree that it builds; setuptools then names files below it by relative paths. */
const sourceTree = /^(?:Processing |Obtaining file:\/\/)(\/[^\n]{1,4096}?)(?<!\.(?:whl|zip|gz|bz2|xz|tgz))(?: \(from .{0,4096}\))?$/;

/**
 * Words that settle a question another problem's page leaves open ("also possible"): a finding that is only
 * possible beside it is dropped. For problems that have no messages of their own.
 */
const decidedRules: readonly (readonly [string, string, RegExp])[] = [
  ["unknown-uid", "uid not found: ", /getpwuid\(\): uid not found: \d/],
];

export function rulebook(): Rulebook {
  const rules: (readonly [string | readonly string[], Rule])[] = [
    ...allMessages.flatMap(({ problem, messages }) => messages.messages.map((message) => [message.trigger, { kind: "message", problem, message }] as const)),
    ...notOursMessages.map((message) => [message.trigger, { kind: "not-ours", message }] as const),
    ...consequenceMessages.map((message) => [message.trigger, { kind: "consequence", message }] as const),
    ...versionRules.map(([trigger, pattern]) => [trigger, { kind: "version", pattern }] as const),
    ...decidedRules.map(([problem, trigger, pattern]) => [trigger, { kind: "decided", problem, pattern }] as const),
    [errorTriggers, { kind: "error" }],
    ["Successfully installed ", { kind: "success" }],
    [["Processing /", "Obtaining file:///"], { kind: "source", pattern: sourceTree }],
  ];
  const byTrigger = new Map<string, Rule[]>();
  for (const [trigger, rule] of rules) {
    for (const literal of [trigger].flat().flatMap(unquoted)) byTrigger.set(literal, [...(byTrigger.get(literal) ?? []), rule]);
  }
  return {
    search: literalSearch([...byTrigger.keys()]),
    triggers: [...byTrigger.keys()],
    rulesFor: (trigger) => byTrigger.get(trigger) ?? [],
    claims: claimsByErrno(),
  };
}

/** The trigger without its quotes, which web pages and notebooks write as entities. */
function unquoted(trigger: string): string[] {
  if (!/['"<>&]/.test(trigger)) return [trigger];
  const longest = trigger.split(/['"<>&]+/).reduce((best, part) => (part.length > best.length ? part : best));
  return longest.length >= 9 ? [longest] : [trigger, trigger.replaceAll("'", "&#39;").replaceAll('"', "&quot;")];
}

function claimsByErrno(): Map<string, Claim[]> {
  const claims = new Map<string, Claim[]>();
  for (const { problem, messages } of allMessages) {
    messages.claims?.forEach((claim, index) => {
      for (const errno of claim.errno) claims.set(errno, [...(claims.get(errno) ?? []), { problem, id: `claim-${index + 1}`, claim }]);
    });
  }
  for (const list of claims.values()) list.sort((a, b) => b.claim.rank - a.claim.rank);
  return claims;
}
