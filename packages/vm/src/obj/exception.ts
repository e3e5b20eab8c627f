/**
 * Exceptions: making, printing and matching them, and their tracebacks. Making one never fails: without memory it falls
 * back to the emergency buffer, then to fewer details. Counterpart: py/objexcept.c.
 */
import { type Message, messageText } from '../raise.js';
import { moveWords } from '../move.js';
import { ExcOff, InstanceOff, Root, StrOff, TupleOff } from '../layout.js';
import { PrintKind, type Printer } from '../print.js';
import { Q } from '../q.js';
import { hashBytes, utf8 } from '../qstr.js';
import { defineType, type MakeNewFn, type TypeDef } from '../rom/define.js';
import { checkArgCount, printObj, typeName } from '../runtime.js';
import { Ty, TypeOff } from '../types.js';
import { type Addr, newSmallInt, type Obj, type Qstr, Word } from '../words.js';
import { textSymbol, UNPACKED_TEXTS } from '../rom/texts.js';
import type { Vm } from '../vm.js';
import { isSubclass } from './class-lookup.js';
import { errnoName } from './errno.js';

/** Words of one traceback entry: file, line, block. */
const TB_ENTRY = 3;
/** Layout of the emergency buffer: two traceback entries, a 1-tuple, a str object, then its text. */
const enum Emergency {
  Traceback = 0,
  TracebackWords = 6,
  Tuple = 24,
  Str = 36,
  Text = 52,
}

/** Bytes of the longest of upstream's messages. */
const LONGEST_TEXT = 73;

const makeNew: MakeNewFn = (vm, type, nArgs, nKw, args) => {
  checkArgCount(vm, nArgs, nKw, 0, 0xffff, false);
  return make(vm, type, nArgs, args, 0);
};

/** `first`: the argument when `nArgs` is 1 and `args` is 0. */
function make(vm: Vm, type: Addr, nArgs: number, args: Addr, first: Obj): Obj {
  let o = vm.heap.alloc(ExcOff.Size);
  if (o === 0) {
    o = vm.roots + Root.EmergencyExc * 4;
    vm.handlers.begin();
  }
  const i = o >> 2;
  vm.i32[i] = type;
  vm.i32[i + 1] = 0;
  vm.i32[i + 2] = 0;
  let tuple = vm.image.emptyTuple;
  if (nArgs !== 0) {
    let t = vm.heap.alloc(TupleOff.Items + 4 * nArgs);
    if (t === 0 && vm.root(Root.EmergencyBufSize) >= Emergency.Tuple + TupleOff.Items + 4 * nArgs) {
      t = vm.root(Root.EmergencyBuf) + Emergency.Tuple;
    }
    if (t !== 0) {
      vm.i32[t >> 2] = Ty.Tuple;
      vm.i32[(t >> 2) + 1] = nArgs;
      if (args === 0) vm.i32[(t >> 2) + 2] = first;
      else moveWords(vm.i32, (t >> 2) + 2, args >> 2, (args >> 2) + nArgs);
      tuple = t;
    }
  }
  vm.i32[i + 3] = tuple;
  return o;
}

/** `type()`. */
export function newException(vm: Vm, type: Addr): Obj {
  return make(vm, type, 0, 0, 0);
}
/** `type(arg)`. */
export function newExceptionArgs(vm: Vm, type: Addr, arg: Obj): Obj {
  return make(vm, type, 1, 0, arg);
}
/**
 * `type(text)`; an empty text: `type()`. A message of the ROM image is used from there; of others `room` bytes are allocated
 * (as many as needed, if that is more).
 */
export function newExceptionText(vm: Vm, type: Addr, message: Message, room = 0): Obj {
  const text = messageText(vm, message);
  if (text === '') return newException(vm, type);
  const bytes = utf8(text);
  const rom = room === 0 ? vm.image.data.symbols[textSymbol(text)] : undefined;
  let s = vm.heap.alloc(StrOff.Size);
  if (rom !== undefined && s !== 0) return make(vm, type, 1, 0, fillText(vm, s, rom, bytes, bytes.length));
  let data = s === 0 ? 0 : vm.heap.alloc(Math.max(bytes.length + 1, room));
  let len = bytes.length;
  if (s === 0 || data === 0) {
    const size = vm.root(Root.EmergencyBufSize);
    // ports have their messages compressed: one that there is no room to unpack is left out
    if (size >= Emergency.Text + 16 && (rom === undefined || size > Emergency.Text + LONGEST_TEXT)) {
      s = vm.root(Root.EmergencyBuf) + Emergency.Str;
      data = vm.root(Root.EmergencyBuf) + Emergency.Text;
      len = Math.min(len, size - Emergency.Text - 1);
    } else return newException(vm, type);
  }
  vm.u8.set(len === bytes.length ? bytes : bytes.subarray(0, len), data);
  vm.u8[data + len] = 0;
  return make(vm, type, 1, 0, fillText(vm, s, data, bytes, len));
}
/** Makes a str at `s` of the `len` bytes at `data`, which are also the first of `bytes`. */
function fillText(vm: Vm, s: Addr, data: Addr, bytes: Uint8Array, len: number): Obj {
  const i = s >> 2;
  vm.i32[i] = Ty.Str;
  vm.i32[i + 1] = hashBytes(bytes, 0, len);
  vm.i32[i + 2] = len;
  vm.i32[i + 3] = data;
  return s;
}
/** `OSError(errno)` or `OSError(errno, filename)`. */
export function newOsError(vm: Vm, errno: number, fileName: Obj = Word.Null): Obj {
  if (fileName === Word.Null) return make(vm, Ty.OSError, 1, 0, newSmallInt(errno));
  const t = vm.alloc(TupleOff.Items + 8);
  vm.i32[t >> 2] = newSmallInt(errno);
  vm.i32[(t >> 2) + 1] = fileName;
  return make(vm, Ty.OSError, 2, t, 0);
}

/** Whether an object was made by a native exception type. */
export function isNativeExceptionInstance(vm: Vm, o: Obj): boolean {
  if ((o & 3) !== 0) return false;
  return (
    vm.i32[((vm.i32[o >> 2] as number) + TypeOff.MakeNew) >> 2] === vm.i32[(Ty.BaseException + TypeOff.MakeNew) >> 2]
  );
}
export function isExceptionType(vm: Vm, o: Obj): boolean {
  if (vm.typeOf(o) !== Ty.Type) return false;
  if (vm.i32[(o + TypeOff.MakeNew) >> 2] === vm.i32[(Ty.BaseException + TypeOff.MakeNew) >> 2]) return true;
  return isSubclass(vm, o, Ty.BaseException);
}
/** Whether an object is an exception, of a built-in class or one made in Python. */
export function isExceptionInstance(vm: Vm, o: Obj): boolean {
  if (isNativeExceptionInstance(vm, o)) return true;
  if (!isExceptionType(vm, vm.typeOf(o))) return false;
  return vm.i32[(o + InstanceOff.Subobj) >> 2] !== vm.image.initWrapper;
}
/** Whether an exception (instance or class) is one of `type`. */
export function exceptionMatch(vm: Vm, exc: Obj, type: Obj): boolean {
  return isSubclass(vm, isExceptionInstance(vm, exc) ? vm.typeOf(exc) : exc, type);
}
export function isStopIteration(vm: Vm, exc: Obj): boolean {
  const t = vm.typeOf(exc);
  return t === Ty.StopIteration || isSubclass(vm, t, Ty.StopIteration);
}

/** The native exception inside an instance of a Python subclass, or the object itself. */
function native(vm: Vm, o: Obj): Addr {
  return isNativeExceptionInstance(vm, o) ? o : (vm.i32[(o + InstanceOff.Subobj) >> 2] as number);
}
/**
 * Ports keep their messages packed, and unpack one into the heap when it is asked for: a buffer that is long enough for any.
 * Without memory it goes to the emergency buffer, or the exception loses its text.
 */
export function unpackText(vm: Vm, o: Addr): void {
  const { i32 } = vm;
  const args = i32[(o + ExcOff.Args) >> 2] as number;
  if (i32[(args >> 2) + 1] !== 1) return;
  const s = (i32[(args >> 2) + 2] as number) >> 2;
  // a str in RAM with its text in the ROM image is a message
  if ((i32[(args >> 2) + 2] as number) < vm.ramStart || ((i32[(args >> 2) + 2] as number) & 3) !== 0) return;
  if (i32[s] !== Ty.Str || (i32[s + 3] as number) >= vm.ramStart) return;
  const text = String.fromCharCode(
    ...vm.u8.subarray(i32[s + 3] as number, (i32[s + 3] as number) + (i32[s + 2] as number)),
  );
  if (UNPACKED_TEXTS.has(text)) return;
  let data = vm.heap.alloc(LONGEST_TEXT + 1);
  if (data === 0) {
    if (vm.root(Root.EmergencyBufSize) <= Emergency.Text + LONGEST_TEXT) {
      i32[(o + ExcOff.Args) >> 2] = vm.image.emptyTuple;
      return;
    }
    data = vm.root(Root.EmergencyBuf) + Emergency.Text;
  }
  const len = i32[s + 2] as number;
  vm.u8.copyWithin(data, i32[s + 3] as number, (i32[s + 3] as number) + len);
  vm.u8[data + len] = 0;
  i32[s + 3] = data;
}
function argsOf(vm: Vm, o: Obj): Obj {
  return vm.i32[(native(vm, o) + ExcOff.Args) >> 2] as number;
}
/** First argument, or None. */
export function exceptionValue(vm: Vm, exc: Obj): Obj {
  const t = argsOf(vm, exc) >> 2;
  return vm.i32[t + 1] === 0 ? Word.None : (vm.i32[t + 2] as number);
}

function print(vm: Vm, out: Printer, o: Obj, kind: PrintKind): void {
  const k = kind & ~PrintKind.ExcSubclass;
  if ((kind & PrintKind.ExcSubclass) === 0 && (k === PrintKind.Repr || k === PrintKind.Exc)) {
    out.write(typeName(vm, vm.i32[o >> 2] as number));
  }
  if (k === PrintKind.Exc) out.write(': ');
  unpackText(vm, o);
  const args = vm.i32[(o + ExcOff.Args) >> 2] as number;
  const n = vm.i32[(args >> 2) + 1] as number;
  if (k === PrintKind.Str || k === PrintKind.Exc) {
    if (n === 0) return;
    const first = vm.i32[(args >> 2) + 2] as number;
    if (vm.i32[o >> 2] === Ty.OSError && n < 3 && (first & 1) !== 0) {
      const name = errnoName(first >> 1);
      if (name !== undefined) {
        out.write(`[Errno ${first >> 1}] ${name}`);
        if (n > 1) {
          out.write(': ');
          printObj(vm, out, vm.i32[(args >> 2) + 3] as number, PrintKind.Str);
        }
        return;
      }
    }
    if (n === 1) {
      printObj(vm, out, first, PrintKind.Str);
      return;
    }
  }
  printObj(vm, out, args, k === PrintKind.Json ? PrintKind.Json : PrintKind.Repr);
}

export const baseExceptionType: TypeDef = defineType({
  name: 'BaseException',
  core: 'BaseException',
  makeNew,
  print,
  attr(vm, o, attr) {
    if (vm.dest0 !== Word.Null) {
      if (attr === Q.__traceback__ && vm.dest1 === Word.None) {
        const at = (o + ExcOff.TbAllocLen) >> 2;
        vm.i32[at] = (vm.i32[at] as number) & 0xffff;
        vm.dest0 = Word.Null;
      }
      return 0;
    }
    if (attr !== Q.args && attr !== Q.value && attr !== Q.errno) return 0;
    unpackText(vm, o);
    vm.dest0 = attr === Q.args ? (vm.i32[(o + ExcOff.Args) >> 2] as number) : exceptionValue(vm, o);
    return 0;
  },
});

/** Each exception type and its base. */
const TREE =
  'SystemExit BaseException, KeyboardInterrupt BaseException, GeneratorExit BaseException, Exception BaseException, StopAsyncIteration Exception, StopIteration Exception, ArithmeticError Exception, OverflowError ArithmeticError, ZeroDivisionError ArithmeticError, AssertionError Exception, AttributeError Exception, EOFError Exception, ImportError Exception, LookupError Exception, IndexError LookupError, KeyError LookupError, MemoryError Exception, NameError Exception, OSError Exception, RuntimeError Exception, NotImplementedError RuntimeError, SyntaxError Exception, IndentationError SyntaxError, TypeError Exception, ViperTypeError TypeError, ValueError Exception, UnicodeError ValueError';

/** The exception types by name, in the order of the language reference. */
export const exceptionTypes: Readonly<Record<string, TypeDef>> = (() => {
  const all: Record<string, TypeDef> = { BaseException: baseExceptionType };
  for (const entry of TREE.split(', ')) {
    const [name, parent] = entry.split(' ') as [string, string];
    all[name] = defineType({
      name,
      core: name,
      makeNew,
      print,
      attr: baseExceptionType.attr,
      parent: all[parent] as TypeDef,
    });
  }
  return all;
})();

// ---- tracebacks ------------------------------------------------------------------------------------------------------

/** Appends an entry; silently without memory. */
export function addTracebackEntry(vm: Vm, exc: Obj, file: Qstr, line: number, block: Qstr): void {
  const i32 = vm.i32;
  const e = native(vm, exc) >> 2;
  const limit = (vm.root(Root.TracebackLimit) >> 1) * TB_ENTRY;
  if (limit <= 0) return;
  let alloc = (i32[e + 1] as number) & 0xffff;
  let len = (i32[e + 1] as number) >>> 16;
  let data = i32[e + 2] as number;
  if (data !== 0 && len >= limit) {
    len -= TB_ENTRY;
    moveWords(i32, data >> 2, (data >> 2) + TB_ENTRY, (data >> 2) + TB_ENTRY + len);
  }
  if (data === 0) {
    data = vm.heap.alloc(TB_ENTRY * 4);
    alloc = TB_ENTRY;
    if (data === 0) {
      if (vm.root(Root.EmergencyBufSize) < Emergency.Tuple) return;
      data = vm.root(Root.EmergencyBuf) + Emergency.Traceback;
      alloc = Emergency.TracebackWords;
    }
    len = 0;
  } else if (len + TB_ENTRY > alloc) {
    if (data === vm.root(Root.EmergencyBuf) || alloc + TB_ENTRY > 0xffff) return;
    const grown = vm.heap.realloc(data, (alloc + TB_ENTRY) * 4, true);
    if (grown === 0) return;
    data = grown;
    alloc += TB_ENTRY;
  }
  const at = (data >> 2) + len;
  i32[at] = file;
  i32[at + 1] = line;
  i32[at + 2] = block;
  i32[e + 1] = alloc | ((len + TB_ENTRY) << 16);
  i32[e + 2] = data;
}

/** Prints an exception as the REPL does: traceback, then type and value. */
export function printException(vm: Vm, out: Printer, exc: Obj): void {
  if (isExceptionInstance(vm, exc)) {
    const e = native(vm, exc) >> 2;
    const len = (vm.i32[e + 1] as number) >>> 16;
    const data = (vm.i32[e + 2] as number) >> 2;
    if (len > 0 && data !== 0) {
      out.write('Traceback (most recent call last):\n');
      for (let i = len - TB_ENTRY; i >= 0; i -= TB_ENTRY) {
        out.write(`  File "${vm.qstrText(vm.i32[data + i] as number)}", line ${vm.i32[data + i + 1]}`);
        const block = vm.i32[data + i + 2] as number;
        out.write(block === 0 ? '\n' : `, in ${vm.qstrText(block)}\n`);
      }
    }
  }
  printObj(vm, out, exc, PrintKind.Exc);
  out.write('\n');
}

/** The traceback's entries, the oldest call first: what reports and tests read. */
export function tracebackOf(vm: Vm, exc: Obj): { file: string; line: number; block: string }[] {
  const e = native(vm, exc) >> 2;
  const len = (vm.i32[e + 1] as number) >>> 16;
  const data = (vm.i32[e + 2] as number) >> 2;
  const out: { file: string; line: number; block: string }[] = [];
  for (let i = len - TB_ENTRY; i >= 0 && data !== 0; i -= TB_ENTRY) {
    const block = vm.i32[data + i + 2] as number;
    out.push({
      file: vm.qstrText(vm.i32[data + i] as number),
      line: vm.i32[data + i + 1] as number,
      block: block === 0 ? '' : vm.qstrText(block),
    });
  }
  return out;
}
