/**
 * Code objects. Where functions have `__code__` (the highest feature level) a code object is a module context with raw code and
 * can be inspected; elsewhere it only holds the function that `compile()` made. Counterpart: py/objcode.c.
 */
import { decodePrelude, lineOfOffset } from '@tsmp/mpy-format';
import { CodeOff, ContextOff, FullCodeOff, FunBcOff, LinesIterOff, RawCodeOff, TsOff } from '../layout.js';
import { Q } from '../q.js';
import { defineType, fun1 } from '../rom/define.js';
import { rawCodeOf } from '../load.js';
import { Ty } from '../types.js';
import { type Addr, newQstrObj, newSmallInt, type Obj, type Qstr, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { busAddress } from './address.js';
import { functionFromRaw } from './function.js';
import { newPolymorphIter } from './polymorph-iter.js';
import { newBytes } from './str-new.js';

/** A code object of raw code in a module context. */
export function newCode(vm: Vm, context: Addr, raw: Addr): Obj {
  const o = vm.allocObj(FullCodeOff.Size, Ty.Code);
  vm.i32[(o + FullCodeOff.Context) >> 2] = context;
  vm.i32[(o + FullCodeOff.Raw) >> 2] = raw;
  vm.i32[(o + FullCodeOff.Locals) >> 2] = vm.i32[(vm.ts + TsOff.Locals) >> 2] as number;
  return o;
}

/** The code object of what `compile()` made. */
export function newCodeOfModule(vm: Vm, fun: Obj): Obj {
  const raw = rawCodeOf(vm, fun);
  if (raw !== 0) return newCode(vm, vm.i32[(fun + FunBcOff.Context) >> 2] as number, raw);
  const o = vm.allocObj(CodeOff.Size, Ty.Code);
  vm.i32[(o + CodeOff.Fun) >> 2] = fun;
  return o;
}

/** A function of a code object with other globals. */
export function functionOfCode(vm: Vm, code: Obj, globals: Obj): Obj {
  const full = vm.profile.level === 'everything';
  const fun = vm.i32[(code + CodeOff.Fun) >> 2] as number;
  const from = full
    ? (vm.i32[(code + FullCodeOff.Context) >> 2] as number)
    : (vm.i32[(fun + FunBcOff.Context) >> 2] as number);
  const context = vm.allocObj(ContextOff.Size, Ty.Module);
  vm.i32.copyWithin((context >> 2) + 1, (from >> 2) + 1, (from >> 2) + 4);
  vm.i32[(context + ContextOff.Globals) >> 2] = globals;
  if (full) return functionFromRaw(vm, vm.i32[(code + FullCodeOff.Raw) >> 2] as number, context, Word.Null, Word.Null);
  const f = vm.allocObj(FunBcOff.ExtraArgs, vm.typeOf(fun));
  vm.i32.copyWithin((f >> 2) + 1, (fun >> 2) + 1, (fun >> 2) + 4);
  vm.i32[(f + FunBcOff.Context) >> 2] = context;
  return f;
}

function rawOf(vm: Vm, code: Obj): Addr {
  return vm.i32[(code + FullCodeOff.Raw) >> 2] as number;
}
/** The bytes of raw code, prelude included. */
function codeBytes(vm: Vm, raw: Addr): Uint8Array {
  const at = vm.i32[(raw + RawCodeOff.Code) >> 2] as number;
  return vm.u8.subarray(at, at + (vm.i32[(raw + RawCodeOff.CodeLen) >> 2] as number));
}
/** Entry `index` of the qstr table; 0 is the file's name. */
function contextQstr(vm: Vm, code: Obj, index: number): Qstr {
  const context = vm.i32[(code + FullCodeOff.Context) >> 2] as number;
  return vm.u16[((vm.i32[(context + ContextOff.Qstrs) >> 2] as number) >> 1) + index] as number;
}
function blockName(vm: Vm, code: Obj): Qstr {
  return contextQstr(vm, code, decodePrelude(codeBytes(vm, rawOf(vm, code))).nameIndex);
}

/** The children as code objects, then None. */
function constants(vm: Vm, code: Obj): Obj {
  const raw = rawOf(vm, code);
  const n = (vm.i32[(raw + RawCodeOff.Kind) >> 2] as number) >>> 16;
  const children = (vm.i32[(raw + RawCodeOff.Children) >> 2] as number) >> 2;
  const t = vm.newTuple(n + 1, 0);
  for (let i = 0; i < n; i++) {
    const c = newCode(vm, vm.i32[(code + FullCodeOff.Context) >> 2] as number, vm.i32[children + i] as number);
    vm.i32[(t >> 2) + 2 + i] = c;
  }
  vm.i32[(t >> 2) + 2 + n] = Word.None;
  return t;
}

/** Pairs of bytes: so much further in the code, so many lines further down. */
function lineTable(vm: Vm, code: Obj): Obj {
  const bytes = codeBytes(vm, rawOf(vm, code));
  const prelude = decodePrelude(bytes);
  const out: number[] = [];
  let line = lineOfOffset(bytes, prelude, prelude.opcodesStart);
  let at = 0;
  // as on MicroPython, offsets run on for as many bytes as the prelude has
  for (let i = 0; i < bytes.length; i++) {
    const l = lineOfOffset(bytes, prelude, prelude.opcodesStart + i);
    if (l <= line) continue;
    out.push(i - at, l - line);
    line = l;
    at = i;
  }
  return newBytes(vm, new Uint8Array(out), 0, out.length);
}

/** The type that the iterators of `co_lines()` take their native from. Yields (start, end, line). */
export const codeLinesIterType = defineType({
  name: 'iterator',
  iternext(vm, it) {
    const i32 = vm.i32;
    const raw = i32[(it + LinesIterOff.Raw) >> 2] as number;
    const bytes = codeBytes(vm, raw);
    const prelude = decodePrelude(bytes);
    const base = i32[(raw + RawCodeOff.Code) >> 2] as number;
    const start = i32[(it + LinesIterOff.Done) >> 2] as number;
    let done = start;
    let line = i32[(it + LinesIterOff.Line) >> 2] as number;
    let at = (i32[(it + LinesIterOff.Entry) >> 2] as number) - base;
    let shown = line;
    let another = true;
    while (another && at < prelude.lineInfoEnd) {
      const c = bytes[at] as number;
      const long = c >= 0x80;
      const skip = long ? c & 0xf : c & 0x1f;
      const down = long ? ((c << 4) & 0x700) | (bytes[at + 1] as number) : c >> 5;
      at += long ? 2 : 1;
      done += skip;
      line += down;
      if (skip === 0) shown = line;
      another = skip === 0 || down === 0;
    }
    if (another) {
      const end = bytes.length - prelude.opcodesStart;
      if (done >= end) return Word.Null;
      done = end;
    }
    i32[(it + LinesIterOff.Done) >> 2] = done;
    i32[(it + LinesIterOff.Line) >> 2] = line;
    i32[(it + LinesIterOff.Entry) >> 2] = base + at;
    const t = vm.newTuple(3, 0) >> 2;
    i32[t + 2] = newSmallInt(start);
    i32[t + 3] = newSmallInt(done);
    i32[t + 4] = newSmallInt(shown);
    return t << 2;
  },
});

const lines = fun1((vm, code) => {
  const it = newPolymorphIter(vm, LinesIterOff.Size, codeLinesIterType);
  const raw = rawOf(vm, code);
  vm.i32[(it + LinesIterOff.Raw) >> 2] = raw;
  vm.i32[(it + LinesIterOff.Done) >> 2] = 0;
  vm.i32[(it + LinesIterOff.Line) >> 2] = 1;
  vm.i32[(it + LinesIterOff.Entry) >> 2] =
    (vm.i32[(raw + RawCodeOff.Code) >> 2] as number) + decodePrelude(codeBytes(vm, raw)).lineInfoStart;
  return it;
});

function codeAttr(vm: Vm, o: Obj, attr: Qstr): Obj {
  switch (attr) {
    case Q.co_code: {
      const bytes = codeBytes(vm, rawOf(vm, o));
      return newBytes(vm, bytes, decodePrelude(bytes).opcodesStart, bytes.length);
    }
    case Q.co_consts:
      return constants(vm, o);
    case Q.co_filename:
      return newQstrObj(contextQstr(vm, o, 0));
    case Q.co_firstlineno: {
      const bytes = codeBytes(vm, rawOf(vm, o));
      const prelude = decodePrelude(bytes);
      return newSmallInt(lineOfOffset(bytes, prelude, prelude.opcodesStart));
    }
    case Q.co_name:
      return newQstrObj(blockName(vm, o));
    case Q.co_names:
      return vm.i32[(o + FullCodeOff.Locals) >> 2] as number;
    case Q.co_lnotab: {
      const at = (o + FullCodeOff.Lnotab) >> 2;
      if (vm.i32[at] === 0) vm.i32[at] = lineTable(vm, o);
      return vm.i32[at] as number;
    }
    default:
      return Word.Null;
  }
}

export const codeType = defineType({
  name: 'code',
  core: 'Code',
  print(vm, out, o) {
    if (vm.profile.level !== 'everything') {
      out.write('<code>');
      return;
    }
    const name = vm.qstrText(blockName(vm, o));
    const file = vm.qstrText(contextQstr(vm, o, 0));
    const line = vm.i32[(rawOf(vm, o) + RawCodeOff.Line) >> 2] as number;
    out.write(`<code object ${name} at 0x${busAddress(vm, o).toString(16)}, file "${file}", line ${line}>`);
  },
  attr(vm, o, attr) {
    if (vm.dest0 !== Word.Null || vm.profile.level !== 'everything') return 0;
    vm.dest0 = codeAttr(vm, o, attr);
    if (vm.dest0 === Word.Null) vm.dest1 = Word.Sentinel;
    return 0;
  },
  locals: { co_lines: lines },
});
