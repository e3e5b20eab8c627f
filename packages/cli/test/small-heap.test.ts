/** examples/small_heap: a framework that a small heap takes as `.mpy` and frozen, but not as source. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compile } from '@tsmp/compiler';
import { MemoryFolder } from '@tsmp/machine';
import { writeMpy } from '@tsmp/mpy-format';
import { PROFILES } from '@tsmp/vm';
import {
  type BoardOptions,
  createBoard,
  freezeManifest,
  type ManifestHost,
  profileOf,
  readManifest,
} from '../src/index.js';
import { Output } from './programs.js';

const folder = new URL('../../../examples/small_heap/', import.meta.url);
const read = (name: string): Uint8Array => readFileSync(new URL(name, folder));
const HEAP = 32 * 1024;

/** What main.py prints on a board with the small heap, and what is free at its end. */
function runMain(options: BoardOptions): { readonly text: string; readonly free: number } {
  const out = new Output();
  const board = createBoard({ heap: HEAP, stdout: out.write, ...options });
  board.start(read('main.py'), 'main.py');
  const r = board.runToEnd();
  if (r.reason === 'raised') board.reportException(r.exception);
  board.vm.heap.collect();
  return { text: out.text, free: board.vm.heap.stats().free };
}

const PAGES = '<ul><li>in &amp; out: 21.5<li>roof: 3</ul>\n{"led": 3, "on": true}\n405 Method Not Allowed\n';

describe('a framework on a small heap', () => {
  it('cannot be imported from source: compiling takes too much', () => {
    const { text } = runMain({ folder: new MemoryFolder({ 'framework.py': read('framework.py') }) });
    expect(text).toContain('line 6, in <module>\nMemoryError: memory allocation failed, allocating');
  });

  it('can be imported from .mpy', () => {
    const module = compile(read('framework.py'), { fileName: 'framework.py' });
    const { text } = runMain({ folder: new MemoryFolder({ 'framework.mpy': writeMpy(module) }) });
    expect(text.startsWith(PAGES)).toBe(true);
    const cost = Number(/takes (\d+) bytes of RAM/.exec(text)?.[1]);
    expect(cost).toBeGreaterThan(7000);
    expect(cost).toBeLessThan(8000);
  });

  it('leaves nearly all RAM free when it is frozen', () => {
    const host: ManifestHost = {
      kind: (path) => (['/framework.py', '/manifest.py'].includes(path) ? 'file' : undefined),
      list: () => [],
      read: (path) => read(path.slice(1)),
    };
    const profile = profileOf({ board: PROFILES['pico-w'] });
    const image = freezeManifest(profile, host, readManifest(host, '/manifest.py'));
    const { text, free } = runMain({ firmware: { board: profile.name, image }, folder: new MemoryFolder({}) });
    expect(text.startsWith(PAGES)).toBe(true);
    expect(Number(/takes (\d+) bytes of RAM/.exec(text)?.[1])).toBeLessThan(2500);
    expect(free).toBeGreaterThan(0.8 * HEAP);
  });
});
