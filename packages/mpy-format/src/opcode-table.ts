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
  /** Before and after, the top of the stack at the right. */
  readonly stack: string;
  /** One sentence. */
  readonly meaning: string;
}

type Traits = Partial<Pick<OpcodeInfo, 'extraByte' | 'signed' | 'ends' | 'count'>>;

function row(
  code: number,
  name: string,
  operand: OperandKind,
  pops: StackCount,
  pushes: StackCount,
  stack: string,
  meaning: string,
  traits: Traits = {},
): OpcodeInfo {
  const { extraByte = false, signed = false, ends = false, count = 1 } = traits;
  return { code, count, name, operand, extraByte, signed, pops, pushes, ends, stack, meaning };
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
export const OPCODES: readonly OpcodeInfo[] = [
  row(Op.LoadConstString, 'LOAD_CONST_STRING', 'name', 0, 1, '( -- str )', 'Push an interned string.'),
  row(Op.LoadName, 'LOAD_NAME', 'name', 0, 1, '( -- value )', 'Look a name up in locals, globals and builtins.'),
  row(Op.LoadGlobal, 'LOAD_GLOBAL', 'name', 0, 1, '( -- value )', 'Look a name up in globals and builtins.'),
  row(Op.LoadAttr, 'LOAD_ATTR', 'name', 1, 1, '( obj -- value )', 'Load an attribute.'),
  row(Op.LoadMethod, 'LOAD_METHOD', 'name', 1, 2, '( obj -- fun self )', 'Load an attribute to call it; self may be NULL.'),
  row(Op.LoadSuperMethod, 'LOAD_SUPER_METHOD', 'name', 3, 2, '( super cls self -- fun self )',
    'Load a method as super() finds it, without a super object.'),
  row(Op.StoreName, 'STORE_NAME', 'name', 1, 0, '( value -- )', 'Bind a name in locals.'),
  row(Op.StoreGlobal, 'STORE_GLOBAL', 'name', 1, 0, '( value -- )', 'Bind a name in globals.'),
  row(Op.StoreAttr, 'STORE_ATTR', 'name', 2, 0, '( value obj -- )', 'Set an attribute, or delete it where value is NULL.'),
  row(Op.DeleteName, 'DELETE_NAME', 'name', 0, 0, '( -- )', 'Unbind a name in locals.'),
  row(Op.DeleteGlobal, 'DELETE_GLOBAL', 'name', 0, 0, '( -- )', 'Unbind a name in globals.'),
  row(Op.ImportName, 'IMPORT_NAME', 'name', 2, 1, '( level fromlist -- module )', 'Import a module.'),
  row(Op.ImportFrom, 'IMPORT_FROM', 'name', 0, 1, '( module -- module value )', 'Load a name from a module just imported.'),

  row(Op.MakeClosure, 'MAKE_CLOSURE', 'child', (_, n) => n, 1, '( cell… -- fun )',
    'Make a function of a child that closes over as many cells as the extra byte says.', extra),
  row(Op.MakeClosureDefargs, 'MAKE_CLOSURE_DEFARGS', 'child', (_, n) => n + 2, 1, '( tuple dict cell… -- fun )',
    'The same with default values; tuple and dict may be NULL.', extra),
  row(Op.LoadConstSmallInt, 'LOAD_CONST_SMALL_INT', 'int', 0, 1, '( -- int )', 'Push a small int.'),
  row(Op.LoadConstObj, 'LOAD_CONST_OBJ', 'constant', 0, 1, '( -- obj )', 'Push a constant.'),
  row(Op.LoadFastN, 'LOAD_FAST_N', 'local', 0, 1, '( -- value )', 'Push a local; NameError where it is unbound.'),
  row(Op.LoadDeref, 'LOAD_DEREF', 'local', 0, 1, '( -- value )', 'Push what a cell local holds.'),
  row(Op.StoreFastN, 'STORE_FAST_N', 'local', 1, 0, '( value -- )', 'Bind a local.'),
  row(Op.StoreDeref, 'STORE_DEREF', 'local', 1, 0, '( value -- )', 'Put a value in a cell local.'),
  row(Op.DeleteFast, 'DELETE_FAST', 'local', 0, 0, '( -- )', 'Unbind a local.'),
  row(Op.DeleteDeref, 'DELETE_DEREF', 'local', 0, 0, '( -- )', 'Empty a cell local.'),
  row(Op.BuildTuple, 'BUILD_TUPLE', 'count', same, 1, '( item… -- tuple )', 'Make a tuple.'),
  row(Op.BuildList, 'BUILD_LIST', 'count', same, 1, '( item… -- list )', 'Make a list.'),
  row(Op.BuildMap, 'BUILD_MAP', 'count', 0, 1, '( -- dict )', 'Make an empty dict with room for so many items.'),
  row(Op.BuildSet, 'BUILD_SET', 'count', same, 1, '( item… -- set )', 'Make a set.'),
  row(Op.BuildSlice, 'BUILD_SLICE', 'count', same, 1, '( start stop [step] -- slice )', 'Make a slice of two or three parts.'),
  row(Op.StoreComp, 'STORE_COMP', 'count', (arg) => ((arg & 3) === 1 ? 2 : 1), 0, '( [value] item -- )',
    'Add to the collection so many entries below: kind in the low two bits, 0 list, 1 dict, 2 set.'),

  row(Op.UnpackSequence, 'UNPACK_SEQUENCE', 'count', 1, same, '( seq -- item… )', 'Unpack so many items, the first on top.'),
  row(Op.UnpackEx, 'UNPACK_EX', 'count', 1, (arg) => (arg & 0xff) + ((arg >> 8) & 0xff) + 1, '( seq -- item… )',
    'Unpack with a starred target: items before it in the low byte, after it in the next.'),
  row(Op.MakeFunction, 'MAKE_FUNCTION', 'child', 0, 1, '( -- fun )', 'Make a function of a child.'),
  row(Op.MakeFunctionDefargs, 'MAKE_FUNCTION_DEFARGS', 'child', 2, 1, '( tuple dict -- fun )',
    'The same with default values; tuple and dict may be NULL.'),
  row(Op.CallFunction, 'CALL_FUNCTION', 'call', (arg) => callEntries(arg) + 1, 1, '( fun arg… -- result )', 'Call.'),
  row(Op.CallFunctionVarKw, 'CALL_FUNCTION_VAR_KW', 'call', (arg) => callEntries(arg) + 2, 1,
    '( fun arg… bitmap -- result )', 'Call with * and ** arguments; the bitmap says which are starred.'),
  row(Op.CallMethod, 'CALL_METHOD', 'call', (arg) => callEntries(arg) + 2, 1, '( fun self arg… -- result )',
    'Call what LOAD_METHOD left.'),
  row(Op.CallMethodVarKw, 'CALL_METHOD_VAR_KW', 'call', (arg) => callEntries(arg) + 3, 1,
    '( fun self arg… bitmap -- result )', 'The same with * and ** arguments.'),

  row(Op.UnwindJump, 'UNWIND_JUMP', 'jump', 0, 0, '( -- )',
    'Leave as many exception blocks as the low seven bits of the extra byte say, running their finally parts, and jump; bit 7 also drops a for loop’s iterator.',
    { extraByte: true, signed: true, ends: true }),
  row(Op.Jump, 'JUMP', 'jump', 0, 0, '( -- )', 'Jump.', { signed: true, ends: true }),
  row(Op.PopJumpIfTrue, 'POP_JUMP_IF_TRUE', 'jump', 1, 0, '( cond -- )', 'Jump if true.', signed),
  row(Op.PopJumpIfFalse, 'POP_JUMP_IF_FALSE', 'jump', 1, 0, '( cond -- )', 'Jump if false.', signed),
  row(Op.JumpIfTrueOrPop, 'JUMP_IF_TRUE_OR_POP', 'jump', 1, 0, '( cond -- [cond] )', 'Jump and keep it if true.'),
  row(Op.JumpIfFalseOrPop, 'JUMP_IF_FALSE_OR_POP', 'jump', 1, 0, '( cond -- [cond] )', 'Jump and keep it if false.'),
  row(Op.SetupWith, 'SETUP_WITH', 'jump', 1, 3, '( manager -- exit self value )',
    'Call __enter__ and open a block whose handler is at the target.'),
  row(Op.SetupExcept, 'SETUP_EXCEPT', 'jump', 0, 0, '( -- )', 'Open a block whose except clauses are at the target.'),
  row(Op.SetupFinally, 'SETUP_FINALLY', 'jump', 0, 0, '( -- )', 'Open a block whose finally part is at the target.'),
  row(Op.PopExceptJump, 'POP_EXCEPT_JUMP', 'jump', 0, 0, '( -- )', 'Close the innermost block and jump.', ends),
  row(Op.ForIter, 'FOR_ITER', 'jump', 0, 1, '( iter4 -- iter4 item )',
    'Push the next item, or drop the four entries of the iterator and jump.'),

  row(Op.LoadConstFalse, 'LOAD_CONST_FALSE', 'none', 0, 1, '( -- False )', 'Push False.'),
  row(Op.LoadConstNone, 'LOAD_CONST_NONE', 'none', 0, 1, '( -- None )', 'Push None.'),
  row(Op.LoadConstTrue, 'LOAD_CONST_TRUE', 'none', 0, 1, '( -- True )', 'Push True.'),
  row(Op.LoadNull, 'LOAD_NULL', 'none', 0, 1, '( -- NULL )', 'Push NULL, which is no object.'),
  row(Op.LoadBuildClass, 'LOAD_BUILD_CLASS', 'none', 0, 1, '( -- fun )', 'Push __build_class__.'),
  row(Op.LoadSubscr, 'LOAD_SUBSCR', 'none', 2, 1, '( obj index -- item )', 'Index.'),
  row(Op.StoreSubscr, 'STORE_SUBSCR', 'none', 3, 0, '( value obj index -- )', 'Set an item, or delete it where value is NULL.'),
  row(Op.DupTop, 'DUP_TOP', 'none', 0, 1, '( a -- a a )', 'Copy the top.'),
  row(Op.DupTopTwo, 'DUP_TOP_TWO', 'none', 0, 2, '( a b -- a b a b )', 'Copy the top two.'),
  row(Op.PopTop, 'POP_TOP', 'none', 1, 0, '( a -- )', 'Drop the top.'),
  row(Op.RotTwo, 'ROT_TWO', 'none', 2, 2, '( a b -- b a )', 'Swap the top two.'),
  row(Op.RotThree, 'ROT_THREE', 'none', 3, 3, '( a b c -- c a b )', 'Move the top below the next two.'),
  row(Op.WithCleanup, 'WITH_CLEANUP', 'none', 3, 1, '( exit self cause -- cause )',
    'Call __exit__; where it returns true for an exception, the cause becomes None.'),
  row(Op.EndFinally, 'END_FINALLY', 'none', 1, 0, '( cause -- )',
    'Close the block and do what the cause says: None goes on, an exception is raised again, an unwinding goes on.'),
  row(Op.GetIter, 'GET_ITER', 'none', 1, 1, '( obj -- iter )', 'Make an iterator on the heap.'),
  row(Op.GetIterStack, 'GET_ITER_STACK', 'none', 1, 4, '( obj -- iter4 )', 'Make an iterator in four stack entries.'),

  row(Op.StoreMap, 'STORE_MAP', 'none', 2, 0, '( dict value key -- dict )', 'Add an item to a dict.'),
  row(Op.ReturnValue, 'RETURN_VALUE', 'none', 1, 0, '( value -- )', 'Return, running the finally parts on the way.', ends),
  row(Op.RaiseLast, 'RAISE_LAST', 'none', 0, 0, '( -- )', 'Raise the exception being handled again.', ends),
  row(Op.RaiseObj, 'RAISE_OBJ', 'none', 1, 0, '( exc -- )', 'Raise.', ends),
  row(Op.RaiseFrom, 'RAISE_FROM', 'none', 2, 0, '( exc cause -- )', 'Raise; the cause is not kept.', ends),
  row(Op.YieldValue, 'YIELD_VALUE', 'none', 1, 1, '( value -- sent )', 'Yield.'),
  row(Op.YieldFrom, 'YIELD_FROM', 'none', 2, 1, '( iter sent -- result )', 'Yield from an iterator until it ends.'),
  row(Op.ImportStar, 'IMPORT_STAR', 'none', 1, 0, '( module -- )', 'Bind all public names of a module.'),

  row(Op.LoadConstSmallIntMulti, 'LOAD_CONST_SMALL_INT', 'none', 0, 1, '( -- int )', 'Push a small int from −16 to 47.',
    { count: OpRange.SmallIntNum }),
  row(Op.LoadFastMulti, 'LOAD_FAST', 'none', 0, 1, '( -- value )', 'Push one of the first 16 locals.',
    { count: OpRange.LoadFastNum }),
  row(Op.StoreFastMulti, 'STORE_FAST', 'none', 1, 0, '( value -- )', 'Bind one of the first 16 locals.',
    { count: OpRange.StoreFastNum }),
  row(Op.UnaryOpMulti, 'UNARY_OP', 'none', 1, 1, '( a -- op a )', 'Apply a unary operator.', { count: OpRange.UnaryNum }),
  row(Op.BinaryOpMulti, 'BINARY_OP', 'none', 2, 1, '( a b -- a op b )', 'Apply a binary operator.',
    { count: OpRange.BinaryNum }),
];

const BY_CODE: readonly (OpcodeInfo | undefined)[] = (() => {
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
