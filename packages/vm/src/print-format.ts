/**
 * Fields of formatted output: padding, sign, prefix, grouping. What `%`, `str.format` and native printing share. Counterpart:
 * mp_print_strn, mp_print_mp_int and mp_print_float in py/mpprint.c.
 *
 * Padding is written in upstream's pieces: a Vstr grows by what each write asks for.
 */
import { formatFloat } from './num/float-format.js';
import { asciiText, intToText } from './obj/int-text.js';
import { floatKind } from './obj/number.js';
import type { Printer } from './print.js';
import { getInt, isInt } from './runtime.js';
import { newSmallInt, type Obj } from './words.js';
import type { Vm } from './vm.js';

/** Flags of a field. */
export const enum Pf {
  LeftAdjust = 0x001,
  ShowSign = 0x002,
  SpaceSign = 0x004,
  ShowPrefix = 0x008,
  PadAfterSign = 0x010,
  CenterAdjust = 0x020,
  AddPercent = 0x040,
  ShowOctalLetter = 0x080,
  AlwaysDecimal = 0x100,
  /** The grouping character (`,` or `_`) is `flags >>> SepPos`. */
  SepPos = 9,
}

const SPACE = 0x20;
const ZERO = 0x30;
const UNDERSCORE = 0x5f;
const SPACES = new Uint8Array(16).fill(SPACE);
/** Zeros; from 12 on with an underscore after four of them, from 17 on with a comma after three. */
const ZEROS = new Uint8Array(23).fill(ZERO);
ZEROS[16] = UNDERSCORE;
ZEROS[20] = 0x2c;

/** The pad that {@link choosePad} chose: a piece of a repeating pattern. */
const pad = { from: SPACES, at: 0, size: 16, total: 0 };
const single = new Uint8Array(1);

/** Chooses the pad for `len` characters in a field of `width`. */
function choosePad(len: number, flags: number, fill: number, width: number): void {
  pad.total = width - len;
  pad.at = 0;
  pad.size = 16;
  const grouping = flags >>> Pf.SepPos;
  if (fill === 0 || fill === SPACE) pad.from = SPACES;
  else if (fill !== ZERO) {
    single[0] = fill;
    pad.from = single;
    pad.size = 1;
  } else {
    pad.from = ZEROS;
    if (grouping !== 0) {
      pad.at = grouping === UNDERSCORE ? 12 : 17;
      pad.size = grouping === UNDERSCORE ? 5 : 4;
      // a field never starts with the separator: one more zero stands before it
      if (width % pad.size === 0) {
        pad.total++;
        width++;
      }
      pad.at += pad.size - 1 - (width % pad.size);
    }
  }
}

function writePad(out: Printer, n: number): void {
  const from = pad.from;
  const { at, size } = pad;
  for (; n > 0; n -= size) out.writeBytes(from, at, at + (n > size ? size : n));
}

function padBefore(flags: number): number {
  if (pad.total <= 0) return 0;
  if ((flags & Pf.CenterAdjust) !== 0) return pad.total >> 1;
  return (flags & Pf.LeftAdjust) !== 0 ? 0 : pad.total;
}

/** Prints bytes in a field of `width`; `fill` is a byte. */
export function printField(
  out: Printer,
  u8: Uint8Array,
  from: number,
  to: number,
  flags: number,
  fill: number,
  width: number,
): void {
  if (width < to - from) {
    if (to > from) out.writeBytes(u8, from, to);
    return;
  }
  choosePad(to - from, flags, fill, width);
  const total = pad.total;
  const before = padBefore(flags);
  if (before > 0) writePad(out, before);
  if (to > from) out.writeBytes(u8, from, to);
  if (total > before) writePad(out, total - before);
}

/** As {@link printField}, for ASCII text. */
export function printTextField(out: Printer, text: string, flags: number, fill: number, width: number): void {
  choosePad(text.length, flags, fill, width);
  const total = pad.total;
  const before = padBefore(flags);
  if (before > 0) writePad(out, before);
  if (text !== '') out.write(text);
  if (total > before) writePad(out, total - before);
}

/** Sign and base prefix of a number that is not negative. */
function prefixFor(negative: boolean, base: number, letters: number, flags: number): string {
  let p = '';
  if (!negative) {
    if ((flags & Pf.ShowSign) !== 0) p = '+';
    else if ((flags & Pf.SpaceSign) !== 0) p = ' ';
  }
  if ((flags & Pf.ShowPrefix) !== 0) {
    if (base === 2) p += letters === 0x61 ? '0b' : '0B';
    else if (base === 8) p += (flags & Pf.ShowOctalLetter) === 0 ? '0' : letters === 0x61 ? '0o' : '0O';
    else if (base === 16) p += letters === 0x61 ? '0x' : '0X';
  }
  return p;
}

/**
 * Prints an int (or what converts to one; raises TypeError) in `base` 2, 8, 10 or 16. `letters` is the code of the digit ten;
 * `prec` above 1 is the number of digits to zero-pad to.
 */
export function printInt(
  vm: Vm,
  out: Printer,
  o: Obj,
  base: number,
  letters: number,
  flags: number,
  fill: number,
  width: number,
  prec: number,
): void {
  const x = isInt(vm, o) ? o : newSmallInt(getInt(vm, o));
  if ((flags & (Pf.LeftAdjust | Pf.CenterAdjust)) === 0 && fill === ZERO) {
    if (prec > width) width = prec;
    prec = 0;
  }
  const negative = (x & 1) !== 0 ? x < 0 : (vm.i32[(x >> 2) + 1] & 1) !== 0;
  const prefix = prefixFor(negative, base, letters, flags);
  const comma = flags >>> Pf.SepPos;
  if (prec > 1) flags |= Pf.PadAfterSign;
  const after = (flags & Pf.PadAfterSign) !== 0;
  let text = intToText(vm, x, base, after ? '' : prefix, letters, comma);
  let sign = false;
  if (after && negative) {
    sign = true;
    text = text.slice(1);
  }
  let spacesAfter = 0;
  if (prec > 1) {
    let used = text.length < prec ? prec : text.length;
    if (sign) used++;
    used += prefix.length;
    if (used < width) {
      if ((flags & Pf.LeftAdjust) !== 0) spacesAfter = width - used;
      else printTextField(out, '', 0, SPACE, width - used);
    }
    fill = ZERO;
    flags &= ~Pf.LeftAdjust;
  }
  if (after) {
    if (sign) {
      out.write('-');
      width--;
    }
    if (prefix !== '') {
      out.write(prefix);
      width -= prefix.length;
    }
  }
  if (prec > 1) width = prec;
  printTextField(out, text, flags, fill, width);
  if (spacesAfter > 0) printTextField(out, '', 0, SPACE, spacesAfter);
}

const floatText = new Uint8Array(40);

/** Prints a float; `format` is the code of one of "eEfFgG", `prec` negative for the default. */
export function printFloat(
  vm: Vm,
  out: Printer,
  value: number,
  format: number,
  flags: number,
  fill: number,
  width: number,
  prec: number,
): void {
  const sign = (flags & Pf.ShowSign) !== 0 ? 0x2b : (flags & Pf.SpaceSign) !== 0 ? SPACE : 0;
  let n = formatFloat(floatText, 0, value, format, prec, sign, floatKind(vm));
  if ((flags & Pf.AlwaysDecimal) !== 0 && !/[.en]/.test(asciiText(floatText, 0, n))) {
    floatText[n++] = 0x2e;
    floatText[n++] = ZERO;
  }
  if ((flags & Pf.AddPercent) !== 0) floatText[n++] = 0x25;
  let from = 0;
  // signs and the space come before the digits in ASCII
  if ((flags & Pf.PadAfterSign) !== 0 && floatText[0] < ZERO) {
    out.writeByte(floatText[0]);
    from = 1;
    width--;
  }
  printField(out, floatText, from, n, flags, fill, width);
}
