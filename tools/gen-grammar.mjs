// Writes packages/compiler/src/parser/grammar-table.ts, the grammar as the parser reads it, from grammar-text.ts.
//   node tools/gen-grammar.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const dir = fileURLToPath(new URL('../packages/', import.meta.url));
const path = `${dir}compiler/src/parser/grammar-table.ts`;
const literal = (file, from, to) =>
  file.slice(file.indexOf(from) + from.length, file.indexOf(to, file.indexOf(from) + from.length));
const lines = literal(readFileSync(`${dir}compiler/src/parser/grammar-text.ts`, 'utf8'), 'GRAMMAR = `', '`')
  .trim()
  .split('\n')
  .map((line) => line.split(' '));
const tokensText = readFileSync(`${dir}lexer/src/tokens.ts`, 'utf8');
const names = (text) => [...text.matchAll(/^ {2}'(.*)',$/gm)].map((m) => m[1]);
const [before, after] = literal(tokensText, 'KIND_NAMES = [', '] as const').split('...KEYWORDS,');
const tokens = [...names(before), ...names(literal(tokensText, 'KEYWORDS = [', '] as const')), ...names(after)];
const ACTS = ['or', 'and', 'ident', 'blank', 'list', 'liste', 'many'];
const CLASSES = {
  NEWLINE: 'newline',
  INDENT: 'indent',
  DEDENT: 'dedent',
  NAME: 'name',
  INTEGER: 'integer',
  FLOAT: 'float-or-imag',
  STRING: 'string',
  BYTES: 'bytes',
};
const rules = lines.map(([name]) => name);
const number = (list, name) => {
  const n = list.indexOf(name);
  if (n < 0) throw new Error(`grammar: unknown name ${name}`);
  return n;
};
/** The number of a part: tokens come first, then rules, then optional rules. */
function part(word) {
  if (word.startsWith("'")) return number(tokens, word.slice(1, -1));
  if (word.startsWith('[')) return 2 * rules.length + number(rules, word.slice(1, -1));
  if (/^[A-Z]/.test(word)) return number(tokens, CLASSES[word]);
  return rules.length + number(rules, word);
}
const table = lines
  .flatMap(([, act, ...parts]) => [number(ACTS, act), ...parts.map((word) => ACTS.length + part(word))])
  .map((n) => String.fromCharCode(0x5d + n))
  .join('')
  .replaceAll('\\', '\\\\');
const text = `/** The grammar: see readParts in grammar.ts. Written by tools/gen-grammar.mjs from grammar-text.ts. */
export const TABLE =
  '${table.replaceAll("'", "\\'")}';
`;
if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== text) {
    console.error('packages/compiler/src/parser/grammar-table.ts is stale: run node tools/gen-grammar.mjs');
    process.exit(1);
  }
} else writeFileSync(path, text);
