/**
 * Whether a REPL should ask for another line. Counterpart: `mp_repl_continue_with_input` of py/repl.c, which looks at the
 * characters rather than at tokens: comments count as text, and a word that only begins like a compound statement waits
 * for an empty line.
 */

const COMPOUND_KEYWORDS = ['if', 'while', 'for', 'try', 'with', 'def', 'class'];

/** Settings of {@link isComplete}. */
export interface CompletenessOptions {
  /** Whether `async` begins a compound statement. Default true. */
  readonly asyncAwait?: boolean;
}

/**
 * Whether `source`, the lines typed so far, is ready to be compiled: every bracket and triple quote closed, no backslash
 * at the end, and an empty line behind a compound statement. Input that is wrong counts as complete, to be reported.
 */
export function isComplete(source: string, options: CompletenessOptions = {}): boolean {
  const zero = source.indexOf('\0');
  const input = zero < 0 ? source : source.slice(0, zero);
  if (input === '') return true;
  const openness = scanBrackets(input);
  if (openness === Openness.TripleQuote || openness === Openness.Bracket) return false;
  if (input.endsWith('\\')) return false;
  return !startsCompound(input, options.asyncAwait ?? true) || input.endsWith('\n');
}

function startsCompound(input: string, asyncAwait: boolean): boolean {
  if (input.startsWith('@')) return true;
  for (const word of COMPOUND_KEYWORDS) if (startsWithWord(input, word)) return true;
  return asyncAwait && startsWithWord(input, 'async');
}

function startsWithWord(input: string, word: string): boolean {
  return input.startsWith(word) && !/[A-Za-z0-9_]/.test(input.charAt(word.length));
}

/** What of an input is still open, the innermost first. */
const enum Openness {
  Nothing,
  Bracket,
  Quote,
  TripleQuote,
}

function scanBrackets(input: string): Openness {
  let parens = 0;
  let brackets = 0;
  let braces = 0;
  let quote = ''; // the quote that is open, of one or three characters
  for (let i = 0; i < input.length; i++) {
    const c = input.charAt(i);
    if (c === "'" || c === '"') {
      const isTriple = input.charAt(i + 1) === c && input.charAt(i + 2) === c;
      if (isTriple && (quote === '' || quote === c + c + c)) {
        quote = quote === '' ? c + c + c : '';
        i += 2;
      } else if (quote === '' || quote === c) {
        quote = quote === '' ? c : '';
      }
    } else if (c === '\\') {
      const next = input.charAt(i + 1);
      if (quote !== '' && (next === "'" || next === '"' || next === '\\')) i++;
    } else if (quote === '') {
      if (c === '(') parens++;
      else if (c === ')') parens--;
      else if (c === '[') brackets++;
      else if (c === ']') brackets--;
      else if (c === '{') braces++;
      else if (c === '}') braces--;
    }
  }
  if (quote.length === 3) return Openness.TripleQuote;
  if (quote.length === 1) return Openness.Quote;
  return parens > 0 || brackets > 0 || braces > 0 ? Openness.Bracket : Openness.Nothing;
}
