/**
 * A DNS responder: answers from a table, and through its host for names the table lacks.
 *
 * `respond()` is a pure step from query bytes to answer bytes; `serve()` binds it to port 53 of a stack. A host that must
 * ask elsewhere returns `'later'` and calls `complete()`; such queries wait, in bounded number, as plain data.
 */
import type { IpAddr } from './address.js';
import { formatIp } from './address.js';
import type { DnsMessage, DnsRecord } from './dns.js';
import {
  DNS_CLASS_IN,
  DNS_FORMAT_ERROR,
  DNS_MAX_MESSAGE,
  DNS_NO_NAME,
  DNS_NOT_IMPLEMENTED,
  DNS_OK,
  DNS_PORT,
  DNS_SERVER_FAILURE,
  DNS_TYPE_A,
  DNS_TYPE_ANY,
  DNS_TYPE_PTR,
  decodeDns,
  dnsAddress,
  dnsPointer,
  encodeDns,
  isDnsName,
} from './dns.js';
import { DecodeError, NetError } from './errors.js';
import type { UdpLayer, UdpReceived, UdpSocket } from './udp-socket.js';

/** What a host says about a name that is not in the table: its addresses, that there is no such name, or later. */
export type DnsHostAnswer = readonly IpAddr[] | 'unknown' | 'later';

/** Asked for names that are not in the table; `ticket` is for `complete()`. */
export type DnsHostLookup = (name: string, ticket: number) => DnsHostAnswer;

/** A query whose answer the host owes. */
export interface DnsPending {
  ticket: number;
  ip: IpAddr;
  port: number;
  query: Uint8Array;
}

/** Plain data of a {@link DnsServer}. */
export interface DnsServerState {
  table: [string, IpAddr[]][];
  ttlSeconds: number;
  nextTicket: number;
  pending: DnsPending[];
  socket: number;
}

/** Names in the table, addresses of a name, queries waiting for the host. */
const MAX_NAMES = 1024;
const MAX_ADDRESSES = 16;
const MAX_PENDING = 32;

/** Answers DNS queries. */
export class DnsServer {
  /** Asked for names that are not in the table; without it there are none. Not saved. */
  lookup: DnsHostLookup | null = null;
  private table = new Map<string, IpAddr[]>();
  private ttlSeconds: number;
  private nextTicket = 1;
  private pending: DnsPending[] = [];
  private socket: UdpSocket | null = null;

  constructor(ttlSeconds = 60) {
    this.ttlSeconds = ttlSeconds;
  }

  /** Sets a name's addresses; `*` answers for every name the table lacks. */
  set(name: string, addresses: readonly IpAddr[]): void {
    const key = name.toLowerCase();
    if (key === '' || !isDnsName(key)) throw new NetError('bad-argument', 'a DNS name', JSON.stringify(name));
    if (addresses.length > MAX_ADDRESSES)
      throw new NetError('limit', `at most ${MAX_ADDRESSES} addresses`, String(addresses.length));
    if (!this.table.has(key) && this.table.size >= MAX_NAMES) {
      throw new NetError('limit', `at most ${MAX_NAMES} names`, String(this.table.size + 1));
    }
    this.table.set(key, addresses.slice());
  }

  /** Removes a name. */
  remove(name: string): void {
    this.table.delete(name.toLowerCase());
  }

  /** Answers on port 53 of a stack; false when that port or all sockets are taken. */
  serve(udp: UdpLayer): boolean {
    const socket = udp.open();
    if (socket === null) return false;
    if (socket.bind(0, DNS_PORT) < 0) {
      socket.close();
      return false;
    }
    this.attach(socket);
    return true;
  }

  /** Stops answering. */
  stop(): void {
    this.socket?.close();
    this.socket = null;
    this.pending = [];
  }

  /** The answer to a query, null when it deserves none, or `'later'` with the ticket given to the host. */
  respond(query: Uint8Array, ticket: number): Uint8Array | 'later' | null {
    let message: DnsMessage;
    try {
      message = decodeDns(query);
    } catch (error) {
      if (error instanceof DecodeError) return null;
      throw error;
    }
    if (message.response) return null;
    if (message.opcode !== 0) return answer({ ...message, questions: [] }, DNS_NOT_IMPLEMENTED, []);
    if (message.questions.length !== 1) return answer({ ...message, questions: [] }, DNS_FORMAT_ERROR, []);
    const question = message.questions[0];
    if (question.class !== DNS_CLASS_IN) return answer(message, DNS_NOT_IMPLEMENTED, []);
    if (question.type === DNS_TYPE_PTR) return this.respondPointer(message, question.name);
    const known = this.table.get(question.name) ?? this.table.get('*');
    const found = known ?? (this.lookup === null ? 'unknown' : this.lookup(question.name, ticket));
    return found === 'later' ? 'later' : this.respondAddresses(message, found);
  }

  /** The host's answer to an earlier `'later'`; null means it failed. Unknown tickets are ignored. */
  complete(ticket: number, addresses: readonly IpAddr[] | 'unknown' | null): void {
    const at = this.pending.findIndex((p) => p.ticket === ticket);
    if (at < 0) return;
    const { ip, port, query } = this.pending[at];
    this.pending.splice(at, 1);
    const message = decodeDns(query);
    const bytes =
      addresses === null ? answer(message, DNS_SERVER_FAILURE, []) : this.respondAddresses(message, addresses);
    this.socket?.sendTo(bytes, ip, port);
  }

  /** Plain data. */
  save(): DnsServerState {
    return {
      table: [...this.table].map(([name, addresses]) => [name, addresses.slice()]),
      ttlSeconds: this.ttlSeconds,
      nextTicket: this.nextTicket,
      pending: this.pending.map((p) => ({ ...p, query: p.query.slice() })),
      socket: this.socket === null ? 0 : this.socket.id,
    };
  }

  /** Restores a state; `udp` must have been restored before. */
  load(state: DnsServerState, udp: UdpLayer): void {
    this.table = new Map(state.table.map(([name, addresses]) => [name, addresses.slice()]));
    this.ttlSeconds = state.ttlSeconds;
    this.nextTicket = state.nextTicket;
    this.pending = state.pending.map((p) => ({ ...p, query: p.query.slice() }));
    this.socket = null;
    const socket = udp.get(state.socket);
    if (socket !== undefined) this.attach(socket);
  }

  private attach(socket: UdpSocket): void {
    this.socket = socket;
    socket.handler = (received) => this.input(socket, received);
  }

  private input(socket: UdpSocket, received: UdpReceived): void {
    const ticket = this.nextTicket++;
    const bytes = this.respond(received.data, ticket);
    if (bytes === null) return;
    if (bytes !== 'later') {
      socket.sendTo(bytes, received.ip, received.port);
      return;
    }
    // When too many wait, the oldest client has most likely given up.
    if (this.pending.length >= MAX_PENDING) this.pending.shift();
    this.pending.push({ ticket, ip: received.ip, port: received.port, query: received.data.slice() });
  }

  private respondAddresses(message: DnsMessage, found: readonly IpAddr[] | 'unknown'): Uint8Array {
    if (found === 'unknown') return answer(message, DNS_NO_NAME, []);
    const { name, type } = message.questions[0];
    // The name exists; for types other than addresses there is just nothing to say.
    const wanted = type === DNS_TYPE_A || type === DNS_TYPE_ANY ? found.slice(0, MAX_ADDRESSES) : [];
    const records = wanted.map((ip) => dnsAddress(name, ip, this.ttlSeconds));
    return answer(message, DNS_OK, records);
  }

  private respondPointer(message: DnsMessage, name: string): Uint8Array {
    const records: DnsRecord[] = [];
    for (const [host, addresses] of this.table) {
      for (const ip of addresses) {
        const reverse = `${formatIp(ip).split('.').reverse().join('.')}.in-addr.arpa`;
        if (host !== '*' && reverse === name && records.length === 0) {
          records.push(dnsPointer(name, DNS_TYPE_PTR, host, this.ttlSeconds));
        }
      }
    }
    return answer(message, records.length > 0 ? DNS_OK : DNS_NO_NAME, records);
  }
}

/** An answer of at most 512 bytes: records that do not fit are left out and the truncation bit says so. */
function answer(query: DnsMessage, code: number, records: DnsRecord[]): Uint8Array {
  for (let count = records.length; ; count--) {
    const bytes = encodeDns({
      ...query,
      response: true,
      authoritative: true,
      recursionAvailable: true,
      truncated: count < records.length,
      code,
      answers: records.slice(0, count),
    });
    if (bytes.length <= DNS_MAX_MESSAGE || count === 0) return bytes;
  }
}
