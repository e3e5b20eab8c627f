import { describe, expect, it } from 'vitest';
import { Bme280, deviceOf, Led, pinTraceSvg, PinTrace, Ssd1306 } from '../src/index.js';
import { TestBoard } from './kit.js';

describe('BME280', () => {
  it('measures on demand, or by itself with its filter', () => {
    const board = new TestBoard();
    const sensor = board.machine.attach(new Bme280('s', { scl: 1, sda: 0, address: 0x77 }));
    const out = board.run(`
from machine import I2C
from time import sleep_ms
i = I2C(0, scl=1, sda=0)
r = lambda reg, n=1: i.readfrom_mem(0x77, reg, n)
w = lambda reg, v: i.writeto_mem(0x77, reg, bytes((v,)))
print(r(0xd0), r(0xf7, 8))
w(0xf4, 1 << 5 | 1); print(r(0xf3), r(0xf4)); sleep_ms(10)
print(r(0xf3), r(0xf4), r(0xf7, 8)[:3], r(0xf7, 8)[6:])
w(0xf2, 5); w(0xf5, 4 << 2); w(0xf4, 1 << 5 | 1 << 2 | 3); sleep_ms(100)
a = r(0xf7, 8); print(a[6:] != b'\\x80\\x00', r(0xf2))
`);
    expect(out).toBe(
      "b'`' b'\\x80\\x00\\x00\\x80\\x00\\x00\\x80\\x00'\nb'\\x08' b'!'\nb'\\x00' b' ' b'\\x80\\x00\\x00' b'\\x80\\x00'\nTrue b'\\x05'\n",
    );
    sensor.set({ temperature: 40 });
    // the filter takes its time
    const rise = `
t = lambda d: d[3] << 12 | d[4] << 4 | d[5] >> 4
seen = []
for ms in (25, 200, 3000):
    sleep_ms(ms); seen.append(t(r(0xf7, 8)) - t(a))
print(0 < seen[0] < seen[1] < seen[2], seen[0] * 3 < seen[2])
w(0xe0, 0xb6); print(r(0xf4), r(0xf7))
`;
    expect(board.run(rise)).toBe("True True\nb'\\x00' b'\\x80'\n");
    expect(sensor.surroundings).toEqual({ temperature: 40, pressure: 101_325, humidity: 50 });
    expect(() => sensor.set({ temperature: 200 })).toThrow('cannot measure');
    const twin = new Bme280('s', { scl: 1, sda: 0 });
    twin.load(JSON.parse(JSON.stringify(sensor.save())));
    expect(twin.save()).toEqual(sensor.save());
  });
});

describe('deviceOf', () => {
  it('makes devices from words', () => {
    const led = deviceOf('led/red:pin=3,low');
    expect(led).toBeInstanceOf(Led);
    expect(led.name).toBe('red');
    expect((led as Led).options).toEqual({ pin: 3, activeLow: true });
    expect(deviceOf('ssd1306:sck=18,mosi=19,dc=20,cs=17,height=32')).toBeInstanceOf(Ssd1306);
    expect(deviceOf('bme280:scl=GP5,sda=4,temperature=-3')).toMatchObject({ surroundings: { temperature: -3 } });
    expect(deviceOf('analog:pin=26,volts=1.5').save()).toEqual({ voltage: 1.5 });
  });
  it('says what is wrong', () => {
    expect(() => deviceOf('servo:pin=1')).toThrow("device 'servo:pin=1': there is no kind 'servo' (there are led");
    expect(() => deviceOf('led')).toThrow("'pin' is missing");
    expect(() => deviceOf('led:pin=1,colour=red')).toThrow("no setting 'colour'");
    expect(() => deviceOf('analog:pin=26,volts=high')).toThrow("'volts' is no number: 'high'");
    expect(() => deviceOf('ssd1306:scl=1,sda=0,height=48')).toThrow('64 or 32 rows');
    expect(() => deviceOf('button:pin=1,high=yes')).toThrow("'high' is 0 or 1");
  });
});

describe('pinTraceSvg', () => {
  const board = new TestBoard({ trace: true });
  board.run(`
from machine import Pin, PWM, I2C
from time import sleep_ms
p = Pin(3, Pin.OUT)
p(1); sleep_ms(10); p(0); sleep_ms(10)
PWM(4, freq=100_000, duty_u16=20000); sleep_ms(5)
I2C(0, scl=1, sda=0).scan()
`);
  const trace = board.machine.trace as PinTrace;

  it('draws lines, bands where edges are dense, and transactions', () => {
    const svg = pinTraceSvg(trace, { pins: ['GP3', 'GP4'], transactions: board.machine.transactions?.list() });
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="1054"/);
    expect(svg.match(/<path class="s"/g)?.length).toBe(2);
    expect(svg.match(/class="b"/g)?.length).toBe(1);
    expect(svg.match(/class="n"/g)?.length).toBe(112);
    expect(svg).toContain('>SoftI2C</text>');
    expect(svg).toContain('>10 ms</text>');
    // up at the start, down after 10 ms
    const path = /<path class="s" d="([^"]+)"/.exec(svg)?.[1] ?? '';
    expect(path.match(/V/g)?.length).toBe(2);
  });
  it('draws each edge when there is room', () => {
    const [first] = trace.list(4);
    const from = first?.ns ?? 0;
    const svg = pinTraceSvg(trace, { from, to: from + 50_000, pins: ['GP4'] });
    expect(svg).not.toContain('class="b"');
    expect((/d="([^"]+)"/.exec(svg)?.[1] ?? '').match(/V/g)?.length).toBe(10);
    expect(svg).toMatch(/>\d+(\.\d+)? µs</);
    expect(() => pinTraceSvg(trace, { pins: ['X'] })).toThrow("no pin 'X'");
    expect(pinTraceSvg(new PinTrace(['a']))).toContain('</svg>');
  });
});
