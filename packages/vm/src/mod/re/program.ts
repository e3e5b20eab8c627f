/**
 * What a compiled regular expression is: bytes for the matcher in `match.ts`, in the layout of re1.5. Counterpart:
 * lib/re1.5/re1.5.h.
 *
 *     +0 type   +4 bytes of code   +8 instructions   +12 groups   +16 code
 *
 * The code begins with a loop that skips characters, for search(); match() starts behind it. Jumps are relative to the end of
 * their instruction and, as class sizes and capture slots, have to fit a signed byte: that bounds what can be compiled.
 */
import type { Vm } from '../../vm.js';

export const enum PatternOff {
  CodeBytes = 4,
  Instructions = 8,
  Groups = 12,
  Code = 16,
}

/** Instructions of the matcher, with what follows them in the code. */
export const enum ReOp {
  /** A given byte: the byte. */
  Char = 1,
  Any = 2,
  /** One of: number of pairs; pairs of first and last byte, or of 0 and the letter of a named class. */
  Class = 3,
  ClassNot = 4,
  /** `\d`, `\s`, `\w` or, as a capital, what they leave out: the letter. */
  NamedClass = 5,
  /** Instructions below this one consume a byte. */
  FirstAssert = 0x50,
  LineStart = 0x50,
  LineEnd = 0x51,
  Jump = 0x60,
  /** Tries what follows, then the target. */
  Split = 0x61,
  /** Tries the target, then what follows. */
  SplitBack = 0x62,
  /** Notes the position in a capture slot. */
  Save = 0x7e,
  Match = 0x7f,
}

/** Bytes of the loop at the start that makes a search of a match. */
export const SEARCH_PREFIX = 5;

/** Whether `c` after a backslash is the letter of a named class. */
export function isClassLetter(c: number): boolean {
  switch (c | 0x20) {
    case 0x64: // d
    case 0x73: // s
    case 0x77: // w
      return true;
    default:
      return false;
  }
}

/** Whether the C compiler of the board's port has signed characters, which orders the bytes from 0x80 before ASCII. */
export function hasSignedChars(vm: Vm): boolean {
  // i386 is the only port with 64-bit numbers on addresses of four; ARM and RISC-V have unsigned characters
  return vm.profile.align64 === 4;
}
