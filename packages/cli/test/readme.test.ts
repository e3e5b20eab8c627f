import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as cli from '../src/index.js';

describe('README.md', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const block = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';
  const sources = ['options', 'repl', 'run', 'disasm'].map((name) =>
    readFileSync(new URL(`../src/commands/${name}.ts`, import.meta.url), 'utf8'),
  );

  it('has an example that prints what it says', () => {
    const lines: string[] = [];
    const body = block('js').replace(/import (\{.*?\}) from '@tsmp\/cli';/, 'const $1 = cli;');
    new Function('cli', 'console', body)(cli, { log: (...values: unknown[]) => lines.push(values.join(' ')) });
    expect(`${lines.join('\n')}\n`).toBe(block('text'));
  });

  it('names every export', () => {
    for (const name of Object.keys(cli)) expect(readme).toContain(`\`${name}`);
  });

  it('has every option of run, repl and disasm, and no other', () => {
    const named = new Set([...readme.matchAll(/(?<!-)--[a-z][a-z-]*/g)].map((m) => m[0]));
    named.delete('--help');
    const defined = new Set(
      sources.flatMap((source) =>
        [...source.matchAll(/\.(?:requiredO|o)ption\('(?:-\w, )?(--[a-z-]+)/g)].map((m) => m[1] as string),
      ),
    );
    expect([...named].sort()).toEqual([...defined].sort());
  });
});
