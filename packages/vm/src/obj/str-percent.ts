/**
 * `%` formatting of str and bytes. Counterpart: str_modulo_format in py/objstr.c.
 */
import { DictOff } from '../layout.js';
import { mapFind } from '../map.js';
import { PrintKind } from '../print.js';
import { Pf, printField, printFloat, printInt } from '../print-format.js';
import { raiseKeyError, raiseTypeError, raiseValueError } from '../raise.js';
import { getFloat, getInt, printObj } from '../runtime.js';
import { Ty } from '../types.js';
import type { Addr, Obj } from '../words.js';
import { Word } from '../words.js';
import type { Vm } from '../vm.js';
import { Vstr } from '../vstr.js';
import { floatValue } from './float.js';
import { isFloat, newIntFromFloat } from './number.js';
import { looksInteger, parsed, parseNumber, printChar, raiseWithByte } from './str-format.js';
import { getStr, isStr, newStrViaQstr, spanOf, strSpan } from './str-new.js';

const SPACE = 0x20;
const ZERO = 0x30;
const STAR = 0x2a;
const LOWER_A = 0x61;

/** One run over a pattern. */
class Run {
  /** Arguments used so far. */
  used = 0;
  flags = 0;
  fill = SPACE;
  alt = 0;
  width = 0;
  prec = -1;

  constructor(
    readonly vm: Vm,
    readonly out: Vstr,
    readonly isBytes: boolean,
    readonly count: number,
    /** Word index of the arguments, or 0: there is just `single`. */
    readonly args: number,
    readonly single: Obj,
  ) {}

  nextArg(): Obj {
    if (this.used >= this.count) raiseTypeError(this.vm, 'format string needs more arguments');
    const i = this.used++;
    return this.args === 0 ? this.single : this.vm.i32[this.args + i];
  }
}

/** Reads the flag characters; returns where they end. */
function readFlags(r: Run, str: Addr, top: Addr): Addr {
  const u8 = r.vm.u8;
  r.flags = 0;
  r.fill = SPACE;
  r.alt = 0;
  for (; str < top; str++) {
    switch (u8[str]) {
      case 0x2d:
        r.flags |= Pf.LeftAdjust;
        break;
      case 0x2b:
        r.flags |= Pf.ShowSign;
        break;
      case 0x20:
        r.flags |= Pf.SpaceSign;
        break;
      case 0x23:
        r.alt = Pf.ShowPrefix;
        break;
      case ZERO:
        r.flags |= Pf.PadAfterSign;
        r.fill = ZERO;
        break;
      default:
        return str;
    }
  }
  return str;
}

/** Reads a number or a star, which takes an argument; `parsed.value` must hold the default. */
function readNumber(r: Run, str: Addr, top: Addr): Addr {
  if (r.vm.u8[str] !== STAR) return parseNumber(r.vm.u8, str, top);
  parsed.value = getInt(r.vm, r.nextArg());
  return str + 1;
}

/** Reads width and precision; returns where they end. */
function readSizes(r: Run, str: Addr, top: Addr): Addr {
  parsed.value = 0;
  if (str < top) str = readNumber(r, str, top);
  r.width = parsed.value;
  r.prec = -1;
  if (str < top && r.vm.u8[str] === 0x2e) {
    if (++str < top) {
      parsed.value = 0;
      str = readNumber(r, str, top);
      r.prec = parsed.value;
    }
  }
  return str;
}

function printText(r: Run, arg: Obj, isRepr: boolean): void {
  const vm = r.vm;
  const v = new Vstr(vm, 16);
  let kind = isRepr ? PrintKind.Repr : PrintKind.Str;
  if (!isRepr && r.isBytes && vm.typeOf(arg) === Ty.Bytes) kind = PrintKind.Raw;
  printObj(vm, v, arg, kind);
  const n = r.prec >= 0 && r.prec < v.len ? r.prec : v.len;
  printField(r.out, vm.u8, v.buf, v.buf + n, r.flags, SPACE, r.width);
  v.free();
}

function printCharacter(r: Run, arg: Obj): void {
  const vm = r.vm;
  if (isStr(vm, arg)) {
    getStr(vm, arg);
    if (strSpan.len !== 1) raiseTypeError(vm, '%c needs int or char');
    printField(r.out, vm.u8, strSpan.addr, strSpan.addr + 1, r.flags, SPACE, r.width);
  } else if (looksInteger(vm, arg)) printChar(vm, r.out, arg, r.flags, SPACE, r.width);
  else raiseTypeError(vm, 'integer needed');
}

/** Prints one argument by the format character `c`, which is `index` bytes into the pattern. */
function printArg(r: Run, c: number, arg: Obj, index: number): void {
  const { vm, out, flags, fill, width, prec } = r;
  switch (c) {
    case 0x63: // c
      printCharacter(r, arg);
      break;
    case 0x64: // d
    case 0x69: // i
    case 0x75: // u
      printInt(
        vm,
        out,
        isFloat(vm, arg) ? newIntFromFloat(vm, floatValue(vm, arg)) : arg,
        10,
        LOWER_A,
        flags,
        fill,
        width,
        prec,
      );
      break;
    case 0x65: // e
    case 0x45:
    case 0x66: // f
    case 0x46:
    case 0x67: // g
    case 0x47:
      printFloat(vm, out, getFloat(vm, arg), c, flags, fill, width, prec);
      break;
    case 0x6f: // o
      printInt(
        vm,
        out,
        arg,
        8,
        LOWER_A,
        r.alt === 0 ? flags : flags | Pf.ShowPrefix | Pf.ShowOctalLetter,
        fill,
        width,
        prec,
      );
      break;
    case 0x72: // r
    case 0x73: // s
      printText(r, arg, c === 0x72);
      break;
    case 0x58: // X
    case 0x78: // x
      printInt(vm, out, arg, 16, c - 0x17, flags | r.alt, fill, width, prec);
      break;
    default:
      raiseWithByte(vm, "unsupported format character '", c, `' (0x${c.toString(16)}) at index ${index}`);
  }
}

/** The value for the key at `str`, behind an opening parenthesis; leaves the key's end in `parsed.value`. */
function keyedArg(r: Run, dict: Obj, str: Addr, top: Addr): Obj {
  const vm = r.vm;
  if (dict === Word.Null) raiseTypeError(vm, 'format needs a dict');
  r.used = 1;
  let end = str;
  while (vm.u8[end] !== 0x29) {
    if (end >= top) raiseValueError(vm, 'incomplete format key');
    end++;
  }
  const key = newStrViaQstr(vm, str, end - str);
  const slot = mapFind(vm, dict + DictOff.Map, key);
  if (slot === 0) raiseKeyError(vm, key);
  parsed.value = end;
  return vm.i32[(slot >> 2) + 1];
}

/**
 * `pattern % arguments`: `count` words from word `args` on, or with `args` 0 just `single`. `dict` is what keys are looked up
 * in, or Null.
 */
export function formatPercent(vm: Vm, pattern: Obj, count: number, args: number, single: Obj, dict: Obj): Obj {
  spanOf(vm, pattern);
  const start = strSpan.addr;
  const top = start + strSpan.len;
  const isBytes = vm.typeOf(pattern) === Ty.Bytes;
  const out = new Vstr(vm, 16);
  const r = new Run(vm, out, isBytes, count, args, single);
  const u8 = vm.u8;
  for (let str = start; str < top; str++) {
    if (u8[str] !== 0x25) {
      out.writeByte(u8[str]);
      continue;
    }
    if (++str >= top) raiseValueError(vm, 'incomplete format');
    if (u8[str] === 0x25) {
      out.writeByte(0x25);
      continue;
    }
    let arg: Obj = Word.Null;
    if (u8[str] === 0x28) {
      arg = keyedArg(r, dict, str + 1, top);
      str = parsed.value + 1;
    }
    str = readSizes(r, readFlags(r, str, top), top);
    if (str >= top) raiseValueError(vm, 'incomplete format');
    if (arg === Word.Null) arg = r.nextArg();
    printArg(r, u8[str], arg, str - start);
  }
  if (dict === Word.Null && r.used !== count) raiseTypeError(vm, "format string didn't convert all arguments");
  vm.charge(1 + (out.len >> 3));
  return out.toObject(isBytes ? Ty.Bytes : Ty.Str);
}
