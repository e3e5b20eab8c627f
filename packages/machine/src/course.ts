/** The course of one pin over time: what it carried from when on. Everything that is asked of it is computed, so waves stay small. */
import {
  checkEdgeCount,
  countEdges,
  eachEdge,
  type Level,
  levelAt,
  levelBefore,
  nextEdge,
  previousEdge,
  type Signal,
  timeHigh,
} from './wave.js';

/** Signals, each with the time (ns) from which on it was carried. Plain data. */
export type CourseState = readonly (readonly [number, Signal])[];

/** A recording of one pin. Times never go back. */
export class Course {
  private parts: (readonly [number, Signal])[] = [];

  /** Starts afresh. */
  begin(ns: number, signal: Signal): void {
    this.parts = [[ns, signal]];
  }
  /** From `ns` on the pin carries `signal`. */
  record(ns: number, signal: Signal): void {
    this.parts.push([ns, signal]);
  }
  /** Time at which the recording begins. */
  get start(): number {
    return this.parts[0]?.[0] ?? 0;
  }
  /** Time of the last thing recorded. */
  get end(): number {
    return this.parts[this.parts.length - 1]?.[0] ?? 0;
  }
  /** What the pin carried first. */
  get initial(): Signal {
    return this.parts[0]?.[1] ?? 0;
  }
  /** Level at a time. */
  levelAt(ns: number): Level {
    let at: Signal = this.initial;
    for (const [from, signal] of this.parts) {
      if (from > ns) break;
      at = signal;
    }
    return levelAt(at, ns);
  }

  /** How many edges there were after `from` and up to `to`. */
  countEdges(from: number, to: number): number {
    let n = 0;
    this.eachPart(from, to, (a, b, signal, turns, lastEdge) => {
      n += (turns ? 1 : 0) + countEdges(signal, a, b) + (lastEdge ? 1 : 0);
    });
    return n;
  }
  /** Times of the first and the last edge after `from` and up to `to`; NaN when there is none. */
  outerEdges(from: number, to: number): [number, number] {
    let first = Number.NaN;
    let last = Number.NaN;
    this.eachPart(from, to, (a, b, signal, turns, lastEdge) => {
      const next = nextEdge(signal, a);
      const inside = next < b || (next === b && lastEdge);
      if (Number.isNaN(first)) first = turns ? a : inside ? next : first;
      if (turns) last = a;
      if (inside) last = lastEdge ? b : previousEdge(signal, b);
    });
    return [first, last];
  }
  /** Calls back for the edges after `from` and up to `to`, in order; throws `too-many-edges`. */
  eachEdge(from: number, to: number, callback: (ns: number, level: Level) => void): void {
    checkEdgeCount(this.countEdges(from, to));
    this.eachPart(from, to, (a, b, signal, turns, lastEdge) => {
      if (turns) callback(a, levelAt(signal, a));
      eachEdge(signal, a, b, callback);
      if (lastEdge) callback(b, levelAt(signal, b));
    });
  }
  /** How many of the ns from one time to another it was at 1. */
  timeHigh(from: number, to: number): number {
    let high = 0;
    this.eachPart(from, to, (a, b, signal) => {
      high += timeHigh(signal, a, b);
    });
    return high;
  }

  /** The recording as plain data. */
  save(): CourseState {
    return this.parts.map(([ns, signal]): [number, Signal] => [ns, signal]);
  }
  /** Takes on a saved recording. */
  load(state: CourseState): void {
    this.parts = state.map(([ns, signal]): [number, Signal] => [ns, signal]);
  }

  /**
   * The parts that lie in a span of time: their ends within it, what is carried, whether the level turns where the part begins, and
   * whether the span's end is an edge within the part.
   */
  private eachPart(
    from: number,
    to: number,
    callback: (a: number, b: number, signal: Signal, turns: boolean, lastEdge: boolean) => void,
  ): void {
    for (const [i, [start, signal]] of this.parts.entries()) {
      const end = this.parts[i + 1]?.[0] ?? Number.POSITIVE_INFINITY;
      if (end < from) continue;
      if (start > to) break;
      const a = Math.max(start, from);
      const b = Math.min(end, to);
      const before = this.parts[i - 1]?.[1];
      const turns = start > from && before !== undefined && levelBefore(before, start) !== levelAt(signal, start);
      callback(a, b, signal, turns, b > a && end > to && levelBefore(signal, b) !== levelAt(signal, b));
    }
  }
}
