import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as network from '../src/index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The code blocks of the README, which are plain JavaScript. */
const examples = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map((match) => match[1]);

describe('README', () => {
  it.each(examples.map((code, i) => [i + 1, code] as const))('example %i prints what it says', (_number, code) => {
    const printed: string[] = [];
    const body = code.replace(/^import \{(.*)\} from '@tsmp\/network';$/m, 'const {$1} = network;');
    const log = (...values: unknown[]) => printed.push(values.map(String).join(' '));
    new Function('network', 'console', body)(network, { log });
    const said = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]);
    expect(said.length).toBeGreaterThan(0);
    expect(printed).toEqual(said);
  });

  it('names every export', () => {
    for (const name of Object.keys(network)) expect(readme).toContain(`\`${name}\``);
  });
});
