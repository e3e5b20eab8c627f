/** The `tsmp` command as a process: what it prints, and how it ends. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '@tsmp-internal/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface How {
  readonly input?: string;
  /** Sends SIGINT when the program has printed this. */
  readonly interruptAt?: string;
}

let main = '';
let folder = '';

beforeAll(async () => {
  main = await bundle('packages/cli/src/main.ts');
  folder = mkdtempSync(join(tmpdir(), 'tsmp-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, contents: string | Uint8Array): string {
  writeFileSync(join(folder, name), contents);
  return name;
}

/** Runs `tsmp` in the test's folder. */
function tsmp(args: readonly string[], how: How = {}): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [main, ...args], { cwd: folder, env: { PATH: process.env.PATH ?? '' } });
    let stdout = '';
    let stderr = '';
    let interrupted = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (how.interruptAt !== undefined && !interrupted && stdout.includes(how.interruptAt)) {
        interrupted = true;
        child.kill('SIGINT');
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', fail).on('close', (status) => done({ status, stdout, stderr }));
    child.stdin.on('error', () => undefined).end(how.input ?? '');
  });
}

/** What a person's mistake looks like: one line that says it, nothing else. */
function expectUserError(ended: Ended, text: string): void {
  expect(ended.stdout).toBe('');
  expect(ended.stderr).toMatch(/^tsmp: [^\n]+\n$/);
  expect(ended.stderr).toContain(text);
  expect(ended.status).toBe(2);
}

describe('tsmp run', { timeout: 20_000 }, () => {
  it('runs a program with its arguments', async () => {
    file('args.py', 'import sys\nprint("hello", sys.argv)\n');
    const ended = await tsmp(['run', 'args.py', '-x', '--board', 'two words']);
    expect(ended).toEqual({ status: 0, stdout: "hello ['args.py', '-x', '--board', 'two words']\n", stderr: '' });
  });

  it.each([
    ['import sys\nsys.exit(3)', 3, ''],
    ['import sys\nsys.exit()', 0, ''],
    ['raise SystemExit', 0, ''],
    ["raise SystemExit('stopped here')", 1, 'stopped here\n'],
    [
      '1/0',
      1,
      'Traceback (most recent call last):\n  File "exit.py", line 1, in <module>\nZeroDivisionError: divide by zero\n',
    ],
  ])('ends with the status of the program: %s', async (text, status, stderr) => {
    file(`exit.py`, text);
    expect(await tsmp(['run', 'exit.py'])).toEqual({ status, stdout: '', stderr });
  });

  it('names the line of a syntax error', async () => {
    file('syntax.py', 'print(1)\nif x\n    pass\n');
    const ended = await tsmp(['run', 'syntax.py']);
    expect(ended).toEqual({
      status: 1,
      stdout: '',
      stderr: 'Traceback (most recent call last):\n  File "syntax.py", line 2\nSyntaxError: invalid syntax\n',
    });
  });

  it('says what is wrong with a file', async () => {
    file('binary.py', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3));
    mkdirSync(join(folder, 'folder'), { recursive: true });
    expectUserError(await tsmp(['run', 'missing.py']), "can't open file 'missing.py': no such file");
    expectUserError(await tsmp(['run', 'folder']), 'it is a directory');
    expectUserError(await tsmp(['run', 'binary.py']), 'binary file');
    expectUserError(await tsmp(['run', 'args.py/inner.py']), "can't open file 'args.py/inner.py'");
  });

  it.each([
    [['run', '--colour', 'args.py'], "unknown option '--colour'"],
    [
      ['run', '--board', 'pico-x', 'args.py'],
      "unknown board 'pico-x' (there are pico-w, unix32, unix32f, coverage32, minimal",
    ],
    [['run', '--heap', 'lots', 'args.py'], '--heap must be a number of bytes'],
    [['run', '--ram', '1k', 'args.py'], 'leave no heap'],
    [['run', '--slice', '0', 'args.py'], '--slice must be a whole number'],
    [['run', '--clock', 'fast', 'args.py'], '--clock must be virtual or real'],
    [['run'], "missing required argument 'file'"],
    [['walk'], "unknown command 'walk'"],
  ])('says what is wrong with %j', async (args, text) => {
    file('args.py', 'import sys\nprint("hello", sys.argv)\n');
    expectUserError(await tsmp(args), text);
  });

  it('gives a program the memory it is told to', async () => {
    file('free.py', 'import gc\nprint(gc.mem_free() + gc.mem_alloc())\n');
    const total = async (...args: string[]) => Number((await tsmp(['run', ...args, 'free.py'])).stdout);
    const small = await total('--heap', '32k');
    expect(small).toBeGreaterThan(31_000);
    expect(small).toBeLessThanOrEqual(32_768);
    expect(await total('--ram', '64k')).toBeLessThan(64 * 1024 - 16 * 1024);
    expect(await total('--board', 'minimal')).toBeLessThan(16 * 1024);
  });

  it('prints the same in slices and with a collection at every allocation', async () => {
    file(
      'work.py',
      'def f(n):\n    return [str(i) for i in range(n)]\nprint("".join(f(30)), sum(len(s) for s in f(50)))\n',
    );
    const plain = await tsmp(['run', 'work.py']);
    expect(plain.status).toBe(0);
    expect(await tsmp(['run', '--slice', '1', 'work.py'])).toEqual(plain);
    expect(await tsmp(['run', '--stress-gc', 'work.py'])).toEqual(plain);
    const stats = await tsmp(['run', '--stress-gc', '--slice', '3', '--stats', 'work.py']);
    expect(stats.stdout).toBe(plain.stdout);
    expect(stats.stderr).toMatch(/^time on the board: [\d.]+ ms$/m);
    expect(stats.stderr).toMatch(/^heap: \d+ of \d+ bytes used, peak \d+, [1-9]\d* collections$/m);
    expect(stats.stderr).toMatch(/^bytecodes: [1-9]\d*, of them nested: 0 /m);
  });

  it('lets an hour of sleeping pass at once, and real time when asked', async () => {
    file(
      'sleep.py',
      'import time\nt = time.ticks_ms()\ntime.sleep(3600)\nprint(time.ticks_diff(time.ticks_ms(), t) // 1000)\n',
    );
    expect(await tsmp(['run', 'sleep.py'])).toEqual({ status: 0, stdout: '3600\n', stderr: '' });
    file('nap.py', 'import time\ntime.sleep_ms(300)\n');
    const start = performance.now();
    expect((await tsmp(['run', '--clock', 'real', 'nap.py'])).status).toBe(0);
    expect(performance.now() - start).toBeGreaterThan(300);
  });

  it('imports from the folder of the program', async () => {
    mkdirSync(join(folder, 'app/pkg'), { recursive: true });
    file('app/main.py', 'import helper\nfrom pkg.part import value\nprint(helper.name, value)\n');
    file('app/helper.py', 'name = __name__\n');
    file('app/pkg/__init__.py', '');
    file('app/pkg/part.py', 'value = 42\n');
    expect(await tsmp(['run', 'app/main.py'])).toEqual({ status: 0, stdout: 'helper 42\n', stderr: '' });
  });

  it('stops on Ctrl-C with KeyboardInterrupt', async () => {
    file('forever.py', 'print("going")\nwhile True: pass\n');
    const ended = await tsmp(['run', 'forever.py'], { interruptAt: 'going' });
    expect(ended.stderr).toMatch(/^Traceback .*\n.*line 2, in <module>\nKeyboardInterrupt: \n$/);
    expect(ended.status).toBe(130);
  });

  it('lets a program catch Ctrl-C, in its work and in its sleep', async () => {
    const text = (wait: string) =>
      `import time\ntry:\n    print("going")\n    while True: ${wait}\nexcept KeyboardInterrupt:\n    print("caught")\n`;
    file('caught.py', text('pass'));
    expect(await tsmp(['run', 'caught.py'], { interruptAt: 'going' })).toEqual({
      status: 0,
      stdout: 'going\ncaught\n',
      stderr: '',
    });
    file('asleep.py', text('time.sleep(1)'));
    const asleep = await tsmp(['run', '--clock', 'real', 'asleep.py'], { interruptAt: 'going' });
    expect(asleep).toEqual({ status: 0, stdout: 'going\ncaught\n', stderr: '' });
    const skipping = await tsmp(['run', 'asleep.py'], { interruptAt: 'going' });
    expect(skipping).toEqual({ status: 0, stdout: 'going\ncaught\n', stderr: '' });
  });
});

describe('tsmp compile and disasm', { timeout: 20_000 }, () => {
  it('compile a program to a file that runs', async () => {
    file('app.py', 'def f(x):\n    return x * 6\nprint("compiled", f(7))\n');
    expect(await tsmp(['compile', 'app.py'])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect([...readFileSync(join(folder, 'app.mpy')).subarray(0, 4)]).toEqual([0x4d, 6, 0, 31]);
    expect(await tsmp(['run', 'app.mpy'])).toEqual({ status: 0, stdout: 'compiled 42\n', stderr: '' });
    const listing = await tsmp(['disasm', 'app.mpy']);
    expect(listing.status).toBe(0);
    expect(listing.stdout).toContain('BINARY_OP');
    const json = await tsmp(['disasm', '--json', 'app.py']);
    expect(JSON.parse(json.stdout)).toBeTypeOf('object');
  });

  it('compile standard input', async () => {
    expect((await tsmp(['compile', '-s', 'in.py', '-o', 'in.mpy', '-'], { input: 'print("piped")\n' })).status).toBe(0);
    expect((await tsmp(['run', 'in.mpy'])).stdout).toBe('piped\n');
  });

  it('write what mpy-cross writes, to a file or to standard output, and end as it does', async () => {
    const app = 'x = 100000\nassert x\n';
    file('app2.py', app);
    const piped = await tsmp(['mpy-cross', '-s', 'app2.py', '-o', '-', '-'], { input: app });
    expect(piped.status).toBe(0);
    expect(await tsmp(['mpy-cross', 'app2.py'])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(join(folder, 'app2.mpy')).toString()).toBe(piped.stdout);
    expect(await tsmp(['compile', 'nowhere.py'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'OSError: (2, "can\'t open nowhere.py")\n',
    });
    expect((await tsmp(['compile', '.'])).stderr).toBe('OSError: 21\n');
    expect((await tsmp(['compile', '-o', 'no/where.mpy', 'app2.py'])).stderr).toBe(
      'OSError: (2, "can\'t open no/where.mpy")\n',
    );
    expect((await tsmp(['compile', '-march=armv7m', 'app2.py'])).stderr).toBe(
      '-march=armv7m: native code is not supported\n',
    );
  });

  it('show, merge and split .mpy files', async () => {
    file('one.py', 'print("one")\n');
    file('two.py', 'print("two", 2.5)\n');
    await tsmp(['compile', 'one.py']);
    await tsmp(['compile', 'two.py']);
    expect((await tsmp(['inspect', 'two.mpy'])).stdout).toContain('constant 0: float 2.5');
    expect((await tsmp(['inspect', '-x', '-d', 'two.mpy'])).stdout).toMatch(
      /^000000 {2}4d 06 00 1f[\s\S]*CALL_FUNCTION/,
    );
    expect(JSON.parse((await tsmp(['inspect', '-j', 'one.mpy', 'two.mpy'])).stdout)).toHaveLength(2);
    expect((await tsmp(['inspect', '--merge', '-o', 'both.mpy', 'one.mpy', 'two.mpy'])).status).toBe(0);
    expect((await tsmp(['inspect', '--verify', 'both.mpy'])).status).toBe(0);
    expect((await tsmp(['run', 'both.mpy'])).stdout).toBe('one\ntwo 2.5\n');
    expect((await tsmp(['inspect', '-e', 'seg', '--extract-only', 'obj', 'two.mpy'])).status).toBe(0);
    expect(readFileSync(join(folder, 'seg_0_two.py_OBJ_obj0.bin')).toString('latin1')).toBe('\x08\x032.5');
    const refused = await tsmp(['inspect', 'one.py']);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/^tsmp: one\.py: [^\n]+\n$/);
  });

  it('say where a program is wrong', async () => {
    file('wrong.py', 'x = 1\nreturn x\n');
    const ended = await tsmp(['compile', 'wrong.py']);
    expect(ended.status).toBe(1);
    expect(ended.stderr).toContain('File "wrong.py", line 2');
    expect(ended.stderr).toContain("SyntaxError: 'return' outside function");
    // -s is the compiler's name for it, not the parser's
    expect((await tsmp(['compile', '-s', 'other.py', 'wrong.py'])).stderr).toContain(
      'File "other.py", line 2, in <module>',
    );
    file('unparsed.py', 'x = (\n');
    expect((await tsmp(['compile', '-s', 'other.py', 'unparsed.py'])).stderr).toContain('File "unparsed.py", line 2\n');
    file('bad.mpy', Uint8Array.of(0x4d, 6, 0, 31, 1, 2));
    const bad = await tsmp(['disasm', 'bad.mpy']);
    expect(bad.status).toBe(1);
    expect(bad.stderr).toMatch(/^tsmp: bad\.mpy: [^\n]+\n$/);
  });
});

describe('tsmp micropython', { timeout: 20_000 }, () => {
  it('runs a command, a module, a file and standard input', async () => {
    file('mod.py', 'import sys\nprint("module", __name__, sys.argv)\n');
    expect((await tsmp(['micropython', '-c', 'import sys; print(sys.argv)', 'a', '-b'])).stdout).toBe(
      "['-c', 'a', '-b']\n",
    );
    expect((await tsmp(['micropython', '-m', 'mod', 'x'])).stdout).toBe("module __main__ ['mod', 'x']\n");
    expect((await tsmp(['micropython', 'mod.py', 'y'])).stdout).toBe("module __main__ ['mod.py', 'y']\n");
    expect((await tsmp(['micropython'], { input: 'for i in range(2):\n    print("in", i)\n' })).stdout).toBe(
      'in 0\nin 1\n',
    );
  });

  it('has the options of the unix port', async () => {
    const heap = await tsmp([
      'micropython',
      '-X',
      'heapsize=64k',
      '-c',
      'import gc; print(gc.mem_free() + gc.mem_alloc())',
    ]);
    expect(Number(heap.stdout)).toBeLessThanOrEqual(65_536);
    expect((await tsmp(['micropython', '-O3', '-c', 'assert 0; print(__debug__)'])).stdout).toBe('False\n');
    expect((await tsmp(['micropython', '-h'])).stdout).toContain('usage: micropython');
    expect((await tsmp(['micropython', '-q'])).status).toBe(1);
    const raised = await tsmp(['micropython', '-c', 'print(1); 1/0']);
    expect(raised).toMatchObject({ status: 1, stdout: '1\n' });
    expect(raised.stderr).toContain('ZeroDivisionError: divide by zero');
    expect((await tsmp(['micropython', '--version'])).stdout).toMatch(/^MicroPython v1\.\d+.*version\n$/);
  });

  it('runs a package, and the traceback of a module has no line of its own', async () => {
    mkdirSync(join(folder, 'pkg'));
    file('pkg/__init__.py', 'print("init", __name__)\n');
    file('pkg/__main__.py', 'print("main", __name__)\n1/0\n');
    const ended = await tsmp(['micropython', '-m', 'pkg']);
    expect(ended).toMatchObject({ status: 1, stdout: 'init __main__\nmain __main__\n' });
    expect(ended.stderr).toBe(
      'Traceback (most recent call last):\n  File "pkg/__main__.py", line 2, in <module>\nZeroDivisionError: divide by zero\n',
    );
  });

  it('shows what it compiles, and checks without running', async () => {
    const shown = await tsmp(['micropython', '-v', '-v', '-v', '-c', 'print(1)']);
    expect(shown.stdout).toContain('[   1] expr_stmt(5) (n=2)\n');
    expect(shown.stdout).toContain("File <stdin>, code block '<module>'");
    expect(shown.stdout).toContain('00 LOAD_NAME print\n02 LOAD_CONST_SMALL_INT 1\n03 CALL_FUNCTION n=1 nkw=0\n');
    expect(shown.stdout).toMatch(/\n1\nmem: total=\d+, current=\d+, peak=\d+\nstack: \d+ out of \d+\nGC: total: /);
    expect(await tsmp(['micropython', '-X', 'compile-only', '-c', 'print(1)'])).toMatchObject({
      status: 0,
      stdout: '',
    });
    const wrong = await tsmp(['micropython', '-X', 'compile-only', '-c', 'def f(']);
    expect(wrong).toMatchObject({ status: 1, stdout: '' });
    expect(wrong.stderr).toContain('SyntaxError: invalid syntax');
  });

  it('goes on at the prompt', async () => {
    const ended = await tsmp(['micropython', '-i', '-c', 'x = 6'], { input: 'x * 7\n' });
    expect(ended.status).toBe(0);
    expect(ended.stdout).toContain('>>> x * 7\r\n42\r\n');
    const asked =
      'import os; os.putenv("MICROPYINSPECT", "1"); y = 5; os.unsetenv("NOT_THERE"); print(os.getenv("NOT_THERE"))';
    expect((await tsmp(['micropython', '-c', asked], { input: 'y * 8\n' })).stdout).toMatch(
      /^None\n[\s\S]*>>> y \* 8\r\n40\r\n/,
    );
  });
});

describe('tsmp repl', { timeout: 20_000 }, () => {
  it('answers what is piped in', async () => {
    const input = 'x = 6\nx * 7\ndef f():\nreturn "f"\n\b\nf()\n1/0\nimport time\ntime.sleep(0)\nprint("end")\n';
    const ended = await tsmp(['repl', '--clock', 'virtual'], { input });
    expect(ended.status).toBe(0);
    expect(ended.stdout).toContain('MicroPython v1');
    expect(ended.stdout).toContain('>>> x * 7\r\n42\r\n');
    expect(ended.stdout).toContain("'f'\r\n");
    expect(ended.stdout).toContain('ZeroDivisionError: divide by zero');
    expect(ended.stdout).toContain('end\r\n');
  });

  it('ends with the status of SystemExit where exits end the process, and resets a board', async () => {
    const input = 'import sys\nsys.exit(4)\nprint("not reached on unix")\n';
    const unix = await tsmp(['repl', '--board', 'unix32'], { input });
    expect(unix.status).toBe(4);
    expect(unix.stdout).not.toContain('reached');
    const board = await tsmp(['repl'], { input });
    expect(board.status).toBe(0);
    expect(board.stdout).toContain('MPY: soft reboot\r\nMicroPython v1');
    expect(board.stdout).toContain('\r\nnot reached on unix\r\n');
  });
});

describe('tsmp', { timeout: 20_000 }, () => {
  it('tells how to use it', async () => {
    for (const args of [[], ['--help'], ['run', '--help'], ['help', 'compile']]) {
      const ended = await tsmp(args);
      expect(ended.status).toBe(0);
      expect(ended.stdout).toMatch(/^Usage: tsmp/);
      expect(ended.stdout).toContain('Examples:');
      expect(ended.stderr).toBe('');
    }
    expect((await tsmp(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe('tsmp run with devices', () => {
  it('draws what they show and what went over the wires', async () => {
    file(
      'shown.py',
      `from machine import I2C, Pin
import time
led = Pin(15, Pin.OUT, value=1)
i2c = I2C(0, scl=Pin(5), sda=Pin(4))
i2c.writeto(0x3C, b"\\x00\\xa1\\xc8\\xaf")
i2c.writeto(0x3C, b"\\x40\\x03\\x01")
time.sleep_ms(5)
led.off()
print(i2c.readfrom_mem(0x76, 0xD0, 1))
`,
    );
    const devices = ['--device', 'ssd1306:scl=5,sda=4', '--device', 'bme280:scl=5,sda=4', '--device', 'led/red:pin=15'];
    const text = await tsmp(['run', ...devices, '--screen', '-', '--buses', '--svg', 'p.svg', 'shown.py']);
    expect(text.status).toBe(0);
    expect(text.stdout).toBe("b'`'\n");
    expect(text.stderr).toMatch(/^█▀\n\n/);
    expect(text.stderr).toMatch(/ms {2}I2C0 0x3c W 40 03 01\n.*ms {2}I2C0 0x76 W d0 …\n.*ms {2}I2C0 0x76 R 60\n$/);
    expect(readFileSync(join(folder, 'p.svg'), 'utf8')).toContain('>GP15</text>');
    const picture = await tsmp(['run', ...devices, '--screen', 's.png', 'shown.py']);
    expect(picture.stderr).toBe('');
    expect(readFileSync(join(folder, 's.png')).subarray(1, 4).toString()).toBe('PNG');
  });
  it('says what is wrong with one', async () => {
    file('empty.py', '');
    expectUserError(await tsmp(['run', '--device', 'servo:pin=1', 'empty.py']), "there is no kind 'servo'");
    expectUserError(await tsmp(['run', '--device', 'led:pin=99', 'empty.py']), 'the board has no pin 99');
    expectUserError(await tsmp(['run', '--screen', '-', 'empty.py']), '--screen needs --device ssd1306');
  });
});
