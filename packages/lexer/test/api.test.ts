import { describe, expect, it } from 'vitest';
import { Lexer, type LexerLedger, type LexerOptions, tokenize } from '@tsmp/lexer';

describe('Lexer', () => {
  it('describes the current token', () => {
    const lexer = new Lexer('é = 1_0\n', { fileName: 'a.py' });
    expect(lexer).toMatchObject({
      kind: 8,
      text: 'é',
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 3,
      offset: 0,
      endOffset: 2,
      injected: false,
      fileName: 'a.py',
    });
    expect([...lexer.bytes]).toEqual([0xc3, 0xa9]);
    lexer.next();
    expect(lexer.text).toBe('');
    expect(lexer.bytes.length).toBe(0);
    lexer.next();
    expect(lexer).toMatchObject({ text: '10', offset: 5, endOffset: 8, column: 6, endColumn: 9 });
  });

  it('copies its source and gives bytes away', () => {
    const source = Uint8Array.from('abc', (c) => c.charCodeAt(0));
    const lexer = new Lexer(source);
    source.fill(0x7a);
    lexer.bytes.fill(0x79);
    expect(lexer.text).toBe('abc');
    expect(source[0]).toBe(0x7a);
  });

  it('reads text and its UTF-8 bytes alike', () => {
    const text = 'x = "é😀\ud800" # ß\nß = 2\n';
    const bytes = new Uint8Array([
      ...new TextEncoder().encode('x = "é😀'),
      0xed,
      0xa0,
      0x80,
      ...new TextEncoder().encode('" # ß\nß = 2\n'),
    ]);
    const strip = (source: string | Uint8Array) => [...tokenize(source)].map(({ start, end, ...rest }) => rest);
    expect(strip(text)).toEqual(strip(bytes));
    for (const token of tokenize(text)) {
      if (token.group === 'name') expect(text.slice(token.start, token.end)).toBe(token.text);
    }
  });

  it('says what is wrong with its arguments', () => {
    expect(() => new Lexer(5 as unknown as string)).toThrow('source: expected a string or a Uint8Array, got number');
    expect(() => new Lexer(null as unknown as string)).toThrow(TypeError);
    expect(() => new Lexer('', { tabSize: 0 })).toThrow('options.tabSize: expected an integer from 1 to 1000, got 0');
  });
});

describe('the ledger', () => {
  function record(source: string, options: LexerOptions = {}): string {
    let count = 0;
    const log: string[] = [];
    const ledger: LexerLedger = {
      alloc: (bytes) => {
        log.push(`+${bytes}`);
        return ++count;
      },
      realloc: (block, from, to) => {
        log.push(`${block}:${from}>${to}`);
        return block;
      },
      free: (block, bytes) => log.push(`-${block}:${bytes}`),
    };
    const lexer = new Lexer(source, { ...options, ledger });
    while (lexer.kind !== 0) lexer.next();
    lexer.close();
    return log.join(' ');
  }

  it('hears of the lexer, its indent stack and three buffers', () => {
    expect(record('x = 1')).toBe('+116 +20 +32 +1 +1 -3:32 -4:1 -5:1 -2:20 -1:116');
    expect(record('x = 1', { fstrings: false })).toBe('+80 +20 +32 -3:32 -2:20 -1:80');
  });

  it('hears of text that outgrows the buffer', () => {
    const grown = (source: string) =>
      record(source)
        .replace('+116 +20 +32 +1 +1', '')
        .replace(/ -3:.*/, '')
        .trim();
    expect(grown(`'${'a'.repeat(32)}'`)).toBe('3:32>56'); // the closing quote is in it for a moment
    expect(grown(`'${'a'.repeat(31)}'`)).toBe('');
    expect(grown(`'${'a'.repeat(60)}'`)).toBe('3:32>56 3:56>80');
    expect(grown('n'.repeat(31))).toBe('');
    expect(grown('n'.repeat(32))).toBe('3:32>33'); // a name wants a zero byte
    expect(grown('n'.repeat(33))).toBe('3:32>56');
  });

  it('hears of deep indentation and of f-strings', () => {
    const deep = Array.from({ length: 12 }, (_, i) => `${' '.repeat(i)}if x:\n`).join('');
    expect(record(`${deep}${' '.repeat(12)}y`)).toContain('2:20>36');
    expect(record('f"{a}"')).toBe('+116 +20 +32 +1 +1 5:1>32 4:1>24 -3:32 -4:24 -5:32 -2:20 -1:116');
  });

  it('may refuse', () => {
    const ledger: LexerLedger = {
      alloc: () => 1,
      realloc: () => {
        throw new RangeError('full');
      },
      free: () => undefined,
    };
    const lexer = new Lexer('x', { ledger });
    lexer.next();
    expect(() => new Lexer(`'${'a'.repeat(40)}'`, { ledger })).toThrow('full');
  });
});
