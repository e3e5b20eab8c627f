/**
 * TIMER, the RP2040's microsecond counter with four alarms, and the firmware's pool of alarms on the last of them. Counterpart:
 * RP2040 datasheet, 4.6; pico_time of the SDK.
 */
import type { Vm } from '@tsmp/vm';
import { Aliased } from './aliased.js';

export const TIMER_BASE = 0x40054000;
/** Interrupt line of the pool's alarm: TIMER_IRQ_3. The first three alarms have lines 0 to 2, which the firmware leaves alone. */
const POOL_LINE = 3;
/** Alarms that the pool holds: PICO_TIME_DEFAULT_ALARM_POOL_MAX_TIMERS. */
const POOL_SIZE = 16;
/** Alarms served for one interrupt before others get their turn. */
const SERVED_AT_ONCE = 8;

const Register = {
  timeHr: 0x08,
  timeLr: 0x0c,
  alarm0: 0x10,
  alarm3: 0x1c,
  armed: 0x20,
  timeRawH: 0x24,
  timeRawL: 0x28,
  intr: 0x34,
  inte: 0x38,
  intf: 0x3c,
  ints: 0x40,
} as const;

/** Alarms of the hardware that programs may use. */
const FREE_ALARMS = 3;

/** An alarm of the pool: when it is due (ns), and the object that it is for. */
export interface PoolAlarm {
  readonly id: number;
  readonly due: number;
  /** Address of the object; its finaliser takes the alarm out. */
  readonly owner: number;
}

/** Plain data of a {@link TimerBlock}. */
export interface TimerState {
  readonly alarms: readonly number[];
  readonly armed: number;
  readonly intr: number;
  readonly inte: number;
  readonly intf: number;
  readonly latched: number;
  readonly pool: readonly PoolAlarm[];
  readonly nextId: number;
}

/** The counter, its alarms and the pool. */
export class TimerBlock extends Aliased {
  private alarms = new Array<number>(FREE_ALARMS).fill(0);
  private events = new Array<number>(FREE_ALARMS).fill(0);
  private armed = 0;
  private intr = 0;
  private inte = 0;
  private intf = 0;
  /** High word as it was when the low one was read. */
  private latched = 0;
  /** Sorted by due time. */
  private pool: PoolAlarm[] = [];
  private nextId = 1;
  private poolEvent = 0;
  /** The alarm whose callback runs; taken out meanwhile: −1. */
  private running = 0;
  /** Runs an alarm's callback; answers µs from its due time to the next one, 0: none. */
  onAlarm: (alarm: PoolAlarm) => number = () => 0;

  constructor(private readonly vm: Vm) {
    super();
    vm.clock.on('timer alarm', (n) => this.fire(n), 'at-once');
    vm.clock.on('timer pool', () => this.poolDue(), 'at-once');
    vm.interrupts.connect(POOL_LINE, () => this.servePool());
  }

  /** Microseconds since the chip started. */
  private micros(): number {
    const { vm } = this;
    return Math.floor((vm.clock.now(vm.budget) - vm.bootNs) / 1000);
  }

  // ---- registers

  protected override peek(register: number): number {
    return register === Register.timeLr ? this.micros() >>> 0 : this.read(register);
  }
  protected read(register: number): number {
    const us = this.micros();
    switch (register) {
      case Register.timeLr:
        this.latched = Math.floor(us / 0x100000000) >>> 0;
        return us >>> 0;
      case Register.timeHr:
        return this.latched;
      case Register.timeRawH:
        return Math.floor(us / 0x100000000) >>> 0;
      case Register.timeRawL:
        return us >>> 0;
      case Register.alarm3: {
        const first = this.pool[0];
        return first === undefined ? 0 : Math.floor((first.due - this.vm.bootNs) / 1000) >>> 0;
      }
      case Register.armed:
        return this.armed | (this.pool.length > 0 ? 8 : 0);
      case Register.intr:
        return this.intr;
      case Register.inte:
        return this.inte | 8;
      case Register.intf:
        return this.intf;
      case Register.ints:
        return ((this.intr | this.intf) & (this.inte | 8)) >>> 0;
      default:
        return register >= Register.alarm0 && register < Register.alarm3
          ? (this.alarms[(register - Register.alarm0) >> 2] as number)
          : 0;
    }
  }
  protected write(register: number, value: number): void {
    switch (register) {
      case Register.armed:
        for (let n = 0; n < FREE_ALARMS; n++) if (((value >>> n) & 1) !== 0) this.disarm(n);
        break;
      case Register.intr:
        this.intr &= ~value;
        break;
      case Register.inte:
        this.inte = value & 7;
        break;
      case Register.intf:
        this.intf = value & 7;
        break;
      default:
        if (register >= Register.alarm0 && register < Register.alarm3)
          this.arm((register - Register.alarm0) >> 2, value);
    }
  }

  /** An alarm fires when the counter's low word is `target`, which may take an hour. */
  private arm(n: number, target: number): void {
    this.disarm(n);
    this.alarms[n] = target >>> 0;
    this.armed |= 1 << n;
    const us = this.micros();
    const wait = (target - us) >>> 0;
    const { clock, bootNs } = this.vm;
    this.events[n] = clock.schedule(bootNs + (us + wait) * 1000, 'timer alarm', n);
    this.vm.attention = true;
  }
  private disarm(n: number): void {
    if (((this.armed >>> n) & 1) === 0) return;
    this.vm.clock.cancel(this.events[n] as number);
    this.armed &= ~(1 << n);
  }
  private fire(n: number): void {
    this.armed &= ~(1 << n);
    this.intr |= 1 << n;
    if (((this.inte >>> n) & 1) !== 0) this.vm.interrupts.request(n);
  }

  // ---- the pool

  /** Adds an alarm `us` from now; answers its number, or −1 when the pool is full. */
  add(us: number, owner: number): number {
    if (this.pool.length >= POOL_SIZE) return -1;
    const id = this.nextId++;
    this.insert({ id, due: this.vm.bootNs + (this.micros() + us) * 1000, owner });
    this.plan();
    return id;
  }
  /** Takes an alarm out. */
  cancel(id: number): void {
    if (this.running === id) this.running = -1;
    this.pool = this.pool.filter((a) => a.id !== id);
    this.plan();
  }

  private insert(alarm: PoolAlarm): void {
    let i = this.pool.length;
    while (i > 0 && (this.pool[i - 1] as PoolAlarm).due > alarm.due) i--;
    this.pool.splice(i, 0, alarm);
  }
  /** Schedules the first alarm. */
  private plan(): void {
    const { clock } = this.vm;
    if (this.poolEvent !== 0) clock.cancel(this.poolEvent);
    const first = this.pool[0];
    this.poolEvent = first === undefined || first.due === Infinity ? 0 : clock.schedule(first.due, 'timer pool');
    this.vm.attention = true;
  }
  private poolDue(): void {
    this.poolEvent = 0;
    this.vm.interrupts.request(POOL_LINE);
  }
  private servePool(): void {
    const { vm } = this;
    for (let served = 0; ; served++) {
      const alarm = this.pool[0];
      if (alarm === undefined || alarm.due > vm.clock.now(vm.budget)) break;
      if (served === SERVED_AT_ONCE) {
        vm.interrupts.request(POOL_LINE);
        return;
      }
      this.pool.shift();
      this.running = alarm.id;
      const again = this.onAlarm(alarm);
      if (again > 0 && this.running === alarm.id) this.insert({ ...alarm, due: alarm.due + again * 1000 });
      this.running = 0;
    }
    this.plan();
  }

  /** As after a reset: nothing is armed. A soft one leaves the alarms that are not the pool's. */
  reset(soft: boolean): void {
    this.pool = [];
    this.plan();
    if (soft) return;
    for (let n = 0; n < FREE_ALARMS; n++) this.disarm(n);
    this.alarms.fill(0);
    this.intr = 0;
    this.inte = 0;
    this.intf = 0;
    this.latched = 0;
  }

  /** Registers and pool as plain data. */
  save(): TimerState {
    const { armed, intr, inte, intf, latched, nextId } = this;
    return {
      alarms: [...this.alarms, ...this.events, this.poolEvent],
      armed,
      intr,
      inte,
      intf,
      latched,
      pool: this.pool.map((a) => ({ ...a })),
      nextId,
    };
  }
  /** Takes on a saved state; the events are the clock's. */
  load(state: TimerState): void {
    this.alarms = state.alarms.slice(0, FREE_ALARMS);
    this.events = state.alarms.slice(FREE_ALARMS, 2 * FREE_ALARMS);
    this.poolEvent = state.alarms[2 * FREE_ALARMS] ?? 0;
    this.armed = state.armed;
    this.intr = state.intr;
    this.inte = state.inte;
    this.intf = state.intf;
    this.latched = state.latched;
    this.pool = state.pool.map((a) => ({ ...a }));
    this.nextId = state.nextId;
    this.running = 0;
  }
}
