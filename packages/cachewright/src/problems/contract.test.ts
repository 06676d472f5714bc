/** What every problem's folder owes the rest: a whole page, words for each cure, messages that match themselves. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { allMessages } from "./messages.generated.ts";
import { loadProblem, loadProblems, problemIds } from "./registry.generated.ts";
import { texts } from "./texts.generated.ts";

const home = fileURLToPath(new URL(".", import.meta.url));
const generator = fileURLToPath(new URL("../../../../scripts/generate.mjs", import.meta.url));
const folders = readdirSync(home, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
const headings = [
  "What happens", "Why", "How we know", "Cures, gentlest first", "Check that it worked",
  "How not to get it again", "When to leave it", "Sources",
];

const pageOf = (id: string): string => readFileSync(join(home, id, "page.md"), "utf8");
const bodyOf = (id: string): string => pageOf(id).split("\n---\n").slice(1).join("\n---\n");
const frontOf = (id: string): Record<string, unknown> => parse(pageOf(id).split("\n---\n")[0] ?? "") as Record<string, unknown>;
const fencesOf = (id: string): string[] => bodyOf(id).match(/^```[\s\S]*?^```$/gm) ?? [];

describe.each(folders)("the page of %s", (id) => {
  it("has every heading, in order, with something below each", () => {
    const sections = bodyOf(id).split(/^## /m).slice(1);
    expect(sections.map((section) => section.split("\n")[0])).toEqual(headings);
    for (const section of sections) expect(section.split("\n").slice(1).join("").trim()).not.toBe("");
  });

  it("carries the folder's name and a front matter that says where and how badly it hurts", () => {
    const front = frontOf(id);
    expect(front["id"]).toBe(id);
    expect(["error", "warning", "note"]).toContain(front["severity"]);
    expect(["yes", "partly", "no"]).toContain(front["fixable"]);
    expect(front["since"]).toMatch(/^\d+\.\d+\.\d+$/);
    for (const platform of front["platforms"] as string[]) expect(["linux", "macos", "windows"]).toContain(platform);
  });

  it("says what is wrong in one line without a full stop, and the loss in a whole sentence", () => {
    const { title, says, variants = {}, costs } = frontOf(id) as { title: string; says: string; variants?: Record<string, string>; costs: string };
    for (const line of [title, says, ...Object.values(variants)]) expect(line).toMatch(/^[^\n]*[^.\n]$/);
    expect(costs).toMatch(/^(?:[A-Z]|(?:pip|uv|pipx|conda|poetry|pdm|pipenv|hatch|pyenv|virtualenv) )[^\n]*\.$/);
  });

  it("leaves no {params} in what explain prints", () => {
    expect(bodyOf(id).replace(/^```[\s\S]*?^```$/gm, "")).not.toMatch(/\{[a-z]+\}/i);
  });

  it("marks what it says of platforms nobody has tried", () => {
    const untried = (frontOf(id)["platforms"] as string[]).filter((platform) => platform !== "linux");
    if (untried.length > 0) expect(bodyOf(id).replace(/\s+/g, " ")).toContain("unproven on this platform");
  });

  it("speaks of the bad advice people find elsewhere, and never shows it as a command to copy", () => {
    expect(bodyOf(id)).toMatch(/sudo (?:pip|uv|pipx|poetry|pdm|pipenv|hatch|pyenv|virtualenv|conda)\b|chmod (-R )?777|--break-system-packages/);
    for (const fence of fencesOf(id)) expect(fence).not.toMatch(/sudo (?:pip|uv|pipx|poetry|pdm|pipenv|hatch|pyenv|conda)\b|chmod\s+(-R\s+)?(0?777|a\+w)|rm -rf/);
  });
});

describe("generated files", () => {
  it("are up to date (npm run generate)", () => {
    const { status, stderr } = spawnSync(process.execPath, [generator, "--check"], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("list each problem with a problem.ts once, and words for every folder", async () => {
    const written = folders.filter((id) => existsSync(join(home, id, "problem.ts")));
    expect(problemIds).toEqual(written);
    expect((await loadProblems()).map((problem) => problem.id)).toEqual(written);
    expect(Object.keys(texts)).toEqual(folders);
    expect(await loadProblem("no-such-problem")).toBeUndefined();
  });
});

describe.each(problemIds.map((id) => [id]))("the code of %s", (id) => {
  it("agrees with its page on id, severity and tools", async () => {
    const problem = await loadProblem(id);
    expect({ id: problem?.id, severity: problem?.severity, tools: problem?.tools }).toEqual({ id, severity: texts[id]?.severity, tools: texts[id]?.tools });
  });

  it("names no cure that its page does not describe", () => {
    for (const cure of curesNamedBy(id)) expect(Object.keys(texts[id]?.remedies ?? {})).toContain(cure);
  });

  it("gives a value for everything its page's sentences ask for", () => {
    const { says = "", variants = {} } = texts[id] ?? {};
    const asked = [says, ...Object.values(variants)].flatMap((words) => [...words.matchAll(/\{([a-z][a-zA-Z]*)\}/g)].map(([, name]) => name));
    expect(paramsNamedBy(id)).toEqual(expect.arrayContaining(asked));
  });

  it("offers somewhere each cure that its page says Cachewright applies", () => {
    const applied = Object.values(texts[id]?.remedies ?? {}).filter((cure) => cure.shownOnly === null).map((cure) => cure.id);
    const code = [sourceOf(id), ...sharedSources].join("\n");
    for (const cure of applied) expect(code).toContain(`"${cure}"`);
  });
});

describe.each(allMessages.map(({ problem, messages }) => ({ problem, messages })))("the messages of $problem", ({ messages: { messages, claims = [] } }) => {
  it("have ids of their own", () => {
    const ids = messages.map((message) => message.id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it.each(messages.map((message) => ({ ...message })))("$id matches a line of its own example", ({ trigger, pattern, example }) => {
    const triggers = [trigger].flat();
    for (const literal of triggers) expect([Buffer.byteLength(literal) >= 6, /[\x00-\x1f\x7f]/.test(literal)]).toEqual([true, false]);
    expect(pattern.flags).not.toMatch(/[gy]/);
    expect(example.split("\n").filter((line) => triggers.some((literal) => line.includes(literal)) && pattern.test(line))).not.toEqual([]);
  });

  it("claim lines with an example to show for it", () => {
    for (const { example, errno } of claims) {
      expect(example.trim()).not.toBe("");
      expect(errno).not.toEqual([]);
    }
  });
});

describe("scripts/generate.mjs", () => {
  const scratch = mkdtempSync(join(tmpdir(), "cachewright-generate-"));
  afterAll(() => rmSync(scratch, { recursive: true }));

  const generate = (page: string | undefined, ...options: string[]): { status: number | null; stderr: string } => {
    const folder = join(scratch, "cache-not-owned");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    if (page !== undefined) writeFileSync(join(folder, "page.md"), page);
    return spawnSync(process.execPath, [generator, "--problems", scratch, ...options], { encoding: "utf8" });
  };
  const good = pageOf("cache-not-owned");

  it("writes for a good page, and has nothing more to do then", () => {
    expect(generate(good, "--check").status).toBe(1);
    expect(generate(good)).toMatchObject({ status: 0, stderr: expect.stringContaining("wrote texts.generated.ts") });
    expect(generate(good)).toMatchObject({ status: 0, stderr: "" });
    expect(generate(good, "--check").status).toBe(0);
  });

  it("leaves a problem out of the registry until its problem.ts is there", () => {
    generate(good);
    expect(readFileSync(join(scratch, "registry.generated.ts"), "utf8")).not.toContain('"cache-not-owned"');
    cpSync(join(home, "cache-not-owned", "problem.ts"), join(scratch, "cache-not-owned", "problem.ts"));
    spawnSync(process.execPath, [generator, "--problems", scratch]);
    expect(readFileSync(join(scratch, "registry.generated.ts"), "utf8")).toContain('"cache-not-owned"');
  });

  it.each([
    ["no page", undefined, "is missing"],
    ["no front matter", "# a page\n", "has no front matter"],
    ["a front matter that is no YAML", good.replace("title: ", "title: ["), "front matter is no YAML"],
    ["a foreign id", good.replace("id: cache-not-owned", "id: another"), "id: another is not the folder's name"],
    ["a missing key", good.replace(/^costs: .*\n/m, ""), "front matter lacks costs"],
    ["an unknown key", good.replace("since:", "colour: red\nsince:"), "front matter has an unknown key colour"],
    ["an unknown severity", good.replace("severity: warning", "severity: fatal"), "severity: fatal is none of"],
    ["params where there are none to fill in", good.replace(/^title: .*$/m, 'title: "about {path}"'), "title: takes no {params}"],
    ["a heading out of order", good.replace("## Why", "## Whence"), "headings must be exactly"],
    ["an empty section", good.replace(/(## When to leave it\n)[\s\S]*?(?=## Sources)/, "$1\n"), "## When to leave it is empty"],
    ["a cure told twice", good.replace("### restore-mode:", "### set-aside:"), "cure set-aside: described twice"],
    ["a cure without its trade-off", good.replace(/^Trade-off: .*$/m, ""), 'cure no-sudo: lacks a paragraph "Trade-off: …"'],
    ["a cure without an id", good.replace("### set-aside: ", "### Set aside "), "a cure's heading must read"],
  ])("refuses %s and writes nothing", (_, page, fault) => {
    rmSync(join(scratch, "texts.generated.ts"), { force: true });
    const { status, stderr } = generate(page);
    expect(status).toBe(1);
    expect(stderr).toContain(`cache-not-owned/page.md: ${fault}`);
    expect(existsSync(join(scratch, "texts.generated.ts"))).toBe(false);
  });
});

const sourceOf = (id: string): string => readFileSync(join(home, id, "problem.ts"), "utf8");
const sharedSources = readdirSync(home).filter((name) => name.endsWith(".ts") && !/\.(test|generated)\.ts$/.test(name)).map((name) => readFileSync(join(home, name), "utf8"));

/** Functions several problems share, each with its text: what makes a cure for one of them names it for all. */
const sharedFunctions = new Map(sharedSources.flatMap((source) => source.split(/^(?:export )?function /m).slice(1).map((text) => [/^\w+/.exec(text)?.[0] ?? "", text] as const)));

/** A problem's own code and the text of every shared function it reaches. */
function reachableCode(id: string): string {
  const reached = new Map<string, string>();
  const reach = (source: string): void => {
    for (const [name, text] of sharedFunctions) {
      if (reached.has(name) || !new RegExp(`\\b${name}\\(`).test(source)) continue;
      reached.set(name, text);
      reach(text);
    }
  };
  reach(sourceOf(id));
  return [sourceOf(id), ...reached.values()].join("\n");
}

function curesNamedBy(id: string): string[] {
  return [...reachableCode(id).matchAll(/\bid: "([a-zA-Z-]+)",\s+needs:/g)].map(([, cure = ""]) => cure);
}

/** Keys of every `params: { … }`, long (`key: value`) and short (`key`). */
function paramsNamedBy(id: string): string[] {
  return reachableCode(id).split("params: {").slice(1).flatMap((text) => {
    let open = 1;
    const end = [...text].findIndex((char) => (open += char === "{" ? 1 : char === "}" ? -1 : 0) === 0);
    return [...text.slice(0, end).matchAll(/(?:^|,)\s*(\w+)\s*(?=[:,]|$)/g)].map(([, key = ""]) => key);
  });
}
