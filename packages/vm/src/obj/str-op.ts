/**
 * Operators of str and bytes: `+ * % in` and comparison, and the buffer slot. Counterpart: mp_obj_str_binary_op in
 * py/objstr.c. With bytes on the left, anything with a buffer may be on the right.
 */
import { moveBytes } from '../move.js';
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { BUFFER_READ, getBufferMaybe } from '../runtime.js';
import { compareBytes, findBytes, repeatBytes } from '../strops.js';
import { Ty } from '../types.js';
import { charCount } from '../unicode.js';
import { newBool, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { Vstr } from '../vstr.js';
import { TupleOff } from '../layout.js';
import { emptyOfType, newStrOfBlock, raiseBadConversion, spanOf, strSpan } from './str-new.js';
import { formatPercent } from './str-percent.js';
import { intOrUndefined } from './str-search.js';
import { isTupleLike } from './tuple.js';

export function repeatStr(vm: Vm, a: Obj, b: Obj): Obj {
  const n = intOrUndefined(vm, b);
  if (n === undefined) return Word.Null;
  const type = vm.typeOf(a);
  if (n <= 0) return emptyOfType(vm, type);
  spanOf(vm, a);
  const at = strSpan.addr;
  const len = strSpan.len;
  const v = Vstr.ofLength(vm, len * n);
  repeatBytes(vm.u8, at, len, n, v.buf);
  vm.charge(1 + ((len * n) >>> 6));
  return v.toObject(type);
}

function concat(vm: Vm, a: Obj, at: number, len: number, b: Obj, bAt: number, bLen: number): Obj {
  const type = vm.typeOf(a);
  if (len === 0 && vm.typeOf(b) === type) return b;
  if (bLen === 0) return a;
  const n = len + bLen;
  const data = vm.alloc(n + 1);
  moveBytes(vm.u8, data, at, at + len);
  moveBytes(vm.u8, data + len, bAt, bAt + bLen);
  if (n > 2048) vm.charge(n >> 6);
  return newStrOfBlock(vm, type, data, n);
}

/** The binary_op slot of str and bytes. */
export function strBinary(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  if (op === BinaryOp.Modulo) {
    if (isTupleLike(vm, b)) {
      return formatPercent(vm, a, vm.i32[(b + TupleOff.Len) >> 2], (b + TupleOff.Items) >> 2, Word.Null, Word.Null);
    }
    return formatPercent(vm, a, 1, 0, b, vm.typeOf(b) === Ty.Dict ? b : Word.Null);
  }
  if (op === BinaryOp.Multiply) return repeatStr(vm, a, b);
  const type = vm.typeOf(a);
  let bAt: number;
  let bLen: number;
  if (vm.typeOf(b) === type) {
    spanOf(vm, b);
    bAt = strSpan.addr;
    bLen = strSpan.len;
  } else if (type === Ty.Bytes) {
    if (!getBufferMaybe(vm, b, BUFFER_READ)) return Word.Null;
    bAt = vm.buf.addr;
    bLen = vm.buf.len;
  } else {
    if (op === BinaryOp.Contains) raiseBadConversion(vm, b);
    return Word.Null;
  }
  spanOf(vm, a);
  const at = strSpan.addr;
  const len = strSpan.len;
  switch (op) {
    case BinaryOp.Add:
    case BinaryOp.InplaceAdd:
      return concat(vm, a, at, len, b, bAt, bLen);
    case BinaryOp.Contains:
      if (len > 2048) vm.charge(len >> 3);
      return newBool(findBytes(vm, vm.u8, at, len, bAt, bLen, 1) >= 0);
    case BinaryOp.Equal:
    case BinaryOp.Less:
    case BinaryOp.LessEqual:
    case BinaryOp.More:
    case BinaryOp.MoreEqual:
      if (len > 4096) vm.charge(len >> 6);
      return newBool(compareBytes(vm.u8, vm.i32, op, at, len, bAt, bLen));
    default:
      return Word.Null;
  }
}

/** The unary_op slot of str: its length is in characters. */
export function strUnary(vm: Vm, op: number, o: Obj): Obj {
  if (op !== UnaryOp.Bool && op !== UnaryOp.Len) return Word.Null;
  spanOf(vm, o);
  const { addr, len } = strSpan;
  if (op === UnaryOp.Bool) return newBool(len !== 0);
  if (len > 4096) vm.charge(len >> 6);
  return newSmallInt(charCount(vm.u8, addr, addr + len));
}
/** The unary_op slot of bytes. */
export function bytesUnary(vm: Vm, op: number, o: Obj): Obj {
  if (op !== UnaryOp.Bool && op !== UnaryOp.Len) return Word.Null;
  spanOf(vm, o);
  return op === UnaryOp.Bool ? newBool(strSpan.len !== 0) : newSmallInt(strSpan.len);
}
/** The buffer slot of str and bytes: read only. */
export function strBuffer(vm: Vm, o: Obj, flags: number): boolean {
  if (flags !== BUFFER_READ) return false;
  spanOf(vm, o);
  vm.buf.addr = strSpan.addr;
  vm.buf.len = strSpan.len;
  vm.buf.typecode = 0x42;
  return true;
}
