/**
 * The opcode table as the verifier reads it: small numbers by opcode. Derived from the rows of opcode-table.ts, so that an opcode is
 * described once.
 */
import { Op } from '@tsmp-internal/bytecode';
import { OPCODES, type OpcodeInfo, type OperandKind } from './opcode-table.js';

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

function operandOf(info: OpcodeInfo): Operand {
  if (info.code === Op.LoadFastMulti) return Operand.LoadFast;
  return info.code === Op.StoreFastMulti ? Operand.StoreFast : KINDS[info.operand];
}

/** A number for each opcode. Marked as pure, so that bundles without the verifier go without its tables. */
function byOpcode(numberOf: (info: OpcodeInfo, op: number) => number): Int8Array {
  const table = new Int8Array(256);
  for (const info of OPCODES)
    for (let op = info.code; op < info.code + info.count; op++) table[op] = numberOf(info, op);
  return table;
}

/** In {@link OPERANDS}, beside the kind of operand: a jump that may go back, and a byte behind the operand. */
export const SIGNED = 0x10;
export const EXTRA = 0x20;
/** The bits of {@link OPERANDS} that are an {@link Operand}. */
export const OPERAND = 0xf;

/** What follows an opcode. */
export const OPERANDS = /* @__PURE__ */ byOpcode(
  (info) => operandOf(info) | (info.signed ? SIGNED : 0) | (info.extraByte ? EXTRA : 0),
);
/** Shifts of the second and third byte. */
export const PUSHES = 8;
export const NEEDS = 16;
/** It only moves entries: it goes on to the next one and has nothing to do with blocks. */
export const PLAIN = 1 << 24;
/** Entries taken or put depend on the operand. */
export const BY_OPERAND = 1 << 25;
/** Plain, its effect known, and it neither looks at entries nor starts an iterator or a method. */
export const SIMPLE = 1 << 26;

/**
 * What an opcode does to the stack: entries taken in the low byte; then those put in their place, those that are looked at and left
 * where they are, and flags. With {@link BY_OPERAND}, how many are taken and put is not said here.
 */
export const EFFECTS = /* @__PURE__ */ effects();

function effects(): Int32Array {
  const table = new Int32Array(256);
  for (const info of OPCODES) {
    for (let op = info.code; op < info.code + info.count; op++) {
      const { pops, pushes } = info;
      const known = typeof pops === 'number' && typeof pushes === 'number' && op !== Op.StoreComp;
      const looks = needs(op);
      const plain = isPlain(info, op);
      const starts = op === Op.LoadNull || op === Op.LoadMethod || op === Op.LoadSuperMethod;
      table[op] =
        (known ? pops | (pushes << PUSHES) : BY_OPERAND) |
        (looks << NEEDS) |
        (plain ? PLAIN : 0) |
        (plain && known && looks === 0 && !starts ? SIMPLE : 0);
    }
  }
  return table;
}

function needs(op: number): number {
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
}

function isPlain(info: OpcodeInfo, op: number): boolean {
  switch (op) {
    case Op.WithCleanup:
    case Op.EndFinally:
    case Op.GetIterStack:
    case Op.YieldValue:
    case Op.YieldFrom:
      return false;
    default:
      return !info.ends && info.operand !== 'jump';
  }
}
