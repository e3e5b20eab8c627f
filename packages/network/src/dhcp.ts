/**
 * DHCP messages (RFC 2131, options of RFC 2132), as the client and the server here exchange them.
 *
 *     0    1       2      3      4     8      10      12       16       20       24       28       44      108    236
 *     | op | htype | hlen | hops | xid | secs | flags | ciaddr | yiaddr | siaddr | giaddr | chaddr | sname | file | magic, options
 *
 * Options repeated in a message are joined (RFC 3396); `sname` and `file` are searched when option 52 says so.
 */
import { getMac, putMac } from './address.js';
import type { IpAddr, Mac } from './address.js';
import { get16, get32, put16, put32 } from './bytes.js';
import { DecodeError } from './errors.js';

/** Well-known ports. */
export const DHCP_SERVER_PORT = 67;
/** Port of clients. */
export const DHCP_CLIENT_PORT = 68;

/** Message types, option 53. */
export const DhcpType = {
  discover: 1,
  offer: 2,
  request: 3,
  decline: 4,
  ack: 5,
  nak: 6,
  release: 7,
  inform: 8,
} as const;

/** Option codes used here. */
export const DhcpOption = {
  pad: 0,
  subnetMask: 1,
  router: 3,
  dns: 6,
  hostName: 12,
  broadcast: 28,
  requestedIp: 50,
  leaseTime: 51,
  overload: 52,
  messageType: 53,
  serverId: 54,
  parameterList: 55,
  maxMessageSize: 57,
  renewalTime: 58,
  rebindingTime: 59,
  clientId: 61,
  end: 255,
} as const;

const FIXED_LENGTH = 236;
const MAGIC = 0x63825363;
const FLAG_BROADCAST = 0x8000;
/** BOOTP's minimum, which some relays and servers insist on. */
const MINIMUM_LENGTH = 300;

/** A decoded message. Option values are copies. */
export interface DhcpMessage {
  /** 1 from a client, 2 from a server. */
  op: number;
  xid: number;
  secs: number;
  broadcast: boolean;
  clientIp: IpAddr;
  yourIp: IpAddr;
  serverIp: IpAddr;
  relayIp: IpAddr;
  clientMac: Mac;
  /** Option 53. */
  type: number;
  options: Map<number, Uint8Array>;
}

/** Decodes a UDP payload, or throws DecodeError. */
export function decodeDhcp(bytes: Uint8Array): DhcpMessage {
  if (bytes.length < FIXED_LENGTH + 4) throw new DecodeError('dhcp', `${bytes.length} bytes are too few`);
  if (get32(bytes, FIXED_LENGTH) !== MAGIC) throw new DecodeError('dhcp', 'no magic cookie');
  if (bytes[1] !== 1 || bytes[2] !== 6) throw new DecodeError('dhcp', 'not for Ethernet');
  const op = bytes[0];
  if (op !== 1 && op !== 2) throw new DecodeError('dhcp', `operation ${op}`);
  const options = new Map<number, Uint8Array>();
  readOptions(bytes, FIXED_LENGTH + 4, bytes.length, options);
  const overload = options.get(DhcpOption.overload)?.[0] ?? 0;
  if ((overload & 1) !== 0) readOptions(bytes, 108, FIXED_LENGTH, options);
  if ((overload & 2) !== 0) readOptions(bytes, 44, 108, options);
  const type = options.get(DhcpOption.messageType);
  if (type === undefined || type.length !== 1) throw new DecodeError('dhcp', 'no message type');
  return {
    op,
    xid: get32(bytes, 4),
    secs: get16(bytes, 8),
    broadcast: (get16(bytes, 10) & FLAG_BROADCAST) !== 0,
    clientIp: get32(bytes, 12),
    yourIp: get32(bytes, 16),
    serverIp: get32(bytes, 20),
    relayIp: get32(bytes, 24),
    clientMac: getMac(bytes, 28),
    type: type[0],
    options,
  };
}

function readOptions(bytes: Uint8Array, from: number, to: number, options: Map<number, Uint8Array>): void {
  let at = from;
  while (at < to) {
    const code = bytes[at++];
    if (code === DhcpOption.pad) continue;
    if (code === DhcpOption.end) return;
    const length = at < to ? bytes[at] : 256;
    if (at + 1 + length > to) throw new DecodeError('dhcp', `option ${code} is cut short`);
    const value = bytes.slice(at + 1, at + 1 + length);
    const before = options.get(code);
    options.set(code, before === undefined ? value : joined(before, value));
    at += 1 + length;
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}

/** Builds a message; options come in the map's order after the message type. Values are at most 255 bytes. */
export function encodeDhcp(message: DhcpMessage): Uint8Array {
  let length = FIXED_LENGTH + 4 + 3 + 1;
  for (const value of message.options.values()) length += 2 + value.length;
  const bytes = new Uint8Array(Math.max(length, MINIMUM_LENGTH));
  bytes[0] = message.op;
  bytes[1] = 1;
  bytes[2] = 6;
  put32(bytes, 4, message.xid);
  put16(bytes, 8, message.secs);
  put16(bytes, 10, message.broadcast ? FLAG_BROADCAST : 0);
  put32(bytes, 12, message.clientIp);
  put32(bytes, 16, message.yourIp);
  put32(bytes, 20, message.serverIp);
  put32(bytes, 24, message.relayIp);
  putMac(bytes, 28, message.clientMac);
  put32(bytes, FIXED_LENGTH, MAGIC);
  let at = FIXED_LENGTH + 4;
  bytes[at] = DhcpOption.messageType;
  bytes[at + 1] = 1;
  bytes[at + 2] = message.type;
  at += 3;
  for (const [code, value] of message.options) {
    if (code === DhcpOption.messageType) continue;
    bytes[at] = code;
    bytes[at + 1] = value.length;
    bytes.set(value, at + 2);
    at += 2 + value.length;
  }
  bytes[at] = DhcpOption.end;
  return bytes;
}

/** An option's value as one 32-bit number (an address, a time), or `fallback` when absent or too short. */
export function dhcpOption32(message: DhcpMessage, code: number, fallback: number): number {
  const value = message.options.get(code);
  return value === undefined || value.length < 4 ? fallback : get32(value, 0);
}

/** An option's value as a list of addresses. */
export function dhcpOptionIps(message: DhcpMessage, code: number): IpAddr[] {
  const value = message.options.get(code);
  const ips: IpAddr[] = [];
  if (value !== undefined) {
    for (let at = 0; at + 4 <= value.length; at += 4) ips.push(get32(value, at));
  }
  return ips;
}

/** The value of an option that holds 32-bit numbers. */
export function dhcpWords(...words: number[]): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  for (let i = 0; i < words.length; i++) put32(bytes, i * 4, words[i]);
  return bytes;
}
