/** The board's random numbers: a generator with a seed, so that runs repeat. Counterpart: the ring oscillator of the RP2040. */

/** Xorshift of 32 bits. */
export class RandomSource {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0 || 0x9e3779b9;
  }
  next32(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x >>> 0;
    return this.state;
  }
  save(): number {
    return this.state;
  }
  load(state: number): void {
    this.state = state >>> 0;
  }
}
