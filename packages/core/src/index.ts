/**
 * MicroPython's compiler and virtual machine for pages, in one file without dependencies: a board that runs programs in slices. Its
 * ROM image is a file beside it, and so is each module that not every program needs.
 * @packageDocumentation
 */
import { encodeString } from '@tsmp/mpy-format';
import {
  boot,
  decodeBase64,
  exitStatus,
  interrupt,
  linkPart,
  orderedDefinitions,
  printException,
  type Profile,
  type RomPart,
  run,
  startSource,
  Vm,
} from '@tsmp/vm';
import { boardCompile } from './compile.js';
import type { RomFile } from './rom-file.js';

/** A board's ROM image: what `@tsmp/core/rom/…` exports. */
export interface CoreRom {
  /** The board's name. */
  readonly name: string;
}

/** A module: what `@tsmp/core/modules/…` exports. */
export type CorePart = (profile: never) => { readonly name: string };

/** The surroundings of a board. */
export interface CoreHost {
  /** Text that the board prints, as UTF-8. The bytes are only valid during the call. */
  stdout(bytes: Uint8Array): void;
  /** Text for the error stream; default: `stdout`. */
  stderr?: ((bytes: Uint8Array) => void) | undefined;
  /** What `import` finds besides built-in modules. */
  files?: CoreFiles | undefined;
  /** 32 random bits; absent: derived from the board's clock, so that every run is the same. */
  entropy?: (() => number) | undefined;
  /** Seconds since 1970 when the board starts; default: the beginning of 2025. */
  wallStart?: number | undefined;
}

/** A read-only set of files, by path. */
export interface CoreFiles {
  /** 0: nothing there, 1: a folder, 2: a file. */
  stat(path: string): 0 | 1 | 2;
  /** The bytes of a file that `stat` found. */
  read(path: string): Uint8Array;
}

/** Why a slice stopped. */
export type CoreResult =
  /** The program ended. */
  | { readonly reason: 'done' }
  /** The program ended with an exception: its traceback is printed. `status`: 1, or what SystemExit asks for. */
  | { readonly reason: 'raised'; readonly status: number }
  /** The slice is spent; run again. */
  | { readonly reason: 'budget' }
  /** The program waits for a module: load it, then run again. */
  | { readonly reason: 'module'; readonly name: string }
  /** Asleep until `until` (ns on the board's clock), or, when that is Infinity, until something happens. */
  | { readonly reason: 'waiting'; readonly until: number }
  /** Something else ended the run (see `RunResult` of `@tsmp/vm`); `where`: file and line. */
  | { readonly reason: 'hung' | 'reset' | 'fault'; readonly where: string };

/** A board. */
export class CoreBoard {
  private readonly vm: Vm;

  constructor(rom: CoreRom, host: CoreHost) {
    const { profile, data, base64 } = rom as RomFile;
    const image = { ...data, bytes: decodeBase64(base64), definitions: orderedDefinitions(profile) };
    this.vm = new Vm(profile, image, {
      stdout: (bytes) => host.stdout(bytes),
      stderr: host.stderr,
      files: host.files,
      entropy: host.entropy,
      compile: boardCompile,
    });
    this.vm.wallStart = host.wallStart ?? 1735689600;
    boot(this.vm);
  }

  /** Prepares running a program as `__main__`. */
  start(source: string | Uint8Array, fileName = 'main.py'): void {
    startSource(this.vm, typeof source === 'string' ? encodeString(source) : source, fileName);
  }

  /** Runs a slice of the program, of about so many bytes of bytecode; default: until it ends or waits. */
  run(bytes?: number): CoreResult {
    const { vm } = this;
    const result = run(vm, { bytes });
    if (result.reason === 'raised') {
      let status = exitStatus(vm, result.exception);
      if (status === undefined) {
        status = 1;
        printException(vm, vm.stderr, result.exception);
        vm.flush();
      }
      return { reason: 'raised', status };
    }
    if (result.reason === 'waiting' && vm.wantedModule !== null) return { reason: 'module', name: vm.wantedModule };
    return result;
  }

  /** Gives the board a module that its program waits for, or will import. */
  addModule(part: CorePart): void {
    linkPart(this.vm, (part as (profile: Profile) => RomPart)(this.vm.profile));
  }

  /** Virtual time, ns. */
  get time(): number {
    return this.vm.clock.now(this.vm.budget);
  }

  /** Lets time pass, up to `ns`. */
  advanceTo(ns: number): void {
    this.vm.clock.advanceTo(ns, this.vm.budget);
  }

  /** Ctrl-C: raises KeyboardInterrupt in the program. */
  interrupt(): void {
    interrupt(this.vm);
  }

  /** Bytes for `sys.stdin`. */
  input(bytes: Uint8Array): void {
    this.vm.journal.add({ kind: 'input', bytes: [...bytes] });
  }
}
