/**
 * Freezing: lays compiled modules out in a flash image as a running board has them in RAM, so that code executes in place:
 * bytecode, child tables, constants and tables of names all stay in flash. Counterpart: the freezing half of tools/mpy-tool.py.
 *
 * The object layout is the board's: it gives the addresses of its types, and numbers the names.
 */
import type { AnyCode, CompiledModule, Constant } from './code.js';
import { MpyFormatError } from './errors.js';
import type { ImageWriter } from './image-writer.js';
import { isGenerator } from './signature.js';
import { encodeString } from './text.js';

/** What a board tells about itself, for code and constants to be laid out for it. */
export interface FreezeTarget {
  /** Addresses of the types whose objects constants are. */
  readonly types: Readonly<Record<'str' | 'bytes' | 'int' | 'float' | 'complex' | 'tuple', number>>;
  /** Object words of the constants that are no objects of their own. */
  readonly words: Readonly<Record<'none' | 'true' | 'false' | 'ellipsis' | 'emptyTuple', number>>;
  readonly floatBits: 32 | 64;
  /** Whether raw code has the field for code objects that can be inspected. */
  readonly inspectable: boolean;
  /** Number of a name, which is interned if it is new. */
  qstr(text: string): number;
  /** Hash that strings carry. */
  hash(bytes: Uint8Array): number;
}

/** Where a module was laid out. */
export interface FrozenModule {
  /** Its table of names: 16 bits each. */
  readonly qstrs: number;
  /** Its table of constants: a word each. */
  readonly objs: number;
  /** The raw code of its body. */
  readonly root: number;
}

/** Small ints of a 32-bit board have 31 bits. */
const SMALL_INT_LIMIT = 1n << 30n;

/** Writes code and constants into an image. */
export class Freezer {
  constructor(
    readonly image: ImageWriter,
    private readonly target: FreezeTarget,
  ) {}

  /** Lays a module out. Throws {@link MpyFormatError} for native code. */
  module(m: CompiledModule): FrozenModule {
    const { image } = this;
    const qstrs = image.alloc(2 * m.qstrs.length, 4);
    m.qstrs.forEach((q, i) => image.half(qstrs + 2 * i, this.target.qstr(q)));
    const objs = image.words(m.constants.map((c) => this.constant(c)));
    return { qstrs, objs, root: this.rawCode(m.root) };
  }

  /** Raw code with its children: kind, address of the bytecode, of the child table, bytes of bytecode. */
  rawCode(code: AnyCode): number {
    const { image } = this;
    if (code.kind !== 'bytecode') {
      throw new MpyFormatError('native-code', 'native code can not be frozen');
    }
    const children = code.children.map((c) => this.rawCode(c));
    const table = image.words(children);
    const bytes = image.data(code.code);
    const at = image.alloc(this.target.inspectable ? 20 : 16);
    image.word(at, 2 | (isGenerator(code.code) ? 0x100 : 0) | (children.length << 16));
    image.word(at + 4, bytes);
    image.word(at + 8, table);
    image.word(at + 12, code.code.length);
    return at;
  }

  /** The object word of a constant. */
  constant(c: Constant): number {
    const { image } = this;
    const { types, words } = this.target;
    switch (c.kind) {
      case 'str':
        return this.bytes(encodeString(c.value), types.str);
      case 'bytes':
        return this.bytes(c.value);
      case 'int':
        return this.int(c.value);
      case 'float':
        return this.float(c.value);
      case 'complex':
        return this.complex(c.real, c.imag);
      case 'none':
      case 'true':
      case 'false':
      case 'ellipsis':
        return words[c.kind];
      case 'tuple': {
        if (c.items.length === 0) return words.emptyTuple;
        const items = c.items.map((x) => this.constant(x));
        return image.words([types.tuple, items.length, ...items]);
      }
      default:
        throw new MpyFormatError('native-code', 'native code can not be frozen');
    }
  }

  /** A small int, or a big one with digits of 16 bits. */
  int(v: bigint): number {
    if (v >= -SMALL_INT_LIMIT && v < SMALL_INT_LIMIT) return (Number(v) << 1) | 1;
    const { image } = this;
    const digits: number[] = [];
    for (let m = v < 0n ? -v : v; m > 0n; m >>= 16n) digits.push(Number(m & 0xffffn));
    const dig = image.alloc(digits.length * 2, 4);
    digits.forEach((d, i) => image.half(dig + 2 * i, d));
    return image.words([this.target.types.int, (v < 0n ? 1 : 0) | 2 | (digits.length << 2), digits.length, dig]);
  }

  /** A float: its value at +4 with 32 bits, at +8 with 64. */
  float(v: number): number {
    const { floatBits, types } = this.target;
    const at = this.image.alloc(16, 16);
    this.image.word(at, types.float);
    this.image.float(floatBits === 64 ? at + 8 : at + 4, v, floatBits);
    return at;
  }

  private complex(real: number, imag: number): number {
    const { floatBits, types } = this.target;
    const size = floatBits >> 3;
    const at = this.image.alloc(3 * size, size);
    this.image.word(at, types.complex);
    this.image.float(at + size, real, floatBits);
    this.image.float(at + 2 * size, imag, floatBits);
    return at;
  }

  /** A bytes object, or another type of the same layout. */
  bytes(b: Uint8Array, type = this.target.types.bytes): number {
    const data = this.image.data(b);
    return this.image.words([type, this.target.hash(b), b.length, data]);
  }

  /**
   * A table of interned strings: for each a word (address of its text), then their hashes (16 bits each), then their lengths
   * (8 bits each). A text of more than 255 bytes can not be interned.
   */
  qstrTable(texts: readonly Uint8Array[]): number {
    const { image } = this;
    const n = texts.length;
    const at = texts.map((t) => image.data(t));
    const table = image.alloc(7 * n, 4);
    texts.forEach((t, i) => {
      image.word(table + 4 * i, at[i] as number);
      image.half(table + 4 * n + 2 * i, this.target.hash(t));
      image.byte(table + 6 * n + i, t.length);
    });
    return table;
  }
}
