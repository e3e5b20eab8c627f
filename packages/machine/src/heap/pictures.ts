/** A heap as pictures: the map as text and as SVG, used and free memory over time as SVG. */
import type { Heap, HeapStats } from '@tsmp/gc';
import { heapTypeName, type Vm } from '@tsmp/vm';
import type { AllocationFailure, HeapRecorder } from './recorder.js';

const BLOCK = 16;
const SHADES = ' ░▒▓█';

/** The allocation table of a heap: a byte a block, 0 free, 1 an object's first block, 2 a further one. */
export function heapTable(heap: Heap): Uint8Array {
  return Uint8Array.from({ length: heap.blocks }, (_, b) => heap.kind(b));
}

/** What {@link heapPicture} takes. */
export interface HeapPictureOptions {
  /** Characters a line; default 64. */
  readonly width?: number | undefined;
  /** Lines at most; a character then stands for several blocks. Default 24. */
  readonly height?: number | undefined;
}

/**
 * A heap map for a terminal: a character for one block or several, the fuller the darker, blank where all are free, and the longest free
 * run as dots. The last line is the scale.
 */
export function heapPicture(table: Uint8Array, options: HeapPictureOptions = {}): string {
  const width = Math.max(8, options.width ?? 64);
  const height = Math.max(1, options.height ?? 24);
  let each = 1;
  while (Math.ceil(table.length / each) > width * height) each *= 2;
  const longest = longestFree(table);
  const lines: string[] = [];
  for (let from = 0; from < table.length; from += width * each) {
    let line = '';
    for (let b = from; b < Math.min(from + width * each, table.length); b += each) {
      const end = Math.min(b + each, table.length);
      let used = 0;
      for (let i = b; i < end; i++) if (table[i] !== 0) used++;
      if (used > 0) line += SHADES[Math.ceil((used / (end - b)) * 4)];
      else line += b >= longest.from && end <= longest.to ? '·' : ' ';
    }
    lines.push(`${(from * BLOCK).toString(16).padStart(6, '0')} │${line.padEnd(width)}│`);
  }
  lines.push(
    `a character: ${each * BLOCK} bytes; · the longest free run: ${(longest.to - longest.from) * BLOCK} bytes`,
  );
  return `${lines.join('\n')}\n`;
}

/** The longest run of free blocks, [from, to). */
function longestFree(table: Uint8Array): { from: number; to: number } {
  let best = { from: 0, to: 0 };
  for (let b = 0; b < table.length; ) {
    let end = b;
    while (end < table.length && table[end] === 0) end++;
    if (end - b > best.to - best.from) best = { from: b, to: end };
    b = end + 1;
  }
  return best;
}

const COLOURS: Readonly<Record<string, string>> = {
  str: '#4e9a52',
  bytes: '#4e9a52',
  list: '#3465a4',
  tuple: '#5c8ac9',
  dict: '#75507b',
  set: '#75507b',
  bytearray: '#c17d11',
  array: '#c17d11',
  function: '#888a85',
  closure: '#888a85',
  generator: '#babdb6',
  module: '#2e3436',
  type: '#555753',
  float: '#729fcf',
  int: '#729fcf',
  data: '#d3a04a',
};
const OTHER = '#cc4b4b';

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** What {@link heapMapSvg} takes. */
export interface HeapMapOptions {
  /** Blocks a line; default 128. */
  readonly blocksPerLine?: number | undefined;
  /** Pixels a block; default 7. */
  readonly scale?: number | undefined;
}

/**
 * The heap map as SVG: every object in the colour of its type, with a title that says where it lies and how long it is; the longest
 * free run is framed.
 */
export function heapMapSvg(vm: Vm, options: HeapMapOptions = {}): string {
  const perLine = options.blocksPerLine ?? 128;
  const scale = options.scale ?? 7;
  const { heap } = vm;
  const boxes: string[] = [];
  const types = new Map<string, number>();
  /** Rectangles of the blocks [from, to), one a line. */
  const box = (from: number, to: number, attributes: string, title: string): void => {
    for (let b = from; b < to; ) {
      const end = Math.min(to, b - (b % perLine) + perLine);
      const x = (b % perLine) * scale;
      const y = Math.floor(b / perLine) * (scale + 2);
      boxes.push(
        `<rect x="${x}" y="${y}" width="${(end - b) * scale - 1}" height="${scale}" ${attributes}><title>${escaped(title)}</title></rect>`,
      );
      b = end;
    }
  };
  const longest = longestFree(heapTable(heap));
  for (const { addr, blocks, kind } of heap.layout()) {
    const from = heap.blockOf(addr);
    if (kind === 'free') continue;
    const type = heapTypeName(vm, addr) ?? 'data';
    types.set(type, (types.get(type) ?? 0) + blocks * BLOCK);
    box(
      from,
      from + blocks,
      `fill="${COLOURS[type] ?? OTHER}"`,
      `${type}, ${blocks * BLOCK} bytes at +${from * BLOCK}`,
    );
  }
  if (longest.to > longest.from) {
    const title = `longest free run: ${(longest.to - longest.from) * BLOCK} bytes`;
    box(longest.from, longest.to, 'fill="none" stroke="#a40000"', title);
  }
  const width = perLine * scale;
  const rows = Math.ceil(heap.blocks / perLine) * (scale + 2);
  const s = heap.stats();
  const legend = [...types].sort((a, b) => b[1] - a[1]).slice(0, 8);
  const head = `${s.used} of ${s.total} bytes used, ${s.free} free, longest free run ${s.maxFreeBytes}, fragmentation ${percent(s)}`;
  const swatches = legend.map(([type, bytes], i) => {
    const x = i * (width / 8);
    return `<rect x="${x}" y="${rows + 30}" width="10" height="10" fill="${COLOURS[type] ?? OTHER}"/><text x="${x + 14}" y="${rows + 39}">${escaped(type)} ${bytes}</text>`;
  });
  return svg(width, rows + 48, [
    `<rect width="${width}" height="${rows}" fill="#f4f4f2"/>`,
    ...boxes,
    `<text y="${rows + 18}">${head}</text>`,
    ...swatches,
  ]);
}

function percent(s: HeapStats): string {
  return `${(s.fragmentation * 100).toFixed(0)} %`;
}

function svg(width: number, height: number, parts: readonly string[]): string {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="11">`;
  return `${head}\n${parts.join('\n')}\n</svg>\n`;
}

/** Used memory, and the longest free run, over the board's time; collections are vertical lines, failures crosses. */
export function heapTimelineSvg(recorder: HeapRecorder, width = 900, height = 260): string {
  const { timeline, collections, failures } = recorder;
  const last = timeline[timeline.length - 1] ?? { ns: 0, used: 0, free: 0, largest: 0 };
  const first = timeline[0] ?? last;
  const total = Math.max(1, last.used + last.free);
  const end = Math.max(last.ns, ...failures.map((f) => f.ns), first.ns + 1);
  const left = 60;
  const bottom = height - 36;
  const x = (ns: number): string => (left + ((ns - first.ns) / (end - first.ns)) * (width - left - 10)).toFixed(1);
  const y = (bytes: number): string => (bottom - (bytes / total) * (bottom - 14)).toFixed(1);
  const line = (value: (s: (typeof timeline)[number]) => number, colour: string): string =>
    `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${timeline.map((s) => `${x(s.ns)},${y(value(s))}`).join(' ')}"/>`;
  return svg(width, height, [
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<path d="M${left} 14V${bottom}H${width - 10}" fill="none" stroke="#888"/>`,
    `<text x="4" y="20">${total}</text><text x="4" y="${bottom}">0 bytes</text>`,
    ...collections.map(
      (c) =>
        `<path d="M${x(c.ns)} 14V${bottom}" stroke="#ddd"><title>freed ${c.freed} bytes, ${c.used} in use</title></path>`,
    ),
    line((s) => s.used, '#3465a4'),
    line((s) => s.free, '#bbb'),
    line((s) => s.largest, '#4e9a52'),
    ...failures.map((f) => cross(Number(x(f.ns)), Number(y(f.used)), failureText(f))),
    `<text x="${left}" y="${bottom + 16}">${(first.ns / 1e6).toFixed(3)} ms</text>`,
    `<text x="${width - 10}" y="${bottom + 16}" text-anchor="end">${(end / 1e6).toFixed(3)} ms</text>`,
    `<text x="${left}" y="${height - 6}"><tspan fill="#3465a4">used</tspan> <tspan fill="#999">free</tspan> <tspan fill="#4e9a52">longest free run</tspan> <tspan fill="#999">| collection</tspan></text>`,
  ]);
}

function cross(x: number, y: number, title: string): string {
  return `<path d="M${x - 4} ${y - 4}l8 8m0 -8l-8 8" stroke="#a40000" stroke-width="2"><title>${escaped(title)}</title></path>`;
}

/** A failed allocation in a line. */
export function failureText(f: AllocationFailure): string {
  const where = f.site.file === '' ? '' : ` at ${f.site.file}:${f.site.line} in ${f.site.function}`;
  return `${f.bytes} bytes could not be allocated${where}: ${f.free} free, longest run ${f.largest}${f.reason === 'locked' ? ', heap locked' : ''}`;
}
