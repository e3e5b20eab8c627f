/** The network of a board that is alone: its default router, captures, snapshots, and programs that use it at random. */
import { seededRandom } from '@tsmp-internal/testkit';
import type { RunResult } from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import type { BoardOptions } from '../src/index.js';
import { cli, Output } from './programs.js';

/** A board with a program, and what it prints. */
function boardOf(program: string, options: BoardOptions = {}) {
  const out = new Output();
  const board = new cli.Board({ stdout: out.write, ...options });
  board.start(new TextEncoder().encode(program), 'main.py');
  return { board, out };
}
function printed(program: string, options: BoardOptions = {}): string {
  const { board, out } = boardOf(program, options);
  const r = board.runToEnd();
  if (r.reason === 'raised') board.reportException(r.exception);
  return out.text;
}

const JOIN = `
import network, socket, time
w = network.WLAN()
w.active(True)
w.connect('tsmp', 'micropython')
while w.status() in (1, 2):
    time.sleep_ms(20)
def fails(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)
`;

describe('WLAN', () => {
  it('says why a network cannot be joined', () => {
    const text = printed(`${JOIN}
def status(*args):
    w.connect(*args)
    while w.status() == 1:
        time.sleep_ms(20)
    print(w.status(), w)
print(w.status())
status('tsmp', 'not the key')
status('elsewhere', 'micropython')
status('tsmp')
status('tsmp', 'micropython')
w.active(False)
print(w.status(), w)
fails(w.connect, 'tsmp', 'micropython')
fails(w.scan)
`);
    expect(text.split('\n')).toEqual([
      '3',
      '-3 <CYW43 STA badauth 192.168.1.100>',
      '-2 <CYW43 STA nonet 192.168.1.100>',
      '-2 <CYW43 STA nonet 192.168.1.100>',
      '3 <CYW43 STA up 192.168.1.100>',
      '0 <CYW43 STA down 0.0.0.0>',
      'OSError [Errno 1] EPERM',
      'OSError [Errno 1] EPERM',
      '',
    ]);
  });

  it('finds networks', () => {
    const routers = [
      { ssid: 'open', channel: 1 },
      { ssid: 'Grüße', key: 'top secret', channel: 11, security: 'wpa3' as const },
      { ssid: 'hidden', key: 'top secret', hidden: true, channel: 13, address: '10.1.1.1' },
    ];
    const text = printed(
      `
import network, time
w = network.WLAN()
w.active(True)
for x in w.scan():
    print(x[0].decode(), x[1].hex(), *x[2:])
print(w.scan(ssid=b'open'))
w.connect('hidden', 'top secret')
while not w.isconnected():
    time.sleep_ms(9)
print(w.ifconfig()[0], w.config('ssid'), w.status('rssi'), w.config('channel'))
`,
      { network: { routers } },
    );
    expect(text.split('\n')).toEqual([
      'open 020000aa0000 1 -50 0 1',
      'Grüße 020000aa0001 11 -50 5 1',
      ' 020000aa0002 13 -50 5 1',
      "[(b'open', b'\\x02\\x00\\x00\\xaa\\x00\\x00', 1, -50, 0, 1)]",
      '10.1.1.100 hidden -50 13',
      '',
    ]);
  });

  it('has the settings of the chip', () => {
    const text = printed(`
import network
w = network.WLAN(network.STA_IF)
ap = network.WLAN(network.AP_IF)
print(w is network.WLAN(), ap is network.WLAN(1), w is ap)
print(w.config('mac').hex(), ap.config('mac').hex(), ap.config('essid'), hex(ap.config('security')))
print(network.hostname(), network.country(), network.ipconfig('prefer'), network.route())
network.hostname('oven'); network.country('NO'); network.ipconfig(dns='10.0.0.53')
print(network.hostname(), network.country(), network.ipconfig('dns'), w.config('hostname'))
w.config(pm=w.PM_NONE, txpower=10)
print(w.config('pm'), w.config('txpower'), hex(w.PM_PERFORMANCE), hex(w.PM_POWERSAVE))
def fails(f, *args, **kw):
    try:
        print(f(*args, **kw))
    except Exception as e:
        print(type(e).__name__, e)
fails(network.hostname, 'x' * 33)
fails(network.country, 'NOR')
fails(network.ipconfig, 'gw')
fails(network.ipconfig)
fails(network.ipconfig, 'dns', dns='1.2.3.4')
fails(network.ipconfig, dns='1.2.3')
fails(network.ipconfig, prefer=5)
fails(w.config, 'colour')
fails(w.config, colour=1)
fails(w.status, 'stations')
fails(ap.status, 'rssi')
fails(w.status, 'mood')
fails(w.connect, 'x', bssid=b'123')
fails(w.ifconfig, ('1.2.3.4', '255.255.255.0', '1.2.3.1'))
fails(w.ifconfig, ('1.2.3', '255.255.255.0', '1.2.3.1', '1.2.3.1'))
fails(w.ipconfig, 'dhcp4')
w.ifconfig(('10.0.0.9', '255.255.255.0', '10.0.0.1', '8.8.8.8'))
print(w.ifconfig())
w.ipconfig(addr4='10.0.7.9/16', gw4='10.0.0.254')
print(w.ifconfig(), w.ipconfig('dhcp4'))
w.ipconfig(addr4=('10.0.7.8', '255.255.255.0'))
print(w.ipconfig('addr4'), w.ipconfig('gw4'), w.ipconfig('has_dhcp4'))
`);
    expect(text.split('\n')).toEqual([
      'True True False',
      '28cdc121772a 2acdc121772a PICO2723 0x400004',
      'PicoW XX 4 []',
      'oven NO 10.0.0.53 oven',
      '16 10 0xa11142 0x11',
      'ValueError ',
      'ValueError ',
      'ValueError unexpected key',
      'TypeError must query one param',
      "TypeError can't specify pos and kw args",
      'ValueError invalid arguments as dns server',
      'ValueError invalid prefer argument',
      'ValueError unknown config param',
      'ValueError unknown config param',
      'ValueError AP required',
      'ValueError STA required',
      'ValueError unknown status param',
      'ValueError ',
      'ValueError requested length 4 but object has length 3',
      'ValueError invalid arguments',
      'False',
      "('10.0.0.9', '255.255.255.0', '10.0.0.1', '8.8.8.8')",
      "('10.0.7.9', '255.255.0.0', '10.0.0.254', '8.8.8.8') False",
      "('10.0.7.8', '255.255.255.0') 10.0.0.254 False",
      '',
    ]);
  });

  it('renews its address by ifconfig', () => {
    const text = printed(`${JOIN}
w.ifconfig(('192.168.1.7', '255.255.255.0', '192.168.1.1', '192.168.1.1'))
print(w.ifconfig()[0], w.isconnected())
w.ifconfig('dhcp')
print(w.ifconfig()[0], w.ipconfig('has_dhcp4'))
w.disconnect()
fails(w.ifconfig, 'dhcp')
`);
    expect(text).toBe('192.168.1.7 True\n192.168.1.100 True\nOSError timeout waiting for DHCP to get IP address\n');
  });

  it('is not there without a radio', () => {
    for (const board of ['unix32', 'coverage32', 'minimal']) {
      expect(printed('try:\n    import network\nexcept ImportError as e:\n    print(e)\n', { board })).toBe(
        "no module named 'network'\n",
      );
    }
  });
});

describe('sockets', () => {
  it('fail with the errors of lwIP', () => {
    const text = printed(`${JOIN}
def new(kind=socket.SOCK_STREAM, timeout=None):
    s = socket.socket(socket.AF_INET, kind)
    s.settimeout(timeout)
    return s
s = new()
fails(s.recv, 1)
fails(s.send, b'x')
fails(s.accept)
fails(s.connect, ('192.168.1.1', 81))
fails(s.recv, 1)
fails(s.recv, 1)
fails(s.send, b'x')
s = new(timeout=1)
fails(s.connect, ('192.168.1.50', 80))
fails(s.connect, ('192.168.1.50', 80))
fails(new().connect, ('a.b', 80))
fails(new().connect, ('192.168.1.1',))
fails(new().connect, 5)
s = new(timeout=0)
fails(s.connect, ('192.168.1.1', 7))
fails(s.recv, 1)
time.sleep_ms(100)
fails(s.connect, ('192.168.1.1', 7))
fails(s.recv, 1)
fails(s.sendall, bytes(20000))
s.setblocking(True)
fails(s.listen)
s.close()
fails(s.recv, 1)
fails(s.bind, ('', 1))
a, b = new(), new()
a.bind(('', 5000))
fails(b.bind, ('', 5000))
a.listen(1)
fails(b.bind, ('0.0.0.0', 5000))
fails(a.recv, 1)
fails(a.listen)
a.settimeout(0.2)
fails(a.accept)
a.settimeout(0)
fails(a.accept)
u = new(socket.SOCK_DGRAM)
fails(u.listen)
fails(u.accept)
fails(u.sendall, b'x')
fails(u.send, b'x')
fails(u.sendto, b'x', ('192.168.1.1', 9))
fails(u.sendto, b'x', ('192.168.1.1', 9))
u.settimeout(0)
fails(u.recv, 1)
fails(socket.socket, 2, 7)
fails(socket.getaddrinfo, '', 1)
fails(socket.getaddrinfo, '10.0.0.1', 53)
w.active(False)
fails(socket.getaddrinfo, 'router.lan', 1)
fails(new().connect, ('192.168.1.1', 80))
all = []
import gc; gc.collect()
try:
    while len(all) < 100:
        all.append(new())
except OSError as e:
    print(len(all) > 3, e)
`);
    expect(text.split('\n')).toEqual([
      'OSError [Errno 107] ENOTCONN',
      'OSError [Errno 107] ENOTCONN',
      'OSError [Errno 22] EINVAL',
      'OSError [Errno 104] ECONNRESET',
      'OSError [Errno 104] ECONNRESET',
      "b''",
      'OSError [Errno 107] ENOTCONN',
      'OSError [Errno 110] ETIMEDOUT',
      'OSError [Errno 114] EALREADY',
      'ValueError invalid arguments',
      'ValueError requested length 2 but object has length 1',
      "TypeError object 'int' isn't a tuple or list",
      'OSError [Errno 115] EINPROGRESS',
      'OSError [Errno 11] EAGAIN',
      'OSError 106',
      'OSError [Errno 11] EAGAIN',
      'OSError [Errno 11] EAGAIN',
      'OSError [Errno 107] ENOTCONN',
      'OSError [Errno 9] EBADF',
      'OSError [Errno 9] EBADF',
      'OSError [Errno 98] EADDRINUSE',
      'OSError [Errno 98] EADDRINUSE',
      'OSError [Errno 107] ENOTCONN',
      'OSError [Errno 107] ENOTCONN',
      'OSError [Errno 110] ETIMEDOUT',
      'OSError [Errno 11] EAGAIN',
      'OSError [Errno 95] EOPNOTSUPP',
      'OSError [Errno 95] EOPNOTSUPP',
      'NotImplementedError ',
      'OSError [Errno 113] EHOSTUNREACH',
      '1',
      '1',
      'OSError [Errno 11] EAGAIN',
      'OSError [Errno 22] EINVAL',
      'OSError -16',
      "[(2, 1, 0, '', ('10.0.0.1', 53))]",
      'OSError -6',
      'OSError [Errno 113] EHOSTUNREACH',
      'True [Errno 12] ENOMEM',
      '',
    ]);
  });

  it('work with select, and tell a callback', () => {
    const text = printed(`${JOIN}
import select
s = socket.socket()
p = select.poll()
p.register(s)
print(p.poll(0)[0][1])
s.setblocking(False)
try:
    s.connect(('192.168.1.1', 7))
except OSError:
    pass
p.modify(s, select.POLLIN | select.POLLOUT)
print(p.poll(0))
print(p.poll(1000)[0][1])
p.modify(s, select.POLLIN)
print(p.poll(50))
told = []
s.setsockopt(socket.SOL_SOCKET, 20, lambda x: told.append(x is s))
print(s.write(b'one\\ntwo'))
print(p.poll(1000)[0][1], told)
print(s.readline(), s.readline(), s.read(1))
s.setsockopt(socket.SOL_SOCKET, 20, None)
s.close()
print(p.poll(0)[0][1])
r, w, x = select.select([], [], [], 0.01)
web = socket.socket()
web.connect(('192.168.1.1', 80))
web.send(b'GET /none HTTP/1.0\\r\\n\\r\\n')
p.register(web, select.POLLIN)
p.unregister(s)
print(p.poll()[0][1], web.recv(8, socket.MSG_PEEK), web.recv(8))
f = web.makefile('rwb')
buf = bytearray(200)
n = f.readinto(buf)
print(buf[:n].split(b'\\r\\n')[-1], p.poll(0)[0][1], f.read())
`);
    expect(text.split('\n')).toEqual([
      '20',
      '[]',
      '4',
      '[]',
      '7',
      '1 [True]',
      "b'one\\n' b'two' None",
      '32',
      "1 b'HTTP/1.0' b'HTTP/1.0'",
      "bytearray(b'no such page\\n') 1 b''",
      '',
    ]);
  });

  it('are closed when they are collected', () => {
    const text = printed(`${JOIN}
import gc
for i in range(50):
    s = socket.socket()
    s.connect(('192.168.1.1', 7))
    s.write(b'%d' % i)
    assert s.recv(10) == b'%d' % i
    s = None
    gc.collect()
    time.sleep_ms(300)
print('fine')
`);
    expect(text).toBe('fine\n');
  });

  it('carry much data both ways, whatever gets lost', () => {
    const text = printed(
      `${JOIN}
s = socket.socket()
s.connect(('192.168.1.1', 7))
sent = got = 0
data = bytes(range(256)) * 16
while got < 100_000:
    if sent < 100_000:
        sent += s.send(data[sent & 0xff:])
    b = s.recv(2048)
    assert b == (data[got & 0xff:] + data)[:len(b)]
    got += len(b)
    if got > sent - 2000:
        time.sleep_ms(1)
print(got >= 100_000)
`,
      { network: { air: { loss: 0.2, seed: 5, retries: 1 }, routers: [{ ssid: 'tsmp', key: 'micropython' }] } },
    );
    expect(text).toBe('True\n');
  });
});

describe('captures and snapshots', () => {
  it('records frames as pcapng', () => {
    const { board } = boardOf(`${JOIN}
s = socket.socket()
s.connect(('192.168.1.1', 80))
s.send(b'GET / HTTP/1.0\\r\\n\\r\\n')
s.read()
s.close()
`);
    const capture = board.network.capture();
    board.runToEnd();
    const bytes = capture.take();
    const view = new DataView(bytes.buffer);
    const blocks: number[] = [];
    let http = false;
    for (let at = 0; at < bytes.length; ) {
      const length = view.getUint32(at + 4, true);
      blocks.push(view.getUint32(at, true));
      expect(length % 4).toBe(0);
      expect(view.getUint32(at + length - 4, true)).toBe(length);
      http ||= new TextDecoder('latin1').decode(bytes.subarray(at, at + length)).includes('GET / HTTP/1.0');
      at += length;
    }
    expect(blocks.slice(0, 3)).toEqual([0x0a0d0d0a, 1, 1]);
    expect(blocks.slice(3).every((b) => b === 6)).toBe(true);
    expect(blocks.length).toBeGreaterThan(15);
    expect(http).toBe(true);
  });

  it('goes on from a snapshot within any wait', () => {
    const program = `${JOIN}
print(w.ifconfig()[0])
print(len(w.scan()))
ip = socket.getaddrinfo('router.lan', 80)[0][-1]
s = socket.socket()
s.connect(ip)
s.sendall(b'GET / HTTP/1.0\\r\\n\\r\\n')
print(s.read())
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
u.sendto(b'?', (ip[0], 7))
u.settimeout(0.3)
print(u.recv(5))
try:
    u.recv(5)
except OSError as e:
    print(e)
`;
    const whole = printed(program);
    expect(whole.split('\n').length).toBe(6);
    const { board, out } = boardOf(program);
    let copies = 0;
    for (;;) {
      const r: RunResult = board.run();
      if (r.reason === 'done') break;
      if (r.reason !== 'waiting') throw new Error(r.reason);
      if (copies++ % 11 === 0) {
        const rest = new Output();
        const copy = new cli.Board({ stdout: rest.write });
        const state = board.save();
        copy.load(structuredClone(state));
        const { clock, network, surroundings } = copy.save();
        expect({ clock, network, surroundings }).toEqual({
          clock: state.clock,
          network: state.network,
          surroundings: state.surroundings,
        });
        expect(copy.runToEnd().reason).toBe('done');
        expect(out.text + rest.text).toBe(whole);
      }
      board.skipTo(Math.min(r.until, board.vm.clock.nextDue()));
    }
    expect(copies).toBeGreaterThan(60);
  });
});

describe('programs at random', { timeout: 30_000 }, () => {
  it('never break the host', () => {
    const values = [
      '0',
      '1',
      '-1',
      '5000',
      '65536',
      '1 << 31',
      '1 << 70',
      'None',
      'True',
      "''",
      "'x'",
      "'192.168.1.1'",
      "b'abc'",
      'bytearray(9)',
      "('192.168.1.1', 7)",
      "('192.168.1.1', 80)",
      "('', 5000)",
      "('1.2.3.4', -1)",
      "('a', 1)",
      '()',
      '[]',
      '0.2',
      '-0.5',
      'lambda x: None',
      's',
      't',
      'u',
      'w',
      "'router.lan'",
      "'255.255.255.255'",
      "'ssid'",
      "'mac'",
      "('10.0.0.1', '255.0.255.0', '1.1.1.1', '2.2.2.2')",
      "'dhcp'",
      "'rssi'",
      "('224.0.0.1', 99)",
    ];
    const calls = [
      's.bind',
      's.listen',
      's.connect',
      's.send',
      's.sendall',
      's.sendto',
      's.recv',
      's.recvfrom',
      's.settimeout',
      's.setblocking',
      's.close',
      's.read',
      's.readinto',
      's.readline',
      's.write',
      't.connect',
      't.send',
      't.recv',
      't.sendto',
      't.settimeout',
      'u.sendto',
      'u.recv',
      'u.bind',
      'u.connect',
      'u.send',
      'u.recvfrom',
      'u.close',
      'w.connect',
      'w.active',
      'w.disconnect',
      'w.status',
      'w.config',
      'w.ifconfig',
      'w.ipconfig',
      'w.send_ethernet',
      'a.active',
      'a.status',
      'a.ifconfig',
      'a.ipconfig',
      'socket.socket',
      'socket.getaddrinfo',
      'network.hostname',
      'network.country',
      'network.ipconfig',
      'network.WLAN',
      's.accept',
      'u.accept',
      'print',
      'w.scan',
      'w.ioctl',
      'w.deinit',
      'socket.socket.setsockopt',
      'socket.socket.send',
      'network.WLAN.active',
      'network.WLAN.config',
      'p.register',
      'p.modify',
      'p.unregister',
      'p.poll',
    ];
    const keys = ['ssid', 'key', 'channel', 'security', 'addr4', 'gw4', 'dhcp4', 'dns', 'bssid', 'passive', 'hostname'];
    for (let seed = 1; seed <= 25; seed++) {
      const random = seededRandom(seed);
      const pick = (list: readonly string[]): string => list[random(list.length)] as string;
      let body = '';
      for (let i = 0; i < 60; i++) {
        const args = Array.from({ length: random(4) }, () => pick(values));
        if (random(6) === 0) args.push(`${pick(keys)}=${pick(values)}`);
        const kind = random(12);
        if (kind === 0)
          body += `s.setsockopt(${pick(values)}, ${pick(['20', '4', '32', '64', '1024', '7'])}, ${pick(values)})\n`;
        else if (kind === 1)
          body += `${pick(['s', 't', 'u'])} = socket.socket(2, ${1 + random(2)}); ${pick(['s', 't', 'u'])}.settimeout(0.05)\n`;
        else body += `${pick(calls)}(${args.join(', ')})\n`;
      }
      const lines = body.trimEnd().split('\n');
      const program = `${random(3) === 0 ? 'import network, socket, time\nw = network.WLAN()\n' : JOIN}
import select
a = network.WLAN(1)
p = select.poll()
s, t, u = socket.socket(), socket.socket(), socket.socket(2, 2)
for x in (s, t, u):
    x.settimeout(0.05)
${lines.map((l) => `try:\n    ${l}\nexcept Exception:\n    pass\n`).join('')}`;
      const { board } = boardOf(program);
      // a call may wait for ever
      for (let slices = 0; slices < 3000; slices++) {
        const r = board.run({ bytes: 200_000 });
        if (r.reason === 'budget') continue;
        if (r.reason !== 'waiting') {
          expect(r.reason).toBe('done');
          break;
        }
        const next = Math.min(r.until, board.vm.clock.nextDue());
        if (next === Number.POSITIVE_INFINITY) break;
        board.skipTo(next);
      }
      board.vm.heap.check();
    }
  });
});

describe('requests', () => {
  it('gets pages and sends data', () => {
    const options: BoardOptions = {
      network: { routers: [{ ssid: 'tsmp', key: 'micropython', pages: { '/data.json': '{"a": [1, 2]}' } }] },
    };
    expect(
      printed(
        `${JOIN}
import requests, urequests
r = requests.get('http://192.168.1.1/data.json')
print(r.status_code, r.reason, r.headers['Content-Type'], r.text, r.json(), r.content)
r.close()
r = urequests.get('http://192.168.1.1:80/none', timeout=5)
print(r.status_code, r.text)
fails(requests.get, 'https://192.168.1.1/')
fails(requests.get, 'http://192.168.1.1:81/')
fails(requests.get, 'http://no.such.host/')
`,
        options,
      ),
    ).toBe(`200 b'OK' text/plain {"a": [1, 2]} {'a': [1, 2]} b'{"a": [1, 2]}'
404 no such page

ValueError Unsupported protocol: https
OSError [Errno 104] ECONNRESET
OSError -2
`);
  });
});
