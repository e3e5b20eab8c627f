/** `tsmp repl`: the prompt of a board on this terminal. The board echoes and edits; the terminal only passes bytes. */
import type { Command } from 'commander';
import type { Board } from '../board.js';
import type { ConsoleStream } from '../driver.js';
import { writeAll } from '../output.js';
import { UserError } from '../errors.js';
import { LiveBoard } from '../live.js';
import { type BoardFlags, boardOptions, makeBoard } from './options.js';

/** Ctrl-] and Ctrl-X leave, as in mpremote. */
const LEAVE = [0x1d, 0x18];

/** Connects a board's prompt to standard input and output until either ends. Answers the exit status. */
export async function repl(
  board: Board,
  how: { clock: 'virtual' | 'real'; slice?: number | undefined },
): Promise<number> {
  const stdin = process.stdin;
  const tty = stdin.isTTY === true;
  const live = new LiveBoard(board, {
    ...how,
    onPressure: (high) => {
      if (high) stdin.pause();
      else stdin.resume();
    },
  });
  board.startRepl();
  let left = false;
  const onData = (bytes: Uint8Array): void => {
    const at = tty ? bytes.findIndex((b) => LEAVE.includes(b)) : -1;
    if (at !== 0) live.input(at < 0 ? bytes : bytes.subarray(0, at));
    if (at < 0) return;
    left = true;
    live.stop();
  };
  const onEnd = (): void => live.endInput();
  if (tty) stdin.setRawMode(true);
  stdin.on('data', onData).on('end', onEnd).resume();
  try {
    const end = await live.run();
    if (end === undefined || end.reason === 'done') {
      if (left || !tty) writeAll(1, new TextEncoder().encode('\r\n'));
      return left ? 0 : (board.repl?.status ?? 0);
    }
    throw new UserError(`${end.reason} at ${end.where}`, 1);
  } finally {
    stdin.off('data', onData).off('end', onEnd).pause();
    (stdin as ConsoleStream).unref?.();
    if (tty) stdin.setRawMode(false);
    board.machine.files?.sync();
  }
}

export function addRepl(program: Command): void {
  boardOptions(program.command('repl').description('talk to a board at its prompt'), 'real')
    .addHelpText(
      'after',
      `
Ctrl-] or Ctrl-X leaves. Ctrl-D resets the board (and leaves, with --board unix32).

Examples:
  tsmp repl
  tsmp repl --board minimal`,
    )
    .action(async (flags: BoardFlags) => {
      const { board, clock, slice } = makeBoard(flags, process.cwd(), ['']);
      process.exitCode = await repl(board, { clock, slice });
    });
}
