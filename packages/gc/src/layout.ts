/**
 * Where the tables and the pool lie in a heap's region, and how an allocation table entry reads.
 *
 *   start                                                                        end (rounded down to 16)
 *   | allocation table | gap byte | finaliser table | weakref table? | unused | pool: 16-byte blocks |
 *     2 bits a block     always 0   1 bit a block      1 bit a block
 *
 * Counterpart: gc_setup_area() of py/gc.c, for 32-bit words. The gap byte reads as four free blocks, so that the tail of
 * the last object cannot seem to run on into the finaliser table.
 *
 * Invariant: a table byte stands for four whole blocks of the pool, so the pool's length is a multiple of 64 bytes.
 */

import { HeapError } from './errors.js';

/** An allocation table entry. Marking is setting both bits, so that unmarking is clearing the upper one. */
export const enum Kind {
  Free = 0,
  Head = 1,
  Tail = 2,
  Mark = 3,
}

/** Sizes that the table arithmetic rests on. */
export const enum Unit {
  BlockBytes = 16,
  BlockWords = 4,
  /** Blocks in a byte of the allocation table. */
  PerTableByte = 4,
  /** Blocks in a byte of the finaliser or the weakref table. */
  PerFlagByte = 8,
  GapBytes = 1,
  /** Table words are read whole, 16 entries at a time: the lower bit of each. */
  Lanes = 0x5555_5555,
  /** The upper bit of each of the 16 entries of a table word, as an int32. */
  LanesHigh = -0x5555_5556,
}

/** Addresses and lengths of a heap's parts, all in bytes but `blocks`. */
export interface HeapLayout {
  readonly tableStart: number;
  readonly tableBytes: number;
  readonly finaliserStart: number;
  readonly finaliserBytes: number;
  /** 0 when there is no weakref table. */
  readonly weakrefStart: number;
  readonly weakrefBytes: number;
  readonly poolStart: number;
  readonly poolEnd: number;
  /** How many 16-byte blocks the pool has. */
  readonly blocks: number;
}

/** Splits [start, end) into tables and pool; `weakrefs` adds the table that a build with weak references has. */
export function layoutOf(start: number, end: number, weakrefs: boolean): HeapLayout {
  const top = end & ~(Unit.BlockBytes - 1);
  // In bits per table byte: 8 of its own, 4 finaliser bits, 4 weakref bits, 4 blocks.
  const flagBits = (8 * Unit.PerTableByte) / Unit.PerFlagByte;
  const bits = 8 + flagBits * (weakrefs ? 2 : 1) + 8 * Unit.PerTableByte * Unit.BlockBytes;
  const tableBytes = Math.floor(((top - start - Unit.GapBytes) * 8) / bits);
  if (tableBytes <= 0) {
    throw new HeapError('region', 'room for at least four blocks', `${end - start} bytes`);
  }
  const blocks = tableBytes * Unit.PerTableByte;
  const flagBytes = Math.ceil(blocks / Unit.PerFlagByte);
  const finaliserStart = start + tableBytes + Unit.GapBytes;
  const weakrefStart = weakrefs ? finaliserStart + flagBytes : 0;
  const tablesEnd = finaliserStart + flagBytes * (weakrefs ? 2 : 1);
  const poolStart = top - blocks * Unit.BlockBytes;
  if (poolStart < tablesEnd) {
    // Rounding the flag tables up can cost the last byte of a region of a few blocks.
    throw new HeapError('region', `${tablesEnd - poolStart} more bytes`, `${end - start} bytes`);
  }
  return {
    tableStart: start,
    tableBytes,
    finaliserStart,
    finaliserBytes: flagBytes,
    weakrefStart,
    weakrefBytes: weakrefs ? flagBytes : 0,
    poolStart,
    poolEnd: top,
    blocks,
  };
}

/** A double, where other numbers are integers of 32 bits: the sources that are compiled to WebAssembly tell them apart by this name. */
export type Double = number;
