/** The letter that `mem_info(1)` shows for a heap object. Counterpart: gc_dump_alloc_table in py/gc.c. */
import { Ty } from './types.js';
import type { Addr } from './words.js';
import type { Vm } from './vm.js';

export function heapLetter(vm: Vm, ptr: Addr): string {
  switch (vm.i32[ptr >> 2]) {
    case Ty.Tuple:
      return 'T';
    case Ty.List:
      return 'L';
    case Ty.Dict:
      return 'D';
    case Ty.Str:
    case Ty.Bytes:
      return 'S';
    case Ty.Bytearray:
    case Ty.Array:
      return 'A';
    case Ty.Float:
      return 'F';
    case Ty.Function:
    case Ty.GeneratorWrap:
      return 'B';
    case Ty.Module:
      return 'M';
    default:
      return 'h';
  }
}
