/** Red text that people paste leads to the problem behind it, whole or one line of it, and names lead to their pages. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { find, type Explain, type Findings } from "../../site/search/find.ts";
import { searchData } from "../../site/search/search-index.ts";
import { sitePages } from "../../site/site.ts";
import { explainText } from "../../src/explain/explain-log.ts";
import { problemIds } from "../../src/problems/registry.generated.ts";

interface Case {
  readonly id: string;
  readonly label: string;
  readonly accept: readonly string[];
  readonly decidable: boolean;
  readonly log: string;
}

const src = join(import.meta.dirname, "../../src");
const files = ["corpus", "conda", "conda-likes", "uv", "further", "further-project-tools", "pipx-pyenv"];
const cases = files.flatMap((name) => readFileSync(join(src, `explain/fixtures/${name}.jsonl`), "utf8").trim().split("\n").map((line) => JSON.parse(line) as Case));
const ours = cases.filter(({ label, decidable }) => decidable && problemIds.includes(label));
const data = searchData((await sitePages(src)).flatMap(({ search }) => search));

const first = (query: string, explain?: Explain): string => find(query, data, explain).found[0]?.path ?? "";
const isRight = ({ label, accept }: Case, path: string): boolean => [label, ...accept].some((problem) => path === `problems/${problem}.html`);

/** The line that decides, as `explain` numbers it: what one would copy out of a terminal. */
function decidingLine({ log }: Case): string | undefined {
  const [best] = explainText(log).findings;
  return best === undefined ? undefined : log.split("\n")[best.lines[0] - 1];
}

const rates: string[] = [];

function rate(name: string, right: readonly boolean[]): number {
  const share = right.filter(Boolean).length / right.length;
  rates.push(`${name}: first of all results in ${right.filter(Boolean).length} of ${right.length} (${(share * 100).toFixed(1)} %)`);
  return share;
}

describe("the search of the documentation", () => {
  afterAll(() => console.log(rates.join("\n")));

  it("finds the problem behind a whole log first, in 98 of 100 whose text decides it", () => {
    expect(ours.length).toBeGreaterThan(300);
    expect(rate("whole logs", ours.map((one) => isRight(one, first(one.log, explainText))))).toBeGreaterThanOrEqual(0.98);
  });

  it("finds it from the deciding line alone, in 93 of 100", () => {
    const lines = ours.flatMap((one) => { const line = decidingLine(one); return line === undefined ? [] : [{ one, line }]; });
    expect(lines.length).toBeGreaterThan(300);
    expect(rate("single lines", lines.map(({ one, line }) => isRight(one, first(line, explainText))))).toBeGreaterThanOrEqual(0.93);
  });

  it("finds it by words alone, should `explain` not know the line, among the first five in 90 of 100", () => {
    const lines = ours.flatMap((one) => { const line = decidingLine(one); return line === undefined ? [] : [{ one, line }]; });
    rate("single lines, words alone", lines.map(({ one, line }) => isRight(one, first(line))));
    const among = lines.map(({ one, line }) => find(line, data).found.slice(0, 5).some(({ path }) => isRight(one, path)));
    expect(rate("single lines, words alone, among five", among)).toBeGreaterThanOrEqual(0.9);
  });

  it.each([
    ["cache-not-owned", "problems/cache-not-owned.html"], ["disk full", "problems/disk-full.html"], ["externally managed", "problems/externally-managed.html"],
    ["PIP_NO_CACHE_DIR", "settings/pip.html#key-no-cache-dir"], ["UV_LINK_MODE", "settings/uv.html#key-link-mode"], ["pkgs_dirs", "settings/conda.html#key-pkgs-dirs"],
    ["cache prune", "commands/cache-prune.html"], ["--keep-size", "commands/cache-prune.html"], ["undo", "commands/undo.html"], ["doctor.schema.json", "schemas/doctor.html"],
    ["externally-mana", "problems/externally-managed.html"],
    ["or its parent directory is not owned or is not writable by the current user", "problems/cache-not-owned.html"],
  ])("leads from %s to %s", (query, path) => {
    expect(first(query, explainText)).toBe(path);
  });

  it.each(["sudo pip", "chmod 777", "is PIP_NO_CACHE_DIR=0 on or off"])("knows what guides say of: %s", (query) => {
    expect(find(query, data).found.map(({ path }) => path.split("#")[0])).toContain("guides.html");
  });

  it("says when what failed is not ours, and names what may hide behind it", () => {
    const { note, found } = find("WARNING: Connection interrupted while downloading.\nerror: incomplete-download", data, explainText) as Findings;
    expect(note).toContain("no cache and no permission: the network");
    expect(found.map(({ path }) => path)).toContain("problems/disk-full.html");
  });

  it("tells which line of a log says so", () => {
    const [best] = find("Collecting numpy\nERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n", data, explainText).found;
    expect(best).toMatchObject({ path: "problems/disk-full.html", line: expect.stringMatching(/^line 2\b/) as unknown });
  });

  it("finds nothing for what says nothing", () => {
    for (const query of ["", " ", "x", "qqqqzzzz"]) expect(find(query, data, explainText)).toEqual({ found: [] });
  });
});
