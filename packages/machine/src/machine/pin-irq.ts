/** `Pin.irq()`. Each pin has one interrupt object. Counterpart: machine_pin_irq in ports/rp2/machine_pin.c. */
import {
  type Addr,
  argTable,
  funKw,
  NONE,
  type Obj,
  pollInterrupts,
  raiseValueError,
  readArgs,
  smallIntValue,
  type Vm,
} from '@tsmp/vm';
import { GPIO_COUNT } from '../board-pins.js';
import { machineOf } from '../machine.js';
import { PIN_ALL, PIN_EDGE_FALL, PIN_EDGE_RISE } from '../peripherals/pin-interrupts.js';
import { causeIrq, findIrq, irqKind, newIrq, setUpIrq } from './irq.js';

function pinOf(vm: Vm, pin: Obj): number {
  return smallIntValue(vm.i32[(pin >> 2) + 1] as number);
}

const PIN_KIND = irqKind({
  enable(vm, parent, triggers) {
    const { pins } = machineOf(vm).core;
    const pin = pinOf(vm, parent);
    pins.setEnabled(pin, PIN_ALL, false);
    pins.setEnabled(pin, triggers, true);
  },
});

/** The interrupt object of a pin, or 0. */
function pinIrq(vm: Vm, pin: number): Addr {
  return findIrq(vm, PIN_KIND, (parent) => pinOf(vm, parent) === pin);
}

/** A pin's interrupt with these raw causes: runs its handler if it asked for one of them. */
export function runPinIrq(vm: Vm, pin: number, causes: number): void {
  const irq = pinIrq(vm, pin);
  if (irq !== 0) causeIrq(vm, irq, causes, true);
}

const IRQ_ARGS = argTable([
  { name: 'handler', kind: 'obj', value: NONE },
  { name: 'trigger', kind: 'int', value: PIN_EDGE_FALL | PIN_EDGE_RISE },
  { name: 'hard', kind: 'bool', value: 0 },
]);

/** `Pin.irq(handler, trigger, hard)`; `check` raises for what is no pin and answers its number. */
export function pinIrqMethod(check: (vm: Vm, o: Obj) => number) {
  return funKw(1, (vm, nArgs, nKw, args) => {
    const self = vm.i32[args >> 2] as number;
    const pin = check(vm, self);
    if (pin >= GPIO_COUNT) raiseValueError(vm, 'expecting a regular GPIO Pin');
    const [handler, trigger, hard] = readArgs(vm, IRQ_ARGS, nArgs - 1, nKw, args + 4) as [Obj, number, number];
    vm.now(); // edges so far are the past
    let irq = pinIrq(vm, pin);
    if (irq === 0) irq = newIrq(vm, PIN_KIND, self);
    if (nArgs > 1 || nKw > 0) {
      const { pins } = machineOf(vm).core;
      pins.setEnabled(pin, PIN_ALL, false);
      setUpIrq(vm, irq, handler, trigger, hard !== 0);
      if (handler !== NONE && trigger !== 0) pins.setEnabled(pin, trigger, true);
      pollInterrupts(vm);
    }
    return irq;
  });
}
