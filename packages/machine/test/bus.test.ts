import { describe, expect, it } from 'vitest';
import { Bus, type Edge, FileError, Gpio, MachineUsageError, MemoryFolder, OpenFiles } from '../src/index.js';

describe('Bus', () => {
  const u8 = new Uint8Array(32);
  let writes = 0;
  const make = (): Bus => {
    const bus = new Bus({ u8, onWrite: () => writes++ });
    bus.mapMemory('rom', 0x1000, 16, 0, false);
    bus.mapMemory('ram', 0x2000, 16, 16, true);
    return bus;
  };

  it('reads and writes memory little-endian', () => {
    const bus = make();
    bus.write(0x2004, 4, 0xdeadbeef);
    expect([bus.read(0x2004, 4), bus.read(0x2004, 2), bus.read(0x2007, 1), u8[20], writes]).toEqual([
      0xdeadbeef, 0xbeef, 0xde, 0xef, 1,
    ]);
  });
  it('puts narrow writes on all byte lanes of a peripheral', () => {
    const bus = make();
    const log: [number, number][] = [];
    bus.mapPeripheral('p', 0x80000000, 0x100, { read32: (o) => o + 0x04030201, write32: (o, v) => log.push([o, v]) });
    bus.write(0x80000011, 1, 0xab);
    bus.write(0x80000016, 2, 0x1234);
    expect(log).toEqual([
      [0x10, 0xabababab],
      [0x14, 0x12341234],
    ]);
    expect([bus.read(0x80000003, 1), bus.read(0x80000002, 2)]).toEqual([4, 0x0403]);
  });
  it('faults where nothing is, and on writes to ROM', () => {
    const bus = make();
    expect(() => bus.read(0x3000, 4)).toThrow('nothing at address 00003000');
    expect(() => bus.write(0x1000, 1, 0)).toThrow('address 00001000 is read-only');
    expect(() => bus.mapMemory('x', 0x200c, 16, 0, true)).toThrow(MachineUsageError);
  });
});

describe('Gpio', () => {
  it('resolves drivers and pulls, and tells of each change once', () => {
    let now = 0;
    const gpio = new Gpio(4, { now: () => now, schedule: () => 1, cancel: () => undefined });
    const edges: Edge[] = [];
    gpio.onEdge((pin, level, ns) => edges.push({ pin, level, ns }));
    gpio.setPulls(1, true, false);
    now = 10;
    gpio.drive(1, 'a', 0);
    gpio.drive(1, 'b', 1);
    expect([gpio.level(1), gpio.contended(1)]).toEqual([0, true]);
    now = 20;
    gpio.drive(1, 'a', undefined);
    gpio.drive(1, 'b', undefined);
    expect(gpio.level(1)).toBe(1);
    gpio.setPulls(1, true, true);
    expect(gpio.level(1)).toBe(1);
    gpio.setFunction(2, 5);
    gpio.outputs = 4;
    expect(gpio.level(2)).toBe(0);
    gpio.outputEnables = 0xff;
    expect([gpio.level(2), gpio.outputEnables]).toEqual([1, 15]);
    expect(edges).toEqual([
      { pin: 1, level: 1, ns: 0 },
      { pin: 1, level: 0, ns: 10 },
      { pin: 1, level: 1, ns: 20 },
      { pin: 2, level: 1, ns: 20 },
    ]);
    expect(() => gpio.drive(4, 'x', 1)).toThrow('pins 0 to 3');
    const twin = new Gpio(4, { now: () => now, schedule: () => 1, cancel: () => undefined });
    twin.load(gpio.save());
    expect([twin.save(), twin.inputs]).toEqual([gpio.save(), gpio.inputs]);
  });
});

describe('OpenFiles', () => {
  const mode = { readable: true, writable: true, append: false, create: true, truncate: false, exclusive: false };

  it('shares one content among the handles of a path', () => {
    const folder = new MemoryFolder();
    const files = new OpenFiles(folder);
    const a = files.open('f', mode);
    const b = files.open('/f', mode);
    files.write(a, Uint8Array.of(1, 2, 3), 0, 3);
    const out = new Uint8Array(4);
    expect([files.read(b, out, 0, 4), out[2], files.stat('f')?.size]).toEqual([3, 3, 3]);
    files.rename('f', 'g');
    files.write(b, Uint8Array.of(9), 0, 1);
    files.close(a);
    files.close(b);
    expect([...folder.read('/g')]).toEqual([1, 2, 3, 9]);
    expect(folder.stat('/f')).toBeUndefined();
  });
  it('does not bring removed files back, nor grow without bound', () => {
    const folder = new MemoryFolder({ f: 'x' });
    const files = new OpenFiles(folder);
    const a = files.open('f', mode);
    files.remove('f');
    files.write(a, Uint8Array.of(1), 0, 1);
    files.seek(a, 0x7fffffff, 0);
    expect(() => files.write(a, Uint8Array.of(1), 0, 1)).toThrow(FileError);
    files.close(a);
    expect(folder.list('/')).toEqual([]);
  });
});
