/**
 * The one error that lexing throws. Everything else that is wrong with a source arrives as a token of an error kind, for
 * the parser to report. Counterpart: the exceptions that py/lexer.c raises itself.
 */

/** Why a {@link LexError} was thrown. */
export type LexErrorCode = 'unicode-name' | 'expansion-limit';

/** Thrown where MicroPython's lexer itself raises an exception rather than giving an error token. */
export class LexError extends Error {
  override readonly name = 'LexError';
  /** What happened: a `\N{…}` escape, or f-strings nested so deeply that their expansion does not fit. */
  readonly code: LexErrorCode;
  /** The Python exception that MicroPython raises; `message` is its text. */
  readonly exception: 'NotImplementedError' | 'MemoryError';
  /** The name of the source. */
  readonly fileName: string;
  /** The line, from 1. */
  readonly line: number;
  /** The column in bytes, from 1. */
  readonly column: number;

  constructor(code: LexErrorCode, message: string, fileName: string, line: number, column: number) {
    super(message);
    this.code = code;
    this.exception = code === 'unicode-name' ? 'NotImplementedError' : 'MemoryError';
    this.fileName = fileName;
    this.line = line;
    this.column = column;
  }
}
