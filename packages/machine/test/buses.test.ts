import { describe, expect, it } from 'vitest';
import { type Device, type DevicePins, type I2cTarget, MachineUsageError, pngOf, Ssd1306 } from '../src/index.js';
import { TestBoard } from './kit.js';

/** A memory on I2C with one-byte addresses; it refuses writes past 0x20 and can hold the clock. */
class Memory implements Device {
  bytes = new Uint8Array(64);
  at: number | null = null;
  stretchNs = 0;
  constructor(
    readonly name: string,
    private readonly wires: { scl: number; sda: number; address: number },
  ) {}
  attach(pins: DevicePins): void {
    const target: I2cTarget = {
      start: (read) => {
        if (!read) this.at = null;
        return true;
      },
      write: (byte) => {
        if (this.at === null) this.at = byte & 63;
        else if (this.at >= 0x20) return false;
        else this.bytes[this.at++] = byte;
        return true;
      },
      read: () => this.bytes[(this.at = ((this.at ?? 0) + 1) & 63) - 1] ?? 0,
      stretch: () => this.stretchNs,
    };
    pins.i2c(this.wires, this.wires.address, target);
  }
  save(): unknown {
    return { bytes: Array.from(this.bytes), at: this.at };
  }
  load(state: unknown): void {
    const s = state as { bytes: number[]; at: number | null };
    this.bytes = Uint8Array.from(s.bytes);
    this.at = s.at;
  }
}

describe('I2C', () => {
  it('prints and checks pins as the rp2 port does', () => {
    expect(
      new TestBoard().run(`
from machine import I2C, SoftI2C, Pin
print(I2C(0), I2C(1, freq=100000, scl=Pin(3), sda=Pin(2)), Pin(4), Pin(3))
print(I2C(1), I2C() is I2C(0), SoftI2C(scl=15, sda=14), SoftI2C(15, 14, freq=30000, timeout=7))
for a, k in (((2,), {}), ((0,), dict(scl=4)), ((0,), dict(sda=5)), ((1,), dict(scl=5)), ((), dict(foo=1))):
    try: I2C(*a, **k)
    except (ValueError, TypeError) as e: print(e)
try: I2C(0).start()
except OSError as e: print(e)
try: I2C(0).init(freq=1)
except OSError as e: print(e)
try: SoftI2C(1)
except TypeError as e: print(e)
`),
    ).toBe(
      `I2C(0, freq=399361, scl=5, sda=4, timeout=50000) I2C(1, freq=100000, scl=3, sda=2, timeout=50000) Pin(GPIO4, mode=ALT, pull=PULL_UP, alt=I2C0_SDA) Pin(GPIO3, mode=ALT, pull=PULL_UP, alt=I2C1_SCL)
I2C(1, freq=100000, scl=3, sda=2, timeout=50000) True SoftI2C(scl=15, sda=14, freq=500000) SoftI2C(scl=15, sda=14, freq=31250)
I2C(2) doesn't exist
bad SCL pin
bad SDA pin
bad SCL pin
extra keyword arguments given
I2C operation not supported
I2C operation not supported
'sda' argument required
`,
    );
  });

  for (const make of ['I2C(0, scl=Pin(1), sda=Pin(0))', 'SoftI2C(scl=Pin(1), sda=Pin(0))']) {
    it(`moves bytes: ${make}`, () => {
      const board = new TestBoard({ trace: true });
      const memory = board.machine.attach(new Memory('m', { scl: 1, sda: 0, address: 0x50 }));
      board.machine.attach(new Memory('n', { scl: 1, sda: 0, address: 0x23 }));
      board.machine.attach(new Memory('elsewhere', { scl: 3, sda: 2, address: 0x30 }));
      const nobody = make.startsWith('Soft') ? '[Errno 19] ENODEV' : '[Errno 5] EIO';
      expect(
        board.run(`
from machine import I2C, SoftI2C, Pin
import time
i2c = ${make}
print(i2c.scan(), i2c.deinit())
print(i2c.writeto(0x50, b'\\x04abc'), i2c.writevto(0x50, (b'\\x07', b'', bytearray(b'de'))), i2c.writevto(0x50, []))
print(i2c.writeto(0x50, b'\\x04', False), i2c.readfrom(0x50, 5), i2c.readfrom(0x50, 0))
b = bytearray(2); print(i2c.readfrom_into(0x50, b), b)
i2c.writeto_mem(0x50, 0x10, b'xyz'); print(i2c.readfrom_mem(0x50, 0x10, 3), i2c.readfrom_mem_into(0x50, 0x11, b), b)
i2c.writeto_mem(0x50, 0x1012, b'!', addrsize=16); print(i2c.readfrom_mem(0x50, 0x10, 3))
print(i2c.writeto(0x50, b'\\x1e1234'))
for f in (lambda: i2c.writeto(0x51, b'1'), lambda: i2c.readfrom(0x51, 1), lambda: i2c.readfrom_mem(0x51, 1, 1),
          lambda: i2c.writeto_mem(0x51, 1, b'1'), lambda: i2c.readfrom_mem(0x50, 1, 1, addrsize=7), lambda: i2c.writeto(0x50, 3)):
    try: f()
    except (OSError, ValueError, TypeError) as e: print(e)
t = time.ticks_us(); i2c.readfrom(0x50, 100); print(1500 < time.ticks_diff(time.ticks_us(), t) < 3000)
`),
      ).toBe(`[35, 80] None
4 3 0
1 b'abcde' b''
None bytearray(b'\\x00\\x00')
b'xyz' None bytearray(b'yz')
b'\\x12!z'
3
${nobody}
${nobody}
${nobody}
${nobody}
invalid addrsize
object with buffer protocol required
True
`);
      expect(Array.from(memory.bytes.slice(0x1e, 0x20))).toEqual([0x31, 0x32]);
      // the record, and the waveforms made from it
      const all = board.machine.transactions?.list() ?? [];
      const t = all.find((x) => x.kind === 'i2c' && x.data.length === 4 && !x.read);
      expect(t).toMatchObject({ address: 0x50, data: [4, 0x61, 0x62, 0x63], found: true, acked: 4, stop: true });
      expect(board.machine.transactions?.toText()).toMatch(/ms {2}(Soft)?I2C0? 0x50 W 04 61 62 63\n/);
      const edges = board.machine.trace?.list(undefined, { from: t?.start ?? 0, to: t?.end ?? 0 }) ?? [];
      expect(
        decodeI2c(
          edges.map((e) => [e.pin, e.level]),
          1,
          0,
        ),
      ).toEqual([0xa0, 4, 0x61, 0x62, 0x63]);
    });
  }

  it('has primitive operations when it is bit-banged', () => {
    const board = new TestBoard();
    board.machine.attach(new Memory('m', { scl: 1, sda: 0, address: 0x50 }));
    expect(
      board.run(`
from machine import SoftI2C
i = SoftI2C(scl=1, sda=0)
i.start(); print(i.write(b'\\xa0\\x05hi')); i.stop()
i.start(); print(i.write(b'\\xa0\\x05')); i.start(); print(i.write(b'\\xa1'))
b = bytearray(2); i.readinto(b); i.stop(); print(b)
i.start(); print(i.write(b'\\xa2\\x05')); i.stop()
`),
    ).toBe("4\n2\n1\nbytearray(b'hi')\n0\n");
  });

  it('times out when somebody holds the clock, or nobody pulls it up', () => {
    const board = new TestBoard();
    const memory = board.machine.attach(new Memory('m', { scl: 1, sda: 0, address: 0x50 }));
    memory.stretchNs = 2e6;
    const out = board.run(`
from machine import I2C, SoftI2C, Pin
import time
def t(f):
    t0 = time.ticks_us()
    try: r = f()
    except OSError as e: r = e
    print(r, time.ticks_diff(time.ticks_us(), t0) // 1000)
i = I2C(0, scl=1, sda=0, timeout=3000)
t(lambda: i.readfrom(0x50, 2))
i = I2C(0, scl=1, sda=0, timeout=1000)
t(lambda: i.readfrom(0x50, 2))
t(lambda: SoftI2C(1, 0, timeout=1000).writeto(0x50, b'12'))
t(lambda: SoftI2C(9, 8, timeout=5000).readfrom(0x50, 1))
Pin(0, Pin.OUT)
t(lambda: i.readfrom(0x50, 2))
`);
    expect(out).toBe(
      "b'\\x00\\x00' 4\n[Errno 110] ETIMEDOUT 1\n[Errno 110] ETIMEDOUT 1\n[Errno 110] ETIMEDOUT 10\n[Errno 110] ETIMEDOUT 1\n",
    );
    expect(() => board.machine.attach(new Memory('x', { scl: 1, sda: 0, address: 200 }))).toThrow(MachineUsageError);
  });
});

/** What a logic analyser reads: the bytes between START and STOP. */
function decodeI2c(edges: readonly (readonly [number, number])[], scl: number, sda: number): number[] {
  let [clock, data, bits, started] = [1, 1, '', false];
  const bytes: number[] = [];
  for (const [pin, level] of edges) {
    if (pin === sda) {
      if (clock === 1 && level === 0) [started, bits] = [true, ''];
      data = level;
    } else if (pin === scl) {
      clock = level;
      if (level === 1 && started) bits += data;
      if (bits.length === 9) {
        bytes.push(Number.parseInt(bits.slice(0, 8), 2));
        bits = '';
      }
    }
  }
  return bytes;
}

/** A shift register of one byte: gives what it got before. */
class Shift implements Device {
  last = 0xaa;
  modes: string[] = [];
  constructor(readonly name: string) {}
  attach(pins: DevicePins): void {
    pins.spi(
      { sck: 18, mosi: 19, miso: 16 },
      {
        selected: () => pins.level(17) === 0,
        transfer: (word, mode) => {
          this.modes.push(`${mode.polarity}${mode.phase}`);
          const before = this.last;
          this.last = word;
          return before;
        },
      },
    );
  }
  save(): unknown {
    return this.last;
  }
  load(state: unknown): void {
    this.last = state as number;
  }
}

describe('SPI', () => {
  it('prints and checks as the rp2 port does', () => {
    expect(
      new TestBoard().run(`
from machine import SPI, SoftSPI, Pin
print(SPI(0), SPI(1, 10_000_000, polarity=1, phase=1, miso=None), SPI() is SPI(0), Pin(18))
s = SPI(1); print(s); s.init(baudrate=400_000, bits=4, polarity=0); print(s, SPI.MSB, SPI.LSB)
print(SoftSPI(sck=0, mosi=1, miso=2), SoftSPI(40000, polarity=1, sck=Pin(0), mosi=Pin(1), miso=Pin(2)))
for f in (lambda: SPI(2), lambda: SPI(0, sck=3), lambda: SPI(0, mosi=2), lambda: SPI(1, miso=0), lambda: SPI(0, firstbit=SPI.LSB),
          lambda: SoftSPI(sck=1, mosi=2), lambda: SoftSPI(bits=9, sck=1, mosi=2, miso=3), lambda: SPI(0).write_readinto(b'12', bytearray(1))):
    try: f()
    except (ValueError, NotImplementedError) as e: print(type(e).__name__, e)
`),
    ).toBe(`SPI(0, baudrate=992063, polarity=0, phase=0, bits=8, sck=18, mosi=19, miso=16) SPI(1, baudrate=8928571, polarity=1, phase=1, bits=8, sck=10, mosi=11, miso=None) True Pin(GPIO18, mode=ALT, pull=PULL_DOWN, alt=SPI0_SCK)
SPI(1, baudrate=8928571, polarity=1, phase=1, bits=8, sck=10, mosi=11, miso=None)
SPI(1, baudrate=398089, polarity=0, phase=1, bits=4, sck=10, mosi=11, miso=None) 1 0
SoftSPI(baudrate=500000, polarity=0, phase=0, firstbit=1, sck=0, mosi=1, miso=2) SoftSPI(baudrate=38461, polarity=1, phase=0, firstbit=1, sck=0, mosi=1, miso=2)
ValueError SPI(2) doesn't exist
ValueError bad SCK pin
ValueError bad MOSI pin
ValueError bad MISO pin
NotImplementedError LSB
ValueError must specify all of sck/mosi/miso
ValueError bits must be 8
ValueError buffers must be the same length
`);
  });

  for (const make of ['SPI(0, 1000000, polarity=1)', 'SoftSPI(500000, sck=18, mosi=19, miso=16)']) {
    it(`moves bytes: ${make}`, () => {
      const board = new TestBoard({ trace: true });
      const shift = board.machine.attach(new Shift('s'));
      expect(
        board.run(`
from machine import SPI, SoftSPI, Pin
import time
spi = ${make}; cs = Pin(17, Pin.OUT, value=1)
print(spi.read(2), spi.read(2, 0xff))
cs(0); print(spi.read(3, 0x55), spi.write(b'\\x01\\x02'))
b = bytearray(2); spi.readinto(b); print(b, end=' '); print(spi.write_readinto(b'\\x81\\x82', b), b)
t = time.ticks_us(); spi.write(bytes(100)); t = time.ticks_diff(time.ticks_us(), t); print(800 <= t < 1700)
cs(1); spi.init(phase=1); cs(0); spi.write(b'1')
`),
      ).toBe(
        "b'\\x00\\x00' b'\\x00\\x00'\nb'\\xaaUU' None\nbytearray(b'\\x02\\x00') None bytearray(b'\\x00\\x81')\nTrue\n",
      );
      expect(shift.modes[shift.modes.length - 1]?.[1]).toBe('1');
      const t = board.machine.transactions?.list().find((x) => x.kind === 'spi' && x.sent[0] === 0x81);
      expect(t).toMatchObject({ sent: [0x81, 0x82], received: [0, 0x81] });
      // clocked in at the leading edge, as the mode says
      const edges = board.machine.trace?.list(undefined, { from: (t?.start ?? 0) - 1, to: t?.end ?? 0 }) ?? [];
      const leading = make.startsWith('SPI') ? 0 : 1;
      let [data, bits] = [0, ''];
      for (const e of edges) {
        if (e.pin === 19) data = e.level;
        else if (e.pin === 18 && e.level === leading) bits += data;
      }
      expect(bits).toBe('1000000110000010');
    });
  }

  it('goes on in a snapshot', () => {
    const board = new TestBoard({ trace: true });
    board.machine.attach(new Shift('s'));
    board.run('from machine import SPI, SoftI2C\ns = SPI(0, 2000000)\ni = SoftI2C(1, 0)\ni.start()\ns.write(b"12")');
    const twin = new TestBoard({ trace: true });
    twin.machine.attach(new Shift('s'));
    const state = JSON.parse(JSON.stringify(board.machine.save()));
    twin.machine.load(state);
    expect(twin.machine.save()).toEqual(state);
    expect(twin.run('from machine import SPI\nprint(SPI(0))')).toMatch('baudrate=1953125');
  });
});

describe('SSD1306', () => {
  it('takes commands one by one and in streams, in each addressing mode', () => {
    const board = new TestBoard();
    const oled = board.machine.attach(new Ssd1306('oled', { i2c: { scl: 1, sda: 0 } }));
    const run = (body: string) => board.run(`from machine import I2C\ni = I2C(0, scl=1, sda=0)\n${body}`);
    run(String.raw`
c = lambda *b: i.writeto(0x3c, b'\x00' + bytes(b))
d = lambda *b: i.writeto(0x3c, b'\x40' + bytes(b))
c(0xa1, 0xc8); i.writeto(0x3c, b'\x80\x81\x80\x33\x80\xaf')
c(0xb1, 0x02, 0x11); d(0xff, 0x01)
c(0x20, 1, 0x21, 5, 6, 0x22, 2, 3); d(1, 2, 4, 8, 16)
`);
    expect(oled.on).toBe(true);
    expect(oled.contrast).toBe(0x33);
    const lit = () => {
      const all: string[] = [];
      for (let y = 0; y < 64; y++) for (let x = 0; x < 128; x++) if (oled.pixel(x, y)) all.push(`${x},${y}`);
      return all;
    };
    const page = [8, 9, 10, 11, 12, 13, 14, 15].map((y) => `18,${y}`);
    // vertical: down the pages of a column first; the fifth byte wraps to the first place
    expect(lit().sort()).toEqual([...page, '19,8', '5,20', '6,18', '5,25', '6,27'].sort());
    run('c(0xd3, 8)');
    expect(lit()).toContain('5,12');
    run('c(0xd3, 0, 0x40 | 8)');
    expect(lit()).toContain('5,12');
    run('c(0x40, 0xa7)');
    expect(lit().length).toBe(128 * 64 - 13);
    run('c(0xa6, 0xa0, 0xc0)');
    expect(lit()).toContain('122,43');
    run('c(0xae)');
    expect(lit()).toEqual([]);
    expect(board.run('print(i.readfrom(0x3c, 1))')).toBe("b'@'\n");
    run('c(0xaf, 0xa5)');
    expect(lit().length).toBe(128 * 64);
  });

  it('scrolls by itself', () => {
    const board = new TestBoard();
    const oled = board.machine.attach(new Ssd1306('oled', { i2c: { scl: 1, sda: 0 } }));
    board.run(String.raw`
from machine import I2C
from time import sleep_ms
i = I2C(0, scl=1, sda=0)
c = lambda *b: i.writeto(0x3c, b'\x00' + bytes(b))
c(0xa1, 0xc8, 0xaf); i.writeto(0x3c, b'\x40\x01')
c(0x26, 0, 0, 7, 0, 0, 0xff, 0x2f)
sleep_ms(105)
c(0x2e)
sleep_ms(100)
`);
    expect([0, 1, 5, 6].map((x) => oled.pixel(x, 0))).toEqual([false, false, true, false]);
  });

  it('hangs on SPI as well, with its reset pin', () => {
    const board = new TestBoard();
    const oled = board.machine.attach(
      new Ssd1306('oled', { spi: { sck: 18, mosi: 19, dc: 20, cs: 17, res: 21 }, height: 32 }),
    );
    board.run(String.raw`
from machine import SPI, Pin
s = SPI(0, 8000000); dc = Pin(20, Pin.OUT); cs = Pin(17, Pin.OUT, value=1); res = Pin(21, Pin.OUT, value=1)
s.write(b'\xaf')
cs(0); s.write(b'\xaf\xa1\xc8\xa8\x1f'); dc(1); s.write(b'\x81'); cs(1); s.write(b'\xff')
`);
    expect(oled.toText().split('\n').slice(0, 5)).toEqual(['▀', '', '', '▄', '']);
    const png = oled.toPng(2);
    expect([png[19], png[23]]).toEqual([0, 64]);
    board.run('res(0)');
    expect(oled.on).toBe(false);
    expect(() => new Ssd1306('x', {})).toThrow('I2C or on SPI');
  });
});

describe('pngOf', () => {
  it('writes what a decoder reads', async () => {
    const { inflateSync, crc32 } = await import('node:zlib').then((z) => ({
      inflateSync: z.inflateSync,
      crc32: (z as unknown as { crc32?: (b: Uint8Array) => number }).crc32,
    }));
    const grey = Array.from({ length: 300 * 250 }, (_, i) => i & 0xff);
    const png = pngOf(300, 250, grey);
    const view = new DataView(png.buffer);
    expect(view.getUint32(16)).toBe(300);
    expect(view.getUint32(20)).toBe(250);
    const length = view.getUint32(33);
    const raw = inflateSync(png.slice(41, 41 + length));
    expect(raw.length).toBe(301 * 250);
    expect(Array.from(raw.slice(301, 306))).toEqual([0, 300 & 0xff, 301 & 0xff, 302 & 0xff, 303 & 0xff]);
    if (crc32 !== undefined) expect(view.getUint32(41 + length)).toBe(crc32(png.slice(37, 41 + length)));
  });
});
