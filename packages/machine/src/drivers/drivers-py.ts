/**
 * The drivers that an rp2 board has in its firmware, in Python: `neopixel`, `onewire`, `ds18x20`, `dht`. Names and results are those
 * of micropython-lib's modules.
 */

const NEOPIXEL_PY = `
from machine import bitstream


class NeoPixel:
    # where red, green, blue and white are in what is sent
    ORDER = (1, 0, 2, 3)

    def __init__(self, pin, n, bpp=3, timing=1):
        self.pin = pin
        self.n = n
        self.bpp = bpp
        self.buf = bytearray(n * bpp)
        self.pin.init(pin.OUT)
        if isinstance(timing, int):
            timing = (400, 850, 800, 450) if timing else (800, 1700, 1600, 900)
        self.timing = timing

    def __len__(self):
        return self.n

    def __setitem__(self, i, v):
        at = i * self.bpp
        for c in range(self.bpp):
            self.buf[at + self.ORDER[c]] = v[c]

    def __getitem__(self, i):
        at = i * self.bpp
        return tuple(self.buf[at + self.ORDER[c]] for c in range(self.bpp))

    def fill(self, v):
        b = self.buf
        step = self.bpp
        for c in range(step):
            value = v[c]
            for at in range(self.ORDER[c], len(b), step):
                b[at] = value

    def write(self):
        bitstream(self.pin, 0, self.timing, self.buf)
`;

const ONEWIRE_PY = `
import _onewire as _ow


class OneWireError(Exception):
    pass


class OneWire:
    SEARCH_ROM = 0xF0
    MATCH_ROM = 0x55
    SKIP_ROM = 0xCC

    def __init__(self, pin):
        self.pin = pin
        self.pin.init(pin.OPEN_DRAIN, pin.PULL_UP)

    def reset(self, required=False):
        present = _ow.reset(self.pin)
        if required and not present:
            raise OneWireError
        return present

    def readbit(self):
        return _ow.readbit(self.pin)

    def readbyte(self):
        return _ow.readbyte(self.pin)

    def readinto(self, buf):
        for i in range(len(buf)):
            buf[i] = _ow.readbyte(self.pin)

    def writebit(self, value):
        return _ow.writebit(self.pin, value)

    def writebyte(self, value):
        return _ow.writebyte(self.pin, value)

    def write(self, buf):
        for b in buf:
            _ow.writebyte(self.pin, b)

    def select_rom(self, rom):
        self.reset()
        self.writebyte(self.MATCH_ROM)
        self.write(rom)

    def crc8(self, data):
        return _ow.crc8(data)

    def scan(self):
        found = []
        rom = bytearray(8)
        fork = -1
        while True:
            rom = bytearray(rom)
            fork = self._next_rom(rom, fork)
            if fork is None:
                return found
            found.append(rom)
            if fork < 0:
                return found

    # The next address, made of the last one: as that up to the bit at which it goes the other way, to 0. Answers the last bit at
    # which there was a choice, -1 when there was none, None when nobody answers.
    def _next_rom(self, rom, fork):
        if not self.reset():
            return None
        self.writebyte(self.SEARCH_ROM)
        again = -1
        for at in range(64):
            mask = 1 << (at & 7)
            here = self.readbit()
            if self.readbit():
                if here:
                    return None
            elif not here:
                # some have 0 and some 1
                here = int(at > fork or at < fork and rom[at >> 3] & mask != 0)
                if here:
                    again = at
            self.writebit(here)
            if here:
                rom[at >> 3] |= mask
            else:
                rom[at >> 3] &= ~mask
        return again
`;

const DS18X20_PY = `
_CONVERT = 0x44
_READ = 0xBE
_WRITE = 0x4E


class DS18X20:
    def __init__(self, onewire):
        self.ow = onewire
        self.buf = bytearray(9)

    def scan(self):
        return [rom for rom in self.ow.scan() if rom[0] in (0x10, 0x22, 0x28)]

    def convert_temp(self):
        self.ow.reset(True)
        self.ow.writebyte(self.ow.SKIP_ROM)
        self.ow.writebyte(_CONVERT)

    def read_scratch(self, rom):
        self.ow.reset(True)
        self.ow.select_rom(rom)
        self.ow.writebyte(_READ)
        self.ow.readinto(self.buf)
        if self.ow.crc8(self.buf):
            raise Exception("CRC error")
        return self.buf

    def write_scratch(self, rom, buf):
        self.ow.reset(True)
        self.ow.select_rom(rom)
        self.ow.writebyte(_WRITE)
        self.ow.write(buf)

    def read_temp(self, rom):
        b = self.read_scratch(rom)
        t = b[1] << 8 | b[0]
        if t & 0x8000:
            t -= 0x10000
        if rom[0] == 0x10:
            # half degrees, made finer by what was left to count
            return (t >> 1) - 0.25 + (b[7] - b[6]) / b[7]
        return t / 16
`;

const DHT_PY = `
from machine import dht_readinto


class DHTBase:
    def __init__(self, pin):
        self.pin = pin
        self.buf = bytearray(5)

    def measure(self):
        b = self.buf
        dht_readinto(self.pin, b)
        if sum(b[:4]) & 0xFF != b[4]:
            raise Exception("checksum error")


class DHT11(DHTBase):
    def humidity(self):
        return self.buf[0]

    def temperature(self):
        return self.buf[2]


class DHT22(DHTBase):
    def humidity(self):
        return (self.buf[0] << 8 | self.buf[1]) * 0.1

    def temperature(self):
        t = ((self.buf[2] & 0x7F) << 8 | self.buf[3]) * 0.1
        return -t if self.buf[2] & 0x80 else t
`;

/** Modules that are frozen into the firmware. */
export const DRIVERS: readonly { readonly path: string; readonly source: string }[] = Object.entries({
  'neopixel.py': NEOPIXEL_PY,
  'onewire.py': ONEWIRE_PY,
  'ds18x20.py': DS18X20_PY,
  'dht.py': DHT_PY,
}).map(([path, source]) => ({ path, source: source.slice(1) }));
