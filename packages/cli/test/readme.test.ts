import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as cli from '../src/index.js';

describe('README.md', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const blocks = (language: string) =>
    [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((m) => m[1] as string);
  const sources = ['options', 'peripherals', 'repl', 'run', 'disasm'].map((name) =>
    readFileSync(new URL(`../src/commands/${name}.ts`, import.meta.url), 'utf8'),
  );

  it('has examples that print what it says', () => {
    const said = blocks('text');
    expect(said.length).toBe(blocks('js').length);
    blocks('js').forEach((code, i) => {
      const lines: string[] = [];
      const body = code.replace(/import (\{.*?\}) from '@tsmp\/cli';/, 'const $1 = cli;');
      new Function('cli', 'console', body)(cli, { log: (...values: unknown[]) => lines.push(values.join(' ')) });
      expect(`${lines.join('\n')}\n`).toBe(said[i]);
    });
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
