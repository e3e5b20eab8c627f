/** The board's flash as a file of the host: its raw bytes, read before the board starts and written back when the process ends. */
import { readFileSync } from 'node:fs';
import type { Board } from './board.js';
import { UserError } from './errors.js';
import { replaceFile } from './replace-file.js';

/** The bytes of an image; undefined: there is no such file yet. */
export function readFlash(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UserError(`can't read '${file}': ${(e as Error).message}`);
  }
}

/** Signals that end the process, and their numbers. */
const ENDING = { SIGTERM: 15, SIGHUP: 1 } as const;

/**
 * Writes a board's flash to a file whenever the process ends in a way that it can notice. The file has the old or the new bytes,
 * never a part.
 */
export function keepFlash(board: Board, file: string): void {
  const { flash } = board.machine;
  if (flash.size === 0) throw new UserError(`--flash: board '${board.profile.name}' has no flash for files`);
  const count = (): number => flash.stats.programs + flash.stats.erases;
  let saved = -1;
  process.on('exit', () => {
    // as a soft reset does
    board.machine.closeFiles();
    if (count() === saved) return;
    saved = count();
    try {
      replaceFile(file, flash.image());
    } catch (e) {
      process.stderr.write(`tsmp: ${(e as Error).message}\n`);
      process.exitCode = 2;
    }
  });
  for (const [signal, number] of Object.entries(ENDING)) process.once(signal, () => process.exit(128 + number));
}
