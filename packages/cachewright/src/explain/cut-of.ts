/** Does the log begin or end in the middle of a traceback? Then the deciding line may be missing. */
const midway = /^\s+File ".{1,1000}", line \d|^\s{4,}\S|^\s*[\^~]{2,}\s*$|^During handling of the above exception/;
const unfinished = /^\s+File ".{1,1000}", line \d|Traceback \(most recent call last\):$|^(?:ERROR: )?Exception:$|due to an (?:OS|Environment)Error\.$|^During handling of the above exception|^\s*[\^~]{2,}$/;

export function cutOf(head: Buffer, tail: Buffer): { head: boolean; tail: boolean } {
  const first = lines(head)[0] ?? "";
  const last = lines(tail).slice(-2);
  return {
    head: midway.test(first),
    // The last frame of a traceback is followed by its source line.
    tail: last.some((line, index) => unfinished.test(line) && (index === last.length - 1 || /^\s{4,}\S/.test(last.at(-1)!))),
  };
}

function lines(bytes: Buffer): string[] {
  return bytes.toString("utf8").split(/\r?\n/).map((line) => line.slice(0, 2000).trimEnd()).filter((line) => line !== "");
}
