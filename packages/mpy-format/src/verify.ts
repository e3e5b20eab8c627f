/**
 * Checking bytecode before it runs: what a file from outside must satisfy so that the interpreter needs no checks of its
 * own for opcodes, operands, jumps and the stack. Everything that mpy-cross emits passes.
 *
 * This file has the rules about a function as a list of instructions; verify-flow.ts follows them and has the rules
 * about the stack and the exception blocks. Both are linear in the length of the code, and keep what they know of an
 * instruction in flat arrays by its offset, which serve one function after another: the objects that a list of
 * instructions would be cost more than all checks.
 *
 * What is left to the interpreter, because it depends on values: that MAKE_FUNCTION_DEFARGS gets a tuple with as many
 * items as the child has defaults (or NULL), what STORE_COMP and STORE_MAP add to, that NULL is not used as an
 * object, and what the cause at an END_FINALLY that closes an `async with` is. That last one tests at run time whether
 * the cause is an exception, by a global name that a program can rebind: there ROT_THREE may find two entries instead of
 * three, and END_FINALLY may find any small int with any word below it, so it checks the destination.
 */
import { Op, ScopeFlag } from '@tsmp-internal/bytecode';
import type { AnyCode, CompiledModule, RawCode } from './code.js';
import { MpyFormatError, type MpyVerifyError } from './errors.js';
import { PreludeScan } from './prelude.js';
import { MAX_DEPTH } from './read.js';
import { Flow, NOT_REACHED, violation } from './verify-flow.js';
import { EXTRA, OPERAND, Operand, OPERANDS, SIGNED } from './verify-tables.js';

/** Entries of a code state and of its exception stack are counted in 16 bits. */
const MAX_STATE = 0xffff;

/** How many cells a function gets from the code that makes it, when nothing says. */
const UNKNOWN = -1;

/** More bytes than a 32-bit operand, and a 64-bit small int, can have. */
const MAX_UINT_BYTES = 5;
const MAX_INT_BYTES = 10;

const enum Cell {
  No = 0,
  Yes = 1,
  /** An argument of a function that nothing makes: it cannot be said. */
  Perhaps = 2,
}

/**
 * Check all functions of a module. Throws {@link MpyVerifyError}, with the rule, the function, the offset and the reason,
 * at the first thing that is wrong. Native code is not looked into, bytecode below it is.
 */
export function verifyModule(module: CompiledModule): void {
  if (module.qstrs.length === 0) throw violation('names', '<module>', -1, 'the module has no source file name');
  const verifier = new Verifier(module);
  try {
    verifier.tree(module.root, '', 0, 0, 0);
  } catch (error) {
    // Preludes are read by what other readers use too, and nothing else here throws this.
    if (error instanceof MpyFormatError) throw violation('prelude', verifier.name(), -1, error.message);
    throw error;
  }
}

/** What all verifications use, one after another. */
class Scratch {
  readonly flow = new Flow();
  readonly prelude = new PreludeScan();
  readonly child = new PreludeScan();
  cellKinds = new Uint8Array(256);
  /** How many cells each child is made with: those of the function that is being checked behind those of the ones around it. */
  closedOver = new Int32Array(256);
}
let scratch: Scratch | null = null;

class Verifier {
  private readonly nQstrs: number;
  private readonly nConstants: number;
  private readonly prelude: PreludeScan;
  private readonly child: PreludeScan;
  private readonly flow: Flow;
  private readonly scratch: Scratch;
  /** Which of the scratch's `cellKinds` are of this function; -1 if it has no cells. */
  private cellEnd = 0;

  private code!: RawCode;
  /** Where in the scratch's `closedOver` the function's children begin. */
  private base = 0;
  private outer = '';
  private nameIndex = -1;

  constructor(private readonly module: CompiledModule) {
    this.nQstrs = module.qstrs.length;
    this.nConstants = module.constants.length;
    scratch ??= new Scratch();
    this.scratch = scratch;
    ({ flow: this.flow, prelude: this.prelude, child: this.child } = scratch);
  }

  /**
   * Checks a function and those inside it. `nClosed`: how many cells what makes it gives it. `base`: first free place of the scratch's
   * `closedOver`.
   */
  tree(code: AnyCode, outer: string, nClosed: number, depth: number, base: number): void {
    if (depth === MAX_DEPTH) throw violation('nesting', outer, -1, `functions nest deeper than ${MAX_DEPTH}`);
    const { children } = code;
    if (code.kind !== 'bytecode') {
      for (const child of children) this.tree(child, outer, UNKNOWN, depth + 1, base);
      return;
    }
    this.code = code;
    this.outer = outer;
    this.nameIndex = -1;
    const behind = base + children.length;
    this.base = base;
    if (behind > this.scratch.closedOver.length) {
      const larger = new Int32Array(behind * 2);
      larger.set(this.scratch.closedOver);
      this.scratch.closedOver = larger;
    }
    if (base < behind) this.scratch.closedOver.fill(UNKNOWN, base, behind);
    const cells = this.checkPrelude(code.code);
    this.findCells(code.code, cells, nClosed);
    const nLocals = this.decode(code.code, cells, children.length);
    this.flow.run(code.code, cells + this.prelude.nCells, this.prelude, nLocals, this.name);
    if (children.length === 0) return;
    const path = this.name();
    for (let i = 0; i < children.length; i++) {
      this.tree(children[i] as AnyCode, path, this.scratch.closedOver[base + i] as number, depth + 1, behind);
    }
  }

  /** Names from the module's body to the function. */
  readonly name = (): string => {
    if (this.nameIndex < 0) return this.outer || '<module>';
    const own = this.module.qstrs[this.nameIndex] as string;
    return this.outer === '' ? own : `${this.outer}.${own}`;
  };

  private bad(rule: string, offset: number, reason: string): MpyVerifyError {
    return violation(rule, this.name(), offset, reason);
  }

  /** Returns where the cells start. */
  private checkPrelude(code: Uint8Array): number {
    const prelude = this.prelude;
    prelude.read(code, 0);
    const { nState, nExcStack, scopeFlags, nPosArgs, nDefPosArgs, infoStart, nInfo } = prelude;
    const end = infoStart + nInfo;
    let at = infoStart;
    for (let i = nPosArgs + prelude.nKwonlyArgs; i >= 0; i--) {
      let index = 0;
      let b = 0x80;
      for (let n = 0; b >= 0x80; n++) {
        if (at === end || n === MAX_UINT_BYTES) throw this.bad('prelude', -1, 'the names are cut short');
        b = code[at++] as number;
        index = index * 128 + (b & 0x7f);
      }
      if (index >= this.nQstrs) throw this.bad('names', -1, `name ${index} of ${this.nQstrs}`);
      if (this.nameIndex < 0) this.nameIndex = index;
    }
    if (nState > MAX_STATE || nExcStack > MAX_STATE) throw this.bad('prelude', -1, 'the state is too large');
    if (scopeFlags & ~ScopeFlag.AllSig) throw this.bad('prelude', -1, `scope flags ${scopeFlags}`);
    if (this.argumentCount() > nState) throw this.bad('prelude', -1, 'more arguments than state');
    if (nDefPosArgs > nPosArgs) throw this.bad('prelude', -1, 'more defaults than arguments');
    for (; at < end; at++) {
      if ((code[at] as number) >= 0x80 && ++at === end) throw this.bad('prelude', -1, 'the line table is cut short');
    }
    return end;
  }

  private argumentCount(): number {
    const { nPosArgs, nKwonlyArgs, scopeFlags } = this.prelude;
    return (
      nPosArgs +
      nKwonlyArgs +
      ((scopeFlags & ScopeFlag.VarArgs) !== 0 ? 1 : 0) +
      ((scopeFlags & ScopeFlag.VarKeywords) !== 0 ? 1 : 0)
    );
  }

  /** Finds which locals hold cells: those of the prelude, at `start`, and the first `nClosed` arguments. */
  private findCells(code: Uint8Array, start: number, nClosed: number): void {
    const { nCells, nState, nPosArgs } = this.prelude;
    const nArgCells = nClosed === UNKNOWN ? nPosArgs : nClosed;
    if (nCells === 0 && nArgCells === 0) {
      this.cellEnd = -1;
      return;
    }
    // Cells are named by bytes, so only arguments, of which each has its name in the code, can need more room than that.
    const end = Math.min(nState, Math.max(256, nArgCells));
    if (end > this.scratch.cellKinds.length) this.scratch.cellKinds = new Uint8Array(end);
    const kinds = this.scratch.cellKinds;
    kinds.fill(Cell.No, 0, end);
    kinds.fill(nClosed === UNKNOWN ? Cell.Perhaps : Cell.Yes, 0, nArgCells);
    for (let i = 0; i < nCells; i++) {
      const local = code[start + i] as number;
      if (local >= nState) throw this.bad('local', -1, `cell ${local} of ${nState} locals`);
      if (kinds[local] === Cell.Yes) throw this.bad('cell', -1, `local ${local} becomes a cell twice`);
      kinds[local] = Cell.Yes;
    }
    this.cellEnd = end;
  }

  private cellKind(local: number): number {
    return local < this.cellEnd ? (this.scratch.cellKinds[local] as number) : Cell.No;
  }

  /**
   * Reads all instructions into the flow's arrays and checks their operands; `cells` is where they start. Returns how many
   * locals are used.
   */
  private decode(code: Uint8Array, cells: number, nChildren: number): number {
    const { nState, nCells } = this.prelude;
    const end = code.length;
    const start = cells + nCells;
    const flow = this.flow;
    flow.prepare(end);
    const { sizes, args, targets, starts, jumps, depths, round } = flow;
    const hasCells = this.cellEnd >= 0;
    let nLocals = this.argumentCount();
    for (let i = cells; i < start; i++) nLocals = Math.max(nLocals, (code[i] as number) + 1);
    if (start === end) throw this.bad('instruction', -1, 'the function has no instructions');
    let nJumps = 0;
    let hasClosures = false;
    /** How many instructions just before load a local that is a cell. */
    let cellLoads = 0;
    let at = start;
    while (at < end) {
      const op = code[at] as number;
      const operands = OPERANDS[op] as number;
      const kind = operands & OPERAND;
      let next = at + 1;
      let isCellLoad = false;
      if (kind <= Operand.StoreFast) {
        if (kind >= Operand.LoadFast) {
          const local = op & 0xf;
          if (local >= nLocals) {
            if (local >= nState) throw this.bad('local', at, `local ${local} of ${nState}`);
            nLocals = local + 1;
          }
          if (hasCells) isCellLoad = this.checkCellUse(kind === Operand.LoadFast, false, local, at);
        } else if (kind === Operand.Bad) {
          throw this.bad('instruction', at, `0x${op.toString(16).padStart(2, '0')} is no opcode`);
        }
      } else if (kind === Operand.Jump) {
        if (next >= end) throw this.cut(at);
        const low = code[next++] as number;
        let distance = low;
        if (low >= 0x80) {
          if (next >= end) throw this.cut(at);
          distance = (low & 0x7f) | ((code[next++] as number) << 7);
          if ((operands & SIGNED) !== 0) distance -= 0x4000;
        } else if ((operands & SIGNED) !== 0) distance -= 0x40;
        const target = next + distance;
        if (target < start || target >= end) throw this.bad('jump', at, `byte ${target} starts no instruction`);
        targets[at] = target;
        jumps[nJumps++] = at;
      } else {
        let arg = 0;
        let b = next < end ? (code[next] as number) : 0x80;
        if (b < 0x80) {
          arg = b;
          next++;
        } else {
          const limit = at + (kind === Operand.Int ? MAX_INT_BYTES : MAX_UINT_BYTES);
          for (b = 0x80; b >= 0x80; ) {
            if (next >= end) throw this.cut(at);
            if (next > limit) throw this.bad('instruction', at, 'an operand is too long');
            b = code[next++] as number;
            arg = arg * 128 + (b & 0x7f);
          }
          if (kind !== Operand.Int && arg > 0xffffffff) throw this.bad('instruction', at, 'an operand is too large');
        }
        if ((operands & EXTRA) !== 0 && next >= end) throw this.cut(at);
        switch (kind) {
          case Operand.Name:
            if (arg >= this.nQstrs) throw this.bad('name', at, `name ${arg} of ${this.nQstrs}`);
            break;
          case Operand.Constant:
            if (arg >= this.nConstants) throw this.bad('constant', at, `constant ${arg} of ${this.nConstants}`);
            break;
          case Operand.Local: {
            if (arg >= nLocals) {
              if (arg >= nState) throw this.bad('local', at, `local ${arg} of ${nState}`);
              nLocals = arg + 1;
            }
            const wantsCell = op === Op.LoadDeref || op === Op.StoreDeref || op === Op.DeleteDeref;
            if (hasCells || wantsCell) isCellLoad = this.checkCellUse(op === Op.LoadFastN, wantsCell, arg, at);
            break;
          }
          case Operand.Call:
            if (arg > 0xffff) throw this.bad('operand', at, `an argument count of ${arg}`);
            break;
          case Operand.Count:
            this.checkCount(op, arg, at);
            break;
          case Operand.Child: {
            if (arg >= nChildren) throw this.bad('child', at, `child ${arg} of ${nChildren}`);
            const extra = (operands & EXTRA) !== 0 ? (code[next] as number) : 0;
            if (extra > 0) hasClosures = true;
            this.checkMake(op, arg, extra, cellLoads, at);
            break;
          }
        }
        args[at] = arg;
      }
      if ((operands & EXTRA) !== 0 && next++ >= end) throw this.cut(at);
      starts[at] = round;
      sizes[at] = next - at;
      depths[at] = NOT_REACHED;
      if (hasCells) cellLoads = isCellLoad ? cellLoads + 1 : 0;
      at = next;
    }
    for (let i = 0; i < nJumps; i++) {
      const from = jumps[i] as number;
      const to = targets[from] as number;
      if (starts[to] !== round) throw this.bad('jump', from, `byte ${to} starts no instruction`);
      if (hasClosures) flow.marks[to] = round;
    }
    if (nJumps > 0 && hasClosures) this.checkClosureJumps(code, start);
    return nLocals;
  }

  private cut(at: number): MpyVerifyError {
    return this.bad('instruction', at, 'the code ends inside an instruction');
  }

  private checkCount(op: number, arg: number, at: number): void {
    // Only BUILD_MAP's count is not a number of stack entries, and it is a hint of how much to allocate.
    let good = arg <= MAX_STATE;
    if (op === Op.BuildSlice) good = arg === 2 || arg === 3;
    else if (op === Op.StoreComp) good = (arg & 3) !== 3 && arg >>> 2 <= MAX_STATE;
    if (!good) throw this.bad('operand', at, `a count of ${arg}`);
  }

  /** Returns whether it is the load of a cell. */
  private checkCellUse(isLoadFast: boolean, wantsCell: boolean, local: number, at: number): boolean {
    const kind = this.cellKind(local);
    if (kind !== Cell.Perhaps && !isLoadFast && wantsCell !== (kind === Cell.Yes)) {
      throw this.bad('cell', at, `local ${local} is ${wantsCell ? 'no' : 'a'} cell`);
    }
    return isLoadFast && kind !== Cell.No;
  }

  /** Instructions that make a function: do they fit the child, and do they hand it cells? */
  private checkMake(op: number, index: number, extra: number, cellLoads: number, at: number): void {
    if (extra > cellLoads) throw this.bad('closure', at, `the ${extra} entries to close over are not all cells`);
    const { closedOver } = this.scratch;
    const before = closedOver[this.base + index] as number;
    if (before !== UNKNOWN && before !== extra) {
      throw this.bad('closure', at, `child ${index} is made with ${before} and with ${extra} cells`);
    }
    closedOver[this.base + index] = extra;
    const code = this.code.children[index] as AnyCode;
    if (code.kind !== 'bytecode') return;
    // a signature of one byte has neither defaults nor flags
    if (extra === 0 && code.code.length > 0 && (code.code[0] as number) < 0x80) return;
    const child = this.child;
    child.readSignature(code.code, 0);
    if (extra > child.nPosArgs - child.nDefPosArgs) {
      throw this.bad('closure', at, `${extra} cells for a child with ${child.nPosArgs} arguments`);
    }
    const hasDefaults = child.nDefPosArgs > 0 || (child.scopeFlags & ScopeFlag.DefKwArgs) !== 0;
    if (hasDefaults && op !== Op.MakeFunctionDefargs && op !== Op.MakeClosureDefargs) {
      throw this.bad('defaults', at, `child ${index} has default values and is given none`);
    }
  }

  /** Nothing may jump between the loading of cells and the making of the closure. */
  private checkClosureJumps(code: Uint8Array, start: number): void {
    const { sizes, marks, round } = this.flow;
    /** How many instructions have passed since the last one that is jumped to, that one included. */
    let since = 0;
    for (let at = start; at < code.length; at += sizes[at] as number) {
      const op = code[at] as number;
      since = marks[at] === round ? 0 : since + 1;
      if (((OPERANDS[op] as number) & OPERAND) !== Operand.Child || ((OPERANDS[op] as number) & EXTRA) === 0) continue;
      const extra = code[at + (sizes[at] as number) - 1] as number;
      if (extra > since) throw this.bad('closure', at, 'a jump leads between its cells');
    }
  }
}
