/** Writing a file of the host so that it has its old or its new contents at any moment, never a part. */
import { closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { UserError } from './errors.js';

/** Replaces or makes a file: writes beside it, flushes to disk, renames. Throws {@link UserError}. */
export function replaceFile(file: string, bytes: Uint8Array): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const fd = openSync(temporary, 'w');
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, file);
  } catch (e) {
    try {
      unlinkSync(temporary);
    } catch {
      // it was not made
    }
    throw new UserError(`can't write '${file}': ${(e as Error).message}`);
  }
}
