/**
 * Reading and growing byte sequences. Every length is checked against what is left before anything is allocated, so a
 * hostile file costs no more than its own size.
 */
import { MpyFormatError } from './errors.js';

/** The parts of a `.mpy` file, in the order in which they come: of code first its head, then its bytes, then a count of children. */
export type FilePart =
  | 'header'
  | 'counts'
  | 'qstr'
  | 'constant'
  | 'code-head'
  | 'code'
  | 'native-info'
  | 'children'
  | 'relocations';

/** A cursor over bytes that never runs past their end. */
export class ByteReader {
  /** The next byte's index. */
  at: number;
  private readonly end: number;
  /** Told where the parts of a file are, for those who want to show them. */
  note: ((part: FilePart, start: number, end: number) => void) | null = null;

  constructor(
    readonly bytes: Uint8Array,
    at = 0,
    end = bytes.length,
  ) {
    this.at = at;
    this.end = end;
  }

  /** How many bytes are left. */
  get left(): number {
    return this.end - this.at;
  }

  /** The next byte. */
  byte(): number {
    if (this.at >= this.end) throw new MpyFormatError('truncated', 'the data ends where a byte was expected', this.at);
    return this.bytes[this.at++] as number;
  }

  /** A var-uint: seven bits a byte, most significant first, bit 7 set on all but the last. */
  uint(): number {
    const start = this.at;
    let value = 0;
    for (;;) {
      const b = this.byte();
      value = value * 128 + (b & 0x7f);
      if (value > 0xffffffff) throw new MpyFormatError('too-large', 'a number does not fit in 32 bits', start);
      if (b < 0x80) return value;
    }
  }

  /** A var-uint that counts things of at least `size` bytes each, all of which must still fit. */
  count(what: string, size: number): number {
    const start = this.at;
    const n = this.uint();
    if (n * size > this.left) {
      throw new MpyFormatError('truncated', `${n} ${what} announced, only ${this.left} bytes left`, start);
    }
    return n;
  }

  /** A copy of the next `n` bytes. */
  take(n: number): Uint8Array {
    if (n > this.left) throw new MpyFormatError('truncated', `${n} bytes expected, only ${this.left} left`, this.at);
    const from = this.at;
    this.at += n;
    return this.bytes.slice(from, this.at);
  }
}

/** A growing sequence of bytes. */
export class ByteWriter {
  private buffer = new Uint8Array(256);
  /** How many bytes were written. */
  length = 0;

  private reserve(n: number): void {
    if (this.length + n <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(this.buffer.length * 2, this.length + n));
    grown.set(this.buffer.subarray(0, this.length));
    this.buffer = grown;
  }

  /** Append one byte. */
  byte(b: number): void {
    this.reserve(1);
    this.buffer[this.length++] = b;
  }

  /** Append bytes. */
  bytes(data: ArrayLike<number>): void {
    this.reserve(data.length);
    this.buffer.set(data, this.length);
    this.length += data.length;
  }

  /** Append a var-uint. */
  uint(value: number): void {
    this.bytes(encodeUint(value));
  }

  /** The bytes so far, as a copy. */
  finish(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }
}

/** The bytes of a var-uint. */
export function encodeUint(value: number): number[] {
  const out = [value % 128];
  for (let rest = Math.floor(value / 128); rest !== 0; rest = Math.floor(rest / 128)) out.unshift((rest % 128) | 0x80);
  return out;
}
