/**
 * Checking bytecode before it runs: what a file from outside must satisfy so that the interpreter needs no checks of its
 * own for opcodes, operands, jumps and the stack. Everything that mpy-cross emits passes.
 *
 * This file has the rules about a function as a list of instructions; verify-flow.ts follows them and has the rules
 * about the stack and the exception blocks. Both are linear in the length of the code.
 *
 * What is left to the interpreter, because it depends on values: that MAKE_FUNCTION_DEFARGS gets a tuple with as many
 * items as the child has defaults (or NULL), that FOR_ITER's four entries are an iterator, that NULL is not used as an
 * object, and what the cause at an END_FINALLY that closes an `async with` is. That last one tests at run time whether
 * the cause is an exception, by a global name that a program can rebind: there ROT_THREE may find two entries instead of
 * three, and END_FINALLY may find any small int with any word below it, so it checks the destination.
 */
import { Op, OpRange, ScopeFlag } from '@tsmp-internal/bytecode';
import type { AnyCode, CompiledModule, NativeCode, RawCode } from './code.js';
import { MpyFormatError, type MpyVerifyError } from './errors.js';
import { decodeInstruction, type Instruction } from './instructions.js';
import { cellLocals, decodePrelude, type Prelude } from './prelude.js';
import { MAX_DEPTH } from './read.js';
import { verifyFlow, violation } from './verify-flow.js';

/** Entries of a code state and of its exception stack are counted in 16 bits. */
const MAX_STATE = 0xffff;

/** How many cells a function gets from the code that makes it, when nothing says. */
const UNKNOWN = -1;

/**
 * Check all functions of a module. Throws {@link MpyVerifyError}, with the rule, the function, the offset and the reason,
 * at the first thing that is wrong. Native code is not looked into, bytecode below it is.
 */
export function verifyModule(module: CompiledModule): void {
  if (module.qstrs.length === 0) throw violation('names', '<module>', -1, 'the module has no source file name');
  verifyTree(module, module.root, '', 0, 0);
}

function verifyTree(module: CompiledModule, code: AnyCode, outer: string, nClosed: number, depth: number): void {
  if (depth === MAX_DEPTH) throw violation('nesting', outer, -1, `functions nest deeper than ${MAX_DEPTH}`);
  if (code.kind !== 'bytecode') {
    verifyNative(module, code, outer, depth);
    return;
  }
  const prelude = checkPrelude(module, code, outer);
  const ownName = module.qstrs[prelude.nameIndex] as string;
  const name = outer === '' ? ownName : `${outer}.${ownName}`;
  const { instructions, indexAt } = decodeAll(code, prelude, name);
  const isCell = findCells(code, prelude, nClosed, name);
  const closedOver = new Int32Array(code.children.length).fill(UNKNOWN);
  const childPreludes: (Prelude | null | undefined)[] = [];
  let nLocals = argumentCount(prelude);
  for (let i = 0; i < instructions.length; i++) {
    const instruction = instructions[i] as Instruction;
    const local = localOf(instruction);
    if (local >= nLocals) nLocals = local + 1;
    checkOperand(module, code, prelude, indexAt, isCell, instruction, name);
    if (instruction.info.operand === 'child') {
      const child = instruction.arg;
      childPreludes[child] ??= preludeOfChild(code.children[child] as AnyCode, name);
      checkMake(instructions, i, childPreludes[child] ?? null, isCell, closedOver, name);
    }
  }
  for (const local of cellLocals(code.code, prelude)) nLocals = Math.max(nLocals, local + 1);
  checkClosureJumps(instructions, indexAt, name);
  verifyFlow({ name, code, prelude, instructions, indexAt, maxDepth: prelude.nState - nLocals });
  for (let i = 0; i < code.children.length; i++) {
    verifyTree(module, code.children[i] as AnyCode, name, closedOver[i] as number, depth + 1);
  }
}

function verifyNative(module: CompiledModule, code: NativeCode, outer: string, depth: number): void {
  for (const child of code.children) verifyTree(module, child, outer, UNKNOWN, depth + 1);
}

function preludeOfChild(child: AnyCode, name: string): Prelude | null {
  if (child.kind !== 'bytecode') return null;
  return preludeOf(child, name);
}

function preludeOf(code: RawCode, name: string): Prelude {
  try {
    return decodePrelude(code.code);
  } catch (error) {
    if (error instanceof MpyFormatError) throw violation('prelude', name || '<module>', -1, error.message);
    throw error;
  }
}

function argumentCount(prelude: Prelude): number {
  let n = prelude.nPosArgs + prelude.nKwonlyArgs;
  if (prelude.scopeFlags & ScopeFlag.VarArgs) n++;
  if (prelude.scopeFlags & ScopeFlag.VarKeywords) n++;
  return n;
}

function checkPrelude(module: CompiledModule, code: RawCode, outer: string): Prelude {
  const where = outer || '<module>';
  const prelude = preludeOf(code, where);
  const nQstrs = module.qstrs.length;
  if (prelude.nameIndex >= nQstrs) throw violation('names', where, -1, `name ${prelude.nameIndex} of ${nQstrs}`);
  for (const index of prelude.argNameIndices) {
    if (index >= nQstrs) throw violation('names', where, -1, `argument name ${index} of ${nQstrs}`);
  }
  const bad = (reason: string): MpyVerifyError => violation('prelude', where, -1, reason);
  if (prelude.nState > MAX_STATE || prelude.nExcStack > MAX_STATE) throw bad('the state is too large');
  if (prelude.scopeFlags & ~ScopeFlag.AllSig) throw bad(`scope flags ${prelude.scopeFlags}`);
  if (argumentCount(prelude) > prelude.nState) throw bad('more arguments than state');
  if (prelude.nDefPosArgs > prelude.nPosArgs) throw bad('more defaults than arguments');
  for (let at = prelude.lineInfoStart; at < prelude.lineInfoEnd; at++) {
    if ((code.code[at] as number) >= 0x80 && ++at === prelude.lineInfoEnd) throw bad('the line table is cut short');
  }
  return prelude;
}

function decodeAll(
  code: RawCode,
  prelude: Prelude,
  name: string,
): { instructions: Instruction[]; indexAt: Int32Array } {
  const list: Instruction[] = [];
  const indexAt = new Int32Array(code.code.length).fill(-1);
  for (let at = prelude.opcodesStart; at < code.code.length; ) {
    let instruction: Instruction;
    try {
      instruction = decodeInstruction(code.code, at);
    } catch (error) {
      if (error instanceof MpyFormatError) throw violation('instruction', name, at, error.message);
      throw error;
    }
    indexAt[at] = list.length;
    list.push(instruction);
    at += instruction.size;
  }
  if (list.length === 0) throw violation('instruction', name, -1, 'the function has no instructions');
  return { instructions: list, indexAt };
}

const enum Cell {
  No = 0,
  Yes = 1,
  /** An argument of a function that nothing makes: it cannot be said. */
  Perhaps = 2,
}

/** Which locals hold cells: those of the prelude, and the first `nClosed` arguments. */
function findCells(code: RawCode, prelude: Prelude, nClosed: number, name: string): Uint8Array {
  // Cells are named by bytes, so only arguments, of which each has its name in the code, can need more room than that.
  const isCell = new Uint8Array(Math.min(prelude.nState, Math.max(256, prelude.nPosArgs)));
  if (nClosed === UNKNOWN) isCell.fill(Cell.Perhaps, 0, prelude.nPosArgs);
  else isCell.fill(Cell.Yes, 0, nClosed);
  for (const local of cellLocals(code.code, prelude)) {
    if (local >= prelude.nState) throw violation('local', name, -1, `cell ${local} of ${prelude.nState} locals`);
    if (isCell[local] === Cell.Yes) throw violation('cell', name, -1, `local ${local} becomes a cell twice`);
    isCell[local] = Cell.Yes;
  }
  return isCell;
}

/** The local that an instruction names, or −1. */
function localOf(instruction: Instruction): number {
  const { op, info } = instruction;
  const embedded = op >= Op.LoadFastMulti && op < Op.StoreFastMulti + OpRange.StoreFastNum;
  return embedded || info.operand === 'local' ? instruction.arg : -1;
}

function isLoadFast(instruction: Instruction): boolean {
  return instruction.info.code === Op.LoadFastMulti || instruction.op === Op.LoadFastN;
}

function checkOperand(
  module: CompiledModule,
  code: RawCode,
  prelude: Prelude,
  indexAt: Int32Array,
  isCell: Uint8Array,
  instruction: Instruction,
  name: string,
): void {
  const { offset, op, arg, target } = instruction;
  const local = localOf(instruction);
  if (local >= 0) {
    if (local >= prelude.nState) throw violation('local', name, offset, `local ${local} of ${prelude.nState}`);
    checkCellUse(instruction, isCell[local] ?? Cell.No, name);
    return;
  }
  switch (instruction.info.operand) {
    case 'name':
      if (arg >= module.qstrs.length) throw violation('name', name, offset, `name ${arg} of ${module.qstrs.length}`);
      break;
    case 'constant':
      if (arg >= module.constants.length) {
        throw violation('constant', name, offset, `constant ${arg} of ${module.constants.length}`);
      }
      break;
    case 'child':
      if (arg >= code.children.length)
        throw violation('child', name, offset, `child ${arg} of ${code.children.length}`);
      break;
    case 'call':
      if (arg > 0xffff) throw violation('operand', name, offset, `an argument count of ${arg}`);
      break;
    case 'count':
      checkCount(op, arg, offset, name);
      break;
    case 'jump':
      if ((indexAt[target] ?? -1) < 0) throw violation('jump', name, offset, `byte ${target} starts no instruction`);
      break;
  }
}

function checkCount(op: number, arg: number, offset: number, name: string): void {
  // Only BUILD_MAP's count is not a number of stack entries, and it is a hint of how much to allocate.
  let good = arg <= MAX_STATE;
  if (op === Op.BuildSlice) good = arg === 2 || arg === 3;
  else if (op === Op.StoreComp) good = (arg & 3) !== 3 && arg >> 2 <= MAX_STATE;
  if (!good) throw violation('operand', name, offset, `a count of ${arg}`);
}

function checkCellUse(instruction: Instruction, cell: Cell, name: string): void {
  if (cell === Cell.Perhaps || isLoadFast(instruction)) return;
  const { op, offset, arg } = instruction;
  const wantsCell = op === Op.LoadDeref || op === Op.StoreDeref || op === Op.DeleteDeref;
  if (wantsCell !== (cell === Cell.Yes)) {
    throw violation('cell', name, offset, `local ${arg} is ${wantsCell ? 'no' : 'a'} cell`);
  }
}

/** Instructions that make a function: do they fit the child, and do they hand it cells? */
function checkMake(
  instructions: readonly Instruction[],
  index: number,
  child: Prelude | null,
  isCell: Uint8Array,
  closedOver: Int32Array,
  name: string,
): void {
  const { op, offset, arg, extra } = instructions[index] as Instruction;
  for (let i = index - extra; i < index; i++) {
    const load = instructions[i];
    if (load === undefined || !isLoadFast(load) || (isCell[load.arg] ?? Cell.No) === Cell.No) {
      throw violation('closure', name, offset, `the ${extra} entries to close over are not all cells`);
    }
  }
  if (closedOver[arg] !== UNKNOWN && closedOver[arg] !== extra) {
    throw violation('closure', name, offset, `child ${arg} is made with ${closedOver[arg]} and with ${extra} cells`);
  }
  closedOver[arg] = extra;
  if (child === null) return;
  if (extra > child.nPosArgs - child.nDefPosArgs) {
    throw violation('closure', name, offset, `${extra} cells for a child with ${child.nPosArgs} arguments`);
  }
  const hasDefaults = child.nDefPosArgs > 0 || (child.scopeFlags & ScopeFlag.DefKwArgs) !== 0;
  if (hasDefaults && op !== Op.MakeFunctionDefargs && op !== Op.MakeClosureDefargs) {
    throw violation('defaults', name, offset, `child ${arg} has default values and is given none`);
  }
}

/** Nothing may jump between the loading of cells and the making of the closure. */
function checkClosureJumps(instructions: readonly Instruction[], indexAt: Int32Array, name: string): void {
  const isTarget = new Uint8Array(instructions.length);
  for (const { target } of instructions) {
    if (target >= 0) isTarget[indexAt[target] as number] = 1;
  }
  for (let index = 0; index < instructions.length; index++) {
    const { extra, info, offset } = instructions[index] as Instruction;
    if (info.operand !== 'child') continue;
    for (let i = index - extra + 1; i <= index && extra > 0; i++) {
      if (isTarget[i] === 1) throw violation('closure', name, offset, 'a jump leads between its cells');
    }
  }
}
