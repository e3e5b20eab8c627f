/**
 * An IPv4 host: interfaces, routing, delivery to the transports, and one clock.
 *
 * Everything that comes from outside enters through `receive()` (a frame) or `fire()` (time), and neither throws because of
 * what a peer sent: a packet that is not understood is counted under its {@link DropReason}. The stack is a host, no router:
 * packets for others are dropped. Ports must not deliver a frame before `send()` returns; wires and air never do.
 */
import type { IpAddr } from './address.js';
import { IP_ANY, IP_BROADCAST, IP_LOOPBACK, isLoopback, isMulticast } from './address.js';
import type { ArpConfig } from './arp-cache.js';
import { ARP_DEFAULTS } from './arp-cache.js';
import { get16 } from './bytes.js';
import type { NetClock } from './clock.js';
import type { DhcpClientState } from './dhcp-client.js';
import { DhcpClient } from './dhcp-client.js';
import type { DhcpServerOptions, DhcpServerState } from './dhcp-server.js';
import { DhcpServer } from './dhcp-server.js';
import { DHCP_CLIENT_PORT, DHCP_SERVER_PORT, decodeDhcp } from './dhcp.js';
import type { DnsResolverState } from './dns-resolver.js';
import { DnsResolver } from './dns-resolver.js';
import { DecodeError, Errno, NetError } from './errors.js';
import {
  ICMP_ECHO_REPLY,
  ICMP_ECHO_REQUEST,
  ICMP_PORT_UNREACHABLE,
  ICMP_PROTOCOL_UNREACHABLE,
  ICMP_REASSEMBLY_TIMEOUT,
  ICMP_TIME_EXCEEDED,
  ICMP_UNREACHABLE,
  decodeIcmp,
  decodeQuote,
  encodeIcmp,
  encodeIcmpError,
} from './icmp.js';
import type { InterfaceHost, InterfaceOptions, InterfaceState } from './interface.js';
import { NetInterface } from './interface.js';
import type { IpLayer, ReadyListener, ReadySource } from './ip-layer.js';
import { TimerKind } from './ip-layer.js';
import type { Ipv4Packet } from './ipv4.js';
import { DEFAULT_TTL, PROTO_ICMP, PROTO_TCP, PROTO_UDP, decodeIpv4, encodeIpv4, encodeIpv4Fragments } from './ipv4.js';
import type { PingerState } from './ping.js';
import { Pinger } from './ping.js';
import { Prng } from './prng.js';
import type { PartialDatagram, ReassemblyConfig } from './reassembly.js';
import { REASSEMBLY_DEFAULTS, Reassembler } from './reassembly.js';
import type { DropCounts, DropReason } from './stats.js';
import { noDrops } from './stats.js';
import type { TcpConfig } from './tcp-connection.js';
import { TCP_DEFAULTS } from './tcp-connection.js';
import { decodeTcp } from './tcp-segment.js';
import type { TcpLayerState } from './tcp.js';
import { TcpLayer } from './tcp.js';
import type { TimerQueueState } from './timers.js';
import { TimerQueue } from './timers.js';
import type { UdpConfig, UdpState } from './udp-socket.js';
import { UDP_DEFAULTS, UdpLayer } from './udp-socket.js';
import { UDP_HEADER, decodeUdp, encodeUdp } from './udp.js';

/** How a stack is made. */
export interface StackOptions {
  /** Seeds port and transaction numbers; stacks on one link should differ. */
  seed: number;
  /** What the clock hands back with the stack's event; 0 unless given. */
  token?: number;
  arp?: Partial<ArpConfig>;
  reassembly?: Partial<ReassemblyConfig>;
  udp?: Partial<UdpConfig>;
  tcp?: Partial<TcpConfig>;
}

/** Plain data of a {@link NetStack}. */
export interface StackState {
  prng: number;
  nextPacketId: number;
  defaultInterface: number;
  timers: TimerQueueState;
  interfaces: InterfaceState[];
  loopback: Uint8Array[];
  reassembly: PartialDatagram[];
  drops: DropCounts;
  icmpTokens: number;
  icmpAt: number;
  udp: UdpState;
  tcp: TcpLayerState;
  ping: PingerState;
  resolver: DnsResolverState;
  dhcpClients: (DhcpClientState | null)[];
  dhcpServers: (DhcpServerState | null)[];
}

/** Most interfaces of one stack. */
const MAX_INTERFACES = 8;
/** Packets to itself that may wait, and how long each takes. */
const LOOPBACK_QUEUE = 32;
const LOOPBACK_DELAY = 10;
const LOOPBACK_MTU = 16384;
/** ICMP errors: a burst of this many, then one each interval (RFC 1812 §4.3.2.8 asks for a limit). */
const ICMP_BURST = 6;
const ICMP_INTERVAL = 100_000;

/** A host's IPv4 stack. */
export class NetStack implements IpLayer, InterfaceHost {
  /** Neighbour limits. */
  readonly arp: ArpConfig;
  readonly prng: Prng;
  readonly udp: UdpLayer;
  readonly tcp: TcpLayer;
  readonly ping: Pinger;
  readonly resolver: DnsResolver;
  /** Told when something became ready. Not saved. */
  onReady: ReadyListener | null = null;
  /** Packets discarded since the start, by reason. */
  drops: DropCounts = noDrops();
  private readonly clock: NetClock;
  private readonly timers: TimerQueue;
  private readonly reassembler: Reassembler;
  private readonly interfaces: NetInterface[] = [];
  private readonly dhcpClients: (DhcpClient | null)[] = [];
  private readonly dhcpServers: (DhcpServer | null)[] = [];
  private defaultInterface = 0;
  private nextPacketId: number;
  private loopback: Uint8Array[] = [];
  private icmpTokens = ICMP_BURST;
  private icmpAt = 0;

  constructor(clock: NetClock, options: StackOptions) {
    this.clock = clock;
    this.timers = new TimerQueue(clock, options.token ?? 0);
    this.prng = new Prng(options.seed);
    this.arp = { ...ARP_DEFAULTS, ...options.arp };
    this.reassembler = new Reassembler({ ...REASSEMBLY_DEFAULTS, ...options.reassembly });
    this.nextPacketId = this.prng.below(65536);
    this.udp = new UdpLayer({ ...UDP_DEFAULTS, ...options.udp }, this);
    this.tcp = new TcpLayer({ ...TCP_DEFAULTS, ...options.tcp }, this);
    this.ping = new Pinger(this);
    this.resolver = new DnsResolver(this);
  }

  /** Adds an interface, which is down and has no address. The first one is the default. */
  addInterface(options: InterfaceOptions): NetInterface {
    if (this.interfaces.length >= MAX_INTERFACES) {
      throw new NetError('limit', `at most ${MAX_INTERFACES} interfaces`, String(this.interfaces.length + 1));
    }
    if (this.interfaces.some((i) => i.name === options.name)) {
      throw new NetError('duplicate', 'a new interface name', options.name);
    }
    const added = new NetInterface(this.interfaces.length, options, this);
    this.interfaces.push(added);
    this.dhcpClients.push(null);
    this.dhcpServers.push(null);
    return added;
  }

  /** The interfaces, by id. */
  listInterfaces(): readonly NetInterface[] {
    return this.interfaces;
  }

  /** The interface whose gateway is preferred, and which carries packets to 255.255.255.255. */
  setDefaultInterface(id: number): void {
    this.defaultInterface = this.interfaceAt(id).id;
  }

  /** A frame came to an interface. */
  receive(interfaceId: number, frame: Uint8Array): void {
    const to = this.interfaceAt(interfaceId);
    this.guard(() => to.receive(frame));
  }

  /** The clock's event came. */
  fire(): void {
    this.timers.fire((kind, id) => this.onTimer(kind, id));
  }

  /** Obtains and keeps an address by DHCP on an interface. */
  startDhcpClient(interfaceId: number, hostname: string): DhcpClient {
    const on = this.interfaceAt(interfaceId);
    const client = this.dhcpClients[on.id] ?? new DhcpClient(this, on);
    this.dhcpClients[on.id] = client;
    client.start(hostname);
    return client;
  }

  /** The DHCP client of an interface, if it was ever started. */
  dhcpClient(interfaceId: number): DhcpClient | null {
    return this.dhcpClients[this.interfaceAt(interfaceId).id];
  }

  /** Hands out addresses by DHCP on an interface, which must have one itself. */
  startDhcpServer(interfaceId: number, options: DhcpServerOptions): DhcpServer {
    const on = this.interfaceAt(interfaceId);
    const server = new DhcpServer(this, on, options);
    this.dhcpServers[on.id] = server;
    return server;
  }

  /** Stops handing out addresses. */
  stopDhcpServer(interfaceId: number): void {
    this.dhcpServers[this.interfaceAt(interfaceId).id] = null;
  }

  /** The DHCP server of an interface. */
  dhcpServer(interfaceId: number): DhcpServer | null {
    return this.dhcpServers[this.interfaceAt(interfaceId).id];
  }

  /** Whether an interface exists, as typed misuse otherwise. */
  interfaceAt(id: number): NetInterface {
    const found = this.interfaces[id];
    if (found === undefined) throw new NetError('unknown-id', 'the id of an interface', String(id));
    return found;
  }

  // --- What transports use -----------------------------------------------------------------------------------------

  /** Time in microseconds. */
  now(): number {
    return this.clock.nowMicros();
  }

  /** Sets the timer of a kind and id to a time. */
  setTimer(kind: number, id: number, at: number): void {
    this.timers.set(kind, id, at);
  }

  /** Clears it. */
  clearTimer(kind: number, id: number): void {
    this.timers.clear(kind, id);
  }

  /** Something may go on that had to wait. */
  ready(source: ReadySource, id: number): void {
    if (this.onReady !== null) this.onReady(source, id);
  }

  /** Counts a packet that is dropped. */
  drop(reason: DropReason): void {
    this.drops[reason]++;
  }

  isLocal(ip: IpAddr): boolean {
    return isLoopback(ip) || this.interfaceOf(ip) !== undefined;
  }

  isBroadcast(ip: IpAddr): boolean {
    return ip === IP_BROADCAST || (ip !== IP_ANY && this.interfaces.some((i) => i.up && i.broadcast === ip));
  }

  interfaceOf(ip: IpAddr): NetInterface | undefined {
    return ip === IP_ANY ? undefined : this.interfaces.find((i) => i.up && i.address === ip);
  }

  sourceFor(dst: IpAddr): IpAddr {
    if (isLoopback(dst)) return IP_LOOPBACK;
    if (this.isLocal(dst)) return dst;
    return this.route(IP_ANY, dst)?.address ?? IP_ANY;
  }

  mtuTowards(dst: IpAddr): number {
    if (this.isLocal(dst)) return LOOPBACK_MTU;
    return this.route(IP_ANY, dst)?.mtu ?? 576;
  }

  sendIp(src: IpAddr, dst: IpAddr, protocol: number, ttl: number, payload: Uint8Array): number {
    const fields = { src, dst, protocol, ttl, id: this.takePacketId() };
    if (this.isLocal(dst)) return this.sendLoopback(encodeIpv4(fields, payload));
    const way = this.route(src, dst);
    if (way === undefined) {
      this.drop('ip-no-route');
      return -Errno.EHOSTUNREACH;
    }
    const direct = way.isOnLink(dst) || dst === IP_BROADCAST || isMulticast(dst);
    for (const packet of encodeIpv4Fragments(fields, payload, way.mtu)) way.sendIp(direct ? dst : way.gateway, packet);
    return 0;
  }

  /** @internal Sends a datagram past routing and ARP, as DHCP needs it. */
  sendUdpOn(on: NetInterface, mac: number, src: IpAddr, dst: IpAddr, ports: [number, number], data: Uint8Array): void {
    const udp = encodeUdp(src, dst, ports[0], ports[1], data);
    const fields = { src, dst, protocol: PROTO_UDP, ttl: DEFAULT_TTL, id: this.takePacketId() };
    on.sendIpTo(mac, encodeIpv4(fields, udp));
  }

  // --- What interfaces use -----------------------------------------------------------------------------------------

  /** Asks for a call of an interface at a time. */
  wakeInterface(id: number, at: number): void {
    if (at < 0) this.timers.clear(TimerKind.interface, id);
    else this.timers.set(TimerKind.interface, id, at);
  }

  inputIp(from: NetInterface, bytes: Uint8Array, group: boolean): void {
    const packet = decodeIpv4(bytes);
    if (isLoopback(packet.src) || isLoopback(packet.dst) || isMulticast(packet.src) || this.isBroadcast(packet.src)) {
      this.drop('ip-martian');
    } else if (this.interfaceOf(packet.src) !== undefined) {
      this.drop('ip-martian');
    } else if (!this.accepts(from, packet, group)) {
      this.drop('ip-not-ours');
    } else if (!packet.moreFragments && packet.fragmentOffset === 0) {
      this.deliver(from, packet, group);
    } else {
      const whole = this.reassembler.add(packet, this.now());
      this.watchReassembly();
      if (typeof whole !== 'string') this.deliver(from, whole, group);
      else if (whole !== 'waiting') this.drop(whole);
    }
  }

  linkUnreachable(bytes: Uint8Array): void {
    const packet = decodeIpv4(bytes);
    if (packet.payload.length >= 8) this.reportUnreachable(bytes, Errno.EHOSTUNREACH);
  }

  // --- Snapshots ---------------------------------------------------------------------------------------------------

  /** Plain data. It names an event of the clock, so the clock is to be saved with it. */
  save(): StackState {
    return {
      prng: this.prng.save(),
      nextPacketId: this.nextPacketId,
      defaultInterface: this.defaultInterface,
      timers: this.timers.save(),
      interfaces: this.interfaces.map((i) => i.save()),
      loopback: this.loopback.map((packet) => packet.slice()),
      reassembly: this.reassembler.save(),
      drops: { ...this.drops },
      icmpTokens: this.icmpTokens,
      icmpAt: this.icmpAt,
      udp: this.udp.save(),
      tcp: this.tcp.save(),
      ping: this.ping.save(),
      resolver: this.resolver.save(),
      dhcpClients: this.dhcpClients.map((client) => (client === null ? null : client.save())),
      dhcpServers: this.dhcpServers.map((server) => (server === null ? null : server.save())),
    };
  }

  /** Restores a state into a stack that has the same interfaces and options. Ports and listeners stay as they are. */
  load(state: StackState): void {
    const names = (list: readonly { name: string }[]) => list.map((i) => i.name).join(', ');
    if (names(state.interfaces) !== names(this.interfaces)) {
      throw new NetError('bad-state', `interfaces ${names(this.interfaces)}`, names(state.interfaces));
    }
    this.prng.load(state.prng);
    this.nextPacketId = state.nextPacketId;
    this.defaultInterface = state.defaultInterface;
    this.loopback = state.loopback.map((packet) => packet.slice());
    this.reassembler.load(state.reassembly);
    this.drops = { ...noDrops(), ...state.drops };
    this.icmpTokens = state.icmpTokens;
    this.icmpAt = state.icmpAt;
    for (const i of this.interfaces) i.load(state.interfaces[i.id]);
    this.udp.load(state.udp);
    this.tcp.load(state.tcp);
    this.ping.load(state.ping);
    this.resolver.load(state.resolver);
    for (const i of this.interfaces) {
      const client = state.dhcpClients[i.id];
      this.dhcpClients[i.id] = client === null ? null : DhcpClient.from(this, i, client);
      const server = state.dhcpServers[i.id];
      this.dhcpServers[i.id] = server === null ? null : DhcpServer.from(this, i, server);
    }
    this.timers.load(state.timers);
  }

  /** After `load()` with a clock that was not restored: schedules the stack's event anew. */
  rearm(): void {
    this.timers.rearm();
  }

  // --- Internals ---------------------------------------------------------------------------------------------------

  private takePacketId(): number {
    this.nextPacketId = (this.nextPacketId + 1) & 0xffff;
    return this.nextPacketId;
  }

  /** Runs a decoder's user; what a peer sent may only be counted. */
  private guard(handle: () => void): void {
    try {
      handle();
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.drop(`malformed-${error.layer}`);
    }
  }

  private onTimer(kind: number, id: number): void {
    switch (kind) {
      case TimerKind.interface:
        this.interfaceAt(id).wake();
        break;
      case TimerKind.reassembly:
        this.expireReassembly();
        break;
      case TimerKind.loopback:
        this.deliverLoopback();
        break;
      case TimerKind.ping:
        this.ping.onTimer(id);
        break;
      case TimerKind.dhcpClient:
        this.dhcpClients[id]?.onTimer();
        break;
      case TimerKind.dnsResolver:
        this.resolver.onTimer(id);
        break;
      default:
        this.tcp.onTimer(kind, id);
    }
  }

  /** The interface towards an address: on its link, else through a gateway, the default interface's first. */
  private route(src: IpAddr, dst: IpAddr): NetInterface | undefined {
    const preferred = this.interfaces[this.defaultInterface] as NetInterface | undefined;
    const usable = (i: NetInterface) => i.up && i.address !== IP_ANY;
    if (dst === IP_BROADCAST || isMulticast(dst)) {
      const own = this.interfaceOf(src);
      if (own !== undefined) return own;
      if (preferred !== undefined && usable(preferred)) return preferred;
      return this.interfaces.find(usable);
    }
    let best: NetInterface | undefined;
    for (const i of this.interfaces) {
      if (usable(i) && i.isOnLink(dst) && (best === undefined || i.netmask > best.netmask)) best = i;
    }
    if (best !== undefined) return best;
    const routed = (i: NetInterface) => usable(i) && i.gateway !== IP_ANY && i.isOnLink(i.gateway);
    if (preferred !== undefined && routed(preferred)) return preferred;
    return this.interfaces.find(routed);
  }

  private accepts(from: NetInterface, packet: Ipv4Packet, group: boolean): boolean {
    const dst = packet.dst;
    if (dst === IP_BROADCAST || (dst === from.broadcast && dst !== IP_ANY)) return true;
    if (isMulticast(dst)) return from.inGroup(dst);
    // One host's packet in a frame to all is somebody's mistake or an attack (RFC 1122 §3.3.6).
    if (this.interfaceOf(dst) !== undefined) return !group;
    // An offer may come to the address that is being offered.
    const client = this.dhcpClients[from.id];
    if (client === null || !client.listening || packet.protocol !== PROTO_UDP) return false;
    return (
      packet.payload.length >= UDP_HEADER &&
      packet.fragmentOffset === 0 &&
      get16(packet.payload, 2) === DHCP_CLIENT_PORT
    );
  }

  /** Hands a whole packet to its transport. `from` is null for packets to oneself. */
  private deliver(from: NetInterface | null, packet: Ipv4Packet, group: boolean): void {
    switch (packet.protocol) {
      case PROTO_TCP:
        if (group || isMulticast(packet.dst) || this.isBroadcast(packet.dst)) this.drop('ip-not-ours');
        else this.tcp.input(packet.src, packet.dst, decodeTcp(packet.src, packet.dst, packet.payload));
        break;
      case PROTO_UDP:
        this.deliverUdp(from, packet, group);
        break;
      case PROTO_ICMP:
        this.deliverIcmp(packet);
        break;
      default:
        this.drop('ip-unknown-protocol');
        this.sendError(packet, group, ICMP_UNREACHABLE, ICMP_PROTOCOL_UNREACHABLE);
    }
  }

  private deliverUdp(from: NetInterface | null, packet: Ipv4Packet, group: boolean): void {
    const datagram = decodeUdp(packet.src, packet.dst, packet.payload);
    if (from !== null) {
      const client = this.dhcpClients[from.id];
      if (datagram.dstPort === DHCP_CLIENT_PORT && client !== null && client.listening) {
        client.input(decodeDhcp(datagram.payload));
        return;
      }
      const server = this.dhcpServers[from.id];
      if (datagram.dstPort === DHCP_SERVER_PORT && server !== null) {
        server.input(decodeDhcp(datagram.payload));
        return;
      }
    }
    if (this.udp.input(packet.src, packet.dst, datagram)) return;
    this.drop('udp-no-socket');
    this.sendError(packet, group, ICMP_UNREACHABLE, ICMP_PORT_UNREACHABLE);
  }

  private deliverIcmp(packet: Ipv4Packet): void {
    const message = decodeIcmp(packet.payload);
    if (message.type === ICMP_ECHO_REQUEST && message.code === 0 && this.isLocal(packet.dst)) {
      const reply = encodeIcmp(ICMP_ECHO_REPLY, 0, message.rest, message.data);
      this.sendIp(packet.dst, packet.src, PROTO_ICMP, DEFAULT_TTL, reply);
    } else if (message.type === ICMP_UNREACHABLE || message.type === ICMP_TIME_EXCEEDED) {
      this.reportUnreachable(message.data, errnoOf(message.type, message.code));
    } else if (!this.ping.input(packet.src, message)) {
      this.drop('icmp-ignored');
    }
  }

  /** Tells the transport that sent the quoted packet that it did not arrive. */
  private reportUnreachable(quoted: Uint8Array, errno: number): void {
    const quote = decodeQuote(quoted);
    if (quote.protocol === PROTO_UDP) {
      this.udp.unreachable(quote.src, quote.srcPort, quote.dst, quote.dstPort, errno);
    } else if (quote.protocol === PROTO_TCP) {
      this.tcp.unreachable(quote.src, quote.srcPort, quote.dst, quote.dstPort, quote.seq, errno);
    } else if (quote.protocol === PROTO_ICMP && quote.srcPort >>> 8 === ICMP_ECHO_REQUEST) {
      this.ping.unreachable(quote.dst, quote.seq >>> 16);
    }
  }

  /** Answers a packet with an ICMP error, where errors are allowed (RFC 1122 §3.2.2). */
  private sendError(packet: Ipv4Packet, group: boolean, type: number, code: number): void {
    if (group || !this.isLocal(packet.dst) || packet.src === IP_ANY || packet.protocol === PROTO_ICMP) return;
    const now = this.now();
    this.icmpTokens = Math.min(ICMP_BURST, this.icmpTokens + (now - this.icmpAt) / ICMP_INTERVAL);
    this.icmpAt = now;
    if (this.icmpTokens < 1) {
      this.drop('icmp-rate-limited');
      return;
    }
    this.icmpTokens--;
    this.sendIp(packet.dst, packet.src, PROTO_ICMP, DEFAULT_TTL, encodeIcmpError(type, code, packet));
  }

  private watchReassembly(): void {
    const at = this.reassembler.nextExpiry;
    if (at < 0) this.timers.clear(TimerKind.reassembly, 0);
    else this.timers.set(TimerKind.reassembly, 0, at);
  }

  private expireReassembly(): void {
    for (const first of this.reassembler.expire(this.now())) {
      this.drop('fragment-timeout');
      if (first !== null) this.sendError(first, false, ICMP_TIME_EXCEEDED, ICMP_REASSEMBLY_TIMEOUT);
    }
    this.watchReassembly();
  }

  private sendLoopback(packet: Uint8Array): number {
    if (this.loopback.length >= LOOPBACK_QUEUE) {
      this.drop('ip-loopback-full');
      return -Errno.ENOBUFS;
    }
    this.loopback.push(packet);
    if (this.loopback.length === 1) this.timers.set(TimerKind.loopback, 0, this.now() + LOOPBACK_DELAY);
    return 0;
  }

  private deliverLoopback(): void {
    const packet = this.loopback.shift();
    if (this.loopback.length > 0) this.timers.set(TimerKind.loopback, 0, this.now() + LOOPBACK_DELAY);
    if (packet === undefined) return;
    this.guard(() => this.deliver(null, decodeIpv4(packet), false));
  }
}

/** What a program is told about an ICMP error. */
function errnoOf(type: number, code: number): number {
  if (type !== ICMP_UNREACHABLE) return Errno.EHOSTUNREACH;
  if (code === ICMP_PORT_UNREACHABLE || code === ICMP_PROTOCOL_UNREACHABLE) return Errno.ECONNREFUSED;
  return code === 0 ? Errno.ENETUNREACH : Errno.EHOSTUNREACH;
}
