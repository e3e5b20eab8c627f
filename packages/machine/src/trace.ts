/** Records what a board's pins carry in virtual time; sums it up as text and exports it as VCD. */
import { Course, type CourseState } from './course.js';
import { checkEdgeCount, type Level, type Signal } from './wave.js';

/** One change of a level. */
export interface Edge {
  /** Virtual time in nanoseconds. */
  readonly ns: number;
  /** Index of the channel. */
  readonly pin: number;
  readonly level: Level;
}

/** Part of a recording, ns; what is left out is the recording's start, or now. */
export interface TimeSpan {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Plain data of {@link PinTrace}. */
export interface PinTraceState {
  readonly start: number;
  readonly courses: readonly CourseState[];
}

/** What {@link PinTrace.pins} says of one pin. */
export interface PinActivity {
  readonly name: string;
  readonly edges: number;
  /** Times of the first and the last edge, ns. */
  readonly first: number;
  readonly last: number;
  /** Part of the time from the trace's start to its end that the pin was high, 0 to 1. */
  readonly highShare: number;
}

/**
 * A recording. Waves are kept as waves: their edges are listed when someone asks, `too-many-edges` is thrown when there are more
 * than a host can hold.
 */
export class PinTrace {
  private begun = 0;
  private readonly courses: Course[];

  constructor(
    /** Names of the channels. */
    readonly names: readonly string[],
    /** Brings the pins up to date and answers the present time, ns. */
    private readonly now: () => number = () => 0,
  ) {
    this.courses = names.map(() => new Course());
    this.begin(0, []);
  }

  /** When the recording began, ns. */
  get start(): number {
    return this.begun;
  }
  /** Up to when it reaches: the present, or the last thing recorded if there is no clock. */
  end(): number {
    return Math.max(this.now(), ...this.courses.map((c) => c.end));
  }
  /** Starts afresh at `ns` with these signals. */
  begin(ns: number, signals: readonly Signal[]): void {
    this.begun = ns;
    for (const [i, course] of this.courses.entries()) course.begin(ns, signals[i] ?? 0);
  }
  /** From `ns` on a channel carries `signal`; times of one channel never go back. */
  record(pin: number, signal: Signal, ns: number): void {
    this.courses[pin]?.record(ns, signal);
  }
  /** The edges of one channel or of all, in order. */
  list(pin?: number, span: TimeSpan = {}): readonly Edge[] {
    const from = span.from ?? this.start;
    const to = span.to ?? this.end();
    const wanted = [...this.courses.entries()].filter(([i]) => pin === undefined || i === pin);
    checkEdgeCount(wanted.reduce((n, [, c]) => n + c.countEdges(from, to), 0));
    const edges: Edge[] = [];
    for (const [i, course] of wanted) course.eachEdge(from, to, (ns, level) => edges.push({ ns, pin: i, level }));
    return edges.sort((a, b) => a.ns - b.ns);
  }

  /** The course of a channel. */
  course(pin: number): Course | undefined {
    return this.courses[pin];
  }

  /** The pins that had edges; `end` is the time up to which they keep their last signal. */
  pins(end: number): PinActivity[] {
    this.now();
    const out: PinActivity[] = [];
    for (const [pin, name] of this.names.entries()) {
      const course = this.courses[pin] as Course;
      const edges = course.countEdges(this.start, end);
      if (edges === 0) continue;
      const span = end - this.start;
      const [first, last] = course.outerEdges(this.start, end);
      out.push({ name, edges, first, last, highShare: span <= 0 ? 0 : course.timeHigh(this.start, end) / span });
    }
    return out;
  }

  /** The recording as a Value Change Dump with nanoseconds as its unit: the pins that changed. */
  toVcd(span: TimeSpan = {}): string {
    const edges = this.list(undefined, span);
    const from = span.from ?? this.start;
    const changed = new Set(edges.map((e) => e.pin));
    const used = [...changed]
      .sort((a, b) => a - b)
      .map((pin, i) => ({ name: this.names[pin], pin, id: String.fromCharCode(33 + i) }));
    const ids = new Map(used.map(({ pin, id }) => [pin, id]));
    const lines = ['$timescale 1 ns $end', '$scope module pins $end'];
    for (const { name, id } of used) lines.push(`$var wire 1 ${id} ${name} $end`);
    lines.push('$upscope $end', '$enddefinitions $end', `#${Math.round(from)}`, '$dumpvars');
    for (const { pin, id } of used) lines.push(`${(this.courses[pin] as Course).levelAt(from)}${id}`);
    lines.push('$end');
    let at = Math.round(from);
    for (const e of edges) {
      const ns = Math.round(e.ns);
      if (ns !== at) lines.push(`#${ns}`);
      at = ns;
      lines.push(`${e.level}${ids.get(e.pin)}`);
    }
    return `${lines.join('\n')}\n`;
  }

  /** The recording as plain data. */
  save(): PinTraceState {
    this.now();
    return { start: this.start, courses: this.courses.map((c) => c.save()) };
  }
  /** Takes on a saved recording. */
  load(state: PinTraceState): void {
    this.begun = state.start;
    for (const [i, course] of state.courses.entries()) this.courses[i]?.load(course);
  }
}

/** A table of the pins that changed: edges, first and last time, share of the time at 1. */
export function pinTraceSummary(trace: PinTrace, end: number): string {
  const pins = trace.pins(end);
  if (pins.length === 0) return 'no pin changed\n';
  const rows = [['pin', 'edges', 'first (ms)', 'last (ms)', 'high']];
  for (const p of pins) {
    rows.push([
      p.name,
      String(p.edges),
      (p.first / 1e6).toFixed(3),
      (p.last / 1e6).toFixed(3),
      `${(100 * p.highShare).toFixed(1)} %`,
    ]);
  }
  const widths = [0, 1, 2, 3, 4].map((c) => Math.max(...rows.map((r) => (r[c] as string).length)));
  const line = (r: string[]): string =>
    r.map((cell, c) => (c === 0 ? cell.padEnd(widths[c] as number) : cell.padStart(widths[c] as number))).join('  ');
  return `${rows.map(line).join('\n')}\n`;
}
