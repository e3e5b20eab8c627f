import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDependencies } from '../check-deps.mjs';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'check-deps-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

/** The violations in a workspace made of these files. */
function check(files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return checkDependencies(root);
}

describe('check-deps', () => {
  it('accepts what the design allows', () => {
    expect(
      check({
        'packages/vm/src/index.ts':
          "import { Heap } from '@tsmp/gc';\nexport * from './obj/list.js';\nexport type A = Heap;\n",
        'packages/vm/src/obj/list.ts':
          "import { Op } from '@tsmp-internal/bytecode';\nimport type { A } from '../index.js';\n",
        'packages/vm/package.json': '{ "dependencies": { "@tsmp/gc": "0.1.0" } }',
        'packages/cli/src/main.ts':
          "import fs from 'node:fs';\nimport { Command } from 'commander';\nconsole.log(Date.now());\n",
      }),
    ).toEqual([]);
  });

  it('refuses an import against the direction, with its line', () => {
    expect(check({ 'packages/gc/src/heap.ts': "\nimport { Vm } from '@tsmp/vm';\n" })).toEqual([
      'packages/gc/src/heap.ts:2: gc may not import @tsmp/vm',
    ]);
  });

  it.each([
    ["export * from '@tsmp/compiler';", 'vm may not import @tsmp/compiler'],
    ["import type { X } from '@tsmp/cli';", 'vm may not import @tsmp/cli'],
    ["const x = import('@tsmp/machine');", 'vm may not import @tsmp/machine'],
    ["import { x } from '@tsmp/gc/dist/index.js';", '@tsmp/gc/dist/index.js: import the package, not a file of it'],
    ["import { x } from '../../gc/src/index.js';", "../../gc/src/index.js leads out of the package's src"],
    ["import { x } from '@tsmp-internal/testkit';", '@tsmp-internal/testkit is for tests only'],
    ["import fs from 'node:fs';", 'vm may not import node:fs: only cli sees Node'],
    ["import fs from 'fs';", 'vm may not import fs: only cli sees Node'],
    ["import { x } from 'left-pad/lib';", 'vm may not import left-pad'],
  ])('refuses %s', (text, problem) => {
    expect(check({ 'packages/vm/src/a.ts': text })).toEqual([`packages/vm/src/a.ts:1: ${problem}`]);
  });

  it.each([
    'Date.now()',
    'new Date()',
    'Math.random()',
    'console.log(1)',
    'setTimeout(f, 1)',
    'performance.now()',
    'x = { process }',
    'f(globalThis)',
    'document.title',
  ])('refuses %s below cli', (text) => {
    const problems = check({ 'packages/machine/src/a.ts': text });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^packages\/machine\/src\/a\.ts:1: .* is the host's/);
  });

  it.each([
    "const name = 'Date'; // Date",
    'x.fetch(1)',
    'interface Host { performance: number; fetch(): void }',
    'const q = { Date: 1 };',
    'function f(process: number) { return process; }',
    'const enum Q { Date = 1 }',
    'Math.round(1)',
  ])('does not mistake %s', (text) => {
    expect(check({ 'packages/vm/src/a.ts': text })).toEqual([]);
  });

  it('refuses a dependency that package.json declares', () => {
    expect(check({ 'packages/gc/package.json': '{ "dependencies": { "@tsmp/vm": "0.1.0", "lodash": "4" } }' })).toEqual(
      [
        'packages/gc/package.json: gc may not depend on @tsmp/vm',
        'packages/gc/package.json: gc may not depend on lodash',
      ],
    );
  });

  it('refuses a package it does not know', () => {
    expect(check({ 'packages/extra/src/index.ts': '' })).toEqual([
      'packages/extra: is not in the list of tools/check-deps.mjs',
    ]);
  });
});
