/**
 * The corpus mentions every name that a program can use: built-in functions, types and their methods, modules and what is in
 * them. What the feature is for is up to the programs; this finds what nobody has written a program for.
 */
import { conformancePrograms } from '@tsmp-internal/testkit';
import { expect, it } from 'vitest';
import { cli, Output } from './programs.js';

/** Prints a line `owner name` for everything there is. */
const LISTING = `
import builtins
def show(owner, o):
    for name in sorted(dir(o)):
        print(owner, name)
show('builtins', builtins)
for name in dir(builtins):
    v = getattr(builtins, name)
    if type(v) is type:
        show(name, v)
def gen():
    yield
show('generator', gen())
show('function', gen)
for name in MODULES:
    m = __import__(name)
    show(name, m)
    for n in dir(m):
        v = getattr(m, n)
        if type(v) is type:
            show(name + '.' + n, v)
`;

/** Modules of the language; those of boards and networks have tests of their own. */
const MODULES = [
  'array',
  'binascii',
  'cmath',
  'collections',
  'deflate',
  'errno',
  'gc',
  'heapq',
  'io',
  'json',
  'marshal',
  'math',
  'micropython',
  'platform',
  'random',
  're',
  'struct',
  'sys',
  'time',
  'weakref',
  'string',
];

/** Names without a program, and why. */
const EXCUSED: Readonly<Record<string, string>> = {
  __repl_print__: 'called by the prompt; packages/cli/test has it',
  ViperTypeError: 'only code in viper raises it, which there is none of',
  ilistdir: 'files: packages/machine/test',
  kbd_intr: 'the console: packages/cli/test',
  mem_info: 'addresses and figures: packages/cli/test/report.test.ts',
  qstr_info: 'addresses and figures: packages/cli/test/report.test.ts',
};

it('every name of the language is in a program', () => {
  const out = new Output();
  const board = new cli.Board({ board: 'coverage32', heap: 1 << 20, stdout: out.write });
  board.start(new TextEncoder().encode(`MODULES = ${JSON.stringify(MODULES)}\n${LISTING}`), 'names.py');
  expect(board.runToEnd().reason).toBe('done');
  const programs = conformancePrograms();
  expect(programs.length).toBeGreaterThanOrEqual(300);
  const words = new Set<string>();
  for (const p of programs) for (const w of new TextDecoder().decode(p.source).match(/\w+/g) ?? []) words.add(w);
  const lines = out.text.trim().split('\n');
  expect(lines.length).toBeGreaterThan(500);
  const missing = lines.filter((line) => {
    const name = line.split(' ')[1] as string;
    return !words.has(name) && EXCUSED[name] === undefined;
  });
  expect(missing).toEqual([]);
  // an excuse goes when there is a program
  expect(Object.keys(EXCUSED).filter((name) => words.has(name))).toEqual([]);
});
