import { loadVm, saveVm } from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import { Button } from '../src/index.js';
import { TestBoard } from './kit.js';

describe('Pin.irq', () => {
  it('calls the handler with the pin at the edges that it asked for', () => {
    const board = new TestBoard();
    const button = board.machine.attach(new Button('button', { pin: 14 }));
    for (let i = 0; i < 3; i++) {
      button.press(1e8 * (2 * i + 1));
      button.release(1e8 * (2 * i + 2));
    }
    const out = board.run(`
from machine import Pin
import time
p = Pin(14, Pin.IN, Pin.PULL_UP)
def hard(pin): pass
seen = []
def cb(pin): seen.append((pin is p, pin(), q.flags(), time.ticks_ms()))
q = p.irq(cb, Pin.IRQ_FALLING)
time.sleep_ms(250)
print(seen, q.trigger()); seen.clear()
q.trigger(Pin.IRQ_RISING | Pin.IRQ_FALLING)
time.sleep_ms(200)
print(seen); seen.clear()
p.irq(None)
time.sleep_ms(200)
print(seen, q.flags(), p.irq() is q, q)
`);
    expect(out).toMatch(
      /^\[\(True, 0, 4, 100\)\] 4\n\[\(True, 0, 4, 300\), \(True, 1, 8, 400\)\]\n\[\] 0 True <irq>\n$/,
    );
  });

  it('is at a constant distance from the edge when it is hard', () => {
    const board = new TestBoard();
    const button = board.machine.attach(new Button('button', { pin: 2, activeHigh: true }));
    for (let i = 0; i < 40; i++) {
      button.press(1e7 + i * 1_234_000);
      button.release(1e7 + i * 1_234_000 + 400_000);
    }
    const out = board.run(`
from machine import Pin
import time, array, gc
at = array.array('i', [0] * 40)
n = 0
def cb(pin):
    global n
    at[n] = time.ticks_us()
    n += 1
Pin(2, Pin.IN).irq(handler=cb, trigger=Pin.IRQ_RISING, hard=True)
while n < 40:
    [[i] for i in range(100)]
    gc.collect()
print({at[i] - 10000 - i * 1234 for i in range(40)})
`);
    expect(out).toMatch(/^\{\d+\}\n$/);
    expect(Number(out.slice(1, -2))).toBeLessThan(20);
  });

  it('comes before the next bytecode when the program makes the edge itself', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import Pin, mem32
p = Pin(3, Pin.OUT, value=0)
n = 0
def cb(pin):
    global n
    n += 1
p.irq(cb, hard=True)
p.on(); a = n; p.off(); b = n; p.toggle(); c = n; mem32[0xd000001c] = 8; d = n
print(a, b, c, d)
p.irq(cb, Pin.IRQ_RISING)
p.on(); p.off(); p.on()
for i in range(3): pass
print(n)
`);
    expect(out).toBe('1 2 3 4\n6\n');
  });

  it('goes on while a level lasts', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import Pin
p = Pin(3, Pin.OUT, value=1)
n = 0
def cb(pin):
    global n
    n += 1
    if n == 5: pin.off()
p.irq(cb, 2, hard=True)
print(n)
`);
    expect(out).toBe('5\n');
  });

  it('takes off a handler that raises, and refuses pins of the other chip', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import Pin
p = Pin(3, Pin.OUT, value=1)
def cb(pin): raise ValueError
q = p.irq(cb, hard=True)
p.off(); p.on()
print(q.trigger())
try: Pin('LED').irq(cb)
except ValueError as e: print(e)
try: p.irq(cb, 4, True, 1)
except TypeError as e: print(e)
q()
`);
    expect(out).toBe(
      'Uncaught exception in IRQ callback handler\nValueError: \n0\nexpecting a regular GPIO Pin\nextra positional arguments given\n',
    );
  });

  it('shows its registers on the bus', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import Pin, mem32
IO = 0x40014000
p = Pin(9, Pin.OUT, value=0)
mem32[IO + 0xf4] = 0xf0
p.on(); p.off()
print(hex(mem32[IO + 0xf4] & 0xf0), hex(mem32[IO + 0x104]))
mem32[IO + 0xf4] = 0x40
print(hex(mem32[IO + 0xf4] & 0xf0))
p.irq(lambda p: None, Pin.IRQ_RISING)
print(hex(mem32[IO + 0x104]), hex(mem32[IO + 0x124]))
`);
    expect(out).toBe('0xd0 0x0\n0x90\n0x80 0x0\n');
  });

  it('hears each edge of a wave', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import Pin, PWM
import time
pwm = PWM(Pin(4), freq=100, duty_u16=32768)
n = 0
def cb(pin):
    global n
    n += 1
Pin(4).irq(cb, Pin.IRQ_RISING, hard=True)
time.sleep_ms(95)
print(n)
`);
    expect(out).toMatch(/^(9|10)\n$/);
  });

  it('is part of a snapshot, which goes on the same', () => {
    const program = `
from machine import Pin, Timer
import time
out = []
def hard(t):
    global n
    n += 1
    p.toggle()
def soft(pin): out.append((time.ticks_us(), n))
n = 0
p = Pin(3, Pin.OUT)
p.irq(soft, Pin.IRQ_RISING)
t = Timer(freq=700, callback=hard, hard=True)
u = Timer(freq=450, callback=soft)
for i in range(6):
    time.sleep_ms(3)
    [[j] for j in range(200)]
print(out)
`;
    const whole = new TestBoard().run(program);
    expect(whole.length).toBeGreaterThan(100);
    const cuts: readonly (readonly [number, number])[] = [
      [1, 300],
      [1, 2000],
      [7, 300],
      [7, 700],
      [100, 20],
      [100, 50],
    ];
    for (const [slice, after] of cuts) {
      const first = new TestBoard();
      first.start(program);
      first.step({ bytecodes: slice }, after);
      const [vm, machine] = [saveVm(first.vm), first.machine.save()];
      const second = new TestBoard();
      loadVm(second.vm, vm);
      second.machine.load(machine);
      expect(second.finish({ bytecodes: 500 })).toBe(whole);
      expect(first.finish({})).toBe(whole);
      expect(second.machine.now()).toBe(first.machine.now());
    }
  });
});

describe('WDT', () => {
  it('resets a board that does not feed it', () => {
    const board = new TestBoard();
    const out = board.run(`
from machine import WDT
import time
for a in ((1,), (0, 9000), (0, -1)):
    try: WDT(*a)
    except ValueError as e: print(e)
w = WDT(timeout=100)
for i in range(5):
    time.sleep_ms(60)
    w.feed()
print(w is WDT(timeout=50), round(time.ticks_ms()))
`);
    expect(out).toBe("WDT(1) doesn't exist\ntimeout exceeds 8388\ntimeout exceeds 8388\nTrue 300\n");
    expect(() => board.run('import time\ntime.sleep(1)')).toThrow('reset');
    expect(Math.round(board.machine.now() / 1e6)).toBe(350);
    board.machine.reset('watchdog');
    expect(
      board.run('import machine, time\nprint(machine.reset_cause(), hex(machine.mem32[0x40058008]))\ntime.sleep(1)'),
    ).toBe('3 0x1\n');
  });

  it('bites in an endless loop and in a handler, and keeps the scratch words', () => {
    for (const body of ['while True: pass', 'Timer(period=1, callback=lambda t: f(), hard=True)\nwhile True: pass']) {
      const board = new TestBoard();
      const program = `
from machine import WDT, Timer, mem32
mem32[0x4005800c] = 0x12345678
def f():
    while True: pass
WDT(timeout=20)
${body}`;
      expect(() => board.run(program)).toThrow('reset');
      board.machine.reset('watchdog');
      expect(board.run('import machine\nprint(hex(machine.mem32[0x4005800c]))')).toBe('0x12345678\n');
    }
  });
});

describe('RTC', () => {
  it('tells and sets the time of day', () => {
    const board = new TestBoard();
    board.vm.wallStart = 1735689600;
    const out = board.run(`
from machine import RTC
import time
r = RTC()
print(r is RTC(), r.datetime(), time.time())
r.datetime((2024, 2, 29, 0, 23, 59, 58, 0))
print(r.datetime(), time.localtime())
time.sleep(3)
print(r.datetime(), time.time())
for bad in ((1, 2), 5):
    try: r.datetime(bad)
    except Exception as e: print(type(e).__name__, e)
`);
    expect(out).toBe(
      "True (2025, 1, 1, 2, 0, 0, 0, 0) 1735689600\n(2024, 2, 29, 3, 23, 59, 58, 0) (2024, 2, 29, 23, 59, 58, 3, 60)\n(2024, 3, 1, 4, 0, 0, 1, 0) 1709251201\nValueError requested length 8 but object has length 2\nTypeError object 'int' isn't a tuple or list\n",
    );
  });
});

describe('time_pulse_us', () => {
  it('measures pulses of devices and of PWM, and gives up', () => {
    const board = new TestBoard();
    const button = board.machine.attach(new Button('button', { pin: 2, activeHigh: true }));
    button.press(5e7);
    button.release(5e7 + 123_000);
    const out = board.run(`
from machine import Pin, PWM, time_pulse_us
p = Pin(2, Pin.IN)
print(time_pulse_us(p, 1), time_pulse_us(p, 1, 1000), time_pulse_us(p, 0, 1000))
pwm = PWM(Pin(4), freq=1000, duty_u16=16384)
print(time_pulse_us(Pin(4), 1), time_pulse_us(Pin(4), 0))
`);
    expect(out).toMatch(/^123 -2 -1\n24\d 74\d\n$/);
  });
});
