import { parseAge, parseBytes } from "../caches/amounts.ts";
import { chooseFromCaches, type PolicyContext, type PrunePolicy } from "../caches/policy.ts";
import { readPolicy, type PolicyFile } from "../caches/policy-file.ts";
import { ownConfigPath, parseOwnToml } from "../facts/own-config.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import type { ToolName } from "../tools/tool.ts";
import { remove, type Seen } from "./cache-remove.ts";
import { toolsNamed } from "./cache-words.ts";
import { isOn, valueOf, valuesOf, type Call } from "./command.ts";
import { usageHint } from "./parse-call.ts";

const byOption = ["keep-size", "free", "older-than", "unused", "keep-versions", "gone-pythons", "keep", "no-leftovers", "now"];

export async function runCachePrune(call: Call): Promise<number> {
  const tools = await toolsNamed(call.words);
  if (valueOf(call, "install-timer") !== undefined) return (await import("./cache-timer.ts")).installTimer(call);
  if (isOn(call, "auto")) return pruneByFile(call, tools);
  if (valueOf(call, "policy") !== undefined) throw new AppError("E_USAGE", "--policy is for --auto", { hint: usageHint(call.command) });
  const policy = policyOf(call);
  return remove(call, tools, (seen) => ({ chosen: chosenBy(seen, () => policy) }));
}

/** Asks nothing: whoever wrote the file has agreed. */
async function pruneByFile(call: Call, tools: readonly ToolName[] | undefined): Promise<number> {
  const stray = byOption.find((name) => call.options[name] !== undefined);
  if (stray !== undefined) throw new AppError("E_USAGE", `--auto takes its policy from a file, not from --${stray}`, { hint: usageHint(call.command) });
  const { now, policy, tools: own } = await policyFile(call, await call.machine());
  const agreed: Call = { ...call, options: { ...call.options, yes: true, ...(now && { now: true }) } };
  return remove(agreed, tools, (seen) => ({ chosen: chosenBy(seen, (tool) => own.get(tool) ?? policy) }));
}

export async function policyFile(call: Call, machine: Machine): Promise<PolicyFile> {
  const account = machine.account();
  const file = valueOf(call, "policy") ?? ownConfigPath(machine, machine.env["HOME"] || (account.ok ? account.value.home : undefined), "prune.toml");
  const bytes = file === undefined ? undefined : machine.readFile(file);
  if (file === undefined || bytes === undefined || !bytes.ok) {
    throw new AppError("E_CONFIG", `${file ?? "prune.toml"} cannot be read${bytes?.ok === false ? ` (${bytes.errno})` : ""}`, { hint: `--auto follows a policy that you write there, for example:\n${(await import("../caches/policy-file.ts")).examplePolicy}` });
  }
  return readPolicy(file, await parseOwnToml({ file, text: bytes.value.toString("utf8").replace(/^\ufeff/, "") }));
}

function chosenBy({ machine, inventories, now }: Seen, policyFor: (tool: ToolName) => PrunePolicy): ReturnType<Parameters<typeof remove>[2]>["chosen"] {
  const caches = inventories.map(({ place, entries, ask }) => ({ entries, policy: policyFor(place.tool), context: contextOf(machine, now, ask.pythons) }));
  const devices = new Map(inventories.map(({ place: { root } }) => {
    const stat = machine.stat(root);
    return [root, stat.ok ? stat.value.dev : root];
  }));
  return chooseFromCaches(caches, (root) => devices.get(root) ?? root).map(({ entry }) => entry);
}

function contextOf(machine: Machine, now: number, pythons: readonly string[]): PolicyContext {
  const known = new Set(pythons.map((version) => version.replaceAll(/\D/g, "")));
  const spaces = new Map<string, number>();
  return {
    now,
    available: (root) => {
      const space = spaces.has(root) ? undefined : machine.space(root);
      if (space !== undefined) spaces.set(root, space.ok ? space.value.available : Number.POSITIVE_INFINITY);
      return spaces.get(root) ?? Number.POSITIVE_INFINITY;
    },
    // "py3" is for any of that line; nobody knows anything where no Python was found.
    isPythonHere: (tag) => (known.size === 0 || /^py\d$/.test(tag) ? undefined : known.has(tag.replaceAll(/\D/g, ""))),
  };
}

function policyOf(call: Call): PrunePolicy {
  const bytes = (name: string): number | undefined => {
    const value = valueOf(call, name);
    return value === undefined ? undefined : parseBytes(`--${name}`, value);
  };
  const age = valueOf(call, "older-than");
  const versions = valueOf(call, "keep-versions");
  if (versions !== undefined && !/^[1-9]\d*$/.test(versions)) throw new AppError("E_USAGE", `--keep-versions wants a number from 1, not ${versions}`, { hint: usageHint(call.command) });
  return {
    leftovers: !isOn(call, "no-leftovers"), olderThan: age === undefined ? undefined : parseAge("--older-than", age), unused: isOn(call, "unused"),
    keepVersions: versions === undefined ? undefined : Number(versions), gonePythons: isOn(call, "gone-pythons"), keepSize: bytes("keep-size"), free: bytes("free"), keep: valuesOf(call, "keep"),
  };
}
