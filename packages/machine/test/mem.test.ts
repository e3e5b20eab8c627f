import { describe, expect, it } from 'vitest';
import { program, TestBoard } from './kit.js';

describe('mem8, mem16, mem32', () => {
  it('agree with Pin both ways', () => {
    expect(
      program(`
from machine import Pin, mem32, mem8
SIO = 0xd0000000
p = Pin(0, Pin.OUT)
mem32[SIO + 0x14] = 1; print(p(), mem32[SIO + 4], mem32[SIO + 0x10])
mem32[SIO + 0x18] = 1; print(p(), mem32[SIO + 4])
mem32[SIO + 0x1c] = 1; print(p())
p.off(); print(mem32[SIO + 0x10], mem32[SIO + 0x20])
mem32[SIO + 0x24] = 2; Pin(1).init(Pin.OUT); print(hex(mem32[SIO + 0x20]))
mem32[0x40014000 + 8 * 5 + 4] = 5; mem32[SIO + 0x24] = 1 << 5; print(Pin(5))
mem32[0x4001c000 + 4 + 4 * 5 + 0x3000] = 4; mem32[0x4001c000 + 4 + 4 * 5 + 0x2000] = 8; print(Pin(5), hex(mem32[0x4001c000 + 4 + 20]))
mem8[SIO + 0x14] = 0x20; print(Pin(5)(), hex(mem32[SIO + 0x10]))
`).split('\n'),
    ).toEqual([
      '1 1 1',
      '0 0',
      '1',
      '0 1',
      '0x3',
      'Pin(GPIO5, mode=OUT, pull=PULL_DOWN)',
      'Pin(GPIO5, mode=OUT, pull=PULL_UP) 0x5a',
      '1 0x20202020',
      '',
    ]);
  });

  it('read and write the board’s own memory', () => {
    const board = new TestBoard();
    expect(
      board.run(`
from machine import mem8, mem16, mem32
print(mem8, mem16, mem32)
b = b'abcdefgh' * 8
a = id(b)
data = mem32[a + 12]
print(bytes(mem8[data + i] for i in range(4)), hex(mem16[data]), hex(mem32[data + 4]), mem32[a + 8])
`),
    ).toBe("<8-bit memory> <16-bit memory> <32-bit memory>\nb'abcd' 0x6261 0x68676665 64\n");
    expect(board.vm.tainted).toBe(false);
    expect(
      board.run(
        'b = bytearray(32)\nfrom machine import mem32\nd = mem32[id(b) + 12]\nmem32[d] = 0x31323334\nprint(b[:4])',
      ),
    ).toBe("bytearray(b'4321')\n");
    expect(board.vm.tainted).toBe(true);
  });

  it('raise for what is no address', () => {
    expect(
      program(`
from machine import mem16, mem32
def t(f):
    try: f()
    except Exception as e: print(type(e).__name__, e)
t(lambda: mem32[2]); t(lambda: mem16[0x20000001]); t(lambda: mem32[0x90000000]); t(lambda: mem32['x'])
def w(): mem32[0x10000000] = 1
t(w)
def d(): del mem32[0]
t(d)
`).split('\n'),
    ).toEqual([
      'ValueError address 00000002 is not aligned to 4 bytes',
      'ValueError address 20000001 is not aligned to 2 bytes',
      'OSError nothing at address 90000000',
      "TypeError can't convert str to int",
      'OSError address 10000000 is read-only',
      "TypeError 'mem' object doesn't support item deletion",
      '',
    ]);
  });
});

describe('machine', () => {
  it('tells of the board', () => {
    expect(
      program(`
import machine
print(machine.unique_id(), machine.freq(), machine.reset_cause() == machine.PWRON_RESET, machine.idle())
machine.freq(133000000); print(machine.freq())
try: machine.freq(1)
except ValueError as e: print(e)
print(hasattr(machine, 'I2S'), hasattr(machine.Pin, 'drive'))
`),
    ).toBe("b'\\xe6ad\\x08C!w*' 125000000 True None\n133000000\ncannot change frequency\nFalse False\n");
  });
});

describe('struct', () => {
  it('follows pointers to strings', () => {
    expect(
      program(`
import struct, uctypes
for text in ('abc', 'a string in the heap: %d' % 7):
    print(struct.unpack('<S', struct.pack('<S', uctypes.addressof(text))))
try:
    struct.unpack('<S', bytes(4))
except ValueError as e:
    print(e)
`),
    ).toBe("('abc',)\n('a string in the heap: 7',)\nbad string pointer\n");
  });
});
