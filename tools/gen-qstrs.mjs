// Writes packages/vm/src/q.ts (a const enum of qstr numbers) from packages/vm/src/qstr-list.ts.
//   node tools/gen-qstrs.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const dir = fileURLToPath(new URL('../packages/vm/src/', import.meta.url));
const list = [
  ...readFileSync(`${dir}qstr-list.ts`, 'utf8').matchAll(/^ {2}(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"),$/gm),
].map((m) => (m[1] ?? m[2]).replace(/\\n/g, '\n').replace(/\\(.)/g, '$1'));
const special = {
  '<': '_lt_',
  '>': '_gt_',
  ' ': '_space_',
  '*': '_star_',
  '/': '_slash_',
  '%': '_percent_',
  '#': '_hash_',
  '{': '_brace_open_',
  '}': '_brace_close_',
  ':': '_colon_',
  '.': '_dot_',
  '\n': '_0x0a_',
  ',': '_comma_',
  '-': '_hyphen_',
  '(': '_paren_open_',
  ')': '_paren_close_',
};
const lines = [
  '/** Numbers of the core qstrs. Written by tools/gen-qstrs.mjs from qstr-list.ts. */',
  'export const enum Q {',
  '  Null = 0,',
  '  Empty = 1,',
];
const seen = new Set(['Null', 'Empty']);
list.forEach((s, i) => {
  const name = s.replace(/[^A-Za-z0-9_]/g, (c) => special[c] ?? `_0x${c.charCodeAt(0).toString(16)}_`);
  if (seen.has(name) || /^\d/.test(name)) throw new Error(`qstr name clash: ${s}`);
  seen.add(name);
  lines.push(`  ${name} = ${i + 2},`);
});
const text = `${lines.join('\n')}\n}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(`${dir}q.ts`, 'utf8') !== text) {
    console.error('packages/vm/src/q.ts is stale: run node tools/gen-qstrs.mjs');
    process.exit(1);
  }
} else writeFileSync(`${dir}q.ts`, text);
