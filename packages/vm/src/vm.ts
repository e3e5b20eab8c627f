/**
 * The virtual machine of one board: its memory, its heap, its linked natives, its clock. Everything that Python can see lives
 * in `memory`; the fields here are views, links and counters that can be rebuilt or are saved by `save()`.
 */
import { Heap, type HeapRoots, LinearMemory } from '@tsmp/gc';
import { Clock } from './clock.js';
import { HandlerTrace, noteLockedAllocation } from './diagnostics.js';
import { Interrupts, pollInterrupts } from './interrupts.js';
import { Root, TsOff } from './layout.js';
import { Journal } from './journal.js';
import { MAP_HINTS, RomLookupCache } from './map.js';
import type { HeapLedger } from './compile-ledger.js';
import { HOST_FILES, type ImportFiles } from './import.js';
import { ImportSources } from './import-source.js';
import type { Threads } from './threads.js';
import { ImportStaging, StagedSources } from './import-staging.js';
import { markVmRoots } from './roots.js';
import { PyRaise, VmUsageError } from './raise.js';
import type { Profile } from './profile.js';
import { QstrTable } from './qstr.js';
import { arrived } from './rom/later.js';
import { type LinkedImage, linkImage, type RomImage } from './rom/image.js';
import type { ModuleDef, PyFunDef, TypeDef } from './rom/define.js';
import { TableIndexes } from './table-index.js';
import { Ty, TypeOff } from './types.js';
import { type Addr, newQstrObj, type Obj, type Qstr, Word } from './words.js';
import { tailCall, tailCall1 } from './call.js';
import type { VmHost } from './host.js';
import { HostPrinter, InputQueue } from './console.js';
import { ClassCache } from './obj/class-cache.js';
import { instanceTemplate } from './obj/type.js';
import { newBytes } from './obj/str-new.js';
import { newTupleFrom } from './obj/tuple.js';
import { growBody, unwindTo } from './records.js';
import type { UnaryOpFn } from './rom/define.js';
import { waitForRecord } from './schedule.js';
import { finaliseObject } from './finalise.js';
import { newExceptionText } from './obj/exception.js';
import { weakrefHooks } from './weakrefs.js';
import type { Jit } from './jit/jit.js';

/** The loop's and its helpers' variables that JavaScript and WebAssembly share. */
const enum Reg {
  Dest0,
  Dest1,
  VarArgs,
  VarKw,
  Nested,
  Budget,
  Unsynced,
  LastArrived,
  Attention,
  NextMode,
  BufAddr,
  BufLen,
  BufTypecode,
  Count = 24,
}

/** What a buffer request answers: bytes `addr` … `addr + len`, items of `typecode`. */
export class BufferInfo {
  constructor(private readonly regs: Int32Array) {}

  get addr(): Addr {
    return this.regs[Reg.BufAddr] as number;
  }
  set addr(v: Addr) {
    this.regs[Reg.BufAddr] = v;
  }
  /** Bytes. */
  get len(): number {
    return this.regs[Reg.BufLen] as number;
  }
  set len(v: number) {
    this.regs[Reg.BufLen] = v;
  }
  /** struct typecode of the items ('B' for bytes). */
  get typecode(): number {
    return this.regs[Reg.BufTypecode] as number;
  }
  set typecode(v: number) {
    this.regs[Reg.BufTypecode] = v;
  }
}

/** Counters that tests and reports read; they never influence execution. */
export interface VmStats {
  /** Bytecodes executed by the stepped loop. */
  bytecodes: number;
  /** Those of them executed in nested runs. */
  nestedBytecodes: number;
  nestedRuns: number;
  deepestNesting: number;
}

const NO_WORDS = new Int32Array(0);

/** One board's virtual machine. */
export class Vm {
  readonly memory: LinearMemory;
  readonly heap: Heap;
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly i32: Int32Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
  /** @internal See {@link Reg}. */
  readonly regs: Int32Array;
  /** Address of the ThreadState record (start of RAM). */
  readonly ts: Addr;
  /** Address of the first static root word. */
  readonly roots: Addr;
  readonly stackStart: Addr;
  /** End of the running thread's Python stack. */
  get stackEnd(): Addr {
    return this.i32[(this.ts + TsOff.StackEnd) >> 2] as number;
  }
  /** @internal End of the main thread's. */
  readonly mainStackEnd: Addr;
  /** First byte of RAM in the buffer; flash is below. */
  readonly ramStart: Addr;
  readonly heapStart: Addr;
  readonly heapEnd: Addr;
  readonly image: LinkedImage;
  readonly qstrs: QstrTable;
  readonly clock: Clock;
  readonly interrupts: Interrupts;
  /** @internal */
  readonly handlers: HandlerTrace;
  /** Natives by number, as ROM objects name them. */
  // biome-ignore lint/complexity/noBannedTypes: the table holds natives of every signature; callers know which slot they read.
  readonly fns: Function[];
  /** Results of an attribute lookup (see `AttrFn`). */
  get dest0(): Obj {
    return this.regs[Reg.Dest0] as number;
  }
  set dest0(v: Obj) {
    this.regs[Reg.Dest0] = v;
  }
  get dest1(): Obj {
    return this.regs[Reg.Dest1] as number;
  }
  set dest1(v: Obj) {
    this.regs[Reg.Dest1] = v;
  }
  readonly buf: BufferInfo;
  /** @internal */
  readonly romCache: RomLookupCache;
  /** Where names were found last: hints for lookups in maps, see map.ts. */
  readonly mapHints: Uint8Array;
  /** @internal */
  readonly tableIndexes: TableIndexes;
  /** @internal */
  readonly classCache: ClassCache;
  readonly doubles: boolean;
  /** The profile's cost of a call and limit of the modelled stack, bytes. */
  readonly callCost: number;
  readonly stackLimit: number;
  /** A slice object in static RAM for `x[a:b]` on built-in types. */
  readonly stackSlice: Addr;
  /** Results of `prepareVarArgs`: how many positional arguments and keyword pairs. */
  get varArgs(): number {
    return this.regs[Reg.VarArgs] as number;
  }
  set varArgs(v: number) {
    this.regs[Reg.VarArgs] = v;
  }
  get varKw(): number {
    return this.regs[Reg.VarKw] as number;
  }
  set varKw(v: number) {
    this.regs[Reg.VarKw] = v;
  }
  /** Where `import` looks for files. */
  importFiles: ImportFiles = HOST_FILES;
  /** Files that `import` has read and not yet compiled. */
  readonly importing: ImportSources;
  /** @internal Where WebAssembly can read a file. */
  readonly staging: ImportStaging | null = null;
  /** @internal What the compilation under way holds of the heap. */
  compiling: HeapLedger | null = null;
  /** Live nested runs. */
  get nested(): number {
    return this.regs[Reg.Nested] as number;
  }
  set nested(v: number) {
    this.regs[Reg.Nested] = v;
  }
  /** Bytes of bytecode left before the loop must look at the clock. */
  get budget(): number {
    return this.regs[Reg.Budget] as number;
  }
  set budget(v: number) {
    this.regs[Reg.Budget] = v;
  }
  /** Something asks for attention at the next jump: see `attend.ts`. */
  /** @internal Mode of a link's answer when it is no plain value. */
  get nextMode(): number {
    return this.regs[Reg.NextMode] as number;
  }
  set nextMode(v: number) {
    this.regs[Reg.NextMode] = v;
  }
  get attention(): boolean {
    return this.regs[Reg.Attention] !== 0;
  }
  set attention(v: boolean) {
    this.regs[Reg.Attention] = v ? 1 : 0;
  }
  /** The module that the program waits for: its part is to be linked by {@link linkPart}. */
  wantedModule: string | null = null;
  /** Waits that are under way inside natives: events that come now run in place. */
  inPlace = 0;
  /** Bytes of bytecode that the current slice may still execute, and the part of them granted to the loop. */
  sliceBytes = Number.POSITIVE_INFINITY;
  grantedBytes = 0;
  /** Bytes of bytecode behind `budget` when a slice that counts bytecodes stopped between two jumps; −1: none, but that is where it stopped. */
  get unsynced(): number {
    return this.regs[Reg.Unsynced] as number;
  }
  set unsynced(v: number) {
    this.regs[Reg.Unsynced] = v;
  }
  /** @internal For each native the entry of WebAssembly's table that does the same, 0: none. */
  fastFns: Int32Array = NO_WORDS;
  /** @internal The loop as WebAssembly; null: there is none. */
  fastLoop: (() => number) | null = null;
  /** @internal `loadBody` as WebAssembly, of a file in the memory's buffer. */
  fastLoad:
    | ((
        at: number,
        into: Obj,
        globals: Obj,
        inPlace: number,
        full: number,
        fileBytes: number,
        readerBytes: number,
        name: Obj,
      ) => Obj)
    | null = null;
  /** How often `fastLoop` is still to be left and entered anew between two bytecodes, and whether it was left for that. */
  warming = 0;
  entersAnew = false;
  /** @internal For the loop in WebAssembly: where an exception came out of an instruction, see `recover`. */
  caught: readonly number[] | null = null;
  /** @internal What has several threads take turns; null: the board has no `_thread`. */
  threads: Threads | null = null;
  /** @internal What translates often-run functions to JavaScript; null: nothing does. */
  jit: Jit | null = null;
  /** @internal A further result of helpers of translated functions: how the function ends. */
  exit = 0;
  /** @internal The same: first byte not yet charged. */
  start = 0;
  /** @internal The same: where a name is in its table. */
  position = 0;
  /** How the last `deliver` ended. */
  get lastArrived(): number {
    return this.regs[Reg.LastArrived] as number;
  }
  set lastArrived(v: number) {
    this.regs[Reg.LastArrived] = v;
  }
  /** A run that ended before its first bytecode: how. */
  early = 0;
  /** Whether something untrusted (mem32, uctypes, a `.mpy` file's code) wrote to RAM: an internal error is then the board's fault. */
  tainted = false;
  /** Where `print` and error reports go. */
  readonly stdout: HostPrinter;
  readonly stderr: HostPrinter;
  /** Whether the console is a terminal: lines end with CR and LF there, and one byte of input is the interrupt character. */
  terminal = false;
  /** Bytes from the host that `sys.stdin` has not read yet. */
  readonly input = new InputQueue();
  /** Everything that came from outside. */
  readonly journal: Journal;
  /** Further roots that packages register. */
  readonly extraRoots: ((vm: Vm) => void)[] = [];
  /** Virtual time of the last start, as power-on or a reset is. */
  bootNs = 0;
  /** Seconds since 1970 at that time. */
  wallStart = 0;
  /** Bytecodes left in this slice; −1: not counted. */
  steps = -1;
  readonly stats: VmStats = { bytecodes: 0, nestedBytecodes: 0, nestedRuns: 0, deepestNesting: 0 };
  /** Host time (ms) past which a native that loops is aborted; Infinity: none. */
  hostDeadline = Number.POSITIVE_INFINITY;
  /** The template whose slots classes get, and its make_new slot. */
  readonly instanceSlots: { readonly template: Addr; readonly makeNew: number };
  private hostCheck = 0;

  constructor(
    readonly profile: Profile,
    image: RomImage,
    readonly host: VmHost,
  ) {
    const flash = (profile.flashSize + 15) & ~15;
    if (image.bytes.length > flash) {
      throw new VmUsageError('rom-too-large', `the ROM image has ${image.bytes.length} bytes, the flash ${flash}`);
    }
    const bytes = flash + profile.ramSize;
    this.memory = new LinearMemory(bytes, host.allocate?.(bytes));
    this.regs = this.memory.int32Array(Reg.Count);
    this.buf = new BufferInfo(this.regs);
    this.handlers = new HandlerTrace(this.memory);
    if (this.memory.hasSpare) {
      this.staging = new ImportStaging(this.memory);
      this.importing = new StagedSources(this.staging);
    } else this.importing = new ImportSources();
    this.u8 = this.memory.u8;
    this.u16 = this.memory.u16;
    this.i32 = this.memory.i32;
    this.f32 = this.memory.f32;
    this.f64 = this.memory.f64;
    this.u8.set(image.bytes, 0);
    this.tableIndexes = new TableIndexes(this, this.memory.int32Array(1));
    this.romCache = new RomLookupCache(this.memory);
    this.mapHints = this.memory.uint8Array(MAP_HINTS);
    this.classCache = new ClassCache(this.memory, this.memory.int32Array(1));
    this.doubles = profile.floatBits === 64;
    this.callCost = profile.stack.call;
    this.stackLimit = profile.stack.limit;
    this.ramStart = flash;
    this.ts = flash;
    this.roots = flash + TsOff.Size;
    this.stackSlice = this.roots + Root.StackSlice * 4;
    this.stackStart = this.roots + Root.Count * 4;
    this.mainStackEnd = this.stackStart + profile.pythonStack;
    this.heapStart = (this.mainStackEnd + (profile.emergencyBuffer ?? 0) + 15) & ~15;
    this.heapEnd = flash + profile.ramSize;
    this.image = linkImage(image);
    this.fns = this.image.fns;
    const roots: HeapRoots = {
      markRoots: () => markVmRoots(this),
      finalise: (_heap, ptr) => finaliseObject(this, ptr),
      // a collection takes time, which may make an event due
      collected: (_heap, c) => {
        this.tableIndexes.clear();
        this.clock.chargeCollection(c.markedBlocks, c.sweptBlocks);
        this.attention = true;
        this.jit?.collected();
        this.worked((c.markedBlocks >> 2) + (c.sweptBlocks >> 6));
      },
      // so many blocks that an event may be due
      allocated: () => {
        this.attention = true;
      },
      ...(profile.level === 'everything' ? { weakrefs: weakrefHooks(this) } : {}),
    };
    const template = this.image.addrs.get(instanceTemplate) as number;
    this.instanceSlots = { template, makeNew: this.i32[(template + TypeOff.MakeNew) >> 2] as number };
    this.stdout = new HostPrinter((bytes) => host.stdout(bytes));
    this.stderr = new HostPrinter((bytes) => (host.stderr ?? host.stdout)(bytes), this.stdout);
    this.heap = new Heap(this.memory, this.heapStart, this.heapEnd, roots, {
      weakrefs: profile.level === 'everything',
    });
    this.qstrs = new QstrTable(this);
    this.clock = new Clock(profile, this.heap);
    this.interrupts = new Interrupts(this);
    this.journal = new Journal(this);
    this.resetThread();
  }

  /** Puts ThreadState and static roots back to their state at power-on. */
  resetThread(): void {
    this.tableIndexes.clear();
    this.i32.fill(0, this.ts >> 2, this.stackStart >> 2);
    const ts = this.ts >> 2;
    this.i32[ts + (TsOff.Top >> 2)] = this.stackStart;
    this.i32[ts + (TsOff.StackStart >> 2)] = this.stackStart;
    this.i32[ts + (TsOff.StackEnd >> 2)] = this.mainStackEnd;
    this.i32[this.stackSlice >> 2] = Ty.Slice;
    if (this.heapStart > this.mainStackEnd) {
      this.i32.fill(0, this.mainStackEnd >> 2, this.heapStart >> 2);
      this.setRoot(Root.EmergencyBuf, this.mainStackEnd);
      this.setRoot(Root.EmergencyBufSize, this.profile.emergencyBuffer ?? 0);
    }
  }

  /** Reads a static root word. */
  root(r: number): Obj {
    return this.i32[(this.roots >> 2) + r] as number;
  }
  /** Writes a static root word. */
  setRoot(r: number, o: Obj): void {
    this.i32[(this.roots >> 2) + r] = o;
  }

  /** Type object of any object word. */
  typeOf(o: Obj): Addr {
    if ((o & 1) !== 0) return Ty.Int;
    if ((o & 7) === 2) return Ty.Str;
    if ((o & 7) === 6) return o === Word.None ? Ty.NoneType : Ty.Bool;
    return this.i32[o >> 2] as number;
  }

  /** Zero-filled block of the heap; raises MemoryError. Zero bytes: 0. */
  alloc(nBytes: number): Addr {
    const p = this.heap.alloc(nBytes);
    if (p === 0 && nBytes !== 0) this.raiseMemoryError(nBytes);
    if (nBytes > 8192) this.worked(nBytes >> 8);
    return p;
  }
  /** As {@link alloc}, for an object of `type`. */
  allocObj(nBytes: number, type: Addr): Addr {
    const p = this.heap.alloc(nBytes);
    if (p === 0) this.raiseMemoryError(nBytes, type);
    this.i32[p >> 2] = type;
    return p;
  }
  /** As {@link allocObj}; the object's `__del__` (or its native finaliser) runs before it is freed. */
  allocObjWithFinaliser(nBytes: number, type: Addr): Addr {
    const p = this.heap.alloc(nBytes, true);
    if (p === 0) this.raiseMemoryError(nBytes, type);
    this.i32[p >> 2] = type;
    return p;
  }
  /** Grows or shrinks a block (0: allocates); raises MemoryError. */
  realloc(ptr: Addr, nBytes: number): Addr {
    const p = this.heap.realloc(ptr, nBytes, true);
    if (p === 0 && nBytes !== 0) this.raiseMemoryError(nBytes);
    if (nBytes > 8192) this.worked(nBytes >> 8);
    return p;
  }
  /** Keeps an object alive until the current native returns, though nothing in memory refers to it any more. */
  keep(o: Obj): Obj {
    if ((o & 3) === 0 && o >= this.heapStart) this.heap.keep(o);
    return o;
  }

  /** Raises MemoryError: `nBytes` (of an object of `type`, when that is known) could not be allocated. */
  raiseMemoryError(nBytes: number, type: Addr = 0): never {
    const locked = this.heap.lockDepth > 0;
    const text = locked
      ? 'memory allocation failed, heap is locked'
      : `memory allocation failed, allocating ${nBytes} bytes`;
    const exc = newExceptionText(this, Ty.MemoryError, text);
    if (locked) noteLockedAllocation(this, nBytes, type);
    throw new PyRaise(exc);
  }

  /** Interned string of a JavaScript string; allocates in RAM when new. */
  intern(text: string): Qstr {
    return this.qstrs.intern(text);
  }
  /** Interned string as an object word. */
  internObj(text: string): Obj {
    return newQstrObj(this.qstrs.intern(text));
  }
  /** Text of a qstr. */
  qstrText(q: Qstr): string {
    return this.qstrs.text(q);
  }

  /** A tuple of `n` words copied from `items` (0: filled by the caller). */
  newTuple(n: number, items: Addr): Obj {
    return newTupleFrom(this, n, items);
  }
  /** A bytes object. */
  newBytes(bytes: Uint8Array): Obj {
    return newBytes(this, bytes, 0, bytes.length);
  }
  /** Calls `fun` with the given words, as a tail native does; an Args record must have been pushed. */
  tailCallWith(fun: Obj, ...args: readonly Obj[]): Obj {
    const at = growBody(this, 4 * args.length);
    args.forEach((a, i) => {
      this.i32[(at >> 2) + i] = a;
    });
    return tailCall(this, fun, args.length, 0, at);
  }
  /** Calls a unary operation slot (its number plus one). */
  unarySlot(slot: number, op: number, o: Obj): Obj {
    return (this.fns[slot - 1] as UnaryOpFn)(this, op, o);
  }
  /** For attr slots: the attribute is what `fun(arg)` answers. */
  attrFromCall(fun: Obj, arg: Obj): number {
    const r = tailCall1(this, fun, arg);
    if (r === Word.Call) return r;
    this.dest0 = r;
    this.dest1 = Word.Null;
    return 0;
  }
  /** The GeneratorExit that `close()` throws: one object for all, which gets no traceback. */
  generatorExit(): Obj {
    return this.image.generatorExit;
  }
  get constGeneratorExit(): Obj {
    return this.image.generatorExit;
  }
  /** Prints a warning as MicroPython does; its category is named where features abound. */
  warn(text: string, category = 'Warning'): void {
    this.stderr.write(`${this.profile.level === 'everything' ? category : 'Warning'}: ${text}\n`);
  }
  /** A native of a nested run waits: lets time pass in place. */
  waitNested(): void {
    waitForRecord(this);
  }
  /** Hands collected output to the host. */
  flush(): void {
    this.stdout.flush();
    this.stderr.flush();
  }
  /** Sets the optimisation level of compilations on the board. */
  setOptLevel(level: number): void {
    this.setRoot(Root.OptLevel, level);
  }
  /** Pops link records until `rec` is the topmost. */
  unwindTo(rec: Addr): void {
    unwindTo(this, rec);
  }

  /** Address that a type, a Python-written ROM function or a module has in this image. */
  addrOf(def: TypeDef | PyFunDef | ModuleDef): Addr {
    const a = this.image.addrs.get(def);
    if (a === undefined) throw new VmUsageError('not-in-image', `'${def.name}' is not part of this board's ROM image`);
    return a;
  }
  /** Host-side protocol of a type (its `protocol` in the definition), looked up along single native bases. */
  protocolOf(type: Addr): object | null {
    const n = this.i32[(type + TypeOff.Protocol) >> 2] as number;
    const p = n === 0 ? undefined : this.image.protocols[n - 1];
    return p === undefined ? null : arrived(this, p);
  }

  /** 32 bits that nobody expects: the host's, or else mixed from the clock and a count. */
  entropy(): number {
    const given = this.host.entropy?.();
    if (given !== undefined) return given | 0;
    const count = this.root(Root.EntropyCount) + 1;
    this.setRoot(Root.EntropyCount, count);
    const ns = this.clock.now(this.budget);
    let h = (Math.imul(count, 0x9e3779b1) ^ ns ^ Math.imul(Math.floor(ns / 0x100000000), 0x85ebca6b)) | 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return h ^ (h >>> 16);
  }

  /**
   * Charges `units` of native work to the clock, and aborts work that has used up its host time. Natives that loop over
   * data call it about once every few thousand steps.
   */
  charge(units: number): void {
    this.clock.chargeUnits(units);
    if (this.clock.reach > this.clock.nextDue()) this.attention = true;
    this.worked(units);
  }

  /** {@link charge} as a function of its own. */
  readonly tick = (units: number): void => this.charge(units);

  /** Work that takes the host's time, but none on the board's clock beyond what is charged for it elsewhere. */
  worked(units: number): void {
    if ((this.hostCheck = (this.hostCheck + units) | 0) > 20000) {
      this.hostCheck = 0;
      this.host.checkDeadline?.(this);
    }
  }

  /**
   * As {@link charge}, and lets interrupt handlers run that are due by then: for natives that loop and could as well call
   * Python there.
   */
  checkpoint(units: number): void {
    this.charge(units);
    pollInterrupts(this);
  }

  /** Virtual time, ns, for natives: what is due by now has happened. */
  now(): number {
    pollInterrupts(this);
    return this.clock.now(this.budget);
  }

  /** Ends the slice at the next place where the program can stop. For `checkDeadline`. */
  endSlice(): void {
    this.sliceBytes = 0;
    this.attention = true;
  }
}
