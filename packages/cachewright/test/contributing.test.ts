import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const guide = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");

it("CONTRIBUTING.md's page for a new problem is taken by the generator as it stands there", () => {
  const [, page = ""] = /^```markdown\n([\s\S]*?)^```$/m.exec(guide) ?? [];
  const problems = mkdtempSync(join(tmpdir(), "cachewright-template-"));
  try {
    mkdirSync(join(problems, "tmp-full"));
    writeFileSync(join(problems, "tmp-full/page.md"), page);
    const done = spawnSync(process.execPath, [join(root, "scripts/generate.mjs"), "--problems", problems], { encoding: "utf8" });
    expect(done.stderr).not.toMatch(/page\.md/);
    expect(done.status).toBe(0);
    const texts = readFileSync(join(problems, "texts.generated.ts"), "utf8");
    expect(texts).toContain('"severity":"error"');
    expect(texts).toContain('"id":"other-place"');
    writeFileSync(join(problems, "tmp-full/page.md"), page.replace(/^## Sources\n[\s\S]*/m, ""));
    expect(spawnSync(process.execPath, [join(root, "scripts/generate.mjs"), "--problems", problems]).status).toBe(1);
  } finally {
    rmSync(problems, { recursive: true });
  }
});

it("CONTRIBUTING.md names files that are there", () => {
  const named = [...guide.matchAll(/`((?:src|test|clinic)\/[\w./-]*[\w/])`/g)].map((match) => match[1] ?? "");
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(join(root, "packages/cachewright", path)))).toEqual([]);
});
