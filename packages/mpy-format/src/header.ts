/**
 * The header of a `.mpy` file and what a target accepts. Counterpart: py/persistentcode.h.
 *
 *     'M'  version 6  AFaaaass  small-int bits     s = sub-version of native code, a = architecture, F = flags follow
 */
import { MpyFormatError } from './errors.js';

/** The version of the format that is read and written. */
export const MPY_VERSION = 6;
/** The version of the native code interface; only files with native code have it. */
export const MPY_SUB_VERSION = 3;

/** Names of the native architectures, by their number in the header; 0 is bytecode only. */
// biome-ignore format: filled lines
export const ARCH_NAMES: readonly string[] = [
  'none', 'x86', 'x64', 'armv6', 'armv6m', 'armv7m', 'armv7em', 'armv7emsp', 'armv7emdp', 'xtensa', 'xtensawin',
  'rv32imc', 'rv64imc', 'debug',
];
const ARMV6M = 4;
const ARMV7EMDP = 8;

/** The decoded header. */
export interface MpyHeader {
  readonly version: number;
  readonly subVersion: number;
  /** An index into {@link ARCH_NAMES}. */
  readonly arch: number;
  readonly archFlags: number;
  /** How many bits, sign included, a small int has where this code may run. */
  readonly smallIntBits: number;
}

/** What a board can load. */
export interface MpyTarget {
  /** Bits of a small int: 31 on every 32-bit port. */
  readonly smallIntBits: number;
  /** The native architecture; 0 or absent when only bytecode runs. */
  readonly arch?: number;
  /** The architecture flags that the processor has. */
  readonly archFlags?: number;
}

/** Throw where `target` cannot load a file with this header. */
export function checkTarget(header: MpyHeader, target: MpyTarget): void {
  if (header.smallIntBits > target.smallIntBits) {
    throw new MpyFormatError(
      'incompatible-small-int',
      `small ints of ${header.smallIntBits} bits, the target has ${target.smallIntBits}`,
      3,
    );
  }
  const own = target.arch ?? 0;
  if (header.arch !== 0) {
    const inArm = own >= ARMV6M && own <= ARMV7EMDP && header.arch >= ARMV6M;
    if (inArm ? header.arch > own : header.arch !== own) {
      const wanted = ARCH_NAMES[header.arch] ?? String(header.arch);
      if (own === 0) throw new MpyFormatError('native-unsupported', `native code for ${wanted}`, 2);
      throw new MpyFormatError('incompatible-arch', `native code for ${wanted}, the target is ${ARCH_NAMES[own]}`, 2);
    }
  }
  const missing = header.archFlags & ~(target.archFlags ?? 0);
  if (missing !== 0) throw new MpyFormatError('incompatible-arch-flags', `architecture flags ${missing} not met`, 4);
}
