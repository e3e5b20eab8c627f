/**
 * A simulated Ethernet segment: what one port sends, all others receive, later and perhaps damaged.
 *
 * A frame never arrives sooner than the latency after it was sent, which is what lets the hosts at its ends run ahead of
 * each other by that much. All chance comes from the seed.
 */
import { copyBytes } from './bytes.js';
import type { NetClock } from './clock.js';
import { NetError, checkInteger } from './errors.js';
import type { FrameSink, FrameTap } from './interface.js';
import { Prng } from './prng.js';
import type { TimerQueueState } from './timers.js';
import { TimerQueue } from './timers.js';

/** How a wire behaves. */
export interface WireOptions {
  seed: number;
  /** Least time from port to port, at least 1; 100 unless given. */
  latencyMicros?: number;
  /** Added at random to each frame, which reorders frames; 0 unless given. */
  jitterMicros?: number;
  /** Probabilities that a frame is lost, arrives twice, or arrives with a bit changed; 0 unless given. */
  loss?: number;
  duplicate?: number;
  corrupt?: number;
  /** Speed of each port; 0, the default, is unlimited. */
  bitsPerSecond?: number;
  /** Frames on the way at a time; more are lost. 256 unless given. */
  capacity?: number;
  /** What the clock hands back; 0 unless given. */
  token?: number;
}

/** Frames of a wire, by fate. */
export interface WireCounts {
  sent: number;
  delivered: number;
  lost: number;
  duplicated: number;
  corrupted: number;
  overflowed: number;
}

/** A frame on the way. */
export interface WireFlight {
  id: number;
  to: number;
  frame: Uint8Array;
}

/** Plain data of a {@link Wire}. */
export interface WireState {
  prng: number;
  nextId: number;
  timers: TimerQueueState;
  flights: WireFlight[];
  busyUntil: number[];
  counts: WireCounts;
}

/** Receives frames from a wire. */
export type WireReceiver = (frame: Uint8Array) => void;

/** A shared segment with any number of ports. */
export class Wire {
  /** Sees every frame as it is sent. */
  tap: FrameTap | null = null;
  /** Counts since the start. */
  counts: WireCounts = { sent: 0, delivered: 0, lost: 0, duplicated: 0, corrupted: 0, overflowed: 0 };
  /** Probabilities and times, which may be changed at any moment. */
  readonly behaviour: Required<Omit<WireOptions, 'seed' | 'token'>>;
  private readonly clock: NetClock;
  private readonly timers: TimerQueue;
  private readonly prng: Prng;
  private readonly receivers: WireReceiver[] = [];
  private flights = new Map<number, WireFlight>();
  private busyUntil: number[] = [];
  private nextId = 1;

  constructor(clock: NetClock, options: WireOptions) {
    this.clock = clock;
    this.timers = new TimerQueue(clock, options.token ?? 0);
    this.prng = new Prng(options.seed);
    this.behaviour = {
      latencyMicros: checkInteger('latencyMicros', options.latencyMicros ?? 100, 1, 1e12),
      jitterMicros: checkInteger('jitterMicros', options.jitterMicros ?? 0, 0, 1e12),
      loss: options.loss ?? 0,
      duplicate: options.duplicate ?? 0,
      corrupt: options.corrupt ?? 0,
      bitsPerSecond: checkInteger('bitsPerSecond', options.bitsPerSecond ?? 0, 0, 1e12),
      capacity: checkInteger('capacity', options.capacity ?? 256, 1, 65536),
    };
  }

  /** Adds a port; the result takes the frames its owner sends. Ports must be added in the same order before `load()`. */
  attach(receive: WireReceiver): FrameSink {
    const port = this.receivers.length;
    this.receivers.push(receive);
    this.busyUntil.push(0);
    return { send: (frame) => this.send(port, frame) };
  }

  /** The clock's event came. */
  fire(): void {
    this.timers.fire((_kind, id) => this.arrive(id));
  }

  /** Plain data. It names an event of the clock, so the clock is to be saved with it. */
  save(): WireState {
    return {
      prng: this.prng.save(),
      nextId: this.nextId,
      timers: this.timers.save(),
      flights: [...this.flights.values()].map((flight) => ({ ...flight, frame: copyBytes(flight.frame) })),
      busyUntil: this.busyUntil.slice(),
      counts: { ...this.counts },
    };
  }

  /** Restores a state into a wire with the same ports. */
  load(state: WireState): void {
    if (state.busyUntil.length !== this.receivers.length) {
      throw new NetError('bad-state', `${this.receivers.length} ports`, String(state.busyUntil.length));
    }
    this.prng.load(state.prng);
    this.nextId = state.nextId;
    this.flights = new Map(state.flights.map((flight) => [flight.id, { ...flight, frame: copyBytes(flight.frame) }]));
    this.busyUntil = state.busyUntil.slice();
    this.counts = { ...state.counts };
    this.timers.load(state.timers);
  }

  private send(from: number, frame: Uint8Array): void {
    const now = this.clock.nowMicros();
    this.counts.sent++;
    if (this.tap !== null) this.tap('out', frame, now);
    const rate = this.behaviour.bitsPerSecond;
    let start = now;
    if (rate > 0) {
      start = Math.max(now, this.busyUntil[from]) + Math.ceil((frame.length * 8_000_000) / rate);
      this.busyUntil[from] = start;
    }
    for (let to = 0; to < this.receivers.length; to++) {
      if (to === from) continue;
      this.launch(to, frame, start);
      if (this.prng.chance(this.behaviour.duplicate)) {
        this.counts.duplicated++;
        this.launch(to, frame, start);
      }
    }
  }

  private launch(to: number, frame: Uint8Array, start: number): void {
    const behaviour = this.behaviour;
    if (this.prng.chance(behaviour.loss)) {
      this.counts.lost++;
      return;
    }
    if (this.flights.size >= behaviour.capacity) {
      this.counts.overflowed++;
      return;
    }
    let carried = frame;
    if (this.prng.chance(behaviour.corrupt)) {
      this.counts.corrupted++;
      carried = copyBytes(frame);
      const bit = this.prng.below(frame.length * 8);
      carried[bit >>> 3] ^= 1 << (bit & 7);
    }
    const jitter = behaviour.jitterMicros === 0 ? 0 : this.prng.below(behaviour.jitterMicros + 1);
    const id = this.nextId++;
    this.flights.set(id, { id, to, frame: carried });
    this.timers.set(0, id, start + behaviour.latencyMicros + jitter);
  }

  private arrive(id: number): void {
    const flight = this.flights.get(id);
    if (flight === undefined) return;
    this.flights.delete(id);
    this.counts.delivered++;
    this.receivers[flight.to](flight.frame);
  }
}
