/**
 * Arithmetic on constants, with the results that MicroPython's runtime gives. Counterpart: mp_binary_op and mp_unary_op of
 * py/runtime.c with py/objint_mpz.c and py/objfloat.c, as far as numbers go.
 *
 * An operand is a bigint (a Python int) or a number (a Python float). Whatever would raise gives null: such an expression
 * is left for run time.
 */
import { BinaryOp } from '@tsmp-internal/bytecode';

/** A Python int or float. */
export type Numeric = bigint | number;

/** How big results may get, in bits; what is bigger would not fit the heap that upstream folds in. */
const MAX_RESULT_BITS = 1 << 22;

/** Settings that results depend on. */
export interface ArithOptions {
  /** Width of floats. */
  readonly floatBits: 32 | 64;
  /** The word size of upstream's compiler: small ints have one bit less, digits of big ones half as many. */
  readonly hostBits: 32 | 64;
}

function bitLength(n: bigint): number {
  const magnitude = n < 0n ? -n : n;
  const hex = magnitude.toString(16);
  return hex.length * 4 - Math.clz32(Number.parseInt(hex.charAt(0), 16)) + 28;
}

function round(value: number, options: ArithOptions): number {
  return options.floatBits === 32 ? Math.fround(value) : value;
}

/** Whether upstream's compiler has the value as a small int. */
export function fitsHostSmallInt(n: bigint, options: ArithOptions): boolean {
  const limit = options.hostBits === 64 ? 0x4000000000000000n : 0x40000000n;
  return n >= -limit && n < limit;
}

/** A Python int as a float: exact conversion for what fits a word, digit by digit beyond. */
function toFloat(n: bigint, options: ArithOptions): number {
  if (fitsHostSmallInt(n, options)) return round(Number(n), options);
  const magnitude = n < 0n ? -n : n;
  const digitBits = options.hostBits / 2;
  const bits = BigInt(digitBits);
  const base = 2 ** digitBits;
  const count = Math.ceil(bitLength(magnitude) / digitBits);
  let value = 0;
  for (let i = count - 1; i >= 0; i--) {
    const digit = Number((magnitude >> (BigInt(i) * bits)) & ((1n << bits) - 1n));
    value = round(round(value * base, options) + digit, options);
    if (value === Infinity) break;
  }
  return n < 0n ? -value : value;
}

/** `lhs op rhs`, or null if that raises or gives no int or float. */
export function binaryOp(op: BinaryOp, lhs: Numeric, rhs: Numeric, options: ArithOptions): Numeric | null {
  if (typeof lhs === 'bigint' && typeof rhs === 'bigint') return intOp(op, lhs, rhs, options);
  const x = typeof lhs === 'bigint' ? toFloat(lhs, options) : lhs;
  const y = typeof rhs === 'bigint' ? toFloat(rhs, options) : rhs;
  return floatOp(op, x, y, options);
}

function intOp(op: BinaryOp, lhs: bigint, rhs: bigint, options: ArithOptions): Numeric | null {
  switch (op) {
    case BinaryOp.Or:
      return lhs | rhs;
    case BinaryOp.Xor:
      return lhs ^ rhs;
    case BinaryOp.And:
      return lhs & rhs;
    case BinaryOp.Lshift:
      if (rhs < 0n) return null;
      if (lhs === 0n) return 0n;
      if (rhs > BigInt(MAX_RESULT_BITS) || bitLength(lhs) + Number(rhs) > MAX_RESULT_BITS) return null;
      return lhs << rhs;
    case BinaryOp.Rshift:
      if (rhs < 0n || rhs >= 1n << BigInt(options.hostBits - 1)) return null;
      if (rhs > BigInt(MAX_RESULT_BITS)) return lhs < 0n ? -1n : 0n;
      return lhs >> rhs;
    case BinaryOp.Add:
      return lhs + rhs;
    case BinaryOp.Subtract:
      return lhs - rhs;
    case BinaryOp.Multiply:
      if (bitLength(lhs) + bitLength(rhs) > MAX_RESULT_BITS) return null;
      return lhs * rhs;
    case BinaryOp.FloorDivide:
      if (rhs === 0n) return null;
      return floorDivide(lhs, rhs);
    case BinaryOp.Modulo:
      if (rhs === 0n) return null;
      return lhs - floorDivide(lhs, rhs) * rhs;
    case BinaryOp.TrueDivide:
      if (rhs === 0n) return null;
      return round(toFloat(lhs, options) / toFloat(rhs, options), options);
    case BinaryOp.Power:
      return intPower(lhs, rhs, options);
    default:
      return null;
  }
}

function floorDivide(lhs: bigint, rhs: bigint): bigint {
  const quotient = lhs / rhs;
  return quotient * rhs !== lhs && lhs < 0n !== rhs < 0n ? quotient - 1n : quotient;
}

function intPower(lhs: bigint, rhs: bigint, options: ArithOptions): Numeric | null {
  if (rhs < 0n) return floatOp(BinaryOp.Power, toFloat(lhs, options), toFloat(rhs, options), options);
  if (lhs >= -1n && lhs <= 1n) return lhs === -1n && (rhs & 1n) === 0n ? 1n : rhs === 0n ? 1n : lhs;
  if (rhs > BigInt(MAX_RESULT_BITS) || bitLength(lhs) * Number(rhs) > MAX_RESULT_BITS) return null;
  return lhs ** rhs;
}

function floatOp(op: BinaryOp, x: number, y: number, options: ArithOptions): number | null {
  switch (op) {
    case BinaryOp.Add:
      return round(x + y, options);
    case BinaryOp.Subtract:
      return round(x - y, options);
    case BinaryOp.Multiply:
      return round(x * y, options);
    case BinaryOp.TrueDivide:
      return y === 0 ? null : round(x / y, options);
    case BinaryOp.FloorDivide:
      return y === 0 ? null : floatFloorDivide(x, y, options);
    case BinaryOp.Modulo:
      return y === 0 ? null : floatModulo(x, y, options);
    case BinaryOp.Power:
      if (x === 0 && y < 0 && y !== -Infinity) return null;
      if (x < 0 && y !== Math.floor(y) && !Number.isNaN(y)) return null; // complex
      return round(floatPower(x, y), options);
    default:
      return null;
  }
}

function floatModulo(x: number, y: number, options: ArithOptions): number {
  const rest = x % y;
  if (rest === 0) return y < 0 || Object.is(y, -0) ? -0 : 0;
  return rest < 0 !== y < 0 ? round(rest + y, options) : rest;
}

function floatFloorDivide(x: number, y: number, options: ArithOptions): number {
  const rest = x % y;
  let quotient = round(round(x - rest, options) / y, options);
  if (rest !== 0 && rest < 0 !== y < 0) quotient = round(quotient - 1, options);
  if (quotient === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** Beyond this exponent exact powers get long, and nearly all results are 0 or infinite. */
const MAX_EXACT_EXPONENT = 1100;

/** The C library's `pow`, which rounds nearly always correctly; the host's need not, so whole powers are done exactly. */
function floatPower(x: number, y: number): number {
  if (x === 1 || y === 0) return 1;
  // C defines (-1) to an infinite power as 1.
  if (x === -1 && (y === Infinity || y === -Infinity)) return 1;
  if (y === 0.5 && x > 0) return Math.sqrt(x);
  const quick = x ** y;
  if (quick === 0 || !Number.isFinite(quick) || !Number.isInteger(y) || Math.abs(y) > MAX_EXACT_EXPONENT) return quick;
  const size = exactPower(Math.abs(x), y);
  return x < 0 && y % 2 !== 0 ? -size : size;
}

const words = new DataView(new ArrayBuffer(8));

/** `x ** n` for a positive finite `x` and a whole `n`, correctly rounded. */
function exactPower(x: number, n: number): number {
  words.setFloat64(0, x);
  const bits = words.getBigUint64(0);
  const field = Number(bits >> 52n);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = field === 0 ? fraction : fraction | (1n << 52n);
  const power = mantissa ** BigInt(Math.abs(n));
  const exponent = (field === 0 ? -1074 : field - 1075) * n;
  if (n > 0) return scaleRounded(power, exponent, 0n);
  const shift = BigInt(bitLength(power) + 64);
  const quotient = (1n << shift) / power;
  return scaleRounded(quotient, exponent - Number(shift), quotient * power === 1n << shift ? 0n : 1n);
}

/** `(n + a little if sticky) × 2^exponent` as the nearest double, ties to even. */
function scaleRounded(n: bigint, exponent: number, sticky: bigint): number {
  const quantum = Math.max(bitLength(n) + exponent - 53, -1074);
  const shift = quantum - exponent;
  if (shift <= 0) return Number(n) * 2 ** exponent;
  const doubled = (n << 1n) | sticky;
  const s = BigInt(shift + 1);
  let quotient = doubled >> s;
  const rest = doubled - (quotient << s);
  const half = 1n << (s - 1n);
  if (rest > half || (rest === half && (quotient & 1n) === 1n)) quotient++;
  return Number(quotient) * 2 ** quantum;
}
