/** A translated function. */
import type { Addr } from '../words.js';

/** A translated function; see `translate.ts`. */
export type Translated = (entry: number) => number;

/**
 * Runs a translation. All callers come through here: V8 ties a place of call that it has seen calling one function to that
 * function, and throws the caller's code away when another one comes, the interpreter's loop too. {@link prepareInvoke} lets it see several.
 */
export function invoke(fn: Translated, entry: number): number {
  return fn(entry);
}
/** Enough calls for V8 to note what {@link invoke} calls. */
export function prepareInvoke(): void {
  const several: readonly Translated[] = [(n) => n, (n) => n + 1, (n) => n + 2];
  for (let i = 0; i < 300; i++) invoke(several[i % 3] as Translated, i);
}

/** A translation with what callers need to know. A class: V8 knows objects of one shape best. */
export class Unit {
  constructor(
    /** Address of the bytecode; −1 when it is there no more. */
    public code: Addr,
    readonly fn: Translated,
    /** Address of the first instruction. */
    readonly start: Addr,
    /** By distance from there: the case to enter at, or −1. */
    readonly entries: Int16Array,
    /** By case: the depth of the stack that it expects. */
    readonly depths: Int16Array,
    /** Arguments that need no binding to locals; −1: they may. */
    readonly nArgs: number,
    readonly nState: number,
    /** Bytes of its record and code state on the Python stack; too many if the code state belongs in the heap. */
    readonly frameBytes: number,
  ) {}
}

/** Stands for functions that are not translated. */
export const NO_UNIT: Unit = /* @__PURE__ */ new Unit(-1, (n) => n, 0, new Int16Array(0), new Int16Array(0), -1, 0, 0);
