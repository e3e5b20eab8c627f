/**
 * The TCP layer of a stack: listeners, the table of connections, ports, and what happens to segments that fit none.
 *
 * The table is small, as a board's is, so it is searched in order.
 */
import type { IpAddr } from './address.js';
import { IP_ANY, isMulticast } from './address.js';
import { Errno, NetError, checkInteger } from './errors.js';
import type { IpLayer } from './ip-layer.js';
import { EPHEMERAL_COUNT, EPHEMERAL_FIRST, TimerKind, nextEphemeral } from './ip-layer.js';
import { DEFAULT_TTL, PROTO_TCP } from './ipv4.js';
import type { TcpConfig, TcpConnectionState, TcpHost } from './tcp-connection.js';
import { TcpConnection } from './tcp-connection.js';
import { takeSyn, tcpInput } from './tcp-input.js';
import { onDelayedAck, onPersist, onRetransmit, sendSyn } from './tcp-output.js';
import type { TcpSegment } from './tcp-segment.js';
import { TCP_ACK, TCP_RST, TCP_SYN, encodeTcp, segmentLength, seqAdd, seqLt } from './tcp-segment.js';

/** Plain data of a {@link TcpListener}. */
export interface TcpListenerState {
  id: number;
  ip: IpAddr;
  port: number;
  backlog: number;
  queue: number[];
}

/** Plain data of a {@link TcpLayer}. */
export interface TcpLayerState {
  nextId: number;
  lastPort: number;
  secret: number;
  listeners: TcpListenerState[];
  connections: TcpConnectionState[];
}

/** A port that accepts connections; made by {@link TcpLayer.listen}. */
export class TcpListener {
  readonly id: number;
  readonly ip: IpAddr;
  readonly port: number;
  /** Most connections that may be under way or waiting to be accepted. */
  backlog: number;
  /** @internal Ids of established connections nobody accepted yet. */
  queue: number[] = [];
  private readonly layer: TcpLayer;

  /** @internal */
  constructor(id: number, ip: IpAddr, port: number, backlog: number, layer: TcpLayer) {
    this.id = id;
    this.ip = ip;
    this.port = port;
    this.backlog = backlog;
    this.layer = layer;
  }

  /** Whether `accept()` has a connection. */
  get readable(): boolean {
    return this.queue.length > 0;
  }

  /** The connection that waits longest, or null. The caller owns it and has to close it. */
  accept(): TcpConnection | null {
    const id = this.queue.shift();
    return id === undefined ? null : (this.layer.get(id) ?? null);
  }

  /** Stops listening; connections that were not accepted are reset. */
  close(): void {
    this.layer.closeListener(this);
  }
}

/** Options of {@link TcpLayer.connect} and {@link TcpLayer.listen}. */
export interface TcpBindOptions {
  /** Local address, 0 for the one that fits. */
  ip?: IpAddr;
  /** Local port, 0 for a free one. */
  port?: number;
  /** Whether connections that linger on the port do not matter (SO_REUSEADDR). */
  reuse?: boolean;
  /** For listening: whether the address may be one that this stack does not have (yet). */
  foreign?: boolean;
}

/** All TCP connections and listeners of a stack. */
export class TcpLayer implements TcpHost {
  readonly config: TcpConfig;
  readonly ip: IpLayer;
  private connections: TcpConnection[] = [];
  private listeners: TcpListener[] = [];
  private nextId = 1;
  private lastPort: number;
  private secret: number;

  /** @internal */
  constructor(config: TcpConfig, ip: IpLayer) {
    checkConfig(config);
    this.config = config;
    this.ip = ip;
    this.lastPort = EPHEMERAL_FIRST + ip.prng.below(EPHEMERAL_COUNT);
    this.secret = ip.prng.next();
  }

  /** Starts a connection. It is `readable` or `writable` when that has worked or failed. A number is an error. */
  connect(ip: IpAddr, port: number, options: TcpBindOptions = {}): TcpConnection | number {
    checkInteger('port', port, 0, 65535);
    const localPort = checkInteger('port', options.port ?? 0, 0, 65535);
    if (port === 0 || ip === IP_ANY) return -Errno.EINVAL;
    if (isMulticast(ip) || this.ip.isBroadcast(ip)) return -Errno.ENETUNREACH;
    const localIp = options.ip === undefined || options.ip === IP_ANY ? this.ip.sourceFor(ip) : options.ip;
    if (localIp === IP_ANY) return -Errno.EHOSTUNREACH;
    if (!this.ip.isLocal(localIp)) return -Errno.EADDRNOTAVAIL;
    const chosen = localPort === 0 ? this.freePort() : localPort;
    if (chosen === 0) return -Errno.EADDRINUSE;
    if (this.find(localIp, chosen, ip, port) !== undefined) return -Errno.EADDRINUSE;
    const c = this.create();
    if (c === null) return -Errno.ENOMEM;
    c.owned = true;
    c.state = 'syn-sent';
    this.address(c, localIp, chosen, ip, port);
    sendSyn(c);
    return c;
  }

  /** Starts listening on a port (0 for a free one). A number is an error. */
  listen(backlog: number, options: TcpBindOptions = {}): TcpListener | number {
    checkInteger('backlog', backlog, 0, 1 << 30);
    const port = checkInteger('port', options.port ?? 0, 0, 65535);
    const ip = options.ip ?? IP_ANY;
    if (ip !== IP_ANY && options.foreign !== true && !this.ip.isLocal(ip)) return -Errno.EADDRNOTAVAIL;
    const chosen = port === 0 ? this.freePort() : port;
    if (chosen === 0 || this.isTaken(ip, chosen, options.reuse === true)) return -Errno.EADDRINUSE;
    if (this.listeners.length >= this.config.listeners) return -Errno.ENOMEM;
    const listener = new TcpListener(this.takeId(), ip, chosen, this.clampBacklog(backlog), this);
    this.listeners.push(listener);
    return listener;
  }

  /** Whether listening on an address and port would fail with EADDRINUSE. */
  isTaken(ip: IpAddr, port: number, reuse: boolean): boolean {
    const same = (other: IpAddr) => other === ip || other === IP_ANY || ip === IP_ANY;
    if (this.listeners.some((listener) => listener.port === port && same(listener.ip))) return true;
    return !reuse && this.connections.some((c) => c.localPort === port && same(c.localIp) && c.state !== 'closed');
  }

  /** The connection of an id. */
  get(id: number): TcpConnection | undefined {
    return this.connections.find((c) => c.id === id);
  }

  /** The listener of an id. */
  getListener(id: number): TcpListener | undefined {
    return this.listeners.find((listener) => listener.id === id);
  }

  /** All connections, those that linger without an owner included. */
  list(): readonly TcpConnection[] {
    return this.connections;
  }

  /** @internal A segment came. */
  input(src: IpAddr, dst: IpAddr, segment: TcpSegment): void {
    const c = this.find(dst, segment.dstPort, src, segment.srcPort);
    if (c !== undefined && !this.replaces(c, segment)) {
      tcpInput(c, segment);
      return;
    }
    const listener = this.listeners.find((l) => l.port === segment.dstPort && (l.ip === dst || l.ip === IP_ANY));
    const kind = segment.flags & (TCP_SYN | TCP_ACK | TCP_RST);
    if (listener !== undefined && kind === TCP_SYN) {
      this.open(listener, src, dst, segment);
      return;
    }
    this.ip.drop('tcp-no-connection');
    if ((segment.flags & TCP_RST) === 0) this.refuse(src, dst, segment);
  }

  /** @internal An ICMP error about a segment that was sent from here (RFC 9293 §3.9.2.2, RFC 5461). */
  unreachable(
    localIp: IpAddr,
    localPort: number,
    remoteIp: IpAddr,
    remotePort: number,
    seq: number,
    errno: number,
  ): void {
    const c = this.find(localIp, localPort, remoteIp, remotePort);
    if (c === undefined || seqLt(seq, c.sndUna) || seqLt(c.sndMax, seq)) return;
    if (c.state === 'syn-sent' && errno === Errno.ECONNREFUSED) c.finish(errno);
    else c.softError = errno;
  }

  /** @internal A timer of a connection ran. */
  onTimer(kind: number, id: number): void {
    const c = this.get(id);
    if (c === undefined) return;
    if (kind === TimerKind.tcpRetransmit) onRetransmit(c);
    else if (kind === TimerKind.tcpPersist) onPersist(c);
    else if (kind === TimerKind.tcpDelayedAck) onDelayedAck(c);
    else c.onWait();
  }

  /** @internal */
  accepted(c: TcpConnection): void {
    const listener = this.getListener(c.listener);
    if (listener === undefined) return;
    c.owned = true;
    listener.queue.push(c.id);
    this.ip.ready('listener', listener.id);
  }

  /** @internal */
  ended(c: TcpConnection): void {
    const queue = this.getListener(c.listener)?.queue;
    const waiting = queue === undefined ? -1 : queue.indexOf(c.id);
    if (queue !== undefined && waiting >= 0) queue.splice(waiting, 1);
    else if (c.owned) return;
    const at = this.connections.indexOf(c);
    if (at >= 0) this.connections.splice(at, 1);
  }

  /** @internal */
  closeListener(listener: TcpListener): void {
    const at = this.listeners.indexOf(listener);
    if (at < 0) return;
    for (const c of this.connections.slice()) {
      if (c.listener === listener.id && (c.state === 'syn-received' || listener.queue.includes(c.id))) {
        c.abort(Errno.ECONNABORTED);
      }
    }
    this.listeners.splice(at, 1);
  }

  /** @internal */
  save(): TcpLayerState {
    return {
      nextId: this.nextId,
      lastPort: this.lastPort,
      secret: this.secret,
      listeners: this.listeners.map((l) => ({
        id: l.id,
        ip: l.ip,
        port: l.port,
        backlog: l.backlog,
        queue: l.queue.slice(),
      })),
      connections: this.connections.map((c) => c.save()),
    };
  }

  /** @internal */
  load(state: TcpLayerState): void {
    if (state.connections.length > this.config.connections || state.listeners.length > this.config.listeners) {
      const got = `${state.connections.length} connections, ${state.listeners.length} listeners`;
      throw new NetError('limit', 'a state within this configuration', got);
    }
    this.nextId = state.nextId;
    this.lastPort = state.lastPort;
    this.secret = state.secret;
    this.listeners = state.listeners.map((saved) => {
      const listener = new TcpListener(saved.id, saved.ip, saved.port, saved.backlog, this);
      listener.queue = saved.queue.slice();
      return listener;
    });
    this.connections = state.connections.map((saved) => {
      const c = new TcpConnection(saved.id, this);
      c.load(saved);
      return c;
    });
  }

  /** @internal */
  clampBacklog(backlog: number): number {
    return Math.max(1, Math.min(backlog, this.config.backlog));
  }

  private takeId(): number {
    return this.nextId++;
  }

  private find(localIp: IpAddr, localPort: number, remoteIp: IpAddr, remotePort: number): TcpConnection | undefined {
    for (const c of this.connections) {
      if (c.localPort !== localPort || c.remotePort !== remotePort) continue;
      if (c.remoteIp === remoteIp && c.localIp === localIp && c.state !== 'closed') return c;
    }
    return undefined;
  }

  /** Whether a new SYN takes over a connection in TIME-WAIT (RFC 9293 §3.10.7.4); then that is gone. */
  private replaces(c: TcpConnection, segment: TcpSegment): boolean {
    if (c.state !== 'time-wait' || (segment.flags & (TCP_SYN | TCP_ACK | TCP_RST)) !== TCP_SYN) return false;
    if (!seqLt(c.rcvNxt, segment.seq)) return false;
    c.finish(0);
    return true;
  }

  /** A SYN came to a listener. */
  private open(listener: TcpListener, src: IpAddr, dst: IpAddr, segment: TcpSegment): void {
    let pending = listener.queue.length;
    for (const other of this.connections) {
      if (other.listener === listener.id && other.state === 'syn-received') pending++;
    }
    if (pending >= listener.backlog) {
      this.ip.drop('tcp-backlog-full');
      return;
    }
    const c = this.create();
    if (c === null) {
      this.ip.drop('tcp-table-full');
      return;
    }
    c.listener = listener.id;
    c.state = 'syn-received';
    this.address(c, dst, segment.dstPort, src, segment.srcPort);
    takeSyn(c, segment);
    sendSyn(c);
  }

  /** A new connection; the oldest one in TIME-WAIT gives way when the table is full. */
  private create(): TcpConnection | null {
    if (this.connections.length >= this.config.connections) {
      const oldest = this.connections.find((c) => c.state === 'time-wait' && !c.owned);
      if (oldest === undefined) return null;
      oldest.finish(0);
    }
    const c = new TcpConnection(this.takeId(), this);
    this.connections.push(c);
    return c;
  }

  private address(c: TcpConnection, localIp: IpAddr, localPort: number, remoteIp: IpAddr, remotePort: number): void {
    c.localIp = localIp;
    c.localPort = localPort;
    c.remoteIp = remoteIp;
    c.remotePort = remotePort;
    // A clock of 4 microseconds plus a number peculiar to the pair of addresses (RFC 9293 §3.4.1).
    let hash = this.secret;
    for (const word of [localIp, remoteIp, localPort * 65536 + remotePort]) {
      hash = Math.imul(hash ^ word, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    c.iss = (Math.floor(this.ip.now() / 4) + (hash >>> 0)) >>> 0;
    c.sndUna = c.iss;
    c.sndNxt = c.iss;
    c.sndMax = c.iss;
  }

  private freePort(): number {
    const port = nextEphemeral(this.lastPort, (p) => this.isTaken(IP_ANY, p, false));
    if (port !== 0) this.lastPort = port;
    return port;
  }

  /** Answers a segment that belongs to no connection (RFC 9293 §3.10.7.1). */
  private refuse(src: IpAddr, dst: IpAddr, segment: TcpSegment): void {
    const hasAck = (segment.flags & TCP_ACK) !== 0;
    const reset: TcpSegment = {
      srcPort: segment.dstPort,
      dstPort: segment.srcPort,
      seq: hasAck ? segment.ack : 0,
      ack: hasAck ? 0 : seqAdd(segment.seq, segmentLength(segment)),
      flags: hasAck ? TCP_RST : TCP_RST | TCP_ACK,
      window: 0,
      urgent: 0,
      mss: 0,
      payload: new Uint8Array(0),
    };
    this.ip.sendIp(dst, src, PROTO_TCP, DEFAULT_TTL, encodeTcp(dst, src, reset));
  }
}

function checkConfig(config: TcpConfig): void {
  checkInteger('tcp.mss', config.mss, 64, 65495);
  checkInteger('tcp.sendBuffer', config.sendBuffer, 1, 1 << 24);
  checkInteger('tcp.receiveBuffer', config.receiveBuffer, 1, 65535);
  checkInteger('tcp.delayedAck', config.delayedAck, 0, 500_000);
  checkInteger('tcp.rtoMin', config.rtoMin, 1, config.rtoMax);
  checkInteger('tcp.rtoInitial', config.rtoInitial, 1, config.rtoMax);
  checkInteger('tcp.synRetries', config.synRetries, 0, 100);
  checkInteger('tcp.dataRetries', config.dataRetries, 0, 100);
  checkInteger('tcp.msl', config.msl, 1, 1e12);
  checkInteger('tcp.orphanTimeout', config.orphanTimeout, 1, 1e12);
  checkInteger('tcp.connections', config.connections, 1, 4096);
  checkInteger('tcp.listeners', config.listeners, 1, 4096);
  checkInteger('tcp.backlog', config.backlog, 1, 4096);
  checkInteger('tcp.islands', config.islands, 1, 1024);
}
