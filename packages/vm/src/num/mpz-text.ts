/**
 * Big ints to and from digits in a base. Counterpart: mpz_set_from_str and mpz_as_str_inpl of py/mpz.c, and
 * mp_int_format_size of py/objint.c.
 *
 * Bases that are powers of two read their digits off the bits. The others divide by a power of the base that fits
 * one 16-bit digit; long numbers are first split in halves by larger powers, so that nearly all of the work is
 * subtracting products (measured in Node 20: 7 ms instead of 32 for 10,000 decimal digits).
 */

import { mpnCmp, mpnDivSmall, mpnMulAddSmall, mpnTrim, type Tick } from './mpn.js';
import { charge, mpnDivRem, mpnMul } from './mpn-mul.js';
import { MIN_ALLOC, Mpz } from './mpz.js';

/** Digits of the largest power of `base` below 2^16, and that power in {@link CHUNK_POWER}. */
const CHUNK_DIGITS = new Uint8Array(37);
const CHUNK_POWER = new Uint16Array(37);
for (let base = 2; base <= 36; base++) {
  let power = base;
  let n = 1;
  while (power * base < 65536) {
    power *= base;
    n++;
  }
  CHUNK_DIGITS[base] = n;
  CHUNK_POWER[base] = power;
}

function digitValue(c: number): number {
  if (c >= 0x30 && c <= 0x39) {
    return c - 0x30;
  }
  const lower = c | 0x20;
  return lower >= 0x61 && lower <= 0x7a && c >= 0x41 ? lower - 0x57 : 99;
}

/**
 * Sets the digits of bytes[start..end) up to the first byte that is no digit of `base` (underscores are none).
 * Returns how many bytes it took.
 */
export function mpzSetText(
  z: Mpz,
  bytes: Uint8Array,
  start: number,
  end: number,
  neg: boolean,
  base: number,
  tick?: Tick,
): number {
  const alloc = allocText(end - start);
  z.need(alloc);
  const chunk = CHUNK_DIGITS[base];
  const o = z.off;
  let n = 0;
  let at = start;
  let done = false;
  while (!done) {
    let power = 1;
    let value = 0;
    let i = 0;
    for (; i < chunk; i++) {
      const v = at < end ? digitValue(bytes[at]) : 99;
      if (v >= base) {
        done = true;
        break;
      }
      at++;
      value = value * base + v;
      power *= base;
    }
    if (i > 0) {
      n = mpnMulAddSmall(z.dig, o, n, power, value);
      charge(n, tick);
    }
  }
  z.len = n;
  z.neg = neg;
  z.alloc = alloc;
  z.leaks = 0;
  return at - start;
}

/** Digits allocated for an int from text of `chars` characters, whatever they are. */
export function allocText(chars: number): number {
  return Math.max((chars >> 1) + 1, MIN_ALLOC);
}

/**
 * Bytes upstream allocates for the text of a big int: sign, prefix, an upper bound of the digits, separators and a
 * terminator, which {@link mpzToText} does not write. `bits` is 16 for each digit of the number (32 for a small int).
 */
export function intTextSize(bits: number, base: number, prefixLen: number, comma: boolean): number {
  const digits = Math.floor(bits / (31 - Math.clz32(base))) + 1;
  const commas = comma ? Math.floor(digits / (base === 10 ? 3 : 4)) : 0;
  return digits + commas + prefixLen + 2;
}

/** Below this many digits, halving costs more than it saves. */
const SPLIT_MIN = 24;

/** State of one conversion: the digits are written backwards, to out[at - 1] downwards. */
class Writer {
  at: number;
  constructor(
    readonly out: Uint8Array,
    end: number,
    readonly base: number,
    readonly letters: number,
    readonly tick: Tick | undefined,
    /** The powers base^(chunk·2^i) that long numbers are split by. */
    readonly powers: Mpz[],
  ) {
    this.at = end;
  }

  put(v: number): void {
    this.out[--this.at] = v < 10 ? 0x30 + v : this.letters + v - 10;
  }

  /** Writes d[o..o+n), destroying it, as at least `width` digits. */
  short(d: Uint16Array, o: number, n: number, width: number): void {
    const chunk = CHUNK_DIGITS[this.base];
    const power = CHUNK_POWER[this.base];
    const end = this.at - width;
    n = mpnTrim(d, o, n);
    while (n > 0) {
      let v = mpnDivSmall(d, o, d, o, n, power);
      charge(n, this.tick);
      n = mpnTrim(d, o, n);
      for (let i = 0; i < chunk && (n > 0 || v > 0); i++) {
        const q = (v / this.base) | 0;
        this.put(v - q * this.base);
        v = q;
      }
    }
    while (this.at > end) {
      this.put(0);
    }
  }

  /** The same for a number below powers[level]². `d` has room for one digit more. */
  long(d: Uint16Array, o: number, n: number, width: number, level: number): void {
    n = mpnTrim(d, o, n);
    while (level >= 0 && isBelow(d, o, n, this.powers[level])) {
      level--;
    }
    if (level < 0 || n < SPLIT_MIN) {
      this.short(d, o, n, width);
      return;
    }
    const p = this.powers[level];
    const half = CHUNK_DIGITS[this.base] * 2 ** level;
    const quo = new Uint16Array(n - p.len + 2);
    mpnDivRem(quo, 0, d, o, n, p.dig, p.off, p.len, this.tick);
    this.long(d, o, p.len, half, level - 1);
    this.long(quo, 0, n - p.len + 1, Math.max(width - half, 0), level - 1);
  }
}

function isBelow(d: Uint16Array, o: number, n: number, p: Mpz): boolean {
  return mpnCmp(d, o, n, p.dig, p.off, p.len) < 0;
}

function splitPowers(base: number, len: number, tick: Tick | undefined): Mpz[] {
  const powers: Mpz[] = [];
  const first = new Mpz();
  first.need(1);
  first.dig[0] = CHUNK_POWER[base];
  first.len = 1;
  let p = first;
  while (p.len * 2 - 1 <= len) {
    powers.push(p);
    const next = new Mpz();
    next.need(2 * p.len);
    next.len = mpnMul(next.dig, 0, p.dig, 0, p.len, p.dig, 0, p.len, tick);
    p = next;
  }
  powers.push(p);
  return powers;
}

/**
 * Writes the text of z to out[start…] and returns its length: sign, `prefix`, digits, with a `comma` (a character
 * code, 0 for none) between groups of three digits in base 10 and of four in others. `letters` is the code of the
 * digit ten: "a" or "A". `out` needs intTextSize bytes.
 */
export function mpzToText(
  z: Mpz,
  base: number,
  out: Uint8Array,
  start: number,
  prefix = '',
  letters = 0x61,
  comma = 0,
  tick?: Tick,
): number {
  // the digits first, at the end of the room there is, then they move into place
  const end = start + intTextSize(z.len * 16, base, prefix.length, comma !== 0);
  let first = end;
  if (z.len === 0) {
    out[--first] = 0x30;
  } else if ((base & (base - 1)) === 0) {
    first = bitDigits(z, 31 - Math.clz32(base), out, end, letters);
  } else {
    const d = new Uint16Array(z.len + 1);
    for (let i = 0; i < z.len; i++) {
      d[i] = z.dig[z.off + i];
    }
    if (z.len < SPLIT_MIN) {
      const w = new Writer(out, end, base, letters, tick, []);
      w.short(d, 0, z.len, 0);
      first = w.at;
    } else {
      const powers = splitPowers(base, z.len, tick);
      const w = new Writer(out, end, base, letters, tick, powers);
      w.long(d, 0, z.len, 0, powers.length - 1);
      first = w.at;
    }
  }
  let at = start;
  if (z.neg) {
    out[at++] = 0x2d;
  }
  for (let i = 0; i < prefix.length; i++) {
    out[at++] = prefix.charCodeAt(i);
  }
  if (comma === 0) {
    out.copyWithin(at, first, end);
    return at + end - first - start;
  }
  const group = base === 10 ? 3 : 4;
  for (let i = first; i < end; i++) {
    out[at++] = out[i];
    const left = end - 1 - i;
    if (left > 0 && left % group === 0) {
      out[at++] = comma;
    }
  }
  return at - start;
}

/** Writes digits of `bits` bits each backwards from out[end - 1]; returns where they begin. */
function bitDigits(z: Mpz, bits: number, out: Uint8Array, end: number, letters: number): number {
  const mask = (1 << bits) - 1;
  let acc = 0;
  let have = 0;
  let i = 0;
  while (i < z.len || acc !== 0) {
    if (have < bits && i < z.len) {
      acc |= z.dig[z.off + i] << have;
      have += 16;
      i++;
    }
    const v = acc & mask;
    acc >>>= bits;
    have -= bits;
    out[--end] = v < 10 ? 0x30 + v : letters + v - 10;
  }
  while (out[end] === 0x30) {
    end++;
  }
  return end;
}
