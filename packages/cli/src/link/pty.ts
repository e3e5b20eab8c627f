/**
 * A board's console as a terminal device of this machine, which serial programs open as if a board were plugged in.
 *
 * The device's far end is kept open here too, so that clients can come and go without the near end failing in between; nobody
 * reads it here. Whether a client is there cannot be seen. As on a board's USB port, output that nobody takes for half a second is
 * dropped, and so is everything after it until somebody does.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, write } from 'node:fs';
import { UserError } from '../errors.js';
import type { Link, LinkHost } from './link.js';

/** What is used of an open terminal of @lydell/node-pty 1.1.0: its two ends as streams. */
interface OpenPty {
  readonly _pty: string;
  readonly _fd: number;
  readonly _master: NodeJS.ReadStream;
  readonly _slave: NodeJS.ReadStream;
}
interface PtyModule {
  open(options: { readonly encoding: null; readonly cols: number; readonly rows: number }): OpenPty;
}

/** Milliseconds that the board waits for a client that takes nothing (the port's USB transmit timeout). */
const PATIENCE_MS = 500;
const MUCH = 1 << 14;
const RETRY_MS = 2;

async function load(): Promise<PtyModule> {
  try {
    const m = (await import('@lydell/node-pty')) as unknown as { default?: PtyModule } & PtyModule;
    return m.default ?? m;
  } catch {
    throw new UserError('--pty needs the package @lydell/node-pty, which could not be installed here; use --tcp');
  }
}

/** Opens a terminal. */
export async function openPty(host: LinkHost): Promise<Link> {
  const pty = (await load()).open({ encoding: null, cols: 80, rows: 24 });
  const path = pty._pty;
  const far = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
  pty._slave.destroy();
  execFileSync('stty', ['-F', path, 'raw', '-echo'], { stdio: 'ignore' });
  pty._master.on('data', (bytes: Buffer) => host.onData(bytes));
  // nothing is lost: the far end stays open, and what is under way comes again
  pty._master.on('error', () => undefined);
  return new PtyLink(path, pty, far);
}

class PtyLink implements Link {
  private queue: Uint8Array[] = [];
  private queued = 0;
  private writing = false;
  private since = 0;
  private dropping = false;
  private waiters: (() => void)[] = [];
  private closed = false;

  constructor(
    readonly name: string,
    private readonly pty: OpenPty,
    private readonly far: number,
  ) {}

  write(bytes: Uint8Array): void {
    if (this.closed) return;
    // while nobody listens, only the newest output is tried
    if (this.dropping) this.clear();
    this.queue.push(Uint8Array.from(bytes));
    this.queued += bytes.length;
    if (!this.writing) this.next();
  }
  drained(): Promise<void> | undefined {
    if (this.queued < MUCH || this.dropping) return undefined;
    return new Promise((done) => this.waiters.push(done));
  }
  pause(paused: boolean): void {
    if (paused) this.pty._master.pause();
    else this.pty._master.resume();
  }
  close(): void {
    this.closed = true;
    this.clear();
    this.pty._master.destroy();
    closeSync(this.far);
  }

  private clear(): void {
    this.queue = [];
    this.queued = 0;
    this.release();
  }
  private release(): void {
    for (const done of this.waiters) done();
    this.waiters = [];
  }

  private next(): void {
    const first = this.queue[0];
    if (first === undefined || this.closed) {
      this.writing = false;
      this.release();
      return;
    }
    this.writing = true;
    write(this.pty._fd, first, 0, first.length, null, (error, n) => this.wrote(first, error, n));
  }
  private wrote(bytes: Uint8Array, error: NodeJS.ErrnoException | null, n: number): void {
    if (this.closed) return;
    if (error !== null && error.code !== 'EAGAIN') {
      this.clear();
      this.writing = false;
      return;
    }
    if (error !== null || n === 0) {
      const now = performance.now();
      if (this.since === 0) this.since = now;
      if (now - this.since > PATIENCE_MS) {
        this.dropping = true;
        this.clear();
        this.writing = false;
        return;
      }
      setTimeout(() => this.next(), RETRY_MS);
      return;
    }
    this.since = 0;
    this.dropping = false;
    if (this.queue[0] === bytes) {
      if (n < bytes.length) this.queue[0] = bytes.subarray(n);
      else this.queue.shift();
      this.queued -= n;
    }
    if (this.queued < MUCH) this.release();
    this.next();
  }
}
