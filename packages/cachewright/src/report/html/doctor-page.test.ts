import { describe, expect, it } from "vitest";
import { plainLook } from "../../../test/cli/plain-look.ts";
import { cache, factsWith, present, rootOwned, setting, pipUse } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { diagnose } from "../../problems/diagnose.ts";
import { illMachines } from "../../problems/ill-machines.ts";
import type { DoctorText } from "../text/calm.ts";
import { readerFor } from "../text/reader.ts";
import { doctorPage } from "./doctor-page.ts";

async function pageOf(facts: Facts, more: Partial<DoctorText> = {}, problems: readonly string[] = []): Promise<string> {
  const { findings } = await diagnose(facts, { problems });
  return doctorPage({ found: findings, ignored: [], facts, reader: readerFor(facts, true), asked: [], ...more }, plainLook);
}

const ill = factsWith({ paths: [present(cache, rootOwned)] });

/** Every heading is at most one deeper than the one before. */
function expectHeadingsInOrder(page: string): void {
  const levels = [...page.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
  expect(levels[0]).toBe(1);
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  for (const [i, level] of levels.entries()) if (i > 0) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
}

describe("doctor's page", () => {
  it("shows finding, chain, evidence, plan, price, command and the other cures", async () => {
    const page = await pageOf(ill);
    for (const part of ["1 warning", "pip may not write to its cache directory", "it breaks at", "drwxr-xr-x root root /home/me/.cache/pip", "Price:", "2 steps, needs no further rights, can be undone", "cachewright fix cache-not-owned", "other cures", "cachewright explain cache-not-owned", "/usr/bin/python3"]) expect(page).toContain(part);
  });

  it("tells what was left out, and what could not be looked at", async () => {
    const page = await pageOf({ ...ill, unknown: [{ what: "quotas of /home", why: "no quota program", from: {} }] }, { ignored: [{ problem: "cache-disabled", subject: "/x", why: "CI image", from: "--ignore" }] });
    expect(page).toMatch(/Left out on purpose[\s\S]*CI image/);
    expect(page).toMatch(/Could not be looked at[\s\S]*quotas of \/home/);
  });

  it("says that nothing was found where nothing was", async () => {
    const page = await pageOf(factsWith());
    expect(page).toContain("<h1>Nothing found</h1>");
    expect(page).toContain("All well: pip 24.3.1 can write and cache.");
    expect(page).not.toContain("<script");
  });

  it("has a page for every ill machine, with headings in order and no tag left open by a name", async () => {
    for (const [id, machines] of Object.entries(illMachines)) {
      for (const facts of machines.slice(0, 2)) {
        const page = await pageOf(facts, {}, [id]);
        expectHeadingsInOrder(page);
        expect(page).not.toMatch(/undefined|\[object Object\]/);
        const opened = [...page.matchAll(/<(section|ol|ul|li|p|details|figure|h\d|div|table|nav)[ >]/g)].length;
        const closed = [...page.matchAll(/<\/(?:section|ol|ul|li|p|details|figure|h\d|div|table|nav)>/g)].length;
        expect(opened).toBe(closed);
      }
    }
  });

  it("lets no name become markup", async () => {
    const evil = '/home/me/<img src=x onerror="alert(1)">`</code><script>`\u202e\u001b[31m';
    const facts = factsWith({ paths: [present(evil, rootOwned), present("/home/me")], pip: { configs: [], uses: [pipUse({ cacheDir: evil, cacheReal: evil, cacheFrom: setting("cache-dir", evil) })] } });
    const page = await pageOf(facts, { ignored: [{ problem: "x", subject: evil, why: evil, from: evil }] });
    expect(page).toContain("&#60;img src=x");
    expect(page).not.toContain("<img");
    expect(page.split("<script").length).toBeLessThanOrEqual(2);
    expect(page).not.toMatch(/[\u202e\u001b]/);
  });

  it("holds no secret", async () => {
    const facts = factsWith({ paths: [present(cache, rootOwned)], unknown: [{ what: "https://me:hunter2@host.example/x", why: "token=hunter2", from: {} }], cwd: "/x?password=hunter2" });
    expect(await pageOf(facts, { ignored: [{ problem: "x", subject: "/", why: "api_key=hunter2", from: "--ignore" }] })).not.toContain("hunter2");
  });

  it("names the command by itself for another machine, since paths of this one are of no use there", async () => {
    const page = await pageOf(ill, { reader: readerFor(ill, false) });
    expect(page).toContain("on that machine");
    expect(page).not.toContain("/opt/node");
  });
});
