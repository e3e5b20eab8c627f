/** Loading `.mpy` files: as the program, by import from a folder and from files in memory; and what is refused. */
import { compile } from '@tsmp/compiler';
import { writeMpy } from '@tsmp/mpy-format';
import { describe, expect, it } from 'vitest';
import { cli, folderOf, Output } from './programs.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function mpyOf(source: string, fileName: string): Uint8Array {
  return writeMpy(compile(source, { fileName }));
}

const library = mpyOf(
  'VALUE = (1, 2.5, "drei", b"4", 5 << 70)\ndef twice(x):\n    return [x for _ in range(2)]\n',
  'lib.py',
);

/** What a program prints, with `files` on the board. */
function printed(program: Uint8Array, name: string, files: Record<string, Uint8Array>, inMemory = false): string {
  const out = new Output();
  const map = new Map(Object.entries(files));
  const where = inMemory
    ? {
        files: {
          stat: (path: string): 0 | 1 | 2 => (map.has(path) ? 2 : 0),
          read: (path: string) => map.get(path) as Uint8Array,
        },
      }
    : { folder: folderOf(map) };
  const board = new cli.Board({ board: 'unix32', stdout: out.write, ...where });
  board.start(program, name);
  const r = board.runToEnd();
  if (r.reason === 'raised') board.reportException(r.exception);
  return out.text;
}

describe('a .mpy file', () => {
  const use = 'import lib\nprint(lib.VALUE, lib.twice(7), lib.__file__)\n';
  const expected = "(1, 2.5, 'drei', b'4', 5902958103587056517120) [7, 7] lib.mpy\n";

  it('is imported from a folder and from memory', () => {
    expect(printed(encode(use), 'main.py', { 'lib.mpy': library })).toBe(expected);
    expect(printed(encode(use), 'main.py', { 'lib.mpy': library }, true)).toBe(expected);
  });

  it('runs as the program', () => {
    const main = mpyOf(`${use}print(__name__, __file__)\n`, 'main.py');
    expect(printed(main, 'main.mpy', { 'lib.mpy': library })).toBe(`${expected}__main__ main.mpy\n`);
  });

  it('is looked for behind the source of the same name', () => {
    expect(
      printed(encode('import lib\nprint(lib.x)\n'), 'main.py', { 'lib.mpy': library, 'lib.py': encode('x = 3\n') }),
    ).toBe('3\n');
  });

  it('is refused where MicroPython refuses it, with its words', () => {
    const changed = (...bytes: readonly (readonly [number, number])[]): Uint8Array => {
      const out = library.slice();
      for (const [at, value] of bytes) out[at] = value;
      return out;
    };
    const incompatible = 'ValueError: incompatible .mpy file\n';
    const files: [Uint8Array, string][] = [
      [changed([0, 0x4e]), incompatible],
      [changed([1, 5]), incompatible],
      [changed([1, 7]), incompatible],
      [changed([3, 32]), incompatible],
      // native code: of another sub-version, of this one, with flags
      [changed([2, (6 << 2) | 2]), incompatible],
      [changed([2, (6 << 2) | 3]), 'ValueError: native code in .mpy unsupported\n'],
      [changed([2, 0x40]), incompatible],
      [library.slice(0, 40), incompatible],
      [new Uint8Array(0), incompatible],
    ];
    const program = encode('try:\n    import lib\nexcept ValueError as e:\n    print("ValueError:", e)\n');
    for (const [bytes, text] of files) expect(printed(program, 'main.py', { 'lib.mpy': bytes })).toBe(text);
    expect(printed(changed([1, 5]), 'main.mpy', {})).toContain(incompatible);
  });

  it('that would harm the interpreter is refused', () => {
    // RETURN_VALUE of an empty stack
    const bytes = Uint8Array.of(0x4d, 6, 0, 31, 1, 0, 6, 0x78, 0x2e, 0x70, 0, 0x20, 0, 2, 0, 0x63);
    expect(printed(bytes, 'main.mpy', {})).toContain('ValueError: incompatible .mpy file\n');
  });
});
