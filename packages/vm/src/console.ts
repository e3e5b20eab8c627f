/** The board's console as the VM sees it: text out to the host, bytes in from it. */
import type { Printer } from './print.js';
import { utf8 } from './qstr.js';

/** Collects output and hands it to the host in pieces. */
export class HostPrinter implements Printer {
  private buffer = new Uint8Array(1024);
  private used = 0;
  /** `before`: another printer of the same console, flushed first so that the order of the two is kept. */
  constructor(
    private readonly send: (bytes: Uint8Array) => void,
    private readonly before?: HostPrinter,
  ) {}

  /** Writes text. */
  write(text: string): void {
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c > 127) {
        const b = utf8(text.slice(i));
        this.writeBytes(b, 0, b.length);
        return;
      }
      this.writeByte(c);
    }
  }
  /** Writes one byte. */
  writeByte(b: number): void {
    if (this.used === this.buffer.length) this.flush();
    this.buffer[this.used++] = b;
    if (b === 0x0a && this.before !== undefined) this.flush();
  }
  /** Writes bytes. */
  writeBytes(u8: Uint8Array, from: number, to: number): void {
    for (let i = from; i < to; i++) this.writeByte(u8[i] as number);
  }
  /** Hands over what has been collected; done at the end of each slice. */
  flush(): void {
    if (this.used === 0) return;
    this.before?.flush();
    const n = this.used;
    this.used = 0;
    this.send(this.buffer.subarray(0, n));
  }
}

/** Input bytes in order, bounded only by what the host pushes. */
export class InputQueue {
  private bytes: number[] = [];
  /** No more will come. */
  closed = false;
  get length(): number {
    return this.bytes.length;
  }
  /** Appends bytes. */
  push(data: Uint8Array): void {
    for (const b of data) this.bytes.push(b);
  }
  /** Index of a byte, among the first `limit` (negative: all), or −1. */
  indexOf(byte: number, limit: number): number {
    const i = this.bytes.indexOf(byte);
    return limit >= 0 && i >= limit ? -1 : i;
  }
  /** Takes up to `n` bytes. */
  read(n: number): Uint8Array {
    return Uint8Array.from(this.bytes.splice(0, n));
  }
  /** The bytes as plain data. */
  save(): number[] {
    return [...this.bytes];
  }
  /** Goes on from saved bytes. */
  load(bytes: readonly number[], closed: boolean): void {
    this.bytes = [...bytes];
    this.closed = closed;
  }
}
