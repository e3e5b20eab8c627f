/**
 * bool: the immediates False and True, which calculate as 0 and 1. Counterpart: py/objbool.c.
 */
import { BinaryOp, UnaryOp } from '@tsmp-internal/bytecode';
import { PrintKind, type Printer } from '../print.js';
import { defineType } from '../rom/define.js';
import { checkArgCount } from '../runtime.js';
import { raiseUnsupportedBinary, tailBinaryOp, tailBool } from '../tail.js';
import { Ty, TypeFlag } from '../types.js';
import { type Addr, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { smallIntUnary } from './int.js';

function asSmallInt(o: Obj): Obj {
  return newSmallInt(o === Word.False ? 0 : 1);
}

function boolPrint(_vm: Vm, out: Printer, o: Obj, kind: PrintKind): void {
  if (kind === PrintKind.Json) out.write(o === Word.False ? 'false' : 'true');
  else out.write(o === Word.False ? 'False' : 'True');
}

function boolMakeNew(vm: Vm, _type: Addr, nArgs: number, nKw: number, args: Addr): Obj {
  checkArgCount(vm, nArgs, nKw, 0, 1, false);
  return nArgs === 0 ? Word.False : tailBool(vm, vm.i32[args >> 2] as Obj);
}

function boolUnary(vm: Vm, op: number, o: Obj): Obj {
  return op === UnaryOp.Len ? Word.Null : smallIntUnary(vm, op, asSmallInt(o));
}

function boolBinary(vm: Vm, op: number, a: Obj, b: Obj): Obj {
  if (op > BinaryOp.Contains && (b & 3) === 0 && (vm.i32[b >> 2] === Ty.Float || vm.i32[b >> 2] === Ty.Complex)) {
    // small ints and floats are tried once only, so the message names the reverse operation
    raiseUnsupportedBinary(vm, op, asSmallInt(a), b);
  }
  return tailBinaryOp(vm, op, asSmallInt(a), b);
}

/** `bool`. */
export const boolType = defineType({
  name: 'bool',
  core: 'Bool',
  flags: TypeFlag.EqChecksOtherType,
  makeNew: boolMakeNew,
  print: boolPrint,
  unaryOp: boolUnary,
  binaryOp: boolBinary,
});
