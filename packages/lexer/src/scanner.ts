/**
 * The source as one flat run of bytes with a position, a line and a column. Counterpart: the reader and `next_char` of
 * py/lexer.c, but prepared at once: line ends are all LF, the last line has one, a zero byte is an illegal byte and zeros
 * follow the end, so that looking ahead needs no test.
 *
 *     buffer:  | free: read, or never used | injected text | the rest of the source | \n? | 0 0 0 0 |
 *                                          ^ pos           ^ baseStart
 *
 * The text that an f-string injects is written in front of the position, over what has been read already. Lines and columns
 * go on counting through it, as MicroPython's do. The line begins at `lineBase`, moved so that tabs are accounted for:
 * the column is always `pos - lineBase + 1`.
 */

import type { ExpansionBuffer } from './buffer.js';
import { Byte } from './chars.js';
import { LexError } from './errors.js';
import { utf8Encode, utf8Length } from './utf8.js';

/** Free bytes in front of the source: most f-strings in a file's first lines fit in. */
const HEADROOM = 128;
/** Zeros after the source: the position stays at the first and three bytes are looked at. */
const TAIL = 4;
/**
 * How many bytes one f-string may expand to in all, on top of four times the source. Each level of nesting is copied once more,
 * so deep nesting costs the square of its length; MicroPython runs out of memory there, and this is far beyond a board's.
 */
const EXPANSION_LIMIT = 4 << 20;

/** A position in a prepared source. */
export class Scanner {
  buf: Uint8Array;
  pos = HEADROOM;
  line = 1;
  lineBase = HEADROOM;
  /** From here on the buffer holds source; between `pos` and here, injected text. */
  baseStart = HEADROOM;
  readonly fileName: string;
  readonly tabSize: number;
  /** The number of bytes of the source as it was given. */
  readonly sourceSize: number;
  /** The buffer position of the source's first byte. */
  private sourceBase = HEADROOM;
  /** For each CR LF, where its LF is, relative to `sourceBase`: the source is one byte longer from there on. */
  private pairs: Int32Array | null = null;
  private pairCount = 0;
  /** How many of the pairs lie before the offset that was asked for last. */
  private pairCursor = 0;
  /** Origins of the injected bytes; the byte at position p has entry `baseStart - p - 1`. */
  private origins: Int32Array = new Int32Array(0);
  private expanded = 0;

  constructor(source: string | Uint8Array, fileName: string, tabSize: number) {
    const size = typeof source === 'string' ? utf8Length(source) : source.length;
    this.fileName = fileName;
    this.tabSize = tabSize;
    this.sourceSize = size;
    this.buf = new Uint8Array(HEADROOM + size + 1 + TAIL);
    if (typeof source === 'string') utf8Encode(source, this.buf, HEADROOM);
    else this.buf.set(source, HEADROOM);
    const end = this.normalise(HEADROOM + size);
    if (end > HEADROOM && this.buf[end - 1] !== Byte.Newline) this.buf[end] = Byte.Newline;
  }

  /** Makes every line end LF and zero bytes illegal ones; returns where the text ends then. */
  private normalise(end: number): number {
    const buf = this.buf;
    for (let p = buf.indexOf(0, HEADROOM); p >= 0 && p < end; p = buf.indexOf(0, p + 1)) buf[p] = Byte.Illegal;
    const first = buf.indexOf(Byte.Return, HEADROOM);
    if (first < 0) return end;
    const pairs = new Int32Array(end - first);
    let count = 0;
    let to = first;
    for (let p = first; p < end; p++) {
      let c = buf[p] as number;
      if (c === Byte.Return) {
        c = Byte.Newline;
        if (buf[p + 1] === Byte.Newline) {
          pairs[count++] = to - HEADROOM;
          p++;
        }
      }
      buf[to++] = c;
    }
    buf.fill(0, to, end);
    this.pairs = pairs.slice(0, count);
    this.pairCount = count;
    return to;
  }

  /** The column of the position, from 1. */
  column(): number {
    return this.pos - this.lineBase + 1;
  }

  /** Moves past the current byte, whatever it is; stays at the end. */
  advance(): void {
    const c = this.buf[this.pos];
    if (c === Byte.End) return;
    if (c === Byte.Tab) this.alignTab(this.pos);
    this.pos++;
    if (c === Byte.Newline) {
      this.line++;
      this.lineBase = this.pos;
    }
  }

  /** Accounts for the tab at position `p` of the current line. */
  alignTab(p: number): void {
    const before = p - this.lineBase;
    this.lineBase = p + 1 - (Math.floor(before / this.tabSize) + 1) * this.tabSize;
  }

  /** The origin of the byte at `p`: its offset in the source, or the complement of one if it was made up. */
  originAt(p: number): number {
    return p < this.baseStart ? (this.origins[this.baseStart - p - 1] as number) : this.sourceOffset(p);
  }

  /** Where a token that begins at `p` begins in the source. */
  startOffset(p: number): number {
    const origin = this.originAt(p);
    return origin < 0 ? ~origin : origin;
  }

  /** Where a token that ends before `p` ends in the source. */
  endOffset(p: number): number {
    if (p > this.baseStart) return this.sourceOffset(p);
    const origin = this.originAt(p - 1);
    return origin < 0 ? ~origin : origin + 1;
  }

  private sourceOffset(p: number): number {
    const at = p - this.sourceBase;
    const pairs = this.pairs;
    if (pairs === null) return at < this.sourceSize ? at : this.sourceSize;
    let i = this.pairCursor;
    while (i < this.pairCount && (pairs[i] as number) < at) i++;
    while (i > 0 && (pairs[i - 1] as number) >= at) i--;
    this.pairCursor = i;
    return Math.min(at + i, this.sourceSize);
  }

  /** Has `text` read next, before what follows the position. */
  inject(text: ExpansionBuffer): void {
    // At the end of the source a newline comes behind the text: the last line always ends.
    const atEnd = this.buf[this.pos] === Byte.End;
    const size = text.length + (atEnd ? 1 : 0);
    if (this.pos >= this.baseStart) {
      this.baseStart = this.pos;
      this.expanded = 0;
    }
    this.expanded += size;
    if (this.expanded > EXPANSION_LIMIT + 4 * this.sourceSize) {
      const message = `memory allocation failed, allocating ${this.expanded} bytes`;
      throw new LexError('expansion-limit', message, this.fileName, this.line, this.column());
    }
    if (size > this.pos) this.makeRoom(size);
    const depth = this.baseStart - this.pos;
    if (depth + size > this.origins.length) {
      const origins = new Int32Array((depth + size) * 2);
      origins.set(this.origins.subarray(0, depth));
      this.origins = origins;
    }
    const origins = this.origins;
    if (atEnd) origins[depth] = ~this.sourceSize;
    for (let i = 0, k = depth + size - 1; i < text.length; i++, k--) origins[k] = text.origins[i] as number;
    this.pos -= size;
    this.lineBase -= size;
    this.buf.set(text.data.subarray(0, text.length), this.pos);
    if (atEnd) this.buf[this.pos + text.length] = Byte.Newline;
  }

  /** Makes at least `size` free bytes in front of the position; by half the buffer, so that it happens rarely. */
  private makeRoom(size: number): void {
    const shift = Math.max(size * 2, this.buf.length >> 1);
    const buf = new Uint8Array(this.buf.length + shift);
    buf.set(this.buf.subarray(this.pos), this.pos + shift);
    this.buf = buf;
    this.pos += shift;
    this.lineBase += shift;
    this.baseStart += shift;
    this.sourceBase += shift;
  }
}
