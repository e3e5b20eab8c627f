/**
 * Putting fragmented IPv4 datagrams together again, within fixed bounds (RFC 791 §3.2).
 *
 * Fragments that overlap condemn their datagram: no sender makes them, and choosing between their bytes has been a way
 * round filters. An exact duplicate is ignored.
 */
import type { Ipv4Packet } from './ipv4.js';

/** Limits of a {@link Reassembler}. */
export interface ReassemblyConfig {
  /** Datagrams under construction. */
  datagrams: number;
  /** Payload bytes held in all. */
  bytes: number;
  /** Fragments of one datagram. */
  fragments: number;
  /** Time from the first fragment to the last. */
  timeoutMicros: number;
}

/** 15 seconds as lwIP; room for a few datagrams of a small board's size. */
export const REASSEMBLY_DEFAULTS: ReassemblyConfig = {
  datagrams: 4,
  bytes: 16384,
  fragments: 48,
  timeoutMicros: 15_000_000,
};

/** A datagram under construction. */
export interface PartialDatagram {
  src: number;
  dst: number;
  protocol: number;
  id: number;
  expiresAt: number;
  /** Length of the whole payload, -1 until the last fragment came. */
  total: number;
  bytes: number;
  /** The first fragment's header, empty until it came. */
  header: Uint8Array;
  ttl: number;
  tos: number;
  /** Sorted by offset. */
  parts: { offset: number; data: Uint8Array }[];
}

/** What became of a fragment. */
export type ReassemblyResult = Ipv4Packet | 'waiting' | 'fragment-invalid' | 'fragment-no-room';

/** Collects fragments. */
export class Reassembler {
  private readonly config: ReassemblyConfig;
  private partials: PartialDatagram[] = [];
  private held = 0;

  constructor(config: ReassemblyConfig) {
    this.config = config;
  }

  /** When `expire()` has something to do, or -1. */
  get nextExpiry(): number {
    return this.partials.length === 0 ? -1 : this.partials[0].expiresAt;
  }

  /** Takes a fragment; returns the whole datagram once this completes it. */
  add(packet: Ipv4Packet, now: number): ReassemblyResult {
    const length = packet.payload.length;
    const end = packet.fragmentOffset + length;
    if (length === 0 || (packet.moreFragments && length % 8 !== 0)) return 'fragment-invalid';
    let partial = this.partials.find(
      (p) => p.id === packet.id && p.src === packet.src && p.dst === packet.dst && p.protocol === packet.protocol,
    );
    if (this.held + length > this.config.bytes) return 'fragment-no-room';
    if (partial === undefined) {
      if (this.partials.length >= this.config.datagrams) return 'fragment-no-room';
      partial = newPartial(packet, now + this.config.timeoutMicros);
      this.partials.push(partial);
    }
    if (partial.parts.some((part) => part.offset === packet.fragmentOffset && part.data.length === length)) {
      return 'waiting';
    }
    if (!fits(partial, packet, end)) {
      this.remove(partial);
      return 'fragment-invalid';
    }
    if (partial.parts.length >= this.config.fragments) {
      this.remove(partial);
      return 'fragment-no-room';
    }
    if (!packet.moreFragments) partial.total = end;
    if (packet.fragmentOffset === 0) {
      partial.header = packet.header.slice();
      partial.ttl = packet.ttl;
      partial.tos = packet.tos;
    }
    const place = partial.parts.findIndex((part) => part.offset > packet.fragmentOffset);
    const part = { offset: packet.fragmentOffset, data: packet.payload.slice() };
    partial.parts.splice(place < 0 ? partial.parts.length : place, 0, part);
    partial.bytes += length;
    this.held += length;
    if (partial.bytes !== partial.total) return 'waiting';
    this.remove(partial);
    return assemble(partial);
  }

  /** Gives up what is due and returns it: for each, the first fragment as a packet if it came, else null. */
  expire(now: number): (Ipv4Packet | null)[] {
    const gone: (Ipv4Packet | null)[] = [];
    while (this.partials.length > 0 && this.partials[0].expiresAt <= now) {
      const partial = this.partials[0];
      this.remove(partial);
      gone.push(partial.header.length === 0 ? null : packetOf(partial, partial.parts[0].data));
    }
    return gone;
  }

  /** Plain data. */
  save(): PartialDatagram[] {
    return this.partials.map(copyPartial);
  }

  /** Restores a saved state. */
  load(partials: readonly PartialDatagram[]): void {
    this.partials = partials.map(copyPartial);
    this.held = partials.reduce((sum, partial) => sum + partial.bytes, 0);
  }

  private remove(partial: PartialDatagram): void {
    this.partials.splice(this.partials.indexOf(partial), 1);
    this.held -= partial.bytes;
  }
}

function newPartial(packet: Ipv4Packet, expiresAt: number): PartialDatagram {
  return {
    src: packet.src,
    dst: packet.dst,
    protocol: packet.protocol,
    id: packet.id,
    expiresAt,
    total: -1,
    bytes: 0,
    header: new Uint8Array(0),
    ttl: 0,
    tos: 0,
    parts: [],
  };
}

/** Whether a new fragment overlaps nothing and agrees with the length known so far. */
function fits(partial: PartialDatagram, packet: Ipv4Packet, end: number): boolean {
  if (partial.total >= 0 && (end > partial.total || !packet.moreFragments)) return false;
  for (const part of partial.parts) {
    const partEnd = part.offset + part.data.length;
    if (packet.fragmentOffset < partEnd && part.offset < end) return false;
    if (!packet.moreFragments && partEnd > end) return false;
  }
  return true;
}

function assemble(partial: PartialDatagram): Ipv4Packet {
  const payload = new Uint8Array(partial.total);
  for (const part of partial.parts) payload.set(part.data, part.offset);
  return packetOf(partial, payload);
}

function packetOf(partial: PartialDatagram, payload: Uint8Array): Ipv4Packet {
  return {
    src: partial.src,
    dst: partial.dst,
    protocol: partial.protocol,
    ttl: partial.ttl,
    tos: partial.tos,
    id: partial.id,
    dontFragment: false,
    moreFragments: false,
    fragmentOffset: 0,
    header: partial.header,
    payload,
  };
}

function copyPartial(partial: PartialDatagram): PartialDatagram {
  const parts = partial.parts.map((part) => ({ offset: part.offset, data: part.data.slice() }));
  return { ...partial, header: partial.header.slice(), parts };
}
