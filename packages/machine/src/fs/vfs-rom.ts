/**
 * `vfs.VfsRom`: a filesystem that is read where it lies in memory, and its files. Counterpart: extmod/vfs_rom.c,
 * extmod/vfs_rom_file.c, whose header describes the format.
 *
 *     filesystem:  +0 type  +4 object that the memory is of  +8 first record  +12 end
 *     file:        +0 type  +4 size  +8 position  +12 data
 *     listing:     +0 type  +4 filesystem  +8 whether names are str  +12 next record  +16 end
 *
 * Records are nested; each has a kind, a length and a payload. Anything may be in memory: what reaches beyond the record around it
 * is corrupt and ends a search, so nothing outside of the filesystem is ever read.
 */
import {
  type Addr,
  BUFFER_READ,
  checkArgCount,
  defineType,
  fun1,
  fun2,
  fun3,
  getBuffer,
  isTrue,
  NONE,
  NULL,
  type Obj,
  raiseOSError,
  SEEK_CUR,
  SEEK_SET,
  STREAM_CLOSE,
  STREAM_SEEK,
  streamClose,
  streamEnter,
  streamError,
  streamExit,
  streamIternext,
  type StreamProtocol,
  streamRead,
  streamReadinto,
  streamReadline,
  streamReadlines,
  streamSeek,
  streamTell,
  strText,
  type TypeDef,
  TYPES,
  type Vm,
} from '@tsmp/vm';
import { utf8 } from '../utf8.js';
import { ints, listingEntry, S_IFDIR, S_IFREG } from './vfs-common.js';

const EPERM = 1;
const ENOENT = 2;
const ENODEV = 19;
const EISDIR = 21;
const EINVAL = 22;
const EROFS = 30;
const EOPNOTSUPP = 95;
const NAME_MAX = 32767;
const SLASH = 0x2f;

/** Kinds of records; others are skipped. */
const enum Kind {
  /** Also what {@link record} answers for a corrupt record. */
  Unused = 0,
  Data = 2,
  /** Size of data and its place in the filesystem. */
  Pointer = 3,
  Dir = 4,
  File = 5,
  Filesystem = 0x14a6b1,
}
/** The first bytes of a filesystem: its kind as a number of variable length. */
const MAGIC = [0xd2, 0xcd, 0x31];
/** The least that a filesystem takes. */
const MIN_SIZE = 4;

const MEMORY = 4;
const START = 8;
const END = 12;
const FILE_SIZE = 4;
const POSITION = 8;
const DATA = 12;
const LISTING_FS = 4;
const IS_STR = 8;
const NEXT = 12;
const TOP = 16;

/** Bytes of an open file's object, and of the reader that `import` reads a file in memory through. */
export const ROM_READER = { file: 16, reader: 16 } as const;

function word(vm: Vm, o: Obj, off: number): number {
  return vm.i32[(o + off) >> 2] as number;
}
function setWord(vm: Vm, o: Obj, off: number, v: number): void {
  vm.i32[(o + off) >> 2] = v;
}

/** A place between records or within one. Reading moves it on. */
class Cursor {
  /** Where the payload of the record read last ends. */
  next = 0;
  constructor(
    private readonly u8: Uint8Array,
    public at: Addr,
    public end: Addr,
  ) {}

  /** A number of variable length, seven bits a byte; −1 if it does not end before `end`. */
  number(end: Addr): number {
    let n = 0;
    for (let at = this.at; at < end; ) {
      const b = this.u8[at++] as number;
      n = ((n << 7) | (b & 0x7f)) >>> 0;
      if ((b & 0x80) !== 0) continue;
      this.at = at;
      return n;
    }
    return -1;
  }

  /** Enters the record here and answers its kind; `Unused` if it is corrupt. */
  record(): Kind {
    const kind = this.number(this.end);
    if (kind <= 0) return Kind.Unused;
    const length = this.number(this.end);
    if (length < 0 || length > this.end - this.at) return Kind.Unused;
    this.next = this.at + length;
    return kind;
  }

  /** Length of the name that a file's or directory's payload begins with; −1: corrupt. */
  name(): number {
    const n = this.number(this.next);
    return n > this.next - this.at ? -1 : n;
  }
}

/** What {@link search} and {@link findData} found. */
const found = { data: 0, size: 0 };

/** Finds the data among the records from `at` to `end`: false when there is none. */
function findData(vm: Vm, fs: Obj, at: Addr, end: Addr): boolean {
  const start = word(vm, fs, START);
  const c = new Cursor(vm.u8, at, end);
  while (c.at < c.end) {
    switch (c.record()) {
      case Kind.Unused:
        return false;
      case Kind.Data:
        found.data = c.at;
        found.size = c.next - c.at;
        return true;
      case Kind.Pointer: {
        const size = c.number(c.next);
        const offset = size < 0 ? -1 : c.number(c.next);
        if (offset < 0 || offset + size > word(vm, fs, END) - start) return false;
        found.data = start + offset;
        found.size = size;
        return true;
      }
      default:
        c.at = c.next;
    }
  }
  return false;
}

/** Whether `name` is what memory has at `at`. */
function matches(u8: Uint8Array, at: Addr, name: Uint8Array): boolean {
  for (let i = 0; i < name.length; i++) if (u8[at + i] !== name[i]) return false;
  return true;
}

/** What is at a path: 0 nothing, 1 a directory, 2 a file, whose records or data are in `found`. */
function search(vm: Vm, fs: Obj, text: string): 0 | 1 | 2 {
  let path = utf8(text);
  if (path[0] === SLASH) path = path.subarray(1);
  const c = new Cursor(vm.u8, word(vm, fs, START), word(vm, fs, END));
  while (path.length > 0 && c.at < c.end) {
    const kind = c.record();
    if (kind === Kind.Unused) return 0;
    if (kind !== Kind.Dir && kind !== Kind.File) {
      c.at = c.next;
      continue;
    }
    const n = c.name();
    if (n < 0) return 0;
    const fits = n === path.length || (n < path.length && path[n] === SLASH);
    if (!fits || !matches(vm.u8, c.at, path.subarray(0, n))) {
      c.at = c.next;
      continue;
    }
    path = path.subarray(n);
    c.at += n;
    c.end = c.next;
    if (kind === Kind.File) return path.length === 0 && findData(vm, fs, c.at, c.end) ? 2 : 0;
    if (path[0] === SLASH) path = path.subarray(1);
  }
  if (path.length > 0) return 0;
  found.data = c.at;
  found.size = c.end - c.at;
  return 1;
}

// ---- files

const protocolOf = (isText: boolean): StreamProtocol => ({
  protocol: 'stream',
  isText,
  read(vm, o, addr, size) {
    const at = word(vm, o, POSITION);
    const n = Math.min(size, word(vm, o, FILE_SIZE) - at);
    const from = word(vm, o, DATA) + at;
    vm.u8.copyWithin(addr, from, from + n);
    vm.charge(n >> 5);
    setWord(vm, o, POSITION, at + n);
    return n;
  },
  ioctl(vm, o, request, arg) {
    if (request === STREAM_CLOSE) return 0;
    if (request !== STREAM_SEEK) return streamError(EINVAL);
    const offset = vm.i32[arg >> 2] as number;
    const whence = vm.i32[(arg >> 2) + 1] as number;
    const size = word(vm, o, FILE_SIZE);
    const base = whence === SEEK_SET ? 0 : whence === SEEK_CUR ? word(vm, o, POSITION) : size;
    if (base + offset < 0) return streamError(EINVAL);
    const at = Math.min(base + offset, size);
    setWord(vm, o, POSITION, at);
    vm.i32[arg >> 2] = at;
    return 0;
  },
});

const FILE_LOCALS = {
  read: streamRead,
  readinto: streamReadinto,
  readline: streamReadline,
  readlines: streamReadlines,
  seek: streamSeek,
  tell: streamTell,
  close: streamClose,
  __enter__: streamEnter,
  __exit__: streamExit,
};

const textType = defineType({
  name: 'TextIOWrapper',
  getiter: 'self',
  iternext: streamIternext,
  protocol: protocolOf(true),
  locals: FILE_LOCALS,
});
/** A file's bytes are a buffer, too: those of the filesystem. */
const binaryType = defineType({
  name: 'FileIO',
  getiter: 'self',
  iternext: streamIternext,
  buffer(vm, o, flags) {
    if (flags !== BUFFER_READ) return false;
    vm.buf.addr = word(vm, o, DATA);
    vm.buf.len = word(vm, o, FILE_SIZE);
    vm.buf.typecode = 0x42;
    return true;
  },
  protocol: protocolOf(false),
  locals: FILE_LOCALS,
});

const open = fun3((vm, fs, path, mode) => {
  let type = textType;
  for (const c of strText(vm, mode)) {
    if (c === 'w' || c === 'a' || c === '+') raiseOSError(vm, EROFS);
    if (c === 'b') type = binaryType;
    else if (c === 't') type = textType;
  }
  const o = vm.allocObj(16, vm.addrOf(type));
  const kind = search(vm, fs, strText(vm, path));
  if (kind === 0) raiseOSError(vm, ENOENT);
  if (kind === 1) raiseOSError(vm, EISDIR);
  setWord(vm, o, FILE_SIZE, found.size);
  setWord(vm, o, POSITION, 0);
  setWord(vm, o, DATA, found.data);
  return o;
});

// ---- directories

const listingType: TypeDef = defineType({
  name: 'iterator',
  getiter: 'self',
  iternext(vm, o) {
    const fs = word(vm, o, LISTING_FS);
    const top = word(vm, o, TOP);
    const c = new Cursor(vm.u8, word(vm, o, NEXT), top);
    while (c.at < top) {
      const kind = c.record();
      if (kind === Kind.Unused) break;
      if (kind !== Kind.Dir && kind !== Kind.File) {
        c.at = c.next;
        continue;
      }
      const n = c.name();
      if (n < 0) break;
      const isDir = kind === Kind.Dir;
      if (isDir) found.size = c.next - c.at - n;
      else if (!findData(vm, fs, c.at + n, c.next)) break;
      setWord(vm, o, NEXT, c.next);
      vm.charge(4);
      return listingEntry(vm, vm.u8.slice(c.at, c.at + n), word(vm, o, IS_STR) !== 0, isDir, found.size);
    }
    setWord(vm, o, NEXT, top);
    return NULL;
  },
});

const ilistdir = fun2((vm, fs, path) => {
  const o = vm.allocObj(24, vm.addrOf(listingType));
  if (search(vm, fs, strText(vm, path)) !== 1) raiseOSError(vm, ENOENT);
  setWord(vm, o, LISTING_FS, fs);
  setWord(vm, o, IS_STR, vm.typeOf(path) === TYPES.bytes ? 0 : 1);
  setWord(vm, o, NEXT, found.data);
  setWord(vm, o, TOP, found.data + found.size);
  return o;
});

const stat = fun2((vm, fs, path) => {
  const kind = search(vm, fs, strText(vm, path));
  if (kind === 0) raiseOSError(vm, ENOENT);
  return ints(vm, [kind === 2 ? S_IFREG : S_IFDIR, 0, 0, 0, 0, 0, found.size, 0, 0, 0]);
});

// ---- the type

export const vfsRomType: TypeDef = defineType({
  name: 'VfsRom',
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 1, false);
    const memory = vm.i32[args >> 2] as number;
    const o = vm.allocObj(16, type);
    getBuffer(vm, memory, BUFFER_READ);
    const { addr, len } = vm.buf;
    if (len < MIN_SIZE || !matches(vm.u8, addr, Uint8Array.from(MAGIC))) raiseOSError(vm, ENODEV);
    const c = new Cursor(vm.u8, addr, addr + len);
    if (c.record() !== Kind.Filesystem) raiseOSError(vm, ENODEV);
    setWord(vm, o, MEMORY, memory);
    setWord(vm, o, START, c.at);
    setWord(vm, o, END, c.next);
    return o;
  },
  locals: {
    mount: fun3((vm, _fs, _readonly, mkfs) => (isTrue(vm, mkfs) ? raiseOSError(vm, EPERM) : NONE)),
    umount: fun1((_vm, fs) => fs),
    open,
    chdir: fun2((vm, _fs, path) => (strText(vm, path) === '/' ? NONE : raiseOSError(vm, EOPNOTSUPP))),
    // the root is the only directory to be in
    getcwd: fun1((vm) => vm.internObj('')),
    ilistdir,
    stat,
    statvfs: fun2((vm, fs) => {
      const size = word(vm, fs, END) - word(vm, fs, START);
      return ints(vm, [1, 0, size, 0, 0, 0, 0, 0, 0, NAME_MAX]);
    }),
  },
});

/** Types that no module names. */
export const ROM_TYPES: readonly TypeDef[] = [textType, binaryType, listingType];

/** Whether import may ask a filesystem directly, and what it says. */
export function romImportStat(vm: Vm, fs: Obj, path: string): 0 | 1 | 2 | undefined {
  return vm.typeOf(fs) === vm.addrOf(vfsRomType) ? search(vm, fs, path) : undefined;
}

/** A file's place in memory; undefined when the filesystem is another. */
export function romImportFile(
  vm: Vm,
  fs: Obj,
  path: string,
): { readonly data: Addr; readonly size: number } | undefined {
  return romImportStat(vm, fs, path) === 2 ? { ...found } : undefined;
}
