/**
 * The stub resolver of a stack: name to IPv4 addresses, with a cache and retries over the interfaces' name servers.
 *
 * A question is asked with `start()`, which may answer at once, and later with `result()`. Nothing blocks.
 */
import type { IpAddr } from './address.js';
import { IP_ANY, IP_LOOPBACK, tryParseIp } from './address.js';
import { get32 } from './bytes.js';
import type { DnsMessage } from './dns.js';
import {
  DNS_CLASS_IN,
  DNS_NO_NAME,
  DNS_OK,
  DNS_PORT,
  DNS_TYPE_A,
  DNS_TYPE_CNAME,
  decodeDns,
  dnsQuery,
  encodeDns,
  isDnsName,
} from './dns.js';
import { DecodeError, Errno } from './errors.js';
import type { NetInterface } from './interface.js';
import type { IpLayer } from './ip-layer.js';
import { TimerKind } from './ip-layer.js';
import type { UdpLayer, UdpReceived } from './udp-socket.js';

/** What the resolver needs of its stack. */
export interface ResolverHost extends IpLayer {
  readonly udp: UdpLayer;
  /** The interfaces, by id. */
  listInterfaces(): readonly NetInterface[];
}

/** A question under way or just answered. */
export interface DnsLookup {
  id: number;
  name: string;
  state: 'waiting' | 'found' | 'unknown' | 'timeout' | 'failed';
  addresses: IpAddr[];
  /** Transaction number, attempts so far, and the server asked last. */
  query: number;
  attempts: number;
  server: IpAddr;
  /** The query's UDP socket, 0 for none. */
  socket: number;
}

/** A remembered answer. */
export interface DnsCacheEntry {
  name: string;
  addresses: IpAddr[];
  expiresAt: number;
}

/** Plain data of a {@link DnsResolver}. */
export interface DnsResolverState {
  nextId: number;
  lookups: DnsLookup[];
  cache: DnsCacheEntry[];
}

/** Questions at a time, answers remembered, addresses of an answer. */
const MAX_LOOKUPS = 4;
const MAX_CACHE = 8;
const MAX_ADDRESSES = 4;
/** Attempts in all, turning through the servers, and the wait after the first; it doubles. */
const ATTEMPTS = 4;
const RETRY_MICROS = 1_000_000;
/** Longest time an answer is remembered. */
const MAX_TTL_SECONDS = 604_800;

/** Resolves names. */
export class DnsResolver {
  private readonly host: ResolverHost;
  private nextId = 1;
  private lookups: DnsLookup[] = [];
  private cache: DnsCacheEntry[] = [];

  /** @internal */
  constructor(host: ResolverHost) {
    this.host = host;
  }

  /** Asks for a name's addresses; returns an id for `result()`, or a negative error number. */
  start(text: string): number {
    const name = text.toLowerCase().replace(/\.$/, '');
    if (name === '' || !isDnsName(name)) return -Errno.EINVAL;
    if (this.lookups.length >= MAX_LOOKUPS) return -Errno.ENOMEM;
    const lookup: DnsLookup = {
      id: this.nextId++,
      name,
      state: 'waiting',
      addresses: [],
      query: 0,
      attempts: 0,
      server: IP_ANY,
      socket: 0,
    };
    this.lookups.push(lookup);
    const known = this.known(name);
    if (known.length > 0) this.end(lookup, 'found', known);
    else if (this.servers().length === 0) this.end(lookup, 'failed', []);
    else this.ask(lookup);
    return lookup.id;
  }

  /** How a question stands. Once it is no longer waiting, asking forgets it. */
  result(id: number): DnsLookup | undefined {
    const at = this.lookups.findIndex((lookup) => lookup.id === id);
    if (at < 0) return undefined;
    const lookup = this.lookups[at];
    if (lookup.state !== 'waiting') this.lookups.splice(at, 1);
    return lookup;
  }

  /** Gives up a question. */
  cancel(id: number): void {
    const at = this.lookups.findIndex((lookup) => lookup.id === id);
    if (at < 0) return;
    this.closeSocket(this.lookups[at]);
    this.host.clearTimer(TimerKind.dnsResolver, id);
    this.lookups.splice(at, 1);
  }

  /** Forgets remembered answers. */
  flush(): void {
    this.cache = [];
  }

  /** @internal No answer yet. */
  onTimer(id: number): void {
    const lookup = this.lookups.find((l) => l.id === id);
    if (lookup === undefined || lookup.state !== 'waiting') return;
    if (lookup.attempts >= ATTEMPTS || this.servers().length === 0) this.end(lookup, 'timeout', []);
    else this.ask(lookup);
  }

  /** @internal */
  save(): DnsResolverState {
    return {
      nextId: this.nextId,
      lookups: this.lookups.map((lookup) => ({ ...lookup, addresses: lookup.addresses.slice() })),
      cache: this.cache.map((entry) => ({ ...entry, addresses: entry.addresses.slice() })),
    };
  }

  /** @internal The UDP layer must have been restored before. */
  load(state: DnsResolverState): void {
    this.nextId = state.nextId;
    this.lookups = state.lookups.map((lookup) => ({ ...lookup, addresses: lookup.addresses.slice() }));
    this.cache = state.cache.map((entry) => ({ ...entry, addresses: entry.addresses.slice() }));
    for (const lookup of this.lookups) this.attach(lookup);
  }

  private known(name: string): IpAddr[] {
    const literal = tryParseIp(name);
    if (literal >= 0) return [literal];
    if (name === 'localhost') return [IP_LOOPBACK];
    const entry = this.cache.find((e) => e.name === name);
    return entry === undefined || entry.expiresAt <= this.host.now() ? [] : entry.addresses;
  }

  private servers(): IpAddr[] {
    const servers: IpAddr[] = [];
    for (const i of this.host.listInterfaces()) {
      if (!i.up || i.address === IP_ANY) continue;
      for (const ip of i.dns) {
        if (ip !== IP_ANY && !servers.includes(ip)) servers.push(ip);
      }
    }
    return servers;
  }

  private ask(lookup: DnsLookup): void {
    const servers = this.servers();
    lookup.server = servers[lookup.attempts % servers.length];
    lookup.query = this.host.prng.below(65536);
    if (lookup.socket === 0) {
      const socket = this.host.udp.open();
      if (socket === null) {
        this.end(lookup, 'failed', []);
        return;
      }
      lookup.socket = socket.id;
      this.attach(lookup);
    }
    this.host.setTimer(TimerKind.dnsResolver, lookup.id, this.host.now() + RETRY_MICROS * 2 ** lookup.attempts);
    lookup.attempts++;
    // A failure to send counts as no answer, and the next server is tried when the timer runs.
    const bytes = encodeDns(dnsQuery(lookup.query, lookup.name, DNS_TYPE_A));
    this.host.udp.get(lookup.socket)?.sendTo(bytes, lookup.server, DNS_PORT);
  }

  private attach(lookup: DnsLookup): void {
    const socket = this.host.udp.get(lookup.socket);
    if (socket !== undefined) socket.handler = (received) => this.input(lookup, received);
  }

  private input(lookup: DnsLookup, received: UdpReceived): void {
    const message = tryDecode(received.data);
    if (message === null) {
      this.host.drop('malformed-dns');
      return;
    }
    const question = message.questions[0];
    const matches =
      received.ip === lookup.server &&
      received.port === DNS_PORT &&
      message.response &&
      message.id === lookup.query &&
      message.questions.length === 1 &&
      question.name === lookup.name &&
      question.type === DNS_TYPE_A;
    if (!matches || lookup.state !== 'waiting') {
      this.host.drop('dns-unexpected');
      return;
    }
    if (message.code === DNS_NO_NAME) {
      this.end(lookup, 'unknown', []);
    } else if (message.code !== DNS_OK) {
      // This server cannot tell; the timer turns to the next.
      if (lookup.attempts >= ATTEMPTS || this.servers().length === 0) this.end(lookup, 'failed', []);
      else this.ask(lookup);
    } else {
      const { addresses, ttl } = answersFor(lookup.name, message);
      if (addresses.length > 0) this.remember(lookup.name, addresses, ttl);
      this.end(lookup, addresses.length > 0 ? 'found' : 'unknown', addresses);
    }
  }

  private remember(name: string, addresses: IpAddr[], ttl: number): void {
    this.cache = this.cache.filter((entry) => entry.name !== name);
    if (this.cache.length >= MAX_CACHE) this.cache.shift();
    const seconds = Math.min(ttl, MAX_TTL_SECONDS);
    this.cache.push({ name, addresses: addresses.slice(), expiresAt: this.host.now() + seconds * 1_000_000 });
  }

  private end(lookup: DnsLookup, state: DnsLookup['state'], addresses: IpAddr[]): void {
    lookup.state = state;
    lookup.addresses = addresses.slice();
    this.closeSocket(lookup);
    this.host.clearTimer(TimerKind.dnsResolver, lookup.id);
    this.host.ready('dns', lookup.id);
  }

  private closeSocket(lookup: DnsLookup): void {
    this.host.udp.get(lookup.socket)?.close();
    lookup.socket = 0;
  }
}

function tryDecode(bytes: Uint8Array): DnsMessage | null {
  try {
    return decodeDns(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}

/** The addresses of a name in an answer, following its aliases. */
function answersFor(name: string, message: DnsMessage): { addresses: IpAddr[]; ttl: number } {
  let wanted = name;
  let ttl = MAX_TTL_SECONDS;
  // Each record can be followed once.
  for (let i = 0; i <= message.answers.length; i++) {
    const addresses: IpAddr[] = [];
    let alias: string | undefined;
    for (const record of message.answers) {
      if (record.name !== wanted || record.class !== DNS_CLASS_IN) continue;
      if (record.type === DNS_TYPE_A && addresses.length < MAX_ADDRESSES) addresses.push(get32(record.data, 0));
      else if (record.type === DNS_TYPE_CNAME) alias = record.target;
      else continue;
      ttl = Math.min(ttl, record.ttl);
    }
    if (addresses.length > 0) return { addresses, ttl };
    if (alias === undefined) break;
    wanted = alias;
  }
  return { addresses: [], ttl: 0 };
}
