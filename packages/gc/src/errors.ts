/**
 * What this package throws. An allocation that does not fit is no error: it returns 0.
 */

/** Which rule of the interface a caller broke. */
export type HeapErrorCode =
  | 'host-endian'
  | 'memory-size'
  | 'region'
  | 'pointer'
  | 'no-weakref-table'
  | 'handle-log'
  | 'option'
  | 'state';

/** The package was used against its interface. */
export class HeapError extends Error {
  /** Which rule was broken. */
  readonly code: HeapErrorCode;
  /** What the interface asks for. */
  readonly expected: string;
  /** What it was given. */
  readonly got: string;

  /** Builds the message from what was expected and what was got. */
  constructor(code: HeapErrorCode, expected: string, got: string) {
    super(`${code}: expected ${expected}, got ${got}`);
    this.name = 'HeapError';
    this.code = code;
    this.expected = expected;
    this.got = got;
  }
}

/** The heap's own tables contradict each other: something wrote where it should not have. */
export class HeapCorruption extends Error {
  /** Every contradiction that was found, in address order within each kind. */
  readonly problems: readonly string[];

  /** Lists the problems in the message. */
  constructor(problems: readonly string[]) {
    super(`heap is corrupt: ${problems.join('; ')}`);
    this.name = 'HeapCorruption';
    this.problems = problems;
  }
}
