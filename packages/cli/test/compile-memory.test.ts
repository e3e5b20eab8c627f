/** Compiling on the board takes the board's RAM. */
import { describe, expect, it } from 'vitest';
import { atMost, cli, folderOf, Output, runProgram, sourceProgram } from './programs.js';
import { PROFILES, type Profile } from '@tsmp/vm';

const small: Profile = {
  ...(PROFILES.unix32 as Profile),
  name: 'small',
  flashSize: 512 * 1024,
  ramSize: 40 * 1024,
  pythonStack: 8192,
};
const MODULE = Array.from({ length: 40 }, (_, i) => `def f${i}(a, b):\n    return a * ${i} + b\n`).join('');

function output(text: string, files: Readonly<Record<string, string>> = {}): string {
  const encoder = new TextEncoder();
  const program = {
    ...sourceProgram(text),
    files: new Map(Object.entries(files).map(([n, t]) => [n, encoder.encode(t)])),
  };
  const { stdout, stderr, board } = runProgram(program, { board: small }, atMost(1000));
  board.vm.heap.check();
  expect(board.vm.compiling).toBe(null);
  return stdout + stderr;
}

describe('compiling on the board', () => {
  it('raises MemoryError when it does not fit, and gives everything back', () => {
    const text = `import gc
big = bytearray(23000)
used = []
for i in range(3):
    try:
        import m
    except MemoryError as e:
        print(e)
    e = None
    gc.collect()
    used.append(gc.mem_alloc())
print(used[2] == used[1])
big = None
import m
print(m.f3(1, 2))
`;
    const lines = output(text, { 'm.py': MODULE }).trimEnd().split('\n');
    const told = lines.map((l) => l.replace(/allocating \d+ bytes/, 'allocating N bytes'));
    const failure = 'memory allocation failed, allocating N bytes';
    expect(told).toEqual([failure, failure, failure, 'True', '5']);
  });

  it('cannot be done with the heap locked', () => {
    const text = `import micropython
s = '1 + 1'
error = e = None
def tell(e):
    global error
    error = e
micropython.heap_lock()
try:
    eval(s)
except MemoryError as e:
    tell(e)
micropython.heap_unlock()
print(error, eval(s))
`;
    expect(output(text)).toBe('memory allocation failed, heap is locked 2\n');
  });

  it('counts towards a collection while it runs, and not afterwards', () => {
    const text = `import gc
gc.collect()
gc.disable()
a = gc.mem_alloc()
compile('', '', 'exec')
b = gc.mem_alloc()
compile('[x for x in (1, 2, 3) if x > 1 or x < 0 and (x + 1) * 2 == 7]', '', 'exec')
print(b - a < 200, gc.mem_alloc() - b < 700)
`;
    expect(output(text)).toBe('True True\n');
  });

  it('survives a collection at every allocation', () => {
    const out = new Output();
    const b = new cli.Board({
      board: small,
      stressGc: true,
      folder: folderOf(new Map([['m.py', new TextEncoder().encode(MODULE)]])),
      stdout: out.write,
    });
    b.start(
      new TextEncoder().encode('import m\nprint(m.f7(2, 3), [n for n in dir(m) if n[0] == "f"][-1])\n'),
      'main.py',
    );
    expect(b.runToEnd().reason).toBe('done');
    b.vm.heap.check();
    expect(out.text).toBe('17 f39\n');
  });
});
