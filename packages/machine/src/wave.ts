/**
 * Signals: what a pin carries. A level; a wave: a level that repeats, as PWM makes; or samples: bits that follow each other, as a
 * serial line has. All that is asked of a signal (level, edges, time at 1) is computed from a few numbers, so a wave costs the
 * same whatever its frequency.
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

/** Levels that follow each other at even steps. Times in ns; plain data. */
export interface Samples {
  readonly origin: number;
  readonly step: number;
  readonly count: number;
  /** Four samples a hexadecimal digit, the first in the highest bit. */
  readonly bits: string;
  /** Level after the last. */
  readonly after: Level;
}

/** What a pin carries. */
export type Signal = Level | Wave | Samples;

/** Whether a signal is more than a level. */
export function isWave(signal: Signal): signal is Wave | Samples {
  return typeof signal === 'object';
}
function isSamples(signal: Wave | Samples): signal is Samples {
  return 'bits' in signal;
}

/** Samples of a list of levels. */
export function samplesOf(origin: number, step: number, levels: readonly Level[], after: Level): Samples {
  let bits = '';
  for (let i = 0; i < levels.length; i += 4) {
    let digit = 0;
    for (let j = 0; j < 4; j++) digit = digit * 2 + (levels[i + j] ?? 0);
    bits += digit.toString(16);
  }
  return { origin, step, count: levels.length, bits, after };
}
function sample(s: Samples, i: number): Level {
  if (i >= s.count) return s.after;
  const digit = Number.parseInt(s.bits[Math.max(0, i) >> 2] ?? '0', 16);
  return ((digit >> (3 - (Math.max(0, i) & 3))) & 1) as Level;
}

function other(level: Level): Level {
  return level === 0 ? 1 : 0;
}

// Boundaries are places where an edge may be: for waves the starts of both parts of a period, for samples those of each sample.

/** Time of boundary `n`. */
function boundary(w: Wave | Samples, n: number): number {
  if (isSamples(w)) return w.origin + n * w.step;
  const k = Math.floor(n / 2);
  const start = w.origin + k * w.period;
  return n % 2 === 0 ? start : start + w.width;
}
/** Level from boundary `n` on. */
function levelFrom(w: Wave | Samples, n: number): Level {
  if (isSamples(w)) return sample(w, n);
  return n % 2 === 0 ? w.first : other(w.first);
}
/** The first boundary that is not before `ns`. Times are compared as {@link boundary} gives them, so that edges lie exactly there. */
function firstFrom(w: Wave | Samples, ns: number): number {
  let n = isSamples(w) ? Math.floor((ns - w.origin) / w.step) - 1 : 2 * Math.floor((ns - w.origin) / w.period) - 1;
  if (isSamples(w)) n = Math.min(Math.max(n, 0), w.count + 1);
  while (boundary(w, n) < ns && !(isSamples(w) && n > w.count)) n++;
  return n;
}
/** The first boundary after `ns`. */
function firstAfter(w: Wave | Samples, ns: number): number {
  let n = firstFrom(w, ns);
  while (boundary(w, n) <= ns && !(isSamples(w) && n > w.count)) n++;
  return n;
}
function isEdge(w: Wave | Samples, n: number): boolean {
  return !isSamples(w) || (n >= 1 && n <= w.count && sample(w, n) !== sample(w, n - 1));
}

/** Level of a signal at a time. */
export function levelAt(signal: Signal, ns: number): Level {
  return isWave(signal) ? levelFrom(signal, firstAfter(signal, ns) - 1) : signal;
}

/** Longest that samples are made of several. */
const MOST_MERGED = 1 << 16;

/** What several drivers make of a line, of which any that pulls it down wins. Waves other than samples are not mixed: the first counts. */
export function lowest(signals: readonly Signal[], ns: number): Signal {
  const present = signals.map((s) => (isWave(s) && isSamples(s) && s.origin + s.count * s.step <= ns ? s.after : s));
  if (present.includes(0)) return 0;
  const waves = present.filter(isWave);
  const [first] = waves;
  if (first === undefined) return 1;
  const samples = waves.filter(isSamples);
  if (waves.length === 1 || samples.length < waves.length) return first;
  const origin = Math.min(...samples.map((s) => s.origin));
  const step = Math.min(...samples.map((s) => s.step));
  const count = Math.ceil((Math.max(...samples.map((s) => s.origin + s.count * s.step)) - origin) / step);
  if (count > MOST_MERGED) return first;
  const levels = Array.from({ length: count }, (_, i): Level => {
    const at = origin + (i + 0.5) * step;
    return samples.some((s) => sample(s, Math.floor((at - s.origin) / s.step)) === 0 && at >= s.origin) ? 0 : 1;
  });
  return samplesOf(origin, step, levels, samples.some((s) => s.after === 0) ? 0 : 1);
}

/** Level of a signal just before a time. */
export function levelBefore(signal: Signal, ns: number): Level {
  return isWave(signal) ? levelFrom(signal, firstFrom(signal, ns) - 1) : signal;
}

/** Time of the first edge after `ns`; Infinity when there is none. */
export function nextEdge(signal: Signal, ns: number): number {
  if (!isWave(signal)) return Number.POSITIVE_INFINITY;
  let n = firstAfter(signal, ns);
  if (isSamples(signal)) {
    while (n <= signal.count && !isEdge(signal, n)) n++;
    if (n > signal.count) return Number.POSITIVE_INFINITY;
  }
  return boundary(signal, n);
}

/** Time of the last edge before `ns`; −Infinity when there is none. */
export function previousEdge(signal: Signal, ns: number): number {
  if (!isWave(signal)) return Number.NEGATIVE_INFINITY;
  let n = firstFrom(signal, ns) - 1;
  if (isSamples(signal)) {
    while (n >= 1 && !isEdge(signal, n)) n--;
    if (n < 1) return Number.NEGATIVE_INFINITY;
  }
  return boundary(signal, n);
}

/** How many edges lie strictly between two times. */
export function countEdges(signal: Signal, from: number, to: number): number {
  if (!isWave(signal) || to <= from) return 0;
  const [a, b] = [firstAfter(signal, from), firstFrom(signal, to)];
  if (!isSamples(signal)) return Math.max(0, b - a);
  let edges = 0;
  for (let n = a; n < b; n++) if (isEdge(signal, n)) edges++;
  return edges;
}

/** Calls back for the edges strictly between two times, in order. */
export function eachEdge(signal: Signal, from: number, to: number, callback: (ns: number, level: Level) => void): void {
  if (!isWave(signal) || to <= from) return;
  const end = firstFrom(signal, to);
  for (let n = firstAfter(signal, from); n < end; n++) {
    if (isEdge(signal, n)) callback(boundary(signal, n), levelFrom(signal, n));
  }
}

/** How many of the ns from one time to another a signal is at 1. */
export function timeHigh(signal: Signal, from: number, to: number): number {
  if (to <= from) return 0;
  if (!isWave(signal)) return signal === 1 ? to - from : 0;
  if (isSamples(signal)) {
    let high = 0;
    let at = from;
    eachEdge(signal, from, to, (ns, level) => {
      if (level === 0) high += ns - at;
      at = ns;
    });
    return levelBefore(signal, to) === 1 ? high + to - at : high;
  }
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
  if (isSamples(a) || isSamples(b)) {
    if (!isSamples(a) || !isSamples(b)) return false;
    return (
      a.origin === b.origin && a.step === b.step && a.count === b.count && a.bits === b.bits && a.after === b.after
    );
  }
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
