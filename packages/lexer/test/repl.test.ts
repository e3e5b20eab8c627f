import { describe, expect, it } from 'vitest';
import { isComplete } from '@tsmp/lexer';

describe('isComplete', () => {
  it.each([
    '',
    '1',
    'x = 1',
    'print("hi")',
    '(1)',
    ')',
    '"""a"""',
    "'(",
    '"[',
    "'it''s'",
    'iffy',
    'form = 1',
    'tryst',
    'x if y else z',
    'if x:\n  y\n',
    'for x in y: pass\n',
    'def f(): pass\n',
    '@d\ndef f(): pass\n',
    'async def f(): pass\n',
    "'\\'('",
    '# comment',
    'match x:',
    'x = "\\\\"',
    'else:',
    ' if x:',
    '1\0(',
  ])('%j is complete', (source) => {
    expect(isComplete(source)).toBe(true);
  });

  it.each([
    '(',
    'f(1,',
    '[1, 2',
    '{',
    '{"a": (1)',
    '([)',
    '"""a',
    "'''",
    "x = '''a\n",
    '"""a\'\'\'',
    'x = \\',
    '\\',
    "'a\\",
    'if',
    'if x:',
    'if(x):',
    'if x:\n  y',
    'while 1:',
    'for x in y:',
    'try:',
    'with a:',
    'def f():',
    'class A:',
    '@d',
    'async def f():',
    'for x in y: pass',
    '# (',
    'ifé',
    '(\0)',
  ])('%j wants more', (source) => {
    expect(isComplete(source)).toBe(false);
  });

  it('does not count brackets while a plain quote is open', () => {
    expect(isComplete('f(") ')).toBe(true);
    expect(isComplete('f(")"')).toBe(false);
  });

  it('skips escaped quotes only inside quotes', () => {
    expect(isComplete(String.raw`'\''`)).toBe(true);
    expect(isComplete(String.raw`'''\'''`)).toBe(false);
    expect(isComplete(String.raw`\''''`)).toBe(false);
  });

  it('can leave async out', () => {
    expect(isComplete('async def f():', { asyncAwait: false })).toBe(true);
  });
});
