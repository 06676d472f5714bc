/**
 * What the bench starts for a weighing and a clearing as long as it measures the functions themselves. Bundled by
 * `caches.mjs` as the command is.
 *
 *   weigh.mjs weigh|later|delete DIRECTORY [THREADS]
 */
import { deleteTreeSync } from "../src/machine/delete-tree.ts";
import { weighKept } from "../src/machine/weigh-kept.ts";
import { weighTrees } from "../src/machine/weigh-trees.ts";

const [what, root, count] = process.argv.slice(2);
const threads = count === undefined ? {} : { threads: Number(count) };
const uid = process.getuid?.() ?? -1;
const owner = { env: process.env, identity: { uid, euid: uid, gid: uid, egid: uid, groups: [] }, account: () => ({ ok: false, errno: "ENOENT" }) };

if (what === "weigh") {
  const [{ total, units: _ }] = await weighTrees([{ root }], threads);
  process.stdout.write(`${JSON.stringify(total)}\n`);
} else if (what === "later") {
  const [{ total, asOf }] = await weighKept(owner, [{ root }], threads);
  process.stdout.write(`${JSON.stringify({ ...total, asOf })}\n`);
} else {
  const { removed, left } = deleteTreeSync(root, threads);
  process.stdout.write(`${removed} ${left.length}\n`);
  process.exitCode = left.length === 0 ? 0 : 1;
}
