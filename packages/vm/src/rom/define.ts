/**
 * How native types, functions and modules are declared. A declaration is plain data plus TypeScript functions; the ROM
 * builder lays it out in flash and names each native after its place (`list.append`, `machine.Pin.value`), so an image can
 * be linked again with the functions of another process. `machine`, `network` and third parties use the same calls.
 *
 * Natives take the VM, then object words. They answer with an object word, or with `Word.Call` after they pushed a frame
 * (see `tail.ts`), or with `Word.Wait`.
 */
import type { Addr, Obj, Qstr } from '../words.js';
import type { Vm } from '../vm.js';
import type { Printer } from '../print.js';

/** A native without arguments. */
export type Fun0 = (vm: Vm) => Obj;
/** A native of one argument. */
export type Fun1 = (vm: Vm, a: Obj) => Obj;
/** A native of two arguments. */
export type Fun2 = (vm: Vm, a: Obj, b: Obj) => Obj;
/** A native of three arguments. */
export type Fun3 = (vm: Vm, a: Obj, b: Obj, c: Obj) => Obj;
/** `args` is the address of `nArgs` words, then of `nKw` pairs (key, value). */
export type FunVar = (vm: Vm, nArgs: number, nKw: number, args: Addr) => Obj;

/** Makes an instance of `type`; arguments as of {@link FunVar}. */
export type MakeNewFn = (vm: Vm, type: Addr, nArgs: number, nKw: number, args: Addr) => Obj;
/**
 * Writes what an object shows. `kind`: 0 as `print` does, 1 as `repr` does, 2 in a traceback, 3 as JSON, 4 bytes without quotes; 0x80
 * is added by subclasses of exceptions.
 */
export type PrintFn = (vm: Vm, out: Printer, o: Obj, kind: number) => void;
/** Calls an object; arguments as of {@link FunVar}. */
export type CallFn = (vm: Vm, fun: Obj, nArgs: number, nKw: number, args: Addr) => Obj;
/** `Word.Null`: not supported. `op` is a `UnaryOp`. */
export type UnaryOpFn = (vm: Vm, op: number, o: Obj) => Obj;
/** `Word.Null`: not supported. `op` is a `BinaryOp`. */
export type BinaryOpFn = (vm: Vm, op: number, a: Obj, b: Obj) => Obj;
/**
 * Load: `vm.dest0` is Null on entry; the native sets `dest0` (and `dest1` = self for a method), or `dest1` = Sentinel to let
 * the lookup go on in the locals dict. Store: `dest0` is Sentinel and `dest1` the value; delete: `dest1` is Null; on
 * success set `dest0` = Null.
 * May return Call after pushing a frame whose result is the attribute; otherwise 0.
 */
export type AttrFn = (vm: Vm, o: Obj, attr: Qstr) => number;
/** `value`: Sentinel to load, Null to delete, else the value to store (answer None). Null: not supported. */
export type SubscrFn = (vm: Vm, o: Obj, index: Obj, value: Obj) => Obj;
/** `iterBuf`: address of four words on the value stack that the iterator may use as its body, or 0 to allocate one. */
export type GetiterFn = (vm: Vm, o: Obj, iterBuf: Addr) => Obj;
/** Null at the end. */
export type IternextFn = (vm: Vm, o: Obj) => Obj;
/** Fills `vm.buf` (see `BufferInfo`); false when the access is not supported. */
export type BufferFn = (vm: Vm, o: Obj, flags: number) => boolean;

/**
 * Continuation of a tail native: gets the value that arrived at its `Rec.Native` record and the record's two words; answers as
 * any native does.
 */
export type LinkFn = (vm: Vm, value: Obj, w1: number, w2: number) => Obj;

/** A built-in function. */
export interface FunDef {
  readonly def: 'fun';
  readonly arity: 0 | 1 | 2 | 3 | 'var';
  readonly min: number;
  readonly max: number;
  readonly kw: boolean;
  readonly fn: Fun0 | Fun1 | Fun2 | Fun3 | FunVar;
}
/** A native type. */
export interface TypeDef {
  readonly def: 'type';
  readonly name: string;
  /** Key in `CORE_TYPES` when the type has a fixed address. */
  readonly core?: string | undefined;
  readonly flags?: number | undefined;
  readonly makeNew?: MakeNewFn | undefined;
  readonly print?: PrintFn | undefined;
  readonly call?: CallFn | undefined;
  readonly unaryOp?: UnaryOpFn | undefined;
  readonly binaryOp?: BinaryOpFn | undefined;
  readonly attr?: AttrFn | undefined;
  readonly subscr?: SubscrFn | undefined;
  /** `'self'`: the object is its own iterator. */
  readonly getiter?: GetiterFn | 'self' | undefined;
  readonly iternext?: IternextFn | undefined;
  readonly buffer?: BufferFn | undefined;
  /** Host-side protocol (a stream, say): any object; natives find it with `vm.protocolOf(type)`. */
  readonly protocol?: object | undefined;
  readonly parent?: TypeDef | readonly TypeDef[] | undefined;
  /** Methods and other members; a function is asked when all modules are loaded. */
  readonly locals?: Readonly<Record<string, RomValue>> | (() => Readonly<Record<string, RomValue>>) | undefined;
}
/** A function written in Python, compiled into the image; its frames are hidden from tracebacks. */
export interface PyFunDef {
  readonly def: 'py';
  /** Source of one `def`; of this package's own functions in `python.ts`. */
  readonly source?: string | undefined;
  readonly name: string;
}
/** A built-in module. */
export interface ModuleDef {
  readonly def: 'module';
  readonly name: string;
  readonly globals: Readonly<Record<string, RomValue>>;
  /** Objects without a name that natives answer; `moduleConstant` finds them. */
  readonly constants?: readonly RomValue[] | undefined;
  /** Called for names that `globals` lacks, and for stores (attribute delegation). */
  readonly attr?: AttrFn | undefined;
  /** Whether a file of the same name on `sys.path` comes first (as MicroPython's extensible modules). */
  readonly extensible?: boolean | undefined;
  /** Called when first imported. */
  readonly init?: Fun0 | undefined;
}
/** A constant object in ROM. */
export type RomValue =
  | number
  | boolean
  | null
  | string
  | bigint
  | FunDef
  | TypeDef
  | PyFunDef
  | ModuleDef
  | { readonly def: 'bytes'; readonly value: Uint8Array }
  | { readonly def: 'float'; readonly value: number }
  | { readonly def: 'tuple'; readonly items: readonly RomValue[] }
  /** Tuple with named fields (`sys.implementation`). */
  | { readonly def: 'attrtuple'; readonly names: readonly string[]; readonly items: readonly RomValue[] }
  /** A read-only dict whose keys are ints or strs. */
  | { readonly def: 'dict'; readonly entries: readonly (readonly [number | string, RomValue])[] }
  | { readonly def: 'static'; readonly fun: FunDef | PyFunDef }
  | { readonly def: 'classmethod'; readonly fun: FunDef | PyFunDef }
  | { readonly def: 'ellipsis' | 'notimplemented' }
  /** An instance of a native type without state (`sys.stdin`): the type's object with the given words behind it. */
  | { readonly def: 'object'; readonly type: TypeDef; readonly words: readonly number[] };

const MAX_ARGS = 0xffff;

/** A function without arguments. */
export function fun0(fn: Fun0): FunDef {
  return { def: 'fun', arity: 0, min: 0, max: 0, kw: false, fn };
}
/** A function of one argument. */
export function fun1(fn: Fun1): FunDef {
  return { def: 'fun', arity: 1, min: 1, max: 1, kw: false, fn };
}
/** A function of two arguments. */
export function fun2(fn: Fun2): FunDef {
  return { def: 'fun', arity: 2, min: 2, max: 2, kw: false, fn };
}
/** A function of three arguments. */
export function fun3(fn: Fun3): FunDef {
  return { def: 'fun', arity: 3, min: 3, max: 3, kw: false, fn };
}
/** `max` omitted: any number. */
export function funVar(min: number, max: number | undefined, fn: FunVar): FunDef {
  return { def: 'fun', arity: 'var', min, max: max ?? MAX_ARGS, kw: false, fn };
}
/** Takes keywords too; at least `min` positional arguments. */
export function funKw(min: number, fn: FunVar): FunDef {
  return { def: 'fun', arity: 'var', min, max: MAX_ARGS, kw: true, fn };
}
/** A function as a static method. */
export function staticMethod(fun: FunDef | PyFunDef): RomValue {
  return { def: 'static', fun };
}
/** A function as a class method. */
export function classMethod(fun: FunDef | PyFunDef): RomValue {
  return { def: 'classmethod', fun };
}
/** Every function made by {@link pyFun}, in the order of their modules: all of them go into an image. */
export const ALL_PY_FUNS: PyFunDef[] = [];

/**
 * A hidden-frame function in Python: `source` is one `def`, `name` its name. (This package's own have their text in `python.ts`.) Natives call it by `vm.addrOf`; it need not be
 * reachable from a type or module.
 */
export function pyFun(name: string, source?: string): PyFunDef {
  const def: PyFunDef = { def: 'py', name, source };
  ALL_PY_FUNS.push(def);
  return def;
}
/** A float in ROM. */
export function romFloat(value: number): RomValue {
  return { def: 'float', value };
}
/** A tuple in ROM. */
export function romTuple(items: readonly RomValue[]): RomValue {
  return { def: 'tuple', items };
}
/** Declares a type. */
export function defineType(t: Omit<TypeDef, 'def'>): TypeDef {
  return { def: 'type', ...t };
}
/** Declares a module. */
export function defineModule(m: Omit<ModuleDef, 'def'>): ModuleDef {
  return { def: 'module', ...m };
}
