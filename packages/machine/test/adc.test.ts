import { describe, expect, it } from 'vitest';
import { AnalogInput, coreTemperatureVolts, voltsAt } from '../src/index.js';
import { TestBoard } from './kit.js';

describe('ADC', () => {
  it('reads what devices put on the pins, and takes its time', () => {
    const board = new TestBoard();
    const pot = board.machine.attach(new AnalogInput('pot', { pin: 26, voltage: 1.65 }));
    board.machine.attach(new AnalogInput('cpu', { pin: 'CORE_TEMP', voltage: coreTemperatureVolts(40) }));
    expect(
      board.run(`
from machine import ADC, Pin
import time
a = ADC(26)
print(a, ADC('GP27'), ADC(ADC.CORE_TEMP), Pin(26))
print(a.read_u16(), a.read_u16() == ADC(0).read_u16())
v = ADC(4).read_u16() * 3.3 / 65535
print(round(27 - (v - 0.706) / 0.001721))
t = time.ticks_us()
for i in range(100): a.read_u16()
print(time.ticks_diff(time.ticks_us(), t) >= 200)
`),
    ).toBe('<ADC channel=0> <ADC channel=1> <ADC channel=4> Pin(GPIO26, mode=ALT, alt=31)\n32776 True\n40\nTrue\n');
    pot.set(3.3);
    expect(board.run('time.sleep_us(1)\nprint(a.read_u16())')).toBe('65535\n');
    pot.set(-1);
    expect(board.run('time.sleep_us(1)\nprint(a.read_u16())')).toBe('0\n');
    expect(board.vm.journal.entries.map((e) => e.kind)).toEqual(['stimulus', 'stimulus']);
    expect(() => pot.set(Number.NaN)).toThrow('no voltage');
  });

  it('raises what the rp2 port raises', () => {
    expect(
      new TestBoard().run(`
from machine import ADC, Pin
for x in (5, 25, 'LED', 'GP99', Pin(0), 1.5):
    try: ADC(x)
    except ValueError as e: print(e)
print(ADC(29), ADC(1).read_u16())
Pin(28, Pin.IN, Pin.PULL_UP); print(ADC(2).read_u16())
`),
    ).toBe(
      `Pin doesn't have ADC capabilities\nPin doesn't have ADC capabilities\nPin doesn't have ADC capabilities\nunknown named pin "GP99"\nPin doesn't have ADC capabilities\ninvalid pin\n<ADC channel=3> 0\n65535\n`,
    );
  });

  it('agrees with its registers, also free running and in turn', () => {
    const board = new TestBoard();
    board.machine.attach(new AnalogInput('a', { pin: 26, voltage: 0.825 }));
    board.machine.attach(new AnalogInput('b', { pin: 27, voltage: 1.65 }));
    expect(
      board.run(`
from machine import mem32, ADC
from time import sleep_us
base = 0x4004c000
ADC(26); ADC(27)
mem32[base] = 1 | 4
while not mem32[base] & 0x100: pass
print(hex(mem32[base]), mem32[base + 4])
mem32[base] = 1 | 8 | 1 << 12 | 3 << 16
seen = set()
for i in range(40):
    sleep_us(3)
    seen.add(mem32[base + 4])
print(sorted(seen), mem32[base] >> 12 & 7 < 2)
mem32[base + 0x3000] = 8
sleep_us(5)
print(mem32[base] & 0x10f)
`),
    ).toBe('0x101 1024\n[1024, 2048] True\n257\n');
  });

  it('follows functions of time, and a snapshot', () => {
    const saw = {
      kind: 'points',
      points: [
        [0, 0],
        [1e6, 1],
        [2e6, 0.5],
      ],
      period: 4e6,
    } as const;
    expect([0, 0.5e6, 1e6, 1.5e6, 3e6, 4.5e6].map((ns) => voltsAt(saw, ns))).toEqual([0, 0.5, 1, 0.75, 0.5, 0.5]);
    expect(voltsAt({ kind: 'sine', offset: 1, amplitude: 0.5, hz: 1000 }, 250_000)).toBeCloseTo(1.5);
    const board = new TestBoard();
    board.machine.attach(new AnalogInput('saw', { pin: 28, voltage: saw }));
    expect(
      board.run(
        'from machine import ADC\nimport time\na = ADC(28)\ntime.sleep_us(4500 - time.ticks_us() - 2)\nprint(round(a.read_u16() / 655.35 * 3.3))',
      ),
    ).toBe('50\n');
    const twin = new TestBoard();
    const source = twin.machine.attach(new AnalogInput('saw', { pin: 28 }));
    twin.machine.load(JSON.parse(JSON.stringify(board.machine.save())));
    expect(source.save()).toEqual({ voltage: saw });
    expect(twin.machine.save()).toEqual(board.machine.save());
  });
});
