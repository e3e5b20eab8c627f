import { describe, expect, it } from 'vitest';
import { tokenize } from '@tsmp/lexer';
import { places, show } from './show.js';

describe('lines and blocks', () => {
  it('gives nothing but the end for an empty source', () => {
    expect(show('')).toBe('END');
    expect(show(new Uint8Array(0))).toBe('END');
  });

  it('ends the last line even if the source does not', () => {
    expect(show('x')).toBe('x NL END');
    expect(show('x\n')).toBe('x NL END');
    expect(show('x # c')).toBe('x NL END');
    expect(show('if x:\n  y')).toBe('if x : NL IN y NL DE END');
    expect(show('if x:\n  y\n   ')).toBe('if x : NL IN y NL DE END');
  });

  it('opens and closes blocks', () => {
    expect(show('if a:\n if b:\n  c\nd')).toBe('if a : NL IN if b : NL IN c NL DE DE d NL END');
    expect(show('if a:\n  b\nelse:\n    c\n')).toBe('if a : NL IN b NL DE else : NL IN c NL DE END');
  });

  it('passes over blank lines and comments between lines', () => {
    expect(show('a\n\n  # c\n\n\nb\n')).toBe('a NL b NL END');
    expect(show('\n\na')).toBe('NL a NL END');
    expect(show('# c\na')).toBe('NL a NL END');
    expect(show('if a:\n  b\n# c\n  d\n')).toBe('if a : NL IN b NL d NL DE END');
  });

  it('marks a dedent that matches nothing', () => {
    expect(show('if a:\n    b\n  c\n')).toBe('if a : NL IN b !dedent-mismatch');
    const kinds = [...tokenize('if a:\n    b\n  c\n')].map((t) => t.kind);
    expect(kinds.slice(5)).toEqual(['name', 'dedent-mismatch', 'dedent', 'name', 'newline', 'end']);
  });

  it('marks indentation before the first statement', () => {
    expect(show('  a')).toBe('IN NL END');
    expect(show('\ta')).toBe('IN NL END');
    expect(show('  \na')).toBe('NL a NL END');
    expect(show('\n  a')).toBe('NL IN a NL DE END');
    expect(show('  # c\na')).toBe('NL a NL END');
  });

  it('joins lines in brackets and behind a backslash', () => {
    expect(show('(a,\n  [b\n# c\n],\n)\nd')).toBe('( a , [ b ] , ) NL d NL END');
    expect(show('a = \\\n  b\nc')).toBe('a = b NL c NL END');
    expect(show('a \\\r\n b')).toBe('a b NL END');
    expect(show('a \\ \n b')).toBe('a !invalid');
  });

  it('gives no newline and no dedents with a bracket open at the end', () => {
    expect(show('if x:\n  f(\n')).toBe('if x : NL IN f ( END');
    expect(show('{')).toBe('{ END');
    expect(show(')\na\nb')).toBe(') a b END');
  });

  it('takes CR, LF and CR LF for a line end, mixed', () => {
    const expected = 'a NL b NL c NL d NL END';
    expect(show('a\nb\rc\r\nd')).toBe(expected);
    expect(show('a\r\n\rb\r\r\nc\n\rd\r')).toBe(expected);
    expect(places('a\rb\r\nc')).toEqual(['a@1:1', 'NL@1:2', 'b@2:1', 'NL@2:2', 'c@3:1', 'NL@3:2', 'END@4:1']);
  });

  it('advances tabs to the next multiple of eight columns', () => {
    expect(show('if a:\n\tb\n        c\n')).toBe('if a : NL IN b NL c NL DE END');
    expect(show('if a:\n   \tb\n        c\n')).toBe('if a : NL IN b NL c NL DE END');
    expect(places('a\tb\tcdefghij\tk')).toEqual(['a@1:1', 'b@1:9', 'cdefghij@1:17', 'k@1:33', 'NL@1:34', 'END@2:1']);
    expect(places('a # \tx\n')).toEqual(['a@1:1', 'NL@1:10', 'END@2:1']);
    expect(show('if a:\n\tb\n    c\n', { tabSize: 4 })).toBe('if a : NL IN b NL c NL DE END');
  });

  it('counts form feeds and vertical tabs as one column of space', () => {
    expect(show('a\fb\vc')).toBe('a b c NL END');
    expect(show('if a:\n\fb\n c')).toBe('if a : NL IN b NL c NL DE END');
  });

  it('keeps sixteen bits of an indentation', () => {
    const deep = ' '.repeat(65536);
    expect(show(`if a:\n${deep}b\nc`)).toBe('if a : NL IN b NL c NL END');
  });

  it('stays at the end once there', () => {
    const kinds = [...tokenize('x')].map((t) => t.kind);
    expect(kinds).toEqual(['name', 'newline', 'end']);
  });
});

describe('places', () => {
  it('counts columns in bytes from 1', () => {
    expect(places('é = "日" + x')).toEqual(['é@1:1', '=@1:4', '"日"@1:6', '+@1:12', 'x@1:14', 'NL@1:15', 'END@2:1']);
  });

  it('puts a newline where the line ends and dents where the next begins', () => {
    expect(places('if a:\n  b\n\nc')).toEqual([
      'if@1:1',
      'a@1:4',
      ':@1:5',
      'NL@1:6',
      'IN@2:3',
      'b@2:3',
      'NL@2:4',
      'DE@4:1',
      'c@4:1',
      'NL@4:2',
      'END@5:1',
    ]);
  });

  it('counts lines inside strings and after joined lines', () => {
    expect(places('"""a\nb""" c\\\nd')).toEqual(['"a\\nb"@1:1', 'c@2:6', 'd@3:1', 'NL@3:2', 'END@4:1']);
    expect(places("'a\\\n\tb' c")).toEqual(['"a\\tb"@1:1', 'c@2:12', 'NL@2:13', 'END@3:1']);
  });

  it('counts what f-strings inject, as MicroPython does', () => {
    // `.format((a),)` is 13 columns long.
    expect(places('f"{a}" b').at(-3)).toBe('b@1:21');
  });
});
