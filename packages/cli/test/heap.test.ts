/** Seeing the heap: recorder, pictures, `heapview`, the textbook case. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { bundle } from '@tsmp-internal/testkit';
import { heapDifference, heapMapSvg, heapPicture, HeapRecorder, heapTable, heapTimelineSvg } from '@tsmp/machine';
import { describe, expect, it } from 'vitest';
import type { Board } from '../src/index.js';
import { cli, Output } from './programs.js';

const { heapReport } = (await import(
  pathToFileURL(await bundle('packages/cli/src/commands/heap.ts')).href
)) as typeof import('../src/commands/heap.js');

const encoder = new TextEncoder();
const example = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../examples/memory/${name}`, import.meta.url));

interface Recorded {
  readonly board: Board;
  readonly recorder: HeapRecorder;
  readonly text: string;
}

function record(source: Uint8Array | string, heap = 64 * 1024): Recorded {
  const out = new Output();
  const board = new cli.Board({ board: 'pico-w', heap, stdout: out.write });
  const recorder = new HeapRecorder(board.vm);
  board.start(typeof source === 'string' ? encoder.encode(source) : source, 'main.py');
  const r = board.runToEnd();
  if (r.reason === 'raised') board.reportException(r.exception);
  recorder.detach();
  return { board, recorder, text: out.text };
}

describe('the textbook case', () => {
  const { recorder, text, board } = record(example('fragments.py'));

  it('fails for 2 KiB though 20 KiB are free', () => {
    expect(text).toBe(
      [
        '20 KiB are free: True',
        '2 KiB: memory allocation failed, allocating 2048 bytes',
        'the longest free run is shorter than 2 KiB: True',
        'fragmentation above 0.9: True',
        'after dropping all: 2048 bytes\n',
      ].join('\n'),
    );
    const failure = recorder.failures.find((f) => f.bytes === 2048);
    expect(failure).toMatchObject({ reason: 'full', site: { file: 'main.py', function: '<module>' } });
    expect(failure?.free).toBeGreaterThanOrEqual(20 * 1024);
    expect(failure?.largest).toBeLessThan(2048);
  });

  it('shows why in the picture: holes between what is left', () => {
    const failure = recorder.failures.find((f) => f.bytes === 2048);
    const picture = heapPicture(failure?.table ?? new Uint8Array(0), { width: 64, height: 64 });
    // 20 holes of 64 blocks, each with used blocks around it; the longest is dotted
    const cells = [...picture.matchAll(/│(.*)│\n/g)].map((m) => m[1]).join('');
    expect(cells.match(/█[ ·]{60,80}(?=█)/g)?.length).toBe(20);
    expect(picture).toMatch(/the longest free run: 1\d\d\d bytes\n$/);
    expect(heapReport(board, recorder, 5)).toContain('2048 bytes could not be allocated at main.py:');
  });

  it('is a curve with its collections, and the failures as crosses', () => {
    expect(recorder.collections.length).toBeGreaterThan(2);
    const svg = heapTimelineSvg(recorder);
    expect(svg.match(/<polyline/g)?.length).toBe(3);
    expect(svg.match(/stroke="#a40000"/g)?.length).toBe(recorder.failures.length);
    expect(svg).toContain('2048 bytes could not be allocated at main.py');
  });
});

describe('a loop over a buffer', () => {
  it('allocates nothing with readinto, something with read, and const() makes no global', () => {
    const { text } = record(example('buffers.py'));
    expect(text).toBe(
      [
        'readinto, 10000 turns: 0 bytes',
        'read, 100 turns: 9600 bytes',
        'SIZE is a global: True - _SIZE is one: False\n',
      ].join('\n'),
    );
  });
});

const PROGRAM = `import gc
class P:
    def __init__(self, n):
        self.n = n
        self.data = bytearray(100)
keep = []
def fill(n):
    for i in range(n):
        keep.append(P(i))
        t = [i] * 10
fill(20)
gc.collect()
fill(5)
print(len(keep))
`;

describe('a recorder', () => {
  it('changes nothing: output, time, and every figure of the heap are the same', () => {
    const { board, text } = record(PROGRAM);
    const out = new Output();
    const plain = new cli.Board({ board: 'pico-w', heap: 64 * 1024, stdout: out.write });
    plain.start(encoder.encode(PROGRAM), 'main.py');
    plain.runToEnd();
    expect(text).toBe(out.text);
    expect(board.vm.heap.stats()).toEqual(plain.vm.heap.stats());
    expect(board.vm.clock.now(board.vm.budget)).toBe(plain.vm.clock.now(plain.vm.budget));
  });

  it('knows line, function and type of every allocation, and what of it lives', () => {
    const { board, recorder } = record(PROGRAM);
    const sites = recorder.report();
    const at = (line: number, type: string) =>
      sites.find((s) => s.file === 'main.py' && s.line === line && s.type === type);
    expect(at(9, 'P')).toMatchObject({ function: 'fill', count: 25, live: 25, liveBytes: 400 });
    expect(at(5, 'bytearray')).toMatchObject({ function: '__init__', count: 25, live: 25 });
    // `[i]`, and the list that it is multiplied to
    expect(at(10, 'list')).toMatchObject({ function: 'fill', count: 50 });
    expect(at(10, 'list')?.live).toBeLessThan(50);
    expect(sites.some((s) => s.function === '<compiler>' && s.file === 'main.py')).toBe(true);
    expect(sites.reduce((sum, s) => sum + s.liveBytes, 0)).toBe(board.vm.heap.stats().used);
    expect(sites.reduce((sum, s) => sum + s.live, 0)).toBe(board.vm.heap.stats().objects);
  });

  it('says what changed between two points', () => {
    const board = new cli.Board({ board: 'pico-w' });
    const recorder = new HeapRecorder(board.vm);
    board.start(encoder.encode('x = []\nwhile True:\n    x.append(bytearray(40))\n'), 'main.py');
    board.run({ bytecodes: 200 });
    const before = recorder.point();
    board.run({ bytecodes: 600 });
    const changes = heapDifference(before, recorder.point());
    recorder.detach();
    const arrays = changes.find((c) => c.type === 'bytearray');
    expect(arrays).toMatchObject({ file: 'main.py', line: 3, function: '<module>' });
    expect(arrays?.live).toBeGreaterThan(40);
    expect(arrays?.liveBytes).toBe((arrays?.live ?? 0) * 16);
    expect(heapDifference(before, before)).toEqual([]);
  });

  it('draws every object, and frames the longest free run', () => {
    const { board } = record(PROGRAM);
    const svg = heapMapSvg(board.vm);
    expect(svg.match(/<title>P, 16 bytes/g)?.length).toBe(25);
    const { maxFreeBytes } = board.vm.heap.stats();
    expect(svg).toContain(`longest free run: ${maxFreeBytes} bytes`);
    const table = heapTable(board.vm.heap);
    expect(table.filter((k) => k === 1).length).toBe(board.vm.heap.stats().objects);
  });
});

describe('heapview', () => {
  it('tells a program what a host sees', () => {
    const { text } = record(`import heapview
print(heapview.largest_free() % 16, heapview.fragmentation() < 0.5)
a = heapview.snapshot()
x = [bytearray(100) for _ in range(3)]
d = heapview.diff(a)
print(d['bytearray'], d['list'], d['free'] < 0)
b = heapview.snapshot()
print(heapview.diff(b, b), heapview.diff(a, b)['bytearray'])
try:
    heapview.diff(3)
except TypeError as e:
    print(e)
`);
    expect(text).toBe('0 True\n48 16 True\n{} 48\nnot a snapshot\n');
  });
});
