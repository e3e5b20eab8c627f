/** What micropython.mem_info() and qstr_info() print: the format is MicroPython's, the figures are the board's. */
import { expect, it } from 'vitest';
import { atMost, runProgram, sourceProgram } from './programs.js';

function output(text: string): string {
  const { stdout, stderr, board } = runProgram(sourceProgram(text), { board: 'unix32', heap: 8192 }, atMost(1000));
  board.vm.heap.check();
  return stdout + stderr;
}

const SUMMARY =
  /^mem: total=(\d+), current=(\d+), peak=(\d+)\nstack: (\d+) out of (\d+)\nGC: total: (\d+), used: (\d+), free: (\d+)\n No\. of 1-blocks: (\d+), 2-blocks: (\d+), max blk sz: (\d+), max free sz: (\d+)\n/;

it('sums the heap up as gc does', () => {
  const text = `import gc, micropython
gc.collect()
keep = bytearray(1600)
a = gc.mem_alloc(), gc.mem_free()
micropython.mem_info()
print(a[0], a[1])
`;
  const printed = output(text);
  const m = SUMMARY.exec(printed) as RegExpExecArray;
  const [, total, current, peak, stack, limit, all, used, free, , , largest, hole] = m.map(Number) as number[];
  expect(current).toBeLessThanOrEqual(peak as number);
  expect(peak).toBeLessThanOrEqual(total as number);
  expect(stack).toBeLessThan(limit as number);
  expect((used as number) + (free as number)).toBe(all);
  expect(largest).toBe(100);
  expect((hole as number) * 16).toBeLessThanOrEqual(free as number);
  const [allocated, left] = (printed.slice(m[0].length).trim().split(' ') as string[]).map(Number) as number[];
  // the tuple and what the call takes come on top
  expect(used).toBeGreaterThanOrEqual(allocated as number);
  expect(used).toBeLessThan((allocated as number) + 64);
  expect(free).toBeLessThanOrEqual(left as number);
});

it('draws the map, a letter for each block, and lists qstrs', () => {
  const printed = output('import micropython\nname_of_mine = 1\nmicropython.mem_info(1)\nmicropython.qstr_info(1)\n');
  const map = printed.slice((SUMMARY.exec(printed) as RegExpExecArray)[0].length).split('\n');
  expect(map[0]).toMatch(/^GC memory layout; from [0-9a-f]+:$/);
  expect(map[1]).toMatch(/^00000000: [.h=TLDFBMSA]{64}$/);
  expect(printed).toMatch(/\n {7}\(\d+ lines all free\)\n/);
  expect(printed).toMatch(/\nqstr pool: n_pool=1, n_qstr=\d+, n_str_data_bytes=\d+, n_total_bytes=\d+\n/);
  expect(printed).toMatch(/\nQ\(name_of_mine\)\n/);
});
