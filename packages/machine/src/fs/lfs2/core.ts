/**
 * The state of a mounted littlefs, its block device, and the allocator. Blocks are found by looking at a window of the device at
 * a time: what no metadata pair and no open file refers to is free. Counterpart: lfs2_t and lfs2_alloc in lib/littlefs.
 */
import { fetchMdir, type Mdir } from './mdir.js';
import {
  ATTR_MAX,
  EILSEQ,
  ENOSPC,
  fail,
  FILE_MAX,
  type GState,
  isNullPair,
  LfsError,
  NAME_MAX,
  type Pair,
  syncedPair,
  ZERO_GSTATE,
} from './format.js';

/** Storage in blocks. Operations throw {@link LfsError}; EILSEQ says that a block is bad and is worked around. */
export interface BlockDevice {
  /** Fills `into` from `offset` of a block. */
  read(block: number, offset: number, into: Uint8Array): void;
  /** Programs bytes that were erased before; `offset` and length are multiples of the program size. */
  program(block: number, offset: number, bytes: Uint8Array): void;
  erase(block: number): void;
  sync(): void;
}

/** How a filesystem uses its device. */
export interface LfsConfig {
  readonly blockSize: number;
  readonly blockCount: number;
  readonly readSize: number;
  readonly progSize: number;
  /** Bytes buffered for a file. */
  readonly cacheSize: number;
  /** Bytes of the allocator's window: eight blocks each. */
  readonly lookahead: number;
  /** Commits after which a metadata block is moved. */
  readonly blockCycles: number;
}

/** Something that follows a metadata pair as commits change and move it: an open file, a listing, a pair at work. */
export interface Follower {
  readonly kind: 'file' | 'dir' | 'pair';
  m: Mdir;
  id: number;
}

/** Raises EINVAL unless littlefs could work with these sizes. */
function checkConfig(c: LfsConfig): void {
  const positive = [c.blockSize, c.blockCount, c.readSize, c.progSize, c.cacheSize, c.lookahead];
  if (!positive.every((n) => Number.isInteger(n) && n > 0)) fail(22);
  if (c.cacheSize % c.readSize !== 0 || c.cacheSize % c.progSize !== 0 || c.blockSize % c.cacheSize !== 0) fail(22);
  if (c.lookahead % 8 !== 0 || c.blockSize < 64) fail(22);
}

/** The state of one filesystem. */
export class Core {
  root: Pair = [0, 1];
  /** What the state of the whole filesystem is to be, what it is on disk, and what a dropped pair leaves to be committed. */
  gstate: GState = ZERO_GSTATE;
  gdisk: GState = ZERO_GSTATE;
  gdelta: GState = ZERO_GSTATE;
  /** The superblock on disk is of an older minor version. */
  oldSuperblock = false;
  /** Mixed from the checksums met while mounting: where the allocator begins. Undefined: not mounting. */
  seed: number | undefined;
  nameMax = NAME_MAX;
  fileMax = FILE_MAX;
  attrMax = ATTR_MAX;
  inlineMax: number;
  blockCount: number;
  readonly followers = new Set<Follower>();
  /** Calls back for each block in use by open files that are not on disk. */
  openBlocks: (use: (block: number) => void) => void = () => undefined;
  /** Calls back for each block of a file's skip list. */
  fileBlocks: (head: number, size: number, use: (block: number) => void) => void = () => undefined;

  // The allocator's window: bit n says that block (start + n) is in use.
  private window: Uint8Array;
  private start = 0;
  private size = 0;
  private next = 0;
  /** Blocks that may be looked at before the device counts as full. */
  private left = 0;

  constructor(
    readonly device: BlockDevice,
    readonly cfg: LfsConfig,
  ) {
    checkConfig(cfg);
    this.blockCount = cfg.blockCount;
    this.inlineMax = Math.min(cfg.cacheSize, this.attrMax, Math.floor(cfg.blockSize / 8));
    this.window = new Uint8Array(cfg.lookahead);
  }

  /** Reads bytes of a block. */
  read(block: number, offset: number, size: number): Uint8Array {
    if (block >= this.blockCount || offset + size > this.cfg.blockSize) fail(EILSEQ);
    // devices are read in units of readSize
    const { readSize } = this.cfg;
    const from = Math.floor(offset / readSize) * readSize;
    const into = new Uint8Array(Math.ceil((offset + size - from) / readSize) * readSize);
    this.device.read(block, from, into);
    return into.subarray(offset - from, offset - from + size);
  }
  /** Programs bytes and reads them back; throws EILSEQ when they differ. */
  program(block: number, offset: number, bytes: Uint8Array): void {
    this.device.program(block, offset, bytes);
    const back = this.read(block, offset, bytes.length);
    for (let i = 0; i < bytes.length; i++) if (back[i] !== bytes[i]) fail(EILSEQ);
  }
  erase(block: number): void {
    this.device.erase(block);
  }
  fetch(pair: Pair): Mdir {
    return fetchMdir(this, pair);
  }

  /** All metadata pairs, in the order of the list that threads them. */
  *pairs(): Generator<Mdir> {
    let tail: Pair = [0, 1];
    // Brent's cycle detection: a damaged list must not hang
    let tortoise: Pair = [0xffffffff, 0xffffffff];
    let steps = 1;
    let period = 1;
    while (!isNullPair(tail)) {
      if (syncedPair(tail, tortoise)) fail(EILSEQ);
      if (steps === period) {
        tortoise = tail;
        steps = 0;
        period *= 2;
      }
      steps++;
      const m = this.fetch(tail);
      yield m;
      tail = m.tail;
    }
  }

  /** Calls back for each block in use, some perhaps twice. `orphans`: count directories by their parents' entries too. */
  traverse(use: (block: number) => void, orphans: boolean): void {
    for (const m of this.pairs()) {
      use(m.pair[0]);
      use(m.pair[1]);
      for (const e of m.entries) {
        if (e.data.length < 8) continue;
        const [a, b] = wordsOf(e.data);
        if (e.structType === 0x202) this.fileBlocks(a, b, use);
        else if (orphans && e.structType === 0x200) {
          use(a);
          use(b);
        }
      }
    }
    this.openBlocks(use);
  }

  /** Everything that was allocated is in the filesystem now: the whole device may be searched again. */
  checkpoint(): void {
    this.left = this.blockCount;
  }
  /** Starts the window anew, somewhere else at each mount. */
  dropWindow(start: number): void {
    this.start = start % this.blockCount;
    this.size = 0;
    this.next = 0;
    this.checkpoint();
  }
  /** All blocks are free: for formatting. */
  freeWindow(): void {
    this.start = 0;
    this.next = 0;
    this.size = Math.min(8 * this.cfg.lookahead, this.blockCount);
    this.window.fill(0);
    this.checkpoint();
  }

  /** A free block; throws ENOSPC. */
  allocate(): number {
    for (;;) {
      while (this.next < this.size) {
        const n = this.next++;
        this.left--;
        if (((this.window[n >> 3] as number) & (1 << (n & 7))) === 0) {
          const block = (this.start + n) % this.blockCount;
          // go on to the next free one, so that a checkpoint leaves as much as possible to look at
          while (this.next < this.size && ((this.window[this.next >> 3] as number) & (1 << (this.next & 7))) !== 0) {
            this.next++;
            this.left--;
          }
          return block;
        }
      }
      if (this.left <= 0) fail(ENOSPC);
      this.scan();
    }
  }
  private scan(): void {
    this.start = (this.start + this.next) % this.blockCount;
    this.next = 0;
    this.size = Math.min(8 * this.cfg.lookahead, this.left);
    this.window.fill(0);
    const { start, size, window } = this;
    try {
      this.traverse((block) => {
        const n = (block - start + this.blockCount) % this.blockCount;
        if (n < size) window[n >> 3] = (window[n >> 3] as number) | (1 << (n & 7));
      }, true);
    } catch (e) {
      if (e instanceof LfsError) this.dropWindow(this.start);
      throw e;
    }
  }

  /** The allocator as plain data. */
  saveWindow(): readonly number[] {
    return [this.start, this.size, this.next, this.left, ...this.window];
  }
  loadWindow(saved: readonly number[]): void {
    [this.start, this.size, this.next, this.left] = saved as [number, number, number, number];
    this.window = Uint8Array.from(saved.slice(4));
  }
}

function wordsOf(b: Uint8Array): [number, number] {
  const view = new DataView(b.buffer, b.byteOffset);
  return [view.getUint32(0, true), view.getUint32(4, true)];
}
