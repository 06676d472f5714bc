import type { Output } from "../room.ts";

/** Paths of one time and digests differ from run to run. */
const plain = (line: string): string => line.replace(/\/tmp\/[^/\s]+|[0-9a-f]{6,}|\d+(?:\.\d+)*|tmp\w+/g, "#").trim();
const complaint = /warn|error|corrupt|fail|denied|invalid|broken|traceback/i;

/** Lines in which something is complained about. */
export function complaintsIn({ text }: Output): string[] {
  return text.split("\n").filter((line) => complaint.test(line)).map(plain);
}

export function freshComplaints(output: Output, usual: ReadonlySet<string>): string[] {
  return complaintsIn(output).filter((line) => !usual.has(line));
}
