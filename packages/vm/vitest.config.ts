import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { defineProject } from 'vitest/config';
import { alias } from '../../vitest.shared.js';

// The counting copy of the loop, made anew from the one that is about to be tested.
execFileSync(process.execPath, [fileURLToPath(new URL('../../tools/gen-loop.mjs', import.meta.url))]);

export default defineProject({
  resolve: { alias },
  test: { name: 'vm', include: ['test/**/*.test.ts'], pool: 'threads' },
});
