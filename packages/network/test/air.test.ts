/**
 * The air: scanning, joining, losing and sharing a network.
 */
import { describe, expect, it } from 'vitest';
import type { AccessPoint, AccessPointOptions, AirOptions, ScanResult, Station, StationReason } from '../src/index.js';
import { Air, NetError, NetStack, VirtualClock, encodeEthernet, maskOf, parseIp } from '../src/index.js';
import { ascii, bytes } from './helpers.js';

const SECOND = 1_000_000;
const AP = 0x02000000aa00;
const STA = 0x020000000001;

interface Place {
  clock: VirtualClock;
  air: Air;
}

function place(options: Partial<AirOptions> = {}): Place {
  const clock = new VirtualClock();
  const air: Air = new Air(
    clock.port(() => air.fire()),
    { seed: 11, ...options },
  );
  return { clock, air };
}

const home: AccessPointOptions = { ssid: 'home', channel: 6, security: 'wpa2', key: 'correct horse' };

function access(air: Air, options: Partial<AccessPointOptions> = {}, mac = AP): AccessPoint {
  const point = air.addAccessPoint(mac, { ...home, ...options });
  point.start();
  return point;
}

function station(air: Air, mac = STA): Station {
  const added = air.addStation(mac);
  added.setActive(true);
  return added;
}

const settled = (sta: Station) => sta.phase === 'connected' || sta.phase === 'failed';

function join({ clock }: Place, sta: Station, ssid = 'home', key = 'correct horse'): string {
  sta.connect(ssid, key);
  expect(clock.runUntil(() => settled(sta), 30 * SECOND)).toBe(true);
  return sta.phase === 'connected' ? 'connected' : sta.reason;
}

describe('scanning', () => {
  it('finds networks with their settings, strongest first, hidden ones without name', () => {
    const { clock, air } = place();
    access(air);
    access(air, { ssid: 'cafe', channel: 11, security: 'open', key: '' }, AP + 1);
    access(air, { ssid: 'secret', channel: 1, hidden: true }, AP + 2);
    const off = access(air, { ssid: 'off' }, AP + 3);
    off.stop(false);
    air.setRssi(AP, STA, -70);
    air.setRssi(AP + 1, STA, -40);
    air.setRssi(AP + 2, STA, -60);
    const sta = station(air);
    const results: ScanResult[] = [];
    sta.sink = { onFrame: () => {}, onScan: (found) => results.push(...found) };
    expect(sta.scan()).toBe(true);
    expect(sta.scan()).toBe(false);
    clock.advance(2 * SECOND);
    expect(results).toEqual([
      { ssid: 'cafe', bssid: AP + 1, channel: 11, rssi: -40, security: 'open', hidden: false },
      { ssid: '', bssid: AP + 2, channel: 1, rssi: -60, security: 'wpa2', hidden: true },
      { ssid: 'home', bssid: AP, channel: 6, rssi: -70, security: 'wpa2', hidden: false },
    ]);
    expect([sta.scanResults, sta.scanning]).toEqual([results, false]);
  });

  it('does not hear what is too far away, by table or by hook', () => {
    const { clock, air } = place();
    access(air);
    air.setRssi(AP, STA, -93);
    const sta = station(air);
    sta.scan();
    clock.advance(2 * SECOND);
    expect(sta.scanResults).toEqual([]);
    air.rssiHook = (from, to) => (from === AP && to === STA ? -91 : -50);
    sta.scan();
    clock.advance(2 * SECOND);
    expect(sta.scanResults[0].rssi).toBe(-91);
  });

  it('goes on while connected, and needs a radio that is on', () => {
    const p = place();
    access(p.air);
    const sta = station(p.air);
    expect(join(p, sta)).toBe('connected');
    expect(sta.scan()).toBe(true);
    p.clock.advance(2 * SECOND);
    expect([sta.phase, sta.scanResults.length]).toEqual(['connected', 1]);
    sta.scan();
    sta.setActive(false);
    expect([sta.phase, sta.scanning, sta.scan(), sta.connect('home', '')]).toEqual(['off', false, false, false]);
  });
});

describe('joining', () => {
  it('walks through all phases', () => {
    const p = place();
    const point = access(p.air);
    const sta = station(p.air);
    const phases: string[] = [];
    sta.sink = { onFrame: () => {}, onPhase: (phase) => phases.push(phase) };
    const joined: boolean[] = [];
    point.sink = { onFrame: () => {}, onStation: (_mac, there) => joined.push(there) };
    expect(join(p, sta)).toBe('connected');
    p.clock.advance(SECOND);
    expect(phases).toEqual(['scanning', 'authenticating', 'associating', 'handshake', 'connected']);
    expect([point.stations(), sta.bssid, sta.rssi]).toEqual([[STA], AP, -50]);
    sta.disconnect();
    p.clock.advance(SECOND);
    expect([point.stations(), sta.phase, joined]).toEqual([[], 'idle', [true, false]]);
  });

  it.each<[string, string, StationReason]>([
    ['nowhere', 'correct horse', 'no-ap-found'],
    ['home', 'battery staple', 'wrong-password'],
    ['home', '', 'security-mismatch'],
    ['open', 'some key', 'security-mismatch'],
  ])('%s with key %j fails: %s', (ssid, key, reason) => {
    const p = place();
    access(p.air);
    access(p.air, { ssid: 'open', security: 'open', key: '' }, AP + 1);
    expect(join(p, station(p.air), ssid, key)).toBe(reason);
  });

  it('takes the strongest of several access points, or the one asked for', () => {
    const p = place();
    access(p.air);
    access(p.air, { channel: 1 }, AP + 1);
    p.air.setRssi(AP + 1, STA, -30);
    const sta = station(p.air);
    join(p, sta);
    expect(sta.bssid).toBe(AP + 1);
    sta.connect('home', 'correct horse', AP);
    p.clock.advance(5 * SECOND);
    expect([sta.phase, sta.bssid]).toEqual(['connected', AP]);
  });

  it('finds a hidden network by name', () => {
    const p = place();
    access(p.air, { hidden: true });
    expect(join(p, station(p.air))).toBe('connected');
  });

  it('is refused when the network is full', () => {
    const p = place();
    const point = access(p.air, { maxStations: 1 });
    const first = station(p.air);
    const second = station(p.air, STA + 1);
    expect(join(p, first)).toBe('connected');
    expect(join(p, second)).toBe('refused');
    first.disconnect();
    expect(join(p, second)).toBe('connected');
    p.clock.advance(SECOND);
    expect(point.stations()).toEqual([STA + 1]);
  });

  it('mostly works on bad air, and never ends in between', () => {
    let connected = 0;
    for (let seed = 0; seed < 30; seed++) {
      const p = place({ seed, loss: 0.3 });
      access(p.air);
      if (join(p, station(p.air)) === 'connected') connected++;
    }
    // A scan loses the network when all answers to its one question on the channel are lost.
    expect(connected).toBeGreaterThan(15);
  });
});

describe('staying', () => {
  it('a station thrown out learns so, and can come back', () => {
    const p = place();
    const point = access(p.air);
    const sta = station(p.air);
    join(p, sta);
    p.clock.advance(SECOND);
    expect(point.kick(STA)).toBe(true);
    p.clock.advance(SECOND);
    expect([sta.phase, sta.reason, point.kick(STA)]).toEqual(['failed', 'deauthenticated', false]);
    expect(join(p, sta)).toBe('connected');
  });

  it('a polite stop tells the members, a power failure they find out', () => {
    for (const politely of [true, false]) {
      const p = place();
      const point = access(p.air);
      const sta = station(p.air);
      join(p, sta);
      p.clock.advance(SECOND);
      point.stop(politely);
      p.clock.advance(SECOND);
      expect([sta.phase, point.active]).toEqual([politely ? 'failed' : 'connected', false]);
      p.clock.advance(10 * SECOND);
      expect(sta.reason).toBe(politely ? 'deauthenticated' : 'beacon-timeout');
    }
  });

  it('a station out of range loses the network, and the access point forgets it', () => {
    const p = place();
    const point = access(p.air);
    const sta = station(p.air);
    join(p, sta);
    p.clock.advance(SECOND);
    p.air.setRssi(AP, STA, -99);
    for (let i = 0; i < 6; i++) point.send(encodeEthernet(STA, AP, 0x88b5, bytes(i)));
    p.clock.advance(10 * SECOND);
    expect([sta.reason, point.stations()]).toEqual(['beacon-timeout', []]);
  });

  it('a restarted access point throws out whom it does not know', () => {
    const p = place();
    const point = access(p.air);
    const sta = station(p.air);
    join(p, sta);
    p.clock.advance(SECOND);
    point.stop(false);
    point.start();
    p.clock.advance(3 * SECOND);
    expect(sta.reason).toBe('deauthenticated');
  });
});

describe('frames', () => {
  function network(stations: number, options: Partial<AirOptions> = {}) {
    const p = place(options);
    const point = access(p.air, { maxStations: 8 });
    const heard: string[] = [];
    point.sink = { onFrame: (frame) => heard.push(`ap ${frame[14]}`) };
    const members = Array.from({ length: stations }, (_, i) => {
      const sta = station(p.air, STA + i);
      sta.sink = { onFrame: (frame) => heard.push(`${i} ${frame[14]}`) };
      expect(join(p, sta)).toBe('connected');
      return sta;
    });
    p.clock.advance(SECOND / 2);
    return { ...p, point, members, heard };
  }

  it('go through the access point to members, to itself and to all but the sender', () => {
    const { clock, point, members, heard } = network(3);
    members[0].send(encodeEthernet(AP, STA, 0x88b5, bytes(1)));
    members[0].send(encodeEthernet(STA + 2, STA, 0x88b5, bytes(2)));
    members[0].send(encodeEthernet(0xffffffffffff, STA, 0x88b5, bytes(3)));
    point.send(encodeEthernet(STA + 1, AP, 0x88b5, bytes(4)));
    expect(point.send(encodeEthernet(STA + 9, AP, 0x88b5, bytes(5)))).toBe(false);
    expect(members[0].send(bytes(1, 2))).toBe(false);
    clock.advance(SECOND);
    expect(heard.sort()).toEqual(['1 3', '1 4', '2 2', '2 3', 'ap 1', 'ap 3']);
  });

  it('take at least the minimum latency, and share the air time', () => {
    const { clock, members, heard, air } = network(2, { minLatencyMicros: 400, bitsPerSecond: 1_000_000 });
    const start = clock.nowMicros();
    members[0].send(encodeEthernet(AP, STA, 0x88b5, bytes(1)));
    clock.advance(399);
    expect(heard).toEqual([]);
    clock.advance(2000);
    expect(heard).toEqual(['ap 1']);
    for (let i = 0; i < 10; i++) members[i % 2].send(encodeEthernet(AP, STA + (i % 2), 0x88b5, new Uint8Array(1250)));
    clock.runUntil(() => heard.length === 11, SECOND);
    // Ten frames of 10,000 bits at a million bits a second.
    expect(clock.nowMicros() - start).toBeGreaterThan(100_000);
    expect(air.counts.overflowed).toBe(0);
  });

  it('are repeated until acknowledged, and bounded in number', () => {
    const { clock, members, heard, air } = network(1);
    air.loss = 0.5;
    for (let i = 0; i < 30; i++) members[0].send(encodeEthernet(AP, STA, 0x88b5, bytes(i)));
    clock.advance(SECOND);
    expect(heard.length).toBeGreaterThan(27);
    expect(air.counts.repeated).toBeGreaterThan(10);
    const results = Array.from({ length: 40 }, () => members[0].send(encodeEthernet(AP, STA, 0x88b5, bytes(0))));
    expect(results.filter((result) => !result).length).toBe(8);
  });

  it('of vendors reach radios on the channel without any network, and tell how it went', () => {
    const { clock, air } = place();
    const [a, b, c] = [0, 1, 2].map((i) => station(air, STA + i));
    const log: string[] = [];
    a.sink = {
      onFrame: () => {},
      onActionSent: (ticket, _dst, acknowledged) => log.push(`sent ${ticket} ${acknowledged}`),
    };
    b.sink = { onFrame: () => {}, onAction: (src, payload, rssi) => log.push(`b ${src - STA} ${payload} ${rssi}`) };
    c.sink = { onFrame: () => {}, onAction: () => log.push('c') };
    for (const sta of [a, b]) sta.setChannel(3);
    expect(a.sendAction(STA + 1, bytes(7, 8), 1)).toBe(true);
    clock.advance(SECOND);
    a.sendAction(STA + 2, bytes(9), 2);
    clock.advance(SECOND);
    expect(log).toEqual(['b 0 7,8 -50', 'sent 1 true', 'sent 2 false']);
    expect(() => a.setChannel(14)).toThrow(NetError);
  });

  it('carry the IP stack: DHCP, then TCP between two stations', () => {
    const p = place({ loss: 0.05 });
    const stackOn = (mac: number, seed: number, send: (frame: Uint8Array) => void) => {
      const stack: NetStack = new NetStack(
        p.clock.port(() => stack.fire()),
        { seed },
      );
      stack.addInterface({ name: 'wlan', mac }).port = { send };
      return stack;
    };
    const point = access(p.air);
    const router = stackOn(AP, 1, (frame) => point.send(frame));
    point.sink = { onFrame: (frame) => router.receive(0, frame) };
    router.interfaceAt(0).configure({ address: parseIp('192.168.4.1'), netmask: maskOf(24), gateway: 0 });
    router.interfaceAt(0).setUp(true);
    router.startDhcpServer(0, { first: parseIp('192.168.4.2'), last: parseIp('192.168.4.9'), leaseSeconds: 3600 });
    const boards = [0, 1].map((i) => {
      const sta = station(p.air, STA + i);
      const stack = stackOn(STA + i, 10 + i, (frame) => sta.send(frame));
      sta.sink = {
        onFrame: (frame) => stack.receive(0, frame),
        onPhase: (phase) => {
          stack.interfaceAt(0).setUp(phase === 'connected');
          if (phase === 'connected') stack.startDhcpClient(0, `board-${i}`);
        },
      };
      while (join(p, sta) !== 'connected');
      return stack;
    });
    expect(p.clock.runUntil(() => boards.every((stack) => stack.dhcpClient(0)?.bound === true), 60 * SECOND)).toBe(
      true,
    );
    const listener = boards[1].tcp.listen(1, { port: 80 });
    const c = boards[0].tcp.connect(boards[1].interfaceAt(0).address, 80);
    if (typeof listener === 'number' || typeof c === 'number') throw new Error('no socket');
    c.write(new Uint8Array(9000));
    p.clock.advance(20 * SECOND);
    const accepted = listener.accept();
    expect(accepted?.available).toBe(9000);
  });
});

describe('snapshots', () => {
  it('in the middle of joining change nothing', () => {
    const run = (at: number) => {
      const p = place({ loss: 0.2, seed: 5 });
      const point = access(p.air);
      const sta = station(p.air);
      sta.connect('home', 'correct horse');
      const log: string[] = [];
      for (let step = 0; step < 200 && p.clock.step(); step++) {
        if (step === at) {
          const state = structuredClone({ clock: p.clock.save(), air: p.air.save() });
          p.clock.advance(3 * SECOND);
          p.clock.load(state.clock);
          p.air.load(state.air);
        }
        log.push(`${p.clock.nowMicros()} ${sta.phase} ${point.stations().length} ${p.air.counts.sent}`);
      }
      return log;
    };
    const plain = run(-1);
    expect(plain[plain.length - 1]).toContain('connected');
    for (const at of [0, 5, 14, 30, 34, 36, 38, 40, 45]) expect(run(at)).toEqual(plain);
  });

  it('fit only the air they were taken of', () => {
    const { air } = place();
    station(air);
    const other = place().air;
    expect(() => other.load(air.save())).toThrow('expected radios ');
  });
});

describe('misuse', () => {
  it('is a typed error', () => {
    const { air } = place();
    const point = access(air);
    expect(() => air.addStation(AP)).toThrow('expected a MAC that is not on the air');
    expect(() => point.configure(home)).toThrow('expected an access point that is off, got home on');
    expect(() => access(air, { key: 'short' }, AP + 1)).toThrow('expected a key for wpa2, got 5 characters');
    expect(() => access(air, { ssid: '' }, AP + 1)).toThrow(NetError);
    expect(() => access(air, { channel: 0 }, AP + 1)).toThrow('expected channel in 1..13, got 0');
    expect(() => station(air).connect('x'.repeat(33), '')).toThrow(NetError);
    expect(() => air.addStation(STA + 5).sendAction(AP, ascii('x'.repeat(1491)), 0)).toThrow(NetError);
  });
});
