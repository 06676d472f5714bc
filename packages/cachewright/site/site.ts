/** The whole site as files: paths from its root, and texts. The same sources give the same bytes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commands } from "../src/cli/commands.ts";
import { pageStyle } from "../src/report/html/page-style.ts";
import { lore } from "../src/settings/guides/lore.ts";
import { statements } from "../src/settings/guides/statements.ts";
import { loadTool, toolNames } from "../src/tools/all-tools.ts";
import { framed } from "./frame.ts";
import { icon } from "./icon.ts";
import { markdown, type LinkOf } from "./markdown.ts";
import { navigationOf } from "./navigation.ts";
import { frontText, readPageFile, type PageFile } from "./page-file.ts";
import { commandPages } from "./pages/commands.ts";
import { guidesPage } from "./pages/guides.ts";
import { lintPages } from "./pages/lint.ts";
import { problemPage } from "./pages/problem.ts";
import { problemIndexes } from "./pages/problem-indexes.ts";
import { readmePage } from "./pages/readme.ts";
import { schemaFiles, schemaPages } from "./pages/schemas.ts";
import { settingPages } from "./pages/settings.ts";
import { startPage } from "./pages/start.ts";
import { commandPath, problemPath, rulePath } from "./paths.ts";
import { problemData } from "./problem-data.ts";
import { searchIndex } from "./search/search-index.ts";
import type { SitePage } from "./site-page.ts";
import { siteStyle } from "./style.ts";
import { versionsIn } from "./versions.ts";

export interface SiteSources {
  /** The package's src, in a checkout: the README stands above it. */
  readonly src: string;
  /** Scripts for the browser, bundled: by name. */
  readonly scripts: Readonly<Record<string, string>>;
}

export async function siteFiles({ src, scripts }: SiteSources): Promise<Map<string, string>> {
  const pages = await sitePages(src);
  const nav = navigationOf(pages);
  return new Map([
    ...pages.map((page): [string, string] => [page.path, framed(page, nav)]),
    ...schemaFiles(),
    ["assets/style.css", `${pageStyle}${siteStyle}`],
    ["assets/icon.svg", icon],
    ["assets/search-data.js", searchIndex(pages.flatMap(({ search }) => search))],
    ...Object.entries(scripts).map(([name, code]): [string, string] => [`assets/${name}`, code]),
  ]);
}

export async function sitePages(src: string): Promise<SitePage[]> {
  const pages = pageFiles(join(src, "problems"));
  const rules = pageFiles(join(src, "lint"));
  const problems = await problemData(pages);
  const tools = await Promise.all(toolNames.map(async (name) => {
    const tool = await loadTool(name);
    return { tool, versions: versionsIn(tool, src) };
  }));
  const linkOf = linksTo(pages, rules);
  const titles = new Map(pages.map((page) => [page.id, frontText(page, "title")]));
  const titleOf = (id: string): string => titles.get(id) ?? id;
  const messages = problems.reduce((sum, { wordings, claims }) => sum + wordings.length + claims.length, 0);
  return [
    startPage({ problems: pages.length, messages, statements: statements.length + lore.length, tools: toolNames, hasLint: rules.length > 0 }),
    readmePage(readFileSync(join(src, "../../../README.md"), "utf8"), linkOf),
    ...problemIndexes(problems), ...problems.map((one) => problemPage(one, { linkOf, titleOf })),
    guidesPage(markdown(linkOf, "guides.html"), titleOf),
    ...commandPages(), ...settingPages(tools), ...lintPages(rules, linkOf), ...schemaPages(),
  ];
}

/** Every page.md at or below a folder, in order of its folder's name. */
function pageFiles(folder: string): PageFile[] {
  let found: string[];
  try {
    found = readdirSync(folder, { recursive: true }).map(String).filter((file) => /(?:^|[/\\])page\.md$/.test(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  return found.sort().map((file) => readPageFile(file.split(/[/\\]/).at(-2) ?? "", readFileSync(join(folder, file), "utf8")));
}

/** What in backticks leads somewhere: ids of problems, codes of rules, our commands with their first words. */
function linksTo(problems: readonly PageFile[], rules: readonly PageFile[]): LinkOf {
  const ids = new Map([...rules.map(({ id }) => [id, rulePath(id)] as const), ...problems.map(({ id }) => [id, problemPath(id)] as const)]);
  const names = commands.map(({ name }) => name).sort((a, b) => b.length - a.length);
  return (code) => {
    const explained = /^cachewright explain ([\w-]+)$/.exec(code)?.[1];
    if (explained !== undefined && ids.has(explained)) return ids.get(explained);
    const command = names.find((name) => `${code} `.startsWith(`cachewright ${name} `));
    return ids.get(code) ?? (command === undefined ? undefined : commandPath(command));
  };
}
