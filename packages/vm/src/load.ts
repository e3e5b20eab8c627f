/** Putting compiled code into the board's RAM: tables, constants, raw code. Counterpart: py/persistentcode.c, py/emitglue.c. */
import { ScopeFlag } from '@tsmp-internal/bytecode';
import { type AnyCode, type CompiledModule, type Constant, decodePrelude, encodeString } from '@tsmp/mpy-format';
import { ContextOff, FunBcOff, RawCodeOff } from './layout.js';
import { newComplex } from './obj/complex.js';
import { newFloat } from './obj/float.js';
import { functionFromRaw } from './obj/function.js';
import { newIntFromBigint } from './obj/int.js';
import { newBytes, newStrFromBytes, newStrInPlace } from './obj/str-new.js';
import { newTupleFrom } from './obj/tuple.js';
import { raiseValueError } from './raise.js';
import { Ty } from './types.js';
import { type Addr, newQstrObj, type Obj, Word } from './words.js';
import type { Vm } from './vm.js';

/**
 * Loads a module's code and answers the function of its body, whose globals are `globals`. `into`: a module object that becomes
 * the code's context; 0: a new one. The handle log keeps everything alive until the native that called returns.
 * `compiledHere`: the code is no `.mpy` file's, so the parser has interned its short strings. `place`: see `loadMpy`.
 */
export function loadModule(
  vm: Vm,
  module: CompiledModule,
  globals: Obj,
  into: Obj = 0,
  compiledHere = false,
  place: Addr = 0,
): Obj {
  const i32 = vm.i32;
  const context = into === 0 ? vm.allocObj(ContextOff.Size, Ty.Module) : into;
  i32[(context + ContextOff.Globals) >> 2] = globals;
  const nq = module.qstrs.length;
  const qstrWords = (nq * 2 + 3) >> 2;
  const tables = vm.alloc(4 * (qstrWords + module.constants.length));
  i32[(context + ContextOff.Qstrs) >> 2] = tables;
  i32[(context + ContextOff.Objs) >> 2] = tables + 4 * qstrWords;
  module.qstrs.forEach((q, i) => {
    const bytes = encodeString(q);
    vm.u16[(tables >> 1) + i] = vm.qstrs.internBytes(bytes, 0, bytes.length);
  });
  module.constants.forEach((c, i) => {
    const o = constant(vm, c, compiledHere, place);
    i32[(tables >> 2) + qstrWords + i] = o;
  });
  const raw = rawCode(vm, module.root, 0, compiledHere);
  return functionFromRaw(vm, raw, context, Word.Null, Word.Null);
}

/** Strings up to this length (bytes) the parser interns. */
const MAX_INTERNED = 10;

function constant(vm: Vm, c: Constant, compiledHere: boolean, place: Addr): Obj {
  switch (c.kind) {
    case 'str': {
      const b = encodeString(c.value);
      if (place !== 0 && c.at !== undefined) return newStrInPlace(vm, Ty.Str, place + c.at, b.length);
      if (compiledHere && b.length <= MAX_INTERNED) return newQstrObj(vm.qstrs.internBytes(b, 0, b.length));
      return newStrFromBytes(vm, b, 0, b.length);
    }
    case 'bytes':
      if (place !== 0 && c.at !== undefined) return newStrInPlace(vm, Ty.Bytes, place + c.at, c.value.length);
      if (c.value.length === 0 && !compiledHere) return vm.image.emptyBytes;
      return newBytes(vm, c.value, 0, c.value.length);
    case 'int':
      return newIntFromBigint(vm, c.value);
    case 'float':
      return newFloat(vm, c.value);
    case 'complex':
      return newComplex(vm, c.real, c.imag);
    case 'none':
      return Word.None;
    case 'true':
      return Word.True;
    case 'false':
      return Word.False;
    case 'ellipsis':
      return vm.image.ellipsis;
    case 'tuple': {
      const t = newTupleFrom(vm, c.items.length, 0);
      c.items.forEach((x, i) => {
        const o = constant(vm, x, compiledHere, place);
        vm.i32[(t >> 2) + 2 + i] = o;
      });
      return t;
    }
    default:
      return raiseValueError(vm, 'incompatible .mpy file');
  }
}

/** `line`: where the code is made a function. */
function rawCode(vm: Vm, code: AnyCode, line: number, compiledHere: boolean): Addr {
  if (code.kind !== 'bytecode') raiseValueError(vm, 'incompatible .mpy arch');
  const full = vm.profile.level === 'everything';
  const length = code.code.length;
  const bytes = vm.alloc(full ? ((length + 3) & ~3) + 4 : length);
  vm.u8.set(code.code, bytes);
  const n = code.children.length;
  const children = n === 0 ? 0 : vm.alloc(4 * n);
  const lines = full && compiledHere && n > 0 ? (vm.image.childLines?.(code.code, n) ?? []) : [];
  for (let i = 0; i < n; i++) {
    const c = rawCode(vm, code.children[i] as AnyCode, lines[i] ?? 0, compiledHere);
    vm.i32[(children >> 2) + i] = c;
  }
  const raw = vm.alloc(full ? RawCodeOff.FullSize : RawCodeOff.Size);
  const isGen = (decodePrelude(code.code).scopeFlags & ScopeFlag.Generator) !== 0;
  vm.i32[raw >> 2] = 2 | (isGen ? 0x100 : 0) | (n << 16);
  vm.i32[(raw + RawCodeOff.Code) >> 2] = bytes;
  vm.i32[(raw + RawCodeOff.Children) >> 2] = children;
  vm.i32[(raw + RawCodeOff.CodeLen) >> 2] = length;
  if (full) {
    vm.i32[(raw + RawCodeOff.Line) >> 2] = line;
    vm.i32[(bytes + vm.heap.nbytes(bytes) - 4) >> 2] = raw;
  }
  return raw;
}

/** The raw code of a function that was loaded into RAM; 0 when it is not kept. */
export function rawCodeOf(vm: Vm, fun: Obj): Addr {
  const code = vm.i32[(fun + FunBcOff.Bytecode) >> 2] as number;
  if (vm.profile.level !== 'everything' || code < vm.heapStart) return 0;
  return vm.i32[(code + vm.heap.nbytes(code) - 4) >> 2] as number;
}
