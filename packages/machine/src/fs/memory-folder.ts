/** A folder that lives in memory: for tests, and for pages that have no files. */
import { FileError, type FileStat, type FolderEntry, type HostFolder, parentOf, resolvePath } from './folder.js';
import { utf8 } from '../utf8.js';

interface MemoryFile {
  readonly bytes: Uint8Array;
  readonly mtime: number;
}

/** Plain data of a {@link MemoryFolder}. */
export interface MemoryFolderState {
  readonly folders: readonly string[];
  readonly files: readonly (readonly [string, readonly number[], number])[];
}

/** Files by path. */
export class MemoryFolder implements HostFolder {
  private readonly files = new Map<string, MemoryFile>();
  private readonly folders = new Set<string>(['/']);

  /** `files`: contents by path, as text or bytes; their folders are made. `now`: seconds since 1970, for modification times. */
  constructor(
    files: Readonly<Record<string, string | Uint8Array>> = {},
    private readonly now: () => number = () => 0,
  ) {
    for (const [name, content] of Object.entries(files)) {
      const path = resolvePath('/', name);
      for (let p = parentOf(path); p !== '/'; p = parentOf(p)) this.folders.add(p);
      this.write(path, typeof content === 'string' ? utf8(content) : content);
    }
  }

  /** Undefined: nothing there. */
  stat(path: string): FileStat | undefined {
    const file = this.files.get(path);
    if (file !== undefined) return { kind: 'file', size: file.bytes.length, mtime: file.mtime };
    return this.folders.has(path) ? { kind: 'folder', size: 0, mtime: 0 } : undefined;
  }
  /** The entries of a folder, by name. */
  list(path: string): FolderEntry[] {
    this.needFolder(path);
    const here = (p: string): boolean => p !== '/' && parentOf(p) === path;
    const name = (p: string): string => p.slice(p.lastIndexOf('/') + 1);
    return [
      ...[...this.folders].filter(here).map((p): FolderEntry => ({ name: name(p), kind: 'folder', size: 0 })),
      ...[...this.files]
        .filter(([p]) => here(p))
        .map(([p, f]): FolderEntry => ({ name: name(p), kind: 'file', size: f.bytes.length })),
    ].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  /** All bytes of a file. */
  read(path: string): Uint8Array {
    const file = this.files.get(path);
    if (file === undefined) throw new FileError(this.folders.has(path) ? 'EISDIR' : 'ENOENT', path);
    return file.bytes;
  }
  /** Makes the file, or replaces its contents. */
  write(path: string, bytes: Uint8Array): void {
    if (this.folders.has(path)) throw new FileError('EISDIR', path);
    this.needFolder(parentOf(path));
    this.files.set(path, { bytes: bytes.slice(), mtime: this.now() });
  }
  /** Removes a file. */
  remove(path: string): void {
    if (this.folders.has(path)) throw new FileError('EISDIR', path);
    if (!this.files.delete(path)) throw new FileError('ENOENT', path);
  }
  /** Renames a file, or a folder with all in it. */
  rename(from: string, to: string): void {
    this.needFolder(parentOf(to));
    const file = this.files.get(from);
    if (file !== undefined) {
      if (this.folders.has(to)) throw new FileError('EISDIR', to);
      this.files.delete(from);
      this.files.set(to, file);
      return;
    }
    if (!this.folders.has(from) || from === '/') throw new FileError('ENOENT', from);
    if (to.startsWith(`${from}/`)) throw new FileError('EINVAL', to);
    if (this.files.has(to)) throw new FileError('ENOTDIR', to);
    if (to !== from && this.folders.has(to) && this.list(to).length > 0) throw new FileError('ENOTEMPTY', to);
    const moved = (p: string): string | undefined =>
      p === from || p.startsWith(`${from}/`) ? to + p.slice(from.length) : undefined;
    for (const p of [...this.folders]) {
      const q = moved(p);
      if (q === undefined) continue;
      this.folders.delete(p);
      this.folders.add(q);
    }
    for (const [p, f] of [...this.files]) {
      const q = moved(p);
      if (q === undefined) continue;
      this.files.delete(p);
      this.files.set(q, f);
    }
  }
  /** Makes a folder; the one it is in must exist. */
  mkdir(path: string): void {
    if (this.stat(path) !== undefined) throw new FileError('EEXIST', path);
    this.needFolder(parentOf(path));
    this.folders.add(path);
  }
  /** Removes an empty folder. */
  rmdir(path: string): void {
    if (this.files.has(path)) throw new FileError('ENOTDIR', path);
    if (this.list(path).length > 0) throw new FileError('ENOTEMPTY', path);
    if (path === '/') throw new FileError('EINVAL', path);
    this.folders.delete(path);
  }

  /** Folders and files as plain data. */
  save(): MemoryFolderState {
    return {
      folders: [...this.folders],
      files: [...this.files].map(([p, f]): [string, number[], number] => [p, [...f.bytes], f.mtime]),
    };
  }
  /** Takes on a saved state; what was there before is gone. */
  load(state: MemoryFolderState): void {
    this.folders.clear();
    this.files.clear();
    for (const p of state.folders) this.folders.add(p);
    for (const [p, bytes, mtime] of state.files) this.files.set(p, { bytes: Uint8Array.from(bytes), mtime });
  }

  private needFolder(path: string): void {
    if (this.folders.has(path)) return;
    throw new FileError(this.files.has(path) ? 'ENOTDIR' : 'ENOENT', path);
  }
}
