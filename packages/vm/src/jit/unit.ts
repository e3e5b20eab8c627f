/** A translated function. */
import type { Addr } from '../words.js';

/** A translated function; see `translate.ts`. */
export type Translated = (entry: number) => number;

/** A translation with what callers need to know. */
export interface Unit {
  /** Address of the bytecode; −1 when it is there no more. */
  code: Addr;
  readonly fn: Translated;
  /** Address of the first instruction. */
  readonly start: Addr;
  /** By distance from there: the case to enter at, or −1. */
  readonly entries: Int16Array;
  /** By case: the depth of the stack that it expects. */
  readonly depths: Int16Array;
  /** Arguments that need no binding to locals; −1: they may. */
  readonly nArgs: number;
  readonly nState: number;
  /** Bytes of its record and code state on the Python stack; too many if the code state belongs in the heap. */
  readonly frameBytes: number;
}

/** Stands for functions that are not translated. */
export const NO_UNIT: Unit = {
  code: -1,
  fn: () => 0,
  start: 0,
  entries: new Int16Array(0),
  depths: new Int16Array(0),
  nArgs: -1,
  nState: 0,
  frameBytes: 0,
};
