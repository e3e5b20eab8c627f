/** The blocks of the chip that have to do with time and interrupts, put together on a machine's bus. */
import type { Bus } from './bus.js';
import type { Gpio } from './gpio.js';
import type { MachineResetKind } from './machine.js';
import { runPinIrq } from './machine/pin-irq.js';
import { runTimer } from './machine/timer.js';
import { BANK_SIZE } from './peripherals/io-bank.js';
import { PinInterrupts, type PinInterruptsState } from './peripherals/pin-interrupts.js';
import { TIMER_BASE, TimerBlock, type TimerState } from './peripherals/timer-block.js';
import { Watchdog, WATCHDOG_BASE, type WatchdogState } from './peripherals/watchdog.js';
import type { Vm } from '@tsmp/vm';

/** Plain data of {@link CoreBlocks}. */
export interface CoreBlocksState {
  readonly timer: TimerState;
  readonly pins: PinInterruptsState;
  readonly watchdog: WatchdogState;
}

/** Timer, watchdog, and the interrupts of the pins. */
export class CoreBlocks {
  readonly timer: TimerBlock;
  readonly pins: PinInterrupts;
  readonly watchdog: Watchdog;

  constructor(vm: Vm, bus: Bus, gpio: Gpio) {
    this.timer = new TimerBlock(vm);
    this.timer.onAlarm = (alarm) => runTimer(vm, alarm);
    this.pins = new PinInterrupts(vm, gpio);
    this.pins.onInterrupt = (pin, causes) => runPinIrq(vm, pin, causes);
    this.watchdog = new Watchdog(vm);
    bus.mapPeripheral('timer', TIMER_BASE, BANK_SIZE, this.timer);
    bus.mapPeripheral('watchdog', WATCHDOG_BASE, BANK_SIZE, this.watchdog);
  }

  /** What a reset does to them. */
  reset(kind: MachineResetKind): void {
    this.timer.reset(kind === 'soft');
    this.pins.reset();
    this.watchdog.reset(kind);
  }
  /** All of them as plain data. */
  save(): CoreBlocksState {
    return { timer: this.timer.save(), pins: this.pins.save(), watchdog: this.watchdog.save() };
  }
  /** Takes on a saved state. */
  load(state: CoreBlocksState): void {
    this.timer.load(state.timer);
    this.pins.load(state.pins);
    this.watchdog.load(state.watchdog);
  }
}
