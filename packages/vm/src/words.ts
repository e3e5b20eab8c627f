/**
 * Object words: how a Python value is packed into 32 bits (MicroPython's object representation A).
 * Counterpart: py/obj.h.
 *
 *     …xxxx1   small int, 31 bits, value in bits 1..31
 *     …x010    qstr (an interned string), index in bits 3..31
 *     …x110    immediate: None, False, True
 *     …xxx00   byte offset into the board's memory of a 4-byte aligned object; its first word is its type
 *
 * Offsets below 16 are never objects. Four of them are signals between natives and the interpreter.
 */

/** A tagged object word. */
export type Obj = number;
/** A byte offset into the board's memory. */
export type Addr = number;
/** The index of an interned string. */
export type Qstr = number;
export type { Double } from '@tsmp/gc';

export const enum Word {
  /** No object: "unset", "not supported", and the end of an iteration. */
  Null = 0,
  /** Marks deleted map slots, loads in `subscr`, stores and deletes in `attr`. As a result: a generator that has finished. */
  Sentinel = 4,
  /** A native pushed a frame; its result comes when that frame returns. */
  Call = 8,
  /** A native cannot go on before an event or a time; it will be entered again with the same arguments. */
  Wait = 12,
  None = 6,
  False = 14,
  True = 30,
  /** The small int 0. */
  Zero = 1,
  /** The empty string is qstr 1. */
  EmptyStr = 10,
}

export const SMALL_INT_MAX = 0x3fffffff;
export const SMALL_INT_MIN = -0x40000000;

/** Whether the word is a small int. */
export function isSmallInt(o: Obj): boolean {
  return (o & 1) !== 0;
}
/** The word of a small int; `v` must be an integer of at most 31 bits. */
export function newSmallInt(v: number): Obj {
  return (v << 1) | 1;
}
/** Value of a small int. */
export function smallIntValue(o: Obj): number {
  return o >> 1;
}
export function fitsSmallInt(v: number): boolean {
  return v >= SMALL_INT_MIN && v <= SMALL_INT_MAX;
}
export function isQstrObj(o: Obj): boolean {
  return (o & 7) === 2;
}
export function newQstrObj(q: Qstr): Obj {
  return (q << 3) | 2;
}
export function qstrOfObj(o: Obj): Qstr {
  return o >>> 3;
}
export function isImmediate(o: Obj): boolean {
  return (o & 7) === 6;
}
/** Whether the word is a pointer to an object (and no signal). */
export function isPtr(o: Obj): boolean {
  return (o & 3) === 0 && o > 15;
}
/** The word of True or False. */
export function newBool(b: boolean): Obj {
  return b ? Word.True : Word.False;
}
