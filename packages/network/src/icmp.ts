/**
 * ICMP messages (RFC 792): echo, and the errors a host sends and understands.
 *
 *     0      1      2       4                8
 *     | type | code | check | rest of header | data …
 *
 * The rest of the header is identifier and sequence for echo, unused (or an MTU) for errors.
 */
import { checksumAdd, checksumEnd, get16, get32, put16, put32 } from './bytes.js';
import { DecodeError } from './errors.js';
import { IPV4_HEADER } from './ipv4.js';
import type { Ipv4Packet } from './ipv4.js';

/** Message types used here. */
export const ICMP_ECHO_REPLY = 0;
/** Something on the way could not be reached. */
export const ICMP_UNREACHABLE = 3;
/** A ping. */
export const ICMP_ECHO_REQUEST = 8;
/** A packet lived too long, or its fragments came too late. */
export const ICMP_TIME_EXCEEDED = 11;
/** Codes of ICMP_UNREACHABLE. */
export const ICMP_NET_UNREACHABLE = 0;
/** Code: the host. */
export const ICMP_HOST_UNREACHABLE = 1;
/** Code: the protocol. */
export const ICMP_PROTOCOL_UNREACHABLE = 2;
/** Code: the port. */
export const ICMP_PORT_UNREACHABLE = 3;
/** Code of ICMP_TIME_EXCEEDED for a datagram whose fragments did not all come. */
export const ICMP_REASSEMBLY_TIMEOUT = 1;
/** Bytes before the data. */
export const ICMP_HEADER = 8;

/** A decoded message; `data` is a view. */
export interface IcmpMessage {
  type: number;
  code: number;
  /** The four bytes between the checksum and the data. */
  rest: number;
  data: Uint8Array;
}

/** The packet an ICMP error is about, as far as the error quotes it. */
export interface QuotedPacket {
  src: number;
  dst: number;
  protocol: number;
  srcPort: number;
  dstPort: number;
  /** TCP's sequence number; 0 for others. */
  seq: number;
}

/** Decodes an IPv4 payload, or throws DecodeError. */
export function decodeIcmp(bytes: Uint8Array): IcmpMessage {
  if (bytes.length < ICMP_HEADER) throw new DecodeError('icmp', `${bytes.length} bytes are too few`);
  if (checksumEnd(checksumAdd(0, bytes, 0, bytes.length)) !== 0) throw new DecodeError('icmp', 'wrong checksum');
  return {
    type: bytes[0],
    code: bytes[1],
    rest: get32(bytes, 4),
    data: bytes.subarray(ICMP_HEADER),
  };
}

/** Builds a message around a copy of `data`. */
export function encodeIcmp(type: number, code: number, rest: number, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(ICMP_HEADER + data.length);
  bytes[0] = type;
  bytes[1] = code;
  put32(bytes, 4, rest);
  bytes.set(data, ICMP_HEADER);
  put16(bytes, 2, checksumEnd(checksumAdd(0, bytes, 0, bytes.length)));
  return bytes;
}

/** An error about `packet`: it quotes the header and the first eight bytes of the payload. */
export function encodeIcmpError(type: number, code: number, packet: Ipv4Packet): Uint8Array {
  const payload = packet.payload.subarray(0, 8);
  const quote = new Uint8Array(packet.header.length + payload.length);
  quote.set(packet.header);
  quote.set(payload, packet.header.length);
  return encodeIcmp(type, code, 0, quote);
}

/** Reads what an error's data quotes, or throws DecodeError. The quote's lengths and checksum are not to be trusted. */
export function decodeQuote(data: Uint8Array): QuotedPacket {
  if (data.length < IPV4_HEADER) throw new DecodeError('icmp', 'the quoted header is cut short');
  const headerLength = (data[0] & 15) * 4;
  if (data[0] >>> 4 !== 4 || headerLength < IPV4_HEADER || data.length < headerLength + 8) {
    throw new DecodeError('icmp', 'the quoted packet is cut short');
  }
  return {
    src: get32(data, 12),
    dst: get32(data, 16),
    protocol: data[9],
    srcPort: get16(data, headerLength),
    dstPort: get16(data, headerLength + 2),
    seq: get32(data, headerLength + 4),
  };
}
