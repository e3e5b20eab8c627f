/**
 * Recorded signals as an SVG picture: a line for each pin, a row of boxes for each bus, a time axis. Where edges are closer than a
 * pixel the line becomes a band, as on an oscilloscope.
 */
import { MachineUsageError } from './errors.js';
import type { PinTrace, TimeSpan } from './trace.js';
import type { Transaction } from './transactions.js';

/** How a picture is drawn. */
export interface SvgOptions extends TimeSpan {
  /** Pixels of the plot in width; 960 unless given. */
  readonly width?: number | undefined;
  /** Names of the pins to draw, in this order; those that changed unless given. */
  readonly pins?: readonly string[] | undefined;
  /** Transactions to draw below: `machine.transactions.list()`. */
  readonly transactions?: readonly Transaction[] | undefined;
}

const LEFT = 78;
const RIGHT = 16;
const TOP = 14;
const ROW = 34;
/** Height of a signal from low to high. */
const SWING = 20;
const AXIS = 30;

/** A time with the unit that suits a step. */
function timeText(ns: number, step: number): string {
  const [unit, size] = (
    [
      ['s', 1e9],
      ['ms', 1e6],
      ['µs', 1e3],
      ['ns', 1],
    ] as const
  ).find(([, n]) => step >= n) ?? ['ns', 1];
  const digits = Math.max(0, Math.ceil(-Math.log10(step / size) - 1e-9));
  return `${(ns / size).toFixed(digits)} ${unit}`;
}

/** The step of an axis with about `n` ticks: 1, 2 or 5 times a power of ten. */
function tickStep(span: number, n: number): number {
  const rough = Math.max(span / n, 1e-3);
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((m) => m * power >= rough) ?? 10);
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Draws a recording; throws `no-such-pin` for names that it does not have. */
export function pinTraceSvg(trace: PinTrace, options: SvgOptions = {}): string {
  const width = Math.max(100, Math.floor(options.width ?? 960));
  const from = options.from ?? trace.start;
  const to = Math.max(from + 1, options.to ?? trace.end());
  const scale = width / (to - from);
  const x = (ns: number): string => (LEFT + (ns - from) * scale).toFixed(1);

  const names = options.pins ?? trace.pins(to).map((p) => p.name);
  const buses = new Map<string, Transaction[]>();
  for (const t of options.transactions ?? []) {
    if (t.end < from || t.start > to) continue;
    buses.set(t.bus, [...(buses.get(t.bus) ?? []), t]);
  }
  const height = TOP + ROW * (names.length + buses.size) + AXIS;
  const plotBottom = height - AXIS + 4;
  const total = LEFT + width + RIGHT;
  const out: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${total}" height="${height}" viewBox="0 0 ${total} ${height}">`,
    '<style>text{font:12px sans-serif;fill:#222}.t{fill:#666;font-size:11px}.g{stroke:#ddd}.s{stroke:#0a5fb4;fill:none;stroke-width:1.5}' +
      '.b{fill:#0a5fb4;fill-opacity:.35}.x{fill:#fff3d6;stroke:#c58a00}.n{fill:#ffe0e0;stroke:#c00}</style>',
    `<rect width="${total}" height="${height}" fill="#fff"/>`,
  ];

  const step = tickStep(to - from, width / 110);
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) {
    out.push(`<line class="g" x1="${x(tick)}" y1="${TOP}" x2="${x(tick)}" y2="${plotBottom}"/>`);
    out.push(`<text class="t" x="${x(tick)}" y="${height - 8}" text-anchor="middle">${timeText(tick, step)}</text>`);
  }

  let row = 0;
  const label = (name: string, y: number): void => {
    out.push(`<text x="${LEFT - 8}" y="${y + SWING / 2 + 4}" text-anchor="end">${escaped(name)}</text>`);
  };
  for (const name of names) {
    const pin = trace.names.indexOf(name);
    if (pin < 0) throw new MachineUsageError('no-such-pin', `the recording has no pin '${name}'`);
    const y = TOP + ROW * row++ + (ROW - SWING) / 2;
    label(name, y);
    out.push(...drawPin(trace, pin, from, to, width, x, y));
  }
  for (const [name, list] of buses) {
    const y = TOP + ROW * row++ + (ROW - SWING) / 2;
    label(name, y);
    for (const t of list)
      out.push(drawTransaction(t, Number(x(Math.max(t.start, from))), Number(x(Math.min(t.end, to))), y));
  }
  out.push('</svg>');
  return `${out.join('\n')}\n`;
}

/** The line of a pin, and bands where it changes more than once within a pixel. */
function drawPin(
  trace: PinTrace,
  pin: number,
  from: number,
  to: number,
  width: number,
  x: (ns: number) => string,
  y: number,
): string[] {
  const course = trace.course(pin);
  if (course === undefined) return [];
  const heightOf = (level: number): number => (level === 1 ? y : y + SWING);
  const pixel = (to - from) / width;
  const bands: string[] = [];
  let level = course.levelAt(from);
  let path = `M${x(from)},${heightOf(level)}`;
  let bandFrom: number | undefined;
  for (let i = 0; i < width; i++) {
    const [a, b] = [from + i * pixel, from + (i + 1) * pixel];
    const edges = course.countEdges(a, b);
    if (edges > 1) {
      if (bandFrom === undefined) path += `H${x(a)}`;
      bandFrom ??= a;
      continue;
    }
    if (bandFrom !== undefined) {
      bands.push(band(x(bandFrom), x(a), y));
      level = course.levelAt(a);
      path += `M${x(a)},${heightOf(level)}`;
      bandFrom = undefined;
    }
    if (edges === 1) {
      course.eachEdge(a, b, (ns, next) => {
        path += `H${x(ns)}V${heightOf(next)}`;
        level = next;
      });
    }
  }
  if (bandFrom === undefined) path += `H${x(to)}`;
  else bands.push(band(x(bandFrom), x(to), y));
  return [...bands, `<path class="s" d="${path}"/>`];
}

function band(left: string, right: string, y: number): string {
  const w = Math.max(1, Number(right) - Number(left)).toFixed(1);
  return `<rect class="b" x="${left}" y="${y}" width="${w}" height="${SWING}"/>`;
}

function drawTransaction(t: Transaction, left: number, right: number, y: number): string {
  const w = Math.max(1, right - left);
  const hex = (bytes: readonly number[]): string => bytes.map((b) => b.toString(16).padStart(2, '0')).join(' ');
  const refused = t.kind === 'i2c' && !t.found;
  const text =
    t.kind === 'i2c' ? `${t.address.toString(16).padStart(2, '0')}${t.read ? 'R' : 'W'} ${hex(t.data)}` : hex(t.sent);
  const fits = Math.floor((w - 6) / 7);
  const shown = text.length <= fits ? text : fits >= 4 ? `${text.slice(0, fits - 1)}…` : '';
  const box = `<rect class="${refused ? 'n' : 'x'}" x="${left.toFixed(1)}" y="${y}" width="${w.toFixed(1)}" height="${SWING}"/>`;
  if (shown === '') return box;
  return `${box}<text x="${(left + 3).toFixed(1)}" y="${y + SWING - 6}">${escaped(shown)}</text>`;
}
