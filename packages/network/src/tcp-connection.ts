/**
 * A TCP connection: its control block and the calls a program makes on it.
 *
 * What arrives is handled in tcp-input.ts and what leaves in tcp-output.ts (RFC 9293); both work on the fields here, which
 * carry that document's names. The send ring starts at SND.UNA (once the SYN is acknowledged) and keeps bytes until they
 * are acknowledged; the receive buffer's window starts at RCV.NXT.
 */
import type { IpAddr } from './address.js';
import { Errno } from './errors.js';
import type { IpLayer } from './ip-layer.js';
import { TimerKind } from './ip-layer.js';
import type { ByteRingState, ReceiveBufferState } from './ring.js';
import { ByteRing, ReceiveBuffer } from './ring.js';
import { announceWindow, sendReset, tcpOutput } from './tcp-output.js';

/** States of RFC 9293 §3.3.2; listening is a {@link TcpListener}'s. */
export type TcpState =
  | 'closed'
  | 'syn-sent'
  | 'syn-received'
  | 'established'
  | 'fin-wait-1'
  | 'fin-wait-2'
  | 'close-wait'
  | 'closing'
  | 'last-ack'
  | 'time-wait';

/** Limits and timing of TCP. Times are in microseconds. */
export interface TcpConfig {
  /** Largest segment payload taken or sent, if the link allows. */
  mss: number;
  sendBuffer: number;
  /** At most 65535: there is no window scaling. */
  receiveBuffer: number;
  /** Whether new connections hold small segments back while data is in flight. */
  nagle: boolean;
  /** How long an acknowledgement may wait for company; 0 acknowledges at once. */
  delayedAck: number;
  /** Retransmission timeout before a round trip was measured, and its bounds (RFC 6298). */
  rtoInitial: number;
  rtoMin: number;
  rtoMax: number;
  /** Retransmissions of a SYN, and of anything else, before the connection fails. */
  synRetries: number;
  dataRetries: number;
  /** Maximum segment lifetime: TIME-WAIT lasts twice as long. */
  msl: number;
  /** How long a connection its program has closed may make no progress. */
  orphanTimeout: number;
  connections: number;
  listeners: number;
  /** Largest backlog of a listener. */
  backlog: number;
  /** Gaps tracked in out-of-order data. */
  islands: number;
}

/** Buffers of eight segments and retry counts as lwIP's; timing as RFC 9293 and RFC 6298 recommend. */
export const TCP_DEFAULTS: TcpConfig = {
  mss: 1460,
  sendBuffer: 8 * 1460,
  receiveBuffer: 8 * 1460,
  nagle: false,
  delayedAck: 200_000,
  rtoInitial: 1_000_000,
  rtoMin: 1_000_000,
  rtoMax: 60_000_000,
  synRetries: 6,
  dataRetries: 12,
  msl: 60_000_000,
  orphanTimeout: 120_000_000,
  connections: 16,
  listeners: 8,
  backlog: 8,
  islands: 16,
};

/** The numbers of a connection: everything but its buffers. All of it is plain data. */
export class Tcb {
  state: TcpState = 'closed';
  localIp: IpAddr = 0;
  localPort = 0;
  remoteIp: IpAddr = 0;
  remotePort = 0;
  /** The listener it came through, 0 for a connection opened from here. */
  listener = 0;
  /** Whether a program holds it. Without an owner it vanishes when it reaches `closed`. */
  owned = false;
  /** Error number with which it failed, 0 while all is well. */
  error = 0;
  /** What ICMP said on the way, reported instead of a mere timeout. */
  softError = 0;

  // Sending.
  iss = 0;
  sndUna = 0;
  sndNxt = 0;
  /** The highest sequence number sent plus one; SND.NXT goes back to SND.UNA on a timeout. */
  sndMax = 0;
  sndWnd = 0;
  sndWl1 = 0;
  sndWl2 = 0;
  maxSndWnd = 0;
  mss = 536;
  nagle = false;
  /** The program has nothing more to send. */
  finQueued = false;

  // Congestion (RFC 5681, RFC 6582).
  cwnd = 0;
  ssthresh = 0xffff;
  dupAcks = 0;
  recovering = false;
  recover = 0;
  lastSend = 0;

  // Timing (RFC 6298).
  srtt = -1;
  rttvar = 0;
  rto = 0;
  timing = false;
  timedSeq = 0;
  timedAt = 0;
  retries = 0;
  /** Whether the retransmission, persist and delayed-acknowledgement timers run. */
  retransmitting = false;
  persisting = false;
  delaying = false;
  persistShift = 0;
  /** Window probes since the peer was last heard. */
  unansweredProbes = 0;
  lastProgress = 0;

  // Receiving.
  irs = 0;
  rcvNxt = 0;
  /** Right edge of the window as last advertised. */
  rcvAdv = 0;
  /** Whether a FIN came, and its sequence number. */
  finKnown = false;
  finSeq = 0;
  /** The FIN was reached: no more data comes. */
  finReceived = false;
  ackNow = false;
  lastChallenge = -1_000_000_000;
}

/** Plain data of a {@link TcpConnection}. */
export interface TcpConnectionState {
  id: number;
  tcb: Tcb;
  tx: ByteRingState;
  rx: ReceiveBufferState;
}

/** What a connection needs of the TCP layer. */
export interface TcpHost {
  readonly config: TcpConfig;
  readonly ip: IpLayer;
  /** The connection reached `established` from `syn-received`. */
  accepted(connection: TcpConnection): void;
  /** The connection reached `closed`. */
  ended(connection: TcpConnection): void;
}

/** One end of a TCP connection; made by `TcpLayer.connect()` or accepted from a listener. */
export class TcpConnection extends Tcb {
  readonly id: number;
  /** @internal */
  readonly host: TcpHost;
  /** @internal */
  readonly tx: ByteRing;
  /** @internal */
  readonly rx: ReceiveBuffer;

  /** @internal */
  constructor(id: number, host: TcpHost) {
    super();
    this.id = id;
    this.host = host;
    this.tx = new ByteRing(host.config.sendBuffer);
    this.rx = new ReceiveBuffer(host.config.receiveBuffer, host.config.islands);
    this.nagle = host.config.nagle;
    this.rto = host.config.rtoInitial;
  }

  /** Whether the handshake is over and the connection has not ended. */
  get connected(): boolean {
    return this.state !== 'closed' && this.state !== 'syn-sent' && this.state !== 'syn-received';
  }

  /** Whether `read()` has something to say: data, the end of it, or an error. */
  get readable(): boolean {
    return this.rx.length > 0 || this.finReceived || this.state === 'closed';
  }

  /** Whether `write()` takes something or fails at once. */
  get writable(): boolean {
    if (this.state === 'syn-sent' || this.state === 'syn-received') return false;
    return this.canSend ? this.tx.free > 0 : true;
  }

  /** Bytes that can be read now. */
  get available(): number {
    return this.rx.length;
  }

  /** Bytes written but not yet acknowledged by the peer. */
  get unacknowledged(): number {
    return this.tx.length;
  }

  /** Takes at most `count` bytes; an empty array is the end of the stream, a number a negative error number. */
  read(count: number): Uint8Array | number {
    if (this.rx.length > 0) {
      const bytes = this.rx.read(count);
      announceWindow(this);
      return bytes;
    }
    return this.nothingToRead();
  }

  /** As `read()`, but leaves the bytes. */
  peek(count: number): Uint8Array | number {
    return this.rx.length > 0 ? this.rx.peek(count) : this.nothingToRead();
  }

  /** Queues bytes for sending; returns how many were taken, or a negative error number (EAGAIN when full). */
  write(bytes: Uint8Array): number {
    if (this.error !== 0) return -this.error;
    if (this.finQueued) return -Errno.EPIPE;
    if (this.state !== 'syn-sent' && !this.canSend)
      return this.state === 'syn-received' ? -Errno.EAGAIN : -Errno.ENOTCONN;
    const taken = this.tx.push(bytes);
    if (taken === 0 && bytes.length > 0) return -Errno.EAGAIN;
    if (this.canSend) tcpOutput(this);
    return taken;
  }

  /** Ends the sending direction (half-close); what is queued is still sent. */
  shutdown(): number {
    if (this.state === 'closed') return -(this.error === 0 ? Errno.ENOTCONN : this.error);
    if (this.finQueued) return 0;
    this.finQueued = true;
    this.advanceToFin();
    return 0;
  }

  /** @internal Enters the state that follows the program's CLOSE, once the handshake is over. */
  advanceToFin(): void {
    if (this.state === 'established') this.state = 'fin-wait-1';
    else if (this.state === 'close-wait') this.state = 'last-ack';
    else return;
    tcpOutput(this);
  }

  /**
   * The program is done with the connection. Queued data and a FIN are still sent, unless received data was never read:
   * then the peer is told by a reset (RFC 9293 §3.10.4 and RFC 2525 §2.17). The object is not to be used afterwards.
   */
  close(): void {
    this.owned = false;
    if (this.state === 'closed') {
      this.host.ended(this);
    } else if (this.state === 'syn-sent') {
      this.finish(0);
    } else if (this.rx.length > 0 && this.state !== 'time-wait') {
      this.abort(0);
    } else {
      if (this.state === 'syn-received' || this.connected) this.shutdown();
      this.lastProgress = this.host.ip.now();
      this.watchOrphan();
    }
  }

  /** Ends the connection at once with a reset, and with `errno` as its error if that is not 0. */
  abort(errno: number): void {
    if (this.state !== 'closed' && this.state !== 'syn-sent' && this.state !== 'time-wait') sendReset(this);
    this.finish(errno);
  }

  /** @internal Reaches `closed`: stops the timers and tells everybody. Received data stays readable. */
  finish(errno: number): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.error = errno;
    this.retransmitting = false;
    this.persisting = false;
    this.delaying = false;
    for (const kind of TCP_TIMERS) this.host.ip.clearTimer(kind, this.id);
    this.tx.consume(this.tx.length);
    this.host.ip.ready('tcp', this.id);
    this.host.ended(this);
  }

  /** @internal Enters TIME-WAIT, or starts its time anew. */
  enterTimeWait(): void {
    this.state = 'time-wait';
    this.retransmitting = false;
    this.persisting = false;
    this.host.ip.clearTimer(TimerKind.tcpRetransmit, this.id);
    this.host.ip.clearTimer(TimerKind.tcpPersist, this.id);
    this.host.ip.setTimer(TimerKind.tcpWait, this.id, this.host.ip.now() + 2 * this.host.config.msl);
  }

  /** @internal Watches that a connection without an owner gets on. */
  watchOrphan(): void {
    if (this.state === 'closed' || this.state === 'time-wait') return;
    this.host.ip.setTimer(TimerKind.tcpWait, this.id, this.lastProgress + this.host.config.orphanTimeout);
  }

  /** @internal The timer of TIME-WAIT and of connections without an owner. */
  onWait(): void {
    if (this.state === 'time-wait') this.finish(0);
    else if (this.host.ip.now() - this.lastProgress >= this.host.config.orphanTimeout) this.abort(Errno.ETIMEDOUT);
    else this.watchOrphan();
  }

  /** @internal */
  get canSend(): boolean {
    switch (this.state) {
      case 'established':
      case 'close-wait':
      case 'fin-wait-1':
      case 'closing':
      case 'last-ack':
        return true;
      default:
        return false;
    }
  }

  /** Plain data. */
  save(): TcpConnectionState {
    const tcb = new Tcb();
    copyTcb(this, tcb);
    return { id: this.id, tcb: { ...tcb }, tx: this.tx.save(), rx: this.rx.save() };
  }

  /** Restores a saved state. */
  load(state: TcpConnectionState): void {
    copyTcb(state.tcb, this);
    this.tx.load(state.tx);
    this.rx.load(state.rx);
  }

  private nothingToRead(): Uint8Array | number {
    if (this.finReceived) return new Uint8Array(0);
    if (this.error !== 0) return -this.error;
    return this.state === 'closed' ? -Errno.ENOTCONN : -Errno.EAGAIN;
  }
}

const TCP_TIMERS = [TimerKind.tcpRetransmit, TimerKind.tcpPersist, TimerKind.tcpDelayedAck, TimerKind.tcpWait];

const TCB_KEYS = Object.keys(new Tcb()) as (keyof Tcb)[];

/** Copies the fields of the control block only, whatever else the objects have. */
function copyTcb(from: Tcb, to: Tcb): void {
  const target = to as Record<keyof Tcb, Tcb[keyof Tcb]>;
  for (const key of TCB_KEYS) target[key] = from[key];
}
