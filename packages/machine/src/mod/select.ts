/**
 * `select`: waiting for streams. Counterpart: extmod/modselect.c.
 *
 * A poll object holds a map from the identity of each stream to a block of four words:
 *
 *     poll:    +0 type   +4 map (3 words)   +16 ready ones left (16 bits), next slot (16 bits)   +20 flags   +24 tuple of ipoll
 *     entry:   +0 stream   +4 unused   +8 events asked for   +12 events found
 *
 * Streams are asked by the `ioctl` of their protocol. A stream that will be ready later must make something happen on the board
 * then (an event of the clock, bytes from the host): that is when a poll that waits is entered again. Streams in Python announce
 * nothing and are asked each millisecond.
 */
import {
  type Addr,
  array,
  defineModule,
  defineType,
  fun0,
  fun1,
  fun2,
  fun3,
  funVar,
  getArray,
  getFloat,
  getInt,
  getStream,
  isInt,
  listAppend,
  mapAdd,
  mapFind,
  mapInit,
  mapNextFilled,
  mapRemove,
  newInt,
  newList,
  newSmallInt,
  NONE,
  NULL,
  type Obj,
  OP_IOCTL,
  POLL_ERR,
  POLL_HUP,
  POLL_NVAL,
  POLL_RD,
  POLL_WR,
  type ModuleDef,
  pyFun,
  raiseOSError,
  raiseType,
  resumeWait,
  type RomValue,
  smallIntValue,
  STREAM_ERROR,
  STREAM_POLL,
  streamStatus,
  streamTarget,
  tailCall2,
  type TypeDef,
  TYPES,
  type Vm,
  WAIT,
  waitUntil,
} from '@tsmp/vm';

const ENOENT = 2;
const EINVAL = 22;
/** Descriptors that a process of the unix port may have open. */
const OPEN_MAX = 1024;
/** How often streams that announce nothing are asked, µs. */
const ASK_PERIOD_US = 1000;
/** Flag of ipoll(): events of a stream that was reported are not asked for again. */
const ONE_SHOT = 1;

const MAP = 4;
const ITER = 16;
const FLAGS = 20;
const TUPLE = 24;
const POLL_SIZE = 28;

const STREAM = 0;
const EVENTS = 2;
const FOUND = 3;
const ENTRY_SIZE = 16;

/** Value of slot `i` of a map: the address of an entry. */
function entryAt(vm: Vm, map: Addr, i: number): Addr {
  return vm.i32[((vm.i32[(map + 8) >> 2] as number) >> 2) + 2 * i + 1] as number;
}

/** Adds a stream, or changes what is asked of it. */
function add(vm: Vm, map: Addr, o: Obj, events: number, or: boolean): void {
  const key = newInt(vm, o);
  const there = mapFind(vm, map, key);
  if (there !== 0) {
    const e = (vm.i32[(there >> 2) + 1] as number) >> 2;
    vm.i32[e + EVENTS] = or ? events | (vm.i32[e + EVENTS] as number) : events;
    return;
  }
  if (vm.profile.platform === 'linux' && isInt(vm, o)) {
    if (getInt(vm, o) < 0) raiseType(vm, TYPES.ValueError);
  } else getStream(vm, o, OP_IOCTL);
  const entry = vm.alloc(ENTRY_SIZE);
  vm.i32[(entry >> 2) + STREAM] = o;
  vm.i32[(entry >> 2) + EVENTS] = events;
  vm.i32[(mapAdd(vm, map, key) >> 2) + 1] = entry;
}

/** Events of a file descriptor of the unix port: the console's. */
function descriptorEvents(vm: Vm, fd: number, events: number): number {
  if (fd > 2) return POLL_NVAL;
  if (fd > 0) return events & POLL_WR;
  return vm.input.length > 0 || vm.input.closed ? events & POLL_RD : 0;
}

/** Set by {@link pollOnce}: a stream announces nothing. */
const found = { mustAsk: false };

/** Asks each stream once; answers how many are ready. */
function pollOnce(vm: Vm, map: Addr): number {
  let ready = 0;
  let descriptors = 0;
  found.mustAsk = false;
  for (let i = mapNextFilled(vm, map, 0); i >= 0; i = mapNextFilled(vm, map, i + 1)) {
    const entry = entryAt(vm, map, i);
    const o = vm.i32[(entry >> 2) + STREAM] as number;
    const events = vm.i32[(entry >> 2) + EVENTS] as number;
    let r: number;
    if (isInt(vm, o)) {
      r = descriptorEvents(vm, smallIntValue(o), events);
      if (++descriptors > OPEN_MAX) raiseOSError(vm, EINVAL);
    } else {
      const p = getStream(vm, o, OP_IOCTL);
      const { self } = streamTarget;
      if (p.isPython === true) found.mustAsk = true;
      r = (p.ioctl as NonNullable<typeof p.ioctl>)(vm, self, STREAM_POLL, events);
      if (r === STREAM_ERROR) raiseOSError(vm, streamStatus.errno);
    }
    vm.i32[(entry >> 2) + FOUND] = r;
    if (r !== 0) ready++;
  }
  return ready;
}

/** Asks until a stream is ready or the time is over; −1: the native has to wait. `timeoutMs` is read when it is entered anew. */
function pollUntil(vm: Vm, map: Addr, timeoutMs: () => number): number {
  let until = resumeWait(vm);
  if (until === undefined) {
    const ms = timeoutMs();
    until = ms < 0 ? Number.POSITIVE_INFINITY : Math.floor(vm.clock.now(vm.budget) / 1000) + ms * 1000;
  }
  const ready = pollOnce(vm, map);
  const ns = vm.clock.now(vm.budget);
  if (ready > 0 || ns >= until * 1000) return ready;
  // nobody handles the event: that it is there lets the poll be entered again
  if (found.mustAsk) vm.clock.schedule(ns + ASK_PERIOD_US * 1000, 'select');
  waitUntil(vm, until);
  return -1;
}

function pollArgs(vm: Vm, nArgs: number, args: Addr): number {
  const poll = vm.i32[args >> 2] as number;
  return pollUntil(vm, poll + MAP, () => {
    const timeout = nArgs > 1 ? (vm.i32[(args >> 2) + 1] as number) : NONE;
    const ms = timeout === NONE ? -1 : getInt(vm, timeout);
    vm.i32[(poll + FLAGS) >> 2] = nArgs > 2 ? getInt(vm, vm.i32[(args >> 2) + 2] as number) : 0;
    return ms;
  });
}

const pollFn = funVar(1, 2, (vm, nArgs, _nKw, args) => {
  if (pollArgs(vm, nArgs, args) < 0) return WAIT;
  const map = (vm.i32[args >> 2] as number) + MAP;
  const list = newList(vm, 0);
  for (let i = mapNextFilled(vm, map, 0); i >= 0; i = mapNextFilled(vm, map, i + 1)) {
    const events = vm.i32[(entryAt(vm, map, i) >> 2) + FOUND] as number;
    if (events === 0) continue;
    const t = vm.newTuple(2, 0);
    vm.i32[(t >> 2) + 2] = vm.i32[(entryAt(vm, map, i) >> 2) + STREAM] as number;
    vm.i32[(t >> 2) + 3] = newSmallInt(events);
    listAppend(vm, list, t);
  }
  return list;
});

const ipollFn = funVar(1, 3, (vm, nArgs, _nKw, args) => {
  const poll = vm.i32[args >> 2] as number;
  if (vm.i32[(poll + TUPLE) >> 2] === 0) {
    const t = vm.newTuple(2, 0);
    vm.i32[(t >> 2) + 2] = vm.i32[(t >> 2) + 3] = NONE;
    vm.i32[(poll + TUPLE) >> 2] = t;
  }
  const ready = pollArgs(vm, nArgs, args);
  if (ready < 0) return WAIT;
  vm.i32[(poll + ITER) >> 2] = ready & 0xffff;
  return poll;
});

/** The next ready stream of the last ipoll(), in the one tuple that the poll object keeps for it. */
function nextReady(vm: Vm, poll: Obj): Obj {
  const state = vm.i32[(poll + ITER) >> 2] as number;
  if ((state & 0xffff) === 0) return NULL;
  const map = poll + MAP;
  for (let i = mapNextFilled(vm, map, state >>> 16); i >= 0; i = mapNextFilled(vm, map, i + 1)) {
    const e = entryAt(vm, map, i) >> 2;
    if (vm.i32[e + FOUND] === 0) continue;
    vm.i32[(poll + ITER) >> 2] = ((state & 0xffff) - 1) | ((i + 1) << 16);
    const t = (vm.i32[(poll + TUPLE) >> 2] as number) >> 2;
    vm.i32[t + 2] = vm.i32[e + STREAM] as number;
    vm.i32[t + 3] = newSmallInt(vm.i32[e + FOUND] as number);
    if (((vm.i32[(poll + FLAGS) >> 2] as number) & ONE_SHOT) !== 0) vm.i32[e + EVENTS] = 0;
    return t << 2;
  }
  vm.i32[(poll + ITER) >> 2] = 0;
  return NULL;
}

const pollType: TypeDef = defineType({
  name: 'poll',
  getiter: 'self',
  iternext: nextReady,
  locals: {
    register: funVar(2, 3, (vm, nArgs, _nKw, args) => {
      const a = args >> 2;
      const events = nArgs === 3 ? getInt(vm, vm.i32[a + 2] as number) : POLL_RD | POLL_WR;
      add(vm, (vm.i32[a] as number) + MAP, vm.i32[a + 1] as number, events, false);
      return NONE;
    }),
    unregister: fun2((vm, self, o) => {
      mapRemove(vm, self + MAP, newInt(vm, o));
      return NONE;
    }),
    modify: fun3((vm, self, o, events) => {
      const slot = mapFind(vm, self + MAP, newInt(vm, o));
      if (slot === 0) raiseOSError(vm, ENOENT);
      vm.i32[((vm.i32[(slot >> 2) + 1] as number) >> 2) + EVENTS] = getInt(vm, events);
      return NONE;
    }),
    poll: pollFn,
    ipoll: ipollFn,
  },
});

function newPoll(vm: Vm, n: number): Obj {
  const poll = vm.allocObj(POLL_SIZE, vm.addrOf(pollType));
  mapInit(vm, poll + MAP, n);
  return poll;
}

// ---- select()

/** Waits in a frame, so that the set stays where it is. */
const selectPy = pyFun('_select', 'def _select(p, ms):\n    p.ipoll(ms)\n    return _select_result(p)\n');

const selectFn = funVar(3, 4, (vm, nArgs, _nKw, args) => {
  const a = args >> 2;
  let n = 0;
  for (let i = 0; i < 3; i++) {
    getArray(vm, vm.i32[a + i] as number);
    n += array.len;
  }
  let ms = -1;
  if (nArgs === 4 && vm.i32[a + 3] !== NONE) {
    const s = getFloat(vm, vm.i32[a + 3] as number);
    if (s >= 0) ms = Math.min(Math.trunc(s * 1000), 0x3fffffff);
  }
  const poll = newPoll(vm, n);
  const asked = [POLL_RD, POLL_WR, POLL_ERR | POLL_HUP];
  for (let i = 0; i < 3; i++) {
    getArray(vm, vm.i32[a + i] as number);
    const { len, items } = array;
    for (let k = 0; k < len; k++) add(vm, poll + MAP, vm.i32[(items >> 2) + k] as number, asked[i] as number, true);
  }
  return tailCall2(vm, vm.addrOf(selectPy), poll, newSmallInt(ms));
});

const selectResult = fun1((vm, poll) => {
  const lists = [newList(vm, 0), newList(vm, 0), newList(vm, 0)] as const;
  const map = poll + MAP;
  for (let i = mapNextFilled(vm, map, 0); i >= 0; i = mapNextFilled(vm, map, i + 1)) {
    const e = entryAt(vm, map, i) >> 2;
    const events = vm.i32[e + FOUND] as number;
    const o = vm.i32[e + STREAM] as number;
    if ((events & POLL_RD) !== 0) listAppend(vm, lists[0], o);
    if ((events & POLL_WR) !== 0) listAppend(vm, lists[1], o);
    if ((events & ~(POLL_RD | POLL_WR)) !== 0) listAppend(vm, lists[2], o);
  }
  const t = vm.newTuple(3, 0);
  for (let i = 0; i < 3; i++) vm.i32[(t >> 2) + 2 + i] = lists[i] as number;
  return t;
});

export const SELECT_TYPES: readonly TypeDef[] = [pollType];
/** Names that the module's ROM functions use. */
export const SELECT_HELPERS: Readonly<Record<string, RomValue>> = { _select_result: selectResult };
export const selectModule: ModuleDef = defineModule({
  name: 'select',
  extensible: true,
  globals: {
    select: selectFn,
    poll: fun0((vm) => newPoll(vm, 0)),
    POLLIN: POLL_RD,
    POLLOUT: POLL_WR,
    POLLERR: POLL_ERR,
    POLLHUP: POLL_HUP,
  },
});
