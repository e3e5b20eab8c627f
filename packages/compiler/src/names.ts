/**
 * Interned strings of one compilation: a number for each, in the order of their appearance. Counterpart: py/qstr.c.
 *
 * Whether a longer string constant becomes a qstr depends on whether it is one already, so there is also the pool that
 * exists outside: mpy-cross's list, or a board's qstrs.
 */
import { MPY_CROSS_LONG_QSTRS } from './mpy-cross-qstrs.js';

/** The qstrs that exist before and beside a compilation. */
export interface KnownQstrs {
  /** Whether `text` is a qstr already. Asked for string constants of more than ten bytes. */
  has(text: string): boolean;
  /** Told of every string that becomes a qstr, once for each compilation, in order. */
  add?(text: string): void;
}

/** The names that the compiler itself speaks of. Their numbers are the same in every {@link Names}. */
export const enum Q {
  Empty,
  Star,
  Underscore,
  Module,
  Lambda,
  ListComp,
  DictComp,
  SetComp,
  GenExpr,
  Const,
  Range,
  Super,
  OrderedDict,
  Class,
  DunderName,
  DunderModule,
  Qualname,
  Doc,
  ReplPrint,
  Micropython,
  Bytecode,
  Native,
  Viper,
  AsmThumb,
  AsmXtensa,
  AsmRv32,
  AssertionError,
  StopAsyncIteration,
  BaseException,
  Aiter,
  Anext,
  Aenter,
  Aexit,
  Count,
}

const FIXED = [
  '',
  '*',
  '_',
  '<module>',
  '<lambda>',
  '<listcomp>',
  '<dictcomp>',
  '<setcomp>',
  '<genexpr>',
  'const',
  'range',
  'super',
  'OrderedDict',
  '__class__',
  '__name__',
  '__module__',
  '__qualname__',
  '__doc__',
  '__repl_print__',
  'micropython',
  'bytecode',
  'native',
  'viper',
  'asm_thumb',
  'asm_xtensa',
  'asm_rv32',
  'AssertionError',
  'StopAsyncIteration',
  'BaseException',
  '__aiter__',
  '__anext__',
  '__aenter__',
  '__aexit__',
];

const MPY_CROSS_SET: ReadonlySet<string> = new Set(MPY_CROSS_LONG_QSTRS);

/** The qstrs of a fresh mpy-cross process: what `.mpy` files are compiled with. */
export const MPY_CROSS_QSTRS: KnownQstrs = { has: (text) => MPY_CROSS_SET.has(text) };

/** A pool that remembers what earlier compilations made into qstrs, as a running board does. */
export class QstrPool implements KnownQstrs {
  private readonly texts: Set<string>;

  /** @param texts - The strings that are qstrs from the start; mpy-cross's if left out. */
  constructor(texts: Iterable<string> = MPY_CROSS_LONG_QSTRS) {
    this.texts = new Set(texts);
  }

  has(text: string): boolean {
    return this.texts.has(text);
  }

  add(text: string): void {
    this.texts.add(text);
  }
}

/** The longest qstr, in bytes. */
export const MAX_NAME_BYTES = 255;

/** Whether `text` has more than `limit` bytes. */
export function exceedsBytes(text: string, limit: number): boolean {
  if (text.length > limit) return true;
  if (text.length * 3 <= limit) return false;
  let size = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    // Two bytes for each half of a surrogate pair; lone ones from U+DC80 on stand for one byte.
    size += c < 0x80 ? 1 : c < 0x800 || (c >= 0xd800 && c < 0xe000) ? 2 : 3;
  }
  return size > limit;
}

/** Strings and their numbers. */
export class Names {
  /** The strings by number. */
  readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly known: KnownQstrs;

  constructor(known: KnownQstrs) {
    this.known = known;
    for (const text of FIXED) {
      this.numbers.set(text, this.texts.length);
      this.texts.push(text);
    }
  }

  /** The number of `text`, which becomes a qstr if it is none. */
  intern(text: string): number {
    const number = this.numbers.get(text);
    if (number !== undefined) return number;
    const fresh = this.texts.length;
    this.numbers.set(text, fresh);
    this.texts.push(text);
    this.known.add?.(text);
    return fresh;
  }

  /** The number of `text` if it is a qstr already, otherwise -1. */
  find(text: string): number {
    const number = this.numbers.get(text);
    if (number !== undefined) return number;
    return this.known.has(text) ? this.intern(text) : -1;
  }
}
