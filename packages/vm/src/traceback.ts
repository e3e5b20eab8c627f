/** Where an instruction came from: line and block of a code state, for tracebacks. Counterpart: py/bc.h, py/vm.c. */
import { Op } from '@tsmp-internal/bytecode';
import { decodeSections, decodeSignature, decodeUint, sections, sig, uintEnd } from './call.js';
import { ContextOff, CsOff, FunBcOff } from './layout.js';
import { addTracebackEntry } from './obj/exception.js';
import type { Addr, Obj } from './words.js';
import type { Vm } from './vm.js';

/** What {@link findPosition} found: qstrs of the file and of the block, and the line. */
export const position = { file: 0, line: 0, block: 0 };

/** Finds the source position of bytecode address `ip` in a function. */
export function findPosition(vm: Vm, fun: Obj, ip: Addr): void {
  const u8 = vm.u8;
  decodeSignature(u8, vm.i32[(fun + FunBcOff.Bytecode) >> 2] as number);
  const names = 1 + sig.nPos + sig.nKwonly;
  decodeSections(u8, sig.next);
  const info = sections.next;
  const top = info + sections.nInfo;
  let bc = ip - (top + sections.nCells);
  const table = (vm.i32[((vm.i32[(fun + FunBcOff.Context) >> 2] as number) + ContextOff.Qstrs) >> 2] as number) >> 1;
  position.file = vm.u16[table] as number;
  position.block = vm.u16[table + decodeUint(u8, info)] as number;
  let at = info;
  for (let i = 0; i < names; i++) {
    decodeUint(u8, at);
    at = uintEnd;
  }
  let line = 1;
  while (at < top) {
    const c = u8[at] as number;
    let bytes: number;
    let lines: number;
    if ((c & 0x80) === 0) {
      bytes = c & 0x1f;
      lines = c >> 5;
      at += 1;
    } else {
      bytes = c & 0xf;
      lines = ((c << 4) & 0x700) | (u8[at + 1] as number);
      at += 2;
    }
    if (bc < bytes) break;
    line += lines;
    bc -= bytes;
  }
  position.line = line;
}

/** Adds the entry for an exception raised at `ip` of a frame; not for re-raises and hidden ROM functions. */
export function addTraceback(vm: Vm, cs: Addr, ip: Addr, exc: Obj): void {
  const op = vm.u8[ip];
  if (op === Op.EndFinally || op === Op.RaiseLast) return;
  const data = vm.image.data;
  if (ip >= data.hiddenStart && ip < data.hiddenEnd) return;
  if (exc === vm.constGeneratorExit) return;
  findPosition(vm, vm.i32[(cs + CsOff.Fun) >> 2] as number, ip);
  const { file, line, block } = position;
  if (vm.handlers.depth > 0) vm.handlers.at(vm, file, line, block);
  addTracebackEntry(vm, exc, file, line, block);
}
