/**
 * Floats as `.mpy` files hold them: decimal text, with the digits that mpy-cross prints. Counterpart: mp_format_float in
 * py/formatfloat.c with MICROPY_FLOAT_FORMAT_IMPL_EXACT, and mp_parse_float_internal in py/parsenum.c.
 *
 * mpy-cross calculates in x87 extended precision (64-bit mantissa), so which of several round-tripping digit strings it
 * prints depends on that arithmetic; it is done here on BigInts, rounded to 64 bits after every step (nearest, ties to
 * even). The exponent has no limits here, which makes no difference: no double comes near those of the 80-bit format.
 */
import { MpyFormatError } from './errors.js';

/** The value `mantissa × 2^exponent`; the mantissa has its top bit (2^63) set, or is 0. */
interface Extended {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const TOP = 1n << 63n;
const LIMIT = 1n << 64n;
const TEN: Extended = /* @__PURE__ */ extended(10n, 0);

function bitLength(n: bigint): number {
  const hex = n.toString(16);
  return hex.length * 4 - Math.clz32(Number.parseInt(hex[0] as string, 16)) + 28;
}

/** `n / 2^shift`, rounded to nearest, ties to even. */
function roundShift(n: bigint, shift: number): bigint {
  if (shift <= 0) return n << BigInt(-shift);
  const s = BigInt(shift);
  const quotient = n >> s;
  const rest = n - (quotient << s);
  const half = 1n << (s - 1n);
  const up = rest > half || (rest === half && (quotient & 1n) === 1n);
  return up ? quotient + 1n : quotient;
}

function extended(n: bigint, exponent: number): Extended {
  if (n === 0n) return { mantissa: 0n, exponent: 0 };
  const shift = bitLength(n) - 64;
  const mantissa = roundShift(n, shift);
  if (mantissa === LIMIT) return { mantissa: TOP, exponent: exponent + shift + 1 };
  return { mantissa, exponent: exponent + shift };
}

function multiply(a: Extended, b: Extended): Extended {
  return extended(a.mantissa * b.mantissa, a.exponent + b.exponent);
}

function divide(a: Extended, b: Extended): Extended {
  const numerator = a.mantissa << 130n;
  const quotient = numerator / b.mantissa;
  // Enough extra bits that a set lowest bit can stand for everything after it.
  const sticky = quotient * b.mantissa === numerator ? 0n : 1n;
  return extended(quotient | sticky, a.exponent - b.exponent - 130);
}

const words = /* @__PURE__ */ new DataView(new ArrayBuffer(8));

function fromDouble(value: number): Extended {
  words.setFloat64(0, value);
  const bits = words.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return exponent === 0 ? extended(fraction, -1074) : extended(fraction | (1n << 52n), exponent - 1075);
}

function toDouble(x: Extended): number {
  if (x.mantissa === 0n) return 0;
  const top = x.exponent + 63;
  if (top > 1024) return Infinity;
  if (top < -1080) return 0;
  const quantum = Math.max(top - 52, -1074);
  return Number(roundShift(x.mantissa, quantum - x.exponent)) * 2 ** quantum;
}

/** `x × 10^power`, by repeated squaring as the original does it: the order of the roundings matters. */
function scale(x: Extended, power: number): Extended {
  let result = x;
  if (power === 0 || x.mantissa === 0n) return x;
  let factor = TEN;
  for (let rest = Math.abs(power); ; factor = multiply(factor, factor)) {
    if (rest & 1) result = power < 0 ? divide(result, factor) : multiply(result, factor);
    rest >>= 1;
    if (rest === 0) return result;
  }
}

/** The whole part of `x + 1/2`, where the sum is rounded to 64 bits first. */
function addHalfAndTruncate(x: Extended): bigint {
  if (x.exponent >= 0) return x.mantissa << BigInt(x.exponent);
  const shift = BigInt(-x.exponent);
  const sum = extended(x.mantissa + (1n << (shift - 1n)), x.exponent);
  return sum.exponent >= 0 ? sum.mantissa << BigInt(sum.exponent) : sum.mantissa >> BigInt(-sum.exponent);
}

/** The exponent of the leading decimal digit of a positive finite double. */
function decimalExponent(value: number): number {
  words.setFloat64(0, value);
  const binary = ((words.getUint32(0) >>> 20) & 0x7ff) - 1023;
  let e = Math.trunc(binary * 0.3010299956639812);
  const one = fromDouble(1);
  if (value >= 1) {
    while (value >= toDouble(scale(one, e + 1))) e++;
  } else {
    while (value < toDouble(scale(one, e))) e--;
  }
  return e;
}

/** Lay digits out in 'g' style: no trailing zeros, an exponent outside of −4…15. */
function layOut(digits: string, e: number): string {
  const significant = digits.replace(/0+$/, '');
  if (e >= 0 && e < 16) {
    const whole = digits.slice(0, e + 1);
    const fraction = significant.slice(e + 1);
    return fraction === '' ? whole : `${whole}.${fraction}`;
  }
  if (e < 0 && e >= -4) return `0.${'0'.repeat(-e - 1)}${significant}`;
  const rest = significant.slice(1);
  const exponent = String(Math.abs(e)).padStart(2, '0');
  return `${significant[0]}${rest === '' ? '' : `.${rest}`}e${e < 0 ? '-' : '+'}${exponent}`;
}

/** Digits of a positive finite double: the first of 16, 17 and 18 that reads back equal, else 19. */
function formatPositive(value: number): string {
  const exact = fromDouble(value);
  const e = decimalExponent(value);
  for (let nDigits = 16; ; nDigits++) {
    let mantissa = addHalfAndTruncate(scale(exact, nDigits - e - 1));
    let shown = e;
    if (mantissa >= 10n ** BigInt(nDigits)) {
      mantissa /= 10n;
      shown++;
    }
    const text = layOut(mantissa.toString().padStart(nDigits, '0'), shown);
    if (nDigits === 19 || parseUnsigned(text) === value) return text;
  }
}

function formatGeneral(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size === Infinity) return `${sign}inf`;
  return sign + (size === 0 ? '0' : formatPositive(size));
}

/** The text of a float constant: `repr` of a double as mpy-cross prints it. */
export function formatFloat(value: number): string {
  const text = formatGeneral(value);
  return /[.en]/.test(text) ? text : `${text}.0`;
}

/** The text of a complex constant. */
export function formatComplex(real: number, imag: number): string {
  const text = formatGeneral(imag);
  if (real === 0) return `${text}j`;
  return `(${formatGeneral(real)}${text.startsWith('-') ? '' : '+'}${text}j)`;
}

/** From here on another digit could overflow 64 bits. */
const MANTISSA_FULL = 0x1999999999999998n;

/** An unsigned decimal number, read with the roundings of mpy-cross. */
function parseUnsigned(text: string): number {
  const match = /^(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) as RegExpExecArray;
  const whole = match[1] as string;
  const digits = whole + (match[2] as string);
  // Digits after the last one that counts only move the decimal point.
  let mantissa = 0n;
  let used = 0;
  let pendingZeros = 0;
  for (let i = 0; i < digits.length && mantissa < MANTISSA_FULL; i++) {
    if (digits[i] === '0') {
      if (mantissa !== 0n) pendingZeros++;
      else used = i + 1;
      continue;
    }
    while (pendingZeros > 0 && mantissa < MANTISSA_FULL) {
      mantissa *= 10n;
      used++;
      pendingZeros--;
    }
    if (mantissa >= MANTISSA_FULL) break;
    mantissa = mantissa * 10n + BigInt(digits[i] as string);
    used = i + 1;
  }
  // Exponents beyond this are infinity or zero whatever the digits; the cap keeps the sum exact.
  const written = Math.max(-1e9, Math.min(1e9, Number(match[3] ?? '0')));
  return toDouble(scale(extended(mantissa, 0), written + whole.length - used));
}

const NUMBER = /^([+-]?)(inf|nan|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/i;

/** Read the text of a float constant. */
export function parseFloatText(text: string, offset = -1): number {
  const match = NUMBER.exec(text);
  if (match === null) throw new MpyFormatError('bad-number', 'the text of a float constant is no number', offset);
  const body = (match[2] as string).toLowerCase();
  const size = body === 'inf' ? Infinity : body === 'nan' ? NaN : parseUnsigned(body);
  return match[1] === '-' ? -size : size;
}

/** Read the text of a complex constant: `2j` or `(1+2j)`. */
export function parseComplexText(text: string, offset = -1): { real: number; imag: number } {
  const inner = text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text;
  if (/j$/i.test(inner)) {
    const body = inner.slice(0, -1);
    // The sign between the parts is the last one that does not belong to an exponent.
    for (let i = body.length - 1; i > 0; i--) {
      const c = body[i];
      if ((c === '+' || c === '-') && !/e/i.test(body[i - 1] as string)) {
        return { real: parseFloatText(body.slice(0, i), offset), imag: parseFloatText(body.slice(i), offset) };
      }
    }
    return { real: 0, imag: parseFloatText(body, offset) };
  }
  return { real: parseFloatText(inner, offset), imag: 0 };
}
