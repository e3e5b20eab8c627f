/**
 * ICMP echo from the asking side: sends a request, remembers what became of it.
 */
import type { IpAddr } from './address.js';
import { Errno, checkInteger } from './errors.js';
import type { IcmpMessage } from './icmp.js';
import { ICMP_ECHO_REPLY, ICMP_ECHO_REQUEST, encodeIcmp } from './icmp.js';
import type { IpLayer } from './ip-layer.js';
import { TimerKind } from './ip-layer.js';
import { DEFAULT_TTL, PROTO_ICMP } from './ipv4.js';

/** Most echo requests remembered at a time. */
const MAX_PINGS = 16;
/** Most bytes in a request: what fits a reassembled datagram of modest size. */
const MAX_DATA = 8192;

/** An echo request and its fate. */
export interface Ping {
  id: number;
  dst: IpAddr;
  sequence: number;
  sentAt: number;
  state: 'waiting' | 'answered' | 'timeout' | 'unreachable';
  /** Round-trip time once answered, else -1. */
  rttMicros: number;
}

/** Plain data of a {@link Pinger}. */
export interface PingerState {
  nextId: number;
  pings: Ping[];
}

/** Sends echo requests. */
export class Pinger {
  private readonly ip: IpLayer;
  private nextId = 1;
  private pings: Ping[] = [];

  /** @internal */
  constructor(ip: IpLayer) {
    this.ip = ip;
  }

  /** Sends a request; returns its id for `result()`, or a negative error number. */
  send(dst: IpAddr, sequence: number, data: Uint8Array, timeoutMicros: number): number {
    checkInteger('sequence', sequence, 0, 65535);
    if (data.length > MAX_DATA) return -Errno.EMSGSIZE;
    if (this.pings.length >= MAX_PINGS) return -Errno.ENOBUFS;
    const src = this.ip.sourceFor(dst);
    if (src === 0) return -Errno.EHOSTUNREACH;
    const id = this.nextId++;
    const message = encodeIcmp(ICMP_ECHO_REQUEST, 0, (id & 0xffff) * 65536 + sequence, data);
    const result = this.ip.sendIp(src, dst, PROTO_ICMP, DEFAULT_TTL, message);
    if (result < 0) return result;
    this.pings.push({ id, dst, sequence, sentAt: this.ip.now(), state: 'waiting', rttMicros: -1 });
    this.ip.setTimer(TimerKind.ping, id, this.ip.now() + timeoutMicros);
    return id;
  }

  /** What became of a request. Once it is no longer waiting, asking forgets it. */
  result(id: number): Ping | undefined {
    const at = this.pings.findIndex((ping) => ping.id === id);
    if (at < 0) return undefined;
    const ping = this.pings[at];
    if (ping.state !== 'waiting') this.pings.splice(at, 1);
    return ping;
  }

  /** @internal A reply came; false when nobody waits for it. */
  input(src: IpAddr, message: IcmpMessage): boolean {
    if (message.type !== ICMP_ECHO_REPLY) return false;
    const id = message.rest >>> 16;
    const sequence = message.rest & 0xffff;
    const ping = this.pings.find((p) => (p.id & 0xffff) === id && p.sequence === sequence && p.state === 'waiting');
    if (ping === undefined) return false;
    // A request to a broadcast address is answered from another one.
    if (ping.dst !== src && !this.ip.isBroadcast(ping.dst)) return false;
    ping.rttMicros = this.ip.now() - ping.sentAt;
    this.end(ping, 'answered');
    return true;
  }

  /** @internal An ICMP error about a request. */
  unreachable(dst: IpAddr, id: number): void {
    const ping = this.pings.find((p) => (p.id & 0xffff) === id && p.dst === dst && p.state === 'waiting');
    if (ping !== undefined) this.end(ping, 'unreachable');
  }

  /** @internal */
  onTimer(id: number): void {
    const ping = this.pings.find((p) => p.id === id);
    if (ping !== undefined && ping.state === 'waiting') this.end(ping, 'timeout');
  }

  /** @internal */
  save(): PingerState {
    return { nextId: this.nextId, pings: this.pings.map((ping) => ({ ...ping })) };
  }

  /** @internal */
  load(state: PingerState): void {
    this.nextId = state.nextId;
    this.pings = state.pings.map((ping) => ({ ...ping }));
  }

  private end(ping: Ping, state: Ping['state']): void {
    ping.state = state;
    this.ip.clearTimer(TimerKind.ping, ping.id);
    this.ip.ready('ping', ping.id);
  }
}
