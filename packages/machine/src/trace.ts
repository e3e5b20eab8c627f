/** Records the edges of a board's pins in virtual time; sums them up as text and exports them as VCD. */
import type { Level } from './gpio.js';

/** One change of a level. */
export interface Edge {
  /** Virtual time in nanoseconds. */
  readonly ns: number;
  /** Index of the channel. */
  readonly pin: number;
  readonly level: Level;
}

/** Plain data of {@link PinTrace}. */
export interface PinTraceState {
  readonly start: number;
  readonly initial: readonly Level[];
  readonly edges: readonly (readonly [number, number, Level])[];
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

/** A recording. */
export class PinTrace {
  private start = 0;
  private initial: Level[];
  private edges: Edge[] = [];

  constructor(
    /** Names of the channels. */
    readonly names: readonly string[],
  ) {
    this.initial = names.map(() => 0);
  }

  /** Starts afresh at `ns` with these levels. */
  begin(ns: number, levels: readonly Level[]): void {
    this.start = ns;
    this.initial = this.names.map((_, i) => levels[i] ?? 0);
    this.edges = [];
  }
  /** Adds an edge; times never go back. */
  record(pin: number, level: Level, ns: number): void {
    this.edges.push({ ns, pin, level });
  }
  /** The edges so far, of one channel or of all. */
  list(pin?: number): readonly Edge[] {
    return pin === undefined ? [...this.edges] : this.edges.filter((e) => e.pin === pin);
  }

  /** The pins that had edges; `end` is the time up to which they keep their last level. */
  pins(end: number): PinActivity[] {
    const out: PinActivity[] = [];
    for (const [pin, name] of this.names.entries()) {
      const edges = this.edges.filter((e) => e.pin === pin);
      if (edges.length === 0) continue;
      let high = 0;
      let level = this.initial[pin] as Level;
      let at = this.start;
      for (const e of edges) {
        if (level === 1) high += e.ns - at;
        at = e.ns;
        level = e.level;
      }
      if (level === 1) high += Math.max(0, end - at);
      const span = Math.max(end, at) - this.start;
      out.push({
        name,
        edges: edges.length,
        first: (edges[0] as Edge).ns,
        last: (edges[edges.length - 1] as Edge).ns,
        highShare: span === 0 ? 0 : high / span,
      });
    }
    return out;
  }

  /** The recording as a Value Change Dump with nanoseconds as its unit: the pins that changed. */
  toVcd(): string {
    const changed = new Set(this.edges.map((e) => e.pin));
    const used = [...changed]
      .sort((a, b) => a - b)
      .map((pin, i) => ({ name: this.names[pin], pin, id: String.fromCharCode(33 + i) }));
    const ids = new Map(used.map(({ pin, id }) => [pin, id]));
    const lines = ['$timescale 1 ns $end', '$scope module pins $end'];
    for (const { name, id } of used) lines.push(`$var wire 1 ${id} ${name} $end`);
    lines.push('$upscope $end', '$enddefinitions $end', `#${Math.round(this.start)}`, '$dumpvars');
    for (const { pin, id } of used) lines.push(`${this.initial[pin]}${id}`);
    lines.push('$end');
    let at = Math.round(this.start);
    for (const e of this.edges) {
      const ns = Math.round(e.ns);
      if (ns !== at) lines.push(`#${ns}`);
      at = ns;
      lines.push(`${e.level}${ids.get(e.pin)}`);
    }
    return `${lines.join('\n')}\n`;
  }

  /** The recording as plain data. */
  save(): PinTraceState {
    const edges = this.edges.map((e): [number, number, Level] => [e.ns, e.pin, e.level]);
    return { start: this.start, initial: [...this.initial], edges };
  }
  /** Takes on a saved recording. */
  load(state: PinTraceState): void {
    this.start = state.start;
    this.initial = [...state.initial];
    this.edges = state.edges.map(([ns, pin, level]) => ({ ns, pin, level }));
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
