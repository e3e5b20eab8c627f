/**
 * Room for one file beside the board's memory, where WebAssembly can reach it: pieces of a file that is being imported are put together
 * there, and `.mpy` files are loaded from there.
 */
import type { LinearMemory } from '@tsmp/gc';
import { decodeString } from '@tsmp/mpy-format';
import type { SourceReader } from './compile-ledger.js';
import { type ImportSource, ImportSources, type ImportSourcesState } from './import-source.js';
import type { Addr, Obj } from './words.js';

/** Indices in {@link ImportStaging.regs}. */
const enum Reg {
  /** The path of the file that comes in pieces, as an object; 0: there is none. */
  Key,
  /** Its bytes so far. */
  Length,
  /** Bytes of its path. */
  PathLength,
  /** Bytes of what it is read through. */
  Reader,
  /** Files on their way that are not here. */
  Others,
  Count,
}

/** Bytes; larger files are the host's alone. */
const ROOM = 1 << 16;
/** Files with longer paths, in bytes, are the host's, too. */
const MAX_PATH = 256;
/** Instead of a path while a file is loaded from here: a small int, which no path is. */
const LOADING: Obj = 1;

/** The room for a file on its way to the compiler. */
export class ImportStaging {
  /** State shared with WebAssembly. */
  readonly regs: Int32Array;
  /** The path of the file that is here: the object may be gone. */
  readonly pathBytes: Uint8Array;
  readonly room: Uint8Array;
  /** The same as words. */
  readonly words: Int32Array;

  constructor(memory: LinearMemory) {
    this.regs = memory.int32Array(Reg.Count);
    this.pathBytes = memory.uint8Array(MAX_PATH);
    this.room = memory.uint8Array(ROOM);
    this.words = new Int32Array(this.room.buffer, this.room.byteOffset, ROOM >> 2);
  }

  /** Whether a file is here, or is loaded from here. */
  get isTaken(): boolean {
    return this.regs[Reg.Key] !== 0;
  }
  /** The path of the file that is here; undefined: none is. */
  get path(): string | undefined {
    const key = this.regs[Reg.Key];
    return key === 0 || key === LOADING
      ? undefined
      : decodeString(this.pathBytes.subarray(0, this.regs[Reg.PathLength]));
  }
  /** What has come of it. */
  get bytes(): Uint8Array {
    return this.room.subarray(0, this.regs[Reg.Length]);
  }
  /** What it is read through. */
  get reader(): SourceReader {
    return { file: 0, reader: this.regs[Reg.Reader] as number };
  }
  /** How many files are on their way that are not here. */
  set others(n: number) {
    this.regs[Reg.Others] = n;
  }

  /** A file begins whose path is the object `key` with the text `u8[from…to)`; false if it has to be elsewhere. */
  begin(key: Obj, u8: Uint8Array, from: number, to: number, reader: number): boolean {
    if (this.regs[Reg.Key] !== 0 || this.regs[Reg.Others] !== 0 || to - from > MAX_PATH) return false;
    for (let i = from; i < to; i++) this.pathBytes[i - from] = u8[i] as number;
    this.regs[Reg.PathLength] = to - from;
    this.regs[Reg.Reader] = reader;
    this.regs[Reg.Length] = 0;
    this.regs[Reg.Key] = key;
    return true;
  }
  /** Whether the file is here whose path is the object `key` with the text `u8[from…to)`. */
  holds(key: Obj, u8: Uint8Array, from: number, to: number): boolean {
    if (this.regs[Reg.Key] !== key || this.regs[Reg.PathLength] !== to - from) return false;
    for (let i = from; i < to; i++) if (this.pathBytes[i - from] !== u8[i]) return false;
    return true;
  }
  /** The file stays here until {@link leave}, whatever finalisers do while it is loaded. */
  hold(): void {
    this.regs[Reg.Key] = LOADING;
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

  /** Copies a file here and {@link hold}s it. Answers where in the buffer of the board's memory that is; 0: there is no room. */
  place(bytes: Uint8Array): Addr {
    const { room } = this;
    if (this.isTaken || bytes.length > ROOM) return 0;
    room.set(bytes);
    this.hold();
    return room.byteOffset;
  }
}

/** What is being imported, one file of it in the staging room. */
export class StagedSources extends ImportSources {
  constructor(private readonly staging: ImportStaging) {
    super();
  }

  override put(path: string, bytes: Uint8Array, reader?: SourceReader, place?: Addr): void {
    if (path === this.staging.path) this.staging.leave();
    super.put(path, bytes, reader, place);
    this.staging.others = this.count;
  }
  override begin(path: string, reader: SourceReader): void {
    // the object that has its key may be gone, and another have its place
    this.unstage();
    super.begin(path, reader);
  }
  override add(path: string, piece: Uint8Array): void {
    if (path === this.staging.path) this.unstage();
    super.add(path, piece);
  }
  override take(path: string): ImportSource | undefined {
    const { staging } = this;
    if (path === staging.path) {
      const { bytes, reader } = staging;
      staging.leave();
      return { bytes: bytes.slice(), reader, place: 0 };
    }
    const source = super.take(path);
    staging.others = this.count;
    return source;
  }

  override save(): ImportSourcesState {
    this.unstage();
    return super.save();
  }
  override load(state: ImportSourcesState): void {
    this.staging.leave();
    super.load(state);
    this.staging.others = this.count;
  }

  /** What has come of the file in the staging room goes to an array of its own. */
  private unstage(): void {
    const { path, bytes, reader } = this.staging;
    if (path !== undefined) this.put(path, bytes.slice(), reader);
  }
}
