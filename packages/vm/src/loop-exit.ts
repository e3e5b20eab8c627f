/** Why the interpreter loop returned. */
export const enum LoopExit {
  /** The run ended with a value (`ThreadState.Result`). */
  Value = 1,
  /** The run ended with an exception (`ThreadState.Result`). */
  Raised = 2,
  /** The slice's budget is spent. */
  Budget = 3,
  /** A native waits: see the Waiting record on top. */
  Waiting = 4,
}
