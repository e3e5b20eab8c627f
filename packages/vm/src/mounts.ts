/**
 * The mount table: which filesystem a path is in. Counterpart: mp_vfs_lookup_path in extmod/vfs.c.
 *
 * Static roots hold the first mount and the one of the current folder, if that is in one. What is mounted on `/` comes last.
 */
import { MountOff, Root } from './layout.js';
import { getStr, spanOf, strSpan } from './obj/str-new.js';
import { decodeText } from './unicode.js';
import type { Addr, Obj } from './words.js';
import type { Vm } from './vm.js';

/** Results of {@link findMount} besides a mount. */
export const enum Mounted {
  Nowhere = 0,
  /** The path is the root directory itself. */
  Root = -1,
}

const SLASH = 0x2f;

/** The path within the filesystem that {@link findMount} found, as a part of the path that it was given. `from` below 0: `/`. */
export const restOfPath = { from: 0, to: 0 };

/** The mount that the path `u8[from…to)` is in. */
export function findMount(vm: Vm, u8: Uint8Array, from: number, to: number): Obj {
  const isAbsolute = from < to && u8[from] === SLASH;
  restOfPath.from = from;
  restOfPath.to = to;
  if (!isAbsolute) {
    const current = vm.root(Root.CurDir);
    if (current !== 0) return current;
  }
  const start = isAbsolute ? from + 1 : from;
  if (start === to) return Mounted.Root;
  for (let m = vm.root(Root.MountTable); m !== 0; m = vm.i32[(m + MountOff.Next) >> 2] as number) {
    spanOf(vm, vm.i32[(m + MountOff.Point) >> 2] as number);
    // the first character of a mount point is not looked at
    const point = strSpan.addr + 1;
    const length = strSpan.len - 1;
    if (length <= 0) return m;
    if (to - start < length || !begins(vm, point, length, u8, start)) continue;
    if (to - start === length) {
      restOfPath.from = -1;
      return m;
    }
    if (u8[start + length] === SLASH) {
      restOfPath.from = start + length;
      return m;
    }
  }
  return Mounted.Nowhere;
}

/** The same of a path that is a str or bytes object; raises TypeError for others. */
export function findMountOf(vm: Vm, path: Obj): Obj {
  getStr(vm, path);
  return findMount(vm, vm.u8, strSpan.addr, strSpan.addr + strSpan.len);
}

/** {@link restOfPath} as text; `u8`: where the path was. */
export function restText(u8: Uint8Array): string {
  const { from, to } = restOfPath;
  return from < 0 ? '/' : decodeText(u8, from, to);
}

function begins(vm: Vm, text: Addr, length: number, u8: Uint8Array, from: number): boolean {
  for (let i = 0; i < length; i++) if (vm.u8[text + i] !== u8[from + i]) return false;
  return true;
}
