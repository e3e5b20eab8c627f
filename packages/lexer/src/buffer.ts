/**
 * Growing byte buffers, which report to a ledger the growth that MicroPython's would have: exact at first, then in steps of
 * at least sixteen bytes. Counterpart: py/vstr.c. The bytes themselves grow by doubling, so appending is linear.
 */

import type { LexerLedger } from './types.js';
import { utf8Put } from './utf8.js';

/** A block of memory that exists only in the ledger. */
export class ModelledBlock {
  /** The bytes that MicroPython's block would have now. */
  alloc: number;
  private block: number;
  private readonly ledger: LexerLedger;

  constructor(ledger: LexerLedger, alloc: number) {
    this.ledger = ledger;
    this.alloc = alloc;
    this.block = ledger.alloc(alloc);
  }

  /** Makes room for `extra` bytes after `length`, with the slack and the rounding of a vstr. */
  ensure(length: number, extra: number): void {
    const needed = length + extra;
    if (needed > this.alloc) this.resize(((needed + 16) & ~7) + 8);
  }

  /** Changes to exactly `alloc` bytes. */
  resize(alloc: number): void {
    this.block = this.ledger.realloc(this.block, this.alloc, alloc);
    this.alloc = alloc;
  }

  free(): void {
    this.ledger.free(this.block, this.alloc);
  }
}

/** Bytes that are appended to; `length` may be set back. */
export class ByteBuffer {
  data: Uint8Array;
  length = 0;
  readonly model: ModelledBlock | null;
  /** Up to which length nothing needs to grow, neither here nor in the ledger. */
  private limit: number;

  /** `alloc` is the size MicroPython starts with. */
  constructor(ledger: LexerLedger | null, alloc: number) {
    this.data = new Uint8Array(Math.max(alloc, 64));
    this.model = ledger === null ? null : new ModelledBlock(ledger, alloc);
    this.limit = this.model === null ? this.data.length : alloc;
  }

  addByte(value: number): void {
    if (this.length >= this.limit) this.grow(1);
    this.data[this.length++] = value;
  }

  /** Appends a code point as UTF-8. */
  addChar(codePoint: number): void {
    const size = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    if (this.length + size > this.limit) this.grow(size);
    this.length = utf8Put(this.data, this.length, codePoint);
  }

  /** Appends `source[start..end)`; `bytewise` says that MicroPython grows for one byte at a time here. */
  addRange(source: Uint8Array, start: number, end: number, bytewise: boolean): void {
    const size = end - start;
    if (this.length + size > this.limit) {
      if (bytewise && this.model !== null) {
        while (this.length + size > this.model.alloc) this.model.ensure(this.model.alloc, 1);
      }
      this.grow(size);
    }
    const data = this.data;
    let p = this.length;
    if (size < 32) {
      for (let i = start; i < end; i++) data[p++] = source[i] as number;
    } else {
      data.set(source.subarray(start, end), p);
    }
    this.length += size;
  }

  /** Reports the growth that `size` bytes appended one by one to an empty buffer cause, and perhaps a final zero byte. */
  account(size: number, terminated: boolean): void {
    const model = this.model;
    if (model === null) return;
    while (size > model.alloc) model.ensure(model.alloc, 1);
    if (terminated && size === model.alloc) model.resize(size + 1);
    this.limit = Math.min(model.alloc, this.data.length);
  }

  /** Makes room for `extra` bytes. */
  protected grow(extra: number): void {
    const needed = this.length + extra;
    if (this.model !== null) this.model.ensure(this.length, extra);
    if (needed > this.data.length) {
      const data = new Uint8Array(needed * 2);
      data.set(this.data.subarray(0, this.length));
      this.data = data;
    }
    this.limit = this.model === null ? this.data.length : Math.min(this.model.alloc, this.data.length);
  }
}

/**
 * The text that f-strings want to have lexed after them, each byte with its origin: the offset in the source if it was
 * copied from there, or the complement of one near by if it was made up.
 */
export class ExpansionBuffer extends ByteBuffer {
  origins = new Int32Array(64);

  add(value: number, origin: number): void {
    this.addByte(value);
    if (this.length > this.origins.length) this.growOrigins();
    this.origins[this.length - 1] = origin;
  }

  /** Appends all of `source[start..end)` at once, with one origin. */
  addAll(source: Uint8Array, start: number, end: number, origin: number): void {
    const from = this.length;
    this.addRange(source, start, end, false);
    if (this.length > this.origins.length) this.growOrigins();
    this.origins.fill(origin, from, this.length);
  }

  /** Puts `source[0..size)` in front of what is there, with one origin. */
  insertFront(source: Uint8Array, size: number, origin: number): void {
    const old = this.length;
    this.addAll(source, 0, size, origin);
    this.data.copyWithin(size, 0, old);
    this.data.set(source.subarray(0, size));
    if (this.length > this.origins.length) this.growOrigins();
    this.origins.copyWithin(size, 0, old);
    this.origins.fill(origin, 0, size);
  }

  private growOrigins(): void {
    const origins = new Int32Array(this.length * 2);
    origins.set(this.origins);
    this.origins = origins;
  }
}
