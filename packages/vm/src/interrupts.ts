/**
 * The interrupt controller of a board: lines that peripherals pull, and when the processor answers. Time in the simulation comes
 * in lumps (a jump's bytecode, a native's work, a collection); when one has passed the due time of something that hardware does,
 * `pollInterrupts` turns the clock back to it, runs it there, and puts what handlers took on top of the interrupted work:
 *
 *     work      ├──────────── lump ───────────┤
 *     hardware        ▲ due
 *     seen      ├─────┼ latency ┼ handler ┼─────── rest of the lump ───────┤
 *
 * So a handler finds the same time since its cause, however coarse the lump is. Handlers do not interrupt each other (all lines
 * have the same priority, as MicroPython leaves them on the RP2040); what comes meanwhile follows in turn.
 *
 * Invariant: outside of `pollInterrupts` the clock is never ahead of hardware events by more than the lump under way.
 */
import type { Vm } from './vm.js';

/** The controller's state as plain data. */
export interface InterruptState {
  readonly masked: boolean;
  readonly woken: boolean;
  readonly pending: number;
  readonly resumeAt: number;
}

/** Handlers run in a row before the interpreter looks whether its slice is over. */
const BURST = 256;

/** The interrupt controller. */
export class Interrupts {
  /** No request is answered: `machine.disable_irq()`. */
  masked = false;
  /** A handler is running. */
  active = false;
  /** A request was answered since this was last cleared: the processor does not sleep on. */
  woken = false;
  /** A bit for each line that asks. */
  private pending = 0;
  /** Where a burst was broken off: the time at which its next handler starts; −1: none was. */
  private resumeAt = -1;
  private readonly lines: ((() => void) | undefined)[] = [];

  constructor(private readonly vm: Vm) {}

  /** Connects a line (0 to 31, the RP2040's interrupt numbers) with what serves it. */
  connect(line: number, service: () => void): void {
    this.lines[line] = service;
  }
  /** A peripheral asks for service. */
  request(line: number): void {
    this.pending |= 1 << line;
    this.vm.attention = true;
  }
  /** The request of a line is void. */
  withdraw(line: number): void {
    this.pending &= ~(1 << line);
  }
  /** Whether a line asks. */
  get asked(): boolean {
    return this.pending !== 0;
  }
  /** Whether a request can be answered now. */
  get ready(): boolean {
    return this.pending !== 0 && !this.masked && !this.active;
  }

  /** Answers the request of the lowest line. */
  private serve(): void {
    const line = 31 - Math.clz32(this.pending & -this.pending);
    this.withdraw(line);
    this.active = true;
    this.woken = true;
    try {
      this.lines[line]?.();
    } finally {
      this.active = false;
    }
  }

  /** See {@link pollInterrupts}. */
  poll(): void {
    const { vm } = this;
    const { clock, budget } = vm;
    /** Where the interrupted work ends. */
    let end = clock.now(budget);
    if (this.active) {
      // inside a handler hardware goes on; its requests wait
      while (clock.hardDue <= end) clock.runHard(budget);
      clock.set(end, budget);
      return;
    }
    /** How far hardware and handlers have got. */
    let at = this.resumeAt >= 0 ? this.resumeAt : this.ready ? end : 0;
    this.resumeAt = -1;
    for (let left = BURST; ; ) {
      if (this.ready) {
        if (left-- === 0) {
          this.resumeAt = at;
          vm.attention = true;
          break;
        }
        // what the handler takes was not reckoned with when the interrupted work got its budget
        vm.attention = true;
        clock.set(at + vm.profile.cost.interruptLatencyNs, budget);
        this.serve();
        const done = clock.now(budget);
        end += done - at;
        at = done;
      } else {
        const due = clock.hardDue;
        if (due > end) break;
        if (due > at) at = due;
        clock.runHard(budget);
      }
    }
    clock.set(end, budget);
  }

  /** As after a reset: nothing asks, requests are answered. */
  reset(): void {
    this.masked = false;
    this.active = false;
    this.woken = false;
    this.pending = 0;
    this.resumeAt = -1;
  }
  /** The controller as plain data; between slices, when no handler runs. */
  save(): InterruptState {
    return { masked: this.masked, woken: this.woken, pending: this.pending, resumeAt: this.resumeAt };
  }
  /** Goes on from a saved state; lines stay as connected. */
  load(state: InterruptState): void {
    this.reset();
    this.masked = state.masked;
    this.woken = state.woken;
    this.pending = state.pending;
    this.resumeAt = state.resumeAt;
  }
}

/**
 * Lets hardware catch up with the clock, and answers the interrupts that it asks for. Called wherever time has passed: at jumps and
 * calls, by natives' charges, after collections, and before a native reads the clock or touches a peripheral.
 */
export function pollInterrupts(vm: Vm): void {
  const { interrupts } = vm;
  if (interrupts.ready || vm.clock.hardDue <= vm.clock.now(vm.budget)) interrupts.poll();
}

/** Lets everything happen that is due, at a safe point; false when handlers still run in a row and the slice should end. */
export function runEvents(vm: Vm): boolean {
  const { clock, interrupts } = vm;
  pollInterrupts(vm);
  if (interrupts.active) return true;
  while (clock.runDue(vm.budget)) {
    vm.host.checkDeadline?.(vm);
    pollInterrupts(vm);
  }
  return !interrupts.ready && clock.hardDue > clock.now(vm.budget);
}
