/** The part of Node's Buffer that `explain` uses, for browsers. It has to be there before `explain` is loaded. */
const Base = Uint8Array as unknown as new (source: number | ArrayLike<number> | ArrayBufferLike, at?: number, length?: number) => Uint8Array;

class Bytes extends Base {
  static from(source: string | ArrayLike<number>, encoding?: string): Bytes {
    if (typeof source !== "string") return new Bytes(source);
    if (encoding === "hex") return new Bytes((source.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => Number.parseInt(pair, 16)));
    return new Bytes(new TextEncoder().encode(source));
  }

  static alloc(size: number): Bytes {
    return new Bytes(size);
  }

  static allocUnsafeSlow(size: number): Bytes {
    return new Bytes(size);
  }

  static byteLength(text: string): number {
    return new TextEncoder().encode(text).length;
  }

  static concat(parts: readonly Uint8Array[]): Bytes {
    const whole = new Bytes(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  override toString(encoding = "utf8", start = 0, end = this.length): string {
    const part = this.subarray(start, end);
    if (encoding !== "latin1") return new TextDecoder("utf-8", { ignoreBOM: true }).decode(part);
    let text = "";
    for (let at = 0; at < part.length; at += 8192) text += String.fromCharCode(...part.subarray(at, at + 8192));
    return text;
  }
}

const here = globalThis as { Buffer?: unknown };
here.Buffer ??= Bytes;
