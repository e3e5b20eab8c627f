import { describe, expect, it } from 'vitest';
import { runReference } from '../src/index.js';

describe('runReference', () => {
  it('gives what the program printed', async () => {
    expect(await runReference('print("hé", 6 * 7)')).toEqual({ stdout: 'hé 42\n', exitOk: true, traceback: '' });
  });

  it('keeps the output before an exception, and the traceback', async () => {
    const result = await runReference('print(1)\n1/0\n');
    expect(result.stdout).toBe('1\n');
    expect(result.exitOk).toBe(false);
    expect(result.traceback).toBe(
      'Traceback (most recent call last):\n  File "<stdin>", line 2, in <module>\nZeroDivisionError: divide by zero\n',
    );
  });

  it('tells exit statuses apart', async () => {
    expect((await runReference('raise SystemExit')).exitOk).toBe(true);
    expect((await runReference('raise SystemExit(0)')).exitOk).toBe(true);
    expect((await runReference('raise SystemExit(3)')).exitOk).toBe(false);
    expect((await runReference('raise SystemExit(30)')).exitOk).toBe(false);
  });

  it('gives each run a fresh instance, also when they are started together', async () => {
    const [first, second] = await Promise.all([
      runReference('import m\nm.value += 1\nprint(m.value)', { files: { 'm.py': 'value = 1' } }),
      runReference('try:\n import m\nexcept ImportError as e:\n print(e)'),
    ]);
    expect(first.stdout).toBe('2\n');
    expect(second.stdout).toBe("no module named 'm'\n");
  });

  it('makes the folders of its files', async () => {
    const files = { 'pkg/sub/a.py': 'x = 5', 'data.bin': Uint8Array.of(0, 255) };
    const source = 'from pkg.sub.a import x\nprint(x, open("data.bin", "rb").read())';
    expect((await runReference(source, { files })).stdout).toBe("5 b'\\x00\\xff'\n");
  });

  it('starts with the heap it is told to', async () => {
    const total = async (heapSize: number) => {
      const { stdout } = await runReference('import micropython\nmicropython.mem_info()', { heapSize });
      return Number(/GC: total: (\d+)/.exec(stdout)?.[1]);
    };
    const small = await total(64 * 1024);
    expect(small).toBeGreaterThan(60 * 1024);
    expect(small).toBeLessThanOrEqual(64 * 1024);
    expect((await total(256 * 1024)) / small).toBeCloseTo(4, 0);
  });
});
