/** Peripherals and devices on whole boards: stories, in every way of slicing, and replayed. */
import { seededRandom } from '@tsmp-internal/testkit';
import { readFileSync } from 'node:fs';
import { AnalogInput, Bme280, Button, type Device, type Machine, Ssd1306, Wire } from '@tsmp/machine';
import type { RunLimit } from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import { cli, folderOf, Output, smallSlices } from './programs.js';

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

/** The weather station with its devices, which are stimulated after half a second and a second. */
function station(nextLimit: () => RunLimit, how: 'play' | readonly unknown[]) {
  const folder = new URL('../../../examples/devices/', import.meta.url);
  const files = new Map(['bme280.py', 'ssd1306.py'].map((n) => [n, readFileSync(new URL(n, folder))]));
  const out = new Output();
  const board = new cli.Board({ stdout: out.write, stderr: out.write, trace: true, folder: folderOf(files) });
  // the board is a bundle of its own, and takes devices of any make
  const attach = <T extends Device>(device: T): T => (board.machine as unknown as Machine).attach(device);
  const sensor = attach(new Bme280('bme280', { scl: 5, sda: 4, climate: { temperature: 21.5, humidity: 45 } }));
  const display = attach(new Ssd1306('ssd1306', { i2c: { scl: 5, sda: 4 } }));
  const button = attach(new Button('button', { pin: 15 }));
  if (how === 'play') {
    sensor.set({ temperature: -7.25, pressure: 98_000 }, 0.5e9);
    sensor.set({ temperature: 30, humidity: 80 }, 1e9);
    button.press(1e9);
    button.release(1.5e9);
  } else board.replay(how as Parameters<typeof board.replay>[0]);
  board.start(readFileSync(new URL('weather_station.py', folder)), 'weather_station.py');
  for (;;) {
    const r = board.run(nextLimit());
    if (r.reason === 'done') break;
    if (r.reason === 'waiting') board.skipTo(r.until);
    else if (r.reason !== 'budget') throw new Error(`${r.reason}: ${out.text}`);
  }
  return { out: out.text, picture: display.toText(), vcd: board.machine.trace?.toVcd() ?? '', board };
}

describe('a weather station', { timeout: 30_000 }, () => {
  const whole = station(() => ({}), 'play');

  it('shows what the host set, as computed by a driver with the formulas of the datasheet', () => {
    const lines = whole.out.split('\n').slice(1, 5);
    expect(lines.map((line) => line.replace(/-?[\d.]+/g, '#'))).toEqual(
      ['C', 'C', 'F', 'C'].map((u) => `# ${u}  # hPa  # %RH`),
    );
    const numbers = lines.map((line) => [...line.matchAll(/-?[\d.]+/g)].map(Number));
    // °C, hPa, % as they were set; the sensor's steps and the driver's are a hundredth
    for (const [i, wanted] of [
      [21.5, 1013.25, 45],
      [-7.25, 980, 45],
      [86, 980, 80],
      [30, 980, 80],
    ].entries()) {
      for (const [j, value] of wanted.entries()) expect(Math.abs((numbers[i]?.[j] ?? 0) - value)).toBeLessThan(0.015);
    }
    expect(whole.picture.split('\n').length).toBe(33);
    // a frame around it, and the bar of the lowest temperature much lower than the highest
    expect(whole.picture).toMatch(/^█▀{126}█\n/);
    const writes = whole.board.machine.transactions
      ?.list('I2C0')
      .filter((t) => t.kind === 'i2c' && t.data.length > 1000);
    expect(writes?.length).toBe(5);
  });

  it('is the same in slices, in a replay, and after a snapshot', () => {
    const { out, picture, vcd } = whole;
    const replayed = station(
      smallSlices(seededRandom(3)),
      JSON.parse(JSON.stringify(whole.board.journal)) as unknown[],
    );
    expect(replayed.out).toBe(out);
    expect(replayed.picture).toBe(picture);
    expect(replayed.vcd).toBe(vcd);
    expect(replayed.board.machine.save()).toEqual(whole.board.machine.save());
  });
});

const MIXTURE = `
from machine import ADC, I2C, Pin, PWM, UART, mem32
import time
uart = UART(0, 19200, timeout=20)
pwm = PWM(6, freq=2345, duty_u16=20000)
seen = Pin(10)
adc = ADC(26)
i2c = I2C(0, scl=5, sda=4)
for turn in range(12):
    uart.write('turn {}\\n'.format(turn))
    pwm.duty_u16(3000 * turn)
    if turn == 5:
        pwm.freq(5432)
    highs = 0
    for i in range(40):
        highs += seen.value() + (mem32[0xd0000004] >> 6 & 1)
    line = uart.readline()
    raw = adc.read_u16()
    try:
        chip = i2c.readfrom_mem(0x76, 0xd0, 1)
    except OSError as e:
        chip = e
    print(line, highs, raw, chip, Pin(14, Pin.IN, Pin.PULL_UP).value(), time.ticks_us())
`;

/** A board with a bit of everything; `snapshotAt`: after so many slices it goes on in a copy. */
function mixture(nextLimit: () => RunLimit, snapshotAt = -1): { out: string; vcd: string } {
  const out = new Output();
  const make = () => {
    const board = new cli.Board({ stdout: out.write, stderr: out.write, trace: true });
    const machine = board.machine as unknown as Machine;
    machine.attach(new Wire('loop', { from: 0, to: 1 }));
    machine.attach(new Wire('pwm', { from: 6, to: 10 }));
    const pot = machine.attach(
      new AnalogInput('pot', { pin: 26, voltage: { kind: 'sine', offset: 1.5, amplitude: 1, hz: 10 } }),
    );
    machine.attach(new Bme280('sensor', { scl: 5, sda: 4 }));
    const button = machine.attach(new Button('button', { pin: 14 }));
    return { board, pot, button };
  };
  const first = make();
  first.pot.set(1.25, 40e6);
  first.button.press(20e6);
  first.button.release(35e6);
  let { board } = first;
  board.start(new TextEncoder().encode(MIXTURE), 'mixture.py');
  for (let n = 0; ; n++) {
    if (n === snapshotAt) {
      const state = structuredClone(board.save());
      board = make().board;
      board.load(state);
    }
    const r = board.run(nextLimit());
    if (r.reason === 'done') break;
    if (r.reason === 'waiting') board.skipTo(r.until);
    else if (r.reason !== 'budget') throw new Error(`${r.reason}: ${out.text}`);
  }
  return { out: out.text, vcd: board.machine.trace?.toVcd() ?? '' };
}

describe('peripherals together', { timeout: 30_000 }, () => {
  const whole = mixture(() => ({}));

  it('work', () => {
    const lines = whole.out.split('\n');
    for (const [turn, line] of lines.slice(0, 12).entries()) {
      const found = /^b'turn (\d+)\\n' (\d+) \d+ b'`' [01] \d+$/.exec(line);
      expect(Number(found?.[1])).toBe(turn);
      // both pins of the wire, forty times each
      expect(Number(found?.[2])).toBeLessThanOrEqual(80);
    }
    // the voltage that the host set: 1.25 of 3.3 volts
    expect(lines[11]?.split(' ')[3]).toBe(String((1551 << 4) | (1551 >> 8)));
    expect(new Set(lines.slice(0, 12).map((line) => line.split(' ')[5])).size).toBe(2);
  });
  it('are the same in slices of one and of some bytecodes, and in a copy', () => {
    expect(mixture(() => ({ bytecodes: 1 }))).toEqual(whole);
    expect(mixture(smallSlices(seededRandom(11)))).toEqual(whole);
    const random = seededRandom(5);
    for (const at of [40, 300, 900]) expect(mixture(() => ({ bytes: 200 + random(100) }), at)).toEqual(whole);
  });
});
