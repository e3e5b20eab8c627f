import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Prng, TimerQueue, VirtualClock } from '../src/index.js';

describe('VirtualClock', () => {
  it('delivers in order of time, then of scheduling', () => {
    const clock = new VirtualClock();
    const log: string[] = [];
    const a = clock.port((token) => log.push(`a${token}@${clock.nowMicros()}`));
    const b = clock.port((token) => log.push(`b${token}@${clock.nowMicros()}`));
    a.schedule(20, 1);
    b.schedule(10, 2);
    a.schedule(10, 3);
    const gone = b.schedule(15, 4);
    b.cancel(gone);
    b.cancel(gone);
    clock.advance(15);
    expect(log).toEqual(['b2@10', 'a3@10']);
    expect(clock.nowMicros()).toBe(15);
    clock.advance(5);
    expect(log[2]).toBe('a1@20');
    expect(clock.step()).toBe(false);
  });

  it('delivers what is past at once, and never goes back', () => {
    const clock = new VirtualClock();
    const times: number[] = [];
    const port = clock.port(() => times.push(clock.nowMicros()));
    clock.advance(100);
    port.schedule(3, 0);
    clock.step();
    expect(times).toEqual([100]);
  });

  it('resumes from a snapshot', () => {
    const log: string[] = [];
    const make = (name: string) => {
      const clock = new VirtualClock();
      const port = clock.port((token) => log.push(`${name}${token}@${clock.nowMicros()}`));
      return { clock, port };
    };
    const first = make('a');
    for (let i = 0; i < 4; i++) first.port.schedule(i * 10, i);
    first.clock.advance(15);
    const second = make('b');
    second.clock.load(structuredClone(first.clock.save()));
    second.clock.advance(10);
    first.clock.advance(10);
    expect(log).toEqual(['a0@0', 'a1@10', 'b2@20', 'a2@20']);
    expect(() => new VirtualClock().load(first.clock.save())).toThrow('expected a port for each event');
  });
});

describe('TimerQueue', () => {
  it('agrees with a sorted list under random use', () => {
    const command = fc.record({
      op: fc.constantFrom('set', 'clear', 'advance', 'reload'),
      id: fc.integer({ min: 0, max: 9 }),
      delay: fc.integer({ min: 0, max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(command, { maxLength: 80 }), (commands) => {
        const clock = new VirtualClock();
        const fired: number[] = [];
        const port = clock.port(() => queue.fire((_kind, id) => fired.push(id)));
        let queue = new TimerQueue(port, 0);
        let model: { id: number; at: number; order: number }[] = [];
        const expected: number[] = [];
        let order = 0;
        for (const { op, id, delay } of commands) {
          const now = clock.nowMicros();
          if (op === 'set') {
            queue.set(1, id, now + delay);
            model = model.filter((timer) => timer.id !== id);
            model.push({ id, at: now + delay, order: order++ });
          } else if (op === 'clear') {
            queue.clear(1, id);
            model = model.filter((timer) => timer.id !== id);
          } else if (op === 'reload') {
            const state = structuredClone(queue.save());
            queue = new TimerQueue(port, 0);
            queue.load(state);
          } else {
            clock.advance(delay);
            const due = model
              .filter((timer) => timer.at <= now + delay)
              .sort((a, b) => a.at - b.at || a.order - b.order);
            expected.push(...due.map((timer) => timer.id));
            model = model.filter((timer) => timer.at > now + delay);
          }
          for (let i = 0; i < 10; i++) expect(queue.dueAt(1, i)).toBe(model.find((timer) => timer.id === i)?.at ?? -1);
          expect(clock.pending).toBe(model.length === 0 ? 0 : 1);
        }
        expect(fired).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('runs a timer that is set while firing only in the next event', () => {
    const clock = new VirtualClock();
    let runs = 0;
    const queue: TimerQueue = new TimerQueue(
      clock.port(() => queue.fire(() => queue.set(0, 0, ++runs > 3 ? 1000 : clock.nowMicros()))),
      0,
    );
    queue.set(0, 0, 5);
    clock.step();
    expect(runs).toBe(1);
    clock.advance(10);
    expect(runs).toBe(4);
  });
});

describe('Prng', () => {
  it('repeats from a seed and from a state', () => {
    const a = new Prng(42);
    const b = new Prng(42);
    const first = [a.next(), a.next(), a.below(10)];
    expect([b.next(), b.next(), b.below(10)]).toEqual(first);
    const c = new Prng(0);
    c.load(a.save());
    expect(c.next()).toBe(a.next());
  });

  it('is roughly uniform and draws nothing for certainties', () => {
    const prng = new Prng(7);
    const counts = new Array<number>(8).fill(0);
    for (let i = 0; i < 8000; i++) counts[prng.below(8)]++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
    const before = prng.save();
    expect([prng.chance(0), prng.chance(1)]).toEqual([false, true]);
    expect(prng.save()).toBe(before);
  });
});
