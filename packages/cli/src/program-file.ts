/** Reads what the user wants to run, and says clearly when it is no program. */
import { readFileSync, type Stats, statSync } from 'node:fs';
import { UserError } from './errors.js';

/** The bytes of a Python source or `.mpy` file. */
export function readProgram(file: string): Uint8Array {
  const stat = statOf(file);
  if (stat === undefined) throw new UserError(`can't open file '${file}': no such file`);
  if (stat.isDirectory()) throw new UserError(`can't run '${file}': it is a directory`);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (e) {
    throw new UserError(`can't open file '${file}': ${(e as Error).message}`);
  }
  if (!isMpy(bytes) && bytes.includes(0))
    throw new UserError(`can't run '${file}': it is a binary file, not Python source`);
  return bytes;
}

/** What is known of a path; undefined: nothing there. Other trouble, such as a file where a folder should be, is the user's. */
function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch (e) {
    throw new UserError(`can't open file '${file}': ${(e as Error).message}`);
  }
}

export function isMpy(bytes: Uint8Array): boolean {
  return bytes[0] === 0x4d && bytes[1] !== undefined && bytes[1] < 0x20 && bytes[1] !== 0x0a;
}

/** A size such as `65536`, `64k` or `1M`, in bytes. */
export function parseSize(text: string, what: string): number {
  const m = /^(\d+)([kKmM]?)$/.exec(text);
  if (m === null) throw new UserError(`${what} must be a number of bytes such as 65536, 64k or 1M, not '${text}'`);
  const unit = (m[2] ?? '').toLowerCase();
  return Number(m[1]) * (unit === 'k' ? 1024 : unit === 'm' ? 1024 * 1024 : 1);
}

/** A whole number of at least `least`. */
export function parseCount(text: string, what: string, least: number): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < least || text.trim() === '')
    throw new UserError(`${what} must be a whole number of at least ${least}, not '${text}'`);
  return n;
}
