import { describe, expect, it } from 'vitest';
import { Lexer, LexError, tokenize } from '@tsmp/lexer';
import { line, show } from './show.js';

describe('f-strings', () => {
  it.each([
    ['f""', '"" . format ( )'],
    ['f"abc"', '"abc" . format ( )'],
    ['f"{a}"', '"{}" . format ( ( a ) , )'],
    ['f"x{a}y{b}z"', '"x{}y{}z" . format ( ( a ) , ( b ) , )'],
    ['f"{a,b,}"', '"{}" . format ( ( a , b , ) , )'],
    ['f"{{}}"', '"{{}}" . format ( )'],
    ['f"{{{a}}}"', '"{{{}}}" . format ( ( a ) , )'],
    ['f"{a!r}{b!s:>4}{c:.2f}"', '"{!r}{!s:>4}{:.2f}" . format ( ( a ) , ( b ) , ( c ) , )'],
    ['f"{a:{w}.{p}}"', '"{:{}.{}}" . format ( ( a ) , ( w ) , ( p ) , )'],
    ['f"{a=}"', '"a={}" . format ( ( a ) , )'],
    ['f"{ a + 1 =}"', '" a + 1 ={}" . format ( ( a + int:1 ) , )'],
    ['f"{a=!r}"', '"a={!r}" . format ( ( a ) , )'],
    ['f"{a!=b}"', '"{}" . format ( ( a != b ) , )'],
    ['f"{a==b}"', '"{}" . format ( ( a == b ) , )'],
    ['f"{x[1:2]}"', '"{}" . format ( ( x [ int:1 : int:2 ] ) , )'],
    ['f"{d["k"]}"', '"{}" . format ( ( d [ "k" ] ) , )'],
    ['f"{ {1: 2} }"', '"{}" . format ( ( { int:1 : int:2 } ) , )'],
    ['rf"\\d{a}"', '"\\\\d{}" . format ( ( a ) , )'],
    ['fr"\\d{a}"', '"\\\\d{}" . format ( ( a ) , )'],
    ['f"\\n\\{a}"', '"\\n\\\\{a}" . format ( )'],
    ["f'''{\na\n}'''", '"{}" . format ( ( a ) , )'],
    ["f'{a\n}'", '"{}" . format ( ( a ) , )'],
    ['"p{}" f"{a}" "q" f"{b}" + c', '"p{}{}q{}" . format ( ( a ) , ( b ) , ) + c'],
    ['f"{f"{a}"}"', '"{}" . format ( ( "{}" . format ( ( a ) , ) ) , )'],
    [
      'f"{f\'{b!r}\' + c:{f"{w}"}}"',
      '"{:{}}" . format ( ( "{!r}" . format ( ( b ) , ) + c ) , ( "{}" . format ( ( w ) , ) ) , )',
    ],
    ['f"{é}"', '"{}" . format ( ( é ) , )'],
    ['f"{a}".x', '"{}" . format ( ( a ) , ) . x'],
    ['f"{x!z}"', '"{}" . format ( ( x !invalid'],
    ["f'{lambda: 1}'", '"{: 1}" . format ( ( lambda ) , )'],
  ])('%s', (source, expected) => {
    expect(line(source)).toBe(expected);
  });

  it('rejects an empty field', () => {
    expect(show('f"{}"')).toBe('!malformed-fstring');
    expect(show('f"{:3}"')).toBe('!malformed-fstring');
    expect(show('f"{!r}"')).toBe('!malformed-fstring');
    expect(show('f"{=}"')).toBe('!malformed-fstring');
    expect(show('f"{}" f"\\n"')).toBe('!malformed-fstring');
  });

  it('passes over what upstream does: spaces are no empty field, an escape hides one', () => {
    expect(line('f"{ }"')).toBe('"{}" . format ( ( ) , )');
    expect(show('f"{}\\n"')).toBe('!invalid');
  });

  it('rejects one that does not end', () => {
    for (const source of ['f"', 'f"{', 'f"{a', 'f"{a}', "f'''{a}'", 'f"{a:', 'f"{[a}"']) {
      expect(show(source), source).toMatch(/^!(lonely-string-open|malformed-fstring)$/);
    }
  });

  it('injects nothing behind an error', () => {
    expect([...tokenize('? f"{a}"\n')].map((t) => t.kind)).toEqual(['invalid', 'string', 'newline', 'end']);
  });

  it('can be turned off', () => {
    expect(line('f"{a}"', { fstrings: false })).toBe('f "{a}"');
    expect(line('rf"{a}"', { fstrings: false, tstrings: true })).toBe('rf "{a}"');
  });

  it('says where in the source a field stands', () => {
    const source = 'é = f"é{ab!r:{c}}" + d\n';
    const found = [...tokenize(source)].filter((t) => t.kind === 'name');
    expect(found.map((t) => [t.text, source.slice(t.start, t.end), t.injected])).toEqual([
      ['é', 'é', false],
      ['format', '', true],
      ['ab', 'ab', true],
      ['c', 'c', true],
      ['d', 'd', false],
    ]);
    const string = [...tokenize(source)].find((t) => t.kind === 'string');
    expect(source.slice(string?.start, string?.end)).toBe('f"é{ab!r:{c}}"');
  });

  it('says so through several levels, and across CR LF', () => {
    const source = 'x\r\ny = f"""{f\'{inner}\'}\r\n{outer}"""\r\nz\r\n';
    const found = [...tokenize(source)].filter((t) => t.kind === 'name' && t.text !== 'format');
    expect(found.map((t) => source.slice(t.start, t.end))).toEqual(['x', 'y', 'inner', 'outer', 'z']);
  });

  it('expands very many of them, and large ones', () => {
    const many = 'p(f"{a}{b}")\n'.repeat(300);
    expect([...tokenize(many)].filter((t) => t.text === 'format').length).toBe(300);
    const wide = `f"${'{a}'.repeat(500)}"`;
    expect([...tokenize(wide)].filter((t) => t.text === 'a').length).toBe(500);
    const deep = `${'f"{'.repeat(100)}1${'}"'.repeat(100)}`;
    expect([...tokenize(deep)].filter((t) => t.text === 'format').length).toBe(100);
  });

  it('gives up on nesting that would fill all memory', () => {
    const deep = `${'f"{'.repeat(3000)}1${'}"'.repeat(3000)}`;
    const run = () => {
      const lexer = new Lexer(deep);
      while (lexer.kind !== 0) lexer.next();
    };
    expect(run).toThrow(LexError);
    expect(run).toThrow(/^memory allocation failed, allocating \d+ bytes$/);
  });

  it('is quick with nesting that never closes', () => {
    expect(show('f"{'.repeat(50_000))).toMatch(/^!/);
    expect([...tokenize('f"{'.repeat(50_000))].length).toBeLessThan(10);
  });
});

describe('t-strings', () => {
  const t = { tstrings: true };

  it.each([
    ['t""', '__template__ ( ( "" , ) , )'],
    ['t"ab"', '__template__ ( ( "ab" , ) , )'],
    ['t"a{b}c"', '__template__ ( ( "a" , "c" , ) , ( b ) , "b" , None , "" , )'],
    ["t'{a!r:>4}'", '__template__ ( ( "" , "" , ) , ( a ) , "a" , "r" , ">4" , )'],
    ['t"{a=}"', '__template__ ( ( "a=" , "" , ) , ( a ) , "a" , "r" , "" , )'],
    ['t"{a=:3}"', '__template__ ( ( "a=" , "" , ) , ( a ) , "a" , None , "3" , )'],
    ['t"{ a + 1 }"', '__template__ ( ( "" , "" , ) , ( a + int:1 ) , " a + 1" , None , "" , )'],
    ['t"{a:{w}}"', '__template__ ( ( "" , "" , ) , ( a ) , "a" , None , "{}" . format ( ( w ) , ) , )'],
    ['t"{{x}}"', '__template__ ( ( "{x}" , ) , )'],
    ['t"a\\n{b}"', '__template__ ( ( "a\\n" , "" , ) , ( b ) , "b" , None , "" , )'],
    ['rt"\\n"', '__template__ ( ( "\\\\n" , ) , )'],
    ['tr"\\n"', '__template__ ( ( "\\\\n" , ) , )'],
    ['t"{d["k"]}"', '__template__ ( ( "" , "" , ) , ( d [ "k" ] ) , "d[\\"k\\"]" , None , "" , )'],
    ["t'''a\n{b}'''", '__template__ ( ( "a\\n" , "" , ) , ( b ) , "b" , None , "" , )'],
    ['t"a" "b"', '__template__ ( ( "a" b , ) , )'],
    ['f"{t"{a}"}"', '"{}" . format ( ( __template__ ( ( "" , "" , ) , ( a ) , "a" , None , "" , ) ) , )'],
  ])('%s', (source, expected) => {
    expect(line(source, t)).toBe(expected);
  });

  it('rejects what is empty or unbalanced', () => {
    for (const source of ['t"{}"', 't"{ }"', 't"}"', 't"{a"', 't"{a:"', 't"{a:{b}"']) {
      expect(show(source, t), source).toBe('!malformed-fstring');
    }
    expect(show('t"a', t)).toBe('!lonely-string-open');
  });

  it('wraps interpolations in a tuple when the call would have too many arguments', () => {
    const words = (n: number) => line(`t"${'{a}'.repeat(n)}"`, t);
    expect(words(63)).toContain('"" , ) , ( a ) , "a" , None');
    expect(words(64)).toContain('"" , ) , ( ( a ) , "a" , None');
    expect(words(64)).toMatch(/None , "" , \) \)$/);
  });

  it('is off by default', () => {
    expect(line('t"{a}"')).toBe('t "{a}"');
  });
});
