/** The ROM functions of a board with a REPL, and `input()`, which has lines edited by it. */
import {
  fun0,
  funVar,
  newStr,
  NONE,
  pyFun,
  raiseType,
  resumeWait,
  type RomValue,
  tailCall1,
  TYPES,
  type Vm,
  waitUntil,
} from '@tsmp/vm';
import type { Repl } from './repl.js';

/** The REPL of each VM that has one. */
export const repls = new WeakMap<Vm, Repl>();

export const promptPy = pyFun('_repl_prompt', 'def _repl_prompt():\n    _repl_take()\n');
export const filePy = pyFun(
  '_repl_file',
  'def _repl_file(name):\n    if _imp_stat(name) == 2:\n        _imp_read(name)\n        return True\n',
);

/** `input()`: on a terminal the line is edited as at the prompt. */
const inputPy = pyFun(
  '_repl_input',
  `def _repl_input(prompt):
    print(prompt, end='')
    return _repl_line()
`,
);
export const inputFn = funVar(0, 1, (vm, n, _kw, args) => {
  const prompt = n === 0 ? newStr(vm, '') : (vm.i32[args >> 2] as number);
  return tailCall1(vm, vm.addrOf(repls.has(vm) ? inputPy : plainInputPy), prompt);
});
const plainInputPy = pyFun('_plain_input', 'def _plain_input(prompt):\n    return _input(prompt)\n');

const takeLine = fun0((vm) => {
  const anew = resumeWait(vm) === undefined;
  const line = repls.get(vm)?.takeLine(anew);
  if (line === undefined) return waitUntil(vm, Number.POSITIVE_INFINITY);
  if (line === 'interrupt') return raiseType(vm, TYPES.KeyboardInterrupt);
  if (line === 'end') return raiseType(vm, TYPES.EOFError);
  return newStr(vm, line.slice(1));
});

/** Names for ROM functions, of a board with a REPL. */
export const REPL_HELPERS: Readonly<Record<string, RomValue>> = {
  _repl_input: inputPy,
  _plain_input: plainInputPy,
  _repl_line: takeLine,
  _repl_prompt: promptPy,
  _repl_file: filePy,
  _repl_take: fun0((vm) => {
    resumeWait(vm);
    return repls.get(vm)?.takeBytes() === true ? NONE : waitUntil(vm, Number.POSITIVE_INFINITY);
  }),
};
