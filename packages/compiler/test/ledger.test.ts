import { describe, expect, it } from 'vitest';
import { compile, CompileError, type CompileLedger, type CompileOptions } from '../src/index.js';
import { readSnippets } from './snippets.js';

/** A ledger that holds the compiler to its word: every block is used only while it exists and has the size it says. */
class StrictLedger implements CompileLedger {
  total = 0;
  peak = 0;
  current = 0;
  dropped = 0;
  canExtend = true;
  private readonly sizes = new Map<number, number>();
  private next = 1;

  get live(): number {
    return this.sizes.size;
  }

  alloc(bytes: number): number {
    this.sizes.set(this.next, bytes);
    this.count(bytes);
    return this.next++;
  }

  realloc(block: number, oldBytes: number, newBytes: number): number {
    this.expectBlock(block, oldBytes);
    this.sizes.delete(block);
    this.sizes.set(this.next, newBytes);
    this.count(newBytes - oldBytes);
    return this.next++;
  }

  resizeInPlace(block: number, oldBytes: number, newBytes: number): boolean {
    this.expectBlock(block, oldBytes);
    if (newBytes > oldBytes && !this.canExtend) return false;
    this.sizes.set(block, newBytes);
    this.count(newBytes - oldBytes);
    return true;
  }

  free(block: number, bytes: number): void {
    this.expectBlock(block, bytes);
    this.sizes.delete(block);
    this.current -= bytes;
  }

  drop(block: number, bytes: number): void {
    this.free(block, bytes);
    this.dropped++;
  }

  private expectBlock(block: number, bytes: number): void {
    expect(this.sizes.get(block)).toBe(bytes);
  }

  private count(bytes: number): void {
    this.total += bytes;
    this.current += bytes;
    this.peak = Math.max(this.peak, this.current);
  }
}

function run(source: string, options: CompileOptions = {}, canExtend = true): StrictLedger {
  const ledger = new StrictLedger();
  ledger.canExtend = canExtend;
  compile(source, { hostBits: 32, ledger, ...options });
  return ledger;
}

/** What a module takes when it has been compiled: its tables and three objects, which the compiler leaves to others. */
function total(source: string): number {
  const module = compile(source);
  return run(source).total + 56 + 4 * (Math.ceil(module.qstrs.length / 2) + module.constants.length);
}

describe('the ledger', () => {
  // What micropython.mem_total() says that compile() takes on the 32-bit unix port.
  const CASES: readonly (readonly [string, number])[] = [
    ['', 1123],
    ['x', 1166],
    ['x=1\ny=2', 1202],
    ['f(a,b,c)', 1274],
    ['x="hello world this is"', 1219],
    ['x=1.5', 1195],
    ['x=1.5+2.5', 1243],
    ['x=(1,2,3)', 1203],
    ['x=123456789012345678901234567890', 1231],
    ['def f(a): return a', 1297],
    ['def f(a,b,c,d,e): return a', 1498],
    ['class A: pass', 1353],
    ['[x for x in y]', 1399],
    [`x = ${'('.repeat(20)}a${')'.repeat(20)}`, 3471],
    [`x = ${'('.repeat(5)}a if b else c${')'.repeat(5)}`, 1651],
    ['a;b;c;d;e;f;g;h;i;j;k;l;m;n;o;p', 2255],
  ];
  for (const [source, bytes] of CASES) {
    it(`sees ${bytes} bytes for ${JSON.stringify(source)}`, () => {
      expect(total(source)).toBe(bytes);
    });
  }

  it('gets every block back, whether nodes find room behind each other or not', () => {
    for (const { source } of readSnippets()) {
      const roomy = run(source);
      expect([roomy.live, roomy.current]).toEqual([0, 0]);
      const cramped = run(source, {}, false);
      expect([cramped.live, cramped.current]).toEqual([0, 0]);
      expect(cramped.total).toBeGreaterThanOrEqual(roomy.total);
    }
  });

  it('gets every block back after an error', () => {
    for (const source of [
      'a b',
      'def f(:',
      "'",
      'x = 1\nbreak',
      '$',
      'a = 1e',
      "x = '\\N{X}'",
      `f(${'a('.repeat(40)}`,
    ]) {
      const ledger = new StrictLedger();
      expect(() => compile(source, { ledger })).toThrow(CompileError);
      expect([ledger.live, ledger.current]).toEqual([0, 0]);
    }
  });

  it('may refuse, which ends compiling', () => {
    class OutOfMemory extends Error {}
    const limit = run('def f(a, b):\n  return [x for x in a if x > b]\n').total;
    for (let allowed = 0; allowed < limit; allowed += 64) {
      const ledger = new StrictLedger();
      const { alloc } = StrictLedger.prototype;
      ledger.alloc = function (this: StrictLedger, bytes: number) {
        if (this.total + bytes > allowed) throw new OutOfMemory();
        return alloc.call(this, bytes);
      };
      expect(() => compile('def f(a, b):\n  return [x for x in a if x > b]\n', { ledger })).toThrow(OutOfMemory);
    }
  });
});
