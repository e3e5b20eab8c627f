import { describe, expect, it } from 'vitest';
import { compile, CompileError, type CompileOptions } from '../src/index.js';

function errorOf(source: string | Uint8Array, options: CompileOptions = {}): CompileError {
  try {
    compile(source, { fileName: 't.py', ...options });
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
  throw new Error('it compiled');
}

/** Source, then the message (a SyntaxError unless it says otherwise), the line and the block. */
const CASES: readonly (readonly [string, string, number, string | null])[] = [
  ['a b', 'invalid syntax', 1, null],
  ['x\n(', 'invalid syntax', 3, null],
  ["'abc", 'invalid syntax', 1, null],
  ['if a:\nb', 'invalid syntax', 2, null],
  [' a', 'IndentationError: unexpected indent', 1, null],
  ['a\n  b', 'IndentationError: unexpected indent', 2, null],
  ['if a:\n    b\n  c', "IndentationError: unindent doesn't match any outer indent level", 2, null],
  ["f'{}'", 'malformed f-string', 1, null],
  ['x = 0123', "invalid syntax for integer with base 0: '0123'", 1, null],
  ['x = 0x', "invalid syntax for integer with base 16: ''", 1, null],
  ['x = 0b12', "invalid syntax for integer with base 2: '12'", 1, null],
  ['x = 12a', "invalid syntax for integer with base 10: '12a'", 1, null],
  ['x = 1e', 'invalid syntax for number', 1, null],
  ['x = 1.2.3', 'invalid syntax for number', 1, null],
  ['\nA = const(x)', 'not a constant', 2, null],
  ['1 = a', "can't assign to expression", 1, '<module>'],
  ['a\nf() = 1', "can't assign to expression", 2, '<module>'],
  ['a + b = 1', "can't assign to expression", 1, '<module>'],
  ['(a, b) += 1', "can't assign to expression", 1, '<module>'],
  ['() = a', "can't assign to expression", 1, '<module>'],
  ['[a for a in b] = c', "can't assign to expression", 1, '<module>'],
  ['if (1 := 2): pass', "can't assign to expression", 1, '<module>'],
  ['*a, *b = c', 'multiple *x in assignment', 1, '<module>'],
  ['a = *b', '*x must be assignment target', 1, '<module>'],
  ['del f()', "can't delete expression", 1, '<module>'],
  ['del 1', "can't delete expression", 1, '<module>'],
  ['del ()', "can't delete expression", 1, '<module>'],
  ['break', "'break'/'continue' outside loop", 1, '<module>'],
  ['def f():\n  continue', "'break'/'continue' outside loop", 2, 'f'],
  ['return', "'return' outside function", 1, '<module>'],
  ['class A:\n  return 1', "'return' outside function", 2, 'A'],
  ['yield', "'yield' outside function", 1, '<module>'],
  ['await a', "'await' outside function", 1, '<module>'],
  ['def f():\n  async for a in b: pass', 'async for/with outside async function', 2, 'f'],
  ['def f(a=1, b): pass', 'non-default argument follows default argument', 1, '<module>'],
  ['def f(a, a): pass', 'argument name reused', 1, 'f'],
  ['def f(**a, b): pass', 'invalid syntax', 1, 'f'],
  ['def f(*a, *b): pass', 'invalid syntax', 1, 'f'],
  ['lambda *a, *b: 0', 'invalid syntax', 1, '<lambda>'],
  ['f(a=1, b)', 'positional arg after keyword arg', 1, '<module>'],
  ['f(**a, b)', 'positional arg after **', 1, '<module>'],
  ['f(**a, *b)', '* arg after **', 1, '<module>'],
  ['f(a=1, *b)', '* arg after kwarg', 1, '<module>'],
  ['f(1=2)', 'LHS of keyword arg must be an id', 1, '<module>'],
  [`f(${'a, '.repeat(30)}*b)`, 'too many args', 1, '<module>'],
  ['nonlocal a', "can't declare nonlocal in outer code", 1, '<module>'],
  ['def f():\n  nonlocal a', 'no binding for nonlocal found', 2, 'f'],
  ['def f(a):\n  def g():\n    a = 1\n    nonlocal a', 'identifier redefined as nonlocal', 4, 'g'],
  ['def f():\n  a = 1\n  global a', 'identifier redefined as global', 3, 'f'],
  ['def f(): from a import *', 'import * not at module level', 1, 'f'],
  ['try: a\nexcept: b\nexcept C: d', "default 'except' must be last", 2, '<module>'],
  ['{a: b, c}', 'expecting key:value for dict', 1, '<module>'],
  ['{a, b: c}', 'expecting just a value for set', 1, '<module>'],
  ['def f(): super()', "super() can't find self", 1, 'f'],
  ['@micropython.nothing\ndef f(): pass', 'invalid micropython decorator', 1, '<module>'],
  ['@micropython\ndef f(): pass', 'invalid micropython decorator', 1, '<module>'],
  ['@micropython.native\ndef f(): pass', 'invalid arch', 1, '<module>'],
  ['@micropython.asm_thumb\ndef f(): pass', 'invalid arch', 1, '<module>'],
];

describe('errors', () => {
  for (const [source, text, line, block] of CASES) {
    it(JSON.stringify(source.slice(0, 50)), () => {
      const error = errorOf(source);
      const expected = text.startsWith('IndentationError') ? text : `SyntaxError: ${text}`;
      expect([`${error.type}: ${error.message}`, error.line, error.block]).toEqual([expected, line, block]);
    });
  }

  it('are shown as MicroPython shows them', () => {
    expect(errorOf('def f():\n  break').format()).toBe(
      "Traceback (most recent call last):\n  File \"t.py\", line 2, in f\nSyntaxError: 'break'/'continue' outside loop",
    );
    expect(errorOf('a b').format()).toBe(
      'Traceback (most recent call last):\n  File "t.py", line 1\nSyntaxError: invalid syntax',
    );
  });

  it('tell the column that the parser was at', () => {
    expect(errorOf('a = b c').column).toBe(7);
  });

  it('of a name that is too long have no traceback', () => {
    expect(() => compile('a'.repeat(255))).not.toThrow();
    for (const source of ['a'.repeat(256), 'é'.repeat(128), `import ${'a'.repeat(200)}.${'b'.repeat(55)}`]) {
      expect(errorOf(source).format()).toBe('RuntimeError: name too long');
    }
  });

  it('of the lexer keep their type', () => {
    expect(errorOf("'\\N{BULLET}'").type).toBe('NotImplementedError');
  });

  it('come from the innermost statement if the place itself has no line', () => {
    expect(errorOf('a\nif b:\n  c\n  1 = d\n').line).toBe(4);
  });

  it('come in the order of the scopes, not of the source', () => {
    expect(errorOf('def f():\n  return = 1\n').line).toBe(2);
    expect(errorOf('def f():\n  break\ncontinue\n').line).toBe(3);
  });

  it('of options name the option', () => {
    expect(() => compile('', { smallIntBits: 0 })).toThrow(/smallIntBits/);
    expect(() => compile('', { optLevel: -1 as 0 })).toThrow(/optLevel/);
    expect(() => compile('', { floatBits: 16 as 32 })).toThrow(/floatBits/);
    expect(() => compile('', { kind: 'exec' as 'file' })).toThrow(/kind/);
  });
});

describe('hostile sources', () => {
  const deep: Record<string, string> = {
    parentheses: `${'('.repeat(5000)}1${')'.repeat(5000)}`,
    brackets: `${'['.repeat(3000)}${']'.repeat(3000)}`,
    tuples: `a = ${'('.repeat(5000)}1${',)'.repeat(5000)}`,
    calls: `${'f('.repeat(3000)}${')'.repeat(3000)}`,
    lambdas: `${'lambda: '.repeat(3000)}0`,
    nots: `if ${'not '.repeat(3000)}a: b`,
    conditions: `if ${'(a or b and '.repeat(3000)}c${')'.repeat(3000)}: d`,
    powers: `a = ${'b ** '.repeat(3000)}b`,
    targets: `${'['.repeat(3000)}a${']'.repeat(3000)} = b`,
    deletions: `del ${'(a, '.repeat(3000)}b${')'.repeat(3000)}`,
    managers: `with ${'a, '.repeat(3000)}b: pass`,
    comprehensions: `[a ${'for b in c '.repeat(3000)}]`,
  };
  for (const [name, source] of Object.entries(deep)) {
    it(`that nest ${name} too deeply are refused, or compile`, () => {
      try {
        compile(source);
      } catch (error) {
        expect(error).toBeInstanceOf(CompileError);
        expect((error as CompileError).message).toBe('maximum recursion depth exceeded');
      }
    });
  }

  it('may nest as deep as people write', () => {
    expect(() => compile(`a = ${'('.repeat(90)}b + 1${') * c'.repeat(90)}`)).not.toThrow();
    let source = '';
    for (let i = 0; i < 90; i++) source += `${' '.repeat(i)}if a:\n`;
    expect(() => compile(`${source}${' '.repeat(90)}b\n`)).not.toThrow();
  });

  it('with huge powers and shifts are left for run time', () => {
    const module = compile('a = 1 << 10000000; b = 3 ** 3 ** 20; c = -1 << 1 << 5000000');
    expect(module.constants.filter((constant) => constant.kind === 'int' && constant.value > 1n << 5000000n)).toEqual(
      [],
    );
  });

  it('with very long numbers are linear', () => {
    expect(() => compile(`a = ${'1'.repeat(20000)}`)).not.toThrow();
    expect(errorOf(`a = ${'1'.repeat(100000)}.1.1`).message).toBe('invalid syntax for number');
    expect(errorOf(`a = ${'1'.repeat(100000)}z`).message).toMatch(/^invalid syntax for integer with base 10/);
  });
});
