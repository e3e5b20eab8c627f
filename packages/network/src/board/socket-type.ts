/**
 * Socket objects. Counterpart: extmod/modlwip.c.
 *
 *     +0 type   +4 number of the record (see sockets.ts), 0: closed   +8 callback, 0: none   … 44: as large as upstream's
 */
import {
  type Addr,
  array,
  BUFFER_READ,
  checkArgCount,
  defineType,
  fun1,
  fun2,
  fun3,
  funVar,
  getArray,
  getBuffer,
  getFloat,
  getInt,
  isTrue,
  newInt,
  newSmallInt,
  newStr,
  NONE,
  type Obj,
  POLL_ERR,
  POLL_HUP,
  POLL_NVAL,
  POLL_RD,
  POLL_WR,
  raiseOSError,
  raiseType,
  raiseTypeError,
  raiseValueError,
  resumeWait,
  STREAM_CLOSE,
  STREAM_ERROR,
  STREAM_POLL,
  STREAM_WAIT,
  streamClose,
  streamError,
  type StreamProtocol,
  streamRead,
  streamReadinto,
  streamReadline,
  streamStatus,
  streamWrite,
  strText,
  type TypeDef,
  TYPES,
  type Vm,
  WAIT,
  waitUntil,
} from '@tsmp/vm';
import { formatIp, IP_ANY, type IpAddr, tryParseIp } from '../address.js';
import { Errno } from '../errors.js';
import { networkOf } from './network-of.js';
import { SOCK_DGRAM, SOCK_STREAM, SockState } from './socket-constants.js';
import { type SocketRecord, type Sockets, errnoOfState } from './sockets.js';

/** Bytes of a socket object of a 32-bit port with IPv4 and IPv6. */
const SOCKET_SIZE = 60;
const HANDLE = 1;
const CALLBACK = 2;

/** Options: what lwIP's headers and the module say. */
export const SO_REUSEADDR = 0x04;
export const SO_BROADCAST = 0x20;
export const TCP_NODELAY = 0x40;
export const IP_ADD_MEMBERSHIP = 0x400;
export const IP_DROP_MEMBERSHIP = 0x401;
/** Sets the callback: no constant of the module. */
const SO_CALLBACK = 20;
const DEFAULT_BACKLOG = 2;

/** Raises what a negative answer says. */
function check(vm: Vm, n: number): number {
  if (n < 0) raiseOSError(vm, -n);
  return n;
}

function socketsOf(vm: Vm): Sockets {
  return networkOf(vm).sockets;
}

/** A socket object; raises TypeError for anything else (a method may be called on the type). */
function checkSocket(vm: Vm, self: Obj): Obj {
  if ((self & 3) !== 0 || vm.typeOf(self) !== vm.addrOf(socketType)) raiseTypeError(vm, 'expecting a socket');
  return self;
}
/** The record of a socket; raises OSError(EBADF) when it is closed. */
function recordOf(vm: Vm, self: Obj): SocketRecord {
  checkSocket(vm, self);
  return socketsOf(vm).get(vm.i32[(self >> 2) + HANDLE] as number) ?? raiseOSError(vm, Errno.EBADF);
}
/** As {@link recordOf}; a connection that has failed raises its error once, and is closed then. */
function connectedOf(vm: Vm, self: Obj): SocketRecord {
  const s = recordOf(vm, self);
  const state = socketsOf(vm).state(s);
  if (state < 0) {
    s.state = SockState.BadFile;
    raiseOSError(vm, errnoOfState(state));
  }
  return s;
}

/** An address as programs see it: a tuple of text and port. */
export function newAddress(vm: Vm, ip: IpAddr, port: number): Obj {
  const text = newStr(vm, formatIp(ip));
  const t = vm.newTuple(2, 0);
  vm.i32[(t >> 2) + 2] = text;
  vm.i32[(t >> 2) + 3] = newInt(vm, port);
  return t;
}

const address = { ip: IP_ANY, port: 0 };
/** Fills {@link address} from a pair; raises ValueError for what is no IPv4 address. */
function getAddress(vm: Vm, o: Obj): void {
  getArray(vm, o);
  if (array.len !== 2) raiseValueError(vm, `requested length 2 but object has length ${array.len}`);
  const { items } = array;
  const text = strText(vm, vm.i32[items >> 2] as number);
  const ip = text === '' ? IP_ANY : tryParseIp(text);
  if (ip < 0) raiseValueError(vm, 'invalid arguments');
  address.ip = ip;
  address.port = getInt(vm, vm.i32[(items >> 2) + 1] as number) & 0xffff;
}

function newSocket(vm: Vm): Addr {
  const o = vm.allocObjWithFinaliser(SOCKET_SIZE, vm.addrOf(socketType));
  vm.i32[(o >> 2) + HANDLE] = 0;
  vm.i32[(o >> 2) + CALLBACK] = 0;
  return o;
}

/** Whether a call that begins, or begins again, has used up its time. Sets the deadline for {@link waitMore}. */
function isLate(vm: Vm, s: SocketRecord): boolean {
  const until = resumeWait(vm);
  const sockets = socketsOf(vm);
  wait.until = until ?? sockets.deadline(s);
  return until !== undefined && sockets.nowUs() >= until;
}
const wait = { until: Number.POSITIVE_INFINITY };

/** Ends a transfer of a method: waits, raises, or answers the count. −1: it waits. */
function settle(vm: Vm, n: number): number {
  if (n === STREAM_WAIT) {
    waitUntil(vm, streamStatus.deadlineUs);
    return -1;
  }
  if (n === STREAM_ERROR) raiseOSError(vm, streamStatus.errno);
  return n;
}
/** Prepares `streamStatus` for a transfer; whether the method has waited before. */
function begin(vm: Vm): boolean {
  const until = resumeWait(vm);
  streamStatus.deadlineUs = until ?? Number.POSITIVE_INFINITY;
  return until !== undefined;
}

const bind = fun2((vm, self, addr) => {
  const s = recordOf(vm, self);
  getAddress(vm, addr);
  check(vm, socketsOf(vm).bind(s, address.ip, address.port));
  return NONE;
});

const listen = funVar(1, 2, (vm, nArgs, _nKw, args) => {
  const s = recordOf(vm, vm.i32[args >> 2] as number);
  const backlog = nArgs > 1 ? getInt(vm, vm.i32[(args >> 2) + 1] as number) : DEFAULT_BACKLOG;
  check(vm, socketsOf(vm).listen(s, Math.max(0, backlog)));
  return NONE;
});

const accept = fun1((vm, self) => {
  const s = recordOf(vm, self);
  const late = isLate(vm, s);
  const sockets = socketsOf(vm);
  // before the connection is taken: a connection must not be lost for want of memory
  if (sockets.stack.tcp.getListener(s.listener)?.readable === true) {
    const o = newSocket(vm);
    const t = vm.newTuple(2, 0);
    const c = sockets.accept(s);
    if (typeof c === 'number') raiseOSError(vm, -c);
    vm.i32[(o >> 2) + HANDLE] = sockets.adopt(c, s, o).id;
    vm.i32[(t >> 2) + 2] = o;
    vm.i32[(t >> 2) + 3] = NONE;
    vm.i32[(t >> 2) + 3] = newAddress(vm, c.remoteIp, c.remotePort);
    return t;
  }
  const why = sockets.accept(s);
  if (why !== -Errno.EAGAIN) raiseOSError(vm, typeof why === 'number' ? -why : Errno.EIO);
  if (s.timeout === 0) raiseOSError(vm, Errno.EAGAIN);
  if (late) raiseOSError(vm, Errno.ETIMEDOUT);
  return waitUntil(vm, wait.until);
});

const connect = fun2((vm, self, addr) => {
  const s = recordOf(vm, self);
  const sockets = socketsOf(vm);
  const until = resumeWait(vm);
  if (until === undefined) {
    if (s.type === SOCK_STREAM && sockets.isGone(s)) raiseOSError(vm, Errno.EBADF);
    getAddress(vm, addr);
    check(vm, sockets.connect(s, address.ip, address.port));
    if (s.type === SOCK_DGRAM) return NONE;
    if (s.timeout === 0) return raiseOSError(vm, Errno.EINPROGRESS);
  }
  const state = sockets.state(s);
  if (state < 0) raiseOSError(vm, errnoOfState(state));
  if (state !== SockState.Connecting) return NONE;
  if (until !== undefined && sockets.nowUs() >= until) raiseOSError(vm, Errno.ETIMEDOUT);
  return waitUntil(vm, until ?? sockets.deadline(s));
});

/** One send of a buffer. */
function send(vm: Vm, self: Obj, data: Obj, to: Obj): Obj {
  const resumed = begin(vm);
  const s = connectedOf(vm, self);
  if (to !== 0) getAddress(vm, to);
  getBuffer(vm, data, BUFFER_READ);
  const { addr, len } = vm.buf;
  const sockets = socketsOf(vm);
  const n =
    s.type === SOCK_STREAM
      ? sockets.sendTcp(s, addr, len, resumed)
      : sockets.sendUdp(s, addr, len, to === 0 ? undefined : address.ip, address.port);
  const sent = settle(vm, n);
  return sent < 0 ? WAIT : newSmallInt(sent);
}

const sendall = fun2((vm, self, data) => {
  let resumed = begin(vm);
  const s = connectedOf(vm, self);
  if (s.type !== SOCK_STREAM) raiseType(vm, TYPES.NotImplementedError);
  getBuffer(vm, data, BUFFER_READ);
  const { addr, len } = vm.buf;
  const sockets = socketsOf(vm);
  // it is all or nothing where it must not wait
  if (s.timeout === 0 && len > sockets.room(s) && s.tcp !== 0) raiseOSError(vm, Errno.EAGAIN);
  if (!resumed) s.progress = 0;
  while (s.progress < len) {
    const n = settle(vm, sockets.sendTcp(s, addr + s.progress, len - s.progress, resumed));
    if (n < 0) return WAIT;
    s.progress += n;
    // the limit is that of each part
    resumed = false;
    streamStatus.deadlineUs = Number.POSITIVE_INFINITY;
    vm.charge(1 + (n >> 6));
  }
  return NONE;
});

/** `recv` and `recvfrom`. Answers bytes, or WAIT. */
function receive(vm: Vm, nArgs: number, args: Addr): Obj {
  begin(vm);
  const a = args >> 2;
  const self = vm.i32[a] as number;
  const size = getInt(vm, vm.i32[a + 1] as number);
  const flags = nArgs > 2 ? getInt(vm, vm.i32[a + 2] as number) : 0;
  const sockets = socketsOf(vm);
  const s = recordOf(vm, self);
  if (s.type === SOCK_DGRAM) connectedOf(vm, self);
  if (size < 0) vm.raiseMemoryError((size + 1) >>> 0);
  const until = streamStatus.deadlineUs;
  const buf = vm.alloc(size + 1);
  // an allocation may have run finalisers, which close streams
  streamStatus.deadlineUs = until;
  const n = settle(
    vm,
    s.type === SOCK_STREAM ? sockets.receiveTcp(s, buf, size, flags) : sockets.receiveUdp(s, buf, size, flags),
  );
  if (n < 0) {
    vm.heap.free(buf);
    return WAIT;
  }
  if (n === 0) {
    vm.heap.free(buf);
    return vm.image.emptyBytes;
  }
  const bytes = vm.newBytes(vm.u8.subarray(buf, buf + n));
  vm.heap.free(buf);
  return bytes;
}

const recvfrom = funVar(2, 3, (vm, nArgs, _nKw, args) => {
  const data = receive(vm, nArgs, args);
  if (data === WAIT) return WAIT;
  const s = recordOf(vm, vm.i32[args >> 2] as number);
  const { from } = socketsOf(vm);
  const { ip, port } = s.type === SOCK_DGRAM ? from : { ip: s.peerIp, port: s.peerPort };
  const t = vm.newTuple(2, 0);
  vm.i32[(t >> 2) + 2] = data;
  vm.i32[(t >> 2) + 3] = NONE;
  vm.i32[(t >> 2) + 3] = newAddress(vm, ip, port);
  return t;
});

const settimeout = fun2((vm, self, value) => {
  const s = recordOf(vm, self);
  const ms = value === NONE ? -1 : Math.trunc(1000 * getFloat(vm, value));
  // beyond what a program can wait for: no limit, as the wrapped number of a 32-bit port comes to
  s.timeout = ms >= 0 && ms < 0xffffffff ? ms : -1;
  return NONE;
});

const setblocking = fun2((vm, self, value) => {
  recordOf(vm, self).timeout = isTrue(vm, value) ? -1 : 0;
  return NONE;
});

const setsockopt = funVar(4, 4, (vm, _nArgs, _nKw, args) => {
  const a = args >> 2;
  const self = vm.i32[a] as number;
  const option = getInt(vm, vm.i32[a + 2] as number);
  const value = vm.i32[a + 3] as number;
  if (option === SO_CALLBACK) {
    vm.i32[(checkSocket(vm, self) >> 2) + CALLBACK] = value === NONE ? 0 : value;
    return NONE;
  }
  const s = recordOf(vm, self);
  const sockets = socketsOf(vm);
  switch (option) {
    case SO_REUSEADDR:
      s.reuse = getInt(vm, value) !== 0;
      break;
    case SO_BROADCAST:
      // lwIP as it is configured sends broadcasts in any case
      getInt(vm, value);
      break;
    case TCP_NODELAY:
      sockets.setNodelay(s, getInt(vm, value) !== 0);
      break;
    case IP_ADD_MEMBERSHIP:
    case IP_DROP_MEMBERSHIP:
      membership(vm, value, option === IP_ADD_MEMBERSHIP);
      break;
    default:
      vm.stdout.write('Warning: lwip.setsockopt() not implemented\n');
  }
  return NONE;
});

/** Joins or leaves a multicast group: four bytes of the group, four of the interface's address. */
function membership(vm: Vm, value: Obj, join: boolean): void {
  getBuffer(vm, value, BUFFER_READ);
  const { addr, len } = vm.buf;
  if (len !== 8) raiseType(vm, TYPES.ValueError);
  const word = (at: number): number =>
    at < 0
      ? 0
      : (((vm.u8[at] as number) << 24) |
          ((vm.u8[at + 1] as number) << 16) |
          ((vm.u8[at + 2] as number) << 8) |
          (vm.u8[at + 3] as number)) >>>
        0;
  const group = word(addr);
  const on = word(addr + 4);
  if (group >>> 28 !== 14) raiseOSError(vm, Errno.EINVAL);
  let done = false;
  for (const i of networkOf(vm).stack.listInterfaces()) {
    if (on !== IP_ANY && i.address !== on) continue;
    done = (join ? i.joinGroup(group) : i.leaveGroup(group)) || done;
  }
  if (!done) raiseOSError(vm, Errno.EINVAL);
}

const protocol: StreamProtocol = {
  protocol: 'stream',
  read(vm, self, addr, size) {
    const sockets = socketsOf(vm);
    const s = sockets.get(vm.i32[(self >> 2) + HANDLE] as number);
    if (s === undefined) return streamError(Errno.EBADF);
    if (s.type === SOCK_STREAM) return sockets.receiveTcp(s, addr, size, 0);
    return sockets.receiveUdp(s, addr, size, 0);
  },
  write(vm, self, addr, size) {
    const sockets = socketsOf(vm);
    const s = sockets.get(vm.i32[(self >> 2) + HANDLE] as number);
    if (s === undefined) return streamError(Errno.EBADF);
    if (s.type !== SOCK_STREAM) return sockets.sendUdp(s, addr, size, undefined, 0);
    return sockets.sendTcp(s, addr, size, streamStatus.deadlineUs !== Number.POSITIVE_INFINITY);
  },
  ioctl(vm, self, request, arg) {
    const sockets = socketsOf(vm);
    const s = sockets.get(vm.i32[(self >> 2) + HANDLE] as number);
    if (request === STREAM_POLL) return s === undefined ? POLL_NVAL : pollSocket(sockets, s, arg);
    if (request !== STREAM_CLOSE) return streamError(Errno.EINVAL);
    vm.i32[(self >> 2) + HANDLE] = 0;
    if (s !== undefined) sockets.close(s);
    return 0;
  },
};

/** The events of `flags` that hold, and those that are always told. */
function pollSocket(sockets: Sockets, s: SocketRecord, flags: number): number {
  let ret = 0;
  const state = sockets.state(s);
  if ((flags & POLL_RD) !== 0 && sockets.readable(s)) ret |= POLL_RD;
  if ((flags & POLL_WR) !== 0 && sockets.writable(s)) ret |= POLL_WR;
  if (state === SockState.New) ret |= POLL_HUP;
  else if (state === SockState.PeerClosed) ret |= flags & (POLL_RD | POLL_WR);
  else if (state === SockState.Reset) ret |= (flags & POLL_WR) | POLL_ERR | POLL_HUP;
  else if (state === SockState.PeerRstHandled) ret |= POLL_HUP;
  else if (state === SockState.BadFile) ret |= POLL_NVAL;
  else if (state < 0) ret |= POLL_ERR;
  return ret;
}

/** The type `socket.socket`. */
export const socketType: TypeDef = defineType({
  name: 'socket',
  makeNew(vm, _type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 0, 4, false);
    const o = newSocket(vm);
    const arg = (i: number, absent: number): number =>
      i < nArgs ? getInt(vm, vm.i32[(args >> 2) + i] as number) : absent;
    arg(0, 0);
    const type = arg(1, SOCK_STREAM);
    arg(2, 0);
    const s = socketsOf(vm).open(type & 0xff, o);
    if (typeof s === 'number') return raiseOSError(vm, -s);
    vm.i32[(o >> 2) + HANDLE] = s.id;
    return o;
  },
  print(vm, out, self) {
    const sockets = socketsOf(vm);
    const s = sockets.get(vm.i32[(self >> 2) + HANDLE] as number);
    const state = s === undefined ? SockState.BadFile : sockets.state(s);
    const timeout = (s?.timeout ?? -1) >>> 0;
    const waiting =
      s === undefined
        ? 0
        : s.type === SOCK_DGRAM
          ? (sockets.stack.udp.get(s.udp)?.waiting ?? 0)
          : (sockets.stack.tcp.get(s.tcp)?.available ?? 0);
    const incoming = s?.type === SOCK_DGRAM ? `${waiting}` : `0x${waiting.toString(16)} off=0`;
    out.write(`<socket state=${state} timeout=${timeout} incoming=${incoming}>`);
  },
  protocol,
  locals: {
    __del__: streamClose,
    close: streamClose,
    bind,
    listen,
    accept,
    connect,
    send: fun2((vm, self, data) => send(vm, self, data, 0)),
    recv: funVar(2, 3, (vm, nArgs, _nKw, args) => receive(vm, nArgs, args)),
    sendto: fun3((vm, self, data, to) => send(vm, self, data, to)),
    recvfrom,
    sendall,
    settimeout,
    setblocking,
    setsockopt,
    makefile: funVar(1, 3, (vm, _nArgs, _nKw, args) => vm.i32[args >> 2] as number),
    read: streamRead,
    readinto: streamReadinto,
    readline: streamReadline,
    write: streamWrite,
  },
});
