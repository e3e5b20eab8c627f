/**
 * ARP, IPv4, ICMP and UDP between stacks.
 */
import { describe, expect, it } from 'vitest';
import type { UdpReceived, UdpSocket } from '../src/index.js';
import {
  Errno,
  ETHERTYPE_ARP,
  ETHERTYPE_IPV4,
  IP_BROADCAST,
  MAC_BROADCAST,
  NetError,
  PROTO_ICMP,
  PROTO_UDP,
  decodeEthernet,
  decodeIcmp,
  decodeIpv4,
  decodeQuote,
  encodeIcmpError,
  encodeEthernet,
  encodeIpv4,
  encodeIpv4Fragments,
  encodeUdp,
  maskOf,
  parseIp,
} from '../src/index.js';
import type { Lan } from './helpers.js';
import { ascii, bytes, lan, ok, text } from './helpers.js';

const A = parseIp('10.0.0.1');
const B = parseIp('10.0.0.2');
const C = parseIp('10.0.0.3');
const SECOND = 1_000_000;

function udp(net: Lan, host: number, port: number): UdpSocket {
  const socket = net.hosts[host].stack.udp.open() as UdpSocket;
  expect(socket.bind(0, port)).toBe(0);
  return socket;
}

function received(socket: UdpSocket): UdpReceived {
  const got = socket.receive();
  if (typeof got === 'number') throw new Error(`error ${-got}`);
  return got;
}

describe('ARP', () => {
  it('asks once, sends what waited, and remembers', () => {
    const net = lan(2);
    net.clock.advance(SECOND);
    const types: number[] = [];
    net.wire.tap = (_direction, frame) => types.push(decodeEthernet(frame).etherType);
    const socket = udp(net, 0, 1000);
    const other = udp(net, 1, 2000);
    for (const word of ['one', 'two']) expect(socket.sendTo(ascii(word), B, 2000)).toBe(3);
    net.clock.advance(SECOND);
    expect(types).toEqual([ETHERTYPE_ARP, ETHERTYPE_ARP, ETHERTYPE_IPV4, ETHERTYPE_IPV4]);
    expect([text(received(other).data), text(received(other).data)]).toEqual(['one', 'two']);
    // The answer needs no question: who asked is known.
    other.sendTo(ascii('back'), A, 1000);
    net.clock.advance(SECOND);
    expect(types.length).toBe(5);
    // Entries age.
    net.clock.advance(301 * SECOND);
    expect(net.hosts[0].eth.arp.list()).toEqual([]);
  });

  it('keeps the newest packets of a bounded queue, and gives up after a few questions', () => {
    const net = lan(1);
    const { stack, eth } = net.hosts[0];
    const socket = udp(net, 0, 1000);
    for (let i = 0; i < 5; i++) socket.sendTo(bytes(i), B, 2000);
    expect(stack.drops['arp-queue-full']).toBe(2);
    const sent = net.wire.counts.sent;
    net.clock.advance(10 * SECOND);
    expect(net.wire.counts.sent - sent).toBe(4);
    expect(stack.drops['arp-unresolved']).toBe(3);
    expect(eth.arp.list()).toEqual([]);
  });

  it('evicts the entry that is nearest its end when the table is full', () => {
    const net = lan(1, {}, { arp: { entries: 2 } });
    const { arp } = net.hosts[0].eth;
    arp.learn(11, 1, true);
    net.clock.advance(10);
    arp.learn(12, 2, true);
    net.clock.advance(10);
    arp.learn(11, 3, false);
    arp.learn(13, 4, true);
    expect(arp.list().map((entry) => [entry.ip, entry.mac])).toEqual([
      [11, 3],
      [13, 4],
    ]);
  });

  it('learns new hardware addresses from announcements, but no strangers', () => {
    const net = lan(3);
    net.hosts[0].stack.ping.send(B, 1, bytes(), SECOND);
    net.clock.advance(SECOND);
    expect(net.hosts[0].eth.arp.list().map((entry) => entry.ip)).toEqual([B]);
    net.hosts[1].eth.setUp(false);
    net.hosts[1].eth.mac = 0x0200000000bb;
    net.hosts[1].eth.setUp(true);
    net.clock.advance(SECOND);
    expect(net.hosts[0].eth.arp.list().map((entry) => entry.mac)).toEqual([0x0200000000bb]);
    expect(net.hosts[2].eth.arp.list()).toEqual([]);
  });
});

describe('ICMP', () => {
  it('answers echo requests and measures the time', () => {
    const net = lan(2, { latencyMicros: 700 });
    net.clock.advance(SECOND);
    const id = net.hosts[0].stack.ping.send(B, 7, ascii('abcdefgh'), SECOND);
    net.clock.advance(SECOND);
    // Two crossings for ARP, two for the echo.
    expect(net.hosts[0].stack.ping.result(id)).toMatchObject({ state: 'answered', rttMicros: 2800, sequence: 7 });
    expect(net.hosts[0].stack.ping.result(id)).toBeUndefined();
  });

  it('times out, reports unreachable hosts, and answers itself', () => {
    const net = lan(2);
    const { ping } = net.hosts[0].stack;
    net.wire.behaviour.loss = 1;
    const lost = ping.send(B, 1, bytes(), SECOND);
    net.clock.advance(SECOND);
    expect(ping.result(lost)?.state).toBe('timeout');
    const nobody = ping.send(C, 1, bytes(), 60 * SECOND);
    net.clock.advance(6 * SECOND);
    expect(ping.result(nobody)?.state).toBe('unreachable');
    const self = ping.send(A, 1, bytes(), SECOND);
    expect(ping.result(self)?.state).toBe('waiting');
    net.clock.advance(20);
    expect(ping.result(self)?.state).toBe('answered');
    expect(ping.send(parseIp('9.9.9.9'), 1, bytes(), SECOND)).toBe(-Errno.EHOSTUNREACH);
  });

  it('does not answer to a broadcast', () => {
    const net = lan(3);
    net.hosts[0].stack.ping.send(parseIp('10.0.0.255'), 1, bytes(), SECOND);
    net.clock.advance(SECOND);
    expect(net.hosts.slice(1).map((host) => host.stack.drops['icmp-ignored'])).toEqual([1, 1]);
  });

  it('reports closed UDP ports to connected sockets, at a limited rate', () => {
    const net = lan(2);
    const socket = udp(net, 0, 1000);
    socket.connect(B, 9);
    socket.send(ascii('x'));
    net.clock.advance(SECOND);
    expect(socket.receive()).toBe(-Errno.ECONNREFUSED);
    expect(socket.receive()).toBe(-Errno.EAGAIN);
    for (let i = 0; i < 20; i++) {
      socket.send(ascii('x'));
      net.clock.advance(1000);
      socket.receive();
    }
    expect(net.hosts[1].stack.drops['icmp-rate-limited']).toBeGreaterThan(10);
  });
});

describe('UDP', () => {
  it('delivers to the most particular socket', () => {
    const net = lan(3);
    const any = udp(net, 1, 5000);
    const connected = net.hosts[1].stack.udp.open() as UdpSocket;
    any.reuse = connected.reuse = true;
    expect(connected.bind(B, 5000)).toBe(0);
    connected.connect(A, 1000);
    udp(net, 0, 1000).sendTo(ascii('from a'), B, 5000);
    udp(net, 2, 1000).sendTo(ascii('from c'), B, 5000);
    net.clock.advance(SECOND);
    expect(received(connected)).toMatchObject({ ip: A, port: 1000, to: B, data: ascii('from a') });
    expect(received(any)).toMatchObject({ ip: C, data: ascii('from c') });
  });

  it('broadcasts to everybody, if allowed', () => {
    const net = lan(3);
    const socket = udp(net, 0, 1000);
    const ears = [udp(net, 1, 5000), udp(net, 2, 5000)];
    expect(socket.sendTo(ascii('all'), IP_BROADCAST, 5000)).toBe(-Errno.EINVAL);
    socket.broadcast = true;
    expect(socket.sendTo(ascii('all'), IP_BROADCAST, 5000)).toBe(3);
    expect(socket.sendTo(ascii('net'), parseIp('10.0.0.255'), 5000)).toBe(3);
    net.clock.advance(SECOND);
    for (const ear of ears) expect([text(received(ear).data), text(received(ear).data)]).toEqual(['all', 'net']);
  });

  it('reaches members of a group only', () => {
    const net = lan(3);
    const group = parseIp('239.1.2.3');
    const ears = [udp(net, 1, 5000), udp(net, 2, 5000)];
    net.hosts[1].eth.joinGroup(group);
    udp(net, 0, 1000).sendTo(ascii('members'), group, 5000);
    net.clock.advance(SECOND);
    expect(ears.map((ear) => ear.readable)).toEqual([true, false]);
    net.hosts[1].eth.leaveGroup(group);
    expect(net.hosts[1].eth.inGroup(group)).toBe(false);
    expect(() => net.hosts[1].eth.joinGroup(A)).toThrow(NetError);
  });

  it('drops what its queue cannot hold', () => {
    const net = lan(2);
    const ear = udp(net, 1, 5000);
    const socket = udp(net, 0, 1000);
    for (let i = 0; i < 6; i++) {
      socket.sendTo(bytes(i), B, 5000);
      net.clock.advance(1000);
    }
    expect(ear.waiting).toBe(4);
    expect(net.hosts[1].stack.drops['udp-queue-full']).toBe(2);
    expect(ear.peek()?.data).toEqual(bytes(0));
  });

  it('refuses taken ports and foreign addresses, and finds free ports', () => {
    const net = lan(1);
    const { stack } = net.hosts[0];
    udp(net, 0, 53);
    const socket = stack.udp.open() as UdpSocket;
    expect(socket.bind(0, 53)).toBe(-Errno.EADDRINUSE);
    expect(socket.bind(B, 54)).toBe(-Errno.EADDRNOTAVAIL);
    expect(socket.send(bytes(1))).toBe(-Errno.EDESTADDRREQ);
    expect(socket.sendTo(new Uint8Array(65508), B, 1)).toBe(-Errno.EMSGSIZE);
    expect(socket.bind(0, 0)).toBe(0);
    expect(socket.localPort).toBeGreaterThanOrEqual(49152);
    expect(socket.bind(0, 55)).toBe(-Errno.EINVAL);
    expect(() => socket.sendTo(bytes(1), B, 65536)).toThrow(NetError);
    while (stack.udp.open() !== null);
    expect(stack.udp.list().length).toBe(12);
    socket.close();
    expect(stack.udp.open()).not.toBeNull();
  });
});

describe('fragments', () => {
  const fragmentsOf = (size: number, id = 9) => {
    const payload = Uint8Array.from({ length: size }, (_, i) => i % 251);
    const packet = encodeUdp(B, A, 7, 5000, payload);
    const parts = encodeIpv4Fragments({ src: B, dst: A, protocol: PROTO_UDP, ttl: 64, id }, packet, 576);
    return {
      payload,
      frames: parts.map((part) => encodeEthernet(0x020000000001, 0x020000000002, ETHERTYPE_IPV4, part)),
    };
  };

  it('are sent and put together on the other side', () => {
    const net = lan(2, { jitterMicros: 5000, duplicate: 0.3, seed: 3 });
    const ear = udp(net, 1, 5000);
    const data = Uint8Array.from({ length: 8000 }, (_, i) => i % 253);
    expect(udp(net, 0, 1).sendTo(bytes(0), B, 1)).toBe(1);
    net.clock.advance(SECOND);
    expect(udp(net, 0, 1000).sendTo(data, B, 5000)).toBe(8000);
    net.clock.advance(SECOND);
    expect(received(ear).data).toEqual(data);
  });

  it('are taken in any order, and duplicates ignored', () => {
    const net = lan(1);
    const ear = udp(net, 0, 5000);
    const { payload, frames } = fragmentsOf(2000);
    for (const i of [3, 1, 1, 0, 3, 2]) net.hosts[0].stack.receive(0, frames[i]);
    expect(received(ear).data).toEqual(payload);
  });

  it('that overlap condemn their datagram', () => {
    const net = lan(1);
    const { stack } = net.hosts[0];
    const ear = udp(net, 0, 5000);
    const { frames } = fragmentsOf(2000);
    const fields = { src: B, dst: A, protocol: PROTO_UDP, ttl: 64, id: 9, moreFragments: true, fragmentOffset: 8 };
    const overlap = encodeIpv4(fields, new Uint8Array(16));
    stack.receive(0, frames[0]);
    stack.receive(0, encodeEthernet(0x020000000001, 0x020000000002, ETHERTYPE_IPV4, overlap));
    for (const frame of frames.slice(1)) stack.receive(0, frame);
    expect(ear.readable).toBe(false);
    expect(stack.drops['fragment-invalid']).toBe(1);
  });

  it('are bounded in number, bytes and time', () => {
    const net = lan(1, {}, { reassembly: { datagrams: 2, bytes: 2000 } });
    const { stack } = net.hosts[0];
    for (let id = 0; id < 5; id++) stack.receive(0, fragmentsOf(1000, id).frames[0]);
    expect(stack.drops['fragment-no-room']).toBe(3);
    net.clock.advance(16 * SECOND);
    expect(stack.drops['fragment-timeout']).toBe(2);
    expect(stack.save().reassembly).toEqual([]);
    for (const frame of fragmentsOf(3000, 8).frames) stack.receive(0, frame);
    expect(stack.drops['fragment-no-room']).toBeGreaterThan(3);
  });
});

describe('routing', () => {
  it('sends through the gateway what is not on the link, and prefers the longer prefix', () => {
    const net = lan(2);
    const { stack, eth } = net.hosts[0];
    eth.configure({ address: A, netmask: maskOf(24), gateway: B });
    const second = stack.addInterface({ name: 'eth1', mac: 0x020000000055 });
    const sent: string[] = [];
    second.port = { send: () => sent.push('eth1') };
    second.configure({ address: parseIp('10.0.0.129'), netmask: maskOf(28), gateway: 0 });
    second.setUp(true);
    eth.port = {
      send: (frame) => sent.push(decodeEthernet(frame).dst === MAC_BROADCAST ? 'eth0 all' : 'eth0 gateway'),
    };
    eth.arp.learn(B, 0x020000000002, true);
    sent.length = 0;
    const socket = udp(net, 0, 1000);
    socket.sendTo(bytes(1), parseIp('8.8.8.8'), 53);
    socket.sendTo(bytes(1), parseIp('10.0.0.130'), 53);
    socket.sendTo(bytes(1), C, 53);
    expect(sent).toEqual(['eth0 gateway', 'eth1', 'eth0 all']);
    expect(stack.sourceFor(parseIp('10.0.0.130'))).toBe(parseIp('10.0.0.129'));
  });

  it('takes only packets that are for it and can be true', () => {
    const net = lan(1);
    const { stack, eth } = net.hosts[0];
    udp(net, 0, 5000);
    const give = (src: number, dst: number, mac = eth.mac) => {
      const packet = encodeIpv4(
        { src, dst, protocol: PROTO_UDP, ttl: 9, id: 1 },
        encodeUdp(src, dst, 1, 5000, bytes(1)),
      );
      stack.receive(0, encodeEthernet(mac, 0x020000000077, ETHERTYPE_IPV4, packet));
    };
    give(B, C);
    give(parseIp('127.0.0.1'), A);
    give(B, parseIp('127.0.0.1'));
    give(A, A);
    give(parseIp('224.0.0.5'), A);
    give(B, A, 0x020000000066);
    give(B, A, MAC_BROADCAST);
    give(B, parseIp('224.1.1.1'), MAC_BROADCAST);
    expect(stack.drops).toMatchObject({ 'ip-not-ours': 3, 'ip-martian': 4, 'ethernet-not-ours': 1 });
    eth.setUp(false);
    give(B, A);
    expect(stack.drops['interface-down']).toBe(1);
  });
});

describe('what ICMP says of others', () => {
  it('protocols nobody speaks and fragments that never came are reported', () => {
    const net = lan(1);
    const { stack, eth } = net.hosts[0];
    eth.arp.learn(B, 0x020000000002, true);
    const errors: number[][] = [];
    net.wire.tap = (_direction, frame) => {
      const message = decodeIcmp(decodeIpv4(decodeEthernet(frame).payload).payload);
      errors.push([message.type, message.code, decodeQuote(message.data).protocol]);
    };
    const give = (fields: object) => {
      const packet = encodeIpv4({ src: B, dst: A, protocol: 99, ttl: 9, id: 1, ...fields }, new Uint8Array(16));
      stack.receive(0, encodeEthernet(eth.mac, 0x020000000002, ETHERTYPE_IPV4, packet));
    };
    give({});
    give({ protocol: PROTO_UDP, id: 2, moreFragments: true });
    give({ protocol: PROTO_UDP, id: 3, fragmentOffset: 800 });
    net.clock.advance(20 * SECOND);
    expect(errors).toEqual([
      [3, 2, 99],
      [11, 1, PROTO_UDP],
    ]);
    expect(stack.drops).toMatchObject({ 'ip-unknown-protocol': 1, 'fragment-timeout': 2 });
  });

  it('a refusal ends a connection attempt, other news only explain a later failure (RFC 5461)', () => {
    const net = lan(1);
    const { stack, eth } = net.hosts[0];
    eth.arp.learn(B, 0x020000000002, true);
    let syn = new Uint8Array(0);
    net.wire.tap = (_direction, frame) => {
      syn = frame.slice(14);
    };
    const report = (code: number) => {
      const error = encodeIcmpError(3, code, decodeIpv4(syn));
      const packet = encodeIpv4({ src: B, dst: A, protocol: PROTO_ICMP, ttl: 9, id: 1 }, error);
      stack.receive(0, encodeEthernet(eth.mac, 0x020000000002, ETHERTYPE_IPV4, packet));
    };
    const refused = ok(stack.tcp.connect(B, 80));
    report(3);
    expect([refused.state, refused.error]).toEqual(['closed', Errno.ECONNREFUSED]);
    const slow = ok(stack.tcp.connect(B, 81));
    report(0);
    expect(slow.state).toBe('syn-sent');
    net.clock.advance(200 * SECOND);
    expect([slow.state, slow.error]).toEqual(['closed', Errno.ENETUNREACH]);
  });
});

describe('a snapshot', () => {
  it('keeps what waits in sockets and queues', () => {
    const make = () => {
      const net = lan(2);
      return { net, a: net.hosts[0].stack, b: net.hosts[1].stack };
    };
    const first = make();
    const ear = udp(first.net, 1, 5000);
    ear.broadcast = true;
    udp(first.net, 0, 1000).sendTo(ascii('waiting'), B, 5000);
    first.net.clock.advance(SECOND);
    const echo = first.a.ping.send(A, 3, bytes(), SECOND);
    const lost = first.a.ping.send(C, 3, bytes(), 2 * SECOND);
    const state = structuredClone({
      clock: first.net.clock.save(),
      wire: first.net.wire.save(),
      a: first.a.save(),
      b: first.b.save(),
    });
    const second = make();
    second.net.clock.load(state.clock);
    second.net.wire.load(state.wire);
    second.a.load(state.a);
    second.b.load(state.b);
    const again = second.b.udp.get(ear.id) as UdpSocket;
    expect([text(received(again).data), again.broadcast, again.localPort]).toEqual(['waiting', true, 5000]);
    second.net.clock.advance(3 * SECOND);
    expect(second.a.ping.result(echo)?.state).toBe('answered');
    expect(second.a.ping.result(lost)?.state).toBe('timeout');
    first.net.clock.advance(3 * SECOND);
    expect(first.a.save().timers).toEqual(second.a.save().timers);
  });

  it('can be taken to another clock', () => {
    const net = lan(1);
    const id = net.hosts[0].stack.ping.send(C, 1, bytes(), SECOND);
    const state = structuredClone(net.hosts[0].stack.save());
    const other = lan(1);
    other.hosts[0].stack.load(state);
    other.hosts[0].stack.rearm();
    other.clock.advance(SECOND);
    expect(other.hosts[0].stack.ping.result(id)?.state).toBe('timeout');
  });
});

describe('misuse', () => {
  it('is a typed error', () => {
    const net = lan(1);
    const { stack } = net.hosts[0];
    expect(() => stack.receive(3, bytes(1))).toThrow(NetError);
    expect(() => stack.addInterface({ name: 'eth0', mac: 2 })).toThrow('expected a new interface name, got eth0');
    expect(() => stack.addInterface({ name: 'x', mac: MAC_BROADCAST })).toThrow(NetError);
    expect(() => stack.listInterfaces()[0].configure({ address: A, netmask: 0xff00ff00, gateway: 0 })).toThrow(
      NetError,
    );
    const state = stack.save();
    state.interfaces[0].name = 'other';
    expect(() => stack.load(state)).toThrow('expected interfaces eth0, got other');
  });
});
