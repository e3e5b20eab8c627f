/** Peripherals and devices on whole boards: stories, in every way of slicing, and replayed. */
import { seededRandom } from '@tsmp-internal/testkit';
import { readFileSync } from 'node:fs';
import type { RunLimit } from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import { cli, Output, smallSlices } from './programs.js';

/** Runs an example with a pin trace; answers what it printed and the recording. */
function traced(name: string, nextLimit: () => RunLimit): { out: string; vcd: string } {
  const out = new Output();
  const board = new cli.Board({ stdout: out.write, trace: true });
  board.start(readFileSync(new URL(`../../../examples/${name}`, import.meta.url)), name);
  for (;;) {
    const r = board.run(nextLimit());
    if (r.reason === 'done') break;
    if (r.reason === 'waiting') board.skipTo(r.until);
    else if (r.reason !== 'budget') throw new Error(`${r.reason}: ${out.text}`);
  }
  return { out: out.text, vcd: board.machine.trace?.toVcd() ?? '' };
}

describe('an LED is switched, faded by PWM and set through mem32', () => {
  const whole = traced('led_three_ways.py', () => ({}));

  it('shows all of it in one VCD', () => {
    const edges = [...whole.vcd.matchAll(/^#(\d+)\n([01])!$/gm)].map((m): [number, string] => [
      Number(m[1]) / 1e6,
      m[2] ?? '',
    ]);
    expect(whole.vcd).toContain('$var wire 1 ! GP15 $end');
    // two flashes by Pin
    expect(edges.slice(0, 4).map(([, level]) => level)).toEqual(['1', '0', '1', '0']);
    expect(edges.slice(0, 4).map(([ms]) => Math.round(ms))).toEqual([0, 20, 40, 60]);
    // by PWM: 20 periods at each of 25, 50, 75 %, then one pulse that lasts
    const lengths = edges.slice(5).map(([ms], i) => Math.round(100 * (ms - (edges[i + 4]?.[0] ?? 0))) / 100);
    for (const share of [0.25, 0.5, 0.75]) {
      const pulses = lengths.filter((ms, i) => i % 2 === 0 && ms === share);
      expect(pulses.length).toBeGreaterThanOrEqual(19);
      expect(pulses.length).toBeLessThanOrEqual(20);
    }
    // the last one, by PWM at 100 % and then by mem32, whose function select keeps the level low for a moment
    expect(edges[edges.length - 1]?.[1]).toBe('0');
    expect(edges[edges.length - 1]?.[0]).toBeCloseTo(200, 0);
  });

  it('is the same in slices of one and of some bytecodes', () => {
    expect(traced('led_three_ways.py', () => ({ bytecodes: 1 }))).toEqual(whole);
    expect(traced('led_three_ways.py', smallSlices(seededRandom(7)))).toEqual(whole);
  });
});
