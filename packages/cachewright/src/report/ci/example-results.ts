/** For tests: what was found in a file and on a machine, and names that try to break out of every format. */
import type { Reported, ReportedRule } from "./reported.ts";

export const rules: readonly ReportedRule[] = [
  { id: "layer-keeps-cache", title: "A layer keeps the cache", description: "The cache stays in the image." },
  { id: "cache-not-owned", title: "pip may not write to its cache directory", description: "It belongs to somebody else.", level: "warning", help: "`cachewright explain cache-not-owned`" },
];

export const inFile: Reported = { rule: "layer-keeps-cache", level: "warning", message: "the cache stays in this layer", path: "docker/Dockerfile dev", range: { line: 3, column: 5, endLine: 4, endColumn: 9 }, subject: "RUN pip install" };

export const ofMachine: Reported = { rule: "cache-not-owned", level: "error", message: "it belongs to root\nand others only read", path: "/home/me/.cache/pip", subject: "/home/me/.cache/pip" };

const names = ["]]>", "</failure><x y='", "\"'&", "::error file=x::y", "a%0Ab", "a\nb\r\n::c", "a,b:c", "\u001b[31m", "\ud800", "\udcff", "\ufffe", "\0", "\u202e", "{0}", "[a](1)", "--><!--", "\t", "üñ😀"];

export const hostile: readonly Reported[] = names.flatMap((name): Reported[] => [
  { ...inFile, path: `dir/${name}`, message: name, subject: name },
  { ...ofMachine, path: `/${name}`, message: `${name}\n${name}`, subject: name, rule: `rule-not-listed` },
  { rule: "cache-not-owned", level: "note", message: `x${name}`, subject: name },
]);
