/** FAT against a model, and against FatFs itself: random operations, structure, images both ways. */
import * as FatFs from 'js-fatfs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '@tsmp-internal/testkit';
import { FatDir } from '../src/fs/fat/dir.js';
import {
  chdirFat,
  getcwdFat,
  mkdirFat,
  openFat,
  openFatDir,
  readFatDir,
  removeFat,
  renameFat,
  spaceOfFat,
  statFat,
} from '../src/fs/fat/fat.js';
import { readFat, seekFat, syncFat, writeFat } from '../src/fs/fat/file.js';
import { FatError, MAX_SECTOR, type SectorDevice } from '../src/fs/fat/format.js';
import { formatFat } from '../src/fs/fat/mkfs.js';
import { FatVolume } from '../src/fs/fat/volume.js';

const NOW = 0x5a21_6000;

class Memory implements SectorDevice {
  readonly bytes: Uint8Array;
  writable = true;
  /** Sectors that cannot be read or written. */
  broken = new Set<number>();
  constructor(
    sectors: number,
    readonly size = 512,
  ) {
    this.bytes = new Uint8Array(sectors * size);
  }
  init(): boolean {
    return true;
  }
  sectorSize(): number {
    return this.size;
  }
  sectorCount(): number {
    return this.bytes.length / this.size;
  }
  read(sector: number, into: Uint8Array): void {
    this.check(sector, into);
    into.set(this.bytes.subarray(sector * this.size, sector * this.size + into.length));
  }
  write(sector: number, bytes: Uint8Array): void {
    this.check(sector, bytes);
    this.bytes.set(bytes, sector * this.size);
  }
  private check(sector: number, bytes: Uint8Array): void {
    const n = bytes.length / this.size;
    const isOutside = sector < 0 || (sector + n) * this.size > this.bytes.length || !Number.isInteger(n);
    if (isOutside || [...this.broken].some((b) => b >= sector && b < sector + n)) throw new FatError('disk');
  }
  sync(): void {}
  charge(): void {}
}

function volume(device: SectorDevice): FatVolume {
  return new FatVolume(device, new Uint8Array(MAX_SECTOR), () => NOW);
}

// ---- simple access

function put(v: FatVolume, path: string, bytes: Uint8Array, create: 'always' | 'keep' | 'no' = 'always'): void {
  const f = openFat(v, path, { read: false, write: true, create });
  if (create === 'keep') seekFat(v, f, f.size);
  expect(writeFat(v, f, bytes)).toBe(bytes.length);
  syncFat(v, f);
}
function get(v: FatVolume, path: string): Uint8Array {
  const f = openFat(v, path, { read: true, write: false, create: 'no' });
  const bytes = new Uint8Array(f.size + 10);
  return bytes.subarray(0, readFat(v, f, bytes));
}
function faultOf(work: () => unknown): string {
  try {
    work();
  } catch (e) {
    if (e instanceof FatError) return e.fault;
    throw e;
  }
  return 'none';
}
function names(v: FatVolume, path: string): string[] {
  const dir = openFatDir(v, path);
  const all: string[] = [];
  for (let s = readFatDir(dir); s !== undefined; s = readFatDir(dir)) all.push(s.name);
  return all;
}

/** All files and directories below a path. */
function tree(v: FatVolume, path: string): Map<string, Uint8Array | 'dir'> {
  const all = new Map<string, Uint8Array | 'dir'>();
  const dir = openFatDir(v, path);
  for (let s = readFatDir(dir); s !== undefined; s = readFatDir(dir)) {
    const p = `${path}/${s.name}`;
    if ((s.attr & 0x10) === 0) all.set(p, get(v, p));
    else {
      all.set(p, 'dir');
      for (const [q, x] of tree(v, p)) all.set(q, x);
    }
  }
  return all;
}

/** Every cluster belongs to one chain or is free; chains are as long as their files. */
function checkStructure(v: FatVolume): void {
  const owner = new Map<number, string>();
  const take = (path: string, first: number, size: number | undefined): void => {
    let n = 0;
    for (let c = first; c !== 0 && c < v.entries; c = v.follow(c)) {
      if (owner.has(c)) throw new Error(`cluster ${c} is part of ${path} and of ${owner.get(c)}`);
      owner.set(c, path);
      n++;
    }
    if (size === undefined) return;
    if (n < Math.ceil(size / v.clusterBytes)) throw new Error(`${path} has ${size} bytes in ${n} clusters`);
  };
  if (v.kind === 32) take('/', v.dirAt, undefined);
  const walk = (start: number, path: string): void => {
    const dir = new FatDir(v);
    dir.start = start;
    dir.seek(0);
    for (; dir.read(); dir.step(false)) {
      const { first, size, text } = dir;
      const isDir = (dir.attr & 0x10) !== 0;
      take(`${path}/${text}`, first, isDir ? undefined : size);
      if (isDir) walk(first, `${path}/${text}`);
    }
  };
  walk(0, '');
  let free = 0;
  for (let c = 2; c < v.entries; c++) {
    if (v.next(c) === 0) free++;
    else if (!owner.has(c)) throw new Error(`cluster ${c} belongs to nothing`);
  }
  expect(v.countFree()).toBe(free);
}

// ---- FatFs as the other side

/** FatFs on the same device. */
class Other {
  private constructor(private readonly ff: FatFs.FatFs) {}

  static async on({ bytes, size }: Memory): Promise<Other> {
    const ff = await FatFs.create({
      diskio: {
        initialize: () => 0,
        status: () => 0,
        read(f, _drive, buff, sector, count) {
          f.HEAPU8.set(bytes.subarray(sector * size, (sector + count) * size), buff);
          return FatFs.RES_OK;
        },
        write(f, _drive, buff, sector, count) {
          bytes.set(f.HEAPU8.subarray(buff, buff + count * size), sector * size);
          return FatFs.RES_OK;
        },
        ioctl(f, _drive, cmd, buff) {
          if (cmd === FatFs.GET_SECTOR_COUNT) f.setValue(buff, bytes.length / size, 'i32');
          else if (cmd === FatFs.GET_SECTOR_SIZE) f.setValue(buff, size, 'i16');
          else if (cmd === FatFs.GET_BLOCK_SIZE) f.setValue(buff, 1, 'i32');
          return FatFs.RES_OK;
        },
      },
    });
    return new Other(ff);
  }
  format(fmt: number, fats: number, cluster: number): void {
    const work = this.ff.malloc(65536);
    expect(this.ff.f_mkfs('', { fmt, n_fat: fats, align: 0, n_root: 0, au_size: cluster }, work, 65536)).toBe(0);
    this.ff.free(work);
  }
  /** Runs `work` with the volume mounted. */
  mounted(work: () => void): void {
    const fs = this.ff.malloc(FatFs.sizeof_FATFS);
    expect(this.ff.f_mount(fs, '', 1)).toBe(0);
    work();
    expect(this.ff.f_unmount('')).toBe(0);
    this.ff.free(fs);
  }
  private open<T>(path: string, mode: number, size: number, work: (fil: number, buff: number, n: number) => T): T {
    const { ff } = this;
    const all = [ff.malloc(FatFs.sizeof_FIL), ff.malloc(size + 1), ff.malloc(4)] as const;
    expect(ff.f_open(all[0], path, mode)).toBe(0);
    const r = work(...all);
    expect(ff.f_close(all[0])).toBe(0);
    for (const p of all) ff.free(p);
    return r;
  }
  get(path: string, size: number): Uint8Array {
    const { ff } = this;
    return this.open(path, FatFs.FA_READ, size, (fil, buff, n) => {
      expect(ff.f_read(fil, buff, size, n)).toBe(0);
      expect(ff.getValue(n, 'i32')).toBe(size);
      return ff.HEAPU8.slice(buff, buff + size);
    });
  }
  put(path: string, bytes: Uint8Array): void {
    const { ff } = this;
    this.open(path, FatFs.FA_WRITE | FatFs.FA_CREATE_ALWAYS, bytes.length, (fil, buff, n) => {
      ff.HEAPU8.set(bytes, buff);
      expect(ff.f_write(fil, buff, bytes.length, n)).toBe(0);
    });
  }
  mkdir(path: string): void {
    expect(this.ff.f_mkdir(path)).toBe(0);
  }
  tree(path: string): Map<string, Uint8Array | 'dir'> {
    const { ff } = this;
    const all = new Map<string, Uint8Array | 'dir'>();
    const [dir, info] = [ff.malloc(FatFs.sizeof_DIR), ff.malloc(FatFs.sizeof_FILINFO)];
    expect(ff.f_opendir(dir, path === '' ? '/' : path)).toBe(0);
    for (;;) {
      expect(ff.f_readdir(dir, info)).toBe(0);
      const name = ff.FILINFO_fname(info);
      if (name === '') break;
      const p = `${path}/${name}`;
      if ((ff.FILINFO_fattrib(info) & 0x10) === 0) all.set(p, this.get(p, ff.FILINFO_fsize(info)));
      else {
        all.set(p, 'dir');
        for (const [q, x] of this.tree(p)) all.set(q, x);
      }
    }
    expect(ff.f_closedir(dir)).toBe(0);
    ff.free(dir);
    ff.free(info);
    return all;
  }
}

// ---- random operations

const NAMES = [
  'a',
  'B.TXT',
  'c.py',
  'Mixed.Case',
  'a long name with spaces.text',
  'another long name with spaces.text',
  'another long name with more spaces.text',
  '.hidden',
  'UPPER.low',
  'x+y=[1].dat',
  `${'n'.repeat(60)}.b`,
];

/** What should be there: paths as they were first written. */
class Model {
  readonly all = new Map<string, Uint8Array | 'dir'>();
  dirs(): string[] {
    return ['', ...[...this.all].filter(([, x]) => x === 'dir').map(([p]) => p)];
  }
  files(): string[] {
    return [...this.all].filter(([, x]) => x !== 'dir').map(([p]) => p);
  }
}

function randomRun(v: FatVolume, seed: number, steps: number): Model {
  const next = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[next(items.length)] as T;
  const bytes = (n: number): Uint8Array => Uint8Array.from({ length: n }, () => next(256));
  const m = new Model();
  const size = (): number => pick([0, 1, 100, 512, 513, 1500, 4096, 9000]);
  for (let i = 0; i < steps; i++) {
    const path = `${pick(m.dirs())}/${pick(NAMES)}`;
    const there = m.all.get(path);
    switch (next(9)) {
      case 0: {
        const data = bytes(size());
        if (there === 'dir') expect(faultOf(() => put(v, path, data))).toBe('denied');
        else {
          put(v, path, data);
          m.all.set(path, data);
        }
        break;
      }
      case 1: {
        if (there === 'dir') break;
        const data = bytes(size());
        put(v, path, data, 'keep');
        m.all.set(path, Uint8Array.from([...(there ?? []), ...data]));
        break;
      }
      case 2: {
        // overwrite in the middle, beyond the end too
        if (there === undefined || there === 'dir') break;
        const data = bytes(size());
        const to = next(there.length + 1);
        const f = openFat(v, path, { read: true, write: true, create: 'no' });
        seekFat(v, f, to);
        writeFat(v, f, data);
        seekFat(v, f, 0);
        const after = new Uint8Array(Math.max(there.length, to + data.length));
        after.set(there);
        after.set(data, to);
        const seen = new Uint8Array(after.length);
        expect(readFat(v, f, seen)).toBe(after.length);
        expect(same(seen, after)).toBe(true);
        syncFat(v, f);
        m.all.set(path, after);
        break;
      }
      case 3:
      case 4:
        if (there !== undefined) expect(faultOf(() => mkdirFat(v, path))).toBe('exists');
        else if (path.split('/').length < 5) {
          mkdirFat(v, path);
          m.all.set(path, 'dir');
        }
        break;
      case 5: {
        const isFull = there === 'dir' && [...m.all.keys()].some((p) => p.startsWith(`${path}/`));
        expect(faultOf(() => removeFat(v, path))).toBe(there === undefined ? 'no-file' : isFull ? 'denied' : 'none');
        if (!isFull) m.all.delete(path);
        break;
      }
      case 6: {
        const to = `${pick(m.dirs())}/${pick(NAMES)}`;
        if (there === undefined || to.startsWith(`${path}/`) || to === path) break;
        expect(faultOf(() => renameFat(v, path, to))).toBe(m.all.has(to) ? 'exists' : 'none');
        if (m.all.has(to)) break;
        for (const [p, x] of [...m.all]) {
          if (p !== path && !p.startsWith(`${path}/`)) continue;
          m.all.delete(p);
          m.all.set(to + p.slice(path.length), x);
        }
        break;
      }
      case 7: {
        const file = m.files().length > 0 ? pick(m.files()) : undefined;
        if (file !== undefined) expect(same(get(v, file.toUpperCase()), m.all.get(file) as Uint8Array)).toBe(true);
        break;
      }
      default: {
        const dir = pick(m.dirs());
        chdirFat(v, dir === '' ? '/' : dir);
        expect(getcwdFat(v)).toBe(dir === '' ? '/' : dir);
        chdirFat(v, '/');
      }
    }
  }
  return m;
}
function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
/** Paths with their contents, in a form that is compared quickly. */
function sorted(all: ReadonlyMap<string, Uint8Array | 'dir'>): string[] {
  return [...all].map(([p, x]) => `${p} ${x === 'dir' ? x : Buffer.from(x).toString('base64')}`).sort();
}

const KINDS: readonly (readonly [string, number, number, 12 | 16 | 32])[] = [
  ['FAT12', 2000, 512, 12],
  ['FAT12 with larger sectors', 500, 4096, 12],
  ['FAT16', 20_000, 512, 16],
  ['FAT32', 70_000, 512, 32],
];

describe('random operations', () => {
  for (const [name, sectors, size, kind] of KINDS) {
    it(`leave ${name} as the model says, for FatFs too`, async () => {
      const device = new Memory(sectors, size);
      const other = await Other.on(device);
      if (kind === 32) other.format(FatFs.FM_FAT32 | FatFs.FM_SFD, 2, 512);
      else formatFat(device, NOW, false);
      const v = volume(device);
      v.need(true);
      expect(v.kind).toBe(kind);
      const model = randomRun(v, kind + size, 200);
      checkStructure(v);
      v.sync();
      expect(sorted(tree(volume(device), ''))).toEqual(sorted(model.all));
      other.mounted(() => expect(sorted(other.tree(''))).toEqual(sorted(model.all)));
    });
  }
});

describe('a volume that FatFs made', () => {
  it('is read and written', async () => {
    const device = new Memory(3000);
    const other = await Other.on(device);
    other.format(FatFs.FM_FAT, 2, 1024);
    const text = new TextEncoder().encode('made elsewhere\n'.repeat(200));
    other.mounted(() => {
      other.mkdir('/Some Folder');
      for (let i = 0; i < 60; i++) other.put(`/Some Folder/a file with number ${i}.txt`, text.subarray(0, i * 50));
    });
    const v = volume(device);
    v.need(true);
    expect(v.clusterBytes).toBe(1024);
    expect(v.fats).toBe(2);
    checkStructure(v);
    for (let i = 0; i < 60; i++)
      expect(get(v, `some folder/A FILE WITH NUMBER ${i}.TXT`)).toEqual(text.subarray(0, i * 50));
    put(v, 'Some Folder/mine', text);
    removeFat(v, 'Some Folder/a file with number 30.txt');
    v.sync();
    // both tables say the same
    const at = v.fatAt * 512;
    const length = v.fatSize * 512;
    expect(device.bytes.slice(at, at + length)).toEqual(device.bytes.slice(at + length, at + 2 * length));
    other.mounted(() => expect(sorted(other.tree(''))).toEqual(sorted(tree(v, ''))));
  });

  it('is found in a partition', async () => {
    const device = new Memory(4000);
    const other = await Other.on(device);
    other.format(FatFs.FM_FAT, 1, 512);
    expect(device.bytes[450]).not.toBe(0);
    const v = volume(device);
    put(v, 'x', new Uint8Array(700).fill(7));
    v.sync();
    expect(v.volumeAt).toBeGreaterThan(0);
    other.mounted(() => expect(other.tree('')).toEqual(new Map([['/x', new Uint8Array(700).fill(7)]])));
  });
});

describe('names', () => {
  const made = (): { device: Memory; v: FatVolume } => {
    const device = new Memory(400);
    formatFat(device, NOW, false);
    return { device, v: volume(device) };
  };
  const shortNames = (device: Memory, v: FatVolume): string[] => {
    const all: string[] = [];
    for (let at = v.dirAt * 512; device.bytes[at] !== 0; at += 32)
      if (device.bytes[at + 11] !== 0x0f && device.bytes[at] !== 0xe5)
        all.push(String.fromCharCode(...device.bytes.subarray(at, at + 11)));
    return all;
  };

  it('have the short forms that DOS gives them', () => {
    const { device, v } = made();
    const given = [
      'foo_file.txt',
      'Foo.Txt',
      'long file name.text',
      'long file no 2.text',
      '.x',
      'a.b.c',
      'A+B',
      'abc.d e',
    ];
    for (const n of given) put(v, n, new Uint8Array(0));
    expect(names(v, '')).toEqual(given);
    expect(shortNames(device, v)).toEqual([
      'FOO_FILETXT',
      'FOO     TXT',
      'LONGFI~1TEX',
      'LONGFI~2TEX',
      '~1      X  ',
      'AB~1    C  ',
      'A_B~1      ',
      'ABC~1   DE ',
    ]);
  });
  it('are found whatever their case, by the short form too', () => {
    const { v } = made();
    put(v, 'Some Long Name.python', Uint8Array.of(1));
    expect(get(v, 'sOmE lOnG nAmE.PYTHON')).toEqual(Uint8Array.of(1));
    expect(get(v, 'somelo~1.pyt')).toEqual(Uint8Array.of(1));
    expect(statFat(v, '/somelo~1.pyt').name).toBe('Some Long Name.python');
  });
  it('of many files that look alike get a hash', () => {
    const { device, v } = made();
    for (let i = 0; i < 12; i++) put(v, `resembling each other ${i}`, Uint8Array.of(i));
    expect(new Set(shortNames(device, v)).size).toBe(12);
    for (let i = 0; i < 12; i++) expect(get(v, `resembling each other ${i}`)).toEqual(Uint8Array.of(i));
  });
  it('of bytes beyond ASCII are kept', () => {
    const { v } = made();
    // 日本.txt in UTF-8
    const name = '\xe6\x97\xa5\xe6\x9c\xac.txt';
    put(v, name, Uint8Array.of(9));
    expect(names(v, '')).toEqual([name]);
    expect(get(v, name)).toEqual(Uint8Array.of(9));
  });
  it('that no file can have are refused', () => {
    const { v } = made();
    for (const n of ['a*b', 'a?', '"', '<', 'a:b', '...', '   ', 'x'.repeat(256)])
      expect(
        faultOf(() => put(v, n, new Uint8Array(1))),
        n,
      ).toBe('invalid-name');
    put(v, 'y'.repeat(255), new Uint8Array(1));
    expect(names(v, '')).toEqual(['y'.repeat(255)]);
  });
});

describe('limits', () => {
  it('a full volume takes what fits, and all comes back', () => {
    const device = new Memory(60);
    formatFat(device, NOW, false);
    const v = volume(device);
    const { clusters, free } = spaceOfFat(v);
    expect(free).toBe(clusters);
    const f = openFat(v, 'big', { read: false, write: true, create: 'always' });
    expect(writeFat(v, f, new Uint8Array(60 * 512))).toBe(clusters * 512);
    syncFat(v, f);
    expect(spaceOfFat(v).free).toBe(0);
    expect(faultOf(() => mkdirFat(v, 'd'))).toBe('denied');
    removeFat(v, 'big');
    expect(spaceOfFat(v).free).toBe(clusters);
    checkStructure(v);
  });
  it('a root directory that is full refuses; another one grows', () => {
    const device = new Memory(3000);
    formatFat(device, NOW, false);
    const v = volume(device);
    for (let i = 0; i < 512; i++) put(v, `F${i}`, new Uint8Array(0));
    expect(faultOf(() => put(v, 'ONE', new Uint8Array(0)))).toBe('denied');
    removeFat(v, 'F7');
    mkdirFat(v, 'D');
    for (let i = 0; i < 600; i++) put(v, `D/F${i}`, new Uint8Array(0));
    expect(names(v, 'D').length).toBe(600);
    checkStructure(v);
  });
  it('too few sectors, a device without a filesystem, one that cannot be written to', () => {
    expect(faultOf(() => formatFat(new Memory(21), NOW, true))).toBe('no-format');
    expect(faultOf(() => formatFat(new Memory(40), NOW, true))).toBe('no-format');
    expect(faultOf(() => volume(new Memory(100)).need(false))).toBe('no-filesystem');
    const device = new Memory(100);
    formatFat(device, NOW, false);
    device.writable = false;
    const v = volume(device);
    expect(names(v, '')).toEqual([]);
    for (const work of [() => mkdirFat(v, 'x'), () => removeFat(v, 'x'), () => put(v, 'x', new Uint8Array(1))])
      expect(faultOf(work)).toBe('write-protected');
  });
});

describe('damage', () => {
  it('is an error, never an endless loop or an exception of another kind', () => {
    const device = new Memory(300);
    formatFat(device, NOW, false);
    const v = volume(device);
    mkdirFat(v, 'dir');
    for (let i = 0; i < 8; i++) put(v, `dir/a longer name ${i}`, new Uint8Array(300 * i).fill(i));
    v.sync();
    const sound = device.bytes.slice();
    const next = seededRandom(7);
    const tries = (w: FatVolume): readonly (() => unknown)[] => [
      () => names(w, 'dir'),
      () => get(w, 'dir/a longer name 7'),
      () => put(w, 'dir/new', new Uint8Array(2000), 'keep'),
      () => spaceOfFat(w),
      () => chdirFat(w, 'dir'),
      () => getcwdFat(w),
      () => renameFat(w, '/dir/a longer name 1', '/moved'),
      () => removeFat(w, '/dir/a longer name 2'),
      () => mkdirFat(w, '/more'),
    ];
    let faults = 0;
    for (let i = 0; i < 300; i++) {
      device.bytes.set(sound);
      // boot sector, table, directories
      for (let k = 0; k < 4; k++) device.bytes[next(i % 3 === 0 ? 64 : 40 * 512)] = next(256);
      const w = volume(device);
      for (const work of tries(w)) if (faultOf(work) !== 'none') faults++;
    }
    expect(faults).toBeGreaterThan(0);
  });
  it('of a sector stays with the file that needs it', () => {
    const device = new Memory(300);
    formatFat(device, NOW, false);
    const v = volume(device);
    put(v, 'one', new Uint8Array(2000).fill(1));
    put(v, 'two', new Uint8Array(2000).fill(2));
    v.sync();
    device.broken.add(v.sectorOf(3));
    const w = volume(device);
    const f = openFat(w, 'one', { read: true, write: false, create: 'no' });
    expect(faultOf(() => readFat(w, f, new Uint8Array(2000)))).toBe('disk');
    expect(faultOf(() => readFat(w, f, new Uint8Array(1)))).toBe('internal');
    expect(get(w, 'two')).toEqual(new Uint8Array(2000).fill(2));
  });
});
