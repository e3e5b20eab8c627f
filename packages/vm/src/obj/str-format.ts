/**
 * `str.format`: replacement fields with conversions and format specs, which may hold fields themselves. Counterpart:
 * mp_obj_str_format_helper in py/objstr.c.
 *
 * Arguments are printed nested (`__str__`, `__repr__`). The pattern's bytes never move, so addresses into it stay good.
 */
import { TsOff } from '../layout.js';
import { PrintKind } from '../print.js';
import { Pf, printField, printFloat, printInt } from '../print-format.js';
import { raiseArg, raiseFormat, raiseKeyError, raiseMsg, raiseValueError } from '../raise.js';
import { stackOverflow } from '../records.js';
import { funKw } from '../rom/define.js';
import { getFloat, getInt, isInt, printObj, typeNameOf } from '../runtime.js';
import { Ty } from '../types.js';
import { isDigit, putChar } from '../unicode.js';
import { type Addr, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { Vstr } from '../vstr.js';
import { newSmallIntStr } from './int-text.js';
import { isFloat } from './number.js';
import { getStr, newStrViaQstr, spanOf, strEqual, strSpan } from './str-new.js';

const enum Ch {
  Space = 0x20,
  Hash = 0x23,
  Percent = 0x25,
  Plus = 0x2b,
  Comma = 0x2c,
  Minus = 0x2d,
  Dot = 0x2e,
  Zero = 0x30,
  Colon = 0x3a,
  Less = 0x3c,
  Equal = 0x3d,
  Greater = 0x3e,
  UpperX = 0x58,
  Bracket = 0x5b,
  Caret = 0x5e,
  Underscore = 0x5f,
  UpperA = 0x41,
  A = 0x61,
  B = 0x62,
  C = 0x63,
  D = 0x64,
  F = 0x66,
  G = 0x67,
  N = 0x6e,
  O = 0x6f,
  R = 0x72,
  S = 0x73,
  X = 0x78,
  Open = 0x7b,
  Close = 0x7d,
  Bang = 0x21,
}
const TYPE_LETTERS = 'bcdeEfFgGnosxX%';
const FLOAT_LETTERS = 'eEfFgG';

/** Number that {@link parseNumber} read, or what it was before when there are no digits. */
export const parsed = { value: 0 };
/** Reads decimal digits from `at` on; returns where they end. Overflow wraps, as a C int does. */
export function parseNumber(u8: Uint8Array, at: Addr, top: Addr): Addr {
  if (at < top && isDigit(u8[at])) {
    let n = 0;
    do n = (Math.imul(n, 10) + u8[at++] - Ch.Zero) | 0;
    while (at < top && isDigit(u8[at]));
    parsed.value = n;
  }
  return at;
}

export function looksInteger(vm: Vm, o: Obj): boolean {
  return o === Word.True || o === Word.False || isInt(vm, o);
}
function looksNumeric(vm: Vm, o: Obj): boolean {
  return looksInteger(vm, o) || isFloat(vm, o);
}

const oneChar = new Uint8Array(4);
/** Prints the character of a code point; raises OverflowError past the last one. */
export function printChar(vm: Vm, out: Vstr, o: Obj, flags: number, fill: number, width: number): void {
  const c = getInt(vm, o) >>> 0;
  if (c >= 0x110000) raiseMsg(vm, Ty.OverflowError, 'char not in range(0x110000)');
  printField(out, oneChar, 0, putChar(oneChar, 0, c), flags, fill, width);
}

/** Raises ValueError with a text that has byte `c` of the pattern in it, which alone may be no character. */
export function raiseWithByte(vm: Vm, before: string, c: number, after: string): never {
  const v = new Vstr(vm, 16);
  v.write(before);
  v.writeByte(c);
  v.write(after);
  raiseArg(vm, Ty.ValueError, v.toStrUnchecked());
}

/** The arguments of one format() call, and which come next. */
class Args {
  /** Next automatic field; −1 once fields are numbered by hand. */
  next = 0;
  constructor(
    /** Word index of the first positional argument. */
    readonly at: number,
    readonly count: number,
    readonly nKw: number,
  ) {}
}

/** A format spec taken apart. */
class Spec {
  fill = 0;
  align = 0;
  flags = 0;
  width = -1;
  precision = -1;
  type = 0;
}

/** Finds the argument of a field. Without a name (`from` = `to`), the next one. */
function fieldArg(vm: Vm, a: Args, from: Addr, to: Addr): Obj {
  const u8 = vm.u8;
  if (from === to) {
    if (a.next < 0) {
      raiseValueError(vm, "can't switch from manual field specification to automatic field numbering");
    }
    if (a.next >= a.count) raiseMsg(vm, Ty.IndexError, 'tuple index out of range');
    return vm.i32[a.at + a.next++];
  }
  let arg: Obj;
  let at = from;
  if (isDigit(u8[from])) {
    if (a.next > 0) {
      raiseValueError(vm, "can't switch from automatic field numbering to manual field specification");
    }
    at = parseNumber(u8, from, to);
    if (parsed.value >>> 0 >= a.count) raiseMsg(vm, Ty.IndexError, 'tuple index out of range');
    arg = vm.i32[a.at + parsed.value];
    a.next = -1;
  } else {
    while (at < to && u8[at] !== Ch.Dot && u8[at] !== Ch.Bracket) at++;
    arg = keywordArg(vm, a, newStrViaQstr(vm, from, at - from));
  }
  if (at < to) raiseMsg(vm, Ty.NotImplementedError, 'attributes not supported');
  return arg;
}
function keywordArg(vm: Vm, a: Args, name: Obj): Obj {
  const kw = a.at + a.count;
  for (let i = kw; i < kw + 2 * a.nKw; i += 2) {
    const key = vm.i32[i];
    if (key === name || ((key & 3) === 0 && vm.typeOf(key) === Ty.Str && strEqual(vm, key, name))) return vm.i32[i + 1];
  }
  return raiseKeyError(vm, name);
}

function isAlign(c: number): boolean {
  return c === Ch.Less || c === Ch.Greater || c === Ch.Equal || c === Ch.Caret;
}

/** Reads a format spec; the text ends with a zero byte. */
function parseSpec(vm: Vm, spec: Spec, at: Addr, top: Addr, numeric: boolean): void {
  const u8 = vm.u8;
  if (isAlign(u8[at])) spec.align = u8[at++];
  else if (u8[at] !== 0 && isAlign(u8[at + 1])) {
    spec.fill = u8[at++];
    spec.align = u8[at++];
  }
  if (u8[at] === Ch.Plus || u8[at] === Ch.Minus || u8[at] === Ch.Space) {
    if (u8[at] === Ch.Plus) spec.flags |= Pf.ShowSign;
    else if (u8[at] === Ch.Space) spec.flags |= Pf.SpaceSign;
    at++;
  }
  if (u8[at] === Ch.Hash) {
    spec.flags |= Pf.ShowPrefix;
    at++;
  }
  if (u8[at] === Ch.Zero) {
    if (spec.align === 0 && numeric) spec.align = Ch.Equal;
    if (spec.fill === 0) spec.fill = Ch.Zero;
  }
  parsed.value = -1;
  at = parseNumber(u8, at, top);
  spec.width = parsed.value;
  if (u8[at] === Ch.Comma || u8[at] === Ch.Underscore) spec.flags |= u8[at++] << Pf.SepPos;
  if (u8[at] === Ch.Dot) {
    parsed.value = -1;
    at = parseNumber(u8, at + 1, top);
    spec.precision = parsed.value;
  }
  if (u8[at] !== 0 && TYPE_LETTERS.includes(String.fromCharCode(u8[at]))) spec.type = u8[at++];
  if (u8[at] !== 0) raiseValueError(vm, 'invalid format specifier');
}

/** Fills in what the spec leaves open, and rejects what does not go together. */
function completeSpec(vm: Vm, spec: Spec, numeric: boolean): void {
  if (spec.align === 0) spec.align = numeric ? Ch.Greater : Ch.Less;
  if (spec.fill === 0) spec.fill = Ch.Space;
  if ((spec.flags & (Pf.ShowSign | Pf.SpaceSign)) !== 0) {
    if (spec.type === Ch.S) raiseValueError(vm, 'sign not allowed in string format specifier');
    if (spec.type === Ch.C) raiseValueError(vm, "sign not allowed with integer format specifier 'c'");
  }
  if (spec.align === Ch.Less) spec.flags |= Pf.LeftAdjust;
  else if (spec.align === Ch.Equal) spec.flags |= Pf.PadAfterSign;
  else if (spec.align === Ch.Caret) spec.flags |= Pf.CenterAdjust;
}

function raiseFormatCode(vm: Vm, type: number, o: Obj): never {
  raiseFormat(
    vm,
    Ty.ValueError,
    "unknown format code '%c' for object of type '%s'",
    String.fromCharCode(type),
    typeNameOf(vm, o),
  );
}

/** Prints an int by an integer format code; false when the code is one for floats. */
function printByIntCode(vm: Vm, out: Vstr, o: Obj, s: Spec): boolean {
  switch (s.type) {
    case Ch.B:
      printInt(vm, out, o, 2, Ch.A, s.flags, s.fill, s.width, 0);
      return true;
    case Ch.C:
      printChar(vm, out, o, s.flags, s.fill, s.width);
      return true;
    case 0:
    case Ch.N:
    case Ch.D:
      printInt(vm, out, o, 10, Ch.A, s.flags, s.fill, s.width, 0);
      return true;
    case Ch.O: {
      const octal = (s.flags & Pf.ShowPrefix) !== 0 ? s.flags | Pf.ShowOctalLetter : s.flags;
      printInt(vm, out, o, 8, Ch.A, octal, s.fill, s.width, 0);
      return true;
    }
    case Ch.UpperX:
    case Ch.X:
      printInt(vm, out, o, 16, s.type - (Ch.UpperX - Ch.UpperA), s.flags, s.fill, s.width, 0);
      return true;
    case Ch.S:
      return raiseFormatCode(vm, s.type, o);
    default:
      return false;
  }
}

function printFloatField(vm: Vm, out: Vstr, o: Obj, s: Spec): void {
  const type = s.type === 0 || s.type === Ch.N ? Ch.G : s.type;
  if (type === Ch.Percent) {
    const v = getFloat(vm, o) * 100;
    printFloat(vm, out, vm.doubles ? v : Math.fround(v), Ch.F, s.flags | Pf.AddPercent, s.fill, s.width, s.precision);
  } else if (FLOAT_LETTERS.includes(String.fromCharCode(type))) {
    printFloat(vm, out, getFloat(vm, o), type, s.flags, s.fill, s.width, s.precision);
  } else raiseFormatCode(vm, type, o);
}

function printStringField(vm: Vm, out: Vstr, o: Obj, s: Spec): void {
  if (s.align === Ch.Equal) raiseValueError(vm, "'=' alignment not allowed in string format specifier");
  if (s.type !== 0 && s.type !== Ch.S) raiseFormatCode(vm, s.type, o);
  getStr(vm, o);
  const n = s.precision >= 0 && s.precision < strSpan.len ? s.precision : strSpan.len;
  printField(out, vm.u8, strSpan.addr, strSpan.addr + n, s.flags, s.fill, s.width);
}

/** Reads the conversion after `!` at `at`. */
function conversionAt(vm: Vm, at: Addr, top: Addr): number {
  if (at >= top) raiseValueError(vm, 'end of format while looking for conversion specifier');
  const c = vm.u8[at];
  if (c !== Ch.R && c !== Ch.S) raiseWithByte(vm, 'unknown conversion specifier ', c, '');
  return c;
}

/** End of the format spec that starts at `at`: its closing brace, or `top`. */
function specEnd(u8: Uint8Array, at: Addr, top: Addr): Addr {
  for (let nest = 1; at < top; at++) {
    if (u8[at] === Ch.Open) nest++;
    else if (u8[at] === Ch.Close && --nest === 0) break;
  }
  return at;
}

/** Prints the field that starts behind the brace before `str`; returns the address of its closing brace. */
function formatField(vm: Vm, out: Vstr, a: Args, str: Addr, top: Addr, depth: number): Addr {
  const u8 = vm.u8;
  const name = str;
  while (str < top && u8[str] !== Ch.Close && u8[str] !== Ch.Bang && u8[str] !== Ch.Colon) str++;
  const nameEnd = str;
  let conversion = 0;
  let specFrom = 0;
  if (str < top && u8[str] === Ch.Bang) {
    conversion = conversionAt(vm, str + 1, top);
    str += 2;
  }
  if (str < top && u8[str] === Ch.Colon) {
    str++;
    // an empty spec is none: it is `{:d}` that makes a number of True
    if (u8[str] !== Ch.Close) {
      specFrom = str;
      str = specEnd(u8, str, top);
    }
  }
  if (str >= top) raiseValueError(vm, "unmatched '{' in format");
  if (u8[str] !== Ch.Close) raiseValueError(vm, "expected ':' after format specifier");
  let arg = fieldArg(vm, a, name, nameEnd);
  if (specFrom === 0 && conversion === 0) conversion = Ch.S;
  if (conversion !== 0 && (arg & 1) !== 0) arg = newSmallIntStr(vm, arg);
  else if (conversion !== 0) {
    const v = new Vstr(vm, 16);
    printObj(vm, v, arg, conversion === Ch.S ? PrintKind.Str : PrintKind.Repr);
    arg = v.toStrUnchecked();
  }
  if (specFrom === 0) {
    // a str now: it goes in as it is
    getStr(vm, arg);
    out.writeBytes(vm.u8, strSpan.addr, strSpan.addr + strSpan.len);
    return str;
  }
  const spec = new Spec();
  const numeric = looksNumeric(vm, arg);
  if (vm.i32[(vm.ts + TsOff.Depth) >> 2] + depth * vm.profile.stack.native > vm.profile.stack.limit) stackOverflow(vm);
  const inner = formatInto(vm, a, specFrom, str, depth + 1);
  const s = inner.terminate();
  parseSpec(vm, spec, s, s + inner.len, numeric);
  inner.free();
  completeSpec(vm, spec, numeric);
  if (looksInteger(vm, arg) && printByIntCode(vm, out, arg, spec)) return str;
  if (numeric) printFloatField(vm, out, arg, spec);
  else printStringField(vm, out, arg, spec);
  return str;
}

/** Formats the pattern `str` … `top`. */
function formatInto(vm: Vm, a: Args, str: Addr, top: Addr, depth: number): Vstr {
  const out = new Vstr(vm, 16);
  const u8 = vm.u8;
  for (; str < top; str++) {
    const c = u8[str];
    if (c === Ch.Close) {
      str++;
      if (str >= top || u8[str] !== Ch.Close) raiseValueError(vm, "single '}' encountered in format string");
      out.writeByte(c);
    } else if (c !== Ch.Open) out.writeByte(c);
    else {
      str++;
      if (str < top && u8[str] === Ch.Open) out.writeByte(c);
      else str = formatField(vm, out, a, str, top, depth);
    }
  }
  return out;
}

export const strFormat = funKw(1, (vm, nArgs, nKw, args) => {
  const self = vm.i32[args >> 2];
  spanOf(vm, self);
  const { addr, len } = strSpan;
  const v = formatInto(vm, new Args((args >> 2) + 1, nArgs - 1, nKw), addr, addr + len, 1);
  vm.charge(1 + (v.len >> 3));
  return v.toObject(vm.typeOf(self));
});
