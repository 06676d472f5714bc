import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCondarc } from "./condarc.ts";
import { plainCondarc } from "./plain-condarc.ts";

const plain = (text: string) => plainCondarc(Buffer.from(text));

describe("plainCondarc", () => {
  it("reads what people write", () => {
    const text = "# mine\nchannels:\n  - conda-forge\n  - https://x.y/z #!bottom\n\npkgs_dirs: #!final\n- ~/pkgs\n- $HOME/x\nalways_copy: yes\nauto_activate_base: false #!final\nenvs_dirs:\nremote_read_timeout_secs: 60\nshow_channel_urls: ~\nssl_verify: 'C:'\n";
    expect(plain(text)).toEqual(readCondarc(Buffer.from(text)));
    expect(plain(text)?.entries.map(({ key }) => key)).toHaveLength(8);
    expect(plain(text.replaceAll("\n", "\r\n"))).toEqual(plain(text));
    expect(plain("")).toEqual({ entries: [], fault: null });
  });

  it.each([
    "a: [x]\n", "a: {k: v}\n", "a: |\n  x\n", "a: x y\n", "a: x\n  y\n", "a:\n  k: v\n", "a:\n  - k: v\n", "a: &x y\n", "a: *x\n", "a: !t x\n", "---\na: x\n", "a: x\na: y\n", "- a\n", "a: \"\\t\"\n", "a: 'it''s'\n",
    "a: 010\n", "a: 1.5\n", "a: 2020-01-01\n", "a: -3\n", "a: .5\n", "a: x:\n", "a:\tx\n", "\ta: x\n", "a: \u00e9\n", "\uFEFFa: x\n", "a:\n  - x\n - y\n", "a: x\n- y\n", "a: %x\n", "a: @x\n", "? a\n", "a\n", "a:x\n", " a: x\n", "a:\n  - x\n  y\n",
  ])("leaves %j to the other reader", (text) => {
    expect(plain(text)).toBeUndefined();
  });

  it("answers as the other reader does wherever it answers", () => {
    const word = fc.constantFrom("x", "/a/b", "~/x", "~", "$HOME/x", "${X}/y", "a:b", "http://x.y/z", "true", "null", "7", "0", "'q r'", '"d"', "''", "on", "x,y", "a{b}", "it's", "a-b", "nan", "%x", "[p]", "- z", "x: y", "010");
    const comment = fc.constantFrom("", "", "", " #!final", "  #!top", " #!bottom", " # note", " #!final ", "#x", " ");
    const between = fc.constantFrom("", "", "", "\n", "# note\n", "  #!top\n", "#!final\n");
    const item = fc.tuple(between, fc.constantFrom("- ", "  - ", "  -   "), word, comment).map((parts) => `${parts.join("")}\n`);
    const key = fc.tuple(between, fc.constantFrom("a", "b", "pkgs_dirs", "c-d"), fc.oneof(
      fc.tuple(word, comment).map(([value, end]) => `: ${value}${end}\n`),
      fc.tuple(comment, fc.array(item, { maxLength: 3 })).map(([end, items]) => `:${end}\n${items.join("")}`),
    )).map((parts) => parts.join(""));
    let answered = 0;
    fc.assert(fc.property(fc.array(key, { maxLength: 4 }), (keys) => {
      const text = keys.join("");
      const found = plain(text);
      if (found === undefined) return;
      answered += 1;
      expect(found).toEqual(readCondarc(Buffer.from(text)));
    }), { numRuns: 3000 });
    expect(answered).toBeGreaterThan(300);
  });
});
