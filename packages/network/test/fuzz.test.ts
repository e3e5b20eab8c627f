/**
 * Bytes nobody made on purpose: every decoder either decodes or throws DecodeError, and a stack under such frames only
 * counts. Seeds are fixed, so a failure repeats.
 */
import { describe, expect, it } from 'vitest';
import type { NetStack, UdpSocket } from '../src/index.js';
import {
  DecodeError,
  DhcpOption,
  DnsServer,
  ETHERTYPE_ARP,
  ETHERTYPE_IPV4,
  PROTO_ICMP,
  PROTO_TCP,
  PROTO_UDP,
  Prng,
  checksumAdd,
  checksumEnd,
  decodeArp,
  decodeDhcp,
  decodeDns,
  decodeEthernet,
  decodeIcmp,
  decodeIpv4,
  decodeQuote,
  decodeTcp,
  decodeUdp,
  dhcpWords,
  dnsAddress,
  dnsQuery,
  encodeArp,
  encodeDhcp,
  encodeDns,
  encodeEthernet,
  encodeIcmp,
  encodeIpv4,
  encodeTcp,
  encodeUdp,
  parseIp,
  pseudoHeaderSum,
} from '../src/index.js';
import { ascii, lan, ok } from './helpers.js';

const A = parseIp('10.0.0.1');
const B = parseIp('10.0.0.2');

/** Random bytes, and sound examples with some bytes changed, cut or lengthened. */
function mangled(prng: Prng, examples: readonly Uint8Array[]): Uint8Array {
  if (prng.below(4) === 0) return Uint8Array.from({ length: prng.below(400) }, () => prng.below(256));
  const example = examples[prng.below(examples.length)];
  const data = new Uint8Array(Math.max(0, example.length + (prng.below(3) === 0 ? prng.below(41) - 20 : 0)));
  data.set(example.subarray(0, data.length));
  const changes = prng.below(6);
  for (let i = 0; i < changes && data.length > 0; i++) data[prng.below(data.length)] = prng.below(256);
  return data;
}

const tcpExample = (flags: number, mss: number, payload: string) =>
  encodeTcp(B, A, {
    srcPort: 5000,
    dstPort: 80,
    seq: 1,
    ack: 1,
    flags,
    window: 500,
    urgent: 3,
    mss,
    payload: ascii(payload),
  });

const dnsExample = encodeDns({
  ...dnsQuery(9, 'www.example.org', 1),
  response: true,
  answers: [dnsAddress('www.example.org', 1, 60), dnsAddress('a.example.org', 2, 60)],
});

const dhcpExample = encodeDhcp({
  op: 2,
  xid: 1,
  secs: 0,
  broadcast: true,
  clientIp: 0,
  yourIp: A,
  serverIp: 0,
  relayIp: 0,
  clientMac: 0x020000000001,
  type: 2,
  options: new Map([
    [DhcpOption.serverId, dhcpWords(B)],
    [DhcpOption.overload, Uint8Array.of(3)],
    [DhcpOption.dns, dhcpWords(A, B)],
  ]),
});

const arpExample = encodeArp({ op: 1, senderMac: 0x020000000002, senderIp: B, targetMac: 0, targetIp: A });
const icmpExample = encodeIcmp(8, 0, 1, ascii('echo'));
const udpExample = encodeUdp(B, A, 5000, 53, dnsExample);
const ipExamples = [
  encodeIpv4({ src: B, dst: A, protocol: PROTO_TCP, ttl: 9, id: 1 }, tcpExample(2, 1460, '')),
  encodeIpv4({ src: B, dst: A, protocol: PROTO_UDP, ttl: 9, id: 2 }, udpExample),
  encodeIpv4({ src: B, dst: A, protocol: PROTO_ICMP, ttl: 9, id: 3 }, icmpExample),
];

const decoders: [string, (data: Uint8Array) => unknown, Uint8Array[]][] = [
  ['ethernet', decodeEthernet, [encodeEthernet(1, 2, ETHERTYPE_ARP, arpExample)]],
  ['arp', decodeArp, [arpExample]],
  ['ipv4', decodeIpv4, ipExamples],
  ['icmp', decodeIcmp, [icmpExample]],
  ['icmp', decodeQuote, ipExamples],
  ['udp', (data) => decodeUdp(B, A, data), [udpExample]],
  ['tcp', (data) => decodeTcp(B, A, data), [tcpExample(2, 1460, ''), tcpExample(0x18, 0, 'payload')]],
  ['dhcp', decodeDhcp, [dhcpExample]],
  ['dns', decodeDns, [dnsExample, encodeDns(dnsQuery(1, 'x.y', 12))]],
];

describe('decoders', () => {
  it.each(decoders)('%s decodes, or throws DecodeError, for whatever comes', (layer, decode, examples) => {
    const prng = new Prng(2026);
    let decoded = 0;
    let refused = 0;
    for (let i = 0; i < 4000; i++) {
      const data = mangled(prng, examples);
      const before = data.slice();
      try {
        decode(data);
        decoded++;
      } catch (error) {
        if (!(error instanceof DecodeError) || error.layer !== layer) throw error;
        refused++;
      }
      // Comparing all would take longer than decoding.
      if (i % 64 === 0) expect(data).toEqual(before);
    }
    expect(refused).toBeGreaterThan(20);
    expect(decoded).toBeGreaterThan(100);
  });

  it('TCP options of every content are survived with a right checksum', () => {
    const prng = new Prng(5);
    let decoded = 0;
    for (let i = 0; i < 3000; i++) {
      const words = prng.below(11);
      const data = new Uint8Array(20 + words * 4);
      data.set(tcpExample(0x10, 0, ''));
      data[12] = (5 + words) << 4;
      for (let at = 20; at < data.length; at++) data[at] = prng.below(prng.below(3) === 0 ? 256 : 6);
      data[16] = data[17] = 0;
      const sum = checksumEnd(checksumAdd(pseudoHeaderSum(B, A, PROTO_TCP, data.length), data, 0, data.length));
      data[16] = sum >>> 8;
      data[17] = sum;
      try {
        decodeTcp(B, A, data);
        decoded++;
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
      }
    }
    expect(decoded).toBeGreaterThan(300);
  });
});

/** Whether all that a stack holds keeps within its limits. */
function checkBounds(stack: NetStack): void {
  const state = stack.save();
  expect(state.tcp.connections.length).toBeLessThanOrEqual(stack.tcp.config.connections);
  expect(state.udp.sockets.every((socket) => socket.queue.length <= stack.udp.config.queueDatagrams)).toBe(true);
  expect(state.interfaces.every((i) => i.arp.length <= stack.arp.entries)).toBe(true);
  expect(state.reassembly.length).toBeLessThanOrEqual(4);
  expect(state.reassembly.reduce((sum, partial) => sum + partial.bytes, 0)).toBeLessThanOrEqual(16384);
  expect(state.loopback.length).toBeLessThanOrEqual(32);
}

describe('a stack', () => {
  it('under mangled frames of every kind counts, stays within bounds, and still works', () => {
    const net = lan(2);
    const { stack, eth } = net.hosts[0];
    const server = ok(stack.tcp.listen(4, { port: 80 }));
    const socket = stack.udp.open() as UdpSocket;
    socket.bind(0, 5001);
    new DnsServer().serve(stack.udp);
    stack.startDhcpServer(0, { first: parseIp('10.0.0.100'), last: parseIp('10.0.0.120'), leaseSeconds: 60 });
    const prng = new Prng(99);
    const wrap = (payload: Uint8Array, type: number) => encodeEthernet(eth.mac, 0x020000000077, type, payload);
    const ip = (protocol: number, payload: Uint8Array) => {
      const fragment = prng.below(8) === 0;
      const fields = {
        src: B + prng.below(20),
        dst: A,
        protocol,
        ttl: 9,
        id: prng.below(3),
        moreFragments: fragment && prng.below(2) === 0,
        fragmentOffset: fragment ? prng.below(8) * 8 : 0,
      };
      return wrap(encodeIpv4(fields, payload), ETHERTYPE_IPV4);
    };
    for (let i = 0; i < 6000; i++) {
      let frame: Uint8Array;
      switch (prng.below(6)) {
        case 0:
          frame = wrap(mangled(prng, [arpExample]), ETHERTYPE_ARP);
          break;
        case 1:
          frame = wrap(mangled(prng, ipExamples), ETHERTYPE_IPV4);
          break;
        case 2:
          frame = ip(
            PROTO_UDP,
            encodeUdp(B, A, 5000, [53, 67, 68, 5001][prng.below(4)], mangled(prng, [dnsExample, dhcpExample])),
          );
          break;
        case 3:
          frame = ip(
            PROTO_ICMP,
            encodeIcmp([3, 8, 11, 0][prng.below(4)], prng.below(6), prng.next(), mangled(prng, ipExamples)),
          );
          break;
        case 4: {
          const header = {
            srcPort: 5000 + prng.below(3),
            dstPort: 80,
            window: prng.below(3) * 700,
            urgent: 0,
            mss: prng.below(3),
          };
          const c = stack.tcp.list()[0];
          const near = (to: number) => (prng.below(4) === 0 ? prng.next() : (to + prng.below(5) - 2) >>> 0);
          const numbers = { seq: near(c?.rcvNxt ?? 0), ack: near(c?.sndNxt ?? 0), flags: prng.below(64) };
          frame = ip(PROTO_TCP, encodeTcp(B, A, { ...header, ...numbers, payload: new Uint8Array(prng.below(100)) }));
          break;
        }
        default:
          frame = mangled(prng, [wrap(ipExamples[0], ETHERTYPE_IPV4)]);
      }
      stack.receive(0, frame);
      if (prng.below(10) === 0) net.clock.advance(prng.below(1_000_000));
      if (i % 200 === 0) {
        checkBounds(stack);
        server.accept()?.close();
        socket.receive();
      }
    }
    const counted = Object.entries(stack.drops).filter(([, count]) => count > 0);
    expect(counted.length).toBeGreaterThan(12);
    // Afterwards an honest peer is served.
    net.clock.advance(600_000_000);
    while (server.readable) server.accept()?.close();
    net.clock.advance(600_000_000);
    const client = ok(net.hosts[1].stack.tcp.connect(A, 80));
    net.clock.advance(30_000_000);
    expect(client.state).toBe('established');
  });
});
