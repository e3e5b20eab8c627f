/**
 * Signals: what a pin carries. A level, or a wave: a level that repeats, as PWM makes. A wave is four numbers, and all that is
 * asked of it (level, edges, time at 1) is computed from them, so a wave costs the same whatever its frequency.
 *
 * Invariant: 0 < width < period; what never changes is a level.
 */
import { MachineUsageError } from './errors.js';

/** 0 or 1. */
export type Level = 0 | 1;

/** A level that repeats. Times in ns; plain data. */
export interface Wave {
  /** A time at which a period begins. */
  readonly origin: number;
  readonly period: number;
  /** How long the first part of a period lasts. */
  readonly width: number;
  /** Level of the first part; the rest of the period has the other. */
  readonly first: Level;
}

/** What a pin carries. */
export type Signal = Level | Wave;

/** Whether a signal repeats. */
export function isWave(signal: Signal): signal is Wave {
  return typeof signal === 'object';
}

function other(level: Level): Level {
  return level === 0 ? 1 : 0;
}

/** Level of a signal at a time. */
export function levelAt(signal: Signal, ns: number): Level {
  if (!isWave(signal)) return signal;
  const { origin, period, width, first } = signal;
  const k = Math.floor((ns - origin) / period);
  // compared as times, so that edges lie exactly where `edgeTime` says
  if (ns < edgeTime(signal, 2 * k)) return other(first);
  if (ns < origin + k * period + width) return first;
  return ns < edgeTime(signal, 2 * k + 2) ? other(first) : first;
}

/** Level of a signal just before a time. */
export function levelBefore(signal: Signal, ns: number): Level {
  if (!isWave(signal)) return signal;
  const level = levelAt(signal, ns);
  return edgesUpTo(signal, ns) !== edgesBefore(signal, ns) ? other(level) : level;
}

/** Time of the nth edge, counted from the origin (which is edge 0). */
function edgeTime(w: Wave, n: number): number {
  const k = Math.floor(n / 2);
  const start = w.origin + k * w.period;
  return n % 2 === 0 ? start : start + w.width;
}
/** Number of the first edge that is not before `ns`. */
function edgesBefore(w: Wave, ns: number): number {
  let n = 2 * Math.floor((ns - w.origin) / w.period) - 1;
  while (edgeTime(w, n) < ns) n++;
  return n;
}
/** Number of the first edge after `ns`. */
function edgesUpTo(w: Wave, ns: number): number {
  let n = edgesBefore(w, ns);
  while (edgeTime(w, n) <= ns) n++;
  return n;
}

/** Time of the first edge after `ns`; Infinity when there is none. */
export function nextEdge(signal: Signal, ns: number): number {
  return isWave(signal) ? edgeTime(signal, edgesUpTo(signal, ns)) : Number.POSITIVE_INFINITY;
}

/** Time of the last edge before `ns`; −Infinity when there is none. */
export function previousEdge(signal: Signal, ns: number): number {
  return isWave(signal) ? edgeTime(signal, edgesBefore(signal, ns) - 1) : Number.NEGATIVE_INFINITY;
}

/** How many edges lie strictly between two times. */
export function countEdges(signal: Signal, from: number, to: number): number {
  return isWave(signal) && to > from ? Math.max(0, edgesBefore(signal, to) - edgesUpTo(signal, from)) : 0;
}

/** Calls back for the edges strictly between two times, in order. */
export function eachEdge(signal: Signal, from: number, to: number, callback: (ns: number, level: Level) => void): void {
  if (!isWave(signal) || to <= from) return;
  const end = edgesBefore(signal, to);
  for (let n = edgesUpTo(signal, from); n < end; n++) {
    callback(edgeTime(signal, n), n % 2 === 0 ? signal.first : other(signal.first));
  }
}

/** How many of the ns from one time to another a signal is at 1. */
export function timeHigh(signal: Signal, from: number, to: number): number {
  if (to <= from) return 0;
  if (!isWave(signal)) return signal === 1 ? to - from : 0;
  /** Time in the first parts since the origin. */
  const inFirst = (ns: number): number => {
    const k = Math.floor((ns - signal.origin) / signal.period);
    return k * signal.width + Math.min(signal.width, Math.max(0, ns - signal.origin - k * signal.period));
  };
  const first = inFirst(to) - inFirst(from);
  return signal.first === 1 ? first : to - from - first;
}

/** Whether two signals are the same, phase included. */
export function sameSignal(a: Signal, b: Signal): boolean {
  if (!isWave(a) || !isWave(b)) return a === b;
  return a.origin === b.origin && a.period === b.period && a.width === b.width && a.first === b.first;
}

/** Edges that an expansion may have. */
export const MAX_EDGES = 4_000_000;

/** Refuses to make lists that no host could hold. */
export function checkEdgeCount(n: number): void {
  if (n > MAX_EDGES) {
    throw new MachineUsageError(
      'too-many-edges',
      `${n} edges in this span; at most ${MAX_EDGES} can be listed: give a shorter one`,
    );
  }
}
