/** Writing to file descriptors at once, without Node's streams. */
import { writeSync } from 'node:fs';

/** Writes all of `bytes` to a file descriptor, waiting for slow readers. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (e) {
      const code = (e as NodeJS.ErrnoException).code;
      if (code === 'EPIPE') process.exit(1);
      if (code !== 'EAGAIN') throw e;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Writes to standard output. `process.stdout` would take milliseconds to load, and tell of readers that went away as an event. */
export function print(text: string): void {
  writeAll(1, new TextEncoder().encode(text));
}
