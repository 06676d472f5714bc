import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exampleEntry } from "../../src/caches/example-entries.ts";
import { cachePage } from "../../src/report/html/caches/cache-page.ts";
import { exampleEntries, examplePicture, hostile } from "../../src/report/html/caches/example-picture.ts";
import { describeInBrowser } from "./browser.ts";

const whole = exampleEntries.reduce((sum, { size }) => sum + size.bytes, 0);

/** Of each tile: its part of the map's area, and what its title says. */
const tileAreas = (page: Page): Promise<{ part: number; title: string }[]> => page.evaluate(`(() => {
  const map = document.getElementById("map-plan").getBoundingClientRect();
  return [...document.querySelectorAll(".tile")].map((tile) => {
    const box = tile.getBoundingClientRect();
    return { part: (box.width * box.height) / (map.width * map.height), title: tile.title };
  });
})()`);

const cells = (page: Page, column: number): Promise<string[]> => page.locator(`#entry-rows td:nth-child(${column})`).allTextContents();

describeInBrowser("the page about caches", (visit) => {
  let dir = "";
  let address = "";
  let manyAddress = "";
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "cachewright-caches-page-"));
    const [file, many] = [join(dir, "caches.html"), join(dir, "many.html")];
    writeFileSync(file, cachePage(examplePicture()));
    writeFileSync(many, cachePage(examplePicture({ entries: Array.from({ length: 1200 }, (_, i) => exampleEntry(`e${i}`, { project: `p${i % 40}`, version: `1.${i % 11}`, bytes: 1_000_000 - i })), all: 1200 })));
    [address, manyAddress] = [pathToFileURL(file).href, pathToFileURL(many).href];
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it.each(["light", "dark"] as const)("can be read in %s: every text differs from what lies behind it as WCAG AA asks", async (colorScheme) => {
    const { page, complaints, close } = await visit({ address, colorScheme });
    const poor = await page.evaluate<string[]>(`(() => {
      const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
      const light = ([r, g, b]) => [r, g, b].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
      const behind = (one) => { for (let at = one; at; at = at.parentElement) { const colour = parts(getComputedStyle(at).backgroundColor); if (colour.length === 3 || colour[3] > 0.99) return colour; } return parts(getComputedStyle(document.documentElement).backgroundColor); };
      /* A stripe over a tile darkens or lightens what is behind a label. */
      const striped = (one) => { const stripe = one.closest(".tile") && parts(getComputedStyle(document.documentElement).getPropertyValue("--stripe").replace("/", " ").replace(" .", " 0.")); return stripe ? behind(one).map((part, i) => part * (1 - stripe[3]) + stripe[i] * stripe[3]) : behind(one); };
      const shown = [...document.querySelectorAll("body *")].filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "") && one.checkVisibility({ visibilityProperty: true }) && !one.closest("script, style, .quiet"));
      return shown.filter((one) => [behind(one), striped(one)].some((ground) => {
        const [a, b] = [light(parts(getComputedStyle(one).color)), light(ground)];
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
      })).map((one) => one.outerHTML.slice(0, 120));
    })()`);
    expect(poor).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it.each([320, 1280])("fits a screen of %i points, and shows labels only where they fit", async (width) => {
    const { page, close } = await visit({ address, viewport: { width, height: 800 } });
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    const labels = await page.evaluate<{ text: string; fits: boolean }[]>(`[...document.querySelectorAll(".tile .label > *")].filter((one) => one.checkVisibility()).flatMap((one) => {
      const [box, tile] = [one.getBoundingClientRect(), one.closest(".tile").getBoundingClientRect()];
      const isCutOff = box.top >= tile.bottom - 1 || box.left >= tile.right;
      return isCutOff ? [] : [{ text: one.textContent, fits: one.scrollWidth <= one.clientWidth && box.bottom <= tile.bottom + 1 }];
    })`);
    expect(labels.filter(({ fits }) => !fits)).toEqual([]);
    expect(labels.map(({ text }) => text)).toContain("torch");
    await close();
  });

  it("draws areas in proportion to bytes, within a point, and marks what comes free by stripes as high as its part", async () => {
    const { page, close } = await visit({ address });
    const tiles = await tileAreas(page);
    expect(tiles.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1, 3);
    for (const [name, bytes] of [["torch 2.1", 8e8], ["torch 1.13", 5e8], ["numpy 2.0", 3e8], ["(leftover) left", 4e7]] as const) {
      expect(tiles.find(({ title }) => title.includes(`: ${name}:`))?.part).toBeCloseTo(bytes / whole, 3);
    }
    const torch = page.locator(".tile[data-version='2.1']");
    const [tile, stripes] = [await torch.boundingBox(), await torch.locator(".frees").boundingBox()];
    expect((stripes?.height ?? 0) / (tile?.height ?? 1)).toBeCloseTo(0.25, 2);
    expect(await torch.getAttribute("title")).toContain("of which 200 MB comes free");
    await close();
  });

  it("finds by search, whatever the spelling, and counts what a filter leaves", async () => {
    const { page, close } = await visit({ address });
    await page.getByLabel("Search").fill("NUM_PY");
    expect(await page.locator("#counted").textContent()).toContain("No entry is like that");
    await page.getByLabel("Search").fill("Small.07");
    expect(await cells(page, 2)).toEqual(["small-7"]);
    await page.getByLabel("Search").fill("");
    await page.getByLabel("Tool").selectOption("uv");
    expect(await page.locator("#counted").textContent()).toBe(`2 of ${exampleEntries.length} entries, 1.3 GB, of which 700 MB comes free one by one.`);
    await page.getByLabel("Frees").selectOption("none");
    expect(await cells(page, 3)).toEqual(["2.1"]);
    await page.getByLabel("Frees").selectOption("");
    await page.getByLabel("Tool").selectOption("");
    await page.getByLabel("Kind").selectOption("leftover");
    expect(await page.locator("#entry-rows tr").count()).toBe(1);
    await close();
  });

  it("sorts by every column, and back", async () => {
    const { page, close } = await visit({ address });
    const press = async (name: string): Promise<void> => page.locator("#rows th button", { hasText: name }).click();
    expect((await cells(page, 5)).slice(0, 3)).toEqual(["800 MB", "500 MB", "300 MB"]);
    await press("Project");
    expect((await cells(page, 2)).slice(2, 4)).toEqual(["NumPy", "numpy"]);
    await press("Size");
    await press("Size");
    expect((await cells(page, 5))[0]).toBe("1.0 kB");
    expect(await page.locator("#rows th[aria-sort]").getAttribute("aria-sort")).toBe("ascending");
    await press("Last use");
    expect((await cells(page, 7)).slice(0, 2)).toEqual(["unknown", "2025-11-13"]);
    for (const name of ["Tool", "Version", "Kind", "Frees", "Written", "What"]) {
      await press(name);
      const once = await page.locator("#entry-rows").textContent();
      await press(name);
      expect(await page.locator("#entry-rows").textContent()).not.toBe(once);
    }
    await close();
  });

  it("lets the keyboard go over the map, into it and out again", async () => {
    const { page, complaints, close } = await visit({ address });
    const at = (): Promise<string> => page.evaluate("document.activeElement.title ?? ''");
    for (let presses = 0; presses < 40 && !(await at()).startsWith("uv: torch 2.1"); presses += 1) await page.keyboard.press("Tab");
    expect(await at()).toMatch(/^uv: torch 2\.1:/);
    await page.keyboard.press("ArrowDown");
    expect(await at()).toMatch(/^uv: torch 1\.13:/);
    expect(await page.locator("#map-told").textContent()).toContain("torch 1.13");
    await page.keyboard.press("ArrowRight");
    expect(await at()).toMatch(/^pip: /);
    await page.keyboard.press("Enter");
    const pip = await tileAreas(page);
    expect(pip.every(({ title }) => title.startsWith("pip: "))).toBe(true);
    expect(pip.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1, 3);
    expect(pip.find(({ title }) => title.includes("numpy, 2.0"))?.part).toBeCloseTo(3e8 / exampleEntries.filter(({ place }) => place.tool === "pip").reduce((sum, { size }) => sum + size.bytes, 0), 3);
    await page.keyboard.press("End");
    expect(await at()).toContain("60 more");
    await page.keyboard.press("Enter");
    expect(await page.locator(".tile").count()).toBe(60);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    expect(await page.locator("#map-ways").textContent()).toBe("All");
    expect(await at()).toMatch(/^pip: /);
    // One stop of the Tab key for the whole map; then what comes after it.
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.closest('.map')")).toBeNull();
    expect(complaints).toEqual([]);
    await close();
  });

  it("lets the keyboard sort, and see more rows than fit", async () => {
    const { page, close } = await visit({ address: manyAddress });
    expect(await page.locator("#entry-rows tr").count()).toBe(300);
    expect(await page.locator("#cut").count()).toBe(0);
    await page.locator("#more button").focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("#entry-rows tr").count()).toBe(600);
    expect(await page.evaluate("[...document.getElementById('entry-rows').children].indexOf(document.activeElement)")).toBe(300);
    await page.locator("#rows th[data-by=bytes] button").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    expect(await page.locator("#entry-rows tr").first().locator("td").nth(4).getAttribute("title")).toBe(`${1_000_000 - 1199} bytes`);
    await close();
  });

  it("says all of it without a script, and offers nothing that would need one", async () => {
    const { page, close } = await visit({ address, javaScriptEnabled: false });
    const text = await page.locator("body").innerText();
    await page.locator("summary").click();
    for (const said of ["at least 1.9 GB", "poetry", "unknown", "uv: torch 2.1: 800 MB, of which 200 MB comes free", "60 more projects: 62 kB", "relatime"]) expect(text).toContain(said);
    expect(await page.locator("details").innerText()).toContain("Written, use unknown");
    expect(await page.locator("#entry-rows tr").count()).toBe(exampleEntries.length);
    for (const control of ["button", "input", "select"]) expect(await page.locator(control).count()).toBe(0);
    expect((await tileAreas(page)).reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1, 3);
    await close();
  });

  it("shows hostile names, obeys none, and asks nobody for anything", async () => {
    const { page, complaints, close } = await visit({ address });
    expect(await page.title()).toBe("Caches - Cachewright");
    await page.getByLabel("Search").fill("page/");
    expect(await page.locator("#entry-rows td:last-child").textContent()).toContain("</script><img src=x onerror=document.title=1>\\x1b[31m\\u202e\\xff\"'");
    expect(hostile).toContain("\u001b");
    expect(await page.locator("img").count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it("leaves out on paper what only a screen can do", async () => {
    const { page, close } = await visit({ address });
    await page.emulateMedia({ media: "print" });
    for (const part of ["#filters", "#map-ways", "nav"]) expect(await page.locator(part).isVisible()).toBe(false);
    for (const part of ["#map-plan", ".columns", "#entry-rows"]) expect(await page.locator(part).isVisible()).toBe(true);
    await close();
  });
});
