/**
 * The PWM block: eight slices of a counter with two outputs. A running slice costs nothing: where its counter is, and what its
 * pins carry, is computed from when it was last at zero. TOP and CC are double-buffered: what is written to them while the slice
 * runs takes effect at the end of the period. Counterpart: RP2040 datasheet, 4.5.
 *
 * Invariant: after `settle(ns)` no buffered value is due, and the pins have been told of every change.
 */
import type { Gpio, PinSource } from '../gpio.js';
import type { Level, Signal } from '../wave.js';
import { Aliased } from './aliased.js';

/** Where the block is on the bus. */
export const PWM_BASE = 0x40050000;
/** How many slices there are. */
export const PWM_SLICES = 8;
/** The pins' function number for it. */
export const FUNC_PWM = 4;

const SLICE_SIZE = 0x14;
const EN = 0xa0;
const INTR = 0xa4;
const INTE = 0xa8;
const INTF = 0xac;
const INTS = 0xb0;

const CSR_EN = 1;
const CSR_PH_CORRECT = 2;
const CSR_A_INV = 4;
const CSR_B_INV = 8;
const CSR_PH_RET = 0x40;
const CSR_PH_ADV = 0x80;
/** What makes the counter go on: the clock, the clock while B is high, a rising edge of B, a falling one. */
const enum Mode {
  Free = 0,
  WhileHigh = 1,
  Rising = 2,
  Falling = 3,
}

/** Registers of a slice, by their offset in words. */
export const PWM_REGISTER = { csr: 0, div: 1, ctr: 2, cc: 3, top: 4 } as const;
/** Bit of CSR that enables a slice. */
export const PWM_ENABLE = CSR_EN;
/** Bits of CSR that invert the outputs A and B. */
export const PWM_INVERT_A = CSR_A_INV;
/** See {@link PWM_INVERT_A}. */
export const PWM_INVERT_B = CSR_B_INV;

/** Plain data of a slice. */
export interface PwmSliceState {
  readonly csr: number;
  /** 16ths. */
  readonly div: number;
  /** In effect. */
  readonly cc: number;
  readonly top: number;
  /** Written, in effect from the end of the period. */
  readonly nextCc: number;
  readonly nextTop: number;
  /** Where the counter is, in steps of its period, while it does not run. */
  readonly position: number;
  /** When a period began, ns; null: it does not run. */
  readonly origin: number | null;
  /** Whether it has wrapped since the flag was cleared, and from when on wraps count. */
  readonly wrapped: boolean;
  readonly wrapsFrom: number;
}

/** Plain data of {@link PwmBlock}. */
export interface PwmState {
  readonly slices: readonly PwmSliceState[];
  readonly inte: number;
  readonly intf: number;
}

/** One slice. */
class Slice {
  csr = 0;
  div = 16;
  cc = 0;
  top = 0xffff;
  nextCc = 0;
  nextTop = 0xffff;
  position = 0;
  origin: number | null = null;
  wrapped = false;
  wrapsFrom = 0;

  get steps(): number {
    return (this.csr & CSR_PH_CORRECT) !== 0 ? 2 * (this.top + 1) : this.top + 1;
  }
  get enabled(): boolean {
    return (this.csr & CSR_EN) !== 0;
  }
  get mode(): Mode {
    return (this.csr >> 4) & 3;
  }
  get buffered(): boolean {
    return this.nextCc !== this.cc || this.nextTop !== this.top;
  }
  latch(): void {
    this.cc = this.nextCc;
    this.top = this.nextTop;
  }
}

/** The block's registers, and what its outputs put on pins. */
export class PwmBlock extends Aliased implements PinSource {
  private readonly slices = Array.from({ length: PWM_SLICES }, () => new Slice());
  private inte = 0;
  private intf = 0;
  /** Slices that run with a buffered value. */
  private waiting = 0;

  constructor(
    private readonly gpio: Gpio,
    /** Cycles per second of the system clock. */
    private readonly hz: () => number,
    private readonly now: () => number,
  ) {
    super();
    gpio.connect(FUNC_PWM, this);
    gpio.onEdge((pin, level) => this.edgeOfB(pin, level));
  }

  // ---- registers

  protected read(register: number): number {
    const ns = this.now();
    this.settle(ns);
    const n = Math.floor(register / SLICE_SIZE);
    if (n < PWM_SLICES) {
      const s = this.slices[n] as Slice;
      switch ((register - n * SLICE_SIZE) >> 2) {
        case PWM_REGISTER.csr:
          return s.csr;
        case PWM_REGISTER.div:
          return s.div;
        case PWM_REGISTER.ctr:
          return counterOf(s, Math.floor(this.positionAt(s, ns)));
        case PWM_REGISTER.cc:
          return s.nextCc;
        default:
          return s.nextTop;
      }
    }
    switch (register) {
      case EN:
        return this.bits((s) => s.enabled);
      case INTR:
        return this.raw(ns);
      case INTE:
        return this.inte;
      case INTF:
        return this.intf;
      case INTS:
        return (this.raw(ns) & this.inte) | this.intf;
      default:
        return 0;
    }
  }

  protected write(register: number, value: number): void {
    const ns = this.now();
    this.settle(ns);
    const n = Math.floor(register / SLICE_SIZE);
    if (n < PWM_SLICES) {
      this.writeSlice(n, (register - n * SLICE_SIZE) >> 2, value, ns);
      return;
    }
    if (register === EN) {
      for (let i = 0; i < PWM_SLICES; i++) {
        const s = this.slices[i] as Slice;
        const csr = ((value >>> i) & 1) !== 0 ? s.csr | CSR_EN : s.csr & ~CSR_EN;
        if (csr !== s.csr) this.writeSlice(i, PWM_REGISTER.csr, csr, ns);
      }
    } else if (register === INTR) {
      for (const [i, s] of this.slices.entries()) {
        if (((value >>> i) & 1) === 0) continue;
        s.wrapped = false;
        s.wrapsFrom = ns;
      }
    } else if (register === INTE) this.inte = value & 0xff;
    else if (register === INTF) this.intf = value & 0xff;
  }

  /** Reads one register of a slice. */
  get(slice: number, register: number): number {
    return this.read(slice * SLICE_SIZE + 4 * register);
  }
  /** Writes one register of a slice. */
  set(slice: number, register: number, value: number): void {
    this.write(slice * SLICE_SIZE + 4 * register, value >>> 0);
  }

  private writeSlice(n: number, register: number, value: number, ns: number): void {
    const s = this.slices[n] as Slice;
    // wraps up to now count by the old settings
    if (this.wrapsUpTo(s, ns) > 0) s.wrapped = true;
    s.wrapsFrom = ns;
    let position = this.positionAt(s, ns);
    switch (register) {
      case PWM_REGISTER.csr: {
        const counter = counterOf(s, position);
        const correct = s.csr & CSR_PH_CORRECT;
        s.csr = value & 0x3f;
        if ((s.csr & CSR_PH_CORRECT) !== correct) position = counter;
        // one step ahead or back
        if ((value & CSR_PH_ADV) !== 0) position += 1;
        if ((value & CSR_PH_RET) !== 0) position += s.steps - 1;
        break;
      }
      case PWM_REGISTER.div:
        s.div = value & 0xfff;
        break;
      case PWM_REGISTER.ctr:
        position = value & 0xffff;
        break;
      case PWM_REGISTER.cc:
        s.nextCc = value >>> 0;
        break;
      default:
        s.nextTop = value & 0xffff;
    }
    const running = s.enabled && (s.mode === Mode.Free || (s.mode === Mode.WhileHigh && this.levelOfB(n) === 1));
    if (!s.enabled) s.latch();
    position %= s.steps;
    s.position = position;
    // a period that goes on as it did keeps its origin, to the last bit
    if (!running) s.origin = null;
    else if (s.origin === null || register < PWM_REGISTER.cc) s.origin = ns - position * this.nsPerStep(s);
    this.waiting = this.bits((x) => x.origin !== null && x.buffered);
    this.tellPins(n, ns);
  }

  // ---- time

  private nsPerStep(s: Slice): number {
    // a divider of 0 is 256
    return ((s.div >> 4 === 0 ? s.div + 4096 : s.div) * 1e9) / (16 * this.hz());
  }
  /** Where the counter is in its period, in steps and parts of one. */
  private positionAt(s: Slice, ns: number): number {
    if (s.origin === null) return s.position;
    const position = (ns - s.origin) / this.nsPerStep(s);
    return position - Math.floor(position / s.steps) * s.steps;
  }
  /** End of the period that `ns` lies in. */
  private periodEnd(s: Slice, ns: number): number {
    if (s.origin === null) return Number.POSITIVE_INFINITY;
    const period = this.nsPerStep(s) * s.steps;
    const k = Math.floor((ns - s.origin) / period) + 1;
    return s.origin + k * period;
  }
  private wrapsUpTo(s: Slice, ns: number): number {
    if (s.origin === null) return 0;
    const period = this.nsPerStep(s) * s.steps;
    return Math.floor((ns - s.origin) / period) - Math.floor((s.wrapsFrom - s.origin) / period);
  }
  private raw(ns: number): number {
    return this.bits((s) => s.wrapped || this.wrapsUpTo(s, ns) > 0);
  }
  private bits(holds: (s: Slice) => boolean): number {
    return this.slices.reduce((bits, s, i) => (holds(s) ? bits | (1 << i) : bits), 0);
  }

  /** Lets buffered values take effect whose period has ended. */
  settle(ns: number): void {
    if (this.waiting === 0) return;
    for (let n = 0; n < PWM_SLICES; n++) {
      if (((this.waiting >>> n) & 1) === 0) continue;
      const s = this.slices[n] as Slice;
      const end = this.latchTime(s);
      if (end > ns) continue;
      if (this.wrapsUpTo(s, end) > 0) s.wrapped = true;
      s.wrapsFrom = end;
      s.latch();
      s.origin = end;
      this.waiting &= ~(1 << n);
      this.tellPins(n, end);
    }
  }
  /** When what is buffered takes effect: at the first end of a period after it was written. */
  private latchTime(s: Slice): number {
    return this.periodEnd(s, s.wrapsFrom);
  }

  /** When a pin's output changes by a buffered value. */
  nextChange(pin: number): number {
    const n = (pin >> 1) & 7;
    return ((this.waiting >>> n) & 1) === 0 ? Number.POSITIVE_INFINITY : this.latchTime(this.slices[n] as Slice);
  }

  /** The system clock's frequency is about to change: counters stay where they are. `change` changes it. */
  reclock(change: () => void): void {
    const ns = this.now();
    this.settle(ns);
    const positions = this.slices.map((s) => this.positionAt(s, ns));
    for (const s of this.slices) {
      if (this.wrapsUpTo(s, ns) > 0) s.wrapped = true;
      s.wrapsFrom = ns;
    }
    change();
    for (const [n, s] of this.slices.entries()) {
      if (s.origin === null) continue;
      s.origin = ns - (positions[n] as number) * this.nsPerStep(s);
      this.tellPins(n, ns);
    }
  }

  // ---- pins

  /** What an output puts on a pin: a wave while the slice runs and its level is neither 0 nor the whole period. */
  output(pin: number): Signal | undefined {
    const s = this.slices[(pin >> 1) & 7] as Slice;
    const isB = (pin & 1) !== 0;
    if (isB && s.mode !== Mode.Free) return undefined; // B is an input
    const level = (isB ? s.cc >>> 16 : s.cc) & 0xffff;
    const inverted = (s.csr & (isB ? CSR_B_INV : CSR_A_INV)) !== 0;
    const first: Level = inverted ? 0 : 1;
    if (level === 0) return inverted ? 1 : 0;
    if (level > s.top) return first;
    if (s.origin === null) {
      const low: Level = inverted ? 1 : 0;
      return counterOf(s, Math.floor(s.position)) < level ? first : low;
    }
    const step = this.nsPerStep(s);
    const period = step * s.steps;
    if ((s.csr & CSR_PH_CORRECT) === 0) return { origin: s.origin, period, width: step * level, first };
    // down from level - 1 at a period's end, and up again at the next one's start
    return { origin: s.origin - step * level, period, width: step * 2 * level, first };
  }

  private tellPins(slice: number, ns: number): void {
    for (const pin of pinsOf(slice, this.gpio.count)) {
      if (this.gpio.functionOf(pin) === FUNC_PWM) this.gpio.refresh(pin, ns);
    }
  }
  /** The pins selected for B, joined by OR as on the chip. */
  private levelOfB(slice: number): Level {
    const pins = pinsOf(slice, this.gpio.count).filter(
      (pin) => (pin & 1) !== 0 && this.gpio.functionOf(pin) === FUNC_PWM,
    );
    return pins.some((pin) => this.gpio.level(pin) === 1) ? 1 : 0;
  }
  private edgeOfB(pin: number, level: Level): void {
    if ((pin & 1) === 0 || this.gpio.functionOf(pin) !== FUNC_PWM) return;
    const n = (pin >> 1) & 7;
    const s = this.slices[n] as Slice;
    if (!s.enabled || s.mode === Mode.Free) return;
    if (s.mode === Mode.WhileHigh) {
      this.writeSlice(n, PWM_REGISTER.csr, s.csr, this.now());
      return;
    }
    if (level !== (s.mode === Mode.Rising ? 1 : 0)) return;
    s.position += 16 / (s.div >> 4 === 0 ? s.div + 4096 : s.div);
    if (s.position >= s.steps) {
      s.position -= s.steps;
      s.wrapped = true;
      s.latch();
    }
    this.tellPins(n, this.now());
  }

  /** As after power-on. */
  reset(): void {
    const ns = this.now();
    this.settle(ns);
    for (const s of this.slices) Object.assign(s, new Slice());
    this.inte = 0;
    this.intf = 0;
    this.waiting = 0;
    for (let n = 0; n < PWM_SLICES; n++) this.tellPins(n, ns);
  }
  /** Registers as plain data. */
  save(): PwmState {
    this.settle(this.now());
    const slices = this.slices.map((s): PwmSliceState => {
      const { csr, div, cc, top, nextCc, nextTop, position, origin, wrapped, wrapsFrom } = s;
      return { csr, div, cc, top, nextCc, nextTop, position, origin, wrapped, wrapsFrom };
    });
    return { slices, inte: this.inte, intf: this.intf };
  }
  /** Takes on saved registers; the pins have a saved state of their own. */
  load(state: PwmState): void {
    for (const [n, s] of state.slices.entries()) Object.assign(this.slices[n] as Slice, s);
    this.inte = state.inte;
    this.intf = state.intf;
    this.waiting = this.bits((s) => s.origin !== null && s.buffered);
  }
}

/** The counter's value at a whole position of its period. */
function counterOf(s: Slice, position: number): number {
  const whole = Math.floor(position);
  return (s.csr & CSR_PH_CORRECT) !== 0 && whole > s.top ? 2 * s.top + 1 - whole : whole;
}

function pinsOf(slice: number, count: number): number[] {
  return [2 * slice, 2 * slice + 1, 2 * slice + 16, 2 * slice + 17].filter((pin) => pin < count);
}
