/**
 * A flash image in the making: bytes from a base address on, that grow as objects are laid out. Little-endian; words are 32
 * bits. Counterpart: the C arrays that tools/mpy-tool.py writes for a linker.
 */

/** Bytes of an image, written by address. */
export class ImageWriter {
  /** Address behind the last byte. */
  end: number;
  private store = new Uint8Array(1 << 16);
  private view = new DataView(this.store.buffer);

  /** `base`: address of the first byte. */
  constructor(readonly base: number) {
    this.end = base;
  }

  /** Room for `n` bytes, zeroed; answers its address, a multiple of `align` (a power of two). */
  alloc(n: number, align = 4): number {
    const at = (this.end + align - 1) & -align;
    this.end = at + n;
    const need = this.end - this.base;
    if (need > this.store.length) {
      const bigger = new Uint8Array(Math.max(this.store.length * 2, need));
      bigger.set(this.store);
      this.store = bigger;
      this.view = new DataView(bigger.buffer);
    }
    return at;
  }
  /** Writes a word. */
  word(at: number, v: number): void {
    this.view.setInt32(at - this.base, v | 0, true);
  }
  /** Reads a word. */
  readWord(at: number): number {
    return this.view.getInt32(at - this.base, true);
  }
  /** Writes 16 bits. */
  half(at: number, v: number): void {
    this.view.setUint16(at - this.base, v, true);
  }
  /** Writes a byte. */
  byte(at: number, v: number): void {
    this.store[at - this.base] = v;
  }
  /** Writes a number as IEEE 754 of 32 or 64 bits. */
  float(at: number, v: number, bits: 32 | 64): void {
    if (bits === 64) this.view.setFloat64(at - this.base, v, true);
    else this.view.setFloat32(at - this.base, v, true);
  }
  /** Appends bytes and a zero behind them. */
  data(bytes: Uint8Array, align = 1): number {
    const at = this.alloc(bytes.length + 1, align);
    this.store.set(bytes, at - this.base);
    return at;
  }
  /** Appends a table of words. */
  words(values: readonly number[]): number {
    const at = this.alloc(4 * values.length);
    values.forEach((v, i) => this.word(at + 4 * i, v));
    return at;
  }
  /** The image up to its end, padded to a multiple of 16. */
  bytes(): Uint8Array {
    this.alloc(0, 16);
    return this.store.slice(0, this.end - this.base);
  }
}
