/**
 * Nested runs: a native that needs the result of Python code before it can go on runs the interpreter inside itself. Used
 * only by the natives that docs/nested.md lists. A nested run starts at a Nested record; it shares the slice's budget but
 * cannot stop, and JavaScript's own stack limits how many there may be.
 */
import { FULL_GRANT, grant, regrant } from './attend.js';
import { RecOff, TsOff } from './layout.js';
import { Arrived, deliver, Mode } from './link.js';
import { runNestedLoop } from './loop-select.js';
import { PyRaise } from './raise.js';
import { popRec, pushRec, Rec, stackOverflow, unwindTo } from './records.js';
import { waitForEvent } from './schedule.js';
import { type Addr, type Obj, Word } from './words.js';
import type { Vm } from './vm.js';

/** Nested runs that JavaScript's default stack is known to hold, in Node and in Chromium. */
const MAX_NESTED = 200;

/** Pushes the record that a nested run ends at. Pair with {@link leaveNested}; an exception needs no clean-up. */
export function enterNested(vm: Vm): Addr {
  const ts = vm.ts >> 2;
  return pushRec(
    vm,
    Rec.Nested,
    vm.i32[ts + (TsOff.Fp >> 2)] as number,
    vm.heap.logBase,
    vm.i32[ts + (TsOff.Depth >> 2)] as number,
  );
}

/** What `enterNested` was for threw: links in between may still make a value of it. Answers that, or throws on. */
export function failNested(vm: Vm, base: Addr, e: unknown): Obj {
  if (!(e instanceof PyRaise)) throw e;
  const arrived = deliver(vm, Mode.Raise, e.exc, base);
  return arrived === Arrived.Frame ? leaveNested(vm, base, Word.Call) : endNested(vm, base, arrived);
}

/**
 * Finishes what `r` started: runs frames that were pushed, passes values through records. Answers the value, or throws what
 * the Python code raised.
 */
export function leaveNested(vm: Vm, base: Addr, r: Obj): Obj {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  if (r !== Word.Call) {
    if (i32[ts + (TsOff.Rec >> 2)] === base) {
      popRec(vm);
      return r;
    }
    const arrived = r === Word.Sentinel ? deliver(vm, Mode.GenEnd, Word.None) : deliver(vm, Mode.Return, r);
    if (arrived !== Arrived.Frame) return endNested(vm, base, arrived);
  }
  if (vm.nested >= MAX_NESTED) {
    unwindTo(vm, base);
    popRec(vm);
    i32[ts + (TsOff.Fp >> 2)] = i32[(base + RecOff.W0) >> 2] as number;
    stackOverflow(vm);
  }
  const log = vm.heap.logBase;
  vm.heap.logBase = vm.heap.logTop;
  vm.nested++;
  vm.stats.nestedRuns++;
  vm.worked(20);
  if (vm.nested > vm.stats.deepestNesting) vm.stats.deepestNesting = vm.nested;
  const depth = (vm.ts + TsOff.Depth) >> 2;
  i32[depth] = (i32[depth] as number) + vm.profile.stack.native;
  // the outer loop goes on with the budget it has in a register, so its grant is put back afterwards
  const budget = vm.budget;
  const granted = vm.grantedBytes;
  grant(vm, FULL_GRANT);
  const arrived = runNestedLoop(vm);
  vm.sliceBytes -= vm.grantedBytes - vm.budget;
  regrant(vm, budget, granted);
  vm.nested--;
  const v = i32[ts + (TsOff.Result >> 2)] as number;
  vm.heap.logTop = vm.heap.logBase;
  vm.heap.logBase = log;
  return endNested(vm, base, arrived, v);
}

function endNested(vm: Vm, base: Addr, arrived: Arrived, result = vm.i32[(vm.ts + TsOff.Result) >> 2] as number): Obj {
  const ts = vm.ts >> 2;
  vm.i32[ts + (TsOff.Fp >> 2)] = vm.i32[(base + RecOff.W0) >> 2] as number;
  vm.i32[ts + (TsOff.Depth >> 2)] = vm.i32[(base + RecOff.W2) >> 2] as number;
  popRec(vm);
  vm.keep(result);
  if (arrived === Arrived.Raised) throw new PyRaise(result);
  return result;
}

/** Runs a tail operation to its end. For the rare places that have no helper in runtime.ts. */
export function runNested(vm: Vm, start: () => Obj): Obj {
  for (;;) {
    const base = enterNested(vm);
    let r: Obj;
    try {
      r = start();
    } catch (e) {
      return failNested(vm, base, e);
    }
    if (r !== Word.Wait) return leaveNested(vm, base, r);
    waitInPlace(vm, base);
  }
}

/** A native answered Wait to a caller that cannot suspend: lets the board's other events happen until it may go on. */
export function waitInPlace(vm: Vm, base: Addr): void {
  unwindTo(vm, base);
  popRec(vm);
  waitForEvent(vm);
}
