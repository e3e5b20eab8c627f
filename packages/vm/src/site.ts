/** Which line of a program is running, for those who watch what it does: the heap's recorder, reports. */
import { CsOff, RecOff, TsOff } from './layout.js';
import { Rec } from './records.js';
import { findPosition, position } from './traceback.js';
import type { Addr, Obj } from './words.js';
import type { Vm } from './vm.js';

/** A place in a program. */
export interface CodeSite {
  readonly file: string;
  readonly line: number;
  /** Name of the function, or `<module>`. */
  readonly function: string;
}

/** Where the innermost frame that is not a ROM function's stands; `ip` is 0 when there is none. */
export interface CodePlace {
  readonly fun: Obj;
  readonly ip: Addr;
}
const NOWHERE: CodePlace = { fun: 0, ip: 0 };

/** The place that is being executed. Hidden functions of the ROM count as their caller. */
export function placeOf(vm: Vm): CodePlace {
  const { hiddenStart, hiddenEnd } = vm.image.data;
  const { i32 } = vm;
  for (let rec = i32[(vm.ts + TsOff.Rec) >> 2] as number; rec !== 0; ) {
    const word = i32[rec >> 2] as number;
    if ((word & 0xff) === Rec.Frame || (word & 0xff) === Rec.GenFrame) {
      const cs = i32[(rec + RecOff.W0) >> 2] as number;
      const ip = i32[(cs + CsOff.Ip) >> 2] as number;
      if (ip !== 0 && (ip < hiddenStart || ip >= hiddenEnd)) return { fun: i32[(cs + CsOff.Fun) >> 2] as number, ip };
    }
    const distance = (word >>> 8) << 2;
    rec = distance === 0 ? 0 : rec - distance;
  }
  return NOWHERE;
}

/** File, line and function of a place. */
export function siteOf(vm: Vm, place: CodePlace): CodeSite {
  if (place.ip === 0) return { file: '', line: 0, function: '' };
  findPosition(vm, place.fun, place.ip - 1);
  return { file: vm.qstrText(position.file), line: position.line, function: vm.qstrText(position.block) };
}

/** Name of the type of the heap object at `ptr`, as its first word says; undefined for what is no object but its data. */
export function heapTypeName(vm: Vm, ptr: Addr): string | undefined {
  const type = vm.i32[ptr >> 2] as number;
  if ((type & 3) !== 0 || type < 16 || type + 8 > vm.heapEnd) return undefined;
  // a type's own type is `type`, whose first word is its own address
  const meta = vm.i32[type >> 2] as number;
  if ((meta & 3) !== 0 || meta < 16 || meta + 8 > vm.ramStart || vm.i32[meta >> 2] !== meta) return undefined;
  return vm.qstrText(vm.u16[(type + 6) >> 1] as number);
}
