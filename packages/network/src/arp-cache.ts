/**
 * The neighbours of one interface: hardware addresses learnt through ARP, and packets waiting for one.
 *
 * An entry is *pending* (asked for, `mac` is -1, a few packets queued) or *resolved* until it expires. A full table evicts
 * the resolved entry that expires first. Counterpart in behaviour: lwIP's etharp, whose limits are the defaults.
 */
import type { IpAddr, Mac } from './address.js';

/** Limits of an {@link ArpCache}. */
export interface ArpConfig {
  /** Most neighbours, pending ones included. */
  entries: number;
  /** Most packets that wait for one neighbour. */
  queue: number;
  /** Requests sent before a neighbour counts as unreachable. */
  attempts: number;
  /** Time between requests. */
  retryMicros: number;
  /** How long a learnt address is trusted. */
  maxAgeMicros: number;
}

/** lwIP's limits. */
export const ARP_DEFAULTS: ArpConfig = {
  entries: 10,
  queue: 3,
  attempts: 5,
  retryMicros: 1_000_000,
  maxAgeMicros: 300_000_000,
};

/** A neighbour. */
export interface ArpEntry {
  ip: IpAddr;
  /** -1 while pending. */
  mac: Mac;
  /** When to ask again, or when the entry expires. */
  dueAt: number;
  asked: number;
  /** IPv4 packets that wait, oldest first. */
  queue: Uint8Array[];
}

/** What the cache needs of its interface. */
export interface ArpHost {
  /** Time in microseconds. */
  now(): number;
  /** Broadcasts a request. */
  ask(ip: IpAddr): void;
  /** Sends a packet that waited. */
  release(mac: Mac, packet: Uint8Array): void;
  /** A packet was dropped: no room in the queue, or no answer. */
  discard(packet: Uint8Array, reason: 'arp-queue-full' | 'arp-unresolved'): void;
  /** Wants `expire()` called at a time, -1 for never. */
  wakeAt(at: number): void;
}

/** The address table of an interface. */
export class ArpCache {
  private readonly config: ArpConfig;
  private readonly host: ArpHost;
  private entries: ArpEntry[] = [];

  constructor(config: ArpConfig, host: ArpHost) {
    this.config = config;
    this.host = host;
  }

  /** The neighbours, in order of first contact; for display. */
  list(): readonly Readonly<ArpEntry>[] {
    return this.entries;
  }

  /** Sends a packet to a neighbour now, or when its hardware address is known. */
  send(ip: IpAddr, packet: Uint8Array): void {
    const entry = this.find(ip) ?? this.add(ip);
    if (entry === undefined) {
      this.host.discard(packet, 'arp-queue-full');
    } else if (entry.mac >= 0) {
      this.host.release(entry.mac, packet);
    } else {
      if (entry.queue.length >= this.config.queue) {
        this.host.discard(entry.queue.shift() as Uint8Array, 'arp-queue-full');
      }
      entry.queue.push(packet);
      if (entry.asked === 0) this.ask(entry);
    }
  }

  /** Notes an address seen on the link; makes a new entry only when `create` says so. */
  learn(ip: IpAddr, mac: Mac, create: boolean): void {
    const entry = this.find(ip) ?? (create ? this.add(ip) : undefined);
    if (entry === undefined) return;
    entry.mac = mac;
    entry.dueAt = this.host.now() + this.config.maxAgeMicros;
    const queue = entry.queue;
    entry.queue = [];
    this.schedule();
    for (const packet of queue) this.host.release(mac, packet);
  }

  /** Asks again for, or gives up, what is due. */
  expire(): void {
    const now = this.host.now();
    for (const entry of this.entries.slice()) {
      if (entry.dueAt > now) continue;
      if (entry.mac < 0 && entry.asked < this.config.attempts) {
        this.ask(entry);
        continue;
      }
      const at = this.entries.indexOf(entry);
      if (at < 0) continue;
      this.entries.splice(at, 1);
      for (const packet of entry.queue) this.host.discard(packet, 'arp-unresolved');
    }
    this.schedule();
  }

  /** Forgets everybody; waiting packets are dropped. */
  clear(): void {
    const entries = this.entries;
    this.entries = [];
    this.schedule();
    for (const entry of entries) {
      for (const packet of entry.queue) this.host.discard(packet, 'arp-unresolved');
    }
  }

  /** Plain data. */
  save(): ArpEntry[] {
    return this.entries.map((entry) => ({ ...entry, queue: entry.queue.map((packet) => packet.slice()) }));
  }

  /** Restores saved entries; the timer is the interface's. */
  load(entries: readonly ArpEntry[]): void {
    this.entries = entries.map((entry) => ({ ...entry, queue: entry.queue.map((packet) => packet.slice()) }));
  }

  private find(ip: IpAddr): ArpEntry | undefined {
    return this.entries.find((entry) => entry.ip === ip);
  }

  private add(ip: IpAddr): ArpEntry | undefined {
    if (this.entries.length >= this.config.entries) {
      let oldest = -1;
      for (let i = 0; i < this.entries.length; i++) {
        if (this.entries[i].mac < 0) continue;
        if (oldest < 0 || this.entries[i].dueAt < this.entries[oldest].dueAt) oldest = i;
      }
      if (oldest < 0) return undefined;
      this.entries.splice(oldest, 1);
    }
    const entry: ArpEntry = { ip, mac: -1, dueAt: this.host.now(), asked: 0, queue: [] };
    this.entries.push(entry);
    return entry;
  }

  private ask(entry: ArpEntry): void {
    entry.asked++;
    entry.dueAt = this.host.now() + this.config.retryMicros;
    this.schedule();
    this.host.ask(entry.ip);
  }

  private schedule(): void {
    let at = -1;
    for (const entry of this.entries) {
      if (at < 0 || entry.dueAt < at) at = entry.dueAt;
    }
    this.host.wakeAt(at);
  }
}
