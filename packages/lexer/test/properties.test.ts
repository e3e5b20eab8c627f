import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isComplete, Lexer, LexError, tokenGroup, tokenize } from '@tsmp/lexer';

/** Pieces that meet in awkward ways. */
const PIECES = [
  'f"',
  "f'",
  't"',
  "t'",
  '"',
  "'",
  '"""',
  "'''",
  'f"""',
  "t'''",
  'rf"',
  'b"',
  'r"',
  '{',
  '}',
  '{{',
  '}}',
  '{a}',
  '{b!r}',
  '{c:>{w}}',
  '{d=}',
  '{f"{y}"}',
  '!',
  ':',
  '=',
  ' ',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\\',
  '\\\n',
  '\\x41',
  '\\u1',
  '\\N',
  '\\777',
  'é',
  '\0',
  '\f',
  '#',
  '(',
  ')',
  '[',
  ']',
  'if',
  'x',
  '1',
  '0x1e',
  '.5',
  '...',
  '->',
  '**=',
  '!=',
  '?',
  '    ',
];
const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((parts) => parts.join(''));
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  soup.map((text) => new TextEncoder().encode(text)),
);

interface Seen {
  kind: number;
  start: number;
  end: number;
  injected: boolean;
  place: readonly [number, number];
  endPlace: readonly [number, number];
}

/** All tokens of `source`; a LexError ends them, anything else is thrown. */
function lex(source: string | Uint8Array): Seen[] {
  const seen: Seen[] = [];
  try {
    const lexer = new Lexer(source, { tstrings: true });
    for (;;) {
      seen.push({
        kind: lexer.kind,
        start: lexer.offset,
        end: lexer.endOffset,
        injected: lexer.injected,
        place: [lexer.line, lexer.column],
        endPlace: [lexer.endLine, lexer.endColumn],
      });
      if (lexer.kind === 0) break;
      lexer.next();
    }
  } catch (error) {
    if (!(error instanceof LexError)) throw error;
  }
  return seen;
}

const isBefore = (a: readonly [number, number], b: readonly [number, number]) =>
  a[0] < b[0] || (a[0] === b[0] && a[1] <= b[1]);

describe('whatever the source', () => {
  it('gives a bounded number of tokens and throws nothing but LexError', () => {
    fc.assert(
      fc.property(anyBytes, (source) => {
        // An f-string's field costs a few tokens and may be lexed once more for each level around it.
        expect(lex(source).length).toBeLessThan(50 + 40 * source.length * (1 + source.length / 4));
      }),
      { numRuns: 400 },
    );
  });

  it('keeps offsets within the source and in order', () => {
    fc.assert(
      fc.property(anyBytes, (source) => {
        let before = 0;
        for (const token of lex(source)) {
          expect(token.start).toBeLessThanOrEqual(token.end);
          expect(token.end).toBeLessThanOrEqual(source.length);
          if (token.injected) continue;
          expect(token.start).toBeGreaterThanOrEqual(before);
          before = token.end;
        }
      }),
      { numRuns: 400 },
    );
  });

  it('lets lines and columns only grow', () => {
    fc.assert(
      fc.property(anyBytes, (source) => {
        let before: readonly [number, number] = [1, 1];
        for (const token of lex(source)) {
          expect(isBefore(before, token.place)).toBe(true);
          expect(isBefore(token.place, token.endPlace)).toBe(true);
          before = token.place;
        }
      }),
      { numRuns: 400 },
    );
  });

  it('leaves only space, comments and joined lines between tokens', () => {
    fc.assert(
      fc.property(soup, (text) => {
        let at = 0;
        let isPlain = true;
        try {
          for (const token of tokenize(text)) {
            if (token.injected || token.kind === 'dedent-mismatch') isPlain = false;
            if (!isPlain || token.group === 'error') return;
            const gap = text.slice(at, token.start);
            expect(
              gap
                .replace(/#[^\r\n]*/g, '')
                .replace(/\\(\r\n?|\n|$)/g, '')
                .trim(),
            ).toBe('');
            at = token.end;
          }
        } catch (error) {
          if (!(error instanceof LexError)) throw error;
        }
      }),
      { numRuns: 400 },
    );
  });

  it('balances indents and dedents', () => {
    const lines = fc.array(fc.tuple(fc.nat(6), fc.constantFrom('x', '# c', '', 'if y:')), { maxLength: 20 });
    fc.assert(
      fc.property(lines, (rows) => {
        const source = `x\n${rows.map(([n, text]) => ' '.repeat(n) + text).join('\n')}`;
        let depth = 0;
        for (const token of tokenize(source)) {
          if (token.kind === 'dedent-mismatch') return;
          if (token.kind === 'indent') depth++;
          if (token.kind === 'dedent') depth--;
          expect(depth).toBeGreaterThanOrEqual(0);
        }
        expect(depth).toBe(0);
      }),
    );
  });

  it('slices names and keywords out of the source as they were written', () => {
    fc.assert(
      fc.property(soup, (text) => {
        try {
          for (const token of tokenize(text)) {
            if (token.injected || (token.group !== 'name' && token.group !== 'keyword')) continue;
            expect(token.text).toBe(text.slice(token.start, token.end));
          }
        } catch (error) {
          if (!(error instanceof LexError)) throw error;
        }
      }),
      { numRuns: 400 },
    );
  });

  it('gives back any text that is quoted properly', () => {
    const quoted = (text: string) =>
      text.replace(/[\\'\0\r\n]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const lexer = new Lexer(`'${quoted(text)}'`);
        expect(tokenGroup(lexer.kind)).toBe('string');
        expect(lexer.text).toBe(text);
      }),
    );
  });

  it('can be asked whether it is complete', () => {
    fc.assert(
      fc.property(soup, (text) => {
        expect(typeof isComplete(text)).toBe('boolean');
        // Closing everything and an empty line always ends a block.
        if (isComplete(text) && !text.endsWith('\\') && text !== '') expect(isComplete(`${text}\n`)).toBe(true);
      }),
    );
  });
});

describe('time', () => {
  it.each([
    ['spaces', ' '],
    ['newlines', '\n'],
    ['brackets', '('],
    ['closing', ')'],
    ['backslashes', '\\\n'],
    ['quotes', '"'],
    ['hashes', '#'],
    ['tabs', '\t'],
    ['digits', '1_'],
    ['f-strings', 'f"{a}" '],
    ['invalid', '?'],
    ['CR', '\r'],
    ['strings', "'a' "],
    ['braces', 'f"{a'],
  ])('is linear in %s', (_, piece) => {
    const lexer = new Lexer(piece.repeat(100_000 / piece.length));
    let tokens = 0;
    while (lexer.kind !== 0) {
      lexer.next();
      tokens++;
    }
    expect(tokens).toBeLessThan(400_000);
  });
});
