import { describe, expect, it } from 'vitest';
import { SerialPort, Wire } from '../src/index.js';
import { TestBoard } from './kit.js';

/** A board whose UART 0 hears itself. */
function loop(trace = false): TestBoard {
  const board = new TestBoard({ trace });
  board.machine.attach(new Wire('loop', { from: 0, to: 1 }));
  return board;
}

describe('UART', () => {
  it('prints and checks as the rp2 port does', () => {
    expect(
      new TestBoard().run(`
from machine import UART, Pin
print(UART(0), UART(1, 9600, parity=0, tx=Pin(8), rx=Pin(9), txbuf=10, rxbuf=1000, invert=UART.INV_TX | UART.INV_RX, timeout=5))
print(UART(1) is UART(1), Pin(8), UART(1, parity=1, stop=2, bits=7).init())
print(UART(1))
for f in (lambda: UART(2), lambda: UART(0, tx=4), lambda: UART(0, rx=0), lambda: UART(0, cts=1), lambda: UART(0, rts=1), lambda: UART(0, invert=4),
          lambda: UART(0, flow=4), lambda: UART(0, rxbuf=40000), lambda: UART(0, txbuf=40000), lambda: UART(0, nonsense=1), lambda: UART()):
    try: f()
    except (ValueError, TypeError) as e: print(e)
`),
    ).toBe(`UART(0, baudrate=115200, bits=8, parity=None, stop=1, tx=0, rx=1, txbuf=256, rxbuf=256, timeout=0, timeout_char=1, invert=None, irq=0) UART(1, baudrate=9600, bits=8, parity=0, stop=1, tx=8, rx=9, txbuf=32, rxbuf=1000, timeout=5, timeout_char=2, invert=INV_TX|INV_RX, irq=0)
True Pin(GPIO8, mode=ALT, pull=PULL_DOWN, alt=UART1_TX) None
UART(1, baudrate=9600, bits=7, parity=1, stop=2, tx=8, rx=9, txbuf=256, rxbuf=256, timeout=5, timeout_char=2, invert=INV_TX|INV_RX, irq=0)
UART(2) doesn't exist
bad TX pin
bad RX pin
bad CTS pin
bad RTS pin
bad inversion mask
bad hardware flow control mask
rxbuf too large
txbuf too large
extra keyword arguments given
function missing 1 required positional arguments
`);
  });

  it('sends in the time that the bits take, and hears itself over a wire', () => {
    const board = loop(true);
    expect(
      board.run(`
from machine import UART, Pin
import time
u = UART(0, 9600)
t = time.ticks_us()
print(u.write(b'hello'), u.any(), u.txdone(), Pin(1).value())
time.sleep_us(1300); print(u.any(), u.read(1))
u.flush(); print(u.txdone(), time.ticks_diff(time.ticks_us(), t) // 100)
print(u.any(), u.read(2), u.read(), u.read(), u.any())
b = bytearray(8); u.write('line1\\nline2'); u.flush(); print(u.readline(), u.readinto(b), b, u.readinto(b))
`),
    ).toBe(
      "5 0 False 0\n1 b'h'\nTrue 52\n4 b'el' b'lo' None 0\nb'line1\\n' 5 bytearray(b'line2\\x00\\x00\\x00') None\n",
    );
    // 0x68 on the wire: start, 0001 0110 from the lowest bit, stop
    const edges = board.machine.trace?.list(0).slice(1, 7) ?? [];
    const bits = edges.slice(1).map((e, i) => Math.round((e.ns - (edges[i]?.ns ?? 0)) / 104_167));
    expect(bits).toEqual([4, 1, 1, 2, 1]);
    expect(board.machine.trace?.list(1).length).toBe(board.machine.trace?.list(0).length);
  });

  it('waits for its timeouts, and blocks while its rings are full', () => {
    const board = loop();
    expect(
      board.run(`
from machine import UART
import time
def timed(f):
    t = time.ticks_ms(); r = f(); print(r, time.ticks_diff(time.ticks_ms(), t), end='; ')
u = UART(0, 9600, timeout=50, rxbuf=400)
timed(lambda: u.read(3))
u.write(b'ab'); timed(lambda: u.read(3))
timed(lambda: u.write(bytes(300)))
u.flush(); print(u.any())
print(len(u.read(300)))
`),
    ).toMatch(/^None 5[01]; b'ab' [45]; 300 1[12]; 300\n300\n$/);
  });

  it('loses what finds no room, and skips breaks', () => {
    const board = loop();
    expect(
      board.run(`
from machine import UART
u = UART(0, 115200, rxbuf=32)
u.write(bytes(range(100))); u.flush()
print(u.any(), u.read(100) == bytes(range(64)))
u.sendbreak(); u.write(b'x'); u.flush(); print(u.read())
print(list(iter(u)))
u.write(b'1\\n2\\n'); u.flush(); print(list(u))
u.deinit(); print(u.any())
`),
    ).toBe("32 True\nb'x'\n[]\n[b'1\\n', b'2\\n']\n0\n");
    expect(board.machine.uart[0]?.overruns).toBe(36);
  });

  it('garbles what comes at another speed, and checks inversion', () => {
    const board = new TestBoard();
    board.machine.attach(new Wire('w', { from: 0, to: 5 }));
    expect(
      board.run(`
from machine import UART
a = UART(0, 9600); b = UART(1, 9600)
def over(data, **k):
    b.init(**k); a.write(data); a.flush(); r = b.read(); return r
print(over(b'\\x55A', baudrate=9700), over(b'\\x55', baudrate=19200) != b'\\x55', over(b'\\x00', baudrate=4800))
print(over(b'\\xc1', baudrate=9600, bits=7), over(b'A', bits=8, invert=UART.INV_RX))
a.init(invert=UART.INV_TX); print(over(b'ok'))
a.init(parity=1); print(over(b'ok', parity=1))
`),
    ).toBe("b'UA' True b'\\xf8'\nb'A' None\nb'ok'\nb'ok'\n");
  });

  it('can be polled', () => {
    const board = loop();
    expect(
      board.run(`
import select, time
from machine import UART
u = UART(0, 9600)
p = select.poll(); p.register(u, select.POLLIN)
t = time.ticks_ms(); print(p.poll(20), time.ticks_diff(time.ticks_ms(), t) // 5)
u.write(b'!'); t = time.ticks_ms(); print([e for _, e in p.poll(200)], time.ticks_diff(time.ticks_ms(), t) < 5)
print(p.poll(0) == [(u, select.POLLIN)], u.read(), p.poll(0))
`),
    ).toBe("[] 4\n[1] True\nTrue b'!' []\n");
  });

  it('talks to a port of the host through the journal, and goes on in a snapshot', () => {
    const make = () => {
      const board = new TestBoard();
      const port = board.machine.attach(new SerialPort('gps', { tx: 4, rx: 5, baudrate: 9600 }));
      return { board, port };
    };
    const { board, port } = make();
    port.send('$GP,1\n$GP,2\n', 5e6);
    const first = 'from machine import UART\nu = UART(1, 9600, timeout=100)\nprint(u.readline())\nu.write("ack")';
    expect(board.run(first)).toBe("b'$GP,1\\n'\n");
    const state = JSON.parse(JSON.stringify(board.machine.save()));
    expect(board.run('u.flush()\nprint(u.readline(), u.any())')).toBe("b'$GP,2\\n' 0\n");
    expect(new TextDecoder().decode(port.received)).toBe('ack');
    const twin = make();
    twin.board.run('from machine import UART\nu = UART(1, 9600, timeout=100)');
    twin.board.vm.clock.advanceTo(board.machine.now(), twin.board.vm.budget);
    twin.board.machine.load(state);
    expect(twin.board.run('print(u.readline(), u.any())')).toBe("b'$GP,2\\n' 0\n");
    expect(() => new SerialPort('x', { tx: 0 }).send('a')).toThrow('drives no pin');
  });
});
