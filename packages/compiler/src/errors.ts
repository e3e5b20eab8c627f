/**
 * What a program that does not compile throws. Counterpart: the exceptions and traceback entries that py/parse.c,
 * py/compile.c and py/lexer.c make.
 */

/** The Python exception types that compiling can raise. */
export type CompileErrorType =
  | 'SyntaxError'
  | 'IndentationError'
  | 'NotImplementedError'
  | 'MemoryError'
  | 'RuntimeError';

/** A Python exception raised by compiling. `message` is its text. */
export class CompileError extends Error {
  override readonly name = 'CompileError';
  /** The Python type. */
  readonly type: CompileErrorType;
  /** The name of the source. */
  readonly fileName: string;
  /** The line for the traceback, from 1; 0 if MicroPython does not know it; -1 if it adds no traceback entry at all. */
  readonly line: number;
  /** The column in bytes, from 1, where the parser or the lexer was; 0 if unknown. MicroPython does not show it. */
  readonly column: number;
  /** The name of the block for the traceback, such as `<module>`; null for errors found while parsing. */
  readonly block: string | null;

  constructor(
    type: CompileErrorType,
    message: string,
    fileName: string,
    line: number,
    column: number,
    block: string | null,
  ) {
    super(message);
    this.type = type;
    this.fileName = fileName;
    this.line = line;
    this.column = column;
    this.block = block;
  }

  /** The exception as MicroPython prints it when nobody catches it. */
  format(): string {
    const last = this.message === '' ? this.type : `${this.type}: ${this.message}`;
    if (this.line < 0) return last;
    const block = this.block === null ? '' : `, in ${this.block}`;
    return `Traceback (most recent call last):\n  File "${this.fileName}", line ${this.line}${block}\n${last}`;
  }
}
