/** The REPL: bytes in, bytes out, in every mode and for every key. */
import { MemoryFolder } from '@tsmp/machine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Board, type BoardOptions, createBoard } from '../src/index.js';

const BANNER =
  'MicroPython v1.29.0-preview; Raspberry Pi Pico W with RP2040\r\nType "help()" for more information.\r\n';
const RAW = 'raw REPL; CTRL-B to exit\r\n>';

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

/** A board and somebody who types on it. */
class Terminal {
  readonly board: Board;
  private out = '';

  constructor(options: BoardOptions = {}) {
    this.board = createBoard({
      ...options,
      stdout: (bytes) => {
        this.out += String.fromCharCode(...bytes);
      },
    });
  }
  on(): string {
    this.board.startRepl();
    return this.settle();
  }
  /** What comes back for bytes, when the board waits again. */
  type(text: string): string {
    this.board.input(bytesOf(text));
    return this.settle();
  }
  settle(): string {
    this.board.runToEnd();
    return this.taken();
  }
  /** Output so far. */
  taken(): string {
    const { out } = this;
    this.out = '';
    return out;
  }
}

function terminal(options: BoardOptions = {}): Terminal {
  const t = new Terminal(options);
  t.on();
  return t;
}

describe('friendly REPL', () => {
  it('greets, evaluates, prints, remembers in _', () => {
    const t = new Terminal();
    expect(t.on()).toBe(`${BANNER}>>> `);
    expect(t.type('6*7\r')).toBe('6*7\r\n42\r\n>>> ');
    expect(t.type('_ + 1\r')).toBe('_ + 1\r\n43\r\n>>> ');
    expect(t.type('None\r')).toBe('None\r\n>>> ');
    expect(t.type('\r')).toBe('\r\n>>> ');
    expect(t.type("print('a\\nb')\r")).toBe("print('a\\nb')\r\na\r\nb\r\n>>> ");
  });

  it('prints tracebacks and goes on', () => {
    const t = terminal();
    expect(t.type('1/0\r')).toBe(
      '1/0\r\nTraceback (most recent call last):\r\n  File "<stdin>", line 1, in <module>\r\nZeroDivisionError: divide by zero\r\n>>> ',
    );
    expect(t.type('x =\r')).toContain('SyntaxError: invalid syntax\r\n>>> ');
    expect(t.type('x = 1\r')).toBe('x = 1\r\n>>> ');
  });

  it('takes one newline of CR LF', () => {
    const t = terminal();
    expect(t.type('1\r\n2\r\n')).toBe('1\r\n1\r\n>>> 2\r\n2\r\n>>> ');
    expect(t.type('3\n')).toBe('3\r\n3\r\n>>> ');
  });

  it('continues a statement, indents it, and ends it with an empty line', () => {
    const t = terminal();
    expect(t.type('for i in range(2):\r')).toBe('for i in range(2):\r\n...     ');
    expect(t.type('print(i)\r')).toBe('print(i)\r\n...     ');
    expect(t.type('\x7f')).toBe('\b\b\b\b\x1b[K');
    expect(t.type('\r')).toBe('\r\n0\r\n1\r\n>>> ');
    expect(t.type('(1 +\r2)\r')).toBe('(1 +\r\n... 2)\r\n3\r\n>>> ');
  });

  it('lets Space and Tab take the indent back', () => {
    const t = terminal();
    t.type('if 1:\r');
    expect(t.type(' ')).toBe('\b\b\b');
    expect(t.type('print(5)\r')).toBe('print(5)\r\n... ');
    expect(t.type('\r')).toBe('\r\n5\r\n>>> ');
    t.type('if 1:\r');
    expect(t.type('\tprint(6)\r\x7f\r')).toBe('print(6)\r\n... \r\n6\r\n>>> ');
  });

  it('stops indenting behind two blank lines', () => {
    const t = terminal();
    t.type('if 1:\rprint(1)\r');
    expect(t.type('\r')).toBe('\r\n...     ');
    expect(t.type('\r')).toBe('\r\n... ');
    expect(t.type('\r')).toBe('\r\n1\r\n>>> ');
  });

  it('edits with keys of terminals and of Emacs', () => {
    const t = terminal();
    // left, insert, home, end, delete
    expect(t.type('13\x1b[D2')).toBe('13\b23\b');
    expect(t.type('\x1b[H')).toBe('\b\b');
    expect(t.type('9')).toBe('9123\b\b\b');
    expect(t.type('\x1b[F')).toBe('123');
    expect(t.type('\x1b[1~\x1b[3~\x1b[4~')).toBe('\b\b\b\b\x1b[K123\b\b\b123');
    expect(t.type('\x1bOH\x1bOF')).toBe('\b\b\b123');
    expect(t.type('\x01\x06\x04\x05')).toBe('\b\b\b1\x1b[K3\b3');
    expect(t.type('\x02\x0b')).toBe('\b\x1b[K');
    expect(t.type('\x15')).toBe('\b\x1b[K');
    expect(t.type('abcdef\x08\x7f')).toBe('abcdef\b\x1b[K\b\x1b[K');
    expect(t.type('\x03')).toBe('\r\n>>> ');
    expect(t.type('123456\x01')).toBe('123456\x1b[6D');
    // unknown sequences leave nothing behind
    expect(t.type('\x03\x1b[9~\x1b[Z\x1bx7\r')).toBe('\r\n>>> 7\r\n7\r\n>>> ');
  });

  it('has a history of eight lines, without repetitions', () => {
    const t = terminal();
    for (let i = 1; i <= 10; i++) t.type(`${i}\r`);
    t.type('10\r');
    expect(t.type('\x1b[A')).toBe('10');
    expect(t.type('\x10')).toBe('\b\b\x1b[K9');
    expect(t.type('\x1b[A'.repeat(9))).toMatch(/\x08 ?3$/);
    expect(t.type('\x1b[B')).toBe('\b4');
    expect(t.type('\x0e'.repeat(9))).toMatch(/\x08\x08\x1b\[K$/);
    expect(t.type('\r')).toBe('\r\n>>> ');
  });

  it('moves and deletes by words on the unix port only', () => {
    const t = terminal({ board: 'unix32' });
    expect(t.type("'ab cd ef'\x1bb\x1bb\x1bf\x1b[1;5D\x1b[1;5C")).toBe("'ab cd ef'\b\b\b\b\b\bcd\b\bcd");
    expect(t.type('\x1bd')).toBe("\x1b[K'\b");
    expect(t.type('\x17')).toBe("\b\b\x1b[K'\b");
    expect(t.type('\x1b\x7f\r')).toBe("\b\b\b\x1b[K'\b\r\n''\r\n>>> ");
    const board = terminal();
    expect(board.type('ab\x1bb\x17\x03')).toBe('ab\r\n>>> ');
  });

  it('completes names, attributes, modules and the word import', () => {
    const t = terminal();
    expect(t.type('imp\t')).toBe('import ');
    expect(t.type('microp\t\r')).toBe('micropython\r\n>>> ');
    expect(t.type('value = [1]\r')).toBe('value = [1]\r\n>>> ');
    expect(t.type('val\t')).toBe('value');
    expect(t.type('.app\t(2)\r')).toBe('.append(2)\r\n>>> ');
    expect(t.type('nothing.here\t\x03')).toBe('nothing.here\r\n>>> ');
    expect(t.type('nothing\t\x03')).toBe('nothing\r\n>>> ');
    expect(t.type('x =\t\x03')).toBe('x =\r\nmicropython     value\r\n>>> x =\r\n>>> ');
    expect(t.type('x = \t1\r')).toBe('x =     1\r\n>>> ');
  });

  it('lists what a name could become in columns, and none that begin with an underscore', () => {
    const t = terminal();
    t.type('class C:\ralpha = 1\rbeta = 2\ra_name_that_is_long = 3\r_hidden = 4\r\x7f\r');
    const listed = t.type('C.\t');
    expect(listed).toMatch(/^C\.\r\n/);
    expect(listed).toMatch(/\r\n>>> C\.$/);
    const names = listed
      .slice(4, -6)
      .split(/\s+/)
      .filter((n) => n !== '');
    expect([...names].sort()).toEqual(['a_name_that_is_long', 'alpha', 'beta']);
    for (const n of names) expect(listed.split('\r\n').some((l) => l.indexOf(n) % 16 === 0)).toBe(true);
    expect(t.type('_h\t\r')).toBe('_hidden\r\n4\r\n>>> ');
  });

  it('survives attributes that raise or print when a name is completed', () => {
    const t = terminal();
    t.type('\x05class G:\n    def __getattr__(self, name):\n        raise ValueError(name)\ng = G()\n\x04');
    expect(t.type('g.x\t\x03')).toBe('g.x\r\n>>> ');
  });

  it('takes its prompts from sys.ps1 and sys.ps2', () => {
    const t = terminal();
    expect(t.type("import sys\rsys.ps1 = '$ '\r")).toMatch(/\r\n\$ $/);
    expect(t.type("sys.ps2 = '> '\r")).toMatch(/\r\n\$ $/);
    expect(t.type('(1,\r2)\r')).toBe('(1,\r\n> 2)\r\n(1, 2)\r\n$ ');
    expect(t.type('sys.ps1 = 5\r')).toBe('sys.ps1 = 5\r\n');
    expect(t.type('\x04')).toContain(`MPY: soft reboot\r\n${BANNER}>>> `);
  });

  it('unlocks the heap for whoever wants to know why', () => {
    const t = terminal();
    t.type('import micropython\rmicropython.heap_lock()\r');
    expect(t.type('[1, 2]\r')).toBe('[1, 2]\r\n[1, 2]\r\n>>> ');
  });

  it('cancels with Ctrl-C, greets again at Ctrl-B', () => {
    const t = terminal();
    expect(t.type('some text\x03')).toBe('some text\r\n>>> ');
    expect(t.type('def f():\r\x03')).toBe('def f():\r\n...     \r\n>>> ');
    expect(t.type('\x03')).toBe('\r\n>>> ');
    expect(t.type('\x02')).toBe(`\r\n${BANNER}>>> `);
    // Ctrl-D ends a compound statement
    expect(t.type('if 1: print(3)\r\x04')).toBe('if 1: print(3)\r\n... 3\r\n>>> ');
  });
});

describe('input()', () => {
  it('edits its line as the prompt does, without a prompt of its own', () => {
    const t = terminal();
    expect(t.type("s = input('name? ')\r")).toBe("s = input('name? ')\r\nname? ");
    expect(t.type('bxo\x1b[D\x7f\r')).toBe('bxo\b\b\x1b[Ko\b\r\n>>> ');
    expect(t.type('s\r')).toBe("s\r\n'bo'\r\n>>> ");
    expect(t.type('input()\r\x03')).toMatch(/KeyboardInterrupt: \r\n>>> $/);
    expect(t.type('input()\r\x04')).toMatch(/EOFError: \r\n>>> $/);
    expect(t.type('input()\r\x1b[A\r')).toMatch(/\r\ninput\(\)\r\n'input\(\)'\r\n>>> $/);
  });
});

describe('paste mode', () => {
  it('runs what was pasted as a file', () => {
    const t = terminal();
    expect(t.type('\x05')).toBe('\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ');
    expect(t.type('for i in (1, 2):\r    print(i)\ri\r')).toBe('for i in (1, 2):\r\n===     print(i)\r\n=== i\r\n=== ');
    expect(t.type('\x04')).toBe('\r\n1\r\n2\r\n>>> ');
    expect(t.type('\x05junk(\x03')).toMatch(/junk\(\r\n>>> $/);
  });
});

describe('raw REPL', () => {
  it('marks output, errors and the prompt', () => {
    const t = terminal();
    expect(t.type('\x01')).toBe(`\r\n${RAW}`);
    expect(t.type('print(1)\x04')).toBe('OK1\r\n\x04\x04>');
    expect(t.type('1/0\x04')).toBe(
      'OK\x04Traceback (most recent call last):\r\n  File "<stdin>", line 1, in <module>\r\nZeroDivisionError: divide by zero\r\n\x04>',
    );
    expect(t.type('if\x04')).toMatch(/^OK\x04Traceback[\s\S]*SyntaxError: invalid syntax\r\n\x04>$/);
    expect(t.type('6*7\x04')).toBe('OK\x04\x04>');
    expect(t.type('junk\x03print(2)\x04')).toBe('OK2\r\n\x04\x04>');
    expect(t.type('\x01')).toBe(RAW);
    expect(t.type('\x02')).toBe(`\r\n${BANNER}>>> `);
  });

  it('keeps names between programs, and __file__', () => {
    const t = terminal();
    t.type('\x01x = 5\x04');
    expect(t.type('print(x, __name__, __file__)\x04')).toBe('OK5 __main__ <stdin>\r\n\x04\x04>');
  });

  it('resets at Ctrl-D, without main.py', () => {
    const folder = new MemoryFolder({ 'boot.py': "print('boot')", 'main.py': "print('main')" });
    const t = new Terminal({ folder });
    expect(t.on()).toBe(`boot\r\nmain\r\n${BANNER}>>> `);
    t.type('x = 1\r\x01');
    expect(t.type('\x04')).toBe(`OK\r\nMPY: soft reboot\r\nboot\r\n${RAW}`);
    expect(t.type('print("x" in globals())\x04')).toBe('OKFalse\r\n\x04\x04>');
    expect(t.type('raise SystemExit\x04')).toBe(`OK\x04\x04MPY: soft reboot\r\nboot\r\n${RAW}`);
    t.type('\x02');
    expect(t.type('\x04')).toBe(`\r\nMPY: soft reboot\r\nboot\r\nmain\r\n${BANNER}>>> `);
  });

  it('passes eight bits both ways through the buffers of sys.stdin and sys.stdout', () => {
    const t = terminal();
    t.type('\x01import sys\x04');
    t.board.input(bytesOf('b = bytearray(5)\nsys.stdin.buffer.readinto(b)\nsys.stdout.buffer.write(b)\x04'));
    expect(t.settle()).toBe('OK');
    t.board.input(Uint8Array.of(0, 10, 13, 0xff, 4));
    expect(t.settle()).toBe('\0\n\r\xff\x04\x04\x04>');
  });
});

describe('raw paste', () => {
  const START = '\x05A\x01';
  const READY = 'R\x01\x80\x00\x01';

  it('tells its window, gives credit, and acknowledges the end', () => {
    const t = terminal();
    t.type('\x01');
    expect(t.type(START)).toBe(READY);
    expect(t.type('print(1)\x04')).toBe('\x041\r\n\x04\x04>');
    expect(t.type(START)).toBe(READY);
    expect(t.type(`#${'x'.repeat(126)}`)).toBe('');
    expect(t.type('x')).toBe('\x01');
    expect(t.type(`${'x'.repeat(256)}`)).toBe('\x01\x01');
    expect(t.type('\nprint(2)\x04')).toBe('\x042\r\n\x04\x04>');
  });

  it('reports errors, an interrupt, and commands that it does not know', () => {
    const t = terminal();
    t.type('\x01');
    expect(t.type(`${START}1/0\x04`)).toMatch(/^R\x01\x80\x00\x01\x04\x04Traceback[\s\S]*divide by zero\r\n\x04>$/);
    expect(t.type(`${START}print(\x03`)).toBe(`${READY}\x04\x04KeyboardInterrupt: \r\n\x04>`);
    expect(t.type('\x05B\x01')).toBe('R\0>');
    expect(t.type('print(3)\x04')).toBe('OK3\r\n\x04\x04>');
  });
});

describe('start-up files', () => {
  it('skips main.py when boot.py fails, and ends in a prompt when main.py does', () => {
    const failing = new MemoryFolder({ 'boot.py': 'nope', 'main.py': "print('main')" });
    expect(new Terminal({ folder: failing }).on()).toBe(
      `Traceback (most recent call last):\r\n  File "boot.py", line 1, in <module>\r\nNameError: name 'nope' isn't defined\r\n${BANNER}>>> `,
    );
    const main = new MemoryFolder({ 'main.py': 'x = 8\n1/0\n' });
    const t = new Terminal({ folder: main });
    expect(t.on()).toContain('File "main.py", line 2');
    expect(t.type('x\r')).toBe('x\r\n8\r\n>>> ');
  });

  it('keeps files over a reset, and closes those that are open', () => {
    const folder = new MemoryFolder();
    const t = terminal({ folder });
    t.type("f = open('data', 'w')\rf.write('kept')\r\x04");
    expect(t.type("open('data').read()\r")).toContain("'kept'");
  });

  it('can be stopped in main.py with Ctrl-C', () => {
    const folder = new MemoryFolder({ 'main.py': 'while True:\n    pass\n' });
    const t = new Terminal({ folder });
    t.board.startRepl();
    for (let i = 0; i < 5; i++) t.board.run({ bytes: 1000 });
    t.board.input(Uint8Array.of(3));
    expect(t.settle()).toMatch(/^Traceback[\s\S]*File "main.py", line \d, in <module>\r\nKeyboardInterrupt: \r\n/);
  });
});

describe('machine.reset()', () => {
  it('starts the chip anew, at a friendly prompt, with its files', () => {
    const folder = new MemoryFolder({ 'main.py': "import machine\nprint('cause', machine.reset_cause())" });
    const t = new Terminal({ folder });
    expect(t.on()).toBe(`cause 1\r\n${BANNER}>>> `);
    t.type("x = 1\ropen('data', 'w').write('kept')\r\x01");
    expect(t.type('import machine\nmachine.reset()\x04')).toBe(`OKcause 3\r\n${BANNER}>>> `);
    expect(t.type("open('data').read()\r")).toContain("'kept'");
    expect(t.type('x\r')).toContain("NameError: name 'x' isn't defined");
    const again = new Terminal({
      folder: new MemoryFolder({ 'main.py': "import machine\nprint('cause', machine.reset_cause())" }),
    });
    again.board.startRepl();
    again.board.replay(t.board.journal);
    expect(again.settle()).toContain(`OKcause 3\r\n${BANNER}>>> open('data').read()\r\n'kept'\r\n`);
  });
});

describe('Ctrl-C', () => {
  function busy(program: string): Terminal {
    const t = terminal();
    t.board.input(bytesOf(`\x05${program}\x04`));
    for (let i = 0; i < 50; i++) {
      t.board.run({ bytes: 500 });
      t.board.skipTo(t.board.vm.clock.now(t.board.vm.budget) + 1000);
    }
    t.taken();
    return t;
  }

  it.each([
    ['computing', 'while True: pass'],
    ['sleeping', 'import time\ntime.sleep(1000)'],
    ['reading', 'import sys\nsys.stdin.read(5)'],
    ['polling', 'import select, sys\np = select.poll()\np.register(sys.stdin, 1)\np.poll()'],
  ])('interrupts a program that is %s, and drops what was typed before', (_what, program) => {
    const t = busy(program);
    expect(t.type('ab\x031+1\r')).toMatch(
      /^Traceback[\s\S]*File "<stdin>", line \d+, in <module>\r\nKeyboardInterrupt: \r\n>>> 1\+1\r\n2\r\n>>> $/,
    );
  });

  it('is a byte like others while kbd_intr(-1) holds, and can be another byte', () => {
    const t = busy('import micropython, sys\nmicropython.kbd_intr(-1)\nprint(ord(sys.stdin.read(1)))');
    expect(t.type('\x03')).toMatch(/3\r\n>>> $/);
    const other = busy('import micropython, time\nmicropython.kbd_intr(24)\ntime.sleep(1000)');
    expect(other.type('\x03\x18')).toMatch(/KeyboardInterrupt: \r\n>>> $/);
  });
});

describe('a REPL', () => {
  const SESSION = [
    'x = 3\r',
    'for i in range(x):\rprint(i)\r\x7f\r',
    'import time\rtime.sleep_ms(50)\rtime.ticks_ms() > 49\r',
    'x.bit\t()\r\x1b[A\x1b[D\x1b[D\x03',
    '\x05y = 1\rprint(y)\r\x04\x01print(y)\x04\x05A\x01print(y + 1)\x04',
    '\x04\x02\x04x\r',
  ];

  it('does the same in slices of any size', () => {
    const t = terminal();
    const whole = SESSION.map((s) => t.type(s)).join('');
    expect(whole).toContain('soft reboot');
    for (const bytes of [1, 7, 1000]) {
      const s = terminal();
      const pieces = SESSION.map((text) => {
        s.board.input(bytesOf(text));
        for (;;) {
          const r = s.board.run({ bytes });
          if (r.reason === 'budget') continue;
          if (r.reason !== 'waiting') throw new Error(r.reason);
          const next = Math.min(r.until, s.board.vm.clock.nextDue());
          if (next === Number.POSITIVE_INFINITY) return s.taken();
          s.board.skipTo(next);
        }
      });
      expect(pieces.join('')).toBe(whole);
    }
  });

  it('goes on from a snapshot after any key', () => {
    const text = SESSION.join('');
    const t = terminal();
    const rest = [...text].map((c) => t.type(c));
    for (let at = 3; at < text.length; at += 17) {
      const first = terminal();
      first.type(text.slice(0, at));
      const second = new Terminal();
      second.board.load(structuredClone(first.board.save()));
      expect([...text.slice(at)].map((c) => second.type(c)).join('')).toBe(rest.slice(at).join(''));
    }
  });

  it('replays from its journal', () => {
    const t = terminal();
    const out = SESSION.map((s) => t.type(s)).join('');
    const again = new Terminal();
    again.board.startRepl();
    again.board.replay(t.board.journal);
    expect(again.settle()).toBe(`${BANNER}>>> ${out}`);
    expect(again.board.vm.clock.now(0)).toBe(t.board.vm.clock.now(0));
  });

  it('survives any bytes, and answers after Ctrl-C and Ctrl-B', { timeout: 20_000 }, () => {
    const key = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(1, 2, 3, 4, 5, 8, 9, 10, 13, 27, 91, 65, 66, 67, 68, 126, 127, 58, 40) },
      { weight: 2, arbitrary: fc.integer({ min: 32, max: 126 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) },
    );
    fc.assert(
      fc.property(fc.array(key, { maxLength: 120 }), (keys) => {
        const t = terminal();
        t.board.input(Uint8Array.from(keys));
        for (let i = 0; i < 200; i++) {
          const r = t.board.run({ bytes: 2000 });
          expect(['budget', 'waiting']).toContain(r.reason);
          if (r.reason === 'waiting' && t.board.vm.clock.nextDue() !== Number.POSITIVE_INFINITY)
            t.board.skipTo(r.until);
        }
        t.type('\r\x03\x03');
        t.type('\x02');
        t.type('\x03');
        expect(t.type('6*7\r')).toMatch(/6\*7\r\n42\r\n>>> $/);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});
