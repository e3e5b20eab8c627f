import { readFileSync } from 'node:fs';
import * as mpyFormat from '@tsmp/mpy-format';
import { describe, expect, it } from 'vitest';
import * as compiler from '../src/index.js';

describe('README.md', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const block = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';

  it('has an example that prints what it says', () => {
    const lines: string[] = [];
    const code = block('ts')
      .replace(/import \{(.*?)\} from '@tsmp\/compiler';/, 'const {$1} = compiler;')
      .replace(/import \{(.*?)\} from '@tsmp\/mpy-format';/, 'const {$1} = mpyFormat;');
    const log = (...values: unknown[]) => lines.push(values.join(' '));
    new Function('compiler', 'mpyFormat', 'console', code)(compiler, mpyFormat, { log });
    expect(`${lines.join('\n')}\n`).toBe(block('text'));
  });

  it('has stages that do what it says', () => {
    const code = /```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/.exec(readme) as RegExpExecArray;
    const lines: string[] = [];
    const log = (...values: unknown[]) => lines.push(values.join(' '));
    const body = (code[1] as string).replace(/import \{(.*?)\} from '@tsmp\/compiler';/, 'const {$1} = compiler;');
    new Function('compiler', 'console', body)(compiler, { log });
    expect(`${lines.join('\n')}\n`).toBe(code[2]);
  });

  it('names every export', () => {
    for (const name of Object.keys(compiler)) expect(readme).toContain(`\`${name}`);
  });
});
