import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPasting, lastKey, readKeys } from "./key-names.ts";

const names = (text: string | Buffer): string[] => readKeys(Buffer.from(text as string)).keys.map((key) => ("name" in key ? key.name : `pasted ${key.pasted}`));

describe("bytes of a terminal as keys", () => {
  it.each([
    ["jk", ["j", "k"]], ["\u001b[A\u001b[B\u001b[C\u001b[D", ["up", "down", "right", "left"]], ["\u001bOA\u001bOH", ["up", "home"]], ["\u001b[5~\u001b[6~\u001b[1~\u001b[4~", ["page-up", "page-down", "home", "end"]],
    ["\r\n \t\u007f\b", ["enter", "enter", " ", "tab", "backspace", "backspace"]], ["\u0003\u001a\u0004", ["ctrl-c", "ctrl-z", "ctrl-d"]], ["é漢😀", ["é", "漢", "😀"]], ["\u001b[1;5A", ["up"]],
  ])("%j is %j", (bytes, keys) => expect(names(bytes)).toEqual(keys));

  it.each([["Alt and a key", "\u001bq"], ["a function key", "\u001b[15~"], ["one of the console's", "\u001b[[A"], ["no UTF-8", Buffer.from([0xff])], ["what mice send", "\u001b[<0;1;1M".replace("M", "m")]])("%s is a key nobody asks for", (_, bytes) => expect(names(bytes)).toEqual([""]));

  it("waits for the rest of what came in pieces", () => {
    for (const whole of ["\u001b[5~", "\u001bOA", "漢", "\u001b[200~text\u001b[201~"]) {
      const bytes = Buffer.from(whole);
      for (let cut = 1; cut < bytes.length; cut++) {
        const first = readKeys(bytes.subarray(0, cut));
        expect(first.keys).toEqual([]);
        expect(readKeys(Buffer.concat([first.rest, bytes.subarray(cut)]))).toEqual(readKeys(bytes));
      }
    }
  });

  it("takes a lone ESC for the key when nothing follows, and half a sequence for nothing", () => {
    expect(lastKey(readKeys(Buffer.from("\u001b")).rest)).toEqual([{ name: "escape" }]);
    expect(names("\u001b\u001b[A")).toEqual(["escape", "up"]);
    expect(lastKey(readKeys(Buffer.from("\u001b[")).rest)).toEqual([]);
  });

  it("gives pasted text as one, whatever is in it", () => {
    expect(names("\u001b[200~dy\r\u001b[A\u001b[201~j")).toEqual(["pasted dy\r\u001b[A", "j"]);
    expect(isPasting(readKeys(Buffer.from("\u001b[200~dy")).rest)).toBe(true);
  });

  it("reads any bytes to their end, however they are cut", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(40), (given, cut) => {
      const bytes = Buffer.from(given);
      const first = readKeys(bytes.subarray(0, cut));
      const second = readKeys(Buffer.concat([first.rest, bytes.subarray(cut)]));
      const whole = readKeys(bytes);
      expect([...first.keys, ...second.keys]).toEqual(whole.keys);
      expect(second.rest).toEqual(whole.rest);
    }));
  });
});
