/**
 * The image of a littlefs filesystem as a thing of the host: files in and out of the bytes that `Flash.image()` gives, or that a
 * real board's flash was read out to. What it writes is what a board would have written.
 */
import { checkLfs } from './check.js';
import type { BlockDevice, LfsConfig } from './core.js';
import { closeFile, mtimeBytes, readFile, writeFile } from './file.js';
import { utf8 } from '../../utf8.js';
import { format, Lfs2, type LfsEntry, type LfsOpen, type LfsStat } from './lfs2.js';

/** How a filesystem is laid out on its device. */
export interface LfsLayout {
  /** Bytes of a block that is erased at once. Default 4096. */
  readonly blockSize?: number | undefined;
  /** Bytes that are programmed at once. Default 256, as an RP2040's flash needs it. */
  readonly progSize?: number | undefined;
}

/** A file or directory of a volume. */
export interface LfsItem {
  readonly name: string;
  readonly kind: 'file' | 'dir';
  readonly size: number;
}

/** NOR flash in memory. */
class Image implements BlockDevice {
  constructor(
    readonly bytes: Uint8Array,
    private readonly blockSize: number,
  ) {}
  read(block: number, offset: number, into: Uint8Array): void {
    const at = block * this.blockSize + offset;
    into.set(this.bytes.subarray(at, at + into.length));
  }
  program(block: number, offset: number, bytes: Uint8Array): void {
    const at = block * this.blockSize + offset;
    for (let i = 0; i < bytes.length; i++) this.bytes[at + i] = (this.bytes[at + i] as number) & (bytes[i] as number);
  }
  erase(block: number): void {
    this.bytes.fill(0xff, block * this.blockSize, (block + 1) * this.blockSize);
  }
  sync(): void {
    // nothing is held back
  }
}

const OPEN: LfsOpen = {
  readable: true,
  writable: false,
  create: false,
  exclusive: false,
  truncate: false,
  append: false,
  mtime: undefined,
};

/** A filesystem in bytes. Methods throw {@link LfsError}, with the errno that a program would get. */
export class LfsVolume {
  private readonly device: Image;
  private readonly cfg: LfsConfig;
  private readonly lfs: Lfs2;

  /** Mounts an image, which is changed in place. */
  constructor(image: Uint8Array, layout: LfsLayout = {}) {
    this.cfg = configOf(image.length, layout);
    this.device = new Image(image, this.cfg.blockSize);
    this.lfs = new Lfs2(this.device, this.cfg);
  }

  /** A new volume of `size` bytes with nothing on it. */
  static format(size: number, layout: LfsLayout = {}): LfsVolume {
    const image = new Uint8Array(size).fill(0xff);
    const cfg = configOf(size, layout);
    format(new Image(image, cfg.blockSize), cfg);
    return new LfsVolume(image, layout);
  }

  /** The bytes: the image that was given. */
  get image(): Uint8Array {
    return this.device.bytes;
  }

  /** What is in a directory. */
  list(path = '/'): LfsItem[] {
    const dir = this.lfs.openDir(bytesOf(path));
    const items: LfsItem[] = [];
    for (let e: LfsEntry | undefined = this.lfs.readDir(dir); e !== undefined; e = this.lfs.readDir(dir))
      items.push({ name: decodeURIComponent(escaped(e.name)), kind: e.kind, size: e.size });
    this.lfs.closeDir(dir);
    return items;
  }
  /** What a path leads to. */
  stat(path: string): Pick<LfsStat, 'kind' | 'size'> {
    const { kind, size } = this.lfs.stat(bytesOf(path));
    return { kind, size };
  }
  /** All bytes of a file. */
  read(path: string): Uint8Array {
    const f = this.lfs.open(bytesOf(path), OPEN);
    const bytes = readFile(this.lfs.core, f, f.size);
    closeFile(this.lfs.core, f);
    return bytes;
  }
  /** Makes or replaces a file. `seconds` since 1970: its time of change. */
  write(path: string, bytes: Uint8Array, seconds?: number): void {
    const mtime = seconds === undefined ? undefined : mtimeBytes(seconds * 1e9);
    const { core } = this.lfs;
    const f = this.lfs.open(bytesOf(path), {
      ...OPEN,
      readable: false,
      writable: true,
      create: true,
      truncate: true,
      mtime,
    });
    try {
      writeFile(core, f, bytes);
    } finally {
      closeFile(core, f);
    }
  }
  /** Makes a directory. */
  mkdir(path: string): void {
    this.lfs.mkdir(bytesOf(path));
  }
  /** Removes a file or an empty directory. */
  remove(path: string): void {
    this.lfs.remove(bytesOf(path));
  }
  /** Renames a file or directory. */
  rename(from: string, to: string): void {
    this.lfs.rename(bytesOf(from), bytesOf(to));
  }
  /** Everything that is wrong with the image; empty: nothing. */
  check(): string[] {
    return checkLfs(this.device, this.cfg, false);
  }
}

function configOf(size: number, layout: LfsLayout): LfsConfig {
  const blockSize = layout.blockSize ?? 4096;
  const progSize = layout.progSize ?? 256;
  const cacheSize = Math.min(blockSize, 4 * Math.max(32, progSize));
  return {
    blockSize,
    blockCount: size / blockSize,
    readSize: 32,
    progSize,
    cacheSize,
    lookahead: 32,
    blockCycles: 100,
  };
}

/** A path as the filesystem takes it: each character a byte of its UTF-8. */
function bytesOf(path: string): string {
  return String.fromCharCode(...utf8(path));
}
/** A name's bytes, percent-encoded for `decodeURIComponent`; what is no UTF-8 becomes question marks. */
function escaped(name: Uint8Array): string {
  const text = Array.from(name, (b) => `%${b.toString(16).padStart(2, '0')}`).join('');
  try {
    decodeURIComponent(text);
    return text;
  } catch {
    return Array.from(name, (b) => (b < 0x80 ? `%${b.toString(16).padStart(2, '0')}` : '?')).join('');
  }
}
