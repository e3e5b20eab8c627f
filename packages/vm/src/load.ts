/**
 * Putting what the compiler has made into the board's RAM: tables, constants, raw code. Files have load-file.ts.
 * Counterpart: py/emitglue.c.
 */
import { type AnyCode, type CompiledModule, type Constant, encodeString, isGenerator } from '@tsmp/mpy-format';
import { ContextOff, FunBcOff, RawCodeOff, StrOff } from './layout.js';
import { newComplex } from './obj/complex.js';
import { newFloat } from './obj/float.js';
import { functionFromRaw } from './obj/function.js';
import { newIntFromBigint } from './obj/int.js';
import { newBytes, newStrFromBytes } from './obj/str-new.js';
import { newTupleFrom } from './obj/tuple.js';
import { hashBytes } from './qstr.js';
import { InternalError, raiseValueError } from './raise.js';
import { Ty } from './types.js';
import { type Addr, newQstrObj, type Obj, type Qstr, Word } from './words.js';
import type { Vm } from './vm.js';

/** Where code comes from, as far as its memory is concerned. */
export interface CodeSource {
  /**
   * Blocks in which compiling left what it made, in the order in which they are asked for here. Code that was compiled without has
   * new ones.
   */
  readonly kept?: readonly Addr[];
  /** The same for constants. */
  readonly keptConstants?: ReadonlyMap<Constant, readonly Addr[]>;
  /** Gives back one of them. */
  readonly free?: (block: Addr) => void;
}

/**
 * Loads a module's code and answers the function of its body, whose globals are `globals`. The handle log keeps everything alive until
 * the native that called returns.
 */
export function loadModule(vm: Vm, module: CompiledModule, globals: Obj, source: CodeSource): Obj {
  return new Loader(vm, source).load(module, globals);
}

class Loader {
  private readonly kept: Iterator<Addr>;
  /** Constants whose kept blocks are in use. */
  private readonly used = new Set<Constant>();

  constructor(
    private readonly vm: Vm,
    private readonly source: CodeSource,
  ) {
    this.kept = (source.kept ?? [])[Symbol.iterator]();
  }

  load(module: CompiledModule, globals: Obj): Obj {
    const { vm } = this;
    const i32 = vm.i32;
    const context = this.block(ContextOff.Size);
    i32[context >> 2] = Ty.Module;
    i32[(context + ContextOff.Globals) >> 2] = globals;
    const nq = module.qstrs.length;
    const qstrWords = (nq * 2 + 3) >> 2;
    const tables = this.block(4 * (qstrWords + module.constants.length));
    i32[(context + ContextOff.Qstrs) >> 2] = tables;
    i32[(context + ContextOff.Objs) >> 2] = tables + 4 * qstrWords;
    module.qstrs.forEach((q, i) => {
      const number = this.intern(encodeString(q));
      vm.u16[(tables >> 1) + i] = number;
    });
    module.constants.forEach((c, i) => {
      const o = this.constant(c);
      i32[(tables >> 2) + qstrWords + i] = o;
    });
    const raw = this.rawCode(module.root, 0);
    return functionFromRaw(vm, raw, context, Word.Null, Word.Null);
  }

  /** The next block. */
  private block(bytes: number): Addr {
    const { vm } = this;
    const kept = this.kept.next();
    if (kept.done === true) return vm.alloc(bytes);
    const blocks = (bytes + 15) >> 4;
    if (vm.heap.nbytes(kept.value) >> 4 < blocks)
      throw new InternalError(`${vm.heap.nbytes(kept.value)} bytes were kept for ${bytes}`);
    return kept.value;
  }

  private intern(text: Uint8Array): Qstr {
    return this.vm.qstrs.internBytes(text, 0, text.length);
  }

  private constant(c: Constant): Obj {
    const { vm } = this;
    switch (c.kind) {
      case 'str': {
        const b = encodeString(c.value);
        if (b.length <= MAX_INTERNED) return newQstrObj(this.intern(b));
        const kept = this.keptConstant(c);
        return kept === undefined || vm.qstrs.find(b, 0, b.length) !== 0
          ? newStrFromBytes(vm, b, 0, b.length)
          : fillStr(vm, Ty.Str, kept, b);
      }
      case 'bytes': {
        const b = c.value;
        const kept = this.keptConstant(c);
        return kept === undefined ? newBytes(vm, b, 0, b.length) : fillStr(vm, Ty.Bytes, kept, b);
      }
      case 'int':
        this.freeConstant(c);
        return newIntFromBigint(vm, c.value);
      case 'float':
        this.freeConstant(c);
        return newFloat(vm, c.value);
      case 'complex':
        this.freeConstant(c);
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
        const kept = this.keptConstant(c)?.[0];
        const t = kept ?? newTupleFrom(vm, c.items.length, 0);
        if (kept !== undefined) {
          vm.i32[t >> 2] = Ty.Tuple;
          vm.i32[(t >> 2) + 1] = c.items.length;
        }
        c.items.forEach((x, i) => {
          const o = this.constant(x);
          vm.i32[(t >> 2) + 2 + i] = o;
        });
        return t;
      }
      default:
        return raiseValueError(vm, 'incompatible .mpy file');
    }
  }

  /** The blocks that compiling left for a constant's object, if it did; for one of them at most. */
  private keptConstant(c: Constant): readonly Addr[] | undefined {
    const kept = this.source.keptConstants?.get(c);
    if (kept === undefined || this.used.has(c)) return undefined;
    this.used.add(c);
    return kept;
  }
  /** Gives them back: the object is made anew. */
  private freeConstant(c: Constant): void {
    for (const block of this.keptConstant(c) ?? []) this.source.free?.(block);
  }

  /** `line`: where the code is made a function. */
  private rawCode(code: AnyCode, line: number): Addr {
    const { vm } = this;
    if (code.kind !== 'bytecode') raiseValueError(vm, 'incompatible .mpy arch');
    const full = vm.profile.level === 'everything';
    const length = code.code.length;
    const bytes = this.block(full ? ((length + 3) & ~3) + 4 : length);
    vm.u8.set(code.code, bytes);
    const n = code.children.length;
    const children = n === 0 ? 0 : this.block(4 * n);
    const lines = full && n > 0 ? (vm.image.childLines?.(code.code, n) ?? []) : [];
    for (let i = 0; i < n; i++) {
      const c = this.rawCode(code.children[i] as AnyCode, lines[i] ?? 0);
      vm.i32[(children >> 2) + i] = c;
    }
    const raw = this.block(full ? RawCodeOff.FullSize : RawCodeOff.Size);
    const isGen = isGenerator(code.code);
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
}

/** Strings up to this length (bytes) the parser interns. */
const MAX_INTERNED = 10;

/** Makes a str or bytes object of the blocks of object and data. */
function fillStr(vm: Vm, type: Addr, [o, data]: readonly Addr[], b: Uint8Array): Obj {
  if (o === undefined || data === undefined) throw new InternalError('a constant has no blocks');
  vm.u8.set(b, data);
  vm.u8[data + b.length] = 0;
  vm.i32[o >> 2] = type;
  vm.i32[(o + StrOff.Hash) >> 2] = hashBytes(b, 0, b.length);
  vm.i32[(o + StrOff.Len) >> 2] = b.length;
  vm.i32[(o + StrOff.Data) >> 2] = data;
  return o;
}

/** The raw code of a function that was loaded into RAM; 0 when it is not kept. */
export function rawCodeOf(vm: Vm, fun: Obj): Addr {
  const code = vm.i32[(fun + FunBcOff.Bytecode) >> 2] as number;
  if (vm.profile.level !== 'everything' || code < vm.heapStart) return 0;
  return vm.i32[(code + vm.heap.nbytes(code) - 4) >> 2] as number;
}
