/**
 * `vfs.VfsFat` and its files. Counterpart: extmod/vfs_fat.c, extmod/vfs_fat_file.c.
 *
 *     filesystem:  +0 type  +4 device  +8 flags  +12 scratch words of the device  +44 the volume's numbers  +112 its window
 *     file:        +0 type  +4 filesystem, 0: closed  +8 the file's numbers
 *     listing:     +0 type  +4 filesystem  +8 whether names are str  +12 its numbers
 *
 * All state is in these objects, so snapshots need nothing else. An operation takes the numbers out and puts them back.
 */
import {
  type Addr,
  addressText,
  checkArgCount,
  daysFrom1970,
  dateOf,
  defineType,
  fun1,
  fun2,
  fun3,
  funVar,
  isTrue,
  newStrFromBytes,
  NONE,
  NULL,
  type Obj,
  raiseNoAttribute,
  raiseOSError,
  type RomValue,
  staticMethod,
  STREAM_CLOSE,
  STREAM_FLUSH,
  STREAM_SEEK,
  streamError,
  streamIternext,
  type StreamProtocol,
  strText,
  type TypeDef,
  TYPES,
  type Vm,
} from '@tsmp/vm';
import { FatDir, DIR_STATE } from './fat/dir.js';
import {
  chdirFat,
  type FatOpen,
  type FatStat,
  getcwdFat,
  kindFat,
  mkdirFat,
  openFat,
  openFatDir,
  readFatDir,
  removeFat,
  renameFat,
  spaceOfFat,
  statFat,
} from './fat/fat.js';
import { FILE_STATE, type FatFile, readFat, seekFat, syncFat, writeFat } from './fat/file.js';
import { Attr, FatError, MAX_SECTOR } from './fat/format.js';
import { formatFat } from './fat/mkfs.js';
import { FatVolume, VOLUME_STATE } from './fat/volume.js';
import { ObjectDevice } from './object-device.js';
import { ObjectSectors } from './sector-device.js';
import {
  bytesText,
  FILE_METHODS,
  ints,
  listingEntry,
  S_IFDIR,
  S_IFREG,
  strBytesText,
  textBytes,
  wallNs,
} from './vfs-common.js';
import { utf8 } from '../utf8.js';

const EBUSY = 16;
const ENODEV = 19;
const ENOTDIR = 20;
const EISDIR = 21;
const EINVAL = 22;
const ENOSPC = 28;
const NAME_MAX = 255;

const enum Fs {
  Device = 1,
  Flags = 2,
  Scratch = 3,
  State = 11,
}
/** Flags of a filesystem object. */
const enum Flag {
  /** An operation is under way. */
  Busy = 1,
  ReadOnly = 2,
  /** There is no filesystem on the device yet. */
  Empty = 4,
}
const WINDOW = 4 * (Fs.State + VOLUME_STATE.length);
/** fs_user_mount_t with a window of the largest sector, pyb_file_obj_t, mp_vfs_fat_ilistdir_it_t: bytes on a 32-bit board. */
const VFS_BYTES = WINDOW + MAX_SECTOR;
const FILE_BYTES = 44;
const LISTING_BYTES = 64;

const enum Of {
  Fs = 1,
  File = 2,
  IsStr = 2,
  Dir = 3,
}

/** Midnight of 1 January 2000, as FAT writes it. */
const ROOT_TIME = 0x28210000;

function word(vm: Vm, o: Obj, i: number): number {
  return vm.i32[(o >> 2) + i] as number;
}
function setWord(vm: Vm, o: Obj, i: number, v: number): void {
  vm.i32[(o >> 2) + i] = v;
}
type Numbers<K extends string> = { [key in K]: number };
function load<K extends string>(vm: Vm, o: Obj, at: number, keys: readonly K[], into: Numbers<K>): void {
  keys.forEach((key, i) => {
    into[key] = word(vm, o, at + i) >>> 0;
  });
}
function store<K extends string>(vm: Vm, o: Obj, at: number, keys: readonly K[], from: Readonly<Numbers<K>>): void {
  keys.forEach((key, i) => {
    setWord(vm, o, at + i, from[key] | 0);
  });
}

// ---- time

/** The board's time as FAT writes it: date in the upper half, in steps of two seconds. */
function fatNow(vm: Vm): number {
  const seconds = Math.floor(wallNs(vm) / 1e9);
  const [y, m, d] = dateOf(Math.floor(seconds / 86400));
  const rest = ((seconds % 86400) + 86400) % 86400;
  const date = ((y - 1980) << 9) | (m << 5) | d;
  const time = (Math.floor(rest / 3600) << 11) | ((Math.floor(rest / 60) % 60) << 5) | ((rest % 60) >> 1);
  return ((date << 16) | time) >>> 0;
}
/** Seconds of the board's epoch. */
function secondsOf(vm: Vm, fat: number): number {
  const date = fat >>> 16;
  const days = daysFrom1970(1980 + (date >> 9), Math.min(12, Math.max(1, (date >> 5) & 15)), 1) + (date & 31) - 1;
  const seconds = ((fat >> 11) & 31) * 3600 + ((fat >> 5) & 63) * 60 + 2 * (fat & 31);
  return days * 86400 + seconds - vm.profile.epochOffset;
}

// ---- the filesystem behind an object

function volumeOf(vm: Vm, self: Obj): FatVolume {
  const place = () => ({
    object: word(vm, self, Fs.Device),
    scratch: self + 4 * Fs.Scratch,
    buffer: self + WINDOW,
    size: MAX_SECTOR,
  });
  const device = new ObjectSectors(vm, place, (word(vm, self, Fs.Flags) & Flag.ReadOnly) === 0);
  const volume = new FatVolume(device, vm.u8.subarray(self + WINDOW, self + WINDOW + MAX_SECTOR), () => fatNow(vm));
  load(vm, self, Fs.State, VOLUME_STATE, volume);
  return volume;
}
function setFlag(vm: Vm, self: Obj, flag: number, on: boolean): void {
  const flags = word(vm, self, Fs.Flags);
  setWord(vm, self, Fs.Flags, on ? flags | flag : flags & ~flag);
}
/** Runs an operation; while it does, the device may not use the filesystem. Throws {@link FatError}. */
function onVolume<T>(vm: Vm, self: Obj, work: (volume: FatVolume) => T): T {
  setFlag(vm, self, Flag.Busy, true);
  let volume: FatVolume | undefined;
  try {
    volume = volumeOf(vm, self);
    return work(volume);
  } finally {
    if (volume !== undefined) store(vm, self, Fs.State, VOLUME_STATE, volume);
    setFlag(vm, self, Flag.Busy, false);
  }
}
function isBusy(vm: Vm, self: Obj): boolean {
  return (word(vm, self, Fs.Flags) & Flag.Busy) !== 0;
}
/** As {@link onVolume}; errors are raised as OSError. */
function onFat<T>(vm: Vm, self: Obj, work: (volume: FatVolume) => T): T {
  if (isBusy(vm, self)) raiseOSError(vm, EBUSY);
  try {
    return onVolume(vm, self, work);
  } catch (e) {
    if (e instanceof FatError) return raiseOSError(vm, e.errno);
    throw e;
  }
}

/** A filesystem object on a device, mounted if there is a filesystem. */
function newVfs(vm: Vm, device: Obj): Obj {
  const self = vm.allocObj(VFS_BYTES, vm.addrOf(vfsFatType));
  vm.u8.fill(0, self + 4, self + VFS_BYTES);
  setWord(vm, self, Fs.Device, device);
  const methods = new ObjectDevice(vm, () => ({ object: device, scratch: self + 4 * Fs.Scratch, buffer: 0, size: 0 }));
  if (!methods.has('readblocks')) raiseNoAttribute(vm, device, vm.intern('readblocks'));
  if (!methods.has('writeblocks')) setFlag(vm, self, Flag.ReadOnly, true);
  if (!methods.has('ioctl') && !methods.has('count')) raiseNoAttribute(vm, device, vm.intern('count'));
  try {
    onVolume(vm, self, (v) => v.mount());
  } catch (e) {
    if (!(e instanceof FatError)) throw e;
    if (e.fault !== 'no-filesystem') raiseOSError(vm, e.errno);
    setFlag(vm, self, Flag.Empty, true);
  }
  return self;
}
/** Makes a filesystem on the device of an object. */
function format(vm: Vm, self: Obj, may32: boolean): void {
  onFat(vm, self, (v) => {
    v.kind = 0;
    formatFat(v.device, v.now(), may32);
  });
}

// ---- methods

/** A method of one path. */
function byPath(work: (volume: FatVolume, path: string) => void): RomValue {
  return fun2((vm, self, path) => {
    const p = strBytesText(vm, path);
    onFat(vm, self, (v) => work(v, p));
    return NONE;
  });
}

function isDir(s: FatStat): boolean {
  return (s.attr & Attr.Dir) !== 0;
}

/** Removes a file, or a directory. */
function remove(vm: Vm, self: Obj, path: string, dir: boolean): void {
  if (isDir(onFat(vm, self, (v) => statFat(v, path))) !== dir) raiseOSError(vm, dir ? ENOTDIR : EISDIR);
  onFat(vm, self, (v) => removeFat(v, path));
}
function removes(dir: boolean): RomValue {
  return fun2((vm, self, path) => {
    remove(vm, self, strBytesText(vm, path), dir);
    return NONE;
  });
}

const rename = fun3((vm, self, from, to) => {
  const [a, b] = [strBytesText(vm, from), strBytesText(vm, to)];
  const isTaken = onFat(vm, self, (v) => {
    try {
      renameFat(v, a, b);
      return false;
    } catch (e) {
      if (e instanceof FatError && e.fault === 'exists') return true;
      throw e;
    }
  });
  if (!isTaken) return NONE;
  // a file gives way
  remove(vm, self, b, false);
  onFat(vm, self, (v) => renameFat(v, a, b));
  return NONE;
});

const stat = fun2((vm, self, path) => {
  const p = strBytesText(vm, path);
  const root: FatStat = { name: '', attr: Attr.Dir, size: 0, modified: ROOT_TIME };
  const s = p === '' || p === '/' ? root : onFat(vm, self, (v) => statFat(v, p));
  const t = secondsOf(vm, s.modified);
  return ints(vm, [isDir(s) ? S_IFDIR : S_IFREG, 0, 0, 0, 0, 0, s.size, t, t, t]);
});

const statvfs = fun2((vm, self) => {
  const { block, clusters, free } = onFat(vm, self, (v) => ({ ...spaceOfFat(v), block: v.clusterBytes }));
  return ints(vm, [block, block, clusters, free, free, 0, 0, 0, 0, NAME_MAX]);
});

const mount = fun3((vm, self, readonly, mkfs) => {
  if (isTrue(vm, readonly)) setFlag(vm, self, Flag.ReadOnly, true);
  if ((word(vm, self, Fs.Flags) & Flag.Empty) !== 0) {
    if (!isTrue(vm, mkfs)) raiseOSError(vm, ENODEV);
    format(vm, self, false);
  }
  setFlag(vm, self, Flag.Empty, false);
  return NONE;
});

/** Iterator of `ilistdir`. An error ends it. */
const listingType: TypeDef = defineType({
  name: 'iterator',
  getiter: 'self',
  iternext(vm, o) {
    const fs = word(vm, o, Of.Fs);
    if (fs === 0) return NULL;
    const entry = isBusy(vm, fs) ? undefined : nextEntry(vm, o, fs);
    if (entry === undefined) {
      setWord(vm, o, Of.Fs, 0);
      return NULL;
    }
    return listingEntry(vm, textBytes(entry.name), word(vm, o, Of.IsStr) !== 0, isDir(entry), entry.size);
  },
});
function nextEntry(vm: Vm, o: Obj, fs: Obj): FatStat | undefined {
  try {
    return onVolume(vm, fs, (v) => {
      const dir = new FatDir(v);
      load(vm, o, Of.Dir, DIR_STATE, dir);
      v.need(false);
      const s = readFatDir(dir);
      store(vm, o, Of.Dir, DIR_STATE, dir);
      return s;
    });
  } catch (e) {
    if (e instanceof FatError) return undefined;
    throw e;
  }
}

const ilistdir = funVar(1, 2, (vm, nArgs, _nKw, args) => {
  const self = vm.i32[args >> 2] as number;
  const path = nArgs === 2 ? (vm.i32[(args >> 2) + 1] as number) : 0;
  const p = path === 0 ? '' : strBytesText(vm, path);
  const o = vm.allocObj(LISTING_BYTES, vm.addrOf(listingType));
  vm.u8.fill(0, o + 4, o + LISTING_BYTES);
  setWord(vm, o, Of.IsStr, path !== 0 && vm.typeOf(path) === TYPES.bytes ? 0 : 1);
  onFat(vm, self, (v) => store(vm, o, Of.Dir, DIR_STATE, openFatDir(v, p)));
  setWord(vm, o, Of.Fs, self);
  return o;
});

// ---- files

/** What a mode says: letters add up. */
function parseMode(mode: string): FatOpen & { readonly text: boolean; readonly append: boolean } {
  const has = (letters: string): boolean => [...letters].some((c) => mode.includes(c));
  const text = mode.lastIndexOf('b') <= mode.lastIndexOf('t');
  return {
    read: has('r+'),
    write: has('wxa+'),
    create: mode.includes('x') ? 'new' : mode.includes('w') ? 'always' : mode.includes('a') ? 'keep' : 'no',
    append: mode.includes('a'),
    text,
  };
}

const open = fun3((vm, self, path, mode) => {
  const { text, append, ...how } = parseMode(strText(vm, mode));
  const o = vm.allocObjWithFinaliser(FILE_BYTES, vm.addrOf(text ? textType : binaryType));
  setWord(vm, o, Of.Fs, 0);
  const p = strBytesText(vm, path);
  onFat(vm, self, (v) => {
    const f = openFat(v, p, how);
    if (append) seekFat(v, f, f.size);
    store(vm, o, Of.File, FILE_STATE, f);
  });
  setWord(vm, o, Of.Fs, self);
  return o;
});

const NO_FILE: FatFile = {
  flags: 0,
  first: 0,
  size: 0,
  position: 0,
  cluster: 0,
  sector: 0,
  dirSector: 0,
  dirAt: 0,
  failed: 0,
};

/** A stream operation on an open file. */
function onFile(vm: Vm, o: Obj, work: (v: FatVolume, f: FatFile) => number): number {
  const fs = word(vm, o, Of.Fs);
  if (fs === 0) return streamError(EINVAL);
  if (isBusy(vm, fs)) return streamError(EBUSY);
  const f = { ...NO_FILE };
  load(vm, o, Of.File, FILE_STATE, f);
  try {
    return onVolume(vm, fs, (v) => work(v, f));
  } catch (e) {
    if (e instanceof FatError) return streamError(e.errno);
    throw e;
  } finally {
    store(vm, o, Of.File, FILE_STATE, f);
  }
}

function seek(vm: Vm, o: Obj, arg: Addr): number {
  const at = arg >> 2;
  return onFile(vm, o, (v, f) => {
    const [offset, whence] = [vm.i32[at] as number, vm.i32[at + 1] as number];
    const from = whence === 0 ? 0 : whence === 1 ? f.position : f.size;
    try {
      if (whence >= 0 && whence <= 2) seekFat(v, f, (from + offset) >>> 0);
    } catch (e) {
      // the position tells
      if (!(e instanceof FatError)) throw e;
    }
    vm.i32[at] = f.position | 0;
    return 0;
  });
}

function ioctl(vm: Vm, o: Obj, request: number, arg: number): number {
  switch (request) {
    case STREAM_SEEK:
      return seek(vm, o, arg);
    case STREAM_FLUSH:
      return onFile(vm, o, (v, f) => {
        syncFat(v, f);
        return 0;
      });
    case STREAM_CLOSE: {
      if (word(vm, o, Of.Fs) === 0) return 0;
      const r = onFile(vm, o, (v, f) => {
        syncFat(v, f);
        return 0;
      });
      if (r === 0) setWord(vm, o, Of.Fs, 0);
      return r;
    }
    default:
      return streamError(EINVAL);
  }
}

function fileType(isText: boolean): TypeDef {
  const name = isText ? 'TextIOWrapper' : 'FileIO';
  const protocol: StreamProtocol = {
    protocol: 'stream',
    isText,
    read: (vm, o, addr, size) =>
      onFile(vm, o, (v, f) => {
        vm.charge(size >> 4);
        return readFat(v, f, vm.u8.subarray(addr, addr + size));
      }),
    write: (vm, o, addr, size) =>
      onFile(vm, o, (v, f) => {
        vm.charge(size >> 4);
        return writeFat(v, f, vm.u8.subarray(addr, addr + size)) === size ? size : streamError(ENOSPC);
      }),
    ioctl,
  };
  return defineType({
    name,
    print: (vm, out, o) => out.write(`<io.${name} ${addressText(vm, o)}>`),
    getiter: 'self',
    iternext: streamIternext,
    protocol,
    locals: FILE_METHODS,
  });
}
const textType = fileType(true);
const binaryType = fileType(false);

// ---- the type

export const vfsFatType: TypeDef = defineType({
  name: 'VfsFat',
  makeNew(vm, _type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 1, false);
    return newVfs(vm, vm.i32[args >> 2] as number);
  },
  locals: {
    mkfs: staticMethod(
      fun1((vm, device) => {
        format(vm, newVfs(vm, device), true);
        return NONE;
      }),
    ),
    open,
    ilistdir,
    mkdir: byPath(mkdirFat),
    rmdir: removes(true),
    chdir: byPath(chdirFat),
    getcwd: fun1((vm, self) => {
      const path = textBytes(onFat(vm, self, getcwdFat));
      return newStrFromBytes(vm, path, 0, path.length);
    }),
    remove: removes(false),
    rename,
    stat,
    statvfs,
    mount,
    umount: fun1(() => NONE),
  },
});

/** Types that no module names. */
export const FAT_TYPES: readonly TypeDef[] = [textType, binaryType, listingType];

/** Whether import may ask a filesystem directly. */
export function fatImportStat(vm: Vm, fs: Obj, path: string): 0 | 1 | 2 | undefined {
  if (vm.typeOf(fs) !== vm.addrOf(vfsFatType)) return undefined;
  const kind = onFat(vm, fs, (v) => kindFat(v, bytesText(utf8(path))));
  return kind === undefined ? 0 : kind === 'dir' ? 1 : 2;
}
