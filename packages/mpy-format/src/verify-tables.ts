/**
 * The opcode table as the verifier reads it: small numbers by opcode. Derived from the rows of opcode-table.ts, so that an opcode is
 * described once.
 */
import { Op } from '@tsmp-internal/bytecode';
import { OPCODES, type OperandKind } from './opcode-table.js';

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

/** What follows an opcode. */
export const OPERANDS = new Uint8Array(256);
/** Whether a jump may go back. */
export const SIGNED = new Uint8Array(256);
/** How many bytes follow the operand. */
export const EXTRA = new Uint8Array(256);
/** Entries taken, and entries put in their place; {@link BY_OPERAND} where that is not said by the opcode. */
export const POPS = new Int8Array(256);
export const PUSHES = new Int8Array(256);
/** Entries that are looked at and left where they are. */
export const NEEDS = new Int8Array(256);

/** 1 where an instruction only moves entries: it goes on to the next one and has nothing to do with blocks. */
export const PLAIN = new Uint8Array(256);

for (const info of OPCODES) {
  for (let op = info.code; op < info.code + info.count; op++) {
    OPERANDS[op] = KINDS[info.operand];
    SIGNED[op] = info.signed ? 1 : 0;
    PLAIN[op] = info.ends || info.operand === 'jump' ? 0 : 1;
    EXTRA[op] = info.extraByte ? 1 : 0;
    POPS[op] = typeof info.pops === 'number' ? info.pops : BY_OPERAND;
    PUSHES[op] = typeof info.pushes === 'number' ? info.pushes : BY_OPERAND;
    if (info.code === Op.LoadFastMulti) OPERANDS[op] = Operand.LoadFast;
    else if (info.code === Op.StoreFastMulti) OPERANDS[op] = Operand.StoreFast;
  }
}
for (const op of [Op.WithCleanup, Op.EndFinally, Op.GetIterStack, Op.YieldValue, Op.YieldFrom]) PLAIN[op] = 0;
NEEDS[Op.DupTop] = 1;
NEEDS[Op.ImportFrom] = 1;
NEEDS[Op.DupTopTwo] = 2;
NEEDS[Op.StoreMap] = 3;
NEEDS[Op.ForIter] = ITER_SLOTS;
