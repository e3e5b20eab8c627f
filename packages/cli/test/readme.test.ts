import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as cli from '../src/index.js';

describe('README.md', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const blocks = (language: string) =>
    [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((m) => m[1] as string);
  const folder = new URL('../src/commands/', import.meta.url);
  const optionsOf = (files: readonly string[]): string[] =>
    files.flatMap((file) =>
      [
        ...readFileSync(new URL(file, folder), 'utf8').matchAll(/\.(?:requiredO|o)ption\(\s*'(?:-\w, )?(--[a-z-]+)/g),
      ].map((m) => m[1] as string),
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

  it('has every option of run, repl and disasm, and none that no command has', () => {
    const named = new Set([...readme.matchAll(/(?<!-)--[a-z][a-z-]*/g)].map((m) => m[0]));
    for (const option of optionsOf(['options.ts', 'peripherals.ts', 'repl.ts', 'run.ts', 'disasm.ts'])) {
      expect(named).toContain(option);
    }
    const defined = new Set([...optionsOf(readdirSync(folder)), '--help', '--version']);
    for (const option of named) expect(defined).toContain(option);
  });
});
