/**
 * float: a double or a single on the heap, by the board's profile. Counterpart: py/objfloat.c.
 *
 *     double: +0 type, +8 value          single: +0 type, +4 value
 *
 * On a board with singles every operation rounds to one; storing the result does that. Both take one block.
 */
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { FloatOff } from '../layout.js';
import {
  floatDivMod,
  floatMod,
  floatQuo,
  floatRem,
  POW_COMPLEX,
  POW_ZERO_DIVISION,
  powCase,
  signBit,
} from '../num/fmath.js';
import { floatRepr } from '../num/float-format.js';
import { NUM_FLOAT, ParsedNum, parseErrorMessage, parseNumber } from '../num/parse-num.js';
import { pow } from '../num/powlog.js';
import type { Printer } from '../print.js';
import { raiseValueError } from '../raise.js';
import { defineType } from '../rom/define.js';
import { BUFFER_READ, checkArgCount, getBufferMaybe, getFloat } from '../runtime.js';
import { Ty, TypeFlag } from '../types.js';
import { type Addr, type Double, newBool, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { binaryDoubles, complexBinary } from './complex.js';
import { raiseZeroDivision } from './int-big.js';
import { floatHash, floatKind, getFloatMaybe, isFloat } from './number.js';
import { newTuple2 } from './tuple2.js';

/** Sizes that MicroPython allocates (on x86, where a double is aligned to a word). */
const DOUBLE_SIZE = 12;
const SINGLE_SIZE = 8;

/** A new float object; `v` is rounded to the board's width. */
export function newFloat(vm: Vm, v: number): Obj {
  if (vm.doubles) return newDouble(vm, vm.f64, v);
  const p = vm.allocObj(SINGLE_SIZE, Ty.Float);
  vm.f32[(p + FloatOff.Single) >> 2] = v;
  return p;
}
export function newDouble(vm: Vm, f64: Float64Array, v: Double): Obj {
  const p = vm.heap.alloc(DOUBLE_SIZE);
  if (p === 0) vm.raiseMemoryError(DOUBLE_SIZE);
  vm.i32[p >> 2] = Ty.Float;
  f64[(p + FloatOff.Double) >> 3] = v;
  return p;
}

/** Value of a float object. */
export function floatValue(vm: Vm, o: Obj): number {
  return (vm.doubles ? vm.f64[(o + FloatOff.Double) >> 3] : vm.f32[(o + FloatOff.Single) >> 2]) as number;
}

/**
 * The interpreter loop's own path on boards with doubles, for floats and small ints, and for two complex numbers. Null when an operand is
 * something else, or the operation is not one of the cheap ones (then the binary operator slot does it).
 */
export function binaryFloat(vm: Vm, f64: Float64Array, op: number, a: Obj, b: Obj): Obj {
  let x: Double;
  let y: Double;
  if ((a & 1) !== 0) x = a >> 1;
  else if ((a & 3) === 0 && vm.i32[a >> 2] === Ty.Float) x = f64[(a + FloatOff.Double) >> 3] as number;
  // @quick-begin
  else if ((a & 3) === 0 && vm.i32[a >> 2] === Ty.Complex) return binaryDoubles(vm, f64, op, a, b);
  // @quick-end
  else return Word.Null;
  if ((b & 1) !== 0) y = b >> 1;
  else if ((b & 3) === 0 && vm.i32[b >> 2] === Ty.Float) y = f64[(b + FloatOff.Double) >> 3] as number;
  else return Word.Null;
  switch (op) {
    case BinaryOp.Add:
    case BinaryOp.InplaceAdd:
      return newDouble(vm, f64, x + y);
    case BinaryOp.Subtract:
    case BinaryOp.InplaceSubtract:
      return newDouble(vm, f64, x - y);
    case BinaryOp.Multiply:
    case BinaryOp.InplaceMultiply:
      return newDouble(vm, f64, x * y);
    case BinaryOp.TrueDivide:
    case BinaryOp.InplaceTrueDivide:
      return y === 0 ? Word.Null : newDouble(vm, f64, x / y);
    case BinaryOp.Less:
      return x < y ? Word.True : Word.False;
    case BinaryOp.More:
      return x > y ? Word.True : Word.False;
    case BinaryOp.LessEqual:
      return x <= y ? Word.True : Word.False;
    case BinaryOp.MoreEqual:
      return x >= y ? Word.True : Word.False;
    case BinaryOp.Equal:
      return x === y ? Word.True : Word.False;
    // @quick-begin
    case BinaryOp.Power:
    case BinaryOp.InplacePower:
      // as pow() has them
      if (y === 2) return newDouble(vm, f64, x * x);
      return y === 0.5 && x > 0 ? newDouble(vm, f64, Math.sqrt(x)) : Word.Null;
    // @quick-end
    default:
      return Word.Null;
  }
}

/** Any binary operation of a float value with `b`; Null when `b` is no real number or there is no such operation. */
export function floatBinary(vm: Vm, op: number, x: number, b: Obj): Obj {
  const y = getFloatMaybe(vm, b);
  if (y === undefined) return Word.Null;
  switch (op) {
    case BinaryOp.Add:
    case BinaryOp.InplaceAdd:
      return newFloat(vm, x + y);
    case BinaryOp.Subtract:
    case BinaryOp.InplaceSubtract:
      return newFloat(vm, x - y);
    case BinaryOp.Multiply:
    case BinaryOp.InplaceMultiply:
      return newFloat(vm, x * y);
    case BinaryOp.FloorDivide:
    case BinaryOp.InplaceFloorDivide:
      if (y === 0) raiseZeroDivision(vm);
      floatDivMod(x, y, floatKind(vm));
      return newFloat(vm, floatQuo);
    case BinaryOp.TrueDivide:
    case BinaryOp.InplaceTrueDivide:
      if (y === 0) raiseZeroDivision(vm);
      return newFloat(vm, x / y);
    case BinaryOp.Modulo:
    case BinaryOp.InplaceModulo:
      if (y === 0) raiseZeroDivision(vm);
      return newFloat(vm, floatMod(x, y, floatKind(vm)));
    case BinaryOp.Power:
    case BinaryOp.InplacePower: {
      const c = powCase(x, y);
      if (c === POW_ZERO_DIVISION) raiseZeroDivision(vm);
      if (c === POW_COMPLEX) return complexBinary(vm, BinaryOp.Power, x, 0, b);
      return newFloat(vm, pow(x, y));
    }
    case BinaryOp.Divmod: {
      if (y === 0) raiseZeroDivision(vm);
      floatDivMod(x, y, floatKind(vm));
      const rem = floatRem;
      const quo = newFloat(vm, floatQuo);
      return newTuple2(vm, quo, newFloat(vm, rem));
    }
    case BinaryOp.Less:
      return newBool(x < y);
    case BinaryOp.More:
      return newBool(x > y);
    case BinaryOp.Equal:
      return newBool(x === y);
    case BinaryOp.LessEqual:
      return newBool(x <= y);
    case BinaryOp.MoreEqual:
      return newBool(x >= y);
    default:
      return Word.Null;
  }
}

function floatBinarySlot(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  if (vm.doubles) {
    const r = binaryFloat(vm, vm.f64, op, a, b);
    if (r !== Word.Null) return r;
  }
  return floatBinaryAny(vm, op, a, b);
}
/** The rest. */
export function floatBinaryAny(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  const x = floatValue(vm, a);
  if ((b & 3) === 0 && vm.i32[b >> 2] === Ty.Complex) return complexBinary(vm, op, x, 0, b);
  return floatBinary(vm, op, x, b);
}

function floatUnary(vm: Vm, op: number, o: Obj): Obj {
  // @quick-begin
  if (vm.doubles) {
    const r = unaryFloat(vm, vm.f64, op, o);
    if (r !== Word.Null) return r;
  }
  // @quick-end
  return floatUnaryAny(vm, op, o);
}
/** The commonest of doubles that are no zero, whose sign counts, and no NaN. */
function unaryFloat(vm: Vm, f64: Float64Array, op: number, o: Obj): Obj {
  const v: Double = f64[(o + FloatOff.Double) >> 3] as number;
  if (v > 0) {
    if (op === UnaryOp.Negative) return newDouble(vm, f64, 0 - v);
    return op === UnaryOp.Abs ? o : Word.Null;
  }
  return v < 0 && (op === UnaryOp.Negative || op === UnaryOp.Abs) ? newDouble(vm, f64, 0 - v) : Word.Null;
}
/** The rest. */
export function floatUnaryAny(vm: Vm, op: number, o: Obj): Obj {
  const v = floatValue(vm, o);
  switch (op) {
    case UnaryOp.Bool:
      return newBool(v !== 0);
    case UnaryOp.Hash:
      return newSmallInt(floatHash(vm, v));
    case UnaryOp.Positive:
      return o;
    case UnaryOp.Negative:
      return newFloat(vm, -v);
    case UnaryOp.Abs:
      return signBit(v) ? newFloat(vm, -v) : o;
    default:
      return Word.Null;
  }
}

function floatPrint(vm: Vm, out: Printer, o: Obj): void {
  out.write(floatRepr(floatValue(vm, o), floatKind(vm)));
}

/** The float that bytes[from…to) spell; raises ValueError. */
export function floatFromText(vm: Vm, from: Addr, to: Addr): Obj {
  const r = new ParsedNum();
  if (parseNumber(r, vm.u8, from, to, false, false, floatKind(vm)) === NUM_FLOAT) return newFloat(vm, r.real);
  raiseValueError(vm, parseErrorMessage(r, vm.u8));
}

function floatMakeNew(vm: Vm, _type: Addr, nArgs: number, nKw: number, args: Addr): Obj {
  checkArgCount(vm, nArgs, nKw, 0, 1, false);
  if (nArgs === 0) return newFloat(vm, 0);
  const o = vm.i32[args >> 2] as Obj;
  if (getBufferMaybe(vm, o, BUFFER_READ)) return floatFromText(vm, vm.buf.addr, vm.buf.addr + vm.buf.len);
  return isFloat(vm, o) ? o : newFloat(vm, getFloat(vm, o));
}

/** `float`. */
export const floatType = defineType({
  name: 'float',
  core: 'Float',
  flags: TypeFlag.EqNotReflexive | TypeFlag.EqChecksOtherType,
  makeNew: floatMakeNew,
  print: floatPrint,
  unaryOp: floatUnary,
  binaryOp: floatBinarySlot,
});
