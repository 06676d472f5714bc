import { describe, expect, it } from "vitest";
import { escapeHtml, html, jsonFor } from "./markup.ts";
import { htmlPage } from "./page.ts";

describe("markup made from machine text", () => {
  it("escapes what is put in, in text and in attributes", () => {
    const name = `<img src=x onerror="alert(1)">'&`;
    const { markup } = html`<p title="${name}">${name}</p>`;
    expect(markup).not.toContain("<img");
    expect(markup).toBe(`<p title="${escapeHtml(name)}">${escapeHtml(name)}</p>`);
    expect(escapeHtml(name)).not.toMatch(/[<>"']/);
  });

  it("puts made markup and lists in as they are, and nothing for what is absent", () => {
    expect(html`<ul>${["a", "<"].map((one) => html`<li>${one}</li>`)}${undefined}${false}</ul>`.markup).toBe("<ul><li>a</li><li>&#60;</li></ul>");
  });

  it("shows control characters and direction marks instead of obeying them", () => {
    expect(escapeHtml("a\u202eb\u001b[31mc\udcff")).toBe("a\\u202eb\\x1b[31mc\\xff");
  });

  it("keeps data for a script from closing its element", () => {
    expect(jsonFor({ name: "</script><!--" }).markup).not.toMatch(/[<>]/);
    expect(JSON.parse(jsonFor({ name: "</script>\u2028&" }).markup)).toEqual({ name: "</script>\u2028&" });
  });
});

describe("a page", () => {
  it("is one document that asks nobody for anything", () => {
    const page = htmlPage({ title: "a <b>", main: html`<h1>Findings</h1>` });
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain("<title>a &#60;b&#62;</title>");
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(page).not.toContain("<script");
  });
});
