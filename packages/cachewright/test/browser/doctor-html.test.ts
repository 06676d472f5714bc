import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cache, factsWith, hidden, mount, pipUse, present, rootOwned, scanned, setting } from "../../src/facts/example-facts.ts";
import type { Facts } from "../../src/facts/facts.ts";
import { diagnose } from "../../src/problems/diagnose.ts";
import { doctorPage } from "../../src/report/html/doctor-page.ts";
import { readerFor } from "../../src/report/text/reader.ts";
import { plainLook } from "../cli/plain-look.ts";
import { describeInBrowser } from "./browser.ts";

const evil = `/home/me/${"long-".repeat(40)}<img src=x onerror="document.title='taken'">\u202e`;
const foreign = Array.from({ length: 11 }, (_, i) => present(`${cache}/wheels/${i}`, rootOwned));

const machines: Readonly<Record<string, Facts>> = {
  "a cache that belongs to root": factsWith({ paths: [present(cache, rootOwned)], unknown: [{ what: "quotas", why: "no quota program", from: {} }] }),
  "a closed directory above it": factsWith({ paths: [present("/home/me/.cache", { ...rootOwned, mode: 0o700, search: "EACCES", read: "EACCES" }), hidden(cache)] }),
  "a read-only mount": factsWith({ paths: [present("/home/me/.cache", { write: "EROFS" }), present(cache, { write: "EROFS" })], mounts: { ok: true, value: [mount("/"), mount("/home/me/.cache", { options: ["ro"] })], from: { path: "/proc/self/mountinfo" } } }),
  "foreign parts and a broken file": factsWith({ paths: foreign, scans: [scanned(foreign)], pip: { configs: [], uses: [pipUse({ breaks: [{ path: "/home/me/.config/pip/pip.conf", kind: "no-section-header", line: 1, text: "no header" }] })] } }),
  "names that are long and hostile": factsWith({ paths: [present(evil, rootOwned)], pip: { configs: [], uses: [pipUse({ cacheDir: evil, cacheReal: evil, cacheFrom: setting("cache-dir", evil) })] } }),
  "nothing wrong": factsWith(),
};

/** Contrast of each element that has text of its own, against the nearest ground that is painted behind it; the poorest first. */
const contrasts = `(() => {
  const part = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => { const [r, g, b] = channels(colour).map((one) => part(one / 255)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = (element) => { for (let at = element; at; at = at.parentElement) { const colour = getComputedStyle(at).backgroundColor; if ((channels(colour)[3] ?? 1) > 0) return colour; } return "rgb(255, 255, 255)"; };
  const withText = [...document.body.querySelectorAll("*")].filter((one) => !["SCRIPT", "STYLE"].includes(one.tagName) && [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ""));
  return withText.map((one) => { const [a, b] = [light(getComputedStyle(one).color), light(ground(one))]; return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), one.className + " " + one.textContent.slice(0, 40)]; }).sort((a, b) => a[0] - b[0]);
})()`;

describeInBrowser("doctor's page", (visit) => {
  let dir = "";
  const addresses = new Map<string, string>();
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "cachewright-doctor-page-"));
    for (const [i, [name, facts]] of Object.entries(machines).entries()) {
      const { findings } = await diagnose(facts);
      const file = join(dir, `${i}.html`);
      writeFileSync(file, doctorPage({ found: findings, ignored: [{ problem: "cache-disabled", subject: evil, why: "on purpose", from: "--ignore" }], facts, reader: readerFor(facts, true), asked: [] }, plainLook));
      addresses.set(name, pathToFileURL(file).href);
    }
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const names = Object.keys(machines);
  const addressOf = (name: string): string => addresses.get(name) ?? "";

  it.each(names)("of %s can be read in light and dark: contrast as WCAG AA asks, and nothing is asked for", async (name) => {
    const { page, complaints, close } = await visit({ address: addressOf(name) });
    await page.locator("details").evaluateAll((all) => all.forEach((one) => one.setAttribute("open", "")));
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const [poorest] = await page.evaluate<[number, string][]>(contrasts);
      expect(poorest?.[0], `${colorScheme} ${poorest?.[1] ?? ""}`).toBeGreaterThanOrEqual(4.5);
    }
    expect(complaints).toEqual([]);
    expect(await page.title()).not.toBe("taken");
    await close();
  });

  it.each(names)("of %s fits narrow and wide screens, folded and unfolded", async (name) => {
    const { page, close } = await visit({ address: addressOf(name) });
    for (const fold of ["folded", "unfolded"]) {
      if (fold === "unfolded") await page.locator("details").evaluateAll((all) => all.forEach((one) => one.setAttribute("open", "")));
      for (const width of [320, 700, 1280]) {
        await page.setViewportSize({ width, height: 700 });
        expect(await page.evaluate<number>("document.documentElement.scrollWidth"), fold).toBeLessThanOrEqual(width);
      }
    }
    await close();
  });

  it("draws the way from the root in one column, and marks where it breaks by a word too", async () => {
    const { page, close } = await visit({ address: addressOf("a closed directory above it") });
    const items = page.locator(".chain li");
    expect(await items.evaluateAll((all) => all.map((one) => one.querySelector(".name")?.textContent))).toEqual(["/", "home", "me", ".cache", "pip"]);
    const tops = await items.locator(".mark").evaluateAll((all) => all.map((one) => { const { x, y } = one.getBoundingClientRect(); return [x, y] as const; }));
    expect(new Set(tops.map(([x]) => x)).size).toBe(1);
    expect(tops.map(([, y]) => y)).toEqual(tops.map(([, y]) => y).sort((a, b) => a - b));
    expect(await page.locator(".chain li.breaks").innerText()).toMatch(/\.cache[\s\S]*drwx------[\s\S]*root root[\s\S]*It breaks here: it belongs to root/);
    await close();
  });

  it("reads the same without any script", async () => {
    const address = addressOf("a cache that belongs to root");
    const texts: string[] = [];
    for (const javaScriptEnabled of [true, false]) {
      const { page, close } = await visit({ address, javaScriptEnabled });
      texts.push((await page.locator("main").innerText()).replace(/^Copy$/gm, "").replace(/\s+/g, " "));
      await page.locator("details.others summary").click();
      expect(await page.locator("details.others h4").first().isVisible()).toBe(true);
      await close();
    }
    expect(texts[1]).toBe(texts[0]);
  });

  it("can be walked with the keyboard: past the header, to every command and fold, with the focus in sight", async () => {
    const { page, close } = await visit({ address: addressOf("a cache that belongs to root") });
    const walked: string[] = [];
    for (let i = 0; i < 40; i += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate<{ name: string; outline: string; width: number } | null>(`(() => { const one = document.activeElement; if (one === document.body) return null; const style = getComputedStyle(one); return { name: (one.getAttribute("aria-label") ?? one.textContent).trim(), outline: style.outlineStyle, width: one.getBoundingClientRect().width }; })()`);
      if (at === null) break;
      walked.push(at.name);
      expect(at.outline === "solid" || i === 0, at.name).toBe(true);
      expect(at.width).toBeGreaterThan(0);
    }
    expect(walked[0]).toBe("Skip to the content");
    expect(walked).toEqual(expect.arrayContaining(["Copy the command cachewright fix cache-not-owned", "3 other cures", "Tools"]));
    await page.locator("details.others summary").focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("details.others").getAttribute("open")).not.toBeNull();
    await close();
  });

  it("has landmarks, one first heading, and no heading that skips a level", async () => {
    const { page, close } = await visit({ address: addressOf("foreign parts and a broken file") });
    for (const landmark of ["header", "main", "nav", "footer"]) expect(await page.locator(`body ${landmark}`).count()).toBe(1);
    const levels = await page.locator("h1, h2, h3, h4").evaluateAll((all) => all.map((one) => Number(one.tagName[1])));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, i) => level - (levels[i - 1] ?? 0) <= 1)).toBe(true);
    for (const link of await page.locator("nav a").all()) expect(await page.locator((await link.getAttribute("href")) ?? "none").count()).toBe(1);
    await close();
  });

  it("prints every cure, and no buttons", async () => {
    const { page, close } = await visit({ address: addressOf("a cache that belongs to root") });
    await page.emulateMedia({ media: "print" });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator("details:not([open])").count()).toBe(0);
    expect(await page.locator(".command button").first().isVisible()).toBe(false);
    await close();
  });
});
