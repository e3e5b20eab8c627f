/**
 * TCP segments (RFC 9293 §3.1) and sequence arithmetic (§3.4).
 *
 *     0          2          4     8     12            14       16      18       20
 *     | src port | dst port | seq | ack | off | flags | window | check | urgent | options, payload …
 *
 * The only option understood or sent is the maximum segment size; others are skipped.
 */
import type { IpAddr } from './address.js';
import { checksumAdd, checksumEnd, get16, get32, pseudoHeaderSum, put16, put32 } from './bytes.js';
import { DecodeError } from './errors.js';
import { PROTO_TCP } from './ipv4.js';

/** Bytes of a header without options. */
export const TCP_HEADER = 20;
/** Control bits. */
export const TCP_FIN = 0x01;
/** Flag: opens. */
export const TCP_SYN = 0x02;
/** Flag: resets. */
export const TCP_RST = 0x04;
/** Flag: asks to hand the data over. */
export const TCP_PSH = 0x08;
/** Flag: acknowledges. */
export const TCP_ACK = 0x10;
/** Flag: points to urgent data. */
export const TCP_URG = 0x20;

const OPTION_END = 0;
const OPTION_NOP = 1;
const OPTION_MSS = 2;

/** A segment without its addresses; a decoded `payload` is a view. */
export interface TcpSegment {
  srcPort: number;
  dstPort: number;
  seq: number;
  ack: number;
  flags: number;
  window: number;
  urgent: number;
  /** The maximum segment size option, 0 when absent. */
  mss: number;
  payload: Uint8Array;
}

/** `a + b` modulo 2^32. */
export function seqAdd(a: number, b: number): number {
  return (a + b) >>> 0;
}

/** How far `a` is past `b`, in -2^31 .. 2^31-1. */
export function seqDiff(a: number, b: number): number {
  return (a - b) | 0;
}

/** `a < b` on the circle. */
export function seqLt(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}

/** `a <= b` on the circle. */
export function seqLe(a: number, b: number): boolean {
  return ((a - b) | 0) <= 0;
}

/** The later of two sequence numbers. */
export function seqMax(a: number, b: number): number {
  return seqLt(a, b) ? b : a;
}

/** Sequence space a segment takes: its payload, and one each for SYN and FIN. */
export function segmentLength(segment: TcpSegment): number {
  return segment.payload.length + ((segment.flags & TCP_SYN) >>> 1) + (segment.flags & TCP_FIN);
}

/** Decodes an IPv4 payload that travelled from `src` to `dst`, or throws DecodeError. */
export function decodeTcp(src: IpAddr, dst: IpAddr, bytes: Uint8Array): TcpSegment {
  if (bytes.length < TCP_HEADER) throw new DecodeError('tcp', `${bytes.length} bytes are too few`);
  const headerLength = (bytes[12] >>> 4) * 4;
  if (headerLength < TCP_HEADER || headerLength > bytes.length) {
    throw new DecodeError('tcp', `header of ${headerLength} bytes in ${bytes.length}`);
  }
  const sum = pseudoHeaderSum(src, dst, PROTO_TCP, bytes.length);
  if (checksumEnd(checksumAdd(sum, bytes, 0, bytes.length)) !== 0) throw new DecodeError('tcp', 'wrong checksum');
  return {
    srcPort: get16(bytes, 0),
    dstPort: get16(bytes, 2),
    seq: get32(bytes, 4),
    ack: get32(bytes, 8),
    flags: bytes[13] & 0x3f,
    window: get16(bytes, 14),
    urgent: get16(bytes, 18),
    mss: decodeMss(bytes, headerLength),
    payload: bytes.subarray(headerLength),
  };
}

/** Walks the options for the maximum segment size; an option of impossible length condemns the segment. */
function decodeMss(bytes: Uint8Array, headerLength: number): number {
  let mss = 0;
  let at = TCP_HEADER;
  while (at < headerLength) {
    const kind = bytes[at];
    if (kind === OPTION_END) break;
    if (kind === OPTION_NOP) {
      at++;
      continue;
    }
    const length = at + 1 < headerLength ? bytes[at + 1] : 0;
    if (length < 2 || at + length > headerLength) throw new DecodeError('tcp', `option ${kind} of length ${length}`);
    if (kind === OPTION_MSS) {
      if (length !== 4) throw new DecodeError('tcp', `MSS option of length ${length}`);
      mss = get16(bytes, at + 2);
    }
    at += length;
  }
  return mss;
}

/** Builds a segment around a copy of the payload. */
export function encodeTcp(src: IpAddr, dst: IpAddr, segment: TcpSegment): Uint8Array {
  const headerLength = segment.mss === 0 ? TCP_HEADER : TCP_HEADER + 4;
  const bytes = new Uint8Array(headerLength + segment.payload.length);
  put16(bytes, 0, segment.srcPort);
  put16(bytes, 2, segment.dstPort);
  put32(bytes, 4, segment.seq);
  put32(bytes, 8, segment.ack);
  bytes[12] = (headerLength >>> 2) << 4;
  bytes[13] = segment.flags;
  put16(bytes, 14, segment.window);
  put16(bytes, 18, segment.urgent);
  if (segment.mss !== 0) {
    bytes[TCP_HEADER] = OPTION_MSS;
    bytes[TCP_HEADER + 1] = 4;
    put16(bytes, TCP_HEADER + 2, segment.mss);
  }
  bytes.set(segment.payload, headerLength);
  const sum = pseudoHeaderSum(src, dst, PROTO_TCP, bytes.length);
  put16(bytes, 16, checksumEnd(checksumAdd(sum, bytes, 0, bytes.length)));
  return bytes;
}
