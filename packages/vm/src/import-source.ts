/**
 * Files that `import` has read, or is reading, and not yet compiled. A filesystem written in Python delivers a file in pieces and
 * may wait between them; what has come is not the board's memory, since upstream compiles while it reads.
 */
import { FILE_READER, type SourceReader } from './compile-ledger.js';
import type { Addr } from './words.js';

/** A file on its way to the compiler. */
export interface ImportSource {
  readonly bytes: Uint8Array;
  readonly reader: SourceReader;
  /** Where the file lies in the board's memory, if it stays there; else 0. */
  readonly place: Addr;
}

/** Plain data of {@link ImportSources}: path, bytes, sizes of file object and reader, and place. */
export type ImportSourcesState = readonly (readonly [string, Uint8Array, number, number, number])[];

/** A source under way: its array begins with the `length` bytes that have come. */
interface Incoming extends ImportSource {
  bytes: Uint8Array;
  length: number;
}

/** What is being imported, by path. */
export class ImportSources {
  private readonly sources = new Map<string, Incoming>();

  protected get count(): number {
    return this.sources.size;
  }

  /** A file, whole. */
  put(path: string, bytes: Uint8Array, reader: SourceReader = FILE_READER, place: Addr = 0): void {
    this.sources.set(path, { bytes, length: bytes.length, reader, place });
  }
  /** A file begins: its pieces follow. */
  begin(path: string, reader: SourceReader): void {
    this.put(path, new Uint8Array(0), reader);
  }
  /** A piece of a file. */
  add(path: string, piece: Uint8Array): void {
    const s = this.sources.get(path);
    if (s === undefined) return;
    const length = s.length + piece.length;
    if (length > s.bytes.length) {
      const larger = new Uint8Array(2 * length);
      larger.set(s.bytes);
      s.bytes = larger;
    }
    s.bytes.set(piece, s.length);
    s.length = length;
  }
  /** The file, which is forgotten; undefined if it was not read. */
  take(path: string): ImportSource | undefined {
    const s = this.sources.get(path);
    this.sources.delete(path);
    if (s !== undefined) s.bytes = s.bytes.subarray(0, s.length);
    return s;
  }

  /** The files under way as plain data. */
  save(): ImportSourcesState {
    return [...this.sources].map(
      ([path, s]) => [path, s.bytes.slice(0, s.length), s.reader.file, s.reader.reader, s.place] as const,
    );
  }
  /** Puts back what {@link save} gave. */
  load(state: ImportSourcesState): void {
    this.sources.clear();
    for (const [path, bytes, file, reader, place] of state) this.put(path, bytes.slice(), { file, reader }, place);
  }
}
