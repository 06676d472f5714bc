/**
 * Any input as bytes the scan can read: UTF-16 (PowerShell's `>`), with and without a byte order mark, becomes
 * UTF-8; NUL bytes elsewhere (PowerShell's `>>` onto a UTF-8 file) are dropped, which leaves the ASCII readable.
 */
const SAMPLE = 4096;

export interface TextInput {
  push(chunk: Uint8Array): void;
  end(): void;
}

/** The answer never depends on how the bytes were cut into chunks: it is given on a full sample, or at the end. */
export function textInput(sink: (bytes: Uint8Array) => void): TextInput {
  let head: Buffer | null = Buffer.alloc(0);
  let feed: (bytes: Uint8Array, last: boolean) => void = () => undefined;
  const decide = (): void => {
    const bytes = head!;
    head = null;
    const encoding = utf16Of(bytes);
    feed = encoding === null ? (piece) => sink(withoutNul(piece)) : transcode(encoding, sink);
    feed(bytes, false);
  };
  return {
    push(chunk) {
      if (head === null) return feed(chunk, false);
      head = Buffer.concat([head, chunk]);
      if (head.length >= SAMPLE) decide();
    },
    end() {
      if (head !== null) decide();
      feed(new Uint8Array(0), true);
    },
  };
}

function transcode(encoding: "utf-16le" | "utf-16be", sink: (bytes: Uint8Array) => void) {
  const decoder = new TextDecoder(encoding);
  return (bytes: Uint8Array, last: boolean): void => {
    for (let at = 0; at === 0 || at < bytes.length; at += 1 << 20) {
      const text = decoder.decode(bytes.subarray(at, at + (1 << 20)), { stream: true });
      if (text !== "") sink(Buffer.from(text, "utf8"));
    }
    if (last) sink(Buffer.from(decoder.decode(), "utf8"));
  };
}

function withoutNul(bytes: Uint8Array): Uint8Array {
  return bytes.indexOf(0) < 0 ? bytes : bytes.filter((byte) => byte !== 0);
}

/** By its mark, or because many bytes of the sample are NUL, and only every second one: what is not ASCII has none. */
function utf16Of(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const sample = bytes.subarray(0, SAMPLE);
  if (sample[0] === 0xff && sample[1] === 0xfe) return "utf-16le";
  if (sample[0] === 0xfe && sample[1] === 0xff) return "utf-16be";
  if (sample.length < 8) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at++) {
    if (sample[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  const pairs = sample.length / 2;
  if (odd > pairs * 0.3 && even < odd * 0.1) return "utf-16le";
  return even > pairs * 0.3 && odd < even * 0.1 ? "utf-16be" : null;
}

/** Control characters that no log has, in the first bytes: above one in ten it is not a text. */
export function looksBinary(sample: Uint8Array): boolean {
  if (sample.length === 0 || utf16Of(sample) !== null) return false;
  let strange = 0;
  for (const byte of sample) if (byte < 8 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127) strange++;
  return strange * 10 > sample.length;
}
