/**
 * Conversions from Python numbers to host numbers and back, and what `round` needs. Counterpart: mp_obj_get_float and its
 * kin in py/obj.c, py/objint_mpz.c, mp_builtin_round in py/modbuiltins.c.
 */
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { enterNested, leaveNested } from '../nested.js';
import { FLOAT_DOUBLE, FLOAT_SINGLE, type FloatKind, roundTo } from '../num/float-kind.js';
import { nearbyInt } from '../num/fmath.js';
import { Mpz, mpzAsUint32, mpzHash } from '../num/mpz.js';
import {
  floatHash as hashOfFloat,
  floatToInt,
  INF_TO_INT,
  INT_BIG,
  INT_INF,
  INT_NAN,
  int64High,
  int64Low,
  mpzAsFloat,
  mpzSetFloat,
  mpzSplit64,
  NAN_TO_INT,
} from '../num/mpz-convert.js';
import { pow } from '../num/powlog.js';
import { raiseFormat, raiseMsg, raiseValueError } from '../raise.js';
import type { UnaryOpFn } from '../rom/define.js';
import { getFloat, getInt, isInt, typeNameOf } from '../runtime.js';
import { Ty, TypeOff } from '../types.js';
import { newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { floatValue, newFloat } from './float.js';
import { intAsFloat, intAsInt32, newBigInt, raiseWordOverflow, viewBig } from './int-big.js';
import { intBinary } from './int.js';

const V = new Mpz();

/** The width that the board's floats have. */
export function floatKind(vm: Vm): FloatKind {
  return vm.doubles ? FLOAT_DOUBLE : FLOAT_SINGLE;
}

/** Number of any int, bool, float or object with `__float__`; undefined for others. */
export function getFloatMaybe(vm: Vm, o: Obj): number | undefined {
  if ((o & 1) !== 0) return vm.doubles ? o >> 1 : Math.fround(o >> 1);
  if ((o & 3) === 0) {
    const type = vm.i32[o >> 2] as number;
    if (type === Ty.Float) return floatValue(vm, o);
    if (type === Ty.Int) return intAsFloat(vm, o);
    const r = convert(vm, UnaryOp.FloatMaybe, o);
    return r !== Word.Null && isFloat(vm, r) ? floatValue(vm, r) : undefined;
  }
  if (o === Word.False) return 0;
  return o === Word.True ? 1 : undefined;
}

/** Runs one of the conversion operations of a type; Null when it has none. */
function convert(vm: Vm, op: number, o: Obj): Obj {
  const slot = vm.i32[((vm.i32[o >> 2] as number) + TypeOff.UnaryOp) >> 2] as number;
  if (slot === 0) return Word.Null;
  const base = enterNested(vm);
  return leaveNested(vm, base, (vm.fns[slot - 1] as UnaryOpFn)(vm, op, o));
}

export function isFloat(vm: Vm, o: Obj): boolean {
  return (o & 3) === 0 && vm.i32[o >> 2] === Ty.Float;
}

/** Results of {@link getComplexMaybe}. */
export const complexParts = { real: 0, imag: 0 };

function takeComplex(vm: Vm, o: Obj): void {
  if (vm.doubles) {
    complexParts.real = vm.f64[(o + 8) >> 3] as number;
    complexParts.imag = vm.f64[(o + 16) >> 3] as number;
  } else {
    complexParts.real = vm.f32[(o + 4) >> 2] as number;
    complexParts.imag = vm.f32[(o + 8) >> 2] as number;
  }
}

/** Sets {@link complexParts} to the value of a number or of an object with `__complex__`; false for others. */
export function getComplexMaybe(vm: Vm, o: Obj): boolean {
  if ((o & 3) === 0 && vm.i32[o >> 2] === Ty.Complex) {
    takeComplex(vm, o);
    return true;
  }
  const v = getFloatMaybe(vm, o);
  if (v !== undefined) {
    complexParts.real = v;
    complexParts.imag = 0;
    return true;
  }
  if ((o & 3) !== 0) return false;
  const r = convert(vm, UnaryOp.ComplexMaybe, o);
  if (r === Word.Null || (r & 3) !== 0 || vm.i32[r >> 2] !== Ty.Complex) return false;
  takeComplex(vm, r);
  return true;
}
/** As {@link getComplexMaybe}; raises TypeError. */
export function getComplex(vm: Vm, o: Obj): void {
  if (!getComplexMaybe(vm, o)) raiseFormat(vm, Ty.TypeError, "can't convert %s to complex", typeNameOf(vm, o));
}

/** Value of a big int object as a signed machine word; raises OverflowError. */
export function bigIntToInt32(vm: Vm, o: Obj): number {
  return intAsInt32(vm, o);
}
/** Value of a big int object as a double, whatever the board's float width. */
export function bigIntToNumber(vm: Vm, o: Obj): number {
  return mpzAsFloat(viewBig(vm, V, o), FLOAT_DOUBLE);
}

/** The int that stands for `o`; raises TypeError. */
function asInt(vm: Vm, o: Obj): Obj {
  if (isInt(vm, o)) return o;
  if (o === Word.False) return newSmallInt(0);
  if (o === Word.True) return newSmallInt(1);
  const r = (o & 3) === 0 ? convert(vm, UnaryOp.IntMaybe, o) : Word.Null;
  if (r === Word.Null) raiseFormat(vm, Ty.TypeError, "can't convert %s to int", typeNameOf(vm, o));
  return r;
}

/** An int as an unsigned machine word; raises TypeError, OverflowError (negative ones too). */
export function getUint32(vm: Vm, o: Obj): number {
  const i = asInt(vm, o);
  const v = (i & 1) !== 0 ? i >> 1 : mpzAsUint32(viewBig(vm, V, i));
  if (!(v >= 0)) raiseWordOverflow(vm);
  return v;
}
/** The low 32 bits of an int, as a signed number. */
export function getIntTruncated(vm: Vm, o: Obj): number {
  if ((o & 1) !== 0) return o >> 1;
  if ((o & 3) === 0 && vm.i32[o >> 2] === Ty.Int) return mpzHash(viewBig(vm, V, o));
  return getInt(vm, o);
}

/** Result of {@link getInt64}: the words of a 64-bit two's complement number, as int32. */
export const int64 = { high: 0, low: 0 };

/** Sets {@link int64} to the low 64 bits of an int; raises TypeError. */
export function getInt64(vm: Vm, o: Obj): void {
  const i = asInt(vm, o);
  if ((i & 1) !== 0) {
    int64.high = i >> 31;
    int64.low = i >> 1;
    return;
  }
  mpzSplit64(viewBig(vm, V, i));
  int64.high = int64High();
  int64.low = int64Low();
}

/** int(x) for a float; raises OverflowError for infinities, ValueError for NaN. */
export function newIntFromFloat(vm: Vm, x: number): Obj {
  switch (floatToInt(x, floatKind(vm))) {
    case INT_INF:
      raiseMsg(vm, Ty.OverflowError, INF_TO_INT);
      break;
    case INT_NAN:
      raiseValueError(vm, NAN_TO_INT);
      break;
    case INT_BIG:
      return newBigInt(vm, mpzSetFloat(new Mpz(), x));
    default:
  }
  return newSmallInt(x);
}

/** Hash of a float, before it is cut to a small int. */
export function floatHash(vm: Vm, x: number): number {
  return hashOfFloat(x, floatKind(vm), vm.profile.level === 'everything');
}

/** `round(o)`, or `round(o, digits)` unless `digits` is Null. */
export function roundNumber(vm: Vm, o: Obj, digits: Obj): Obj {
  if (isInt(vm, o)) return digits === Word.Null ? o : roundInt(vm, o, digits);
  const v = getFloat(vm, o);
  if (digits === Word.Null) return newIntFromFloat(vm, nearbyInt(v));
  const kind = floatKind(vm);
  const factor = roundTo(kind, pow(10, roundTo(kind, getInt(vm, digits))));
  return newFloat(vm, nearbyInt(roundTo(kind, v * factor)) / factor);
}

/** Rounds to a multiple of a power of ten, halves to the even multiple. */
function roundInt(vm: Vm, o: Obj, digits: Obj): Obj {
  const n = getInt(vm, digits);
  if (n >= 0) return o;
  const unit = intBinary(vm, BinaryOp.Power, newSmallInt(10), newSmallInt(-n));
  const half = intBinary(vm, BinaryOp.FloorDivide, unit, newSmallInt(2));
  const rest = intBinary(vm, BinaryOp.Modulo, o, unit);
  const down = intBinary(vm, BinaryOp.Subtract, o, rest);
  if (intBinary(vm, BinaryOp.More, half, rest) === Word.True) return down;
  if (intBinary(vm, BinaryOp.More, rest, half) !== Word.True) {
    const count = intBinary(vm, BinaryOp.FloorDivide, o, unit);
    if (intBinary(vm, BinaryOp.And, count, newSmallInt(1)) === Word.Zero) return down;
  }
  return intBinary(vm, BinaryOp.Add, down, unit);
}
