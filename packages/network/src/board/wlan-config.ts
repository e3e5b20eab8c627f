/**
 * Addresses and settings of an interface: `ifconfig`, `ipconfig`, `config`. Counterpart: extmod/network_lwip.c,
 * extmod/network_cyw43.c.
 */
import {
  type Addr,
  array,
  getArray,
  getInt,
  isStr,
  isTrue,
  newBool,
  newInt,
  newSmallInt,
  newStr,
  newStrFromBytes,
  NONE,
  type Obj,
  raiseMsg,
  raiseType,
  raiseTypeError,
  raiseValueError,
  resumeWait,
  strText,
  TYPES,
  type Vm,
  waitUntil,
} from '@tsmp/vm';
import { formatIp, IP_ANY, macBytes, maskOf, prefixOf, tryParseIp } from '../address.js';
import { latin1Bytes } from '../bytes.js';
import type { NetInterface } from '../interface.js';
import type { BoardNet } from './board-net.js';
import { networkOf } from './network-of.js';
import { bufferText } from './buffer-text.js';
import { looseIp, strictIp } from './ip-text.js';

const MAX_HOSTNAME = 32;
/** How long `ifconfig('dhcp')` waits, and how often it looks, µs. */
const DHCP_WAIT = 10_000_000;

/** The name server that lookups ask first. */
function nameServer(net: BoardNet): number {
  return net.sta.dns[0] ?? IP_ANY;
}
function texts(vm: Vm, ips: readonly number[]): Obj {
  const t = vm.newTuple(ips.length, 0);
  for (let i = 0; i < ips.length; i++) vm.i32[(t >> 2) + 2 + i] = NONE;
  ips.forEach((ip, i) => {
    vm.i32[(t >> 2) + 2 + i] = newStr(vm, formatIp(ip));
  });
  return t;
}

/** A netmask, or ValueError where the stack has no use for it. */
function checkMask(vm: Vm, mask: number): number {
  if (prefixOf(mask) < 0) raiseValueError(vm, 'invalid arguments');
  return mask;
}

/** `WLAN.ifconfig([addresses])`. */
export function ifconfig(vm: Vm, i: NetInterface, nArgs: number, args: Addr): Obj {
  const net = networkOf(vm);
  if (nArgs === 0) return texts(vm, [i.address, i.netmask, i.gateway, nameServer(net)]);
  const given = vm.i32[args >> 2] as number;
  if (given === vm.internObj('dhcp')) {
    const until = resumeWait(vm);
    const now = net.sockets.nowUs();
    if (until === undefined) net.setDhcp(true);
    if (net.hasLease(i)) return NONE;
    if (until !== undefined && now >= until) {
      raiseMsg(vm, TYPES.OSError, 'timeout waiting for DHCP to get IP address');
    }
    return waitUntil(vm, until ?? now + DHCP_WAIT);
  }
  getArray(vm, given);
  if (array.len !== 4) raiseValueError(vm, `requested length 4 but object has length ${array.len}`);
  const at = array.items >> 2;
  const [address, mask, gateway, dns] = [0, 1, 2, 3].map((k) => looseIp(vm, vm.i32[at + k] as number)) as [
    number,
    number,
    number,
    number,
  ];
  net.setStatic(i, address, checkMask(vm, mask), gateway);
  net.sta.dns = [dns];
  return NONE;
}

/** Calls `set` for each keyword of a call. */
function keywords(vm: Vm, nKw: number, pairs: Addr, set: (key: string, value: Obj) => void): void {
  for (let k = 0; k < nKw; k++) {
    set(strText(vm, vm.i32[(pairs >> 2) + 2 * k] as number), vm.i32[(pairs >> 2) + 2 * k + 1] as number);
  }
}

/** Checks how a function that gets one value or sets some was called; true when it gets. */
function isQuery(vm: Vm, nArgs: number, nKw: number): boolean {
  if (nKw === 0) {
    if (nArgs !== 1) raiseTypeError(vm, 'must query one param');
    return true;
  }
  if (nArgs !== 0) raiseTypeError(vm, "can't specify pos and kw args");
  return false;
}

/** `network.ipconfig(…)`. */
export function moduleIpconfig(vm: Vm, nArgs: number, nKw: number, args: Addr): Obj {
  const net = networkOf(vm);
  if (isQuery(vm, nArgs, nKw)) {
    const key = strText(vm, vm.i32[args >> 2] as number);
    if (key === 'dns') return newStr(vm, formatIp(nameServer(net)));
    if (key === 'prefer') return newSmallInt(net.settings.prefer);
    return raiseValueError(vm, 'unexpected key');
  }
  keywords(vm, nKw, args, (key, value) => {
    if (key === 'dns') net.sta.dns = [strictIp(vm, value, 'invalid arguments as dns server')];
    else if (key === 'prefer') {
      const version = getInt(vm, value);
      if (version !== 4 && version !== 6) raiseValueError(vm, 'invalid prefer argument');
      net.settings.prefer = version;
    } else raiseValueError(vm, 'unexpected key');
  });
  return NONE;
}

/** `WLAN.ipconfig(…)`. */
export function ipconfig(vm: Vm, i: NetInterface, nArgs: number, nKw: number, args: Addr): Obj {
  const net = networkOf(vm);
  if (isQuery(vm, nArgs, nKw)) {
    switch (strText(vm, vm.i32[args >> 2] as number)) {
      case 'dhcp4':
        return newBool(i === net.sta && net.settings.dhcp && net.settings.active[0]);
      case 'has_dhcp4':
        return newBool(net.hasLease(i));
      case 'addr4':
        return texts(vm, [i.address, i.netmask]);
      case 'gw4':
        return newStr(vm, formatIp(i.gateway));
      default:
        return raiseValueError(vm, 'unexpected key');
    }
  }
  keywords(vm, nKw, args, (key, value) => {
    switch (key) {
      case 'dhcp4':
        if (i === net.sta) net.setDhcp(isTrue(vm, value));
        break;
      case 'addr4':
        setAddr4(vm, net, i, value);
        break;
      case 'gw4':
        i.configure({ address: i.address, netmask: i.netmask, gateway: strictIp(vm, value) });
        break;
      default:
        raiseValueError(vm, 'unexpected key');
    }
  });
  return NONE;
}

/** `addr4=`: None, text with or without a prefix length, or a pair. */
function setAddr4(vm: Vm, net: BoardNet, i: NetInterface, value: Obj): void {
  let address = IP_ANY;
  let mask = IP_ANY;
  if (value !== NONE && isStr(vm, value)) {
    const [ip = '', bits] = strText(vm, value).split('/', 2);
    address = tryParseIp(ip);
    if (address < 0) raiseValueError(vm, 'invalid arguments');
    mask = i.netmask;
    if (bits !== undefined) {
      const prefix = /^\d+$/.test(bits) ? Number(bits) : -1;
      if (prefix < 0 || prefix > 32) raiseValueError(vm, 'invalid arguments');
      mask = maskOf(prefix);
    }
  } else if (value !== NONE) {
    getArray(vm, value);
    if (array.len !== 2) raiseValueError(vm, `requested length 2 but object has length ${array.len}`);
    const at = array.items >> 2;
    address = strictIp(vm, vm.i32[at] as number);
    mask = checkMask(vm, strictIp(vm, vm.i32[at + 1] as number));
  }
  net.setStatic(i, address, mask, i.gateway);
}

/** `network.hostname([name])` with a name. */
export function setHostname(vm: Vm, value: Obj): void {
  const name = bufferText(vm, value);
  if (name.length > MAX_HOSTNAME) raiseType(vm, TYPES.ValueError);
  networkOf(vm).settings.hostname = name;
}
/** The name of this host as a string object. */
export function hostname(vm: Vm): Obj {
  const bytes = latin1Bytes(networkOf(vm).settings.hostname);
  return newStrFromBytes(vm, bytes, 0, bytes.length);
}

/** `WLAN.config(…)` of interface 0 (station) or 1 (access point). */
export function config(vm: Vm, itf: 0 | 1, nArgs: number, nKw: number, args: Addr): Obj {
  const net = networkOf(vm);
  const s = net.settings;
  if (isQuery(vm, nArgs, nKw)) {
    switch (strText(vm, vm.i32[args >> 2] as number)) {
      case 'antenna':
        return newSmallInt(s.antenna);
      case 'channel':
        return newSmallInt(itf === 0 && !s.active[1] ? net.station.channel : s.apChannel);
      case 'ssid':
      case 'essid': {
        const bytes = latin1Bytes(itf === 0 ? s.staSsid : s.apSsid);
        return newStrFromBytes(vm, bytes, 0, bytes.length);
      }
      case 'security':
        return newSmallInt(s.apAuth);
      case 'mac':
        return vm.newBytes(macBytes(itf === 0 ? net.sta.mac : net.ap.mac));
      case 'pm':
        return newInt(vm, s.pm);
      case 'txpower':
        return newSmallInt(s.txpower);
      case 'hostname':
        return hostname(vm);
      default:
        return raiseValueError(vm, 'unknown config param');
    }
  }
  let cycle = false;
  keywords(vm, nKw, args, (key, value) => {
    switch (key) {
      case 'antenna':
        s.antenna = getInt(vm, value);
        break;
      case 'channel':
        s.apChannel = Math.min(13, Math.max(1, getInt(vm, value)));
        cycle = true;
        break;
      case 'ssid':
      case 'essid':
        s.apSsid = bufferText(vm, value).slice(0, 32);
        cycle = true;
        break;
      case 'security':
        s.apAuth = getInt(vm, value);
        cycle = true;
        break;
      case 'key':
      case 'password':
        s.apKey = bufferText(vm, value).slice(0, 64);
        cycle = true;
        break;
      case 'pm':
        s.pm = getInt(vm, value);
        break;
      case 'monitor':
      case 'trace':
        // debugging aids of the chip's driver: what they would print is in a capture
        getInt(vm, value);
        break;
      case 'txpower':
        s.txpower = getInt(vm, value);
        break;
      case 'hostname':
        setHostname(vm, value);
        break;
      default:
        raiseValueError(vm, 'unknown config param');
    }
  });
  if (cycle && s.active[itf]) net.cyclePoint();
  return NONE;
}
