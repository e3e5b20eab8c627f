import { readFileSync } from 'node:fs';
import { readMpy, writeMpy } from '@tsmp/mpy-format';
import { describe, expect, it } from 'vitest';
import { compile } from '../src/index.js';
import { readSnippets } from './snippets.js';

const golden = JSON.parse(readFileSync(new URL('./golden.json', import.meta.url), 'utf8')) as Record<string, string>;

describe('the .mpy file is the one that mpy-cross writes', () => {
  for (const { name, optLevel, source } of readSnippets()) {
    it(name, () => {
      const module = compile(source, { fileName: `${name}.py`, optLevel });
      const expected = Buffer.from(golden[name] as string, 'hex');
      // Tables first: they tell more than bytes where something is wrong.
      const file = readMpy(expected).module;
      expect(module.qstrs).toEqual(file.qstrs);
      expect(module.constants.length).toBe(file.constants.length);
      expect(Buffer.from(writeMpy(module)).toString('hex')).toBe(golden[name]);
    });
  }

  it('has one for each snippet', () => {
    expect(Object.keys(golden).sort()).toEqual(
      readSnippets()
        .map((snippet) => snippet.name)
        .sort(),
    );
  });
});
