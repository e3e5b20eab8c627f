import { describe, expect, it } from 'vitest';
import {
  ARP_REQUEST,
  DecodeError,
  ETHERTYPE_ARP,
  ICMP_ECHO_REQUEST,
  ICMP_UNREACHABLE,
  MAC_BROADCAST,
  NetError,
  PROTO_UDP,
  TCP_ACK,
  TCP_FIN,
  TCP_PSH,
  TCP_SYN,
  checksumAdd,
  checksumEnd,
  decodeArp,
  decodeEthernet,
  decodeIcmp,
  decodeIpv4,
  decodeQuote,
  decodeTcp,
  decodeUdp,
  encodeArp,
  encodeEthernet,
  encodeIcmp,
  encodeIcmpError,
  encodeIpv4,
  encodeIpv4Fragments,
  encodeTcp,
  encodeUdp,
  formatIp,
  formatMac,
  isGroupMac,
  maskOf,
  multicastMac,
  parseIp,
  parseMac,
  prefixOf,
  segmentLength,
  seqAdd,
  seqDiff,
  seqLe,
  seqLt,
} from '../src/index.js';
import { ascii, bytes, hex } from './helpers.js';

describe('addresses', () => {
  it('parse and format', () => {
    expect(formatIp(parseIp('192.168.4.1'))).toBe('192.168.4.1');
    expect(parseIp('255.255.255.255')).toBe(0xffffffff);
    expect(formatMac(parseMac('de:AD:be-ef:00:01'))).toBe('de:ad:be:ef:00:01');
  });

  it.each(['', '1.2.3', '1.2.3.256', '1.2.3.4.5', 'a.b.c.d', ' 1.2.3.4'])('refuse %j as an IPv4 address', (text) => {
    expect(() => parseIp(text)).toThrow(NetError);
  });

  it('convert masks and prefixes both ways, and refuse masks with holes', () => {
    for (let prefix = 0; prefix <= 32; prefix++) expect(prefixOf(maskOf(prefix))).toBe(prefix);
    expect(prefixOf(0xff00ff00)).toBe(-1);
  });

  it('map groups to Ethernet', () => {
    expect(formatMac(multicastMac(parseIp('239.129.2.3')))).toBe('01:00:5e:01:02:03');
    expect(isGroupMac(parseMac('01:00:5e:00:00:01'))).toBe(true);
    expect(isGroupMac(parseMac('fe:ff:ff:ff:ff:ff'))).toBe(false);
  });
});

describe('checksum', () => {
  it('gives the example of RFC 1071', () => {
    const data = hex('0001f203f4f5f6f7');
    expect(checksumEnd(checksumAdd(0, data, 0, 8))).toBe(~0xddf2 & 0xffff);
  });

  it('pads an odd byte', () => {
    expect(checksumEnd(checksumAdd(0, bytes(0x12), 0, 1))).toBe(~0x1200 & 0xffff);
  });
});

describe('ethernet', () => {
  it('encodes and decodes a known frame', () => {
    const frame = encodeEthernet(MAC_BROADCAST, 0x020102030405, ETHERTYPE_ARP, bytes(1, 2));
    expect(frame).toEqual(hex('ffffffffffff 020102030405 0806 0102'));
    const decoded = decodeEthernet(frame);
    expect(decoded).toEqual({
      dst: MAC_BROADCAST,
      src: 0x020102030405,
      etherType: ETHERTYPE_ARP,
      payload: bytes(1, 2),
    });
  });

  it('refuses frames too short or too long', () => {
    expect(() => decodeEthernet(new Uint8Array(13))).toThrow(DecodeError);
    expect(() => decodeEthernet(new Uint8Array(1515))).toThrow(DecodeError);
    expect(decodeEthernet(new Uint8Array(1514)).payload.length).toBe(1500);
  });
});

describe('arp', () => {
  const packet = {
    op: ARP_REQUEST,
    senderMac: 0x0200000000aa,
    senderIp: parseIp('10.0.0.1'),
    targetMac: 0,
    targetIp: parseIp('10.0.0.2'),
  };
  const wire = hex('0001 0800 06 04 0001 0200000000aa 0a000001 000000000000 0a000002');

  it('encodes and decodes a known request, padding ignored', () => {
    expect(encodeArp(packet)).toEqual(wire);
    const padded = new Uint8Array(46);
    padded.set(wire);
    expect(decodeArp(padded)).toEqual(packet);
  });

  it('refuses other hardware and operations', () => {
    const other = wire.slice();
    other[1] = 6;
    expect(() => decodeArp(other)).toThrow('arp: not IPv4 over Ethernet');
    const reverse = wire.slice();
    reverse[7] = 3;
    expect(() => decodeArp(reverse)).toThrow('arp: unknown operation 3');
  });
});

describe('ipv4', () => {
  // The header checksum example of many textbooks: 4500 0073 … b861.
  const header = hex('4500 0073 0000 4000 40 11 b861 c0a80001 c0a800c7');

  it('decodes a known header', () => {
    const packet = new Uint8Array(0x73);
    packet.set(header);
    const decoded = decodeIpv4(packet);
    expect(formatIp(decoded.src)).toBe('192.168.0.1');
    expect(formatIp(decoded.dst)).toBe('192.168.0.199');
    expect([decoded.protocol, decoded.ttl, decoded.dontFragment, decoded.payload.length]).toEqual([17, 64, true, 95]);
  });

  it('encodes the same header', () => {
    const fields = { src: 0xc0a80001, dst: 0xc0a800c7, protocol: 17, ttl: 64, id: 0, dontFragment: true };
    expect(encodeIpv4(fields, new Uint8Array(95)).subarray(0, 20)).toEqual(header);
  });

  it('drops padding and skips options', () => {
    const packet = hex('4600 001b 0000 0000 40 11 0000 01020304 05060708 01010100 aabbcc 0000');
    const sum = checksumEnd(checksumAdd(0, packet, 0, 24));
    packet[10] = sum >> 8;
    packet[11] = sum & 255;
    const decoded = decodeIpv4(packet);
    expect(decoded.payload).toEqual(hex('aabbcc'));
    expect(decoded.header.length).toBe(24);
  });

  it('refuses wrong version, lengths and checksum', () => {
    const packet = new Uint8Array(0x73);
    packet.set(header);
    const broken = (at: number, value: number) => {
      const copy = packet.slice();
      copy[at] = value;
      return () => decodeIpv4(copy);
    };
    expect(broken(0, 0x65)).toThrow('ipv4: version 6');
    expect(broken(0, 0x44)).toThrow('header of 16 bytes');
    expect(broken(3, 0x74)).toThrow('cut short');
    expect(broken(8, 63)).toThrow('wrong header checksum');
  });

  it('cuts a payload into fragments at multiples of eight', () => {
    const payload = Uint8Array.from({ length: 3000 }, (_, i) => i & 255);
    const fields = { src: 1, dst: 2, protocol: 17, ttl: 9, id: 77 };
    const packets = encodeIpv4Fragments(fields, payload, 1500).map((packet) => decodeIpv4(packet));
    expect(packets.map((p) => [p.fragmentOffset, p.payload.length, p.moreFragments])).toEqual([
      [0, 1480, true],
      [1480, 1480, true],
      [2960, 40, false],
    ]);
  });
});

describe('icmp', () => {
  it('encodes and decodes a known echo request', () => {
    const message = encodeIcmp(ICMP_ECHO_REQUEST, 0, 0x00010002, ascii('ab'));
    expect(message).toEqual(hex('0800 969a 0001 0002 6162'));
    expect(decodeIcmp(message)).toEqual({ type: 8, code: 0, rest: 0x00010002, data: ascii('ab') });
    message[8] ^= 1;
    expect(() => decodeIcmp(message)).toThrow('icmp: wrong checksum');
  });

  it('quotes a packet in an error and reads the quote', () => {
    const udp = encodeUdp(0x0a000001, 0x0a000002, 1000, 2000, ascii('hello'));
    const packet = decodeIpv4(
      encodeIpv4({ src: 0x0a000001, dst: 0x0a000002, protocol: PROTO_UDP, ttl: 64, id: 5 }, udp),
    );
    const error = decodeIcmp(encodeIcmpError(ICMP_UNREACHABLE, 3, packet));
    expect(error.data.length).toBe(28);
    const quote = decodeQuote(error.data);
    expect([quote.src, quote.dst, quote.protocol, quote.srcPort, quote.dstPort]).toEqual([
      0x0a000001, 0x0a000002, 17, 1000, 2000,
    ]);
    expect(() => decodeQuote(error.data.subarray(0, 27))).toThrow(DecodeError);
  });
});

describe('udp', () => {
  const src = parseIp('192.168.0.31');
  const dst = parseIp('192.168.0.30');
  // Source port 20, destination port 10, "Hi": sum worked out by hand in many texts as 35c5.
  const known = hex('0014 000a 000a 35c5 4869');

  it('encodes and decodes a known datagram', () => {
    expect(encodeUdp(src, dst, 20, 10, ascii('Hi'))).toEqual(known);
    expect(decodeUdp(src, dst, known)).toEqual({ srcPort: 20, dstPort: 10, payload: ascii('Hi') });
  });

  it('takes a datagram without checksum, and none with a wrong one', () => {
    const none = hex('0014 000a 000a 0000 4869');
    expect(decodeUdp(src, dst, none).payload).toEqual(ascii('Hi'));
    expect(() => decodeUdp(src, dst + 1, known)).toThrow('udp: wrong checksum');
  });

  it('sends ffff where the checksum comes out as zero', () => {
    const plain = encodeUdp(src, dst, 20, 10, bytes(0, 0));
    // The checksum as payload makes the sum complete.
    const data = encodeUdp(src, dst, 20, 10, plain.subarray(6, 8));
    expect(data.subarray(6, 8)).toEqual(bytes(0xff, 0xff));
    expect(decodeUdp(src, dst, data).payload).toEqual(plain.slice(6, 8));
  });
});

describe('tcp segment', () => {
  const src = parseIp('10.0.0.1');
  const dst = parseIp('10.0.0.2');
  const syn = {
    srcPort: 49152,
    dstPort: 80,
    seq: 0x01020304,
    ack: 0,
    flags: TCP_SYN,
    window: 0x2000,
    urgent: 0,
    mss: 1460,
    payload: new Uint8Array(0),
  };

  it('encodes and decodes a known SYN', () => {
    const data = encodeTcp(src, dst, syn);
    expect(data).toEqual(hex('c000 0050 01020304 00000000 60 02 2000 9fcd 0000 020405b4'));
    expect(decodeTcp(src, dst, data)).toEqual(syn);
  });

  it('carries payload and counts sequence space', () => {
    const segment = { ...syn, flags: TCP_ACK | TCP_PSH | TCP_FIN, ack: 7, mss: 0, payload: ascii('abc') };
    expect(decodeTcp(src, dst, encodeTcp(src, dst, segment))).toEqual(segment);
    expect(segmentLength(segment)).toBe(4);
    expect(segmentLength(syn)).toBe(1);
  });

  const withOptions = (options: Uint8Array) => {
    const data = new Uint8Array(20 + options.length);
    data.set(encodeTcp(src, dst, { ...syn, mss: 0 }));
    data[12] = (data.length >> 2) << 4;
    data.set(options, 20);
    data[16] = data[17] = 0;
    const pseudo = new Uint8Array(12);
    new DataView(pseudo.buffer).setUint32(0, src);
    new DataView(pseudo.buffer).setUint32(4, dst);
    pseudo[9] = 6;
    pseudo[11] = data.length;
    const sum = checksumEnd(checksumAdd(checksumAdd(0, pseudo, 0, 12), data, 0, data.length));
    data[16] = sum >> 8;
    data[17] = sum & 255;
    return data;
  };

  it('skips unknown options and finds the segment size behind them', () => {
    expect(decodeTcp(src, dst, withOptions(hex('0103030a 0402 0101 0204 0218 0000 0000'))).mss).toBe(536);
    expect(decodeTcp(src, dst, withOptions(hex('00 ffffff'))).mss).toBe(0);
  });

  it('refuses options that run past the header', () => {
    expect(() => decodeTcp(src, dst, withOptions(hex('0309 0000')))).toThrow('tcp: option 3 of length 9');
    expect(() => decodeTcp(src, dst, withOptions(hex('0203 0500')))).toThrow('MSS option of length 3');
    expect(() => decodeTcp(src, dst, withOptions(hex('0101 0103')))).toThrow('tcp: option 3 of length 0');
  });

  it('does sequence arithmetic around the wrap', () => {
    expect(seqAdd(0xffffffff, 2)).toBe(1);
    expect(seqDiff(1, 0xffffffff)).toBe(2);
    expect(seqDiff(0xffffffff, 1)).toBe(-2);
    expect(seqLt(0xfffffff0, 5)).toBe(true);
    expect(seqLt(5, 0xfffffff0)).toBe(false);
    expect(seqLe(9, 9)).toBe(true);
  });
});
