import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { expect, it } from 'vitest';
import * as compilerPackage from '@tsmp/compiler';
import * as vmPackage from '@tsmp/vm';
import * as machinePackage from '../src/index.js';

it('the example of the README does what it says', () => {
  const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');
  const source = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs' });
  const packages: Readonly<Record<string, object>> = {
    '@tsmp/compiler': compilerPackage,
    '@tsmp/vm': vmPackage,
    '@tsmp/machine': machinePackage,
  };
  const printed: string[] = [];
  const console = { log: (...args: unknown[]) => printed.push(args.join(' ')) };
  new Function('require', 'module', 'console', code)((name: string) => packages[name], {}, console);
  expect(printed.slice(0, 2)).toEqual(['button: 0', '3 0.30']);
  expect(printed[2]).toMatch(/^LED +6 /m);
  expect(printed[2]).toMatch(/30\.\d %/);
});
