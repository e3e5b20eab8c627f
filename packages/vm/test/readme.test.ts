import { readFileSync } from 'node:fs';
import * as compiler from '@tsmp/compiler';
import { describe, expect, it } from 'vitest';
import * as vm from '../src/index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((m) => m[1] as string);

describe('README.md', () => {
  const examples = blocks('js').map((code, i) => ({ code, printed: blocks('text')[i] as string }));

  it.each(examples)('has examples that print what it says', ({ code, printed }) => {
    const lines: string[] = [];
    const body = code.replace(/import (\{[\s\S]*?\}) from '@tsmp\/(\w+)';/g, 'const $1 = packages.$2;');
    const log = (...values: unknown[]) => lines.push(values.join(' '));
    new Function('packages', 'console', body)({ vm, compiler }, { log });
    expect(`${lines.join('\n')}\n`).toBe(printed);
  });
});
