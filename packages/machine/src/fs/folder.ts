/**
 * Where a board's files come from: a folder of the host, as an interface. Paths are absolute and normal (`/lib/x.py`), `/` is the
 * folder itself.
 */

/** What is known of a file or folder. */
export interface FileStat {
  readonly kind: 'file' | 'folder';
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
}

/** A file or folder in a listing. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
}

/**
 * A folder. Operations that fail throw an error with a `code`, the name of an errno (`ENOENT`); Node's own errors have one,
 * others throw {@link FileError}.
 */
export interface HostFolder {
  /** Undefined: nothing there. */
  stat(path: string): FileStat | undefined;
  /** The entries of a folder. */
  list(path: string): readonly FolderEntry[];
  /** All bytes of a file. */
  read(path: string): Uint8Array;
  /** Makes the file if there is none. */
  write(path: string, bytes: Uint8Array): void;
  /** Removes a file. */
  remove(path: string): void;
  /** Renames a file or folder; takes the place of a file, or of an empty folder, that is there. */
  rename(from: string, to: string): void;
  /** Makes a folder; the one it is in must exist. */
  mkdir(path: string): void;
  /** Removes an empty folder. */
  rmdir(path: string): void;
}

/** Errors that files have, with Linux's numbers. */
export const FILE_ERRNO: Readonly<Record<string, number>> = {
  EPERM: 1,
  ENOENT: 2,
  EIO: 5,
  EBADF: 9,
  EACCES: 13,
  EEXIST: 17,
  EXDEV: 18,
  ENODEV: 19,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  EFBIG: 27,
  ENOSPC: 28,
  EROFS: 30,
  ENAMETOOLONG: 36,
  ENOTEMPTY: 39,
};

/** A file operation that failed. */
export class FileError extends Error {
  override readonly name = 'FileError';
  constructor(
    /** Name of the errno. */
    readonly code: string,
    path: string,
  ) {
    super(`${code}: ${path}`);
  }
}

/** The errno of an error that a {@link HostFolder} threw (EIO for codes without a number), or undefined for errors without a code. */
export function errnoOf(e: unknown): number | undefined {
  if (!(e instanceof Error)) return undefined;
  const { code } = e as { readonly code?: unknown };
  return typeof code === 'string' ? (FILE_ERRNO[code] ?? 5) : undefined;
}

/** Joins a path to a folder's and resolves `.` and `..`; never leaves the root. */
export function resolvePath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The folder that a path is in. */
export function parentOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at <= 0 ? '/' : path.slice(0, at);
}
