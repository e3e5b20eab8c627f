/**
 * `vfs.VfsLfs2` and its files. Counterpart: extmod/vfs_lfs.c, extmod/vfs_lfsx.c, extmod/vfs_lfsx_file.c.
 *
 *     filesystem:  +0 type  +4 number  +8 device  +12 current directory (str ending in '/')  +16 read buffer  +20 program buffer
 *                  +24 lookahead buffer  +28 whether times are stored  +32 scratch words of the device
 *     file:        +0 type  +4 number; −1: closed  +8 filesystem
 *     listing:     +0 type  +4 number; −1: at its end  +8 filesystem  +12 whether names are str (small int)
 *
 * Sizes in RAM are upstream's on a 32-bit board. The state behind the numbers is in `lfs-table.ts`.
 */
import {
  type Addr,
  argTable,
  defineType,
  fun1,
  fun2,
  fun3,
  funKw,
  funVar,
  isTrue,
  newSmallInt,
  newStr,
  NONE,
  NULL,
  type Obj,
  raiseOSError,
  raiseType,
  readArgs,
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
import { machineOf } from '../machine.js';
import { bytesText, FILE_METHODS, ints, listingEntry, S_IFDIR, S_IFREG, wallNs } from './vfs-common.js';
import { utf8 } from '../utf8.js';
import { flashPart, wholeFlash } from '../rp2/flash-object.js';
import { MachineUsageError } from '../errors.js';
import type { LfsTable, Mounted } from './lfs-table.js';
import { readFile, seekFile, syncFile, writeFile, closeFile, mtimeBytes } from './lfs2/file.js';
import type { LfsConfig } from './lfs2/core.js';
import { LfsError } from './lfs2/format.js';
import { format, Lfs2, type LfsOpen } from './lfs2/lfs2.js';
import { FlashDevice, IOCTL_BLOCK_COUNT, IOCTL_BLOCK_SIZE, IOCTL_INIT, ObjectDevice } from './object-device.js';

const EINVAL = 22;
const ENOENT = 2;
const NAME_MAX = 255;
const BLOCK_CYCLES = 100;

/** mp_obj_vfs_lfs2_t, mp_obj_vfs_lfs2_file_t without its buffer, mp_vfs_lfs2_ilistdir_it_t: bytes on a 32-bit board. */
const VFS_BYTES = 300;
const FILE_BYTES = 124;
const LISTING_BYTES = 72;

const enum Fs {
  Number = 1,
  Device = 2,
  Cwd = 3,
  ReadBuffer = 4,
  ProgBuffer = 5,
  Lookahead = 6,
  Mtime = 7,
  Scratch = 8,
}
const enum Of {
  Number = 1,
  Fs = 2,
  Str = 3,
}

const MAKE_ARGS = argTable([
  { name: '', kind: 'obj' },
  { name: 'readsize', kind: 'int', value: 32, kwOnly: true },
  { name: 'progsize', kind: 'int', value: 32, kwOnly: true },
  { name: 'lookahead', kind: 'int', value: 32, kwOnly: true },
  { name: 'mtime', kind: 'bool', value: 1, kwOnly: true },
]);

function word(vm: Vm, o: Obj, i: number): number {
  return vm.i32[(o >> 2) + i] as number;
}
function setWord(vm: Vm, o: Obj, i: number, v: number): void {
  vm.i32[(o >> 2) + i] = v;
}

function tableOf(vm: Vm): LfsTable {
  return machineOf(vm).lfs;
}

/** The mounted filesystem of an object; raises OSError(ENODEV) when it is unmounted. */
function mounted(vm: Vm, self: Obj): Mounted {
  return tableOf(vm).mounts.get(word(vm, self, Fs.Number)) ?? raiseOSError(vm, 19);
}

/** Runs a filesystem operation; its errors are raised as OSError. While one runs, its device may not use the filesystem. */
function onLfs<T>(vm: Vm, m: Mounted, work: (lfs: Lfs2) => T): T {
  if (m.busy) raiseOSError(vm, 16);
  m.busy = true;
  try {
    return work(m.lfs);
  } catch (e) {
    if (e instanceof LfsError) return raiseOSError(vm, e.errno);
    throw e;
  } finally {
    m.busy = false;
  }
}

/** The device behind a filesystem object. */
export function deviceOf(vm: Vm, self: Obj, cacheSize: number): ObjectDevice | FlashDevice {
  const part = flashPart(vm, word(vm, self, Fs.Device));
  if (part !== undefined) return new FlashDevice(machineOf(vm).flash, part.start, part.size);
  return new ObjectDevice(vm, () => ({
    object: word(vm, self, Fs.Device),
    scratch: self + 4 * Fs.Scratch,
    buffer: word(vm, self, Fs.ReadBuffer),
    size: cacheSize,
  }));
}

/** A filesystem object with its buffers, before anything is on it. */
function newVfs(
  vm: Vm,
  nArgs: number,
  nKw: number,
  args: Addr,
): { self: Obj; device: ObjectDevice | FlashDevice; cfg: LfsConfig } {
  const given = readArgs(vm, MAKE_ARGS, nArgs, nKw, args);
  const [bdev, readSize, progSize, lookahead, mtime] = given as [Obj, number, number, number, number];
  const self = vm.allocObjWithFinaliser(VFS_BYTES, vm.addrOf(vfsLfs2Type));
  setWord(vm, self, Fs.Number, -1);
  setWord(vm, self, Fs.Device, bdev);
  setWord(vm, self, Fs.Mtime, mtime);
  setWord(vm, self, Fs.Cwd, newStr(vm, '/'));
  const part = flashPart(vm, bdev);
  let blockSize: number;
  let blockCount: number;
  if (part !== undefined) {
    blockSize = machineOf(vm).flash.sectorSize;
    blockCount = part.size / blockSize;
  } else {
    const early = deviceOf(vm, self, 0) as ObjectDevice;
    early.ioctl(IOCTL_INIT, 1);
    blockSize = early.number(IOCTL_BLOCK_SIZE);
    blockCount = early.number(IOCTL_BLOCK_COUNT);
  }
  const cfg = configOf(blockSize, blockCount, readSize, progSize, lookahead);
  if (cfg.cacheSize < 1 || lookahead < 1) raiseOSError(vm, EINVAL);
  giveBuffers(vm, self, cfg);
  return { self, device: deviceOf(vm, self, cfg.cacheSize), cfg };
}

/** How upstream configures littlefs. */
function configOf(
  blockSize: number,
  blockCount: number,
  readSize: number,
  progSize: number,
  lookahead: number,
): LfsConfig {
  const cacheSize = Math.min(blockSize, 4 * Math.max(readSize, progSize));
  return { blockSize, blockCount, readSize, progSize, cacheSize, lookahead, blockCycles: BLOCK_CYCLES };
}
/** Allocates a filesystem object's buffers. */
function giveBuffers(vm: Vm, self: Obj, cfg: LfsConfig): void {
  setWord(vm, self, Fs.ReadBuffer, vm.alloc(cfg.cacheSize));
  setWord(vm, self, Fs.ProgBuffer, vm.alloc(cfg.cacheSize));
  setWord(vm, self, Fs.Lookahead, vm.alloc(cfg.lookahead));
}

function guarded<T>(vm: Vm, work: () => T): T {
  try {
    return work();
  } catch (e) {
    if (e instanceof LfsError) return raiseOSError(vm, e.errno);
    throw e;
  }
}

/** A path for the filesystem: each character is a byte of the program's text. Relative ones start at the current directory. */
function fsPath(vm: Vm, self: Obj, path: Obj): string {
  const text = strText(vm, path);
  const whole = text.startsWith('/') ? text : strText(vm, word(vm, self, Fs.Cwd)) + text;
  return bytesText(utf8(whole));
}
/** Seconds of the board's epoch that a time attribute stands for. */
function secondsOf(vm: Vm, mtime: Uint8Array | undefined): number {
  if (mtime === undefined || mtime.length !== 8) return 0;
  const ns = new DataView(mtime.buffer, mtime.byteOffset).getBigUint64(0, true);
  return Number(ns / 1_000_000_000n) - vm.profile.epochOffset;
}

// ---- methods

/** A method of one path. */
function byPath(work: (lfs: Lfs2, path: string) => void): RomValue {
  return fun2((vm, self, path) => {
    const p = fsPath(vm, self, path);
    onLfs(vm, mounted(vm, self), (lfs) => work(lfs, p));
    return NONE;
  });
}

function stat(vm: Vm, self: Obj, path: Obj): Obj {
  const p = fsPath(vm, self, path);
  const s = onLfs(vm, mounted(vm, self), (lfs) => lfs.stat(p));
  const t = secondsOf(vm, s.mtime);
  return ints(vm, [s.kind === 'dir' ? S_IFDIR : S_IFREG, 0, 0, 0, 0, 0, s.size, t, t, t]);
}

function statvfs(vm: Vm, self: Obj): Obj {
  const m = mounted(vm, self);
  const used = onLfs(vm, m, (lfs) => lfs.usedBlocks());
  const { blockSize, blockCount } = m.lfs.core.cfg;
  const free = blockCount - used;
  return ints(vm, [blockSize, blockSize, blockCount, free, free, 0, 0, 0, 0, NAME_MAX]);
}

/** Removes `.`, `..` and doubled separators, as upstream does: `..` at the root stays there. */
function normalised(path: string): string {
  const parts: string[] = [];
  for (const p of path.split('/')) {
    if (p === '..') parts.pop();
    else if (p !== '' && p !== '.') parts.push(p);
  }
  return parts.length === 0 ? '/' : `/${parts.join('/')}/`;
}

function chdir(vm: Vm, self: Obj, path: Obj): Obj {
  const text = strText(vm, path);
  const whole = text.startsWith('/') ? text : strText(vm, word(vm, self, Fs.Cwd)) + text;
  if (whole.length !== 1) {
    const m = mounted(vm, self);
    const p = bytesText(utf8(whole));
    if (m.busy) raiseOSError(vm, 16);
    let isDir = false;
    try {
      isDir = onLfs(vm, m, (lfs) => statOrNone(lfs, p)) === 'dir';
    } finally {
      m.busy = false;
    }
    if (!isDir) raiseOSError(vm, ENOENT);
  }
  setWord(vm, self, Fs.Cwd, newStr(vm, normalised(whole)));
  return NONE;
}
function statOrNone(lfs: Lfs2, path: string): 'dir' | 'file' | undefined {
  try {
    return lfs.stat(path).kind;
  } catch (e) {
    if (e instanceof LfsError) return undefined;
    throw e;
  }
}

/** Iterator of `ilistdir`. Reading a program's device runs Python. */
const listingType: TypeDef = defineType({
  name: 'iterator',
  getiter: 'self',
  iternext(vm, o) {
    const n = word(vm, o, Of.Number);
    const dir = tableOf(vm).dirs.get(n);
    if (dir === undefined) return NULL;
    const m = tableOf(vm).mounts.get(dir.mount);
    const entry = m === undefined ? undefined : onLfs(vm, m, (lfs) => lfs.readDir(dir.dir));
    if (entry === undefined) {
      tableOf(vm).closeDir(n);
      setWord(vm, o, Of.Number, -1);
      return NULL;
    }
    const isStr = word(vm, o, Of.Str) === newSmallInt(1);
    return listingEntry(vm, entry.name, isStr, entry.kind === 'dir', entry.size);
  },
  locals: {
    __del__: fun1((vm, o) => {
      tableOf(vm).closeDir(word(vm, o, Of.Number));
      return NONE;
    }),
  },
});

const ilistdir = funVar(1, 2, (vm, nArgs, _nKw, args) => {
  const self = vm.i32[args >> 2] as number;
  const path = nArgs === 2 ? (vm.i32[(args >> 2) + 1] as number) : word(vm, self, Fs.Cwd);
  const p = fsPath(vm, self, path);
  const o = vm.allocObjWithFinaliser(LISTING_BYTES, vm.addrOf(listingType));
  setWord(vm, o, Of.Number, -1);
  setWord(vm, o, Of.Fs, self);
  setWord(vm, o, Of.Str, newSmallInt(vm.typeOf(path) === TYPES.bytes ? 0 : 1));
  const m = mounted(vm, self);
  const dir = onLfs(vm, m, (lfs) => lfs.openDir(p));
  setWord(vm, o, Of.Number, tableOf(vm).addDir(word(vm, self, Fs.Number), dir));
  return o;
});

const rename = fun3((vm, self, from, to) => {
  const a = fsPath(vm, self, from);
  const b = fsPath(vm, self, to);
  onLfs(vm, mounted(vm, self), (lfs) => lfs.rename(a, b));
  return NONE;
});

// ---- files

/** What a mode says; raises ValueError for two that exclude each other. */
function parseMode(vm: Vm, mode: string): Omit<LfsOpen, 'mtime'> & { readonly text: boolean } {
  let kind: string | undefined;
  let plus = false;
  let text = true;
  for (const c of mode) {
    if ('rwxa'.includes(c)) {
      if (kind !== undefined || plus) raiseType(vm, TYPES.ValueError);
      kind = c;
    } else if (c === '+') plus = true;
    else if (c === 'b') text = false;
    else if (c === 't') text = true;
  }
  const reads = kind === 'r' || kind === undefined;
  return {
    readable: reads || plus,
    writable: !reads || plus,
    create: kind === 'w' || kind === 'x' || kind === 'a',
    exclusive: kind === 'x',
    truncate: kind === 'w',
    append: kind === 'a',
    text,
  };
}

/** Opens a file of a filesystem object. */
function openFile(vm: Vm, self: Obj, path: Obj, mode: Obj): Obj {
  const { text, ...how } = parseMode(vm, strText(vm, mode));
  const m = mounted(vm, self);
  const o = vm.allocObjWithFinaliser(FILE_BYTES + m.lfs.core.cfg.cacheSize, vm.addrOf(text ? textType : binaryType));
  setWord(vm, o, Of.Number, -1);
  setWord(vm, o, Of.Fs, self);
  const p = fsPath(vm, self, path);
  const mtime = word(vm, self, Fs.Mtime) !== 0 ? mtimeBytes(wallNs(vm)) : undefined;
  const file = onLfs(vm, m, (lfs) => lfs.open(p, { ...how, mtime }));
  setWord(vm, o, Of.Number, tableOf(vm).addFile(word(vm, self, Fs.Number), file));
  return o;
}

/** A stream operation on an open file; raises ValueError when it is closed. */
function onFile(vm: Vm, o: Obj, work: (m: Mounted, f: import('./lfs2/file.js').LfsFile) => number): number {
  const open = tableOf(vm).files.get(word(vm, o, Of.Number));
  if (open === undefined) return raiseType(vm, TYPES.ValueError);
  const m = tableOf(vm).mounts.get(open.mount);
  if (m === undefined) return streamError(19);
  if (m.busy) return streamError(16);
  m.busy = true;
  try {
    return work(m, open.file);
  } catch (e) {
    if (e instanceof LfsError) return streamError(e.errno);
    throw e;
  } finally {
    m.busy = false;
  }
}

function ioctl(vm: Vm, o: Obj, request: number, arg: number): number {
  switch (request) {
    case STREAM_SEEK:
      return onFile(vm, o, (m, f) => {
        const at = arg >> 2;
        vm.i32[at] = seekFile(m.lfs.core, f, vm.i32[at] as number, vm.i32[at + 1] as number);
        return 0;
      });
    case STREAM_FLUSH:
      return onFile(vm, o, (m, f) => {
        syncFile(m.lfs.core, f);
        return 0;
      });
    case STREAM_CLOSE: {
      const n = word(vm, o, Of.Number);
      if (!tableOf(vm).files.has(n)) return 0;
      try {
        return onFile(vm, o, (m, f) => {
          closeFile(m.lfs.core, f);
          return 0;
        });
      } finally {
        tableOf(vm).removeFile(n);
        setWord(vm, o, Of.Number, -1);
      }
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
      onFile(vm, o, (m, f) => {
        const bytes = readFile(m.lfs.core, f, size);
        vm.u8.set(bytes, addr);
        vm.charge(bytes.length >> 4);
        return bytes.length;
      }),
    write: (vm, o, addr, size) =>
      onFile(vm, o, (m, f) => {
        if (f.mtime !== undefined) f.mtime = mtimeBytes(wallNs(vm));
        vm.charge(size >> 4);
        return writeFile(m.lfs.core, f, vm.u8.slice(addr, addr + size));
      }),
    ioctl,
  };
  return defineType({
    name,
    print: (_vm, out) => out.write(`<io.${name}>`),
    getiter: 'self',
    iternext: streamIternext,
    protocol,
    locals: FILE_METHODS,
  });
}
const textType = fileType(true);
const binaryType = fileType(false);

// ---- the type

export const vfsLfs2Type: TypeDef = defineType({
  name: 'VfsLfs2',
  makeNew(vm, _type, nArgs, nKw, args) {
    const { self, device, cfg } = newVfs(vm, nArgs, nKw, args);
    const lfs = guarded(vm, () => new Lfs2(device, cfg));
    setWord(vm, self, Fs.Number, tableOf(vm).addMount(self, lfs, device));
    return self;
  },
  locals: {
    mkfs: staticMethod(
      funKw(0, (vm, nArgs, nKw, args) => {
        const { device, cfg } = newVfs(vm, nArgs, nKw, args);
        guarded(vm, () => format(device, cfg));
        return NONE;
      }),
    ),
    open: fun3(openFile),
    ilistdir,
    mkdir: byPath((lfs, p) => lfs.mkdir(p)),
    rmdir: byPath((lfs, p) => lfs.remove(p)),
    chdir: fun2(chdir),
    getcwd: fun1((vm, self) => {
      const cwd = strText(vm, word(vm, self, Fs.Cwd));
      return newStr(vm, cwd.length === 1 ? cwd : cwd.slice(0, -1));
    }),
    remove: byPath((lfs, p) => lfs.remove(p)),
    rename,
    stat: fun2(stat),
    statvfs: fun2((vm, self) => statvfs(vm, self)),
    mount: fun3((vm, self, readonly) => {
      if (isTrue(vm, readonly)) mounted(vm, self).device.readOnly = true;
      return NONE;
    }),
    umount: fun1((vm, self) => {
      mounted(vm, self);
      return NONE;
    }),
    __del__: fun1((vm, self) => {
      tableOf(vm).removeMount(word(vm, self, Fs.Number));
      return NONE;
    }),
  },
});

/** Bytes that the flash of an RP2040 is programmed in at a time; `_boot.py` gives them to its filesystem. */
const FLASH_PROGRAM = 256;

/** A filesystem object on the whole flash of the board, formatted first if the flash is erased. */
export function newFlashVfs(vm: Vm): Obj {
  const { flash } = machineOf(vm);
  const self = vm.allocObjWithFinaliser(VFS_BYTES, vm.addrOf(vfsLfs2Type));
  setWord(vm, self, Fs.Number, -1);
  setWord(vm, self, Fs.Device, wholeFlash(vm));
  setWord(vm, self, Fs.Mtime, 1);
  setWord(vm, self, Fs.Cwd, newStr(vm, '/'));
  const cfg = configOf(flash.sectorSize, flash.size / flash.sectorSize, 32, FLASH_PROGRAM, 32);
  giveBuffers(vm, self, cfg);
  const device = deviceOf(vm, self, cfg.cacheSize);
  try {
    if (flash.isErased) flash.beforehand(() => format(device, cfg));
    setWord(vm, self, Fs.Number, tableOf(vm).addMount(self, new Lfs2(device, cfg), device));
  } catch (e) {
    if (!(e instanceof LfsError)) throw e;
    throw new MachineUsageError('flash-filesystem', `there is no littlefs filesystem in the flash: error ${e.errno}`);
  }
  return self;
}

/** Types that no module names. */
export const LFS_TYPES: readonly TypeDef[] = [textType, binaryType, listingType];

/** Whether import may ask a filesystem directly. */
export function lfsImportStat(vm: Vm, fs: Obj, path: string): 0 | 1 | 2 | undefined {
  if (vm.typeOf(fs) !== vm.addrOf(vfsLfs2Type)) return undefined;
  const whole = path.startsWith('/') ? path : strText(vm, word(vm, fs, Fs.Cwd)) + path;
  const kind = onLfs(vm, mounted(vm, fs), (lfs) => statOrNone(lfs, bytesText(utf8(whole))));
  return kind === undefined ? 0 : kind === 'dir' ? 1 : 2;
}
