import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteRing, ReceiveBuffer } from '../src/index.js';
import { bytes } from './helpers.js';

describe('ByteRing', () => {
  it('behaves as an array with a limit', () => {
    const command = fc.oneof(
      fc.record({ push: fc.uint8Array({ maxLength: 12 }) }),
      fc.record({ consume: fc.integer({ min: 0, max: 12 }) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), fc.array(command, { maxLength: 60 }), (capacity, commands) => {
        const ring = new ByteRing(capacity);
        let model: number[] = [];
        for (const c of commands) {
          if ('push' in c) {
            const taken = ring.push(c.push);
            expect(taken).toBe(Math.min(c.push.length, capacity - model.length));
            model.push(...c.push.subarray(0, taken));
          } else {
            const count = Math.min(c.consume, model.length);
            ring.consume(count);
            model = model.slice(count);
          }
          expect([...ring.peek(0, ring.length)]).toEqual(model);
          expect(ring.free).toBe(capacity - model.length);
        }
      }),
    );
  });
});

describe('ReceiveBuffer', () => {
  it('puts pieces in any order together, snapshots included', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.integer({ min: 8, max: 64 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 150 }),
        (stream, capacity, islands, steps) => {
          let buffer = new ReceiveBuffer(capacity, islands);
          const out: number[] = [];
          let next = 0;
          const offer = (start: number, length: number) => {
            // As TCP does: only what lies in the window.
            const end = Math.min(start + length, stream.length, next + buffer.window);
            if (end <= start) return;
            const moved = buffer.insert(start - next, stream.subarray(start, end));
            if (moved > 0) next += moved;
          };
          for (const [a, b, read] of steps) {
            offer(next + (a % (buffer.window + 1)), 1 + (b % 9));
            if (read) out.push(...buffer.read(b % 20));
            if (b % 7 === 0) {
              const state = structuredClone(buffer.save());
              const copy = new ReceiveBuffer(capacity, islands);
              copy.load(state);
              expect(copy.save()).toEqual(buffer.save());
              buffer = copy;
            }
            expect(buffer.length + buffer.window).toBe(capacity);
            expect(buffer.save().islandBytes.length).toBeLessThanOrEqual(islands);
          }
          while (next < stream.length) {
            offer(next, 5);
            out.push(...buffer.read(capacity));
          }
          out.push(...buffer.read(capacity));
          expect(out).toEqual([...stream]);
          expect(buffer.hasGap).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps early data only while gaps are few', () => {
    const buffer = new ReceiveBuffer(32, 2);
    expect(buffer.insert(4, bytes(4))).toBe(0);
    expect(buffer.insert(8, bytes(8))).toBe(0);
    expect(buffer.insert(12, bytes(12))).toBe(-1);
    expect(buffer.insert(5, bytes(5, 6, 7))).toBe(0);
    expect(buffer.insert(12, bytes(12))).toBe(0);
    expect(buffer.insert(0, bytes(0, 1, 2, 3))).toBe(9);
    expect([...buffer.read(32)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(buffer.hasGap).toBe(true);
  });
});
