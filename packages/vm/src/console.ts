/** The board's console as the VM sees it: text out to the host, bytes in from it. */
import type { Printer } from './print.js';
import { utf8 } from './qstr.js';

/** Collects output and hands it to the host in pieces. */
export class HostPrinter implements Printer {
  private buffer = new Uint8Array(1024);
  private used = 0;
  /** What is written is for a terminal: a line ends with CR and LF. */
  cooked = false;
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
    if (b === 0x0a && this.cooked) this.put(0x0d);
    this.put(b);
    if (b === 0x0a && this.before !== undefined) this.flush();
  }
  private put(b: number): void {
    if (this.used === this.buffer.length) this.flush();
    this.buffer[this.used++] = b;
  }
  /** Writes bytes as they are. */
  writeRaw(bytes: ArrayLike<number>, from = 0, to = bytes.length): void {
    for (let i = from; i < to; i++) this.put(bytes[i] as number);
    if (this.before !== undefined) this.flush();
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
  private bytes = new Uint8Array(256);
  private head = 0;
  private tail = 0;
  /** No more will come. */
  closed = false;
  get length(): number {
    return this.tail - this.head;
  }
  /** Appends bytes. */
  push(data: Uint8Array): void {
    if (this.tail + data.length > this.bytes.length) {
      const kept = this.bytes.subarray(this.head, this.tail);
      const room = Math.max(256, 2 * (kept.length + data.length));
      const bytes = room <= this.bytes.length ? this.bytes : new Uint8Array(room);
      if (bytes === this.bytes) bytes.copyWithin(0, this.head, this.tail);
      else bytes.set(kept);
      this.bytes = bytes;
      this.tail -= this.head;
      this.head = 0;
    }
    this.bytes.set(data, this.tail);
    this.tail += data.length;
  }
  /** Index of a byte, among the first `limit` (negative: all), or −1. */
  indexOf(byte: number, limit: number): number {
    const i = this.bytes.subarray(this.head, this.tail).indexOf(byte);
    return limit >= 0 && i >= limit ? -1 : i;
  }
  /** Takes up to `n` bytes. */
  read(n: number): Uint8Array {
    const end = Math.min(this.tail, this.head + n);
    const out = this.bytes.slice(this.head, end);
    this.head = end;
    return out;
  }
  /** Takes one byte, or answers −1. */
  next(): number {
    return this.head < this.tail ? (this.bytes[this.head++] as number) : -1;
  }
  /** Drops all bytes. */
  clear(): void {
    this.head = this.tail = 0;
  }
  /** The bytes as plain data. */
  save(): number[] {
    return Array.from(this.bytes.subarray(this.head, this.tail));
  }
  /** Goes on from saved bytes. */
  load(bytes: readonly number[], closed: boolean): void {
    this.clear();
    this.push(Uint8Array.from(bytes));
    this.closed = closed;
  }
}
