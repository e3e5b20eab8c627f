/**
 * The typed errors of this package. A Python-visible message belongs to a format error only: it is what a board's
 * `import` would say (counterpart: the ValueErrors of py/persistentcode.c).
 */

/** Why a `.mpy` file cannot be read or written. */
export type MpyFormatCode =
  | 'not-mpy'
  | 'incompatible-version'
  | 'incompatible-sub-version'
  | 'incompatible-small-int'
  | 'incompatible-arch'
  | 'incompatible-arch-flags'
  | 'native-unsupported'
  | 'native-code'
  | 'truncated'
  | 'too-large'
  | 'too-deep'
  | 'bad-qstr'
  | 'bad-object'
  | 'bad-number'
  | 'bad-string'
  | 'bad-prelude'
  | 'bad-instruction'
  | 'bad-module';

/** A `.mpy` file, or a module to be written as one, that is not well-formed or not for this target. */
export class MpyFormatError extends Error {
  override readonly name = 'MpyFormatError';

  constructor(
    readonly code: MpyFormatCode,
    /** What was expected and what was found, for a person. */
    detail: string,
    /** Where in the bytes, or −1. */
    readonly offset: number = -1,
  ) {
    super(offset < 0 ? `${detail} (${code})` : `${detail} (${code}, at byte ${offset})`);
  }

  /** The message of the ValueError that MicroPython raises for such a file. */
  get pythonMessage(): string {
    if (this.code === 'incompatible-arch') return 'incompatible .mpy arch';
    if (this.code === 'native-unsupported') return 'native code in .mpy unsupported';
    return 'incompatible .mpy file';
  }
}

/** Code that breaks a rule which the interpreter relies on. */
export class MpyVerifyError extends Error {
  override readonly name = 'MpyVerifyError';

  constructor(
    /** The rule, as a short stable word. */
    readonly code: string,
    /** Names from the module's body to the function, joined by dots. */
    readonly functionName: string,
    /** Byte offset in the function's code, or −1 where the rule is about the whole function. */
    readonly offset: number,
    /** What was expected and what was found. */
    readonly reason: string,
  ) {
    super(`${functionName}${offset < 0 ? '' : `+${offset}`}: ${reason} (${code})`);
  }
}
