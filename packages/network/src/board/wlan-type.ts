/**
 * `network.WLAN`: the radio's two interfaces, two objects in ROM. All state is the board's network's. Counterpart:
 * extmod/network_cyw43.c.
 *
 *     +0 type   +4 interface (0: station, 1: access point)
 */
import {
  argTable,
  BUFFER_READ,
  checkArgCount,
  defineType,
  fun1,
  fun2,
  fun3,
  funKw,
  funVar,
  getBuffer,
  getInt,
  isTrue,
  listAppend,
  newBool,
  newInt,
  newList,
  newSmallInt,
  NONE,
  type Obj,
  raiseOSError,
  raiseType,
  raiseTypeError,
  raiseValueError,
  readArgs,
  resumeWait,
  strText,
  type TypeDef,
  TYPES,
  type Vm,
  waitUntil,
} from '@tsmp/vm';
import { formatIp, macBytes, getMac } from '../address.js';
import { latin1Bytes } from '../bytes.js';
import { Errno } from '../errors.js';
import type { NetInterface } from '../interface.js';
import { isSsid } from '../wlan-ap.js';
import type { ScanResult } from '../wlan-station.js';
import { LINK_BADAUTH, LINK_DOWN, LINK_JOIN, LINK_NOIP, LINK_NONET, LINK_UP } from './link-status.js';
import { networkOf } from './network-of.js';
import { bufferText } from './buffer-text.js';
import { config, ifconfig, ipconfig } from './wlan-config.js';

const EPERM = 1;
const EBUSY = 16;
const EOPNOTSUPP = 95;
/** `IF_STA` and `IF_AP`. */
export const IF_STA = 0;
export const IF_AP = 1;
/** Longest scan, µs. */
const SCAN_WAIT = 10_000_000;
const MAX_KEY = 64;
const SEC_OPEN = 0;
/** CYW43_AUTH_WPA2_MIXED_PSK and the two of WPA3. */
const SEC_WPA_WPA2 = 0x00400006;
const SEC_WPA3 = 0x01000004;
const SEC_WPA2_WPA3 = 0x01400004;
/** cyw43_pm_value() of the three modes. */
const PM_NONE = 0x10;
const PM_PERFORMANCE = 0xa11142;
const PM_POWERSAVE = 0x11;

function itfOf(vm: Vm, self: Obj): 0 | 1 {
  if ((self & 3) !== 0 || vm.typeOf(self) !== vm.addrOf(wlanType)) raiseTypeError(vm, 'expecting a WLAN');
  return vm.i32[(self >> 2) + 1] === 0 ? 0 : 1;
}
function interfaceOf(vm: Vm, self: Obj): NetInterface {
  const net = networkOf(vm);
  return itfOf(vm, self) === 0 ? net.sta : net.ap;
}

/** What a scan says of a network's security: 1 privacy, 2 WPA, 4 WPA2 or WPA3. */
function authMode(security: ScanResult['security']): number {
  switch (security) {
    case 'open':
      return 0;
    case 'wep':
      return 1;
    case 'wpa':
      return 3;
    case 'wpa-wpa2':
      return 7;
    default:
      return 5;
  }
}

const active = funVar(1, 2, (vm, nArgs, _nKw, args) => {
  const net = networkOf(vm);
  const itf = itfOf(vm, vm.i32[args >> 2] as number);
  if (nArgs === 1) return newBool(net.settings.active[itf]);
  net.setActive(itf, isTrue(vm, vm.i32[(args >> 2) + 1] as number));
  return NONE;
});

const SCAN_ARGS = argTable([
  { name: 'passive', kind: 'bool', value: 0, kwOnly: true },
  { name: 'ssid', kind: 'obj', value: NONE, kwOnly: true },
  { name: 'essid', kind: 'obj', value: NONE, kwOnly: true },
  { name: 'bssid', kind: 'obj', value: NONE, kwOnly: true },
]);

const scan = funKw(1, (vm, nArgs, nKw, args) => {
  const [, ssid, essid, bssid] = readArgs(vm, SCAN_ARGS, nArgs - 1, nKw, args + 4) as [Obj, Obj, Obj, Obj];
  const name = essid !== NONE ? bufferText(vm, essid) : ssid !== NONE ? bufferText(vm, ssid) : '';
  const only = bssid === NONE ? 0 : macArg(vm, bssid);
  const net = networkOf(vm);
  const until = resumeWait(vm);
  if (until === undefined) {
    if (!net.settings.active[0]) raiseOSError(vm, EPERM);
    if (!net.scan()) raiseOSError(vm, EBUSY);
    return waitUntil(vm, net.sockets.nowUs() + SCAN_WAIT);
  }
  if (net.station.scanning && net.sockets.nowUs() < until) return waitUntil(vm, until);
  const list = newList(vm, 0);
  for (const r of net.station.scanResults) {
    if ((name !== '' && r.ssid !== name.slice(0, 32)) || (only !== 0 && r.bssid !== only)) continue;
    const t = vm.newTuple(6, 0);
    const at = (t >> 2) + 2;
    vm.i32[at] = vm.i32[at + 1] = NONE;
    vm.i32[at + 2] = newSmallInt(r.channel);
    vm.i32[at + 3] = newSmallInt(r.rssi);
    vm.i32[at + 4] = newSmallInt(authMode(r.security));
    // how often it was heard
    vm.i32[at + 5] = newSmallInt(1);
    vm.i32[at] = vm.newBytes(latin1Bytes(r.ssid));
    vm.i32[at + 1] = vm.newBytes(macBytes(r.bssid));
    listAppend(vm, list, t);
  }
  return list;
});

/** A hardware address of six bytes, or ValueError. */
function macArg(vm: Vm, o: Obj): number {
  getBuffer(vm, o, BUFFER_READ);
  if (vm.buf.len !== 6) raiseType(vm, TYPES.ValueError);
  return getMac(vm.u8, vm.buf.addr);
}

const CONNECT_ARGS = argTable([
  { name: 'ssid', kind: 'obj' },
  { name: 'key', kind: 'obj', value: NONE },
  { name: 'auth', kind: 'int', value: -1, kwOnly: true },
  { name: 'security', kind: 'int', value: -1, kwOnly: true },
  { name: 'bssid', kind: 'obj', value: NONE, kwOnly: true },
  { name: 'channel', kind: 'int', value: -1, kwOnly: true },
]);

const connect = funKw(1, (vm, nArgs, nKw, args) => {
  const [ssidArg, keyArg, auth, security, bssidArg] = readArgs(vm, CONNECT_ARGS, nArgs - 1, nKw, args + 4) as [
    Obj,
    Obj,
    number,
    number,
    Obj,
  ];
  const ssid = bufferText(vm, ssidArg);
  const key = keyArg === NONE ? '' : bufferText(vm, keyArg);
  const bssid = bssidArg === NONE ? 0 : macArg(vm, bssidArg);
  const net = networkOf(vm);
  if (!net.settings.active[0]) raiseOSError(vm, EPERM);
  if (!isSsid(ssid) || key.length > MAX_KEY) raiseOSError(vm, Errno.EINVAL);
  const mode = auth !== -1 ? auth : security;
  net.connect(ssid, mode === SEC_OPEN ? '' : key, bssid);
  return NONE;
});

const isconnected = fun1((vm, self) => {
  const net = networkOf(vm);
  const itf = itfOf(vm, self);
  return newBool(net.status(itf) === LINK_UP && (itf === 0 || net.point.stations().length > 0));
});

const status = funVar(1, 2, (vm, nArgs, _nKw, args) => {
  const net = networkOf(vm);
  const itf = itfOf(vm, vm.i32[args >> 2] as number);
  if (nArgs === 1) return newSmallInt(net.status(itf));
  switch (strText(vm, vm.i32[(args >> 2) + 1] as number)) {
    case 'rssi':
      if (itf !== 0) raiseValueError(vm, 'STA required');
      return newInt(vm, net.station.rssi);
    case 'stations': {
      if (itf !== 1) raiseValueError(vm, 'AP required');
      const list = newList(vm, 0);
      for (const mac of net.point.stations()) {
        const t = vm.newTuple(1, 0);
        vm.i32[(t >> 2) + 2] = NONE;
        vm.i32[(t >> 2) + 2] = vm.newBytes(macBytes(mac));
        listAppend(vm, list, t);
      }
      return list;
    }
    default:
      return raiseValueError(vm, 'unknown status param');
  }
});

/** What `print` says of a status. */
function statusText(s: number): string {
  switch (s) {
    case LINK_DOWN:
      return 'down';
    case LINK_JOIN:
    case LINK_NOIP:
      return 'join';
    case LINK_UP:
      return 'up';
    case LINK_NONET:
      return 'nonet';
    case LINK_BADAUTH:
      return 'badauth';
    default:
      return 'fail';
  }
}

/** The type `network.WLAN`. */
export const wlanType: TypeDef = defineType({
  name: 'CYW43',
  makeNew(vm, _type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 0, 1, false);
    return wlanObject(vm, nArgs === 0 || getInt(vm, vm.i32[args >> 2] as number) === IF_STA ? 0 : 1);
  },
  print(vm, out, self) {
    const itf = itfOf(vm, self);
    const state = statusText(networkOf(vm).status(itf));
    out.write(`<CYW43 ${itf === 0 ? 'STA' : 'AP'} ${state} ${formatIp(interfaceOf(vm, self).address)}>`);
  },
  locals: {
    send_ethernet: fun2((vm, self, data) => {
      getBuffer(vm, data, BUFFER_READ);
      const frame = vm.u8.slice(vm.buf.addr, vm.buf.addr + vm.buf.len);
      if (!networkOf(vm).sendFrame(itfOf(vm, self), frame)) raiseOSError(vm, EPERM);
      return NONE;
    }),
    // there is no firmware that would understand its requests
    ioctl: fun3((vm) => raiseOSError(vm, EOPNOTSUPP)),
    deinit: fun1((vm) => {
      const net = networkOf(vm);
      net.setActive(0, false);
      net.setActive(1, false);
      return NONE;
    }),
    active,
    scan,
    connect,
    disconnect: fun1((vm, self) => {
      if (itfOf(vm, self) === 0) networkOf(vm).disconnect();
      return NONE;
    }),
    isconnected,
    ifconfig: funVar(1, 2, (vm, nArgs, _nKw, args) =>
      ifconfig(vm, interfaceOf(vm, vm.i32[args >> 2] as number), nArgs - 1, args + 4),
    ),
    ipconfig: funKw(1, (vm, nArgs, nKw, args) =>
      ipconfig(vm, interfaceOf(vm, vm.i32[args >> 2] as number), nArgs - 1, nKw, args + 4),
    ),
    status,
    config: funKw(1, (vm, nArgs, nKw, args) =>
      config(vm, itfOf(vm, vm.i32[args >> 2] as number), nArgs - 1, nKw, args + 4),
    ),
    IF_STA,
    IF_AP,
    SEC_OPEN,
    SEC_WPA_WPA2,
    SEC_WPA3,
    SEC_WPA2_WPA3,
    PM_NONE,
    PM_PERFORMANCE,
    PM_POWERSAVE,
  },
});

/** Holds the two objects; no program can get at it. */
export const wlanObjects: TypeDef = defineType({
  name: 'WLANs',
  locals: () => ({
    sta: { def: 'object', type: wlanType, words: [0] },
    ap: { def: 'object', type: wlanType, words: [1] },
  }),
});
/** Where a type object has its locals dict. */
const LOCALS_OFFSET = 56;

function wlanObject(vm: Vm, itf: 0 | 1): Obj {
  const dict = vm.i32[(vm.addrOf(wlanObjects) + LOCALS_OFFSET) >> 2] as number;
  const table = vm.i32[(dict >> 2) + 3] as number;
  return vm.i32[(table >> 2) + 2 * itf + 1] as number;
}
