/**
 * What each opcode does, in words: for documentation and tools. Apart from the opcode table, so that what only runs code need not
 * load it.
 */
import { Op } from '@tsmp-internal/bytecode';
import { opcodeInfo } from './opcode-table.js';

/** What an opcode does. */
export interface OpcodeMeaning {
  /** The stack before and after, its top at the right. */
  readonly stack: string;
  /** One sentence. */
  readonly meaning: string;
}

// biome-ignore format: a table
const MEANINGS: readonly (readonly [Op, string, string])[] = [
  [Op.LoadConstString, '( -- str )', 'Push an interned string.'],
  [Op.LoadName, '( -- value )', 'Look a name up in locals, globals and builtins.'],
  [Op.LoadGlobal, '( -- value )', 'Look a name up in globals and builtins.'],
  [Op.LoadAttr, '( obj -- value )', 'Load an attribute.'],
  [Op.LoadMethod, '( obj -- fun self )', 'Load an attribute to call it; self may be NULL.'],
  [Op.LoadSuperMethod, '( super cls self -- fun self )', 'Load a method as super() finds it, without a super object.'],
  [Op.StoreName, '( value -- )', 'Bind a name in locals.'],
  [Op.StoreGlobal, '( value -- )', 'Bind a name in globals.'],
  [Op.StoreAttr, '( value obj -- )', 'Set an attribute, or delete it where value is NULL.'],
  [Op.DeleteName, '( -- )', 'Unbind a name in locals.'],
  [Op.DeleteGlobal, '( -- )', 'Unbind a name in globals.'],
  [Op.ImportName, '( level fromlist -- module )', 'Import a module.'],
  [Op.ImportFrom, '( module -- module value )', 'Load a name from a module just imported.'],
  [Op.MakeClosure, '( cell… -- fun )', 'Make a function of a child that closes over as many cells as the extra byte says.'],
  [Op.MakeClosureDefargs, '( tuple dict cell… -- fun )', 'The same with default values; tuple and dict may be NULL.'],
  [Op.LoadConstSmallInt, '( -- int )', 'Push a small int.'],
  [Op.LoadConstObj, '( -- obj )', 'Push a constant.'],
  [Op.LoadFastN, '( -- value )', 'Push a local; NameError where it is unbound.'],
  [Op.LoadDeref, '( -- value )', 'Push what a cell local holds.'],
  [Op.StoreFastN, '( value -- )', 'Bind a local.'],
  [Op.StoreDeref, '( value -- )', 'Put a value in a cell local.'],
  [Op.DeleteFast, '( -- )', 'Unbind a local.'],
  [Op.DeleteDeref, '( -- )', 'Empty a cell local.'],
  [Op.BuildTuple, '( item… -- tuple )', 'Make a tuple.'],
  [Op.BuildList, '( item… -- list )', 'Make a list.'],
  [Op.BuildMap, '( -- dict )', 'Make an empty dict with room for so many items.'],
  [Op.BuildSet, '( item… -- set )', 'Make a set.'],
  [Op.BuildSlice, '( start stop [step] -- slice )', 'Make a slice of two or three parts.'],
  [Op.StoreComp, '( [value] item -- )', 'Add to the collection so many entries below: kind in the low two bits, 0 list, 1 dict, 2 set.'],
  [Op.UnpackSequence, '( seq -- item… )', 'Unpack so many items, the first on top.'],
  [Op.UnpackEx, '( seq -- item… )', 'Unpack with a starred target: items before it in the low byte, after it in the next.'],
  [Op.MakeFunction, '( -- fun )', 'Make a function of a child.'],
  [Op.MakeFunctionDefargs, '( tuple dict -- fun )', 'The same with default values; tuple and dict may be NULL.'],
  [Op.CallFunction, '( fun arg… -- result )', 'Call.'],
  [Op.CallFunctionVarKw, '( fun arg… bitmap -- result )', 'Call with * and ** arguments; the bitmap says which are starred.'],
  [Op.CallMethod, '( fun self arg… -- result )', 'Call what LOAD_METHOD left.'],
  [Op.CallMethodVarKw, '( fun self arg… bitmap -- result )', 'The same with * and ** arguments.'],
  [Op.UnwindJump, '( -- )', 'Leave as many exception blocks as the low seven bits of the extra byte say, running their finally parts, and jump; bit 7 also drops a for loop’s iterator.'],
  [Op.Jump, '( -- )', 'Jump.'],
  [Op.PopJumpIfTrue, '( cond -- )', 'Jump if true.'],
  [Op.PopJumpIfFalse, '( cond -- )', 'Jump if false.'],
  [Op.JumpIfTrueOrPop, '( cond -- [cond] )', 'Jump and keep it if true.'],
  [Op.JumpIfFalseOrPop, '( cond -- [cond] )', 'Jump and keep it if false.'],
  [Op.SetupWith, '( manager -- exit self value )', 'Call __enter__ and open a block whose handler is at the target.'],
  [Op.SetupExcept, '( -- )', 'Open a block whose except clauses are at the target.'],
  [Op.SetupFinally, '( -- )', 'Open a block whose finally part is at the target.'],
  [Op.PopExceptJump, '( -- )', 'Close the innermost block and jump.'],
  [Op.ForIter, '( iter4 -- iter4 item )', 'Push the next item, or drop the four entries of the iterator and jump.'],
  [Op.LoadConstFalse, '( -- False )', 'Push False.'],
  [Op.LoadConstNone, '( -- None )', 'Push None.'],
  [Op.LoadConstTrue, '( -- True )', 'Push True.'],
  [Op.LoadNull, '( -- NULL )', 'Push NULL, which is no object.'],
  [Op.LoadBuildClass, '( -- fun )', 'Push __build_class__.'],
  [Op.LoadSubscr, '( obj index -- item )', 'Index.'],
  [Op.StoreSubscr, '( value obj index -- )', 'Set an item, or delete it where value is NULL.'],
  [Op.DupTop, '( a -- a a )', 'Copy the top.'],
  [Op.DupTopTwo, '( a b -- a b a b )', 'Copy the top two.'],
  [Op.PopTop, '( a -- )', 'Drop the top.'],
  [Op.RotTwo, '( a b -- b a )', 'Swap the top two.'],
  [Op.RotThree, '( a b c -- c a b )', 'Move the top below the next two.'],
  [Op.WithCleanup, '( exit self cause -- cause )', 'Call __exit__; where it returns true for an exception, the cause becomes None.'],
  [Op.EndFinally, '( cause -- )', 'Close the block and do what the cause says: None goes on, an exception is raised again, an unwinding goes on.'],
  [Op.GetIter, '( obj -- iter )', 'Make an iterator on the heap.'],
  [Op.GetIterStack, '( obj -- iter4 )', 'Make an iterator in four stack entries.'],
  [Op.StoreMap, '( dict value key -- dict )', 'Add an item to a dict.'],
  [Op.ReturnValue, '( value -- )', 'Return, running the finally parts on the way.'],
  [Op.RaiseLast, '( -- )', 'Raise the exception being handled again.'],
  [Op.RaiseObj, '( exc -- )', 'Raise.'],
  [Op.RaiseFrom, '( exc cause -- )', 'Raise; the cause is not kept.'],
  [Op.YieldValue, '( value -- sent )', 'Yield.'],
  [Op.YieldFrom, '( iter sent -- result )', 'Yield from an iterator until it ends.'],
  [Op.ImportStar, '( module -- )', 'Bind all public names of a module.'],
  [Op.LoadConstSmallIntMulti, '( -- int )', 'Push a small int from −16 to 47.'],
  [Op.LoadFastMulti, '( -- value )', 'Push one of the first 16 locals.'],
  [Op.StoreFastMulti, '( value -- )', 'Bind one of the first 16 locals.'],
  [Op.UnaryOpMulti, '( a -- op a )', 'Apply a unary operator.'],
  [Op.BinaryOpMulti, '( a b -- a op b )', 'Apply a binary operator.'],
];

const BY_CODE: ReadonlyMap<number, OpcodeMeaning> = /* @__PURE__ */ (() =>
  new Map(MEANINGS.map(([code, stack, meaning]) => [code, { stack, meaning }])))();

/** What an opcode does; undefined where there is no such opcode. */
export function opcodeMeaning(op: number): OpcodeMeaning | undefined {
  const info = opcodeInfo(op);
  return info === undefined ? undefined : BY_CODE.get(info.code);
}
