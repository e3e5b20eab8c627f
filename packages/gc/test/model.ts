/**
 * The heap again, as plainly as can be: one array element a block, no bit tricks, no hints, recursion for marking. The
 * property test compares both after each step, contents included.
 */

/** A model of a heap of `blocks` blocks whose pool begins at `pool`; same calls, same addresses. */
export class ModelHeap {
  readonly kinds: string[];
  readonly finaliser: boolean[];
  readonly words: number[];
  readonly roots: number[];
  readonly finalised: number[] = [];
  lastFree = 0;
  amount = 0;
  threshold = -1;
  enabled = true;
  locks = 0;
  collections = 0;
  freedObjects = 0;

  constructor(
    readonly pool: number,
    readonly blocks: number,
    rootCount: number,
  ) {
    this.kinds = new Array<string>(blocks).fill('.');
    this.finaliser = new Array<boolean>(blocks).fill(false);
    this.words = new Array<number>(blocks * 4).fill(0);
    this.roots = new Array<number>(rootCount).fill(0);
  }

  alloc(nBytes: number, hasFinaliser: boolean, extraRoot = 0): number {
    const n = Math.ceil(nBytes / 16);
    if (n === 0 || this.locks > 0) return 0;
    let collected = !this.enabled;
    if (!collected && this.threshold >= 0 && this.amount >= this.threshold) {
      this.collect(extraRoot);
      collected = true;
    }
    let end = this.search(n);
    if (end < 0 && !collected) {
      this.collect(extraRoot);
      end = this.search(n);
    }
    if (end < 0) return 0;
    const start = end - n + 1;
    if (n === 1) this.lastFree = Math.floor((end + 1) / 4);
    for (let b = start; b <= end; b++) this.kinds[b] = b === start ? 'h' : '=';
    this.words.fill(0, start * 4, (end + 1) * 4);
    this.finaliser[start] = hasFinaliser;
    this.amount += n;
    return this.pool + start * 16;
  }

  realloc(ptr: number, nBytes: number, allowMove: boolean): number {
    if (nBytes === 0) {
      this.free(ptr);
      return 0;
    }
    if (this.locks > 0) return 0;
    const block = (ptr - this.pool) / 16;
    const have = this.length(block);
    const want = Math.ceil(nBytes / 16);
    if (want <= have) {
      for (let b = block + want; b < block + have; b++) this.kinds[b] = '.';
      if (want < have) this.lastFree = Math.min(this.lastFree, Math.floor((block + want) / 4));
      return ptr;
    }
    let room = have;
    while (room < want && this.kinds[block + room] === '.') room++;
    if (room === want) {
      for (let b = block + have; b < block + want; b++) this.kinds[b] = '=';
      this.words.fill(0, (block + have) * 4, (block + want) * 4);
      return ptr;
    }
    if (!allowMove) return 0;
    const out = this.alloc(nBytes, this.finaliser[block] === true, ptr);
    if (out === 0) return 0;
    const to = (out - this.pool) / 4;
    for (let i = 0; i < have * 4; i++) this.words[to + i] = this.words[block * 4 + i] as number;
    this.free(ptr);
    return out;
  }

  free(ptr: number): void {
    if (this.locks > 0) return;
    const block = (ptr - this.pool) / 16;
    this.finaliser[block] = false;
    this.lastFree = Math.min(this.lastFree, Math.floor(block / 4));
    const n = this.length(block);
    for (let b = block; b < block + n; b++) this.kinds[b] = '.';
  }

  collect(extraRoot = 0): void {
    this.collections++;
    this.amount = 0;
    for (const root of [...this.roots, extraRoot]) this.mark(root);
    this.freedObjects = 0;
    for (let b = 0; b < this.blocks; b++) {
      if (this.kinds[b] === 'h' && this.finaliser[b] === true) {
        if (this.words[b * 4] !== 0) this.finalised.push(this.pool + b * 16);
        this.finaliser[b] = false;
      }
    }
    for (let b = 0; b < this.blocks; b++) {
      if (this.kinds[b] !== 'h') continue;
      this.freedObjects++;
      const n = this.length(b);
      for (let i = b; i < b + n; i++) this.kinds[i] = '.';
    }
    for (let b = 0; b < this.blocks; b++) if (this.kinds[b] === 'm') this.kinds[b] = 'h';
    this.lastFree = 0;
  }

  heads(): number[] {
    const found: number[] = [];
    for (let b = 0; b < this.blocks; b++) if (this.kinds[b] === 'h') found.push(this.pool + b * 16);
    return found;
  }

  private mark(word: number): void {
    const block = (word - this.pool) / 16;
    if (this.kinds[block] !== 'h') return;
    this.kinds[block] = 'm';
    const n = this.length(block);
    for (let i = block * 4; i < (block + n) * 4; i++) this.mark(this.words[i] as number);
  }

  private length(block: number): number {
    let n = 1;
    while (this.kinds[block + n] === '=') n++;
    return n;
  }

  private search(n: number): number {
    let run = 0;
    for (let b = this.lastFree * 4; b < this.blocks; b++) {
      run = this.kinds[b] === '.' ? run + 1 : 0;
      if (run >= n) return b;
    }
    return -1;
  }
}
