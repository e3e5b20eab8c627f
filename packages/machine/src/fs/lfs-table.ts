/**
 * The littlefs filesystems of a board, with their open files and listings, by the numbers that objects in its memory hold. All of
 * it is plain data on request; devices are found again through the filesystems' objects.
 */
import type { Obj } from '@tsmp/vm';
import type { BlockDevice, LfsConfig } from './lfs2/core.js';
import { attachFiles, closeFile, type LfsFile } from './lfs2/file.js';
import { LfsError } from './lfs2/format.js';
import { FlashDevice } from './object-device.js';
import { Lfs2, type LfsDir } from './lfs2/lfs2.js';

/** A device that can be made read-only. */
export type LfsDevice = BlockDevice & { readOnly: boolean };

/** A filesystem object's filesystem. */
export interface Mounted {
  /** The object. */
  readonly self: Obj;
  readonly lfs: Lfs2;
  readonly device: LfsDevice;
  /** An operation is under way. */
  busy: boolean;
  /** The object is gone; its files, which go in the same collection, may still be closed. */
  gone: boolean;
}

/** Plain data of an {@link LfsTable}. */
export interface LfsTableState {
  readonly mounts: readonly {
    readonly number: number;
    readonly self: Obj;
    readonly cfg: LfsConfig;
    readonly readOnly: boolean;
    readonly core: SavedCore;
    readonly files: readonly (readonly [number, Plain])[];
    readonly dirs: readonly (readonly [number, Plain])[];
  }[];
}
type SavedCore = Pick<
  Lfs2['core'],
  | 'root'
  | 'gstate'
  | 'gdisk'
  | 'gdelta'
  | 'oldSuperblock'
  | 'nameMax'
  | 'fileMax'
  | 'attrMax'
  | 'inlineMax'
  | 'blockCount'
> & { readonly window: readonly number[] };

/** The filesystems of a board. */
export class LfsTable {
  readonly mounts = new Map<number, Mounted>();
  readonly files = new Map<number, { readonly mount: number; readonly file: LfsFile }>();
  readonly dirs = new Map<number, { readonly mount: number; readonly dir: LfsDir }>();

  addMount(self: Obj, lfs: Lfs2, device: LfsDevice): number {
    const n = free(this.mounts);
    this.mounts.set(n, { self, lfs, device, busy: false, gone: false });
    return n;
  }
  /** A filesystem's object is collected. */
  removeMount(n: number): void {
    const m = this.mounts.get(n);
    if (m === undefined) return;
    m.gone = true;
    this.sweep(n);
  }
  addFile(mount: number, file: LfsFile): number {
    const n = free(this.files);
    this.files.set(n, { mount, file });
    return n;
  }
  removeFile(n: number): void {
    const f = this.files.get(n);
    if (f === undefined) return;
    this.files.delete(n);
    this.sweep(f.mount);
  }
  addDir(mount: number, dir: LfsDir): number {
    const n = free(this.dirs);
    this.dirs.set(n, { mount, dir });
    return n;
  }
  closeDir(n: number): void {
    const d = this.dirs.get(n);
    if (d === undefined) return;
    this.dirs.delete(n);
    this.mounts.get(d.mount)?.lfs.closeDir(d.dir);
  }
  /**
   * Closes the files in the board's flash and forgets everything: a reset. What is on a program's own device could only be closed
   * by running the program.
   */
  closeAll(): void {
    for (const { mount, file } of this.files.values()) {
      const m = this.mounts.get(mount);
      if (m === undefined || !(m.device instanceof FlashDevice)) continue;
      try {
        closeFile(m.lfs.core, file);
      } catch (e) {
        // as a finaliser's, the error has nobody to go to
        if (!(e instanceof LfsError)) throw e;
      }
    }
    this.clear();
  }
  /** Forgets everything. */
  clear(): void {
    this.mounts.clear();
    this.files.clear();
    this.dirs.clear();
  }
  private sweep(mount: number): void {
    if (this.mounts.get(mount)?.gone !== true) return;
    for (const f of this.files.values()) if (f.mount === mount) return;
    this.mounts.delete(mount);
  }

  save(): LfsTableState {
    return {
      mounts: [...this.mounts].map(([number, m]) => {
        const { core } = m.lfs;
        const { root, gstate, gdisk, gdelta, oldSuperblock } = core;
        const { nameMax, fileMax, attrMax, inlineMax, blockCount } = core;
        const saved: SavedCore = {
          ...{ root, gstate, gdisk, gdelta, oldSuperblock, nameMax, fileMax, attrMax, inlineMax, blockCount },
          window: core.saveWindow(),
        };
        const of = <T extends { mount: number }>(map: Map<number, T>): [number, T][] =>
          [...map].filter(([, x]) => x.mount === number);
        return {
          number,
          self: m.self,
          cfg: core.cfg,
          readOnly: m.device.readOnly,
          core: saved,
          files: of(this.files).map(([n, { file }]) => [n, plain(file)] as const),
          dirs: of(this.dirs).map(([n, { dir }]) => [n, plain(dir)] as const),
        };
      }),
    };
  }
  /** Takes on a saved state. `device`: the device of a filesystem's object. */
  load(state: LfsTableState, device: (self: Obj, cfg: LfsConfig) => LfsDevice): void {
    this.clear();
    for (const s of state.mounts) {
      const d = device(s.self, s.cfg);
      d.readOnly = s.readOnly;
      const lfs = Lfs2.restored(d, s.cfg);
      const { window, ...core } = s.core;
      Object.assign(lfs.core, core);
      lfs.core.loadWindow(window);
      attachFiles(lfs.core);
      this.mounts.set(s.number, { self: s.self, lfs, device: d, busy: false, gone: false });
      for (const [n, f] of s.files) {
        // as `save` made it of a file
        const file = revived(f) as LfsFile;
        lfs.core.followers.add(file);
        this.files.set(n, { mount: s.number, file });
      }
      for (const [n, x] of s.dirs) {
        const dir = revived(x) as LfsDir;
        lfs.core.followers.add(dir);
        this.dirs.set(n, { mount: s.number, dir });
      }
    }
  }
}

/** A value without typed arrays, so that it can be written as JSON: bytes are `{ bytes: [...] }`. */
export type Plain = null | number | boolean | string | readonly Plain[] | { readonly [key: string]: Plain };

function plain(v: unknown): Plain {
  if (v instanceof Uint8Array) return { bytes: [...v] };
  if (Array.isArray(v)) return v.map(plain);
  if (typeof v === 'object' && v !== null) {
    const entries = Object.entries(v).filter(([, x]) => x !== undefined);
    return Object.fromEntries(entries.map(([k, x]) => [k, plain(x)]));
  }
  return v as Plain;
}
/** What `plain` was made of; a bytes array of a file's pending bytes has siblings and stays one. */
function revived(v: Plain): unknown {
  if (Array.isArray(v)) return v.map(revived);
  if (typeof v !== 'object' || v === null) return v;
  const entries = Object.entries(v);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'bytes') return Uint8Array.from(first[1] as number[]);
  return Object.fromEntries(entries.map(([k, x]) => [k, revived(x)]));
}

function free(map: ReadonlyMap<number, unknown>): number {
  let n = 1;
  while (map.has(n)) n++;
  return n;
}
