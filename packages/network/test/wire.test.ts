import { describe, expect, it } from 'vitest';
import type { WireOptions } from '../src/index.js';
import { NetError, VirtualClock, Wire } from '../src/index.js';
import { bytes } from './helpers.js';

function wire(options: Partial<WireOptions> = {}, ports = 2) {
  const clock = new VirtualClock();
  const log: string[] = [];
  const made: Wire = new Wire(
    clock.port(() => made.fire()),
    { seed: 4, ...options },
  );
  const sinks = Array.from({ length: ports }, (_, i) =>
    made.attach((frame) => log.push(`${i}:${frame[0]}@${clock.nowMicros()}`)),
  );
  return { clock, wire: made, sinks, log };
}

describe('Wire', () => {
  it('carries a frame to all other ports after the latency', () => {
    const { clock, sinks, log } = wire({ latencyMicros: 70 }, 3);
    sinks[1].send(bytes(5));
    clock.advance(69);
    expect(log).toEqual([]);
    clock.advance(1);
    expect(log).toEqual(['0:5@70', '2:5@70']);
  });

  it('takes the time its speed asks for, each direction by itself', () => {
    const { clock, sinks, log } = wire({ latencyMicros: 1, bitsPerSecond: 1_000_000 });
    for (const value of [1, 2]) sinks[0].send(new Uint8Array(125).fill(value));
    sinks[1].send(new Uint8Array(125).fill(3));
    clock.advance(10_000);
    expect(log).toEqual(['1:1@1001', '0:3@1001', '1:2@2001']);
  });

  it('holds a bounded number of frames', () => {
    const { clock, wire: w, sinks, log } = wire({ capacity: 3 });
    for (let i = 0; i < 5; i++) sinks[0].send(bytes(i));
    clock.advance(1000);
    expect([log.length, w.counts.overflowed, w.counts.delivered]).toEqual([3, 2, 3]);
  });

  it('loses, repeats, reorders and damages about as often as told', () => {
    const {
      clock,
      wire: w,
      sinks,
    } = wire({ loss: 0.25, duplicate: 0.5, corrupt: 0.1, jitterMicros: 500, capacity: 4096 });
    const sent = new Uint8Array(64);
    for (let i = 0; i < 2000; i++) sinks[0].send(sent);
    clock.advance(1000);
    expect(w.counts.duplicated / 2000).toBeCloseTo(0.5, 1);
    expect(w.counts.lost / 3000).toBeCloseTo(0.25, 1);
    expect(w.counts.corrupted / 2250).toBeCloseTo(0.1, 1);
    // Damage is done to a copy.
    expect(sent.every((byte) => byte === 0)).toBe(true);
  });

  it('refuses a state of another shape, and zero latency', () => {
    expect(() => wire({}, 2).wire.load(wire({}, 3).wire.save())).toThrow('expected 2 ports, got 3');
    expect(() => wire({ latencyMicros: 0 })).toThrow(NetError);
  });
});
