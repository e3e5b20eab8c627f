/**
 * The DHCP client of an interface (RFC 2131 §4.4): obtains an address, renews it, gives it up.
 *
 * Messages travel as broadcasts until there is an address. The interface is configured when a lease is acknowledged and
 * loses its address when the lease ends. Address conflicts are not probed for, as in MicroPython's lwIP configuration.
 */
import type { IpAddr } from './address.js';
import { IP_ANY, IP_BROADCAST, MAC_BROADCAST, macBytes, prefixOf } from './address.js';
import { latin1Bytes } from './bytes.js';
import type { DhcpMessage } from './dhcp.js';
import {
  DHCP_CLIENT_PORT,
  DHCP_SERVER_PORT,
  DhcpOption,
  DhcpType,
  dhcpOption32,
  dhcpOptionIps,
  dhcpWords,
  encodeDhcp,
} from './dhcp.js';
import { NetError } from './errors.js';
import type { NetInterface } from './interface.js';
import type { IpLayer } from './ip-layer.js';
import { TimerKind } from './ip-layer.js';
import { DEFAULT_TTL, PROTO_UDP } from './ipv4.js';
import { encodeUdp } from './udp.js';

/** Where a client stands. */
export type DhcpClientPhase = 'stopped' | 'selecting' | 'requesting' | 'bound' | 'renewing' | 'rebinding';

/** What a client needs of its stack. */
export interface DhcpLayer extends IpLayer {
  /** Sends a datagram on an interface that may have no address yet. */
  sendUdpOn(on: NetInterface, mac: number, src: IpAddr, dst: IpAddr, ports: [number, number], data: Uint8Array): void;
}

/** Plain data of a {@link DhcpClient}. */
export interface DhcpClientState {
  phase: DhcpClientPhase;
  hostname: string;
  xid: number;
  attempts: number;
  startedAt: number;
  offered: IpAddr;
  server: IpAddr;
  renewAt: number;
  rebindAt: number;
  expireAt: number;
}

/** A name's longest form in the host name option. */
const MAX_HOSTNAME = 32;
/** First retransmission delay and bounds; each further one doubles (RFC 2131 §4.1). */
const FIRST_RETRY = 2_000_000;
const LAST_RETRY = 60_000_000;
/** Requests for an offered address before looking for another. */
const REQUEST_ATTEMPTS = 4;
/** The least time between renewal attempts (RFC 2131 §4.4.5). */
const RENEW_RETRY = 60_000_000;
/** "For ever". */
const INFINITE = 0xffffffff;

/** Keeps one interface's address leased. */
export class DhcpClient {
  private readonly layer: DhcpLayer;
  private readonly on: NetInterface;
  private state: DhcpClientState = {
    phase: 'stopped',
    hostname: '',
    xid: 0,
    attempts: 0,
    startedAt: 0,
    offered: IP_ANY,
    server: IP_ANY,
    renewAt: -1,
    rebindAt: -1,
    expireAt: -1,
  };

  /** @internal */
  constructor(layer: DhcpLayer, on: NetInterface) {
    this.layer = layer;
    this.on = on;
  }

  /** @internal */
  static from(layer: DhcpLayer, on: NetInterface, state: DhcpClientState): DhcpClient {
    const client = new DhcpClient(layer, on);
    client.state = { ...state };
    return client;
  }

  /** Where it stands. */
  get phase(): DhcpClientPhase {
    return this.state.phase;
  }

  /** Whether the interface has a leased address now. */
  get bound(): boolean {
    return this.state.phase === 'bound' || this.state.phase === 'renewing' || this.state.phase === 'rebinding';
  }

  /** @internal Whether messages to the client's port are its. */
  get listening(): boolean {
    return this.state.phase !== 'stopped';
  }

  /** When the lease ends, in the clock's time; -1 without one or when it never ends. */
  get expiresAt(): number {
    return this.bound ? this.state.expireAt : -1;
  }

  /** Starts from the beginning; the address the interface has is dropped. */
  start(hostname: string): void {
    if (hostname.length > MAX_HOSTNAME)
      throw new NetError('bad-argument', `at most ${MAX_HOSTNAME} characters`, hostname);
    this.state.hostname = hostname;
    this.unconfigure();
    this.discover();
  }

  /** Stops; a lease is given back when `release` says so, and then the address goes too. */
  stop(release: boolean): void {
    if (this.bound && release) {
      const message = this.message(DhcpType.release, this.on.address);
      message.options.set(DhcpOption.serverId, dhcpWords(this.state.server));
      // To all, since the address goes at once and cannot be used to ask for the server's hardware address.
      this.broadcast(message);
      this.unconfigure();
    }
    this.state.phase = 'stopped';
    this.layer.clearTimer(TimerKind.dhcpClient, this.on.id);
  }

  /** @internal A message came to the client's port. */
  input(message: DhcpMessage): void {
    if (message.op !== 2 || message.xid !== this.state.xid || message.clientMac !== this.on.mac) return;
    const server = dhcpOption32(message, DhcpOption.serverId, IP_ANY);
    if (this.state.phase === 'selecting') {
      if (message.type === DhcpType.offer && isUsable(message) && server !== IP_ANY)
        this.request(message.yourIp, server);
    } else if (
      this.state.phase === 'requesting' ||
      this.state.phase === 'renewing' ||
      this.state.phase === 'rebinding'
    ) {
      if (message.type === DhcpType.ack && isUsable(message)) this.bind(message, server);
      else if (message.type === DhcpType.nak) {
        this.unconfigure();
        this.discover();
      }
    }
  }

  /** @internal The timer ran. */
  onTimer(): void {
    const state = this.state;
    const now = this.layer.now();
    switch (state.phase) {
      case 'selecting':
        this.sendDiscover();
        break;
      case 'requesting':
        if (state.attempts >= REQUEST_ATTEMPTS) this.discover();
        else this.sendRequest();
        break;
      case 'bound':
      case 'renewing':
      case 'rebinding':
        if (now >= state.expireAt) {
          this.unconfigure();
          this.discover();
        } else {
          this.renew(now);
        }
        break;
      case 'stopped':
        break;
    }
  }

  /** @internal */
  save(): DhcpClientState {
    return { ...this.state };
  }

  private discover(): void {
    this.state.phase = 'selecting';
    this.state.xid = this.layer.prng.next();
    this.state.attempts = 0;
    this.state.startedAt = this.layer.now();
    this.sendDiscover();
  }

  private sendDiscover(): void {
    this.broadcast(this.message(DhcpType.discover, IP_ANY));
    this.retryLater();
  }

  private request(offered: IpAddr, server: IpAddr): void {
    this.state.phase = 'requesting';
    this.state.offered = offered;
    this.state.server = server;
    this.state.attempts = 0;
    this.sendRequest();
  }

  private sendRequest(): void {
    const message = this.message(DhcpType.request, IP_ANY);
    message.options.set(DhcpOption.requestedIp, dhcpWords(this.state.offered));
    message.options.set(DhcpOption.serverId, dhcpWords(this.state.server));
    this.broadcast(message);
    this.retryLater();
  }

  /** Doubles the delay each time and spreads it by up to a second either way. */
  private retryLater(): void {
    const delay = Math.min(FIRST_RETRY * 2 ** Math.min(this.state.attempts, 8), LAST_RETRY);
    this.state.attempts++;
    this.wakeAt(this.layer.now() + delay + this.layer.prng.below(2_000_000) - 1_000_000);
  }

  private bind(message: DhcpMessage, server: IpAddr): void {
    const state = this.state;
    const now = this.layer.now();
    const lease = dhcpOption32(message, DhcpOption.leaseTime, INFINITE);
    const renew = dhcpOption32(message, DhcpOption.renewalTime, Math.floor(lease / 2));
    const rebind = dhcpOption32(message, DhcpOption.rebindingTime, Math.floor(lease * 0.875));
    const ordered = renew < rebind && rebind < lease;
    state.phase = 'bound';
    state.attempts = 0;
    if (server !== IP_ANY) state.server = server;
    if (lease === INFINITE) {
      state.renewAt = state.rebindAt = state.expireAt = -1;
      this.layer.clearTimer(TimerKind.dhcpClient, this.on.id);
    } else {
      state.renewAt = now + (ordered ? renew : Math.floor(lease / 2)) * 1_000_000;
      state.rebindAt = now + (ordered ? rebind : Math.floor(lease * 0.875)) * 1_000_000;
      state.expireAt = now + lease * 1_000_000;
      this.wakeAt(state.renewAt);
    }
    this.on.configure({
      address: message.yourIp,
      netmask: maskFor(message),
      gateway: dhcpOptionIps(message, DhcpOption.router)[0] ?? IP_ANY,
    });
    const dns = dhcpOptionIps(message, DhcpOption.dns);
    if (dns.length > 0) this.on.dns = dns.slice(0, 2);
    this.layer.ready('dhcp', this.on.id);
  }

  /** Asks for more time: the lease's server first, near the end anybody. */
  private renew(now: number): void {
    const state = this.state;
    if (state.phase === 'bound') state.xid = this.layer.prng.next();
    state.phase = now < state.rebindAt ? 'renewing' : 'rebinding';
    const message = this.message(DhcpType.request, this.on.address);
    if (state.phase === 'renewing') this.unicast(message);
    else this.broadcast(message);
    const until = state.phase === 'renewing' ? state.rebindAt : state.expireAt;
    this.wakeAt(Math.min(until, now + Math.max(RENEW_RETRY, Math.floor((until - now) / 2))));
  }

  private unconfigure(): void {
    if (this.on.address === IP_ANY) return;
    this.on.configure({ address: IP_ANY, netmask: 0, gateway: IP_ANY });
    this.layer.ready('dhcp', this.on.id);
  }

  private message(type: number, clientIp: IpAddr): DhcpMessage {
    const options = new Map<number, Uint8Array>();
    const clientId = new Uint8Array(7);
    clientId[0] = 1;
    clientId.set(macBytes(this.on.mac), 1);
    options.set(DhcpOption.clientId, clientId);
    if (type !== DhcpType.release) {
      options.set(DhcpOption.maxMessageSize, Uint8Array.of(this.on.mtu >>> 8, this.on.mtu & 255));
      if (this.state.hostname !== '') options.set(DhcpOption.hostName, latin1Bytes(this.state.hostname));
      const wanted = [DhcpOption.subnetMask, DhcpOption.router, DhcpOption.dns, DhcpOption.broadcast];
      options.set(DhcpOption.parameterList, Uint8Array.from(wanted));
    }
    return {
      op: 1,
      xid: this.state.xid,
      secs: Math.min(65535, Math.floor((this.layer.now() - this.state.startedAt) / 1_000_000)),
      broadcast: clientIp === IP_ANY,
      clientIp,
      yourIp: IP_ANY,
      serverIp: IP_ANY,
      relayIp: IP_ANY,
      clientMac: this.on.mac,
      type,
      options,
    };
  }

  private broadcast(message: DhcpMessage): void {
    const ports: [number, number] = [DHCP_CLIENT_PORT, DHCP_SERVER_PORT];
    this.layer.sendUdpOn(this.on, MAC_BROADCAST, message.clientIp, IP_BROADCAST, ports, encodeDhcp(message));
  }

  private unicast(message: DhcpMessage): void {
    const { server } = this.state;
    const udp = encodeUdp(message.clientIp, server, DHCP_CLIENT_PORT, DHCP_SERVER_PORT, encodeDhcp(message));
    this.layer.sendIp(message.clientIp, server, PROTO_UDP, DEFAULT_TTL, udp);
  }

  private wakeAt(at: number): void {
    this.layer.setTimer(TimerKind.dhcpClient, this.on.id, at);
  }
}

/** Whether an offer or acknowledgement names an address a host can have, a mask that is one, and a time. */
function isUsable(message: DhcpMessage): boolean {
  const first = message.yourIp >>> 24;
  if (dhcpOption32(message, DhcpOption.leaseTime, INFINITE) === 0) return false;
  return first !== 0 && first !== 127 && first < 224 && prefixOf(maskFor(message)) >= 0;
}

/** The mask option, or the address's class. */
function maskFor(message: DhcpMessage): IpAddr {
  const top = message.yourIp >>> 30;
  const classful = top < 2 ? 0xff000000 : top === 2 ? 0xffff0000 : 0xffffff00;
  return dhcpOption32(message, DhcpOption.subnetMask, classful);
}
