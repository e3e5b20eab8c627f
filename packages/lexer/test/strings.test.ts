import { describe, expect, it } from 'vitest';
import { Lexer, LexError } from '@tsmp/lexer';
import { line, show } from './show.js';

describe('string literals', () => {
  it('takes single, double and triple quotes', () => {
    expect(line(`'a' "b" '''c''' """d"""`)).toBe('"abcd"');
    expect(line(`''`)).toBe('""');
    expect(line(`'''''' + ""`)).toBe('"" + ""');
    expect(line(`'"' + "'"`)).toBe(`"\\"" + "'"`);
    expect(line(`'''a'b''c'''`)).toBe(`"a'b''c"`);
    expect(line(`"""a\nb\r\nc"""`)).toBe('"a\\nb\\nc"');
    expect(line(`'''a'\\''b'''`)).toBe(`"a'''b"`);
  });

  it('knows the prefixes, in lower case only', () => {
    expect(line(`u'a' r'b'`)).toBe('"ab"');
    expect(line(`b'a' rb'b' br'c'`)).toBe('b"abc"');
    expect(line(`R'a'`)).toBe('R "a"');
    expect(line(`ur'a'`)).toBe('ur "a"');
    expect(line(`bb'a'`)).toBe('bb "a"');
    expect(line(`rr'a'`)).toBe('rr "a"');
    expect(line(`bf'a'`)).toBe('bf "a"');
    expect(line(`b 'a'`)).toBe('b "a"');
  });

  it('joins neighbours of one kind', () => {
    expect(line(`"a" 'b' \\\n "c"`)).toBe('"abc"');
    expect(show(`("a"\n # note\n "b")`)).toBe('( "ab" ) NL END');
    expect(show(`"a"\n"b"`)).toBe('"a" NL "b" NL END');
    expect(line(`"a" b"b"`)).toBe('"a" b"b"');
  });

  it('resolves the simple escapes', () => {
    expect(line(String.raw`'\\ \' \" \a\b\t\n\v\f\r'`)).toBe(JSON.stringify('\\ \' " \x07\b\t\n\v\f\r'));
    expect(line(`'a\\\nb'`)).toBe('"ab"');
    expect(line(`'a\\\r\nb'`)).toBe('"ab"');
  });

  it('keeps the backslash of an unknown escape', () => {
    expect(line(String.raw`'\q \8 \X \%'`)).toBe(JSON.stringify('\\q \\8 \\X \\%'));
    expect(line(String.raw`b'\q \u1234 \U00000041'`)).toBe(`b${JSON.stringify('\\q \\u1234 \\U00000041')}`);
  });

  it('resolves octal escapes of one to three digits', () => {
    expect(line(String.raw`'\0\12\101\1012\777'`)).toBe(JSON.stringify('\0\nAA2\u01ff'));
    expect(line(String.raw`b'\377\0'`)).toBe('b"ÿ\\u0000"');
    expect(show(String.raw`b'\400'`)).toBe('!invalid');
  });

  it('resolves hexadecimal and Unicode escapes', () => {
    expect(line(String.raw`'\x41\xe9\u65e5\U0001f600'`)).toBe('"Aé日😀"');
    expect(line(String.raw`b'\x41\xe9'`)).toBe('b"Aé"');
    expect(line(String.raw`'\ud800'`)).toBe(JSON.stringify('\ud800'));
    expect(line(String.raw`'\U0010ffff'`)).toBe('"\u{10ffff}"');
  });

  it.each([
    String.raw`'\x4'`,
    String.raw`'\x4g'`,
    String.raw`'\u123 '`,
    String.raw`'\U00110000'`,
    String.raw`'\Uffffffff'`,
    String.raw`b'\xg0'`,
    `'\\x`,
  ])('calls %s invalid or open', (source) => {
    expect(show(source)).toMatch(/^!(invalid|lonely-string-open)$/);
  });

  it('lets raw strings keep their backslashes', () => {
    expect(line(String.raw`r'\n\x\'' + r"\""`)).toBe(`${JSON.stringify("\\n\\x\\'")} + ${JSON.stringify('\\"')}`);
    expect(line(`r'a\\\nb'`)).toBe(JSON.stringify('a\\\nb'));
    expect(line(String.raw`rb'\N\400'`)).toBe(`b${JSON.stringify('\\N\\400')}`);
  });

  it('keeps UTF-8 bytes as they are, in text and bytes', () => {
    expect(line(`'é日😀'`)).toBe('"é日😀"');
    const lexer = new Lexer(`b'é'`);
    expect([...lexer.bytes]).toEqual([0xc3, 0xa9]);
    expect(lexer.text).toBe('Ã©');
    const broken = new Lexer(Uint8Array.of(0x27, 0x80, 0xff, 0x27));
    expect([...broken.bytes]).toEqual([0x80, 0xff]);
    expect(broken.text).toBe('\ufffd\ufffd');
  });

  it('makes a character of a byte behind a needless backslash', () => {
    expect([...new Lexer(`'\\é'`).bytes]).toEqual([0x5c, 0xc3, 0x83, 0xa9]);
    expect([...new Lexer(`b'\\é'`).bytes]).toEqual([0x5c, 0xc3, 0xa9]);
  });

  it('turns a zero byte into the illegal byte 1', () => {
    expect(line(`'\0'`)).toBe('"\\u0001"');
  });

  it('marks literals that do not end', () => {
    for (const source of [`'a`, `"a\n"`, `'''a''`, `"""`, `'`, `'a" `, `r'\\'`, `'''a\\'''`]) {
      expect(show(source), source).toBe('!lonely-string-open');
    }
  });

  it('throws at a character name', () => {
    for (const source of [String.raw`'\N{DASH}'`, String.raw`b'\N'`, String.raw`f'\N{DASH}'`]) {
      expect(() => new Lexer(source)).toThrow(LexError);
    }
    const lexer = new Lexer('x = \\\n "a\\N{DASH}"; y', { fileName: 'm.py' });
    lexer.next();
    let error: unknown;
    try {
      lexer.next();
    } catch (e) {
      error = e;
    }
    expect(error).toMatchObject({
      name: 'LexError',
      code: 'unicode-name',
      exception: 'NotImplementedError',
      message: 'unicode name escapes',
      fileName: 'm.py',
      line: 2,
      column: 5,
    });
    lexer.next();
    expect(lexer.kind).toBe(0);
    lexer.next();
    expect(lexer.kind).toBe(0);
  });

  it('copes with long literals', () => {
    const text = `é${'x'.repeat(100_000)}`;
    const lexer = new Lexer(`'${text}'`);
    expect(lexer.text).toBe(text);
    expect(new Lexer(`b'${'y'.repeat(5000)}'`).text).toBe('y'.repeat(5000));
  });
});
