/**
 * Methods of str, bytes and bytearray about letters and layout: lower, upper, isalpha and its kin, center. Counterpart:
 * py/objstr.c. Only ASCII letters have a case or a class, as in MicroPython.
 */
import { moveBytes } from '../move.js';
import { fun1, fun2 } from '../rom/define.js';
import { getInt } from '../runtime.js';
import { charCount, isAlpha, isDigit, isLower, isSpace, isUpper, toLower, toUpper } from '../unicode.js';
import { type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { Vstr } from '../vstr.js';
import { spanOf, strSpan } from './str-new.js';

function convertCase(vm: Vm, self: Obj, convert: (c: number) => number): Obj {
  spanOf(vm, self);
  const at = strSpan.addr;
  const len = strSpan.len;
  const v = Vstr.ofLength(vm, len);
  const u8 = vm.u8;
  for (let i = 0; i < len; i++) u8[v.buf + i] = convert(u8[at + i]);
  vm.charge(1 + (len >> 3));
  return v.toObject(vm.typeOf(self));
}
export const strLower = fun1((vm, self) => convertCase(vm, self, toLower));
export const strUpper = fun1((vm, self) => convertCase(vm, self, toUpper));

/** Whether there are bytes, and all of them are in a class. */
function allAre(vm: Vm, self: Obj, isIn: (c: number) => boolean): Obj {
  spanOf(vm, self);
  const { addr, len } = strSpan;
  for (let i = 0; i < len; i++) if (!isIn(vm.u8[addr + i])) return Word.False;
  return len === 0 ? Word.False : Word.True;
}
/** Whether there are letters, and all of them have a case. */
function lettersAre(vm: Vm, self: Obj, isIn: (c: number) => boolean): Obj {
  spanOf(vm, self);
  const { addr, len } = strSpan;
  let some = false;
  for (let i = 0; i < len; i++) {
    const c = vm.u8[addr + i];
    if (!isAlpha(c)) continue;
    if (!isIn(c)) return Word.False;
    some = true;
  }
  return some ? Word.True : Word.False;
}
export const strIsspace = fun1((vm, self) => allAre(vm, self, isSpace));
export const strIsalpha = fun1((vm, self) => allAre(vm, self, isAlpha));
export const strIsdigit = fun1((vm, self) => allAre(vm, self, isDigit));
export const strIsupper = fun1((vm, self) => lettersAre(vm, self, isUpper));
export const strIslower = fun1((vm, self) => lettersAre(vm, self, isLower));

/** Width counts characters; an odd pad's larger half is on the right. A negative width is a very large one, as upstream's. */
export const strCenter = fun2((vm, self, widthArg) => {
  const width = getInt(vm, widthArg) >>> 0;
  spanOf(vm, self);
  const at = strSpan.addr;
  const len = strSpan.len;
  const chars = charCount(vm.u8, at, at + len);
  if (chars >= width) return self;
  const padding = width - chars;
  const v = Vstr.ofLength(vm, padding + len);
  vm.u8.fill(0x20, v.buf, v.buf + padding + len);
  moveBytes(vm.u8, v.buf + (padding >>> 1), at, at + len);
  return v.toObject(vm.typeOf(self));
});
