/**
 * ARP packets for IPv4 over Ethernet (RFC 826).
 *
 *     0     2     4    5    6    8          14         18         24
 *     | 1   | 800 | 6  | 4  | op | sender MAC | sender IP | target MAC | target IP |   28 bytes
 */
import { getMac, putMac } from './address.js';
import type { IpAddr, Mac } from './address.js';
import { get16, get32, put16, put32 } from './bytes.js';
import { DecodeError } from './errors.js';

/** Who has this address? */
export const ARP_REQUEST = 1;
/** This hardware address has it. */
export const ARP_REPLY = 2;
/** Bytes of a packet. */
export const ARP_LENGTH = 28;

/** A decoded packet. */
export interface ArpPacket {
  op: number;
  senderMac: Mac;
  senderIp: IpAddr;
  targetMac: Mac;
  targetIp: IpAddr;
}

/** Decodes an Ethernet payload, which may be padded, or throws DecodeError. */
export function decodeArp(bytes: Uint8Array): ArpPacket {
  if (bytes.length < ARP_LENGTH) throw new DecodeError('arp', `${bytes.length} bytes are too few`);
  if (get16(bytes, 0) !== 1 || get16(bytes, 2) !== 0x0800 || get16(bytes, 4) !== 0x0604) {
    throw new DecodeError('arp', 'not IPv4 over Ethernet');
  }
  const op = get16(bytes, 6);
  if (op !== ARP_REQUEST && op !== ARP_REPLY) throw new DecodeError('arp', `unknown operation ${op}`);
  return {
    op,
    senderMac: getMac(bytes, 8),
    senderIp: get32(bytes, 14),
    targetMac: getMac(bytes, 18),
    targetIp: get32(bytes, 24),
  };
}

/** Builds a packet. */
export function encodeArp(packet: ArpPacket): Uint8Array {
  const bytes = new Uint8Array(ARP_LENGTH);
  put16(bytes, 0, 1);
  put16(bytes, 2, 0x0800);
  put16(bytes, 4, 0x0604);
  put16(bytes, 6, packet.op);
  putMac(bytes, 8, packet.senderMac);
  put32(bytes, 14, packet.senderIp);
  putMac(bytes, 18, packet.targetMac);
  put32(bytes, 24, packet.targetIp);
  return bytes;
}
