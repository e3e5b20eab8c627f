/**
 * The slots of classes made in Python: operators, calls, iteration and printing go to special methods, or to the sub-object of a
 * native base. Counterpart: py/objtype.c.
 */
import { UnaryOp } from '@tsmp-internal/bytecode';
import { callWithSelf, tailCall, tailCall1, tailCall2, tailCallMethod } from '../call.js';
import { InstanceOff, MapOff } from '../layout.js';
import { PrintKind, type Printer } from '../print.js';
import { Q } from '../q.js';
import { raiseFormat } from '../raise.js';
import { pushRec, Rec } from '../records.js';
import type { BufferFn } from '../rom/define.js';
import { stackOverflow } from '../records.js';
import { call1, printObj, typeName } from '../runtime.js';
import { binaryMethod, UNARY_METHODS } from '../special-methods.js';
import { tailBinaryOp, tailCall3, tailGetIter, tailSubscr, tailUnaryOp } from '../tail.js';
import { Ty, TypeOff } from '../types.js';
import { type Addr, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { addressText } from './address.js';
import { classLookup, countNativeBases, lookupSpecial } from './class-lookup.js';
import { isNativeExceptionInstance } from './exception.js';

function subobj(vm: Vm, o: Obj): Obj {
  return vm.i32[(o + InstanceOff.Subobj) >> 2] as number;
}

export function instancePrint(vm: Vm, out: Printer, o: Obj, kind: PrintKind): void {
  const type = vm.i32[o >> 2] as number;
  lookupSpecial(vm, o, kind === PrintKind.Str ? Q.__str__ : Q.__repr__, TypeOff.Print);
  if (vm.dest0 === Word.Null && kind === PrintKind.Str) lookupSpecial(vm, o, Q.__repr__, 0);
  if (vm.dest0 === Word.Sentinel) {
    const sub = subobj(vm, o);
    if (isNativeExceptionInstance(vm, sub)) {
      if (kind !== PrintKind.Str) out.write(typeName(vm, type));
      printObj(vm, out, sub, kind | PrintKind.ExcSubclass);
    } else printObj(vm, out, sub, kind);
    return;
  }
  if (vm.dest0 !== Word.Null) {
    printObj(vm, out, call1(vm, vm.dest0, o), PrintKind.Str);
    return;
  }
  out.write(`<${typeName(vm, type)} object at ${addressText(vm, o)}>`);
}

export function instanceUnaryOp(vm: Vm, op: number, o: Obj): Obj {
  if (op === UnaryOp.Sizeof) {
    const natives = countNativeBases(vm, vm.i32[o >> 2] as number);
    return newSmallInt(
      InstanceOff.Subobj + 4 * natives + 8 * (vm.i32[(o + InstanceOff.Members + MapOff.Alloc) >> 2] as number),
    );
  }
  lookupSpecial(vm, o, UNARY_METHODS[op] as number, TypeOff.UnaryOp);
  if (vm.dest0 === Word.Sentinel) {
    const sub = subobj(vm, o);
    if (vm.typeOf(sub) !== Ty.Bytes) return tailUnaryOp(vm, op, sub);
    // upstream's bytes have no such slot: a subclass has neither their length nor their hash
    return op === UnaryOp.Hash ? newSmallInt(o) : Word.Null;
  }
  if (vm.dest0 !== Word.Null) {
    const fun = vm.dest0;
    if (op === UnaryOp.Hash || op === UnaryOp.IntMaybe) pushRec(vm, Rec.UnaryResult, op, 0, 0);
    return tailCall1(vm, fun, o);
  }
  if (op === UnaryOp.Hash) {
    lookupSpecial(vm, o, Q.__eq__, TypeOff.UnaryOp);
    if (vm.dest0 === Word.Null) return newSmallInt(o);
  }
  return Word.Null;
}

export function instanceBinaryOp(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  lookupSpecial(vm, a, binaryMethod(vm, op), TypeOff.BinaryOp);
  if (vm.dest0 === Word.Sentinel) return tailBinaryOp(vm, op, subobj(vm, a), b);
  if (vm.dest0 === Word.Null) return Word.Null;
  return tailCallMethod(vm, vm.dest0, vm.dest1, b, Word.Null);
}

export function instanceSubscr(vm: Vm, o: Obj, index: Obj, value: Obj): Obj {
  const name = value === Word.Null ? Q.__delitem__ : value === Word.Sentinel ? Q.__getitem__ : Q.__setitem__;
  lookupSpecial(vm, o, name, TypeOff.Subscr);
  if (vm.dest0 === Word.Sentinel) return tailSubscr(vm, subobj(vm, o), index, value);
  if (vm.dest0 === Word.Null) return Word.Null;
  const { dest0: fun, dest1: self } = vm;
  if (value === Word.Null || value === Word.Sentinel) return tailCallMethod(vm, fun, self, index, Word.Null);
  return self === Word.Null ? tailCall2(vm, fun, index, value) : tailCall3(vm, fun, self, index, value);
}

export function instanceCall(vm: Vm, o: Obj, nArgs: number, nKw: number, args: Addr): Obj {
  lookupSpecial(vm, o, Q.__call__, TypeOff.Call);
  if (vm.dest0 === Word.Null)
    raiseFormat(vm, Ty.TypeError, "'%s' object isn't callable", typeName(vm, vm.i32[o >> 2] as number));
  if (vm.dest0 === Word.Sentinel) return tailCall(vm, subobj(vm, o), nArgs, nKw, args);
  if (vm.dest1 === Word.Null) return callPlain(vm, vm.dest0, nArgs, nKw, args);
  return callWithSelf(vm, vm.dest0, vm.dest1, nArgs, nKw, args);
}
/** Calls a `__call__` that is no function; a chain of such is only as long as JavaScript's stack allows. */
export function callPlain(vm: Vm, fun: Obj, nArgs: number, nKw: number, args: Addr): Obj {
  if (callChain >= MAX_CALL_CHAIN) stackOverflow(vm);
  callChain++;
  try {
    return tailCall(vm, fun, nArgs, nKw, args);
  } finally {
    callChain--;
  }
}
const MAX_CALL_CHAIN = 100;
let callChain = 0;

/** Whether an instance has `__call__`. */
export function instanceIsCallable(vm: Vm, o: Obj): boolean {
  lookupSpecial(vm, o, Q.__call__, TypeOff.Call);
  return vm.dest0 !== Word.Null;
}

export function instanceGetiter(vm: Vm, o: Obj, iterBuf: Addr): Obj {
  lookupSpecial(vm, o, Q.__iter__, TypeOff.Getiter);
  if (vm.dest0 === Word.Null) return Word.Null;
  if (vm.dest0 === Word.Sentinel) return tailGetIter(vm, subobj(vm, o), iterBuf);
  return tailCallMethod(vm, vm.dest0, vm.dest1, Word.Null, Word.Null);
}

export function instanceBuffer(vm: Vm, o: Obj, flags: number): boolean {
  vm.dest0 = Word.Null;
  vm.dest1 = Word.Null;
  classLookup(vm, o, Q.Empty, TypeOff.Buffer, false, vm.i32[o >> 2] as number);
  if (vm.dest0 !== Word.Sentinel) return false;
  const sub = subobj(vm, o);
  const slot = vm.i32[(vm.typeOf(sub) + TypeOff.Buffer) >> 2] as number;
  return slot !== 0 && (vm.fns[slot - 1] as BufferFn)(vm, sub, flags);
}
