/**
 * UDP sockets: binding, bounded receive queues, errors learnt through ICMP.
 *
 * Operations return a count or a negative error number and never block.
 */
import type { IpAddr } from './address.js';
import { IP_ANY, isMulticast } from './address.js';
import { Errno, NetError, checkInteger } from './errors.js';
import type { IpLayer } from './ip-layer.js';
import { EPHEMERAL_COUNT, EPHEMERAL_FIRST, nextEphemeral } from './ip-layer.js';
import { DEFAULT_TTL, PROTO_UDP } from './ipv4.js';
import type { UdpDatagram } from './udp.js';
import { UDP_MAX_PAYLOAD, encodeUdp } from './udp.js';

/** Limits of the UDP layer. */
export interface UdpConfig {
  sockets: number;
  /** Datagrams and bytes that wait in one socket. */
  queueDatagrams: number;
  queueBytes: number;
}

/** Four datagrams a socket, as MicroPython's lwIP sockets have. */
export const UDP_DEFAULTS: UdpConfig = { sockets: 12, queueDatagrams: 4, queueBytes: 65536 };

/** A received datagram with its sender. */
export interface UdpReceived {
  ip: IpAddr;
  port: number;
  /** The address it was sent to. */
  to: IpAddr;
  data: Uint8Array;
}

/** Plain data of a {@link UdpSocket}. */
export interface UdpSocketState {
  id: number;
  localIp: IpAddr;
  localPort: number;
  remoteIp: IpAddr;
  remotePort: number;
  broadcast: boolean;
  reuse: boolean;
  ttl: number;
  error: number;
  queue: UdpReceived[];
}

/** Plain data of a {@link UdpLayer}. */
export interface UdpState {
  nextId: number;
  lastPort: number;
  sockets: UdpSocketState[];
}

/** A UDP socket; made by {@link UdpLayer.open}. */
export class UdpSocket {
  readonly id: number;
  localIp: IpAddr = IP_ANY;
  /** 0 until bound. */
  localPort = 0;
  remoteIp: IpAddr = IP_ANY;
  /** 0 until connected. */
  remotePort = 0;
  /** Whether sending to broadcast addresses is allowed. */
  broadcast = false;
  /** Whether others that also say so may bind the same port. */
  reuse = false;
  ttl = DEFAULT_TTL;
  /** For services inside the stack: takes datagrams instead of the queue. Not saved. */
  handler: ((received: UdpReceived) => void) | null = null;
  private readonly layer: UdpLayer;
  private error = 0;
  private queue: UdpReceived[] = [];
  private queued = 0;

  /** @internal */
  constructor(id: number, layer: UdpLayer) {
    this.id = id;
    this.layer = layer;
  }

  /** Whether `receive()` has something, be it an error. */
  get readable(): boolean {
    return this.queue.length > 0 || this.error !== 0;
  }

  /** Datagrams waiting. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Takes a local address (0 for any) and port (0 for a free one). */
  bind(ip: IpAddr, port: number): number {
    checkInteger('port', port, 0, 65535);
    if (this.localPort !== 0) return -Errno.EINVAL;
    if (ip !== IP_ANY && !isMulticast(ip) && !this.layer.ip.isLocal(ip) && !this.layer.ip.isBroadcast(ip)) {
      return -Errno.EADDRNOTAVAIL;
    }
    const chosen = port === 0 ? this.layer.freePort() : port;
    if (chosen === 0 || this.layer.isTaken(ip, chosen, this)) return -Errno.EADDRINUSE;
    this.localIp = ip;
    this.localPort = chosen;
    return 0;
  }

  /** Fixes the peer: only its datagrams are received, and `send()` goes to it. Port 0 undoes that. */
  connect(ip: IpAddr, port: number): number {
    checkInteger('port', port, 0, 65535);
    if (this.localPort === 0) {
      const result = this.bind(IP_ANY, 0);
      if (result < 0) return result;
    }
    this.remoteIp = port === 0 ? IP_ANY : ip;
    this.remotePort = port;
    return 0;
  }

  /** Sends to the connected peer. */
  send(data: Uint8Array): number {
    return this.remotePort === 0 ? -Errno.EDESTADDRREQ : this.sendTo(data, this.remoteIp, this.remotePort);
  }

  /** Sends a datagram; returns its length. */
  sendTo(data: Uint8Array, ip: IpAddr, port: number): number {
    checkInteger('port', port, 0, 65535);
    if (port === 0) return -Errno.EINVAL;
    if (data.length > UDP_MAX_PAYLOAD) return -Errno.EMSGSIZE;
    if (this.error !== 0) return this.takeError();
    const layer = this.layer.ip;
    if (!this.broadcast && layer.isBroadcast(ip)) return -Errno.EINVAL;
    if (this.localPort === 0) {
      const result = this.bind(IP_ANY, 0);
      if (result < 0) return result;
    }
    const bound = this.localIp !== IP_ANY && layer.isLocal(this.localIp);
    const src = bound ? this.localIp : layer.sourceFor(ip);
    if (src === IP_ANY) return -Errno.EHOSTUNREACH;
    const result = layer.sendIp(src, ip, PROTO_UDP, this.ttl, encodeUdp(src, ip, this.localPort, port, data));
    return result < 0 ? result : data.length;
  }

  /** The oldest datagram, or a negative error number (EAGAIN when there is none). */
  receive(): UdpReceived | number {
    if (this.error !== 0) return this.takeError();
    const received = this.queue.shift();
    if (received === undefined) return -Errno.EAGAIN;
    this.queued -= received.data.length;
    return received;
  }

  /** The oldest datagram, left in the queue. */
  peek(): UdpReceived | undefined {
    return this.queue[0];
  }

  /** Gives the port and the queue back. */
  close(): void {
    this.queue = [];
    this.queued = 0;
    this.layer.remove(this);
  }

  /** @internal A datagram came; false when there was no room. */
  deliver(received: UdpReceived): boolean {
    if (this.handler !== null) {
      this.handler(received);
      return true;
    }
    const config = this.layer.config;
    if (this.queue.length >= config.queueDatagrams || this.queued + received.data.length > config.queueBytes)
      return false;
    this.queue.push({ ...received, data: received.data.slice() });
    this.queued += received.data.length;
    this.layer.ip.ready('udp', this.id);
    return true;
  }

  /** @internal ICMP reported that the peer is not there. */
  fail(errno: number): void {
    this.error = errno;
    this.layer.ip.ready('udp', this.id);
  }

  /** @internal */
  save(): UdpSocketState {
    return {
      id: this.id,
      localIp: this.localIp,
      localPort: this.localPort,
      remoteIp: this.remoteIp,
      remotePort: this.remotePort,
      broadcast: this.broadcast,
      reuse: this.reuse,
      ttl: this.ttl,
      error: this.error,
      queue: this.queue.map((received) => ({ ...received, data: received.data.slice() })),
    };
  }

  /** @internal */
  load(state: UdpSocketState): void {
    this.localIp = state.localIp;
    this.localPort = state.localPort;
    this.remoteIp = state.remoteIp;
    this.remotePort = state.remotePort;
    this.broadcast = state.broadcast;
    this.reuse = state.reuse;
    this.ttl = state.ttl;
    this.error = state.error;
    this.queue = state.queue.map((received) => ({ ...received, data: received.data.slice() }));
    this.queued = this.queue.reduce((sum, received) => sum + received.data.length, 0);
  }

  private takeError(): number {
    const error = this.error;
    this.error = 0;
    return -error;
  }
}

/** All UDP sockets of a stack. */
export class UdpLayer {
  readonly config: UdpConfig;
  readonly ip: IpLayer;
  private sockets: UdpSocket[] = [];
  private nextId = 1;
  private lastPort: number;

  /** @internal */
  constructor(config: UdpConfig, ip: IpLayer) {
    checkInteger('udp.sockets', config.sockets, 1, 1024);
    checkInteger('udp.queueDatagrams', config.queueDatagrams, 1, 1024);
    checkInteger('udp.queueBytes', config.queueBytes, 1, 1 << 24);
    this.config = config;
    this.ip = ip;
    this.lastPort = EPHEMERAL_FIRST + ip.prng.below(EPHEMERAL_COUNT);
  }

  /** A new socket, or null when all are in use. */
  open(): UdpSocket | null {
    if (this.sockets.length >= this.config.sockets) return null;
    const socket = new UdpSocket(this.nextId++, this);
    this.sockets.push(socket);
    return socket;
  }

  /** The open socket of an id. */
  get(id: number): UdpSocket | undefined {
    return this.sockets.find((socket) => socket.id === id);
  }

  /** The open sockets. */
  list(): readonly UdpSocket[] {
    return this.sockets;
  }

  /** @internal Delivers a datagram; false when no socket is bound to its port. */
  input(src: IpAddr, dst: IpAddr, datagram: UdpDatagram): boolean {
    const received = { ip: src, port: datagram.srcPort, to: dst, data: datagram.payload };
    const everyone = isMulticast(dst) || this.ip.isBroadcast(dst);
    let best: UdpSocket | undefined;
    let bestScore = -1;
    let found = false;
    for (const socket of this.sockets.slice()) {
      const score = matchScore(socket, src, dst, datagram);
      if (score < 0) continue;
      found = true;
      if (everyone) this.give(socket, received);
      else if (score > bestScore) {
        best = socket;
        bestScore = score;
      }
    }
    if (best !== undefined) this.give(best, received);
    return found;
  }

  /** @internal An ICMP error about a datagram that was sent from here. */
  unreachable(localIp: IpAddr, localPort: number, remoteIp: IpAddr, remotePort: number, errno: number): void {
    for (const socket of this.sockets) {
      if (socket.localPort !== localPort || socket.remotePort !== remotePort || socket.remoteIp !== remoteIp) continue;
      if (socket.localIp === IP_ANY || socket.localIp === localIp) socket.fail(errno);
    }
  }

  /** @internal Whether binding `socket` would collide. */
  isTaken(ip: IpAddr, port: number, socket: UdpSocket): boolean {
    return this.sockets.some(
      (other) =>
        other !== socket &&
        other.localPort === port &&
        (other.localIp === ip || other.localIp === IP_ANY || ip === IP_ANY) &&
        !(other.reuse && socket.reuse),
    );
  }

  /** @internal */
  freePort(): number {
    const port = nextEphemeral(this.lastPort, (p) => this.sockets.some((socket) => socket.localPort === p));
    if (port !== 0) this.lastPort = port;
    return port;
  }

  /** @internal */
  remove(socket: UdpSocket): void {
    const at = this.sockets.indexOf(socket);
    if (at >= 0) this.sockets.splice(at, 1);
  }

  /** @internal */
  save(): UdpState {
    return { nextId: this.nextId, lastPort: this.lastPort, sockets: this.sockets.map((socket) => socket.save()) };
  }

  /** @internal */
  load(state: UdpState): void {
    if (state.sockets.length > this.config.sockets) {
      throw new NetError('limit', `at most ${this.config.sockets} sockets`, String(state.sockets.length));
    }
    this.nextId = state.nextId;
    this.lastPort = state.lastPort;
    this.sockets = state.sockets.map((saved) => {
      const socket = new UdpSocket(saved.id, this);
      socket.load(saved);
      return socket;
    });
  }

  private give(socket: UdpSocket, received: UdpReceived): void {
    if (!socket.deliver(received)) this.ip.drop('udp-queue-full');
  }
}

/** How exactly a socket fits a datagram, or -1 when it does not. */
function matchScore(socket: UdpSocket, src: IpAddr, dst: IpAddr, datagram: UdpDatagram): number {
  if (socket.localPort !== datagram.dstPort) return -1;
  let score = 0;
  if (socket.localIp !== IP_ANY) {
    if (socket.localIp !== dst) return -1;
    score++;
  }
  if (socket.remotePort !== 0) {
    if (socket.remotePort !== datagram.srcPort || socket.remoteIp !== src) return -1;
    score += 2;
  }
  return score;
}
