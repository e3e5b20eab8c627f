/**
 * Board profiles: what a board is, as data. The VM reads sizes, limits, features and costs here and nowhere else.
 */

/** How much of MicroPython is present. Counterpart: MICROPY_CONFIG_ROM_LEVEL. */
export type FeatureLevel = 'minimum' | 'core' | 'extra' | 'everything';

/** Virtual time that work takes. */
export interface CostModel {
  /** Nanoseconds for each byte of bytecode that execution covers. */
  readonly nsPerByte: number;
  /** Nanoseconds for each 16-byte block: allocated, marked, swept. */
  readonly nsPerAlloc: number;
  readonly nsPerMark: number;
  readonly nsPerSweep: number;
  /** Nanoseconds for one unit of a native's `charge()`. */
  readonly nsPerUnit: number;
  /** Nanoseconds between a hard event's due time and its handler's first bytecode. */
  readonly interruptLatencyNs: number;
}

/** Modelled bytes of C stack; what limits recursion. */
export interface StackModel {
  /** All there is (`micropython.stack_use()` counts up to this). */
  readonly limit: number;
  /** A Python function calling a Python function. */
  readonly call: number;
  readonly property: number;
  readonly getattr: number;
  readonly callMethod: number;
  readonly init: number;
  /** A native that calls back into Python or recurses into an object (repr, compare, …). */
  readonly native: number;
  /** One level of nesting in the compiler. */
  readonly compile: number;
}

/** A board as data. */
export interface Profile {
  readonly name: string;
  /** Bytes of flash seen by the board: the ROM image, frozen code and the filesystem's blocks. */
  readonly flashSize: number;
  /** How many of them, at the end, are the filesystem's; default none. A multiple of the flash's sectors of 4 KiB. */
  readonly storageSize?: number | undefined;
  /** Bytes of RAM in all: static roots, Python stack, heap. */
  readonly ramSize: number;
  /** Bytes of the Python stack. */
  readonly pythonStack: number;
  /**
   * Bytes of the buffer that exceptions are made in when the heap is locked or full. Default none: programs may allocate one
   * with `micropython.alloc_emergency_exception_buf`.
   */
  readonly emergencyBuffer?: number | undefined;
  /** Where flash and RAM are on the bus. */
  readonly flashBase: number;
  readonly ramBase: number;
  readonly floatBits: 32 | 64;
  /** What 64-bit numbers are aligned to in a native struct (i386: 4, ARM and RISC-V: 8). */
  readonly align64: 4 | 8;
  readonly level: FeatureLevel;
  /** Cycles per second of the modelled core. */
  readonly clockHz: number;
  readonly cost: CostModel;
  readonly stack: StackModel;
  /** `sys.platform`, and what `sys.implementation`, the banner and `os.uname` say. */
  readonly platform: string;
  readonly machine: string;
  readonly build: string;
  /** Seconds between 1970 and the profile's epoch (0 or 946684800). */
  readonly epochOffset: number;
  /** `sys.path` at start. */
  readonly sysPath: readonly string[];
  /**
   * Which strings are interned in ROM. 'standard': those that the 32-bit unix port's standard build has; what else the image needs
   * takes RAM as soon as a program interns it. Default: all of the image's.
   */
  readonly names?: 'standard' | undefined;
  /** Entries of `micropython.schedule`'s queue. */
  readonly schedulerDepth: number;
}

/** Whether a board's firmware has `_thread`. */
export function hasThreads(profile: Profile): boolean {
  return profile.platform === 'linux' || profile.platform === 'rp2';
}
