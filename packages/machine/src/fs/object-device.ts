/**
 * Block devices as filesystems see them: objects of a program with `readblocks`, `writeblocks` and `ioctl`, whose Python code runs
 * nested, or the board's own flash, which is used directly. Counterpart: extmod/vfs_blockdev.c.
 *
 * Data goes through a buffer in the board's heap. The arguments of a call and the memoryview that a device is given are words of
 * the filesystem's object, so that a call allocates nothing:
 *
 *     +0 … +12 arguments: device, block, buffer, offset   +16 … +28 memoryview
 */
import {
  type Addr,
  callN,
  getInt,
  loadMethodMaybe,
  newSmallInt,
  NONE,
  type Obj,
  raiseNoAttribute,
  TYPES,
  type Vm,
} from '@tsmp/vm';
import type { Flash } from '../flash.js';
import type { BlockDevice } from './lfs2/core.js';
import { EINVAL, fail, LfsError } from './lfs2/format.js';

/** `ioctl` operations of block devices. */
export const IOCTL_INIT = 1;
export const IOCTL_SYNC = 3;
export const IOCTL_BLOCK_COUNT = 4;
export const IOCTL_BLOCK_SIZE = 5;
export const IOCTL_BLOCK_ERASE = 6;

const WRITABLE_BYTES = 0x42 | 0x80;
const EROFS = 30;

/** What an {@link ObjectDevice} works with. */
export interface DevicePlace {
  /** The device. */
  readonly object: Obj;
  /** Address of the scratch words. */
  readonly scratch: Addr;
  /** A buffer in the heap, and its size. */
  readonly buffer: Addr;
  readonly size: number;
}

/** A device that a program has written. `place` tells where its words are at the time of an operation. */
export class ObjectDevice implements BlockDevice {
  readOnly = false;

  constructor(
    private readonly vm: Vm,
    private readonly place: () => DevicePlace,
  ) {}

  read(block: number, offset: number, into: Uint8Array): void {
    this.pieces('readblocks', block, offset, into, false);
  }
  program(block: number, offset: number, bytes: Uint8Array): void {
    if (this.readOnly) fail(EROFS);
    this.pieces('writeblocks', block, offset, bytes, true);
  }
  erase(block: number): void {
    if (this.readOnly) fail(EROFS);
    check(getInt(this.vm, this.ioctl(IOCTL_BLOCK_ERASE, block)));
  }
  sync(): void {
    const r = this.ioctl(IOCTL_SYNC, 0);
    if (r !== NONE) check(getInt(this.vm, r));
  }

  /** Calls `ioctl`; raises AttributeError when the device has none. */
  ioctl(op: number, arg: number): Obj {
    const { object, scratch } = this.place();
    const at = scratch >> 2;
    this.vm.i32[at + 1] = newSmallInt(op);
    this.vm.i32[at + 2] = newSmallInt(arg);
    return callMethodAt(this.vm, object, 'ioctl', scratch, 2);
  }
  /** A number that `ioctl` answers. */
  number(op: number): number {
    return getInt(this.vm, this.ioctl(op, 0));
  }
  /** Whether the device has a method. */
  has(method: string): boolean {
    loadMethodMaybe(this.vm, this.place().object, this.vm.intern(method));
    return this.vm.dest0 !== 0;
  }
  /** Calls a method without arguments. */
  ask(method: string): Obj {
    const { object, scratch } = this.place();
    return callMethodAt(this.vm, object, method, scratch, 0);
  }
  /** Reads or writes whole blocks by the simple protocol, without offset. */
  blocks(method: 'readblocks' | 'writeblocks', block: number, bytes: Uint8Array): void {
    if (method === 'writeblocks' && this.readOnly) fail(EROFS);
    this.call(method, block, undefined, bytes, method === 'writeblocks');
  }

  private pieces(method: string, block: number, offset: number, bytes: Uint8Array, out: boolean): void {
    const { size } = this.place();
    for (let at = 0; at < bytes.length; at += size)
      this.call(method, block, offset + at, bytes.subarray(at, at + size), out);
  }

  private call(method: string, block: number, offset: number | undefined, bytes: Uint8Array, out: boolean): void {
    const { vm } = this;
    const { object, scratch, buffer } = this.place();
    const at = scratch >> 2;
    // bytes of the board's memory are handed over where they are
    const isThere = bytes.buffer === vm.u8.buffer;
    const address = isThere ? bytes.byteOffset - vm.u8.byteOffset : buffer;
    if (out && !isThere) vm.u8.set(bytes, buffer);
    vm.i32[at + 4] = TYPES.memoryview;
    vm.i32[at + 5] = WRITABLE_BYTES;
    vm.i32[at + 6] = bytes.length;
    vm.i32[at + 7] = address;
    vm.i32[at + 1] = newSmallInt(block);
    vm.i32[at + 2] = scratch + 16;
    if (offset !== undefined) vm.i32[at + 3] = newSmallInt(offset);
    const r = callMethodAt(vm, object, method, scratch, offset === undefined ? 2 : 3);
    if (r !== NONE) check(getInt(vm, r));
    vm.host.progress?.();
    if (!out && !isThere) bytes.set(vm.u8.subarray(buffer, buffer + bytes.length));
  }
}

/** What a device answers: 0, or a negative errno; a positive number is a mistake. */
function check(answer: number): void {
  if (answer < 0) throw new LfsError(-answer);
  if (answer > 0) fail(EINVAL);
}

/** Calls a method whose arguments are behind the first word of `args`, which gets the object itself. */
function callMethodAt(vm: Vm, object: Obj, method: string, args: Addr, nArgs: number): Obj {
  const name = vm.intern(method);
  loadMethodMaybe(vm, object, name);
  if (vm.dest0 === 0) return raiseNoAttribute(vm, object, name);
  const fun = vm.dest0;
  if (vm.dest1 === 0) return callN(vm, fun, nArgs, 0, args + 4);
  vm.i32[args >> 2] = vm.dest1;
  return callN(vm, fun, nArgs + 1, 0, args);
}

/** The board's flash, or a part of it, as a device. */
export class FlashDevice implements BlockDevice {
  readOnly = false;

  constructor(
    private readonly flash: Flash,
    private readonly start: number,
    private readonly size: number,
  ) {}

  private at(block: number, offset: number, length: number): number {
    const at = block * this.flash.sectorSize + offset;
    if (at < 0 || at + length > this.size) fail(EINVAL);
    return this.start + at;
  }
  read(block: number, offset: number, into: Uint8Array): void {
    this.flash.read(this.at(block, offset, into.length), into);
  }
  program(block: number, offset: number, bytes: Uint8Array): void {
    if (this.readOnly) fail(EROFS);
    this.flash.program(this.at(block, offset, bytes.length), bytes);
  }
  erase(block: number): void {
    if (this.readOnly) fail(EROFS);
    this.flash.erase(this.at(block, 0, this.flash.sectorSize), this.flash.sectorSize);
  }
  sync(): void {
    // programming is done when it returns
  }
}
