/** Devices on one wire, with the drivers of the firmware: NeoPixel strips, DHT sensors, DS18B20 thermometers. */
import { describe, expect, it } from 'vitest';
import { loadVm, saveVm } from '@tsmp/vm';
import { deviceOf, Dht, Ds18b20, NeoPixelStrip } from '../src/index.js';
import { TestBoard } from './kit.js';

describe('NeoPixel', () => {
  it('sets the LEDs of a strip', () => {
    const board = new TestBoard();
    const strip = new NeoPixelStrip('strip', { pin: 16, count: 4 });
    board.machine.attach(strip);
    expect(
      board.run(`
from machine import Pin
from neopixel import NeoPixel
np = NeoPixel(Pin(16), 4)
np[0] = (255, 0, 1)
np[1] = 2, 128, 3
np[-1] = (4, 5, 6)
np.write()
print(len(np), np[0], np[1], list(np.buf))
import time
t = time.ticks_us()
np.write()
t = time.ticks_diff(time.ticks_us(), t)
print(115 < t < 140)
`),
    ).toBe('4 (255, 0, 1) (2, 128, 3) [0, 255, 1, 128, 2, 3, 0, 0, 0, 5, 4, 6]\nTrue\n');
    board.run('import time\ntime.sleep_ms(1)\n');
    expect(strip.pixels).toEqual([
      [255, 0, 1],
      [2, 128, 3],
      [0, 0, 0],
      [4, 5, 6],
    ]);
    expect(strip.toText()).toBe('#ff0001 #028003 #000000 #040506\n');
    board.run(`
from machine import Pin
from neopixel import NeoPixel
np = NeoPixel(Pin(16), 2)
np.fill((1, 2, 3))
np.write()
import time
time.sleep_ms(1)
`);
    expect(strip.toText()).toBe('#010203 #010203 #000000 #040506\n');
    expect(strip.updates).toBe(3);
  });
  it('has LEDs with white, and slow ones', () => {
    const board = new TestBoard();
    const white = board.machine.attach(deviceOf('neopixel/w:pin=2,count=2,order=GRBW')) as NeoPixelStrip;
    const slow = board.machine.attach(deviceOf('neopixel/s:pin=3,count=1,order=RGB,khz=400')) as NeoPixelStrip;
    board.run(`
from machine import Pin, bitstream
from neopixel import NeoPixel
np = NeoPixel(Pin(2), 2, bpp=4)
np.fill((1, 2, 3, 4))
np.write()
np = NeoPixel(Pin(3), 1, timing=0)
np.ORDER = (0, 1, 2)
np[0] = 10, 20, 30
np.write()
for args in ((Pin(3), 1, (1, 2, 3, 4), b''), (Pin(3), 0, (1, 2, 3), b'')):
    try: bitstream(*args)
    except ValueError as e: print(e)
import time
time.sleep_ms(1)
`);
    expect(white.pixels).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
    expect(slow.pixels).toEqual([[10, 20, 30]]);
  });
});

describe('DHT', () => {
  it('measures humidity and temperature', () => {
    const board = new TestBoard();
    const sensor = new Dht('dht', { pin: 4, temperature: -7.3, humidity: 61.5 });
    board.machine.attach(sensor);
    board.machine.attach(deviceOf('dht11:pin=5,temperature=23,humidity=40'));
    expect(
      board.run(`
from machine import Pin
import dht, time
d = dht.DHT22(Pin(4))
for i in range(2):
    d.measure()
    print('%.1f %.1f' % (d.temperature(), d.humidity()))
e = dht.DHT11(Pin(5, Pin.IN, Pin.PULL_UP))
e.measure()
print(e.temperature(), e.humidity())
try:
    dht.DHT22(Pin(6, Pin.IN, Pin.PULL_UP)).measure()
except OSError as err:
    print(err)
`),
    ).toBe('-7.3 61.5\n-7.3 61.5\n23 40\n[Errno 110] ETIMEDOUT\n');
    sensor.set({ temperature: 31.4 });
    expect(board.run('import dht\nd.measure()\nprint("%.1f" % d.temperature())\n')).toBe('31.4\n');
  });
});

describe('DS18B20', () => {
  const PROGRAM = `
from machine import Pin
import onewire, ds18x20, time
bus = ds18x20.DS18X20(onewire.OneWire(Pin(12)))
roms = bus.scan()
print([bytes(r) for r in roms])
bus.convert_temp()
time.sleep_ms(750)
print([bus.read_temp(r) for r in roms])
`;
  it('is found and read, alone and with others', () => {
    for (const temperatures of [[], [21.5], [-10.25, 85, 0, 30.0625, 99]]) {
      const board = new TestBoard();
      const all = temperatures.map(
        (temperature, i) => new Ds18b20(`t${i}`, { pin: 12, temperature, serial: 37 * i + 5 }),
      );
      for (const d of all) board.machine.attach(d);
      if (all.length === 0) {
        expect(board.run(PROGRAM)).toMatch(/^\[\]\nTraceback[\s\S]*\nOneWireError: \n$/);
        continue;
      }
      const [roms, values] = board.run(PROGRAM).trimEnd().split('\n') as [string, string];
      const hex = [...roms.matchAll(/b(['"])(.*?)\1(?=[,\]])/g)].length;
      expect(hex).toBe(all.length);
      expect(JSON.parse(values).sort((a: number, b: number) => a - b)).toEqual([...temperatures].sort((a, b) => a - b));
    }
  });
  it('has alarms and a resolution that can be written', () => {
    const board = new TestBoard();
    const d = new Ds18b20('t', { pin: 12, temperature: 20.3 });
    board.machine.attach(d);
    expect(
      board.run(`${PROGRAM}
bus.write_scratch(roms[0], b'\\x01\\x02\\x1f')
print(list(bus.read_scratch(roms[0])[2:5]))
bus.convert_temp()
print(bus.read_temp(roms[0]), roms[0][0] == 0x28, bus.ow.crc8(roms[0]))
`),
    ).toMatch(/\[20\.3125\]\n\[1, 2, 31\]\n20\.5 True 0\n$/);
    expect(d.rom.length).toBe(8);
  });
  it('goes on from a snapshot', () => {
    const make = (): TestBoard => {
      const board = new TestBoard();
      board.machine.attach(new Ds18b20('t', { pin: 12, temperature: 20.3 }));
      return board;
    };
    const first = make();
    first.start(PROGRAM);
    first.step({ bytecodes: 10_000_000 }, 1);
    const second = make();
    loadVm(second.vm, saveVm(first.vm));
    second.machine.load(first.machine.save());
    expect(second.finish()).toBe('[20.3125]\n');
  });
});
