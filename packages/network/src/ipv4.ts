/**
 * IPv4 packets (RFC 791): decoding with header checksum, encoding, and cutting into fragments.
 *
 *     0       1     2        4    6               8     9       10      12    16    20
 *     | 4|ihl | tos | length | id | flags, offset | ttl | proto | check | src | dst | options, payload …
 *
 * Options are skipped on receipt and never sent.
 */
import type { IpAddr } from './address.js';
import { checksumAdd, checksumEnd, get16, get32, put16, put32 } from './bytes.js';
import { DecodeError } from './errors.js';

/** Bytes of a header without options. */
export const IPV4_HEADER = 20;
/** Protocol number of ICMP. */
export const PROTO_ICMP = 1;
/** Protocol number of TCP. */
export const PROTO_TCP = 6;
/** Protocol number of UDP. */
export const PROTO_UDP = 17;
/** Hop limit of packets sent unless said otherwise, as lwIP's. */
export const DEFAULT_TTL = 255;

const FLAG_DONT_FRAGMENT = 0x4000;
const FLAG_MORE = 0x2000;

/** A decoded packet; `header` and `payload` are views of the input. */
export interface Ipv4Packet {
  src: IpAddr;
  dst: IpAddr;
  protocol: number;
  ttl: number;
  tos: number;
  id: number;
  dontFragment: boolean;
  moreFragments: boolean;
  /** Where the payload lies in the whole datagram, in bytes. */
  fragmentOffset: number;
  header: Uint8Array;
  payload: Uint8Array;
}

/** What a sender chooses about a packet. */
export interface Ipv4Fields {
  src: IpAddr;
  dst: IpAddr;
  protocol: number;
  ttl: number;
  id: number;
  dontFragment?: boolean;
  moreFragments?: boolean;
  fragmentOffset?: number;
}

/** Decodes an Ethernet payload (bytes after the packet's own length are padding), or throws DecodeError. */
export function decodeIpv4(bytes: Uint8Array): Ipv4Packet {
  if (bytes.length < IPV4_HEADER) throw new DecodeError('ipv4', `${bytes.length} bytes are too few`);
  const first = bytes[0];
  if (first >>> 4 !== 4) throw new DecodeError('ipv4', `version ${first >>> 4}`);
  const headerLength = (first & 15) * 4;
  const totalLength = get16(bytes, 2);
  if (headerLength < IPV4_HEADER || headerLength > totalLength) {
    throw new DecodeError('ipv4', `header of ${headerLength} bytes in ${totalLength}`);
  }
  if (totalLength > bytes.length) throw new DecodeError('ipv4', `cut short: ${bytes.length} of ${totalLength} bytes`);
  if (checksumEnd(checksumAdd(0, bytes, 0, headerLength)) !== 0) throw new DecodeError('ipv4', 'wrong header checksum');
  const flags = get16(bytes, 6);
  const fragmentOffset = (flags & 0x1fff) * 8;
  const length = totalLength - headerLength;
  if (fragmentOffset + length > 65535 - IPV4_HEADER) throw new DecodeError('ipv4', 'fragment past 64 KiB');
  return {
    src: get32(bytes, 12),
    dst: get32(bytes, 16),
    protocol: bytes[9],
    ttl: bytes[8],
    tos: bytes[1],
    id: get16(bytes, 4),
    dontFragment: (flags & FLAG_DONT_FRAGMENT) !== 0,
    moreFragments: (flags & FLAG_MORE) !== 0,
    fragmentOffset,
    header: bytes.subarray(0, headerLength),
    payload: bytes.subarray(headerLength, totalLength),
  };
}

/** Builds a packet around a copy of `payload`, which must fit (65515 bytes at most). */
export function encodeIpv4(fields: Ipv4Fields, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(IPV4_HEADER + payload.length);
  bytes[0] = 0x45;
  put16(bytes, 2, bytes.length);
  put16(bytes, 4, fields.id);
  const flags =
    (fields.dontFragment === true ? FLAG_DONT_FRAGMENT : 0) | (fields.moreFragments === true ? FLAG_MORE : 0);
  put16(bytes, 6, flags | ((fields.fragmentOffset ?? 0) >>> 3));
  bytes[8] = fields.ttl;
  bytes[9] = fields.protocol;
  put32(bytes, 12, fields.src);
  put32(bytes, 16, fields.dst);
  put16(bytes, 10, checksumEnd(checksumAdd(0, bytes, 0, IPV4_HEADER)));
  bytes.set(payload, IPV4_HEADER);
  return bytes;
}

/** The packets of at most `mtu` bytes that carry `payload`: one, or fragments cut at multiples of eight bytes. */
export function encodeIpv4Fragments(fields: Ipv4Fields, payload: Uint8Array, mtu: number): Uint8Array[] {
  if (IPV4_HEADER + payload.length <= mtu) return [encodeIpv4(fields, payload)];
  const step = (mtu - IPV4_HEADER) & ~7;
  const packets: Uint8Array[] = [];
  for (let at = 0; at < payload.length; at += step) {
    const end = Math.min(payload.length, at + step);
    const part = { ...fields, fragmentOffset: at, moreFragments: end < payload.length };
    packets.push(encodeIpv4(part, payload.subarray(at, end)));
  }
  return packets;
}
