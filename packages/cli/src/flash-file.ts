/** The board's flash as a file of the host: its raw bytes, read before the board starts and kept up to date while it runs. */
import { fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
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
 * Keeps a board's flash in a file. The file is made or replaced as a whole first; from then on it gets every change of the flash as
 * it happens and in order, so that whatever ends the process is to the board's filesystem as if its power had gone.
 */
export function keepFlash(board: Board, file: string): void {
  const { flash } = board.machine;
  if (flash.size === 0) throw new UserError(`--flash: board '${board.profile.name}' has no flash for files`);
  const image = flash.image();
  const before = readFlash(file);
  if (before === undefined || Buffer.compare(before, image) !== 0) replaceFile(file, image);
  let fd: number | undefined;
  try {
    fd = openSync(file, 'r+');
  } catch (e) {
    throw new UserError(`can't write '${file}': ${(e as Error).message}`);
  }
  const guarded = (work: (fd: number) => void): void => {
    if (fd === undefined) return;
    try {
      work(fd);
    } catch (e) {
      // once: what is in the file stays as it was then
      fd = undefined;
      process.stderr.write(`tsmp: can't write '${file}': ${(e as Error).message}\n`);
      process.exitCode = 2;
    }
  };
  flash.watch((offset, bytes) =>
    guarded((to) => {
      for (let at = 0; at < bytes.length; ) at += writeSync(to, bytes, at, bytes.length - at, offset + at);
    }),
  );
  process.on('exit', () => {
    // as a soft reset does
    board.machine.closeFiles();
    guarded(fsyncSync);
  });
  for (const [signal, number] of Object.entries(ENDING))
    process.once(signal, () => {
      // a command that has more to do at its end does this itself
      if (process.listenerCount(signal) === 0) process.exit(128 + number);
    });
}
