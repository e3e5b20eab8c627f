/** `with` over objects whose native `__enter__` and `__exit__` wait: the opcode runs again after the wait, as if it had not begun. */
import {
  defineModule,
  defineType,
  fun1,
  funVar,
  NONE,
  type Obj,
  type RomExtension,
  resumeWait,
  type Vm,
  WAIT,
  waitUntil,
} from '@tsmp/vm';
import { expect, it } from 'vitest';
import { figures, runProgram, sourceProgram } from './programs.js';

/** Waits a millisecond. */
function pause(vm: Vm): Obj {
  return resumeWait(vm) === undefined ? waitUntil(vm, Math.floor(vm.now() / 1000) + 1000) : NONE;
}
const gateType = defineType({
  name: 'Gate',
  makeNew: (vm, type) => vm.allocObj(16, type),
  locals: {
    __enter__: fun1((vm, self) => (pause(vm) === WAIT ? WAIT : self)),
    __exit__: funVar(4, 4, (vm) => pause(vm)),
  },
});
const gate: RomExtension = { modules: [defineModule({ name: 'gate', globals: { Gate: gateType } })] };

const PROGRAM = `
from gate import Gate
import time

def returns(x):
    with Gate() as g:
        return [x, type(g).__name__]

def loops():
    done = []
    for i in range(6):
        a = [i]
        with Gate(), Gate():
            if i == 1: continue
            if i == 4: break
            done.append(a)
    return done

def raises(n):
    try:
        with Gate() as g:
            return n // (n - 1)
    except ZeroDivisionError as e:
        return 'raised', e.args
    finally:
        n = None

def yields():
    for i in range(3):
        with Gate():
            yield i

class Swallow:
    def __enter__(self): return self
    def __exit__(self, *args): return True

t0 = time.ticks_ms()
print(returns('one'), loops(), raises(1), raises(3), list(yields()))
with Gate() as outer, Swallow():
    with Gate():
        raise ValueError('swallowed')
print(time.ticks_diff(time.ticks_ms(), t0))
`;

it.each([{ engine: 'js', jit: false }, { engine: 'js', jit: 'at once' }, { engine: 'wasm' }] as const)(
  'natives of `with` may wait (%o)',
  (options) => {
    const program = sourceProgram(PROGRAM);
    const extensions = [gate];
    const whole = runProgram(program, { board: 'unix32', extensions, ...options });
    // each Gate waits twice
    expect(whole.stdout + whole.stderr).toBe(
      "['one', 'Gate'] [[0], [2], [3]] ('raised', ('divide by zero',)) 1 [0, 1, 2]\n36\n",
    );
    expect(whole.waits).toBe(36);
    const stepped = runProgram(program, { board: 'unix32', extensions, ...options }, () => ({ bytes: 10 }));
    expect(stepped.stdout).toBe(whole.stdout);
    expect(figures(stepped)).toEqual(figures(whole));
    const stressed = runProgram(program, { board: 'unix32', extensions, stressGc: true, ...options });
    expect(stressed.stdout).toContain('[[0], [2], [3]]');
  },
);
