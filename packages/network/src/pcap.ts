/**
 * A pcapng writer (draft-ietf-opsawg-pcapng): what a wire, an interface or the air carried, for Wireshark and tshark.
 *
 * Blocks are little-endian and padded to four bytes; timestamps are microseconds of the virtual clock. Finished bytes go to
 * a sink at once, or wait here up to a limit until `take()`; packets past the limit are counted and left out.
 */
import { utf8Bytes } from './bytes.js';
import { NetError, checkInteger } from './errors.js';

/** Link types (from the tcpdump registry). */
export const LINKTYPE_ETHERNET = 1;
/** Packets without a link header. */
export const LINKTYPE_RAW_IP = 101;
/** 802.11 frames. */
export const LINKTYPE_IEEE802_11 = 105;

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const INTERFACE_STATISTICS = 5;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

const OPTION_COMMENT = 1;
const OPTION_IF_NAME = 2;
const OPTION_IF_TSRESOL = 9;
const OPTION_EPB_FLAGS = 2;
const OPTION_ISB_IFRECV = 4;
const OPTION_ISB_IFDROP = 5;
const OPTION_USER_APPLICATION = 4;

const TWO_32 = 0x100000000;

/** How a writer is made. */
export interface PcapOptions {
  /** Program named in the file. */
  application?: string;
  /** Bytes kept of each packet; 65535 unless given. */
  snapLength?: number;
  /** Takes each block; without it blocks wait for `take()`. */
  sink?: (block: Uint8Array) => void;
  /** Most bytes that wait; 64 MiB unless given. */
  maxBytes?: number;
}

/** What is known about a packet besides its bytes. */
export interface PcapPacketInfo {
  direction?: 'in' | 'out';
  comment?: string;
}

interface CapturedInterface {
  packets: number;
  dropped: number;
}

/** Writes one section of a capture. */
export class PcapWriter {
  private readonly sink: ((block: Uint8Array) => void) | null;
  private readonly snapLength: number;
  private readonly maxBytes: number;
  private readonly interfaces: CapturedInterface[] = [];
  private blocks: Uint8Array[] = [];
  private waiting = 0;

  constructor(options: PcapOptions = {}) {
    this.sink = options.sink ?? null;
    this.snapLength = checkInteger('snapLength', options.snapLength ?? 65535, 1, 262144);
    this.maxBytes = checkInteger('maxBytes', options.maxBytes ?? 64 << 20, 1024, 2 ** 31);
    const block = new Block(SECTION_HEADER);
    block.u32(BYTE_ORDER_MAGIC);
    block.u16(1);
    block.u16(0);
    // The section's length is not known in advance.
    block.u32(0xffffffff);
    block.u32(0xffffffff);
    block.text(OPTION_USER_APPLICATION, options.application ?? '@tsmp/network');
    this.put(block.finish());
  }

  /** Packets left out because too many bytes waited. */
  get dropped(): number {
    return this.interfaces.reduce((sum, i) => sum + i.dropped, 0);
  }

  /** Describes an interface; the result names it in `packet()`. */
  addInterface(name: string, linkType: number): number {
    const block = new Block(INTERFACE_DESCRIPTION);
    block.u16(linkType);
    block.u16(0);
    block.u32(this.snapLength);
    block.text(OPTION_IF_NAME, name);
    block.option(OPTION_IF_TSRESOL, Uint8Array.of(6));
    this.put(block.finish());
    return this.interfaces.push({ packets: 0, dropped: 0 }) - 1;
  }

  /** Records a packet. */
  packet(interfaceId: number, atMicros: number, bytes: Uint8Array, info: PcapPacketInfo = {}): void {
    const on = this.interfaceAt(interfaceId);
    on.packets++;
    if (this.sink === null && this.waiting + bytes.length + 96 > this.maxBytes) {
      on.dropped++;
      return;
    }
    const kept = bytes.subarray(0, this.snapLength);
    const block = new Block(ENHANCED_PACKET);
    block.u32(interfaceId);
    block.time(atMicros);
    block.u32(kept.length);
    block.u32(bytes.length);
    block.bytes(kept);
    if (info.direction !== undefined) block.option(OPTION_EPB_FLAGS, words(info.direction === 'in' ? 1 : 2));
    if (info.comment !== undefined) block.text(OPTION_COMMENT, info.comment);
    this.put(block.finish());
  }

  /** Ends an interface's part with its statistics. */
  statistics(interfaceId: number, atMicros: number): void {
    const on = this.interfaceAt(interfaceId);
    const block = new Block(INTERFACE_STATISTICS);
    block.u32(interfaceId);
    block.time(atMicros);
    block.option(OPTION_ISB_IFRECV, words(on.packets, Math.floor(on.packets / TWO_32)));
    block.option(OPTION_ISB_IFDROP, words(on.dropped, Math.floor(on.dropped / TWO_32)));
    this.put(block.finish());
  }

  /** The bytes that wait, which are then forgotten. */
  take(): Uint8Array {
    const bytes = new Uint8Array(this.waiting);
    let at = 0;
    for (const block of this.blocks) {
      bytes.set(block, at);
      at += block.length;
    }
    this.blocks = [];
    this.waiting = 0;
    return bytes;
  }

  private interfaceAt(id: number): CapturedInterface {
    const found = this.interfaces[id];
    if (found === undefined) throw new NetError('unknown-id', 'an interface of this capture', String(id));
    return found;
  }

  private put(block: Uint8Array): void {
    if (this.sink !== null) {
      this.sink(block);
      return;
    }
    this.blocks.push(block);
    this.waiting += block.length;
  }
}

/** A block under construction: type, length, body, options, length again. */
class Block {
  private data = new Uint8Array(256);
  private view = new DataView(this.data.buffer);
  private at = 0;
  private hasOptions = false;

  constructor(type: number) {
    this.u32(type);
    this.u32(0);
  }

  u16(value: number): void {
    this.reserve(2);
    this.view.setUint16(this.at, value, true);
    this.at += 2;
  }

  u32(value: number): void {
    this.reserve(4);
    this.view.setUint32(this.at, value, true);
    this.at += 4;
  }

  time(micros: number): void {
    this.u32(Math.floor(micros / TWO_32));
    this.u32(micros % TWO_32);
  }

  bytes(bytes: Uint8Array): void {
    const padded = (bytes.length + 3) & ~3;
    this.reserve(padded);
    this.data.set(bytes, this.at);
    this.at += padded;
  }

  option(code: number, value: Uint8Array): void {
    this.u16(code);
    this.u16(value.length);
    this.bytes(value);
    this.hasOptions = true;
  }

  text(code: number, text: string): void {
    this.option(code, utf8Bytes(text, 65532));
  }

  finish(): Uint8Array {
    // End of options.
    if (this.hasOptions) this.u32(0);
    const length = this.at + 4;
    this.u32(length);
    this.view.setUint32(4, length, true);
    return this.data.slice(0, length);
  }

  private reserve(count: number): void {
    if (this.at + count <= this.data.length) return;
    const larger = new Uint8Array((this.at + count) * 2);
    larger.set(this.data);
    this.data = larger;
    this.view = new DataView(larger.buffer);
  }
}

function words(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setUint32(i * 4, values[i], true);
  return bytes;
}
