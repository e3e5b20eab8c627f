/**
 * Damaged programs: whatever a `.mpy` file or a source text holds, a slice ends with a result, never with a JavaScript error.
 * A seeded slice is part of every run; `npm run fuzz -- mpy` and `npm run fuzz -- source` go on for as long as one likes.
 */
import { pathToFileURL } from 'node:url';
import { bundle } from '@tsmp-internal/testkit';
import { describe, expect, it } from 'vitest';
import type { DamageKind } from './damaged.js';

/** As it is built, compiler and damage included: that is most of the time. */
const { damagedCase, damageRun, survive } = (await import(
  pathToFileURL(await bundle('packages/cli/test/damaged.ts')).href
)) as typeof import('./damaged.js');

describe('what damage has found', () => {
  it.each([
    ['a closure that holds itself', 'def f():\n  def g():\n    return g\n  return g\nx = repr(f())\n', 'raised'],
    ['an exception whose text is too deep to print', 'd = {}\nd["d"] = d\n{}[d.__repr__ and (d,)]\n', 'raised'],
    [
      'an exception that is its own argument',
      'class E(Exception):\n  def __init__(self):\n    super().__init__(self)\nraise E()\n',
      'raised',
    ],
    ['a lock undone once too often', 'import micropython\nmicropython.heap_unlock()\nx = [1] * 9\n', 'raised'],
    ['super() of something else', 'class L(list):\n  pass\nsuper(L, 5).__init__()\n', 'raised'],
  ])('%s', (_name, source, end) => {
    expect(survive(new TextEncoder().encode(source), 'found.py')).toBe(end);
  });
});

describe('damaged programs', { timeout: 60_000 }, () => {
  it.each<[DamageKind, number]>([
    ['mpy', 1200],
    ['source', 1800],
  ])('%s', (kind, count) => {
    const { ends, failures } = damageRun(kind, 1, count);
    expect(failures).toEqual([]);
    // the damage is of all kinds: some of it is not seen at all, some ends in an exception
    expect(ends.done).toBeGreaterThan(count / 50);
    expect(ends.raised).toBeGreaterThan(count / 10);
  });

  it('are the same for the same seed', () => {
    expect(damagedCase('mpy', 77)).toEqual(damagedCase('mpy', 77));
    expect(damagedCase('source', 77)).toEqual(damagedCase('source', 77));
  });
});
