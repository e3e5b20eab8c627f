/**
 * File objects: `open()` on the host's folder. Counterpart: extmod/vfs_posix_file.c, extmod/vfs_lfsx_file.c.
 *
 *     +0 type   +4 handle, −1: closed
 */
import {
  type Addr,
  defineType,
  fun1,
  newSmallInt,
  type Obj,
  POLL_RD,
  POLL_WR,
  raiseOSError,
  raiseValueError,
  STREAM_CLOSE,
  STREAM_FLUSH,
  STREAM_GET_FILENO,
  STREAM_POLL,
  STREAM_SEEK,
  STREAM_WAIT,
  streamClose,
  streamEnter,
  streamError,
  streamExit,
  streamFlush,
  streamIternext,
  type StreamProtocol,
  streamRead,
  streamReadinto,
  streamReadline,
  streamReadlines,
  streamSeek,
  streamTell,
  streamWrite,
  type TypeDef,
  type Vm,
} from '@tsmp/vm';
import { machineOf } from '../machine.js';
import type { OpenFiles, OpenMode } from './files.js';
import { errnoOf, FILE_ERRNO } from './folder.js';

const ENODEV = FILE_ERRNO.ENODEV as number;
const EBADF = FILE_ERRNO.EBADF as number;
const EINVAL = FILE_ERRNO.EINVAL as number;

/** The open files of a VM's machine; raises OSError(ENODEV) when it has no folder. */
export function filesOf(vm: Vm): OpenFiles {
  return machineOf(vm).files ?? raiseOSError(vm, ENODEV);
}

/** Runs a file operation; an error of the folder is raised as OSError. */
export function onFiles<T>(vm: Vm, work: (files: OpenFiles) => T): T {
  const files = filesOf(vm);
  try {
    return work(files);
  } catch (e) {
    const errno = errnoOf(e);
    if (errno === undefined) throw e;
    return raiseOSError(vm, errno);
  }
}

/** As {@link onFiles}, for stream protocols. */
function transfer(vm: Vm, work: (files: OpenFiles) => number): number {
  try {
    return work(filesOf(vm));
  } catch (e) {
    const errno = errnoOf(e);
    if (errno === undefined) throw e;
    return streamError(errno);
  }
}

function handleOf(vm: Vm, self: Obj): number {
  return vm.i32[(self >> 2) + 1] as number;
}
function openHandle(vm: Vm, self: Obj): number {
  const h = handleOf(vm, self);
  if (h < 0) raiseValueError(vm, 'I/O operation on closed file');
  return h;
}

function read(vm: Vm, self: Obj, addr: Addr, size: number): number {
  const h = openHandle(vm, self);
  if (h === 0) {
    if (vm.input.length === 0 && !vm.input.closed) return STREAM_WAIT;
    const bytes = vm.input.read(Math.min(size, vm.input.length));
    vm.u8.set(bytes, addr);
    return bytes.length;
  }
  if (h < 3) return streamError(EBADF);
  return transfer(vm, (files) => files.read(h, vm.u8, addr, size));
}

function write(vm: Vm, self: Obj, addr: Addr, size: number): number {
  const h = openHandle(vm, self);
  if (h === 1 || h === 2) {
    (h === 2 ? vm.stderr : vm.stdout).writeBytes(vm.u8, addr, addr + size);
    return size;
  }
  if (h === 0) return streamError(EBADF);
  return transfer(vm, (files) => files.write(h, vm.u8, addr, size));
}

function ioctl(vm: Vm, self: Obj, request: number, arg: number): number {
  switch (request) {
    case STREAM_CLOSE: {
      const h = handleOf(vm, self);
      vm.i32[(self >> 2) + 1] = -1;
      if (h < 3) return 0;
      return transfer(vm, (files) => {
        files.close(h);
        return 0;
      });
    }
    case STREAM_FLUSH: {
      const h = openHandle(vm, self);
      if (h < 3) return 0;
      return transfer(vm, (files) => {
        files.flush(h);
        return 0;
      });
    }
    case STREAM_SEEK: {
      const h = openHandle(vm, self);
      const at = arg >> 2;
      return transfer(vm, (files) => {
        vm.i32[at] = files.seek(h, vm.i32[at] as number, vm.i32[at + 1] as number);
        return 0;
      });
    }
    case STREAM_GET_FILENO:
      return openHandle(vm, self);
    case STREAM_POLL:
      openHandle(vm, self);
      return arg & (POLL_RD | POLL_WR);
    default:
      return streamError(EINVAL);
  }
}

function fileType(isText: boolean, posix: boolean): TypeDef {
  const name = isText ? 'TextIOWrapper' : 'FileIO';
  const protocol: StreamProtocol = { protocol: 'stream', isText, read, write, ioctl };
  return defineType({
    name,
    print(vm, out, o) {
      out.write(posix ? `<io.${name} ${handleOf(vm, o)}>` : `<io.${name}>`);
    },
    getiter: 'self',
    iternext: streamIternext,
    protocol,
    locals: {
      ...(posix ? { fileno: fun1((vm, self) => newSmallInt(openHandle(vm, self))) } : {}),
      read: streamRead,
      readinto: streamReadinto,
      readline: streamReadline,
      readlines: streamReadlines,
      write: streamWrite,
      seek: streamSeek,
      tell: streamTell,
      flush: streamFlush,
      close: streamClose,
      __del__: streamClose,
      __enter__: streamEnter,
      __exit__: streamExit,
    },
  });
}

interface FileTypes {
  readonly text: TypeDef;
  readonly binary: TypeDef;
}
const POSIX: FileTypes = { text: fileType(true, true), binary: fileType(false, true) };
const BOARD: FileTypes = { text: fileType(true, false), binary: fileType(false, false) };

/** The file types of a platform. */
export function fileTypes(platform: string): FileTypes {
  return platform === 'linux' ? POSIX : BOARD;
}

/** What a mode string says. Unknown letters are ignored, as the ports do; `x` exists on boards only. */
export function parseMode(mode: string, posix: boolean): OpenMode & { readonly text: boolean } {
  let readable = true;
  let writable = false;
  let append = false;
  let create = false;
  let truncate = false;
  let exclusive = false;
  let text = true;
  for (const c of mode) {
    if (c === 'r') [readable, writable] = [true, false];
    else if (c === 'w') [readable, writable, create, truncate, append] = [false, true, true, true, false];
    else if (c === 'a') [readable, writable, create, truncate, append] = [false, true, true, false, true];
    else if (c === 'x' && !posix) [readable, writable, create, exclusive] = [false, true, true, true];
    else if (c === '+') [readable, writable] = [true, true];
    else if (c === 'b') text = false;
    else if (c === 't') text = true;
  }
  return { readable, writable, append, create, truncate, exclusive, text };
}

/** A file object for a path of the host's folder. */
export function openFile(vm: Vm, path: string, modeText: string): Obj {
  const { platform } = vm.profile;
  const mode = parseMode(modeText, platform === 'linux');
  const types = fileTypes(platform);
  const o = vm.allocObjWithFinaliser(8, vm.addrOf(mode.text ? types.text : types.binary));
  vm.i32[(o >> 2) + 1] = -1;
  vm.i32[(o >> 2) + 1] = onFiles(vm, (files) => files.open(path, mode));
  return o;
}
/** A file object for one of the console's descriptors. */
export function openDescriptor(vm: Vm, descriptor: number, modeText: string): Obj {
  const types = fileTypes(vm.profile.platform);
  const o = vm.allocObjWithFinaliser(8, vm.addrOf(parseMode(modeText, true).text ? types.text : types.binary));
  vm.i32[(o >> 2) + 1] = descriptor;
  return o;
}
