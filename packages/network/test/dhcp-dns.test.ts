/**
 * DHCP and DNS: messages, and the whole exchange between stacks.
 */
import { describe, expect, it } from 'vitest';
import type { DhcpMessage, DnsHostAnswer, UdpSocket } from '../src/index.js';
import {
  DNS_FORMAT_ERROR,
  DNS_NO_NAME,
  DNS_TYPE_A,
  DNS_TYPE_AAAA,
  DNS_TYPE_CNAME,
  DNS_TYPE_PTR,
  DecodeError,
  DhcpOption,
  DhcpType,
  DnsServer,
  Errno,
  NetError,
  decodeDhcp,
  decodeDns,
  dhcpOption32,
  dhcpOptionIps,
  dhcpWords,
  dnsAddress,
  dnsPointer,
  dnsQuery,
  encodeDhcp,
  encodeDns,
  formatIp,
  maskOf,
  parseIp,
} from '../src/index.js';
import type { Lan } from './helpers.js';
import { ascii, hex, lan } from './helpers.js';

const SECOND = 1_000_000;
const HOUR = 3600;

describe('DHCP messages', () => {
  const message: DhcpMessage = {
    op: 1,
    xid: 0xdeadbeef,
    secs: 3,
    broadcast: true,
    clientIp: 0,
    yourIp: 0,
    serverIp: 0,
    relayIp: 0,
    clientMac: 0x020000000001,
    type: DhcpType.discover,
    options: new Map([
      [DhcpOption.requestedIp, dhcpWords(parseIp('10.0.0.9'))],
      [DhcpOption.hostName, ascii('board')],
    ]),
  };

  it('have the known layout', () => {
    const data = encodeDhcp(message);
    expect(data.length).toBe(300);
    expect(data.subarray(0, 12)).toEqual(hex('01010600 deadbeef 0003 8000'));
    expect(data.subarray(28, 34)).toEqual(hex('020000000001'));
    expect(data.subarray(236, 257)).toEqual(hex('63825363 350101 32040a000009 0c05626f617264 ff'));
    const decoded = decodeDhcp(data);
    expect(decoded).toMatchObject({ xid: 0xdeadbeef, secs: 3, broadcast: true, type: 1 });
    expect(formatIp(dhcpOption32(decoded, DhcpOption.requestedIp, 0))).toBe('10.0.0.9');
  });

  it('join repeated options and look into overloaded fields', () => {
    const data = new Uint8Array(300);
    data.set(encodeDhcp({ ...message, options: new Map() }));
    data.set(hex('350102 0604 0a000001 0604 0a000002 340101 ff'), 240);
    data.set(hex('0304 0a0000fe ff'), 108);
    const decoded = decodeDhcp(data);
    expect(dhcpOptionIps(decoded, DhcpOption.dns).map(formatIp)).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(dhcpOptionIps(decoded, DhcpOption.router).map(formatIp)).toEqual(['10.0.0.254']);
  });

  it('are refused when cut short or without type', () => {
    const data = encodeDhcp(message);
    expect(() => decodeDhcp(data.subarray(0, 200))).toThrow(DecodeError);
    expect(() => decodeDhcp(data.subarray(0, 255))).toThrow('dhcp: option 12 is cut short');
    data[240] = 0;
    data[241] = 255;
    expect(() => decodeDhcp(data)).toThrow('dhcp: no message type');
  });
});

/** Host 0 is an access point's address 192.168.4.1; the others have no address. */
function dhcpLan(stations: number, leaseSeconds = HOUR, pool = 4): Lan {
  const net = lan(1 + stations);
  net.hosts[0].eth.configure({ address: parseIp('192.168.4.1'), netmask: maskOf(24), gateway: 0 });
  const first = parseIp('192.168.4.16');
  net.hosts[0].stack.startDhcpServer(0, { first, last: first + pool - 1, leaseSeconds });
  for (const host of net.hosts.slice(1)) host.eth.configure({ address: 0, netmask: 0, gateway: 0 });
  return net;
}

describe('DHCP', () => {
  it('leases an address with mask, router and name server', () => {
    const net = dhcpLan(2);
    const types: number[] = [];
    net.hosts[0].eth.tap = (_direction, frame) => {
      if (frame.length > 300) types.push(decodeDhcp(frame.subarray(42)).type);
    };
    const client = net.hosts[1].stack.startDhcpClient(0, 'board-1');
    net.clock.advance(SECOND);
    expect(types).toEqual([DhcpType.discover, DhcpType.offer, DhcpType.request, DhcpType.ack]);
    expect([client.phase, client.bound]).toEqual(['bound', true]);
    const { eth } = net.hosts[1];
    expect([eth.address, eth.netmask, eth.gateway, eth.dns[0]].map(formatIp)).toEqual([
      '192.168.4.16',
      '255.255.255.0',
      '192.168.4.1',
      '192.168.4.1',
    ]);
    net.hosts[2].stack.startDhcpClient(0, '');
    net.clock.advance(SECOND);
    const leases = net.hosts[0].stack.dhcpServer(0)?.list() ?? [];
    expect(leases.map((lease) => [formatIp(lease.ip), lease.hostname, lease.state])).toEqual([
      ['192.168.4.16', 'board-1', 'leased'],
      ['192.168.4.17', '', 'leased'],
    ]);
    // The two can talk.
    const id = net.hosts[1].stack.ping.send(net.hosts[2].eth.address, 1, ascii('x'), SECOND);
    net.clock.advance(SECOND);
    expect(net.hosts[1].stack.ping.result(id)?.state).toBe('answered');
  });

  it('keeps trying until a server answers', () => {
    const net = dhcpLan(1);
    net.wire.behaviour.loss = 1;
    const client = net.hosts[1].stack.startDhcpClient(0, '');
    net.clock.advance(30 * SECOND);
    expect(client.phase).toBe('selecting');
    net.wire.behaviour.loss = 0.3;
    net.clock.advance(600 * SECOND);
    expect(client.bound).toBe(true);
  });

  it('renews in time, and keeps the address', () => {
    const net = dhcpLan(1, HOUR);
    const client = net.hosts[1].stack.startDhcpClient(0, '');
    net.clock.advance(SECOND);
    const { address } = net.hosts[1].eth;
    for (let hour = 0; hour < 5; hour++) {
      net.clock.advance(HOUR * SECOND);
      expect([client.bound, net.hosts[1].eth.address]).toEqual([true, address]);
      expect(client.expiresAt).toBeGreaterThan(net.clock.nowMicros());
    }
  });

  it('rebinds by broadcast, and loses the address when nobody answers', () => {
    const net = dhcpLan(1, HOUR);
    const client = net.hosts[1].stack.startDhcpClient(0, '');
    net.clock.advance(SECOND);
    net.wire.behaviour.loss = 1;
    net.clock.advance(0.7 * HOUR * SECOND);
    expect(client.phase).toBe('renewing');
    net.clock.advance(0.25 * HOUR * SECOND);
    expect([client.phase, net.hosts[1].eth.address]).toEqual(['rebinding', parseIp('192.168.4.16')]);
    net.clock.advance(0.06 * HOUR * SECOND);
    expect([client.phase, net.hosts[1].eth.address]).toEqual(['selecting', 0]);
    net.wire.behaviour.loss = 0;
    net.clock.advance(120 * SECOND);
    expect(client.bound).toBe(true);
  });

  it('starts anew on a NAK', () => {
    const net = dhcpLan(1, 120);
    const client = net.hosts[1].stack.startDhcpClient(0, '');
    net.clock.advance(SECOND);
    // The server is replaced by one that knows nothing, with another pool.
    const first = parseIp('192.168.4.100');
    net.hosts[0].stack.startDhcpServer(0, { first, last: first, leaseSeconds: 600 });
    net.clock.advance(70 * SECOND);
    expect([client.bound, formatIp(net.hosts[1].eth.address)]).toEqual([true, '192.168.4.100']);
  });

  it('has no more addresses than its pool, until one is given back', () => {
    const net = dhcpLan(3, HOUR, 2);
    const clients = [1, 2, 3].map((i) => {
      const client = net.hosts[i].stack.startDhcpClient(0, '');
      net.clock.advance(SECOND);
      return client;
    });
    expect(clients.map((client) => client.bound)).toEqual([true, true, false]);
    clients[0].stop(true);
    expect(net.hosts[1].eth.address).toBe(0);
    net.clock.advance(120 * SECOND);
    expect(clients[2].bound).toBe(true);
  });

  it('keeps a lease without end', () => {
    const net = dhcpLan(1, 0xffffffff);
    const client = net.hosts[1].stack.startDhcpClient(0, '');
    net.clock.advance(SECOND);
    expect([client.phase, client.expiresAt]).toEqual(['bound', -1]);
    net.clock.advance(1e9 * SECOND);
    expect(client.phase).toBe('bound');
    client.stop(false);
    expect([client.phase, formatIp(net.hosts[1].eth.address)]).toEqual(['stopped', '192.168.4.16']);
  });

  it('avoids declined addresses, informs, and yields to another server', () => {
    const net = dhcpLan(1);
    const { stack, eth } = net.hosts[0];
    const server = stack.dhcpServer(0);
    const replies: DhcpMessage[] = [];
    eth.tap = (direction, frame) => {
      if (direction === 'out' && frame.length > 300) replies.push(decodeDhcp(frame.subarray(42)));
    };
    const say = (type: number, options: [number, number][], clientIp = 0) =>
      server?.input({
        op: 1,
        xid: 1,
        secs: 0,
        broadcast: false,
        clientIp,
        yourIp: 0,
        serverIp: 0,
        relayIp: 0,
        clientMac: 0x020000000002,
        type,
        options: new Map(options.map(([code, word]) => [code, dhcpWords(word)])),
      });
    const first = parseIp('192.168.4.16');
    say(DhcpType.discover, []);
    say(DhcpType.decline, [[DhcpOption.requestedIp, first]]);
    say(DhcpType.discover, [[DhcpOption.requestedIp, first]]);
    expect(replies.map((reply) => reply.yourIp)).toEqual([first, first + 1]);
    say(DhcpType.request, [
      [DhcpOption.serverId, parseIp('192.168.4.77')],
      [DhcpOption.requestedIp, first + 1],
    ]);
    expect(server?.list().map((lease) => lease.state)).toEqual(['declined']);
    say(DhcpType.request, [[DhcpOption.requestedIp, first + 1]]);
    expect(replies[2].type).toBe(DhcpType.nak);
    say(DhcpType.inform, [], parseIp('192.168.4.200'));
    expect([replies[3].type, replies[3].yourIp, replies[3].options.has(DhcpOption.leaseTime)]).toEqual([
      DhcpType.ack,
      0,
      false,
    ]);
    stack.stopDhcpServer(0);
    expect(stack.dhcpServer(0)).toBeNull();
  });

  it('refuses a pool outside the subnet', () => {
    const net = lan(1);
    const options = { first: parseIp('10.0.1.1'), last: parseIp('10.0.1.2'), leaseSeconds: 1 };
    expect(() => net.hosts[0].stack.startDhcpServer(0, options)).toThrow(NetError);
  });

  it('survives a snapshot in the middle of the exchange', () => {
    const run = (snapshotAt: number) => {
      const net = dhcpLan(1, 120);
      net.hosts[1].stack.startDhcpClient(0, 'x');
      const log: string[] = [];
      for (let i = 0; i < 400; i++) {
        net.clock.advance(i < 20 ? 50 : SECOND);
        if (i === snapshotAt) {
          const state = structuredClone({
            clock: net.clock.save(),
            wire: net.wire.save(),
            stacks: net.hosts.map((host) => host.stack.save()),
          });
          net.clock.advance(1234);
          net.clock.load(state.clock);
          net.wire.load(state.wire);
          net.hosts.forEach((host, k) => host.stack.load(state.stacks[k]));
        }
        log.push(`${net.hosts[1].stack.dhcpClient(0)?.phase} ${net.hosts[1].eth.address} ${net.wire.counts.sent}`);
      }
      return log;
    };
    const plain = run(-1);
    for (const at of [0, 1, 3, 5, 7, 100]) expect(run(at)).toEqual(plain);
  });
});

describe('DNS messages', () => {
  it('encode a known query', () => {
    const data = encodeDns(dnsQuery(0x1234, 'micropython.org', DNS_TYPE_A));
    expect(data).toEqual(hex('1234 0100 0001 0000 0000 0000 0b6d6963726f707974686f6e 036f7267 00 0001 0001'));
  });

  it('decode a known answer with compression and an alias', () => {
    const data = hex(
      `abcd 8180 0001 0002 0000 0000
       03777777 0161 02 6970 00 0001 0001
       c00c 0005 0001 0000003c 0007 0462617365 c010
       c026 0001 0001 0000012c 0004 0a0b0c0d`,
    );
    const message = decodeDns(data);
    expect(message.questions).toEqual([{ name: 'www.a.ip', type: 1, class: 1 }]);
    expect(message.answers[0]).toMatchObject({ name: 'www.a.ip', type: DNS_TYPE_CNAME, ttl: 60, target: 'base.a.ip' });
    expect(message.answers[1]).toMatchObject({ name: 'base.a.ip', ttl: 300, data: hex('0a0b0c0d') });
  });

  it('encode with compression what they decode', () => {
    const message = {
      ...dnsQuery(7, 'host.example.org', DNS_TYPE_A),
      response: true,
      answers: [
        dnsPointer('host.example.org', DNS_TYPE_CNAME, 'other.example.org', 5),
        dnsAddress('other.example.org', parseIp('1.2.3.4'), 9),
      ],
    };
    const data = encodeDns(message);
    expect(data.length).toBe(12 + 22 + 12 + 8 + 12 + 4);
    const decoded = decodeDns(data);
    expect(decoded.answers.map((record) => [record.name, record.target])).toEqual([
      ['host.example.org', 'other.example.org'],
      ['other.example.org', ''],
    ]);
  });

  it.each([
    ['a pointer to itself', '0001 0100 0001 0000 0000 0000 c00c 0001 0001'],
    ['a pointer forward', '0001 0100 0001 0000 0000 0000 c00e 00 0001 0001'],
    ['a loop of two', '0001 0100 0001 0000 0000 0000 0161 c00c 0001 0001'],
    ['a reserved label', '0001 0100 0001 0000 0000 0000 4161 00 0001 0001'],
    ['a name cut short', '0001 0100 0001 0000 0000 0000 0561'],
    ['too many records', '0001 0100 ffff ffff ffff ffff'],
    ['a dot in a label', '0001 0100 0001 0000 0000 0000 012e 00 0001 0001'],
  ])('with %s are refused', (_what, data) => {
    expect(() => decodeDns(hex(data))).toThrow(DecodeError);
  });

  it('cannot carry impossible names', () => {
    for (const name of ['a..b', 'x'.repeat(64), `${'a.'.repeat(127)}b`, 'ā']) {
      expect(() => encodeDns(dnsQuery(1, name, DNS_TYPE_A))).toThrow(NetError);
    }
  });
});

describe('the DNS responder', () => {
  const ask = (server: DnsServer, name: string, type: number) => {
    const answer = server.respond(encodeDns(dnsQuery(5, name, type)), 1);
    if (!(answer instanceof Uint8Array)) throw new Error(String(answer));
    return decodeDns(answer);
  };

  it('answers from its table, both ways', () => {
    const server = new DnsServer(30);
    server.set('Board.Local', [parseIp('10.0.0.7'), parseIp('10.0.0.8')]);
    const found = ask(server, 'board.local', DNS_TYPE_A);
    expect([found.id, found.response, found.code, found.recursionDesired]).toEqual([5, true, 0, true]);
    expect(found.answers.map((record) => [record.ttl, [...record.data]])).toEqual([
      [30, [10, 0, 0, 7]],
      [30, [10, 0, 0, 8]],
    ]);
    expect(ask(server, 'board.local', DNS_TYPE_AAAA)).toMatchObject({ code: 0, answers: [] });
    expect(ask(server, 'nobody', DNS_TYPE_A).code).toBe(DNS_NO_NAME);
    expect(ask(server, '8.0.0.10.in-addr.arpa', DNS_TYPE_PTR).answers[0].target).toBe('board.local');
    server.set('*', [1]);
    expect(ask(server, 'nobody', DNS_TYPE_A).answers.length).toBe(1);
  });

  it('ignores answers and garbage, and refuses several questions', () => {
    const server = new DnsServer();
    const query = dnsQuery(1, 'x', DNS_TYPE_A);
    expect(server.respond(encodeDns({ ...query, response: true }), 1)).toBeNull();
    expect(server.respond(hex('00'), 1)).toBeNull();
    const many = server.respond(encodeDns({ ...query, questions: [...query.questions, ...query.questions] }), 1);
    expect(decodeDns(many as Uint8Array).code).toBe(DNS_FORMAT_ERROR);
  });

  it('stays within 512 bytes', () => {
    const server = new DnsServer();
    const name = `${'long-label-of-a-name.'.repeat(11)}and-a-longer-ending`;
    server.set(
      name,
      Array.from({ length: 16 }, (_, i) => i + 1),
    );
    const answer = server.respond(encodeDns(dnsQuery(1, name, DNS_TYPE_A)), 1) as Uint8Array;
    expect(answer.length).toBeLessThanOrEqual(512);
    const decoded = decodeDns(answer);
    expect([decoded.truncated, decoded.answers.length < 16]).toEqual([true, true]);
  });
});

describe('resolving', () => {
  function resolverLan() {
    const net = lan(2);
    const server = new DnsServer(60);
    server.serve(net.hosts[1].stack.udp);
    net.hosts[0].eth.dns = [parseIp('10.0.0.9'), parseIp('10.0.0.2')];
    const { resolver } = net.hosts[0].stack;
    const resolve = (name: string) => {
      const id = resolver.start(name);
      if (id < 0) return id;
      net.clock.runUntil(() => false, 60 * SECOND);
      const result = resolver.result(id);
      return `${result?.state} ${result?.addresses.map(formatIp)}`;
    };
    return { net, server, resolver, resolve };
  }

  it('turns to the second server when the first is silent, then remembers', () => {
    const { net, server, resolve } = resolverLan();
    server.set('example.org', [parseIp('93.184.216.34')]);
    expect(resolve('Example.org.')).toBe('found 93.184.216.34');
    const sent = net.wire.counts.sent;
    server.remove('example.org');
    net.hosts[0].stack.resolver.start('example.org');
    expect(net.wire.counts.sent).toBe(sent);
  });

  it('knows literals and localhost, and unknown names', () => {
    const { net, resolve, resolver } = resolverLan();
    expect(resolve('1.2.3.4')).toBe('found 1.2.3.4');
    expect(resolve('localhost')).toBe('found 127.0.0.1');
    expect(resolve('no.such.name')).toBe('unknown ');
    expect(resolve('bad..name')).toBe(-Errno.EINVAL);
    net.wire.behaviour.loss = 1;
    expect(resolve('silent.org')).toBe('timeout ');
    net.hosts[0].eth.dns = [];
    expect(resolve('no.server')).toBe('failed ');
    expect(net.hosts[0].stack.udp.list()).toEqual([]);
    net.hosts[0].eth.dns = [1];
    for (let i = 0; i < 4; i++) resolver.start(`name${i}.org`);
    expect(resolver.start('one.too.many')).toBe(-Errno.ENOMEM);
    resolver.cancel(resolver.save().lookups[0].id);
    expect(resolver.start('fits.now')).toBeGreaterThan(0);
  });

  it('believes only the answer it asked for', () => {
    const { net, resolver } = resolverLan();
    const liar = net.hosts[1].stack.udp;
    liar.list()[0].close();
    const socket = liar.open() as UdpSocket;
    socket.bind(0, 53);
    net.hosts[0].eth.dns = [parseIp('10.0.0.2')];
    const id = resolver.start('victim.org');
    net.clock.advance(SECOND / 2);
    const query = socket.receive();
    if (typeof query === 'number') throw new Error('no query');
    const message = decodeDns(query.data);
    const lie = { ...message, response: true, answers: [dnsAddress('victim.org', 666, 1)] };
    socket.sendTo(encodeDns({ ...lie, id: message.id ^ 1 }), query.ip, query.port);
    socket.sendTo(
      encodeDns({ ...lie, questions: dnsQuery(1, 'other.org', DNS_TYPE_A).questions }),
      query.ip,
      query.port,
    );
    socket.sendTo(ascii('garbage'), query.ip, query.port);
    net.clock.advance(SECOND / 4);
    expect(net.hosts[0].stack.drops).toMatchObject({ 'dns-unexpected': 2, 'malformed-dns': 1 });
    expect(resolver.result(id)?.state).toBe('waiting');
  });

  it('follows aliases, and turns away from servers that fail', () => {
    const { net, resolver } = resolverLan();
    const udp = net.hosts[1].stack.udp;
    udp.list()[0].close();
    const socket = udp.open() as UdpSocket;
    socket.bind(0, 53);
    const server = parseIp('10.0.0.2');
    net.hosts[0].eth.dns = [server];
    let answer: (name: string) => object = () => ({});
    socket.handler = (query) => {
      const message = decodeDns(query.data);
      const reply = { ...message, response: true, ...answer(message.questions[0].name) };
      socket.sendTo(encodeDns(reply), query.ip, query.port);
    };
    const resolve = (name: string) => {
      const id = resolver.start(name);
      net.clock.advance(SECOND / 2);
      const result = resolver.result(id);
      return `${result?.state} ${result?.addresses}`;
    };
    answer = (name) => ({
      answers: [
        dnsAddress('c.org', 33, 9),
        dnsPointer('b.org', DNS_TYPE_CNAME, 'c.org', 9),
        dnsPointer(name, DNS_TYPE_CNAME, 'b.org', 9),
        dnsAddress('unrelated.org', 44, 9),
      ],
    });
    expect(resolve('a.org')).toBe('found 33');
    answer = (name) => ({ answers: [dnsPointer(name, DNS_TYPE_CNAME, name, 9)] });
    expect(resolve('loop.org')).toBe('unknown ');
    const before = net.wire.counts.sent;
    answer = () => ({ code: 2 });
    expect(resolve('broken.org')).toBe('failed ');
    // Four questions, four refusals.
    expect(net.wire.counts.sent - before).toBe(8);
  });

  it('asks the host for names the table lacks, at once or later', () => {
    const { server, resolve, net } = resolverLan();
    const tickets: number[] = [];
    const answers: Record<string, DnsHostAnswer> = { 'now.org': [parseIp('5.6.7.8')], 'never.org': 'unknown' };
    server.lookup = (name, ticket) => {
      tickets.push(ticket);
      return answers[name] ?? 'later';
    };
    net.hosts[0].eth.dns = [parseIp('10.0.0.2')];
    expect(resolve('now.org')).toBe('found 5.6.7.8');
    expect(resolve('never.org')).toBe('unknown ');
    const id = net.hosts[0].stack.resolver.start('later.org');
    net.clock.advance(SECOND / 2);
    // The pending query is part of the snapshot.
    const state = structuredClone(server.save());
    server.stop();
    const restored = new DnsServer();
    const socket = net.hosts[1].stack.udp.open() as UdpSocket;
    socket.bind(0, 53);
    restored.load({ ...state, socket: socket.id }, net.hosts[1].stack.udp);
    restored.complete(tickets[tickets.length - 1], [parseIp('9.8.7.6')]);
    restored.complete(12345, null);
    net.clock.advance(SECOND / 4);
    expect(net.hosts[0].stack.resolver.result(id)).toMatchObject({ state: 'found', addresses: [parseIp('9.8.7.6')] });
  });
});
