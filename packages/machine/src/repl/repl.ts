/**
 * The REPL of a board: start-up files, prompts, raw REPL, raw paste, soft reset. Counterpart: shared/runtime/pyexec.c, and the
 * main loop of ports/rp2/main.c.
 *
 * It is a state machine that takes bytes of console input and never blocks. Waiting for a key is a run of the interpreter as any
 * other (a ROM function whose native waits), so callbacks and timers go on at the prompt; a finished line, or a program sent in
 * raw mode, is the next run. What has been typed but not run is in this object, everything else in the board's memory.
 */
import {
  Abort,
  exceptionMatch,
  exitStatus,
  isKeyboardInterrupt,
  isStr,
  newStr,
  NONE,
  type Obj,
  printException,
  type Profile,
  PyRaise,
  raiseType,
  ROOTS,
  run,
  type RunLimit,
  type RunResult,
  softReset,
  startCall,
  startFrozen,
  startRun,
  startSource,
  strText,
  tailCall1,
  takePending,
  TYPES,
  type Vm,
  VmUsageError,
} from '@tsmp/vm';
import { complete } from './complete.js';
import { filePy, promptPy, repls } from './functions.js';
import { ascii, CTRL, LINE, LineEditor, type LineEditorState, MORE } from './line-editor.js';
import { utf8 } from '../utf8.js';

/** Half of the input buffer that raw paste announces: what a client may send before it is told to go on. */
const PASTE_WINDOW = 128;
const NO_CHAR = -1;
/** Bytes of a statement that can be edited. */
const LONGEST_LINE = 0x10000;
/** Bytes that are taken at once; callbacks and the end of a slice come between. */
const BYTES_AT_ONCE = 256;

/** What a REPL is made of besides its VM. */
export interface ReplOptions {
  /** Whether lines typed so far are a whole statement: `isComplete` of @tsmp/lexer. */
  readonly isComplete: (source: string) => boolean;
  /**
   * What Ctrl-D at an empty prompt and SystemExit do: `reset` the board, as boards do, or `end` the REPL, as the unix port does.
   * Default: what suits the profile.
   */
  readonly onExit?: 'reset' | 'end' | undefined;
  /** Whether boot.py and main.py are run at the start; default: where exits reset. */
  readonly startupFiles?: boolean | undefined;
  /** Called when the interpreter has been made anew by a soft reset, before boot.py: mounts the filesystem. */
  readonly onReset?: (() => void) | undefined;
  /** Given to `boot` at each soft reset. */
  readonly argv?: readonly string[] | undefined;
  readonly path?: readonly string[] | undefined;
  /** Optimisation level of compilations after each reset. */
  readonly optLevel?: number | undefined;
}

/** The first line at the prompt: which MicroPython this is, and on what. */
export function versionLine(profile: Profile): string {
  return `MicroPython v1.29.0-preview; ${profile.machine}`;
}

/** What the current run is for. */
type Activity =
  | 'off'
  /** Looking for a start-up file, running it. */
  | 'find'
  | 'file'
  /** Waiting for keys. */
  | 'read'
  /** Running what was typed. */
  | 'command'
  | 'ended';

/** How bytes are taken. */
type Input = 'line' | 'more' | 'paste' | 'raw' | 'raw-paste';

/** A REPL as plain data. */
export interface ReplState {
  readonly activity: string;
  readonly input: string;
  readonly raw: boolean;
  readonly file: string;
  readonly window: number;
  readonly tooLong: boolean;
  readonly status: number;
  readonly resets: number;
  readonly editor: LineEditorState;
}

/** What a line or a program that is complete asks for. */
type Request =
  | { readonly kind: 'run'; readonly source: Uint8Array; readonly single: boolean }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'exit'; readonly ended: boolean };

/** The prompt of one board. */
export class Repl {
  private activity: Activity = 'off';
  private input: Input = 'line';
  /** Whether the raw REPL has been entered; lasts over a soft reset. */
  private raw = false;
  /** The start-up file that is looked for or run. */
  private file = '';
  private window = 0;
  /** More was sent than the board could hold. */
  private tooLong = false;
  private request: Request | undefined;
  private readonly editor: LineEditor;
  private readonly exits: 'reset' | 'end';
  private readonly unix: boolean;
  /** Status that the REPL ended with. */
  status = 0;
  /** Soft resets so far. */
  resets = 0;

  constructor(
    readonly vm: Vm,
    private readonly options: ReplOptions,
  ) {
    if (repls.has(vm)) throw new VmUsageError('second-repl', 'this VM has a REPL already');
    repls.set(vm, this);
    const unix = vm.profile.platform === 'linux';
    this.unix = unix;
    this.exits = options.onExit ?? (unix ? 'end' : 'reset');
    this.editor = new LineEditor(
      {
        send: (bytes) => vm.stdout.writeRaw(bytes),
        complete: (text) => complete(vm, text, vm.stdout),
      },
      { history: unix ? 50 : 8, words: unix, longest: Math.min(LONGEST_LINE, vm.heap.totalBytes) },
    );
    vm.terminal = true;
    vm.stdout.cooked = true;
    vm.stderr.cooked = true;
  }

  /** Starts as after power-on: start-up files, then the prompt. */
  start(): void {
    if (this.activity !== 'off') throw new VmUsageError('repl-started', 'the REPL has been started');
    this.startUp();
    this.vm.flush();
  }

  /** The chip has been reset, RAM is as after a boot: starts as after power-on, at a friendly prompt. */
  restart(): void {
    this.raw = false;
    this.request = undefined;
    this.input = 'line';
    this.startUp();
    this.vm.flush();
  }

  /**
   * Executes a slice. `done`: the REPL has ended, with `status`. `waiting` until Infinity: it waits for input. Programs that end or
   * raise end a slice too, which is then `budget`.
   */
  run(limit: RunLimit = {}): RunResult {
    if (this.activity === 'off') throw new VmUsageError('repl-not-started', 'start the REPL first');
    if (this.activity === 'ended') return { reason: 'done', value: NONE };
    const { vm } = this;
    const r = run(vm, limit);
    if (r.reason !== 'done' && r.reason !== 'raised') return r;
    try {
      this.ended(r);
    } catch (e) {
      if (!(e instanceof Abort)) throw e;
      vm.nested = 0;
      return { reason: 'hung', where: '<stdin>' };
    } finally {
      vm.flush();
    }
    return this.hasEnded() ? { reason: 'done', value: NONE } : { reason: 'budget' };
  }
  private hasEnded(): boolean {
    return this.activity === 'ended';
  }

  /** Whether it waits for the first key of a line, in friendly or raw mode. */
  get atPrompt(): boolean {
    return this.activity === 'read' && (this.input === 'line' || this.input === 'raw') && this.editor.line.length === 0;
  }

  // ---- runs that follow one another

  /** A run is over: starts the next. */
  private ended(r: RunResult & { readonly reason: 'done' | 'raised' }): void {
    const { vm } = this;
    switch (this.activity) {
      case 'find':
        if (r.reason === 'raised') this.afterFile(this.report(r));
        else if (r.value === NONE) this.afterFile(true);
        else this.runFile();
        return;
      case 'file':
        return this.afterFile(this.report(r));
      case 'read':
        if (r.reason === 'raised') {
          if (isKeyboardInterrupt(vm, r.exception)) this.put(CTRL.C);
          else {
            this.print(r.exception);
            this.prompt();
          }
        }
        return this.serve();
      case 'command': {
        const raw = this.raw;
        const went = this.report(r);
        if (raw) this.text('\x04');
        if (went === undefined) return this.exit(false);
        this.prompt();
        return this.read();
      }
    }
  }

  /** What comes after reading: the run that was asked for, or more reading. */
  private serve(): void {
    const { vm, request } = this;
    this.request = undefined;
    if (request === undefined) return this.read();
    if (request.kind === 'exit') return this.exit(request.ended);
    this.activity = 'command';
    vm.setRoot(ROOTS.kbdIntrChar, CTRL.C);
    if (request.kind === 'interrupted') startRun(vm, () => raiseType(vm, TYPES.KeyboardInterrupt));
    else if (this.tooLong) startRun(vm, () => vm.raiseMemoryError(request.source.length));
    else startSource(vm, request.source, '<stdin>', request.single ? 'single' : 'file');
    this.tooLong = false;
  }

  private read(): void {
    this.activity = 'read';
    this.vm.setRoot(ROOTS.kbdIntrChar, NO_CHAR);
    startCall(this.vm, this.vm.addrOf(promptPy));
  }

  /**
   * Prints what a program raised. True: it ended normally; false: it raised; undefined: it asks for an exit. In raw mode the end of
   * its normal output is marked.
   */
  private report(r: RunResult & { readonly reason: 'done' | 'raised' }): boolean | undefined {
    const { vm } = this;
    vm.setRoot(ROOTS.kbdIntrChar, NO_CHAR);
    const pending = takePending(vm);
    const exc = r.reason === 'raised' ? r.exception : pending;
    if (this.activity === 'command' && this.raw) this.text('\x04');
    if (exc === 0) return true;
    if (exceptionMatch(vm, exc, TYPES.SystemExit)) {
      if (this.exits === 'end') this.status = exitStatus(vm, exc) ?? 0;
      return undefined;
    }
    this.print(exc);
    return false;
  }
  private print(exc: Obj): void {
    try {
      printException(this.vm, this.vm.stdout, exc);
    } catch (e) {
      // the text of its arguments raised, too
      if (!(e instanceof PyRaise)) throw e;
    }
  }

  // ---- start-up and end

  private startUp(): void {
    this.editor.clearHistory();
    if (this.options.startupFiles ?? this.exits === 'reset') this.find('_boot.py');
    else this.begin();
  }
  private find(file: string): void {
    const { vm } = this;
    this.file = file;
    if (vm.image.data.frozen?.modules[file] !== undefined) {
      this.activity = 'file';
      vm.setRoot(ROOTS.kbdIntrChar, CTRL.C);
      startFrozen(vm, file);
    } else if (file === '_boot.py') this.find('boot.py');
    else {
      this.activity = 'find';
      startRun(vm, () => tailCall1(vm, vm.addrOf(filePy), newStr(vm, file)));
    }
  }
  private runFile(): void {
    const { vm, file } = this;
    this.activity = 'file';
    vm.setRoot(ROOTS.kbdIntrChar, CTRL.C);
    startSource(vm, vm.importing.take(file)?.bytes ?? new Uint8Array(0), file);
  }
  /** `went`: see {@link report}. main.py is for boards that nobody talks to in raw mode, and whose boot.py works. */
  private afterFile(went: boolean | undefined): void {
    if (went === undefined) this.exit(false);
    else if (this.file === '_boot.py') this.find('boot.py');
    else if (this.file === 'boot.py' && went && !this.raw) this.find('main.py');
    else this.begin();
  }
  /** The first prompt. */
  private begin(): void {
    this.banner();
    this.prompt();
    this.read();
  }

  private exit(ended: boolean): void {
    if (ended || this.exits === 'end') {
      this.activity = 'ended';
      return;
    }
    const { vm, options } = this;
    vm.stdout.write('MPY: soft reboot\n');
    vm.flush();
    this.resets++;
    softReset(vm, options.argv, options.path);
    vm.setOptLevel(options.optLevel ?? 0);
    options.onReset?.();
    this.startUp();
  }

  // ---- prompts

  private text(text: string): void {
    this.vm.stdout.writeRaw(ascii(text));
  }
  private banner(): void {
    if (this.raw) this.text('raw REPL; CTRL-B to exit\r\n');
    else {
      this.text(`${versionLine(this.vm.profile)}\r\nType "help()" for more information.\r\n`);
    }
  }
  /** Starts an empty line. */
  private prompt(): void {
    this.editor.line = [];
    this.tooLong = false;
    if (this.raw) {
      this.input = 'raw';
      this.text('>');
    } else {
      // with the heap locked for ever there would be no way to find out why
      this.vm.heap.lockDepth = 0;
      this.input = 'line';
      this.editor.begin(this.promptText(ROOTS.ps1));
    }
  }
  private promptText(root: number): string {
    const ps = this.vm.root(root);
    return isStr(this.vm, ps) ? String.fromCharCode(...utf8(strText(this.vm, ps))) : '';
  }

  // ---- bytes

  /** Takes bytes; false when there are none left and nothing is to be run. */
  takeBytes(): boolean {
    const { input } = this.vm;
    for (let n = 0; n < BYTES_AT_ONCE && input.length > 0; n++) {
      this.vm.charge(1);
      const c = input.next();
      // the unix port's terminal sends the one for the other
      this.put(c === 10 && this.unix && !this.raw ? 13 : c);
      if (this.request !== undefined) return true;
    }
    if (input.length > 0) return true;
    if (!input.closed) return false;
    if (this.input === 'more') this.put(CTRL.D);
    else this.request = { kind: 'exit', ended: true };
    return true;
  }

  /**
   * A line for `input()`, with the editor's keys: its text, an exception to raise, or undefined when there is more to come.
   * `anew`: the first call for this line.
   */
  takeLine(anew: boolean): string | 'interrupt' | 'end' | undefined {
    const { editor, vm } = this;
    if (anew) {
      editor.line = [];
      editor.begin('');
    }
    const { input } = vm;
    while (input.length > 0) {
      vm.charge(1);
      const c = input.next();
      const got = editor.put(c === 10 && this.unix ? 13 : c);
      if (got === MORE) continue;
      if (got === CTRL.C) return 'interrupt';
      if (got === CTRL.D) return 'end';
      return `:${String.fromCharCode(...editor.line)}`;
    }
    return input.closed ? 'end' : undefined;
  }

  private put(c: number): void {
    switch (this.input) {
      case 'line':
      case 'more':
        return this.putFriendly(c);
      case 'paste':
        return this.putPaste(c);
      case 'raw':
        return this.putRaw(c);
      case 'raw-paste':
        return this.putRawPaste(c);
    }
  }

  private keep(c: number): void {
    if (this.editor.line.length < this.vm.heap.totalBytes) this.editor.line.push(c);
    else this.tooLong = true;
  }
  private ask(single: boolean): void {
    this.request = { kind: 'run', source: Uint8Array.from(this.editor.line), single };
  }

  private putFriendly(c: number): void {
    const { editor } = this;
    const got = editor.put(c);
    if (got === MORE) return;
    const more = this.input === 'more';
    if (got === CTRL.C || (!more && got !== LINE)) {
      if (got !== CTRL.E) this.text('\r\n');
      if (!more) this.control(got);
      else this.prompt();
      return;
    }
    if (got !== CTRL.D) {
      if (editor.line.length === 0) return this.prompt();
      if (!this.options.isComplete(String.fromCharCode(...editor.line))) {
        editor.line.push(10);
        this.input = 'more';
        editor.begin(this.promptText(ROOTS.ps2));
        return;
      }
    }
    this.ask(true);
  }

  /** A control character at the prompt. */
  private control(c: number): void {
    if (c === CTRL.D) this.request = { kind: 'exit', ended: false };
    else if (c === CTRL.E) {
      this.text('\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ');
      this.editor.line = [];
      this.input = 'paste';
    } else {
      if (c === CTRL.A) this.raw = true;
      if (c !== CTRL.C) this.banner();
      this.prompt();
    }
  }

  private putPaste(c: number): void {
    if (c === CTRL.C) {
      this.text('\r\n');
      this.prompt();
    } else if (c === CTRL.D) {
      this.text('\r\n');
      this.ask(false);
    } else {
      this.keep(c);
      if (c === 13) this.text('\r\n=== ');
      else this.vm.stdout.writeRaw([c]);
    }
  }

  private putRaw(c: number): void {
    const { line } = this.editor;
    if (c === CTRL.A) {
      if (line.length === 2 && line[0] === CTRL.E) this.startRawPaste(line[1] as number);
      else {
        this.banner();
        this.prompt();
      }
    } else if (c === CTRL.B) {
      this.raw = false;
      this.text('\r\n');
      this.banner();
      this.prompt();
    } else if (c === CTRL.C) {
      this.editor.line = [];
      this.tooLong = false;
    } else if (c === CTRL.D) {
      this.text('OK');
      if (line.length === 0) {
        this.text('\r\n');
        this.request = { kind: 'exit', ended: false };
      } else this.ask(false);
    } else this.keep(c);
  }

  private startRawPaste(what: number): void {
    if (what !== 65) {
      this.text('R\0');
      return this.prompt();
    }
    this.text('R\x01');
    this.vm.stdout.writeRaw([PASTE_WINDOW & 0xff, PASTE_WINDOW >> 8, 1]);
    this.editor.line = [];
    this.window = PASTE_WINDOW;
    this.input = 'raw-paste';
  }

  private putRawPaste(c: number): void {
    if (c === CTRL.C || c === CTRL.D) {
      this.text('\x04');
      if (c === CTRL.D) this.ask(false);
      else this.request = { kind: 'interrupted' };
      return;
    }
    this.keep(c);
    if (--this.window === 0) {
      this.text('\x01');
      this.window = PASTE_WINDOW;
    }
  }

  /** The REPL as plain data; the VM has its own snapshot. */
  save(): ReplState {
    return {
      activity: this.activity,
      input: this.input,
      raw: this.raw,
      file: this.file,
      window: this.window,
      tooLong: this.tooLong,
      status: this.status,
      resets: this.resets,
      editor: this.editor.save(),
    };
  }
  /** Goes on from a saved state. */
  load(state: ReplState): void {
    this.activity = state.activity as Activity;
    this.input = state.input as Input;
    this.raw = state.raw;
    this.file = state.file;
    this.window = state.window;
    this.tooLong = state.tooLong;
    this.status = state.status;
    this.resets = state.resets;
    this.request = undefined;
    this.editor.load(state.editor);
  }
}
