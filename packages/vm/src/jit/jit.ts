/**
 * Which functions run as JavaScript, and finding their translation by the address of their bytecode.
 *
 * A function becomes worth it when its frame has been entered often or the clock's budget often ran out in it; both counts depend on the
 * program alone. Translations know addresses of code and constants in memory: those whose bytecode a collection freed are dropped, and all are
 * when memory is replaced.
 */
import { ContextOff, CsOff, FunBcOff, TsOff } from '../layout.js';
import { functionName } from '../call.js';
import type { Addr } from '../words.js';
import type { Vm } from '../vm.js';
import { analyse } from './analyse.js';
import { Entry } from './entry.js';
import { SUPPORT } from './support.js';
import { translate } from './translate.js';
import { NO_UNIT, type Translated, type Unit } from './unit.js';

/** Functions whose counts are kept; two that share a place push each other out. */
const PLACES = 4096;
/** Entries of a frame before its function is translated. */
const HOT = 400;
/** What running out of budget in a frame counts. */
const SAMPLE = 150;
/** JavaScript of more characters is not worth V8's time. */
const MAX_TEXT = 30_000;
/** Not worth trying again. */
const NEVER = -0x4000_0000;

/** The translations of one board. */
export class Jit {
  /** The function that {@link enter} found. */
  fn: Translated = () => 0;
  /** Translated functions that call each other right now. */
  depth = 0;
  /** Functions translated so far. */
  translated = 0;
  private skip = false;
  private readonly codes = new Int32Array(PLACES);
  private readonly heat = new Int32Array(PLACES);
  private readonly units: (Unit | null)[] = new Array<Unit | null>(PLACES).fill(null);
  private live: Unit[] = [];

  constructor(
    private readonly vm: Vm,
    private readonly hot: number,
    private readonly make: (names: readonly string[], text: string) => (...values: readonly unknown[]) => Translated,
  ) {}

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
      this.units[h] = null;
      return Entry.NotTranslated;
    }
    let unit = this.units[h] as Unit | null;
    if (unit === null) {
      const heat = (this.heat[h] as number) + 1;
      this.heat[h] = heat;
      if (heat < this.hot) return Entry.NotTranslated;
      unit = this.translate(fp, code);
      this.units[h] = unit;
      this.heat[h] = unit === null ? NEVER : 0;
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

  /** The budget ran out in the topmost frame: time is spent there. */
  sample(): void {
    const { i32, ts } = this.vm;
    const fp = i32[(ts + TsOff.Fp) >> 2] as number;
    if (fp === 0) return;
    const code = i32[((i32[fp >> 2] as number) + FunBcOff.Bytecode) >> 2] as number;
    const h = (code ^ (code >>> 9)) & (PLACES - 1);
    if (this.codes[h] === code) this.heat[h] = (this.heat[h] as number) + SAMPLE;
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
    this.units.fill(null);
    for (const u of this.live) u.code = -1;
    this.live = [];
    this.depth = 0;
    this.skip = false;
  }

  private translate(fp: number, code: Addr): Unit | null {
    const { vm } = this;
    const { i32, u8, heap } = vm;
    const context = i32[((i32[fp] as number) + FunBcOff.Context) >> 2] as number;
    const analysis = analyse(u8, code);
    if (analysis === null) return null;
    const tables = {
      qstrs: (i32[(context + ContextOff.Qstrs) >> 2] as number) >> 1,
      objs: (i32[(context + ContextOff.Objs) >> 2] as number) >> 2,
    };
    const { text, sites } = translate(vm, vm.qstrText(functionName(vm, i32[fp] as number)), analysis, tables);
    if (text.length > MAX_TEXT) return null;
    const first = analysis.instrs[0] as { ip: Addr };
    const last = analysis.instrs[analysis.instrs.length - 1] as { next: Addr };
    const entries = new Int16Array(last.next - first.ip).fill(-1);
    const depths = new Int16Array(analysis.leaders.size);
    let n = 0;
    for (const [ip, leader] of analysis.leaders) {
      entries[ip - first.ip] = n;
      depths[n++] = leader.depth;
    }
    const fn = this.make(['vm', 'i32', 'u8', 'heap', 'entries', 'sites', 'support'], text)(
      vm,
      i32,
      u8,
      heap,
      entries,
      sites,
      SUPPORT,
    );
    // one byte of signature, one of sizes, no cells: as in callBytecode
    const z = u8[code] as number;
    const simple = (z & 0x80) === 0 && ((u8[code + 1] as number) & 0x81) === 0 && !analysis.isGenerator;
    const words = analysis.nState + (z & 4 ? 3 : 0);
    const unit: Unit = {
      code,
      fn,
      start: first.ip,
      entries,
      depths,
      nArgs: simple && words <= 11 ? z & 3 : -1,
      nState: analysis.nState,
      frameBytes: 36 + 4 * words,
    };
    this.live.push(unit);
    this.translated++;
    return unit;
  }
}

/**
 * Has a board's often-run functions translated to JavaScript from now on, which changes nothing but speed. False where the host does
 * not let code be made of text, as pages with a strict Content-Security-Policy do not. `entries`: how often a function's frame has to be
 * entered first.
 */
export function enableJit(vm: Vm, entries = HOT): boolean {
  const make = (names: readonly string[], text: string) =>
    new Function(...names, text) as (...values: readonly unknown[]) => Translated;
  try {
    make([], 'return () => 0;');
  } catch {
    return false;
  }
  vm.jit = new Jit(vm, entries, make);
  return true;
}
