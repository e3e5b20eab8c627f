/**
 * Folders of the host as a board's filesystem: one is its root and can be written to, others (of MICROPYPATH) are read-only under
 * their own absolute names. Nothing outside them can be reached, by links neither.
 */
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { FileError, type FileStat, type FolderEntry, type HostFolder } from '@tsmp/machine';

/** `root` is the board's `/`; `extra` are folders named by their absolute host paths. */
export function nodeFolder(root: string, extra: readonly string[] = []): HostFolder {
  return new NodeFolder(
    realOrSelf(root),
    extra.map((given) => ({ given: resolve(given), real: realOrSelf(given) })),
  );
}

class NodeFolder implements HostFolder {
  constructor(
    private readonly root: string,
    private readonly extra: readonly { readonly given: string; readonly real: string }[],
  ) {}

  stat(path: string): FileStat | undefined {
    const host = this.find(path);
    const s = host === undefined ? undefined : statSync(host, { throwIfNoEntry: false });
    if (s === undefined) return undefined;
    const folder = s.isDirectory();
    if (!folder && !s.isFile()) return undefined;
    return { kind: folder ? 'folder' : 'file', size: folder ? 0 : s.size, mtime: s.mtimeMs / 1000 };
  }
  list(path: string): FolderEntry[] {
    const out: FolderEntry[] = [];
    for (const name of readdirSync(this.existing(path)).sort()) {
      const s = this.stat(join(path, name));
      if (s !== undefined) out.push({ name, kind: s.kind, size: s.size });
    }
    return out;
  }
  read(path: string): Uint8Array {
    return readFileSync(this.existing(path));
  }
  write(path: string, bytes: Uint8Array): void {
    writeFileSync(this.writable(path), bytes);
  }
  remove(path: string): void {
    const host = this.writable(path);
    if (this.stat(path)?.kind === 'folder') throw new FileError('EISDIR', path);
    unlinkSync(host);
  }
  rename(from: string, to: string): void {
    renameSync(this.writable(from), this.writable(to));
  }
  mkdir(path: string): void {
    mkdirSync(this.writable(path));
  }
  rmdir(path: string): void {
    rmdirSync(this.writable(path));
  }

  /** The extra folder that a path names, if any. */
  private extraOf(path: string): { readonly given: string; readonly real: string } | undefined {
    return this.extra.find(({ given }) => path === given || path.startsWith(`${given}${sep}`));
  }
  /** Host path of what a board's path leads to; undefined when that is outside. */
  private find(path: string): string | undefined {
    const extra = this.extraOf(path);
    const base = extra?.real ?? this.root;
    const real = realOrSelf(extra === undefined ? join(this.root, path) : path);
    return isIn(base, real) ? real : undefined;
  }
  private existing(path: string): string {
    const host = this.find(path);
    if (host === undefined) throw new FileError('ENOENT', path);
    return host;
  }
  /** Host path of what is to be made or changed. Its folder must exist; a link is changed only inside the root. */
  private writable(path: string): string {
    if (this.extraOf(path) !== undefined) throw new FileError('EROFS', path);
    const host = join(this.root, path);
    const folder = realOrSelf(dirname(host));
    if (path !== '/' && !isIn(this.root, folder)) throw new FileError('EACCES', path);
    // a link to nowhere would make a file wherever it points
    const dangling =
      lstatSync(host, { throwIfNoEntry: false })?.isSymbolicLink() === true &&
      statSync(host, { throwIfNoEntry: false }) === undefined;
    if (dangling || !isIn(this.root, realOrSelf(host))) throw new FileError('EACCES', path);
    return host;
  }
}

function isIn(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The path without links; of what does not exist, the path in its real folder. */
function realOrSelf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(resolve(path));
    return parent === resolve(path)
      ? parent
      : join(realOrSelf(parent), resolve(path).slice(parent.endsWith(sep) ? parent.length : parent.length + 1));
  }
}
