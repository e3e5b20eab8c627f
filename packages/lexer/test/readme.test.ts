import { readFileSync } from 'node:fs';
import * as lexer from '@tsmp/lexer';
import { describe, expect, it } from 'vitest';

describe('README.md', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const block = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';

  it('has an example that prints what it says', () => {
    const lines: string[] = [];
    const code = block('ts').replace(/import \{(.*?)\} from '@tsmp\/lexer';/, 'const {$1} = lexer;');
    new Function('lexer', 'console', code)(lexer, { log: (value: unknown) => lines.push(String(value)) });
    expect(`${lines.join('\n')}\n`).toBe(block('text'));
  });

  it('names every export', () => {
    for (const name of Object.keys(lexer)) expect(readme).toContain(`\`${name}`);
  });
});
