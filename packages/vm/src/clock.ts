/**
 * The board's clock: virtual time in nanoseconds, and the queues of what is due. All time that the board knows derives from
 * here. Executing advances it: the interpreter counts bytes of bytecode down in `vm.budget`, which `sync` turns into
 * nanoseconds; natives and collections add their own charges; what was allocated is counted by the heap, so the allocator need
 * not know of time.
 *
 * There are two queues. What hardware does happens at once, at its due time to the nanosecond, wherever the program is (see
 * `interrupts.ts`); its handlers touch nothing in the heap. What reaches the program itself waits for a safe point.
 */
import type { Heap } from '@tsmp/gc';
import type { CostModel, Profile } from './profile.js';

/** What happens when an event is due. `a` and `b` are the event's words. */
export type EventHandler = (a: number, b: number) => void;

/** When an event's handler runs: between two bytecodes, or as soon as time passes its due time. */
export type EventTiming = 'safe-point' | 'at-once';

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

const NEVER = Number.POSITIVE_INFINITY;
/**
 * What fields for nanoseconds hold first. V8 throws away all code that knows of a field with small integers when it gets another
 * number: with a fraction it is for doubles from the start. Fields that the loop uses are kept small integers for the same reason.
 */
const FRACTION = 0.5;

/** Puts an event behind those that are due before it or with it. */
function insert(queue: ClockEvent[], event: ClockEvent): void {
  let i = queue.length;
  while (i > 0 && (queue[i - 1] as ClockEvent).due > event.due) i--;
  queue.splice(i, 0, event);
}

/** The clock of a board. */
export class Clock {
  /** Time at the last `sync`, plus charges since, less all that the heap's allocations have taken since it was made. */
  private ns = FRACTION;
  /** Bytes of bytecode granted to the loop at the last `sync`. */
  private granted = 0;
  private nextId = 1;
  /** Events that wait for a safe point, sorted by due time, then by id. */
  private soft: ClockEvent[] = [];
  /** Events that happen at once. */
  private hard: ClockEvent[] = [];
  private readonly handlers = new Map<string, { readonly fn: EventHandler; readonly atOnce: boolean }>();
  /** Due time of the first event that happens at once, and of the first of all; Infinity when there is none. */
  hardDue = NEVER;
  private firstDue = NEVER;
  readonly nsPerByte: number;
  readonly nsPerAlloc: number;
  private readonly nsPerUnit: number;
  private readonly cost: CostModel;
  private readonly heap: Pick<Heap, 'allocatedBlocks'>;
  /** Time that the budgets given to the loop and the heap may lead to; charges in between move it on. See `grant`. */
  reach = FRACTION;

  constructor(profile: Profile, heap: Pick<Heap, 'allocatedBlocks'>) {
    this.ns = 0;
    this.reach = 0;
    this.heap = heap;
    this.nsPerByte = profile.cost.nsPerByte;
    this.nsPerAlloc = profile.cost.nsPerAlloc;
    this.nsPerUnit = profile.cost.nsPerUnit;
    this.cost = profile.cost;
  }

  /** Current time, given the bytes that the loop has left. */
  now(budget: number): number {
    return this.ns + (this.granted - budget) * this.nsPerByte + this.allocationNs();
  }
  private allocationNs(): number {
    return this.heap.allocatedBlocks * this.nsPerAlloc;
  }
  /** Takes what has been executed into account; the loop then has `budget` bytes. */
  sync(spentTo: number, budget: number): void {
    this.ns += (this.granted - spentTo) * this.nsPerByte;
    this.granted = budget;
  }
  /** Adds native work. */
  chargeUnits(units: number): void {
    const ns = units * this.nsPerUnit;
    this.ns += ns;
    this.reach += ns;
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
    if (ns > this.now(budget)) this.set(ns, budget);
    else this.sync(budget, budget);
  }
  /** Sets the clock, back too: an interrupt happens before the end of the work that it interrupts. */
  set(ns: number, budget: number): void {
    this.ns = ns - this.allocationNs();
    this.granted = budget;
  }

  /**
   * Registers a handler; done by each peripheral when the board is composed. A handler that runs at once may be called in the
   * middle of a native: it must not allocate, nor touch objects.
   */
  on(handler: string, fn: EventHandler, timing: EventTiming = 'safe-point'): void {
    this.handlers.set(handler, { fn, atOnce: timing === 'at-once' });
    this.fill(this.all());
  }
  /** Schedules an event; answers its id. */
  schedule(due: number, handler: string, a = 0, b = 0): number {
    const event: ClockEvent = { id: this.nextId++, due, handler, a, b };
    insert(this.handlers.get(handler)?.atOnce === true ? this.hard : this.soft, event);
    this.note();
    return event.id;
  }
  /** Takes an event back; false when it is not in the queue any more. */
  cancel(id: number): boolean {
    for (const queue of [this.soft, this.hard]) {
      const i = queue.findIndex((e) => e.id === id);
      if (i < 0) continue;
      queue.splice(i, 1);
      this.note();
      return true;
    }
    return false;
  }
  /** Due time of the first event, Infinity when there is none. */
  nextDue(): number {
    return this.firstDue;
  }
  /** Runs the first event that waits for a safe point if it is due; false when none is. */
  runDue(budget: number): boolean {
    const first = this.soft[0];
    if (first === undefined || first.due > this.now(budget)) return false;
    this.soft.shift();
    this.note();
    this.handlers.get(first.handler)?.fn(first.a, first.b);
    return true;
  }
  /** Runs the first event that happens at once, with the clock at its due time; the caller sets the clock again. */
  runHard(budget: number): void {
    const first = this.hard.shift();
    if (first === undefined) return;
    this.note();
    this.set(first.due, budget);
    this.handlers.get(first.handler)?.fn(first.a, first.b);
  }

  /** The clock as plain data; `budget`: what the loop has left. */
  save(budget: number): ClockState {
    return { ns: this.now(budget), nextId: this.nextId, events: this.all().map((e) => ({ ...e })) };
  }
  /** Goes on from a saved state; handlers stay as registered. The heap has been loaded already. */
  load(state: ClockState): void {
    this.set(state.ns, 0);
    this.nextId = state.nextId;
    this.fill(state.events.map((e) => ({ ...e })));
  }

  private all(): ClockEvent[] {
    return [...this.soft, ...this.hard].sort((a, b) => a.due - b.due || a.id - b.id);
  }
  /** Deals events, in order, to the two queues. */
  private fill(events: readonly ClockEvent[]): void {
    const atOnce = (e: ClockEvent): boolean => this.handlers.get(e.handler)?.atOnce === true;
    this.soft = events.filter((e) => !atOnce(e));
    this.hard = events.filter(atOnce);
    this.note();
  }
  private note(): void {
    this.hardDue = this.hard[0]?.due ?? NEVER;
    this.firstDue = Math.min(this.hardDue, this.soft[0]?.due ?? NEVER);
  }
}
