/** The `socket` module, without lwIP's functions for debugging. Counterpart: extmod/modlwip.c. */
import {
  defineModule,
  funVar,
  getInt,
  listAppend,
  newList,
  newSmallInt,
  NONE,
  raiseOSError,
  resumeWait,
  strText,
  waitUntil,
} from '@tsmp/vm';
import { networkOf } from './network-of.js';
import {
  IP_ADD_MEMBERSHIP,
  IP_DROP_MEMBERSHIP,
  newAddress,
  SO_BROADCAST,
  SO_REUSEADDR,
  socketType,
  TCP_NODELAY,
} from './socket-type.js';
import { MSG_DONTWAIT, MSG_PEEK, SOCK_DGRAM, SOCK_STREAM } from './socket-constants.js';

const AF_INET = 2;
const AF_INET6 = 10;
const SOL_SOCKET = 1;
const IPPROTO_TCP = 6;

const getaddrinfo = funVar(2, 6, (vm, nArgs, _nKw, args) => {
  const a = args >> 2;
  const int = (i: number): number => (i < nArgs ? getInt(vm, vm.i32[a + i] as number) : 0);
  const host = strText(vm, vm.i32[a] as number);
  const port = int(1);
  const resumed = resumeWait(vm) !== undefined;
  const [family, type, proto, flags] = [int(2), int(3), int(4), int(5)];
  const known = (family === 0 || family === AF_INET || family === AF_INET6) && (type === 0 || type === SOCK_STREAM);
  if (!resumed && !(known && proto === 0 && flags === 0))
    vm.warn('unsupported getaddrinfo constraints', 'RuntimeWarning');
  const ip = networkOf(vm).sockets.lookup(host);
  if (ip === undefined) return waitUntil(vm, Number.POSITIVE_INFINITY);
  // lwIP's own numbers, told from errno's by their sign
  if (typeof ip !== 'number') return raiseOSError(vm, ip.error);
  const t = vm.newTuple(5, 0);
  const at = (t >> 2) + 2;
  vm.i32[at] = newSmallInt(AF_INET);
  vm.i32[at + 1] = newSmallInt(SOCK_STREAM);
  vm.i32[at + 2] = newSmallInt(0);
  vm.i32[at + 3] = vm.internObj('');
  vm.i32[at + 4] = NONE;
  vm.i32[at + 4] = newAddress(vm, ip, port);
  const list = newList(vm, 0);
  listAppend(vm, list, t);
  return list;
});

/** `import socket`, also as a file of the same name that comes first. */
export const socketModule = defineModule({
  name: 'socket',
  extensible: true,
  globals: {
    getaddrinfo,
    socket: socketType,
    AF_INET,
    AF_INET6,
    SOCK_STREAM,
    SOCK_DGRAM,
    SOL_SOCKET,
    SO_REUSEADDR,
    SO_BROADCAST,
    IPPROTO_IP: 0,
    IP_ADD_MEMBERSHIP,
    IP_DROP_MEMBERSHIP,
    IPPROTO_TCP,
    TCP_NODELAY,
    MSG_PEEK,
    MSG_DONTWAIT,
  },
});
