/** Which of the two compiled copies of the interpreter loop runs. The one that counts comes with the definitions. */
import { execute } from './loop.js';
import type { LoopExit } from './loop-exit.js';
import { Arrived } from './link.js';
import { InternalError, VmUsageError } from './raise.js';
import type { Vm } from './vm.js';

/** Runs the topmost frame of the outermost run. */
export function runLoop(vm: Vm): LoopExit {
  return vm.steps < 0 ? quick(vm) : stepped(vm);
}

function quick(vm: Vm): LoopExit {
  return vm.fastLoop === null ? execute(vm) : vm.fastLoop();
}

function stepped(vm: Vm): LoopExit {
  const loop = vm.image.steppedLoop;
  if (loop === undefined)
    throw new VmUsageError('no-stepped-loop', 'bytecodes are counted by boards with all definitions only');
  return loop(vm) as LoopExit;
}

/** Runs a nested run to its end. */
export function runNestedLoop(vm: Vm): Arrived {
  for (;;) {
    const exit = vm.steps < 0 ? quick(vm) : stepped(vm);
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
