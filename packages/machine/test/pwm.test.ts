import { describe, expect, it } from 'vitest';
import { Button, Led } from '../src/index.js';
import { program, TestBoard } from './kit.js';

describe('PWM', () => {
  it('prints, and tells what the registers hold', () => {
    expect(
      program(`
from machine import PWM, Pin, mem32
p = PWM(Pin(2), freq=1000, duty_u16=16384)
print(p, PWM(3, invert=1), Pin(2))
print(p.freq(), p.duty_u16(), p.duty_ns(), PWM(3).freq(), PWM(3).duty_u16())
base = 0x40050000 + 0x14
print(mem32[base], mem32[base + 4], mem32[base + 12], mem32[base + 16], mem32[0x400500a0])
p.duty_ns(1500); p.freq(20000)
print(p.freq(), p.duty_u16(), p.duty_ns(), mem32[base + 4], mem32[base + 12], mem32[base + 16])
p.deinit(); print(mem32[base], PWM(18) is PWM(2))
`),
    ).toBe(
      '<PWM slice=1 channel=0 invert=0> <PWM slice=1 channel=1 invert=1> Pin(GPIO2, mode=ALT, pull=PULL_DOWN, alt=PWM1_A)\n' +
        '1000 16384 250000 1000 0\n1 31 16129 64515 2\n20000 1971 1504 16 188 6249\n0 True\n',
    );
  });

  it('raises for frequencies that the divider cannot make', () => {
    expect(
      program(`
from machine import PWM
for f in (0, 7, 8, 62500000, 200000000):
    try:
        p = PWM(0, freq=f); print(p.freq())
    except ValueError as e: print(e)
try: PWM('LED')
except ValueError as e: print(e)
`),
    ).toBe('freq too small\nfreq too small\n8\n62500000\n125000000\nexpecting a regular GPIO Pin\n');
  });

  it('makes a waveform that pins, trace and devices see, at no cost for each edge', () => {
    const board = new TestBoard({ trace: true });
    const led = board.machine.attach(new Led('led', { pin: 0 }));
    const out = board.run(`
from machine import PWM, Pin
from time import sleep_us, sleep
p = PWM(0, freq=1000, duty_u16=65535 // 4)
n = 0
for i in range(100):
    n += Pin(0).value()
    sleep_us(100)
print(20 < n < 30)
p.freq(1000000)
sleep(20)
p.duty_u16(0)
sleep(1)
print(Pin(0).value())
`);
    expect(out).toBe('True\n0\n');
    const { trace } = board.machine;
    const [pin] = trace?.pins(board.machine.now()) ?? [];
    expect(pin?.name).toBe('GP0');
    expect(pin?.edges).toBeGreaterThan(39_999_000);
    expect(pin?.highShare).toBeCloseTo((0.25 * 20) / 21, 2);
    expect(led.brightness()).toBeCloseTo((0.25 * 20) / 21, 2);
    expect(led.flashes).toBe(Math.floor((pin?.edges ?? 0) / 2));
    expect(() => trace?.toVcd()).toThrow('give a shorter one');
    const edges = trace?.list(0, { from: 1e6, to: 4e6 }) ?? [];
    expect(edges.length).toBe(6);
    // a divider of 31/16 and 64516 steps of 8 ns
    const periods = edges.slice(2).map((e, i) => Math.round(e.ns - (edges[i]?.ns ?? 0)));
    expect(periods).toEqual([999_998, 999_998, 999_998, 999_998]);
  });

  it('takes new duties on at the end of a period', () => {
    const board = new TestBoard({ trace: true });
    board.run(`
from machine import PWM
from time import sleep_us
p = PWM(4, freq=100, duty_u16=32768)
sleep_us(12000)
p.duty_u16(6554)
sleep_us(20000)
`);
    const ms = board.machine.trace?.list(4).map((e) => e.ns / 1e6) ?? [];
    const lengths = ms.slice(1).map((t, i) => Math.round(10 * (t - (ms[i] as number))) / 10);
    expect(lengths.slice(0, 6)).toEqual([5, 5, 5, 5, 1, 9]);
  });

  it('counts edges and time at its B pin', () => {
    const board = new TestBoard();
    const button = board.machine.attach(new Button('b', { pin: 3, activeHigh: true }));
    for (const ms of [10, 30, 50]) {
      button.press(ms * 1e6);
      button.release(ms * 1e6 + 5e6);
    }
    expect(
      board.run(`
from machine import Pin, mem32
from time import sleep_ms, sleep_us
Pin(3, Pin.ALT, alt=Pin.ALT_PWM)
base = 0x40050000 + 0x14
mem32[base] = 1 | 2 << 4
sleep_ms(40)
print(mem32[base + 8])
mem32[base] = 0
mem32[base + 4] = 125 << 4
mem32[base + 8] = 0
mem32[base] = 1 | 1 << 4
sleep_ms(40)
print(mem32[base + 8])
`),
    ).toBe('2\n5000\n');
  });

  it('has set, clear and toggle windows, phase-correct counting and a flag for wraps', () => {
    const board = new TestBoard({ trace: true });
    expect(
      board.run(`
from machine import Pin, mem32
from time import sleep_us
base = 0x40050000
Pin(0, Pin.ALT, alt=4); Pin(1, Pin.ALT, alt=4)
mem32[base + 4] = 125 << 4
mem32[base + 16] = 999
mem32[base + 12] = 250 | 500 << 16
print(mem32[base + 0xa4])
mem32[base + 0x2000] = 2 | 8
mem32[base + 0x20a0] = 1
sleep_us(2500)
print(mem32[base], mem32[base + 0xa4], 2400 - mem32[base + 8] < 1000)
mem32[base + 0x30a0] = 1
c = mem32[base + 8]
mem32[base] = mem32[base] | 0x80
print(mem32[base + 8] - c, mem32[base + 0xa0])
mem32[base + 0xa4] = 1
print(mem32[base + 0xa4])
`),
    ).toBe('0\n11 1 False\n1 0\n0\n');
    const high = (pin: number) => {
      const [e0, e1, e2] = board.machine.trace?.list(pin).slice(-3) ?? [];
      return [Math.round(((e1?.ns ?? 0) - (e0?.ns ?? 0)) / 1000), Math.round(((e2?.ns ?? 0) - (e1?.ns ?? 0)) / 1000)];
    };
    expect(high(1)).toEqual([1000, 1000]);
  });

  it('goes on in a snapshot', () => {
    const board = new TestBoard({ trace: true });
    board.run('from machine import PWM\np = PWM(0, freq=1234, duty_u16=10000)\np.duty_u16(20000)');
    const state = JSON.parse(JSON.stringify(board.machine.save()));
    const twin = new TestBoard({ trace: true });
    twin.vm.clock.advanceTo(board.machine.now(), twin.vm.budget);
    twin.machine.load(state);
    expect(twin.machine.save()).toEqual(state);
    const next = 'from time import sleep_ms\nsleep_ms(5)';
    board.run(next);
    twin.run(next);
    const until = board.machine.now() - 1e6;
    expect(twin.machine.trace?.list(0, { to: until })).toEqual(board.machine.trace?.list(0, { to: until }));
  });
});
