/**
 * `machine.Timer`: alarms of the firmware's pool. As on the RP2040, an active timer is no root: one that nothing refers to any more
 * stops at the next collection. Counterpart: ports/rp2/machine_timer.c.
 *
 *     +0 type   +8 number of its alarm, −1 without   +12 mode   +16 period, µs (low, high)   +24 callback   +28 hard
 */
import {
  type Addr,
  argTable,
  defineType,
  ERRNO,
  fun1,
  funKw,
  getFloat,
  getInt,
  NONE,
  type Obj,
  raiseOSError,
  raiseTypeError,
  raiseValueError,
  readArgs,
  type TypeDef,
  type Vm,
} from '@tsmp/vm';
import { machineOf } from '../machine.js';
import type { PoolAlarm } from '../peripherals/timer-block.js';
import { dispatchIrq } from './irq.js';

const ALARM = 2;
const MODE = 3;
const PERIOD_LOW = 4;
const PERIOD_HIGH = 5;
const CALLBACK = 6;
const HARD = 7;
const SIZE = 32;

const NO_ALARM = -1;
const ONE_SHOT = 0;
const PERIODIC = 1;

/** A period in 64 bits that no clock here reaches. */
const NEVER_US = 2 ** 53;
const MAX_U64 = (1n << 64n) - 1n;

const INIT_ARGS = argTable([
  { name: 'mode', kind: 'int', value: PERIODIC, kwOnly: true },
  { name: 'callback', kind: 'obj', value: NONE, kwOnly: true },
  { name: 'period', kind: 'int', value: -1, kwOnly: true },
  { name: 'tick_hz', kind: 'int', value: 1000, kwOnly: true },
  { name: 'freq', kind: 'obj', value: NONE, kwOnly: true },
  { name: 'hard', kind: 'bool', value: 0, kwOnly: true },
]);

/** µs of a frequency, with the board's floats. */
function periodOfFrequency(vm: Vm, freq: Obj): bigint {
  const hz = getFloat(vm, freq);
  const us = vm.doubles ? 1e6 / hz : Math.fround(1e6 / hz);
  if (!(us >= 1)) return 0n;
  return us >= 2 ** 64 ? MAX_U64 : BigInt(Math.trunc(us));
}
/** µs of a number of ticks: 64-bit arithmetic without signs, as in the original; a clock that does not tick never gets there. */
function periodOfTicks(period: number, tickHz: number): bigint {
  const hz = BigInt.asUintN(64, BigInt(tickHz));
  return hz === 0n ? MAX_U64 : BigInt.asUintN(64, BigInt(period) * 1_000_000n) / hz;
}

function periodOf(vm: Vm, timer: Addr): number {
  const at = timer >> 2;
  return (vm.i32[at + PERIOD_HIGH] as number) * 0x100000000 + ((vm.i32[at + PERIOD_LOW] as number) >>> 0);
}

function stop(vm: Vm, timer: Addr): void {
  const at = (timer >> 2) + ALARM;
  const id = vm.i32[at] as number;
  if (id === NO_ALARM) return;
  vm.i32[at] = NO_ALARM;
  machineOf(vm).core.timer.cancel(id);
}

function start(vm: Vm, timer: Addr, nArgs: number, nKw: number, args: Addr): void {
  type Values = [number, Obj, number, number, Obj, number];
  const [mode, callback, period, tickHz, freq, hard] = readArgs(vm, INIT_ARGS, nArgs, nKw, args) as Values;
  let us = freq === NONE ? periodOfTicks(period, tickHz) : periodOfFrequency(vm, freq);
  if (us < 1n) us = 1n;
  const at = timer >> 2;
  vm.i32[at + MODE] = mode;
  vm.i32[at + PERIOD_LOW] = Number(us & 0xffffffffn) | 0;
  vm.i32[at + PERIOD_HIGH] = Number(us >> 32n) | 0;
  vm.i32[at + CALLBACK] = callback;
  vm.i32[at + HARD] = hard;
  vm.now(); // what is due has happened
  const id = machineOf(vm).core.timer.add(us > BigInt(NEVER_US) ? Number.POSITIVE_INFINITY : Number(us), timer);
  vm.i32[at + ALARM] = id;
  if (id === NO_ALARM) raiseOSError(vm, ERRNO.ENOMEM);
}

/** A timer's alarm: calls its callback. Answers µs until the next one, 0: none. */
export function runTimer(vm: Vm, alarm: PoolAlarm): number {
  const at = alarm.owner >> 2;
  const ok = dispatchIrq(vm, vm.i32[at + CALLBACK] as number, alarm.owner, vm.i32[at + HARD] !== 0);
  return ok && vm.i32[at + MODE] !== ONE_SHOT ? Math.max(1, periodOf(vm, alarm.owner)) : 0;
}

function checkTimer(vm: Vm, o: Obj): Obj {
  if ((o & 3) !== 0 || vm.typeOf(o) !== vm.addrOf(timerType)) raiseTypeError(vm, 'expecting a Timer');
  return o;
}
const deinit = fun1((vm, timer) => {
  stop(vm, checkTimer(vm, timer));
  return NONE;
});

export const timerType: TypeDef = defineType({
  name: 'Timer',
  makeNew(vm, type, nArgs, nKw, args) {
    const timer = vm.allocObjWithFinaliser(SIZE, type);
    vm.i32[(timer >> 2) + ALARM] = NO_ALARM;
    vm.i32[(timer >> 2) + CALLBACK] = NONE;
    const hasId = nArgs > 0;
    if (hasId && getInt(vm, vm.i32[args >> 2] as number) !== -1) raiseValueError(vm, "Timer doesn't exist");
    const left = hasId ? nArgs - 1 : 0;
    if (left > 0 || nKw > 0) start(vm, timer, left, nKw, hasId ? args + 4 : args);
    return timer;
  },
  print(vm, out, timer) {
    const mode = vm.i32[(timer >> 2) + MODE] === ONE_SHOT ? 'ONE_SHOT' : 'PERIODIC';
    const us = periodOf(vm, timer);
    const text = us <= 0xffffffff ? `${us}` : `${Math.floor(us / 1000) >>> 0}000`;
    out.write(`Timer(mode=${mode}, tick_hz=1000000, period=${text})`);
  },
  locals: {
    __del__: deinit,
    init: funKw(1, (vm, nArgs, nKw, args) => {
      const timer = checkTimer(vm, vm.i32[args >> 2] as number);
      stop(vm, timer);
      start(vm, timer, nArgs - 1, nKw, args + 4);
      return NONE;
    }),
    deinit,
    ONE_SHOT,
    PERIODIC,
  },
});
