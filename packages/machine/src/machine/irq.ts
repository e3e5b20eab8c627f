/**
 * Interrupt objects (`Pin.irq()`, `UART.irq()`, …) and how a handler is called. Counterpart: shared/runtime/mpirq.c.
 *
 *     +0 type   +4 kind (small int)   +8 parent   +12 handler   +16 hard (bool)   further words are the kind's own
 */
import {
  type Addr,
  callHard,
  checkArgCount,
  defineType,
  fun1,
  funVar,
  getInt,
  NONE,
  newBool,
  newInt,
  newSmallInt,
  type Obj,
  schedule,
  smallIntValue,
  TRUE,
  type TypeDef,
  type Vm,
} from '@tsmp/vm';

/** Words of the fields that all kinds have. */
export const IRQ_WORDS = 5;
const KIND = 1;
const PARENT = 2;
const HANDLER = 3;
const HARD = 4;

/** What a peripheral answers for its interrupt objects. */
export interface IrqMethods {
  /** What caused the last interrupt. */
  flags(vm: Vm, irq: Addr): number;
  /** Which causes are enabled. */
  triggers(vm: Vm, irq: Addr): number;
  /** Enables exactly these causes. */
  setTriggers(vm: Vm, irq: Addr, triggers: number): void;
}

const kinds: IrqMethods[] = [];

/** Registers a kind of interrupt objects; answers its number, the same in every process that loads this package. */
export function irqKind(methods: IrqMethods): number {
  return kinds.push(methods) - 1;
}

/** What a soft handler costs the interrupt that schedules it, in units of `charge`. */
const SCHEDULE_COST = 20;

/**
 * Calls `handler(parent)`, at once when it is hard, otherwise from the scheduler's queue (and not at all when that is full).
 * False when a hard one raised, which has been reported then.
 */
export function dispatchIrq(vm: Vm, handler: Obj, parent: Obj, hard: boolean): boolean {
  if (handler === NONE) return true;
  if (hard) return callHard(vm, handler, parent);
  vm.charge(SCHEDULE_COST);
  schedule(vm, handler, parent);
  return true;
}

/** A new interrupt object with `words` in all. */
export function newIrq(vm: Vm, kind: number, parent: Obj, words = IRQ_WORDS): Addr {
  const irq = vm.allocObj(4 * words, vm.addrOf(irqType)) >> 2;
  vm.i32[irq + KIND] = newSmallInt(kind);
  vm.i32[irq + PARENT] = parent;
  vm.i32[irq + HANDLER] = NONE;
  vm.i32[irq + HARD] = newBool(false);
  return irq << 2;
}
/** Sets the handler of an interrupt object. */
export function setIrqHandler(vm: Vm, irq: Addr, handler: Obj, hard: boolean): void {
  vm.i32[(irq >> 2) + HANDLER] = handler;
  vm.i32[(irq >> 2) + HARD] = newBool(hard);
}
/** The handler of an interrupt object; None when there is none. */
export function irqHandler(vm: Vm, irq: Addr): Obj {
  return vm.i32[(irq >> 2) + HANDLER] as number;
}
/** What an interrupt object belongs to. */
export function irqParent(vm: Vm, irq: Addr): Obj {
  return vm.i32[(irq >> 2) + PARENT] as number;
}

/** Runs an interrupt object's handler; one that raises is taken off. */
export function runIrq(vm: Vm, irq: Addr): void {
  const at = irq >> 2;
  const hard = vm.i32[at + HARD] === TRUE;
  if (dispatchIrq(vm, vm.i32[at + HANDLER] as number, vm.i32[at + PARENT] as number, hard)) return;
  methodsOf(vm, irq)?.setTriggers(vm, irq, 0);
  vm.i32[at + HANDLER] = NONE;
}

function methodsOf(vm: Vm, irq: Addr): IrqMethods | undefined {
  return kinds[smallIntValue(vm.i32[(irq >> 2) + KIND] as number)];
}

export const irqType: TypeDef = defineType({
  name: 'irq',
  call(vm, irq, nArgs, nKw) {
    checkArgCount(vm, nArgs, nKw, 0, 0, false);
    runIrq(vm, irq);
    return NONE;
  },
  locals: {
    flags: fun1((vm, irq) => newInt(vm, methodsOf(vm, irq)?.flags(vm, irq) ?? 0)),
    trigger: funVar(1, 2, (vm, n, _kw, args) => {
      const irq = vm.i32[args >> 2] as number;
      const methods = methodsOf(vm, irq);
      const old = newInt(vm, methods?.triggers(vm, irq) ?? 0);
      if (n === 2) methods?.setTriggers(vm, irq, getInt(vm, vm.i32[(args >> 2) + 1] as number));
      return old;
    }),
  },
});
