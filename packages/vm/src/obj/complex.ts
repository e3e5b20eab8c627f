/**
 * complex: two floats. Counterpart: py/objcomplex.c.
 *
 *     doubles: +0 type, +8 real, +16 imag          singles: +0 type, +4 real, +8 imag
 *
 * On a board with singles every step of an operation rounds, as the C expressions do there.
 */
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { type FloatKind, roundTo } from '../num/float-kind.js';
import { formatFloat, REPR_PREC } from '../num/float-format.js';
import { NUM_COMPLEX, ParsedNum, parseErrorMessage, parseNumber } from '../num/parse-num.js';
import { exp, log } from '../num/powlog.js';
import type { Printer } from '../print.js';
import { Q } from '../q.js';
import { raiseMsg, raiseTypeError, raiseValueError } from '../raise.js';
import { defineType } from '../rom/define.js';
import { checkArgCount, getFloat } from '../runtime.js';
import { Ty, TypeFlag } from '../types.js';
import { type Addr, type Double, newBool, newSmallInt, type Obj, type Qstr, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { newDouble, newFloat } from './float.js';
import { asciiText } from './int-text.js';
import { complexParts, floatHash, floatKind, getComplex, getComplexMaybe } from './number.js';
import { getStr, isStr, strSpan } from './str-new.js';

const DOUBLE_SIZE = 20;
const SINGLE_SIZE = 12;

/** A new complex object. */
export function newComplex(vm: Vm, real: number, imag: number): Obj {
  if (vm.doubles) return newDoubles(vm, vm.f64, real, imag);
  const p = vm.allocObj(SINGLE_SIZE, Ty.Complex);
  vm.f32[(p + 4) >> 2] = real;
  vm.f32[(p + 8) >> 2] = imag;
  return p;
}
function newDoubles(vm: Vm, f64: Float64Array, real: Double, imag: Double): Obj {
  const p = vm.allocObj(DOUBLE_SIZE, Ty.Complex);
  f64[(p + 8) >> 3] = real;
  f64[(p + 16) >> 3] = imag;
  return p;
}

function isComplex(vm: Vm, o: Obj): boolean {
  return (o & 3) === 0 && vm.i32[o >> 2] === Ty.Complex;
}

/** sqrt(re² + im²), without care for overflow. */
export function complexAbs(kind: FloatKind, re: number, im: number): number {
  return roundTo(kind, Math.sqrt(roundTo(kind, roundTo(kind, re * re) + roundTo(kind, im * im))));
}

/** Any binary operation of a complex value with `b`; Null when `b` is no number or there is no such operation. */
export function complexBinary(vm: Vm, op: number, re: number, im: number, b: Obj): Obj {
  if (!getComplexMaybe(vm, b)) return Word.Null;
  const kind = floatKind(vm);
  const re2 = complexParts.real;
  const im2 = complexParts.imag;
  switch (op) {
    case BinaryOp.Add:
    case BinaryOp.InplaceAdd:
      return newComplex(vm, re + re2, im + im2);
    case BinaryOp.Subtract:
    case BinaryOp.InplaceSubtract:
      return newComplex(vm, re - re2, im - im2);
    case BinaryOp.Multiply:
    case BinaryOp.InplaceMultiply:
      return multiply(vm, kind, re, im, re2, im2);
    case BinaryOp.FloorDivide:
    case BinaryOp.InplaceFloorDivide:
      raiseTypeError(vm, "can't truncate-divide a complex number");
      break;
    case BinaryOp.TrueDivide:
    case BinaryOp.InplaceTrueDivide:
      return divide(vm, kind, re, im, re2, im2);
    case BinaryOp.Power:
    case BinaryOp.InplacePower:
      return power(vm, kind, re, im, re2, im2);
    case BinaryOp.Equal:
      return newBool(re === re2 && im === im2);
    default:
  }
  return Word.Null;
}

function multiply(vm: Vm, kind: FloatKind, a: number, b: number, c: number, d: number): Obj {
  return newComplex(vm, roundTo(kind, a * c) - roundTo(kind, b * d), roundTo(kind, a * d) + roundTo(kind, b * c));
}

function divide(vm: Vm, kind: FloatKind, a: number, b: number, c: number, d: number): Obj {
  if (d === 0) {
    if (c === 0) raiseMsg(vm, Ty.ZeroDivisionError, 'complex divide by zero');
    return newComplex(vm, a / c, b / c);
  }
  if (c === 0) return newComplex(vm, b / d, -a / d);
  const square = roundTo(kind, roundTo(kind, c * c) + roundTo(kind, d * d));
  return multiply(vm, kind, a, b, roundTo(kind, c / square), roundTo(kind, d / -square));
}

/** z ** w = exp(w · log z). */
function power(vm: Vm, kind: FloatKind, a: number, b: number, c: number, d: number): Obj {
  const abs = complexAbs(kind, a, b);
  if (abs === 0) {
    if (d !== 0 || !(c >= 0)) raiseMsg(vm, Ty.ZeroDivisionError, '0.0 to a complex power');
    return newComplex(vm, c === 0 ? 1 : 0, b);
  }
  const ln = roundTo(kind, log(abs));
  const arg = roundTo(kind, Math.atan2(b, a));
  const x = roundTo(kind, roundTo(kind, c * ln) - roundTo(kind, d * arg));
  const y = roundTo(kind, roundTo(kind, d * ln) + roundTo(kind, c * arg));
  const size = roundTo(kind, exp(x));
  return newComplex(vm, size * roundTo(kind, Math.cos(y)), size * roundTo(kind, Math.sin(y)));
}

/** What is commonest, on boards with doubles: sums, differences and products of complex numbers. Null: anything else. */
export function binaryDoubles(vm: Vm, f64: Float64Array, op: number, a: Obj, b: Obj): Obj {
  if ((b & 3) !== 0 || vm.i32[b >> 2] !== Ty.Complex) return Word.Null;
  const re: Double = f64[(a + 8) >> 3];
  const im: Double = f64[(a + 16) >> 3];
  const re2: Double = f64[(b + 8) >> 3];
  const im2: Double = f64[(b + 16) >> 3];
  switch (op) {
    case BinaryOp.Add:
    case BinaryOp.InplaceAdd:
      return newDoubles(vm, f64, re + re2, im + im2);
    case BinaryOp.Subtract:
    case BinaryOp.InplaceSubtract:
      return newDoubles(vm, f64, re - re2, im - im2);
    case BinaryOp.Multiply:
    case BinaryOp.InplaceMultiply:
      return newDoubles(vm, f64, re * re2 - im * im2, re * im2 + im * re2);
    default:
      return Word.Null;
  }
}

function complexBinarySlot(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  // @quick-begin
  const r = vm.doubles ? binaryDoubles(vm, vm.f64, op, a, b) : Word.Null;
  if (r !== Word.Null) return r;
  // @quick-end
  return complexBinaryAny(vm, op, a, b);
}
/** The rest. */
export function complexBinaryAny(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  getComplexMaybe(vm, a);
  return complexBinary(vm, op, complexParts.real, complexParts.imag, b);
}

function complexUnary(vm: Vm, op: number, o: Obj): Obj {
  // @quick-begin
  if (vm.doubles && op === UnaryOp.Abs) return absDoubles(vm, vm.f64, o);
  // @quick-end
  return complexUnaryAny(vm, op, o);
}
function absDoubles(vm: Vm, f64: Float64Array, o: Obj): Obj {
  const re: Double = f64[(o + 8) >> 3];
  const im: Double = f64[(o + 16) >> 3];
  return newDouble(vm, f64, Math.sqrt(re * re + im * im));
}
/** The rest. */
export function complexUnaryAny(vm: Vm, op: number, o: Obj): Obj {
  getComplexMaybe(vm, o);
  const re = complexParts.real;
  const im = complexParts.imag;
  switch (op) {
    case UnaryOp.Bool:
      return newBool(re !== 0 || im !== 0);
    case UnaryOp.Hash:
      return newSmallInt(floatHash(vm, re) ^ floatHash(vm, im));
    case UnaryOp.Positive:
      return o;
    case UnaryOp.Negative:
      return newComplex(vm, -re, -im);
    case UnaryOp.Abs:
      return newFloat(vm, complexAbs(floatKind(vm), re, im));
    default:
      return Word.Null;
  }
}

function partText(v: number, sign: number, kind: FloatKind): string {
  const buf = new Uint8Array(40);
  return asciiText(buf, 0, formatFloat(buf, 0, v, 0x67, REPR_PREC, sign, kind));
}

function complexPrint(vm: Vm, out: Printer, o: Obj): void {
  getComplexMaybe(vm, o);
  const re = complexParts.real;
  const im = complexParts.imag;
  const kind = floatKind(vm);
  if (re === 0) out.write(`${partText(im, 0, kind)}j`);
  else out.write(`(${partText(re, 0, kind)}${partText(im, 0x2b, kind)}j)`);
}

function complexAttr(vm: Vm, o: Obj, attr: Qstr): number {
  if (vm.dest0 !== Word.Null || (attr !== Q.real && attr !== Q.imag)) return 0;
  getComplexMaybe(vm, o);
  const part = newFloat(vm, attr === Q.real ? complexParts.real : complexParts.imag);
  vm.dest0 = part;
  vm.dest1 = Word.Null;
  return 0;
}

/** The complex number that bytes[from…to) spell; raises ValueError. */
export function complexFromText(vm: Vm, from: Addr, to: Addr): Obj {
  const r = new ParsedNum();
  if (parseNumber(r, vm.u8, from, to, true, true, floatKind(vm)) === NUM_COMPLEX) return newComplex(vm, r.real, r.imag);
  raiseValueError(vm, parseErrorMessage(r, vm.u8));
}

function complexMakeNew(vm: Vm, _type: Addr, nArgs: number, nKw: number, args: Addr): Obj {
  checkArgCount(vm, nArgs, nKw, 0, 2, false);
  if (nArgs === 0) return newComplex(vm, 0, 0);
  const a = vm.i32[args >> 2] as Obj;
  if (nArgs === 1) {
    if (isStr(vm, a)) {
      getStr(vm, a);
      return complexFromText(vm, strSpan.addr, strSpan.addr + strSpan.len);
    }
    if (isComplex(vm, a)) return a;
    getComplex(vm, a);
    return newComplex(vm, complexParts.real, complexParts.imag);
  }
  let re: number;
  let im = 0;
  if (isComplex(vm, a)) {
    getComplexMaybe(vm, a);
    re = complexParts.real;
    im = complexParts.imag;
  } else re = getFloat(vm, a);
  const b = vm.i32[(args >> 2) + 1] as Obj;
  if (isComplex(vm, b)) {
    getComplexMaybe(vm, b);
    re -= complexParts.imag;
    im += complexParts.real;
  } else im += getFloat(vm, b);
  return newComplex(vm, re, im);
}

/** `complex`. */
export const complexType = defineType({
  name: 'complex',
  core: 'Complex',
  flags: TypeFlag.EqNotReflexive | TypeFlag.EqChecksOtherType,
  makeNew: complexMakeNew,
  print: complexPrint,
  unaryOp: complexUnary,
  binaryOp: complexBinarySlot,
  attr: complexAttr,
});
