/**
 * int: small ints in the word itself and the operators on them; the type. Big ints are in `int-big.ts`.
 * Counterpart: py/objint.c, py/smallint.c, the small-int part of mp_unary_op and mp_binary_op in py/runtime.c.
 *
 * `smallIntBinary` is called from the interpreter loop: it makes no host objects. Where a small int overflows, the left operand
 * first becomes a big int object, as in MicroPython.
 */
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { FloatOff, IntOff, TupleOff } from '../layout.js';
import { allocCopy, allocNot, Mpz, mpzAbs, mpzHash, mpzNeg, mpzNot, targetMpz } from '../num/mpz.js';
import { allocText } from '../num/mpz-text.js';
import { NUM_BAD_INT, NUM_BIG, NUM_SMALL, ParsedNum, parseErrorMessage, parseInteger } from '../num/parse-num.js';
import { raiseArg, raiseFormat, raiseValueError } from '../raise.js';
import { classMethod, defineType, funKw, funVar } from '../rom/define.js';
import { BUFFER_READ, checkArgCount, getBufferMaybe, getInt, typeNameOf } from '../runtime.js';
import { raiseUnsupportedBinary, raiseUnsupportedUnary, tailBinaryOp, tailUnaryOp } from '../tail.js';
import { Ty } from '../types.js';
import { Vstr } from '../vstr.js';
import {
  type Double,
  type Addr,
  newBool,
  newSmallInt,
  type Obj,
  SMALL_INT_MAX,
  SMALL_INT_MIN,
  Word,
} from '../words.js';
import { toInt } from '../wide.js';
import type { Vm } from '../vm.js';
import { complexBinary } from './complex.js';
import { floatBinary, floatValue, newFloat } from './float.js';
import {
  allocBig,
  bigBinary,
  intAsFloat,
  newBigFromNumber,
  newBigInt,
  newInt,
  raiseZeroDivision,
  setDigits,
  setValue,
  viewBig,
} from './int-big.js';
import { intFromBytes, intToBytesMethod } from './int-bytes.js';
import { intPrint } from './int-text.js';
import { wordsBinary } from './int-words.js';
import { isFloat, newIntFromFloat } from './number.js';
import { getStr, strSpan } from './str-new.js';
import { newTupleFrom } from './tuple.js';

export { newBigFromInt64, newBigInt, newInt, newIntFromUint32 } from './int-big.js';
export { intToBytes } from './int-bytes.js';
export { intPow3 } from './int-pow.js';
export { intToText } from './int-text.js';

function floorDivide(x: number, y: number): number {
  return Math.floor(x / y);
}
function modulo(x: number, y: number): number {
  const m = x % y;
  return m !== 0 && m < 0 !== y < 0 ? m + y : m;
}

/** Any binary operation of two small ints; Null when there is no such operation. Raises ZeroDivisionError, ValueError. */
export function smallIntBinary(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  const x = a >> 1;
  const y = b >> 1;
  switch (op) {
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
    case BinaryOp.NotEqual:
      return newBool(x !== y);
    case BinaryOp.Or:
    case BinaryOp.InplaceOr:
      return a | b;
    case BinaryOp.Xor:
    case BinaryOp.InplaceXor:
      return (a ^ b) | 1;
    case BinaryOp.And:
    case BinaryOp.InplaceAnd:
      return a & b;
    case BinaryOp.Lshift:
    case BinaryOp.InplaceLshift:
      if (y < 0) raiseValueError(vm, 'negative shift count');
      if (y < 31 && x <= SMALL_INT_MAX >> y && x >= SMALL_INT_MIN >> y) return (x << (y + 1)) | 1;
      return bigBinary(vm, op, newBigFromNumber(vm, x), b);
    case BinaryOp.Rshift:
    case BinaryOp.InplaceRshift:
      if (y < 0) raiseValueError(vm, 'negative shift count');
      return ((x >> (y > 31 ? 31 : y)) << 1) | 1;
    case BinaryOp.Add:
    case BinaryOp.InplaceAdd:
      return newInt(vm, x + y);
    case BinaryOp.Subtract:
    case BinaryOp.InplaceSubtract:
      return newInt(vm, x - y);
    case BinaryOp.Multiply:
    case BinaryOp.InplaceMultiply: {
      const v = x * y;
      if (v >= -2147483648 && v <= 2147483647) return newInt(vm, v);
      return bigBinary(vm, op, newBigFromNumber(vm, x), b);
    }
    case BinaryOp.FloorDivide:
    case BinaryOp.InplaceFloorDivide:
      if (y === 0) raiseZeroDivision(vm);
      return newInt(vm, floorDivide(x, y));
    case BinaryOp.TrueDivide:
    case BinaryOp.InplaceTrueDivide:
      if (y === 0) raiseZeroDivision(vm);
      return newFloat(vm, vm.doubles ? x / y : Math.fround(x) / Math.fround(y));
    case BinaryOp.Modulo:
    case BinaryOp.InplaceModulo:
      if (y === 0) raiseZeroDivision(vm);
      return (modulo(x, y) << 1) | 1;
    case BinaryOp.Power:
    case BinaryOp.InplacePower:
      return smallPower(vm, op, x, y, b);
    case BinaryOp.Divmod: {
      if (y === 0) raiseZeroDivision(vm);
      const t = newTupleFrom(vm, 2, 0);
      const items = (t + TupleOff.Items) >> 2;
      // the one quotient that does not fit, 2^30, comes out as -2^30, as it does on 32-bit MicroPython
      vm.i32[items] = (floorDivide(x, y) << 1) | 1;
      vm.i32[items + 1] = (modulo(x, y) << 1) | 1;
      return t;
    }
    default:
      return Word.Null;
  }
}

function smallPower(vm: Vm, op: number, x: number, y: number, b: Obj): Obj {
  if (y < 0) return floatBinary(vm, op, vm.doubles ? x : Math.fround(x), b);
  let result = 1;
  let square = x;
  let n = y;
  while (n > 0) {
    if ((n & 1) !== 0) {
      result *= square;
      if (result > 2147483647 || result < -2147483648) return bigBinary(vm, op, newBigFromNumber(vm, x), b);
    }
    if (n === 1) break;
    n >>= 1;
    square *= square;
    if (square > 2147483647) return bigBinary(vm, op, newBigFromNumber(vm, x), b);
  }
  return newInt(vm, result);
}

/** Any unary operation of a small int; Null for conversions that it has no need of. */
export function smallIntUnary(vm: Vm, op: number, o: Obj): Obj {
  switch (op) {
    case UnaryOp.Bool:
      return newBool(o !== Word.Zero);
    case UnaryOp.Hash:
    case UnaryOp.Positive:
    case UnaryOp.IntMaybe:
      return o;
    case UnaryOp.Negative:
      return newInt(vm, -(o >> 1));
    case UnaryOp.Abs:
      return o < 0 ? newInt(vm, -(o >> 1)) : o;
    case UnaryOp.Invert:
    // only the length of an instance of a subclass comes here, and upstream takes any operation that is none of these for `~`
    case UnaryOp.Len:
      return newSmallInt(~(o >> 1));
    case UnaryOp.FloatMaybe:
    case UnaryOp.ComplexMaybe:
      return Word.Null;
    default:
      raiseUnsupportedUnary(vm, op, o);
  }
}

const Z = new Mpz();
const R = new Mpz();

/** A new int with `alloc` digits, `R` aimed at them and `Z` at those of `o`. */
function unaryResult(vm: Vm, o: Obj, alloc: number): Addr {
  const res = allocBig(vm);
  const dig = vm.alloc(alloc * 2);
  setDigits(vm, res, dig, alloc);
  viewBig(vm, Z, o);
  targetMpz(R, vm.u16, dig >> 1, alloc);
  return res;
}

function intUnary(vm: Vm, op: number, o: Obj): Obj {
  if ((o & 1) !== 0) return op === UnaryOp.Len ? Word.Null : smallIntUnary(vm, op, o);
  let res: Addr;
  switch (op) {
    case UnaryOp.Bool:
      return newBool(vm.i32[(o + IntOff.Len) >> 2] !== 0);
    case UnaryOp.Hash:
      return newSmallInt(mpzHash(viewBig(vm, Z, o)));
    case UnaryOp.Positive:
    case UnaryOp.IntMaybe:
      return o;
    case UnaryOp.Negative:
      res = unaryResult(vm, o, allocCopy(viewBig(vm, Z, o)));
      mpzNeg(R, Z);
      break;
    case UnaryOp.Invert:
      res = unaryResult(vm, o, allocNot(viewBig(vm, Z, o)));
      mpzNot(R, Z);
      break;
    case UnaryOp.Abs:
      if (((vm.i32[(o + IntOff.Flags) >> 2] as number) & 1) === 0) return o;
      res = unaryResult(vm, o, allocCopy(viewBig(vm, Z, o)));
      mpzAbs(R, Z);
      break;
    default:
      return Word.Null;
  }
  setValue(vm, res, R.len, R.neg);
  return res;
}

/** The binary operator slot of int: `a` is any int, `b` anything. */
export function intBinary(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  // @quick-begin
  const r = wordsBinary(vm, op, a, b);
  if (r !== Word.Null) return r;
  // @quick-end
  return intBinaryAny(vm, op, a, b);
}
/** The general form. */
export function intBinaryAny(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  if ((b & 1) !== 0) {
    if ((a & 1) === 0) return bigBinary(vm, op, a, b);
    if (op === BinaryOp.Contains) raiseUnsupportedBinary(vm, BinaryOp.In, b, a);
    return smallIntBinary(vm, op, a, b);
  }
  if (b === Word.False) return tailBinaryOp(vm, op, a, Word.Zero);
  if (b === Word.True) return tailBinaryOp(vm, op, a, newSmallInt(1));
  if ((b & 3) !== 0) return (b & 7) === 2 && op === BinaryOp.Multiply ? tailBinaryOp(vm, op, b, a) : Word.Null;
  switch (vm.i32[b >> 2]) {
    case Ty.Int:
      return bigBinary(vm, op, a, b);
    case Ty.Float: {
      const r = floatBinary(vm, op, intAsFloat(vm, a), b);
      if (r === Word.Null && (a & 1) !== 0 && op < BinaryOp.Contains) raiseUnsupportedBinary(vm, op, a, b);
      return r;
    }
    case Ty.Complex: {
      const r = complexBinary(vm, op, intAsFloat(vm, a), 0, b);
      if (r === Word.Null && (a & 1) !== 0 && op < BinaryOp.Contains) raiseUnsupportedBinary(vm, op, a, b);
      return r;
    }
    case Ty.Str:
    case Ty.Bytes:
    case Ty.Tuple:
    case Ty.List:
      // repetition is the sequence's own operation
      return op === BinaryOp.Multiply ? tailBinaryOp(vm, op, b, a) : Word.Null;
    default:
      return Word.Null;
  }
}

/** The int that bytes[from…to) spell in `base`; raises ValueError. */
export function intFromText(vm: Vm, from: Addr, to: Addr, base: number): Obj {
  const r = new ParsedNum();
  parseInteger(r, vm.u8, from, to, base, (cost) => vm.charge(cost));
  if (r.code === NUM_SMALL) return newSmallInt(r.int);
  if (r.code === NUM_BIG) return newBigInt(vm, r.big);
  const message = parseErrorMessage(r, vm.u8);
  if (r.code !== NUM_BAD_INT) raiseValueError(vm, message);
  // a str that is put together on the heap, which may be locked or full
  const text = new Vstr(vm, MESSAGE_ROOM);
  text.write(message);
  raiseArg(vm, Ty.ValueError, text.toStrUnchecked());
}
/** Bytes that mp_parse_num_integer makes its message's buffer with. */
const MESSAGE_ROOM = 50;

/**
 * The int of a constant, with the room that MicroPython gives one that it reads as decimal text from an .mpy file. As
 * there, -2^30 becomes a big int object.
 */
export function newIntFromBigint(vm: Vm, v: bigint): Obj {
  const m = v < 0n ? -v : v;
  if (m <= SMALL_INT_MAX) return newSmallInt(Number(v));
  const hex = m.toString(16);
  const z = new Mpz();
  z.len = Math.ceil(hex.length / 4);
  z.need(z.len);
  for (let i = 0; i < z.len; i++) {
    const end = hex.length - 4 * i;
    z.dig[i] = Number.parseInt(hex.slice(end > 4 ? end - 4 : 0, end), 16);
  }
  z.neg = v < 0n;
  z.alloc = allocText(decimalDigits(m, hex));
  return newBigInt(vm, z);
}

/** Decimal digits of a positive number, whose hexadecimal ones are `hex`. Writing long ones out would take quadratic time. */
function decimalDigits(m: bigint, hex: string): number {
  if (hex.length > 200) {
    const log = Math.log10(Number.parseInt(hex.slice(0, 13), 16)) + (hex.length - 13) * Math.log10(16);
    if (Math.abs(log - Math.round(log)) > 1e-6) return Math.floor(log) + 1;
  }
  return m.toString().length;
}

function intMakeNew(vm: Vm, type: Addr, nArgs: number, nKw: number, args: Addr): Obj {
  // @quick-begin
  if (nArgs === 1 && nKw === 0) {
    const o = vm.i32[args >> 2] as number;
    if ((o & 1) !== 0) return o;
    if (vm.doubles && (o & 3) === 0 && vm.i32[o >> 2] === Ty.Float) {
      const r = smallIntOfFloat(vm.f64, o);
      if (r !== Word.Null) return r;
    }
  }
  // @quick-end
  return intMakeNewAny(vm, type, nArgs, nKw, args);
}
/** The small int that a float is without its fraction; Null when it is no small int. */
function smallIntOfFloat(f64: Float64Array, o: Obj): Obj {
  const v: Double = f64[(o + FloatOff.Double) >> 3] as number;
  return v > -1073741824 && v < 1073741824 ? newSmallInt(toInt(v)) : Word.Null;
}
/** The rest. */
export function intMakeNewAny(vm: Vm, _type: Addr, nArgs: number, nKw: number, args: Addr): Obj {
  checkArgCount(vm, nArgs, nKw, 0, 2, false);
  if (nArgs === 0) return Word.Zero;
  const o = vm.i32[args >> 2] as Obj;
  if (nArgs === 2) {
    getStr(vm, o);
    const from = strSpan.addr;
    const to = from + strSpan.len;
    return intFromText(vm, from, to, getInt(vm, vm.i32[(args >> 2) + 1] as Obj));
  }
  const r = tailUnaryOp(vm, UnaryOp.IntMaybe, o);
  if (r !== Word.Null) return r;
  if (getBufferMaybe(vm, o, BUFFER_READ)) return intFromText(vm, vm.buf.addr, vm.buf.addr + vm.buf.len, 10);
  if (isFloat(vm, o)) return newIntFromFloat(vm, floatValue(vm, o));
  raiseFormat(vm, Ty.TypeError, "can't convert %s to int", typeNameOf(vm, o));
}

/** `int`. */
export const intType = defineType({
  name: 'int',
  core: 'Int',
  makeNew: intMakeNew,
  print: intPrint,
  unaryOp: intUnary,
  binaryOp: intBinary,
  locals: {
    from_bytes: classMethod(funVar(2, 4, intFromBytes)),
    to_bytes: funKw(1, intToBytesMethod),
  },
});
