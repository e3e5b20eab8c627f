/** The `machine` module. What a board does not simulate is absent from it. Counterpart: extmod/modmachine.c, ports/rp2/modmachine.c. */
import {
  defineModule,
  fun0,
  funVar,
  getInt,
  type ModuleDef,
  NONE,
  newInt,
  newSmallInt,
  type Profile,
  raiseValueError,
} from '@tsmp/vm';
import { machineOf } from '../machine.js';
import { PERIPHERAL_CLASSES } from './classes.js';
import { memObjects } from './mem.js';
import { pinType } from './pin.js';
import { commonPower, rp2Power } from './power.js';
import { signalType } from './signal.js';

const PWRON_RESET = 1;
const WDT_RESET = 3;

/** Whether the system PLL can make `kHz` of its 12 MHz crystal: an oscillator of 750 to 1600 MHz, divided twice by 1 to 7. */
function pllCanMake(kHz: number): boolean {
  for (let fb = 320; fb >= 16; fb--) {
    const vco = fb * 12_000;
    if (vco < 750_000 || vco > 1_600_000) continue;
    for (let a = 7; a >= 1; a--) for (let b = a; b >= 1; b--) if (vco === kHz * a * b) return true;
  }
  return false;
}

export function machineModule(profile: Profile): ModuleDef {
  const common = {
    ...memObjects,
    ...commonPower,
  };
  if (profile.platform !== 'rp2') return defineModule({ name: 'machine', extensible: true, globals: common });
  return defineModule({
    name: 'machine',
    extensible: true,
    globals: {
      ...common,
      unique_id: fun0((vm) => vm.newBytes(machineOf(vm).uniqueId)),
      ...rp2Power,
      reset_cause: fun0((vm) => newSmallInt(machineOf(vm).resetCause)),
      freq: funVar(0, 2, (vm, n, _kw, args) => {
        const m = machineOf(vm);
        if (n === 0) return newInt(vm, m.freqHz);
        const hz = getInt(vm, vm.i32[args >> 2] as number);
        if (!pllCanMake(Math.trunc(hz / 1000))) raiseValueError(vm, 'cannot change frequency');
        if (n > 1) {
          const peripheral = getInt(vm, vm.i32[(args >> 2) + 1] as number);
          if (peripheral !== 48_000_000 && peripheral !== hz) {
            raiseValueError(vm, 'peripheral freq must be 48_000_000 or the same as the MCU freq');
          }
        }
        m.freqHz = hz;
        // the SDK moves the peripherals to the USB clock
        m.periHz = n > 1 ? getInt(vm, vm.i32[(args >> 2) + 1] as number) : 48_000_000;
        return NONE;
      }),
      Pin: pinType,
      Signal: signalType,
      ...PERIPHERAL_CLASSES,
      PWRON_RESET,
      WDT_RESET,
    },
  });
}
