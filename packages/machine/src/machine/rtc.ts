/**
 * `machine.RTC`: the time of day, which starts anew with the chip and goes on over a soft reset. One object in ROM. Counterpart:
 * ports/rp2/machine_rtc.c.
 */
import {
  checkArgCount,
  dateOf,
  daysFrom1970,
  defineType,
  funVar,
  getInt,
  NONE,
  newSmallInt,
  type Obj,
  raiseTypeError,
  raiseValueError,
  type TypeDef,
  TYPES,
  typeNameOf,
  type Vm,
} from '@tsmp/vm';
import { RomObjects } from './rom-objects.js';

const DAY = 86400;

function upSeconds(vm: Vm): number {
  return (vm.now() - vm.bootNs) / 1e9;
}

/** Year, month, day, weekday, hour, minute, second, 0. */
function read(vm: Vm): Obj {
  const seconds = Math.floor(vm.wallStart + upSeconds(vm));
  const days = Math.floor(seconds / DAY);
  const rest = seconds - days * DAY;
  const weekday = (((days + 3) % 7) + 7) % 7;
  const items = [...dateOf(days), weekday, Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60, 0];
  const tuple = vm.newTuple(items.length, 0);
  items.forEach((n, i) => {
    vm.i32[(tuple >> 2) + 2 + i] = newSmallInt(n);
  });
  return tuple;
}

function write(vm: Vm, o: Obj): void {
  const type = vm.typeOf(o);
  const isTuple = type === TYPES.tuple;
  if (!isTuple && type !== TYPES.list) raiseTypeError(vm, `object '${typeNameOf(vm, o)}' isn't a tuple or list`);
  const n = vm.i32[(o >> 2) + (isTuple ? 1 : 2)] as number;
  if (n !== 8) raiseValueError(vm, `requested length 8 but object has length ${n}`);
  const at = isTuple ? (o >> 2) + 2 : (vm.i32[(o >> 2) + 3] as number) >> 2;
  const item = (i: number): number => getInt(vm, vm.i32[at + i] as number);
  const [year, month, day, hour, minute, second] = [item(0), item(1), item(2), item(4), item(5), item(6)] as const;
  const seconds =
    (daysFrom1970(year, 1, 1) + monthDays(year, month) + day - 1) * DAY + hour * 3600 + minute * 60 + second;
  // half a microsecond, so that rounding does not make the second before of it
  vm.wallStart = seconds - upSeconds(vm) + 5e-7;
}

/** Days of a year before a month; other numbers than 1 to 12 count as the nearest of them. */
function monthDays(year: number, month: number): number {
  return daysFrom1970(year, Math.min(12, Math.max(1, month)), 1) - daysFrom1970(year, 1, 1);
}

export const rtcType: TypeDef = defineType({
  name: 'RTC',
  makeNew(vm, _type, nArgs, nKw) {
    checkArgCount(vm, nArgs, nKw, 0, 0, false);
    return rtcObjects.get(vm, 0);
  },
  locals: {
    datetime: funVar(1, 2, (vm, n, _kw, args) => {
      if (n === 1) return read(vm);
      write(vm, vm.i32[(args >> 2) + 1] as number);
      return NONE;
    }),
  },
});

/** The one object. */
export const rtcObjects = new RomObjects('RTC', 1, () => rtcType);
