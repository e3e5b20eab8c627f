/**
 * `Pin.irq()`. Each pin has one interrupt object, made when it is first asked for; a chain from a root word holds them.
 * Counterpart: machine_pin_irq in ports/rp2/machine_pin.c.
 *
 *     as irq.ts, then   +20 flags   +24 trigger   +28 the next pin's object, or 0
 */
import {
  type Addr,
  argTable,
  funKw,
  NONE,
  type Obj,
  pollInterrupts,
  raiseValueError,
  readArgs,
  ROOTS,
  smallIntValue,
  type Vm,
} from '@tsmp/vm';
import { GPIO_COUNT } from '../board-pins.js';
import { machineOf } from '../machine.js';
import { PIN_ALL, PIN_EDGE_FALL, PIN_EDGE_RISE } from '../peripherals/pin-interrupts.js';
import { IRQ_WORDS, irqKind, irqParent, newIrq, runIrq, setIrqHandler } from './irq.js';

const FLAGS = IRQ_WORDS;
const TRIGGER = IRQ_WORDS + 1;
const NEXT = IRQ_WORDS + 2;

function pinOf(vm: Vm, irq: Addr): number {
  return smallIntValue(vm.i32[(irqParent(vm, irq) >> 2) + 1] as number);
}

const PIN_KIND = irqKind({
  flags: (vm, irq) => vm.i32[(irq >> 2) + FLAGS] as number,
  triggers: (vm, irq) => vm.i32[(irq >> 2) + TRIGGER] as number,
  setTriggers(vm, irq, triggers) {
    const { pins } = machineOf(vm).core;
    const pin = pinOf(vm, irq);
    pins.setEnabled(pin, PIN_ALL, false);
    vm.i32[(irq >> 2) + FLAGS] = 0;
    vm.i32[(irq >> 2) + TRIGGER] = triggers;
    pins.setEnabled(pin, triggers, true);
  },
});

/** The interrupt object of a pin, or 0. */
function findIrq(vm: Vm, pin: number): Addr {
  for (let irq = vm.root(ROOTS.pinIrqs); irq !== 0; irq = vm.i32[(irq >> 2) + NEXT] as number) {
    if (pinOf(vm, irq) === pin) return irq;
  }
  return 0;
}

/** A pin's interrupt with these raw causes: runs its handler if it asked for one of them. */
export function runPinIrq(vm: Vm, pin: number, causes: number): void {
  const irq = findIrq(vm, pin);
  if (irq === 0) return;
  const flags = causes & (vm.i32[(irq >> 2) + TRIGGER] as number);
  if (flags === 0) return;
  vm.i32[(irq >> 2) + FLAGS] = flags;
  runIrq(vm, irq);
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
    let irq = findIrq(vm, pin);
    if (irq === 0) {
      irq = newIrq(vm, PIN_KIND, self, NEXT + 1);
      vm.i32[(irq >> 2) + NEXT] = vm.root(ROOTS.pinIrqs);
      vm.setRoot(ROOTS.pinIrqs, irq);
    }
    if (nArgs > 1 || nKw > 0) {
      const { pins } = machineOf(vm).core;
      pins.setEnabled(pin, PIN_ALL, false);
      setIrqHandler(vm, irq, handler, hard !== 0);
      vm.i32[(irq >> 2) + FLAGS] = 0;
      vm.i32[(irq >> 2) + TRIGGER] = trigger;
      if (handler !== NONE && trigger !== 0) pins.setEnabled(pin, trigger, true);
      pollInterrupts(vm);
    }
    return irq;
  });
}
