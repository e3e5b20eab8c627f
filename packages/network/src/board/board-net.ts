/**
 * The network of one board: a station and an access point on the air, an IP stack with an interface for each, and the sockets
 * that its program has. Counterpart: lib/cyw43-driver's cyw43_ctrl.c and cyw43_lwip.c, ports/rp2/main.c.
 *
 * The stack runs on the board's clock. The air may run on another (a world's): then what it says to the board goes through a
 * {@link BoardLink}, as plain data.
 */
import type { Vm } from '@tsmp/vm';
import { machineOf } from '@tsmp/machine';
import { IP_ANY, type IpAddr, type Mac, maskOf, parseIp } from '../address.js';
import type { WlanSecurity } from '../air-frame.js';
import type { NetInterface } from '../interface.js';
import { LINKTYPE_ETHERNET, type PcapOptions, PcapWriter } from '../pcap.js';
import { NetStack, type StackState } from '../stack.js';
import { type AccessPoint, isSsid, isWlanKey } from '../wlan-ap.js';
import type { Station, StationPhase, StationReason } from '../wlan-station.js';
import { vmClockPort } from './clock-port.js';
import { LINK_BADAUTH, LINK_DOWN, LINK_FAIL, LINK_JOIN, LINK_NOIP, LINK_NONET, LINK_UP } from './link-status.js';
import { type SocketRecord, Sockets } from './sockets.js';
import type { Surroundings } from './surroundings.js';

/** What the air tells a board, as plain data. `itf`: 0 the station's side, 1 the access point's. */
export type LinkEvent =
  | { readonly kind: 'frame'; readonly itf: 0 | 1; readonly frame: Uint8Array }
  | { readonly kind: 'phase'; readonly phase: StationPhase; readonly reason: StationReason; readonly join: number }
  /** A scan is over, or a station came or went: something that waits may look again. */
  | { readonly kind: 'wake' };

/** The way between a board and the air. */
export interface BoardLink {
  /** Has the board's network take an event at the time of the air. */
  deliver(event: LinkEvent): void;
  /** Called before the board does something on the air: brings the air's clock to the board's time. */
  enter(): void;
}

/** The first settings: CYW43_PERFORMANCE_PM, and the transmit power in dBm. */
const DEFAULT_PM = 0xa11142;
const DEFAULT_TXPOWER = 31;
/** Security of an access point by default: CYW43_AUTH_WPA2_AES_PSK. */
const AUTH_WPA2_AES = 0x00400004;
const DEFAULT_AP_KEY = 'picoW123';
const AP_ADDRESS = parseIp('192.168.4.1');
/** The addresses that an access point hands out: shared/netutils/dhcpserver.h. */
const AP_POOL_FIRST = 16;
const AP_POOL_SIZE = 8;
const AP_LEASE_SECONDS = 24 * 60 * 60;
/** Vendor's part of the hardware address: Raspberry Pi's. */
const VENDOR_MAC = 0x28cdc1000000;
/** The access point's address is the station's with the bit for local administration. */
const LOCAL_BIT = 0x020000000000;

/** Settings of the radio chip that a program may make. */
export interface WlanSettings {
  /** Whether station and access point are on. */
  active: [boolean, boolean];
  country: string;
  hostname: string;
  /** Version of IP that name lookups prefer. */
  prefer: number;
  pm: number;
  txpower: number;
  antenna: number;
  /** The access point's. Names and keys are bytes as characters. */
  apSsid: string;
  apKey: string;
  apAuth: number;
  apChannel: number;
  /** Name of the network that was last joined. */
  staSsid: string;
  /** Whether the station's address comes by DHCP. */
  dhcp: boolean;
  /** State of joining: one of the LINK_… values. */
  join: number;
  /** Number of the last `connect()`: what the air said about earlier ones is out of date. */
  joinCount: number;
}

/** Plain data of a {@link BoardNet}; its radios are saved with the air. */
export interface BoardNetState {
  readonly stack: StackState;
  readonly settings: WlanSettings;
  readonly sockets: readonly SocketRecord[];
  readonly nextSocket: number;
  readonly lookups: readonly (readonly [string, number])[];
}

/** Security of an access point as the air knows it. */
function securityOf(auth: number): WlanSecurity {
  if (auth === 0) return 'open';
  if ((auth & 0x01000000) !== 0) return (auth & 0x00400000) !== 0 ? 'wpa2-wpa3' : 'wpa3';
  if ((auth & 0x00400000) !== 0) return (auth & 2) !== 0 ? 'wpa-wpa2' : 'wpa2';
  return 'wpa';
}

/** One board's network. */
export class BoardNet {
  readonly stack: NetStack;
  readonly sta: NetInterface;
  readonly ap: NetInterface;
  readonly station: Station;
  readonly point: AccessPoint;
  readonly sockets: Sockets;
  settings: WlanSettings;
  private readonly link: BoardLink;

  /** `link`: absent when the air runs on the board's own clock. */
  constructor(
    readonly vm: Vm,
    readonly surroundings: Surroundings,
    link?: BoardLink,
  ) {
    const { uniqueId } = machineOf(vm);
    const hex = '0123456789ABCDEF';
    const byte = (i: number): number => uniqueId[i] as number;
    const mac: Mac = VENDOR_MAC + byte(5) * 0x10000 + byte(6) * 0x100 + byte(7);
    this.settings = {
      active: [false, false],
      country: 'XX',
      hostname: 'PicoW',
      prefer: 4,
      pm: DEFAULT_PM,
      txpower: DEFAULT_TXPOWER,
      antenna: 0,
      apSsid: `PICO${hex[byte(7) >> 4]}${hex[byte(6) & 15]}${hex[byte(5) >> 4]}${hex[byte(4) & 15]}`,
      apKey: DEFAULT_AP_KEY,
      apAuth: AUTH_WPA2_AES,
      apChannel: 3,
      staSsid: '',
      dhcp: true,
      join: LINK_DOWN,
      joinCount: 0,
    };
    this.link = link ?? { deliver: (event) => this.take(event), enter: () => undefined };
    this.stack = new NetStack(
      vmClockPort(vm, 'net', () => this.stack.fire()),
      {
        seed: mac % 0x7fffffff,
        tcp: { nagle: true, connections: 8, orphanTimeout: 10_000_000 },
        udp: { sockets: 9 },
      },
    );
    this.sta = this.stack.addInterface({ name: 'w0', mac });
    this.ap = this.stack.addInterface({ name: 'w1', mac: mac + LOCAL_BIT });
    this.station = surroundings.air.addStation(mac);
    this.point = surroundings.air.addAccessPoint(mac + LOCAL_BIT, {
      ssid: this.settings.apSsid,
      channel: this.settings.apChannel,
      security: 'wpa2',
      key: DEFAULT_AP_KEY,
    });
    this.sta.port = { send: (frame) => this.transmit(this.station, frame) };
    this.ap.port = { send: (frame) => this.transmit(this.point, frame) };
    this.station.sink = {
      onFrame: (frame) => this.link.deliver({ kind: 'frame', itf: 0, frame }),
      onPhase: (phase, reason) => this.link.deliver({ kind: 'phase', phase, reason, join: this.settings.joinCount }),
      onScan: () => this.link.deliver({ kind: 'wake' }),
    };
    this.point.sink = {
      onFrame: (frame) => this.link.deliver({ kind: 'frame', itf: 1, frame }),
      onStation: () => this.link.deliver({ kind: 'wake' }),
    };
    this.sockets = new Sockets(vm, this.stack);
  }

  /** The station's hardware address. */
  get mac(): Mac {
    return this.sta.mac;
  }

  /** @internal Takes what the air says. */
  take(event: LinkEvent): void {
    if (event.kind === 'frame') this.stack.receive(event.itf, event.frame);
    else if (event.kind === 'phase' && event.join === this.settings.joinCount) this.phase(event.phase, event.reason);
  }

  /** Switches an interface on or off. */
  setActive(itf: 0 | 1, on: boolean): void {
    this.link.enter();
    const was = this.settings.active[itf];
    this.settings.active[itf] = on;
    if (itf === 1) {
      if (on && !was) this.startPoint();
      else if (!on && was) this.stopPoint();
      return;
    }
    if (on === was) return;
    if (on) {
      this.settings.dhcp = true;
      this.sta.configure({ address: IP_ANY, netmask: 0, gateway: IP_ANY });
    } else {
      this.station.disconnect();
      this.goDown();
      this.sta.configure({ address: IP_ANY, netmask: 0, gateway: IP_ANY });
    }
    this.settings.join = LINK_DOWN;
    this.station.setActive(on);
  }

  /** Starts joining a network. The interface must be active, the name one. */
  connect(ssid: string, key: string, bssid: Mac): void {
    this.link.enter();
    this.goDown();
    this.settings.joinCount++;
    this.settings.join = LINK_JOIN;
    this.settings.staSsid = ssid;
    this.station.connect(ssid, key, bssid);
  }

  /** Leaves the network. */
  disconnect(): void {
    this.link.enter();
    this.settings.join = LINK_DOWN;
    this.goDown();
    this.station.disconnect();
  }

  /** Starts a scan; false when one cannot be made now. */
  scan(): boolean {
    this.link.enter();
    return this.station.scan();
  }

  /** Applies new settings of the access point, which goes off the air and on again. */
  cyclePoint(): void {
    if (!this.settings.active[1]) return;
    this.setActive(1, false);
    this.setActive(1, true);
  }

  /** `WLAN.status()`: one of the LINK_… values. */
  status(itf: 0 | 1): number {
    const i = itf === 0 ? this.sta : this.ap;
    if (i.up) return i.address === IP_ANY ? LINK_NOIP : LINK_UP;
    return itf === 0 ? this.settings.join : LINK_DOWN;
  }

  /** Gives an interface an address for good. */
  setStatic(i: NetInterface, address: IpAddr, netmask: IpAddr, gateway: IpAddr): void {
    if (i === this.sta) this.setDhcp(false);
    i.configure({ address, netmask, gateway });
  }

  /** Switches the station's DHCP client. */
  setDhcp(on: boolean): void {
    this.settings.dhcp = on;
    const client = this.stack.dhcpClient(this.sta.id);
    if (!on) client?.stop(true);
    else if (this.sta.up && client?.bound !== true) this.stack.startDhcpClient(this.sta.id, this.settings.hostname);
  }

  /** Whether an interface's DHCP client has got an address. */
  hasLease(i: NetInterface): boolean {
    return this.stack.dhcpClient(i.id)?.bound === true;
  }

  /** Sends a program's own Ethernet frame; false when it cannot. */
  sendFrame(itf: 0 | 1, frame: Uint8Array): boolean {
    this.link.enter();
    return itf === 0 ? this.station.send(frame) : this.point.send(frame);
  }

  /** Records the Ethernet frames of both interfaces from now on, for Wireshark. A capture is no part of a snapshot. */
  capture(options: PcapOptions = {}): PcapWriter {
    const writer = new PcapWriter(options);
    for (const i of [this.sta, this.ap]) {
      const id = writer.addInterface(i.name, LINKTYPE_ETHERNET);
      i.tap = (direction, frame, atMicros) => writer.packet(id, atMicros, frame, { direction });
    }
    return writer;
  }

  /** Plain data; the surroundings are saved apart. */
  save(): BoardNetState {
    return {
      stack: this.stack.save(),
      settings: { ...this.settings, active: [...this.settings.active] },
      ...this.sockets.save(),
    };
  }

  /** Takes on a saved state. */
  load(state: BoardNetState): void {
    this.stack.load(state.stack);
    this.settings = { ...state.settings, active: [...state.settings.active] };
    this.sockets.load(state);
  }

  private transmit(radio: Station | AccessPoint, frame: Uint8Array): void {
    this.link.enter();
    radio.send(frame);
  }

  private phase(phase: StationPhase, reason: StationReason): void {
    if (phase === 'connected') {
      this.settings.join = LINK_JOIN;
      this.sta.setUp(true);
      if (this.settings.dhcp) this.stack.startDhcpClient(this.sta.id, this.settings.hostname);
      return;
    }
    if (phase !== 'failed') {
      if (phase === 'idle' || phase === 'off') this.settings.join = LINK_DOWN;
      return;
    }
    this.goDown();
    switch (reason) {
      case 'no-ap-found':
      case 'security-mismatch':
        this.settings.join = LINK_NONET;
        break;
      case 'wrong-password':
        this.settings.join = LINK_BADAUTH;
        break;
      case 'deauthenticated':
      case 'beacon-timeout':
        this.settings.join = LINK_DOWN;
        break;
      default:
        this.settings.join = LINK_FAIL;
    }
  }

  /** The station's link is gone. */
  private goDown(): void {
    if (!this.sta.up) return;
    if (this.settings.dhcp) this.stack.dhcpClient(this.sta.id)?.stop(false);
    this.sta.setUp(false);
  }

  private startPoint(): void {
    const s = this.settings;
    const security = securityOf(s.apAuth);
    const key = security === 'open' ? '' : s.apKey;
    // the chip refuses what is no name or no key, and stays silent
    if (!isSsid(s.apSsid) || !isWlanKey(security, key)) return;
    this.point.configure({ ssid: s.apSsid, channel: s.apChannel, security, key });
    this.point.start();
    if (this.ap.address === IP_ANY) {
      this.ap.configure({ address: AP_ADDRESS, netmask: maskOf(24), gateway: AP_ADDRESS });
    }
    this.ap.setUp(true);
    const first = ((this.ap.address & this.ap.netmask) >>> 0) + AP_POOL_FIRST;
    const last = first + AP_POOL_SIZE - 1;
    if (!this.ap.isOnLink(first) || !this.ap.isOnLink(last)) return;
    this.stack.startDhcpServer(this.ap.id, { first, last, leaseSeconds: AP_LEASE_SECONDS });
  }

  private stopPoint(): void {
    this.stack.stopDhcpServer(this.ap.id);
    this.ap.setUp(false);
    this.point.stop(true);
  }
}
