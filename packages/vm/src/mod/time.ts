/** `time`, on the board's clock. Counterpart: extmod/modtime.c. */
import { getFloat, getInt } from '../runtime.js';
import { raiseFormat, raiseMsg, raiseTypeError } from '../raise.js';
import { defineModule, fun0, fun1, fun2, type ModuleDef, funVar } from '../rom/define.js';
import { sleepUntil } from '../schedule.js';
import { bigIntToNumber } from '../obj/number.js';
import { newFloat } from '../obj/float.js';
import { newInt } from '../obj/int.js';
import type { Profile } from '../profile.js';
import { Ty } from '../types.js';
import { newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';

/** ticks_*() count modulo this (a positive small int). */
const TICKS_PERIOD = 0x40000000;

/** Farthest time from the epoch: years of 16 bits wrap around long before. */
const LATEST = 2 ** 50;

/** Time since the board started, ns. */
function upNs(vm: Vm): number {
  return vm.now() - vm.bootNs;
}
function ticks(divisor: number) {
  return fun0((vm) => newSmallInt(Math.floor(upNs(vm) / divisor) % TICKS_PERIOD));
}
function sleepUs(vm: Vm, us: number): Obj {
  return sleepUntil(vm, () => Math.floor(vm.now() / 1000) + (us > 0 ? us : 0));
}

const DAYS = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
function isLeap(y: number): boolean {
  return (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
}
function dayOfYear(y: number, m: number, d: number): number {
  return (DAYS[m - 1] as number) + d + (m >= 3 && isLeap(y) ? 1 : 0);
}
/** Days from 1970-01-01 to a date of the Gregorian calendar. */
export function daysFrom1970(y: number, m: number, d: number): number {
  const years = y - 1;
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leaps + dayOfYear(y, m, d) - 719163;
}
/** Year, month and day of a number of days from 1970-01-01. */
export function dateOf(days: number): [number, number, number] {
  let y = Math.floor(days / 365.2425) + 1970;
  while (daysFrom1970(y + 1, 1, 1) <= days) y++;
  while (daysFrom1970(y, 1, 1) > days) y--;
  let m = 12;
  while (daysFrom1970(y, m, 1) > days) m--;
  return [y, m, days - daysFrom1970(y, m, 1) + 1];
}

function localtime(vm: Vm, seconds: number, offset: number): Obj {
  const total = Math.floor(seconds) + offset;
  const days = Math.floor(total / 86400);
  const rest = total - days * 86400;
  const [y, m, d] = dateOf(days);
  const t = vm.newTuple(8, 0) >> 2;
  const items = [
    y & 0xffff,
    m,
    d,
    Math.floor(rest / 3600),
    Math.floor(rest / 60) % 60,
    rest % 60,
    (((days + 3) % 7) + 7) % 7,
    dayOfYear(y, m, d),
  ];
  items.forEach((v, i) => {
    vm.i32[t + 2 + i] = newSmallInt(v);
  });
  return t << 2;
}

function mktime(vm: Vm, o: Obj, offset: number): Obj {
  const type = vm.typeOf(o);
  const isTuple = type === Ty.Tuple;
  if (!isTuple && type !== Ty.List)
    raiseFormat(vm, Ty.TypeError, "object '%s' isn't a tuple or list", vm.qstrText(vm.u16[(type + 6) >> 1] as number));
  const n = vm.i32[(o >> 2) + (isTuple ? 1 : 2)] as number;
  if (n < 8 || n > 9) raiseTypeError(vm, 'mktime needs a tuple of length 8 or 9');
  const at = isTuple ? (o >> 2) + 2 : (vm.i32[(o >> 2) + 3] as number) >> 2;
  const v = [0, 1, 2, 3, 4, 5].map((i) => getInt(vm, vm.i32[at + i] as number)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const months = v[0] * 12 + v[1] - 1;
  const days = daysFrom1970(Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, 1) + v[2] - 1;
  return newInt(vm, days * 86400 + v[3] * 3600 + v[4] * 60 + v[5] - offset);
}

/** Seconds that a program gives: an int is exact, however few digits the board's floats have. The largest are as far as days count exactly. */
function secondsOf(vm: Vm, o: Obj): number {
  const isBig = (o & 1) === 0 && vm.typeOf(o) === Ty.Int;
  const n = isBig ? bigIntToNumber(vm, o) : getFloat(vm, o);
  return Number.isNaN(n) ? 0 : Math.min(LATEST, Math.max(-LATEST, n));
}

export function timeModule(profile: Profile): ModuleDef {
  const offset = profile.epochOffset;
  const wall = (vm: Vm): number => vm.wallStart + upNs(vm) / 1e9 - offset;
  const now = funVar(0, 1, (vm, n, _kw, args) => {
    const given = n > 0 ? (vm.i32[args >> 2] as number) : Word.None;
    return localtime(vm, given === Word.None ? wall(vm) : secondsOf(vm, given), offset);
  });
  return defineModule({
    name: 'time',
    extensible: true,
    globals: {
      gmtime: now,
      localtime: now,
      mktime: fun1((vm, t) => mktime(vm, t, offset)),
      time: fun0((vm) => (profile.platform === 'linux' ? newFloat(vm, wall(vm)) : newInt(vm, Math.floor(wall(vm))))),
      sleep: fun1((vm, s) => sleepUs(vm, Math.round(getFloat(vm, s) * 1e6))),
      sleep_ms: fun1((vm, ms) => sleepUs(vm, getInt(vm, ms) * 1000)),
      sleep_us: fun1((vm, us) => sleepUs(vm, getInt(vm, us))),
      ticks_ms: ticks(1e6),
      ticks_us: ticks(1e3),
      ticks_cpu: ticks(1e3),
      ticks_add: fun2((vm, a, d) => {
        const delta = getInt(vm, d);
        if (delta >= TICKS_PERIOD / 2 || delta <= -TICKS_PERIOD / 2)
          raiseMsg(vm, Ty.OverflowError, 'ticks interval overflow');
        return newSmallInt((getInt(vm, a) + delta) & (TICKS_PERIOD - 1));
      }),
      ticks_diff: fun2((vm, end, start) => {
        const d = (getInt(vm, end) - getInt(vm, start) + TICKS_PERIOD / 2) & (TICKS_PERIOD - 1);
        return newSmallInt(d - TICKS_PERIOD / 2);
      }),
      time_ns: fun0((vm) => newInt(vm, Math.floor(wall(vm) * 1e9))),
    },
  });
}
