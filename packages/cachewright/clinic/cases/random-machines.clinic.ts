/**
 * What is in force on random machines, held to what the real tools say of them. A few by default;
 * `CACHEWRIGHT_MACHINES=500 CACHEWRIGHT_MACHINES_SEED=7 npm run clinic -- random-machines` makes 500 others of each tool.
 */
import { describe, expect, inject, it } from "vitest";
import { compare } from "../machines/compare.ts";
import { subjects } from "../machines/subjects.ts";
import { findCondas } from "../tools/condas.ts";
import { findPythonTool, wantedTools } from "../tools/python-tools.ts";

const count = Number(process.env["CACHEWRIGHT_MACHINES"] ?? 15);
const seed = Number(process.env["CACHEWRIGHT_MACHINES_SEED"] ?? 20261121);

describe(`${count} random machines from seed ${seed}`, () => {
  const { pythons, obstacle } = inject("equipment");
  for (const wanted of wantedTools) {
    const subject = subjects[wanted.tool];
    const found = obstacle === null ? findPythonTool(wanted, pythons) : undefined;
    const reason = obstacle ?? found?.obstacle ?? null;
    it.skipIf(reason !== null)(`${wanted.tool} ${found?.version ?? wanted.version ?? "newest"} says the same of each${reason === null ? "" : ` (${reason})`}`, async () => {
      if (subject === undefined || found?.prefix === undefined || found.prefix === null) throw new Error("not to be run");
      const differences = await compare(subject, { version: found.version, prefix: found.prefix }, { seed, count });
      expect(differences.map((one) => JSON.stringify(one, null, 1))).toEqual([]);
    });
  }
  for (const { conda, obstacle: missing } of findCondas()) {
    const reason = obstacle ?? missing;
    it.skipIf(reason !== null)(`conda${conda === null ? "" : ` ${conda.version.join(".")} of ${conda.root}`} says the same of each${reason === null ? "" : ` (${reason})`}`, async () => {
      if (subjects.conda === undefined || conda === null) throw new Error("not to be run");
      const differences = await compare(subjects.conda, { version: conda.version.join("."), prefix: conda.root }, { seed, count });
      expect(differences.map((one) => JSON.stringify(one, null, 1))).toEqual([]);
    });
  }
});
