import { describe, expect, it } from "vitest";
import { explainText } from "./explain-log.ts";
import { unwrap } from "./unwrap.ts";

const broken = (log: string, columns: number): string => log.split("\n").flatMap((line) => line.match(new RegExp(`.{1,${columns}}`, "gu")) ?? [""]).join("\r\n");
const error = "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/usr/lib/python3.10/site-packages/markupsafe'";
const log = `Installing collected packages: markupsafe\n${error}\nConsider using the \`--user\` option or check the permissions.\n`;

describe("a log copied out of a console", () => {
  it.each([80, 100, 120])("of %i columns is put together, with the line numbers of the log", (columns) => {
    expect(unwrap(broken(log, columns))?.text).toBe(log);
    const [finding] = explainText(broken(log, columns)).findings;
    expect(finding).toMatchObject({ problem: "site-packages-not-writable", path: "/usr/lib/python3.10/site-packages/markupsafe", allLines: [2], consequences: [{ line: 4 }] });
  });

  it("of any width, where several lines fill it", () => {
    const thrice = `${error}\n`.repeat(3);
    expect(unwrap(broken(thrice, 67))?.text).toBe(thrice);
    expect(unwrap(broken(log, 97))).toBeNull();
  });

  it("is left alone where lines are longer than any console, or none is full", () => {
    expect(unwrap(`${"x".repeat(80)}\nb\n${"y".repeat(300)}\n`)).toBeNull();
    expect(unwrap("short\nlines\n")).toBeNull();
    expect(unwrap("")).toBeNull();
  });

  it("is left alone where a complaint is only repeated, whatever stands below it", () => {
    const warning = "WARNING: Ignoring invalid distribution -pkg (/srv/work/env/lib/python3.9/site-packages)";
    expect(unwrap([warning, "Package Version", "------- -------", "wpkg    1.0", warning, warning, ""].join("\n"))).toBeNull();
  });

  it("does not swallow a line that begins something of its own", () => {
    for (const next of ["Check the permissions.", "ERROR: Failed", "PermissionError: [Errno 13] x", "  File \"x.py\", line 1", "Traceback (most recent call last):"]) {
      expect(unwrap(`${"x".repeat(80)}\n${next}\n`)).toBeNull();
    }
  });
});
