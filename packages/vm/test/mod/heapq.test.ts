import { describe, expect, it } from 'vitest';
import { program } from '../obj/program.js';

describe('heapq', () => {
  it('keeps the least item first', () => {
    const source = `
import heapq
h = [4, 3, 8, 9, 10, 2, 7, 11, 5]
heapq.heapify(h)
print(h)
heapq.heappush(h, 1)
print(h)
print([heapq.heappop(h) for _ in range(len(h))], h)
`;
    expect(program(source).trimEnd().split('\n')).toEqual([
      '[2, 3, 4, 5, 10, 8, 7, 11, 9]',
      '[1, 2, 4, 5, 3, 8, 7, 11, 9, 10]',
      '[1, 2, 3, 4, 5, 7, 8, 9, 10, 11] []',
    ]);
  });
  it('raises for what is no heap', () => {
    const source = `
import heapq
for f in (lambda: heapq.heappop([]), lambda: heapq.heappush((), 1), lambda: heapq.heapify({}), lambda: heapq.heapify([1, 'a'])):
  try: f()
  except Exception as e: print(repr(e))
`;
    expect(program(source).trimEnd().split('\n')).toEqual([
      "IndexError('empty heap',)",
      "TypeError('heap must be a list',)",
      "TypeError('heap must be a list',)",
      "TypeError(\"unsupported types for __lt__: 'int', 'str'\",)",
    ]);
  });
  it('compares instances, and survives one that shortens the heap', () => {
    const source = `
import heapq
class N:
  def __init__(self, n): self.n = n
  def __lt__(self, other):
    if self.n == 13: h.clear()
    return self.n < other.n
h = []
for n in (5, 1, 4, 2, 3): heapq.heappush(h, N(n))
print([heapq.heappop(h).n for _ in range(5)])
h = [N(n) for n in range(12)]
heapq.heappush(h, N(13))
print(h)
`;
    const want = ['[1, 2, 3, 4, 5]', '[]'];
    expect(program(source).trimEnd().split('\n')).toEqual(want);
    expect(program(source, { stress: true }).trimEnd().split('\n')).toEqual(want);
  });
  it('allocates nothing but the room of the list', () => {
    const source = `
import heapq, gc
h = [(i * 7 % 11, i) for i in range(11)]
heapq.heapify(h)
gc.disable()
a = gc.mem_alloc()
heapq.heapify(h); heapq.heappop(h); heapq.heappop(h)
print(gc.mem_alloc() - a)
`;
    expect(program(source)).toBe('0\n');
  });
});
