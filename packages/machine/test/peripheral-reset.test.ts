import { describe, expect, it } from 'vitest';
import type { Device, DevicePins } from '../src/index.js';
import { TestBoard } from './kit.js';

/** Notes each edge of a pin, and when it was told. */
class Probe implements Device {
  readonly name = 'probe';
  readonly seen: [number, number][] = [];
  constructor(private readonly pin: number) {}
  attach(pins: DevicePins): void {
    pins.watch(this.pin, (_level, ns) => this.seen.push([ns, pins.now()]));
  }
  save(): unknown {
    return this.seen;
  }
  load(): void {
    this.seen.length = 0;
  }
}

const SET_UP = `
from machine import ADC, I2C, PWM, SPI, UART, freq
freq(48_000_000)
PWM(0, freq=1000, duty_u16=30000); ADC(4); UART(1, 9600).write(b'abc')
SPI(0, 2_000_000, polarity=1, sck=6); I2C(0, freq=100_000, scl=9, sda=8)
`;
const TELL = `
from machine import ADC, I2C, PWM, Pin, SPI, UART, mem32
print(mem32[0x400500a0], mem32[0x4004c000] & 3, PWM(0).freq(), Pin(4))
print(I2C(0)); print(SPI(0)); print(UART(1).any())
`;

describe('peripherals', () => {
  it('start anew with the chip', () => {
    const board = new TestBoard();
    board.run(SET_UP);
    board.machine.reset('hard');
    expect(board.run(TELL)).toBe(new TestBoard().run(TELL));
  });

  it('stop where a soft reset stops them', () => {
    const board = new TestBoard();
    board.run(SET_UP);
    board.machine.reset('soft');
    const [first, i2c, spi] = board.run(TELL).split('\n');
    expect(first).toBe('0 3 0 Pin(GPIO4, mode=ALT, pull=PULL_DOWN, alt=UART1_TX)');
    expect(i2c).toMatch('freq=100000, scl=9, sda=8');
    expect(spi).toMatch('polarity=1');
  });

  it('tell watchers of edges when they happen, also while a native works', () => {
    const board = new TestBoard();
    const probe = board.machine.attach(new Probe(2));
    board.run(`
from machine import PWM, SPI
PWM(2, freq=10_000, duty_u16=32768)
spi = SPI(1, 1_000_000)
for i in range(3):
    spi.write(bytes(200))
`);
    expect(probe.seen.length).toBeGreaterThan(90);
    for (const [ns, told] of probe.seen) expect(told - ns).toBeLessThan(1.01);
  });
});
