/**
 * A machine that runs code without values: it has the interpreter's stack and exception blocks, takes every branch and
 * raises every exception by chance, and fails where the interpreter would touch memory outside of its stack. What the
 * verifier accepts must never fail here.
 */
import {
  cellLocals,
  decodeInstruction,
  decodePrelude,
  type Instruction,
  opcodeInfo,
  type RawCode,
} from '../src/index.js';

/** A number from 0 to n − 1. */
export type Chance = (n: number) => number;

/** A repeatable source of chance. */
export function chance(seed: number): Chance {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % n;
  };
}

interface Block {
  readonly handler: number;
  readonly depth: number;
  readonly kind: string;
}

/** Entries are words: 'value', 'none', 'exc', 'int -1', 'to 17' (a destination), 'BaseException', 'true', 'false'. */
export class ModelMachine {
  private readonly stack: string[] = [];
  private readonly blocks: Block[] = [];
  private ip: number;
  private readonly room: number;
  private readonly nExcStack: number;

  constructor(
    private readonly code: RawCode,
    private readonly qstrs: readonly string[],
    private readonly next: Chance,
  ) {
    const prelude = decodePrelude(code.code);
    this.ip = prelude.opcodesStart;
    this.nExcStack = prelude.nExcStack;
    let nLocals =
      prelude.nPosArgs + prelude.nKwonlyArgs + ((prelude.scopeFlags >> 1) & 1) + ((prelude.scopeFlags >> 2) & 1);
    for (const local of cellLocals(code.code, prelude)) nLocals = Math.max(nLocals, local + 1);
    for (let at = prelude.opcodesStart; at < code.code.length; ) {
      const { info, arg, size } = decodeInstruction(code.code, at);
      if (info.operand === 'local' || info.code === 0xb0 || info.code === 0xc0) nLocals = Math.max(nLocals, arg + 1);
      at += size;
    }
    this.room = prelude.nState - nLocals;
  }

  /** Run for at most so many instructions. */
  run(limit: number): void {
    for (let i = 0; i < limit && this.ip >= 0; i++) {
      const instruction = decodeInstruction(this.code.code, this.ip);
      if (this.next(12) === 0) this.raise(this.ip);
      else this.step(instruction);
    }
  }

  private need(n: number): void {
    if (this.stack.length < n) throw new Error(`${n} entries needed, ${this.stack.length} there, at ${this.ip}`);
  }

  private fits(n: number): void {
    if (this.stack.length + n > this.room) throw new Error(`no room for ${this.stack.length + n} at ${this.ip}`);
  }

  private push(entry: string): void {
    this.fits(1);
    this.stack.push(entry);
  }

  private pop(): string {
    this.need(1);
    return this.stack.pop() as string;
  }

  private top(below = 0): string {
    return this.stack[this.stack.length - 1 - below] as string;
  }

  private raise(at: number): void {
    while (this.blocks.length > 0 && (this.blocks[this.blocks.length - 1] as Block).handler <= at) this.blocks.pop();
    const block = this.blocks[this.blocks.length - 1];
    if (block === undefined) {
      this.ip = -1;
      return;
    }
    this.need(block.depth);
    this.stack.length = block.depth;
    this.push('exc');
    this.ip = block.handler;
  }

  /** An active finally part is given up: its cause goes, the entry on top of it stays. */
  private cancelFinally(): void {
    this.need(2);
    const above = this.stack.pop() as string;
    if (this.top().startsWith('int ')) {
      this.need(2);
      this.stack.pop();
    }
    this.stack.pop();
    this.stack.push(above);
  }

  private unwindReturn(ip: number): void {
    this.need(1);
    for (let block = this.blocks.pop(); block !== undefined; block = this.blocks.pop()) {
      if (block.kind === 'except') continue;
      if (block.handler >= ip) {
        const result = this.pop();
        this.need(block.depth);
        this.stack.length = block.depth;
        this.push(result);
        this.push('int -1');
        this.blocks.push(block);
        this.ip = block.handler;
        return;
      }
      this.cancelFinally();
    }
    if (this.stack.length === 0) throw new Error('nothing to return');
    this.ip = -1;
  }

  private unwindJump(count: number, ip: number): void {
    let n = count;
    for (; (n & 0x7f) > 0; n--) {
      const block = this.blocks.pop();
      if (block === undefined) throw new Error(`no block to unwind at ${this.ip}`);
      if (block.kind === 'except') continue;
      if (block.handler >= ip) {
        if (this.stack.length !== block.depth + 1) throw new Error(`unwinding with a wrong depth at ${this.ip}`);
        this.push(`int ${n - 1}`);
        this.blocks.push(block);
        this.ip = block.handler;
        return;
      }
      this.cancelFinally();
    }
    const to = this.pop();
    if (n !== 0) {
      this.need(4);
      this.stack.length -= 4;
    }
    this.ip = Number(to.slice(3));
  }

  private endFinally(after: number): void {
    const block = this.blocks.pop();
    if (block === undefined) throw new Error(`no block to end at ${this.ip}`);
    this.need(1);
    const cause = this.top();
    if (cause === 'none') {
      this.pop();
      this.ip = after;
    } else if (cause === 'exc') {
      this.raise(this.ip);
    } else if (block.kind !== 'finally') {
      if (block.kind === 'except' || !cause.startsWith('int '))
        throw new Error(`a wrong cause, ${cause}, at ${this.ip}`);
      this.continueUnwinding(Number(this.pop().slice(4)), after);
    } else if (cause.startsWith('int ') && this.top(1) !== undefined) {
      this.pop();
      this.continueUnwinding(Number(cause.slice(4)), after);
    } else {
      // The finally part of an `async with` whose cause was made up: the interpreter checks that.
      this.ip = -1;
    }
  }

  private continueUnwinding(cause: number, after: number): void {
    if (cause < 0) this.unwindReturn(after);
    else if (this.top().startsWith('to ') && (cause & 0x7f) <= this.blocks.length) this.unwindJump(cause, after);
    else this.ip = -1;
  }

  private withCleanup(after: number): void {
    const cause = this.top();
    if (cause === 'none' || cause === 'exc') {
      this.need(3);
      this.fits(2);
      this.stack.length -= 3;
      this.push(cause === 'exc' && this.next(2) === 0 ? 'exc' : 'none');
    } else if (cause.startsWith('int ')) {
      this.need(4);
      this.fits(1);
      this.stack.splice(this.stack.length - 4, 2);
    } else {
      throw new Error(`a wrong cause, ${cause}, at ${this.ip}`);
    }
    this.ip = after;
  }

  private open(kind: string, handler: number, depth: number): void {
    this.blocks.push({ kind, handler, depth });
    if (this.blocks.length > this.nExcStack) throw new Error(`too many blocks at ${this.ip}`);
  }

  private branch(condition: string): boolean {
    return condition === 'true' || (condition !== 'false' && this.next(2) === 0);
  }

  private step({ op, info, arg, extra, target, offset, size }: Instruction): void {
    const after = offset + size;
    switch (info.name) {
      case 'SETUP_WITH':
        this.need(1);
        this.fits(3);
        this.push('value');
        this.open('with', target, this.stack.length);
        this.push('value');
        break;
      case 'SETUP_EXCEPT':
        this.open('except', target, this.stack.length);
        break;
      case 'SETUP_FINALLY':
        this.open('finally', target, this.stack.length);
        break;
      case 'POP_EXCEPT_JUMP':
        if (this.blocks.pop()?.kind !== 'except') throw new Error(`a wrong block is closed at ${offset}`);
        this.ip = target;
        return;
      case 'WITH_CLEANUP':
        return this.withCleanup(after);
      case 'END_FINALLY':
        return this.endFinally(after);
      case 'RETURN_VALUE':
        return this.unwindReturn(after);
      case 'RAISE_OBJ':
      case 'RAISE_LAST':
      case 'RAISE_FROM':
        this.need(op - 0x64);
        return this.raise(offset);
      case 'UNWIND_JUMP':
        this.push(`to ${target}`);
        return this.unwindJump(extra, after - 1);
      case 'JUMP':
        this.ip = target;
        return;
      case 'POP_JUMP_IF_TRUE':
      case 'POP_JUMP_IF_FALSE':
        this.ip = this.branch(this.pop()) === (info.name === 'POP_JUMP_IF_TRUE') ? target : after;
        return;
      case 'JUMP_IF_TRUE_OR_POP':
      case 'JUMP_IF_FALSE_OR_POP':
        this.need(1);
        if (this.next(2) === 0) {
          this.ip = target;
          return;
        }
        this.pop();
        break;
      case 'FOR_ITER':
        this.need(4);
        if (this.next(3) === 0) {
          this.stack.length -= 4;
          this.ip = target;
          return;
        }
        this.push('value');
        break;
      case 'LOAD_CONST_NONE':
        this.push('none');
        break;
      case 'LOAD_CONST_SMALL_INT':
        this.push(`int ${arg}`);
        break;
      case 'LOAD_GLOBAL':
        this.push(this.qstrs[arg] === 'BaseException' ? 'BaseException' : 'value');
        break;
      case 'DUP_TOP':
        this.need(1);
        this.push(this.top());
        break;
      case 'DUP_TOP_TWO':
        this.need(2);
        this.push(this.top(1));
        this.push(this.top(1));
        break;
      case 'ROT_TWO':
        this.need(2);
        this.stack.splice(this.stack.length - 1, 0, this.pop());
        break;
      case 'ROT_THREE':
        if (this.stack.length === 2) {
          // Only after a test for BaseException that a program has rebound: the interpreter checks that.
          this.ip = -1;
          return;
        }
        this.need(3);
        this.stack.splice(this.stack.length - 2, 0, this.pop());
        break;
      case 'STORE_COMP':
        this.need((arg >> 2) + 1);
        this.plain(op, arg, extra);
        break;
      case 'BINARY_OP':
        if (arg === 8 && this.top() === 'BaseException') {
          this.pop();
          this.push(this.pop() === 'exc' ? 'true' : 'false');
          break;
        }
        this.plain(op, arg, extra);
        break;
      default:
        this.plain(op, arg, extra);
    }
    this.ip = after;
  }

  private plain(op: number, arg: number, extra: number): void {
    const info = opcodeInfo(op);
    if (info === undefined) throw new Error('no opcode');
    const pops = typeof info.pops === 'number' ? info.pops : info.pops(arg, extra);
    const pushes = typeof info.pushes === 'number' ? info.pushes : info.pushes(arg, extra);
    this.need(pops + (info.name === 'STORE_MAP' || info.name === 'IMPORT_FROM' ? 1 : 0));
    this.stack.length -= pops;
    for (let i = 0; i < pushes; i++) this.push('value');
  }
}
