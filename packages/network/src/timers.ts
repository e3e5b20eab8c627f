/**
 * The timers of one component, multiplexed onto one event of its clock.
 *
 * A timer is named by a kind and an id, both small integers. A binary heap ordered by (time, order of setting) keeps firing
 * deterministic; a map finds a timer's place in it. Invariant: the clock holds exactly one event, at the top's time, or
 * none when the heap is empty.
 */
import type { NetClock } from './clock.js';

/** A set timer. */
export interface Timer {
  kind: number;
  id: number;
  at: number;
  order: number;
}

/** Plain data of a {@link TimerQueue}. */
export interface TimerQueueState {
  timers: Timer[];
  nextOrder: number;
  armedAt: number;
  handle: number;
}

/** Ids are below this, so a kind and an id make one exact number. */
const ID_SPACE = 0x100000000;

/** A set of named one-shot timers. */
export class TimerQueue {
  private readonly clock: NetClock;
  private readonly token: number;
  private heap: Timer[] = [];
  private readonly places = new Map<number, number>();
  private nextOrder = 1;
  private armedAt = -1;
  private handle = 0;

  /** `token` is what the clock hands back when the owner has to call `fire()`. */
  constructor(clock: NetClock, token: number) {
    this.clock = clock;
    this.token = token;
  }

  /** Sets a timer, moving it when it is set already. */
  set(kind: number, id: number, at: number): void {
    const key = kind * ID_SPACE + id;
    const place = this.places.get(key);
    const timer = { kind, id, at, order: this.nextOrder++ };
    if (place === undefined) {
      this.heap.push(timer);
      this.up(this.heap.length - 1, timer);
    } else {
      this.down(this.up(place, timer), timer);
    }
    this.arm();
  }

  /** Withdraws a timer if it is set. */
  clear(kind: number, id: number): void {
    const place = this.places.get(kind * ID_SPACE + id);
    if (place === undefined) return;
    this.removeAt(place);
    this.arm();
  }

  /** When a timer is due, or -1. */
  dueAt(kind: number, id: number): number {
    const place = this.places.get(kind * ID_SPACE + id);
    return place === undefined ? -1 : this.heap[place].at;
  }

  /** Calls `handle` for each timer that is due, but for none that `handle` itself sets. */
  fire(handle: (kind: number, id: number) => void): void {
    const now = this.clock.nowMicros();
    const end = this.nextOrder;
    this.clock.cancel(this.handle);
    this.armedAt = -1;
    for (;;) {
      const top = this.heap[0];
      if (top === undefined || top.at > now || top.order >= end) break;
      this.removeAt(0);
      handle(top.kind, top.id);
    }
    this.arm();
  }

  /** Plain data; it includes the clock's handle, so the clock is to be saved with it. */
  save(): TimerQueueState {
    const timers = this.heap.map((timer) => ({ ...timer })).sort((a, b) => a.order - b.order);
    return { timers, nextOrder: this.nextOrder, armedAt: this.armedAt, handle: this.handle };
  }

  /** Restores a saved state, trusting the clock to hold the event that the state names. */
  load(state: TimerQueueState): void {
    this.heap = [];
    this.places.clear();
    for (const timer of state.timers) {
      this.heap.push({ ...timer });
      this.up(this.heap.length - 1, this.heap[this.heap.length - 1]);
    }
    this.nextOrder = state.nextOrder;
    this.armedAt = state.armedAt;
    this.handle = state.handle;
  }

  /** Schedules the next event anew, for a clock that was not restored together with this. */
  rearm(): void {
    this.armedAt = -1;
    this.arm();
  }

  private arm(): void {
    const top = this.heap[0];
    const at = top === undefined ? -1 : top.at;
    if (at === this.armedAt) return;
    if (this.armedAt >= 0) this.clock.cancel(this.handle);
    this.armedAt = at;
    this.handle = at < 0 ? 0 : this.clock.schedule(at, this.token);
  }

  private removeAt(place: number): void {
    const gone = this.heap[place];
    this.places.delete(gone.kind * ID_SPACE + gone.id);
    const last = this.heap.pop() as Timer;
    if (last === gone) return;
    this.down(this.up(place, last), last);
  }

  private put(place: number, timer: Timer): void {
    this.heap[place] = timer;
    this.places.set(timer.kind * ID_SPACE + timer.id, place);
  }

  private up(from: number, timer: Timer): number {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!earlier(timer, this.heap[parent])) break;
      this.put(place, this.heap[parent]);
      place = parent;
    }
    this.put(place, timer);
    return place;
  }

  private down(from: number, timer: Timer): void {
    let place = from;
    for (;;) {
      let child = place * 2 + 1;
      if (child >= this.heap.length) break;
      if (child + 1 < this.heap.length && earlier(this.heap[child + 1] as Timer, this.heap[child])) child++;
      if (!earlier(this.heap[child] as Timer, timer)) break;
      this.put(place, this.heap[child]);
      place = child;
    }
    this.put(place, timer);
  }
}

function earlier(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
