/**
 * The parts of `machine` that stop the processor: resets, sleep, interrupts off. Counterpart: ports/rp2/modmachine.c,
 * extmod/modmachine.c.
 */
import {
  fun0,
  fun1,
  funVar,
  getInt,
  NONE,
  newSmallInt,
  type Obj,
  pollInterrupts,
  raiseArg,
  raiseType,
  raiseValueError,
  requestReset,
  resumeWait,
  type RomValue,
  TYPES,
  type Vm,
  WAIT,
  waitUntil,
} from '@tsmp/vm';

/** A sleep with a deadline is by the timer's alarm, which compares 32 bits of microseconds. */
const LONGEST_SLEEP_MS = 4294967;

function nowUs(vm: Vm): number {
  return Math.floor(vm.now() / 1000);
}

/** Waits until `deadlineUs`. */
function sleepUntil(vm: Vm, deadlineUs: () => number): Obj {
  const deadline = resumeWait(vm) ?? deadlineUs();
  return nowUs(vm) >= deadline ? NONE : waitUntil(vm, deadline);
}

/** Waits until an interrupt comes, also one that is not answered, or until `deadlineUs` (Infinity: no other end). */
function waitForInterrupt(vm: Vm, deadlineUs: () => number): Obj {
  let deadline = resumeWait(vm);
  const { interrupts } = vm;
  if (deadline === undefined) {
    deadline = deadlineUs();
    interrupts.woken = false;
  } else if (nowUs(vm) >= deadline || interrupts.woken || interrupts.asked) return NONE;
  return waitUntil(vm, deadline);
}

/** `lightsleep([ms])`: until the time is over or an interrupt comes; without a time only the latter ends it. */
function lightsleep(vm: Vm, nArgs: number, _nKw: number, args: number): Obj {
  if (nArgs === 0) return waitForInterrupt(vm, () => Number.POSITIVE_INFINITY);
  const ms = getInt(vm, vm.i32[args >> 2] as number);
  if (ms >= LONGEST_SLEEP_MS) raiseValueError(vm, 'sleep too long');
  if (ms <= 1) return sleepUntil(vm, () => nowUs(vm) + Math.max(0, ms) * 1000);
  return waitForInterrupt(vm, () => nowUs(vm) + ms * 1000);
}

/** What every board has of it. */
export const commonPower: Readonly<Record<string, RomValue>> = {
  soft_reset: funVar(0, 1, (vm, n, _kw, args) =>
    n === 0 ? raiseType(vm, TYPES.SystemExit) : raiseArg(vm, TYPES.SystemExit, vm.i32[args >> 2] as number),
  ),
  idle: fun0((vm) => waitForInterrupt(vm, () => nowUs(vm) + 1000)),
};

/** What the RP2040 has of it. */
export const rp2Power: Readonly<Record<string, RomValue>> = {
  reset: fun0(() => requestReset('hard')),
  bootloader: funVar(0, 1, () => requestReset('bootloader')),
  lightsleep: funVar(0, 1, lightsleep),
  deepsleep: funVar(0, 1, (vm, n, nKw, args) =>
    lightsleep(vm, n, nKw, args) === WAIT ? WAIT : requestReset('deepsleep'),
  ),
  disable_irq: fun0((vm) => {
    pollInterrupts(vm);
    const was = vm.interrupts.masked;
    vm.interrupts.masked = true;
    return newSmallInt(was ? 1 : 0);
  }),
  enable_irq: fun1((vm, state) => {
    pollInterrupts(vm);
    vm.interrupts.masked = (getInt(vm, state) & 1) !== 0;
    pollInterrupts(vm);
    return NONE;
  }),
};
