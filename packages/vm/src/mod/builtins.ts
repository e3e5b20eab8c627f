/**
 * Built-in functions. Those that loop over an iterable or call a function the user gave do so natively only when no Python
 * code can be involved; otherwise they are ROM functions in Python, which can suspend. Counterpart: py/modbuiltins.c.
 */
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { busAddress } from '../obj/address.js';
import { buildClass } from '../obj/class-build.js';
import { isSubclass } from '../obj/class-lookup.js';
import { compileBuiltin, evalBuiltin, execBuiltin, execfileBuiltin } from '../obj/code.js';
import { exceptionMatch } from '../obj/exception.js';
import { instanceCall, instanceIsCallable } from '../obj/instance.js';
import { loadInstanceAttr, storeInstanceAttr } from '../obj/instance-attr.js';
import { intPow3, intToText, newInt } from '../obj/int.js';
import { roundNumber } from '../obj/number.js';
import { listAppend, newList } from '../obj/list.js';
import { stdioType } from '../obj/stdio.js';
import { stackIterBuf, tailCall4 } from '../obj/seq.js';
import { newTupleFrom } from '../obj/tuple.js';
import { characterOf, getStr, newStr, strQstr, strSpan, strText } from '../obj/str-new.js';
import { formatPercent } from '../obj/str-percent.js';
import { DictOff, MapOff, Root, TsOff } from '../layout.js';
import { importBuiltin } from '../import.js';
import { helpFunction } from './help.js';
import { mapNextFilled, newDict, dictStore } from '../map.js';
import { runNested } from '../nested.js';
import { newBoundMeth } from '../obj/bound-meth.js';
import { PrintKind } from '../print.js';
import { Q } from '../q.js';
import { PyRaise, raiseFormat, raiseTypeError, raiseValueError } from '../raise.js';
import { popRec, pushRec, Rec } from '../records.js';
import { fun0, fun1, fun2, fun3, funKw, funVar, pyFun, type RomValue } from '../rom/define.js';
import {
  binaryOp,
  getInt,
  getIter,
  isInt,
  isLeafIterable,
  isPlain,
  isTrue,
  iterate,
  printObj,
  typeNameOf,
} from '../runtime.js';
import {
  callNext,
  tailBinaryOp,
  tailCall1,
  tailCall2,
  tailCallMethod,
  tailGetIter,
  tailLoadAttr,
  tailLoadMethodMaybe,
  tailStoreAttr,
  tailUnaryOp,
} from '../tail.js';
import type { IternextFn } from '../rom/define.js';
import { Ty, TypeOff } from '../types.js';
import { type Addr, newBool, newQstrObj, newSmallInt, type Obj, Word } from '../words.js';
import { Vstr } from '../vstr.js';
import type { Vm } from '../vm.js';
import type { Printer } from '../print.js';
import { StreamPrinter } from '../stream-print.js';
import { charAt, charCount } from '../unicode.js';

// ---- loops over iterables

export const allPy = pyFun('all');
export const anyPy = pyFun('any');
export const sumPy = pyFun('sum');
export const bestPy = pyFun('_best');

/** `any()`, or else `all()`. */
function anyAll(vm: Vm, it: Obj, any: boolean): Obj {
  if (!isLeafIterable(vm, it)) return tailCall1(vm, any ? vm.addrOf(anyPy) : vm.addrOf(allPy), it);
  const iter = getIter(vm, it, stackIterBuf(vm));
  const mark = vm.heap.logTop;
  for (let x = iterate(vm, iter, mark); x !== Word.Null; x = iterate(vm, iter, mark)) {
    if (isTrue(vm, x) === any) return newBool(any);
  }
  return newBool(!any);
}

function sum(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  const it = vm.i32[args >> 2] as number;
  const start = nArgs > 1 ? (vm.i32[(args >> 2) + 1] as number) : Word.Zero;
  if (!isLeafIterable(vm, it) || !isInt(vm, start)) return tailCall2(vm, vm.addrOf(sumPy), it, start);
  const iter = getIter(vm, it, stackIterBuf(vm));
  const mark = vm.heap.logTop;
  let total = start;
  for (let x = iterate(vm, iter, mark); x !== Word.Null; x = iterate(vm, iter, mark)) {
    vm.keep(total);
    total = binaryOp(vm, BinaryOp.Add, total, x);
    vm.heap.logTop = mark;
    vm.keep(total);
  }
  return total;
}

function keyword(vm: Vm, nArgs: number, nKw: number, args: Addr, name: number): Obj {
  for (let i = 0; i < nKw; i++) {
    const at = (args >> 2) + nArgs + 2 * i;
    if (vm.i32[at] === newQstrObj(name)) return vm.i32[at + 1] as number;
  }
  return Word.Null;
}

/** `max()`, or else `min()`. */
function minMax(vm: Vm, most: boolean, nArgs: number, nKw: number, args: Addr): Obj {
  const key = keyword(vm, nArgs, nKw, args, Q.key);
  const a = args >> 2;
  if (nArgs > 1 && key === Word.Null) {
    const op = most ? BinaryOp.More : BinaryOp.Less;
    let simple = true;
    for (let i = 0; i < nArgs; i++) if (!isPlain(vm, vm.i32[a + i] as number)) simple = false;
    if (simple) {
      let best = vm.i32[a] as number;
      for (let i = 1; i < nArgs; i++) {
        const x = vm.i32[a + i] as number;
        if (binaryOp(vm, op, x, best) === Word.True) best = x;
      }
      return best;
    }
  }
  const it = nArgs > 1 ? newTupleFrom(vm, nArgs, args) : (vm.i32[a] as number);
  let dflt = keyword(vm, nArgs, nKw, args, Q.default);
  if (dflt === Word.Null) dflt = vm.image.ellipsis;
  pushRec(vm, Rec.Args, 0, 0, 0);
  return tailCall4(vm, vm.addrOf(bestPy), it, key === Word.Null ? vm.image.ellipsis : key, newBool(most), dflt);
}

function next(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  const it = vm.i32[args >> 2] as number;
  vm.setRoot(Root.StopArg, Word.Null);
  pushRec(vm, Rec.Next, nArgs > 1 ? (vm.i32[(args >> 2) + 1] as number) : Word.Null, 0, 0);
  const slot = vm.i32[(vm.typeOf(it) + TypeOff.Iternext) >> 2] as number;
  return slot !== 0 ? (vm.fns[slot - 1] as IternextFn)(vm, it) : callNext(vm, it);
}

// ---- attributes

function getattr(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  const a = args >> 2;
  const attr = strQstr(vm, vm.i32[a + 1] as number);
  const o = vm.i32[a] as number;
  const member = loadInstanceAttr(vm, o, attr);
  if (member !== Word.Null) return member;
  if (nArgs < 3) return tailLoadAttr(vm, o, attr);
  const absent = vm.i32[a + 2] as number;
  pushRec(vm, Rec.GetattrDefault, absent, o, newQstrObj(attr));
  const r = tailLoadMethodMaybe(vm, o, attr);
  if (r === Word.Call) return r;
  // nothing is raised, nor allocated, for an attribute that is not there
  if (vm.dest0 === Word.Null) return absent;
  return vm.dest1 === Word.Null ? vm.dest0 : newBoundMeth(vm, vm.dest0, vm.dest1);
}

function setattr(vm: Vm, o: Obj, name: Obj, value: Obj): Obj {
  const attr = strQstr(vm, name);
  if (storeInstanceAttr(vm, o, attr, value)) return Word.None;
  pushRec(vm, Rec.Replace, Word.None, 0, 0);
  return tailStoreAttr(vm, o, attr, value);
}

const hasattr = fun2((vm, o, name) => {
  const attr = strQstr(vm, name);
  pushRec(vm, Rec.HasAttr, 0, o, newQstrObj(attr));
  const r = tailLoadMethodMaybe(vm, o, attr);
  if (r === Word.Call) return r;
  if (vm.dest0 !== Word.Null) return Word.True;
  popRec(vm);
  return Word.False;
});

function dir(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  const out = newList(vm, 0);
  if (nArgs === 0) {
    const map = (vm.i32[(vm.ts + TsOff.Locals) >> 2] as number) + DictOff.Map;
    for (let i = mapNextFilled(vm, map, 0); i >= 0; i = mapNextFilled(vm, map, i + 1)) {
      listAppend(vm, out, vm.i32[((vm.i32[(map + MapOff.Table) >> 2] as number) >> 2) + 2 * i] as number);
    }
    return out;
  }
  const o = vm.i32[args >> 2] as number;
  const n = vm.qstrs.count;
  const mark = vm.heap.logTop;
  for (let q = 2; q < n; q++) {
    if ((q & 255) === 0) vm.charge(256);
    vm.heap.logTop = mark;
    if (!hasAttribute(vm, o, q)) continue;
    if (q === Q.__dir__ && vm.dest1 !== Word.Null) return tailCallMethod(vm, vm.dest0, vm.dest1, Word.Null, Word.Null);
    listAppend(vm, out, newQstrObj(q));
  }
  return out;
}
/** Whether there is an attribute `q`; `dest0` and `dest1` are then set if it is a method. */
function hasAttribute(vm: Vm, o: Obj, q: number): boolean {
  let called = false;
  try {
    const r = runNested(vm, () => {
      const x = tailLoadMethodMaybe(vm, o, q);
      if (x === Word.Call) {
        called = true;
        return x;
      }
      return vm.dest0 === Word.Null ? Word.False : Word.True;
    });
    if (called) vm.dest1 = Word.Null;
    return called || r !== Word.False;
  } catch (e) {
    if (e instanceof PyRaise && exceptionMatch(vm, e.exc, Ty.AttributeError)) return false;
    throw e;
  }
}

// ---- numbers and text

function pow(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  const a = args >> 2;
  if (nArgs === 2 || vm.i32[a + 2] === Word.None)
    return tailBinaryOp(vm, BinaryOp.Power, vm.i32[a] as number, vm.i32[a + 1] as number);
  return intPow3(vm, vm.i32[a] as number, vm.i32[a + 1] as number, vm.i32[a + 2] as number);
}

function ord(vm: Vm, o: Obj): Obj {
  getStr(vm, o);
  const { addr, len } = strSpan;
  const isText = vm.typeOf(o) === Ty.Str;
  const n = isText ? charCount(vm.u8, addr, addr + len) : len;
  if (n !== 1) raiseFormat(vm, Ty.TypeError, 'ord() expected a character, but string of length %d found', n);
  return newSmallInt(isText ? charAt(vm.u8, addr) : (vm.u8[addr] as number));
}
function chr(vm: Vm, o: Obj): Obj {
  const c = getInt(vm, o);
  if (c < 0 || c >= 0x110000) raiseValueError(vm, 'char not in range(0x110000)');
  return characterOf(vm, c);
}

/** bin(), hex(), oct(). */
/** hex() and oct(), which format with `%`: a tuple is its arguments. */
function inPercent(vm: Vm, o: Obj, base: number, prefix: string): Obj {
  if (vm.typeOf(o) !== Ty.Tuple) return inBase(vm, o, base, prefix);
  const at = (o >> 2) + 1;
  return formatPercent(vm, newStr(vm, base === 16 ? '%#x' : '%#o'), vm.i32[at] as number, at + 1, Word.Null, Word.Null);
}

function inBase(vm: Vm, o: Obj, base: number, prefix: string): Obj {
  let n = o;
  if (!isInt(vm, n)) {
    const slot = vm.i32[(vm.typeOf(o) + TypeOff.UnaryOp) >> 2] as number;
    n = slot === 0 ? Word.Null : runNested(vm, () => vm.unarySlot(slot, UnaryOp.IntMaybe, o));
    if (n === Word.Null || !isInt(vm, n)) raiseFormat(vm, Ty.TypeError, "can't convert %s to int", typeNameOf(vm, o));
  }
  const text = intToText(vm, n, base);
  return newStr(vm, text.startsWith('-') ? `-${prefix}${text.slice(1)}` : prefix + text);
}

function repr(vm: Vm, o: Obj): Obj {
  const v = new Vstr(vm, 16);
  printObj(vm, v, o, PrintKind.Repr);
  return v.toStr();
}

function print(vm: Vm, nArgs: number, nKw: number, args: Addr): Obj {
  let sep: Obj = newQstrObj(Q._space_);
  let end: Obj = newQstrObj(Q._0x0a_);
  let file: Obj = Word.Null;
  for (let i = 0; i < nKw; i++) {
    const at = (args >> 2) + nArgs + 2 * i;
    const value = vm.i32[at + 1] as number;
    switch ((vm.i32[at] as number) >>> 3) {
      case Q.sep:
        sep = value;
        break;
      case Q.end:
        end = value;
        break;
      case Q.file:
        file = value;
        break;
      default:
        raiseTypeError(vm, 'extra keyword arguments given');
    }
  }
  return file === Word.Null
    ? printArgs(vm, vm.stdout, nArgs, args, sep, end)
    : printToFile(vm, file, nArgs, args, sep, end);
}
function printToFile(vm: Vm, file: Obj, nArgs: number, args: Addr, sep: Obj, end: Obj): Obj {
  return printArgs(vm, new StreamPrinter(vm, file), nArgs, args, sep, end);
}
function printArgs(vm: Vm, out: Printer, nArgs: number, args: Addr, sep: Obj, end: Obj): Obj {
  const sepText = strText(vm, sep);
  const endText = strText(vm, end);
  for (let i = 0; i < nArgs; i++) {
    if (i > 0) out.write(sepText);
    vm.worked(2 + (sepText.length >> 5));
    printObj(vm, out, vm.i32[(args >> 2) + i] as number, PrintKind.Str);
  }
  out.write(endText);
  return Word.None;
}

/** Whether `o` can be called. */
export function isCallable(vm: Vm, o: Obj): boolean {
  const slot = vm.i32[(vm.typeOf(o) + TypeOff.Call) >> 2] as number;
  if (slot === 0) return false;
  return vm.fns[slot - 1] !== instanceCall || instanceIsCallable(vm, o);
}

function subclassOf(vm: Vm, sub: Obj, classes: Obj): Obj {
  if (vm.typeOf(classes) === Ty.Type) return newBool(classes === Ty.Object || isSubclass(vm, sub, classes));
  if (vm.typeOf(classes) !== Ty.Tuple) raiseTypeError(vm, 'issubclass() arg 2 must be a class or a tuple of classes');
  const n = vm.i32[(classes >> 2) + 1] as number;
  for (let i = 0; i < n; i++) {
    const c = vm.i32[(classes >> 2) + 2 + i] as number;
    if (c === Ty.Object || isSubclass(vm, sub, c)) return Word.True;
  }
  return Word.False;
}

function replPrint(vm: Vm, o: Obj): Obj {
  if (o !== Word.None) {
    printObj(vm, vm.stdout, o, PrintKind.Repr);
    vm.stdout.write('\n');
    storeBuiltin(vm, Q._, o);
  }
  return Word.None;
}
/** Overrides or deletes (`value` Null) a name of `builtins`. */
function storeBuiltin(vm: Vm, attr: number, value: Obj): void {
  let d = vm.root(Root.BuiltinsOverride);
  if (d === 0) {
    d = newDict(vm, 1);
    vm.setRoot(Root.BuiltinsOverride, d);
  }
  dictStore(vm, d, newQstrObj(attr), value);
}

const inputPy = pyFun('_input');

/** What ROM functions in Python use of the console. */
export const CONSOLE_HELPERS: Readonly<Record<string, RomValue>> = {
  _input: inputPy,
  _stdin: { def: 'object', type: stdioType, words: [newSmallInt(0)] },
};

/** What `builtins` has besides types and exceptions. */
export const builtinFunctions: Readonly<Record<string, RomValue>> = {
  __build_class__: funVar(2, undefined, buildClass),
  __import__: funVar(1, 5, importBuiltin),
  __repl_print__: fun1(replPrint),
  Ellipsis: { def: 'ellipsis' },
  NotImplemented: { def: 'notimplemented' },
  abs: fun1((vm, o) => tailUnaryOp(vm, UnaryOp.Abs, o)),
  all: fun1((vm, it) => anyAll(vm, it, false)),
  any: fun1((vm, it) => anyAll(vm, it, true)),
  bin: fun1((vm, o) => {
    if (!isInt(vm, o) && vm.typeOf(o) !== Ty.Bool) {
      raiseFormat(vm, Ty.ValueError, "unknown format code '%c' for object of type '%s'", 'b', typeNameOf(vm, o));
    }
    return inBase(vm, o, 2, '0b');
  }),
  callable: fun1((vm, o) => newBool(isCallable(vm, o))),
  compile: funVar(3, 6, compileBuiltin),
  chr: fun1(chr),
  delattr: fun2((vm, o, name) => setattr(vm, o, name, Word.Null)),
  dir: funVar(0, 1, dir),
  divmod: fun2((vm, a, b) => tailBinaryOp(vm, BinaryOp.Divmod, a, b)),
  eval: funVar(1, 3, evalBuiltin),
  exec: funVar(1, 3, execBuiltin),
  execfile: funVar(1, 3, execfileBuiltin),
  getattr: funVar(2, 3, getattr),
  setattr: fun3(setattr),
  globals: fun0((vm) => vm.i32[(vm.ts + TsOff.Globals) >> 2] as number),
  hasattr,
  hash: fun1((vm, o) => tailUnaryOp(vm, UnaryOp.Hash, o)),
  help: helpFunction,
  hex: fun1((vm, o) => inPercent(vm, o, 16, '0x')),
  id: fun1((vm, o) => newInt(vm, busAddress(vm, o) | 0)),
  input: funVar(0, 1, (vm, n, _kw, args) =>
    tailCall1(vm, vm.addrOf(inputPy), n === 0 ? newQstrObj(Q.Empty) : (vm.i32[args >> 2] as number)),
  ),
  isinstance: fun2((vm, o, classes) => subclassOf(vm, vm.typeOf(o), classes)),
  issubclass: fun2((vm, c, classes) => {
    if (vm.typeOf(c) !== Ty.Type) raiseTypeError(vm, 'issubclass() arg 1 must be a class');
    return subclassOf(vm, c, classes);
  }),
  iter: fun1((vm, o) => tailGetIter(vm, o, 0)),
  len: fun1((vm, o) => {
    const type = vm.typeOf(o);
    const slot = vm.i32[(type + TypeOff.UnaryOp) >> 2] as number;
    const r = slot === 0 ? Word.Null : vm.unarySlot(slot, UnaryOp.Len, o);
    if (r === Word.Null) raiseFormat(vm, Ty.TypeError, "object of type '%s' has no len()", typeNameOf(vm, o));
    return r;
  }),
  locals: fun0((vm) => vm.i32[(vm.ts + TsOff.Locals) >> 2] as number),
  max: funKw(1, (vm, nArgs, nKw, args) => minMax(vm, true, nArgs, nKw, args)),
  min: funKw(1, (vm, nArgs, nKw, args) => minMax(vm, false, nArgs, nKw, args)),
  next: funVar(1, 2, next),
  oct: fun1((vm, o) => inPercent(vm, o, 8, '0o')),
  ord: fun1(ord),
  pow: funVar(2, 3, pow),
  print: funKw(0, print),
  repr: fun1(repr),
  round: funVar(1, 2, (vm, nArgs, _nKw, args) => {
    const a = args >> 2;
    return roundNumber(vm, vm.i32[a] as number, nArgs > 1 ? (vm.i32[a + 1] as number) : Word.Null);
  }),
  sum: funVar(1, 2, sum),
};
