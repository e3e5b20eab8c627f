/** `tsmp serve`: a board that other programs connect to, as if it were plugged in. */
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { MemoryFolder } from '@tsmp/machine';
import { print } from '../output.js';
import { UserError } from '../errors.js';
import type { Link } from '../link/link.js';
import { openPty } from '../link/pty.js';
import { listenTcp } from '../link/tcp.js';
import { LiveBoard } from '../live.js';
import { nodeFolder } from '../node-files.js';
import { parseCount } from '../program-file.js';
import { type BoardFlags, boardOptions, makeBoard } from './options.js';

interface ServeFlags extends BoardFlags {
  readonly pty?: boolean;
  readonly tcp?: boolean | string;
  readonly folder?: string;
  readonly journal?: string;
}

/** Serves a board until it is told to stop. */
async function serve(flags: ServeFlags): Promise<void> {
  if (flags.pty !== true && flags.tcp === undefined) throw new UserError('serve needs --pty or --tcp');
  if (flags.folder !== undefined && flags.flash !== undefined)
    throw new UserError("--folder and --flash are both the board's filesystem");
  // what is in memory outlives a power cycle of the board, as flash does
  const folder = flags.folder === undefined ? new MemoryFolder() : nodeFolder(flags.folder);
  const files = flags.flash === undefined ? { folder } : {};
  const links: Link[] = [];
  const send = (bytes: Uint8Array): void => {
    for (const l of links) l.write(bytes);
  };
  const power = () => {
    const made = makeBoard(flags, '/', [], { ...files, stdout: send, stderr: send });
    const live = new LiveBoard(made.board, {
      clock: made.clock,
      slice: made.slice,
      drained: () => {
        const slow = links.map((l) => l.drained()).filter((p) => p !== undefined);
        return slow.length === 0 ? undefined : Promise.all(slow).then(() => undefined);
      },
      onPressure: (high) => {
        for (const l of links) l.pause(high);
      },
    });
    made.board.startRepl({ onExit: 'reset' });
    return live;
  };
  const live = power();
  const host = { onData: (bytes: Uint8Array) => live.input(bytes) };
  if (flags.pty === true) links.push(await openPty(host));
  if (flags.tcp !== undefined)
    links.push(await listenTcp(flags.tcp === true ? 0 : parseCount(String(flags.tcp), '--tcp', 0), host));
  for (const l of links) print(`${l.name}\n`);

  let stopping = false;
  const stop = (): void => {
    stopping = true;
    live.stop();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  while (!stopping) {
    const end = await live.run();
    if (stopping || end === undefined || end.reason === 'done') break;
    // a watchdog's part: what cannot go on starts again
    process.stderr.write(`tsmp: ${end.reason} at ${end.where}: the board starts again\n`);
    live.board.restart();
  }
  live.board.machine.files?.sync();
  if (flags.journal !== undefined) {
    const { vm, journal } = live.board;
    writeFileSync(flags.journal, JSON.stringify({ wallStart: vm.wallStart, journal }));
  }
  for (const l of links) l.close();
}

export function addServe(program: Command): void {
  boardOptions(program.command('serve').description('a board that mpremote and others connect to'), 'real')
    .option('--pty', 'as a terminal device, whose path is printed first')
    .option('--tcp [port]', 'on a port of this machine (any that is free), printed as socket://127.0.0.1:PORT')
    .option('--folder <dir>', "folder that is the board's filesystem (without it or --flash: one in memory)")
    .option('--journal <file>', 'at the end write what came from outside, and when, to a JSON file')
    .addHelpText(
      'after',
      `
Examples:
  tsmp serve --pty                 then: mpremote connect /dev/pts/N exec "print(1)"
  tsmp serve --tcp 4321            then: mpremote connect socket://127.0.0.1:4321`,
    )
    .action(serve);
}
