/** Runs inside a room, bundled into one file: what an adapter says of a cache there, as JSON. */
import { nodeMachine } from "../../src/machine/node-machine.ts";
import { loadCache } from "../../src/tools/all-caches.ts";
import type { CacheAsk, Environment } from "../../src/tools/tool-cache.ts";
import type { ToolName } from "../../src/tools/tool.ts";
import { uvMovedLinks } from "../../src/tools/uv/moved-links.ts";
import { uvPrunable } from "../../src/tools/uv/prunable.ts";

interface Question {
  readonly tool: ToolName;
  readonly root: string;
  readonly versions: readonly string[];
  /** So much later than now. */
  readonly laterMs: number;
  readonly environments: readonly Environment[];
}

const question = JSON.parse(process.argv[2] ?? "") as Question;
const cache = await loadCache(question.tool);
if (cache === undefined) throw new Error(`no adapter for ${question.tool}`);
const ask: CacheAsk = { machine: nodeMachine(), root: question.root, now: Date.now() + question.laterMs, versions: question.versions, pythons: [] };
const listing = cache.list(ask);
process.stdout.write(JSON.stringify({
  listing,
  verdicts: [...cache.verify(ask, listing.entries)],
  uses: Object.fromEntries(cache.usedBy?.(ask, listing.entries, question.environments) ?? []),
  lock: cache.lock(ask),
  distributions: [...(cache.distributions?.(ask, listing.entries) ?? [])],
  ...(question.tool === "uv" ? { moved: uvMovedLinks(ask, listing.entries), prunable: uvPrunable(ask, listing.entries) } : {}),
}));
