import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { html } from "../../src/report/html/markup.ts";
import { htmlPage } from "../../src/report/html/page.ts";
import { describeInBrowser } from "./browser.ts";

describeInBrowser("every page Cachewright writes", (visit) => {
  let dir = "";
  let address = "";
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "cachewright-page-"));
    const file = join(dir, "page.html");
    writeFileSync(file, htmlPage({ title: "A page", main: html`<h1>Findings</h1><p class="error">error</p><p>${"x".repeat(400)}</p>`, script: "document.body.dataset.ready = 'yes';" }));
    address = pathToFileURL(file).href;
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it.each(["light", "dark"] as const)("can be read in %s: text and ground differ as WCAG AA asks", async (colorScheme) => {
    const { page, complaints, close } = await visit({ address, colorScheme });
    const ratios = await page.evaluate<number[]>(`(() => {
      const light = (colour) => {
        const [r, g, b] = colour.match(/\\d+/g).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = light(getComputedStyle(document.documentElement).backgroundColor);
      return [...document.querySelectorAll("h1, p")].map((one) => {
        const text = light(getComputedStyle(one).color);
        return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
      });
    })()`);
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(4.5);
    expect(complaints).toEqual([]);
    await close();
  });

  it("fits a narrow screen without scrolling sideways", async () => {
    const { page, close } = await visit({ address, viewport: { width: 320, height: 640 } });
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(320);
    await close();
  });

  it("runs its own script, and reads the same without any", async () => {
    const on = await visit({ address });
    expect(await on.page.evaluate("document.body.dataset.ready")).toBe("yes");
    await on.close();
    const off = await visit({ address, javaScriptEnabled: false });
    expect(await off.page.locator("h1").textContent()).toBe("Findings");
    await off.close();
  });

  it("gives the keyboard a way past the header first", async () => {
    const { page, close } = await visit({ address });
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the content");
    await close();
  });
});
