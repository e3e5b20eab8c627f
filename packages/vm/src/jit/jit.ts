/**
 * Which functions run as JavaScript, and finding their translation by the address of their bytecode.
 *
 * A function becomes worth it when it has loops, few calls, and the clock's budget ran out in it often, for its size; that depends
 * on the program alone.
 * Translations know addresses of code and constants in memory: those whose bytecode a collection freed are dropped, and all are
 * when memory is replaced.
 */
import { Op } from '@tsmp-internal/bytecode';
import { ContextOff, CsOff, FunBcOff, TsOff } from '../layout.js';
import { functionName } from '../call.js';
import type { Addr } from '../words.js';
import type { Vm } from '../vm.js';
import { type Analysis, analyse } from './analyse.js';
import { Entry } from './entry.js';
import { SUPPORT } from './support.js';
import { translate } from './translate.js';
import { NO_UNIT, prepareInvoke, type Translated, Unit } from './unit.js';

/** Functions whose counts are kept; two that share a place push each other out. */
const PLACES = 4096;
/**
 * Bytes of bytecode run in a function, for each of its instructions, before it is translated. V8 needs as long as that to make its
 * translation fast, and time is paid back only then.
 */
const WORTH = 40_000;
/** Translated functions have at least so many instructions for each call. */
const CALL_SHARE = 12;
/** JavaScript of more characters is not worth V8's time. */
const MAX_TEXT = 20_000;

/** The translations of one board. */
export class Jit {
  /** The function that {@link enter} found. */
  fn: Translated = () => 0;
  /** Translated functions that call each other right now. */
  depth = 0;
  /** Functions translated so far. */
  translated = 0;
  private skip = false;
  private priming = false;
  /** Entries still to be answered, every second one, with a translation that does nothing: for V8 to see the loop enter one. */
  private rehearsals = 0;
  private readonly codes = new Int32Array(PLACES);
  /** Bytes of bytecode whose end was in the function: where time is spent. */
  private readonly heat = new Float64Array(PLACES);
  /** The heat that it needs; until it was analysed, that of the smallest. */
  private readonly need = new Float64Array(PLACES);
  private readonly units: (Unit | null)[] = new Array<Unit | null>(PLACES).fill(null);
  private live: Unit[] = [];

  constructor(
    private readonly vm: Vm,
    private readonly worth: number,
    private readonly make: (names: readonly string[], text: string) => (...values: readonly unknown[]) => Translated,
  ) {
    this.prime();
    this.clear();
    this.rehearsals = 400;
  }

  /**
   * Goes all the ways through {@link tryEnter} that there are. It becomes a part of the interpreter's loop, which V8 would throw
   * away when one of them is gone for the first time.
   */
  private prime(): void {
    const { i32 } = this.vm;
    // no frame, but words that can be read, at the bottom of memory, so that the depth is a small number
    const fp = 0;
    const code = i32[((i32[fp] as number) + FunBcOff.Bytecode) >> 2] as number;
    const h = (code ^ (code >>> 9)) & (PLACES - 1);
    const depth = ((i32[fp + (CsOff.Sp >> 2)] as number) >> 2) - fp - (CsOff.State >> 2) + 1;
    const start = i32[fp + (CsOff.Ip >> 2)] as number;
    const make = (first: Addr, at: number) =>
      new Unit(-1, NO_UNIT.fn, first, new Int16Array([0, -1]), new Int16Array([at]), -1, 0, 0);
    const unit = make(start, depth);
    const units = [
      unit,
      make(start - 1, depth),
      make(start - 2, depth),
      make(start, depth + 1),
      null,
      unit,
      null,
      unit,
    ];
    this.priming = true;
    for (let i = 0; i < 800; i++) {
      this.codes[h] = (i & 15) === 15 ? code + 1 : code;
      this.units[h] = units[i & 7] as Unit | null;
      this.heat[h] = i & 2;
      this.need[h] = 1;
      this.skip = (i & 31) === 31;
      this.tryEnter(fp);
    }
    this.priming = false;
  }

  /** The interpreter must do at least one instruction of the topmost frame. */
  skipEntry(): void {
    this.skip = true;
  }

  /** For the interpreter: the entry of the frame at word `fp`, with `fn` set, or why there is none. */
  tryEnter(fp: number): number {
    if (this.skip) {
      this.skip = false;
      return Entry.NotHere;
    }
    // the loop looks for attention when a translation has ended: with any it would be early
    const { vm } = this;
    if (this.rehearsals > 0 && vm.budget > 0 && !vm.attention && (--this.rehearsals & 1) !== 0) {
      this.fn = NO_UNIT.fn;
      return 0;
    }
    return this.enter(fp);
  }

  /** As {@link tryEnter}, for translated code. */
  enter(fp: number): number {
    const i32 = this.vm.i32;
    const code = i32[((i32[fp] as number) + FunBcOff.Bytecode) >> 2] as number;
    const h = (code ^ (code >>> 9)) & (PLACES - 1);
    if (this.codes[h] !== code) {
      this.codes[h] = code;
      this.heat[h] = 0;
      this.need[h] = this.worth;
      this.units[h] = null;
      if (this.worth > 0) return Entry.NotTranslated;
    }
    let unit = this.units[h] as Unit | null;
    if (unit === null) {
      if ((this.heat[h] as number) < (this.need[h] as number)) return Entry.NotTranslated;
      unit = this.translate(fp, code, h);
      this.units[h] = unit;
      if (unit === null) return Entry.NotTranslated;
    }
    const at = (i32[fp + (CsOff.Ip >> 2)] as number) - unit.start;
    if (at < 0 || at >= unit.entries.length) return Entry.NotHere;
    const entry = unit.entries[at] as number;
    if (entry < 0) return Entry.NotHere;
    const depth = ((i32[fp + (CsOff.Sp >> 2)] as number) >> 2) - fp - (CsOff.State >> 2) + 1;
    if (unit.depths[entry] !== depth) return Entry.NotHere;
    this.fn = unit.fn;
    return entry;
  }

  /** The translation of the bytecode at `code` if it takes just `nArgs` arguments that need no binding, else one of nothing. */
  simpleUnit(code: Addr, nArgs: number): Unit {
    const h = (code ^ (code >>> 9)) & (PLACES - 1);
    const unit = this.codes[h] === code ? (this.units[h] as Unit | null) : null;
    return unit !== null && unit.nArgs === nArgs ? unit : NO_UNIT;
  }

  /** A budget of `bytes` ran out in the topmost frame. */
  sample(bytes: number): void {
    const { i32, ts } = this.vm;
    const fp = i32[(ts + TsOff.Fp) >> 2] as number;
    if (fp === 0) return;
    const code = i32[((i32[fp >> 2] as number) + FunBcOff.Bytecode) >> 2] as number;
    const h = (code ^ (code >>> 9)) & (PLACES - 1);
    if (this.codes[h] === code) this.heat[h] = (this.heat[h] as number) + bytes;
  }

  /** A collection has freed memory. */
  collected(): void {
    if (this.live.length === 0) return;
    const { heap, ramStart } = this.vm;
    const dead = this.live.filter((u) => u.code >= ramStart && heap.kind(heap.blockOf(u.code)) === 0);
    if (dead.length === 0) return;
    for (const u of dead) {
      const h = (u.code ^ (u.code >>> 9)) & (PLACES - 1);
      if (this.units[h] === u) {
        this.units[h] = null;
        this.codes[h] = 0;
      }
      u.code = -1;
    }
    this.live = this.live.filter((u) => !dead.includes(u));
  }

  /** Memory is replaced: nothing that was translated holds. */
  clear(): void {
    this.codes.fill(0);
    this.heat.fill(0);
    this.need.fill(this.worth);
    this.units.fill(null);
    for (const u of this.live) u.code = -1;
    this.live = [];
    this.depth = 0;
    this.skip = false;
  }

  /** Bytes of bytecode to be run in a function first: for loops without many calls, which are as fast in the interpreter. */
  private needOf({ instrs }: Analysis): number {
    if (this.worth === 0) return 0;
    const loops = instrs.some((i) => i.target !== 0 && i.target <= i.ip);
    const calls = instrs.filter((i) => i.op >= Op.CallFunction && i.op <= Op.CallMethodVarKw).length;
    return loops && calls * CALL_SHARE <= instrs.length ? instrs.length * this.worth : Number.POSITIVE_INFINITY;
  }

  /** The translation, or null if there is none, or not yet. `h`: the function's place. */
  private translate(fp: number, code: Addr, h: number): Unit | null {
    if (this.priming) return null;
    const { vm } = this;
    const { i32, u8, heap } = vm;
    const context = i32[((i32[fp] as number) + FunBcOff.Context) >> 2] as number;
    const analysis = analyse(u8, code);
    const need = analysis === null ? Number.POSITIVE_INFINITY : this.needOf(analysis);
    this.need[h] = need;
    if (analysis === null || (this.heat[h] as number) < need) return null;
    const tables = {
      qstrs: (i32[(context + ContextOff.Qstrs) >> 2] as number) >> 1,
      objs: (i32[(context + ContextOff.Objs) >> 2] as number) >> 2,
    };
    const { text, sites } = translate(vm, vm.qstrText(functionName(vm, i32[fp] as number)), analysis, tables);
    if (text.length > MAX_TEXT) {
      this.need[h] = Number.POSITIVE_INFINITY;
      return null;
    }
    const first = analysis.instrs[0] as { ip: Addr };
    const last = analysis.instrs[analysis.instrs.length - 1] as { next: Addr };
    const entries = new Int16Array(last.next - first.ip).fill(-1);
    const depths = new Int16Array(analysis.leaders.size);
    const places = new Int32Array(analysis.leaders.size * 2);
    let n = 0;
    for (const [ip, leader] of analysis.leaders) {
      entries[ip - first.ip] = n;
      places[2 * n] = ip;
      places[2 * n + 1] = (CsOff.State >> 2) - 1 + leader.depth;
      depths[n++] = leader.depth;
    }
    const fn = this.make(['vm', 'i32', 'u8', 'heap', 'entries', 'places', 'sites', 'support'], text)(
      vm,
      i32,
      u8,
      heap,
      entries,
      places,
      sites,
      SUPPORT,
    );
    // one byte of signature, one of sizes, no cells: as in callBytecode
    const z = u8[code] as number;
    const simple = (z & 0x80) === 0 && ((u8[code + 1] as number) & 0x81) === 0 && !analysis.isGenerator;
    const words = analysis.nState + (z & 4 ? 3 : 0);
    const nArgs = simple && words <= 11 ? z & 3 : -1;
    const unit = new Unit(code, fn, first.ip, entries, depths, nArgs, analysis.nState, 36 + 4 * words);
    this.live.push(unit);
    this.translated++;
    return unit;
  }
}

/**
 * Has the loops that a board spends its time in translated to JavaScript from now on, which changes nothing but speed. False where
 * the host does not let code be made of text, as pages with a strict Content-Security-Policy do not. `worth`: bytes of bytecode to be run in a function
 * first, for each of its instructions; 0 translates all functions at once.
 */
export function enableJit(vm: Vm, worth = WORTH): boolean {
  const make = (names: readonly string[], text: string) =>
    new Function(...names, text) as (...values: readonly unknown[]) => Translated;
  try {
    make([], 'return () => 0;');
  } catch {
    return false;
  }
  prepareInvoke();
  vm.jit = new Jit(vm, worth, make);
  return true;
}
