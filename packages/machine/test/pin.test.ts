import { describe, expect, it } from 'vitest';
import { Button, Led, pinTraceSummary } from '../src/index.js';
import { program, TestBoard } from './kit.js';

describe('Pin', () => {
  it('prints as the rp2 port does, also before it is set up', () => {
    const out = program(`
from machine import Pin
print(Pin(2), Pin('GP3', Pin.OUT), Pin('LED', Pin.OUT), Pin(4, Pin.IN, Pin.PULL_UP))
print(Pin(5, Pin.OPEN_DRAIN), Pin(6, Pin.ALT, alt=Pin.ALT_PWM), Pin(20, Pin.ALT, alt=8))
print(Pin(7, Pin.IN, Pin.PULL_UP | Pin.PULL_DOWN))
`);
    expect(out.split('\n')).toEqual([
      'Pin(GPIO2, mode=ALT, pull=PULL_DOWN, alt=31) Pin(GPIO3, mode=OUT) Pin(EXT_GPIO0, mode=OUT) Pin(GPIO4, mode=IN, pull=PULL_UP)',
      'Pin(GPIO5, mode=OPEN_DRAIN) Pin(GPIO6, mode=ALT, alt=PWM3_A) Pin(GPIO20, mode=ALT, alt=GPCK_GPIN0)',
      'Pin(GPIO7, mode=IN, pull=PULL_UP|PULL_DOWN)',
      '',
    ]);
  });

  it('is one object for each pin', () => {
    expect(
      program(`
from machine import Pin
print(Pin(1) is Pin('GP1'), Pin(1) is Pin.board.GP1, Pin(1) is Pin.cpu.GPIO1, Pin(Pin(1)) is Pin(1), Pin('LED') is Pin('WL_GPIO0'))
`),
    ).toBe('True True True True True\n');
  });

  it('sets and reads its level in every way', () => {
    expect(
      program(`
from machine import Pin
p = Pin(0, Pin.OUT, value=1)
def show(): print(p(), p.value(), end=' ')
show(); p.off(); show(); p.on(); show(); p.low(); show(); p.high(); show(); p.toggle(); show(); p(1); show(); p.value([]); show()
p.init(Pin.OUT, value=1); show()
`),
    ).toBe('1 1 0 0 1 1 0 0 1 1 0 0 1 1 0 0 1 1 ');
  });

  it('raises what the rp2 port raises', () => {
    expect(
      program(`
from machine import Pin
def t(*a, **k):
    try: Pin(*a, **k)
    except Exception as e: print(type(e).__name__, e)
t('GP99'); t(30); t(-1); t(1.5); t(0, Pin.ALT, alt=8); t('LED', Pin.OUT, Pin.PULL_UP); t('LED', Pin.OPEN_DRAIN); t(0, foo=1); t()
`).split('\n'),
    ).toEqual([
      'ValueError unknown named pin "GP99"',
      'ValueError invalid pin',
      'ValueError invalid pin',
      'ValueError invalid pin',
      'ValueError invalid pin af: 8',
      'ValueError pulls are not supported for external pins',
      'ValueError only Pin.OUT and Pin.IN are supported for this pin',
      'TypeError extra keyword arguments given',
      'TypeError function missing 1 required positional arguments',
      '',
    ]);
  });

  it('reads what a device drives, and its pull when none does', () => {
    const board = new TestBoard();
    const button = board.machine.attach(new Button('button', { pin: 'GP14' }));
    const read = 'from machine import Pin\nprint(Pin(14, Pin.IN, Pin.PULL_UP).value())';
    expect(board.run(read)).toBe('1\n');
    button.press();
    expect(board.run(read)).toBe('0\n');
    button.release();
    expect(board.run(read)).toBe('1\n');
  });

  it('shares an open-drain line', () => {
    const board = new TestBoard();
    const button = board.machine.attach(new Button('b', { pin: 3 }));
    const read =
      'from machine import Pin\np = Pin(3, Pin.OPEN_DRAIN, Pin.PULL_UP)\nprint(p(), end=" ")\np(0)\nprint(p(), end=" ")\np(1)\nprint(p())';
    expect(board.run(read)).toBe('1 0 1\n');
    button.press();
    expect(board.run(read)).toBe('0 0 0\n');
  });
});

describe('Signal', () => {
  it('inverts a pin', () => {
    expect(
      program(`
from machine import Pin, Signal
p = Pin(1, Pin.OUT)
s = Signal(p, invert=True)
s.on(); print(p(), s()); s.off(); print(p(), s.value()); s(1); print(p(), s())
t = Signal(2, Pin.OUT, value=1, invert=True); print(Pin(2)(), t())
n = Signal(s, invert=True); n.on(); print(p(), s(), n())
`),
    ).toBe('0 1\n1 0\n0 1\n0 1\n1 0 1\n');
  });
});

describe('pin trace', () => {
  it('records edges in virtual time', () => {
    const board = new TestBoard({ trace: true });
    const led = board.machine.attach(new Led('led', { pin: 'LED' }));
    board.run(`
from machine import Pin
from time import sleep_ms
led = Pin('LED', Pin.OUT)
for i in range(5):
    led.on(); sleep_ms(25); led.off(); sleep_ms(75)
`);
    expect(led.flashes).toBe(5);
    expect(led.brightness()).toBeCloseTo(0.25, 2);
    const trace = board.machine.trace;
    expect(trace?.list().map((e) => e.level)).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0]);
    const edges = trace?.list() ?? [];
    expect((edges[1]?.ns ?? 0) - (edges[0]?.ns ?? 0)).toBeGreaterThanOrEqual(25e6);
    const summary = trace === undefined ? '' : pinTraceSummary(trace, board.machine.now());
    expect(summary).toMatch(
      /^pin +edges +first \(ms\) +last \(ms\) +high\nLED +10 +\d+\.\d{3} +4\d\d\.\d{3} +25\.\d %\n$/,
    );
    expect(trace?.toVcd().split('\n').slice(0, 12)).toEqual([
      '$timescale 1 ns $end',
      '$scope module pins $end',
      '$var wire 1 ! LED $end',
      '$upscope $end',
      '$enddefinitions $end',
      '#0',
      '$dumpvars',
      '0!',
      '$end',
      `#${Math.round(edges[0]?.ns ?? 0)}`,
      '1!',
      `#${Math.round(edges[1]?.ns ?? 0)}`,
    ]);
  });

  it('survives saving and loading', () => {
    const board = new TestBoard({ trace: true });
    const led = board.machine.attach(new Led('led', { pin: 0 }));
    board.run('from machine import Pin\np = Pin(0, Pin.OUT, value=1)\nq = Pin(9, Pin.OPEN_DRAIN)');
    const state = JSON.parse(JSON.stringify(board.machine.save()));
    const other = new TestBoard();
    const twin = other.machine.attach(new Led('led', { pin: 0 }));
    other.machine.load(state);
    expect(other.run('from machine import Pin\nprint(Pin(0), Pin(0)(), Pin(9))')).toBe(
      'Pin(GPIO0, mode=OUT) 1 Pin(GPIO9, mode=OPEN_DRAIN)\n',
    );
    expect(twin.on).toBe(led.on);
    expect(other.machine.save()).toEqual(state);
    expect(() => new TestBoard().machine.load(state)).toThrow("a device 'led'");
  });
});
