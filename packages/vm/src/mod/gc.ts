/** `gc`. Counterpart: py/modgc.c. */
import { defineModule, fun0, funVar } from '../rom/define.js';
import { getInt } from '../runtime.js';
import { collectNow } from '../weakrefs.js';
import { newBool, newSmallInt, Word } from '../words.js';

export const gcModule = defineModule({
  name: 'gc',
  globals: {
    collect: fun0((vm) => {
      collectNow(vm);
      return newSmallInt(vm.heap.collected);
    }),
    disable: fun0((vm) => {
      vm.heap.enabled = false;
      return Word.None;
    }),
    enable: fun0((vm) => {
      vm.heap.enabled = true;
      return Word.None;
    }),
    isenabled: fun0((vm) => newBool(vm.heap.enabled)),
    mem_free: fun0((vm) => newSmallInt(vm.heap.freeBytes())),
    mem_alloc: fun0((vm) => newSmallInt(vm.heap.usedBytes())),
    threshold: funVar(0, 1, (vm, n, _kw, args) => {
      if (n === 0) return newSmallInt(vm.heap.threshold);
      const v = getInt(vm, vm.i32[args >> 2] as number);
      vm.heap.threshold = v < 0 ? -1 : v;
      return Word.None;
    }),
  },
});
