/**
 * The opcode table as the verifier reads it: small numbers by opcode. Derived from the rows of opcode-table.ts, so that an opcode is
 * described once.
 */
import { Op } from '@tsmp-internal/bytecode';
import { OPCODES, type OpcodeInfo, type OperandKind, type StackCount } from './opcode-table.js';

/** What follows an opcode, as the first pass reads it. */
export const enum Operand {
  /** Not an opcode. */
  Bad,
  None,
  LoadFast,
  StoreFast,
  Name,
  Constant,
  Local,
  Child,
  Int,
  Call,
  Count,
  Jump,
}

/** Stands for a number of stack entries that depends on the operand. */
export const BY_OPERAND = -1;

/** Entries of an iterator on the stack. */
export const ITER_SLOTS = 4;

const KINDS: Readonly<Record<OperandKind, Operand>> = {
  none: Operand.None,
  name: Operand.Name,
  constant: Operand.Constant,
  local: Operand.Local,
  child: Operand.Child,
  int: Operand.Int,
  call: Operand.Call,
  count: Operand.Count,
  jump: Operand.Jump,
};

/** A number for each opcode. Marked as pure, so that bundles without the verifier go without its tables. */
function byOpcode(numberOf: (info: OpcodeInfo, op: number) => number): Int8Array {
  const table = new Int8Array(256);
  for (const info of OPCODES)
    for (let op = info.code; op < info.code + info.count; op++) table[op] = numberOf(info, op);
  return table;
}

function countOf(count: StackCount): number {
  return typeof count === 'number' ? count : BY_OPERAND;
}

/** What follows an opcode. */
export const OPERANDS = /* @__PURE__ */ byOpcode((info) => {
  if (info.code === Op.LoadFastMulti) return Operand.LoadFast;
  return info.code === Op.StoreFastMulti ? Operand.StoreFast : KINDS[info.operand];
});
/** Whether a jump may go back. */
export const SIGNED = /* @__PURE__ */ byOpcode((info) => (info.signed ? 1 : 0));
/** How many bytes follow the operand. */
export const EXTRA = /* @__PURE__ */ byOpcode((info) => (info.extraByte ? 1 : 0));
/** Entries taken, and entries put in their place; {@link BY_OPERAND} where that is not said by the opcode. */
export const POPS = /* @__PURE__ */ byOpcode((info) => countOf(info.pops));
export const PUSHES = /* @__PURE__ */ byOpcode((info) => countOf(info.pushes));
/** Entries that are looked at and left where they are. */
export const NEEDS = /* @__PURE__ */ byOpcode((_info, op) => {
  switch (op) {
    case Op.DupTop:
    case Op.ImportFrom:
      return 1;
    case Op.DupTopTwo:
      return 2;
    case Op.StoreMap:
      return 3;
    case Op.ForIter:
      return ITER_SLOTS;
    default:
      return 0;
  }
});

/** 1 where an instruction only moves entries: it goes on to the next one and has nothing to do with blocks. */
export const PLAIN = /* @__PURE__ */ byOpcode((info, op) => {
  switch (op) {
    case Op.WithCleanup:
    case Op.EndFinally:
    case Op.GetIterStack:
    case Op.YieldValue:
    case Op.YieldFrom:
      return 0;
    default:
      return info.ends || info.operand === 'jump' ? 0 : 1;
  }
});
