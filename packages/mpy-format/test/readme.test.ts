import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as api from '../src/index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

function part(pattern: RegExp, text: string): string {
  const match = pattern.exec(text);
  if (match === null) throw new Error(`the README has no ${pattern}`);
  return match[1] as string;
}

it('the example of the README does what it says', () => {
  const example = part(/```ts\n([\s\S]*?)```/, readme);
  const listing = part(/```\n(file[\s\S]*?)```/, readme);
  const names = part(/import \{ (.*) \}/, example).split(', ');
  const printed: unknown[][] = [];
  const run = new Function('console', ...names, `${example.replace(/import .*\n/, '')}\nreturn { bytes, copy };`);
  const result = run(
    { log: (...args: unknown[]) => printed.push(args) },
    ...names.map((name) => (api as Record<string, unknown>)[name]),
  ) as { bytes: Uint8Array; copy: Uint8Array };
  expect(printed).toEqual([['hi.py', 31], [listing]]);
  expect(result.copy).toEqual(result.bytes);
});

it('the README names only what there is', () => {
  const table = part(/## What it has\n([\s\S]*?)\nA file costs/, readme);
  const cells = table.split('\n').map((row) => row.split('|')[1] ?? '');
  const names = cells.flatMap((cell) => [...cell.matchAll(/`([A-Za-z_]+)[`(]/g)].map((match) => match[1] as string));
  expect(names.length).toBeGreaterThan(25);
  for (const name of names) expect(Object.keys(api)).toContain(name);
});
