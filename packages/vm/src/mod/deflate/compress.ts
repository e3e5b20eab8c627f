/**
 * Compressing as upstream does: one final block with the fixed codes, the longest match in the window at each byte, the nearest of
 * those that are as long, nothing looked up ahead. Counterpart: lib/uzlib/lz77.c, defl_static.c; output is the same byte for byte.
 *
 * Upstream compares with every byte of the window. Here chains of places with the same three bytes, made anew for each call, find
 * the same matches; the board's time is charged for the former.
 */
import type { Addr } from '../../words.js';
import type { Vm } from '../../vm.js';
import {
  DISTANCE_BASE,
  DISTANCE_BITS,
  DISTANCES,
  END_OF_BLOCK,
  FIRST_LENGTH,
  fixedLength,
  LENGTH_BASE,
  LENGTH_BITS,
  LENGTHS,
} from './tables.js';

/** Fields of the heap block. */
export const enum Writer {
  Window = 0,
  InputLength = 4,
  Checksum = 8,
  OutBits = 20,
  OutCount = 24,
  WindowSize = 32,
  Start = 36,
  Length = 40,
  Size = 44,
}

const MIN_MATCH = 3;
/** One more than a symbol can say: such a match goes out as two. */
const MAX_MATCH = 259;
const LONGEST = 258;
/** With fewer bytes than this, looking through the window costs less than making chains. */
const CHAINS_FROM = 16;
const HASH_BITS = 13;

/** The lowest `n` bits in the opposite order: codes go out from their first bit. */
function reversed(code: number, n: number): number {
  let r = 0;
  for (let i = 0; i < n; i++) r |= ((code >> i) & 1) << (n - 1 - i);
  return r;
}

/** The fixed codes of literals and lengths, ready to go out. */
const CODES = ((): Uint16Array => {
  const codes = new Uint16Array(288);
  let code = 0;
  for (let n = 7; n <= 9; n++) {
    for (let symbol = 0; symbol < codes.length; symbol++)
      if (fixedLength(symbol) === n) codes[symbol] = reversed(code++, n);
    code <<= 1;
  }
  return codes;
})();

/** The symbol of a table whose range has `value`. */
function symbolOf(bases: Uint16Array, n: number, value: number): number {
  let i = n - 1;
  while ((bases[i] as number) > value) i--;
  return i;
}
const LENGTH_SYMBOLS = Uint8Array.from({ length: LONGEST + 1 }, (_, i) =>
  i < MIN_MATCH ? 0 : symbolOf(LENGTH_BASE, LENGTHS, i),
);

/** One call's view of a compressor; `write` puts out a byte, and may throw. */
export class Compressor {
  private outBits: number;
  private outCount: number;

  constructor(
    private readonly vm: Vm,
    private readonly state: Addr,
    private readonly write: (b: number) => void,
  ) {
    this.outBits = this.word(Writer.OutBits);
    this.outCount = this.word(Writer.OutCount);
  }

  private word(off: Writer): number {
    return this.vm.i32[(this.state + off) >> 2] as number;
  }
  private setWord(off: Writer, value: number): void {
    this.vm.i32[(this.state + off) >> 2] = value;
  }

  private out(bits: number, n: number): void {
    this.outBits |= bits << this.outCount;
    this.outCount += n;
    this.setWord(Writer.OutBits, this.outBits);
    this.setWord(Writer.OutCount, this.outCount);
    while (this.outCount >= 8) {
      this.write(this.outBits & 0xff);
      this.outBits >>>= 8;
      this.outCount -= 8;
      this.setWord(Writer.OutBits, this.outBits);
      this.setWord(Writer.OutCount, this.outCount);
    }
  }

  private symbol(symbol: number): void {
    this.out(CODES[symbol] as number, fixedLength(symbol));
  }

  private match(distance: number, length: number): void {
    for (let left = length; left > 0; ) {
      // no rest that is too short for a match of its own
      const n = left > LONGEST + 2 ? LONGEST : left <= LONGEST ? left : left - MIN_MATCH;
      left -= n;
      const l = LENGTH_SYMBOLS[n] as number;
      this.symbol(FIRST_LENGTH + l);
      this.out(n - (LENGTH_BASE[l] as number), LENGTH_BITS[l] as number);
      const d = symbolOf(DISTANCE_BASE, DISTANCES, distance);
      this.out(reversed(d, 5), 5);
      this.out(distance - (DISTANCE_BASE[d] as number), DISTANCE_BITS[d] as number);
    }
  }

  /** Begins the one block: final, with fixed codes. */
  begin(): void {
    this.out(3, 3);
  }

  /** Ends the block and fills its last byte. */
  end(): void {
    this.out(CODES[END_OF_BLOCK] as number, 14);
  }

  /** Compresses `len` bytes at `src`. */
  add(src: Addr, len: number): void {
    const { vm } = this;
    const { u8 } = vm;
    const window = this.word(Writer.Window);
    const size = this.word(Writer.WindowSize);
    let start = this.word(Writer.Start);
    let known = this.word(Writer.Length);
    // the window's bytes, oldest first, and the new ones behind
    const head = Math.min(known, size - start);
    const data = new Uint8Array(known + len);
    data.set(u8.subarray(window + start, window + start + head));
    data.set(u8.subarray(window, window + known - head), head);
    data.set(u8.subarray(src, src + len), known);
    const search = len < CHAINS_FROM ? new Scan(data) : new Chains(data, known);
    for (let at = known; at < data.length; ) {
      vm.charge(1 + (known >> 1));
      const n = search.find(at, known);
      if (n === 0) this.symbol(data[at] as number);
      else this.match(search.distance, n);
      for (let i = Math.max(n, 1); i > 0; i--) {
        u8[window + ((start + known) & (size - 1))] = data[at++] as number;
        if (known === size) start = (start + 1) & (size - 1);
        else known++;
      }
      this.setWord(Writer.Start, start);
      this.setWord(Writer.Length, known);
    }
  }
}

/** Finds matches. */
interface Search {
  /** Length of the best match for what is at `at` in the `window` bytes before it, 0 for none; `distance` says where. */
  find(at: number, window: number): number;
  readonly distance: number;
}

/** How many bytes at `a` and `b` (behind it) agree, up to `max`. */
function agreeing(data: Uint8Array, a: number, b: number, max: number): number {
  let n = 0;
  while (n < max && data[a + n] === data[b + n]) n++;
  return n;
}

/** Compares with each place in the window. */
class Scan implements Search {
  distance = 0;
  constructor(private readonly data: Uint8Array) {}
  find(at: number, window: number): number {
    const { data } = this;
    const max = Math.min(MAX_MATCH, data.length - at);
    let best = MIN_MATCH - 1;
    if (max <= best) return 0;
    for (let d = 1; d <= window && best < max; d++) {
      const n = agreeing(data, at - d, at, max);
      if (n <= best) continue;
      best = n;
      this.distance = d;
    }
    return best < MIN_MATCH ? 0 : best;
  }
}

/** Keeps chains of the places whose three bytes have the same hash, nearest first. */
class Chains implements Search {
  distance = 0;
  /** The last place of each hash and the one before each place, plus one; 0: none. */
  private readonly last = new Int32Array(1 << HASH_BITS);
  private readonly before: Int32Array;
  private entered = 0;

  constructor(
    private readonly data: Uint8Array,
    known: number,
  ) {
    this.before = new Int32Array(data.length);
    this.enter(known);
  }

  private hash(at: number): number {
    const { data } = this;
    const key = (data[at] as number) | ((data[at + 1] as number) << 8) | ((data[at + 2] as number) << 16);
    return Math.imul(key, 0x9e3779b1) >>> (32 - HASH_BITS);
  }

  /** Enters all places before `end`. */
  private enter(end: number): void {
    const stop = Math.min(end, this.data.length - MIN_MATCH + 1);
    for (; this.entered < stop; this.entered++) {
      const h = this.hash(this.entered);
      this.before[this.entered] = this.last[h] as number;
      this.last[h] = this.entered + 1;
    }
  }

  find(at: number, window: number): number {
    const { data, before } = this;
    const max = Math.min(MAX_MATCH, data.length - at);
    let best = MIN_MATCH - 1;
    if (max <= best) return 0;
    this.enter(at);
    const first = at - window;
    for (let p = (this.last[this.hash(at)] as number) - 1; p >= first && best < max; p = (before[p] as number) - 1) {
      if (data[p + best] !== data[at + best]) continue;
      const n = agreeing(data, p, at, max);
      if (n <= best) continue;
      best = n;
      this.distance = at - p;
    }
    return best < MIN_MATCH ? 0 : best;
  }
}
