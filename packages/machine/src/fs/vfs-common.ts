/** What filesystems on block devices share: paths, times, tuples, the methods of their files. */
import {
  newInt,
  newSmallInt,
  newStrFromBytes,
  NONE,
  type Obj,
  type RomValue,
  streamClose,
  streamEnter,
  streamExit,
  streamFlush,
  streamRead,
  streamReadinto,
  streamReadline,
  streamReadlines,
  streamSeek,
  streamTell,
  streamWrite,
  strText,
  type Vm,
} from '@tsmp/vm';
import { utf8 } from '../utf8.js';

/** Modes of directories and files. */
export const S_IFDIR = 0x4000;
export const S_IFREG = 0x8000;

/** Methods of a file. */
export const FILE_METHODS: Readonly<Record<string, RomValue>> = {
  read: streamRead,
  readinto: streamReadinto,
  readline: streamReadline,
  readlines: streamReadlines,
  write: streamWrite,
  flush: streamFlush,
  close: streamClose,
  seek: streamSeek,
  tell: streamTell,
  __del__: streamClose,
  __enter__: streamEnter,
  __exit__: streamExit,
};

/** Bytes as text: each one a character. */
export function bytesText(bytes: Uint8Array): string {
  let s = '';
  for (const b of bytes) s += String.fromCharCode(b);
  return s;
}
/** Text whose characters are bytes as these. */
export function textBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}
/** A str as text whose characters are its bytes. */
export function strBytesText(vm: Vm, o: Obj): string {
  return bytesText(utf8(strText(vm, o)));
}

/** Nanoseconds since 1970 on the board's clock. */
export function wallNs(vm: Vm): number {
  return vm.wallStart * 1e9 + vm.now() - vm.bootNs;
}

/** A tuple of ints. */
export function ints(vm: Vm, values: readonly number[]): Obj {
  const t = vm.newTuple(values.length, 0);
  values.forEach((_, i) => {
    vm.i32[(t >> 2) + 2 + i] = NONE;
  });
  values.forEach((v, i) => {
    const o = newInt(vm, v);
    vm.i32[(t >> 2) + 2 + i] = o;
  });
  return t;
}

/** What `ilistdir` gives: name (str or bytes), kind, no inode, size. */
export function listingEntry(vm: Vm, name: Uint8Array, isStr: boolean, isDir: boolean, size: number): Obj {
  const t = vm.newTuple(4, 0);
  const at = (t >> 2) + 2;
  vm.i32[at] = NONE;
  vm.i32[at + 1] = newSmallInt(isDir ? S_IFDIR : S_IFREG);
  vm.i32[at + 2] = newSmallInt(0);
  vm.i32[at + 3] = newSmallInt(0);
  const first = isStr ? newStrFromBytes(vm, name, 0, name.length) : vm.newBytes(name);
  vm.i32[at] = first;
  const last = newInt(vm, size);
  vm.i32[at + 3] = last;
  return t;
}
