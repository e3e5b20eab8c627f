/**
 * UDP datagrams (RFC 768).
 *
 *     0          2          4        6       8
 *     | src port | dst port | length | check | payload …
 */
import type { IpAddr } from './address.js';
import { checksumAdd, checksumEnd, get16, pseudoHeaderSum, put16 } from './bytes.js';
import { DecodeError } from './errors.js';
import { PROTO_UDP } from './ipv4.js';

/** Bytes of a header. */
export const UDP_HEADER = 8;
/** The largest payload that fits an IPv4 packet. */
export const UDP_MAX_PAYLOAD = 65507;

/** A decoded datagram; `payload` is a view. */
export interface UdpDatagram {
  srcPort: number;
  dstPort: number;
  payload: Uint8Array;
}

/** Decodes an IPv4 payload that travelled from `src` to `dst`, or throws DecodeError. */
export function decodeUdp(src: IpAddr, dst: IpAddr, bytes: Uint8Array): UdpDatagram {
  if (bytes.length < UDP_HEADER) throw new DecodeError('udp', `${bytes.length} bytes are too few`);
  const length = get16(bytes, 4);
  if (length < UDP_HEADER || length > bytes.length)
    throw new DecodeError('udp', `length ${length} in ${bytes.length} bytes`);
  // A checksum of 0 means the sender computed none.
  if (get16(bytes, 6) !== 0) {
    const sum = pseudoHeaderSum(src, dst, PROTO_UDP, length);
    if (checksumEnd(checksumAdd(sum, bytes, 0, length)) !== 0) throw new DecodeError('udp', 'wrong checksum');
  }
  return { srcPort: get16(bytes, 0), dstPort: get16(bytes, 2), payload: bytes.subarray(UDP_HEADER, length) };
}

/** Builds a datagram around a copy of `payload` (at most UDP_MAX_PAYLOAD bytes). */
export function encodeUdp(src: IpAddr, dst: IpAddr, srcPort: number, dstPort: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(UDP_HEADER + payload.length);
  put16(bytes, 0, srcPort);
  put16(bytes, 2, dstPort);
  put16(bytes, 4, bytes.length);
  bytes.set(payload, UDP_HEADER);
  const sum = pseudoHeaderSum(src, dst, PROTO_UDP, bytes.length);
  const check = checksumEnd(checksumAdd(sum, bytes, 0, bytes.length));
  put16(bytes, 6, check === 0 ? 0xffff : check);
  return bytes;
}
