/**
 * The runtime entry: a board is a profile plus the composed packages. Runs in Node and in a browser page alike; what belongs to
 * the host (files, time, a terminal) comes in through options.
 */
import {
  Abort,
  boot,
  buildRom,
  type Diagnostic,
  interrupt,
  linkByOrder,
  type JournalEntry,
  type Obj,
  printException,
  printMemInfo,
  type Profile,
  PROFILES,
  PyRaise,
  romDefinitions,
  type RomDefinitions,
  type RomExtension,
  type RomImage,
  run,
  type RunLimit,
  type RunResult,
  startAtExit,
  startCompileOnly,
  startModule,
  startMpy,
  startSource,
  type HostFiles,
  accelerate,
  enableJit,
  sharedBuffer,
  Vm,
  VmUsageError,
  type VmState,
  exitStatus,
  isKeyboardInterrupt,
  loadMethodMaybe,
  loadVm,
  saveVm,
} from '@tsmp/vm';
import { isComplete } from '@tsmp/lexer';
import {
  type Firmware,
  type HostFolder,
  Machine,
  machineExtension,
  type MachineResetKind,
  type MachineState,
  Repl,
  type ReplOptions,
  type ReplState,
} from '@tsmp/machine';
import {
  asyncioExtension,
  attachNetwork,
  BoardNet,
  type BoardNetState,
  hasRadio,
  networkExtension,
  type RouterOptions,
  Surroundings,
  type SurroundingsOptions,
  type SurroundingsState,
  vmClocks,
} from '@tsmp/network';
import { boardCompile, verboseCompile } from './compile.js';
import { prebuiltRom } from './prebuilt-rom.js';

function usesWasm({ engine, jit }: BoardOptions): boolean {
  return engine === undefined ? jit === undefined : engine === 'wasm';
}

/** What a board is made from. */
export interface BoardOptions {
  /** Profile or its name; default `pico-w`. */
  readonly board?: string | Profile | undefined;
  /** What is in its flash, instead of the plain ROM image: as `decodeFirmware` reads it. Says which board it is, too. */
  readonly firmware?: Firmware | undefined;
  /** Bytes of RAM in all, instead of the profile's. */
  readonly ram?: number | undefined;
  /** Bytes of the heap (its table included), instead of what the RAM leaves. */
  readonly heap?: number | undefined;
  /** Collect at every allocation. */
  readonly stressGc?: boolean | undefined;
  /**
   * What runs the bytecode, which changes nothing but speed: WebAssembly (the default, unless `jit` is given; where the host has none of it or
   * no room for another board's memory: JavaScript) or JavaScript.
   */
  readonly engine?: 'wasm' | 'js' | undefined;
  /**
   * With JavaScript: whether functions that are run often are translated to JavaScript, which changes nothing but speed; default: true. 'at once':
   * before they are run a second time, for tests.
   */
  readonly jit?: boolean | 'at once' | undefined;
  /** Output of the board. */
  readonly stdout?: ((bytes: Uint8Array) => void) | undefined;
  /** Its error output; default: where `stdout` goes. */
  readonly stderr?: ((bytes: Uint8Array) => void) | undefined;
  /** Told of what interrupt handlers do that they should not. */
  readonly diagnostic?: ((diagnostic: Diagnostic) => void) | undefined;
  /** The folder that is the board's filesystem, mounted on `/`. */
  readonly folder?: HostFolder | undefined;
  /**
   * What is in the flash that a board without a `folder` has as its filesystem: its bytes (`board.machine.flash.image()`); default:
   * an empty filesystem. False: it has no filesystem.
   */
  readonly flash?: Uint8Array | false | undefined;
  /** Files that programs import when there is no `folder`. */
  readonly files?: HostFiles | undefined;
  /** Record the edges of the pins: `board.machine.trace`. */
  readonly trace?: boolean | undefined;
  /** What `os.getenv()` finds on `unix32` and its like; default: nothing. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** `sys.argv`. */
  readonly argv?: readonly string[] | undefined;
  /** Further folders on `sys.path`. */
  readonly path?: readonly string[] | undefined;
  readonly optLevel?: number | undefined;
  /** Print what is compiled, as the unix port's `-v` does: from 2 on the bytecode, from 3 on the parse trees. */
  readonly verbose?: number | undefined;
  /** Seconds since 1970 at power-on; default 2025-01-01, so that runs repeat. */
  readonly wallStart?: number | undefined;
  /** What the board's radio finds; default: {@link DEFAULT_ROUTER}. A world's boards find the world's. */
  readonly network?: SurroundingsOptions | undefined;
  /** Eight bytes that tell the board from others; the last three are those of its MAC address. */
  readonly uniqueId?: Uint8Array | undefined;
  /** More types and modules in the board's ROM. */
  readonly extensions?: readonly RomExtension[] | undefined;
  /** Milliseconds of host time that one native may work on when its slice should have ended; then it is aborted. Default 700. */
  readonly hangAfterMs?: number | undefined;
  /** Host clock for `hangAfterMs`, in milliseconds; without it nothing is aborted. */
  readonly hostNow?: (() => number) | undefined;
}

/** The network that a board finds when nothing else is said. */
export const DEFAULT_ROUTER: RouterOptions = { ssid: 'tsmp', key: 'micropython' };

const images = new Map<string, RomImage>();

/** The parts of a profile that its ROM image depends on. */
function romKey(p: Profile): string {
  return JSON.stringify([p.platform, p.machine, p.build, p.floatBits, p.level, p.epochOffset, p.emergencyBuffer]);
}

/** The image that the build made for a profile, if it did. */
function prebuilt(profile: Profile, definitions: RomDefinitions): RomImage | undefined {
  const known = PROFILES[profile.name];
  if (known === undefined || romKey(known) !== romKey(profile)) return undefined;
  const data = prebuiltRom(profile.name);
  // it was made of these very definitions
  return data === undefined ? undefined : { ...data, definitions: { ...definitions, link: linkByOrder } };
}

/** What a board's image is built from, and linked with. */
function definitionsOf(profile: Profile, extensions: readonly RomExtension[] = []): RomDefinitions {
  return romDefinitions(profile, [
    machineExtension(profile),
    networkExtension(profile),
    asyncioExtension(profile),
    ...extensions,
  ]);
}

/** The image of a firmware file, linked with this package's natives. */
function firmwareImage(firmware: Firmware, profile: Profile, extensions?: readonly RomExtension[]): RomImage {
  if (firmware.board !== profile.name) {
    throw new VmUsageError('firmware-board', `the firmware is for board '${firmware.board}', not '${profile.name}'`);
  }
  return { ...firmware.image, definitions: definitionsOf(profile, extensions) };
}

/** The ROM image of a profile: as the package's build made it, or built here, once. */
export function romImage(profile: Profile, extensions: readonly RomExtension[] = []): RomImage {
  const key = romKey(profile);
  let image = extensions.length === 0 ? images.get(key) : undefined;
  if (image === undefined) {
    const definitions = definitionsOf(profile, extensions);
    if (extensions.length === 0) image = prebuilt(profile, definitions);
    image ??= buildRom(definitions, { floatBits: profile.floatBits, compile: boardCompile });
    if (extensions.length === 0) images.set(key, image);
  }
  return image;
}

/** The profile that options ask for. */
export function profileOf(options: BoardOptions): Profile {
  const given = options.board ?? options.firmware?.board ?? 'pico-w';
  let profile: Profile | undefined = typeof given === 'string' ? PROFILES[given] : given;
  if (profile === undefined) {
    throw new VmUsageError(
      'unknown-board',
      `unknown board '${String(given)}' (there are ${Object.keys(PROFILES).join(', ')})`,
    );
  }
  if (options.ram !== undefined) profile = { ...profile, ramSize: options.ram & ~15 };
  if (options.heap !== undefined) {
    // static roots and Python stack come before the heap
    profile = {
      ...profile,
      ramSize: (512 + profile.pythonStack + (profile.emergencyBuffer ?? 0) + options.heap + 15) & ~15,
    };
  }
  if (profile.ramSize < profile.pythonStack + 2048) {
    throw new VmUsageError(
      'ram-too-small',
      `${profile.ramSize} bytes of RAM leave no heap beside a Python stack of ${profile.pythonStack}`,
    );
  }
  if (profile.ramSize > 0x10000000)
    throw new VmUsageError('ram-too-large', `${profile.ramSize} bytes of RAM: at most 256 MiB are possible`);
  return profile;
}

/** A board's state as plain data: one value, which `structuredClone` copies and `encodeSnapshot` makes bytes of. */
export interface BoardState extends VmState {
  readonly machine: MachineState;
  /** Null while the program has not used the network. */
  readonly network: BoardNetState | null;
  /** What surrounds a board that is alone, with its network. */
  readonly surroundings: SurroundingsState | null;
  /** The REPL, if it has been started. */
  readonly repl: ReplState | null;
  /** What the board is, so that another can be made for the state. */
  readonly board: Profile;
}

/** Milliseconds of host time after which a slice ends where it can. */
const SLICE_MS = 100;
/** Milliseconds that it may take to get there, unless the board's options say otherwise. */
const HANG_AFTER_MS = 700;

/** A simulated board. */
export class Board {
  readonly vm: Vm;
  /** Pins, bus, devices and open files. */
  readonly machine: Machine;
  readonly profile: Profile;
  /** The REPL, once it has been started: `run` then executes what is typed. */
  repl: Repl | undefined;
  private running = false;
  /** Host time when the slice should end. */
  private sliceEnd = Number.POSITIVE_INFINITY;
  /** Host time and `vm.budget` when the program was last seen to have moved on. */
  private movedAt = Number.NEGATIVE_INFINITY;
  private checkedBudget = 0;
  private net: BoardNet | undefined;
  private readonly inWorld: boolean;

  /** `join`: puts the board into a world. */
  constructor(
    readonly options: BoardOptions = {},
    join?: (board: Board) => BoardNet,
  ) {
    this.profile = profileOf(options);
    const now = options.hostNow;
    // under stress an operation takes as many collections as it allocates objects
    const cap = options.hangAfterMs ?? (options.stressGc === true ? 60 * HANG_AFTER_MS : HANG_AFTER_MS);
    const { extensions, firmware } = options;
    const image =
      firmware === undefined ? romImage(this.profile, extensions) : firmwareImage(firmware, this.profile, extensions);
    const verbose = options.verbose ?? 0;
    this.vm = new Vm(this.profile, image, {
      allocate: usesWasm(options) ? sharedBuffer : undefined,
      stdout: options.stdout ?? (() => undefined),
      stderr: options.stderr,
      compile: verbose < 2 ? boardCompile : verboseCompile(verbose, (text) => this.vm.stdout.write(text)),
      files: options.files,
      diagnostic: options.diagnostic,
      progress: () => {
        this.movedAt = now?.() ?? 0;
      },
      checkDeadline:
        now === undefined
          ? undefined
          : () => {
              const { vm } = this;
              const time = now();
              // bytecode was executed since the last check, so no native hangs: a slice may take its time on a busy host
              if (vm.nested === 0 && vm.budget !== this.checkedBudget) {
                this.checkedBudget = vm.budget;
                this.movedAt = time;
              }
              if (time > Math.max(this.sliceEnd, this.movedAt) + cap) throw new Abort('hung');
              if (time > this.sliceEnd) vm.endSlice();
            },
    });
    if (!accelerate(this.vm) && options.jit !== false) enableJit(this.vm, options.jit === 'at once' ? 0 : undefined);
    boot(this.vm, options.argv, options.path);
    this.machine = new Machine(this.vm, {
      folder: options.folder,
      environment: options.environment,
      flash: options.flash ?? firmware?.storage ?? (options.files === undefined ? undefined : false),
      trace: options.trace,
      uniqueId: options.uniqueId,
    });
    this.vm.heap.stress = options.stressGc === true;
    this.powerUp();
    attachNetwork(this.vm, () => this.network);
    this.inWorld = join !== undefined;
    if (join !== undefined && hasRadio(this.profile)) this.net = join(this);
  }

  /** The board's network; a board that is alone gets one, with its surroundings, when it is first asked for. */
  get network(): BoardNet {
    this.net ??= new BoardNet(
      this.vm,
      new Surroundings(vmClocks(this.vm), this.options.network ?? { routers: [DEFAULT_ROUTER] }),
    );
    return this.net;
  }

  /** What the firmware sets when the chip starts. */
  private powerUp(): void {
    this.vm.setOptLevel(this.options.optLevel ?? 0);
    this.vm.wallStart = this.options.wallStart ?? 1735689600;
  }

  /**
   * Resets the board, which then waits for a `start`. A `soft` reset empties RAM and keeps pins, the time of day and the
   * uptime; the others (as after `run` answered `reset`) start the whole chip anew. Time, devices and files go on.
   */
  reset(kind: MachineResetKind = 'hard'): void {
    this.machine.reset(kind, this.options.argv, this.options.path);
    if (kind === 'soft') this.vm.setOptLevel(this.options.optLevel ?? 0);
    else this.powerUp();
  }

  /** Prepares running a program: source text, or the bytes of a `.mpy` file. */
  start(program: Uint8Array, fileName: string, kind: 'file' | 'single' | 'eval' = 'file'): void {
    if (fileName.endsWith('.mpy')) startMpy(this.vm, program, fileName);
    else startSource(this.vm, program, fileName, kind);
  }

  /** Prepares compiling a program without running it; the run ends as the compilation does. */
  startCompileOnly(program: Uint8Array, fileName: string): void {
    startCompileOnly(this.vm, program, fileName);
  }
  /** Prepares importing a module as `__main__`, as `-m` of the unix port does; the run's result is the module. */
  startModule(name: string): void {
    startModule(this.vm, name);
  }
  /** Whether a module that was imported is a package. */
  isPackage(module: Obj): boolean {
    loadMethodMaybe(this.vm, module, this.vm.intern('__path__'));
    return this.vm.dest0 !== 0;
  }

  /** Starts the REPL, as after power-on: boot.py, main.py, then the prompt. Input are the keys. */
  startRepl(options: Partial<ReplOptions> = {}): Repl {
    const repl = this.makeRepl(options);
    repl.start();
    return repl;
  }
  /** Resets a board with a REPL, which starts as after power-on: what `machine.reset()` does. */
  restart(kind: MachineResetKind = 'hard'): void {
    if (this.repl === undefined) throw new VmUsageError('no-repl', 'this board has no REPL');
    this.reset(kind);
    this.repl.restart();
  }
  private makeRepl(options: Partial<ReplOptions>): Repl {
    const { argv, path, optLevel } = this.options;
    this.repl = new Repl(this.vm, {
      isComplete,
      argv,
      path,
      optLevel,
      onReset: () => {
        this.machine.resetPeripherals('soft');
        this.machine.mount();
      },
      ...options,
    });
    return this.repl;
  }

  /**
   * Executes a slice. It ends outside of nested runs: one whose budget is spent inside goes on to the end of the nested run.
   * With a host clock, one with a limit also ends after a tenth of a second of host time.
   */
  run(limit: RunLimit = {}): RunResult {
    const limited = Object.values(limit).some((v) => v !== undefined);
    this.running = true;
    try {
      for (;;) {
        this.allowTime();
        const result = this.repl === undefined ? run(this.vm, limit) : this.repl.run(limit);
        if (result.reason === 'reset' && this.repl !== undefined) {
          this.restart(result.kind);
          return { reason: 'budget' };
        }
        if (limited || result.reason !== 'budget') return result;
      }
    } finally {
      this.running = false;
    }
  }
  private allowTime(): void {
    const now = this.options.hostNow?.();
    if (now !== undefined) this.sliceEnd = now + SLICE_MS;
  }

  /** Moves the clock to `ns`, or to the next event if that is sooner. */
  skipTo(ns: number): void {
    this.vm.clock.advanceTo(Math.min(ns, this.vm.clock.nextDue()), this.vm.budget);
  }

  /** Runs to the end in virtual time: sleeping costs nothing. For programs that need no input. */
  runToEnd(limit: RunLimit = {}): RunResult {
    for (;;) {
      const r = this.run(limit);
      if (r.reason === 'budget') continue;
      if (r.reason !== 'waiting') return r;
      const next = Math.min(r.until, this.vm.clock.nextDue());
      if (next === Number.POSITIVE_INFINITY) return r;
      this.skipTo(next);
    }
  }

  /**
   * The board's whole state as one plain-data value. Between slices only, and slices end where no nested run is live; inside
   * one (in a callback of the host's) throws VmUsageError with code `running`.
   */
  save(): BoardState {
    if (this.running) throw new VmUsageError('running', 'a snapshot is possible between slices only');
    const net = this.net;
    return {
      ...saveVm(this.vm),
      machine: this.machine.save(),
      repl: this.repl?.save() ?? null,
      network: net?.save() ?? null,
      surroundings: this.inWorld ? null : (net?.surroundings.save() ?? null),
      board: this.profile,
    };
  }
  /** Puts this board into a saved state of a board of the same profile and ROM image. */
  load(state: BoardState): void {
    if (this.running) throw new VmUsageError('running', 'a state can be loaded between slices only');
    // before the clock is loaded: a network that is made asks for events
    const net = state.network === null ? undefined : this.network;
    loadVm(this.vm, state);
    this.machine.load(state.machine);
    if (state.repl === null && this.repl !== undefined)
      throw new VmUsageError('repl', 'the saved board had no REPL, this one has');
    if (state.repl !== null) (this.repl ?? this.makeRepl({})).load(state.repl);
    if (net === undefined || state.network === null) {
      if (!this.inWorld) this.net = undefined;
      return;
    }
    if (state.surroundings !== null) net.surroundings.load(state.surroundings);
    net.load(state.network);
  }
  /**
   * A board in a saved state. `options` say what belongs to the host (`stdout`, `folder`, `extensions`, …); what the board is and
   * where its program stands comes from the state.
   */
  static restore(state: BoardState, options: BoardOptions = {}): Board {
    const board = new Board({ ...options, board: state.board, ram: undefined, heap: undefined });
    board.load(state);
    return board;
  }
  /**
   * A second board in the state of this one; from here on neither knows of the other. `options` replace those of this board: a
   * fork that is to print elsewhere gets its own `stdout`, one that writes files its own `folder`. Of a board in a world,
   * whose state is not its own alone, there is none: VmUsageError with code `in-world`.
   */
  fork(options: BoardOptions = {}): Board {
    if (this.inWorld) throw new VmUsageError('in-world', 'a board of a world is saved and loaded with its world');
    return Board.restore(this.save(), { ...this.options, ...options });
  }

  /** Bytes for the board's console. */
  input(bytes: Uint8Array): void {
    this.vm.journal.add({ kind: 'input', bytes: Array.from(bytes) });
  }
  /** No more console input will come. */
  endInput(): void {
    this.vm.journal.add({ kind: 'eof' });
  }
  /** What came from outside so far; `replay` gives it to a fresh board, which then runs the same. */
  get journal(): readonly JournalEntry[] {
    return this.vm.journal.entries;
  }
  /** Plays a journal back: the run from here takes what came from outside at the same points as the recorded one. */
  replay(entries: readonly JournalEntry[]): void {
    this.vm.journal.replay(entries);
  }

  /** Ctrl-C: KeyboardInterrupt in the program at its next safe point. */
  interrupt(): void {
    interrupt(this.vm);
  }

  /** Prepares calling what the program gave to `sys.atexit`; false when it gave nothing. */
  startAtExit(): boolean {
    return startAtExit(this.vm);
  }

  /** Prints what `micropython.mem_info()` does. */
  printMemInfo(): void {
    printMemInfo(this.vm);
    this.vm.flush();
  }

  /** The exit status that SystemExit asks for; undefined for other exceptions. */
  exitStatus(exc: Obj): number | undefined {
    return exitStatus(this.vm, exc);
  }

  /**
   * What a process's exit status is for an exception that ended a program: SystemExit's argument; otherwise, with the traceback
   * printed on the board's error stream, 130 for Ctrl-C and 1 for anything else.
   */
  reportException(exc: Obj): number {
    this.allowTime();
    try {
      const status = this.exitStatus(exc);
      if (status !== undefined) return status;
      printException(this.vm, this.vm.stderr, exc);
    } catch (e) {
      // what is to be printed may itself raise (a `__repr__`, or values too deep for the stack) or take too long
      if (!(e instanceof PyRaise || e instanceof Abort)) throw e;
    }
    this.vm.flush();
    return isKeyboardInterrupt(this.vm, exc) ? 130 : 1;
  }
}

/** Makes a board. */
export function createBoard(options: BoardOptions = {}): Board {
  return new Board(options);
}
