/**
 * Drives a board in a Node process: slices that leave room for signals, sleeps in real or virtual time, console input, Ctrl-C.
 */
import type { Readable } from 'node:stream';
import type { RunLimit, RunResult } from '@tsmp/vm';
import type { Board } from './board.js';

/** Input, which may keep the process alive. */
export type ConsoleStream = Readable & { ref?: () => void; unref?: () => void };

export interface DriveOptions {
  /** `virtual`: a sleep jumps to its end. `real`: the board's clock follows the host's. */
  readonly clock: 'virtual' | 'real';
  /** Bytecodes a slice; default: time slices of a few milliseconds. */
  readonly slice?: number | undefined;
  /** Opens the console's input, when the board first waits for it: `process.stdin` takes milliseconds to load. */
  readonly stdin?: (() => ConsoleStream) | undefined;
}

/** Bytes of bytecode a slice, when slices are not counted. */
const SLICE_BYTES = 4_000_000;

/** Lets the host's event loop turn once. */
function turn(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

/** Runs what has been started on `board` to its end. */
export async function drive(board: Board, options: DriveOptions): Promise<Exclude<RunResult, { reason: 'budget' }>> {
  const limit: RunLimit = options.slice === undefined ? { bytes: SLICE_BYTES } : { bytecodes: options.slice };
  const interrupt = (): void => board.interrupt();
  const input = new ConsoleInput(board, options.stdin);
  process.on('SIGINT', interrupt);
  const started = process.hrtime.bigint();
  const base = board.vm.clock.now(board.vm.budget);
  const hostNs = (): number => base + Number(process.hrtime.bigint() - started);
  let turns = 0;
  try {
    for (;;) {
      const r = board.run(limit);
      if (r.reason === 'budget') {
        if (options.slice === undefined || ++turns % 4096 === 0) await turn();
        if (options.clock === 'real') await input.sleepUntil(board.vm.clock.now(board.vm.budget), hostNs);
        continue;
      }
      if (r.reason !== 'waiting') return r;
      const next = Math.min(r.until, board.vm.clock.nextDue());
      // it may wait for input, whatever else goes on on the board (a radio is never quiet)
      const forAnything = r.until === Number.POSITIVE_INFINITY && !input.ended;
      if (forAnything) input.listen();
      if (options.clock === 'real') {
        await input.sleepUntil(next, hostNs);
        board.skipTo(Math.min(next, hostNs()));
      } else if (next === Number.POSITIVE_INFINITY) {
        if (input.ended) return r;
        await input.more();
      } else {
        board.skipTo(next);
        if (forAnything || ++turns % 64 === 0) await turn();
      }
    }
  } finally {
    process.off('SIGINT', interrupt);
    input.close();
  }
}

/** Standard input, read only when the board waits for it. */
class ConsoleInput {
  ended = false;
  private wake: (() => void) | undefined;
  private stream: ConsoleStream | undefined;

  constructor(
    private readonly board: Board,
    private readonly open: (() => ConsoleStream) | undefined,
  ) {
    if (open === undefined) this.end();
  }

  private readonly onData = (chunk: Uint8Array): void => {
    this.board.input(chunk);
    this.wakeUp();
  };
  private readonly onEnd = (): void => this.end();

  private end(): void {
    this.ended = true;
    if (!this.board.vm.input.closed) this.board.endInput();
    this.wakeUp();
  }
  private wakeUp(): void {
    this.wake?.();
    this.wake = undefined;
  }
  /** Begins to read. */
  listen(): void {
    if (this.stream !== undefined || this.open === undefined) return;
    this.stream = this.open();
    this.stream.ref?.();
    this.stream.on('data', this.onData);
    this.stream.on('end', this.onEnd);
  }

  /** Resolves when there is more input, its end, or an interrupt. */
  more(): Promise<void> {
    this.listen();
    return this.pause(50);
  }
  /** As {@link more}, or when some milliseconds have passed; does not begin to read. */
  private pause(ms: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(() => this.wakeUp(), ms);
      this.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  /** Sleeps until the host's clock reaches `ns`, at most 50 ms at a time so that Ctrl-C is seen. */
  async sleepUntil(ns: number, hostNs: () => number): Promise<void> {
    const ms = (ns - hostNs()) / 1e6;
    if (ms < 1) return;
    if (ns === Number.POSITIVE_INFINITY) {
      await this.more();
      return;
    }
    await this.pause(Math.min(ms, 50));
  }

  close(): void {
    this.stream?.off('data', this.onData);
    this.stream?.off('end', this.onEnd);
    this.stream?.pause();
    this.stream?.unref?.();
  }
}
