/**
 * The host's folder as a filesystem object that can be mounted. Counterpart: extmod/vfs_posix.c.
 *
 *     +0 type   +4 root (str ending in '/', or None: the folder itself)   +8 read-only (small int)
 */
import {
  checkArgCount,
  defineType,
  fun1,
  fun2,
  fun3,
  isTrue,
  newInt,
  newSmallInt,
  newStr,
  NONE,
  NULL,
  type Obj,
  raiseOSError,
  type RomValue,
  smallIntValue,
  strText,
  TYPE_FLAGS,
  type TypeDef,
  TYPES,
  type Vm,
} from '@tsmp/vm';
import { filesOf, onFiles, openFile } from './file-object.js';
import { FILE_ERRNO, FileError } from './folder.js';
import { utf8 } from '../utf8.js';

const S_IFDIR = 0x4000;
const S_IFREG = 0x8000;
const EPERM = FILE_ERRNO.EPERM as number;
const EROFS = FILE_ERRNO.EROFS as number;
/** Size of upstream's object: type, a growable string of four words, two more. */
const VFS_BYTES = 28;

/** A new filesystem object on the folder, or on a folder in it. */
export function newHostVfs(vm: Vm, root: string | undefined): Obj {
  const o = vm.allocObj(VFS_BYTES, vm.addrOf(hostVfsType)) >> 2;
  vm.i32[o + 1] = NONE;
  vm.i32[o + 2] = newSmallInt(0);
  // the string has room for a byte at least
  vm.i32[o + 3] = vm.alloc(1);
  if (root !== undefined && !root.startsWith('/')) {
    onFiles(vm, (files) => {
      if (files.folder.stat(files.cwd) === undefined) throw new FileError('ENOENT', files.cwd);
    });
  }
  if (root !== undefined) vm.i32[o + 1] = newStr(vm, `${filesOf(vm).resolve(root).replace(/\/$/, '')}/`);
  return o << 2;
}

/** Whether an object is a filesystem of this type. */
export function isHostVfs(vm: Vm, o: Obj): boolean {
  return vm.typeOf(o) === vm.addrOf(hostVfsType);
}

/** A path of this filesystem as the folder knows it. Relative ones start at the current directory. */
export function hostPath(vm: Vm, self: Obj, path: Obj): string {
  return hostPathText(vm, self, strText(vm, path));
}
export function hostPathText(vm: Vm, self: Obj, text: string): string {
  const root = vm.i32[(self >> 2) + 1] as number;
  return root === NONE || !text.startsWith('/') ? text : strText(vm, root).slice(0, -1) + text;
}

function requireWritable(vm: Vm, self: Obj): void {
  if (smallIntValue(vm.i32[(self >> 2) + 2] as number) !== 0) raiseOSError(vm, EROFS);
}

/** A method that changes something by one path. */
function change(work: (vm: Vm, path: string) => void): RomValue {
  return fun2((vm, self, path) => {
    requireWritable(vm, self);
    work(vm, hostPath(vm, self, path));
    return NONE;
  });
}

function fill(vm: Vm, values: readonly number[]): Obj {
  const t = vm.newTuple(values.length, 0);
  for (let i = 0; i < values.length; i++) vm.i32[(t >> 2) + 2 + i] = newInt(vm, values[i] as number);
  return t;
}

function stat(vm: Vm, self: Obj, path: Obj): Obj {
  const p = hostPath(vm, self, path);
  const s = onFiles(vm, (files) => {
    const found = files.stat(p);
    if (found === undefined) throw new FileError('ENOENT', p);
    return found;
  });
  const t = Math.floor(s.mtime);
  return fill(vm, [s.kind === 'folder' ? S_IFDIR : S_IFREG, 0, 0, 0, 0, 0, s.size, t, t, t]);
}

/** What a program sees of the folder's size: blocks of 4 KiB, as many as the board's flash has beyond its firmware. */
function statvfs(vm: Vm): Obj {
  const blocks = Math.max(0, Math.floor((vm.profile.flashSize - vm.image.data.bytes.length) / 4096));
  return fill(vm, [4096, 4096, blocks, blocks, blocks, 0, 0, 0, 0, 255]);
}

/**
 * Iterator of `ilistdir`.
 *
 *     +0 type   +4 listing   +8 whether names are str (small int)
 */
const listingType: TypeDef = defineType({
  name: 'iterator',
  flags: TYPE_FLAGS.leafIter,
  getiter: 'self',
  iternext(vm, o) {
    const w = o >> 2;
    const entry = filesOf(vm).nextEntry(vm.i32[w + 1] as number);
    if (entry === undefined) {
      // the number may be another listing's from now on
      vm.i32[w + 1] = 0;
      return NULL;
    }
    const board = vm.profile.platform !== 'linux';
    const t = vm.newTuple(board ? 4 : 3, 0);
    const at = (t >> 2) + 2;
    for (let i = 0; i < (board ? 4 : 3); i++) vm.i32[at + i] = NONE;
    vm.i32[at] = smallIntValue(vm.i32[w + 2] as number) !== 0 ? newStr(vm, entry.name) : vm.newBytes(utf8(entry.name));
    vm.i32[at + 1] = newSmallInt(entry.kind === 'folder' ? S_IFDIR : S_IFREG);
    vm.i32[at + 2] = newSmallInt(0);
    if (board) vm.i32[at + 3] = newInt(vm, entry.kind === 'folder' ? 0 : entry.size);
    return t;
  },
  locals: {
    __del__: fun1((vm, o) => {
      filesOf(vm).closeListing(vm.i32[(o >> 2) + 1] as number);
      return NONE;
    }),
  },
});

function ilistdir(vm: Vm, self: Obj, path: Obj): Obj {
  const p = hostPath(vm, self, path);
  const o = vm.allocObjWithFinaliser(12, vm.addrOf(listingType));
  vm.i32[(o >> 2) + 2] = newSmallInt(vm.typeOf(path) === TYPES.str ? 1 : 0);
  vm.i32[(o >> 2) + 1] = onFiles(vm, (files) => files.openListing(p));
  return o;
}

export const hostVfsType: TypeDef = defineType({
  name: 'VfsPosix',
  makeNew(vm, _type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 0, 1, false);
    return newHostVfs(vm, nArgs === 0 ? undefined : strText(vm, vm.i32[args >> 2] as number));
  },
  locals: {
    mount: fun3((vm, self, readonly, mkfs) => {
      if (isTrue(vm, readonly)) vm.i32[(self >> 2) + 2] = newSmallInt(1);
      if (isTrue(vm, mkfs)) raiseOSError(vm, EPERM);
      return NONE;
    }),
    umount: fun1(() => NONE),
    open: fun3((vm, self, path, mode) => {
      const m = strText(vm, mode);
      if (/[wa+x]/.test(m)) requireWritable(vm, self);
      return openFile(vm, hostPath(vm, self, path), m);
    }),
    chdir: fun2((vm, self, path) => {
      const p = hostPath(vm, self, path);
      onFiles(vm, (files) => files.chdir(p));
      return NONE;
    }),
    getcwd: fun1((vm, self) => {
      const root = vm.i32[(self >> 2) + 1] as number;
      const cwd = onFiles(vm, (files) => {
        if (files.folder.stat(files.cwd) === undefined) throw new FileError('ENOENT', files.cwd);
        return files.cwd;
      });
      return newStr(vm, root === NONE ? cwd : cwd.slice(strText(vm, root).length - 1));
    }),
    ilistdir: fun2(ilistdir),
    mkdir: change((vm, p) => onFiles(vm, (files) => files.folder.mkdir(files.resolve(p)))),
    remove: change((vm, p) => onFiles(vm, (files) => files.remove(p))),
    rename: fun3((vm, self, from, to) => {
      requireWritable(vm, self);
      const a = hostPath(vm, self, from);
      const b = hostPath(vm, self, to);
      onFiles(vm, (files) => files.rename(a, b));
      return NONE;
    }),
    rmdir: change((vm, p) => onFiles(vm, (files) => files.folder.rmdir(files.resolve(p)))),
    stat: fun2(stat),
    statvfs: fun2((vm) => statvfs(vm)),
  },
});

/** Types that no module names. */
export const LISTING_TYPES: readonly TypeDef[] = [listingType];
