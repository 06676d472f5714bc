import type { NavGroup } from "./frame.ts";
import type { SitePage } from "./site-page.ts";

/** Beside every page. Problems are too many for it: their indexes stand for them. */
export function navigationOf(pages: readonly SitePage[]): NavGroup[] {
  const at = (path: string): SitePage | undefined => pages.find((page) => page.path === path);
  const below = (folder: string, nameOf: (page: SitePage) => string): NavGroup["items"] =>
    pages.filter(({ path }) => path.startsWith(`${folder}/`) && path !== `${folder}/index.html`).map((page) => ({ title: nameOf(page), path: page.path, isCode: folder === "commands" }));
  const group = (path: string, items: NavGroup["items"]): NavGroup[] => {
    const page = at(path);
    return page === undefined ? [] : [{ title: path === "index.html" ? "Start" : page.title, path, items }];
  };
  return [
    ...group("index.html", []),
    ...group("readme.html", []),
    ...group("problems/index.html", ["problems/by-tool.html", "problems/messages.html"].map((path) => ({ title: at(path)?.title ?? path, path }))),
    ...group("guides.html", []),
    ...group("commands/index.html", below("commands", ({ title }) => title.replace("cachewright ", ""))),
    ...group("lint/index.html", []),
    ...group("settings/index.html", below("settings", ({ title }) => title.replace("Settings of ", ""))),
    ...group("schemas/index.html", []),
  ];
}
