/**
 * Strings under construction: a growable buffer in the board's heap that can be printed to, and becomes a str or bytes object
 * without a copy. Counterpart: py/vstr.c; buffers have upstream's sizes at every moment.
 *
 * The buffer is only referred to from here, so its address is kept in the handle log: a Vstr lives no longer than the native
 * that made it, and the log must not be lowered below `vm.heap.logTop` as it was after the constructor.
 */
import { newStrSharing } from './obj/str-new.js';
import type { Printer } from './print.js';
import { hashBytes, utf8 } from './qstr.js';
import { raiseType } from './raise.js';
import { Ty } from './types.js';
import { isValidText, putChar } from './unicode.js';
import { type Addr, newQstrObj, type Obj } from './words.js';
import type { Vm } from './vm.js';

/** Typecode of a bytearray, which its object has where a str has its hash. */
const BYTEARRAY_TYPECODE = 1;

/** Size of the buffer when `n` bytes have to fit. */
export function vstrGrowth(n: number): number {
  const want = n + 16;
  return want - (want % 8) + 8;
}

export class Vstr implements Printer {
  /** Address of the buffer; 0 once it has become an object. */
  buf: Addr;
  /** Bytes used. */
  len = 0;
  /** Bytes the buffer was allocated with. */
  alloc: number;
  private readonly slot: number;

  /** An empty string with room for exactly `alloc` bytes (at least one); `buf`: a buffer of that size to go on with. */
  constructor(
    private readonly vm: Vm,
    alloc: number,
    buf: Addr = 0,
  ) {
    this.alloc = alloc < 1 ? 1 : alloc;
    if (buf === 0) this.buf = vm.alloc(this.alloc);
    else {
      this.buf = buf;
      vm.heap.keep(buf);
    }
    this.slot = vm.heap.logTop - 1;
  }
  /** A string of `len` bytes (zeros) for the caller to fill, with room for the terminator. */
  static ofLength(vm: Vm, len: number): Vstr {
    const v = new Vstr(vm, len + 1);
    v.len = len;
    return v;
  }

  private resize(alloc: number): void {
    const vm = this.vm;
    if ((alloc + 15) >>> 4 === (this.alloc + 15) >>> 4 && vm.heap.lockWord === 0) {
      // as many blocks as it has
      this.alloc = alloc;
      return;
    }
    const old = this.buf;
    this.buf = vm.realloc(old, alloc);
    this.alloc = alloc;
    if (this.buf !== old && this.slot < vm.heap.logTop && vm.heap.log[this.slot] === old) {
      vm.heap.log[this.slot] = this.buf;
    }
  }
  /** Allocates exactly `n` bytes more. */
  extend(n: number): void {
    this.resize(this.alloc + n);
  }
  /** Makes room for `n` more bytes; what is allocated then is rounded and leaves some for later. */
  reserve(n: number): void {
    if (this.len + n > this.alloc) this.resize(vstrGrowth(this.len + n));
  }
  /** Appends `n` bytes for the caller to fill; answers their address, valid until the next change. */
  add(n: number): Addr {
    this.reserve(n);
    const at = this.buf + this.len;
    this.len += n;
    return at;
  }
  writeByte(b: number): void {
    if (this.len === this.alloc) this.reserve(1);
    this.vm.u8[this.buf + this.len++] = b;
  }
  /** Appends a character by its code point (below 0x110000). */
  addChar(c: number): void {
    const n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    const at = this.add(n);
    putChar(this.vm.u8, at, c);
  }
  writeBytes(u8: Uint8Array, from: number, to: number): void {
    const n = to - from;
    const at = this.add(n);
    const mem = this.vm.u8;
    if (n < 24) for (let i = 0; i < n; i++) mem[at + i] = u8[from + i];
    else if (u8 === mem) mem.copyWithin(at, from, to);
    else mem.set(u8.subarray(from, to), at);
  }
  write(text: string): void {
    const n = text.length;
    for (let i = 0; i < n; i++) {
      if (text.charCodeAt(i) >= 0x80) {
        const b = utf8(text);
        this.writeBytes(b, 0, b.length);
        return;
      }
    }
    const at = this.add(n);
    for (let i = 0; i < n; i++) this.vm.u8[at + i] = text.charCodeAt(i);
  }
  /** Drops the last `n` bytes (all, if there are fewer). */
  cutTail(n: number): void {
    this.len = n > this.len ? 0 : this.len - n;
  }
  /** Puts a zero byte behind the text, without counting it; answers the text's address. */
  terminate(): Addr {
    if (this.alloc === this.len) this.resize(this.alloc + 1);
    this.vm.u8[this.buf + this.len] = 0;
    return this.buf;
  }
  /** Frees the buffer. */
  free(): void {
    if (this.buf !== 0) this.vm.heap.free(this.buf);
    this.buf = 0;
    this.alloc = 0;
  }

  /** The str of this text; raises UnicodeError when it is not UTF-8. */
  toStr(): Obj {
    if (!isValidText(this.vm.u8, this.buf, this.buf + this.len, false)) raiseType(this.vm, Ty.UnicodeError);
    return this.toObject(Ty.Str);
  }
  /** The str of this text, which is known to be UTF-8 or came from strs. */
  toStrUnchecked(): Obj {
    return this.toObject(Ty.Str);
  }
  toBytes(): Obj {
    return this.toObject(Ty.Bytes);
  }
  /** An object of type str (an existing qstr if there is one), bytearray, or else `type`, laid out as str is. */
  toObject(type: Addr): Obj {
    const vm = this.vm;
    const len = this.len;
    let hash = 0;
    if (type === Ty.Str) {
      const q = vm.qstrs.find(vm.u8, this.buf, this.buf + len);
      if (q !== 0) {
        this.free();
        return newQstrObj(q);
      }
      if (len <= 255) hash = vm.qstrs.lastHash;
    }
    if (len + 1 !== this.alloc) this.resize(len + 1);
    const data = this.buf;
    vm.u8[data + len] = 0;
    if (type === Ty.Bytearray) hash = BYTEARRAY_TYPECODE;
    const o = newStrSharing(vm, type, data, len, hash !== 0 ? hash : hashBytes(vm.u8, data, data + len));
    this.buf = 0;
    this.alloc = 0;
    return o;
  }
}
