/**
 * What a TCP connection does with a segment that arrives (RFC 9293 §3.10.7), including the defences of RFC 5961: resets
 * count only at the exact next sequence number, anything doubtful is answered with an acknowledgement.
 */
import { Errno } from './errors.js';
import type { TcpConnection } from './tcp-connection.js';
import {
  delayAck,
  initialWindow,
  localMss,
  refuseAck,
  retransmitFirst,
  sendAck,
  sendSyn,
  startRetransmit,
  stopPersist,
  stopRetransmit,
  tcpOutput,
} from './tcp-output.js';
import type { TcpSegment } from './tcp-segment.js';
import {
  TCP_ACK,
  TCP_FIN,
  TCP_RST,
  TCP_SYN,
  segmentLength,
  seqAdd,
  seqDiff,
  seqLe,
  seqLt,
  seqMax,
} from './tcp-segment.js';

/** Least time between acknowledgements that answer unacceptable empty segments, so that no two ends keep each other busy. */
const CHALLENGE_INTERVAL = 500_000;
/** Bound of the congestion window; the peer's window is at most 64 KiB anyway. */
const CWND_MAX = 1 << 20;
/** Segment size for a peer that names none (RFC 9293 §3.7.1), and the least one that is honoured. */
const MSS_DEFAULT = 536;
const MSS_LEAST = 48;

/** Handles a segment for this connection. */
export function tcpInput(c: TcpConnection, segment: TcpSegment): void {
  if (c.state === 'syn-sent') inputSynSent(c, segment);
  else if (c.state !== 'closed') inputSynchronized(c, segment);
}

/** Takes the peer's SYN: its sequence number and segment size. */
export function takeSyn(c: TcpConnection, segment: TcpSegment): void {
  c.irs = segment.seq;
  c.rcvNxt = seqAdd(segment.seq, 1);
  c.rcvAdv = seqAdd(c.rcvNxt, Math.min(c.rx.window, 0xffff));
  c.mss = Math.max(MSS_LEAST, Math.min(segment.mss === 0 ? MSS_DEFAULT : segment.mss, localMss(c)));
  setWindow(c, segment);
}

function inputSynSent(c: TcpConnection, segment: TcpSegment): void {
  const hasAck = (segment.flags & TCP_ACK) !== 0;
  if (hasAck && segment.ack !== c.sndMax) {
    if ((segment.flags & TCP_RST) === 0) refuseAck(c, segment.ack);
    return;
  }
  if ((segment.flags & TCP_RST) !== 0) {
    if (hasAck) c.finish(Errno.ECONNREFUSED);
    return;
  }
  if ((segment.flags & TCP_SYN) === 0) return;
  takeSyn(c, segment);
  if (!hasAck) {
    // Both ends opened at once.
    c.state = 'syn-received';
    sendSyn(c);
    return;
  }
  c.ackNow = true;
  establish(c, segment);
  takeContent(c, afterSyn(segment));
}

/** The segment without its SYN. */
function afterSyn(segment: TcpSegment): TcpSegment {
  return { ...segment, seq: seqAdd(segment.seq, 1), flags: segment.flags & ~TCP_SYN };
}

/** Our SYN was acknowledged: the connection is up. */
function establish(c: TcpConnection, segment: TcpSegment): void {
  const passive = c.state === 'syn-received';
  c.state = 'established';
  c.sndUna = segment.ack;
  c.sndNxt = seqMax(c.sndNxt, segment.ack);
  sampleRoundTrip(c, segment.ack);
  // After a lost SYN: start slowly and with a longer timeout (RFC 5681 §3.1, RFC 6298 §5.7).
  c.cwnd = c.retries > 0 ? c.mss : initialWindow(c.mss);
  if (c.retries > 0) c.rto = Math.max(c.rto, 3 * c.host.config.rtoInitial);
  c.retries = 0;
  c.recover = c.iss;
  c.lastProgress = c.host.ip.now();
  stopRetransmit(c);
  setWindow(c, segment);
  if (passive && c.listener !== 0) c.host.accepted(c);
  c.host.ip.ready('tcp', c.id);
  if (c.finQueued) c.advanceToFin();
}

function inputSynchronized(c: TcpConnection, whole: TcpSegment): void {
  let segment = whole;
  c.unansweredProbes = 0;
  if ((segment.flags & TCP_SYN) !== 0 && segment.seq === c.irs && c.rcvNxt === seqAdd(c.irs, 1)) {
    if (c.state === 'syn-received' && (segment.flags & TCP_ACK) === 0) {
      // The peer repeats its SYN, so ours was lost.
      sendSyn(c);
      return;
    }
    segment = afterSyn(segment);
    c.ackNow = true;
  }
  const window = c.rx.window;
  const first = seqDiff(segment.seq, c.rcvNxt);
  const length = segmentLength(segment);
  if (!isAcceptable(first, length, window)) {
    inputUnacceptable(c, segment, length);
    return;
  }
  if ((segment.flags & TCP_RST) !== 0) {
    if (first === 0) c.finish(resetError(c));
    else challenge(c);
    return;
  }
  if ((segment.flags & TCP_SYN) !== 0) {
    challenge(c);
    return;
  }
  if ((segment.flags & TCP_ACK) === 0) return;
  if (first < 0 || first + length > window) segment = trim(c, segment, first, window);
  if (!takeAck(c, segment, length)) return;
  takeContent(c, segment);
}

/** Whether any of the segment lies in the window; an empty one may also stand at its right edge. */
function isAcceptable(first: number, length: number, window: number): boolean {
  if (length === 0) return first >= 0 && first <= window;
  return first + length > 0 && (first < window || first === 0);
}

function inputUnacceptable(c: TcpConnection, segment: TcpSegment, length: number): void {
  c.host.ip.drop('tcp-unacceptable');
  if ((segment.flags & TCP_RST) !== 0) return;
  if (c.state === 'time-wait' && (segment.flags & TCP_FIN) !== 0) c.enterTimeWait();
  if (length === 0) challenge(c);
  else sendAck(c);
}

/** Answers a doubtful segment with the truth, not too often. */
function challenge(c: TcpConnection): void {
  const now = c.host.ip.now();
  if (now - c.lastChallenge < CHALLENGE_INTERVAL) return;
  c.lastChallenge = now;
  sendAck(c);
}

/** What a program learns of a reset in the current state. */
function resetError(c: TcpConnection): number {
  switch (c.state) {
    case 'syn-received':
      return Errno.ECONNREFUSED;
    case 'closing':
    case 'last-ack':
    case 'time-wait':
      return 0;
    default:
      return Errno.ECONNRESET;
  }
}

/** Cuts a segment to the window. What was cut was duplicate or has no room, and either is acknowledged at once. */
function trim(c: TcpConnection, segment: TcpSegment, first: number, window: number): TcpSegment {
  c.ackNow = true;
  const from = Math.max(0, -first);
  const room = window - Math.max(0, first);
  const payload = segment.payload.subarray(from, from + room);
  const cutAtEnd = segment.payload.length - from > room || (room === payload.length && (segment.flags & TCP_FIN) !== 0);
  const flags = cutAtEnd ? segment.flags & ~TCP_FIN : segment.flags;
  return { ...segment, seq: seqAdd(segment.seq, from), flags, payload };
}

/** Handles the acknowledgement; false when the segment deserves no further attention. */
function takeAck(c: TcpConnection, segment: TcpSegment, length: number): boolean {
  const acked = seqDiff(segment.ack, c.sndUna);
  const tooFar = seqLt(c.sndMax, segment.ack);
  if (c.state === 'syn-received') {
    if (acked <= 0 || tooFar) {
      refuseAck(c, segment.ack);
      return false;
    }
    establish(c, segment);
    return true;
  }
  if (tooFar) {
    challenge(c);
    return false;
  }
  if (acked < 0) return true;
  const sameWindow = segment.window === c.sndWnd;
  // RFC 9293 asks for a new SND.WL1 or SND.WL2. Retransmitted data stands before an acknowledgement that was sent after it,
  // so on a bad path its window would be ignored; a new acknowledgement is proof enough that the segment is recent.
  const recent =
    acked > 0 || seqLt(c.sndWl1, segment.seq) || (c.sndWl1 === segment.seq && seqLe(c.sndWl2, segment.ack));
  if (recent) setWindow(c, segment);
  if (acked > 0) takeNewAck(c, segment.ack, acked);
  // While the window is being probed, a repeated acknowledgement is an answer and no sign of loss.
  else if (length === 0 && sameWindow && c.sndUna !== c.sndMax && !c.persisting) takeDuplicateAck(c);
  return (c.state as string) !== 'closed';
}

function setWindow(c: TcpConnection, segment: TcpSegment): void {
  c.sndWnd = segment.window;
  c.sndWl1 = segment.seq;
  c.sndWl2 = segment.ack;
  c.maxSndWnd = Math.max(c.maxSndWnd, segment.window);
  if (c.persisting && c.sndWnd > 0) stopPersist(c);
}

function takeNewAck(c: TcpConnection, ack: number, acked: number): void {
  const data = Math.min(acked, c.tx.length);
  c.tx.consume(data);
  c.sndUna = ack;
  c.sndNxt = seqMax(c.sndNxt, ack);
  sampleRoundTrip(c, ack);
  c.retries = 0;
  c.softError = 0;
  c.lastProgress = c.host.ip.now();
  growCongestionWindow(c, acked);
  if (c.sndUna === c.sndMax) stopRetransmit(c);
  else if (!c.persisting) startRetransmit(c);
  if (data > 0) c.host.ip.ready('tcp', c.id);
  if (acked === data) return;
  // The acknowledgement covers our FIN.
  if (c.state === 'fin-wait-1') c.state = 'fin-wait-2';
  else if (c.state === 'closing') c.enterTimeWait();
  else if (c.state === 'last-ack') c.finish(0);
}

/** Slow start, congestion avoidance, and what an acknowledgement means during recovery (RFC 5681, RFC 6582). */
function growCongestionWindow(c: TcpConnection, acked: number): void {
  c.dupAcks = 0;
  if (c.recovering) {
    if (seqLt(c.sndUna, c.recover)) {
      // A partial acknowledgement: the next segment is missing too.
      retransmitFirst(c);
      c.cwnd = Math.max(c.mss, c.cwnd - acked + c.mss);
    } else {
      c.recovering = false;
      c.cwnd = Math.min(c.ssthresh, Math.max(seqDiff(c.sndMax, c.sndUna), c.mss) + c.mss);
    }
  } else if (c.cwnd < c.ssthresh) {
    c.cwnd += Math.min(acked, c.mss);
  } else {
    c.cwnd += Math.max(1, Math.floor((c.mss * c.mss) / c.cwnd));
  }
  c.cwnd = Math.min(c.cwnd, CWND_MAX);
}

/** Fast retransmit and fast recovery. */
function takeDuplicateAck(c: TcpConnection): void {
  c.dupAcks++;
  if (c.recovering) {
    c.cwnd = Math.min(c.cwnd + c.mss, CWND_MAX);
  } else if (c.dupAcks === 3 && seqLt(c.recover, c.sndUna)) {
    c.recovering = true;
    c.recover = c.sndMax;
    c.ssthresh = Math.max(Math.floor(seqDiff(c.sndMax, c.sndUna) / 2), 2 * c.mss);
    c.cwnd = c.ssthresh + 3 * c.mss;
    retransmitFirst(c);
    startRetransmit(c);
  }
}

/** Takes a round-trip measurement if this acknowledgement ends one (RFC 6298 §2). */
function sampleRoundTrip(c: TcpConnection, ack: number): void {
  if (!c.timing || !seqLt(c.timedSeq, ack)) return;
  c.timing = false;
  const config = c.host.config;
  const sample = c.host.ip.now() - c.timedAt;
  if (c.srtt < 0) {
    c.srtt = sample;
    c.rttvar = Math.floor(sample / 2);
  } else {
    c.rttvar = Math.round(0.75 * c.rttvar + 0.25 * Math.abs(c.srtt - sample));
    c.srtt = Math.round(0.875 * c.srtt + 0.125 * sample);
  }
  c.rto = Math.min(config.rtoMax, Math.max(config.rtoMin, c.srtt + Math.max(1, 4 * c.rttvar)));
}

/** Takes data and FIN of a segment cut to the window, then sends what is to be sent. */
function takeContent(c: TcpConnection, segment: TcpSegment): void {
  if (c.state === 'established' || c.state === 'fin-wait-1' || c.state === 'fin-wait-2') {
    if (segment.payload.length > 0 && !c.owned) {
      // Nobody will ever read this (RFC 9293 §3.6.1).
      c.abort(Errno.ECONNABORTED);
      return;
    }
    takeText(c, segment);
    if ((segment.flags & TCP_FIN) !== 0 && !c.finKnown) {
      c.finKnown = true;
      c.finSeq = seqAdd(segment.seq, segment.payload.length);
      c.ackNow = true;
    }
    if (c.finKnown && seqLe(c.finSeq, c.rcvNxt)) takeFin(c);
  }
  tcpOutput(c);
}

function takeText(c: TcpConnection, segment: TcpSegment): void {
  const offset = seqDiff(segment.seq, c.rcvNxt);
  let payload = segment.payload;
  // Nothing counts past a FIN.
  if (c.finKnown) payload = payload.subarray(0, Math.max(0, seqDiff(c.finSeq, segment.seq)));
  // A SYN may come with more data than the window holds.
  payload = payload.subarray(0, Math.max(0, c.rx.window - offset));
  if (payload.length === 0) return;
  const hadGap = c.rx.hasGap;
  const moved = c.rx.insert(offset, payload);
  if (moved < 0) c.host.ip.drop('tcp-out-of-order-full');
  if (moved <= 0 || hadGap) c.ackNow = true;
  else delayAck(c);
  if (moved <= 0) return;
  c.rcvNxt = seqAdd(c.rcvNxt, moved);
  c.host.ip.ready('tcp', c.id);
}

function takeFin(c: TcpConnection): void {
  c.rcvNxt = seqAdd(c.finSeq, 1);
  c.finReceived = true;
  c.ackNow = true;
  if (c.state === 'established') c.state = 'close-wait';
  else if (c.state === 'fin-wait-1') c.state = 'closing';
  else c.enterTimeWait();
  c.host.ip.ready('tcp', c.id);
}
