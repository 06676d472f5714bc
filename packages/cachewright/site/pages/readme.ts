import { markdown, type LinkOf } from "../markdown.ts";
import { plainWords, type SitePage } from "../site-page.ts";

/** The project's README as it stands. */
export function readmePage(text: string, linkOf: LinkOf): SitePage {
  const path = "readme.html";
  const main = markdown(linkOf, path).block(text);
  const summary = "What it is, how to get it, a whole session, and what you can rely on.";
  return { path, title: "Readme", summary, above: [], main, search: [{ path, title: "Readme", kind: "page", summary, names: ["readme", "install cachewright"], messages: [], text: plainWords(main) }] };
}
