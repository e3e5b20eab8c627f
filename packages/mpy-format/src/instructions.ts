/**
 * Decoding instructions one by one. Counterpart: mp_opcode_decode in py/persistentcode.c.
 *
 *     qstr, var-uint   seven bits a byte, most significant first, bit 7 set on all but the last
 *     int              the same, bit 6 of the first byte is the sign
 *     jump             one byte below 0x80, or two: 0x80 | low seven bits, then the high eight; signed ones are biased by
 *                      0x40 or 0x4000; counted from the end of the offset, which for UNWIND_JUMP is before its extra byte
 */
import { MpyFormatError } from './errors.js';
import { embeddedOperand, type OpcodeInfo, opcodeInfo } from './opcode-table.js';

/** One instruction. */
export interface Instruction {
  /** Index of the opcode in the code. */
  readonly offset: number;
  /** Length in bytes. */
  readonly size: number;
  readonly op: number;
  readonly info: OpcodeInfo;
  /**
   * The operand: an index, a count, a small int (exact up to 53 bits) or the jump offset as encoded; the embedded number
   * for opcodes of a range; 0 without one.
   */
  readonly arg: number;
  /** The extra byte, or 0. */
  readonly extra: number;
  /** For jumps: index of the instruction that is jumped to, else −1. */
  readonly target: number;
}

/** More bytes than a 32-bit operand, and a 64-bit small int, can have. */
const MAX_UINT_BYTES = 5;
const MAX_INT_BYTES = 10;

function cut(offset: number): never {
  throw new MpyFormatError('bad-instruction', 'the code ends inside an instruction', offset);
}

/** Decode the instruction at `offset`. Throws {@link MpyFormatError} where there is none. */
export function decodeInstruction(code: Uint8Array, offset: number): Instruction {
  if (offset >= code.length) cut(offset);
  const op = code[offset] as number;
  const info = opcodeInfo(op);
  if (info === undefined) {
    throw new MpyFormatError('bad-instruction', `0x${op.toString(16).padStart(2, '0')} is no opcode`, offset);
  }
  let at = offset + 1;
  let arg = 0;
  let target = -1;
  if (info.operand === 'none') {
    arg = embeddedOperand(op);
  } else if (info.operand === 'jump') {
    if (at >= code.length) cut(offset);
    const low = code[at++] as number;
    if (low < 0x80) {
      arg = info.signed ? low - 0x40 : low;
    } else {
      if (at >= code.length) cut(offset);
      arg = (low & 0x7f) | ((code[at++] as number) << 7);
      if (info.signed) arg -= 0x4000;
    }
    target = at + arg;
  } else {
    const isInt = info.operand === 'int';
    const first = code[at] ?? 0;
    if (isInt && (first & 0x40) !== 0) arg = -1;
    for (let b = 0x80; b >= 0x80; at++) {
      if (at >= code.length) cut(offset);
      if (at - offset > (isInt ? MAX_INT_BYTES : MAX_UINT_BYTES)) {
        throw new MpyFormatError('bad-instruction', 'an operand is too long', offset);
      }
      b = code[at] as number;
      arg = arg * 128 + (b & 0x7f);
    }
    if (!isInt && arg > 0xffffffff) throw new MpyFormatError('bad-instruction', 'an operand is too large', offset);
  }
  let extra = 0;
  if (info.extraByte) {
    if (at >= code.length) cut(offset);
    extra = code[at++] as number;
  }
  return { offset, size: at - offset, op, info, arg, extra, target };
}

/** The exact value of a LOAD_CONST_SMALL_INT, whatever its size. */
export function smallIntOperand(code: Uint8Array, instruction: Instruction): bigint {
  if (Number.isSafeInteger(instruction.arg)) return BigInt(instruction.arg);
  let value = (code[instruction.offset + 1] as number) & 0x40 ? -1n : 0n;
  for (let i = 1; i < instruction.size; i++) {
    value = (value << 7n) | BigInt((code[instruction.offset + i] as number) & 0x7f);
  }
  return value;
}

/** Every instruction from `start` (a prelude's `opcodesStart`) to the end of the code, in order. */
export function* instructions(code: Uint8Array, start: number): Generator<Instruction, void> {
  for (let at = start; at < code.length; ) {
    const instruction = decodeInstruction(code, at);
    yield instruction;
    at += instruction.size;
  }
}
