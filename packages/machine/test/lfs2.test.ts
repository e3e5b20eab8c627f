/** littlefs against a model: random operations, with the power lost at every program and erase, and bad blocks. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '@tsmp-internal/testkit';
import { checkLfs } from '../src/fs/lfs2/check.js';
import type { BlockDevice, LfsConfig } from '../src/fs/lfs2/core.js';
import { closeFile, readFile, seekFile, syncFile, writeFile } from '../src/fs/lfs2/file.js';
import { LfsError } from '../src/fs/lfs2/format.js';
import { format, Lfs2, type LfsOpen } from '../src/fs/lfs2/lfs2.js';
import { LfsVolume } from '../src/index.js';

class Random {
  private readonly next: (n: number) => number;
  constructor(seed: number) {
    this.next = seededRandom(seed);
  }
  int(n: number): number {
    return this.next(n);
  }
  pick<T>(items: readonly T[]): T {
    return items[this.next(items.length)] as T;
  }
}

class PowerCut extends Error {}

/** NOR flash in memory. */
class Nor implements BlockDevice {
  bytes: Uint8Array;
  operations = 0;
  cutAt = Number.POSITIVE_INFINITY;
  /** Blocks that cannot be programmed any more. */
  readonly bad = new Set<number>();
  readonly erases: Uint32Array;

  constructor(private readonly cfg: LfsConfig) {
    this.bytes = new Uint8Array(cfg.blockSize * cfg.blockCount).fill(0x55);
    this.erases = new Uint32Array(cfg.blockCount);
  }
  read(block: number, offset: number, into: Uint8Array): void {
    const at = block * this.cfg.blockSize + offset;
    into.set(this.bytes.subarray(at, at + into.length));
  }
  program(block: number, offset: number, bytes: Uint8Array): void {
    if (offset % this.cfg.progSize !== 0 || bytes.length % this.cfg.progSize !== 0)
      throw new Error('unaligned program');
    const cut = ++this.operations >= this.cutAt;
    const n = cut ? bytes.length >> 1 : bytes.length;
    if (!this.bad.has(block)) {
      const at = block * this.cfg.blockSize + offset;
      for (let i = 0; i < n; i++) {
        const before = this.bytes[at + i] as number;
        const after = before & (bytes[i] as number);
        if (after !== bytes[i]) throw new Error(`block ${block} was not erased at ${offset + i}`);
        this.bytes[at + i] = after;
      }
    }
    if (cut) throw new PowerCut();
  }
  erase(block: number): void {
    const cut = ++this.operations >= this.cutAt;
    const at = block * this.cfg.blockSize;
    this.bytes.fill(0xff, at, at + (cut ? this.cfg.blockSize >> 1 : this.cfg.blockSize));
    this.erases[block] = (this.erases[block] as number) + 1;
    if (cut) throw new PowerCut();
  }
  sync(): void {
    // nothing is held back
  }
}

const SMALL: LfsConfig = {
  blockSize: 256,
  blockCount: 64,
  readSize: 16,
  progSize: 16,
  cacheSize: 64,
  lookahead: 8,
  blockCycles: 5,
};
const PICO: LfsConfig = {
  ...SMALL,
  blockSize: 4096,
  blockCount: 32,
  readSize: 32,
  progSize: 256,
  cacheSize: 1024,
  blockCycles: 100,
};

const READ: LfsOpen = {
  readable: true,
  writable: false,
  create: false,
  exclusive: false,
  truncate: false,
  append: false,
  mtime: undefined,
};
const WRITE: LfsOpen = { ...READ, readable: false, writable: true, create: true, truncate: true };

function put(fs: Lfs2, path: string, data: Uint8Array, how: LfsOpen = WRITE): void {
  const f = fs.open(path, how);
  try {
    writeFile(fs.core, f, data);
  } catch (e) {
    f.erred = true;
    throw e;
  } finally {
    if (!f.erred) closeFile(fs.core, f);
    else fs.core.followers.delete(f);
  }
}
function get(fs: Lfs2, path: string): Uint8Array {
  const f = fs.open(path, READ);
  const parts: number[] = [];
  for (let p = readFile(fs.core, f, 100); p.length > 0; p = readFile(fs.core, f, 100)) parts.push(...p);
  closeFile(fs.core, f);
  return Uint8Array.from(parts);
}
function fill(n: number, seed: number): Uint8Array {
  return Uint8Array.from({ length: n }, (_, i) => (i * 7 + seed * 13 + (i >> 8)) & 0xff);
}

/** All paths with their contents; `null`: a directory. */
function contents(fs: Lfs2, at = ''): Map<string, string | null> {
  const out = new Map<string, string | null>();
  const dir = fs.openDir(at === '' ? '/' : at);
  const names: [string, string][] = [];
  for (let e = fs.readDir(dir); e !== undefined; e = fs.readDir(dir))
    names.push([`${at}/${String.fromCharCode(...e.name)}`, e.kind]);
  fs.closeDir(dir);
  for (const [path, kind] of names) {
    if (kind === 'dir') {
      out.set(path, null);
      for (const [p, v] of contents(fs, path)) out.set(p, v);
    } else out.set(path, get(fs, path).join());
  }
  return out;
}
function sorted(m: ReadonlyMap<string, unknown>): string {
  return JSON.stringify([...m].sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Step = (fs: Lfs2, model: Map<string, string | null>) => void;

/** Does something to a filesystem, and to the model when it succeeded. */
function randomStep(r: Random): Step {
  const dirs = ['', '/d', '/d/e', '/a_long_directory_name'];
  const path = (): string => `${r.pick(dirs)}/${r.pick(['a', 'b', 'longer_name.txt', 'x1', 'x2', 'x3', 'x4'])}`;
  const p = path();
  const q = path();
  const n = r.pick([0, 1, 10, 31, 32, 60, 255, 256, 300, 900]);
  const data = fill(n, r.int(100));
  const kind = r.int(10);
  // everything is drawn here: a step that is taken again does the same
  const newDir = r.pick(dirs.slice(1));
  const gone = r.pick([...dirs.slice(1), p]);
  const place = r.int(1000);
  const [from, to] = r.int(4) === 0 ? [r.pick(dirs.slice(1)), r.pick(['/moved', '/d/moved', '/d'])] : [p, q];
  const children = (m: Map<string, string | null>, d: string): string[] =>
    [...m.keys()].filter((k) => k.startsWith(`${d}/`));
  return (fs, model) => {
    if (kind < 4) {
      put(fs, p, data);
      model.set(p, data.join());
    } else if (kind === 4) {
      const before = model.get(p);
      put(fs, p, data, { ...WRITE, truncate: false, append: true });
      const joined = [...(before === undefined || before === null || before === '' ? [] : before.split(',')), ...data];
      model.set(p, joined.join());
    } else if (kind === 5) {
      fs.mkdir(newDir);
      model.set(newDir, null);
    } else if (kind === 6) {
      fs.remove(gone);
      model.delete(gone);
    } else if (kind < 9) {
      if (to.startsWith(`${from}/`)) return;
      fs.rename(from, to);
      const moved = [from, ...children(model, from)].map((k): [string, string | null | undefined] => [k, model.get(k)]);
      if (from !== to) {
        for (const [k] of moved) model.delete(k);
        for (const [k, v] of moved) if (v !== undefined) model.set(to + k.slice(from.length), v);
      }
    } else {
      const f = fs.open(p, { ...WRITE, readable: true, truncate: false, create: false });
      const old = model.get(p) as string;
      const bytes = old === '' ? [] : old.split(',').map(Number);
      const at = place % (bytes.length + 40);
      seekFile(fs.core, f, at, 0);
      writeFile(fs.core, f, data.subarray(0, 50));
      closeFile(fs.core, f);
      while (bytes.length < at) bytes.push(0);
      data.subarray(0, 50).forEach((b, i) => {
        bytes[at + i] = b;
      });
      model.set(p, bytes.join());
    }
  };
}

/** Runs a step; errors that the filesystem has for impossible ones leave the model as it was. */
function attempt(step: Step, fs: Lfs2, model: Map<string, string | null>): void {
  try {
    step(fs, model);
  } catch (e) {
    if (!(e instanceof LfsError) || e.errno === 84) throw e;
    // a file that found no room is there, empty
    if (e.errno === 28) {
      model.clear();
      for (const [path, v] of contents(fs)) model.set(path, v);
    }
  }
}

describe('littlefs', () => {
  it.each([
    ['small blocks', SMALL],
    ["a Pico's blocks", PICO],
  ])('does what a model does: %s', { timeout: 60_000 }, (_name, cfg) => {
    for (let seed = 1; seed <= 4; seed++) {
      const r = new Random(seed);
      const nor = new Nor(cfg);
      format(nor, cfg);
      let fs = new Lfs2(nor, cfg);
      const model = new Map<string, string | null>();
      for (let i = 0; i < 150; i++) {
        attempt(randomStep(r), fs, model);
        if (i % 10 !== 9) continue;
        expect(sorted(contents(fs)), `seed ${seed}, step ${i}`).toBe(sorted(model));
        expect(checkLfs(nor, cfg, true), `seed ${seed}, step ${i}`).toEqual([]);
        if (i % 30 === 29) fs = new Lfs2(nor, cfg);
      }
    }
  });

  it('has the old or the new contents after a power loss at any program or erase', { timeout: 60_000 }, () => {
    const cfg = SMALL;
    for (let seed = 1; seed <= 4; seed++) {
      const r = new Random(100 + seed);
      const nor = new Nor(cfg);
      format(nor, cfg);
      const model = new Map<string, string | null>();
      let fs = new Lfs2(nor, cfg);
      for (let i = 0; i < 60; i++) attempt(randomStep(r), fs, model);
      for (let i = 0; i < 14; i++) {
        const before = sorted(model);
        const image = nor.bytes.slice();
        const step = randomStep(r);
        // how many operations it takes from a fresh mount, and what it comes to
        fs = new Lfs2(nor, cfg);
        nor.operations = 0;
        attempt(step, fs, model);
        const total = nor.operations;
        const after = sorted(model);
        const done = nor.bytes.slice();
        for (let cut = 1; cut <= total; cut++) {
          nor.bytes = image.slice();
          nor.operations = 0;
          nor.cutAt = cut;
          try {
            attempt(step, new Lfs2(nor, cfg), new Map(JSON.parse(before) as [string, string | null][]));
          } catch (e) {
            if (!(e instanceof PowerCut)) throw e;
          }
          nor.cutAt = Number.POSITIVE_INFINITY;
          const where = `seed ${seed}, step ${i}, cut at ${cut} of ${total}`;
          expect(checkLfs(nor, cfg, false), where).toEqual([]);
          const again = new Lfs2(nor, cfg);
          expect([before, after, withEmptyFile(before, after)], where).toContain(sorted(contents(again)));
          // the first change afterwards repairs what was left
          put(again, '/probe', fill(5, 5));
          expect(checkLfs(nor, cfg, true), where).toEqual([]);
          expect(get(again, '/probe')).toEqual(fill(5, 5));
        }
        nor.bytes = done;
      }
    }
  });

  it('works around blocks that cannot be programmed', () => {
    const cfg = { ...SMALL, blockCount: 128 };
    const r = new Random(7);
    const nor = new Nor(cfg);
    for (let i = 0; i < 12; i++) nor.bad.add(2 + r.int(cfg.blockCount - 2));
    format(nor, cfg);
    const fs = new Lfs2(nor, cfg);
    const model = new Map<string, string | null>();
    for (let i = 0; i < 120; i++) attempt(randomStep(r), fs, model);
    expect(sorted(contents(fs))).toBe(sorted(model));
    expect(sorted(contents(new Lfs2(nor, cfg)))).toBe(sorted(model));
  });

  it('spreads erasing over the device', () => {
    const nor = new Nor(SMALL);
    format(nor, SMALL);
    let fs = new Lfs2(nor, SMALL);
    for (let i = 0; i < 600; i++) {
      put(fs, '/log', fill(200, i));
      if (i % 50 === 0) fs = new Lfs2(nor, SMALL);
    }
    const counts = [...nor.erases].slice(2);
    expect(Math.min(...counts)).toBeGreaterThan(5);
    expect(Math.max(...counts)).toBeLessThan(20 * Math.min(...counts));
  });

  it('says that it is full, and keeps what it has', () => {
    const cfg = { ...SMALL, blockCount: 16 };
    const nor = new Nor(cfg);
    format(nor, cfg);
    const fs = new Lfs2(nor, cfg);
    put(fs, '/kept', fill(400, 1));
    let errno = 0;
    for (let i = 0; i < 40 && errno === 0; i++) {
      try {
        put(fs, `/f${i}`, fill(700, i));
      } catch (e) {
        if (!(e instanceof LfsError)) throw e;
        errno = e.errno;
      }
    }
    expect(errno).toBe(28);
    expect(get(fs, '/kept')).toEqual(fill(400, 1));
    fs.remove('/f0');
    fs.remove('/f1');
    put(fs, '/again', fill(300, 9));
    expect(get(new Lfs2(nor, cfg), '/again')).toEqual(fill(300, 9));
  });

  it('keeps open files and listings right while others change', () => {
    const nor = new Nor(SMALL);
    format(nor, SMALL);
    const fs = new Lfs2(nor, SMALL);
    for (let i = 0; i < 20; i++) put(fs, `/n${String(i).padStart(2, '0')}`, fill(20, i));
    const f = fs.open('/n10', { ...WRITE, truncate: false, append: true });
    const dir = fs.openDir('/');
    const seen: string[] = [];
    for (let i = 0; i < 5; i++) seen.push(String.fromCharCode(...(fs.readDir(dir)?.name ?? [])));
    for (let i = 0; i < 10; i += 2) fs.remove(`/n0${i}`);
    for (let i = 0; i < 10; i++) put(fs, `/new${i}`, fill(100, i));
    writeFile(fs.core, f, fill(500, 3));
    syncFile(fs.core, f);
    fs.rename('/n11', '/zz');
    writeFile(fs.core, f, fill(3, 4));
    closeFile(fs.core, f);
    expect(get(fs, '/n10')).toEqual(Uint8Array.from([...fill(20, 10), ...fill(500, 3), ...fill(3, 4)]));
    for (let e = fs.readDir(dir); e !== undefined; e = fs.readDir(dir)) seen.push(String.fromCharCode(...e.name));
    fs.closeDir(dir);
    // what was there all the time is seen once
    for (const name of ['n01', 'n03', 'n09', 'n12', 'n19'])
      expect(
        seen.filter((s) => s === name),
        name,
      ).toHaveLength(1);
    expect(checkLfs(nor, SMALL, true)).toEqual([]);
  });

  it('refuses what is no filesystem, or another one', () => {
    const nor = new Nor(SMALL);
    const codeOf = (work: () => unknown): number => {
      try {
        work();
      } catch (e) {
        if (e instanceof LfsError) return e.errno;
        throw e;
      }
      return 0;
    };
    expect(codeOf(() => new Lfs2(nor, SMALL))).toBe(84);
    format(nor, SMALL);
    expect(codeOf(() => new Lfs2(nor, { ...SMALL, blockCount: 32 }))).toBe(22);
    expect(codeOf(() => format(nor, { ...SMALL, blockCount: 1 }))).toBe(28);
    expect(codeOf(() => format(nor, { ...SMALL, progSize: 24 }))).toBe(22);
    // any damage is an error or harmless; it never hangs or throws anything else
    const r = new Random(3);
    for (let i = 0; i < 20; i++) put(new Lfs2(nor, SMALL), `/f${i % 6}`, fill(r.int(400), i));
    const image = nor.bytes.slice();
    for (let i = 0; i < 400; i++) {
      nor.bytes = image.slice();
      for (let k = 0; k <= r.int(4); k++) nor.bytes[r.int(12 * SMALL.blockSize)] = r.int(256);
      codeOf(() => {
        const fs = new Lfs2(nor, SMALL);
        contents(fs);
        fs.usedBlocks();
      });
    }
  });
});

describe('LfsVolume', () => {
  it('puts files into an image and gets them out', () => {
    const volume = LfsVolume.format(64 * 1024);
    volume.mkdir('/lib');
    volume.write('/lib/ä.py', fill(5000, 1), 1_700_000_000);
    volume.write('/main.py', fill(10, 2));
    volume.rename('/main.py', '/boot.py');
    const again = new LfsVolume(volume.image.slice());
    expect(again.list()).toEqual([
      { name: 'boot.py', kind: 'file', size: 10 },
      { name: 'lib', kind: 'dir', size: 0 },
    ]);
    expect(again.list('/lib')).toEqual([{ name: 'ä.py', kind: 'file', size: 5000 }]);
    expect(again.read('/lib/ä.py')).toEqual(fill(5000, 1));
    again.remove('/boot.py');
    expect(again.stat('/lib')).toEqual({ kind: 'dir', size: 0 });
    expect(() => again.stat('/boot.py')).toThrow(LfsError);
    expect(again.check()).toEqual([]);
    expect(() => new LfsVolume(new Uint8Array(8192))).toThrow(LfsError);
  });
});

/** A new file is first made empty: the state between `before` and `after` when a path is new. */
function withEmptyFile(before: string, after: string): string {
  const old = new Map(JSON.parse(before) as [string, string | null][]);
  for (const [p, v] of JSON.parse(after) as [string, string | null][]) if (!old.has(p) && v !== null) old.set(p, '');
  return sorted(old);
}
