/**
 * Firmware files: a board's ROM image (with what is frozen in it) and, if wanted, its filesystem, as a UF2 file. What links the
 * image with natives (their names, the addresses of named objects) is no part of the flash: it is in blocks that boot loaders
 * skip, as JSON.
 */
import type { Profile, RomData } from '@tsmp/vm';
import { MachineUsageError } from '../errors.js';
import { utf8 } from '../utf8.js';
import { decodeUf2, encodeUf2, type FlashPart, UF2_RP2040 } from './uf2.js';

/** What a firmware file holds. */
export interface Firmware {
  /** Name of the profile that it was made for. */
  readonly board: string;
  readonly image: RomData;
  /** The filesystem's part of the flash. */
  readonly storage?: Uint8Array | undefined;
}

const FORMAT = 'tsmp-firmware-1';

/** Where the filesystem is in a board's flash: the bytes at its end. */
export function storageOf(profile: Profile): { readonly start: number; readonly size: number } {
  const size = profile.storageSize ?? 0;
  return { start: profile.flashSize - size, size };
}

/** Writes a firmware file for a board. */
export function encodeFirmware(profile: Profile, firmware: Omit<Firmware, 'board'>): Uint8Array {
  const { bytes, natives, symbols, protocols, qstrCount, qstrTable, hiddenStart, hiddenEnd, frozen } = firmware.image;
  const { start, size } = storageOf(profile);
  const parts: FlashPart[] = [{ address: profile.flashBase, bytes }];
  if (firmware.storage !== undefined) {
    if (firmware.storage.length !== size)
      throw new MachineUsageError(
        'storage-size',
        `the filesystem has ${firmware.storage.length} bytes, the board's ${size}`,
      );
    parts.push(...usedPages(profile.flashBase + start, firmware.storage));
  }
  const link = { natives, symbols, protocols, qstrCount, qstrTable, hiddenStart, hiddenEnd, frozen };
  const text = JSON.stringify({ format: FORMAT, board: profile.name, size: bytes.length, ...link });
  return encodeUf2({ family: UF2_RP2040, parts, comment: utf8(text) });
}

/** Reads a firmware file for one of `profiles`. Throws {@link MachineUsageError} 'not-uf2', 'uf2-damaged', 'not-firmware'. */
export function decodeFirmware(file: Uint8Array, profiles: Readonly<Record<string, Profile>>): Firmware {
  const { parts, comment } = decodeUf2(file);
  const link = linkData(comment);
  const profile = Object.hasOwn(profiles, link.board) ? profiles[link.board] : undefined;
  if (profile === undefined)
    throw new MachineUsageError('not-firmware', `the firmware is for a board '${link.board}', which there is not`);
  const { start, size } = storageOf(profile);
  const flash = new Uint8Array(profile.flashSize).fill(0xff);
  let hasStorage = false;
  for (const { address, bytes } of parts) {
    const at = address - profile.flashBase;
    if (at < 0 || at + bytes.length > flash.length)
      throw new MachineUsageError('not-firmware', `address 0x${address.toString(16)} is not in the board's flash`);
    flash.set(bytes, at);
    if (size > 0 && at + bytes.length > start) hasStorage = true;
  }
  const { board, size: length, ...rest } = link;
  if (length > flash.length) throw new MachineUsageError('not-firmware', 'the ROM image is larger than the flash');
  const image = { ...rest, bytes: flash.slice(0, length) };
  return { board, image, storage: hasStorage ? flash.slice(start) : undefined };
}

type LinkData = Omit<RomData, 'bytes'> & { readonly board: string; readonly size: number };

function linkData(comment: Uint8Array): LinkData {
  let data: unknown;
  try {
    data = JSON.parse(fromUtf8(comment));
  } catch {
    data = undefined;
  }
  if (!isLinkData(data))
    throw new MachineUsageError(
      'not-firmware',
      'the UF2 file is no firmware of this project: it was not made by freezing',
    );
  return data;
}

function isLinkData(d: unknown): d is LinkData {
  if (typeof d !== 'object' || d === null) return false;
  const o = d as Readonly<Record<string, unknown>>;
  const counts = ['size', 'qstrCount', 'qstrTable', 'hiddenStart', 'hiddenEnd'];
  return (
    o.format === FORMAT &&
    typeof o.board === 'string' &&
    Array.isArray(o.natives) &&
    Array.isArray(o.protocols) &&
    typeof o.symbols === 'object' &&
    counts.every((c) => Number.isInteger(o[c]))
  );
}

/** Erased pages need not be written. */
function usedPages(address: number, bytes: Uint8Array): FlashPart[] {
  const parts: FlashPart[] = [];
  for (let at = 0; at < bytes.length; at += 256) {
    const page = bytes.subarray(at, at + 256);
    if (page.some((b) => b !== 0xff)) parts.push({ address: address + at, bytes: page });
  }
  return parts;
}

function fromUtf8(bytes: Uint8Array): string {
  let s = '';
  for (const b of bytes) s += String.fromCharCode(b);
  return decodeURIComponent(escapeBytes(s));
}
/** Percent-encodes what is not ASCII, for `decodeURIComponent`. */
function escapeBytes(s: string): string {
  return s.replace(/[^\x20-\x24\x26-\x7e]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
