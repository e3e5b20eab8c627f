/**
 * The open files of a board. Handles are numbers that file objects in the board's memory hold; handles of one path share its
 * contents. What was written goes to the host's folder when a file is flushed or closed, and when the host asks (`sync`).
 *
 * Invariant: a path with an open node is read and sized by that node, never by the folder.
 */
import { FileError, type FileStat, type FolderEntry, type HostFolder, resolvePath } from './folder.js';

/** Contents of an open file. */
interface FileNode {
  /** Undefined once the file was removed: then nothing is written back. */
  path: string | undefined;
  bytes: Uint8Array;
  length: number;
  dirty: boolean;
  refs: number;
}

interface Handle {
  readonly node: FileNode;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly append: boolean;
  pos: number;
}

/** How a file is opened. */
export interface OpenMode {
  readonly readable: boolean;
  readonly writable: boolean;
  readonly append: boolean;
  readonly create: boolean;
  readonly truncate: boolean;
  /** Fails when the file exists. */
  readonly exclusive: boolean;
}

/** Plain data of {@link OpenFiles}. */
export interface OpenFilesState {
  readonly cwd: string;
  readonly nodes: readonly {
    readonly path: string | null;
    readonly bytes: readonly number[];
    readonly dirty: boolean;
  }[];
  readonly handles: readonly (readonly [number, number, boolean, boolean, boolean, number])[];
  readonly listings: readonly (readonly [number, readonly FolderEntry[], number])[];
}

/** Handles below this are the console's. */
const FIRST_HANDLE = 3;

/** Largest file that a board can write: a seek far ahead must not take the host's memory. */
const MAX_FILE = 64 * 1024 * 1024;

/** Open files and listings on a folder. */
export class OpenFiles {
  /** Current directory of the folder. */
  cwd = '/';
  private readonly nodes = new Map<string, FileNode>();
  private readonly handles = new Map<number, Handle>();
  private readonly listings = new Map<number, { entries: readonly FolderEntry[]; next: number }>();

  constructor(readonly folder: HostFolder) {}

  /** A path as the folder knows it. */
  resolve(path: string): string {
    return resolvePath(this.cwd, path);
  }
  /** Changes the current directory. */
  chdir(path: string): void {
    const p = this.resolve(path);
    const s = this.folder.stat(p);
    if (s === undefined) throw new FileError('ENOENT', p);
    if (s.kind !== 'folder') throw new FileError('ENOTDIR', p);
    this.cwd = p;
  }
  /** What is known of a path; undefined: nothing there. An open file has the size it has grown to. */
  stat(path: string): FileStat | undefined {
    const p = this.resolve(path);
    const s = this.folder.stat(p);
    const node = this.nodes.get(p);
    return node === undefined ? s : { kind: 'file', size: node.length, mtime: s?.mtime ?? 0 };
  }
  /** All bytes of a file. */
  readAll(path: string): Uint8Array {
    const p = this.resolve(path);
    const node = this.nodes.get(p);
    if (node !== undefined) return node.bytes.slice(0, node.length);
    if (this.folder.stat(p) === undefined) throw new FileError('ENOENT', p);
    return this.folder.read(p);
  }
  /** Removes a file; handles on it go on with contents that are written nowhere. */
  remove(path: string): void {
    const p = this.resolve(path);
    const node = this.nodes.get(p);
    this.folder.remove(p);
    if (node === undefined) return;
    node.path = undefined;
    this.nodes.delete(p);
  }
  /** Renames a file or folder, after writing back; open files inside follow. */
  rename(from: string, to: string): void {
    const a = this.resolve(from);
    const b = this.resolve(to);
    this.sync();
    this.folder.rename(a, b);
    if (a === b) return;
    for (const [p, node] of [...this.nodes]) {
      if (p === b) {
        node.path = undefined;
        this.nodes.delete(p);
      }
    }
    for (const [p, node] of [...this.nodes]) {
      if (p !== a && !p.startsWith(`${a}/`)) continue;
      this.nodes.delete(p);
      node.path = b + p.slice(a.length);
      this.nodes.set(node.path, node);
    }
  }

  /** Opens a file; answers its handle. */
  open(path: string, mode: OpenMode): number {
    const p = this.resolve(path);
    const s = this.folder.stat(p);
    if (s?.kind === 'folder') throw new FileError('EISDIR', p);
    if (s === undefined && !mode.create) throw new FileError('ENOENT', p);
    if (s !== undefined && mode.exclusive) throw new FileError('EEXIST', p);
    // a file that is made or emptied is so at once, and a folder that cannot be written to says so here
    if (mode.writable && (s === undefined || mode.truncate)) this.folder.write(p, new Uint8Array(0));
    let node = this.nodes.get(p);
    if (node === undefined) {
      const bytes = this.folder.read(p).slice();
      node = { path: p, bytes, length: bytes.length, dirty: false, refs: 0 };
      this.nodes.set(p, node);
    } else if (mode.truncate) {
      node.length = 0;
      node.dirty = false;
    }
    node.refs++;
    const { readable, writable, append } = mode;
    return this.add({ node, readable, writable, append, pos: 0 });
  }
  /** Whether a handle is open. */
  isOpen(handle: number): boolean {
    return this.handles.has(handle);
  }
  /** Reads to `u8` at `at`; answers how many bytes. */
  read(handle: number, u8: Uint8Array, at: number, size: number): number {
    const h = this.get(handle);
    if (!h.readable) throw new FileError('EBADF', String(handle));
    const n = Math.max(0, Math.min(size, h.node.length - h.pos));
    u8.set(h.node.bytes.subarray(h.pos, h.pos + n), at);
    h.pos += n;
    return n;
  }
  /** Writes `size` bytes of `u8` from `at`; answers how many. */
  write(handle: number, u8: Uint8Array, at: number, size: number): number {
    const h = this.get(handle);
    if (!h.writable) throw new FileError('EBADF', String(handle));
    const { node } = h;
    if (h.append) h.pos = node.length;
    const end = h.pos + size;
    if (end > MAX_FILE) throw new FileError('EFBIG', String(handle));
    if (end > node.bytes.length) {
      const bigger = new Uint8Array(Math.max(end, 2 * node.bytes.length, 64));
      bigger.set(node.bytes.subarray(0, node.length));
      node.bytes = bigger;
    }
    if (h.pos > node.length) node.bytes.fill(0, node.length, h.pos);
    node.bytes.set(u8.subarray(at, at + size), h.pos);
    node.length = Math.max(node.length, end);
    node.dirty = true;
    h.pos = end;
    return size;
  }
  /** Moves the position; `whence` 0: from the start, 1: from where it is, 2: from the end. Answers the new one. */
  seek(handle: number, offset: number, whence: number): number {
    const h = this.get(handle);
    if (whence < 0 || whence > 2) throw new FileError('EINVAL', String(handle));
    const pos = offset + (whence === 0 ? 0 : whence === 1 ? h.pos : h.node.length);
    if (pos < 0) throw new FileError('EINVAL', String(handle));
    h.pos = pos;
    return pos;
  }
  /** Writes the file of a handle to the folder. */
  flush(handle: number): void {
    this.writeBack(this.get(handle).node);
  }
  /** Closes a handle; one that is closed already stays so. */
  close(handle: number): void {
    const h = this.handles.get(handle);
    if (h === undefined) return;
    this.handles.delete(handle);
    const { node } = h;
    if (--node.refs === 0 && node.path !== undefined) this.nodes.delete(node.path);
    this.writeBack(node);
  }
  /** Writes what is not yet in the folder. */
  sync(): void {
    for (const node of this.nodes.values()) this.writeBack(node);
  }
  /** Forgets all handles, after writing back: a reset. */
  closeAll(): void {
    for (const handle of [...this.handles.keys()]) this.close(handle);
    this.listings.clear();
    this.cwd = '/';
  }

  /** Begins to list a folder; answers a handle for {@link nextEntry}. */
  openListing(path: string): number {
    const entries = [...this.folder.list(this.resolve(path))];
    let id = 1;
    while (this.listings.has(id)) id++;
    this.listings.set(id, { entries, next: 0 });
    return id;
  }
  /** The next entry; undefined at the end, where the listing closes. */
  nextEntry(listing: number): FolderEntry | undefined {
    const l = this.listings.get(listing);
    const entry = l?.entries[l.next];
    if (l === undefined || entry === undefined) {
      this.listings.delete(listing);
      return undefined;
    }
    l.next++;
    return entry;
  }
  /** Ends a listing before its end. */
  closeListing(listing: number): void {
    this.listings.delete(listing);
  }

  /** Open files, with their contents, and listings as plain data. */
  save(): OpenFilesState {
    const nodes = [...new Set([...this.handles.values()].map((h) => h.node))];
    return {
      cwd: this.cwd,
      nodes: nodes.map((n) => ({ path: n.path ?? null, bytes: [...n.bytes.subarray(0, n.length)], dirty: n.dirty })),
      handles: [...this.handles].map(([id, h]): [number, number, boolean, boolean, boolean, number] => [
        id,
        nodes.indexOf(h.node),
        h.readable,
        h.writable,
        h.append,
        h.pos,
      ]),
      listings: [...this.listings].map(([id, l]): [number, FolderEntry[], number] => [id, [...l.entries], l.next]),
    };
  }
  /** Takes on a saved state; what was open before is forgotten unwritten. */
  load(state: OpenFilesState): void {
    this.nodes.clear();
    this.handles.clear();
    this.listings.clear();
    this.cwd = state.cwd;
    const nodes = state.nodes.map(({ path, bytes, dirty }): FileNode => {
      const b = Uint8Array.from(bytes);
      const node: FileNode = { path: path ?? undefined, bytes: b, length: b.length, dirty, refs: 0 };
      if (path !== null) this.nodes.set(path, node);
      return node;
    });
    for (const [id, n, readable, writable, append, pos] of state.handles) {
      const node = nodes[n];
      if (node === undefined) continue;
      node.refs++;
      this.handles.set(id, { node, readable, writable, append, pos });
    }
    for (const [id, entries, next] of state.listings) this.listings.set(id, { entries: [...entries], next });
  }

  private add(h: Handle): number {
    let id = FIRST_HANDLE;
    while (this.handles.has(id)) id++;
    this.handles.set(id, h);
    return id;
  }
  private get(handle: number): Handle {
    const h = this.handles.get(handle);
    if (h === undefined) throw new FileError('EBADF', String(handle));
    return h;
  }
  private writeBack(node: FileNode): void {
    if (!node.dirty || node.path === undefined) return;
    node.dirty = false;
    this.folder.write(node.path, node.bytes.slice(0, node.length));
  }
}
