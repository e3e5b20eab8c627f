/** Several boards in one world: they talk over the air and over wires, the same way in every run. */
import { describe, expect, it } from 'vitest';
import type { Board, World, WorldOptions } from '../src/index.js';
import { cli, Output } from './programs.js';

const JOIN = `
import network, time
w = network.WLAN(network.WLAN.IF_STA)
w.active(True)
w.connect('tsmp', 'micropython')
while not w.isconnected():
    time.sleep_ms(50)
`;

/** A world of programs, each on its board, and what they print. */
function worldOf(programs: readonly string[], options: WorldOptions = {}) {
  const world = cli.createWorld(options);
  const outputs = programs.map(() => new Output());
  const boards = programs.map((_, i) =>
    world.addBoard({ stdout: (outputs[i] as Output).write, stderr: (outputs[i] as Output).write }),
  );
  const start = (): void =>
    programs.forEach((p, i) => world.start(boards[i] as Board, new TextEncoder().encode(p), `board${i}.py`));
  return { world, boards, outputs, start, text: () => outputs.map((o) => o.text) };
}
function report(world: World): void {
  for (const b of world.boards) {
    const r = world.result(b);
    if (r?.reason === 'raised') b.reportException(r.exception);
  }
}

const SERVER = `${JOIN}
import socket
s = socket.socket()
s.bind(('0.0.0.0', 8080))
s.listen(1)
print('serving on', w.ifconfig()[0])
for i in range(3):
    c, addr = s.accept()
    line = c.readline()
    print('asked', line)
    c.write(b'you said ' + line)
    c.close()
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
u.bind(('', 9000))
data, who = u.recvfrom(64)
print('datagram', data)
u.sendto(data.upper(), who)
`;
const CLIENT = `${JOIN}
import socket
print('client', w.ifconfig()[0])
time.sleep(2)
for i in range(3):
    s = socket.socket()
    s.connect(('192.168.1.100', 8080))
    s.write(b'hello %d\\n' % i)
    print(s.read())
    s.close()
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
time.sleep_ms(100)
u.sendto(b'packet', ('192.168.1.100', 9000))
print(u.recvfrom(64)[0])
`;
const SAID = [
  [
    'serving on 192.168.1.100',
    "asked b'hello 0\\n'",
    "asked b'hello 1\\n'",
    "asked b'hello 2\\n'",
    "datagram b'packet'",
    '',
  ].join('\n'),
  [
    'client 192.168.1.101',
    "b'you said hello 0\\n'",
    "b'you said hello 1\\n'",
    "b'you said hello 2\\n'",
    "b'PACKET'",
    '',
  ].join('\n'),
];

describe('a world', { timeout: 30_000 }, () => {
  it('lets two boards exchange TCP and UDP', () => {
    const { world, start, text } = worldOf([SERVER, CLIENT]);
    start();
    expect(world.run()).toBe('done');
    report(world);
    expect(text()).toEqual(SAID);
  });

  it('runs the same however the run is divided', () => {
    const times = [Number.POSITIVE_INFINITY, 1, 7].map((windows) => {
      const { world, boards, start, text } = worldOf([SERVER, CLIENT]);
      start();
      while (world.run({ windows }) === 'limit');
      expect(text()).toEqual(SAID);
      return boards.map((b) => b.machine.now());
    });
    expect(times[1]).toEqual(times[0]);
    expect(times[2]).toEqual(times[0]);
  });

  it('goes on from a snapshot as the original does', () => {
    const first = worldOf([SERVER, CLIENT]);
    first.start();
    for (const ms of [5, 700, 1400, 3310, 3400]) {
      first.world.run({ untilNs: ms * 1e6 });
      const before = first.text();
      const copy = worldOf([SERVER, CLIENT]);
      copy.world.load(structuredClone(first.world.save()));
      expect(copy.world.run()).toBe('done');
      expect(copy.text().map((t, i) => before[i] + t)).toEqual(SAID);
    }
    expect(first.world.run()).toBe('done');
  });

  it('has access points that are boards', () => {
    const { world, start, text } = worldOf([
      `
import network, socket, time
ap = network.WLAN(network.WLAN.IF_AP)
ap.config(ssid='hut', key='smoke signals')
ap.active(True)
print(ap.ifconfig()[0], ap.config('ssid'), ap.isconnected())
s = socket.socket()
s.bind(('', 80))
s.listen(1)
c, addr = s.accept()
print(addr[0], ap.isconnected(), len(ap.status('stations')))
c.send(b'welcome')
c.close()
while ap.isconnected():
    time.sleep_ms(100)
print('alone')
`,
      `
import network, socket, time
w = network.WLAN(network.WLAN.IF_STA)
w.active(True)
time.sleep_ms(100)
print([x[0] for x in w.scan()])
w.connect('hut', 'no idea of it')
while w.status() == network.STAT_CONNECTING:
    time.sleep_ms(50)
print(w.status() == network.STAT_WRONG_PASSWORD)
w.connect('hut', 'smoke signals')
while not w.isconnected():
    time.sleep_ms(50)
print(w.ipconfig('addr4'), w.ipconfig('gw4'))
s = socket.socket()
s.connect(('192.168.4.1', 80))
print(s.recv(100))
w.disconnect()
print(w.status())
`,
    ]);
    start();
    expect(world.run()).toBe('done');
    report(world);
    expect(text()[0]).toBe('192.168.4.1 hut False\n192.168.4.16 True 1\nalone\n');
    expect(text()[1]).toBe("[b'tsmp', b'hut']\nTrue\n('192.168.4.16', '255.255.255.0') 192.168.4.1\nb'welcome'\n0\n");
  });

  it('serves with asyncio', () => {
    const { world, start, text } = worldOf([
      `${JOIN}
import asyncio
async def serve(reader, writer):
    n = 0
    while line := await reader.readline():
        n += 1
        writer.write(b'%d: ' % n + line)
        await writer.drain()
    writer.close()
    await writer.wait_closed()
    print(reader.get_extra_info('peername')[0], n)
async def blink():
    for i in range(3):
        print('tick', i)
        await asyncio.sleep(2)
async def main():
    server = await asyncio.start_server(serve, '0.0.0.0', 7000)
    await blink()
    server.close()
    await server.wait_closed()
    print('closed')
asyncio.run(main())
`,
      `${JOIN}
import asyncio
async def ask(name, n):
    reader, writer = await asyncio.open_connection('192.168.1.100', 7000)
    for i in range(n):
        writer.write(b'%s %d\\n' % (name, i))
        await writer.drain()
        print((await reader.readline()).decode().strip())
        await asyncio.sleep(0.3)
    writer.close()
    await writer.wait_closed()
async def main():
    await asyncio.sleep(1)
    await asyncio.gather(ask('a', 2), ask('b', 3))
    await asyncio.sleep(6)
    try:
        reader, writer = await asyncio.open_connection('192.168.1.100', 7000)
        await reader.read(1)
    except OSError as e:
        print(e)
asyncio.run(main())
`,
    ]);
    start();
    expect(world.run()).toBe('done');
    report(world);
    expect(text()[0]?.split('\n').sort().join(' ')).toBe(
      ' 192.168.1.101 2 192.168.1.101 3 closed tick 0 tick 1 tick 2',
    );
    expect(text()[1]).toBe('1: a 0\n1: b 0\n2: a 1\n2: b 1\n3: b 2\n[Errno 104] ECONNRESET\n');
  });

  it('has boards that ask each other with requests', () => {
    const { world, start, text } = worldOf([
      String.raw`${JOIN}
import asyncio
async def serve(reader, writer):
    head = await reader.readline()
    n = 0
    while True:
        line = await reader.readline()
        if line.lower().startswith(b'content-length:'):
            n = int(line[15:])
        if line == b'\r\n':
            break
    body = await reader.readexactly(n) if n else b''
    if b'moved' in head:
        writer.write(b'HTTP/1.1 302 Found\r\nLocation: /there\r\n\r\n')
    elif head.startswith(b'GET'):
        writer.write(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n')
    else:
        writer.write(b'HTTP/1.1 201 Created\r\n\r\n' + head.split()[0] + b' ' + body)
    await writer.drain()
    writer.close()
    await writer.wait_closed()
async def main():
    await asyncio.start_server(serve, '0.0.0.0', 80)
    await asyncio.sleep(10)
asyncio.run(main())
`,
      `${JOIN}
import requests
time.sleep(1)
at = 'http://192.168.1.100'
for r in (requests.get(at + '/moved'), requests.post(at + '/x', json={'n': [1]}), requests.put(at, data='text', headers={'A': 'b'}), requests.get(at)):
    print(r.status_code, r.reason, r.text)
`,
    ]);
    start();
    expect(world.run()).toBe('done');
    report(world);
    expect(text()).toEqual([
      '',
      `200 b'OK' abcde\n201 b'Created' POST {"n": [1]}\n201 b'Created' PUT text\n200 b'OK' abcde\n`,
    ]);
  });

  it('carries levels over wires, after their latency', () => {
    const { world, start, text } = worldOf([
      `
from machine import Pin
import time
p = Pin(2, Pin.OUT, value=0)
for i in range(4):
    time.sleep_ms(10)
    p.toggle()
`,
      `
from machine import Pin
import time
p = Pin(3, Pin.IN)
seen = []
while len(seen) < 4:
    v = p.value()
    if v != (seen[-1][0] if seen else 0):
        seen.append((v, (time.ticks_us() + 500) // 1000))
print(seen)
`,
    ]);
    world.addWire({ from: 0, fromPin: 'GP2', to: 1, toPin: 'GP3', latencyNs: 2000 });
    start();
    expect(world.run()).toBe('done');
    report(world);
    expect(text()[1]).toBe('[(1, 10), (0, 20), (1, 30), (0, 40)]\n');
    expect(() => world.addWire({ from: 0, fromPin: 1, to: 5, toPin: 1 })).toThrow(/no such board/);
    expect(() => world.addWire({ from: 0, fromPin: 1, to: 1, toPin: 1, latencyNs: 1 })).toThrow(/at least 100 ns/);
  });

  it('lets a board wait inside a call that cannot be suspended', () => {
    const { world, start, text } = worldOf([
      SERVER,
      `${JOIN}
import socket
time.sleep(2)
class Asked:
    def __repr__(self):
        s = socket.socket()
        s.connect(('192.168.1.100', 8080))
        s.write(b'from repr\\n')
        return str(s.read())
print(Asked())
`,
    ]);
    start();
    world.run({ until: () => world.result(1) !== undefined });
    report(world);
    expect(text()[1]).toBe("b'you said from repr\\n'\n");
  });

  it('has boards with a prompt', () => {
    const { world, boards, text } = worldOf(['']);
    world.startRepl(0);
    expect(world.run()).toBe('idle');
    boards[0]?.input(new TextEncoder().encode('import network; network.WLAN().active(True)\r6 * 7\r'));
    world.run({ untilNs: 1e9 });
    expect(text()[0]).toMatch(/>>> 6 \* 7\r\n42\r\n>>> $/);
  });

  it('says that nobody can go on', () => {
    const { world, start } = worldOf(['import sys\nsys.stdin.read(1)\n', 'print(1)\n']);
    start();
    expect(world.run()).toBe('idle');
    world.boards[0]?.input(Uint8Array.of(65));
    expect(world.run()).toBe('done');
  });

  it('repeats what the host did to the air', () => {
    const program = `${JOIN}
for i in range(40):
    s = w.status()
    if not i or s != last:
        print(i, s)
    last = s
    time.sleep_ms(250)
`;
    const one = worldOf([program]);
    one.start();
    one.world.surroundings.schedule(3_000_000, { kind: 'router-kick', router: 0 });
    expect(one.world.run()).toBe('done');
    report(one.world);
    expect(one.text()[0]).toMatch(/^0 3\n[678] 0\n$/);
    const other = worldOf([program]);
    other.start();
    for (const s of one.world.surroundings.journal) other.world.surroundings.schedule(s.atMicros, s.what);
    expect(other.world.run()).toBe('done');
    expect(other.text()).toEqual(one.text());
    expect(() => one.world.surroundings.schedule(0, { kind: 'router-off', router: 3 })).toThrow(/router/);
  });
});
