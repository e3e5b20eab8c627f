/**
 * What the transports share: the services the stack gives them, and the kinds of its timers.
 */
import type { IpAddr } from './address.js';
import type { NetInterface } from './interface.js';
import type { Prng } from './prng.js';
import type { DropReason } from './stats.js';

/** Kinds of the stack's timers; ids are those of the owner (interface, connection, query). */
export const TimerKind = {
  interface: 1,
  reassembly: 2,
  loopback: 3,
  tcpRetransmit: 4,
  tcpPersist: 5,
  tcpDelayedAck: 6,
  tcpWait: 7,
  ping: 8,
  dhcpClient: 9,
  dnsResolver: 10,
} as const;

/** What became ready, in a {@link ReadyListener} call. */
export type ReadySource = 'udp' | 'tcp' | 'listener' | 'ping' | 'dns' | 'dhcp';

/**
 * Told that something about a socket, query or lease may have changed: data came, room was made, it connected, it failed.
 * The listener notes it and returns; it does not call into the stack.
 */
export type ReadyListener = (source: ReadySource, id: number) => void;

/** The stack as its transports see it. */
export interface IpLayer {
  readonly prng: Prng;
  /** Time in microseconds. */
  now(): number;
  /** Sets the timer of a kind and id to a time. */
  setTimer(kind: number, id: number, at: number): void;
  /** Clears it. */
  clearTimer(kind: number, id: number): void;
  /** Something may go on that had to wait. */
  ready(source: ReadySource, id: number): void;
  /** Counts a packet that is dropped. */
  drop(reason: DropReason): void;
  /** Sends a payload from one address to another; returns 0 or a negative error number. */
  sendIp(src: IpAddr, dst: IpAddr, protocol: number, ttl: number, payload: Uint8Array): number;
  /** The address this stack uses towards `dst`, or 0 when there is no way. */
  sourceFor(dst: IpAddr): IpAddr;
  /** Whether an address is one of this stack's own. */
  isLocal(ip: IpAddr): boolean;
  /** Whether an address means everybody on some attached link. */
  isBroadcast(ip: IpAddr): boolean;
  /** The longest packet towards `dst` that needs no fragments. */
  mtuTowards(dst: IpAddr): number;
  /** The interface that has an address. */
  interfaceOf(ip: IpAddr): NetInterface | undefined;
}

/** First port of the range from which the stack takes ports itself (RFC 6335). */
export const EPHEMERAL_FIRST = 49152;
/** Ports in that range. */
export const EPHEMERAL_COUNT = 16384;

/** The next free port of the range after `last`, or 0 when all are taken. */
export function nextEphemeral(last: number, isTaken: (port: number) => boolean): number {
  for (let i = 1; i <= EPHEMERAL_COUNT; i++) {
    const port = EPHEMERAL_FIRST + ((last - EPHEMERAL_FIRST + i) % EPHEMERAL_COUNT);
    if (!isTaken(port)) return port;
  }
  return 0;
}
