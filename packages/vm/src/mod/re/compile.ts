/**
 * Compiles a regular expression in one pass, without a tree: a repetition or an alternative inserts its split before code that
 * is already there. Run first without memory for the code, to learn its size. Counterpart: lib/re1.5/compilecode.c.
 *
 * Code that was emitted keeps working when it is moved, since it only refers to itself. A `|` is the exception: the jump at
 * the end of the left side is patched at the next `|` or at the end of the group.
 */
import { enterDepth, leaveDepth } from '../../records.js';
import type { Addr } from '../../words.js';
import type { Vm } from '../../vm.js';
import { isClassLetter, PatternOff, ReOp, SEARCH_PREFIX } from './program.js';

const BACKSLASH = 0x5c;
const CARET = 0x5e;
const CLOSE = 0x29;
const CLOSE_CLASS = 0x5d;
const MINUS = 0x2d;
const QUESTION = 0x3f;
const COLON = 0x3a;
/** Bytes besides those of the expression: the prefix, two saves around the whole, the end. */
const FRAME_BYTES = SEARCH_PREFIX + 5;

class ReCompiler {
  /** Instructions and groups so far, bytes of code so far. */
  instructions = 0;
  groups = 0;
  pc = 0;
  /** Something did not fit a signed byte. */
  private overflow = false;
  private readonly u8: Uint8Array;
  private readonly levelBytes: number;

  /** Compiles the text `at` … `end`; `code` 0: only counts. */
  constructor(
    private readonly vm: Vm,
    private at: Addr,
    private readonly end: Addr,
    private readonly code: Addr,
  ) {
    this.u8 = vm.u8;
    // measured on the 32-bit unix port: 80 bytes a group, where a call back into Python takes 256
    this.levelBytes = (vm.profile.stack.native * 5) >> 4;
  }

  /** Byte of the expression; 0 behind the end. */
  private peek(i: number): number {
    return this.at + i < this.end ? this.u8[this.at + i] : 0;
  }
  private put(at: number, byte: number): void {
    if (this.code !== 0) this.u8[this.code + at] = byte;
  }
  private putChecked(at: number, n: number): void {
    if (n < -128 || n > 127) this.overflow = true;
    this.put(at, n);
  }
  emit(byte: number): void {
    this.put(this.pc++, byte);
  }
  /** Emits an instruction with an operand. */
  private emitWith(op: ReOp, n: number): void {
    this.emit(op);
    this.putChecked(this.pc++, n);
    this.instructions++;
  }
  /** Makes room for a jump at `at`. */
  private insertJump(at: number): void {
    if (this.code !== 0) this.u8.copyWithin(this.code + at + 2, this.code + at, this.code + this.pc);
    this.pc += 2;
  }
  /** Writes a jump from `at` to `to`. */
  private putJump(at: number, op: ReOp, to: number): void {
    this.put(at, op);
    this.putChecked(at + 1, to - at - 2);
    this.instructions++;
  }

  /** Whether the whole expression has been read. */
  get atEnd(): boolean {
    return this.peek(0) === 0;
  }

  /** Compiles up to the end or an unmatched `)`. False: an error. */
  group(): boolean {
    enterDepth(this.vm, this.levelBytes);
    const start = this.pc;
    let term = start;
    let pending = 0;
    for (let c = this.peek(0); c !== 0 && c !== CLOSE; c = this.peek(0)) {
      const before = this.pc;
      switch (c) {
        case 0x3f: // ?
        case 0x2a: // *
        case 0x2b: // +
          if (before === term) return false;
          this.repeat(c, term);
          term = this.pc;
          break;
        case 0x7c: // |
          if (pending !== 0) this.putChecked(pending, this.pc - pending - 1);
          this.insertJump(start);
          pending = this.pc + 1;
          this.put(this.pc, ReOp.Jump);
          this.pc += 2;
          this.instructions++;
          this.putJump(start, ReOp.Split, this.pc);
          term = this.pc;
          break;
        case CARET:
        case 0x24: // $
          this.emit(c === CARET ? ReOp.LineStart : ReOp.LineEnd);
          this.instructions++;
          term = this.pc;
          break;
        default:
          if (!this.item(c)) return false;
          term = before;
      }
      this.at++;
    }
    if (pending !== 0) this.putChecked(pending, this.pc - pending - 1);
    leaveDepth(this.vm, this.levelBytes);
    return !this.overflow;
  }

  /** What a repetition may follow; leaves `at` on its last byte. */
  private item(c: number): boolean {
    switch (c) {
      case 0x2e: // .
        this.emit(ReOp.Any);
        this.instructions++;
        return true;
      case 0x5b: // [
        return this.charClass();
      case 0x28: // (
        return this.subexpression();
      case BACKSLASH: {
        this.at++;
        const letter = this.peek(0);
        if (letter === 0) return false;
        this.emit(isClassLetter(letter) ? ReOp.NamedClass : ReOp.Char);
        this.emit(letter);
        break;
      }
      default:
        this.emit(ReOp.Char);
        this.emit(c);
    }
    this.instructions++;
    return true;
  }

  private charClass(): boolean {
    const term = this.pc;
    let pairs = 0;
    this.at++;
    if (this.peek(0) === CARET) {
      this.emit(ReOp.ClassNot);
      this.at++;
    } else this.emit(ReOp.Class);
    this.pc++;
    this.instructions++;
    for (; this.peek(0) !== CLOSE_CLASS; this.at++, pairs++) {
      let first = this.peek(0);
      if (first === BACKSLASH) {
        this.at++;
        first = this.peek(0);
        if (isClassLetter(first)) {
          this.emit(0);
          this.emit(first);
          continue;
        }
      }
      if (first === 0) return false;
      if (this.peek(1) === MINUS && this.peek(2) !== CLOSE_CLASS) this.at += 2;
      const last = this.peek(0);
      if (last === 0) return false;
      this.emit(first);
      this.emit(last);
    }
    this.putChecked(term + 1, pairs);
    return true;
  }

  private subexpression(): boolean {
    let slot = 0;
    if (this.peek(1) === QUESTION && this.peek(2) === COLON) this.at += 2;
    else {
      slot = 2 * ++this.groups;
      this.emitWith(ReOp.Save, slot);
    }
    this.at++;
    if (!this.group() || this.peek(0) !== CLOSE) return false;
    if (slot !== 0) this.emitWith(ReOp.Save, slot + 1);
    return true;
  }

  /** `?`, `*` or `+` after the code from `term` on; a `?` behind it makes it take as little as possible. */
  private repeat(c: number, term: number): void {
    const lazy = this.peek(1) === QUESTION;
    if (c === 0x2b) {
      this.putJump(this.pc, lazy ? ReOp.Split : ReOp.SplitBack, term);
      this.pc += 2;
    } else {
      this.insertJump(term);
      if (c === 0x2a) {
        this.putJump(this.pc, ReOp.Jump, term);
        this.pc += 2;
      }
      this.putJump(term, lazy ? ReOp.SplitBack : ReOp.Split, this.pc);
    }
    if (lazy) this.at++;
  }
}

/** Bytes of code for the expression `at` … `end` (no zero bytes within); −1 when it has an error or is too complex. */
export function codeSize(vm: Vm, at: Addr, end: Addr): number {
  const c = new ReCompiler(vm, at, end, 0);
  return c.group() ? c.pc + FRAME_BYTES : -1;
}

/** Fills a pattern object whose code has room for {@link codeSize}; false when the expression has an error. */
export function compileInto(vm: Vm, pattern: Addr, at: Addr, end: Addr): boolean {
  const c = new ReCompiler(vm, at, end, pattern + PatternOff.Code);
  c.emit(ReOp.SplitBack);
  c.emit(3);
  c.emit(ReOp.Any);
  c.emit(ReOp.Jump);
  c.emit(-5);
  c.emit(ReOp.Save);
  c.emit(0);
  if (!c.group() || !c.atEnd) return false;
  c.emit(ReOp.Save);
  c.emit(1);
  c.emit(ReOp.Match);
  vm.i32[(pattern + PatternOff.CodeBytes) >> 2] = c.pc;
  // the three of the prefix, the saves around the whole, the end
  vm.i32[(pattern + PatternOff.Instructions) >> 2] = c.instructions + 6;
  vm.i32[(pattern + PatternOff.Groups) >> 2] = c.groups;
  return true;
}
