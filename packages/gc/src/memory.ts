/**
 * The one buffer that a board's flash and RAM live in, with a view of it for each width.
 *
 * Invariant: the buffer is allocated once and never grows or moves, so code may keep its views in constants.
 */

import { HeapError } from './errors.js';

// Typed arrays use the host's byte order; every layout here is little-endian, as on the ports it mirrors.
const hostIsLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** Addresses stay below this, so that each is a non-negative int32 on every engine's fast path. */
const MAX_SIZE = 0x4000_0000;

/** A fixed-length linear memory. An address is an offset into `buffer`. */
export class LinearMemory {
  /** The bytes themselves. */
  readonly buffer: ArrayBuffer;
  /** Length in bytes. */
  readonly size: number;
  /** Unsigned bytes; index = address. */
  readonly u8: Uint8Array;
  /** Signed bytes; index = address. */
  readonly i8: Int8Array;
  /** Unsigned halfwords; index = address >> 1. */
  readonly u16: Uint16Array;
  /** Signed halfwords; index = address >> 1. */
  readonly i16: Int16Array;
  /** Signed words; index = address >> 2. */
  readonly i32: Int32Array;
  /** Unsigned words; index = address >> 2. */
  readonly u32: Uint32Array;
  /** Single-precision floats; index = address >> 2. */
  readonly f32: Float32Array;
  /** Double-precision floats; index = address >> 3. */
  readonly f64: Float64Array;
  /** For what is not aligned to its own size. */
  readonly view: DataView;

  /** First byte of `buffer` that {@link int32Array} and its like have not given away. */
  private spare: number;

  /**
   * Allocates `size` zero bytes; `size` is a positive multiple of 16, at most 1 GiB. `buffer`: at least so long a one to use instead; what lies
   * behind `size` in it is for {@link int32Array} and its like.
   */
  constructor(size: number, buffer?: ArrayBuffer) {
    if (!hostIsLittleEndian) throw new HeapError('host-endian', 'a little-endian host', 'a big-endian one');
    if (!Number.isInteger(size) || size <= 0 || (size & 15) !== 0 || size > MAX_SIZE) {
      throw new HeapError('memory-size', `a multiple of 16 from 16 to ${MAX_SIZE}`, String(size));
    }
    if (buffer === undefined) buffer = new ArrayBuffer(size);
    else if (buffer.byteLength < size) throw new HeapError('memory-size', `${size} bytes`, `${buffer.byteLength}`);
    this.buffer = buffer;
    this.size = size;
    this.spare = size;
    this.u8 = new Uint8Array(buffer, 0, size);
    this.i8 = new Int8Array(buffer, 0, size);
    this.u16 = new Uint16Array(buffer, 0, size >> 1);
    this.i16 = new Int16Array(buffer, 0, size >> 1);
    this.i32 = new Int32Array(buffer, 0, size >> 2);
    this.u32 = new Uint32Array(buffer, 0, size >> 2);
    this.f32 = new Float32Array(buffer, 0, size >> 2);
    this.f64 = new Float64Array(buffer, 0, size >> 3);
    this.view = new DataView(buffer, 0, size);
  }

  /** Whether the buffer goes on behind what addresses reach. */
  get hasSpare(): boolean {
    return this.buffer.byteLength > this.size;
  }

  /** `n` words for whoever works on this memory, in the spare part of the buffer if it has one. */
  int32Array(n: number): Int32Array {
    const at = this.take(n * 4);
    return at === 0 ? new Int32Array(n) : new Int32Array(this.buffer, at, n);
  }
  /** As {@link int32Array}, bytes. */
  uint8Array(n: number): Uint8Array {
    const at = this.take(n);
    return at === 0 ? new Uint8Array(n) : new Uint8Array(this.buffer, at, n);
  }
  /** As {@link int32Array}, halfwords. */
  uint16Array(n: number): Uint16Array {
    const at = this.take(n * 2);
    return at === 0 ? new Uint16Array(n) : new Uint16Array(this.buffer, at, n);
  }

  private take(nBytes: number): number {
    if (!this.hasSpare) return 0;
    const at = this.spare;
    this.spare += (nBytes + 15) & ~15;
    if (this.spare > this.buffer.byteLength)
      throw new HeapError('memory-size', `${this.spare} bytes`, `${this.buffer.byteLength}`);
    return at;
  }

  /** A copy of the whole content. */
  save(): Uint8Array {
    return this.u8.slice();
  }

  /** Puts back what `save()` returned, in place: views stay valid. */
  load(bytes: Uint8Array): void {
    if (bytes.length !== this.size) {
      throw new HeapError('memory-size', `${this.size} bytes`, `${bytes.length}`);
    }
    this.u8.set(bytes);
  }
}
