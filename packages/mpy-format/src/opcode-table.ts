/**
 * Every opcode of bytecode version 6: what follows it, what it does to the stack, what it means. Counterpart: py/bc0.h.
 *
 * The table is the one description that the disassembler, the verifier and the documentation share; the interpreter's
 * loop and the compiler's emitter use the bare numbers.
 */
import { BinaryOp, Op, OpRange, UnaryOp } from '@tsmp-internal/bytecode';

/** What an opcode's operand is; 'none' where it has none or where the opcode itself contains it. */
export type OperandKind = 'none' | 'name' | 'constant' | 'local' | 'child' | 'count' | 'int' | 'call' | 'jump';

/** A number of stack entries, or how to get it from the operand and the extra byte. */
export type StackCount = number | ((arg: number, extra: number) => number);

/** One row of the table. */
export interface OpcodeInfo {
  /** The opcode, or the first of a range whose members contain their operand. */
  readonly code: number;
  /** How many opcodes the row covers. */
  readonly count: number;
  /** The field's name for it, without prefix. */
  readonly name: string;
  readonly operand: OperandKind;
  /** One more byte follows the operand. */
  readonly extraByte: boolean;
  /** For jumps: the offset can be negative. */
  readonly signed: boolean;
  /** Entries it takes, and entries it leaves in their place, when it goes on to the next instruction. */
  readonly pops: StackCount;
  readonly pushes: StackCount;
  /** Nothing goes on from here to the next instruction. */
  readonly ends: boolean;
}

type Traits = Partial<Pick<OpcodeInfo, 'extraByte' | 'signed' | 'ends' | 'count'>>;

function row(
  code: number,
  name: string,
  operand: OperandKind,
  pops: StackCount,
  pushes: StackCount,
  traits: Traits = {},
): OpcodeInfo {
  const { extraByte = false, signed = false, ends = false, count = 1 } = traits;
  return { code, count, name, operand, extraByte, signed, pops, pushes, ends };
}

const ends: Traits = { ends: true };
const signed: Traits = { signed: true };
const extra: Traits = { extraByte: true };

function same(arg: number): number {
  return arg;
}

/** Positional arguments in the low byte, keyword ones (a name and a value each) in the next. */
function callEntries(arg: number): number {
  return (arg & 0xff) + 2 * ((arg >> 8) & 0xff);
}

/** The symbols of the unary opcodes, by number. */
export const UNARY_SYMBOLS: readonly string[] = ['+', '-', '~', 'not'];

/** The symbols of the binary opcodes, by number. */
// biome-ignore format: as the operators are grouped
export const BINARY_SYMBOLS: readonly string[] = [
  '<', '>', '==', '<=', '>=', '!=', 'in', 'is', 'except-match',
  '|=', '^=', '&=', '<<=', '>>=', '+=', '-=', '*=', '@=', '//=', '/=', '%=', '**=',
  '|', '^', '&', '<<', '>>', '+', '-', '*', '@', '//', '/', '%', '**',
];

/** The rows, in the order of their codes. */
// biome-ignore format: a table
export const OPCODES: readonly OpcodeInfo[] = /* @__PURE__ */ (() => [
  row(Op.LoadConstString, 'LOAD_CONST_STRING', 'name', 0, 1),
  row(Op.LoadName, 'LOAD_NAME', 'name', 0, 1),
  row(Op.LoadGlobal, 'LOAD_GLOBAL', 'name', 0, 1),
  row(Op.LoadAttr, 'LOAD_ATTR', 'name', 1, 1),
  row(Op.LoadMethod, 'LOAD_METHOD', 'name', 1, 2),
  row(Op.LoadSuperMethod, 'LOAD_SUPER_METHOD', 'name', 3, 2),
  row(Op.StoreName, 'STORE_NAME', 'name', 1, 0),
  row(Op.StoreGlobal, 'STORE_GLOBAL', 'name', 1, 0),
  row(Op.StoreAttr, 'STORE_ATTR', 'name', 2, 0),
  row(Op.DeleteName, 'DELETE_NAME', 'name', 0, 0),
  row(Op.DeleteGlobal, 'DELETE_GLOBAL', 'name', 0, 0),
  row(Op.ImportName, 'IMPORT_NAME', 'name', 2, 1),
  row(Op.ImportFrom, 'IMPORT_FROM', 'name', 0, 1),

  row(Op.MakeClosure, 'MAKE_CLOSURE', 'child', (_, n) => n, 1, extra),
  row(Op.MakeClosureDefargs, 'MAKE_CLOSURE_DEFARGS', 'child', (_, n) => n + 2, 1, extra),
  row(Op.LoadConstSmallInt, 'LOAD_CONST_SMALL_INT', 'int', 0, 1),
  row(Op.LoadConstObj, 'LOAD_CONST_OBJ', 'constant', 0, 1),
  row(Op.LoadFastN, 'LOAD_FAST_N', 'local', 0, 1),
  row(Op.LoadDeref, 'LOAD_DEREF', 'local', 0, 1),
  row(Op.StoreFastN, 'STORE_FAST_N', 'local', 1, 0),
  row(Op.StoreDeref, 'STORE_DEREF', 'local', 1, 0),
  row(Op.DeleteFast, 'DELETE_FAST', 'local', 0, 0),
  row(Op.DeleteDeref, 'DELETE_DEREF', 'local', 0, 0),
  row(Op.BuildTuple, 'BUILD_TUPLE', 'count', same, 1),
  row(Op.BuildList, 'BUILD_LIST', 'count', same, 1),
  row(Op.BuildMap, 'BUILD_MAP', 'count', 0, 1),
  row(Op.BuildSet, 'BUILD_SET', 'count', same, 1),
  row(Op.BuildSlice, 'BUILD_SLICE', 'count', same, 1),
  row(Op.StoreComp, 'STORE_COMP', 'count', (arg) => ((arg & 3) === 1 ? 2 : 1), 0),

  row(Op.UnpackSequence, 'UNPACK_SEQUENCE', 'count', 1, same),
  row(Op.UnpackEx, 'UNPACK_EX', 'count', 1, (arg) => (arg & 0xff) + ((arg >> 8) & 0xff) + 1),
  row(Op.MakeFunction, 'MAKE_FUNCTION', 'child', 0, 1),
  row(Op.MakeFunctionDefargs, 'MAKE_FUNCTION_DEFARGS', 'child', 2, 1),
  row(Op.CallFunction, 'CALL_FUNCTION', 'call', (arg) => callEntries(arg) + 1, 1),
  row(Op.CallFunctionVarKw, 'CALL_FUNCTION_VAR_KW', 'call', (arg) => callEntries(arg) + 2, 1),
  row(Op.CallMethod, 'CALL_METHOD', 'call', (arg) => callEntries(arg) + 2, 1),
  row(Op.CallMethodVarKw, 'CALL_METHOD_VAR_KW', 'call', (arg) => callEntries(arg) + 3, 1),

  row(Op.UnwindJump, 'UNWIND_JUMP', 'jump', 0, 0, { extraByte: true, signed: true, ends: true }),
  row(Op.Jump, 'JUMP', 'jump', 0, 0, { signed: true, ends: true }),
  row(Op.PopJumpIfTrue, 'POP_JUMP_IF_TRUE', 'jump', 1, 0, signed),
  row(Op.PopJumpIfFalse, 'POP_JUMP_IF_FALSE', 'jump', 1, 0, signed),
  row(Op.JumpIfTrueOrPop, 'JUMP_IF_TRUE_OR_POP', 'jump', 1, 0),
  row(Op.JumpIfFalseOrPop, 'JUMP_IF_FALSE_OR_POP', 'jump', 1, 0),
  row(Op.SetupWith, 'SETUP_WITH', 'jump', 1, 3),
  row(Op.SetupExcept, 'SETUP_EXCEPT', 'jump', 0, 0),
  row(Op.SetupFinally, 'SETUP_FINALLY', 'jump', 0, 0),
  row(Op.PopExceptJump, 'POP_EXCEPT_JUMP', 'jump', 0, 0, ends),
  row(Op.ForIter, 'FOR_ITER', 'jump', 0, 1),

  row(Op.LoadConstFalse, 'LOAD_CONST_FALSE', 'none', 0, 1),
  row(Op.LoadConstNone, 'LOAD_CONST_NONE', 'none', 0, 1),
  row(Op.LoadConstTrue, 'LOAD_CONST_TRUE', 'none', 0, 1),
  row(Op.LoadNull, 'LOAD_NULL', 'none', 0, 1),
  row(Op.LoadBuildClass, 'LOAD_BUILD_CLASS', 'none', 0, 1),
  row(Op.LoadSubscr, 'LOAD_SUBSCR', 'none', 2, 1),
  row(Op.StoreSubscr, 'STORE_SUBSCR', 'none', 3, 0),
  row(Op.DupTop, 'DUP_TOP', 'none', 0, 1),
  row(Op.DupTopTwo, 'DUP_TOP_TWO', 'none', 0, 2),
  row(Op.PopTop, 'POP_TOP', 'none', 1, 0),
  row(Op.RotTwo, 'ROT_TWO', 'none', 2, 2),
  row(Op.RotThree, 'ROT_THREE', 'none', 3, 3),
  row(Op.WithCleanup, 'WITH_CLEANUP', 'none', 3, 1),
  row(Op.EndFinally, 'END_FINALLY', 'none', 1, 0),
  row(Op.GetIter, 'GET_ITER', 'none', 1, 1),
  row(Op.GetIterStack, 'GET_ITER_STACK', 'none', 1, 4),

  row(Op.StoreMap, 'STORE_MAP', 'none', 2, 0),
  row(Op.ReturnValue, 'RETURN_VALUE', 'none', 1, 0, ends),
  row(Op.RaiseLast, 'RAISE_LAST', 'none', 0, 0, ends),
  row(Op.RaiseObj, 'RAISE_OBJ', 'none', 1, 0, ends),
  row(Op.RaiseFrom, 'RAISE_FROM', 'none', 2, 0, ends),
  row(Op.YieldValue, 'YIELD_VALUE', 'none', 1, 1),
  row(Op.YieldFrom, 'YIELD_FROM', 'none', 2, 1),
  row(Op.ImportStar, 'IMPORT_STAR', 'none', 1, 0),

  row(Op.LoadConstSmallIntMulti, 'LOAD_CONST_SMALL_INT', 'none', 0, 1, { count: OpRange.SmallIntNum }),
  row(Op.LoadFastMulti, 'LOAD_FAST', 'none', 0, 1, { count: OpRange.LoadFastNum }),
  row(Op.StoreFastMulti, 'STORE_FAST', 'none', 1, 0, { count: OpRange.StoreFastNum }),
  row(Op.UnaryOpMulti, 'UNARY_OP', 'none', 1, 1, { count: OpRange.UnaryNum }),
  row(Op.BinaryOpMulti, 'BINARY_OP', 'none', 2, 1, { count: OpRange.BinaryNum }),
])();

const BY_CODE: readonly (OpcodeInfo | undefined)[] = /* @__PURE__ */ (() => {
  const table: (OpcodeInfo | undefined)[] = new Array<undefined>(256).fill(undefined);
  for (const info of OPCODES) table.fill(info, info.code, info.code + info.count);
  return table;
})();

/** The row of an opcode; undefined where there is no such opcode. */
export function opcodeInfo(op: number): OpcodeInfo | undefined {
  return BY_CODE[op];
}

/** The number that an opcode of a range contains: the small int, the local or the operator. */
export function embeddedOperand(op: number): number {
  const info = BY_CODE[op];
  if (info === undefined || info.count === 1) return 0;
  return op - info.code - (info.code === Op.LoadConstSmallIntMulti ? OpRange.SmallIntExcess : 0);
}

/** The symbol of an operator opcode, or ''. */
export function operatorSymbol(op: number): string {
  if (op >= Op.BinaryOpMulti) return BINARY_SYMBOLS[op - Op.BinaryOpMulti + BinaryOp.Less] ?? '';
  if (op >= Op.UnaryOpMulti) return UNARY_SYMBOLS[op - Op.UnaryOpMulti + UnaryOp.Positive] ?? '';
  return '';
}
