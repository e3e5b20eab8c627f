/** `micropython`. Counterpart: py/modmicropython.c. */
import { heapMapLines } from '@tsmp/gc';
import { Root, TsOff } from '../layout.js';
import { ringioType } from '../obj/ringio.js';
import { busAddress } from '../obj/address.js';
import { newInt } from '../obj/int.js';
import { raiseMsg } from '../raise.js';
import type { Profile } from '../profile.js';
import { defineModule, fun0, fun1, fun2, funVar, type ModuleDef } from '../rom/define.js';
import { getInt } from '../runtime.js';
import { isScheduled, schedule } from '../schedule.js';
import { heapLetter } from '../heap-letter.js';
import { Ty } from '../types.js';
import { newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';

/** `micropython.mem_info()`, with an argument (`nArgs` 1) also what every block of the heap is. */
export function printMemInfo(vm: Vm, nArgs = 0): Obj {
  const out = vm.stdout;
  const s = vm.heap.stats();
  if (hasMemStats(vm.profile))
    out.write(`mem: total=${vm.heap.allocatedBlocks * 16}, current=${s.used}, peak=${s.peak}\n`);
  out.write(`stack: ${vm.i32[(vm.ts + TsOff.Depth) >> 2]} out of ${vm.profile.stack.limit}\n`);
  out.write(`GC: total: ${s.total}, used: ${s.used}, free: ${s.free}\n`);
  out.write(
    ` No. of 1-blocks: ${s.num1Block}, 2-blocks: ${s.num2Block}, max blk sz: ${s.maxBlock}, max free sz: ${s.maxFree}\n`,
  );
  if (nArgs === 1) {
    out.write(`GC memory layout; from ${busAddress(vm, vm.heap.poolStart).toString(16)}:\n`);
    for (const line of heapMapLines(vm.heap, { classify: (ptr: number) => heapLetter(vm, ptr) }))
      out.write(`${line}\n`);
  }
  return Word.None;
}

function qstrInfo(vm: Vm, nArgs: number): Obj {
  let pools = 0;
  let n = 0;
  let data = 0;
  let total = 0;
  for (let p = vm.root(Root.QstrPool); p !== 0; p = vm.i32[p >> 2] as number) {
    pools++;
    const len = vm.i32[(p + 12) >> 2] as number;
    n += len;
    const lengths = vm.i32[(p + 20) >> 2] as number;
    for (let i = 0; i < len; i++) data += (vm.u8[lengths + i] as number) + 1;
    total += vm.heap.nbytes(p);
  }
  total += data;
  vm.stdout.write(`qstr pool: n_pool=${pools}, n_qstr=${n}, n_str_data_bytes=${data}, n_total_bytes=${total}\n`);
  if (nArgs === 1) {
    // the newest pool comes first
    let end = vm.qstrs.count;
    for (let p = vm.root(Root.QstrPool); p !== 0; p = vm.i32[p >> 2] as number) {
      const first = end - (vm.i32[(p + 12) >> 2] as number);
      for (let q = first; q < end; q++) vm.stdout.write(`Q(${vm.qstrText(q)})\n`);
      end = first;
    }
  }
  return Word.None;
}

const sameObject = fun1((_vm, o) => o);

const keyboardInterrupt = fun1((vm, ch) => {
  vm.setRoot(Root.KbdIntrChar, getInt(vm, ch));
  return Word.None;
});

/** What the unix port counts and boards do not. Bytes are counted in whole blocks here, and what a collection freed is not in use. */
const MEM_STATS = {
  mem_total: fun0((vm) => newInt(vm, vm.heap.allocatedBlocks * 16)),
  mem_current: fun0((vm) => newInt(vm, vm.heap.usedBlocks * 16)),
  mem_peak: fun0((vm) => newInt(vm, vm.heap.stats().peak)),
};

const hasMemStats = (profile: Profile): boolean => profile.platform === 'linux';

const NAMES = {
  const: sameObject,
  opt_level: funVar(0, 1, (vm, n, _kw, args) => {
    if (n === 0) return newSmallInt(vm.root(Root.OptLevel));
    vm.setRoot(Root.OptLevel, Math.min(3, Math.max(0, getInt(vm, vm.i32[args >> 2] as number))));
    return Word.None;
  }),
  mem_info: funVar(0, 1, (vm, nArgs) => printMemInfo(vm, nArgs)),
  qstr_info: funVar(0, 1, qstrInfo),
  stack_use: fun0((vm) =>
    newSmallInt((vm.i32[(vm.ts + TsOff.Depth) >> 2] as number) - (vm.i32[(vm.ts + TsOff.BaseDepth) >> 2] as number)),
  ),
  heap_lock: fun0((vm) => {
    vm.heap.lock();
    return Word.None;
  }),
  heap_unlock: fun0((vm) => {
    // one too many wraps, as the port's counter does
    if (vm.heap.lockDepth === 0) vm.heap.lockDepth = 0x7fff;
    else vm.heap.unlock();
    return newSmallInt(vm.heap.lockDepth);
  }),
  heap_locked: fun0((vm) => newSmallInt(vm.heap.lockDepth)),
  alloc_emergency_exception_buf: fun1((vm, size) => {
    const n = getInt(vm, size);
    const buf = n > 0 ? vm.alloc(n) : 0;
    const old = vm.root(Root.EmergencyBuf);
    vm.setRoot(Root.EmergencyBuf, buf);
    vm.setRoot(Root.EmergencyBufSize, n > 0 ? n : 0);
    if (old !== 0) vm.heap.free(old);
    return Word.None;
  }),
  kbd_intr: keyboardInterrupt,
  RingIO: ringioType,
  schedule: fun2((vm, f, arg) => {
    if (f === vm.image.keyboardInterrupt) {
      // however often it is asked for, it comes once
      if (!isScheduled(vm, vm.image.raiseInterrupt) && !schedule(vm, vm.image.raiseInterrupt, Word.None)) {
        raiseMsg(vm, Ty.RuntimeError, 'schedule queue full');
      }
      return Word.None;
    }
    if (!schedule(vm, f, arg)) raiseMsg(vm, Ty.RuntimeError, 'schedule queue full');
    return Word.None;
  }),
};

/** The module of a board; one with a static emergency buffer has no function to allocate another. */
export function micropythonModule(profile: Profile): ModuleDef {
  const { alloc_emergency_exception_buf, ...others } = NAMES;
  const alloc = profile.emergencyBuffer === undefined ? { alloc_emergency_exception_buf } : {};
  return defineModule({
    name: 'micropython',
    globals: { ...others, ...alloc, ...(hasMemStats(profile) ? MEM_STATS : {}) },
  });
}
