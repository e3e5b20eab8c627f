import { readMpy, verifyModule, writeMpy } from '@tsmp/mpy-format';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, CompileError } from '../src/index.js';
import { readSnippets } from './snippets.js';

const WORDS =
  'a b self 0 1 47 1e5 2j "s" "a longer string" b"x" f"{a}" ... None True False and as assert async await break class ' +
  'continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try ' +
  'while with yield := ~ < > == <= >= != | ^ & << >> + - * @ // / % ** += = ( ) [ ] { } , : . ; -> super range const';

/** What compiles must also be sound; what does not must be refused in the one way there is. */
function check(source: string): boolean {
  let bytes: Uint8Array;
  try {
    bytes = writeMpy(compile(source));
  } catch (error) {
    expect(error).toBeInstanceOf(CompileError);
    return false;
  }
  verifyModule(readMpy(bytes).module);
  return true;
}

describe('any source', () => {
  const word = fc.constantFrom(...WORDS.split(' '), '\n', '\n ', '\n  ');

  it('of tokens in any order compiles or is refused', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        check(words.join(' '));
      }),
      { numRuns: 300 },
    );
  });

  it('of characters in any order compiles or is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        check(text);
      }),
      { numRuns: 200 },
    );
  });

  it('with a few tokens changed compiles or is refused', () => {
    const snippets = readSnippets().map((snippet) => snippet.source.split(/( |\n)/));
    let compiled = 0;
    fc.assert(
      fc.property(
        fc.nat(snippets.length - 1),
        fc.array(fc.tuple(fc.nat(), word), { maxLength: 3 }),
        (which, changes) => {
          const words = [...(snippets[which] as string[])];
          for (const [at, replacement] of changes) words[at % words.length] = replacement;
          if (check(words.join(''))) compiled++;
        },
      ),
      { numRuns: 300 },
    );
    expect(compiled).toBeGreaterThan(50);
  });
});
