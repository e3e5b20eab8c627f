/**
 * TCP between two stacks on a good wire, and against hand-made segments.
 */
import { describe, expect, it } from 'vitest';
import type { TcpConfig, TcpConnection, TcpListener, TcpSegment } from '../src/index.js';
import {
  Errno,
  ETHERTYPE_IPV4,
  IP_LOOPBACK,
  PROTO_TCP,
  TCP_ACK,
  TCP_FIN,
  TCP_PSH,
  TCP_RST,
  TCP_SYN,
  decodeEthernet,
  decodeIpv4,
  decodeTcp,
  encodeEthernet,
  encodeIpv4,
  encodeTcp,
  parseIp,
} from '../src/index.js';
import type { Lan } from './helpers.js';
import { ascii, lan, ok, text } from './helpers.js';

const A = parseIp('10.0.0.1');
const B = parseIp('10.0.0.2');
const SECOND = 1_000_000;

function pair(
  config: Partial<TcpConfig> = {},
  wire = {},
): { net: Lan; a: TcpConnection; b: TcpConnection; listener: TcpListener } {
  const net = lan(2, wire, { tcp: config });
  const listener = ok(net.hosts[1].stack.tcp.listen(4, { port: 80 }));
  const a = ok(net.hosts[0].stack.tcp.connect(B, 80));
  expect(net.clock.runUntil(() => listener.readable && a.connected, 5 * SECOND)).toBe(true);
  const b = listener.accept() as TcpConnection;
  return { net, a, b, listener };
}

const states = (...connections: TcpConnection[]) => connections.map((c) => c.state);

function readText(c: TcpConnection): string {
  const data = c.read(65536);
  if (typeof data === 'number') throw new Error(`error ${-data}`);
  return text(data);
}

describe('a connection', () => {
  it('opens, carries data both ways and closes from one side then the other', () => {
    const { net, a, b } = pair();
    expect(states(a, b)).toEqual(['established', 'established']);
    expect(a.write(ascii('hello'))).toBe(5);
    net.clock.advance(SECOND);
    expect(readText(b)).toBe('hello');
    expect(b.read(10)).toBe(-Errno.EAGAIN);
    b.write(ascii('world'));
    expect(b.shutdown()).toBe(0);
    expect(b.write(ascii('!'))).toBe(-Errno.EPIPE);
    net.clock.advance(SECOND);
    expect(states(a, b)).toEqual(['close-wait', 'fin-wait-2']);
    expect(readText(a)).toBe('world');
    expect(readText(a)).toBe('');
    // Half-closed: the other direction still works.
    a.write(ascii('more'));
    net.clock.advance(SECOND);
    expect(readText(b)).toBe('more');
    a.close();
    net.clock.advance(SECOND);
    expect(states(a, b)).toEqual(['closed', 'time-wait']);
    expect(readText(b)).toBe('');
    b.close();
    expect(net.hosts[1].stack.tcp.list().length).toBe(1);
    net.clock.advance(121 * SECOND);
    expect(net.hosts.map((host) => host.stack.tcp.list().length)).toEqual([0, 0]);
    expect(net.clock.pending).toBeLessThanOrEqual(2);
  });

  it('closes at both ends at once through closing', () => {
    const { net, a, b } = pair();
    a.close();
    b.close();
    net.clock.advance(150);
    expect(states(a, b)).toEqual(['closing', 'closing']);
    net.clock.advance(SECOND);
    expect(states(a, b)).toEqual(['time-wait', 'time-wait']);
  });

  it('opens at both ends at once', () => {
    const net = lan(2);
    // Neighbours first, so that the SYNs cross.
    net.hosts[0].stack.ping.send(B, 1, ascii(''), SECOND);
    net.clock.advance(SECOND);
    const a = ok(net.hosts[0].stack.tcp.connect(B, 2000, { port: 1000 }));
    const b = ok(net.hosts[1].stack.tcp.connect(A, 1000, { port: 2000 }));
    net.clock.advance(150);
    expect(states(a, b)).toEqual(['syn-received', 'syn-received']);
    net.clock.advance(SECOND);
    expect(states(a, b)).toEqual(['established', 'established']);
    a.write(ascii('x'));
    b.write(ascii('y'));
    net.clock.advance(SECOND);
    expect([readText(a), readText(b)]).toEqual(['y', 'x']);
  });

  it('talks to itself through the loopback', () => {
    const net = lan(1);
    const { tcp } = net.hosts[0].stack;
    const listener = ok(tcp.listen(1, { port: 7 }));
    const a = ok(tcp.connect(IP_LOOPBACK, 7));
    net.clock.advance(SECOND);
    const b = listener.accept() as TcpConnection;
    a.write(ascii('self'));
    net.clock.advance(SECOND);
    expect(readText(b)).toBe('self');
    // Only the announcement of the address was seen on the wire.
    expect(net.wire.counts.sent).toBe(1);
  });

  it('sends data written before the handshake is over', () => {
    const net = lan(2);
    const listener = ok(net.hosts[1].stack.tcp.listen(1, { port: 80 }));
    const a = ok(net.hosts[0].stack.tcp.connect(B, 80));
    expect(a.writable).toBe(false);
    a.write(ascii('early'));
    a.shutdown();
    net.clock.advance(SECOND);
    const b = listener.accept() as TcpConnection;
    expect(readText(b)).toBe('early');
    expect(readText(b)).toBe('');
  });
});

describe('failure', () => {
  it('a closed port refuses', () => {
    const net = lan(2);
    const a = ok(net.hosts[0].stack.tcp.connect(B, 81));
    net.clock.advance(SECOND);
    expect([a.state, a.error, a.read(1), a.write(ascii('x'))]).toEqual([
      'closed',
      Errno.ECONNREFUSED,
      -Errno.ECONNREFUSED,
      -Errno.ECONNREFUSED,
    ]);
    a.close();
    expect(net.hosts[0].stack.tcp.list().length).toBe(0);
  });

  it('a host that is not there times out, and the reason is that ARP found nobody', () => {
    const net = lan(2);
    const a = ok(net.hosts[0].stack.tcp.connect(parseIp('10.0.0.99'), 80));
    // Seven SYNs: waits of 1 + 2 + 4 + 8 + 16 + 32 seconds, and a last one cut to 60.
    net.clock.advance(122 * SECOND);
    expect(a.state).toBe('syn-sent');
    net.clock.advance(2 * SECOND);
    expect([a.state, a.error]).toEqual(['closed', Errno.EHOSTUNREACH]);
  });

  it('there is no way to another subnet without a gateway', () => {
    const net = lan(1);
    expect(net.hosts[0].stack.tcp.connect(parseIp('8.8.8.8'), 80)).toBe(-Errno.EHOSTUNREACH);
  });

  it('a reset is told to the peer, after the data it already had', () => {
    const { net, a, b } = pair();
    a.write(ascii('last'));
    net.clock.advance(SECOND);
    a.abort(Errno.ECONNABORTED);
    net.clock.advance(SECOND);
    expect(a.error).toBe(Errno.ECONNABORTED);
    expect(readText(b)).toBe('last');
    expect(b.read(1)).toBe(-Errno.ECONNRESET);
  });

  it('closing with unread data resets', () => {
    const { net, a, b } = pair();
    a.write(ascii('nobody reads this'));
    net.clock.advance(SECOND);
    b.close();
    net.clock.advance(SECOND);
    expect(a.read(1)).toBe(-Errno.ECONNRESET);
  });

  it('data for a closed connection resets it', () => {
    const { net, a, b } = pair();
    b.close();
    net.clock.advance(SECOND);
    expect(a.state).toBe('close-wait');
    a.write(ascii('too late'));
    net.clock.advance(SECOND);
    expect([a.state, a.error]).toEqual(['closed', Errno.ECONNRESET]);
    expect(net.hosts[1].stack.tcp.list().length).toBe(0);
  });

  it('a silent peer times out after the configured retries', () => {
    const { net, a } = pair({ dataRetries: 3 });
    net.wire.behaviour.loss = 1;
    a.write(ascii('anybody?'));
    net.clock.advance(14 * SECOND);
    expect(a.state).toBe('established');
    net.clock.advance(2 * SECOND);
    expect([a.state, a.error]).toEqual(['closed', Errno.ETIMEDOUT]);
  });

  it('a closed connection whose peer vanished is given up', () => {
    const { net, a } = pair({ orphanTimeout: 10 * SECOND });
    a.close();
    net.clock.advance(SECOND);
    expect(a.state).toBe('fin-wait-2');
    net.wire.behaviour.loss = 1;
    net.clock.advance(10 * SECOND);
    expect(a.state).toBe('closed');
    expect(net.hosts[0].stack.tcp.list().length).toBe(0);
  });
});

describe('flow', () => {
  it('stops at the window, probes it, and goes on when the peer reads', () => {
    const { net, a, b } = pair({ receiveBuffer: 2000, sendBuffer: 8000, mss: 1000 });
    const data = Uint8Array.from({ length: 6000 }, (_, i) => i & 255);
    expect(a.write(data)).toBe(6000);
    net.clock.advance(10 * SECOND);
    expect([a.sndWnd, b.available, a.persisting, a.retransmitting]).toEqual([0, 2000, true, false]);
    const sentBefore = net.wire.counts.sent;
    net.clock.advance(100 * SECOND);
    const probes = (net.wire.counts.sent - sentBefore) / 2;
    expect(probes).toBeGreaterThanOrEqual(2);
    expect(probes).toBeLessThan(8);
    const got: number[] = [];
    for (let i = 0; i < 20 && got.length < 6000; i++) {
      const part = b.read(500);
      if (typeof part !== 'number') got.push(...part);
      net.clock.advance(SECOND);
    }
    expect(got).toEqual([...data]);
  });

  it('gets through when the window update is lost', () => {
    const { net, a, b } = pair({ receiveBuffer: 1000, mss: 500 });
    a.write(new Uint8Array(1500));
    net.clock.advance(3 * SECOND);
    expect(b.available).toBe(1000);
    net.wire.behaviour.loss = 1;
    b.read(1000);
    net.clock.advance(10);
    net.wire.behaviour.loss = 0;
    net.clock.advance(120 * SECOND);
    expect(b.available).toBe(500);
  });

  it('never advertises small windows', () => {
    const { net, a, b } = pair({ receiveBuffer: 2000, mss: 1000 });
    a.write(new Uint8Array(4000));
    net.clock.advance(3 * SECOND);
    const before = net.wire.counts.sent;
    for (let i = 0; i < 9; i++) b.read(100);
    net.clock.advance(10);
    expect(net.wire.counts.sent).toBe(before);
    b.read(100);
    expect(net.wire.counts.sent).toBe(before + 1);
    net.clock.advance(SECOND);
    expect(b.available).toBe(2000);
  });

  it('delays acknowledgements, but acknowledges every second segment', () => {
    const { net, a } = pair({ nagle: false });
    const before = net.wire.counts.sent;
    a.write(ascii('1'));
    net.clock.advance(150_000);
    expect(net.wire.counts.sent - before).toBe(1);
    net.clock.advance(100_000);
    expect(net.wire.counts.sent - before).toBe(2);
    a.write(ascii('2'));
    a.write(ascii('3'));
    net.clock.advance(1000);
    expect(net.wire.counts.sent - before).toBe(5);
  });

  it('holds small segments back under Nagle, and not without', () => {
    const count = (nagle: boolean) => {
      const { net, a } = pair({ nagle });
      const before = net.wire.counts.sent;
      for (let i = 0; i < 5; i++) a.write(ascii('k'));
      return net.wire.counts.sent - before;
    };
    expect([count(false), count(true)]).toEqual([5, 1]);
  });

  it('respects the segment size of the peer and of the link', () => {
    const { net, a, b } = pair({ mss: 300 });
    a.write(new Uint8Array(900));
    let longest = 0;
    net.wire.tap = (_direction, frame) => {
      longest = Math.max(longest, frame.length);
    };
    b.write(new Uint8Array(900));
    net.clock.advance(SECOND);
    expect(longest).toBe(300 + 54);
    const small = lan(2);
    small.hosts[0].eth.mtu = 576;
    const listener = ok(small.hosts[1].stack.tcp.listen(1, { port: 1 }));
    const c = ok(small.hosts[0].stack.tcp.connect(B, 1));
    small.clock.advance(SECOND);
    expect([c.mss, (listener.accept() as TcpConnection).mss]).toEqual([536, 536]);
  });

  it('repairs one lost segment by fast retransmission, long before the timeout', () => {
    const { net, a, b } = pair({ rtoMin: 10 * SECOND, sendBuffer: 20000, receiveBuffer: 20000 });
    a.cwnd = 20000;
    let data = 0;
    net.wire.tap = (_direction, frame) => {
      if (frame.length > 1000) net.wire.behaviour.loss = ++data === 2 ? 1 : 0;
      else net.wire.behaviour.loss = 0;
    };
    a.write(new Uint8Array(14600));
    net.clock.advance(SECOND / 10);
    expect(data).toBe(11);
    expect(b.available).toBe(14600);
  });
});

describe('listening', () => {
  it('keeps to its backlog, and the rest get in later', () => {
    const net = lan(3);
    const listener = ok(net.hosts[0].stack.tcp.listen(2, { port: 80 }));
    const clients = [1, 2, 1, 2].map((i) => ok(net.hosts[i].stack.tcp.connect(A, 80)));
    net.clock.advance(SECOND / 2);
    expect(clients.filter((c) => c.connected).length).toBe(2);
    expect(net.hosts[0].stack.drops['tcp-backlog-full']).toBe(2);
    expect(listener.accept()).not.toBeNull();
    expect(listener.accept()).not.toBeNull();
    expect(listener.accept()).toBeNull();
    net.clock.advance(2 * SECOND);
    expect(clients.every((c) => c.connected)).toBe(true);
  });

  it('resets whom nobody accepted when it closes', () => {
    const net = lan(2);
    const listener = ok(net.hosts[1].stack.tcp.listen(2, { port: 80 }));
    const a = ok(net.hosts[0].stack.tcp.connect(B, 80));
    net.clock.advance(SECOND);
    listener.close();
    net.clock.advance(SECOND);
    expect(a.read(1)).toBe(-Errno.ECONNRESET);
    expect(net.hosts[1].stack.tcp.list().length).toBe(0);
  });

  it('refuses taken ports, unless only lingering connections take them and reuse is asked for', () => {
    const { net, b, a, listener } = pair();
    const tcp = net.hosts[1].stack.tcp;
    expect(tcp.listen(1, { port: 80 })).toBe(-Errno.EADDRINUSE);
    listener.close();
    b.close();
    a.close();
    net.clock.advance(SECOND);
    expect(tcp.listen(1, { port: 80 })).toBe(-Errno.EADDRINUSE);
    expect(typeof tcp.listen(1, { port: 80, reuse: true })).toBe('object');
    expect(tcp.listen(1, { ip: parseIp('1.2.3.4') })).toBe(-Errno.EADDRNOTAVAIL);
  });

  it('bounds the table and lets connections in TIME-WAIT give way', () => {
    const net = lan(2, {}, { tcp: { connections: 3 } });
    const client = net.hosts[0].stack.tcp;
    const listener = ok(net.hosts[1].stack.tcp.listen(3, { port: 80 }));
    const open = [0, 1, 2].map(() => ok(client.connect(B, 80)));
    expect(client.connect(B, 80)).toBe(-Errno.ENOMEM);
    net.clock.advance(SECOND);
    open[1].close();
    net.clock.advance(SECOND);
    while (listener.readable) listener.accept()?.close();
    net.clock.advance(SECOND);
    expect(open[1].state).toBe('time-wait');
    expect(typeof client.connect(B, 80)).toBe('object');
    expect(open[1].state).toBe('closed');
  });

  it('takes a new connection over one in TIME-WAIT', () => {
    const { net, a, b, listener } = pair();
    const port = a.localPort;
    b.close();
    net.clock.advance(SECOND);
    a.close();
    net.clock.advance(SECOND);
    expect(states(a, b)).toEqual(['closed', 'time-wait']);
    const again = ok(net.hosts[0].stack.tcp.connect(B, 80, { port }));
    net.clock.advance(SECOND);
    expect([again.state, b.state, listener.readable]).toEqual(['established', 'closed', true]);
  });
});

describe('hand-made segments', () => {
  /** A stack whose peer is the test: it sends what it likes and sees what comes back. */
  function peer() {
    const net = lan(1);
    const { stack, eth } = net.hosts[0];
    const seen: TcpSegment[] = [];
    const peerMac = 0x020000000099;
    eth.arp.learn(B, peerMac, true);
    net.wire.tap = (_direction, frame) => {
      const ethernet = decodeEthernet(frame);
      if (ethernet.etherType !== ETHERTYPE_IPV4) return;
      const packet = decodeIpv4(ethernet.payload);
      seen.push(decodeTcp(packet.src, packet.dst, packet.payload));
    };
    const send = (flags: number, seq: number, ack: number, payload = '', window = 4000) => {
      const segment = {
        srcPort: 5000,
        dstPort: 80,
        seq: seq >>> 0,
        ack: ack >>> 0,
        flags,
        window,
        urgent: 0,
        mss: 0,
        payload: ascii(payload),
      };
      const packet = encodeIpv4({ src: B, dst: A, protocol: PROTO_TCP, ttl: 64, id: 1 }, encodeTcp(B, A, segment));
      stack.receive(eth.id, encodeEthernet(eth.mac, peerMac, ETHERTYPE_IPV4, packet));
    };
    const last = () => seen[seen.length - 1];
    const listener = ok(stack.tcp.listen(2, { port: 80 }));
    const open = (isn: number) => {
      send(TCP_SYN, isn, 0);
      const iss = last().seq;
      send(TCP_ACK, isn + 1, iss + 1);
      return { c: listener.accept() as TcpConnection, iss };
    };
    return { net, stack, seen, send, last, listener, open };
  }

  it('answers a stray segment as RFC 9293 says', () => {
    const { send, last, seen } = peer();
    send(TCP_ACK, 100, 777);
    expect([last().flags, last().seq]).toEqual([TCP_RST, 777]);
    send(TCP_FIN, 100, 0, 'abc');
    expect([last().flags, last().seq, last().ack]).toEqual([TCP_RST | TCP_ACK, 0, 104]);
    send(TCP_RST, 100, 0);
    expect(seen.length).toBe(2);
  });

  it('keeps the handshake at the wrap of the sequence space', () => {
    const { open, send, net } = peer();
    const { c, iss } = open(0xffffffff);
    expect([c.state, c.rcvNxt]).toEqual(['established', 0]);
    send(TCP_ACK | TCP_PSH, 0, iss + 1, 'ok');
    net.clock.advance(SECOND);
    expect(readText(c)).toBe('ok');
  });

  it('puts early and overlapping data in order and acknowledges at once', () => {
    const { open, send, last } = peer();
    const { c, iss } = open(1000);
    send(TCP_ACK, 1004, iss + 1, 'defg');
    expect(last().ack).toBe(1001);
    send(TCP_ACK, 1010, iss + 1, 'jk');
    send(TCP_ACK, 1001, iss + 1, 'abcde');
    expect(last().ack).toBe(1008);
    send(TCP_ACK | TCP_FIN, 1006, iss + 1, 'fghijkl');
    expect(last().ack).toBe(1014);
    expect(readText(c)).toBe('abcdefghijkl');
    expect(c.state).toBe('close-wait');
  });

  it('remembers a FIN that came early', () => {
    const { open, send, last } = peer();
    const { c, iss } = open(1000);
    send(TCP_ACK | TCP_FIN, 1004, iss + 1, 'def');
    expect(c.state).toBe('established');
    send(TCP_ACK, 1001, iss + 1, 'abc');
    expect([c.state, last().ack]).toEqual(['close-wait', 1008]);
  });

  it('believes a reset only at the exact place (RFC 5961)', () => {
    const { open, send, last, net } = peer();
    const { c } = open(1000);
    send(TCP_RST, 1005, 0);
    expect([c.state, last().flags, last().ack]).toEqual(['established', TCP_ACK, 1001]);
    send(TCP_RST, 999, 0);
    send(TCP_RST, 999_999, 0);
    expect(c.state).toBe('established');
    net.clock.advance(SECOND);
    send(TCP_SYN, 1002, 0);
    expect([c.state, last().flags]).toEqual(['established', TCP_ACK]);
    send(TCP_RST, 1001, 0);
    expect([c.state, c.error]).toEqual(['closed', Errno.ECONNRESET]);
  });

  it('answers acknowledgements of what was never sent, but not endlessly', () => {
    const { open, send, seen } = peer();
    const { c, iss } = open(1000);
    const before = seen.length;
    for (let i = 0; i < 50; i++) send(TCP_ACK, 1001, iss + 500);
    expect(seen.length - before).toBe(1);
    expect(c.state).toBe('established');
  });

  it('resets a handshake that acknowledges the wrong number', () => {
    const { send, last, listener } = peer();
    send(TCP_SYN, 1000, 0);
    send(TCP_ACK, 1001, 12345);
    expect([last().flags, last().seq]).toEqual([TCP_RST, 12345]);
    expect(listener.readable).toBe(false);
  });

  it('repeats its SYN when the peer does, and forgets it on reset', () => {
    const { send, seen, stack } = peer();
    send(TCP_SYN, 1000, 0);
    send(TCP_SYN, 1000, 0);
    expect(seen.map((s) => s.flags)).toEqual([TCP_SYN | TCP_ACK, TCP_SYN | TCP_ACK]);
    expect(seen[0].seq).toBe(seen[1].seq);
    send(TCP_RST, 1001, 0);
    expect(stack.tcp.list().length).toBe(0);
  });

  it('cuts data at the window and never lets the window shrink', () => {
    const { open, send, last, stack } = peer();
    const { c, iss } = open(1000);
    const chunk = 'x'.repeat(1400);
    let edge = 0;
    for (let i = 0; i < 12; i++) {
      send(TCP_ACK, 1001 + i * 1400, iss + 1, chunk);
      const right = last().ack + last().window;
      expect(right).toBeGreaterThanOrEqual(edge);
      edge = right;
    }
    expect(c.available).toBe(stack.tcp.config.receiveBuffer);
    expect(last().window).toBe(0);
    // A probe of the closed window is answered and not taken.
    send(TCP_ACK, c.rcvNxt, iss + 1, 'p');
    expect([last().ack, last().window]).toEqual([c.rcvNxt, 0]);
    c.read(5000);
    expect(last().window).toBe(5000);
  });

  it('lets no storm of acknowledgements arise between two confused ends', () => {
    const { net, a, b } = pair({ dataRetries: 5 });
    // Each believes the other sent more than it did.
    a.rcvNxt += 1000;
    b.rcvNxt += 1000;
    const before = net.wire.counts.sent;
    a.write(ascii('x'));
    net.clock.advance(100 * SECOND);
    // Six tries of the segment with an answer each, and an empty answer to those at most twice a second.
    expect(net.wire.counts.sent - before).toBeLessThan(300);
    expect(a.error).toBe(Errno.ETIMEDOUT);
  });
});
