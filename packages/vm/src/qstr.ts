/**
 * Interned strings. The ROM image has a table of those it was built with; a board adds more in pools in its heap, sized as
 * MicroPython sizes them. The arrays and the index here are copies for speed, made again from memory by `rebuild()`.
 * Counterpart: py/qstr.c.
 */
import { decodeString, encodeString } from '@tsmp/mpy-format';
import { Root } from './layout.js';
import { CORE_QSTRS_END, HIDDEN_CORE_QSTRS } from './qstr-hidden.js';
import { raiseMsg } from './raise.js';
import { Ty } from './types.js';
import type { Addr, Qstr } from './words.js';
import type { Vm } from './vm.js';

/** A pool: previous pool, total before it, alloc, len, hashes, lengths; then addresses of texts, hashes (u16), lengths (u8). */
const enum Pool {
  Prev = 0,
  Before = 4,
  Alloc = 8,
  Len = 12,
  Hashes = 16,
  Lengths = 20,
  Texts = 24,
}
/** Entries that a ROM pool counts as, for the growth rule (each new pool is twice the last). */
const ROM_POOL_ALLOC = 10;
const CHUNK = 128;

/** The hash of a string's bytes: djb2 with xor, 16 bits, never zero. */
export function hashBytes(b: Uint8Array, from: number, to: number): number {
  let h = 5381;
  for (let i = from; i < to; i++) h = (((h << 5) + h) ^ (b[i] as number)) & 0xffff;
  return h === 0 ? 1 : h;
}

/** Bytes of a string; lone surrogates stand for single bytes (U+DC80…) or become three bytes. */
export const utf8 = encodeString;

/** Indices in {@link QstrTable.regs}. */
const enum Reg {
  LastHash = 0,
  LastAscii = 1,
  Mask = 2,
  HiddenEnd = 3,
  Count = 4,
}

/** Entries of the index at first. */
const FIRST_INDEX = 4096;
/** Qstrs that there can be, since code has them by 16 bits. What the arrays have for those that there are not is never touched. */
const MAX_QSTRS = 0x10000;

/** The interned strings of a board. */
export class QstrTable {
  /** State shared with WebAssembly. */
  readonly regs: Int32Array;
  readonly hashes: Uint16Array;
  private readonly lens: Uint8Array;
  private readonly addrs: Int32Array;
  count = 0;
  /** How many of them are in ROM. */
  romCount = 0;
  /**
   * Open-addressed hash table of qstrs by their text; 0: free. What is used of it, `mask` and one entries, is at least twice as long as
   * there are qstrs.
   */
  private readonly index: Uint16Array;
  /** The qstrs of single ASCII characters, 0: not yet known. */
  readonly characters: Uint16Array;
  private texts: (string | undefined)[] = [];
  /**
   * ROM's qstrs below `hiddenEnd` that the profile's firmware would not have, 1 until a program interns them: then they take what a new
   * one takes, and keep their number.
   */
  private readonly hidden: Uint8Array;

  constructor(private readonly vm: Vm) {
    const { memory } = vm;
    this.regs = memory.int32Array(Reg.Count);
    this.hashes = memory.uint16Array(MAX_QSTRS);
    this.lens = memory.uint8Array(MAX_QSTRS);
    this.addrs = memory.int32Array(MAX_QSTRS);
    this.index = memory.uint16Array(2 * MAX_QSTRS);
    this.hidden = memory.uint8Array(vm.image.data.qstrCount);
    this.characters = memory.uint16Array(0x80);
    this.rebuild();
  }

  /** Hash of the text that `find` was last asked for (up to 255 bytes). */
  get lastHash(): number {
    return this.regs[Reg.LastHash] as number;
  }
  set lastHash(v: number) {
    this.regs[Reg.LastHash] = v;
  }
  /** Whether that text was all ASCII. */
  get lastAscii(): boolean {
    return this.regs[Reg.LastAscii] !== 0;
  }
  set lastAscii(v: boolean) {
    this.regs[Reg.LastAscii] = v ? 1 : 0;
  }
  get mask(): number {
    return this.regs[Reg.Mask] as number;
  }
  set mask(v: number) {
    this.regs[Reg.Mask] = v;
  }
  get hiddenEnd(): number {
    return this.regs[Reg.HiddenEnd] as number;
  }
  set hiddenEnd(v: number) {
    this.regs[Reg.HiddenEnd] = v;
  }

  /** Makes the copies again from the board's memory. */
  rebuild(): void {
    const vm = this.vm;
    const { qstrCount, qstrTable, frozen } = vm.image.data;
    this.count = 0;
    this.index.fill(0, 0, this.mask + 1);
    this.mask = FIRST_INDEX - 1;
    this.texts = [];
    this.characters.fill(0);
    this.noteTable(qstrCount, qstrTable);
    if (frozen !== undefined) this.noteTable(frozen.qstrCount, frozen.qstrTable);
    this.romCount = this.count;
    this.hiddenEnd = vm.profile.names === 'standard' ? qstrCount : 0;
    this.hidden.fill(1, CORE_QSTRS_END);
    for (const q of HIDDEN_CORE_QSTRS) this.hidden[q] = 1;
    const pools: Addr[] = [];
    for (let p = vm.root(Root.QstrPool); p !== 0; p = vm.i32[(p + Pool.Prev) >> 2] as number) pools.push(p);
    for (const p of pools.reverse()) {
      const len = vm.i32[(p + Pool.Len) >> 2] as number;
      const hashes = vm.i32[(p + Pool.Hashes) >> 2] as number;
      const lengths = vm.i32[(p + Pool.Lengths) >> 2] as number;
      for (let i = 0; i < len; i++) {
        const addr = vm.i32[(p + Pool.Texts + 4 * i) >> 2] as number;
        const len = vm.u8[lengths + i] as number;
        this.noteEntry(addr, len, vm.u16[(hashes >> 1) + i] as number, this.hiddenQstr(vm.u8, addr, addr + len));
      }
    }
  }

  /** The qstr in ROM that has this text and is hidden, or 0. */
  private hiddenQstr(u8: Uint8Array, from: number, to: number): Qstr {
    if (this.hiddenEnd === 0) return 0;
    const q = this.search(u8, from, to);
    return q < this.hiddenEnd && this.hidden[q] !== 0 ? q : 0;
  }

  /** A pool's new entry; that of a qstr which was hidden takes up a number that nothing refers to. */
  private noteEntry(addr: Addr, len: number, hash: number, hidden: Qstr): Qstr {
    if (hidden === 0) return this.note(addr, len, hash);
    this.hidden[hidden] = 0;
    this.note(addr, len, 0, false);
    return hidden;
  }

  private noteTable(n: number, t: Addr): void {
    const vm = this.vm;
    for (let i = 0; i < n; i++) {
      this.note(
        vm.i32[(t + 4 * i) >> 2] as number,
        vm.u8[t + 6 * n + i] as number,
        vm.u16[(t + 4 * n + 2 * i) >> 1] as number,
      );
    }
  }
  private note(addr: Addr, len: number, hash: number, enter = true): Qstr {
    const q = this.count++;
    this.addrs[q] = addr;
    this.lens[q] = len;
    this.hashes[q] = hash;
    if (this.count * 2 > this.mask + 1) {
      this.mask = 2 * this.mask + 1;
      this.index.fill(0, 0, this.mask + 1);
      for (let i = 1; i < q; i++) this.enter(i);
    }
    if (q !== 0 && enter) this.enter(q);
    return q;
  }
  private enter(q: Qstr): void {
    const mask = this.mask;
    let pos = (this.hashes[q] as number) & mask;
    while (this.index[pos] !== 0) pos = (pos + 1) & mask;
    this.index[pos] = q;
  }
  /** Address and length (bytes) of a qstr's text. */
  addr(q: Qstr): Addr {
    return this.addrs[q] as number;
  }
  /** Bytes of a qstr's text. */
  len(q: Qstr): number {
    return this.lens[q] as number;
  }
  /** A qstr's text. */
  text(q: Qstr): string {
    let t = this.texts[q];
    if (t === undefined) {
      const a = this.addrs[q] as number;
      t = decodeString(this.vm.u8.subarray(a, a + (this.lens[q] as number)));
      this.texts[q] = t;
    }
    return t;
  }

  /** The qstr of a text, 0 when there is none. */
  find(u8: Uint8Array, from: number, to: number): Qstr {
    const q = this.search(u8, from, to);
    return q < this.hiddenEnd && this.hidden[q] !== 0 ? 0 : q;
  }
  private search(u8: Uint8Array, from: number, to: number): Qstr {
    if (to - from > 255) return 0;
    const len = to - from;
    // hashBytes(), and a look at the top bits
    let hash = 5381;
    let bits = 0;
    for (let i = from; i < to; i++) {
      const c = u8[i] as number;
      hash = (((hash << 5) + hash) ^ c) & 0xffff;
      bits |= c;
    }
    if (hash === 0) hash = 1;
    this.lastHash = hash;
    this.lastAscii = bits < 0x80;
    const mask = this.mask;
    const mem = this.vm.u8;
    for (let pos = hash & mask; ; pos = (pos + 1) & mask) {
      const q = this.index[pos] as number;
      if (q === 0) return 0;
      if (this.hashes[q] !== hash || this.lens[q] !== len) continue;
      const at = this.addrs[q] as number;
      let i = 0;
      while (i < len && mem[at + i] === u8[from + i]) i++;
      if (i === len) return q;
    }
  }
  /** The qstr of a text, 0 when there is none. */
  findText(text: string): Qstr {
    const b = utf8(text);
    return this.find(b, 0, b.length);
  }
  /** Interns a JavaScript string. */
  intern(text: string): Qstr {
    const b = utf8(text);
    return this.internBytes(b, 0, b.length);
  }
  /** Interns bytes; `u8` may be the board's memory. */
  internBytes(u8: Uint8Array, from: number, to: number): Qstr {
    const found = this.find(u8, from, to);
    if (found !== 0) return found;
    const vm = this.vm;
    const len = to - from;
    if (len > 255) raiseMsg(vm, Ty.RuntimeError, 'name too long');
    if (this.count === MAX_QSTRS) vm.raiseMemoryError(len);
    const hash = this.lastHash;
    const hidden = this.hiddenQstr(u8, from, to);
    const text = u8 === vm.u8 ? u8.slice(from, to) : u8.subarray(from, to);
    const at = this.room(len + 1);
    vm.u8.set(text, at);
    vm.u8[at + len] = 0;
    return this.addEntry(at, len, hash, hidden);
  }

  /** Room for `n` bytes of text in the current chunk. */
  private room(n: number): Addr {
    const vm = this.vm;
    const heap = vm.heap;
    let chunk = vm.root(Root.QstrChunk);
    if (chunk !== 0 && vm.root(Root.QstrChunkUsed) + n > vm.root(Root.QstrChunkAlloc)) {
      const grown = vm.root(Root.QstrChunkAlloc) + n;
      if (heap.realloc(chunk, grown, false) !== 0) vm.setRoot(Root.QstrChunkAlloc, grown);
      else {
        heap.realloc(chunk, vm.root(Root.QstrChunkUsed), false);
        chunk = 0;
      }
    }
    if (chunk === 0) {
      let size = n < CHUNK ? CHUNK : n;
      chunk = heap.alloc(size);
      if (chunk === 0) {
        size = n;
        chunk = heap.alloc(size);
        if (chunk === 0) {
          vm.setRoot(Root.QstrChunk, 0);
          vm.raiseMemoryError(n);
        }
      }
      vm.setRoot(Root.QstrChunk, chunk);
      vm.setRoot(Root.QstrChunkAlloc, size);
      vm.setRoot(Root.QstrChunkUsed, 0);
    }
    const at = chunk + vm.root(Root.QstrChunkUsed);
    vm.setRoot(Root.QstrChunkUsed, vm.root(Root.QstrChunkUsed) + n);
    return at;
  }

  private addEntry(at: Addr, len: number, hash: number, hidden: Qstr): Qstr {
    const vm = this.vm;
    const i32 = vm.i32;
    let pool = vm.root(Root.QstrPool);
    if (pool === 0 || (i32[(pool + Pool.Len) >> 2] as number) >= (i32[(pool + Pool.Alloc) >> 2] as number)) {
      const alloc = 2 * (pool === 0 ? ROM_POOL_ALLOC : (i32[(pool + Pool.Alloc) >> 2] as number));
      const size = Pool.Texts + 7 * alloc;
      const fresh = vm.heap.alloc(size);
      if (fresh === 0) {
        vm.setRoot(Root.QstrChunk, 0);
        vm.raiseMemoryError(size);
      }
      i32[(fresh + Pool.Prev) >> 2] = pool;
      i32[(fresh + Pool.Before) >> 2] = this.count;
      i32[(fresh + Pool.Alloc) >> 2] = alloc;
      i32[(fresh + Pool.Hashes) >> 2] = fresh + Pool.Texts + 4 * alloc;
      i32[(fresh + Pool.Lengths) >> 2] = fresh + Pool.Texts + 6 * alloc;
      vm.setRoot(Root.QstrPool, fresh);
      pool = fresh;
    }
    const n = i32[(pool + Pool.Len) >> 2] as number;
    i32[(pool + Pool.Texts + 4 * n) >> 2] = at;
    vm.u16[((i32[(pool + Pool.Hashes) >> 2] as number) >> 1) + n] = hash;
    vm.u8[(i32[(pool + Pool.Lengths) >> 2] as number) + n] = len;
    i32[(pool + Pool.Len) >> 2] = n + 1;
    return this.noteEntry(at, len, hash, hidden);
  }
}
