import { describe, expect, it } from "vitest";
import { faultsOf } from "../../site/check.ts";
import { framed } from "../../site/frame.ts";
import { markdown } from "../../site/markdown.ts";
import { readCures, readPageFile } from "../../site/page-file.ts";
import { readable } from "../../site/setting-places.ts";
import { html } from "../../src/report/html/markup.ts";

describe("Markdown of a page", () => {
  const words = markdown((code) => (code === "disk-full" ? "problems/disk-full.html" : undefined), "problems/here.html");

  it("shows raw HTML instead of obeying it", () => {
    expect(words.block("a <img src=x onerror=alert(1)> b\n\n<script>x</script>").markup).not.toMatch(/<(?:img|script)/);
  });

  it("leads from names in backticks to their pages, never to the page itself", () => {
    expect(words.inline("see `disk-full` and `tmp`").markup).toBe('see <a href="site:problems/disk-full.html"><code>disk-full</code></a> and <code>tmp</code>');
    expect(markdown(() => "problems/here.html", "problems/here.html").inline("`here`").markup).toBe("<code>here</code>");
  });

  it("makes links of issues and of https alone", () => {
    expect(words.inline("pypa/pip#2396").markup).toBe('<a href="https://github.com/pypa/pip/issues/2396" rel="noreferrer">pypa/pip#2396</a>');
    expect(words.inline("[a](javascript:alert(1)) [b](http://b.example)").markup).toBe("a b");
    expect(words.inline("[c](https://c.example/x)").markup).toContain('href="https&#58;//c.example/x"'.replace("&#58;", ":"));
  });

  it("gives headings places that links can lead to, also where two are alike", () => {
    expect(markdown(() => undefined).block("## What it `is`\n\n## What it is\n").markup).toBe('<h2 id="what-it-is">What it <code>is</code></h2>\n<h2 id="what-it-is-2">What it is</h2>\n');
  });

  it("keeps code as it stands", () => {
    expect(words.block("```\na <b>  'c'\n```").markup).toContain("<code>a &#60;b&#62;  &#39;c&#39;</code>");
  });
});

describe("a page.md", () => {
  it("is read as front matter, sections and cures", () => {
    const page = readPageFile("x", "---\nid: x\ntitle: T\n---\n\n## Why\n\nBecause.\n\n## Cures, gentlest first\n\nBefore.\n\n### a-b: Do it\n\nIt helps,\nreally.\n\nTrade-off: It\ncosts.\n\nShown only: Yours to say.\n");
    expect(page.sections.map(({ title }) => title)).toEqual(["Why", "Cures, gentlest first"]);
    expect(readCures(page.sections[1] as (typeof page.sections)[number])).toEqual({ before: "Before.", cures: [{ id: "a-b", title: "Do it", body: "It helps,\nreally.", tradeoff: "It\ncosts.", shownOnly: "Yours to say." }] });
  });

  it("without front matter is refused", () => expect(() => readPageFile("x", "# x\n")).toThrow("no front matter"));
});

describe("the check", () => {
  const site = (main: string, more: readonly (readonly [string, string])[] = []): string[] => faultsOf(new Map([["a/b.html", `<h1 id="h">x</h1>${main}`], ["c.html", '<h1>c</h1><p id="p">x</p>'], ...more]));

  it.each([
    ['<a href="../d.html">d</a>', /leads nowhere/], ['<a href="../c.html#q">d</a>', /no place in its page/], ['<a href="#q">d</a>', /no place in its page/],
    ['<a href="/c.html">d</a>', /no relative link/], ['<a href="javascript:x">d</a>', /no relative link/], ['<p id="h">x</p>', /stands twice/],
    ['<img src="https://x.example/i.png">', /from elsewhere/], ['<script src="x.js"></script>', /not there/], ['<link rel="stylesheet" href="//x.example/s.css">', /from elsewhere/],
    ['<p style="color:red">x</p>', /inline/], ['<p onclick="x">x</p>', /inline/], ["<h3>x</h3>", /level 3 follows/], ["<h1>y</h1>", /exactly one h1/],
  ])("finds %s", (main, fault) => {
    expect(site(main).join("\n")).toMatch(fault);
  });

  it("finds a style sheet that loads something", () => expect(site("", [["s.css", "@import 'x'"]]).join()).toMatch(/loads something/));

  it("lets links through that lead somewhere, and addresses elsewhere that are only named", () => {
    expect(site('<a href="../c.html#p">c</a><a href="#h">h</a><a href="https://x.example/">x</a><code>style="x"</code>'.replace('style="x"', "style=&#34;x&#34;"))).toEqual([]);
  });
});

describe("the frame", () => {
  const page = { path: "a/b/c.html", title: "<C>", summary: "s", above: [{ title: "A", path: "a/index.html" }], main: html`<h1>C</h1><h2 id="x">One</h2><h2 id="y">Two</h2><h2 id="z">Three</h2>`, search: [] };
  const text = framed(page, [{ title: "A", path: "a/index.html", items: [{ title: "C", path: "a/b/c.html" }] }]);

  it("makes links relative to where the page stands, and marks it in the navigation", () => {
    expect(text).toContain('href="../../a/index.html"');
    expect(text).toContain('<a href="../../a/b/c.html" aria-current="page">C</a>');
    expect(text).not.toContain("site:");
  });

  it("lists the headings of a long page", () => expect(text).toContain('<a href="#y">Two</a>'));

  it("allows the site's own files and nothing else", () => {
    expect(text).toContain("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'");
    expect(text).not.toContain("unsafe-inline");
  });
});

describe("places of a made-up machine", () => {
  it("are written as a reader knows them", () => {
    expect([readable("/home/me/.cache/pip", "linux"), readable("/home/me", "linux"), readable("/home/meg", "linux"), readable("C:\\Users\\me\\AppData\\Local\\pip", "win32"), readable("/opt/base/pip.conf", "darwin")])
      .toEqual(["~/.cache/pip", "~", "/home/meg", "%LOCALAPPDATA%\\pip", "PREFIX/pip.conf"]);
  });
});
