/**
 * UF2 files: blocks of 512 bytes that each carry 256 bytes for an address of flash. Source: the UF2 specification
 * (github.com/microsoft/uf2). Blocks marked "not main flash" are skipped by a boot loader; they carry text about the file.
 *
 *     +0 magic  +4 magic  +8 flags  +12 address  +16 bytes of payload  +20 number of this block  +24 blocks  +28 family
 *     +32 payload (476 bytes, 256 used)  +508 magic
 */
import { MachineUsageError } from '../errors.js';

/** Family of the RP2040. */
export const UF2_RP2040 = 0xe48bff56;

const MAGIC_0 = 0x0a324655;
const MAGIC_1 = 0x9e5d5157;
const MAGIC_END = 0x0ab16f30;
const NOT_MAIN_FLASH = 0x00000001;
const HAS_FAMILY = 0x00002000;
const BLOCK = 512;
const PAYLOAD = 256;
const MAX_PAYLOAD = 476;

/** Bytes for an address of flash. */
export interface FlashPart {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** What a UF2 file has. */
export interface Uf2 {
  readonly family: number;
  /** In order of address; neighbours are joined. */
  readonly parts: readonly FlashPart[];
  /** Contents of the blocks that are not for flash. */
  readonly comment: Uint8Array;
}

/** Writes a UF2 file. Addresses must be multiples of 256; parts are padded with zeros to such a multiple. */
export function encodeUf2(file: Uf2): Uint8Array {
  const blocks: { flags: number; address: number; bytes: Uint8Array }[] = [];
  for (const { address, bytes } of file.parts) {
    if (address % PAYLOAD !== 0)
      throw new MachineUsageError('uf2-address', `address 0x${address.toString(16)} is no multiple of ${PAYLOAD}`);
    for (let at = 0; at < bytes.length; at += PAYLOAD)
      blocks.push({ flags: HAS_FAMILY, address: address + at, bytes: bytes.subarray(at, at + PAYLOAD) });
  }
  for (let at = 0; at < file.comment.length; at += PAYLOAD) {
    const bytes = file.comment.subarray(at, at + PAYLOAD);
    blocks.push({ flags: HAS_FAMILY | NOT_MAIN_FLASH, address: at, bytes });
  }
  const out = new Uint8Array(blocks.length * BLOCK);
  const view = new DataView(out.buffer);
  blocks.forEach(({ flags, address, bytes }, i) => {
    // the length of a comment must come back as it was; flash is written in whole pages
    const size = (flags & NOT_MAIN_FLASH) === 0 ? PAYLOAD : bytes.length;
    const words = [MAGIC_0, MAGIC_1, flags, address, size, i, blocks.length, file.family];
    words.forEach((w, n) => view.setUint32(i * BLOCK + 4 * n, w, true));
    out.set(bytes, i * BLOCK + 32);
    view.setUint32(i * BLOCK + BLOCK - 4, MAGIC_END, true);
  });
  return out;
}

/** Reads a UF2 file. Throws {@link MachineUsageError} 'not-uf2', 'uf2-damaged'. */
export function decodeUf2(file: Uint8Array): Uf2 {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < BLOCK || view.getUint32(0, true) !== MAGIC_0 || view.getUint32(4, true) !== MAGIC_1)
    throw new MachineUsageError('not-uf2', 'this is no UF2 file');
  const damaged = (why: string): never => {
    throw new MachineUsageError('uf2-damaged', `the UF2 file is damaged: ${why}`);
  };
  if (file.length % BLOCK !== 0) damaged(`${file.length} bytes are no whole number of blocks`);
  const total = file.length / BLOCK;
  const seen = new Set<number>();
  const pages: FlashPart[] = [];
  const comments: FlashPart[] = [];
  let family = 0;
  for (let at = 0; at < file.length; at += BLOCK) {
    const w = (n: number): number => view.getUint32(at + 4 * n, true);
    if (w(0) !== MAGIC_0 || w(1) !== MAGIC_1 || view.getUint32(at + BLOCK - 4, true) !== MAGIC_END)
      damaged(`block ${at / BLOCK} has no magic numbers`);
    if (w(6) !== total) damaged(`${w(6)} blocks expected, ${total} found`);
    if (w(5) >= total || seen.has(w(5))) damaged(`block number ${w(5)} is not possible, or there twice`);
    if (w(4) > MAX_PAYLOAD) damaged(`a block of ${w(4)} bytes`);
    seen.add(w(5));
    if ((w(2) & HAS_FAMILY) !== 0) family = w(7);
    const part = { address: w(3), bytes: file.slice(at + 32, at + 32 + w(4)) };
    ((w(2) & NOT_MAIN_FLASH) === 0 ? pages : comments).push(part);
  }
  const comment = join(comments);
  return { family, parts: join(pages), comment: comment[0]?.bytes ?? new Uint8Array(0) };
}

/** Parts in order, neighbours joined. */
function join(parts: FlashPart[]): FlashPart[] {
  parts.sort((a, b) => a.address - b.address);
  const out: FlashPart[] = [];
  for (let i = 0; i < parts.length; ) {
    let end = i;
    let size = 0;
    const { address } = parts[i] as FlashPart;
    while (end < parts.length && (parts[end] as FlashPart).address === address + size)
      size += (parts[end++] as FlashPart).bytes.length;
    const bytes = new Uint8Array(size);
    for (const p of parts.slice(i, end)) bytes.set(p.bytes, p.address - address);
    out.push({ address, bytes });
    // an empty part would not move on
    i = Math.max(end, i + 1);
  }
  return out;
}
