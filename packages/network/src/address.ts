/**
 * MAC and IPv4 addresses as plain numbers.
 *
 * A MAC is an integer below 2^48 and an IPv4 address one below 2^32, so both are exact in a JavaScript number, compare
 * with `===`, serve as map keys and need no copying in a snapshot.
 */
import { get16, get32, put16, put32 } from './bytes.js';
import { NetError } from './errors.js';

/** A 48-bit hardware address. */
export type Mac = number;
/** A 32-bit IPv4 address, unsigned. */
export type IpAddr = number;

/** `ff:ff:ff:ff:ff:ff`. */
export const MAC_BROADCAST: Mac = 0xffffffffffff;
/** `0.0.0.0`: no address, or any. */
export const IP_ANY: IpAddr = 0;
/** `255.255.255.255`. */
export const IP_BROADCAST: IpAddr = 0xffffffff;
/** `127.0.0.1`. */
export const IP_LOOPBACK: IpAddr = 0x7f000001;

const TWO_32 = 0x100000000;

/** Reads six bytes. */
export function getMac(bytes: Uint8Array, at: number): Mac {
  return get16(bytes, at) * TWO_32 + get32(bytes, at + 2);
}

/** Writes six bytes. */
export function putMac(bytes: Uint8Array, at: number, mac: Mac): void {
  put16(bytes, at, Math.floor(mac / TWO_32));
  put32(bytes, at + 2, mac % TWO_32);
}

/** The six bytes of a MAC. */
export function macBytes(mac: Mac): Uint8Array {
  const bytes = new Uint8Array(6);
  putMac(bytes, 0, mac);
  return bytes;
}

/** Whether the group bit is set: broadcast or multicast. */
export function isGroupMac(mac: Mac): boolean {
  return (Math.floor(mac / 0x10000000000) & 1) !== 0;
}

/** `02:00:00:00:00:01` for a MAC. */
export function formatMac(mac: Mac): string {
  const hex = mac.toString(16).padStart(12, '0');
  let text = hex.slice(0, 2);
  for (let i = 2; i < 12; i += 2) text += `:${hex.slice(i, i + 2)}`;
  return text;
}

/** Parses `02:00:00:00:00:01` (or with `-`); throws NetError for anything else. */
export function parseMac(text: string): Mac {
  if (!/^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(text)) {
    throw new NetError('bad-address', 'a MAC as six hex pairs', JSON.stringify(text));
  }
  return Number.parseInt(text.replace(/[:-]/g, ''), 16);
}

/** Dotted quad for an address. */
export function formatIp(ip: IpAddr): string {
  return `${ip >>> 24}.${(ip >>> 16) & 255}.${(ip >>> 8) & 255}.${ip & 255}`;
}

/** The address of a dotted quad, or -1 when the text is not one. Leading zeros are decimal. */
export function tryParseIp(text: string): IpAddr {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return -1;
  let ip = 0;
  for (let i = 1; i <= 4; i++) {
    const part = Number(match[i]);
    if (part > 255) return -1;
    ip = ip * 256 + part;
  }
  return ip;
}

/** Parses a dotted quad; throws NetError for anything else. */
export function parseIp(text: string): IpAddr {
  const ip = tryParseIp(text);
  if (ip < 0) throw new NetError('bad-address', 'an IPv4 address', JSON.stringify(text));
  return ip;
}

/** The netmask of a prefix length in 0..32. */
export function maskOf(prefix: number): IpAddr {
  return prefix <= 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
}

/** The prefix length of a contiguous netmask, or -1 for one with holes. */
export function prefixOf(mask: IpAddr): number {
  const prefix = Math.clz32(~mask);
  return maskOf(prefix) === mask ? prefix : -1;
}

/** Whether two addresses lie in one subnet. */
export function sameSubnet(a: IpAddr, b: IpAddr, mask: IpAddr): boolean {
  return ((a ^ b) & mask) === 0;
}

/** 224.0.0.0/4. */
export function isMulticast(ip: IpAddr): boolean {
  return ip >>> 28 === 0xe;
}

/** 127.0.0.0/8. */
export function isLoopback(ip: IpAddr): boolean {
  return ip >>> 24 === 127;
}

/** The Ethernet group that carries an IPv4 multicast address (RFC 1112). */
export function multicastMac(ip: IpAddr): Mac {
  return 0x01005e000000 + (ip & 0x7fffff);
}
