import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { artifactUri } from "./artifact-uri.ts";
import { hostile, inFile, ofMachine, rules } from "./example-results.ts";
import { sarifLog } from "./sarif.ts";

const text = { type: "object", required: ["text"], properties: { text: { type: "string", minLength: 1 }, markdown: { type: "string", minLength: 1 } }, additionalProperties: false };
const positive = { type: "integer", minimum: 1 };
const level = { enum: ["none", "note", "warning", "error"] };
const strict = (properties: object, required: readonly string[] = []): object => ({ type: "object", properties, required, additionalProperties: false });

/** What of the official schema (OASIS, 2.1.0 errata 01) and of GitHub's ingestion concerns the parts that are written here. */
const reducedSchema = strict({
  $schema: { type: "string" }, version: { const: "2.1.0" },
  runs: {
    type: "array", minItems: 1, items: strict({
      tool: strict({ driver: strict({
        name: { type: "string" }, version: { type: "string" }, semanticVersion: { type: "string" },
        rules: { type: "array", uniqueItems: true, items: strict({ id: { type: "string" }, shortDescription: text, fullDescription: text, help: text, defaultConfiguration: strict({ level }) }, ["id", "shortDescription", "fullDescription", "help"]) },
      }, ["name", "rules"]) }, ["driver"]),
      invocations: { type: "array", items: strict({ executionSuccessful: { type: "boolean" }, toolExecutionNotifications: { type: "array", items: strict({ level, message: text }, ["message"]) } }, ["executionSuccessful"]) },
      originalUriBaseIds: { type: "object", additionalProperties: strict({ description: text }) },
      columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
      results: { type: "array", items: strict({
        ruleId: { type: "string" }, ruleIndex: { type: "integer", minimum: 0 }, level, message: text,
        locations: { type: "array", minItems: 1, maxItems: 1, items: { minProperties: 1, ...strict({
          physicalLocation: strict({
            artifactLocation: strict({ uri: { type: "string", pattern: "^(?:[A-Za-z0-9._~%/-]|file:)+$" }, uriBaseId: { type: "string" } }, ["uri"]),
            region: strict({ startLine: positive, startColumn: positive, endLine: positive, endColumn: positive }, ["startLine"]),
          }, ["artifactLocation"]),
          logicalLocations: { type: "array", uniqueItems: true, items: strict({ fullyQualifiedName: { type: "string" }, kind: { type: "string" } }) },
        }) } },
        partialFingerprints: { type: "object", minProperties: 1, additionalProperties: { type: "string" } },
      }, ["ruleId", "level", "message", "locations", "partialFingerprints"]) },
    }, ["tool", "results"]),
  },
}, ["version", "runs"]);

interface Result { message: { text: string }; locations: { physicalLocation?: { artifactLocation: object; region?: object }; logicalLocations?: object[] }[]; partialFingerprints: Record<string, string>; ruleIndex: number; level: string }
interface Log { runs: [{ tool: { driver: { rules: { id: string; defaultConfiguration: { level: string } }[] } }; results: Result[]; invocations: [{ toolExecutionNotifications?: object[] }] }] }

function runOf(...given: Parameters<typeof sarifLog>): Log["runs"][0] {
  return (JSON.parse(JSON.stringify(sarifLog(...given))) as Log).runs[0];
}

describe("findings as SARIF 2.1.0", () => {
  const validate = new Ajv({ strict: false }).compile(reducedSchema);

  it.each([
    ["nothing", { rules: [], results: [], version: "1.2.3" }],
    ["findings in files and of the machine", { rules, results: [inFile, ofMachine], version: "1.2.3", notLookedAt: ["quotas (no quota program)"] }],
    ["names of any bytes", { rules, results: hostile, version: "1.2.3" }],
  ])("keeps to its schema with %s", (_, given) => {
    expect(validate(JSON.parse(JSON.stringify(sarifLog(given)))), JSON.stringify(validate.errors)).toBe(true);
  });

  it("places what is in a file of the project below its root, with lines and columns", () => {
    const [result] = runOf({ rules, results: [inFile], version: "1" }).results;
    expect(result).toMatchObject({ ruleIndex: 0, level: "warning", message: { text: inFile.message } });
    expect(result?.locations).toEqual([{ physicalLocation: { artifactLocation: { uri: "docker/Dockerfile%20dev", uriBaseId: "%SRCROOT%" }, region: { startLine: 3, startColumn: 5, endLine: 4, endColumn: 9 } } }]);
    expect(Object.keys(result?.partialFingerprints ?? {})).toEqual(["cachewrightFinding/v1"]);
  });

  it("places what is elsewhere by its file: address, and names it", () => {
    const [result] = runOf({ rules, results: [ofMachine], version: "1" }).results;
    expect(result?.locations).toEqual([{ physicalLocation: { artifactLocation: { uri: "file:///home/me/.cache/pip" } }, logicalLocations: [{ fullyQualifiedName: "/home/me/.cache/pip", kind: "resource" }] }]);
    expect(result?.partialFingerprints).toHaveProperty("primaryLocationLineHash");
  });

  it("has the same fingerprint when only lines and words change, another for another subject, and counts equal ones", () => {
    const prints = (...results: (typeof inFile)[]): string[] => runOf({ rules, results, version: "1" }).results.map((one) => one.partialFingerprints["cachewrightFinding/v1"] ?? "");
    const [print = ""] = prints(inFile);
    expect(prints({ ...inFile, range: { line: 90 }, message: "other words" })).toEqual([print]);
    expect(prints({ ...inFile, subject: "other" })).not.toEqual([print]);
    expect(prints(inFile, inFile)).toEqual([print, print.replace(/:1$/, ":2")]);
  });

  it("takes a rule's level from its worst result where it has none of its own", () => {
    const [rule = { id: "", title: "", description: "" }] = rules;
    const levels = (given: typeof rules): string[] => runOf({ rules: given, results: [{ ...inFile, level: "note" }, { ...inFile, level: "error" }], version: "1" }).tool.driver.rules.map((one) => one.defaultConfiguration.level);
    expect(levels([rule])).toEqual(["error"]);
    expect(levels([{ ...rule, level: "note" }])).toEqual(["note"]);
  });

  it("lets no text pass as a placeholder or a link, and no secret at all", () => {
    const said = runOf({ rules, results: [{ ...inFile, message: "a {0} and [x](http://e.example) but {home} and [3]; https://me:pass@host.example/x" }], version: "1" }).results[0]?.message.text;
    expect(said).toBe("a {{0}} and \\[x](http://e.example) but {home} and [3]; https://***@host.example/x");
  });

  it("says what could not be looked at", () => {
    expect(runOf({ rules, results: [], version: "1", notLookedAt: ["quotas"] }).invocations[0].toolExecutionNotifications).toEqual([{ level: "note", message: { text: "quotas" } }]);
  });
});

describe("a path as a URI", () => {
  it.each([
    ["./a b/c", "a%20b/c"], ["a:b", "a%3Ab"], ["/x/ä%", "file:///x/%C3%A4%25"], ["/x/\udcff", "file:///x/%FF"],
    ["C:\\Users\\x y", "file:///C:/Users/x%20y"], ["\\\\host\\share", "file://host/share"], ["a\0\ud800", "a%00%EF%BF%BD"],
  ])("%j is %s", (path, uri) => {
    expect(artifactUri(path)).toBe(uri);
    expect(() => new URL(uri, "file:///base/")).not.toThrow();
  });
});
