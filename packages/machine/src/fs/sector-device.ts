/**
 * Block devices of a program as devices of sectors. Counterpart: extmod/vfs_fat_diskio.c.
 *
 * Devices without `ioctl` have the old methods `count` and `sync`, and sectors of 512 bytes.
 */
import { getInt, isSmallInt, NONE, smallIntValue, type Vm } from '@tsmp/vm';
import { fault, type SectorDevice } from './fat/format.js';
import { LfsError } from './lfs2/format.js';
import {
  type DevicePlace,
  IOCTL_BLOCK_COUNT,
  IOCTL_BLOCK_SIZE,
  IOCTL_INIT,
  IOCTL_SYNC,
  ObjectDevice,
} from './object-device.js';

const OLD_SECTOR = 512;

/** A device that a program has written. */
export class ObjectSectors implements SectorDevice {
  private readonly device: ObjectDevice;
  private readonly hasIoctl: boolean;

  constructor(
    private readonly vm: Vm,
    place: () => DevicePlace,
    readonly writable: boolean,
  ) {
    this.device = new ObjectDevice(vm, place);
    this.hasIoctl = this.device.has('ioctl');
  }

  init(): boolean {
    if (!this.hasIoctl) return true;
    const answer = this.device.ioctl(IOCTL_INIT, 0);
    return !isSmallInt(answer) || smallIntValue(answer) === 0;
  }
  sectorSize(): number {
    const answer = this.hasIoctl ? this.device.ioctl(IOCTL_BLOCK_SIZE, 0) : NONE;
    return answer === NONE ? OLD_SECTOR : getInt(this.vm, answer);
  }
  sectorCount(): number {
    return getInt(this.vm, this.hasIoctl ? this.device.ioctl(IOCTL_BLOCK_COUNT, 0) : this.device.ask('count'));
  }
  read(sector: number, into: Uint8Array): void {
    this.transfer('readblocks', sector, into);
  }
  write(sector: number, bytes: Uint8Array): void {
    if (!this.writable) fault('disk');
    this.transfer('writeblocks', sector, bytes);
  }
  sync(): void {
    if (this.hasIoctl) this.device.ioctl(IOCTL_SYNC, 0);
    else if (this.device.has('sync')) this.device.ask('sync');
  }
  charge(steps: number): void {
    this.vm.charge(steps);
  }

  private transfer(method: 'readblocks' | 'writeblocks', sector: number, bytes: Uint8Array): void {
    try {
      this.device.blocks(method, sector, bytes);
    } catch (e) {
      // what the device answers is no matter: it is an error of the disk
      if (e instanceof LfsError) fault('disk');
      throw e;
    }
  }
}
