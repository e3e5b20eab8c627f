/** Which of the two compiled copies of the interpreter loop runs. */
import { executeStepped } from './generated/loop-stepped.js';
import { execute } from './loop.js';
import type { LoopExit } from './loop-exit.js';
import { Arrived } from './link.js';
import { InternalError } from './raise.js';
import type { Vm } from './vm.js';

/** Runs the topmost frame of the outermost run. */
export function runLoop(vm: Vm): LoopExit {
  return vm.steps < 0 ? execute(vm) : executeStepped(vm);
}

/** Runs a nested run to its end. */
export function runNestedLoop(vm: Vm): Arrived {
  for (;;) {
    const exit = vm.steps < 0 ? execute(vm) : executeStepped(vm);
    switch (exit as number) {
      case 1:
        return Arrived.Value;
      case 2:
        return Arrived.Raised;
      case 4:
        vm.waitNested();
        break;
      default:
        throw new InternalError('a nested run stopped at the end of a slice');
    }
  }
}
