/**
 * The verifier's rules about the stack and the exception blocks of a function.
 *
 * Every instruction that can be reached is visited once, with the depth of the operand stack and the chain of open blocks;
 * both must be the same on all ways to it. A block is first in its body, and from its handler's offset on it is active: the
 * interpreter tells these apart by comparing offsets, so each chain has the range of offsets where it may be.
 *
 * A handler starts with its cause on top of the depth at which the block was opened. For finally and with the cause is
 * None, an exception, or two words (a return value or a destination, and a small int). Depths here count it as one entry,
 * so inside such a handler the real stack may be one deeper; `slack` counts those.
 */
import { Op, ScopeFlag } from '@tsmp-internal/bytecode';
import { MpyVerifyError } from './errors.js';
import { type OpcodeInfo, opcodeInfo } from './opcode-table.js';
import type { PreludeScan } from './prelude.js';
import { BY_OPERAND, EFFECTS, ITER_SLOTS, NEEDS, PLAIN, PUSHES, SIMPLE } from './verify-tables.js';

/** Instead of a depth: nothing came here yet. */
export const NOT_REACHED = -1;

/** The error of a rule that is broken at `offset` of the code of `name`. */
export function violation(code: string, name: string, offset: number, reason: string): MpyVerifyError {
  return new MpyVerifyError(code, name, offset, reason);
}

const enum Kind {
  With,
  Except,
  Finally,
  /** No block: the iterator of a `for` in four entries, which nothing else may look at. */
  Iter,
  /** No block either: what LOAD_METHOD left for CALL_METHOD, a function that relies on getting just that self. */
  Method,
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
  /** The iterator is whole. Behind it: the phases in which one to three of its entries were dropped. */
  Iterating,
  LastEntry = Iterating + 3,
  /** The method waits for its arguments. */
  Calling,
}

/**
 * A chain of open blocks and of iterators, innermost first. One object for each block and phase, so that chains compare by
 * identity. Iterators, and methods, that lie in the same place count as one.
 */
interface Chain {
  /** Its place in the list of the function's chains. */
  readonly id: number;
  readonly parent: Chain | null;
  readonly block: Block;
  readonly phase: Phase;
  /** How many blocks. */
  readonly length: number;
  /** How many entries the real stack may have on top of the counted ones. */
  readonly slack: number;
  /** Entries below this one belong to the block. */
  readonly floor: number;
  /** Entries below this one may be an iterator's or a method's: they are no plain objects. */
  readonly solid: number;
  /** Where the lowest iterator starts; Infinity without one. */
  readonly lowest: number;
  /** Whether the innermost block, iterators left aside, is in a handler where it cannot be unwound. */
  readonly moved: boolean;
  /** The chain is possible from offset `low` to before `high`. */
  readonly low: number;
  readonly high: number;
  /** What lies right above: the iterators and methods by {@link entriesKey}. Made when there is the first. */
  above: (Block | undefined)[] | null;
}

/** What one SETUP instruction opens; or an iterator or a method at one depth, whichever instruction laid it there. */
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
  /** Offset of the instruction. */
  readonly at: number;
  left: number;
  depth: number;
  chain: Chain | null;
}

/** Entries that LOAD_METHOD leaves. */
const METHOD_SLOTS = 2;
/** Iterators and methods outside of any chain, at depths below this one, have chains that all functions share. */
const SHARED_DEPTHS = 12;

/** The place of an iterator's or a method's block among those above one chain. */
function entriesKey(kind: Kind, depth: number): number {
  return depth * 2 + (kind === Kind.Iter ? 0 : 1);
}

function entriesAt(kind: Kind, depth: number, parent: Chain | null): Block {
  return { kind, parent, handler: -1, depth, chains: [], exitDepth: -1, waiting: [] };
}

/** The instructions of a function by their offsets, and the rules about what happens between them. */
export class Flow {
  /** Counts functions: what the arrays say of an offset is of this one if {@link starts} or {@link marks} have this number there. */
  round = 0;
  /** Where instructions start. */
  starts = new Int32Array(1024);
  /** Length of the instruction there. */
  sizes = new Uint8Array(1024);
  /** Its operand, where it has one of its own. */
  args = new Int32Array(1024);
  /** Of a jump: where to. */
  targets = new Int32Array(1024);
  /** Where the jumps of a function that makes closures lead. */
  marks = new Int32Array(1024);
  /** Offsets of the jumps. */
  jumps = new Int32Array(1024);
  /** Depth of the stack at an instruction, or {@link NOT_REACHED}. */
  depths = new Int32Array(1024);
  /** The chain there, as its place in `chains`. */
  private chainIds = new Int32Array(1024);
  private readonly chains: (Chain | null)[] = [null];
  /** How many of them are shared by all functions, and their blocks by {@link entriesKey}. */
  private readonly nShared: number;
  private readonly shared: Block[] = [];
  /** The shared chains that have something above them. */
  private readonly sharedUsed: Chain[] = [];
  private readonly work: number[] = [];

  private code: Uint8Array = new Uint8Array(0);
  private maxDepth = 0;
  private nExcStack = 0;
  private isGenerator = false;
  private name: () => string = () => '';
  /** Where {@link take} and its like leave the chain. */
  private chain: Chain | null = null;

  constructor() {
    for (let depth = 0; depth < SHARED_DEPTHS; depth++) {
      const iter = entriesAt(Kind.Iter, depth, null);
      for (let phase = Phase.Iterating; phase <= Phase.LastEntry; phase++) this.chainOf(iter, phase);
      const method = entriesAt(Kind.Method, depth, null);
      this.chainOf(method, Phase.Calling);
      this.shared.push(iter, method);
    }
    this.nShared = this.chains.length;
  }

  /** Makes room for a function of `length` bytes and forgets the one before. */
  prepare(length: number): void {
    if (length > this.sizes.length) {
      const room = length * 2;
      this.sizes = new Uint8Array(room);
      this.args = new Int32Array(room);
      this.targets = new Int32Array(room);
      this.starts = new Int32Array(room);
      this.marks = new Int32Array(room);
      this.jumps = new Int32Array(room);
      this.depths = new Int32Array(room);
      this.chainIds = new Int32Array(room);
    }
    if (++this.round === 0x7fffffff) {
      this.starts.fill(0);
      this.marks.fill(0);
      this.round = 1;
    }
    const { chains, nShared, sharedUsed, work } = this;
    while (chains.length > nShared) chains.pop();
    while (sharedUsed.length > 0) (sharedUsed.pop() as Chain).above = null;
    while (work.length > 0) work.pop();
  }

  /** Follows a function whose instructions, from `start` on, are in the arrays. */
  run(code: Uint8Array, start: number, prelude: PreludeScan, nLocals: number, name: () => string): void {
    this.code = code;
    this.maxDepth = prelude.nState - nLocals;
    this.nExcStack = prelude.nExcStack;
    this.isGenerator = (prelude.scopeFlags & ScopeFlag.Generator) !== 0;
    this.name = name;
    this.reach(start, 0, null, start);
    const { work } = this;
    while (work.length > 0) this.follow(work.pop() as number);
  }

  private fail(rule: string, at: number, reason: string): MpyVerifyError {
    return violation(rule, this.name(), at, reason);
  }

  /** Control comes from `from` to `to`, which starts an instruction. It is followed later unless it was before. */
  private reach(to: number, depth: number, chain: Chain | null, from: number): void {
    if (this.arrive(to, depth, chain, from)) this.work.push(to);
  }

  /** Notes depth and chain at `to`; whether nothing was known of it. */
  private arrive(to: number, depth: number, chain: Chain | null, from: number): boolean {
    let top = depth;
    if (chain !== null) {
      if (to < chain.low || to >= chain.high) {
        throw this.fail('block-range', from, `byte ${to} is on the wrong side of an exception handler`);
      }
      top += chain.slack;
    }
    if (top > this.maxDepth) {
      throw this.fail('stack-overflow', from, `${top} stack entries, the state has room for ${this.maxDepth}`);
    }
    const id = chain === null ? 0 : chain.id;
    const known = this.depths[to] as number;
    if (known === NOT_REACHED) {
      this.depths[to] = depth;
      this.chainIds[to] = id;
      return true;
    }
    if (known !== depth) {
      throw this.fail('stack-merge', from, `byte ${to} is reached with ${known} and ${depth} entries`);
    }
    if (this.chainIds[to] !== id) {
      throw this.fail('block-merge', from, `byte ${to} is reached with different exception blocks`);
    }
    return false;
  }

  /** Follows the code from `start` until it ends or comes to what was followed already. */
  private follow(start: number): void {
    const { code, sizes, args, depths, chainIds, chains, maxDepth } = this;
    const end = code.length;
    let at = start;
    let depth = depths[at] as number;
    let chain = chains[chainIds[at] as number] as Chain | null;
    let floor = chain === null ? 0 : chain.floor;
    /** How much of LOAD_NULL, LOAD_FAST, LOAD_NULL, LOAD_NULL just went by: how a comprehension lays its iterator out. */
    let laid = 0;
    for (;;) {
      const op = code[at] as number;
      const effect = EFFECTS[op] as number;
      if (laid === 0 && (effect & SIMPLE) !== 0) {
        // most instructions: no rule but those about depth and the next instruction
        const left = depth - (effect & 0xff);
        const next = at + (sizes[at] as number);
        if (left >= floor && next < end) {
          if (chain === null) {
            depth = left + ((effect >> PUSHES) & 0xff);
            if (depth > maxDepth || depths[next] !== NOT_REACHED) {
              if (!this.arrive(next, depth, null, at)) return;
            } else {
              depths[next] = depth;
              chainIds[next] = 0;
            }
            at = next;
            continue;
          }
          if (chain.phase !== Phase.Cleaned && chain.block.handler !== next) {
            depth = left + ((effect >> PUSHES) & 0xff);
            if (!this.arrive(next, depth, chain, at)) return;
            at = next;
            continue;
          }
        }
      }
      if (chain !== null && chain.phase === Phase.Cleaned && op !== Op.EndFinally) {
        throw this.fail('with-cleanup', at, 'WITH_CLEANUP is not followed by END_FINALLY');
      }
      let pops = effect & 0xff;
      let pushes = (effect >> PUSHES) & 0xff;
      let needs = (effect >> NEEDS) & 0xff;
      if ((effect & BY_OPERAND) !== 0) {
        const arg = args[at] as number;
        const extra = code[at + (sizes[at] as number) - 1] as number;
        pops = entries(op, arg, extra, true);
        pushes = entries(op, arg, extra, false);
        if (op === Op.StoreComp) {
          needs = (arg >>> 2) + 1;
          if (chain !== null && depth >= needs && depth - needs >= chain.lowest) {
            throw this.fail('stack-floor', at, 'adds to an entry of an iterator, or above one');
          }
        }
      }
      if (needs > 0) {
        if (depth < needs) throw this.underflow(at, depth, needs);
        if (chain !== null && op !== Op.StoreComp && op !== Op.ForIter && depth - needs < chain.solid) {
          throw this.fail('stack-floor', at, 'looks at the entries of an iterator or a method');
        }
      }
      if ((effect & PLAIN) !== 0) {
        depth -= pops;
        if (depth < floor) {
          chain = this.takeBelow(at, depth + pops, chain, pops);
          floor = chain === null ? 0 : chain.floor;
        }
        depth += pushes;
        if (op === Op.LoadMethod || op === Op.LoadSuperMethod) {
          chain = this.call(depth - METHOD_SLOTS, chain);
          floor = chain === null ? 0 : chain.floor;
        }
        if (op === Op.LoadNull) {
          laid = laid >= 2 ? laid + 1 : 1;
          if (laid === 4) {
            chain = this.iterate(depth - ITER_SLOTS, chain);
            floor = depth;
          }
        } else {
          laid = laid === 1 && (op === Op.LoadFastN || (op & 0xf0) === Op.LoadFastMulti) ? 2 : 0;
        }
      } else {
        laid = 0;
        this.chain = chain;
        depth = this.special(op, at, depth, pops, pushes);
        if (depth < 0) return;
        chain = this.chain;
        floor = chain === null ? 0 : chain.floor;
      }
      const next = at + (sizes[at] as number);
      if (next >= end) throw this.fail('fall-through', at, 'the function does not end with a return');
      if (chain === null) {
        if (depth > maxDepth || depths[next] !== NOT_REACHED) {
          if (!this.arrive(next, depth, null, at)) return;
        } else {
          depths[next] = depth;
          chainIds[next] = 0;
        }
      } else {
        if (chain.phase === Phase.Body && next === chain.block.handler && chain.block.kind !== Kind.Except) {
          if (op !== Op.LoadConstNone || depth !== chain.block.depth + 1) {
            throw this.fail('handler-entry', at, 'a finally part is entered without None as its cause');
          }
          chain = this.chainOf(chain.block, Phase.Fresh);
          floor = chain.floor;
        }
        if (!this.arrive(next, depth, chain, at)) return;
      }
      at = next;
    }
  }

  /**
   * Instructions that jump, open or close blocks, or end the way. Takes the chain from `this.chain` and leaves it there;
   * returns the depth behind the instruction, or -1 if nothing goes on there.
   */
  private special(op: number, at: number, depth: number, pops: number, pushes: number): number {
    const chain = this.chain;
    switch (op) {
      case Op.SetupWith:
      case Op.SetupExcept:
      case Op.SetupFinally:
        return this.setup(op, at, depth, chain);
      case Op.PopExceptJump:
        this.popExceptJump(at, depth, chain);
        return -1;
      case Op.WithCleanup:
        return this.withCleanup(at, depth, chain);
      case Op.EndFinally:
        return this.endFinally(at, depth, chain);
      case Op.UnwindJump:
        this.refuseInMovedCause(at, chain);
        // The destination goes on the stack; the count of blocks does not, or break in two nested finally parts would not
        // fit what mpy-cross reserves.
        this.reserve(at, depth, chain, 1);
        this.unwind({ at, left: this.unwindCount(at), depth, chain });
        return -1;
      case Op.ReturnValue:
        this.refuseInMovedCause(at, this.take(at, depth, chain, 1));
        return -1;
      case Op.YieldValue:
      case Op.YieldFrom:
        if (!this.isGenerator) throw this.fail('yield', at, 'the function is not marked as a generator');
        break;
    }
    const after = this.take(at, depth, chain, pops);
    this.chain = after;
    const left = depth - pops;
    switch (op) {
      case Op.Jump:
        this.reach(
          this.targets[at] as number,
          left,
          this.skipsIntoFinally(at, depth, after) ? this.chainOf((after as Chain).block, Phase.Taken) : after,
          at,
        );
        return -1;
      case Op.PopJumpIfTrue:
      case Op.PopJumpIfFalse:
        this.reach(this.targets[at] as number, left, after, at);
        break;
      case Op.JumpIfTrueOrPop:
      case Op.JumpIfFalseOrPop:
        this.reach(this.targets[at] as number, depth, after, at);
        break;
      case Op.GetIterStack:
        this.chain = this.iterate(left, after);
        break;
      case Op.ForIter:
        if (after === null || after.phase !== Phase.Iterating || depth !== after.floor) {
          throw this.fail('iterator', at, 'there is no iterator on top of the stack');
        }
        this.reach(this.targets[at] as number, depth - ITER_SLOTS, after.parent, at);
        break;
      case Op.RaiseLast:
      case Op.RaiseObj:
      case Op.RaiseFrom:
        return -1;
    }
    return left + pushes;
  }

  private chainOf(block: Block, phase: Phase): Chain {
    const known = block.chains[phase];
    if (known !== undefined) return known;
    const chain = block.kind >= Kind.Iter ? this.entriesChain(block, phase) : this.blockChain(block, phase);
    this.chains.push(chain);
    block.chains[phase] = chain;
    return chain;
  }

  private entriesChain(block: Block, phase: Phase): Chain {
    const { parent, depth, kind } = block;
    const isIter = kind === Kind.Iter;
    const floor = isIter ? depth + ITER_SLOTS - (phase - Phase.Iterating) : depth + METHOD_SLOTS;
    return {
      id: this.chains.length,
      parent,
      block,
      phase,
      length: parent?.length ?? 0,
      slack: parent?.slack ?? 0,
      floor,
      solid: floor,
      lowest: isIter ? Math.min(parent?.lowest ?? Infinity, depth) : (parent?.lowest ?? Infinity),
      moved: parent?.moved ?? false,
      low: parent?.low ?? 0,
      high: parent?.high ?? Infinity,
      above: null,
    };
  }

  /** The block of an iterator or a method whose entries start at `depth`. */
  private entriesBlock(kind: Kind, depth: number, parent: Chain | null): Block {
    const key = entriesKey(kind, depth);
    if (parent === null) return this.shared[key] ?? entriesAt(kind, depth, null);
    if (parent.above === null) {
      parent.above = [];
      if (parent.id < this.nShared) this.sharedUsed.push(parent);
    }
    return (parent.above[key] ??= entriesAt(kind, depth, parent));
  }

  /** An iterator lies in the four entries from `depth` on. */
  private iterate(depth: number, parent: Chain | null): Chain {
    return this.chainOf(this.entriesBlock(Kind.Iter, depth, parent), Phase.Iterating);
  }

  /** A method and its self lie in the two entries from `depth` on. */
  private call(depth: number, parent: Chain | null): Chain | null {
    // The finally part of an `async with` moves them about.
    if (parent?.moved === true) return parent;
    return this.chainOf(this.entriesBlock(Kind.Method, depth, parent), Phase.Calling);
  }

  private blockChain(block: Block, phase: Phase): Chain {
    const { parent, kind, handler, depth } = block;
    const active = phase !== Phase.Body;
    const outerFloor = parent?.floor ?? 0;
    let floor = depth;
    if (phase === Phase.Fresh) floor = depth + 1;
    else if (phase === Phase.Cleaned) floor = depth - 1;
    else if (phase === Phase.Taken && kind === Kind.Finally) floor = outerFloor;
    return {
      id: this.chains.length,
      parent,
      block,
      phase,
      length: (parent?.length ?? 0) + 1,
      slack: (parent?.slack ?? 0) + (active && kind !== Kind.Except ? 1 : 0),
      floor,
      solid: parent?.solid ?? 0,
      lowest: parent?.lowest ?? Infinity,
      moved: (kind === Kind.Finally && phase === Phase.Taken) || (kind === Kind.With && phase !== Phase.Body),
      low: Math.max(parent?.low ?? 0, active ? handler : 0),
      high: Math.min(parent?.high ?? Infinity, active ? Infinity : handler),
      above: null,
    };
  }

  /** An `async with` whose body ended jumps over the start of its finally part, with None below the manager. */
  private skipsIntoFinally(at: number, depth: number, chain: Chain | null): boolean {
    if (chain === null || chain.phase !== Phase.Body || chain.block.kind !== Kind.Finally) return false;
    return (this.targets[at] as number) > chain.block.handler && depth === chain.block.depth + 1;
  }

  private underflow(at: number, depth: number, needed: number): MpyVerifyError {
    return this.fail('stack-underflow', at, `${needed} stack entries needed, there are ${depth}`);
  }

  private reserve(at: number, depth: number, chain: Chain | null, more: number): void {
    const top = depth + (chain?.slack ?? 0) + more;
    if (top > this.maxDepth) {
      throw this.fail('stack-overflow', at, `needs ${top} stack entries, the state has room for ${this.maxDepth}`);
    }
  }

  /** `n` entries are taken off a stack of `depth`; returns the chain afterwards, which changes when the cause is taken. */
  private take(at: number, depth: number, chain: Chain | null, n: number): Chain | null {
    return depth - n >= (chain === null ? 0 : chain.floor) ? chain : this.takeBelow(at, depth, chain, n);
  }

  /** The same where the entries taken are below what the chain's code may take. */
  private takeBelow(at: number, depth: number, chain: Chain | null, n: number): Chain | null {
    const left = depth - n;
    if (chain === null) throw this.underflow(at, depth, n);
    const { block, phase } = chain;
    const op = this.code[at] as number;
    const outerFloor = block.parent?.floor ?? 0;
    if (block.kind === Kind.Method) {
      if ((op === Op.CallMethod || op === Op.CallMethodVarKw) && left === block.depth) return block.parent;
    } else if (block.kind === Kind.Iter) {
      // `break` drops an iterator entry by entry
      if (op === Op.PopTop) return phase === Phase.LastEntry ? block.parent : this.chainOf(block, phase + 1);
    } else if (block.kind === Kind.Finally) {
      const rotates = op === Op.RotTwo || op === Op.RotThree;
      if (phase === Phase.Body && rotates && left >= outerFloor) return chain;
      // The cause may be two words, which makes three entries of two.
      const real = op === Op.RotThree && phase !== Phase.Body ? left + 1 : left;
      if (phase !== Phase.Body && real >= outerFloor) return this.chainOf(block, Phase.Taken);
    } else if (block.kind === Kind.Except && phase === Phase.Fresh && left >= block.depth) {
      return this.chainOf(block, Phase.Taken);
    }
    if (left < 0) throw this.underflow(at, depth, n);
    throw this.fail(
      'stack-floor',
      at,
      `takes entries below ${chain.floor} that belong to an exception block, an iterator or a method`,
    );
  }

  /** Where the cause is no longer in its place, blocks cannot be opened or unwound. */
  private refuseInMovedCause(at: number, chain: Chain | null): void {
    if (chain?.moved === true) {
      const name = opcodeInfo(this.code[at] as number)?.name ?? '';
      throw this.fail('block-order', at, `${name} while a finally part is being closed`);
    }
  }

  private setup(op: number, at: number, depth: number, chain: Chain | null): number {
    const kind = op === Op.SetupWith ? Kind.With : op === Op.SetupExcept ? Kind.Except : Kind.Finally;
    const parent = this.take(at, depth, chain, kind === Kind.With ? 1 : 0);
    this.refuseInMovedCause(at, parent);
    // __enter__ is looked up and called above __exit__ and its object.
    if (kind === Kind.With) this.reserve(at, depth, chain, 3);
    const handler = this.targets[at] as number;
    const block: Block = {
      kind,
      parent,
      handler,
      depth: kind === Kind.With ? depth + 1 : depth,
      chains: [],
      exitDepth: -1,
      waiting: [],
    };
    const body = this.chainOf(block, Phase.Body);
    if (body.length > this.nExcStack) {
      throw this.fail('block-depth', at, `${body.length} exception blocks, room for ${this.nExcStack}`);
    }
    this.reach(handler, block.depth + 1, this.chainOf(block, Phase.Fresh), at);
    this.chain = body;
    return kind === Kind.With ? depth + 2 : depth;
  }

  private popExceptJump(at: number, depth: number, chain: Chain | null): void {
    if (chain === null || chain.block.kind !== Kind.Except || chain.phase === Phase.Fresh) {
      throw this.fail('block-order', at, 'POP_EXCEPT_JUMP without an except block that can be left');
    }
    if (depth !== chain.block.depth) {
      throw this.fail('block-depth', at, `the block is left with ${depth} entries, opened with ${chain.block.depth}`);
    }
    this.reach(this.targets[at] as number, depth, chain.parent, at);
  }

  private withCleanup(at: number, depth: number, chain: Chain | null): number {
    if (chain === null || chain.block.kind !== Kind.With || chain.phase !== Phase.Fresh) {
      throw this.fail('block-order', at, 'WITH_CLEANUP outside of a with block’s handler');
    }
    if (depth !== chain.block.depth + 1) throw this.fail('block-depth', at, 'WITH_CLEANUP without the cause on top');
    // __exit__ is called with three arguments.
    this.reserve(at, depth, chain, 1);
    this.chain = this.chainOf(chain.block, Phase.Cleaned);
    return depth - 2;
  }

  private endFinally(at: number, depth: number, chain: Chain | null): number {
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
    this.chain = block.parent;
    return exit;
  }

  private extraOf(at: number): number {
    return this.code[at + (this.sizes[at] as number) - 1] as number;
  }

  private unwindCount(at: number): number {
    const n = this.extraOf(at) & 0x7f;
    if (n === 0) throw this.fail('operand', at, 'UNWIND_JUMP out of no block');
    return n;
  }

  /** Leave blocks as the interpreter does. Where a finally part ends is known once its END_FINALLY was reached. */
  private unwind(u: Unwinding): void {
    const { at } = u;
    for (; u.left > 0; u.left--) {
      const chain = u.chain;
      if (chain === null) throw this.fail('block-order', at, 'UNWIND_JUMP out of more blocks than are open');
      const { block, phase } = chain;
      if (block.kind >= Kind.Iter) throw this.fail('block-order', at, 'UNWIND_JUMP past an iterator or a method');
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
    let { depth, chain } = u;
    if ((this.extraOf(at) & 0x80) !== 0) {
      if (chain === null || chain.phase !== Phase.Iterating || depth !== chain.floor) {
        throw this.fail('stack-floor', at, 'drops an iterator that is not there');
      }
      depth -= ITER_SLOTS;
      chain = chain.parent;
    }
    this.reach(this.targets[at] as number, depth, chain, at);
  }
}

/** How many entries an instruction takes, or puts in their place, where that depends on its operand. */
function entries(op: number, arg: number, extra: number, taken: boolean): number {
  const info = opcodeInfo(op) as OpcodeInfo;
  const count = taken ? info.pops : info.pushes;
  return typeof count === 'number' ? count : count(arg, extra);
}
