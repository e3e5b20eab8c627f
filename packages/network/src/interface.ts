/**
 * A network interface: a MAC, an address, the neighbours, and a port through which frames leave.
 *
 * What is attached to the port (a wire, the air, a gateway) is the host's business and no part of a snapshot. Frames that
 * were sent or received are never written to again, so nobody copies them without need.
 */
import type { IpAddr, Mac } from './address.js';
import {
  IP_ANY,
  IP_BROADCAST,
  MAC_BROADCAST,
  isGroupMac,
  isMulticast,
  multicastMac,
  prefixOf,
  sameSubnet,
} from './address.js';
import type { ArpConfig, ArpEntry, ArpHost } from './arp-cache.js';
import { ArpCache } from './arp-cache.js';
import { ARP_REPLY, ARP_REQUEST, decodeArp, encodeArp } from './arp.js';
import { NetError } from './errors.js';
import { ETHERTYPE_ARP, ETHERTYPE_IPV4, decodeEthernet, encodeEthernet } from './ethernet.js';
import type { DropReason } from './stats.js';

/** Where an interface's frames go. */
export interface FrameSink {
  /** Takes a frame, which nobody changes afterwards. */
  send(frame: Uint8Array): void;
}

/** Sees every frame of an interface or medium, for captures. */
export type FrameTap = (direction: 'in' | 'out', frame: Uint8Array, atMicros: number) => void;

/** How an interface is made. */
export interface InterfaceOptions {
  name: string;
  mac: Mac;
  /** Longest IPv4 packet; 1500 unless given. */
  mtu?: number;
}

/** An interface's IPv4 configuration. */
export interface Ipv4Config {
  address: IpAddr;
  netmask: IpAddr;
  gateway: IpAddr;
}

/** What an interface needs of its stack. */
export interface InterfaceHost {
  readonly arp: ArpConfig;
  /** Time in microseconds. */
  now(): number;
  /** Counts a frame that is dropped. */
  drop(reason: DropReason): void;
  /** Asks for a call at a time. */
  wakeInterface(id: number, at: number): void;
  /** An IPv4 packet came; `group` when the frame was not for this MAC alone. */
  inputIp(from: NetInterface, packet: Uint8Array, group: boolean): void;
  /** An IPv4 packet could not be delivered on the link. */
  linkUnreachable(packet: Uint8Array): void;
}

/** Plain data of a {@link NetInterface}. */
export interface InterfaceState extends Ipv4Config {
  name: string;
  mac: Mac;
  mtu: number;
  up: boolean;
  dns: IpAddr[];
  groups: IpAddr[];
  arp: ArpEntry[];
  counts: InterfaceCounts;
}

/** Traffic of an interface. */
export interface InterfaceCounts {
  rxFrames: number;
  rxBytes: number;
  txFrames: number;
  txBytes: number;
}

/** Most multicast groups an interface listens to. */
const MAX_GROUPS = 16;

/** One interface of a stack; made by `NetStack.addInterface()`. */
export class NetInterface implements ArpHost {
  /** Its index in the stack. */
  readonly id: number;
  readonly name: string;
  mtu: number;
  /** Where frames go; null while nothing is attached, and then they are dropped. */
  port: FrameSink | null = null;
  /** Sees all frames when set. */
  tap: FrameTap | null = null;
  /** Name servers, as DHCP or the user set them. */
  dns: IpAddr[] = [];
  readonly arp: ArpCache;
  counts: InterfaceCounts = { rxFrames: 0, rxBytes: 0, txFrames: 0, txBytes: 0 };
  private readonly host: InterfaceHost;
  private hardware: Mac;
  private isUp = false;
  private config: Ipv4Config = { address: IP_ANY, netmask: 0, gateway: IP_ANY };
  private groups: IpAddr[] = [];

  constructor(id: number, options: InterfaceOptions, host: InterfaceHost) {
    const mtu = options.mtu ?? 1500;
    if (!Number.isInteger(mtu) || mtu < 68 || mtu > 1500)
      throw new NetError('bad-argument', 'an MTU in 68..1500', String(mtu));
    this.id = id;
    this.name = options.name;
    this.hardware = checkStationMac(options.mac);
    this.mtu = mtu;
    this.host = host;
    this.arp = new ArpCache(host.arp, this);
  }

  /** The hardware address. */
  get mac(): Mac {
    return this.hardware;
  }

  /** Changes the hardware address; only while the interface is down. */
  set mac(mac: Mac) {
    if (this.isUp) throw new NetError('bad-state', 'an interface that is down', `${this.name} up`);
    this.hardware = checkStationMac(mac);
  }

  /** Whether it carries traffic. */
  get up(): boolean {
    return this.isUp;
  }

  /** The IPv4 address, 0 when it has none. */
  get address(): IpAddr {
    return this.config.address;
  }

  get netmask(): IpAddr {
    return this.config.netmask;
  }

  /** The router for everything off the link, 0 when there is none. */
  get gateway(): IpAddr {
    return this.config.gateway;
  }

  /** The directed broadcast address of the subnet; 0 without a subnet. */
  get broadcast(): IpAddr {
    const { address, netmask } = this.config;
    return address === IP_ANY || netmask >= 0xfffffffe ? IP_ANY : (address | ~netmask) >>> 0;
  }

  /** Starts or stops traffic. Going down forgets the neighbours, coming up announces the address. */
  setUp(up: boolean): void {
    if (up === this.isUp) return;
    this.isUp = up;
    if (up) this.announce();
    else this.arp.clear();
  }

  /** Sets address, mask and gateway, forgets the neighbours and announces the new address. */
  configure(config: Ipv4Config): void {
    if (prefixOf(config.netmask) < 0)
      throw new NetError('bad-address', 'a contiguous netmask', config.netmask.toString(16));
    const changed = config.address !== this.config.address || config.netmask !== this.config.netmask;
    this.config = { address: config.address, netmask: config.netmask, gateway: config.gateway };
    if (!changed) return;
    this.arp.clear();
    if (this.isUp) this.announce();
  }

  /** Whether an address is on this link. */
  isOnLink(ip: IpAddr): boolean {
    const { address, netmask } = this.config;
    return address !== IP_ANY && sameSubnet(ip, address, netmask);
  }

  /** Listens to a multicast group; false when there are too many. */
  joinGroup(group: IpAddr): boolean {
    if (!isMulticast(group)) throw new NetError('bad-address', 'a multicast address', group.toString(16));
    if (this.groups.includes(group)) return true;
    if (this.groups.length >= MAX_GROUPS) return false;
    this.groups.push(group);
    return true;
  }

  /** Stops listening to a group; false when it did not. */
  leaveGroup(group: IpAddr): boolean {
    const at = this.groups.indexOf(group);
    if (at >= 0) this.groups.splice(at, 1);
    return at >= 0;
  }

  /** Whether it listens to a group; every host is in 224.0.0.1. */
  inGroup(group: IpAddr): boolean {
    return group === 0xe0000001 || this.groups.includes(group);
  }

  /** Sends a packet to a neighbour, to a group or to everybody on the link. */
  sendIp(nextHop: IpAddr, packet: Uint8Array): void {
    if (!this.isUp) this.host.drop('interface-down');
    else if (nextHop === IP_BROADCAST || nextHop === this.broadcast) this.sendIpTo(MAC_BROADCAST, packet);
    else if (isMulticast(nextHop)) this.sendIpTo(multicastMac(nextHop), packet);
    else this.arp.send(nextHop, packet);
  }

  /** Sends a packet to a hardware address, asking nobody. */
  sendIpTo(mac: Mac, packet: Uint8Array): void {
    this.transmit(encodeEthernet(mac, this.hardware, ETHERTYPE_IPV4, packet));
  }

  /** Takes a frame from the medium. Throws only DecodeError, which the stack counts. */
  receive(frame: Uint8Array): void {
    if (!this.isUp) {
      this.host.drop('interface-down');
      return;
    }
    this.counts.rxFrames++;
    this.counts.rxBytes += frame.length;
    if (this.tap !== null) this.tap('in', frame, this.host.now());
    const ethernet = decodeEthernet(frame);
    const group = isGroupMac(ethernet.dst);
    if ((!group && ethernet.dst !== this.hardware) || isGroupMac(ethernet.src)) this.host.drop('ethernet-not-ours');
    else if (ethernet.etherType === ETHERTYPE_IPV4) this.host.inputIp(this, ethernet.payload, group);
    else if (ethernet.etherType === ETHERTYPE_ARP) this.receiveArp(ethernet.payload);
    else this.host.drop('ethernet-unknown-type');
  }

  /** The stack's timer for `wakeInterface()` ran. */
  wake(): void {
    this.arp.expire();
  }

  /** Plain data. */
  save(): InterfaceState {
    return {
      name: this.name,
      mac: this.hardware,
      mtu: this.mtu,
      up: this.isUp,
      ...this.config,
      dns: this.dns.slice(),
      groups: this.groups.slice(),
      arp: this.arp.save(),
      counts: { ...this.counts },
    };
  }

  /** Restores a saved state, silently: nothing is announced. */
  load(state: InterfaceState): void {
    this.hardware = state.mac;
    this.mtu = state.mtu;
    this.isUp = state.up;
    this.config = { address: state.address, netmask: state.netmask, gateway: state.gateway };
    this.dns = state.dns.slice();
    this.groups = state.groups.slice();
    this.arp.load(state.arp);
    this.counts = { ...state.counts };
  }

  /** @internal For the cache. */
  now(): number {
    return this.host.now();
  }

  /** @internal For the cache. */
  ask(ip: IpAddr): void {
    this.sendArp(ARP_REQUEST, MAC_BROADCAST, 0, ip);
  }

  /** @internal For the cache. */
  release(mac: Mac, packet: Uint8Array): void {
    this.sendIpTo(mac, packet);
  }

  /** @internal For the cache. */
  discard(packet: Uint8Array, reason: 'arp-queue-full' | 'arp-unresolved'): void {
    this.host.drop(reason);
    if (reason === 'arp-unresolved') this.host.linkUnreachable(packet);
  }

  /** @internal For the cache. */
  wakeAt(at: number): void {
    this.host.wakeInterface(this.id, at);
  }

  /** Tells the link about this address, so that neighbours mend their tables (RFC 5227 §3). */
  private announce(): void {
    const address = this.config.address;
    if (address !== IP_ANY) this.sendArp(ARP_REQUEST, MAC_BROADCAST, 0, address);
  }

  private receiveArp(payload: Uint8Array): void {
    const packet = decodeArp(payload);
    const address = this.config.address;
    if (isGroupMac(packet.senderMac) || packet.senderMac === this.hardware) {
      this.host.drop('ethernet-not-ours');
      return;
    }
    const forUs = address !== IP_ANY && packet.targetIp === address;
    // Who asks for this address is about to talk to it, so its own is worth a new entry (RFC 826).
    if (packet.senderIp !== IP_ANY && packet.senderIp !== address) {
      this.arp.learn(packet.senderIp, packet.senderMac, forUs && this.isOnLink(packet.senderIp));
    }
    if (forUs && packet.op === ARP_REQUEST) {
      this.sendArp(ARP_REPLY, packet.senderMac, packet.senderMac, packet.senderIp);
    }
  }

  private sendArp(op: number, to: Mac, targetMac: Mac, targetIp: IpAddr): void {
    const packet = encodeArp({ op, senderMac: this.hardware, senderIp: this.config.address, targetMac, targetIp });
    this.transmit(encodeEthernet(to, this.hardware, ETHERTYPE_ARP, packet));
  }

  private transmit(frame: Uint8Array): void {
    if (!this.isUp || this.port === null) {
      this.host.drop('interface-down');
      return;
    }
    this.counts.txFrames++;
    this.counts.txBytes += frame.length;
    if (this.tap !== null) this.tap('out', frame, this.host.now());
    this.port.send(frame);
  }
}

function checkStationMac(mac: Mac): Mac {
  if (!Number.isInteger(mac) || mac <= 0 || mac >= MAC_BROADCAST || isGroupMac(mac)) {
    throw new NetError('bad-address', 'the MAC of one station', mac.toString(16));
  }
  return mac;
}
