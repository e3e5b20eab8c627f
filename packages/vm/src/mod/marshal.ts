/**
 * The `marshal` module: code objects as the bytes of a `.mpy` file, and back. Counterpart: extmod/modmarshal.c, and the function
 * of py/persistentcode.c that saves a loaded function.
 *
 * A function refers to the tables of its module, so these are written with as many entries as it needs, those that it does not
 * use being empty.
 */
import {
  type CompiledModule,
  type Constant,
  decodePrelude,
  instructions,
  type RawCode,
  writeMpy,
} from '@tsmp/mpy-format';
import { loadMpy } from '../compile.js';
import { MEMORY_READER } from '../compile-ledger.js';
import { ContextOff, FullCodeOff, RawCodeOff, TsOff, TupleOff } from '../layout.js';
import { newCodeOfModule } from '../obj/code-object.js';
import { isStr, spanOf, strSpan, strText } from '../obj/str-new.js';
import { PrintKind, type Printer } from '../print.js';
import { raiseValueError } from '../raise.js';
import { defineModule, fun1 } from '../rom/define.js';
import { BUFFER_READ, getBuffer, isInt, printObj } from '../runtime.js';
import { Ty } from '../types.js';
import { type Addr, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';

/** How deep functions may nest in what is written: more than any that can be read. */
const MAX_DEPTH = 200;

/** Collects text. */
class TextPrinter implements Printer {
  text = '';
  write(text: string): void {
    this.text += text;
  }
  writeByte(b: number): void {
    this.text += String.fromCharCode(b);
  }
  writeBytes(u8: Uint8Array, from: number, to: number): void {
    for (let i = from; i < to; i++) this.writeByte(u8[i] as number);
  }
}

function repr(vm: Vm, o: Obj): string {
  const out = new TextPrinter();
  printObj(vm, out, o, PrintKind.Repr);
  return out.text;
}

function constantOf(vm: Vm, o: Obj): Constant {
  switch (o) {
    case Word.None:
      return { kind: 'none' };
    case Word.False:
      return { kind: 'false' };
    case Word.True:
      return { kind: 'true' };
    case vm.image.ellipsis:
      return { kind: 'ellipsis' };
    default:
      break;
  }
  if (isStr(vm, o)) return { kind: 'str', value: strText(vm, o) };
  if (isInt(vm, o)) return { kind: 'int', value: BigInt(repr(vm, o)) };
  switch (vm.typeOf(o)) {
    case Ty.Bytes:
      spanOf(vm, o);
      return { kind: 'bytes', value: vm.u8.slice(strSpan.addr, strSpan.addr + strSpan.len) };
    case Ty.Tuple: {
      const n = vm.i32[(o + TupleOff.Len) >> 2] as number;
      const items = (o + TupleOff.Items) >> 2;
      return { kind: 'tuple', items: Array.from(vm.i32.subarray(items, items + n), (item) => constantOf(vm, item)) };
    }
    case Ty.Float:
      return { kind: 'float', value: 0, text: repr(vm, o) };
    case Ty.Complex:
      return { kind: 'complex', real: 0, imag: 0, text: repr(vm, o) };
    default:
      return raiseValueError(vm, 'unmarshallable object');
  }
}

/** Which entries of a module's tables a function and its children use. */
interface Used {
  readonly qstrs: Set<number>;
  readonly constants: Set<number>;
}

/** Raw code with its children; what they use goes into `used`. */
function codeOf(vm: Vm, raw: Addr, used: Used, depth: number): RawCode {
  if (depth > MAX_DEPTH) return raiseValueError(vm, 'unmarshallable object');
  const word = (off: RawCodeOff): number => vm.i32[(raw + off) >> 2] as number;
  const start = word(RawCodeOff.Code);
  const code = vm.u8.slice(start, start + word(RawCodeOff.CodeLen));
  const prelude = decodePrelude(code);
  used.qstrs.add(prelude.nameIndex);
  for (const i of prelude.argNameIndices) used.qstrs.add(i);
  for (const { arg, info } of instructions(code, prelude.opcodesStart)) {
    if (info.operand === 'name') used.qstrs.add(arg);
    else if (info.operand === 'constant') used.constants.add(arg);
  }
  const n = word(RawCodeOff.Kind) >>> 16;
  const first = word(RawCodeOff.Children) >> 2;
  const children = Array.from(vm.i32.subarray(first, first + n), (child) => codeOf(vm, child, used, depth + 1));
  return { kind: 'bytecode', code, children };
}

/** The entries of a table up to the last one that is used, at least one. */
function entries<T>(used: Set<number>, of: (i: number) => T, none: T): T[] {
  const list = new Array<T>(Math.max(0, ...used) + 1).fill(none);
  for (const i of used) list[i] = of(i);
  return list;
}

function dumps(vm: Vm, code: Obj): Obj {
  if (vm.typeOf(code) !== Ty.Code) raiseValueError(vm, 'unmarshallable object');
  const context = vm.i32[(code + FullCodeOff.Context) >> 2] as number;
  const qstrs = (vm.i32[(context + ContextOff.Qstrs) >> 2] as number) >> 1;
  const objs = (vm.i32[(context + ContextOff.Objs) >> 2] as number) >> 2;
  // the file's name is always the first entry
  const used: Used = { qstrs: new Set([0]), constants: new Set() };
  const root = codeOf(vm, vm.i32[(code + FullCodeOff.Raw) >> 2] as number, used, 0);
  const module: CompiledModule = {
    qstrs: entries(used.qstrs, (i) => vm.qstrText(vm.u16[qstrs + i] as number), ''),
    constants: entries<Constant>(used.constants, (i) => constantOf(vm, vm.i32[objs + i] as number), { kind: 'none' }),
    root,
  };
  const bytes = writeMpy(module, { smallIntBits: 31 });
  vm.charge(bytes.length);
  return vm.newBytes(bytes);
}

function loads(vm: Vm, data: Obj): Obj {
  getBuffer(vm, data, BUFFER_READ);
  const bytes = vm.u8.slice(vm.buf.addr, vm.buf.addr + vm.buf.len);
  const globals = vm.i32[(vm.ts + TsOff.Globals) >> 2] as number;
  return newCodeOfModule(vm, loadMpy(vm, bytes, globals, 0, MEMORY_READER));
}

export const marshalModule = defineModule({ name: 'marshal', globals: { dumps: fun1(dumps), loads: fun1(loads) } });
