/** `tsmp compile` takes mpy-cross's command line: a table of lines, with what mpy-cross (v1.29.0-preview) prints and how it ends. */
import { describe, expect, it } from 'vitest';
import { type CrossRequest, parseCross, USAGE } from '../src/commands/mpy-cross.js';

/** What a compilation is asked for, without what is left at its default. */
function asked(...argv: string[]): Partial<CrossRequest> | string {
  const r = parseCross(argv);
  if (r.kind === 'end') return `${r.status} ${r.stdout === USAGE ? 'usage' : r.stdout}${r.stderr}`.trimEnd();
  const defaults: Record<string, unknown> = { kind: 'compile', optLevel: 0, smallIntBits: 31, sourceLines: true };
  return Object.fromEntries(Object.entries(r).filter(([key, value]) => value !== undefined && value !== defaults[key]));
}

describe("mpy-cross's command line", () => {
  it('names a file, a target and a source', () => {
    expect(asked('a.py')).toEqual({ input: 'a.py' });
    expect(asked('-')).toEqual({ input: '-' });
    expect(asked('-o', '-', 'a.py')).toEqual({ input: 'a.py', output: '-' });
    expect(asked('a.py', '-o', 'out.mpy', '-s', 'lib\\a.py')).toEqual({
      input: 'a.py',
      output: 'out.mpy',
      sourceName: 'lib/a.py',
    });
    expect(asked('--', '-v')).toEqual({ input: '-v' });
    expect(asked('a.py', '--')).toEqual({ input: 'a.py' });
    expect(asked('-s', '-s', 'a.py')).toEqual({ input: 'a.py', sourceName: '-s' });
  });

  it('has optimisation levels', () => {
    const levels = ['-O', '-O0', '-O3', '-O9', '-Ox', '-OO3', '-OOO', '-O3x'].map((o) => {
      const r = parseCross([o, 'a.py']);
      return r.kind === 'compile' ? r.optLevel : r;
    });
    expect(levels).toEqual([1, 0, 3, 9, 1, 2, 3, 3]);
  });

  it('has bits of a small int, read as C reads a number', () => {
    const bits = ['16', '0x10', '020', '', ' +31', '-1', '300'].map((text) => {
      const r = parseCross([`-msmall-int-bits=${text}`, 'a.py']);
      return r.kind === 'compile' ? r.smallIntBits : r;
    });
    expect(bits).toEqual([16, 16, 16, 0, 31, 255, 44]);
    for (const text of ['x', '31 ', '1e1', '08']) expect(asked(`-msmall-int-bits=${text}`, 'a.py')).toBe('1 usage');
  });

  it('has implementation options, which count wherever they stand', () => {
    expect(asked('-X', 'no-source-lines', 'a.py')).toEqual({ input: 'a.py', sourceLines: false });
    expect(asked('-X', 'no-source-lines', 'a.py', '-X', 'source-lines')).toEqual({ input: 'a.py' });
    expect(asked('-v', '-v', '-X', 'heapsize=64kw', '-X', 'emit=bytecode', 'a.py')).toEqual({ input: 'a.py' });
    expect(asked('-march-flags=anything', 'a.py')).toEqual({ input: 'a.py' });
  });

  it('is refused as mpy-cross refuses it', () => {
    expect(asked()).toBe('1 no input file');
    expect(asked('a.py', 'b.py')).toBe('1 multiple input files');
    expect(asked('-X', 'emit=native', 'a.py')).toBe('1 arch not specified');
    expect(asked('-march=rv32imc', '-march-flags=foo', 'a.py')).toBe('1 unrecognised arch flags');
    expect(asked('-march=x64', '-march-flags=1', 'a.py')).toBe('1 unrecognised arch flags');
    expect(asked('-march=armv6m')).toBe('1 no input file');
    for (const argv of [['-o'], ['-s'], ['-X'], ['-X', 'foo', 'a.py'], ['-q'], ['-vv', 'a.py'], ['-march=foo', 'a.py']])
      expect(asked(...argv), argv.join(' ')).toBe('1 usage');
  });

  it('says what is not there', () => {
    expect(asked('-march=armv7m', 'a.py')).toBe('1 -march=armv7m: native code is not supported');
    expect(asked('-march=rv32imc', '-march-flags=zba,zcmp', 'a.py')).toBe(
      '1 -march=rv32imc: native code is not supported',
    );
    expect(asked('-march=x64', '-X', 'emit=viper', 'a.py')).toBe('1 -X emit=viper: native code is not supported');
  });

  it('tells its version and its use', () => {
    expect(asked('--version', 'a.py')).toMatch(/^0 MicroPython v\S+ on \d{4}-\d\d-\d\d; mpy-cross emitting mpy v6\.3$/);
    expect(asked('--help')).toContain('0 usage: tsmp mpy-cross');
  });
});
