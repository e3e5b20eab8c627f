/**
 * Byte-string algorithms shared by str, bytes and bytearray, as pure functions on spans (address, length) of the board's
 * memory. Counterpart: find_subbytes in py/objstr.c, mp_seq_cmp_bytes and mp_seq_multiply in py/sequence.c.
 */
import { moveBytes } from './move.js';
import { BinaryOp } from '@tsmp-internal/bytecode';
import type { Vm } from './vm.js';

/** How many of the `n` bytes at `a` and at `b` are the same before the first that differs. */
function sameLength(u8: Uint8Array, i32: Int32Array, a: number, b: number, n: number): number {
  let i = 0;
  if (((a | b) & 3) === 0) while (i + 4 <= n && i32[(a + i) >> 2] === i32[(b + i) >> 2]) i += 4;
  while (i < n && u8[a + i] === u8[b + i]) i++;
  return i;
}

/** Whether the `n` bytes at `a` and at `b` are the same. */
export function sameBytes(u8: Uint8Array, i32: Int32Array, a: number, b: number, n: number): boolean {
  return sameLength(u8, i32, a, b, n) === n;
}

/** Bytes compared before a search's time is charged. */
const CHARGE_EVERY = 0x10000;

/**
 * Address of the first (`direction` 1) or last (−1) place where the needle is in the haystack, −1 when it is nowhere. An
 * empty needle is at the end where the search begins. Long work is charged, in units of eight bytes compared.
 */
export function findBytes(
  vm: Vm,
  u8: Uint8Array,
  hay: number,
  hayLen: number,
  needle: number,
  needleLen: number,
  direction: number,
): number {
  if (hayLen < needleLen) return -1;
  const last = hay + hayLen - needleLen;
  if (needleLen === 0) return direction > 0 ? hay : last;
  const first = u8[needle];
  let compared = 0;
  for (let at = direction > 0 ? hay : last; at >= hay && at <= last; at += direction) {
    if (u8[at] !== first) continue;
    let i = 1;
    while (i < needleLen && u8[at + i] === u8[needle + i]) i++;
    if (i === needleLen) return at;
    if ((compared += i) > CHARGE_EVERY) {
      vm.charge(compared >> 3);
      compared = 0;
    }
  }
  return -1;
}

/** Whether byte `b` is in a span. */
export function hasByte(u8: Uint8Array, at: number, len: number, b: number): boolean {
  for (let i = at; i < at + len; i++) if (u8[i] === b) return true;
  return false;
}

/** Less than, equal to or greater than 0, as the span at `a` comes before, is the same as or comes after the one at `b`. */
export function byteOrder(u8: Uint8Array, i32: Int32Array, a: number, aLen: number, b: number, bLen: number): number {
  const n = aLen < bLen ? aLen : bLen;
  const same = sameLength(u8, i32, a, b, n);
  return same < n ? u8[a + same] - u8[b + same] : aLen - bLen;
}

/** Compares two spans with `op`: Equal, Less, LessEqual, More or MoreEqual. */
export function compareBytes(
  u8: Uint8Array,
  i32: Int32Array,
  op: number,
  a: number,
  aLen: number,
  b: number,
  bLen: number,
): boolean {
  if (op === BinaryOp.Equal) return aLen === bLen && sameBytes(u8, i32, a, b, aLen);
  const order = byteOrder(u8, i32, a, aLen, b, bLen);
  switch (op) {
    case BinaryOp.Less:
      return order < 0;
    case BinaryOp.LessEqual:
      return order <= 0;
    case BinaryOp.More:
      return order > 0;
    default:
      return order >= 0;
  }
}

/** Fills `out` … with `times` copies of a span. */
export function repeatBytes(u8: Uint8Array, from: number, len: number, times: number, out: number): void {
  const total = len * times;
  if (len === 1) {
    u8.fill(u8[from], out, out + total);
    return;
  }
  if (total === 0) return;
  moveBytes(u8, out, from, from + len);
  for (let done = len; done < total; ) {
    const n = done < total - done ? done : total - done;
    moveBytes(u8, out + done, out, out + n);
    done += n;
  }
}

/** Writes the hexadecimal digits of a span, `sep` (−1: nothing) between bytes; returns the end. */
export function hexBytes(u8: Uint8Array, from: number, len: number, sep: number, out: number): number {
  for (let i = 0; i < len; i++) {
    const b = u8[from + i];
    if (sep >= 0 && i !== 0) u8[out++] = sep;
    u8[out++] = hexDigit(b >> 4);
    u8[out++] = hexDigit(b & 15);
  }
  return out;
}
/** The lower-case digit for 0 … 15. */
export function hexDigit(v: number): number {
  return v < 10 ? 0x30 + v : 0x57 + v;
}
