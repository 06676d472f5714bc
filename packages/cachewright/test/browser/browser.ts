/** A real browser for the pages. Debian's Chromium, or the one `CACHEWRIGHT_CHROMIUM` names; without one these tests are skipped, loudly. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";

const found = [process.env["CACHEWRIGHT_CHROMIUM"] ?? "", ...["chromium", "chromium-browser", "google-chrome"].flatMap((name) => (process.env["PATH"] ?? "").split(delimiter).map((dir) => join(dir, name)))].find((path) => path !== "" && existsSync(path));

export interface Visit extends BrowserContextOptions {
  /** A file: address, or one of a server on loopback. */
  readonly address: string;
}

export interface Visited {
  readonly page: Page;
  /** Errors of scripts, refused loads, and addresses asked for beyond the page itself. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** `visit` opens a page in a context of its own: size, colour scheme and script as the test says. */
export function describeInBrowser(name: string, body: (visit: (visit: Visit) => Promise<Visited>) => void): void {
  describe.skipIf(found === undefined)(`${name}${found === undefined ? " (needs Chromium)" : ""}`, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath: found ?? "",
        args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
      });
    }, 120_000);
    afterAll(async () => browser?.close());
    body(async ({ address, ...options }) => {
      if (browser === undefined) throw new Error("the browser did not start");
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => (message.type() === "error" ? complaints.push(message.text()) : undefined));
      page.on("request", (request) => (new URL(request.url()).origin === new URL(address).origin || request.url().startsWith("data:") ? undefined : complaints.push(`asked for ${request.url()}`)));
      await page.goto(address);
      return { page, complaints, close: async () => context.close() };
    });
  });
}
