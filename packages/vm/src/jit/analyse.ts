/**
 * What the translator must know of a function before it writes JavaScript: its instructions in order, the depth of the value
 * stack before each, where control can arrive from elsewhere (leaders), and which locals are certainly bound there.
 *
 * The code has been compiled here or verified, so the depth at each instruction is one number. The bodies of `finally` are the exception: a
 * `return` or `break` on its way through leaves more on the stack than the normal way; whoever enters compiled code compares depths.
 */
import { Op, OpFormat, opFormat, ScopeFlag } from '@tsmp-internal/bytecode';
import { opcodeInfo, type StackCount } from '@tsmp/mpy-format';
import { decodeSections, decodeSignature, decodeUint, sections, sig, uintEnd } from '../call.js';
import type { Addr } from '../words.js';

/** One instruction, decoded. */
export interface Instr {
  readonly ip: Addr;
  /** The address behind it. */
  readonly next: Addr;
  readonly op: number;
  /** Its operand: table index, count, local, value; 0 if there is none. */
  readonly arg: number;
  /** The byte behind the operand, for opcodes that have one. */
  readonly extra: number;
  /** Where a jump leads; for the opcodes that set up handlers, the handler. */
  readonly target: Addr;
  /** Values on the stack before it. */
  readonly depth: number;
}

/** A function as the translator sees it. */
export interface Analysis {
  readonly nState: number;
  readonly isGenerator: boolean;
  /** Whether it has exception blocks. */
  readonly hasBlocks: boolean;
  /** By address, ascending. */
  readonly instrs: readonly Instr[];
  /** Leaders by address, ascending: depth of the stack and the locals that are bound there. */
  readonly leaders: ReadonlyMap<Addr, Leader>;
}
export interface Leader {
  readonly depth: number;
  /** Bit i: local i is bound. Locals above 31 are never known to be. */
  bound: number;
}

/** No function of more instructions is translated: V8 would not optimise what it becomes. */
const MAX_INSTRS = 1200;

/** Analyses the function whose prelude is at `code`; null if it is not worth translating. */
export function analyse(u8: Uint8Array, code: Addr): Analysis | null {
  decodeSignature(u8, code);
  const { nState, nPos, nKwonly, flags, nExc } = sig;
  decodeSections(u8, sig.next);
  const cellsAt = sections.next + sections.nInfo;
  const start = cellsAt + sections.nCells;
  let nArgs = nPos + nKwonly;
  if ((flags & ScopeFlag.VarArgs) !== 0) nArgs++;
  if ((flags & ScopeFlag.VarKeywords) !== 0) nArgs++;
  let bound = nArgs > 31 ? -1 : (1 << nArgs) - 1;
  for (let i = 0; i < sections.nCells; i++) bound |= bit(u8[cellsAt + i] as number);
  const found = trace(u8, start);
  if (found === null) return null;
  const instrs = [...found.values()].sort((a, b) => a.ip - b.ip);
  const leaders = findLeaders(instrs, start);
  for (const i of instrs) if (i.op === Op.DeleteFast) bound &= ~bit(i.arg);
  bindLocals(instrs, leaders, start, bound);
  return { nState, isGenerator: (flags & ScopeFlag.Generator) !== 0, hasBlocks: nExc > 0, instrs, leaders };
}

function bit(local: number): number {
  return local < 32 ? 1 << local : 0;
}

function count(c: StackCount, arg: number, extra: number): number {
  return typeof c === 'number' ? c : c(arg, extra);
}

/** Follows all paths from `start`. */
function trace(u8: Uint8Array, start: Addr): Map<Addr, Instr> | null {
  const found = new Map<Addr, Instr>();
  const todo: [Addr, number][] = [[start, 0]];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    let [ip, depth] = next;
    while (!found.has(ip)) {
      if (found.size >= MAX_INSTRS) return null;
      const i = decode(u8, ip, depth);
      found.set(ip, i);
      const info = opcodeInfo(i.op);
      // values that pass through `yield from` go down the records: the interpreter is as quick there
      if (info === undefined || i.op === Op.YieldFrom) return null;
      const after = depth - count(info.pops, i.arg, i.extra) + count(info.pushes, i.arg, i.extra);
      const at = depthAtTarget(i.op, depth, after);
      if (i.target !== 0) todo.push([i.target, at]);
      if (info.ends) break;
      ip = i.next;
      depth = i.op === Op.JumpIfTrueOrPop || i.op === Op.JumpIfFalseOrPop ? depth - 1 : after;
    }
  }
  return found;
}

/** The depth where a jump leads, or on entry to a handler. */
function depthAtTarget(op: number, before: number, after: number): number {
  switch (op) {
    case Op.ForIter:
      return before - 4;
    case Op.JumpIfTrueOrPop:
    case Op.JumpIfFalseOrPop:
      return before;
    case Op.SetupExcept:
    case Op.SetupFinally:
      return before + 1;
    case Op.SetupWith:
      return before + 2;
    default:
      return after;
  }
}

function decode(u8: Uint8Array, ip: Addr, depth: number): Instr {
  const op = u8[ip] as number;
  let next = ip + 1;
  let arg = 0;
  let extra = 0;
  let target = 0;
  if (op === Op.LoadConstSmallInt) {
    arg = ((u8[next] as number) & 0x40) !== 0 ? -1 : 0;
    let b: number;
    do {
      b = u8[next++] as number;
      arg = (arg << 7) | (b & 0x7f);
    } while (b > 127);
  } else if (op < Op.LoadConstSmallIntMulti) {
    const format = opFormat(op);
    if (format === OpFormat.Qstr || format === OpFormat.VarUint) {
      arg = decodeUint(u8, next);
      next = uintEnd;
    } else if (format === OpFormat.Offset) {
      const signed = op <= Op.PopJumpIfFalse;
      const b = u8[next++] as number;
      let offset = signed ? b - 0x40 : b;
      if (b > 127) offset = ((b & 0x7f) | ((u8[next++] as number) << 7)) - (signed ? 0x4000 : 0);
      target = next + offset;
    }
    if (opcodeInfo(op)?.extraByte === true) extra = u8[next++] as number;
    // the destination counts from behind the offset, which the extra byte follows
  }
  if (op === Op.UnwindJump) target = 0;
  return { ip, next, op, arg, extra, target, depth };
}

/** Opcodes behind which a frame is resumed by whoever ran meanwhile. */
export function suspends(op: number): boolean {
  switch (op) {
    case Op.CallFunction:
    case Op.CallMethod:
    case Op.CallFunctionVarKw:
    case Op.CallMethodVarKw:
    case Op.YieldValue:
    case Op.YieldFrom:
    case Op.ForIter:
      return true;
    default:
      return false;
  }
}

function findLeaders(instrs: readonly Instr[], start: Addr): Map<Addr, Leader> {
  const at = new Set([start]);
  for (const i of instrs) {
    if (i.target !== 0) at.add(i.target);
    if (suspends(i.op)) at.add(i.next);
  }
  const leaders = new Map<Addr, Leader>();
  for (const i of instrs) if (at.has(i.ip)) leaders.set(i.ip, { depth: i.depth, bound: -1 });
  return leaders;
}

/** Which locals are bound at each leader, whatever way led there. `always`: those bound from the start that nothing deletes. */
function bindLocals(instrs: readonly Instr[], leaders: Map<Addr, Leader>, start: Addr, always: number): void {
  (leaders.get(start) as Leader).bound = always;
  for (const i of instrs) {
    const isHandler = i.op === Op.SetupExcept || i.op === Op.SetupFinally || i.op === Op.SetupWith;
    const handler = isHandler ? leaders.get(i.target) : undefined;
    if (handler !== undefined) handler.bound = always;
  }
  for (let changed = true; changed; ) {
    changed = false;
    let now = -1;
    let live = false;
    for (const i of instrs) {
      const leader = leaders.get(i.ip);
      if (leader !== undefined) {
        if (live && (leader.bound & now) !== leader.bound) {
          leader.bound &= now;
          changed = true;
        }
        now = leader.bound;
        live = true;
      }
      if (!live) continue;
      if (i.op === Op.StoreFastN) now |= bit(i.arg);
      else if (i.op >= Op.StoreFastMulti && i.op < Op.UnaryOpMulti) now |= bit(i.op - Op.StoreFastMulti);
      else if (i.op === Op.DeleteFast) now &= ~bit(i.arg);
      const to = i.target === 0 ? undefined : leaders.get(i.target);
      if (to !== undefined && (to.bound & now) !== to.bound) {
        to.bound &= now;
        changed = true;
      }
      if (opcodeInfo(i.op)?.ends === true) live = false;
    }
  }
}
