/**
 * What a TCP connection sends, and when: segments, acknowledgements, window updates, retransmissions and probes.
 *
 * The decision what to send next is one function, {@link tcpOutput}, called whenever something changed (RFC 9293 §3.8).
 * Invariant: while sequence space is unacknowledged the retransmission or the persist timer runs.
 */
import { Errno } from './errors.js';
import { TimerKind } from './ip-layer.js';
import { DEFAULT_TTL, IPV4_HEADER, PROTO_TCP } from './ipv4.js';
import type { TcpConnection } from './tcp-connection.js';
import {
  TCP_ACK,
  TCP_FIN,
  TCP_HEADER,
  TCP_PSH,
  TCP_RST,
  TCP_SYN,
  encodeTcp,
  seqAdd,
  seqDiff,
  seqLt,
  seqMax,
} from './tcp-segment.js';

const NO_BYTES = new Uint8Array(0);
/** Longest time between probes of a closed window. */
const PERSIST_MAX = 60_000_000;
/** Shift at which a doubled timeout is past any bound. */
const MAX_SHIFT = 12;

/** Sends what may be sent now. `force` comes from the persist timer: one segment goes out whatever the window. */
export function tcpOutput(c: TcpConnection, force = false): void {
  if (!c.canSend) {
    if (c.ackNow && c.state !== 'closed' && c.state !== 'syn-sent') sendAck(c);
    return;
  }
  restartAfterIdle(c);
  let forced = force;
  while (sendOne(c, forced)) forced = false;
}

/** Sends one segment; true when another may follow. */
function sendOne(c: TcpConnection, force: boolean): boolean {
  let window = Math.min(c.sndWnd, c.cwnd);
  const probing = force && window === 0;
  if (probing) window = 1;
  if (window < seqDiff(c.sndNxt, c.sndUna) && c.sndWnd === 0 && !probing) {
    // The window closed over what is in flight: go back and probe.
    stopRetransmit(c);
    c.sndNxt = c.sndUna;
  }
  const offset = seqDiff(c.sndNxt, c.sndUna);
  const queued = c.tx.length;
  const length = Math.max(0, Math.min(queued - offset, window - offset, c.mss));
  const last = offset + length === queued;
  // A FIN needs a place in the window as data does; if there is none, probing gets it through.
  const fin = c.finQueued && last && offset + length < window;
  if (!fin && !(length > 0 && isWorthSending(c, offset, length, last, force))) {
    if (c.ackNow) sendAck(c);
    const unsent = queued > offset || (c.finQueued && offset <= queued);
    if (unsent && !c.retransmitting && !c.persisting) startPersist(c);
    return false;
  }
  const now = c.host.ip.now();
  const start = c.sndNxt;
  const end = seqAdd(start, length + (fin ? 1 : 0));
  const flags = TCP_ACK | (last && length > 0 ? TCP_PSH : 0) | (fin ? TCP_FIN : 0);
  emit(c, start, flags, length === 0 ? NO_BYTES : c.tx.peek(offset, length), 0);
  c.lastSend = now;
  if (!probing) {
    c.sndNxt = end;
    if (!c.timing && start === c.sndMax) {
      c.timing = true;
      c.timedSeq = start;
      c.timedAt = now;
    }
    stopPersist(c);
    if (!c.retransmitting) startRetransmit(c);
  }
  c.sndMax = seqMax(c.sndMax, end);
  return !force;
}

/** Sender's silly window avoidance and Nagle's rule (RFC 9293 §3.8.6.2.1, §3.7.4). */
function isWorthSending(c: TcpConnection, offset: number, length: number, last: boolean, force: boolean): boolean {
  if (force || length === c.mss || seqLt(c.sndNxt, c.sndMax)) return true;
  if (last && (offset === 0 || !c.nagle || c.finQueued)) return true;
  return length * 2 >= c.maxSndWnd;
}

/** After a pause the congestion window says nothing about the path any more (RFC 5681 §4.1). */
function restartAfterIdle(c: TcpConnection): void {
  if (c.sndUna === c.sndMax && c.host.ip.now() - c.lastSend > c.rto) c.cwnd = Math.min(c.cwnd, initialWindow(c.mss));
}

/** The congestion window of a new connection (RFC 5681 §3.1). */
export function initialWindow(mss: number): number {
  return mss > 2190 ? 2 * mss : mss > 1095 ? 3 * mss : 4 * mss;
}

/** Sends SYN, or SYN with ACK, with our largest segment size. */
export function sendSyn(c: TcpConnection): void {
  const flags = c.state === 'syn-received' ? TCP_SYN | TCP_ACK : TCP_SYN;
  const now = c.host.ip.now();
  emit(c, c.iss, flags, NO_BYTES, localMss(c));
  // Only a first SYN is timed: the answer to a repeated one would be ambiguous (Karn).
  c.timing = c.sndMax === c.iss;
  c.timedSeq = c.iss;
  c.timedAt = now;
  c.sndNxt = seqAdd(c.iss, 1);
  c.sndMax = c.sndNxt;
  c.lastSend = now;
  if (!c.retransmitting) startRetransmit(c);
}

/** The largest segment that reaches us without fragments. */
export function localMss(c: TcpConnection): number {
  return Math.min(c.host.config.mss, c.host.ip.mtuTowards(c.remoteIp) - IPV4_HEADER - TCP_HEADER);
}

/** Sends a bare acknowledgement. */
export function sendAck(c: TcpConnection): void {
  emit(c, c.sndMax, TCP_ACK, NO_BYTES, 0);
}

/** Tells the peer that the connection is no more. */
export function sendReset(c: TcpConnection): void {
  emit(c, c.sndMax, TCP_RST | TCP_ACK, NO_BYTES, 0);
}

/** Tells the peer that its acknowledgement of `seq` is for another connection. */
export function refuseAck(c: TcpConnection, seq: number): void {
  emit(c, seq, TCP_RST, NO_BYTES, 0);
}

/** The program read: if that opened the window by a worthwhile amount, the peer is told. */
export function announceWindow(c: TcpConnection): void {
  if (c.finReceived || c.state === 'closed' || !c.connected) return;
  if (windowOpening(c) < worthwhile(c)) return;
  c.ackNow = true;
  tcpOutput(c);
}

/** Sends the first unacknowledged segment again, as duplicate acknowledgements ask. */
export function retransmitFirst(c: TcpConnection): void {
  const sent = seqDiff(c.sndMax, c.sndUna);
  const length = Math.min(c.tx.length, c.mss, sent);
  const last = length === c.tx.length;
  const fin = c.finQueued && last && sent > length;
  if (length === 0 && !fin) return;
  c.timing = false;
  const flags = TCP_ACK | (last && length > 0 ? TCP_PSH : 0) | (fin ? TCP_FIN : 0);
  emit(c, c.sndUna, flags, length === 0 ? NO_BYTES : c.tx.peek(0, length), 0);
}

/** The retransmission timer ran (RFC 6298 §5). */
export function onRetransmit(c: TcpConnection): void {
  const config = c.host.config;
  c.retransmitting = false;
  c.timing = false;
  c.retries++;
  const connecting = c.state === 'syn-sent' || c.state === 'syn-received';
  if (c.retries > (connecting ? config.synRetries : config.dataRetries)) {
    c.abort(c.softError === 0 ? Errno.ETIMEDOUT : c.softError);
    return;
  }
  c.rto = Math.min(c.rto * 2, config.rtoMax);
  if (connecting) {
    sendSyn(c);
    return;
  }
  if (c.retries === 1) c.ssthresh = Math.max(Math.floor(seqDiff(c.sndMax, c.sndUna) / 2), 2 * c.mss);
  c.cwnd = c.mss;
  c.dupAcks = 0;
  c.recovering = false;
  c.recover = c.sndMax;
  c.sndNxt = c.sndUna;
  tcpOutput(c);
}

/** The persist timer ran: probe the window (RFC 9293 §3.8.6.1). */
export function onPersist(c: TcpConnection): void {
  c.persisting = false;
  const limit = c.host.config.dataRetries;
  // A peer that answers may keep its window shut for ever, but not to a program that has gone.
  if (c.unansweredProbes >= limit || (!c.owned && c.persistShift >= limit)) {
    c.abort(c.softError === 0 ? Errno.ETIMEDOUT : c.softError);
    return;
  }
  c.unansweredProbes++;
  c.persistShift++;
  tcpOutput(c, true);
  if (!c.retransmitting && !c.persisting && c.canSend) startPersist(c);
}

/** The delayed acknowledgement has waited long enough. */
export function onDelayedAck(c: TcpConnection): void {
  c.delaying = false;
  sendAck(c);
}

/** Acknowledges soon: with other traffic, with the second segment, or when the timer runs. */
export function delayAck(c: TcpConnection): void {
  if (c.delaying || c.host.config.delayedAck === 0) {
    c.ackNow = true;
    return;
  }
  c.delaying = true;
  c.host.ip.setTimer(TimerKind.tcpDelayedAck, c.id, c.host.ip.now() + c.host.config.delayedAck);
}

/** Starts the retransmission timer anew. */
export function startRetransmit(c: TcpConnection): void {
  c.retransmitting = true;
  c.host.ip.setTimer(TimerKind.tcpRetransmit, c.id, c.host.ip.now() + c.rto);
}

/** Stops the retransmission timer. */
export function stopRetransmit(c: TcpConnection): void {
  if (!c.retransmitting) return;
  c.retransmitting = false;
  c.host.ip.clearTimer(TimerKind.tcpRetransmit, c.id);
}

function startPersist(c: TcpConnection): void {
  const wait = Math.min(c.rto * 2 ** Math.min(c.persistShift, MAX_SHIFT), PERSIST_MAX);
  c.persisting = true;
  c.host.ip.setTimer(TimerKind.tcpPersist, c.id, c.host.ip.now() + wait);
}

/** Stops probing. */
export function stopPersist(c: TcpConnection): void {
  c.persistShift = 0;
  c.unansweredProbes = 0;
  if (!c.persisting) return;
  c.persisting = false;
  c.host.ip.clearTimer(TimerKind.tcpPersist, c.id);
}

/** By how much the window's right edge could move. */
function windowOpening(c: TcpConnection): number {
  return seqDiff(seqAdd(c.rcvNxt, c.rx.window), c.rcvAdv);
}

/** The least such move that is advertised: receiver's silly window avoidance (RFC 9293 §3.8.6.2.2). */
function worthwhile(c: TcpConnection): number {
  return Math.min(c.rx.capacity >>> 1, c.mss);
}

function advertisedWindow(c: TcpConnection): number {
  if (windowOpening(c) >= worthwhile(c)) c.rcvAdv = seqAdd(c.rcvNxt, c.rx.window);
  c.rcvAdv = seqMax(c.rcvAdv, c.rcvNxt);
  return Math.min(seqDiff(c.rcvAdv, c.rcvNxt), 0xffff);
}

/** Sends a segment; whatever it is, it carries the current acknowledgement. */
function emit(c: TcpConnection, seq: number, flags: number, payload: Uint8Array, mss: number): void {
  const hasAck = (flags & TCP_ACK) !== 0;
  const segment = {
    srcPort: c.localPort,
    dstPort: c.remotePort,
    seq,
    ack: hasAck ? c.rcvNxt : 0,
    flags,
    window: hasAck ? advertisedWindow(c) : Math.min(c.rx.window, 0xffff),
    urgent: 0,
    mss,
    payload,
  };
  if (hasAck) {
    c.ackNow = false;
    if (c.delaying) {
      c.delaying = false;
      c.host.ip.clearTimer(TimerKind.tcpDelayedAck, c.id);
    }
  }
  // A failure to send is a loss like any other: the retransmission timer deals with it.
  c.host.ip.sendIp(c.localIp, c.remoteIp, PROTO_TCP, DEFAULT_TTL, encodeTcp(c.localIp, c.remoteIp, segment));
}
