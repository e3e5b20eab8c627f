/** A compact way to write down what a source's tokens are: one word for each. */
import { Lexer, type LexerOptions, tokenGroup, tokenKindName } from '@tsmp/lexer';

const LAYOUT: Record<string, string> = { newline: 'NL', indent: 'IN', dedent: 'DE', end: 'END' };

function word(lexer: Lexer): string {
  const name = tokenKindName(lexer.kind);
  switch (tokenGroup(lexer.kind)) {
    case 'end':
    case 'layout':
      return LAYOUT[name] ?? name;
    case 'error':
      return `!${name}`;
    case 'string':
      return (name === 'bytes' ? 'b' : '') + JSON.stringify(lexer.text);
    case 'number':
      return (name === 'integer' ? 'int:' : 'float:') + lexer.text;
    case 'name':
      return lexer.text;
    default:
      return name;
  }
}

/** The tokens of `source` as words, up to the first error or the end. */
export function show(source: string | Uint8Array, options?: LexerOptions): string {
  const words: string[] = [];
  const lexer = new Lexer(source, options);
  for (;;) {
    words.push(word(lexer));
    const group = tokenGroup(lexer.kind);
    if (group === 'end' || group === 'error') return words.join(' ');
    lexer.next();
  }
}

/** The tokens of one line without the newline and the end that every line has. */
export function line(source: string, options?: LexerOptions): string {
  return show(source, options).replace(/ NL END$/, '');
}

/** Each token as `word@line:column`. */
export function places(source: string, options?: LexerOptions): string[] {
  const out: string[] = [];
  const lexer = new Lexer(source, options);
  for (;;) {
    out.push(`${word(lexer)}@${lexer.line}:${lexer.column}`);
    if (lexer.kind === 0) return out;
    lexer.next();
  }
}
