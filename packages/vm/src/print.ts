/**
 * Printing: where text goes, and in which style. Counterpart: py/mpprint.h.
 *
 * A `Printer` takes bytes (MicroPython's strings are UTF-8). `HostPrinter` collects for the host, `Vstr` in `vstr.ts` for the
 * heap.
 */
export const enum PrintKind {
  Str = 0,
  Repr = 1,
  /** Exception in a traceback. */
  Exc = 2,
  Json = 3,
  /** bytes without quotes. */
  Raw = 4,
  /** Added by subclasses of exceptions. */
  ExcSubclass = 0x80,
}

/** Where text goes. */
export interface Printer {
  /** Writes the bytes `from` … `to` of `u8`. */
  writeBytes(u8: Uint8Array, from: number, to: number): void;
  /** Writes one byte. */
  writeByte(b: number): void;
  /** Writes text (JavaScript string of ASCII or any Unicode; goes out as UTF-8). */
  write(text: string): void;
}
