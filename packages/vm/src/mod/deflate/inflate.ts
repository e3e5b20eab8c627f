/**
 * Inflating from a stream, pulled: no byte is taken from the stream before it is needed, so what lies behind the compressed data
 * can be read from it afterwards. Counterpart: lib/uzlib/tinflate.c, header.c.
 *
 * The state is a heap block of the size of upstream's (`State`), with the two code trees in it:
 *
 *     window   decoder's words   literal tree: 16 counts, 288 symbols   distance tree: the same   end
 *
 * A stream may have to wait in the middle of a symbol. Then the decoder goes back to where the last byte of output was made,
 * and the bytes it had taken since are kept as a backlog: they are read first when it is called again.
 */
import { raiseOSError, raiseType } from '../../raise.js';
import { STREAM_ERROR, STREAM_WAIT, type StreamProtocol, streamStatus } from '../../stream.js';
import { Ty } from '../../types.js';
import type { Addr, Obj } from '../../words.js';
import type { Vm } from '../../vm.js';
import { adler32, crc32 } from '../../checksum.js';
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

/** The block's fields. Upstream's pointers into buffers are not needed here, and hold what a wait leaves behind. */
export const enum State {
  /** The last bytes of output as a ring, 0 when there is none. */
  Window = 0,
  /** Where in the backlog the next byte is, and where it ends. */
  Source = 4,
  SourceEnd = 8,
  /** The backlog's block. */
  Backlog = 12,
  /** See {@link Phase}. */
  Phase = 16,
  /** Bits of the current byte, and how many are left. */
  Tag = 20,
  BitCount = 24,
  Checksum = 40,
  /** See {@link Check}. */
  Check = 44,
  /** Type of the current block, −1: the next one has not begun. */
  BlockType = 48,
  BlockFinal = 52,
  /** Bytes of a match still to be copied, or one more than bytes of a stored block. */
  Left = 56,
  /** Where in the window the match goes on. */
  From = 60,
  WindowSize = 68,
  WindowAt = 72,
  Literals = 76,
  Distances = 684,
  /** Everything has been read. */
  Done = 1292,
  Size = 1296,
}

/** What comes next. */
export const enum Phase {
  Data = 0,
  Header = 1,
  Trailer = 2,
}

/** The checksum that ends the stream. */
export const enum Check {
  None = 0,
  Adler = 1,
  Crc = 2,
}

/** Format of a header. */
export const enum Header {
  Bad = -1,
  Zlib = 0,
  Gzip = 1,
}

const enum Step {
  More = 0,
  Done = 1,
  Bad = -1,
}

/** The order in which a block's header has the lengths of the codes for lengths. */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** Bits of the longest code. */
const MAX_BITS = 15;
/** Counts and symbols of a tree, in half-words. */
const TREE_SYMBOLS = 16;
const MAX_SYMBOLS = 288;
const FIXED_LENGTHS = Uint8Array.from({ length: MAX_SYMBOLS }, (_, i) => fixedLength(i));
const FIXED_DISTANCES = new Uint8Array(32).fill(5);
/** What becomes of a code that there is none of: upstream takes its error number for a byte. */
const NO_SYMBOL = -3;

/** Flags of a gzip header. */
const enum Flag {
  Crc = 2,
  Extra = 4,
  Name = 8,
  Comment = 16,
  Reserved = 0xe0,
}

/** Thrown inside the decoder only: the stream has to wait. */
const SUSPENDED = { name: 'suspended' } as const;

/** One call's view of a decoder. */
export class Inflater {
  private tag: number;
  private bitCount: number;
  private blockType: number;
  private blockFinal: number;
  private left: number;
  private from: number;
  private windowAt: number;
  private readonly window: Addr;
  private readonly windowSize: number;
  private readonly u8: Uint8Array;
  private readonly u16: Uint16Array;
  /** Bytes taken since the state was last as it is in memory. */
  private readonly pulled: number[] = [];
  /** Bytes taken in all. */
  private taken = 0;
  private dest = 0;

  /** `scratch`: a byte on the Python stack to read to. */
  constructor(
    private readonly vm: Vm,
    private readonly state: Addr,
    private readonly stream: StreamProtocol,
    private readonly self: Obj,
    private readonly scratch: Addr,
  ) {
    this.u8 = vm.u8;
    this.u16 = vm.u16;
    this.tag = this.word(State.Tag);
    this.bitCount = this.word(State.BitCount);
    this.blockType = this.word(State.BlockType);
    this.blockFinal = this.word(State.BlockFinal);
    this.left = this.word(State.Left);
    this.from = this.word(State.From);
    this.windowAt = this.word(State.WindowAt);
    this.window = this.word(State.Window);
    this.windowSize = this.word(State.WindowSize);
  }

  private word(off: State): number {
    return this.vm.i32[(this.state + off) >> 2] as number;
  }
  private setWord(off: State, value: number): void {
    this.vm.i32[(this.state + off) >> 2] = value;
  }

  /** The decoder is in memory as it is now; what was taken will not be needed again. */
  private commit(): void {
    this.setWord(State.Tag, this.tag);
    this.setWord(State.BitCount, this.bitCount);
    this.setWord(State.BlockType, this.blockType);
    this.setWord(State.BlockFinal, this.blockFinal);
    this.setWord(State.Left, this.left);
    this.setWord(State.From, this.from);
    this.setWord(State.WindowAt, this.windowAt);
    this.pulled.length = 0;
  }

  /** Keeps what was taken since the last {@link commit} for the next call. */
  private keepPulled(): void {
    const n = this.pulled.length;
    if (n === 0) return;
    const block = this.vm.alloc(n);
    this.u8.set(this.pulled, block);
    this.setWord(State.Backlog, block);
    this.setWord(State.Source, block);
    this.setWord(State.SourceEnd, block + n);
  }

  /** Runs `step`, which may throw anything; answers whether the stream has to wait. */
  private suspends(step: () => void): boolean {
    try {
      step();
    } catch (e) {
      if (e === SUSPENDED) {
        this.keepPulled();
        return true;
      }
      // as upstream, which decodes in the state itself
      this.setWord(State.Phase, Phase.Data);
      this.commit();
      throw e;
    } finally {
      this.vm.charge(1 + this.taken);
      this.taken = 0;
    }
    this.commit();
    return false;
  }

  // ---- bytes and bits ------------------------------------------------------------------------------------------------

  private byte(): number {
    const { vm } = this;
    let b: number;
    const at = this.word(State.Source);
    if (at < this.word(State.SourceEnd)) {
      b = this.u8[at] as number;
      this.setWord(State.Source, at + 1);
    } else {
      const n = (this.stream.read as NonNullable<StreamProtocol['read']>)(vm, this.self, this.scratch, 1);
      if (n === STREAM_WAIT) throw SUSPENDED;
      streamStatus.deadlineUs = Number.POSITIVE_INFINITY;
      if (n === STREAM_ERROR) raiseOSError(vm, streamStatus.errno);
      if (n === 0) raiseType(vm, Ty.EOFError);
      b = this.u8[this.scratch] as number;
    }
    this.taken++;
    this.pulled.push(b);
    return b;
  }

  private bit(): number {
    if (this.bitCount === 0) {
      // a byte that does not come leaves the count below zero, and zeros to be read
      this.bitCount = -1;
      this.tag = this.byte();
      this.bitCount = 8;
    }
    this.bitCount = (this.bitCount - 1) | 0;
    const bit = this.tag & 1;
    this.tag >>>= 1;
    return bit;
  }

  private bits(n: number): number {
    let value = 0;
    for (let i = 0; i < n; i++) value |= this.bit() << i;
    return value;
  }

  private skip(n: number): void {
    for (let i = 0; i < n; i++) this.byte();
  }

  // ---- trees ---------------------------------------------------------------------------------------------------------

  /** Makes a tree of code lengths: how many codes have each length, and the symbols in the order of their codes. */
  private build(tree: Addr, lengths: Uint8Array, n: number): void {
    const { u16 } = this;
    const counts = tree >> 1;
    u16.fill(0, counts, counts + TREE_SYMBOLS);
    for (let i = 0; i < n; i++) {
      const length = lengths[i] as number;
      if (length !== 0) u16[counts + length] = (u16[counts + length] as number) + 1;
    }
    const next = new Uint16Array(MAX_BITS + 1);
    for (let i = 1; i <= MAX_BITS; i++) next[i] = (next[i - 1] as number) + (u16[counts + i - 1] as number);
    for (let i = 0; i < n; i++) {
      const length = lengths[i] as number;
      if (length === 0) continue;
      u16[counts + TREE_SYMBOLS + (next[length] as number)] = i;
      next[length] = (next[length] as number) + 1;
    }
  }

  private symbol(tree: Addr): number {
    const counts = tree >> 1;
    let before = 0;
    let code = 0;
    for (let length = 1; length <= MAX_BITS; length++) {
      code = 2 * code + this.bit();
      const n = this.u16[counts + length] as number;
      before += n;
      code -= n;
      if (code < 0) {
        const i = before + code;
        // a tree that another use of the same object changes meanwhile has no such bounds
        return i < MAX_SYMBOLS ? (this.u16[counts + TREE_SYMBOLS + i] as number) : NO_SYMBOL;
      }
    }
    // upstream takes one bit more before it sees that there is no code
    this.bit();
    return NO_SYMBOL;
  }

  /** Reads a block's own trees. */
  private readTrees(): Step {
    const literals = this.state + State.Literals;
    const nLiterals = this.bits(5) + 257;
    const nDistances = this.bits(5) + 1;
    const nLengths = this.bits(4) + 4;
    const lengths = new Uint8Array(MAX_SYMBOLS + 32);
    for (let i = 0; i < nLengths; i++) lengths[LENGTH_ORDER[i] as number] = this.bits(3);
    this.build(literals, lengths, LENGTH_ORDER.length);
    const all = nLiterals + nDistances;
    for (let n = 0; n < all; ) {
      const symbol = this.symbol(literals);
      if (symbol < 0) return Step.Bad;
      if (symbol < 16) {
        lengths[n++] = symbol;
        continue;
      }
      if (symbol === 16 && n === 0) return Step.Bad;
      const value = symbol === 16 ? (lengths[n - 1] as number) : 0;
      const times = symbol === 16 ? this.bits(2) + 3 : symbol === 17 ? this.bits(3) + 3 : this.bits(7) + 11;
      if (n + times > all) return Step.Bad;
      lengths.fill(value, n, n + times);
      n += times;
    }
    this.build(literals, lengths, nLiterals);
    this.build(this.state + State.Distances, lengths.subarray(nLiterals), nDistances);
    return Step.More;
  }

  // ---- blocks --------------------------------------------------------------------------------------------------------

  private put(b: number): void {
    this.u8[this.dest++] = b;
    if (this.window === 0) return;
    this.u8[this.window + this.windowAt] = b;
    if (++this.windowAt === this.windowSize) this.windowAt = 0;
  }

  /** One byte of a compressed block. */
  private compressed(): Step {
    if (this.left === 0) {
      const symbol = this.symbol(this.state + State.Literals);
      if (symbol < END_OF_BLOCK) {
        this.put(symbol & 0xff);
        return Step.More;
      }
      if (symbol === END_OF_BLOCK) return Step.Done;
      const length = symbol - FIRST_LENGTH;
      if (length >= LENGTHS) return Step.Bad;
      this.left = this.bits(LENGTH_BITS[length] as number) + (LENGTH_BASE[length] as number);
      const distance = this.symbol(this.state + State.Distances);
      if (distance < 0 || distance >= DISTANCES) return Step.Bad;
      const back = this.bits(DISTANCE_BITS[distance] as number) + (DISTANCE_BASE[distance] as number);
      if (back > this.windowSize) return Step.Bad;
      this.from = this.windowAt - back;
      if (this.from < 0) this.from += this.windowSize;
    }
    if (this.window === 0) return Step.Bad;
    this.put(this.u8[this.window + this.from] as number);
    if (++this.from === this.windowSize) this.from = 0;
    this.left--;
    return Step.More;
  }

  /** One byte of a stored block. */
  private stored(): Step {
    if (this.left === 0) {
      let length = this.byte();
      length |= this.byte() << 8;
      let inverse = this.byte();
      inverse |= this.byte() << 8;
      if (length !== (~inverse & 0xffff)) return Step.Bad;
      // one more, so that its end comes with no byte of its own
      this.left = length + 1;
      this.bitCount = 0;
    }
    if (--this.left === 0) return Step.Done;
    this.put(this.byte());
    return Step.More;
  }

  /** The next byte, over the ends of blocks. */
  private next(): Step {
    for (;;) {
      if (this.blockType === -1) {
        this.blockFinal = this.bit();
        this.blockType = this.bits(2);
        if (this.blockType === 1) {
          this.build(this.state + State.Literals, FIXED_LENGTHS, MAX_SYMBOLS);
          this.build(this.state + State.Distances, FIXED_DISTANCES, FIXED_DISTANCES.length);
        } else if (this.blockType === 2 && this.readTrees() === Step.Bad) return Step.Bad;
      }
      if (this.blockType === 3) return Step.Bad;
      const step = this.blockType === 0 ? this.stored() : this.compressed();
      if (step !== Step.Done || this.blockFinal !== 0) return step;
      this.blockType = -1;
    }
  }

  // ---- what the stream is made of ------------------------------------------------------------------------------------

  /**
   * Reads a zlib or gzip header and prepares the checksum; answers the format, with `wbits` of the window in `headerBits`.
   * Undefined: the stream has to wait.
   */
  header(): Header | undefined {
    let format = Header.Bad;
    const waits = this.suspends(() => {
      const first = this.byte();
      const second = this.byte();
      format = first === 0x1f && second === 0x8b ? this.gzipHeader() : this.zlibHeader(first, second);
    });
    if (waits) return undefined;
    this.setWord(State.Phase, Phase.Data);
    return format;
  }
  /** Window bits that the last header named. */
  headerBits = 0;

  private zlibHeader(first: number, second: number): Header {
    const isValid =
      ((first << 8) | second) % 31 === 0 && (first & 15) === 8 && first >> 4 <= 7 && (second & 0x20) === 0;
    if (!isValid) return Header.Bad;
    this.setWord(State.Check, Check.Adler);
    this.setWord(State.Checksum, 1);
    this.headerBits = (first >> 4) + 8;
    return Header.Zlib;
  }

  private gzipHeader(): Header {
    if (this.byte() !== 8) return Header.Bad;
    const flags = this.byte();
    if ((flags & Flag.Reserved) !== 0) return Header.Bad;
    // time, extra flags, system
    this.skip(6);
    if ((flags & Flag.Extra) !== 0) {
      const low = this.byte();
      this.skip((this.byte() << 8) | low);
    }
    if ((flags & Flag.Name) !== 0) while (this.byte() !== 0);
    if ((flags & Flag.Comment) !== 0) while (this.byte() !== 0);
    if ((flags & Flag.Crc) !== 0) this.skip(2);
    this.setWord(State.Check, Check.Crc);
    this.setWord(State.Checksum, 0);
    this.headerBits = 15;
    return Header.Gzip;
  }

  /** Whether the checksum that follows is the output's. */
  private trailer(): boolean {
    const check = this.word(State.Check);
    if (check === Check.None) return true;
    const sum = this.word(State.Checksum) >>> 0;
    let read = 0;
    for (let i = 0; i < 4; i++) {
      if (check === Check.Adler) read = ((read << 8) | this.byte()) >>> 0;
      else read = (read | (this.byte() << (8 * i))) >>> 0;
    }
    if (sum !== read) return false;
    // the size, which nobody checks
    if (check === Check.Crc) this.skip(4);
    return true;
  }

  /** Decodes up to `size` bytes to `addr`; answers how many, −1 for bad data, or `STREAM_WAIT`. */
  read(addr: Addr, size: number): number {
    this.dest = addr;
    const end = addr + size;
    let step = Step.More as Step;
    let made = addr;
    let waits = false;
    if (this.word(State.Phase) === Phase.Data) {
      waits = this.suspends(() => {
        do {
          step = this.next();
          made = this.dest;
          this.commit();
        } while (step === Step.More && this.dest < end);
      });
      this.vm.charge(8 * (made - addr));
      if (step === Step.Bad) return -1;
      this.addToChecksum(addr, made);
      if (step === Step.Done) this.setWord(State.Phase, Phase.Trailer);
    }
    if (!waits && this.word(State.Phase) === Phase.Trailer) {
      let matches = true;
      waits = this.suspends(() => {
        matches = this.trailer();
      });
      if (!waits) {
        this.setWord(State.Phase, Phase.Data);
        if (!matches) return -1;
        this.setWord(State.Done, 1);
      }
    }
    return waits && made === addr ? STREAM_WAIT : made - addr;
  }

  private addToChecksum(from: Addr, to: Addr): void {
    const sum = this.word(State.Checksum);
    switch (this.word(State.Check)) {
      case Check.Adler:
        this.setWord(State.Checksum, adler32(this.u8, from, to, sum));
        break;
      case Check.Crc:
        this.setWord(State.Checksum, crc32(this.u8, from, to, sum));
        break;
      default:
        break;
    }
  }
}
