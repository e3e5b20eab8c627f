import { TOKEN_KINDS, TokenKind } from '@tsmp-internal/bytecode';
import { describe, expect, it } from 'vitest';
import { tokenGroup, tokenize, tokenKindName } from '@tsmp/lexer';
import { line, show } from './show.js';

describe('token kinds', () => {
  it('have distinct names, in the order of the enum', () => {
    const names = Array.from({ length: TOKEN_KINDS }, (_, kind) => tokenKindName(kind));
    expect(new Set(names).size).toBe(TOKEN_KINDS);
    expect(names[TokenKind.End]).toBe('end');
    expect(names[TokenKind.Ellipsis]).toBe('...');
    expect(names[TokenKind.KwFalse]).toBe('False');
    expect(names[TokenKind.KwYield]).toBe('yield');
    expect(names[TokenKind.OpLess]).toBe('<');
    expect(names[TokenKind.OpDblStar]).toBe('**');
    expect(names[TokenKind.DelPipeEqual]).toBe('|=');
    expect(names[TokenKind.DelMinusMore]).toBe('->');
  });

  it('keep operators and their in-place forms at the same distance', () => {
    for (let kind = TokenKind.OpPipe as number; kind <= TokenKind.OpDblStar; kind++) {
      expect(tokenKindName(kind - TokenKind.OpPipe + TokenKind.DelPipeEqual)).toBe(`${tokenKindName(kind)}=`);
    }
  });

  it('reject what is no kind', () => {
    expect(() => tokenKindName(TOKEN_KINDS)).toThrow(RangeError);
    expect(() => tokenKindName(-1)).toThrow('kind: expected an integer from 0 to 95, got -1');
  });

  it('fall into groups', () => {
    const groups = [...tokenize('if x == 1.5: "a"; ?')].map((token) => token.group);
    expect(groups).toEqual([
      'keyword',
      'name',
      'operator',
      'number',
      'operator',
      'string',
      'operator',
      'error',
      'layout',
      'end',
    ]);
    expect(tokenGroup(TokenKind.Bytes)).toBe('string');
    expect(tokenGroup(TokenKind.Ellipsis)).toBe('operator');
  });
});

describe('keywords and identifiers', () => {
  const keywords =
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield';

  it('finds every keyword', () => {
    const kinds = [...tokenize(keywords)].filter((t) => t.group === 'keyword');
    expect(kinds.map((t) => t.kind).join(' ')).toBe(keywords);
    expect(kinds.map((t) => t.text).join(' ')).toBe(keywords);
  });

  it('takes only whole, exact words for keywords', () => {
    const near = 'iff i If IF yield_ yields fo form Tru true none _as as_ match case type print exec nonlocals';
    expect([...tokenize(near)].slice(0, -2).every((t) => t.kind === 'name')).toBe(true);
  });

  it('makes async and await names where they are not wanted', () => {
    expect([...tokenize('async await', { asyncAwait: false })].map((t) => t.kind)).toEqual([
      'name',
      'name',
      'newline',
      'end',
    ]);
  });

  it('resolves __debug__ by the optimisation level', () => {
    expect(line('__debug__')).toBe('True');
    expect(line('__debug__', { optimise: 1 })).toBe('False');
    expect(line('__debug__x x__debug__')).toBe('__debug__x x__debug__');
  });

  it('passes any byte above ASCII as part of a name', () => {
    expect(line('é日本_1 = x𝒳')).toBe('é日本_1 = x𝒳');
    const bytes = Uint8Array.of(0x61, 0xff, 0x80, 0x20, 0x62);
    expect(show(bytes)).toBe('a\ufffd\ufffd b NL END');
    expect(show('\ufeffx')).toBe('\ufeffx NL END');
  });
});

describe('operators', () => {
  const all =
    '( ) [ ] { } , ; : := < <= << <<= > >= >> >>= * *= ** **= + += - -= -> & &= | |= / /= // //= % %= ^ ^= @ @= ~ = == != . ...';

  it('knows them all', () => {
    expect(line(all)).toBe(all);
  });

  it('takes the longest one', () => {
    expect(line('a<<=b<<c<-d**-e***=f')).toBe('a <<= b << c < - d ** - e ** *= f');
    expect(line('a->b-=c--d===e')).toBe('a -> b -= c - - d == = e');
    expect(line('.. .... a.b')).toBe('. . ... . a . b');
    expect(line('x::=y')).toBe('x : := y');
  });

  it('calls the rest invalid', () => {
    for (const c of ['?', '$', '`', '!', '\x01', '\0', '\x7f', '\x08']) expect(show(`a ${c}`)).toBe('a !invalid');
    expect(show('a \\ b')).toBe('a !invalid');
    expect(show('<>')).toBe('< > NL END');
  });
});

describe('numbers', () => {
  it.each([
    ['0 1 1234567890123456789012', 'int:0 int:1 int:1234567890123456789012'],
    ['0x1F 0XfF 0o17 0O7 0b101 0B1', 'int:0x1F int:0XfF int:0o17 int:0O7 int:0b101 int:0B1'],
    ['1_000 0x_ff_ 1__0', 'int:1000 int:0xff int:10'],
    ['1.5 1. .5 0.0', 'float:1.5 float:1. float:.5 float:0.0'],
    ['1e5 1E5 1e+5 1E-5 1_0e1_0', 'float:1e5 float:1e5 float:1e+5 float:1e-5 float:10e10'],
    ['1j 1J 1.5j 1e3j 0xj', 'float:1j float:1J float:1.5j float:1e3j float:0xj'],
    ['0x1e+5', 'int:0x1e + int:5'],
    ['1+2-3', 'int:1 + int:2 - int:3'],
    ['1if 12abc', 'int:1if int:12abc'],
    ['1.2.3 1..x', 'float:1.2.3 float:1..x'],
    ['1e5e+6', 'float:1e5e+6'],
    ['_1 a.1 a.b', '_1 a float:.1 a . b'],
    ['1é', 'int:1 é'],
  ])('%s', (source, expected) => {
    expect(line(source)).toBe(expected);
  });
});
