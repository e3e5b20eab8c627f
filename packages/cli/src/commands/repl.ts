/** `tsmp repl`: a prompt on a board. Line by line; the lines go to the board as they are typed. */
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { isComplete } from '@tsmp/lexer';
import type { Board } from '../board.js';
import { drive } from '../driver.js';
import { type BoardFlags, boardOptions, makeBoard } from './options.js';

/** What the board says when a prompt starts. */
export function banner(board: Board): string {
  return `MicroPython v1.29.0-preview; ${board.profile.machine}\nType "help()" for more information.\n`;
}

/** Reads statements from a stream and runs them until it ends. Answers the exit status. */
export async function repl(
  board: Board,
  how: { clock: 'virtual' | 'real'; slice?: number | undefined },
): Promise<number> {
  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: process.stdin.isTTY === true,
  });
  const prompt = (text: string): void => {
    lines.setPrompt(text);
    lines.prompt();
  };
  process.stdout.write(banner(board));
  let pending = '';
  prompt('>>> ');
  lines.on('SIGINT', () => {
    pending = '';
    process.stdout.write('\n');
    prompt('>>> ');
  });
  for await (const line of lines) {
    pending = pending === '' ? line : `${pending}\n${line}`;
    if (!isComplete(pending) && !(line === '' && pending.includes('\n'))) {
      prompt('... ');
      continue;
    }
    const source = pending;
    pending = '';
    if (source.trim() !== '') {
      lines.pause();
      board.start(new TextEncoder().encode(source), '<stdin>', 'single');
      const r = await drive(board, { clock: how.clock, slice: how.slice });
      if (r.reason === 'raised') {
        const status = board.exitStatus(r.exception);
        if (status !== undefined) {
          lines.close();
          return status;
        }
        board.reportException(r.exception);
      } else if (r.reason !== 'done') process.stderr.write(`tsmp: stopped: ${r.reason}\n`);
      lines.resume();
    }
    prompt('>>> ');
  }
  process.stdout.write('\n');
  return 0;
}

export function addRepl(program: Command): void {
  boardOptions(program.command('repl').description('talk to a board at its prompt'), 'real')
    .addHelpText('after', '\nExamples:\n  tsmp repl\n  tsmp repl --board minimal')
    .action(async (flags: BoardFlags) => {
      const { board, clock, slice } = makeBoard(flags, process.cwd(), ['']);
      process.exitCode = await repl(board, { clock, slice });
    });
}
