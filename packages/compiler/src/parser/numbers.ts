/**
 * Number literals. Counterpart: mp_parse_num_integer and mp_parse_num_decimal in py/parsenum.c, as the parser calls them.
 */
import { type Constant, parseFloatText } from '@tsmp/mpy-format';

/** Says what is wrong with a literal; the parser turns it into a SyntaxError. */
export class NumberError {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

const ZERO = 0x30;
const LOWER_A = 0x61;

function digitValue(code: number): number {
  if (code >= ZERO && code <= ZERO + 9) return code - ZERO;
  const lower = code | 0x20;
  return lower >= LOWER_A && lower < LOWER_A + 26 ? lower - LOWER_A + 10 : 99;
}

/** The value of an integer literal: a number if it is exact as one, otherwise a bigint. */
export function parseInteger(text: string): number | bigint {
  let base = 10;
  let start = 0;
  if (text.length > 1 && text.charCodeAt(0) === ZERO) {
    const c = text.charCodeAt(1) | 0x20;
    if (c === 0x78) base = 16;
    else if (c === 0x6f) base = 8;
    else if (c === 0x62) base = 2;
    else base = 1; // only zeros may follow a leading zero
    if (base !== 1) start = 2;
  }
  let value = 0;
  for (let i = start; i < text.length; i++) {
    const digit = digitValue(text.charCodeAt(i));
    if (digit >= base) throw integerError(text.slice(start), base);
    value = value * base + digit;
  }
  if (start === text.length) throw integerError('', base);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

function integerError(digits: string, base: number): NumberError {
  return new NumberError(`invalid syntax for integer with base ${base === 1 ? 0 : base}: '${digits}'`);
}

/** The value of a float or imaginary literal. */
export function parseDecimal(text: string, floatBits: 32 | 64): Constant {
  const match = /^(\d*(?:\.\d*)?)(?:e([+-]?)(?=.)(\d*))?(j?)$/i.exec(text);
  if (match === null) throw new NumberError('invalid syntax for number');
  const power = match[3] ?? '';
  const number = power === '' ? (match[1] as string) : `${match[1]}e${match[2]}${power}`;
  const value = floatBits === 64 ? parseDouble(number) : parseSingle(number);
  return match[4] === '' ? { kind: 'float', value } : { kind: 'complex', real: 0, imag: value };
}

function parseDouble(text: string): number {
  // Every step of the original's arithmetic is exact for these; the rest needs its roundings.
  const value = Number(text);
  if (Number.isSafeInteger(value) && text.length < 16) return value;
  return parseFloatText(text);
}

/** Up to this power of ten upstream divides for a negative exponent, since 5 to that power is exact in a single float. */
const MAX_EXACT_POWER_OF_5 = 10;
const MANTISSA_MAX = 0x19999998;

/**
 * The value with single-precision floats, in the steps of MICROPY_FLOAT_FORMAT_IMPL_APPROX: at most 32 bits of digits, times
 * a power of two and then of five.
 */
function parseSingle(text: string): number {
  const parts = /^(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) as RegExpExecArray;
  const whole = parts[1] as string;
  const digits = whole + (parts[2] as string);
  let mantissa = 0;
  let used = 0;
  let zeros = 0;
  for (let i = 0; i < digits.length && mantissa < MANTISSA_MAX; i++) {
    const digit = digits.charCodeAt(i) - ZERO;
    if (digit === 0) {
      if (mantissa === 0) used = i + 1;
      else zeros++;
      continue;
    }
    while (zeros > 0 && mantissa < MANTISSA_MAX) {
      mantissa *= 10;
      used++;
      zeros--;
    }
    if (mantissa >= MANTISSA_MAX) break;
    mantissa = mantissa * 10 + digit;
    used = i + 1;
  }
  const written = Math.max(-1e6, Math.min(1e6, Number(parts[3] ?? '0')));
  const exponent = written + whole.length - used;
  const start = Math.fround(mantissa);
  if (exponent === 0 || mantissa === 0) return start;
  const scaled = start * 2 ** exponent; // not rounded: the original adds to the exponent bits
  if (exponent < 0 && exponent >= -MAX_EXACT_POWER_OF_5) return Math.fround(scaled / 5 ** -exponent);
  return Math.fround(scaled * Math.fround(5 ** exponent));
}
