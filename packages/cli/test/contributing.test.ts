import { readFileSync } from 'node:fs';
import * as compiler from '@tsmp/compiler';
import * as vm from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import * as cli from '../src/index.js';

describe('CONTRIBUTING.md', () => {
  const page = readFileSync(new URL('../../../CONTRIBUTING.md', import.meta.url), 'utf8');
  const blocks = (language: string) =>
    [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((m) => m[1] as string);

  it.each(blocks('js').map((code, i) => ({ code, printed: blocks('text')[i] as string })))(
    'has examples that print what it says',
    ({ code, printed }) => {
      const lines: string[] = [];
      const body = code.replace(/import (\{[\s\S]*?\}) from '@tsmp\/(\w+)';/g, 'const $1 = packages.$2;');
      const log = (...values: unknown[]) => lines.push(values.join(' '));
      new Function('packages', 'console', body)({ vm, compiler, cli }, { log });
      expect(`${lines.join('\n')}\n`).toBe(printed);
    },
  );

  it('names every script', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
    const named = new Set([...page.matchAll(/npm (?:run )?([a-z]+(?::[a-z]+)?)/g)].map((m) => m[1] as string));
    for (const name of named) if (name !== 'ci') expect(Object.keys(scripts)).toContain(name);
  });
});
