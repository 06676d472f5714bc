/** The documentation in a real browser, opened from the disk as a reader may have it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { explainText } from "../../src/explain/explain-log.ts";
import { describeInBrowser, type Visited } from "./browser.ts";

const red = "WARNING: The directory '/home/me/.cache/pip' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you should use sudo's -H flag.";
const kinds = ["index.html", "problems/index.html", "problems/messages.html", "problems/cache-not-owned.html", "guides.html", "commands/cache-ls.html", "settings/uv.html", "schemas/facts.html"];

/** The least contrast of a text and what lies below it, of all texts of the page. */
const leastContrast = `(() => {
  const parts = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (one) => { for (let at = one; at !== null; at = at.parentElement) { const colour = parts(getComputedStyle(at).backgroundColor); if (colour.length === 3) return colour; } return parts(getComputedStyle(document.documentElement).backgroundColor); };
  const texts = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility() && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ""));
  return Math.min(...texts.map((one) => { const [a, b] = [light(parts(getComputedStyle(one).color)), light(ground(one))]; return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); }));
})()`;

describeInBrowser("the documentation", (visit) => {
  let dir = "";
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "cachewright-site-"));
    const done = spawnSync(process.execPath, [join(import.meta.dirname, "../../../../scripts/docs.mjs"), "--out", join(dir, "below a/prefix")], { encoding: "utf8" });
    expect(done.stderr).toMatch(/pages/);
    expect(done.status).toBe(0);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const at = (path: string): string => `${pathToFileURL(join(dir, "below a/prefix")).href}/${path}`;
  const results = (page: Visited["page"]): ReturnType<Visited["page"]["locator"]> => page.locator(".results a");

  it.each(kinds.flatMap((path) => (["light", "dark"] as const).map((scheme) => [path, scheme] as const)))("%s can be read in %s: every text differs from its ground as WCAG AA asks, and nothing is refused", async (path, colorScheme) => {
    const { page, complaints, close } = await visit({ address: at(path), colorScheme });
    expect(await page.evaluate<string>("getComputedStyle(document.querySelector('.brand')).display")).toBe("flex");
    expect(await page.evaluate<number>(leastContrast)).toBeGreaterThanOrEqual(4.5);
    expect(complaints).toEqual([]);
    await close();
  });

  it("fits a screen of 320 pixels: no page scrolls sideways", async () => {
    const { page, close } = await visit({ address: at("index.html"), viewport: { width: 320, height: 640 } });
    const pages = readdirSync(join(dir, "below a/prefix"), { recursive: true }).map(String).filter((path) => path.endsWith(".html"));
    const wide: string[] = [];
    for (const path of pages.filter((one, i) => kinds.includes(one) || i % 7 === 0)) {
      await page.goto(at(path));
      if (await page.evaluate<number>("document.documentElement.scrollWidth") > 320) wide.push(path);
    }
    expect(wide).toEqual([]);
    await close();
  });

  it("shows the problem behind pasted red text first, with the line", async () => {
    const { page, complaints, close } = await visit({ address: at("index.html") });
    await page.fill("#paste", `Collecting numpy\n${red}\n`);
    await results(page).first().waitFor();
    expect(await results(page).first().getAttribute("href")).toBe("problems/cache-not-owned.html");
    expect(await results(page).first().textContent()).toContain("line 2, /home/me/.cache/pip");
    await results(page).first().click();
    expect(await page.locator("h1").textContent()).toBe("pip may not write to its cache directory");
    expect(complaints).toEqual([]);
    await close();
  });

  it("keeps the lines of what is pasted into the small search, of any page", async () => {
    const { page, close } = await visit({ address: at("settings/pip.html") });
    await page.evaluate(`(() => {
      const data = new DataTransfer();
      data.setData("text/plain", ${JSON.stringify(`Collecting numpy\n\n${red}\n`)});
      const input = document.querySelector("#find");
      input.focus();
      input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    })()`);
    await results(page).first().waitFor();
    expect(await results(page).first().getAttribute("href")).toBe("../problems/cache-not-owned.html");
    expect(await results(page).first().textContent()).toContain("line 3");
    await close();
  });

  it("is searched by the keyboard alone: slash, arrows, Escape, Enter", async () => {
    const { page, close } = await visit({ address: at("problems/index.html") });
    const focused = (): Promise<string> => page.evaluate("document.activeElement.id || document.activeElement.textContent");
    await page.keyboard.press("/");
    expect(await focused()).toBe("find");
    await page.keyboard.type("disk full");
    await results(page).first().waitFor();
    expect(await page.locator(".find [role=status]").textContent()).toMatch(/^\d+ results$/);
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toContain("The disk is full");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    expect(await focused()).toContain("The disk is full");
    await page.keyboard.press("ArrowUp");
    expect(await focused()).toBe("find");
    await page.keyboard.press("Escape");
    expect(await results(page).count()).toBe(0);
    // Escape empties a search box, as it does everywhere in this browser.
    await page.fill("#find", "");
    await page.keyboard.type("disk-full");
    await results(page).first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/disk-full\.html$/);
    await close();
  });

  it("reads logs as the command does", async () => {
    const cases = readFileSync(join(import.meta.dirname, "../../src/explain/fixtures/corpus.jsonl"), "utf8").trim().split("\n").map((line) => (JSON.parse(line) as { log: string }).log);
    const { page, close } = await visit({ address: at("index.html") });
    await page.fill("#paste", red);
    await results(page).first().waitFor();
    const there = await page.evaluate((logs) => logs.map((log) => JSON.stringify((globalThis as unknown as { cachewrightExplain: (text: string) => unknown }).cachewrightExplain(log))), cases);
    expect(cases.length).toBeGreaterThan(100);
    for (const [i, log] of cases.entries()) expect(JSON.parse(there[i] as string)).toEqual(JSON.parse(JSON.stringify(explainText(log))));
    await close();
  });

  it("reads whole without scripts, and then offers no search that would not work", async () => {
    const { page, close } = await visit({ address: at("index.html"), javaScriptEnabled: false });
    expect(await page.locator("#find").isVisible()).toBe(false);
    expect(await page.locator("#paste").isVisible()).toBe(false);
    await page.locator("noscript a").click();
    expect(await page.locator(".lines dt").count()).toBeGreaterThan(200);
    await page.goto(at("problems/cache-not-owned.html"));
    expect(await page.locator(".cure").count()).toBe(8);
    await page.locator(".wordings summary").click();
    expect(await page.locator(".wordings pre").first().isVisible()).toBe(true);
    await close();
  });

  it("has the landmarks that people who hear a page go by", async () => {
    const { page, close } = await visit({ address: at("problems/cache-not-owned.html"), viewport: { width: 1400, height: 900 } });
    for (const landmark of ["main", "header.top", "footer", "nav[aria-label='Where this page is']", "nav[aria-label='On this page']", "nav[aria-label='All pages']", "[role=search]"]) expect(await page.locator(landmark).count(), landmark).toBe(1);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the content");
    await close();
  });

  it("can be printed: the page alone, and whole", async () => {
    const { page, close } = await visit({ address: at("problems/cache-not-owned.html") });
    await page.emulateMedia({ media: "print" });
    for (const screenOnly of [".menu", ".top", ".crumbs"]) expect(await page.locator(screenOnly).isVisible(), screenOnly).toBe(false);
    expect(await page.locator(".cure").first().isVisible()).toBe(true);
    // What is folded away on a screen cannot be opened on paper.
    expect(await page.evaluate<boolean>("document.querySelector('.wordings pre').checkVisibility({ contentVisibilityAuto: true }) && document.querySelector('.wordings pre').getBoundingClientRect().height > 10")).toBe(true);
    await close();
  });
});
