/**
 * A board's sockets: what stands behind the socket objects of its program. Heap objects hold numbers of records here; a record
 * holds the numbers of what the stack made for it. Counterpart: extmod/modlwip.c, with the states and errors of lwIP 2.
 *
 * Nothing here blocks: what cannot be done yet answers `STREAM_WAIT`, and time limits are the caller's, through
 * `streamStatus.deadlineUs`. A record goes when its object is closed or collected.
 */
import { type Addr, schedule, STREAM_WAIT, streamError, streamStatus, type Vm } from '@tsmp/vm';
import { IP_ANY, type IpAddr } from '../address.js';
import { Errno } from '../errors.js';
import type { NetStack } from '../stack.js';
import type { TcpConnection } from '../tcp-connection.js';
import { MSG_DONTWAIT, MSG_PEEK, SOCK_DGRAM, SOCK_STREAM, SockState } from './socket-constants.js';

const EOPNOTSUPP = 95;
/** Error numbers of lwIP's errors, by the error's negative. */
const LWIP_ERRNO: readonly number[] = [
  0,
  Errno.ENOMEM,
  Errno.ENOBUFS,
  Errno.EAGAIN,
  Errno.EHOSTUNREACH,
  Errno.EINPROGRESS,
  Errno.EINVAL,
  Errno.EAGAIN,
  Errno.EADDRINUSE,
  Errno.EALREADY,
  Errno.EALREADY,
  Errno.ENOTCONN,
  -1,
  Errno.ECONNABORTED,
  Errno.ECONNRESET,
  Errno.ENOTCONN,
  Errno.EIO,
  Errno.EBADF,
];

/** What is behind one socket object, as plain data. */
export interface SocketRecord {
  readonly id: number;
  /** `SOCK_STREAM` or `SOCK_DGRAM`. */
  readonly type: number;
  /** One of SockState's. */
  state: number;
  /** The stack's connection, listener or UDP socket; 0: none. */
  tcp: number;
  listener: number;
  udp: number;
  /** Address and port given to `bind()`; port 0: not bound. */
  ip: IpAddr;
  port: number;
  /** What `recvfrom()` tells for a connection. */
  peerIp: IpAddr;
  peerPort: number;
  reuse: boolean;
  nodelay: boolean;
  /** Milliseconds that a call may wait, −1: any time. */
  timeout: number;
  /** Bytes that a `sendall()` that waits has sent. */
  progress: number;
  /** The socket object, for its callback; the object's finaliser removes the record. Counterpart: tcp_arg(). */
  readonly object: Addr;
  /** Received sequence number that the callback was last called for. */
  told: number;
}

/** Plain data of {@link Sockets}. */
export interface SocketsState {
  readonly sockets: readonly SocketRecord[];
  readonly nextSocket: number;
  readonly lookups: readonly (readonly [string, number])[];
}

/** Most sockets of a program, those of each type: as many as the stack has control blocks. */
const MAX_STREAMS = 8;
/** Where a socket object has its callback (word index). */
const CALLBACK_WORD = 2;
/** A send that had to wait goes on with no less room than this. */
const LEAST_ROOM = 16;

/** Error number of a state that is an error. */
export function errnoOfState(state: number): number {
  return LWIP_ERRNO[-state] ?? Errno.EIO;
}

/** The sockets of a board. */
export class Sockets {
  private records = new Map<number, SocketRecord>();
  private nextId = 1;
  /** Lookups that a `getaddrinfo()` waits for: name and the resolver's number. */
  private lookups = new Map<string, number>();

  constructor(
    private readonly vm: Vm,
    readonly stack: NetStack,
  ) {
    stack.onReady = (source, id) => {
      if (source === 'tcp' || source === 'udp' || source === 'listener') this.tell(source, id);
    };
  }

  /** The record of a number; undefined when the socket is closed. */
  get(id: number): SocketRecord | undefined {
    return this.records.get(id);
  }

  /** A record for a new socket object, or a negative error number. */
  open(type: number, object: Addr): SocketRecord | number {
    if (type !== SOCK_STREAM && type !== SOCK_DGRAM) return -Errno.EINVAL;
    const s = this.add(type, object);
    if (type === SOCK_DGRAM) {
      const udp = this.stack.udp.open();
      if (udp === null) {
        this.records.delete(s.id);
        return -Errno.ENOMEM;
      }
      udp.broadcast = true;
      s.udp = udp.id;
      s.state = SockState.ActiveUdp;
      return s;
    }
    let streams = 0;
    for (const other of this.records.values()) if (other.type === SOCK_STREAM) streams++;
    if (streams <= MAX_STREAMS) return s;
    this.records.delete(s.id);
    return -Errno.ENOMEM;
  }

  /** Closes a socket: its record and what the stack holds for it go. */
  close(s: SocketRecord): void {
    if (s.tcp !== 0) this.stack.tcp.get(s.tcp)?.close();
    if (s.listener !== 0) this.stack.tcp.getListener(s.listener)?.close();
    if (s.udp !== 0) this.stack.udp.get(s.udp)?.close();
    s.state = SockState.BadFile;
    this.records.delete(s.id);
  }

  /** Brings the state up to date with what the stack knows, and answers it. */
  state(s: SocketRecord): number {
    const c = this.connection(s);
    if (c === undefined || s.state < 0 || s.state === SockState.PeerRstHandled) return s.state;
    if (c.state === 'closed') {
      if (c.error === 0) s.state = SockState.Closed;
      else
        s.state = c.error === Errno.ECONNRESET || c.error === Errno.ECONNREFUSED ? SockState.Reset : SockState.Aborted;
      return s.state;
    }
    if (s.state === SockState.Connecting && c.connected) s.state = SockState.Connected;
    if (s.state === SockState.Connected && c.finReceived) s.state = SockState.PeerClosed;
    return s.state;
  }

  /** Whether the stack has nothing any more for a socket: it failed, or was closed. */
  isGone(s: SocketRecord): boolean {
    return this.state(s) < 0 || s.state === SockState.PeerRstHandled;
  }

  /** `bind()`: 0, or a negative error number. */
  bind(s: SocketRecord, ip: IpAddr, port: number): number {
    if (s.type === SOCK_DGRAM) {
      const udp = this.stack.udp.get(s.udp);
      if (udp === undefined) return -Errno.EBADF;
      udp.reuse = s.reuse;
      return udp.bind(ip, port);
    }
    if (this.state(s) !== SockState.New) return -Errno.EINVAL;
    if (port !== 0) {
      if (this.stack.tcp.isTaken(ip, port, s.reuse)) return -Errno.EADDRINUSE;
      for (const other of this.records.values()) {
        if (other === s || other.type !== SOCK_STREAM || other.port !== port || other.state !== SockState.New) continue;
        if (other.ip !== ip && other.ip !== IP_ANY && ip !== IP_ANY) continue;
        if (!(other.reuse && s.reuse)) return -Errno.EADDRINUSE;
      }
    }
    s.ip = ip;
    s.port = port;
    return 0;
  }

  /** `listen()`: 0, or a negative error number. */
  listen(s: SocketRecord, backlog: number): number {
    if (this.isGone(s)) return -Errno.EBADF;
    if (s.type !== SOCK_STREAM) return -EOPNOTSUPP;
    if (s.state !== SockState.New) return -Errno.ENOTCONN;
    const l = this.stack.tcp.listen(Math.min(backlog, 255), { ip: s.ip, port: s.port, reuse: s.reuse, foreign: true });
    if (typeof l === 'number') return l;
    s.listener = l.id;
    s.state = SockState.Listening;
    return 0;
  }

  /** A connection that waits at a listening socket, or a negative error number (EAGAIN: none). */
  accept(s: SocketRecord): TcpConnection | number {
    if (s.type !== SOCK_STREAM) return -EOPNOTSUPP;
    if (this.isGone(s)) return -Errno.EBADF;
    const listener = this.stack.tcp.getListener(s.listener);
    if (listener === undefined) return -Errno.EINVAL;
    return listener.accept() ?? -Errno.EAGAIN;
  }

  /** The record for a connection that was accepted. */
  adopt(c: TcpConnection, from: SocketRecord, object: Addr): SocketRecord {
    const s = this.add(SOCK_STREAM, object);
    s.tcp = c.id;
    s.state = SockState.Connected;
    s.timeout = from.timeout;
    s.told = c.rcvNxt;
    return s;
  }

  /** Starts a connection, or fixes a UDP socket's peer: 0, or a negative error number. */
  connect(s: SocketRecord, ip: IpAddr, port: number): number {
    if (s.type === SOCK_DGRAM) return this.stack.udp.get(s.udp)?.connect(ip, port & 0xffff) ?? -Errno.EBADF;
    if (this.isGone(s)) return -Errno.EBADF;
    if (s.state !== SockState.New) return s.state === SockState.Connected ? -Errno.EISCONN : -Errno.EALREADY;
    const c = this.stack.tcp.connect(ip, port & 0xffff, { ip: s.ip, port: s.port });
    if (typeof c === 'number') {
      // lwIP knows of no route, or of nothing wrong
      return c === -Errno.ENETUNREACH || c === -Errno.EADDRNOTAVAIL ? -Errno.EHOSTUNREACH : c;
    }
    if (s.nodelay) c.nagle = false;
    s.tcp = c.id;
    s.told = c.rcvNxt;
    s.state = SockState.Connecting;
    s.peerIp = ip;
    s.peerPort = port;
    return 0;
  }

  /** Sets an option of the connection as well as of the record. */
  setNodelay(s: SocketRecord, on: boolean): void {
    s.nodelay = on;
    const c = this.connection(s);
    if (c !== undefined) c.nagle = !on;
  }

  /** Room for bytes that are to be sent. */
  room(s: SocketRecord): number {
    const c = this.connection(s);
    return c === undefined ? 0 : c.tx.free;
  }

  /**
   * Sends bytes of memory over a connection: how many were taken, `STREAM_ERROR` (with `streamStatus.errno`) or `STREAM_WAIT`.
   * `resumed`: it had to wait before.
   */
  sendTcp(s: SocketRecord, addr: Addr, size: number, resumed: boolean): number {
    const state = this.state(s);
    if (state < 0) return streamError(errnoOfState(state));
    const c = this.connection(s);
    if (c === undefined) return streamError(Errno.ENOTCONN);
    if (state === SockState.PeerRstHandled) return streamError(Errno.ENOTCONN);
    const room = state === SockState.Connecting ? 0 : c.tx.free;
    if (room < (resumed ? LEAST_ROOM : 1)) {
      if (s.timeout === 0) return streamError(Errno.EAGAIN);
      return this.wait(s);
    }
    if (size === 0) return 0;
    const n = c.write(this.vm.u8.slice(addr, addr + Math.min(size, room)));
    return n < 0 ? streamError(-n) : n;
  }

  /** Receives bytes of a connection into memory: how many (0: the end), `STREAM_ERROR` or `STREAM_WAIT`. */
  receiveTcp(s: SocketRecord, addr: Addr, size: number, flags: number): number {
    const state = this.state(s);
    if (state === SockState.Listening) return streamError(Errno.ENOTCONN);
    const c = this.connection(s);
    if (c !== undefined && c.available > 0) {
      const got = (flags & MSG_PEEK) === 0 ? c.read(size) : c.peek(size);
      if (typeof got === 'number') return streamError(-got);
      this.vm.u8.set(got, addr);
      return got.length;
    }
    if (state < 0) {
      // an error is told once
      s.state = state === SockState.Reset ? SockState.PeerRstHandled : SockState.BadFile;
      return streamError(errnoOfState(state));
    }
    if (state >= SockState.PeerClosed) return 0;
    if (s.timeout === 0 || (flags & MSG_DONTWAIT) !== 0) return streamError(Errno.EAGAIN);
    if (state !== SockState.Connected) return streamError(Errno.ENOTCONN);
    return this.wait(s);
  }

  /** Sends a datagram; `ip` undefined: to the connected peer. The length, or `STREAM_ERROR`. */
  sendUdp(s: SocketRecord, addr: Addr, size: number, ip: IpAddr | undefined, port: number): number {
    const udp = this.stack.udp.get(s.udp);
    if (udp === undefined) return streamError(Errno.EBADF);
    const data = this.vm.u8.slice(addr, addr + Math.min(size, 0xffff));
    // lwIP tells a program nothing of what ICMP says
    for (let tries = 0; ; tries++) {
      const n = ip === undefined ? udp.send(data) : udp.sendTo(data, ip, port & 0xffff);
      if (n >= 0) return n;
      if ((n === -Errno.ECONNREFUSED || n === -Errno.EHOSTUNREACH) && tries === 0 && udp.readable) continue;
      if (n === -Errno.EMSGSIZE) return streamError(Errno.ENOMEM);
      if (n === -Errno.EDESTADDRREQ || n === -Errno.ENETUNREACH) return streamError(Errno.EHOSTUNREACH);
      return streamError(-n);
    }
  }

  /** Receives a datagram into memory: its length, `STREAM_ERROR` or `STREAM_WAIT`; `from` has the sender. */
  receiveUdp(s: SocketRecord, addr: Addr, size: number, flags: number): number {
    const udp = this.stack.udp.get(s.udp);
    if (udp === undefined) return streamError(Errno.EBADF);
    if (udp.waiting === 0) {
      if (s.timeout === 0 || (flags & MSG_DONTWAIT) !== 0) return streamError(Errno.EAGAIN);
      return this.wait(s);
    }
    let got = (flags & MSG_PEEK) === 0 ? udp.receive() : udp.peek();
    // an error that ICMP told comes first, once
    if (typeof got === 'number') got = udp.receive();
    if (got === undefined || typeof got === 'number') return streamError(Errno.EAGAIN);
    this.from.ip = got.ip;
    this.from.port = got.port;
    const n = Math.min(size, got.data.length);
    this.vm.u8.set(got.data.subarray(0, n), addr);
    return n;
  }
  /** Sender of the last datagram that was received. */
  readonly from = { ip: IP_ANY, port: 0 };

  /** Whether the socket is readable, in the sense of poll. */
  readable(s: SocketRecord): boolean {
    if (s.type === SOCK_DGRAM) return (this.stack.udp.get(s.udp)?.waiting ?? 0) > 0;
    const state = this.state(s);
    if (state === SockState.Listening) return this.stack.tcp.getListener(s.listener)?.readable === true;
    return (this.connection(s)?.available ?? 0) > 0 || state === SockState.Reset || state === SockState.PeerRstHandled;
  }

  /** Whether the socket is writable, in the sense of poll. */
  writable(s: SocketRecord): boolean {
    if (s.type === SOCK_DGRAM) return s.udp !== 0;
    const state = this.state(s);
    if (state === SockState.New) return true;
    return (state === SockState.Connected || state === SockState.PeerClosed) && this.room(s) > 0;
  }

  /** The deadline of a call that begins to wait now; Infinity without one. */
  deadline(s: SocketRecord): number {
    return s.timeout < 0 ? Number.POSITIVE_INFINITY : this.nowUs() + s.timeout * 1000;
  }
  /** Microseconds on the clock of the board. */
  nowUs(): number {
    return Math.floor(this.vm.clock.now(this.vm.budget) / 1000);
  }

  /**
   * Looks a name up: its first address, undefined while that takes time, or a negative error of lwIP's: −2 (no such name),
   * −6 (no name server), −1 (too many at once), −16 (not a name).
   */
  lookup(name: string): IpAddr | undefined | { readonly error: number } {
    const known = this.lookups.get(name);
    const id = known ?? this.stack.resolver.start(name);
    if (id === -Errno.EINVAL) return { error: -16 };
    if (id < 0) return { error: -1 };
    const r = this.stack.resolver.result(id);
    if (r?.state === 'waiting') {
      this.lookups.set(name, id);
      return undefined;
    }
    this.lookups.delete(name);
    if (r?.state === 'found' && r.addresses.length > 0) return r.addresses[0];
    return { error: r?.state === 'failed' && known === undefined ? -6 : -2 };
  }

  /** Plain data. */
  save(): SocketsState {
    return {
      sockets: [...this.records.values()].map((s) => ({ ...s })),
      nextSocket: this.nextId,
      lookups: [...this.lookups],
    };
  }

  /** Takes on a saved state; the stack's is loaded before. */
  load(state: SocketsState): void {
    this.records = new Map(state.sockets.map((s) => [s.id, { ...s }]));
    this.nextId = state.nextSocket;
    this.lookups = new Map(state.lookups);
  }

  private connection(s: SocketRecord): TcpConnection | undefined {
    return s.tcp === 0 ? undefined : this.stack.tcp.get(s.tcp);
  }

  /** A stream call has to wait, or has waited long enough. */
  private wait(s: SocketRecord): number {
    if (streamStatus.deadlineUs === Number.POSITIVE_INFINITY) streamStatus.deadlineUs = this.deadline(s);
    else if (this.nowUs() >= streamStatus.deadlineUs) return streamError(Errno.ETIMEDOUT);
    return STREAM_WAIT;
  }

  private add(type: number, object: Addr): SocketRecord {
    const s: SocketRecord = {
      id: this.nextId++,
      type,
      state: SockState.New,
      tcp: 0,
      listener: 0,
      udp: 0,
      ip: IP_ANY,
      port: 0,
      peerIp: IP_ANY,
      peerPort: 0,
      reuse: false,
      nodelay: false,
      timeout: -1,
      progress: 0,
      object,
      told: 0,
    };
    this.records.set(s.id, s);
    return s;
  }

  /** Schedules the callback of the socket that something came for. */
  private tell(source: 'tcp' | 'udp' | 'listener', id: number): void {
    for (const s of this.records.values()) {
      if (s[source] !== id) continue;
      if (source === 'tcp') {
        const c = this.connection(s);
        if (c === undefined || c.rcvNxt === s.told) return;
        s.told = c.rcvNxt;
      }
      const callback = this.vm.i32[(s.object >> 2) + CALLBACK_WORD] as number;
      if (callback !== 0) schedule(this.vm, callback, s.object);
      return;
    }
  }
}
