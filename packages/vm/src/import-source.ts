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

/** What is being imported, by path. */
export class ImportSources {
  private readonly sources = new Map<string, ImportSource>();

  /** A file begins; it may be given whole. */
  put(path: string, bytes: Uint8Array = new Uint8Array(0), reader: SourceReader = FILE_READER, place: Addr = 0): void {
    this.sources.set(path, { bytes, reader, place });
  }
  /** More of a file. */
  add(path: string, piece: Uint8Array): void {
    const s = this.sources.get(path);
    if (s === undefined) return;
    const bytes = new Uint8Array(s.bytes.length + piece.length);
    bytes.set(s.bytes);
    bytes.set(piece, s.bytes.length);
    this.sources.set(path, { ...s, bytes });
  }
  /** The file, which is forgotten; undefined if it was not read. */
  take(path: string): ImportSource | undefined {
    const s = this.sources.get(path);
    this.sources.delete(path);
    return s;
  }

  /** The files under way as plain data. */
  save(): ImportSourcesState {
    return [...this.sources].map(
      ([path, s]) => [path, s.bytes.slice(), s.reader.file, s.reader.reader, s.place] as const,
    );
  }
  /** Puts back what {@link save} gave. */
  load(state: ImportSourcesState): void {
    this.sources.clear();
    for (const [path, bytes, file, reader, place] of state) this.put(path, bytes.slice(), { file, reader }, place);
  }
}
