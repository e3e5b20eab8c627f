/**
 * Room for one file beside the board's memory, where WebAssembly can reach it: pieces of a file that is being imported are put together
 * there, and `.mpy` files are loaded from there.
 */
import type { LinearMemory } from '@tsmp/gc';
import type { SourceReader } from './compile-ledger.js';
import { type ImportSource, ImportSources, type ImportSourcesState } from './import-source.js';
import type { Addr, Obj } from './words.js';

/** Indices in {@link ImportStaging.regs}. */
const enum Reg {
  /** The path of the file that comes in pieces, as an object; 0: there is none. */
  Key,
  /** Its bytes so far. */
  Length,
  Count,
}

/** Bytes; larger files are the host's alone. */
const ROOM = 1 << 16;
/** Instead of a path while a file is loaded from here: a small int, which no path is. */
const LOADING: Obj = 1;

/** The room for a file on its way to the compiler. */
export class ImportStaging {
  /** State shared with WebAssembly. */
  readonly regs: Int32Array;
  readonly room: Uint8Array;
  /** The same as words. */
  readonly words: Int32Array;

  constructor(memory: LinearMemory) {
    this.regs = memory.int32Array(Reg.Count);
    this.room = memory.uint8Array(ROOM);
    this.words = new Int32Array(this.room.buffer, this.room.byteOffset, ROOM >> 2);
  }

  /** The path of the file that is here, as an object, or {@link LOADING}; 0: none is. */
  get key(): Obj {
    return this.regs[Reg.Key] as number;
  }
  /** What has come of it. */
  get bytes(): Uint8Array {
    return this.room.subarray(0, this.regs[Reg.Length]);
  }

  /** A file begins. */
  begin(key: Obj): void {
    this.regs[Reg.Key] = key;
    this.regs[Reg.Length] = 0;
  }
  /** The file's bytes are no longer needed here. */
  leave(): void {
    this.regs[Reg.Key] = 0;
  }
  /** A piece of the file whose path is `key`; false if that is not here, or would not fit. */
  append(key: Obj, u8: Uint8Array, from: number, to: number): boolean {
    const at = this.regs[Reg.Length] as number;
    const end = at + to - from;
    if (key !== this.regs[Reg.Key] || end > ROOM) return false;
    for (let i = from; i < to; i++) this.room[at + i - from] = u8[i] as number;
    this.regs[Reg.Length] = end;
    return true;
  }

  /**
   * Copies a file here, where it stays until {@link leave}, whatever finalisers do meanwhile. Answers where in the buffer of the board's memory
   * that is; 0: there is no room.
   */
  place(bytes: Uint8Array): Addr {
    const { room } = this;
    if (this.key !== 0 || bytes.length > ROOM) return 0;
    room.set(bytes);
    this.regs[Reg.Key] = LOADING;
    return room.byteOffset;
  }
}

/** What is being imported, one file of it in the staging room. */
export class StagedSources extends ImportSources {
  /** That file. */
  private staged: { readonly path: string; readonly reader: SourceReader } | undefined;

  constructor(private readonly staging: ImportStaging) {
    super();
  }

  override put(path: string, bytes: Uint8Array, reader?: SourceReader, place?: Addr): void {
    if (path === this.staged?.path) this.leave();
    super.put(path, bytes, reader, place);
  }
  override begin(path: string, key: Obj, reader: SourceReader): void {
    // the object that was there may be gone
    if (key === this.staging.key) this.unstage();
    if (this.staging.key !== 0 || !this.isEmpty) {
      super.begin(path, key, reader);
      return;
    }
    this.staged = { path, reader };
    this.staging.begin(key);
  }
  override add(path: string, piece: Uint8Array): void {
    if (path === this.staged?.path) this.unstage();
    super.add(path, piece);
  }
  override take(path: string): ImportSource | undefined {
    if (path !== this.staged?.path) return super.take(path);
    const { reader } = this.staged;
    const bytes = this.staging.bytes.slice();
    this.leave();
    return { bytes, reader, place: 0 };
  }

  override save(): ImportSourcesState {
    this.unstage();
    return super.save();
  }
  override load(state: ImportSourcesState): void {
    this.leave();
    super.load(state);
  }

  /** What has come of the file in the staging room goes to an array of its own. */
  private unstage(): void {
    const { staged, staging } = this;
    if (staged === undefined) return;
    this.leave();
    super.put(staged.path, staging.bytes.slice(), staged.reader);
  }
  private leave(): void {
    this.staged = undefined;
    this.staging.leave();
  }
}
