/**
 * Ints as text. Counterpart: mp_obj_int_formatted and mp_obj_int_print in py/objint.c.
 *
 * Text that needs more than 16 bytes is made in a heap block of the size that MicroPython reckons with, and a big int is
 * divided in a copy; both are gone when the text has been used.
 */
import { Mpz } from '../num/mpz.js';
import { intTextSize, mpzToText } from '../num/mpz-text.js';
import type { Printer } from '../print.js';
import { Ty } from '../types.js';
import { type Addr, newQstrObj, type Obj } from '../words.js';
import type { Vm } from '../vm.js';
import { viewBig } from './int-big.js';
import { IntOff, StrOff } from '../layout.js';

/** Digits and sign of a small int in base 10. */
const SMALL_TEXT = new Uint8Array(11);

/** Writes a small int to the end of {@link SMALL_TEXT}; answers where it begins. */
function smallDigits(value: number): number {
  let v = value < 0 ? -value : value;
  let at = SMALL_TEXT.length;
  do {
    const q = (v / 10) | 0;
    SMALL_TEXT[--at] = 0x30 + v - q * 10;
    v = q;
  } while (v !== 0);
  if (value < 0) SMALL_TEXT[--at] = 0x2d;
  return at;
}

/** `str()` of a small int: what a Vstr of 16 bytes allocates for it, without making one. */
export function newSmallIntStr(vm: Vm, o: Obj): Obj {
  const data = vm.alloc(16);
  const from = smallDigits(o >> 1);
  const len = SMALL_TEXT.length - from;
  const q = vm.qstrs.find(SMALL_TEXT, from, SMALL_TEXT.length);
  if (q !== 0) {
    vm.heap.free(data);
    return newQstrObj(q);
  }
  for (let i = 0; i < len; i++) vm.u8[data + i] = SMALL_TEXT[from + i];
  const s = vm.allocObj(StrOff.Size, Ty.Str);
  const w = s >> 2;
  vm.i32[w + (StrOff.Hash >> 2)] = vm.qstrs.lastHash;
  vm.i32[w + (StrOff.Len >> 2)] = len;
  vm.i32[w + (StrOff.Data >> 2)] = data;
  return s;
}

/** What fits the buffer on the C stack. */
const STACK_TEXT = 16;

/** Digits of a small int with separators between groups. */
function smallText(v: number, base: number, prefix: string, letters: number, comma: number): string {
  let digits = (v < 0 ? -v : v).toString(base);
  if (letters === 0x41) digits = digits.toUpperCase();
  if (comma !== 0) {
    const group = base === 10 ? 3 : 4;
    const mark = String.fromCharCode(comma);
    let at = digits.length - group;
    for (; at > 0; at -= group) digits = digits.slice(0, at) + mark + digits.slice(at);
  }
  return (v < 0 ? '-' : '') + prefix + digits;
}

/** Writes a big int's text to heap or to `small`; returns its length. The digit copy is gone again. */
function bigText(
  vm: Vm,
  o: Obj,
  base: number,
  prefix: string,
  letters: number,
  comma: number,
  out: Uint8Array,
  at: number,
): number {
  const copy = vm.alloc((vm.i32[(o + IntOff.Len) >> 2] as number) * 2);
  const n = mpzToText(viewBig(vm, new Mpz(), o), base, out, at, prefix, letters, comma, (cost) => vm.charge(cost));
  if (copy !== 0) vm.heap.free(copy);
  return n;
}

function textSize(vm: Vm, o: Obj, base: number, prefix: string, comma: number): number {
  return intTextSize((vm.i32[(o + IntOff.Len) >> 2] as number) * 16, base, prefix.length, comma !== 0);
}

/** ASCII bytes as a string. */
export function asciiText(u8: Uint8Array, from: number, to: number): string {
  let s = '';
  for (let i = from; i < to; i += 4096) {
    s += String.fromCharCode.apply(null, u8.subarray(i, Math.min(i + 4096, to)) as unknown as number[]);
  }
  return s;
}

/**
 * The int `o` in `base` (2…16): sign, `prefix`, digits, with `comma` (a character code, 0 for none) between groups of three
 * digits in base 10 and of four in others. `letters` is the code of the digit ten, "a" or "A".
 */
export function intToText(vm: Vm, o: Obj, base: number, prefix = '', letters = 0x61, comma = 0): string {
  if ((o & 1) !== 0) {
    const size = intTextSize(32, base, prefix.length, comma !== 0);
    if (size > STACK_TEXT) vm.heap.free(vm.alloc(size));
    return smallText(o >> 1, base, prefix, letters, comma);
  }
  const size = textSize(vm, o, base, prefix, comma);
  if (size <= STACK_TEXT) {
    const small = new Uint8Array(STACK_TEXT);
    return asciiText(small, 0, bigText(vm, o, base, prefix, letters, comma, small, 0));
  }
  const buf: Addr = vm.alloc(size);
  const n = bigText(vm, o, base, prefix, letters, comma, vm.u8, buf);
  const text = asciiText(vm.u8, buf, buf + n);
  vm.heap.free(buf);
  return text;
}

/** The print slot of int. */
export function intPrint(vm: Vm, out: Printer, o: Obj): void {
  if ((o & 1) !== 0) {
    out.writeBytes(SMALL_TEXT, smallDigits(o >> 1), SMALL_TEXT.length);
    return;
  }
  const size = textSize(vm, o, 10, '', 0);
  if (size <= STACK_TEXT) {
    out.write(intToText(vm, o, 10));
    return;
  }
  const buf: Addr = vm.alloc(size);
  const n = bigText(vm, o, 10, '', 0x61, 0, vm.u8, buf);
  out.writeBytes(vm.u8, buf, buf + n);
  vm.heap.free(buf);
}
