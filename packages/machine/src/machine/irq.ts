/**
 * Interrupt objects (`Pin.irq()`, `UART.irq()`, …) and how a handler is called. Counterpart: shared/runtime/mpirq.c.
 *
 *     +0 type   +4 kind (small int)   +8 parent   +12 handler   +16 hard (bool)   +20 flags   +24 trigger   +28 the next one, or 0
 *
 * A chain from a root word holds them, each made when it is first asked for.
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
  ROOTS,
  schedule,
  smallIntValue,
  TRUE,
  type TypeDef,
  type Vm,
} from '@tsmp/vm';

const WORDS = 8;
const KIND = 1;
const PARENT = 2;
const HANDLER = 3;
const HARD = 4;
const FLAGS = 5;
const TRIGGER = 6;
const NEXT = 7;

/** What a peripheral answers for its interrupt objects. */
export interface IrqMethods {
  /** Enables exactly these causes, from now on; 0: none. */
  enable(vm: Vm, parent: Obj, triggers: number): void;
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

/** The interrupt object of a kind that belongs to what `is` says; 0: there is none. */
export function findIrq(vm: Vm, kind: number, is: (parent: Obj) => boolean): Addr {
  for (let irq = vm.root(ROOTS.irqs); irq !== 0; irq = vm.i32[(irq >> 2) + NEXT] as number) {
    if (vm.i32[(irq >> 2) + KIND] === newSmallInt(kind) && is(irqParent(vm, irq))) return irq;
  }
  return 0;
}
/** A new interrupt object. */
export function newIrq(vm: Vm, kind: number, parent: Obj): Addr {
  const irq = vm.allocObj(4 * WORDS, vm.addrOf(irqType)) >> 2;
  vm.i32[irq + KIND] = newSmallInt(kind);
  vm.i32[irq + PARENT] = parent;
  vm.i32[irq + HANDLER] = NONE;
  vm.i32[irq + HARD] = newBool(false);
  vm.i32[irq + FLAGS] = 0;
  vm.i32[irq + TRIGGER] = 0;
  vm.i32[irq + NEXT] = vm.root(ROOTS.irqs);
  vm.setRoot(ROOTS.irqs, irq << 2);
  return irq << 2;
}
/** Takes an interrupt object out of the chain. */
export function dropIrq(vm: Vm, irq: Addr): void {
  const next = vm.i32[(irq >> 2) + NEXT] as number;
  if (vm.root(ROOTS.irqs) === irq) vm.setRoot(ROOTS.irqs, next);
  for (let at = vm.root(ROOTS.irqs); at !== 0; at = vm.i32[(at >> 2) + NEXT] as number) {
    if (vm.i32[(at >> 2) + NEXT] === irq) vm.i32[(at >> 2) + NEXT] = next;
  }
}
/** Sets up an interrupt object; its causes are to be enabled by the caller. */
export function setUpIrq(vm: Vm, irq: Addr, handler: Obj, trigger: number, hard: boolean): void {
  const at = irq >> 2;
  vm.i32[at + HANDLER] = handler;
  vm.i32[at + HARD] = newBool(hard);
  vm.i32[at + FLAGS] = 0;
  vm.i32[at + TRIGGER] = trigger;
}
/** Which causes a program has asked for. */
export function irqTrigger(vm: Vm, irq: Addr): number {
  return vm.i32[(irq >> 2) + TRIGGER] as number;
}
/** What an interrupt object belongs to. */
export function irqParent(vm: Vm, irq: Addr): Obj {
  return vm.i32[(irq >> 2) + PARENT] as number;
}

/** An interrupt with these causes: runs the handler if it asked for one of them. `only`: its flags are those that it asked for. */
export function causeIrq(vm: Vm, irq: Addr, causes: number, only: boolean): void {
  const asked = causes & irqTrigger(vm, irq);
  if (asked === 0) return;
  vm.i32[(irq >> 2) + FLAGS] = only ? asked : causes;
  runIrq(vm, irq);
}

/** Runs an interrupt object's handler; one that raises is taken off. */
function runIrq(vm: Vm, irq: Addr): void {
  const at = irq >> 2;
  const hard = vm.i32[at + HARD] === TRUE;
  if (dispatchIrq(vm, vm.i32[at + HANDLER] as number, vm.i32[at + PARENT] as number, hard)) return;
  setTrigger(vm, irq, 0);
  vm.i32[at + HANDLER] = NONE;
}

function setTrigger(vm: Vm, irq: Addr, trigger: number): void {
  const at = irq >> 2;
  vm.i32[at + FLAGS] = 0;
  vm.i32[at + TRIGGER] = trigger;
  kinds[smallIntValue(vm.i32[at + KIND] as number)]?.enable(vm, irqParent(vm, irq), trigger);
}

export const irqType: TypeDef = defineType({
  name: 'irq',
  call(vm, irq, nArgs, nKw) {
    checkArgCount(vm, nArgs, nKw, 0, 0, false);
    runIrq(vm, irq);
    return NONE;
  },
  locals: {
    flags: fun1((vm, irq) => newInt(vm, vm.i32[(irq >> 2) + FLAGS] as number)),
    trigger: funVar(1, 2, (vm, n, _kw, args) => {
      const irq = vm.i32[args >> 2] as number;
      const old = newInt(vm, irqTrigger(vm, irq));
      if (n === 2) setTrigger(vm, irq, getInt(vm, vm.i32[(args >> 2) + 1] as number));
      return old;
    }),
  },
});
