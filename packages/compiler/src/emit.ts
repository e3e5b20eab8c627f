/**
 * The bytecode emitter. Counterpart: py/emitbc.c.
 *
 * The same calls are made once for each pass. In StackSize all jumps are long and are noted; then `settleJumps` finds which
 * of them can be short, and Emit writes the bytes. Upstream finds that out by emitting again and again until nothing
 * shrinks; since a jump never gets long again on either way, both end at the same sizes: the largest that are consistent.
 * CodeSize, where upstream takes the size of its buffer from, is only needed to tell a ledger of that.
 *
 * Invariant: from one pass to the next offsets only get smaller. Names and constants get their table index when first
 * used, in any pass and even in dead code: that decides the order of the tables in a `.mpy` file.
 */
import { BinaryOp, Op, OpRange, ScopeFlag, TokenKind, UnaryOp } from '@tsmp-internal/bytecode';
import { type Constant, encodePrelude, type RawCode } from '@tsmp/mpy-format';
import type { CompilerMemory } from './ledger.js';
import type { ConstantTable, NameTable } from './tables.js';
import { IdKind, type Scope, ScopeKind } from './scope.js';
import { Q } from './names.js';
import type { ParseNode } from './parser/node.js';

/** The passes over each scope. */
export const enum Pass {
  /** Finds out what each identifier is. */
  Scope = 1,
  /** Finds the depth of the stack, and the code with long jumps. */
  StackSize = 2,
  /** Finds the size of upstream's buffer. */
  CodeSize = 3,
  /** Writes it. */
  Emit = 4,
}

/** In an unwind target: the loop is a `for`, whose iterator is on the stack. */
export const BREAK_FROM_FOR = 0x40000000;

/** Words on the stack that the iterator of a `for` takes. */
const ITER_SLOTS = 4;
const BUILD_STAR_FLAG = 1;

/** An instruction and the piece of source that it comes from, in bytes; `end` is not included. */
export interface CodePosition {
  readonly offset: number;
  readonly start: number;
  readonly end: number;
}

/** Emits one scope at a time. */
export class Emitter {
  pass: Pass = Pass.Scope;
  private suppress = false;
  private stackSize = 0;
  private scope!: Scope;
  private readonly names: NameTable;
  private readonly constants: ConstantTable;
  private readonly lines: boolean;
  private readonly memory: CompilerMemory | null;
  /** The offset of each label. */
  private labels = new Int32Array(0);
  /** The same while all jumps are long. */
  private longLabels = new Int32Array(0);
  /** How many jumps there are in front of it. */
  private jumpsBefore = new Int32Array(0);
  /** Labels up to here are used in this scope. */
  private labelEnd = 0;
  /** The jumps of this scope, in order: where they are while all are long, where to, and whether they may go back. */
  private jumpOffsets = new Int32Array(256);
  private jumpLabels = new Int32Array(256);
  private jumpSigned = new Uint8Array(256);
  private jumpCount = 0;

  private lastLine = 1;
  private lastLineOffset = 0;
  /** Bytes of code in this pass. */
  private offset = 0;
  /** Bytes of names and lines in this pass. */
  private infoOffset = 0;
  /** The same of the pass before. */
  private lastInfoSize = 0;
  private info = new Uint8Array(1024);
  private code = new Uint8Array(4096);
  private overflow = false;
  private childCount = 0;
  private children: RawCode[] = [];
  /** The node whose code is being emitted, when positions are wanted. */
  node: ParseNode | null = null;
  /** Where the instructions of each function come from; null when nobody wants to know. */
  readonly positions: Map<RawCode, CodePosition[]> | null;
  private ownPositions: CodePosition[] = [];

  constructor(
    names: NameTable,
    constants: ConstantTable,
    lines: boolean,
    memory: CompilerMemory | null,
    positions: boolean,
  ) {
    this.memory = memory;
    this.positions = positions ? new Map() : null;
    this.names = names;
    this.constants = constants;
    this.lines = lines;
  }

  /** Makes room for as many labels as the scope with most of them has. */
  setMaxLabels(count: number): void {
    this.labels = new Int32Array(count);
    this.longLabels = new Int32Array(count);
    this.jumpsBefore = new Int32Array(count);
  }

  startPass(pass: Pass, scope: Scope): void {
    this.pass = pass;
    this.stackSize = 0;
    this.suppress = false;
    this.node = null;
    this.scope = scope;
    this.lastLineOffset = 0;
    this.lastLine = 1;
    this.offset = 0;
    this.infoOffset = 0;
    this.overflow = false;
    if (pass === Pass.CodeSize) this.memory?.children(this.childCount);
    this.childCount = 0;
    if (pass === Pass.StackSize) {
      this.jumpCount = 0;
      this.labelEnd = 0;
    } else if (pass === Pass.Emit) {
      this.children = [];
      this.ownPositions = [];
      this.settleJumps();
    }
    this.infoUint(this.names.use(scope.name));
    // In the scope pass a comprehension's only argument has its place already, but no name.
    const args = pass === Pass.Scope ? null : scope.argNames;
    if (args !== null) {
      for (let i = 0; i < args.length; i++) this.infoUint(this.names.use(args[i]));
    }
  }

  /** Ends a pass. */
  endPass(): void {
    switch (this.pass) {
      case Pass.StackSize:
        this.lastInfoSize = this.infoOffset;
        // Nothing grows from here on.
        if (this.info.length < this.infoOffset) this.info = new Uint8Array(this.infoOffset * 2);
        if (this.code.length < this.offset) this.code = new Uint8Array(this.offset * 2);
        break;
      case Pass.CodeSize: {
        // Upstream writes the size of the info from the pass before.
        const { length } = this.prelude(this.lastInfoSize);
        this.memory?.codeBuffer(length + this.infoOffset + this.cells().length + this.offset);
        break;
      }
      case Pass.Emit:
        this.finishCode();
        break;
    }
  }

  private finishCode(): void {
    const cells = this.cells();
    const prelude = this.prelude(this.infoOffset);
    const infoStart = prelude.length;
    const cellStart = infoStart + this.infoOffset;
    const codeStart = cellStart + cells.length;
    const all = new Uint8Array(codeStart + this.offset);
    all.set(prelude);
    all.set(this.info.subarray(0, this.infoOffset), infoStart);
    all.set(cells, cellStart);
    all.set(this.code.subarray(0, this.offset), codeStart);
    this.scope.code.code = all;
    this.scope.code.children = this.children;
    this.positions?.set(
      this.scope.code,
      this.ownPositions.map(({ offset, start, end }) => ({ offset: offset + codeStart, start, end })),
    );
  }

  /** The locals that become cells on entry. */
  private cells(): number[] {
    const cells: number[] = [];
    for (const id of this.scope.ids) {
      if (id.kind !== IdKind.Cell) continue;
      if (id.localNum > 255) this.overflow = true;
      cells.push(id.localNum);
    }
    return cells;
  }

  private prelude(nInfo: number): number[] {
    const scope = this.scope;
    let nCells = 0;
    for (const id of scope.ids) if (id.kind === IdKind.Cell) nCells++;
    return encodePrelude({
      nState: Math.max(1, scope.numLocals + scope.stackSize),
      nExcStack: scope.excStackSize,
      scopeFlags: scope.flags & ScopeFlag.AllSig,
      nPosArgs: scope.numPosArgs,
      nKwonlyArgs: scope.numKwonlyArgs,
      nDefPosArgs: scope.numDefPosArgs,
      nInfo,
      nCells,
    });
  }

  /**
   * Finds the final offset of every label. Each round takes the jumps that are short enough by what is known so far; that
   * moves others closer, which the next round sees.
   */
  private settleJumps(): void {
    const count = this.jumpCount;
    const { jumpOffsets, jumpLabels, jumpSigned, jumpsBefore } = this;
    const labels = this.longLabels;
    const isShort = new Uint8Array(count);
    /** How many short jumps there are in front of each. */
    const shortBefore = new Int32Array(count + 1);
    for (let changed = true; changed; ) {
      changed = false;
      for (let i = 0; i < count; i++) {
        if (isShort[i] === 1) continue;
        const label = jumpLabels[i];
        const moved = shortBefore[jumpsBefore[label]] - shortBefore[i];
        const distance = labels[label] - jumpOffsets[i] - 2 - moved;
        if (fitsByte(distance, jumpSigned[i] === 1)) {
          isShort[i] = 1;
          changed = true;
        }
      }
      for (let i = 0, sum = 0; i < count; i++) {
        sum += isShort[i];
        shortBefore[i + 1] = sum;
      }
    }
    for (let label = 0; label < this.labelEnd; label++) {
      this.labels[label] = labels[label] - shortBefore[jumpsBefore[label]];
    }
  }

  /** Whether an offset of the pass just ended does not fit its bytes. */
  get overflowed(): boolean {
    return this.overflow;
  }

  // Writing

  private infoByte(value: number): void {
    if (this.pass === Pass.Emit) this.info[this.infoOffset] = value;
    this.infoOffset++;
  }

  private infoUint(value: number): void {
    for (let shift = uintBytes(value) * 7 - 7; shift > 0; shift -= 7) this.infoByte(0x80 | ((value >>> shift) & 0x7f));
    this.infoByte(value & 0x7f);
  }

  /** An instruction starts here. */
  private notePosition(): void {
    if (this.pass !== Pass.Emit) return;
    const { start, end } = this.node ?? this.scope.node;
    this.ownPositions.push({ offset: this.offset, start, end });
  }

  private put(value: number): void {
    if (this.pass === Pass.Emit) this.code[this.offset] = value;
    this.offset++;
  }

  /** A byte that belongs to the instruction before. */
  private rawByte(value: number): void {
    if (!this.suppress) this.put(value);
  }

  private op(stack: number, op: number): void {
    this.adjustStack(stack);
    if (this.suppress) return;
    if (this.positions !== null) this.notePosition();
    this.put(op);
  }

  private opUint(stack: number, op: number, value: number): void {
    this.adjustStack(stack);
    if (this.suppress) return;
    if (this.positions !== null) this.notePosition();
    this.put(op);
    if (value < 0x80) {
      this.put(value);
      return;
    }
    for (let shift = uintBytes(value) * 7 - 7; shift > 0; shift -= 7) this.put(0x80 | ((value >>> shift) & 0x7f));
    this.put(value & 0x7f);
  }

  private opName(stack: number, op: number, name: number): void {
    this.opUint(stack, op, this.names.use(name));
  }

  private opChild(stack: number, op: number, child: RawCode): void {
    if (this.pass === Pass.Emit) this.children.push(child);
    this.opUint(stack, op, this.childCount++);
  }

  /** A jump. The offset counts from behind the instruction and has one byte or two. */
  private opLabel(stack: number, op: number, label: number): void {
    this.adjustStack(stack);
    if (this.suppress) return;
    const isSigned = op <= Op.PopJumpIfFalse;
    if (this.pass < Pass.CodeSize) {
      if (this.pass === Pass.StackSize) this.noteJump(label, isSigned);
      this.offset += 3;
      return;
    }
    if (this.positions !== null) this.notePosition();
    let distance = this.labels[label] - this.offset - 2;
    if (fitsByte(distance, isSigned)) {
      this.put(op);
      this.put(isSigned ? distance + 0x40 : distance);
      return;
    }
    distance -= 1;
    if (isSigned) distance += 0x4000;
    if (this.pass === Pass.Emit && (distance < 0 || distance > 0x7fff)) this.overflow = true;
    this.put(op);
    this.put(0x80 | (distance & 0x7f));
    this.put((distance >> 7) & 0xff);
  }

  private noteJump(label: number, isSigned: boolean): void {
    const i = this.jumpCount++;
    if (i === this.jumpOffsets.length) {
      this.jumpOffsets = grown(this.jumpOffsets);
      this.jumpLabels = grown(this.jumpLabels);
      const signed = new Uint8Array(i * 2);
      signed.set(this.jumpSigned);
      this.jumpSigned = signed;
    }
    this.jumpOffsets[i] = this.offset;
    this.jumpLabels[i] = label;
    this.jumpSigned[i] = isSigned ? 1 : 0;
  }

  /** Accounts for operands pushed (positive) or popped. */
  adjustStack(delta: number): void {
    if (this.pass === Pass.Scope) return;
    this.stackSize += delta;
    if (this.stackSize > this.scope.stackSize) this.scope.stackSize = this.stackSize;
  }

  // Lines and labels

  setLine(line: number): void {
    if (line <= this.lastLine || !this.lines || this.pass === Pass.Scope) return;
    let bytes = this.offset - this.lastLineOffset;
    let lines = line - this.lastLine;
    while (bytes > 0 || lines > 0) {
      if (lines <= 6 || bytes > 0xf) {
        const b = bytes > 0x1f ? 0x1f : bytes;
        const l = b < bytes ? 0 : lines > 3 ? 3 : lines;
        this.infoByte(b | (l << 5));
        bytes -= b;
        lines -= l;
      } else {
        const l = lines > 0x7ff ? 0x7ff : lines;
        this.infoByte(0x80 | bytes | ((l >> 4) & 0x70));
        this.infoByte(l & 0xff);
        bytes = 0;
        lines -= l;
      }
    }
    this.lastLineOffset = this.offset;
    this.lastLine = line;
  }

  /** The label is here. What follows can be reached again. */
  assignLabel(label: number): void {
    this.suppress = false;
    if (this.pass === Pass.Scope) return;
    this.labels[label] = this.offset;
    if (this.pass === Pass.StackSize) {
      this.longLabels[label] = this.offset;
      this.jumpsBefore[label] = this.jumpCount;
      if (label >= this.labelEnd) this.labelEnd = label + 1;
    }
  }

  // Constants

  loadToken(token: number): void {
    if (token === TokenKind.Ellipsis) this.loadConstant(ELLIPSIS);
    else this.op(1, Op.LoadConstFalse + (token - TokenKind.KwFalse));
  }

  loadNone(): void {
    this.op(1, Op.LoadConstNone);
  }

  loadSmallInt(value: number): void {
    if (value >= -OpRange.SmallIntExcess && value < OpRange.SmallIntNum - OpRange.SmallIntExcess) {
      this.op(1, Op.LoadConstSmallIntMulti + OpRange.SmallIntExcess + value);
      return;
    }
    this.op(1, Op.LoadConstSmallInt);
    if (this.suppress) return;
    // As many groups of seven bits as show the value and its sign.
    let count = 1;
    for (let limit = 64; value < -limit || value >= limit; limit *= 128) count++;
    for (let i = count - 1; i >= 0; i--) {
      const group = Math.floor(value / 128 ** i) & 0x7f;
      this.put(i > 0 ? 0x80 | group : group);
    }
  }

  /** A small int that is exact only as a bigint. */
  loadBigSmallInt(value: bigint): void {
    this.op(1, Op.LoadConstSmallInt);
    if (this.suppress) return;
    let count = 1;
    for (let limit = 64n; value < -limit || value >= limit; limit *= 128n) count++;
    for (let i = count - 1; i >= 0; i--) {
      const group = Number((value >> BigInt(7 * i)) & 0x7fn);
      this.put(i > 0 ? 0x80 | group : group);
    }
  }

  loadString(name: number): void {
    this.opName(1, Op.LoadConstString, name);
  }

  loadConstant(constant: Constant): void {
    this.opUint(1, Op.LoadConstObj, this.constants.use(constant));
  }

  loadNull(): void {
    this.op(1, Op.LoadNull);
  }

  // Names

  loadFast(slot: number): void {
    if (slot < OpRange.LoadFastNum) this.op(1, Op.LoadFastMulti + slot);
    else this.opUint(1, Op.LoadFastN, slot);
  }

  loadDeref(slot: number): void {
    this.opUint(1, Op.LoadDeref, slot);
  }

  loadName(name: number): void {
    this.opName(1, Op.LoadName, name);
  }

  loadGlobal(name: number): void {
    this.opName(1, Op.LoadGlobal, name);
  }

  storeFast(slot: number): void {
    if (slot < OpRange.StoreFastNum) this.op(-1, Op.StoreFastMulti + slot);
    else this.opUint(-1, Op.StoreFastN, slot);
  }

  storeDeref(slot: number): void {
    this.opUint(-1, Op.StoreDeref, slot);
  }

  storeName(name: number): void {
    this.opName(-1, Op.StoreName, name);
  }

  storeGlobal(name: number): void {
    this.opName(-1, Op.StoreGlobal, name);
  }

  deleteFast(slot: number): void {
    this.opUint(0, Op.DeleteFast, slot);
  }

  deleteDeref(slot: number): void {
    this.opUint(0, Op.DeleteDeref, slot);
  }

  deleteName(name: number): void {
    this.opName(0, Op.DeleteName, name);
  }

  deleteGlobal(name: number): void {
    this.opName(0, Op.DeleteGlobal, name);
  }

  importName(name: number): void {
    this.opName(-1, Op.ImportName, name);
  }

  importFrom(name: number): void {
    this.opName(1, Op.ImportFrom, name);
  }

  importStar(): void {
    this.op(-1, Op.ImportStar);
  }

  // Attributes and subscripts

  loadAttr(name: number): void {
    this.opName(0, Op.LoadAttr, name);
  }

  storeAttr(name: number): void {
    this.opName(-2, Op.StoreAttr, name);
  }

  deleteAttr(name: number): void {
    this.loadNull();
    this.rotTwo();
    this.opName(-2, Op.StoreAttr, name);
  }

  loadMethod(name: number, isSuper: boolean): void {
    this.opName(isSuper ? -1 : 1, isSuper ? Op.LoadSuperMethod : Op.LoadMethod, name);
  }

  loadSubscr(): void {
    this.op(-1, Op.LoadSubscr);
  }

  storeSubscr(): void {
    this.op(-3, Op.StoreSubscr);
  }

  deleteSubscr(): void {
    this.loadNull();
    this.rotThree();
    this.op(-3, Op.StoreSubscr);
  }

  loadBuildClass(): void {
    this.op(1, Op.LoadBuildClass);
  }

  // The stack

  dupTop(): void {
    this.op(1, Op.DupTop);
  }

  dupTopTwo(): void {
    this.op(2, Op.DupTopTwo);
  }

  popTop(): void {
    this.op(-1, Op.PopTop);
  }

  rotTwo(): void {
    this.op(0, Op.RotTwo);
  }

  rotThree(): void {
    this.op(0, Op.RotThree);
  }

  // Control flow

  jump(label: number): void {
    this.opLabel(0, Op.Jump, label);
    this.suppress = true;
  }

  popJumpIf(cond: boolean, label: number): void {
    this.opLabel(-1, cond ? Op.PopJumpIfTrue : Op.PopJumpIfFalse, label);
  }

  jumpIfOrPop(cond: boolean, label: number): void {
    this.opLabel(-1, cond ? Op.JumpIfTrueOrPop : Op.JumpIfFalseOrPop, label);
  }

  /** `break` or `continue`, out of `depth` exception blocks. */
  unwindJump(target: number, depth: number): void {
    const fromFor = (target & BREAK_FROM_FOR) !== 0;
    const label = target & ~BREAK_FROM_FOR;
    if (depth === 0) {
      if (fromFor) for (let i = 0; i < ITER_SLOTS; i++) this.op(0, Op.PopTop);
      this.opLabel(0, Op.Jump, label);
    } else {
      this.opLabel(0, Op.UnwindJump, label);
      this.rawByte((fromFor ? 0x80 : 0) | (depth & 0xff));
    }
    this.suppress = true;
  }

  setupWith(label: number): void {
    // Takes the context manager; leaves __exit__, the manager and the value of `as`.
    this.opLabel(2, Op.SetupWith, label);
  }

  setupExcept(label: number): void {
    this.opLabel(0, Op.SetupExcept, label);
  }

  setupFinally(label: number): void {
    this.opLabel(0, Op.SetupFinally, label);
  }

  withCleanup(label: number): void {
    this.loadNone();
    this.assignLabel(label);
    this.op(2, Op.WithCleanup); // two more, for calling __exit__
    this.adjustStack(-4);
  }

  /** Between the body of an `async with` and what handles an exception out of it. */
  asyncWithSetupFinally(noExceptionLabel: number, finallyLabel: number, unwindLabel: number): void {
    this.loadNone();
    this.rotTwo();
    this.jump(noExceptionLabel);
    this.assignLabel(finallyLabel);
    this.dupTop();
    this.loadGlobal(Q.BaseException);
    this.binaryOp(BinaryOp.ExceptionMatch);
    this.popJumpIf(false, unwindLabel);
  }

  endFinally(): void {
    this.op(-1, Op.EndFinally);
  }

  popExceptJump(label: number): void {
    this.opLabel(0, Op.PopExceptJump, label);
    this.suppress = true;
  }

  /** The exception, and what unwinding may put on the stack. */
  startExceptHandler(): void {
    this.adjustStack(4);
  }

  endExceptHandler(): void {
    this.adjustStack(-3);
  }

  getIter(): void {
    this.op(0, Op.GetIter);
  }

  getIterOnStack(): void {
    this.op(ITER_SLOTS - 1, Op.GetIterStack);
  }

  forIter(label: number): void {
    this.opLabel(1, Op.ForIter, label);
  }

  forIterEnd(): void {
    this.adjustStack(-ITER_SLOTS);
  }

  returnValue(): void {
    this.op(-1, Op.ReturnValue);
    this.suppress = true;
  }

  raise(count: number): void {
    this.op(-count, Op.RaiseLast + count);
    this.suppress = true;
  }

  yieldValue(): void {
    this.op(0, Op.YieldValue);
    this.scope.flags |= ScopeFlag.Generator;
  }

  yieldFrom(): void {
    this.op(-1, Op.YieldFrom);
    this.scope.flags |= ScopeFlag.Generator;
  }

  // Operations and building

  unaryOp(op: UnaryOp): void {
    this.op(0, Op.UnaryOpMulti + op);
  }

  binaryOp(op: BinaryOp): void {
    this.op(-1, Op.BinaryOpMulti + op);
  }

  not(): void {
    this.op(0, Op.UnaryOpMulti + UnaryOp.Not);
  }

  buildTuple(count: number): void {
    this.opUint(1 - count, Op.BuildTuple, count);
  }

  buildList(count: number): void {
    this.opUint(1 - count, Op.BuildList, count);
  }

  buildMap(count: number): void {
    this.opUint(1, Op.BuildMap, count);
  }

  buildSet(count: number): void {
    this.opUint(1 - count, Op.BuildSet, count);
  }

  buildSlice(count: number): void {
    this.opUint(1 - count, Op.BuildSlice, count);
  }

  storeMap(): void {
    this.op(-2, Op.StoreMap);
  }

  /** Adds to the collection that a comprehension builds, `index` places down the stack. */
  storeComp(kind: ScopeKind, index: number): void {
    const isDict = kind === ScopeKind.DictComp;
    const type = kind === ScopeKind.ListComp ? 0 : isDict ? 1 : 2;
    this.opUint(isDict ? -2 : -1, Op.StoreComp, ((index + (isDict ? 1 : 0)) << 2) | type);
  }

  unpackSequence(count: number): void {
    this.opUint(count - 1, Op.UnpackSequence, count);
  }

  unpackEx(left: number, right: number): void {
    this.opUint(left + right, Op.UnpackEx, left | (right << 8));
  }

  // Functions

  makeFunction(scope: Scope, hasDefaults: boolean): void {
    this.opChild(hasDefaults ? -1 : 1, hasDefaults ? Op.MakeFunctionDefargs : Op.MakeFunction, scope.code);
  }

  makeClosure(scope: Scope, closedOver: number, hasDefaults: boolean): void {
    if (closedOver > 255) this.overflow = true;
    this.opChild((hasDefaults ? -1 : 1) - closedOver, hasDefaults ? Op.MakeClosureDefargs : Op.MakeClosure, scope.code);
    this.rawByte(closedOver & 0xff);
  }

  callFunction(positional: number, keyword: number, star: boolean): void {
    this.call(0, Op.CallFunction, positional, keyword, star);
  }

  callMethod(positional: number, keyword: number, star: boolean): void {
    this.call(-1, Op.CallMethod, positional, keyword, star);
  }

  private call(stack: number, op: number, positional: number, keyword: number, star: boolean): void {
    // With stars there is a bitmap of them on the stack too.
    const bitmap = star ? BUILD_STAR_FLAG : 0;
    this.opUint(stack - positional - 2 * keyword - bitmap, op + bitmap, ((keyword << 8) | positional) >>> 0);
  }
}

const ELLIPSIS: Constant = { kind: 'ellipsis' };

/** Whether a jump over this distance has a one-byte offset. */
function fitsByte(distance: number, isSigned: boolean): boolean {
  return isSigned ? distance >= -64 && distance <= 63 : distance >= 0 && distance <= 127;
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(array.length * 2);
  copy.set(array);
  return copy;
}

/** How many groups of seven bits `value` needs. */
function uintBytes(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : value < 0x10000000 ? 4 : 5;
}
