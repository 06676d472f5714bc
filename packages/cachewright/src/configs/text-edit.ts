/** A change to a file as data: replace `length` bytes at `offset` of the original bytes by `content`. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly content: string;
}

/** The bytes after the edits. Edits are over the original bytes, must not overlap, and may come in any order. */
export function applyEdits(original: Uint8Array, edits: readonly TextEdit[]): Buffer {
  const ordered = [...edits].sort((a, b) => a.offset - b.offset);
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const edit of ordered) {
    if (edit.offset < at || edit.length < 0 || edit.offset + edit.length > original.length) {
      throw new RangeError(`edit at ${edit.offset}+${edit.length} overlaps another or leaves the file`);
    }
    parts.push(original.subarray(at, edit.offset), Buffer.from(edit.content, "utf8"));
    at = edit.offset + edit.length;
  }
  parts.push(original.subarray(at));
  return Buffer.concat(parts);
}
