/**
 * DNS messages (RFC 1035 §4): names with compression, questions and resource records.
 *
 * Decoding is bounded: each compression pointer must point further back than the one before, and a name is at most 255
 * bytes long. Names are lower-cased text without the final dot; the bytes of
 * labels are taken as Latin-1.
 */
import type { IpAddr } from './address.js';
import { get16, get32, latin1Bytes, put16, put32 } from './bytes.js';
import { DecodeError, NetError } from './errors.js';

/** The server's port. */
export const DNS_PORT = 53;
/** The longest message over UDP without extensions. */
export const DNS_MAX_MESSAGE = 512;
/** Record types and the class used here. */
export const DNS_TYPE_A = 1;
/** Record of another name. */
export const DNS_TYPE_CNAME = 5;
/** Record of the name of an address. */
export const DNS_TYPE_PTR = 12;
/** Record of an IPv6 address. */
export const DNS_TYPE_AAAA = 28;
/** Asks for all records. */
export const DNS_TYPE_ANY = 255;
/** Class of the Internet. */
export const DNS_CLASS_IN = 1;
/** Response codes. */
export const DNS_OK = 0;
/** The question was not understood. */
export const DNS_FORMAT_ERROR = 1;
/** The server could not find out. */
export const DNS_SERVER_FAILURE = 2;
/** There is no such name. */
export const DNS_NO_NAME = 3;
/** The server does not answer such questions. */
export const DNS_NOT_IMPLEMENTED = 4;

/** What a client asks. */
export interface DnsQuestion {
  name: string;
  type: number;
  class: number;
}

/** A resource record. `target` is the name in CNAME and PTR data, otherwise empty; `data` is then not encoded. */
export interface DnsRecord {
  name: string;
  type: number;
  class: number;
  ttl: number;
  data: Uint8Array;
  target: string;
}

/** A message; authority and additional records are checked on decoding and then left out. */
export interface DnsMessage {
  id: number;
  response: boolean;
  opcode: number;
  authoritative: boolean;
  truncated: boolean;
  recursionDesired: boolean;
  recursionAvailable: boolean;
  code: number;
  questions: DnsQuestion[];
  answers: DnsRecord[];
}

const HEADER = 12;
/** A message of 64 KiB could claim 13,000 records; nobody sends more than a handful, so more is refused. */
const MAX_RECORDS = 64;
/** A name has at most 127 labels, so a compressor needs no more jumps than that. */
const MAX_JUMPS = 127;

class Reader {
  readonly bytes: Uint8Array;
  at = HEADER;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  need(count: number): number {
    const at = this.at;
    if (at + count > this.bytes.length) throw new DecodeError('dns', 'the message is cut short');
    this.at = at + count;
    return at;
  }

  name(): string {
    const bytes = this.bytes;
    let name = '';
    let at = this.at;
    let limit = at;
    let jumps = 0;
    let length = 1;
    for (;;) {
      if (at >= bytes.length) throw new DecodeError('dns', 'a name is cut short');
      const count = bytes[at];
      if (count >= 0xc0) {
        if (at + 1 >= bytes.length) throw new DecodeError('dns', 'a pointer is cut short');
        const target = get16(bytes, at) & 0x3fff;
        if (jumps++ === 0) this.at = at + 2;
        if (jumps > MAX_JUMPS) throw new DecodeError('dns', 'a name jumps too often');
        if (target >= limit || target < HEADER) throw new DecodeError('dns', "a name's pointer does not go back");
        limit = target;
        at = target;
        continue;
      }
      if (count > 63) throw new DecodeError('dns', 'unknown label type');
      if (count === 0) {
        if (jumps === 0) this.at = at + 1;
        return name;
      }
      if (at + 1 + count > bytes.length) throw new DecodeError('dns', 'a label is cut short');
      length += count + 1;
      if (length > 255) throw new DecodeError('dns', 'a name is too long');
      if (name !== '') name += '.';
      for (let i = 1; i <= count; i++) name += labelCharacter(bytes[at + i]);
      at += count + 1;
    }
  }
}

/** ASCII letters in lower case; a dot inside a label would be mistaken for a separator, so the name is refused. */
function labelCharacter(code: number): string {
  if (code === 0x2e) throw new DecodeError('dns', 'a label with a dot');
  return String.fromCharCode(code >= 0x41 && code <= 0x5a ? code + 32 : code);
}

/** Decodes a UDP payload, or throws DecodeError. */
export function decodeDns(bytes: Uint8Array): DnsMessage {
  if (bytes.length < HEADER) throw new DecodeError('dns', `${bytes.length} bytes are too few`);
  const flags = get16(bytes, 2);
  const questionCount = get16(bytes, 4);
  const answerCount = get16(bytes, 6);
  const otherCount = get16(bytes, 8) + get16(bytes, 10);
  if (questionCount + answerCount + otherCount > MAX_RECORDS) throw new DecodeError('dns', 'too many records');
  const reader = new Reader(bytes);
  const questions: DnsQuestion[] = [];
  for (let i = 0; i < questionCount; i++) {
    const name = reader.name();
    const at = reader.need(4);
    questions.push({ name, type: get16(bytes, at), class: get16(bytes, at + 2) });
  }
  const answers: DnsRecord[] = [];
  for (let i = 0; i < answerCount; i++) answers.push(decodeRecord(reader));
  for (let i = 0; i < otherCount; i++) decodeRecord(reader);
  return {
    id: get16(bytes, 0),
    response: (flags & 0x8000) !== 0,
    opcode: (flags >>> 11) & 15,
    authoritative: (flags & 0x0400) !== 0,
    truncated: (flags & 0x0200) !== 0,
    recursionDesired: (flags & 0x0100) !== 0,
    recursionAvailable: (flags & 0x0080) !== 0,
    code: flags & 15,
    questions,
    answers,
  };
}

function decodeRecord(reader: Reader): DnsRecord {
  const bytes = reader.bytes;
  const name = reader.name();
  const at = reader.need(10);
  const type = get16(bytes, at);
  const length = get16(bytes, at + 8);
  const start = reader.need(length);
  const data = bytes.slice(start, start + length);
  let target = '';
  if (type === DNS_TYPE_CNAME || type === DNS_TYPE_PTR) {
    reader.at = start;
    target = reader.name();
    if (reader.at !== start + length) throw new DecodeError('dns', "a record's name and length differ");
  }
  if (type === DNS_TYPE_A && length !== 4) throw new DecodeError('dns', `an address of ${length} bytes`);
  return { name, type, class: get16(bytes, at + 2), ttl: get32(bytes, at + 4), data, target };
}

/** Whether text can be a name: labels of 1..63 Latin-1 characters, 255 bytes in all. The root is "". */
export function isDnsName(name: string): boolean {
  if (name === '') return true;
  if (name.length > 253) return false;
  for (const label of name.split('.')) {
    if (label.length === 0 || label.length > 63) return false;
  }
  for (let i = 0; i < name.length; i++) {
    if (name.charCodeAt(i) > 255) return false;
  }
  return true;
}

/** Builds a message. Names that occurred before are compressed. Throws NetError for names that cannot be sent. */
export function encodeDns(message: DnsMessage): Uint8Array {
  const out: number[] = new Array<number>(HEADER).fill(0);
  const seen = new Map<string, number>();
  for (const question of message.questions) {
    pushName(out, seen, question.name);
    push16(out, question.type);
    push16(out, question.class);
  }
  for (const record of message.answers) {
    pushName(out, seen, record.name);
    push16(out, record.type);
    push16(out, record.class);
    push16(out, record.ttl >>> 16);
    push16(out, record.ttl & 0xffff);
    const lengthAt = out.length;
    push16(out, 0);
    if (record.type === DNS_TYPE_CNAME || record.type === DNS_TYPE_PTR) pushName(out, seen, record.target);
    else for (const byte of record.data) out.push(byte);
    const length = out.length - lengthAt - 2;
    out[lengthAt] = length >>> 8;
    out[lengthAt + 1] = length & 255;
  }
  const bytes = Uint8Array.from(out);
  put16(bytes, 0, message.id);
  let flags = ((message.opcode & 15) << 11) | (message.code & 15);
  if (message.response) flags |= 0x8000;
  if (message.authoritative) flags |= 0x0400;
  if (message.truncated) flags |= 0x0200;
  if (message.recursionDesired) flags |= 0x0100;
  if (message.recursionAvailable) flags |= 0x0080;
  put16(bytes, 2, flags);
  put16(bytes, 4, message.questions.length);
  put16(bytes, 6, message.answers.length);
  return bytes;
}

function push16(out: number[], value: number): void {
  out.push(value >>> 8, value & 255);
}

function pushName(out: number[], seen: Map<string, number>, name: string): void {
  if (!isDnsName(name)) throw new NetError('bad-argument', 'a DNS name', JSON.stringify(name));
  let rest = name;
  while (rest !== '') {
    const known = seen.get(rest);
    if (known !== undefined) {
      push16(out, 0xc000 | known);
      return;
    }
    if (out.length < 0x4000) seen.set(rest, out.length);
    const dot = rest.indexOf('.');
    const label = latin1Bytes(dot < 0 ? rest : rest.slice(0, dot));
    out.push(label.length);
    for (const byte of label) out.push(byte);
    rest = dot < 0 ? '' : rest.slice(dot + 1);
  }
  out.push(0);
}

/** An A record. */
export function dnsAddress(name: string, ip: IpAddr, ttl: number): DnsRecord {
  const data = new Uint8Array(4);
  put32(data, 0, ip);
  return { name, type: DNS_TYPE_A, class: DNS_CLASS_IN, ttl, data, target: '' };
}

/** A CNAME or PTR record. */
export function dnsPointer(name: string, type: number, target: string, ttl: number): DnsRecord {
  return { name, type, class: DNS_CLASS_IN, ttl, data: new Uint8Array(0), target };
}

/** A query for one name. */
export function dnsQuery(id: number, name: string, type: number): DnsMessage {
  return {
    id,
    response: false,
    opcode: 0,
    authoritative: false,
    truncated: false,
    recursionDesired: true,
    recursionAvailable: false,
    code: DNS_OK,
    questions: [{ name, type, class: DNS_CLASS_IN }],
    answers: [],
  };
}
