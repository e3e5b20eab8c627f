/**
 * The verifier's rules about the stack and the exception blocks of a function.
 *
 * Every instruction is visited once, with the depth of the operand stack and the chain of open blocks; both must be the
 * same on all ways to it. A block is first in its body, and from its handler's offset on it is active: the interpreter
 * tells these apart by comparing offsets, so each chain has the range of offsets where it may be.
 *
 * A handler starts with its cause on top of the depth at which the block was opened. For finally and with the cause is
 * None, an exception, or two words (a return value or a destination, and a small int). Depths here count it as one entry,
 * so inside such a handler the real stack may be one deeper; `slack` counts those.
 */
import { Op, ScopeFlag } from '@tsmp-internal/bytecode';
import type { RawCode } from './code.js';
import { MpyVerifyError } from './errors.js';
import type { Instruction } from './instructions.js';
import type { StackCount } from './opcode-table.js';
import type { Prelude } from './prelude.js';

/** A function while it is checked. */
export interface FunctionUnderTest {
  readonly name: string;
  readonly code: RawCode;
  readonly prelude: Prelude;
  readonly instructions: readonly Instruction[];
  /** For each byte of the code: which instruction starts there, or −1. */
  readonly indexAt: Int32Array;
  /** Entries that the operand stack may have: what the locals leave. */
  readonly maxDepth: number;
}

/** The error of a rule that is broken at `offset` of the code of `name`. */
export function violation(code: string, name: string, offset: number, reason: string): MpyVerifyError {
  return new MpyVerifyError(code, name, offset, reason);
}

const enum Kind {
  With,
  Except,
  Finally,
}

const enum Phase {
  /** Before the handler. */
  Body,
  /** In the handler, the cause untouched on the stack. */
  Fresh,
  /** In the handler, the cause taken (except) or moved about (the finally that ends an `async with`). */
  Taken,
  /** Between WITH_CLEANUP and END_FINALLY. */
  Cleaned,
}

/** A chain of open blocks, innermost first. One object for each block and phase, so that chains compare by identity. */
interface Chain {
  readonly parent: Chain | null;
  readonly block: Block;
  readonly phase: Phase;
  /** How many blocks. */
  readonly length: number;
  /** How many entries the real stack may have on top of the counted ones. */
  readonly slack: number;
  /** Entries below this one belong to the block. */
  readonly floor: number;
  /** The chain is possible from offset `low` to before `high`. */
  readonly low: number;
  readonly high: number;
}

/** What one SETUP instruction opens. */
interface Block {
  readonly kind: Kind;
  readonly parent: Chain | null;
  /** Offset of the handler. */
  readonly handler: number;
  /** Depth without the cause. */
  readonly depth: number;
  readonly chains: (Chain | undefined)[];
  /** Depth after the block's END_FINALLY; −1 until one was reached. */
  exitDepth: number;
  /** UNWIND_JUMPs that wait for it. */
  readonly waiting: Unwinding[];
}

/** An UNWIND_JUMP on its way out of the blocks. */
interface Unwinding {
  readonly instruction: Instruction;
  left: number;
  depth: number;
  chain: Chain | null;
}

/** Entries of an iterator on the stack. */
const ITER_SLOTS = 4;

/** Follow the code of a function and check every rule about its stack and its blocks. */
export function verifyFlow(fn: FunctionUnderTest): void {
  new Flow(fn).run();
}

function entries(count: StackCount, instruction: Instruction): number {
  return typeof count === 'number' ? count : count(instruction.arg, instruction.extra);
}

class Flow {
  private readonly depths: Int32Array;
  private readonly chains: (Chain | null)[];
  private readonly work: number[] = [];

  constructor(private readonly fn: FunctionUnderTest) {
    this.depths = new Int32Array(fn.instructions.length).fill(-1);
    this.chains = new Array<Chain | null>(fn.instructions.length).fill(null);
  }

  run(): void {
    const first = this.fn.instructions[0] as Instruction;
    this.reach(first.offset, 0, null, first);
    for (let index = this.work.pop(); index !== undefined; index = this.work.pop()) this.visit(index);
  }

  private fail(rule: string, at: Instruction, reason: string): MpyVerifyError {
    return violation(rule, this.fn.name, at.offset, reason);
  }

  /** Control comes to `offset`, which starts an instruction. */
  private reach(offset: number, depth: number, chain: Chain | null, from: Instruction): void {
    if (chain !== null && (offset < chain.low || offset >= chain.high)) {
      throw this.fail('block-range', from, `byte ${offset} is on the wrong side of an exception handler`);
    }
    const top = depth + (chain?.slack ?? 0);
    if (top > this.fn.maxDepth) {
      throw this.fail('stack-overflow', from, `${top} stack entries, the state has room for ${this.fn.maxDepth}`);
    }
    const index = this.fn.indexAt[offset] as number;
    if (this.depths[index] === -1) {
      this.depths[index] = depth;
      this.chains[index] = chain;
      this.work.push(index);
    } else if (this.depths[index] !== depth) {
      throw this.fail('stack-merge', from, `byte ${offset} is reached with ${this.depths[index]} and ${depth} entries`);
    } else if (this.chains[index] !== chain) {
      throw this.fail('block-merge', from, `byte ${offset} is reached with different exception blocks`);
    }
  }

  /** Go on to the next instruction, which may be where the innermost block's handler starts. */
  private fall(at: Instruction, depth: number, chain: Chain | null): void {
    const next = at.offset + at.size;
    if (next >= this.fn.code.code.length)
      throw this.fail('fall-through', at, 'the function does not end with a return');
    if (
      chain !== null &&
      chain.phase === Phase.Body &&
      next === chain.block.handler &&
      chain.block.kind !== Kind.Except
    ) {
      if (at.op !== Op.LoadConstNone || depth !== chain.block.depth + 1) {
        throw this.fail('handler-entry', at, 'a finally part is entered without None as its cause');
      }
      this.reach(next, depth, this.chainOf(chain.block, Phase.Fresh), at);
      return;
    }
    this.reach(next, depth, chain, at);
  }

  private chainOf(block: Block, phase: Phase): Chain {
    const known = block.chains[phase];
    if (known !== undefined) return known;
    const { parent, kind, handler, depth } = block;
    const active = phase !== Phase.Body;
    const outerFloor = parent?.floor ?? 0;
    let floor = depth;
    if (phase === Phase.Fresh) floor = depth + 1;
    else if (phase === Phase.Cleaned) floor = depth - 1;
    else if (phase === Phase.Taken && kind === Kind.Finally) floor = outerFloor;
    const chain: Chain = {
      parent,
      block,
      phase,
      length: (parent?.length ?? 0) + 1,
      slack: (parent?.slack ?? 0) + (active && kind !== Kind.Except ? 1 : 0),
      floor,
      low: Math.max(parent?.low ?? 0, active ? handler : 0),
      high: Math.min(parent?.high ?? Infinity, active ? Infinity : handler),
    };
    block.chains[phase] = chain;
    return chain;
  }

  private visit(index: number): void {
    const at = this.fn.instructions[index] as Instruction;
    const depth = this.depths[index] as number;
    const chain = this.chains[index] as Chain | null;
    if (chain?.phase === Phase.Cleaned && at.op !== Op.EndFinally) {
      throw this.fail('with-cleanup', at, 'WITH_CLEANUP is not followed by END_FINALLY');
    }
    switch (at.op) {
      case Op.SetupWith:
      case Op.SetupExcept:
      case Op.SetupFinally:
        return this.setup(at, depth, chain);
      case Op.PopExceptJump:
        return this.popExceptJump(at, depth, chain);
      case Op.WithCleanup:
        return this.withCleanup(at, depth, chain);
      case Op.EndFinally:
        return this.endFinally(at, depth, chain);
      case Op.UnwindJump:
        this.refuseInMovedCause(at, chain);
        // The destination goes on the stack; the count of blocks does not, or break in two nested finally parts would not
        // fit what mpy-cross reserves.
        this.reserve(at, depth, chain, 1);
        return this.unwind({ instruction: at, left: this.unwindCount(at), depth, chain });
      case Op.ReturnValue:
        this.refuseInMovedCause(at, this.take(at, depth, chain, 1));
        return;
      case Op.YieldValue:
      case Op.YieldFrom:
        if ((this.fn.prelude.scopeFlags & ScopeFlag.Generator) === 0) {
          throw this.fail('yield', at, 'the function is not marked as a generator');
        }
        break;
    }
    this.plain(at, depth, chain);
  }

  /** All instructions that only move values. */
  private plain(at: Instruction, depth: number, chain: Chain | null): void {
    this.peek(at, depth);
    const pops = entries(at.info.pops, at);
    const after = this.take(at, depth, chain, pops);
    const left = depth - pops;
    if (at.target >= 0) this.jump(at, depth, left, after);
    if (!at.info.ends) this.fall(at, left + entries(at.info.pushes, at), after);
  }

  private jump(at: Instruction, depth: number, left: number, chain: Chain | null): void {
    if (at.op === Op.ForIter) {
      this.take(at, depth, chain, ITER_SLOTS);
      this.reach(at.target, depth - ITER_SLOTS, chain, at);
    } else if (at.op === Op.JumpIfTrueOrPop || at.op === Op.JumpIfFalseOrPop) {
      this.reach(at.target, depth, chain, at);
    } else if (at.op === Op.Jump && this.skipsIntoFinally(at, depth, chain)) {
      this.reach(at.target, left, this.chainOf((chain as Chain).block, Phase.Taken), at);
    } else {
      this.reach(at.target, left, chain, at);
    }
  }

  /** An `async with` whose body ended jumps over the start of its finally part, with None below the manager. */
  private skipsIntoFinally(at: Instruction, depth: number, chain: Chain | null): boolean {
    if (chain === null || chain.phase !== Phase.Body || chain.block.kind !== Kind.Finally) return false;
    return at.target > chain.block.handler && depth === chain.block.depth + 1;
  }

  /** Instructions that look at entries without taking them. */
  private peek(at: Instruction, depth: number): void {
    let needed = 0;
    if (at.op === Op.DupTop || at.op === Op.ImportFrom) needed = 1;
    else if (at.op === Op.DupTopTwo) needed = 2;
    else if (at.op === Op.StoreMap) needed = 3;
    else if (at.op === Op.ForIter) needed = ITER_SLOTS;
    else if (at.op === Op.StoreComp) needed = (at.arg >> 2) + 1;
    if (depth < needed) throw this.underflow(at, depth, needed);
  }

  private underflow(at: Instruction, depth: number, needed: number): MpyVerifyError {
    return this.fail('stack-underflow', at, `${needed} stack entries needed, there are ${depth}`);
  }

  private reserve(at: Instruction, depth: number, chain: Chain | null, more: number): void {
    const top = depth + (chain?.slack ?? 0) + more;
    if (top > this.fn.maxDepth) {
      throw this.fail('stack-overflow', at, `needs ${top} stack entries, the state has room for ${this.fn.maxDepth}`);
    }
  }

  /** `n` entries are taken off a stack of `depth`; returns the chain afterwards, which changes when the cause is taken. */
  private take(at: Instruction, depth: number, chain: Chain | null, n: number): Chain | null {
    const left = depth - n;
    if (chain === null) {
      if (left < 0) throw this.underflow(at, depth, n);
      return null;
    }
    if (left >= chain.floor) return chain;
    const { block, phase } = chain;
    const outerFloor = block.parent?.floor ?? 0;
    if (block.kind === Kind.Finally) {
      const rotates = at.op === Op.RotTwo || at.op === Op.RotThree;
      if (phase === Phase.Body && rotates && left >= outerFloor) return chain;
      // The cause may be two words, which makes three entries of two.
      const real = at.op === Op.RotThree && phase !== Phase.Body ? left + 1 : left;
      if (phase !== Phase.Body && real >= outerFloor) return this.chainOf(block, Phase.Taken);
    } else if (block.kind === Kind.Except && phase === Phase.Fresh && left >= block.depth) {
      return this.chainOf(block, Phase.Taken);
    }
    if (left < 0) throw this.underflow(at, depth, n);
    throw this.fail('stack-floor', at, `takes entries below ${chain.floor} that belong to an exception block`);
  }

  /** Where the cause is no longer in its place, blocks cannot be opened or unwound. */
  private refuseInMovedCause(at: Instruction, chain: Chain | null): void {
    if (chain === null) return;
    const { phase } = chain;
    const { kind } = chain.block;
    if ((kind === Kind.Finally && phase === Phase.Taken) || (kind === Kind.With && phase !== Phase.Body)) {
      throw this.fail('block-order', at, `${at.info.name} while a finally part is being closed`);
    }
  }

  private setup(at: Instruction, depth: number, chain: Chain | null): void {
    const kind = at.op === Op.SetupWith ? Kind.With : at.op === Op.SetupExcept ? Kind.Except : Kind.Finally;
    const parent = this.take(at, depth, chain, kind === Kind.With ? 1 : 0);
    this.refuseInMovedCause(at, parent);
    // __enter__ is looked up and called above __exit__ and its object.
    if (kind === Kind.With) this.reserve(at, depth, chain, 3);
    const block: Block = {
      kind,
      parent,
      handler: at.target,
      depth: kind === Kind.With ? depth + 1 : depth,
      chains: [],
      exitDepth: -1,
      waiting: [],
    };
    const body = this.chainOf(block, Phase.Body);
    if (body.length > this.fn.prelude.nExcStack) {
      throw this.fail('block-depth', at, `${body.length} exception blocks, room for ${this.fn.prelude.nExcStack}`);
    }
    this.reach(at.target, block.depth + 1, this.chainOf(block, Phase.Fresh), at);
    this.fall(at, kind === Kind.With ? depth + 2 : depth, body);
  }

  private popExceptJump(at: Instruction, depth: number, chain: Chain | null): void {
    if (chain === null || chain.block.kind !== Kind.Except || chain.phase === Phase.Fresh) {
      throw this.fail('block-order', at, 'POP_EXCEPT_JUMP without an except block that can be left');
    }
    if (depth !== chain.block.depth) {
      throw this.fail('block-depth', at, `the block is left with ${depth} entries, opened with ${chain.block.depth}`);
    }
    this.reach(at.target, depth, chain.parent, at);
  }

  private withCleanup(at: Instruction, depth: number, chain: Chain | null): void {
    if (chain === null || chain.block.kind !== Kind.With || chain.phase !== Phase.Fresh) {
      throw this.fail('block-order', at, 'WITH_CLEANUP outside of a with block’s handler');
    }
    if (depth !== chain.block.depth + 1) throw this.fail('block-depth', at, 'WITH_CLEANUP without the cause on top');
    // __exit__ is called with three arguments.
    this.reserve(at, depth, chain, 1);
    this.fall(at, depth - 2, this.chainOf(chain.block, Phase.Cleaned));
  }

  private endFinally(at: Instruction, depth: number, chain: Chain | null): void {
    if (chain === null || chain.phase === Phase.Body) {
      throw this.fail('block-order', at, 'END_FINALLY outside of a handler');
    }
    const { block, phase } = chain;
    let good = false;
    if (phase === Phase.Fresh) good = block.kind !== Kind.With && depth === block.depth + 1;
    else if (phase === Phase.Cleaned) good = true;
    else good = block.kind === Kind.Finally && depth - 1 >= chain.floor;
    if (!good) throw this.fail('block-order', at, 'END_FINALLY without the cause on top');
    const exit = depth - 1;
    if (block.exitDepth === -1) {
      block.exitDepth = exit;
      for (const unwinding of block.waiting) this.unwind(unwinding);
    } else if (block.exitDepth !== exit) {
      throw this.fail('block-depth', at, `the block is left with ${block.exitDepth} and with ${exit} entries`);
    }
    this.fall(at, exit, block.parent);
  }

  private unwindCount(at: Instruction): number {
    const n = at.extra & 0x7f;
    if (n === 0) throw this.fail('operand', at, 'UNWIND_JUMP out of no block');
    return n;
  }

  /** Leave blocks as the interpreter does. Where a finally part ends is known once its END_FINALLY was reached. */
  private unwind(u: Unwinding): void {
    const at = u.instruction;
    for (; u.left > 0; u.left--) {
      const chain = u.chain;
      if (chain === null) throw this.fail('block-order', at, 'UNWIND_JUMP out of more blocks than are open');
      const { block, phase } = chain;
      if (block.kind !== Kind.Except) {
        this.refuseInMovedCause(at, chain);
        const expected = phase === Phase.Body ? block.depth : block.depth + 1;
        if (u.depth !== expected) {
          throw this.fail('block-depth', at, `a block is left with ${u.depth} entries, ${expected} expected`);
        }
        if (phase === Phase.Body && block.exitDepth === -1) {
          block.waiting.push(u);
          return;
        }
        u.depth = phase === Phase.Body ? block.exitDepth : block.depth;
      }
      u.chain = chain.parent;
    }
    const depth = (at.extra & 0x80) !== 0 ? u.depth - ITER_SLOTS : u.depth;
    if (depth < (u.chain?.floor ?? 0)) throw this.fail('stack-floor', at, 'drops an iterator that is not there');
    this.reach(at.target, depth, u.chain, at);
  }
}
