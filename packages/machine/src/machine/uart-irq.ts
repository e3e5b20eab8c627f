/** `UART.irq()`. Counterpart: mp_machine_uart_irq in ports/rp2/machine_uart.c. */
import {
  argTable,
  funKw,
  isCallable,
  NONE,
  type Obj,
  pollInterrupts,
  raiseValueError,
  readArgs,
  type RomValue,
  type Vm,
} from '@tsmp/vm';
import { machineOf } from '../machine.js';
import { causeIrq, dropIrq, findIrq, irqKind, irqTrigger, newIrq, setUpIrq } from './irq.js';
import { romObjectIndex } from './rom-objects.js';
import { UART_BREAK, UART_RX_IDLE, UART_TX_IDLE } from './uart-block.js';

const ALLOWED = UART_RX_IDLE | UART_TX_IDLE | UART_BREAK;

const UART_KIND = irqKind({
  enable: (vm, parent, triggers) => machineOf(vm).uart[romObjectIndex(vm, parent)]?.enable(triggers),
});
function uartIrq(vm: Vm, id: number): number {
  return findIrq(vm, UART_KIND, (parent) => romObjectIndex(vm, parent) === id);
}

/** A UART's interrupt: runs its handler if it asked for one of the causes. */
export function runUartIrq(vm: Vm, id: number, causes: number): void {
  const irq = uartIrq(vm, id);
  if (irq !== 0) causeIrq(vm, irq, causes, false);
}
/** The causes that a UART's program has asked for. */
export function uartTrigger(vm: Vm, id: number): number {
  const irq = uartIrq(vm, id);
  return irq === 0 ? 0 : irqTrigger(vm, irq);
}
/** The UART has no interrupt object any more. */
export function dropUartIrq(vm: Vm, id: number): void {
  const irq = uartIrq(vm, id);
  if (irq !== 0) dropIrq(vm, irq);
  machineOf(vm).uart[id]?.enable(0);
}

const IRQ_ARGS = argTable([
  { name: 'handler', kind: 'obj', value: NONE },
  { name: 'trigger', kind: 'int', value: 0 },
  { name: 'hard', kind: 'bool', value: 0 },
]);

/** `UART.irq(handler, trigger, hard)`; `check` raises for what is no UART and answers its number. */
export function uartIrqMethod(check: (vm: Vm, o: Obj) => number): RomValue {
  return funKw(1, (vm, nArgs, nKw, args) => {
    const self = vm.i32[args >> 2] as number;
    const id = check(vm, self);
    const [handler, trigger, hard] = readArgs(vm, IRQ_ARGS, nArgs - 1, nKw, args + 4) as [Obj, number, number];
    let irq = uartIrq(vm, id);
    if (irq === 0) irq = newIrq(vm, UART_KIND, self);
    if (nArgs > 1 || nKw > 0) {
      if (handler !== NONE && !isCallable(vm, handler)) raiseValueError(vm, 'handler must be None or callable');
      const unknown = trigger & ~ALLOWED;
      if (unknown !== 0) raiseValueError(vm, `trigger 0x${(unknown >>> 0).toString(16).padStart(4, '0')} unsupported`);
      vm.now(); // what has come so far is the past
      setUpIrq(vm, irq, handler, trigger, hard !== 0);
      machineOf(vm).uart[id]?.enable(trigger);
      pollInterrupts(vm);
    }
    return irq;
  });
}
