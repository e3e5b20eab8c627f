/** Errors of the machine: what went wrong on the bus, and misuse by the host. */

/** Why an access to the bus failed. */
export type BusFaultKind = 'unmapped' | 'read-only';

/** An access that no part of the board answers. A real board would fault; here the program gets an OSError. */
export class BusFault extends Error {
  override readonly name = 'BusFault';
  constructor(
    readonly kind: BusFaultKind,
    /** Bus address of the access. */
    readonly address: number,
  ) {
    const at = (address >>> 0).toString(16).padStart(8, '0');
    super(kind === 'unmapped' ? `nothing at address ${at}` : `address ${at} is read-only`);
  }
}

/** The host used the package wrongly. */
export class MachineUsageError extends Error {
  override readonly name = 'MachineUsageError';
  constructor(
    /** Stable identifier of the mistake. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
