import { describe, expect, it } from "vitest";
import { holdsCredential } from "./secrets.ts";

describe("holdsCredential", () => {
  it.each([
    ["index-url", "https://me:s3cret@index.example/simple"],
    ["extra-index-url", "https://a.example/simple\nhttps://__token__:abc@b.example/simple"],
    ["proxy", "me:s3cret@proxy.example:3128"],
    ["proxy", "http://me:s3cret@[::1]:3128"],
    ["index-url", `https://${"ghp_"}${"a1".repeat(12)}@index.example/simple`],
    ["find-links", "https://files.example/list?private_token=abc"],
    ["index-url", "https://me:p%40ss@index.example/simple"],
  ])("finds one in %s = %s", (option, value) => {
    expect(holdsCredential(option, value)).toBe(true);
  });

  it.each([
    ["index-url", "https://index.example/simple"],
    ["index-url", "https://me@index.example/simple"],
    ["index-url", "https://me:@index.example/simple"],
    ["index-url", "https://${USER}:${PASS}@index.example/simple"],
    ["index-url", "https://index.example:8443/simple"],
    ["proxy", "proxy.example:3128"],
    ["cache-dir", "/srv/a:b@c"],
    ["trusted-host", "index.example"],
    ["find-links", "/srv/links/@scope:thing"],
  ])("finds none in %s = %s", (option, value) => {
    expect(holdsCredential(option, value)).toBe(false);
  });
});
