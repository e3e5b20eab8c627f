/** `UART.irq()`: idle lines, sent messages, breaks; soft and hard, at their time. */
import { describe, expect, it } from 'vitest';
import { loadVm, saveVm } from '@tsmp/vm';
import { TestBoard } from './kit.js';

/** A board whose first UART hears itself. */
function looped(options: ConstructorParameters<typeof TestBoard>[0] = {}): TestBoard {
  const board = new TestBoard(options);
  board.machine.lines.wire(0, 1);
  return board;
}

describe('UART.irq', () => {
  it('tells when the line is idle after some bytes', () => {
    const out = looped().run(`
from machine import UART
import time
def told(u):
    print(u.irq().flags() == UART.IRQ_RXIDLE, u.read())
for rate in (2400, 115200):
    u = UART(0, rate)
    u.irq(told, UART.IRQ_RXIDLE)
    for text in ('12345678', 'abcdefgh' * 5, 'x'):
        u.write(text)
        u.flush()
        print('sent')
        time.sleep_ms(100)
`);
    const line = (t: string): string => `sent\nTrue b'${t}'\n`;
    expect(out).toBe((line('12345678') + line('abcdefgh'.repeat(5)) + line('x')).repeat(2));
  });

  it('comes 32 bits after the last byte, to the microsecond when it is hard', () => {
    expect(
      looped().run(`
from machine import UART
import time
at = 0
def told(u):
    global at
    at = time.ticks_us()
u = UART(0, 9600)
u.irq(told, UART.IRQ_RXIDLE, True)
begin = time.ticks_us()
u.write(b'abc')
x = []
for i in range(3000):
    x.append([i])
    if i % 100 == 0:
        x = []
# the middle of the last stop bit, and 32 more
print(abs(at - begin - (29.5 + 32) * 1e6 / 9600) < 30)
`),
    ).toBe('True\n');
  });

  it('says nothing of bytes that are read at once, nor when it is taken off', () => {
    expect(
      looped().run(`
from machine import UART
import time
u = UART(0, 9600)
u.irq(lambda u: print('told'), UART.IRQ_RXIDLE)
u.write('ab')
time.sleep_ms(3)
print(u.read())
time.sleep_ms(20)
u.write('cd')
u.irq(None)
time.sleep_ms(20)
print(u.any(), u.irq().trigger(), u.irq().flags())
u.irq(lambda u: print('told'), UART.IRQ_RXIDLE)
u.deinit()
u = UART(0, 9600)
u.write('ef')
time.sleep_ms(20)
print(u)
`),
    ).toBe(`b'ab'
2 0 0
UART(0, baudrate=9600, bits=8, parity=None, stop=1, tx=0, rx=1, txbuf=256, rxbuf=256, timeout=0, timeout_char=2, invert=None, irq=0)
`);
  });

  it('tells when a message is nearly sent, and of breaks', () => {
    expect(
      looped().run(`
from machine import UART
import time
def told(u):
    print('tx' if u.irq().flags() & UART.IRQ_TXIDLE else 'break' if u.irq().flags() & UART.IRQ_BREAK else '?', u.txdone())
u = UART(0, 9600)
u.irq(told, UART.IRQ_TXIDLE | UART.IRQ_BREAK)
print(u.irq().trigger() == UART.IRQ_TXIDLE | UART.IRQ_BREAK)
u.write('short')
time.sleep_ms(20)
u.write('rather longer')
time.sleep_ms(20)
u.read()
for i in range(2):
    u.write(b'.')
    u.flush()
    u.sendbreak()
    time.sleep_ms(5)
u.sendbreak()
time.sleep_ms(5)
print(u.read())
`),
    ).toBe("True\ntx False\nbreak False\nbreak False\nb'..'\n");
  });

  it('refuses causes that the chip has not, and handlers that cannot be called', () => {
    expect(
      looped().run(`
from machine import UART
u = UART(0)
for args in ((print, 1), (5, UART.IRQ_BREAK)):
    try:
        u.irq(*args)
    except ValueError as e:
        print(e)
print(u.irq() is u.irq(), UART(1).irq() is u.irq())
`),
    ).toBe('trigger 0x0001 unsupported\nhandler must be None or callable\nTrue False\n');
  });

  it('is part of a snapshot', () => {
    const first = looped();
    first.start(`
from machine import UART
import time
u = UART(0, 1200)
u.irq(lambda u: print('told', u.read()), UART.IRQ_RXIDLE)
u.write('abc')
time.sleep_ms(30)
print('read', u.any())
time.sleep_ms(100)
`);
    first.step({ bytecodes: 1_000_000 }, 1);
    const second = looped();
    loadVm(second.vm, saveVm(first.vm));
    second.machine.load(first.machine.save());
    expect(second.finish()).toBe("read 3\ntold b'abc'\n");
    expect(first.finish()).toBe("read 3\ntold b'abc'\n");
  });
});

describe('the registers of a UART', () => {
  it('say and do what the class does', () => {
    expect(
      looped().run(`
from machine import UART, mem32
import time
BASE = 0x40034000
u = UART(0, 9600, parity=0, stop=2, bits=7)
print(mem32[BASE + 0x24], mem32[BASE + 0x28], hex(mem32[BASE + 0x2c]), hex(mem32[BASE + 0x30]), hex(mem32[BASE + 0x18]))
u.init(115200, bits=8, parity=None, stop=1)
for c in b'registers':
    while mem32[BASE + 0x18] & 0x20:
        pass
    mem32[BASE] = c
print(bool(mem32[BASE + 0x18] & 8), u.txdone())
time.sleep_ms(2)
print(bool(mem32[BASE + 0x18] & 8), bool(mem32[BASE + 0x18] & 0x10), u.any())
print(chr(mem32[BASE]), u.read())
print(bool(mem32[BASE + 0x18] & 0x10), mem32[BASE])
mem32[BASE + 0x24] = 78
mem32[BASE + 0x28] = 8
print(u)
mem32[BASE + 0x202c] = 0
print(u)
print([mem32[BASE + 0xfe0 + 4 * i] for i in range(4)], mem32[0x40038000 + 0x30])
`),
    ).toBe(`813 51 0x5e 0x301 0x90
True False
False False 9
r b'egisters'
True 0
UART(0, baudrate=115200, bits=8, parity=None, stop=1, tx=0, rx=1, txbuf=256, rxbuf=256, timeout=0, timeout_char=2, invert=None, irq=0)
UART(0, baudrate=100000, bits=8, parity=None, stop=1, tx=0, rx=1, txbuf=256, rxbuf=256, timeout=0, timeout_char=2, invert=None, irq=0)
[17, 16, 52, 0] 768
`);
  });
});
