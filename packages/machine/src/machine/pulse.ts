/** `machine.time_pulse_us()`. Counterpart: extmod/machine_pulse.c. */
import { funVar, getInt, isTrue, newInt, newSmallInt, type RomValue } from '@tsmp/vm';
import { machineOf } from '../machine.js';
import { nextEdge } from '../wave.js';
import { gpioPin } from './pin.js';

/** What one look at the pin takes, at least. */
const LOOK_NS = 500;

/** Waits for a level, then measures how long it lasts; interrupts go on. −2, −1: the level or its end did not come in time. */
export const timePulse: RomValue = funVar(2, 3, (vm, nArgs, _nKw, args) => {
  const at = args >> 2;
  const pin = gpioPin(vm, vm.i32[at] as number);
  let level = isTrue(vm, vm.i32[at + 1] as number) ? 1 : 0;
  const timeout = (nArgs > 2 ? getInt(vm, vm.i32[at + 2] as number) : 1_000_000) >>> 0;
  const machine = machineOf(vm);
  const { clock } = vm;
  let start = Math.floor(vm.now() / 1000);
  for (let changes = 2; ; ) {
    const ns = vm.now();
    const us = Math.floor(ns / 1000);
    if (machine.gpio.level(pin) === level) {
      level = 1 - level;
      if (--changes === 0) return newInt(vm, us - start);
      start = us;
      continue;
    }
    if (us - start >= timeout) return newSmallInt(-changes);
    // nothing can happen before the next event of the hardware, or edge of a wave
    const next = Math.min(clock.hardDue, nextEdge(machine.gpio.signal(pin), ns), (start + timeout) * 1000);
    machine.spend(Math.max(LOOK_NS, next - ns));
    vm.host.checkDeadline?.(vm);
  }
});
