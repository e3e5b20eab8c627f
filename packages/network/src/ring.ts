/**
 * Byte buffers of fixed capacity: a ring, and on top of it the receive side of a TCP connection.
 */

/** Plain data of a {@link ByteRing}: its capacity and content. */
export interface ByteRingState {
  capacity: number;
  bytes: Uint8Array;
}

/** A first-in first-out byte buffer. Invariant: `length <= capacity`. */
export class ByteRing {
  private buffer: Uint8Array;
  private start = 0;
  private used = 0;

  /** The buffer is allocated once, here. */
  constructor(capacity: number) {
    this.buffer = new Uint8Array(capacity);
  }

  /** Most bytes it can hold. */
  get capacity(): number {
    return this.buffer.length;
  }

  /** Bytes it holds. */
  get length(): number {
    return this.used;
  }

  /** Room left. */
  get free(): number {
    return this.buffer.length - this.used;
  }

  /** Appends as much of `bytes[from, to)` as fits and returns how much that was. */
  push(bytes: Uint8Array, from = 0, to = bytes.length): number {
    const count = Math.min(this.free, to - from);
    this.put(this.used, bytes, from, from + count);
    this.used += count;
    return count;
  }

  /** Copies `count` bytes that lie `offset` past the start into a new array. */
  peek(offset: number, count: number): Uint8Array {
    const out = new Uint8Array(count);
    const at = (this.start + offset) % this.buffer.length;
    const first = Math.min(count, this.buffer.length - at);
    out.set(this.buffer.subarray(at, at + first));
    out.set(this.buffer.subarray(0, count - first), first);
    return out;
  }

  /** Drops `count` bytes from the start. */
  consume(count: number): void {
    this.start = (this.start + count) % this.buffer.length;
    this.used -= count;
  }

  /** Writes past the content, in the free part; `grow()` makes it content. */
  put(offset: number, bytes: Uint8Array, from: number, to: number): void {
    const at = (this.start + offset) % this.buffer.length;
    const first = Math.min(to - from, this.buffer.length - at);
    this.buffer.set(bytes.subarray(from, from + first), at);
    this.buffer.set(bytes.subarray(from + first, to), 0);
  }

  /** Takes the next `count` bytes of the free part, written by `put()`, as content. */
  grow(count: number): void {
    this.used += count;
  }

  /** Plain data. */
  save(): ByteRingState {
    return { capacity: this.capacity, bytes: this.peek(0, this.used) };
  }

  /** Restores a saved content. */
  load(state: ByteRingState): void {
    this.buffer = new Uint8Array(state.capacity);
    this.start = 0;
    this.used = 0;
    this.push(state.bytes);
  }
}

/** Plain data of a {@link ReceiveBuffer}. */
export interface ReceiveBufferState {
  ring: ByteRingState;
  /** Flat pairs `[from, to)`, relative to the end of the content. */
  islands: number[];
  islandBytes: Uint8Array[];
}

/**
 * Received bytes: those in order, which the program may read, and *islands* that came early. Islands are stored in the
 * ring's free part at the place where they will belong, so out-of-order data takes no memory beyond the window.
 *
 * Invariant: islands are sorted, disjoint, not adjacent, start past 0 and end within the free part.
 */
export class ReceiveBuffer {
  private readonly ring: ByteRing;
  private readonly maxIslands: number;
  private islands: number[] = [];

  /** `maxIslands` bounds the gaps that are tracked; data that would make more is not kept. */
  constructor(capacity: number, maxIslands: number) {
    this.ring = new ByteRing(capacity);
    this.maxIslands = maxIslands;
  }

  /** Bytes the program may read. */
  get length(): number {
    return this.ring.length;
  }

  /** The receive window: room from the next expected byte on. */
  get window(): number {
    return this.ring.free;
  }

  /** Most bytes it can hold. */
  get capacity(): number {
    return this.ring.capacity;
  }

  /** Whether data is missing before an island. */
  get hasGap(): boolean {
    return this.islands.length > 0;
  }

  /**
   * Takes `bytes`, which belong `offset >= 0` past the next expected byte and must lie within the window. Returns by how
   * much the next expected byte moves on, or -1 when there are too many islands and nothing was kept.
   */
  insert(offset: number, bytes: Uint8Array): number {
    if (bytes.length === 0) return 0;
    let from = offset;
    let to = offset + bytes.length;
    const merged: number[] = [];
    let placed = false;
    for (let i = 0; i < this.islands.length; i += 2) {
      const islandFrom = this.islands[i];
      const islandTo = this.islands[i + 1];
      if (islandTo < from) merged.push(islandFrom, islandTo);
      else if (islandFrom > to) {
        if (!placed) merged.push(from, to);
        placed = true;
        merged.push(islandFrom, islandTo);
      } else {
        from = Math.min(from, islandFrom);
        to = Math.max(to, islandTo);
      }
    }
    if (!placed) merged.push(from, to);
    if (from !== 0 && merged.length > this.maxIslands * 2) return -1;
    this.ring.put(this.ring.length + offset, bytes, 0, bytes.length);
    if (from !== 0) {
      this.islands = merged;
      return 0;
    }
    this.ring.grow(to);
    for (let i = 2; i < merged.length; i++) merged[i - 2] = merged[i] - to;
    merged.length -= 2;
    this.islands = merged;
    return to;
  }

  /** Copies out and drops at most `count` readable bytes. */
  read(count: number): Uint8Array {
    const bytes = this.peek(count);
    this.ring.consume(bytes.length);
    return bytes;
  }

  /** Copies out at most `count` readable bytes. */
  peek(count: number): Uint8Array {
    return this.ring.peek(0, Math.min(count, this.ring.length));
  }

  /** Drops everything. */
  clear(): void {
    this.ring.consume(this.ring.length);
    this.islands = [];
  }

  /** Plain data. */
  save(): ReceiveBufferState {
    const islandBytes: Uint8Array[] = [];
    for (let i = 0; i < this.islands.length; i += 2) {
      const from = this.islands[i];
      islandBytes.push(this.ring.peek(this.ring.length + from, this.islands[i + 1] - from));
    }
    return { ring: this.ring.save(), islands: this.islands.slice(), islandBytes };
  }

  /** Restores a saved state. */
  load(state: ReceiveBufferState): void {
    this.ring.load(state.ring);
    this.islands = [];
    for (let i = 0; i < state.islandBytes.length; i++) {
      this.insert(state.islands[i * 2], state.islandBytes[i] as Uint8Array);
    }
  }
}
