/**
 * A router as it stands in a home: an access point, a DHCP server, a name server, and a few services for programs to talk to.
 * It answers from itself alone; nothing reaches a real network.
 *
 *     router.lan, and every name of `names`     by DNS
 *     TCP port 7, UDP port 7                     echo (RFC 862)
 *     TCP port 80                                HTTP/1.0: the pages of `pages`, 404 otherwise
 */
import { IP_ANY, formatIp, maskOf, parseIp } from '../address.js';
import type { Air } from '../air.js';
import type { WlanSecurity } from '../air-frame.js';
import { latin1Bytes, latin1Text, utf8Bytes } from '../bytes.js';
import { DnsServer, type DnsServerState } from '../dns-server.js';
import { NetError } from '../errors.js';
import type { NetInterface } from '../interface.js';
import { NetStack, type StackState } from '../stack.js';
import type { TcpConnection } from '../tcp-connection.js';
import type { TcpListener } from '../tcp.js';
import type { AccessPoint } from '../wlan-ap.js';
import { isWlanKey } from '../wlan-ap.js';
import type { ClockSource } from './surroundings.js';

/** How a router is set up. */
export interface RouterOptions {
  /** Name of its network. */
  readonly ssid: string;
  /** Key; none makes an open network. */
  readonly key?: string | undefined;
  /** `wpa2` with a key unless given. */
  readonly security?: WlanSecurity | undefined;
  /** 6 unless given. */
  readonly channel?: number | undefined;
  readonly hidden?: boolean | undefined;
  /** Hardware address; made of the router's number unless given. */
  readonly mac?: number | undefined;
  /** Its address; 192.168.1.1 unless given. The network has 24 bits, .100 to .199 are handed out. */
  readonly address?: string | undefined;
  /** Names that its name server knows, with their addresses (`''`: the router's own). */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** What its web server has: path to text. */
  readonly pages?: Readonly<Record<string, string>> | undefined;
}

/** A connection that the router serves. */
export interface Served {
  id: number;
  kind: 'echo' | 'http';
  request: string;
  reply: number[];
}

/** Plain data of a {@link Router}; its access point is saved with the air. */
export interface RouterState {
  readonly stack: StackState;
  readonly dns: DnsServerState;
  readonly served: readonly Served[];
  readonly udpEcho: number;
}

const ROUTER_MAC = 0x020000aa0000;
const LEASE_SECONDS = 86_400;
const MAX_REQUEST = 4096;

/** The name of a network as its bytes: UTF-8, one character a byte. */
export function ssidText(text: string): string {
  return latin1Text(utf8Bytes(text));
}
/** An access point with a small host behind it. */
export class Router {
  readonly stack: NetStack;
  readonly point: AccessPoint;
  readonly interface: NetInterface;
  private readonly names = new DnsServer();
  private readonly listeners: readonly (readonly [TcpListener, 'echo' | 'http'])[];
  private served: Served[] = [];
  private udpEcho: number;
  /** Something happened that a connection may wait for. */
  private busy = false;

  /** @internal Made by `Surroundings.addRouter()`. */
  constructor(
    air: Air,
    clocks: ClockSource,
    index: number,
    readonly options: RouterOptions,
  ) {
    const key = options.key ?? '';
    const mac = options.mac ?? ROUTER_MAC + index;
    this.point = air.addAccessPoint(mac, {
      ssid: ssidText(options.ssid),
      channel: options.channel ?? 6,
      security: options.security ?? (key === '' ? 'open' : 'wpa2'),
      key,
      hidden: options.hidden ?? false,
      maxStations: 32,
    });
    this.stack = new NetStack(
      clocks(`router${index}`, () => {
        this.stack.fire();
        this.serve();
      }),
      { seed: 1000 + index, tcp: { connections: 32, orphanTimeout: 10_000_000 } },
    );
    this.interface = this.stack.addInterface({ name: 'lan', mac });
    this.interface.port = { send: (frame) => void this.point.send(frame) };
    this.point.sink = {
      onFrame: (frame) => {
        this.stack.receive(this.interface.id, frame);
        this.serve();
      },
    };
    const address = parseIp(options.address ?? '192.168.1.1');
    this.interface.configure({ address, netmask: maskOf(24), gateway: IP_ANY });
    this.point.start();
    this.interface.setUp(true);
    const net = (address & maskOf(24)) >>> 0;
    this.stack.startDhcpServer(this.interface.id, { first: net + 100, last: net + 199, leaseSeconds: LEASE_SECONDS });
    this.names.set('router.lan', [address]);
    for (const [name, ip] of Object.entries(options.names ?? {})) {
      this.names.set(name, [ip === '' ? address : parseIp(ip)]);
    }
    this.names.serve(this.stack.udp);
    this.listeners = [
      [this.listen(7), 'echo'],
      [this.listen(80), 'http'],
    ];
    const echo = this.stack.udp.open();
    echo?.bind(IP_ANY, 7);
    this.udpEcho = echo?.id ?? 0;
    this.attachEcho();
    this.stack.onReady = () => {
      this.busy = true;
    };
  }
  /** Its address as text. */
  get address(): string {
    return formatIp(this.interface.address);
  }

  /** Whether a key can be this network's; throws when not. */
  checkKey(key: string): void {
    const { security } = this.point.settings;
    if (!isWlanKey(security, key))
      throw new NetError('bad-argument', `a key for ${security}`, `${key.length} characters`);
  }

  /** Changes the key; the stations that joined stay. */
  setKey(key: string): void {
    this.checkKey(key);
    this.point.changeKey(key);
  }

  /** Plain data. */
  save(): RouterState {
    return {
      stack: this.stack.save(),
      dns: this.names.save(),
      served: this.served.map((s) => ({ ...s, reply: s.reply.slice() })),
      udpEcho: this.udpEcho,
    };
  }

  /** Takes on a saved state of a router with the same options. */
  load(state: RouterState): void {
    this.stack.load(state.stack);
    this.names.load(state.dns, this.stack.udp);
    this.served = state.served.map((s) => ({ ...s, reply: s.reply.slice() }));
    this.udpEcho = state.udpEcho;
    this.attachEcho();
  }

  private listen(port: number): TcpListener {
    const listener = this.stack.tcp.listen(8, { port });
    if (typeof listener === 'number') throw new NetError('bad-state', 'a free port', String(port));
    return listener;
  }

  private attachEcho(): void {
    const socket = this.stack.udp.get(this.udpEcho);
    if (socket !== undefined) socket.handler = (got) => void socket.sendTo(got.data, got.ip, got.port);
  }

  /** Goes on with every connection as far as it gets. Called after the stack did something. */
  private serve(): void {
    if (!this.busy) return;
    this.busy = false;
    for (const [made, kind] of this.listeners) {
      // after a load() the listener is another object
      const listener = this.stack.tcp.getListener(made.id);
      for (let c = listener?.accept(); c !== undefined && c !== null; c = listener?.accept()) {
        this.served.push({ id: c.id, kind, request: '', reply: [] });
      }
    }
    this.served = this.served.filter((s) => {
      const c = this.stack.tcp.get(s.id);
      if (c === undefined) return false;
      const open = s.kind === 'echo' ? this.echo(s, c) : this.http(s, c);
      if (!open) c.close();
      return open;
    });
  }

  /** Writes what is owed; false when the connection has failed. */
  private flush(s: Served, c: TcpConnection): boolean {
    if (s.reply.length === 0) return true;
    const n = c.write(Uint8Array.from(s.reply));
    if (n > 0) s.reply.splice(0, n);
    return n >= 0 || c.error === 0;
  }

  private echo(s: Served, c: TcpConnection): boolean {
    // not more than fits is taken in, so that a peer that does not read is slowed down
    while (this.flush(s, c) && s.reply.length === 0) {
      const got = c.read(1024);
      if (typeof got === 'number') return c.state !== 'closed';
      if (got.length === 0) return false;
      s.reply.push(...got);
    }
    return c.state !== 'closed';
  }

  private http(s: Served, c: TcpConnection): boolean {
    while (s.reply.length === 0) {
      const got = c.read(1024);
      if (typeof got === 'number') return c.state !== 'closed';
      s.request += latin1Text(got);
      if (got.length !== 0 && s.request.length < MAX_REQUEST && !s.request.includes('\r\n\r\n')) continue;
      s.reply.push(...this.answer(s.request));
    }
    return this.flush(s, c) && s.reply.length > 0;
  }

  private answer(request: string): Uint8Array {
    const [method, target = '/'] = request.split(/[ \r\n]/, 2);
    const page = this.options.pages?.[target] ?? (target === '/' ? `This is ${this.address}.\n` : undefined);
    const [status, text] =
      method !== 'GET'
        ? ['405 Method Not Allowed', 'only GET\n']
        : page === undefined
          ? ['404 Not Found', 'no such page\n']
          : ['200 OK', page];
    const body = utf8Bytes(text);
    const head = `HTTP/1.0 ${status}\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n`;
    return Uint8Array.from([...latin1Bytes(head), ...body]);
  }
}
