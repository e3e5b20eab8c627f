/**
 * A DHCP server on one interface (RFC 2131 §4.3), such as an access point runs.
 *
 * A lease belongs to a hardware address and stays reserved for it while the pool allows, so a station that comes back gets
 * the address it had. An offer holds its address for a short time only.
 */
import type { IpAddr, Mac } from './address.js';
import { IP_ANY, IP_BROADCAST, MAC_BROADCAST } from './address.js';
import { latin1Text } from './bytes.js';
import type { DhcpLayer } from './dhcp-client.js';
import type { DhcpMessage } from './dhcp.js';
import {
  DHCP_CLIENT_PORT,
  DHCP_SERVER_PORT,
  DhcpOption,
  DhcpType,
  dhcpOption32,
  dhcpWords,
  encodeDhcp,
} from './dhcp.js';
import { NetError, checkInteger } from './errors.js';
import type { NetInterface } from './interface.js';

/** What a server hands out. */
export interface DhcpServerOptions {
  /** First and last address of the pool, which lies in the interface's subnet. */
  first: IpAddr;
  last: IpAddr;
  leaseSeconds: number;
  /** Router to name; the interface's own address unless given, 0 for none. */
  router?: IpAddr;
  /** Name servers to name; the interface's own address unless given. */
  dns?: IpAddr[];
}

/** Who has an address. */
export interface DhcpLease {
  ip: IpAddr;
  mac: Mac;
  expiresAt: number;
  /** `offered` until requested; `declined` addresses are somebody else's. */
  state: 'offered' | 'leased' | 'released' | 'declined';
  hostname: string;
}

/** Plain data of a {@link DhcpServer}. */
export interface DhcpServerState {
  options: DhcpServerOptions;
  leases: DhcpLease[];
}

/** Largest pool. */
const MAX_POOL = 256;
/** How long an offer holds, and how long a declined address is avoided. */
const OFFER_MICROS = 60_000_000;
const DECLINE_MICROS = 600_000_000;

/** Hands out addresses. */
export class DhcpServer {
  private readonly layer: DhcpLayer;
  private readonly on: NetInterface;
  private readonly options: DhcpServerOptions;
  private leases: DhcpLease[] = [];

  /** @internal */
  constructor(layer: DhcpLayer, on: NetInterface, options: DhcpServerOptions) {
    checkInteger('leaseSeconds', options.leaseSeconds, 1, 0xffffffff);
    const size = options.last - options.first + 1;
    if (size < 1 || size > MAX_POOL) throw new NetError('limit', `a pool of 1..${MAX_POOL} addresses`, String(size));
    if (!on.isOnLink(options.first) || !on.isOnLink(options.last)) {
      throw new NetError('bad-address', "a pool in the interface's subnet", options.first.toString(16));
    }
    this.layer = layer;
    this.on = on;
    this.options = { ...options };
  }

  /** @internal */
  static from(layer: DhcpLayer, on: NetInterface, state: DhcpServerState): DhcpServer {
    const server = new DhcpServer(layer, on, state.options);
    server.leases = state.leases.map((lease) => ({ ...lease }));
    return server;
  }

  /** Addresses in use or remembered, oldest first. */
  list(): readonly Readonly<DhcpLease>[] {
    return this.leases;
  }

  /** @internal A message came to the server's port. */
  input(message: DhcpMessage): void {
    if (message.op !== 1 || this.on.address === IP_ANY) return;
    switch (message.type) {
      case DhcpType.discover:
        this.offer(message);
        break;
      case DhcpType.request:
        this.confirm(message);
        break;
      case DhcpType.decline:
        this.settle(message, dhcpOption32(message, DhcpOption.requestedIp, IP_ANY), 'declined');
        break;
      case DhcpType.release:
        this.settle(message, message.clientIp, 'released');
        break;
      case DhcpType.inform:
        this.reply(message, DhcpType.ack, IP_ANY, false);
        break;
      default:
        break;
    }
  }

  /** @internal */
  save(): DhcpServerState {
    const options = { ...this.options };
    if (options.dns !== undefined) options.dns = options.dns.slice();
    return { options, leases: this.leases.map((lease) => ({ ...lease })) };
  }

  private offer(message: DhcpMessage): void {
    const lease = this.leaseFor(message.clientMac, dhcpOption32(message, DhcpOption.requestedIp, IP_ANY));
    if (lease === undefined) return;
    const now = this.layer.now();
    if (lease.state !== 'leased' || lease.expiresAt <= now) {
      lease.state = 'offered';
      lease.expiresAt = now + OFFER_MICROS;
    }
    this.reply(message, DhcpType.offer, lease.ip, true);
  }

  /** A request: for an offer, after a restart, or to renew; the fields used tell which (RFC 2131 table 4). */
  private confirm(message: DhcpMessage): void {
    const server = dhcpOption32(message, DhcpOption.serverId, IP_ANY);
    const lease = this.leases.find((l) => l.mac === message.clientMac && l.state !== 'declined');
    if (server !== IP_ANY && server !== this.on.address) {
      // The client took another server's offer.
      if (lease !== undefined && lease.state === 'offered') this.leases.splice(this.leases.indexOf(lease), 1);
      return;
    }
    const wanted = dhcpOption32(message, DhcpOption.requestedIp, message.clientIp);
    if (lease === undefined || lease.ip !== wanted) {
      this.reply(message, DhcpType.nak, IP_ANY, false);
      return;
    }
    lease.state = 'leased';
    lease.expiresAt = this.layer.now() + this.options.leaseSeconds * 1_000_000;
    const name = message.options.get(DhcpOption.hostName);
    lease.hostname = name === undefined ? '' : latin1Text(name.subarray(0, 64));
    this.reply(message, DhcpType.ack, lease.ip, true);
  }

  private settle(message: DhcpMessage, ip: IpAddr, state: 'released' | 'declined'): void {
    if (dhcpOption32(message, DhcpOption.serverId, this.on.address) !== this.on.address) return;
    const lease = this.leases.find((l) => l.ip === ip && l.mac === message.clientMac);
    if (lease === undefined) return;
    lease.state = state;
    lease.expiresAt = this.layer.now() + (state === 'declined' ? DECLINE_MICROS : 0);
  }

  /** The lease a client has or gets: its own, the address it wishes, a fresh one, or the one that expired first. */
  private leaseFor(mac: Mac, wish: IpAddr): DhcpLease | undefined {
    const own = this.leases.find((lease) => lease.mac === mac && lease.state !== 'declined');
    if (own !== undefined) return own;
    const ip = this.isFree(wish) ? wish : this.freeAddress();
    if (ip !== IP_ANY) {
      const lease: DhcpLease = { ip, mac, expiresAt: 0, state: 'offered', hostname: '' };
      this.leases.push(lease);
      return lease;
    }
    const now = this.layer.now();
    let oldest: DhcpLease | undefined;
    for (const lease of this.leases) {
      if (lease.expiresAt <= now && (oldest === undefined || lease.expiresAt < oldest.expiresAt)) oldest = lease;
    }
    if (oldest === undefined) return undefined;
    oldest.mac = mac;
    oldest.hostname = '';
    oldest.state = 'offered';
    return oldest;
  }

  private isFree(ip: IpAddr): boolean {
    const inPool =
      ip >= this.options.first && ip <= this.options.last && ip !== this.on.address && ip !== this.on.broadcast;
    return inPool && !this.leases.some((lease) => lease.ip === ip);
  }

  private freeAddress(): IpAddr {
    for (let ip = this.options.first; ip <= this.options.last; ip++) {
      if (this.isFree(ip)) return ip;
    }
    return IP_ANY;
  }

  private reply(to: DhcpMessage, type: number, ip: IpAddr, withLease: boolean): void {
    const address = this.on.address;
    const options = new Map<number, Uint8Array>();
    options.set(DhcpOption.serverId, dhcpWords(address));
    if (withLease) options.set(DhcpOption.leaseTime, dhcpWords(this.options.leaseSeconds));
    if (type !== DhcpType.nak) {
      options.set(DhcpOption.subnetMask, dhcpWords(this.on.netmask));
      const router = this.options.router ?? address;
      if (router !== IP_ANY) options.set(DhcpOption.router, dhcpWords(router));
      const dns = this.options.dns ?? [address];
      if (dns.length > 0) options.set(DhcpOption.dns, dhcpWords(...dns.slice(0, 8)));
    }
    const message: DhcpMessage = {
      op: 2,
      xid: to.xid,
      secs: 0,
      broadcast: to.broadcast,
      clientIp: type === DhcpType.ack ? to.clientIp : IP_ANY,
      yourIp: ip,
      serverIp: IP_ANY,
      relayIp: IP_ANY,
      clientMac: to.clientMac,
      type,
      options,
    };
    const ports: [number, number] = [DHCP_SERVER_PORT, DHCP_CLIENT_PORT];
    const bytes = encodeDhcp(message);
    // A client that has an address is answered there, others by hardware address, or to all if they ask so (§4.1).
    if (type === DhcpType.nak || (to.clientIp === IP_ANY && to.broadcast)) {
      this.layer.sendUdpOn(this.on, MAC_BROADCAST, address, IP_BROADCAST, ports, bytes);
    } else {
      const dst = to.clientIp === IP_ANY ? ip : to.clientIp;
      this.layer.sendUdpOn(this.on, to.clientMac, address, dst, ports, bytes);
    }
  }
}
