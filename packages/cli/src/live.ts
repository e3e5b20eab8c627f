/**
 * Keeps a board with a REPL alive for somebody who talks to it: runs it, lets it sleep on the host's clock or jump over time, and
 * answers input at once. Nothing polls: the host wakes for bytes and for the board's next event.
 */
import type { RunResult } from '@tsmp/vm';
import type { Board } from './board.js';

/** How a board is kept alive. */
export interface LiveOptions {
  /** `real`: the board's clock follows the host's. `virtual`: a sleep jumps to its end. */
  readonly clock: 'virtual' | 'real';
  /** Bytecodes a slice; default: slices of some milliseconds. */
  readonly slice?: number | undefined;
  /** Resolves when there is room for more output; undefined: there is. */
  readonly drained?: (() => Promise<void> | undefined) | undefined;
  /** Told when the board has so much unread input that no more should be read for it, and when it has not any more. */
  readonly onPressure?: ((high: boolean) => void) | undefined;
}

/** Bytes of bytecode a slice. */
const SLICE_BYTES = 250_000;
/** How far the board's clock may be ahead of the host's before it waits, ms. */
const AHEAD_MS = 2;
/** Unread input from which on no more is taken, and down to which it must be read. */
const HIGH = 1 << 20;
const LOW = 1 << 16;

/** A board and the loop that runs it. */
export class LiveBoard {
  private wake: (() => void) | undefined;
  private waiting = false;
  private high = false;
  private stopped = false;
  private readonly hostStart = process.hrtime.bigint();
  private readonly boardStart: number;

  constructor(
    readonly board: Board,
    private readonly options: LiveOptions,
  ) {
    this.boardStart = this.boardNs();
  }

  private boardNs(): number {
    const { vm } = this.board;
    return vm.clock.now(vm.budget);
  }
  /** The host's time on the board's clock. */
  private hostNs(): number {
    return this.boardStart + Number(process.hrtime.bigint() - this.hostStart);
  }

  /** Bytes for the console. */
  input(bytes: Uint8Array): void {
    // what sleeps has slept until now
    if (this.waiting && this.options.clock === 'real') this.board.skipTo(this.hostNs());
    this.board.input(bytes);
    this.wakeUp();
  }
  /** No more input will come. */
  endInput(): void {
    this.board.endInput();
    this.wakeUp();
  }
  /** Makes `run` return. */
  stop(): void {
    this.stopped = true;
    this.wakeUp();
  }

  /** Runs until the REPL ends (`done`), something breaks, or `stop` is called (undefined). */
  async run(): Promise<Exclude<RunResult, { reason: 'budget' | 'waiting' | 'raised' }> | undefined> {
    const { board, options } = this;
    const limit = options.slice === undefined ? { bytes: SLICE_BYTES } : { bytecodes: options.slice };
    while (!this.stopped) {
      const r = board.run(limit);
      this.checkPressure();
      await options.drained?.();
      if (r.reason === 'budget') await this.pace();
      else if (r.reason === 'waiting') await this.sleep(Math.min(r.until, board.vm.clock.nextDue()));
      else if (r.reason !== 'raised') return r;
    }
    return undefined;
  }

  private checkPressure(): void {
    const n = this.board.vm.input.length;
    if (this.high ? n > LOW : n < HIGH) return;
    this.high = !this.high;
    this.options.onPressure?.(this.high);
  }

  /** Between two slices of a program: lets the host's events in, and waits if the board is ahead of the clock. */
  private async pace(): Promise<void> {
    const ahead = this.options.clock === 'real' ? (this.boardNs() - this.hostNs()) / 1e6 : 0;
    if (ahead > AHEAD_MS) await this.pause(ahead);
    else await new Promise((done) => setImmediate(done));
  }

  private async sleep(next: number): Promise<void> {
    const { board } = this;
    if (this.options.clock === 'virtual' && next !== Number.POSITIVE_INFINITY) {
      board.skipTo(next);
      return;
    }
    const ms = (next - this.hostNs()) / 1e6;
    this.waiting = true;
    if (ms > 0) await this.pause(ms);
    this.waiting = false;
    if (this.options.clock === 'real') board.skipTo(Math.min(next, this.hostNs()));
  }

  /** Until `ms` are over or something comes. */
  private pause(ms: number): Promise<void> {
    return new Promise((done) => {
      const timer = ms < 0x7fffffff ? setTimeout(() => this.wakeUp(), Math.ceil(ms)) : undefined;
      this.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
  private wakeUp(): void {
    this.wake?.();
    this.wake = undefined;
  }
}
