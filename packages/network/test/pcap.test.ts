import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LINKTYPE_ETHERNET, LINKTYPE_RAW_IP, NetError, PcapWriter, parseIp } from '../src/index.js';
import { ascii, bytes, hex, lan, ok } from './helpers.js';

describe('PcapWriter', () => {
  it('writes the known bytes of each block', () => {
    const writer = new PcapWriter({ application: 'abc' });
    expect(writer.take()).toEqual(
      hex('0a0d0d0a 28000000 4d3c2b1a 0100 0000 ffffffffffffffff 0400 0300 61626300 00000000 28000000'),
    );
    expect(writer.addInterface('air0', LINKTYPE_RAW_IP)).toBe(0);
    expect(writer.take()).toEqual(
      hex('01000000 28000000 6500 0000 ffff0000 0200 0400 61697230 0900 0100 06000000 00000000 28000000'),
    );
    writer.packet(0, 0x123456789a, bytes(1, 2, 3, 4, 5), { direction: 'in' });
    expect(writer.take()).toEqual(
      hex(`06000000 34000000 00000000 12000000 9a785634 05000000 05000000 01020304 05000000
           0200 0400 01000000 00000000 34000000`),
    );
    writer.packet(0, 7, bytes(9));
    expect(writer.take()).toEqual(
      hex('06000000 24000000 00000000 00000000 07000000 01000000 01000000 09000000 24000000'),
    );
    writer.statistics(0, 8);
    expect(writer.take()).toEqual(
      hex(`05000000 34000000 00000000 00000000 08000000 0400 0800 02000000 00000000
           0500 0800 00000000 00000000 00000000 34000000`),
    );
  });

  it('cuts to the snap length and stays within its limit', () => {
    const writer = new PcapWriter({ snapLength: 4, maxBytes: 1024 });
    writer.addInterface('x', LINKTYPE_ETHERNET);
    for (let i = 0; i < 100; i++) writer.packet(0, i, new Uint8Array(300));
    const size = writer.take().length;
    expect(size).toBeLessThanOrEqual(1024);
    expect(writer.dropped).toBeGreaterThan(70);
    expect(writer.take().length).toBe(0);
    expect(() => writer.packet(1, 0, bytes(1))).toThrow(NetError);
  });

  it('hands blocks to a sink at once', () => {
    const sizes: number[] = [];
    const writer = new PcapWriter({ sink: (block) => sizes.push(block.length), application: '' });
    writer.addInterface('é', LINKTYPE_ETHERNET);
    expect(sizes).toEqual([36, 40]);
    expect(writer.take().length).toBe(0);
  });

  const tshark = () => {
    try {
      execFileSync('tshark', ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };

  it.runIf(tshark())('is read by tshark, which finds nothing wrong with the stack', { timeout: 60_000 }, () => {
    const net = lan(2);
    const writer = new PcapWriter();
    writer.addInterface('wire', LINKTYPE_ETHERNET);
    const before = net.wire.counts.sent;
    net.wire.tap = (direction, frame, at) => writer.packet(0, at, frame, { direction, comment: 'seen' });
    const listener = ok(net.hosts[1].stack.tcp.listen(1, { port: 7777 }));
    net.hosts[0].stack.ping.send(parseIp('10.0.0.2'), 1, ascii('abcdefgh'), 1000);
    const a = ok(net.hosts[0].stack.tcp.connect(parseIp('10.0.0.2'), 7777));
    a.write(new Uint8Array(4000));
    a.shutdown();
    net.clock.advance(1_000_000);
    listener.accept()?.shutdown();
    net.clock.advance(1_000_000);
    const folder = mkdtempSync(join(tmpdir(), 'tsmp-pcap-'));
    try {
      const file = join(folder, 'x.pcapng');
      writeFileSync(file, writer.take());
      const options = ['-n', '-r', file, '-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'];
      const fields = ['-T', 'fields', '-e', '_ws.col.Protocol', '-e', '_ws.expert.message', '-e', 'tcp.len'];
      const lines = execFileSync('tshark', [...options, ...fields], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const rows = lines
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t'));
      expect(rows.length).toBe(net.wire.counts.sent - before);
      expect(new Set(rows.map((row) => row[0]))).toEqual(new Set(['ARP', 'ICMP', 'TCP']));
      const complaints = rows
        .map((row) => row[1])
        .filter((text) => /bad|malformed|incorrect|retransmi|out-of-order|lost|duplicate/i.test(text));
      expect(complaints).toEqual([]);
      expect(rows.reduce((sum, row) => sum + Number(row[2] ?? 0), 0)).toBe(4000);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
