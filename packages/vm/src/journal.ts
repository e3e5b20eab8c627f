/**
 * The input journal: everything that reaches a running board from outside, in order, stamped with virtual time. An entry takes
 * effect as a clock event one nanosecond after it arrived, so a run that is given the same journal from the start takes
 * each entry at the same bytecode.
 */
import { Root, TsOff } from './layout.js';
import { newException } from './obj/exception.js';
import { Ty } from './types.js';
import type { Vm } from './vm.js';

/** Something that reached a board from outside, and when (ns). */
export type JournalEntry =
  /** Bytes for the console. */
  | { readonly ns: number; readonly kind: 'input'; readonly bytes: readonly number[] }
  /** The console's end. */
  | { readonly ns: number; readonly kind: 'eof' }
  /** Ctrl-C. */
  | { readonly ns: number; readonly kind: 'interrupt' }
  /** Something for a part of the board: its name, and plain data that it understands. */
  | { readonly ns: number; readonly kind: 'stimulus'; readonly target: string; readonly data: unknown };

/** What an entry says, without its time. */
export type JournalInput =
  | { readonly kind: 'input'; readonly bytes: readonly number[] }
  | { readonly kind: 'eof' }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'stimulus'; readonly target: string; readonly data: unknown };

/** The journal of a board. */
export class Journal {
  private list: JournalEntry[] = [];
  /** Takes stimuli; set by the package that has the board's parts. */
  onStimulus: ((target: string, data: unknown) => void) | undefined;

  constructor(private readonly vm: Vm) {
    vm.clock.on('journal', (index) => this.take(index));
    // what a device does is hardware's
    vm.clock.on('stimulus', (index) => this.take(index), 'at-once');
  }

  /** All entries so far. */
  get entries(): readonly JournalEntry[] {
    return this.list;
  }

  /** Something arrives: now, or at a later time (ns). Between slices only. */
  add(what: JournalInput, at = 0): void {
    const { clock, budget, unsynced } = this.vm;
    const now = clock.now(budget) + Math.max(0, unsynced) * clock.nsPerByte;
    this.schedule({ ...what, ns: Math.max(at, now + 1) } as JournalEntry);
  }

  /** Gives a fresh board the journal of another run. */
  replay(entries: readonly JournalEntry[]): void {
    for (const e of entries) this.schedule(e);
  }

  private schedule(entry: JournalEntry): void {
    this.list.push(entry);
    this.vm.clock.schedule(entry.ns, entry.kind === 'stimulus' ? 'stimulus' : 'journal', this.list.length - 1);
    this.vm.attention = true;
  }

  private take(index: number): void {
    const e = this.list[index];
    if (e === undefined) return;
    if (e.kind === 'input') this.receive(Uint8Array.from(e.bytes));
    else if (e.kind === 'eof') this.vm.input.closed = true;
    else if (e.kind === 'stimulus') this.onStimulus?.(e.target, e.data);
    else this.interrupt();
  }

  /** Console input. On a terminal one byte is the interrupt character: what was typed before it and not read yet is dropped. */
  private receive(bytes: Uint8Array): void {
    const { vm } = this;
    const char = vm.terminal ? vm.root(Root.KbdIntrChar) : -1;
    const at = char < 0 ? -1 : bytes.lastIndexOf(char);
    if (at >= 0) {
      vm.input.clear();
      this.interrupt();
    }
    vm.input.push(bytes.subarray(at + 1));
  }
  private interrupt(): void {
    this.vm.i32[(this.vm.ts + TsOff.Pending) >> 2] = newException(this.vm, Ty.KeyboardInterrupt);
    this.vm.attention = true;
  }

  /** The journal as plain data. */
  save(): JournalEntry[] {
    return this.list.map((e) => (e.kind === 'input' ? { ...e, bytes: [...e.bytes] } : { ...e }));
  }
  /** Goes on from a saved journal. */
  load(entries: readonly JournalEntry[]): void {
    this.list = entries.map((e) => ({ ...e }));
  }
}
