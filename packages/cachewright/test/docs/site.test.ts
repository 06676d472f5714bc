/** The documentation is whole: a page for everything there is, and no link that leads nowhere. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { faultsOf } from "../../site/check.ts";
import { readPageFile } from "../../site/page-file.ts";
import { lintPages } from "../../site/pages/lint.ts";
import { schemasOf } from "../../site/pages/schemas.ts";
import { problemData } from "../../site/problem-data.ts";
import { siteFiles, sitePages } from "../../site/site.ts";
import { commands } from "../../src/cli/commands.ts";
import { allMessages } from "../../src/problems/messages.generated.ts";
import { problemIds } from "../../src/problems/registry.generated.ts";
import { texts } from "../../src/problems/texts.generated.ts";
import { escapeHtml } from "../../src/report/html/markup.ts";
import { jsonSchemas } from "../../src/report/json/schemas.ts";
import { lore } from "../../src/settings/guides/lore.ts";
import { statements } from "../../src/settings/guides/statements.ts";
import { loadTool, toolNames } from "../../src/tools/all-tools.ts";

const src = join(import.meta.dirname, "../../src");
const scripts = { "search.js": "", "explain.js": "" };
const files = await siteFiles({ src, scripts });
const page = (path: string): string => files.get(path) ?? "";

describe("the site", () => {
  it("has no dead link, no id twice, no heading left out, and loads nothing from elsewhere", () => {
    expect(faultsOf(files)).toEqual([]);
  });

  it("is the same, byte by byte, when it is made again", async () => {
    expect([...(await siteFiles({ src, scripts }))]).toEqual([...files]);
  });

  it("names no machine it was made on", () => {
    for (const text of files.values()) expect(text.includes(src) || text.includes(import.meta.dirname)).toBe(false);
  });

  it.each(problemIds)("has a page for %s: with each cure, each wording, and a place in the three indexes", (id) => {
    const text = page(`problems/${id}.html`);
    expect(text).toContain(`<h1>${escapeHtml(texts[id]?.title ?? "")}</h1>`);
    for (const heading of ["What happens", "Why", "How we know", "Cures, gentlest first", "Check that it worked", "How not to get it again", "When to leave it", "Sources"]) expect(text).toContain(`>${heading}</h2>`);
    for (const cure of Object.keys(texts[id]?.remedies ?? {})) expect(text).toContain(`id="cure-${cure}"`);
    const own = allMessages.find(({ problem }) => problem === id)?.messages;
    const wordings = own?.messages.filter((message) => !message.id.startsWith("cut-")) ?? [];
    for (const { example } of [...wordings, ...(own?.claims ?? [])]) expect(text).toContain(escapeHtml(example.replace(/\n+$/, "")));
    for (const index of ["index", "by-tool", ...(wordings.length > 0 ? ["messages"] : [])]) expect(page(`problems/${index}.html`)).toContain(`"../problems/${id}.html"`);
  });

  it.each(commands.map((command) => [command.name, command] as const))("has a page for %s with every option and example", (name, { options, examples }) => {
    const text = page(`commands/${name.replaceAll(" ", "-")}.html`);
    for (const option of Object.keys(options)) expect(text).toContain(`id="option-${option}"`);
    for (const [line] of examples) expect(text).toContain(escapeHtml(line));
  });

  it("leads from every command with --json to its schema, and from every schema to a command", () => {
    for (const command of commands.filter(({ options }) => "json" in options)) expect(schemasOf(command).length, command.name).toBeGreaterThan(0);
    const reached = new Set(commands.flatMap(schemasOf));
    for (const name of Object.keys(jsonSchemas())) {
      expect(reached.has(name), name).toBe(true);
      expect(JSON.parse(page(`schemas/${name}.schema.json`))).toEqual(jsonSchemas()[name]);
    }
  });

  it.each(toolNames)("has a page for the settings of %s, with every key and variable", async (name) => {
    const text = page(`settings/${name}.html`);
    for (const { key, env = [] } of (await loadTool(name)).keys) for (const one of [key, ...env]) expect(text).toContain(`<code>${escapeHtml(one)}</code>`);
  });

  it("tells of what guides say with a place for each statement", () => {
    for (const { id } of [...statements, ...lore]) expect(page("guides.html")).toContain(` id="${id}"`);
  });

  it("says of the places of tools what differs by system and version", () => {
    expect(page("settings/uv.html")).toMatch(/%LOCALAPPDATA%/);
    expect(page("settings/pip.html")).toMatch(/PREFIX\/<wbr>pip\.conf.*since 19\.1/);
    for (const name of toolNames) expect(page(`settings/${name}.html`)).not.toMatch(/undefined|\[object|\/opt\/base|\/home\/me|C:[\\/](?:Users|w\b|base)/);
  });
});

describe("a page of a lint rule", () => {
  const rule = readPageFile("some-rule", "---\ncode: some-rule\ntitle: A rule\nlevel: warning\ntools: [pip]\nfixable: partly\nsince: \"0.3.0\"\nabout: \"It `costs` time.\"\n---\n\n## What it finds\n\n`cache-not-owned`\n\n## Why\n\nBecause.\n");

  it("is made of whatever sections there are, without anything to be listed by hand", () => {
    const [index, own] = lintPages([rule], (code) => (code === "cache-not-owned" ? "problems/cache-not-owned.html" : undefined));
    expect(index?.main.markup).toContain('href="site:lint/some-rule.html"');
    expect(own?.main.markup).toContain('<h2 id="what-it-finds">What it finds</h2>');
    expect(own?.main.markup).toContain('href="site:problems/cache-not-owned.html"');
    expect(lintPages([], () => undefined)).toEqual([]);
  });
});

describe("what a cure takes", () => {
  it("is what it takes on machines that have the illness", async () => {
    const pages = (await sitePages(src)).filter(({ path }) => path === "problems/cache-not-owned.html");
    expect(pages).toHaveLength(1);
    const [data] = await problemData([readPageFile("cache-not-owned", "---\nid: cache-not-owned\n---\n\n## Why\n\n`acl-denied`\n")]);
    expect(data?.cures.get("set-aside")).toEqual({ needs: ["user"], steps: ["rename", "make-dir"] });
    expect(data?.cures.get("give-back")?.needs).toEqual(["root"]);
    expect(data?.cures.get("once-without")?.steps).toEqual([]);
    expect(data?.related).toContain("acl-denied");
  });
});
