/**
 * The clock the network runs on, and a virtual one.
 *
 * Nothing in this package reads the host's time. A component asks its clock to call back at a moment and keeps the handle;
 * both are numbers, so a snapshot of the component and of the clock fit together again.
 */
import { NetError } from './errors.js';

/** What a component needs of time. All times are whole microseconds of one virtual time line. */
export interface NetClock {
  /** The current time. */
  nowMicros(): number;
  /** Asks to be called back with `token` at `atMicros`, or at once when that is past. Returns a handle, never 0. */
  schedule(atMicros: number, token: number): number;
  /** Withdraws a callback; one that was delivered or withdrawn before is ignored. */
  cancel(handle: number): void;
}

/** Plain data of a {@link VirtualClock}. */
export interface VirtualClockState {
  now: number;
  nextHandle: number;
  events: VirtualEvent[];
}

/** An event waiting in a {@link VirtualClock}. */
export interface VirtualEvent {
  at: number;
  handle: number;
  port: number;
  token: number;
}

/**
 * An event queue with its own time, for tests and for hosts that have no board clock. Events come in order of time, and
 * of scheduling where times are equal.
 */
export class VirtualClock {
  private now = 0;
  private nextHandle = 1;
  private events: VirtualEvent[] = [];
  private readonly sinks: ((token: number) => void)[] = [];

  /** The current time. */
  nowMicros(): number {
    return this.now;
  }

  /** Events still to come. */
  get pending(): number {
    return this.events.length;
  }

  /** A clock for one component, whose events call `fire`. Ports must be made in the same order before a `load()`. */
  port(fire: (token: number) => void): NetClock {
    const port = this.sinks.length;
    this.sinks.push(fire);
    return {
      nowMicros: () => this.now,
      schedule: (at, token) => this.add(at, port, token),
      cancel: (handle) => this.remove(handle),
    };
  }

  /** The time of the next event, or -1. */
  nextMicros(): number {
    return this.events.length === 0 ? -1 : this.events[0].at;
  }

  /** Moves to the next event and delivers it; false when there is none. */
  step(): boolean {
    const event = this.events.shift();
    if (event === undefined) return false;
    if (event.at > this.now) this.now = event.at;
    this.sinks[event.port](event.token);
    return true;
  }

  /** Moves on to a time, but not past the next event; nothing is delivered. For hosts that know that nothing came before. */
  settle(atMicros: number): void {
    const next = this.nextMicros();
    const to = next < 0 ? atMicros : Math.min(atMicros, next);
    if (to > this.now) this.now = to;
  }

  /** Delivers every event due within `micros` and moves on by exactly that much. */
  advance(micros: number): void {
    const end = this.now + micros;
    while (this.events.length > 0 && this.events[0].at <= end) this.step();
    this.now = end;
  }

  /** Steps until `done()` holds; false when events or `limit` micros ran out first. */
  runUntil(done: () => boolean, limit: number): boolean {
    const end = this.now + limit;
    while (!done()) {
      const next = this.nextMicros();
      if (next < 0 || next > end) return false;
      this.step();
    }
    return true;
  }

  /** Plain data from which `load()` restores time and queue. */
  save(): VirtualClockState {
    return { now: this.now, nextHandle: this.nextHandle, events: this.events.map((event) => ({ ...event })) };
  }

  /** Restores a saved state; the components' ports must exist already. */
  load(state: VirtualClockState): void {
    for (const event of state.events) {
      if (event.port >= this.sinks.length)
        throw new NetError('bad-state', 'a port for each event', `port ${event.port}`);
    }
    this.now = state.now;
    this.nextHandle = state.nextHandle;
    this.events = state.events.map((event) => ({ ...event }));
  }

  private add(at: number, port: number, token: number): number {
    if (!Number.isFinite(at)) throw new NetError('bad-argument', 'a finite time', String(at));
    const handle = this.nextHandle++;
    const event = { at: Math.max(at, this.now), handle, port, token };
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.events[middle].at <= event.at) low = middle + 1;
      else high = middle;
    }
    this.events.splice(low, 0, event);
    return handle;
  }

  private remove(handle: number): void {
    const at = this.events.findIndex((event) => event.handle === handle);
    if (at >= 0) this.events.splice(at, 1);
  }
}
