/** What a client talks to: a served board, a real one, or one made for the occasion. */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, read, writeSync } from 'node:fs';
import { connect } from 'node:net';
import type { Board } from '../board.js';
import { UserError } from '../errors.js';
import { LiveBoard, type LiveOptions } from '../live.js';

/** Two streams of bytes. */
export interface Port {
  write(bytes: Uint8Array): void;
  /** Who gets what comes; one at a time. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Why nothing more will come, when it is so. */
  readonly closed: Promise<Error>;
  close(): void;
}

/** Connects to `socket://host:port` or to a terminal device. */
export function openPort(name: string): Promise<Port> {
  const m = /^socket:\/\/([^:/]+|\[[^\]]+\]):(\d+)\/?$/.exec(name);
  if (m !== null) return openSocket((m[1] as string).replace(/^\[|\]$/g, ''), Number(m[2]));
  if (/^[a-z0-9]+:\/\//.test(name))
    throw new UserError(`can't connect to '${name}': give socket://HOST:PORT or a device`);
  return Promise.resolve(openDevice(name));
}

function openSocket(host: string, port: number): Promise<Port> {
  return new Promise((done, fail) => {
    const socket = connect(port, host);
    socket.setNoDelay(true);
    let end: (e: Error) => void = () => undefined;
    const closed = new Promise<Error>((ended) => {
      end = ended;
    });
    socket.on('error', (e) => {
      fail(new UserError(`can't connect to ${host}:${port}: ${e.message}`));
      end(e);
    });
    socket.on('close', () => end(new Error('the board has closed the connection')));
    socket.on('connect', () =>
      done({
        write: (bytes) => void socket.write(Uint8Array.from(bytes)),
        onData: (listener) => void socket.removeAllListeners('data').on('data', listener),
        closed,
        close: () => socket.destroy(),
      }),
    );
  });
}

function openDevice(path: string): Port {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    execFileSync('stty', ['-F', path, 'raw', '-echo', '115200'], { stdio: 'ignore' });
  } catch (e) {
    throw new UserError(`can't open ${path}: ${(e as Error).message}`);
  }
  let listener: (bytes: Uint8Array) => void = () => undefined;
  let open = true;
  let end: (e: Error) => void = () => undefined;
  const closed = new Promise<Error>((ended) => {
    end = ended;
  });
  const buffer = Buffer.alloc(4096);
  const next = (): void => {
    if (!open) return;
    read(fd, buffer, 0, buffer.length, null, (e, n) => {
      if (!open) return;
      if (e !== null && e.code !== 'EAGAIN') return end(e);
      if (e === null && n > 0) listener(Uint8Array.from(buffer.subarray(0, n)));
      // terminal devices can't be waited for: ask again soon
      if (e === null && n > 0) setImmediate(next);
      else setTimeout(next, 2);
    });
  };
  next();
  return {
    write(bytes) {
      for (let at = 0; at < bytes.length; ) {
        try {
          at += writeSync(fd, bytes, at);
        } catch (e) {
          if ((e as NodeJS.ErrnoException).code !== 'EAGAIN') throw e;
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
        }
      }
    },
    onData(to) {
      listener = to;
    },
    closed,
    close() {
      open = false;
      closeSync(fd);
    },
  };
}

/** A board in this process. `make` gets where its output goes, and starts its REPL. */
export function boardPort(make: (stdout: (bytes: Uint8Array) => void) => Board, options: LiveOptions): Port {
  let listener: (bytes: Uint8Array) => void = () => undefined;
  const board = make((bytes) => listener(Uint8Array.from(bytes)));
  const live = new LiveBoard(board, options);
  const closed = live.run().then((end) => new Error(end === undefined ? 'closed' : `the board stopped: ${end.reason}`));
  return {
    write: (bytes) => live.input(bytes),
    onData(to) {
      listener = to;
    },
    closed,
    close() {
      live.stop();
      board.machine.files?.sync();
    },
  };
}
