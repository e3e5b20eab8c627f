/**
 * The board's clock: virtual time in nanoseconds, and the queue of what is due. All time that the board knows derives from
 * here. Executing advances it: the interpreter counts bytes of bytecode down in `vm.budget`, which `sync` turns into
 * nanoseconds; natives, allocations and collections add their own charges.
 */
import type { CostModel, Profile } from './profile.js';

/** What happens when an event is due. `a` and `b` are the event's words. */
export type EventHandler = (a: number, b: number) => void;

/** A scheduled event, as plain data. */
export interface ClockEvent {
  readonly id: number;
  /** Nanoseconds since power-on. */
  readonly due: number;
  /** Name that the handler was registered under. */
  readonly handler: string;
  readonly a: number;
  readonly b: number;
}

/** A clock as plain data. */
export interface ClockState {
  readonly ns: number;
  readonly nextId: number;
  readonly events: readonly ClockEvent[];
}

/** The clock of a board. */
export class Clock {
  /** Time at the last `sync`, plus charges since. */
  private ns = 0;
  /** Bytes of bytecode granted to the loop at the last `sync`. */
  private granted = 0;
  private nextId = 1;
  /** Sorted by due time, then by id. */
  private events: ClockEvent[] = [];
  private readonly handlers = new Map<string, EventHandler>();
  readonly nsPerByte: number;
  private readonly nsPerUnit: number;
  private readonly cost: CostModel;

  constructor(profile: Profile) {
    this.nsPerByte = profile.cost.nsPerByte;
    this.nsPerUnit = profile.cost.nsPerUnit;
    this.cost = profile.cost;
  }

  /** Current time, given the bytes that the loop has left. */
  now(budget: number): number {
    return this.ns + (this.granted - budget) * this.nsPerByte;
  }
  /** Takes what has been executed into account; the loop then has `budget` bytes. */
  sync(spentTo: number, budget: number): void {
    this.ns = this.now(spentTo);
    this.granted = budget;
  }
  /** Adds native work. */
  chargeUnits(units: number): void {
    this.ns += units * this.nsPerUnit;
  }
  /** Adds a collection: blocks marked and table entries swept. */
  chargeCollection(marked: number, swept: number): void {
    this.ns += marked * this.cost.nsPerMark + swept * this.cost.nsPerSweep;
  }
  /** Adds nanoseconds. */
  chargeNs(ns: number): void {
    this.ns += ns;
  }
  /** Moves the clock forward to `ns` (never back). The loop must not be running. */
  advanceTo(ns: number, budget: number): void {
    this.sync(budget, budget);
    if (ns > this.ns) this.ns = ns;
  }

  /** Registers a handler; done by each peripheral when the board is composed. */
  on(handler: string, fn: EventHandler): void {
    this.handlers.set(handler, fn);
  }
  /** Schedules an event; answers its id. */
  schedule(due: number, handler: string, a = 0, b = 0): number {
    const event: ClockEvent = { id: this.nextId++, due, handler, a, b };
    let i = this.events.length;
    while (i > 0 && (this.events[i - 1] as ClockEvent).due > due) i--;
    this.events.splice(i, 0, event);
    return event.id;
  }
  /** Takes an event back; false when it is not in the queue any more. */
  cancel(id: number): boolean {
    const i = this.events.findIndex((e) => e.id === id);
    if (i < 0) return false;
    this.events.splice(i, 1);
    return true;
  }
  /** Due time of the first event, Infinity when there is none. */
  nextDue(): number {
    return this.events.length === 0 ? Number.POSITIVE_INFINITY : (this.events[0] as ClockEvent).due;
  }
  /** Runs the first event if it is due; false when none is. */
  runDue(budget: number): boolean {
    const first = this.events[0];
    if (first === undefined || first.due > this.now(budget)) return false;
    this.events.shift();
    this.handlers.get(first.handler)?.(first.a, first.b);
    return true;
  }

  /** The clock as plain data; `budget`: what the loop has left. */
  save(budget: number): ClockState {
    return { ns: this.now(budget), nextId: this.nextId, events: this.events.map((e) => ({ ...e })) };
  }
  /** Goes on from a saved state; handlers stay as registered. */
  load(state: ClockState): void {
    this.ns = state.ns;
    this.granted = 0;
    this.nextId = state.nextId;
    this.events = state.events.map((e) => ({ ...e }));
  }
}
