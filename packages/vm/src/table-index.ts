/**
 * Indexes of large hash tables. MicroPython's tables are filled to the last slot, and its hashes of strings have 16 bits, so a large
 * dict or set of strings, or one that is nearly full, has chains of thousands of slots. Where everything lies is the board's
 * memory and must stay so; but JavaScript may know in advance where a chain would lead: in which slot a key is, and which is the next
 * slot that takes a new one.
 *
 * An index is made when a chain turns out to be long, kept up by the few functions that change tables, and forgotten at the next
 * collection (which takes as long as making it again) and when its table is freed. It knows keys that are compared without calling
 * Python: ints of 31 bits, bools, None, strs, tuples of these. A table with another key in it is searched as MicroPython does.
 */
import { StrOff, TupleOff } from './layout.js';
import { equal } from './runtime.js';
import { Ty } from './types.js';
import { type Addr, type Obj, Word } from './words.js';
import type { Vm } from './vm.js';

/** Slots that are looked at one by one before an index is made. */
export const LONG_CHAIN = 24;
/** Tables below have no index. */
const LARGE = 128;
/** How deep tuples of keys may nest. */
const DEPTH = 4;

/** Hash of a key that can be in an index, with all bits of its contents; equal keys have equal ones. −1: cannot. */
function keyHash(vm: Vm, key: Obj, depth: number): number {
  if ((key & 1) !== 0) return Math.imul(key >> 1, 0x9e3779b1) >>> 1;
  if ((key & 7) === 2) {
    const q = key >>> 3;
    return bytesHash(vm, vm.qstrs.addr(q), vm.qstrs.len(q));
  }
  if ((key & 3) !== 0) {
    if (key === Word.None) return 1;
    return key === Word.True ? 0x9e3779b1 >>> 1 : 0;
  }
  const i = key >> 2;
  const type = vm.i32[i];
  if (type === Ty.Str) {
    return bytesHash(vm, vm.i32[(key + StrOff.Data) >> 2] as number, vm.i32[(key + StrOff.Len) >> 2] as number);
  }
  if (type !== Ty.Tuple || depth === 0) return -1;
  let h = 0;
  for (let n = vm.i32[(key + TupleOff.Len) >> 2] as number, at = (key + TupleOff.Items) >> 2; n > 0; n--, at++) {
    const item = keyHash(vm, vm.i32[at] as number, depth - 1);
    if (item < 0) return -1;
    h = Math.imul(h ^ item, 0x85ebca6b) + (h >>> 13);
  }
  return (h ^ (h >>> 15)) & 0x7fffffff;
}

/** Of long texts the two ends count. */
function bytesHash(vm: Vm, addr: Addr, len: number): number {
  const u8 = vm.u8;
  let h = len;
  const end = addr + len;
  for (let at = addr; at < end; at++) {
    if (at === addr + 48 && len > 96) at = end - 48;
    h = Math.imul(h ^ (u8[at] as number), 0x01000193);
  }
  return (h ^ (h >>> 15)) & 0x7fffffff;
}

/** Where the keys of one table are. Slots are numbered from 0. */
export class TableIndex {
  /** First slot of each chain and the next of each slot, plus one. */
  private readonly heads: Int32Array;
  private readonly next: Int32Array;
  /** A bit for each slot that holds a key. */
  private readonly filled: Int32Array;
  private readonly mask: number;
  /** No key is in a slot below: what takes items out one by one does not search from the start each time. */
  private low = 0;
  /** As the table's owner counts. */
  used = 0;
  /** Whether all keys are known. */
  complete = true;

  /** `stride`: words of a slot. */
  constructor(
    private readonly vm: Vm,
    private readonly table: Addr,
    readonly alloc: number,
    private readonly stride: number,
  ) {
    let size = 256;
    while (size < alloc) size *= 2;
    this.mask = size - 1;
    this.heads = new Int32Array(size);
    this.next = new Int32Array(alloc);
    this.filled = new Int32Array((alloc + 31) >> 5);
    for (let slot = 0; slot < alloc && this.complete; slot++) {
      const key = this.key(slot);
      if (key !== 0 && key !== Word.Sentinel) this.add(slot, key);
    }
  }

  private key(slot: number): Obj {
    return this.vm.i32[(this.table >> 2) + slot * this.stride] as number;
  }

  /** Slot of a key, −1 when it is not there, −2 when the table must be searched for it. */
  find(key: Obj): number {
    const hash = this.complete ? keyHash(this.vm, key, DEPTH) : -1;
    if (hash < 0) return -2;
    for (let s = this.heads[hash & this.mask] as number; s !== 0; s = this.next[s - 1] as number) {
      const k = this.key(s - 1);
      if (k === key || equal(this.vm, k, key)) return s - 1;
    }
    return -1;
  }

  /** A key was put into a slot. */
  add(slot: number, key: Obj): void {
    const hash = keyHash(this.vm, key, DEPTH);
    if (hash < 0) this.complete = false;
    else {
      this.next[slot] = this.heads[hash & this.mask] as number;
      this.heads[hash & this.mask] = slot + 1;
    }
    this.used++;
    if (slot < this.low) this.low = slot;
    this.filled[slot >> 5] = (this.filled[slot >> 5] as number) | (1 << (slot & 31));
  }

  /** A key was taken out of a slot. */
  remove(slot: number, key: Obj): void {
    const hash = keyHash(this.vm, key, DEPTH) & this.mask;
    this.used--;
    this.filled[slot >> 5] = (this.filled[slot >> 5] as number) & ~(1 << (slot & 31));
    let s = this.heads[hash] as number;
    if (s === slot + 1) this.heads[hash] = this.next[slot] as number;
    else {
      while (s !== 0 && this.next[s - 1] !== slot + 1) s = this.next[s - 1] as number;
      if (s !== 0) this.next[s - 1] = this.next[slot] as number;
    }
  }

  /** The first slot at or behind `from` that takes a key, going round; −1: none. */
  nextFree(from: number): number {
    const found = this.scan(from, -1);
    return found < 0 && from > 0 ? this.scan(0, -1) : found;
  }
  /** The first slot at or behind `from` with a key; −1: none. */
  nextFilled(from: number): number {
    const first = this.scan(this.low, 0);
    this.low = first < 0 ? this.alloc - 1 : first;
    return from <= first || first < 0 ? first : this.scan(from, 0);
  }
  private scan(from: number, invert: number): number {
    const words = this.filled;
    let bits = ((words[from >> 5] as number) ^ invert) & (-1 << (from & 31));
    for (let w = from >> 5; ; ) {
      if (bits !== 0) {
        const slot = (w << 5) + 31 - Math.clz32(bits & -bits);
        return slot < this.alloc ? slot : -1;
      }
      if (++w >= words.length) return -1;
      bits = (words[w] as number) ^ invert;
    }
  }
}

/** The indexes of a VM, by the address of their tables. */
export class TableIndexes {
  private readonly all = new Map<Addr, TableIndex>();
  /** One word: whether there is any. */
  private readonly word: Int32Array;

  constructor(
    private readonly vm: Vm,
    word: Int32Array,
  ) {
    this.word = word;
  }

  /** Whether there is any index: those who change a table need call {@link added}, {@link removed} and {@link drop} only then. */
  get any(): boolean {
    return this.word[0] !== 0;
  }

  /** The index of a table with `used` keys, made if there is none; undefined when it would be of no use. */
  of(table: Addr, alloc: number, stride: number, used: number): TableIndex | undefined {
    if (alloc < LARGE) return undefined;
    let index = this.all.get(table);
    if (index === undefined || index.alloc !== alloc || (index.complete && index.used !== used)) {
      index = new TableIndex(this.vm, table, alloc, stride);
      this.all.set(table, index);
      this.word[0] = 1;
    }
    return index.complete ? index : undefined;
  }
  /** A key was put into a slot of a table. */
  added(table: Addr, slot: number, key: Obj): void {
    this.all.get(table)?.add(slot, key);
  }
  /** A key was taken out of one. */
  removed(table: Addr, slot: number, key: Obj): void {
    this.all.get(table)?.remove(slot, key);
  }
  /** A table is no more. */
  drop(table: Addr): void {
    this.all.delete(table);
  }
  /** Tables may have gone. */
  clear(): void {
    if (!this.any) return;
    this.all.clear();
    this.word[0] = 0;
  }
}
