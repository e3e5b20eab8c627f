/**
 * The json module: a single pass over a stream, without recursion, that lets more than JSON through (commas and colons count as
 * space, brackets need not match). Counterpart: extmod/modjson.c.
 */
import { ListOff, ModuleOff } from '../layout.js';
import { dictGetQstr, dictStore, newDict } from '../map.js';
import { ArgKind, parseArgs } from '../obj/arg-parse.js';
import { floatFromText } from '../obj/float.js';
import { intFromText } from '../obj/int.js';
import { listAppend, newList } from '../obj/list.js';
import { array, getArrayOf, type SeparatingPrinter } from '../obj/seq.js';
import { newStrFromBytes, strText } from '../obj/str-new.js';
import { PrintKind, type Printer } from '../print.js';
import { raiseOSError, raiseValueError } from '../raise.js';
import { popRec } from '../records.js';
import { defineModule, fun1, funKw, pyFun } from '../rom/define.js';
import { tailCall2 } from '../tail.js';
import { BUFFER_READ, getBuffer, printObj } from '../runtime.js';
import { StreamPrinter } from '../stream-print.js';
import { getStream, OP_READ, readNow, stackBytes, type StreamProtocol, streamResult, streamTarget } from '../stream.js';
import { Ty } from '../types.js';
import { isDigit, isSpace } from '../unicode.js';
import { type Addr, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { Vstr } from '../vstr.js';

/** Passes everything on; brings the separators along. */
class JsonPrinter implements SeparatingPrinter {
  constructor(
    private readonly out: Printer,
    readonly itemSeparator: string,
    readonly keySeparator: string,
  ) {}
  write(text: string): void {
    this.out.write(text);
  }
  writeByte(b: number): void {
    this.out.writeByte(b);
  }
  writeBytes(u8: Uint8Array, from: number, to: number): void {
    this.out.writeBytes(u8, from, to);
  }
}

const SEPARATORS = [{ name: 'separators', kind: ArgKind.Obj, kwOnly: true, value: Word.None as number }] as const;

/** A printer with the separators that the arguments behind the first `skip` ask for. */
function jsonPrinter(vm: Vm, skip: number, nArgs: number, nKw: number, args: Addr): (out: Printer) => JsonPrinter {
  const separators = parseArgs(vm, SEPARATORS, nArgs - skip, nKw, args + 4 * skip)[0] as Obj;
  if (separators === Word.None) return (out) => new JsonPrinter(out, ', ', ': ');
  getArrayOf(vm, separators, 2);
  const items = array.items >> 2;
  const item = strText(vm, vm.i32[items] as number);
  const key = strText(vm, vm.i32[items + 1] as number);
  return (out) => new JsonPrinter(out, item, key);
}

function dumps(vm: Vm, nArgs: number, nKw: number, args: Addr): Obj {
  const printer = jsonPrinter(vm, 1, nArgs, nKw, args);
  const v = new Vstr(vm, 8);
  printObj(vm, printer(v), vm.i32[args >> 2] as number, PrintKind.Json);
  return v.toStrUnchecked();
}
function dump(vm: Vm, nArgs: number, nKw: number, args: Addr): Obj {
  const printer = jsonPrinter(vm, 2, nArgs, nKw, args);
  const out = printer(new StreamPrinter(vm, vm.i32[(args >> 2) + 1] as number));
  printObj(vm, out, vm.i32[args >> 2] as number, PrintKind.Json);
  return Word.None;
}

// ---- reading ---------------------------------------------------------------------------------------------------------

/** Bytes one after the other: from a buffer, or from a stream through `scratch`, a byte on the Python stack. */
class Source {
  /** The current byte; 0 at the end. */
  cur = 0;
  constructor(
    private readonly vm: Vm,
    private at: Addr,
    private readonly end: Addr,
    private readonly stream: StreamProtocol | null,
    private readonly self: Obj,
    private readonly scratch: Addr,
  ) {}
  next(): number {
    const vm = this.vm;
    if (this.stream === null) {
      this.cur = this.at < this.end ? (vm.u8[this.at++] as number) : 0;
      return this.cur;
    }
    const n = readNow(vm, this.stream, this.self, this.scratch, 1, true);
    if (streamResult.errno !== 0) raiseOSError(vm, streamResult.errno);
    this.cur = n === 0 ? 0 : (vm.u8[this.scratch] as number);
    return this.cur;
  }
  /** Whether the current byte and those behind it are `text`; goes behind it. */
  takes(text: string): boolean {
    for (let i = 0; i < text.length; i++) {
      if (this.cur !== text.charCodeAt(i)) return false;
      this.next();
    }
    return true;
  }
}

function fail(vm: Vm): never {
  raiseValueError(vm, 'syntax error in JSON');
}

/** The byte that the letter behind a backslash stands for. */
function unescaped(c: number): number {
  switch (c) {
    case 0x62:
      return 0x08;
    case 0x66:
      return 0x0c;
    case 0x6e:
      return 0x0a;
    case 0x72:
      return 0x0d;
    case 0x74:
      return 0x09;
    default:
      return c;
  }
}

/** A string, its opening quote being behind. */
function parseString(vm: Vm, s: Source, v: Vstr): Obj {
  v.len = 0;
  while (s.cur !== 0 && s.cur !== 0x22) {
    let c = s.cur;
    if (c === 0x5c) {
      c = s.next();
      if (c === 0x75) {
        let code = 0;
        for (let i = 0; i < 4; i++) {
          let digit = ((s.next() | 0x20) - 0x30) & 0xff;
          if (digit > 9) digit = (digit - 39) & 0xff;
          code = (code << 4) | digit;
        }
        v.addChar(code);
        s.next();
        continue;
      }
      c = unescaped(c);
    }
    v.writeByte(c);
    s.next();
  }
  if (s.cur === 0) fail(vm);
  s.next();
  return newStrFromBytes(vm, vm.u8, v.buf, v.buf + v.len);
}

/** A number that begins with `first`. */
function parseNumber(vm: Vm, s: Source, v: Vstr, first: number): Obj {
  v.len = 0;
  let isFloat = false;
  let c = first;
  for (;;) {
    v.writeByte(c);
    c = s.cur;
    if (c === 0x2e || c === 0x45 || c === 0x65) isFloat = true;
    else if (c !== 0x2b && c !== 0x2d && !isDigit(c)) break;
    s.next();
  }
  const end = v.buf + v.len;
  return isFloat ? floatFromText(vm, v.buf, end) : intFromText(vm, v.buf, end, 10);
}

/** What one character begins: a value, Null for a space or a closing bracket (`closes`). */
function parseValue(vm: Vm, s: Source, v: Vstr, c: number): Obj {
  switch (c) {
    case 0x6e:
      return s.takes('ull') ? Word.None : fail(vm);
    case 0x66:
      return s.takes('alse') ? Word.False : fail(vm);
    case 0x74:
      return s.takes('rue') ? Word.True : fail(vm);
    case 0x22:
      return parseString(vm, s, v);
    case 0x5b:
      return newList(vm, 0);
    case 0x7b:
      return newDict(vm, 0);
    default:
      if (c === 0x2d || isDigit(c)) return parseNumber(vm, s, v, c);
      return fail(vm);
  }
}

/** Words on the Python stack while parsing: a byte to read to, the value being filled, its pending key, the list of outer values. */
const enum Work {
  Byte = 0,
  Top = 1,
  Key = 2,
  Stack = 3,
  Size = 12 + 16,
}

/** Remembers the value being filled, and goes on with `inner`. */
function enter(vm: Vm, w: number, inner: Obj): void {
  const list = (w + Work.Stack) << 2;
  const top = vm.i32[w + Work.Top] as number;
  if (vm.i32[(list + ListOff.Items) >> 2] === 0) {
    vm.i32[(list + ListOff.Items) >> 2] = vm.alloc(16);
    vm.i32[(list + ListOff.Alloc) >> 2] = 4;
  }
  listAppend(vm, list, top);
  vm.i32[w + Work.Top] = inner;
}

/** Puts a value into the list or dict being filled. */
function store(vm: Vm, w: number, value: Obj, isContainer: boolean): void {
  const top = vm.i32[w + Work.Top] as number;
  if (vm.typeOf(top) === Ty.List) {
    listAppend(vm, top, value);
    return;
  }
  const key = vm.i32[w + Work.Key] as number;
  if (key === Word.Null) {
    if (isContainer) fail(vm);
    vm.i32[w + Work.Key] = value;
  } else {
    dictStore(vm, top, key, value);
    vm.i32[w + Work.Key] = Word.Null;
  }
}

/** Parses one value up to the end of the source; `w`: word index of the working memory. */
function parse(vm: Vm, s: Source, w: number): Obj {
  const i32 = vm.i32;
  const len = w + Work.Stack + (ListOff.Len >> 2);
  const v = new Vstr(vm, 8);
  const mark = vm.heap.logTop;
  s.next();
  for (;;) {
    // whatever has been read is in the working memory now
    vm.heap.logTop = mark;
    vm.charge(1);
    const c = s.cur;
    if (c === 0) fail(vm);
    s.next();
    if (c === 0x2c || c === 0x3a || c === 0x20 || c === 9 || c === 10 || c === 13) continue;
    if (c === 0x7d || c === 0x5d) {
      if (i32[w + Work.Top] === Word.Null) fail(vm);
      const depth = i32[len] as number;
      if (depth === 0) break;
      i32[len] = depth - 1;
      i32[w + Work.Top] = i32[((i32[w + Work.Stack + (ListOff.Items >> 2)] as number) >> 2) + depth - 1] as number;
      continue;
    }
    const value = parseValue(vm, s, v, c);
    const isContainer = c === 0x5b || c === 0x7b;
    if (i32[w + Work.Top] === Word.Null) {
      i32[w + Work.Top] = value;
      if (!isContainer) break;
    } else {
      store(vm, w, value, isContainer);
      if (isContainer) enter(vm, w, value);
    }
  }
  while (isSpace(s.cur)) s.next();
  if (s.cur !== 0 || i32[len] !== 0) fail(vm);
  v.free();
  return i32[w + Work.Top] as number;
}

function parseFrom(vm: Vm, at: Addr, end: Addr, stream: StreamProtocol | null, self: Obj): Obj {
  const work = stackBytes(vm, Work.Size);
  const w = work >> 2;
  vm.i32[w + Work.Stack] = Ty.List;
  const r = vm.keep(parse(vm, new Source(vm, at, end, stream, self, work), w));
  popRec(vm);
  return r;
}

/** `loads()`, which the ROM function behind `load()` calls. */
const loadsFn = fun1((vm, o) => {
  getBuffer(vm, o, BUFFER_READ);
  return parseFrom(vm, vm.buf.addr, vm.buf.addr + vm.buf.len, null, Word.Null);
});

/** `load()` of a stream in Python, which may have to wait: byte by byte, as the parser reads, up to its end. */
const loadPy = pyFun('_json_load');

export const jsonModule = defineModule({
  name: 'json',
  extensible: true,
  globals: {
    dump: funKw(2, dump),
    dumps: funKw(1, dumps),
    load: fun1((vm, o) => {
      const p = getStream(vm, o, OP_READ);
      if (p.isPython === true) {
        const { self } = streamTarget;
        const globals = vm.i32[(vm.addrOf(jsonModule) + ModuleOff.Globals) >> 2] as number;
        return tailCall2(vm, vm.addrOf(loadPy), self, dictGetQstr(vm, globals, vm.internObj('loads')));
      }
      return parseFrom(vm, 0, 0, p, streamTarget.self);
    }),
    loads: loadsFn,
  },
});
