/** A board's console on a TCP port of this machine: pyserial's `socket://`. */
import { createServer, type Socket } from 'node:net';
import { UserError } from '../errors.js';
import type { Link, LinkHost } from './link.js';

/** Bytes that may wait for a client before the board does. */
const MUCH = 1 << 16;

/** Listens on 127.0.0.1; port 0 is any that is free. Every client gets all output; without one it is dropped. */
export function listenTcp(port: number, host: LinkHost): Promise<Link> {
  const clients = new Set<Socket>();
  let paused = false;
  const server = createServer((socket) => {
    clients.add(socket);
    socket.setNoDelay(true);
    socket.on('data', (bytes) => host.onData(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => clients.delete(socket));
    if (paused) socket.pause();
  });
  return new Promise((done, fail) => {
    server.on('error', (e) => fail(new UserError(`can't listen on port ${port}: ${e.message}`)));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      done({
        name: `socket://127.0.0.1:${actual}`,
        write(bytes) {
          for (const c of clients) if (c.writable) c.write(Uint8Array.from(bytes));
        },
        drained() {
          const slow = [...clients].filter((c) => c.writable && c.writableLength > MUCH);
          if (slow.length === 0) return undefined;
          return Promise.all(slow.map(drain)).then(() => undefined);
        },
        pause(on) {
          paused = on;
          for (const c of clients) on ? c.pause() : c.resume();
        },
        close() {
          for (const c of clients) c.destroy();
          server.close();
        },
      });
    });
  });
}

function drain(socket: Socket): Promise<void> {
  return new Promise((done) => {
    socket.once('drain', done);
    socket.once('close', done);
  });
}
