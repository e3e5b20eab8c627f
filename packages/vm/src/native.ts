/**
 * What natives of other packages work with: the words that stand for fixed values, addresses of the core types, and the
 * conversions between Python objects and host values. Plain constants, since the VM's own `const enum`s stay inside.
 */
import { DictOff, Root } from './layout.js';
import { mapNextFilled } from './map.js';
import { Ty as CoreTy, TypeFlag as CoreTypeFlag } from './types.js';
import { getArray, array } from './obj/seq.js';
import { getStr, strSpan } from './obj/str-new.js';
import type { Vm } from './vm.js';
import { type Addr, type Obj, Word } from './words.js';

/** Items of a tuple or list: how many, and the address of the first; raises TypeError for anything else. */
export function arrayItems(vm: Vm, o: Obj): { readonly len: number; readonly items: Addr } {
  getArray(vm, o);
  return { len: array.len, items: array.items };
}
/** Keys and values of a dict, as they are now. */
export function dictItems(vm: Vm, dict: Obj): [Obj, Obj][] {
  const out: [Obj, Obj][] = [];
  const map = dict + DictOff.Map;
  for (let i = mapNextFilled(vm, map, 0); i >= 0; i = mapNextFilled(vm, map, i + 1)) {
    const at = ((vm.i32[(map >> 2) + 2] as number) >> 2) + 2 * i;
    out.push([vm.i32[at] as number, vm.i32[at + 1] as number]);
  }
  return out;
}
/** The UTF-8 bytes of a str, or the bytes of a bytes object; raises TypeError for anything else. */
export function strBytes(vm: Vm, o: Obj): Uint8Array {
  getStr(vm, o);
  return vm.u8.subarray(strSpan.addr, strSpan.addr + strSpan.len);
}

/** No object: "not supported", an absent argument, the end of an iteration. */
export const NULL: number = Word.Null;
/** As `value` of a subscript: load. */
export const SENTINEL: number = Word.Sentinel;
/** Answer of a native that pushed a frame: its result comes when that frame returns. */
export const CALL: number = Word.Call;
/** Answer of a native that waits: it is entered again with the same arguments. */
export const WAIT: number = Word.Wait;
/** The word of None. */
export const NONE: number = Word.None;
/** The word of False. */
export const FALSE: number = Word.False;
/** The word of True. */
export const TRUE: number = Word.True;

/** Addresses of core types that natives compare with and raise. */
export const TYPES = {
  int: CoreTy.Int as number,
  str: CoreTy.Str as number,
  bytes: CoreTy.Bytes as number,
  tuple: CoreTy.Tuple as number,
  list: CoreTy.List as number,
  dict: CoreTy.Dict as number,
  KeyError: CoreTy.KeyError as number,
  IndexError: CoreTy.IndexError as number,
  OSError: CoreTy.OSError as number,
  ValueError: CoreTy.ValueError as number,
  TypeError: CoreTy.TypeError as number,
  ImportError: CoreTy.ImportError as number,
  RuntimeError: CoreTy.RuntimeError as number,
  bytearray: CoreTy.Bytearray as number,
  OrderedDict: CoreTy.OrderedDict as number,
  NotImplementedError: CoreTy.NotImplementedError as number,
  SystemExit: CoreTy.SystemExit as number,
  KeyboardInterrupt: CoreTy.KeyboardInterrupt as number,
  EOFError: CoreTy.EOFError as number,
  memoryview: CoreTy.Memoryview as number,
} as const;

/** Flags of a type definition. */
export const TYPE_FLAGS = {
  /** Iterating runs no Python code and never waits. */
  leafIter: CoreTypeFlag.LeafIter as number,
} as const;

/**
 * Static root words (for `vm.root`, `vm.setRoot`) that the core leaves to others: a filesystem's mount table and current volume;
 * the prompts and the interrupt character (−1: none) of a REPL; the first word of the module `__main__`;
 * the dict of asyncio's scheduler; the interrupt objects of the pins.
 */
export const ROOTS = {
  mountTable: Root.MountTable as number,
  curDir: Root.CurDir as number,
  ps1: Root.Ps1 as number,
  ps2: Root.Ps2 as number,
  kbdIntrChar: Root.KbdIntrChar as number,
  mainModule: Root.MainModule as number,
  asyncioContext: Root.AsyncioContext as number,
  irqs: Root.Irqs as number,
} as const;

export { type ArgKindName, type ArgParameter, type ArgTable, argTable, readArgs } from './arg-table.js';
export { isExceptionInstance } from './obj/exception.js';
export { newFloat } from './obj/float.js';
export { newInt, newIntFromUint32 } from './obj/int.js';
export { listAppend, newList } from './obj/list.js';
export { getIntTruncated, getUint32 } from './obj/number.js';
export { isStr, newStr, newStrFromBytes, strText } from './obj/str-new.js';
export { castToNativeBase } from './obj/class-lookup.js';
export {
  getItem as getArrayItem,
  getValue,
  itemSize as arrayItemSize,
  setItem as setArrayItem,
  setValue,
} from './binary.js';
export {
  BUFFER_READ,
  BUFFER_WRITE,
  callMethod,
  callN,
  checkArgCount,
  getBuffer,
  getBufferMaybe,
  getFloat,
  getInt,
  isInt,
  isTrue,
  loadMethodMaybe,
  subscr,
  typeNameOf,
} from './runtime.js';
export { dictStore, mapAdd, mapFind, mapInit, mapNextFilled, mapRemove, newDict } from './map.js';
export { array, getArray } from './obj/seq.js';
export { resumeWait, schedule, waitUntil } from './schedule.js';
export { tailCall, tailCall1, tailCall2, tailCall3 } from './tail.js';
export { isSmallInt, newBool, newSmallInt, smallIntValue } from './words.js';
export { raiseNoAttribute } from './tail.js';
