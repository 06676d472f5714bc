/** A cache mount that belongs to root, in a step of somebody else. */
import { cachePlace } from "../../cache-place.ts";
import { cacheSwitch } from "../../cache-off.ts";
import { mountOver } from "../../mounted.ts";
import type { LintFinding, Rule } from "../../rule.ts";
import type { Account, Mount, Step } from "../../source.ts";
import { fillingRun, type CachingTool } from "../../tool-run.ts";

export const rule: Rule = {
  code: "cache-mount-owner",
  kinds: ["dockerfile"],
  check: ({ steps }) => steps.flatMap(checkStep),
};

function checkStep(step: Step): LintFinding[] {
  const found = new Map<Mount, LintFinding>();
  for (const { tool, command } of step.commands.flatMap((one) => fillingRun(one) ?? [])) {
    const mount = mountOver(step, tool, cachePlace(tool, command).path);
    if (mount?.type !== "cache" || found.has(mount) || cacheSwitch(tool, command).state === "off") continue;
    if (isOther(command.account) && !mayWrite(mount, command.account)) found.set(mount, findingOf(mount, { tool, account: command.account }));
  }
  return [...found.values()];
}

/** Known to be somebody else than root. */
function isOther({ user, uid }: Account): boolean {
  return uid === undefined ? user !== undefined && user !== "root" : uid !== 0;
}

/** BuildKit: uid 0, gid 0, mode 0755 unless the mount says otherwise. What is not known is taken as right. */
function mayWrite({ options }: Mount, { uid }: Account): boolean {
  const mode = options.get("mode");
  const bits = mode === undefined ? 0o755 : Number.parseInt(mode.value ?? "777", 8);
  if ((bits & 0o002) !== 0) return true;
  if ((bits & 0o020) !== 0 && options.has("gid")) return true;
  const owner = options.get("uid");
  if (owner === undefined) return false;
  return owner.value === undefined || uid === undefined || owner.value === String(uid);
}

function findingOf(mount: Mount, { tool, account }: { tool: CachingTool; account: Account }): LintFinding {
  const owner = mount.options.get("uid");
  const { uid, user } = account;
  const who = user === undefined || user === String(uid) ? `user ${uid ?? ""}` : `${user}${uid === undefined ? "" : ` (${uid})`}`;
  return {
    range: owner?.range ?? mount.range,
    message: `the cache mount belongs to user ${owner?.value ?? "0 (root)"}, and ${tool} runs here as ${who}: ${tool === "uv" ? "it stops" : "it works without a cache"}`,
    instead: uid === undefined ? "uid=… and gid=… of that user (`id -u`)" : `uid=${uid},gid=…`,
    ...(tool === "uv" ? { level: "error" as const } : {}),
    ...(uid === undefined || owner !== undefined ? {} : { fix: { says: `Add uid=${uid}`, edits: [{ start: mount.range.end, end: mount.range.end, content: `,uid=${uid}` }] } }),
  };
}
