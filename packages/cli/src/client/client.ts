/**
 * A client of a board's raw REPL: runs code there, follows its output, mounts folders. The board may be simulated or real: nothing
 * is used but MicroPython's protocol. Counterpart: tools/mpremote.
 */
import type { HostFolder } from '@tsmp/machine';
import { UserError } from '../errors.js';
import { concat, FolderServer } from './folder-server.js';
import { HOOK, MOUNT_POINT } from './hook.js';
import type { Port } from './port.js';

/** The code raised; the text is the board's traceback. */
export class BoardException extends Error {
  override readonly name = 'BoardException';
}

const RAW = 'raw REPL; CTRL-B to exit\r\n';
const END = 4;
/** How long the board may say nothing where it has to answer at once, ms. */
const PATIENCE_MS = 10_000;
/** A board is quiet when nothing came for so long (ms); how often that is tried. */
const QUIET_MS = 20;
const QUIET_ROUNDS = 50;
/** Piece in which code is sent where the board has no flow control. */
const PIECE = 256;

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
/** Somebody who talks to a board. */
export class BoardClient {
  private received: Uint8Array = new Uint8Array(0);
  private wake: (() => void) | undefined;
  private failure: Error | undefined;
  private server: FolderServer | undefined;
  private canPaste = true;

  constructor(private readonly port: Port) {
    port.onData((bytes) => {
      const data = this.server === undefined ? bytes : this.server.filter(bytes);
      this.received = concat(this.received, data);
      this.wake?.();
    });
    void port.closed.then((e) => {
      this.failure = e;
      this.wake?.();
    });
  }

  /** Stops what runs and enters the raw REPL; with `reset`, of a board that has been reset. */
  async enter(reset = true): Promise<void> {
    this.send('\r\x03');
    await this.quiet();
    this.send('\r\x01');
    await this.until(`${RAW}>`);
    if (reset) await this.reset();
  }
  /** Drops what was printed before, until the board is quiet. */
  private async quiet(): Promise<void> {
    for (let i = 0; i < QUIET_ROUNDS; i++) {
      this.received = new Uint8Array(0);
      await new Promise((done) => setTimeout(done, QUIET_MS));
      if (this.received.length === 0) return;
    }
  }
  /** Soft reset, in the raw REPL. */
  async reset(): Promise<void> {
    this.server?.close();
    this.server = undefined;
    this.send('\x04');
    await this.until('soft reboot\r\n');
    await this.until(`${RAW}>`);
  }
  /** Back to the friendly REPL. */
  leave(): void {
    this.send('\r\x02');
  }
  /** Closes the connection. */
  close(): void {
    this.server?.close();
    this.port.close();
  }

  /** Runs code; answers its output, which `follow` gets as it comes. Throws {@link BoardException}. */
  async exec(code: string | Uint8Array, follow?: (bytes: Uint8Array) => void): Promise<Uint8Array> {
    await this.submit(typeof code === 'string' ? ascii(code) : code);
    const output = await this.untilByte(END, follow);
    const error = await this.untilByte(END);
    await this.until('>');
    if (error.length > 0) throw new BoardException(new TextDecoder().decode(error).replaceAll('\r\n', '\n'));
    return output;
  }
  /** The text that an expression prints as. */
  async eval(expression: string): Promise<string> {
    return new TextDecoder().decode(await this.exec(`print(${expression})`)).replace(/\r\n$/, '');
  }

  /** Mounts a folder on {@link MOUNT_POINT} and makes it the current directory. */
  async mount(folder: HostFolder): Promise<string> {
    this.server = new FolderServer(folder, (bytes) => this.port.write(bytes));
    await this.exec(HOOK);
    return MOUNT_POINT;
  }

  /** Gives everything that comes to `to`, from now on. */
  passOn(to: (bytes: Uint8Array) => void): void {
    const give = (): void => {
      const bytes = this.received;
      this.received = new Uint8Array(0);
      if (bytes.length > 0) to(bytes);
      this.wake = give;
    };
    give();
  }
  /** Keys of somebody at the friendly REPL. */
  type(bytes: Uint8Array): void {
    this.port.write(bytes);
  }

  // ---- sending code

  private async submit(code: Uint8Array): Promise<void> {
    if (this.canPaste) {
      this.send('\x05A\x01');
      const answer = await this.take(2);
      if (answer[0] === 0x52 && answer[1] === 1) return this.paste(code);
      this.canPaste = false;
      // a board that does not know it starts the raw REPL anew
      await this.until(answer[0] === 0x52 ? '>' : 'w REPL; CTRL-B to exit\r\n>');
    }
    for (let at = 0; at < code.length; at += PIECE) {
      this.port.write(code.subarray(at, at + PIECE));
      await new Promise((done) => setTimeout(done, 10));
    }
    this.send('\x04');
    await this.until('OK');
  }

  /** Raw paste: never more than the board has room for. */
  private async paste(code: Uint8Array): Promise<void> {
    const size = await this.take(2);
    const window = (size[0] as number) | ((size[1] as number) << 8);
    let room = window;
    for (let at = 0; at < code.length; ) {
      while (room === 0 || this.received.length > 0) {
        const said = (await this.take(1))[0];
        if (said === 1) room += window;
        else if (said === END) return this.send('\x04');
        else throw new UserError(`the board said ${said} in the middle of raw paste`, 1);
      }
      const n = Math.min(room, code.length - at);
      this.port.write(code.subarray(at, at + n));
      at += n;
      room -= n;
    }
    this.send('\x04');
    await this.untilByte(END);
  }

  private send(text: string): void {
    this.port.write(ascii(text));
  }

  // ---- receiving

  /** Waits for bytes; `ms`: at most so long. */
  private more(ms: number): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(new UserError(this.failure.message, 1));
    return new Promise((done, fail) => {
      const timer =
        ms === Number.POSITIVE_INFINITY
          ? undefined
          : setTimeout(() => {
              this.wake = undefined;
              fail(new UserError('the board does not answer', 1));
            }, ms);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = undefined;
        if (this.failure !== undefined && this.received.length === 0) fail(new UserError(this.failure.message, 1));
        else done();
      };
    });
  }
  private async take(n: number): Promise<Uint8Array> {
    while (this.received.length < n) await this.more(PATIENCE_MS);
    const out = this.received.slice(0, n);
    this.received = this.received.slice(n);
    return out;
  }
  /** Drops everything up to the end of `text`. */
  private async until(text: string): Promise<void> {
    for (;;) {
      const { buffer, byteOffset, length } = this.received;
      const at = Buffer.from(buffer, byteOffset, length).indexOf(text);
      // its beginning may be there already
      this.received = this.received.slice(at < 0 ? Math.max(0, length - text.length + 1) : at + text.length);
      if (at >= 0) return;
      await this.more(PATIENCE_MS);
    }
  }
  /** All before a byte, for which there is no hurry. */
  private async untilByte(end: number, follow?: (bytes: Uint8Array) => void): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for (;;) {
      const at = this.received.indexOf(end);
      const piece = at < 0 ? this.received : this.received.slice(0, at);
      this.received = at < 0 ? new Uint8Array(0) : this.received.slice(at + 1);
      if (piece.length > 0) {
        pieces.push(piece);
        follow?.(piece);
      }
      if (at >= 0) return concat(...pieces);
      await this.more(Number.POSITIVE_INFINITY);
    }
  }
}
