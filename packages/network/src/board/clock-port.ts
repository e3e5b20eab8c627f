/** A board's clock as the network's: one named event handler for each component, microseconds instead of nanoseconds. */
import type { Vm } from '@tsmp/vm';
import type { NetClock } from '../clock.js';
import type { ClockSource } from './surroundings.js';

/**
 * A clock for one component, whose events call `fire`. `name` tells its events from others' in the board's queue, so it must be
 * the same when a snapshot is loaded. Handles are the ids of the board's events.
 */
export function vmClockPort(vm: Vm, name: string, fire: (token: number) => void): NetClock {
  vm.clock.on(name, fire);
  return {
    nowMicros: () => Math.floor(vm.clock.now(vm.budget) / 1000),
    schedule: (atMicros, token) => {
      // it may be due before what the loop was granted is spent
      vm.attention = true;
      return vm.clock.schedule(atMicros * 1000, name, token);
    },
    cancel: (handle) => {
      vm.clock.cancel(handle);
    },
  };
}

/** Clocks for surroundings that belong to one board alone. */
export function vmClocks(vm: Vm): ClockSource {
  return (name, fire) => vmClockPort(vm, `net.${name}`, fire);
}
