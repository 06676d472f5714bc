import { describe, expect, it } from "vitest";
import { recordedFiles } from "./record.ts";

describe("the files a RECORD lists", () => {
  it("are its names, quoted ones as they are meant", () => {
    expect(recordedFiles('six.py,sha256=a,10\r\npkg/__init__.py,,\n"a, ""b"".txt",,\n')).toEqual(["six.py", "pkg/__init__.py", 'a, "b".txt']);
  });

  it("are those below its own directory: nothing that leads out of it", () => {
    expect(recordedFiles("../../../bin/six,,\n/etc/shadow,,\na/../../b,,\n./c,,\na//b,,\n..,,\n,,\n\n")).toEqual([]);
    expect(recordedFiles("..six.py,,\na..b/c,,\n")).toEqual(["..six.py", "a..b/c"]);
  });

  it("are read as far as asked", () => {
    expect(recordedFiles("a,,\nb,,\nc,,\n", 2)).toEqual(["a", "b"]);
  });
});
