/**
 * A seeded generator whose whole state is one number (mulberry32).
 *
 * It stands wherever a network needs chance: loss, jitter, port and transaction numbers. It is no source of secrets.
 */

/** A deterministic source of numbers. */
export class Prng {
  private state: number;

  /** Any integer is a seed. */
  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** An unsigned 32-bit number. */
  next(): number {
    this.state = ((this.state | 0) + 0x6d2b79f5) | 0;
    let x = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return (x ^ (x >>> 14)) >>> 0;
  }

  /** An integer in `[0, count)`. */
  below(count: number): number {
    return Math.floor((this.next() / 0x100000000) * count);
  }

  /** True with the given probability; draws nothing when the outcome is certain. */
  chance(probability: number): boolean {
    if (probability <= 0) return false;
    if (probability >= 1) return true;
    return this.next() < probability * 0x100000000;
  }

  /** The state. */
  save(): number {
    return this.state;
  }

  /** Restores a state. */
  load(state: number): void {
    this.state = state | 0;
  }
}
