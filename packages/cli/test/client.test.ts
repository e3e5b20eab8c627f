/** The client of the raw REPL, on boards in this process and over TCP; mounted folders. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { bundle } from '@tsmp-internal/testkit';
import { MemoryFolder } from '@tsmp/machine';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BoardClient, BoardException } from '../src/client/client.js';
import { copy, listBoard, readBoard, removeBoard, writeBoard } from '../src/client/files.js';
import { FolderServer } from '../src/client/folder-server.js';
import { boardPort, openPort } from '../src/client/port.js';
import { openPty } from '../src/link/pty.js';
import { listenTcp } from '../src/link/tcp.js';
import { LiveBoard } from '../src/live.js';
import { type Board, type BoardOptions, createBoard } from '../src/index.js';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).replaceAll('\r\n', '\n');
const bytes = (t: string): Uint8Array => new TextEncoder().encode(t);

let scratch = '';
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'tsmp-client-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Does something as the client of a fresh board. */
async function withClient(
  work: (client: BoardClient) => Promise<void>,
  options: BoardOptions = { folder: new MemoryFolder() },
): Promise<void> {
  const port = boardPort(
    (stdout) => {
      const board = createBoard({ ...options, stdout });
      board.startRepl({ onExit: 'reset' });
      return board;
    },
    { clock: 'real' },
  );
  const client = new BoardClient(port);
  try {
    await client.enter();
    await work(client);
  } finally {
    client.close();
  }
}

describe('a client', { timeout: 20_000 }, () => {
  it('runs code, follows its output, reports its exceptions', () =>
    withClient(async (client) => {
      const seen: string[] = [];
      const out = await client.exec('print("one")\nimport time\ntime.sleep_ms(30)\nprint("two")', (b) =>
        seen.push(text(b)),
      );
      expect(text(out)).toBe('one\ntwo\n');
      expect(seen.length).toBeGreaterThan(1);
      expect(await client.eval('6 * 7')).toBe('42');
      await expect(client.exec('1/0')).rejects.toThrow(BoardException);
      await expect(client.exec('1/0')).rejects.toThrow('ZeroDivisionError: divide by zero\n');
      await expect(client.exec('if')).rejects.toThrow('SyntaxError: invalid syntax');
    }));

  it('leaves a journal from which its session is replayed to the byte', async () => {
    const outputs: Buffer[] = [];
    const boards: Board[] = [];
    const make = (stdout: (bytes: Uint8Array) => void, wallStart: number): Board => {
      const i = boards.length;
      outputs.push(Buffer.alloc(0));
      const board = createBoard({
        folder: new MemoryFolder(),
        wallStart,
        stdout: (b) => {
          outputs[i] = Buffer.concat([outputs[i] as Buffer, b]);
          stdout(b);
        },
      });
      board.startRepl({ onExit: 'reset' });
      boards.push(board);
      return board;
    };
    const client = new BoardClient(boardPort((stdout) => make(stdout, 1_800_000_000), { clock: 'real' }));
    await client.enter();
    await client.exec('import time\nprint(time.ticks_us(), time.time())\ntime.sleep_ms(20)\nprint(time.ticks_us())');
    await client.mount(new MemoryFolder({ 'm.py': 'print(__file__)\n' }));
    await client.exec('import m');
    await client.reset();
    await client.exec('f = open("x", "w")\nf.write("y")\nf.close()\nimport os\nprint(os.listdir())');
    client.close();
    const [first] = boards as [Board];
    expect(first.journal.length).toBeGreaterThan(10);
    const again = make(() => undefined, first.vm.wallStart);
    again.replay(first.journal);
    for (let r = again.run({ bytes: 99_999 }); ; r = again.run({ bytes: 99_999 })) {
      if (r.reason === 'budget') continue;
      if (r.reason !== 'waiting') throw new Error(r.reason);
      const next = Math.min(r.until, again.vm.clock.nextDue());
      if (next === Number.POSITIVE_INFINITY) break;
      again.skipTo(next);
    }
    expect(text(outputs[1] as Buffer)).toBe(text(outputs[0] as Buffer));
  });

  it('sends programs larger than the window, and resets', () =>
    withClient(async (client) => {
      const program = Array.from({ length: 200 }, (_, i) => `x${i} = ${i}\n`).join('');
      await client.exec(program);
      expect(await client.eval('x199 + x7')).toBe('206');
      await client.reset();
      await expect(client.eval('x199')).rejects.toThrow("NameError: name 'x199' isn't defined");
    }));

  it('handles files', () =>
    withClient(async (client) => {
      const all = Uint8Array.from({ length: 1500 }, (_, i) => i & 255);
      await writeBoard(client, 'all.bin', all);
      expect(await readBoard(client, 'all.bin')).toEqual(all);
      writeFileSync(join(scratch, 'a "name".py'), 'x = 1\n');
      await copy(client, join(scratch, 'a "name".py'), ':', false);
      await copy(client, scratch, ':copied', true);
      await copy(client, ':all.bin', ':copied/', false);
      expect(await listBoard(client, '')).toEqual([
        { name: 'a "name".py', folder: false, size: 6 },
        { name: 'all.bin', folder: false, size: 1500 },
        { name: 'copied', folder: true, size: 0 },
      ]);
      await copy(client, ':copied', join(scratch, 'back'), true);
      expect(readFileSync(join(scratch, 'back', 'a "name".py'), 'utf8')).toBe('x = 1\n');
      expect(Uint8Array.from(readFileSync(join(scratch, 'back', 'all.bin')))).toEqual(all);
      await removeBoard(client, 'copied', true);
      await removeBoard(client, 'all.bin', false);
      expect((await listBoard(client, '/')).map((e) => e.name)).toEqual(['a "name".py']);
      await expect(removeBoard(client, 'all.bin', false)).rejects.toThrow('OSError: [Errno 2] ENOENT');
    }));

  it('does the same over TCP, one client after the other', async () => {
    let live: LiveBoard | undefined;
    const link = await listenTcp(0, { onData: (b) => live?.input(b) });
    const board = createBoard({ folder: new MemoryFolder(), stdout: (b) => link.write(b) });
    board.startRepl();
    live = new LiveBoard(board, { clock: 'real', drained: () => link.drained() });
    const ended = live.run();
    for (let i = 0; i < 3; i++) {
      const client = new BoardClient(await openPort(link.name));
      await client.enter(i !== 2);
      expect(await client.eval('print.__name__ if False else 5')).toBe('5');
      await client.exec(`n = ${i}`);
      if (i === 2) expect(await client.eval('n')).toBe('2');
      expect((await client.exec('print("x" * 100000)')).length).toBe(100002);
      client.leave();
      client.close();
    }
    live.stop();
    await ended;
    link.close();
    await expect(openPort(link.name)).rejects.toThrow("can't connect");
    await expect((async () => openPort('gopher://x'))()).rejects.toThrow('give socket://HOST:PORT');
  });
});

const hasPty = await import('@lydell/node-pty').then(
  () => process.platform !== 'win32',
  () => false,
);

describe.skipIf(!hasPty)('a pseudo-terminal', { timeout: 20_000 }, () => {
  it('serves one client after the other, eight bits clean, and drops what nobody reads', async () => {
    let live: LiveBoard | undefined;
    const link = await openPty({ onData: (b) => live?.input(b) });
    const board = createBoard({ folder: new MemoryFolder(), stdout: (b) => link.write(b) });
    board.startRepl();
    live = new LiveBoard(board, { clock: 'real', drained: () => link.drained() });
    const ended = live.run();
    for (let i = 0; i < 3; i++) {
      const client = new BoardClient(await openPort(link.name));
      await client.enter();
      expect(await client.eval('6 * 7')).toBe('42');
      const all = await client.exec(
        'import sys\nfor i in range(3, 256):\n if i != 4: sys.stdout.buffer.write(bytes((i,)))',
      );
      expect(all).toEqual(Uint8Array.from([3, ...Array.from({ length: 251 }, (_, k) => k + 5)]));
      expect((await client.exec('for i in range(400): print("y" * 98)')).length).toBe(40_000);
      // talks to nobody until the next client interrupts it
      if (i === 1) client.type(bytes('while True: print("z" * 98)\x04'));
      else client.leave();
      await new Promise((done) => setTimeout(done, 30));
      client.close();
    }
    live.stop();
    await ended;
    link.close();
  });
});

describe('a mounted folder', { timeout: 20_000 }, () => {
  it('has files that read, write, seek and iterate as the board’s own', () => {
    const folder = new MemoryFolder({
      'lines.txt': 'one\ntwo\nthree',
      'sub/mod.py': 'def f():\n    return "imported"\n',
      'data.json': '{"a": [1, 2, null]}\n',
    });
    return withClient(async (client) => {
      expect(await client.mount(folder)).toBe('/remote');
      const out = await client.exec(`
import os, array
print(os.getcwd(), sorted(os.listdir()))
import json
print(json.load(open('data.json')))
f = open('lines.txt')
print(f.readline(), list(f), f.read())
print(f.seek(4), f.read(3), f.tell())
f.close()
with open('new.txt', 'w') as f:
    print(f.write('déjà'), f.write(' vu'))
with open('new.txt', 'rb') as f:
    print(f.read(3), f.read())
with open('new.txt') as f:
    print(f.read(2), f.read(100), repr(f.read()))
open('new.txt', 'a').write('!')
b = bytearray(4)
with open('lines.txt', 'rb') as f:
    print(f.readinto(b), b)
a = array.array('H', [0, 0])
with open('lines.txt', 'rb') as f:
    print(f.readinto(a), a)
with open('w.bin', 'wb') as f:
    print(f.write(a))
os.mkdir('d')
os.rename('w.bin', 'd/w')
print(os.stat('d/w')[6], os.stat('d')[0], [e for e in os.ilistdir('d')])
os.remove('d/w')
os.rmdir('d')
import sub.mod
print(sub.mod.f(), sub.mod.__file__)
os.chdir('sub')
print(os.listdir(), os.getcwd())
os.chdir('..')
for what in (lambda: open('none'), lambda: os.stat('none'), lambda: os.mkdir('sub'), lambda: os.rmdir('sub'), lambda: os.chdir('lines.txt')):
    try:
        what()
    except OSError as e:
        print(e.errno, end=' ')
`);
      expect(text(out).split('\n')).toEqual([
        "/remote ['data.json', 'lines.txt', 'sub']",
        "{'a': [1, 2, None]}",
        'one',
        " ['two\\n', 'three'] ",
        '4 two 7',
        '4 3',
        "b'd\\xc3\\xa9' b'j\\xc3\\xa0 vu'",
        "dé jà vu ''",
        "4 bytearray(b'one\\n')",
        "4 array('H', [28271, 2661])",
        '4',
        "4 16384 [('w', 32768, 0, 4)]",
        'imported sub/mod.py',
        "['mod.py'] /remote/sub",
        '2 2 17 39 20 ',
      ]);
      expect(text(folder.read('/new.txt'))).toBe('déjà vu!');
    });
  });

  it('is story 3: an edit shows at the next run, and the flash stays as it was', () => {
    const example = (name: string): string =>
      readFileSync(new URL(`../../../examples/live/${name}`, import.meta.url), 'utf8');
    const here = new MemoryFolder({ 'settings.py': example('settings.py') });
    const flash = new MemoryFolder({ 'main.py': 'pass\n' });
    const before = structuredClone(flash.save());
    return withClient(
      async (client) => {
        await client.mount(here);
        expect(text(await client.exec(example('app.py')))).toBe('kitchen 21 fine\nattic 33 too warm\n');
        here.write('/settings.py', bytes('LIMIT = 20\n'));
        await client.reset();
        await client.mount(here);
        expect(text(await client.exec(example('app.py')))).toBe('kitchen 21 too warm\nattic 33 too warm\n');
        expect(flash.save()).toEqual(before);
      },
      { folder: flash },
    );
  });

  it('survives requests that are none', () => {
    const noise = fc.uint8Array({ maxLength: 60 });
    const request = fc
      .tuple(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 24 }), noise)
      .map(([what, n, body]) => Uint8Array.of(0x18, what, n, 0, 0, 0, ...body.subarray(0, n)));
    fc.assert(
      fc.property(fc.array(fc.oneof(noise, request), { maxLength: 8 }), (pieces) => {
        let answers = 0;
        const server = new FolderServer(new MemoryFolder({ a: 'b' }), () => answers++);
        for (const p of pieces) server.filter(p);
        server.close();
        expect(text(server.filter(bytes('plain')))).toBe('plain');
        expect(answers).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the command', { timeout: 30_000 }, () => {
  let main = '';
  beforeAll(async () => {
    main = await bundle('packages/cli/src/main.ts');
  });

  function tsmp(...args: string[]): Promise<{ status: number | null; out: string; err: string }> {
    return new Promise((done) => {
      const child = spawn(process.execPath, [main, ...args], { cwd: scratch, stdio: ['ignore', 'pipe', 'pipe'] });
      let out = '';
      let err = '';
      child.stdout.setEncoding('utf8').on('data', (t: string) => {
        out += t;
      });
      child.stderr.setEncoding('utf8').on('data', (t: string) => {
        err += t;
      });
      child.on('close', (status) => done({ status, out, err }));
    });
  }

  it('exec and eval use a fresh board', async () => {
    expect(await tsmp('exec', 'print(6 * 7)')).toEqual({ status: 0, out: '42\n', err: '' });
    expect((await tsmp('eval', '"é" * 2')).out).toBe('éé\n');
    const failed = await tsmp('exec', '1/0');
    expect([failed.status, failed.out]).toEqual([1, '']);
    expect(failed.err).toContain('ZeroDivisionError');
  });

  it('serve says first what to connect to, and others connect', async () => {
    const server = spawn(process.execPath, [main, 'serve', '--tcp'], {
      cwd: scratch,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = new Promise((done) => server.on('close', done));
    try {
      const first = await new Promise<string>((done) => {
        server.stdout.setEncoding('utf8').once('data', (t: string) => done(t));
      });
      expect(first).toMatch(/^socket:\/\/127\.0\.0\.1:\d+\n$/);
      const to = ['--connect', first.trim()];
      writeFileSync(join(scratch, 'hello.py'), 'print("hello from", __file__)\n');
      expect((await tsmp('run', ...to, 'hello.py')).out).toBe('hello from <stdin>\n');
      expect((await tsmp('fs', ...to, 'cp', 'hello.py', ':')).status).toBe(0);
      expect((await tsmp('fs', ...to, 'ls')).out).toBe('          30 hello.py\n');
      expect((await tsmp('mount', ...to, '.', '--exec', 'import hello')).out).toBe('hello from hello.py\n');
      expect((await tsmp('df', ...to)).out).toMatch(/^mounted on +size +used +free\n\/ +\d+ +\d+ +\d+\n$/);
      expect((await tsmp('soft-reset', ...to)).status).toBe(0);
    } finally {
      server.kill('SIGTERM');
      await exited;
    }
  });

  it('serve --flash keeps what a client was told is written, whatever ends the process', async () => {
    writeFileSync(join(scratch, 'kept.py'), 'print("kept")\n');
    for (const [signal, expected] of [
      ['SIGKILL', '          14 kept.py\n'],
      ['SIGTERM', '           0 d/\n          14 kept.py\n'],
    ] as const) {
      const server = spawn(process.execPath, [main, 'serve', '--tcp', '--flash', 'serve.img'], {
        cwd: scratch,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = new Promise((done) => server.on('close', done));
      const name = await new Promise<string>((done) => {
        server.stdout.setEncoding('utf8').once('data', (t: string) => done(t.trim()));
      });
      const to = ['--connect', name];
      const act = { SIGKILL: ['cp', 'kept.py', ':'], SIGTERM: ['mkdir', 'd'] }[signal];
      expect((await tsmp('fs', ...to, ...act)).status).toBe(0);
      expect((await tsmp('fs', ...to, 'ls')).out).toBe(expected);
      server.kill(signal);
      await exited;
    }
    const both = await tsmp('serve', '--tcp', '--flash', 'serve.img', '--folder', '.');
    expect(both.err).toBe("tsmp: --folder and --flash are both the board's filesystem\n");
    expect((await tsmp('serve', '--tcp', '--flash', '.')).err).toMatch(/^tsmp: can't read '\.': [^\n]+\n$/);
    expect((await tsmp('serve', '--tcp', '--flash', 'none/x.img')).err).toMatch(
      /^tsmp: can't write 'none\/x\.img': [^\n]+\n$/,
    );
  });

  it('a client says why it cannot connect', async () => {
    const refused = await tsmp('exec', '--connect', 'socket://127.0.0.1:1', '1');
    expect(refused.status).toBe(2);
    expect(refused.err).toMatch(/^tsmp: can't connect to 127\.0\.0\.1:1: [^\n]+\n$/);
    expect((await tsmp('serve')).err).toBe('tsmp: serve needs --pty or --tcp\n');
  });
});
