/**
 * WATCHDOG: a counter that resets the chip unless it is loaded again in time, and eight words that survive all but power-on.
 * Counterpart: RP2040 datasheet, 4.7.
 */
import { requestReset, type Vm } from '@tsmp/vm';
import type { MachineResetKind } from '../machine.js';
import { Aliased } from './aliased.js';

export const WATCHDOG_BASE = 0x40058000;

const Register = { ctrl: 0x00, load: 0x04, reason: 0x08, scratch: 0x0c, scratchEnd: 0x2c, tick: 0x2c } as const;
const TRIGGER = 0x80000000;
const ENABLE = 0x40000000;
/** Bits of CTRL that programs set and read: enable, and what pauses the counter. */
const KEPT = 0x47000000;
const COUNT = 0xffffff;
const REASON_TIMER = 1;
const REASON_FORCE = 2;
/** The counter loses two a microsecond (erratum RP2040-E1). */
const NS_PER_COUNT = 500;
const TICK_RUNNING = 0x600;

/** Plain data of a {@link Watchdog}. */
export interface WatchdogState {
  readonly ctrl: number;
  readonly full: number;
  readonly left: number;
  readonly since: number;
  readonly event: number;
  readonly reason: number;
  readonly scratch: readonly number[];
}

/** The watchdog. */
export class Watchdog extends Aliased {
  private ctrl = 0x07000000;
  /** What it was last started with. */
  private full = 0;
  /** The count at time `since` (ns). */
  private left = 0;
  private since = 0;
  private event = 0;
  private reason = 0;
  private scratch = new Array<number>(8).fill(0);

  constructor(private readonly vm: Vm) {
    super();
    vm.clock.on('watchdog', () => requestReset('watchdog'), 'at-once');
  }

  private now(): number {
    return this.vm.clock.now(this.vm.budget);
  }
  private get enabled(): boolean {
    return (this.ctrl & ENABLE) !== 0;
  }
  private count(): number {
    if (!this.enabled) return this.left;
    return Math.max(0, this.left - Math.floor((this.now() - this.since) / NS_PER_COUNT));
  }
  private plan(): void {
    const { vm } = this;
    if (this.event !== 0) vm.clock.cancel(this.event);
    this.event = this.enabled ? vm.clock.schedule(this.since + this.left * NS_PER_COUNT, 'watchdog') : 0;
    vm.attention = true;
  }

  /** Starts it, or starts it anew, with a time in milliseconds. */
  start(ms: number): void {
    this.ctrl |= ENABLE;
    this.full = ms * 2000;
    this.load24(this.full);
  }
  /** Loads the counter again with what `start` gave it. */
  feed(): void {
    this.load24(this.full);
  }
  private load24(count: number): void {
    this.left = Math.min(count, COUNT);
    this.since = this.now();
    this.plan();
  }

  protected read(register: number): number {
    if (register >= Register.scratch && register < Register.scratchEnd) {
      return this.scratch[(register - Register.scratch) >> 2] as number;
    }
    switch (register) {
      case Register.ctrl:
        return (this.ctrl | this.count()) >>> 0;
      case Register.reason:
        return this.reason;
      case Register.tick:
        return TICK_RUNNING;
      default:
        return 0;
    }
  }
  protected write(register: number, value: number): void {
    if (register >= Register.scratch && register < Register.scratchEnd) {
      this.scratch[(register - Register.scratch) >> 2] = value >>> 0;
    } else if (register === Register.load) this.load24(value & COUNT);
    else if (register === Register.ctrl) {
      const left = this.count();
      this.ctrl = value & KEPT;
      this.left = left;
      this.since = this.now();
      this.plan();
      if ((value & TRIGGER) !== 0) requestReset('hard');
    }
  }

  /** A soft reset leaves it running; after another one it is off and knows why. */
  reset(kind: MachineResetKind): void {
    if (kind === 'soft') return;
    this.ctrl = 0x07000000;
    this.left = 0;
    this.plan();
    this.reason = kind === 'watchdog' ? REASON_TIMER : REASON_FORCE;
  }

  /** Registers as plain data. */
  save(): WatchdogState {
    const { ctrl, full, left, since, event, reason } = this;
    return { ctrl, full, left, since, event, reason, scratch: [...this.scratch] };
  }
  /** Takes on a saved state; the event is the clock's. */
  load(state: WatchdogState): void {
    this.ctrl = state.ctrl;
    this.full = state.full;
    this.left = state.left;
    this.since = state.since;
    this.event = state.event;
    this.reason = state.reason;
    this.scratch = [...state.scratch];
  }
}
