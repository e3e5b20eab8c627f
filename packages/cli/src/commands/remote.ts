/** `tsmp exec`, `eval`, `fs`, `mount`, `df`, `rtc`, `soft-reset`: mpremote's commands, on a served board, a real one or a fresh one. */
import type { Command } from 'commander';
import { MemoryFolder } from '@tsmp/machine';
import { BoardClient, BoardException } from '../client/client.js';
import { copy, listBoard, pyText, readBoard, removeBoard } from '../client/files.js';
import { boardPort, openPort } from '../client/port.js';
import { print, writeAll } from '../output.js';
import { UserError } from '../errors.js';
import { nodeFolder } from '../node-files.js';
import { readProgram } from '../program-file.js';
import { makeBoard } from './options.js';

/** Options of all these commands. */
export interface RemoteFlags {
  readonly connect?: string;
  readonly board?: string;
  readonly resume?: boolean;
}

/** Adds the options that say which board. */
export function remoteOptions(command: Command): Command {
  return command
    .option('--connect <port>', 'socket://HOST:PORT or a terminal device; without it a fresh board')
    .option('--board <name>', 'profile of a fresh board', 'pico-w')
    .option('--resume', 'do not reset the board before');
}

/** Connects, does something in the raw REPL, disconnects. An exception of the board's code is the exit status 1. */
export async function withBoard(flags: RemoteFlags, work: (client: BoardClient) => Promise<void>): Promise<void> {
  const port =
    flags.connect !== undefined
      ? await openPort(flags.connect)
      : boardPort(
          (stdout) => {
            const { board } = makeBoard({ board: flags.board ?? 'pico-w' }, '/', [], {
              folder: new MemoryFolder(),
              stdout,
              stderr: stdout,
            });
            board.startRepl({ onExit: 'reset' });
            return board;
          },
          { clock: 'real' },
        );
  const client = new BoardClient(port);
  try {
    await client.enter(flags.resume !== true);
    await work(client);
    client.leave();
  } catch (e) {
    if (!(e instanceof BoardException)) throw e;
    client.leave();
    process.stderr.write(e.message);
    process.exitCode = 1;
  } finally {
    // what has been written reaches the board first
    await new Promise((done) => setTimeout(done, 20));
    client.close();
  }
}

const show = (bytes: Uint8Array): void =>
  writeAll(
    1,
    bytes.filter((b) => b !== 13),
  );

/** Runs a file there. */
export async function runRemote(flags: RemoteFlags, file: string): Promise<void> {
  const source = readProgram(file);
  await withBoard(flags, async (client) => void (await client.exec(source, show)));
}

/** The terminal as the board's, until Ctrl-] or Ctrl-X. */
async function talk(client: BoardClient): Promise<void> {
  client.leave();
  client.passOn((bytes) => writeAll(1, bytes));
  const { stdin } = process;
  if (stdin.isTTY === true) stdin.setRawMode(true);
  await new Promise<void>((done) => {
    stdin.on('data', (bytes: Uint8Array) => {
      const at = bytes.findIndex((b) => b === 0x1d || b === 0x18);
      client.type(at < 0 ? bytes : bytes.subarray(0, at));
      if (at >= 0) done();
    });
    stdin.on('end', done);
  });
  if (stdin.isTTY === true) stdin.setRawMode(false);
  stdin.pause();
}

async function disk(client: BoardClient): Promise<void> {
  const code = `import os, vfs
for fs, p in vfs.mount():
 try:
  s = os.statvfs(p)
  print(p, s[0] * s[2], s[0] * (s[2] - s[3]), s[0] * s[3])
 except OSError:
  print(p, 0, 0, 0)`;
  const rows = new TextDecoder()
    .decode(await client.exec(code))
    .trim()
    .split('\r\n');
  const line = (a: string, b: string, c: string, d: string) =>
    `${a.padEnd(16)}${b.padStart(10)}${c.padStart(10)}${d.padStart(10)}\n`;
  let text = line('mounted on', 'size', 'used', 'free');
  for (const r of rows) {
    const [p, ...n] = r.split(' ');
    text += line(p as string, n[0] ?? '', n[1] ?? '', n[2] ?? '');
  }
  writeAll(1, new TextEncoder().encode(text));
}

async function clock(client: BoardClient, set: boolean): Promise<void> {
  const d = new Date();
  const now = `(${d.getFullYear()}, ${d.getMonth() + 1}, ${d.getDate()}, ${(d.getDay() + 6) % 7}, ${d.getHours()}, ${d.getMinutes()}, ${d.getSeconds()}, 0)`;
  if (set) await client.exec(`import machine\nmachine.RTC().datetime(${now})`);
  else await client.exec('import machine\nprint(machine.RTC().datetime())', show);
}

interface FsFlags extends RemoteFlags {
  readonly recursive?: boolean;
}

async function files(client: BoardClient, what: string, paths: readonly string[], recursive: boolean): Promise<void> {
  const plain = (path: string): string => path.replace(/^:/, '');
  switch (what) {
    case 'ls':
      for (const p of paths.length === 0 ? [''] : paths) {
        for (const e of await listBoard(client, plain(p)))
          print(`${String(e.size).padStart(12)} ${e.name}${e.folder ? '/' : ''}\n`);
      }
      return;
    case 'cat':
      for (const p of paths) writeAll(1, await readBoard(client, plain(p)));
      return;
    case 'cp': {
      const to = paths.at(-1);
      if (to === undefined || paths.length < 2) throw new UserError('fs cp needs a source and a destination');
      for (const from of paths.slice(0, -1)) await copy(client, from, to, recursive);
      return;
    }
    case 'rm':
      for (const p of paths) await removeBoard(client, plain(p), recursive);
      return;
    case 'mkdir':
    case 'rmdir':
      for (const p of paths) await client.exec(`import os\nos.${what}(${pyText(plain(p))})`);
      return;
    default:
      throw new UserError(`fs has ls, cat, cp, rm, mkdir and rmdir, not '${what}'`);
  }
}

interface MountFlags extends RemoteFlags {
  readonly exec?: string;
  readonly run?: string;
}

export function addRemote(program: Command): void {
  const add = (name: string, description: string): Command =>
    remoteOptions(program.command(name).description(description));
  add('exec', 'run code on a board')
    .argument('<code>')
    .addHelpText(
      'after',
      "\nExamples:\n  tsmp exec 'print(6 * 7)'\n  tsmp exec --connect socket://127.0.0.1:4321 'import app'",
    )
    .action((code: string, flags: RemoteFlags) =>
      withBoard(flags, async (client) => void (await client.exec(code, show))),
    );
  add('eval', 'print what an expression gives on a board')
    .argument('<expression>')
    .action((expression: string, flags: RemoteFlags) =>
      withBoard(flags, async (client) => void print(`${await client.eval(expression)}\n`)),
    );
  add('fs', 'files of a board: ls, cat, cp, rm, mkdir, rmdir')
    .argument('<what>')
    .argument('[paths...]', "a path of the board's has a colon before it in cp")
    .option('-r, --recursive', 'cp and rm: folders, too')
    .addHelpText('after', '\nExamples:\n  tsmp fs --connect /dev/pts/3 cp main.py :\n  tsmp fs --connect /dev/pts/3 ls')
    .action((what: string, paths: string[], flags: FsFlags) =>
      withBoard(flags, (client) => files(client, what, paths, flags.recursive === true)),
    );
  add('mount', 'make a folder the current directory of a board, and talk to it')
    .argument('<folder>')
    .option('--exec <code>', 'run this there instead')
    .option('--run <file>', 'run this file there instead')
    .action((folder: string, flags: MountFlags) =>
      withBoard(flags, async (client) => {
        await client.mount(nodeFolder(folder));
        if (flags.exec !== undefined) await client.exec(flags.exec, show);
        if (flags.run !== undefined) await client.exec(readProgram(flags.run), show);
        if (flags.exec === undefined && flags.run === undefined) await talk(client);
      }),
    );
  add('df', 'free space of a board').action((flags: RemoteFlags) => withBoard(flags, disk));
  add('rtc', "a board's clock")
    .option('-s, --set', "set it to this machine's")
    .action((flags: RemoteFlags & { readonly set?: boolean }) =>
      withBoard(flags, (client) => clock(client, flags.set === true)),
    );
  add('soft-reset', 'reset the interpreter of a board').action((flags: RemoteFlags) =>
    withBoard({ ...flags, resume: true }, (client) => client.reset()),
  );
}
