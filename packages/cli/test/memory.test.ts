/** The smallest board, and memory that runs out. */
import {
  type CorpusProgram,
  conformancePrograms,
  corpusPrograms,
  expectedOutput,
  seededRandom,
} from '@tsmp-internal/testkit';
import { PROFILES, type Profile, type RunResult } from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import type { Board } from '../src/index.js';
import { atMost, cli, folderOf, Output, runProgram, sourceProgram } from './programs.js';
import { SNIPPETS } from './snippets.js';

describe('the minimal board', { timeout: 30_000 }, () => {
  const onMinimal = (text: string) => runProgram(sourceProgram(text), { board: 'minimal' }, atMost(1000));

  it('leaves a program at least 8 KiB', () => {
    const outcome = onMinimal('import gc\ngc.collect()\nprint(gc.mem_free())');
    expect(outcome.stderr).toBe('');
    const free = Number(outcome.stdout);
    console.log(`${free} bytes are free on the minimal board`);
    expect(free).toBeGreaterThanOrEqual(8192);
  });

  it('lets functions recurse at least 12 deep, and then raises RuntimeError', () => {
    const text =
      'd = 0\ndef f(n):\n    global d\n    d = n\n    f(n + 1)\ntry:\n    f(1)\nexcept RuntimeError as e:\n    print(d, e)\n';
    const outcome = onMinimal(text);
    expect(outcome.stdout).toMatch(/^\d+ maximum recursion depth exceeded\n$/);
    const depth = Number.parseInt(outcome.stdout, 10);
    console.log(`functions recurse ${depth} deep on the minimal board`);
    expect(depth).toBeGreaterThanOrEqual(12);
  });

  it('runs real programs', async () => {
    const ran: string[] = [];
    for (const program of corpusPrograms('examples')) {
      const { stdout, status } = runProgram(program, { board: 'minimal' }, atMost(1000));
      if (status !== 0) continue;
      if (stdout === (await expectedOutput(program))) ran.push(program.name);
    }
    console.log(`on the minimal board run: ${ran.join(' ')}`);
    expect(ran).toContain('examples/tiny_thermostat.py');
  });
});

describe('memory that runs out', { timeout: 30_000 }, () => {
  const LOOPS: Readonly<Record<string, string>> = {
    list: 'x = []\nwhile True: x.append(1)',
    'list of lists': 'x = []\nwhile True: x = [x]',
    'list extend': 'x = [1]\nwhile True: x.extend(x)',
    'list multiplied': 'x = [1]\nwhile True: x = x * 2',
    tuple: 'x = ()\nwhile True: x = x + (1, 2)',
    'tuple nested': 'x = ()\nwhile True: x = (x,)',
    dict: 'x = {}\ni = 0\nwhile True:\n    x[i] = i\n    i += 1',
    'dict of strings': 'x = {}\ni = 0\nwhile True:\n    x["key%d" % i] = i\n    i += 1',
    set: 'x = set()\ni = 0\nwhile True:\n    x.add(i)\n    i += 1',
    frozenset: 'x = frozenset()\ni = 0\nwhile True:\n    x = x | {i}\n    i += 1',
    bytearray: 'x = bytearray()\nwhile True: x.append(1)',
    'bytearray extend': 'x = bytearray(1)\nwhile True: x += x',
    bytes: 'x = b"a"\nwhile True: x = x + x',
    str: 'x = "a"\nwhile True: x = x + x',
    'str format': 'x = "a"\nwhile True: x = "{}{}".format(x, x)',
    'str percent': 'x = "a"\nwhile True: x = "%s%s" % (x, x)',
    'str join': 'x = "a"\nwhile True: x = "".join([x, x, x])',
    'str replace': 'x = "ab"\nwhile True: x = x.replace("a", "aab")',
    repr: 'x = ["a" * 50]\nwhile True: x = x + [repr(x)]',
    int: 'x = 3\nwhile True: x = x * x',
    'int shift': 'x = 1\nwhile True: x = (x << 500) | x',
    array: 'from array import array\nx = array("i")\nwhile True: x.append(1)',
    deque: 'from collections import deque\nx = deque((), 1000000)\nwhile True: x.append(1)',
    closure: 'x = None\ndef f(y):\n    return lambda: y\nwhile True: x = f(x)',
    generator: 'x = []\ndef g():\n    yield 1\nwhile True: x.append(g())',
    instance: 'class C: pass\nx = None\nwhile True:\n    y = C()\n    y.next = x\n    x = y',
    attributes: 'class C: pass\nx = C()\ni = 0\nwhile True:\n    setattr(x, "a%d" % i, i)\n    i += 1',
    class: 'x = []\nwhile True: x.append(type("C", (), {}))',
    'bound methods': 'x = []\nwhile True: x.append(x.append)',
    floats: 'x = []\ny = 0.5\nwhile True:\n    y += 1.0\n    x.append(y)',
    iterators: 'x = []\nwhile True: x = iter([x])',
    'list of range': 'x = list(range(1 << 28))',
    'bytes of size': 'bytes(1 << 29)',
    'bytearray of size': 'bytearray(1 << 29)',
    comprehension: 'x = [i for i in range(1 << 28)]',
    sorted: 'x = sorted(range(1 << 28))',
    'sum of lists': 'x = [1]\nwhile True: x = sum([x, x], [])',
    'exec of names': 'i = 0\nwhile True:\n    exec("name%d = %d" % (i, i))\n    i += 1',
    memoryview: 'x = []\nb = bytearray(8)\nwhile True: x.append(memoryview(b))',
    slices: 'x = [1] * 100\ny = []\nwhile True: y.append(x[:])',
    zip: 'x = None\nwhile True: x = zip([x], [x])',
    map: 'x = []\nwhile True: x = map(len, [x])',
    namedtuple: 'from collections import namedtuple\nx = []\nwhile True: x.append(namedtuple("N", "a b"))',
  };
  for (const [name, text] of Object.entries(LOOPS)) {
    it(`raises MemoryError: ${name}`, () => {
      const board: Profile = {
        ...(PROFILES.unix32 as Profile),
        name: 'small',
        flashSize: 256 * 1024,
        ramSize: 64 * 1024,
        pythonStack: 8192,
      };
      const outcome = runProgram(sourceProgram(text), { board }, atMost(200));
      expect(outcome.result.reason).toBe('raised');
      expect(outcome.stderr).toMatch(/(^|\n)MemoryError: (memory allocation failed, allocating \d+ bytes)?\n$/);
      outcome.board.vm.heap.check();
    });
  }
});

describe('the Nth allocation fails', { timeout: 30_000 }, () => {
  const board: Profile = {
    ...(PROFILES.coverage32 as Profile),
    name: 'fails',
    flashSize: 256 * 1024,
    ramSize: 128 * 1024,
    pythonStack: 16384,
  };

  /** Runs a started program to its end; sleeping is skipped. */
  function runOut(b: Board): RunResult {
    for (const next = atMost(1000); ; ) {
      const r = b.run(next());
      if (r.reason === 'waiting' && Math.min(r.until, b.vm.clock.nextDue()) < Number.POSITIVE_INFINITY)
        b.skipTo(r.until);
      else if (r.reason !== 'budget') return r;
    }
  }

  /** Runs with the `n`th allocation failing; answers whether there was one. */
  function failing(program: CorpusProgram, n: number): boolean {
    const out = new Output();
    const b = new cli.Board({ board, stdout: out.write, folder: folderOf(program.files) });
    const { heap } = b.vm;
    heap.failAfter = n;
    b.start(program.source, program.fileName);
    const r = runOut(b);
    const happened = heap.failAfter === -1;
    heap.failAfter = -1;
    if (r.reason === 'raised') b.reportException(r.exception);
    if (r.reason !== 'done' && !(r.reason === 'raised' && out.text.endsWith('\n')))
      throw new Error(`allocation ${n}: ${r.reason}`);
    if (r.reason === 'raised') {
      const last = out.text.trimEnd().split('\n').at(-1);
      expect(`allocation ${n}: ${last}`).toMatch(/: MemoryError:/);
    }
    heap.check();
    heap.collect();
    heap.check();
    return happened;
  }

  for (const [name, text] of Object.entries(SNIPPETS)) {
    it(name, () => {
      let n = 1;
      while (failing(sourceProgram(text), n)) n++;
      expect(n).toBeLessThan(1500);
    });
  }

  it('in 300 places of the corpus', () => {
    const random = seededRandom(300);
    const programs = conformancePrograms();
    const failures: string[] = [];
    for (let i = 0; i < 300; i++) {
      const program = programs[random(programs.length)] as CorpusProgram;
      const n = 1 + random(250);
      const out = new Output();
      const b = new cli.Board({ board, stdout: out.write, folder: folderOf(program.files) });
      try {
        b.vm.heap.failAfter = n;
        b.start(program.source, program.fileName);
        const r = runOut(b);
        b.vm.heap.failAfter = -1;
        if (r.reason !== 'done' && r.reason !== 'raised') throw new Error(r.reason);
        b.vm.heap.check();
      } catch (e) {
        failures.push(`${program.name}, allocation ${n}: ${(e as Error).stack}`);
      }
    }
    if (failures.length > 0) throw new Error(failures.join('\n'));
  });
});
