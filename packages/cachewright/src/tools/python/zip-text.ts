import type { Looker } from "../../machine/machine.ts";
import { type FilePart, isReadFailure, partReader } from "./file-part.ts";
import { readZipDirectory } from "./zip-directory.ts";
import { readMember } from "./zip-member.ts";

const largest = 64 << 20;

/** A text file in a zip; undefined where it cannot be had. */
export function textInZip(looker: Looker, part: FilePart, name: string): string | undefined {
  const reader = partReader(looker, part);
  try {
    const directory = readZipDirectory(reader);
    const member = "says" in directory ? undefined : directory.members.find((one) => one.name === name);
    return member === undefined ? undefined : readMember(reader, member, largest)?.toString("utf8");
  } catch (error) {
    if (isReadFailure(error)) return undefined;
    throw error;
  }
}
