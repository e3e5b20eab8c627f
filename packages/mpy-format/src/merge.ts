/**
 * Several modules in one file, as `mpy-tool.py --merge` makes it: a body that runs the bodies of all of them in order, in
 * one namespace. Tables are laid end to end, so names and constants of all but the first are renumbered; where that makes
 * an operand longer, jumps are laid out again. The merged functions of all but the first lose their line tables.
 */
import { Op } from '@tsmp-internal/bytecode';
import { encodeUint } from './bytes.js';
import type { AnyCode, CompiledModule, Constant, RawCode } from './code.js';
import { MpyFormatError } from './errors.js';
import { type Instruction, instructions } from './instructions.js';
import { decodePrelude, encodePrelude } from './prelude.js';

/**
 * Merge modules. At most one of them may have native code; it then comes first, because its code is not renumbered.
 * A single module is returned as it is.
 */
export function mergeModules(modules: readonly CompiledModule[]): CompiledModule {
  const natives = modules.filter((module) => hasNative(module.root));
  if (modules.length === 0) throw new MpyFormatError('bad-module', 'at least one module is needed to merge');
  if (natives.length > 1) throw new MpyFormatError('bad-module', 'more than one of the modules has native code');
  if (modules.length === 1) return modules[0] as CompiledModule;
  const ordered = [...natives, ...modules.filter((module) => !natives.includes(module))];
  const qstrs: string[] = [];
  const constants: Constant[] = [];
  const children: AnyCode[] = [];
  for (const module of ordered) {
    children.push(children.length === 0 ? module.root : renumber(module.root, qstrs.length, constants.length));
    qstrs.push(...module.qstrs);
    constants.push(...module.constants);
  }
  return { qstrs, constants, root: { kind: 'bytecode', code: mergedBody(children.length), children } };
}

function hasNative(code: AnyCode): boolean {
  return code.kind !== 'bytecode' || code.children.some(hasNative);
}

/** State for one value, no blocks, no arguments; named by qstr 0, the first source file. */
function mergedBody(nChildren: number): Uint8Array {
  const fields = { nState: 1, nExcStack: 0, scopeFlags: 0, nPosArgs: 0, nKwonlyArgs: 0, nDefPosArgs: 0 };
  const code = [...encodePrelude({ ...fields, nInfo: 1, nCells: 0 }), 0];
  for (let i = 0; i < nChildren; i++) {
    code.push(Op.MakeFunction, ...encodeUint(i), Op.CallFunction, 0, Op.PopTop);
  }
  code.push(Op.LoadConstNone, Op.ReturnValue);
  return Uint8Array.from(code);
}

function renumber(code: AnyCode, qstrBase: number, constantBase: number): RawCode {
  if (code.kind !== 'bytecode') throw new MpyFormatError('bad-module', 'native code cannot be renumbered');
  const prelude = decodePrelude(code.code);
  const names = [prelude.nameIndex, ...prelude.argNameIndices].flatMap((index) => encodeUint(qstrBase + index));
  const cells = code.code.subarray(prelude.cellsStart, prelude.opcodesStart);
  const out = [...encodePrelude({ ...prelude, nInfo: names.length }), ...names, ...cells];
  for (const b of relocate(code.code, prelude.opcodesStart, qstrBase, constantBase)) out.push(b);
  return {
    kind: 'bytecode',
    code: Uint8Array.from(out),
    children: code.children.map((child) => renumber(child, qstrBase, constantBase)),
  };
}

/** Real code settles in a handful of passes. */
const MAX_PASSES = 200;

/** An instruction in its new place; all but jumps have their new bytes already. */
interface Placed {
  readonly instruction: Instruction;
  readonly bytes: readonly number[];
  at: number;
}

function relocate(code: Uint8Array, start: number, qstrBase: number, constantBase: number): number[] {
  const placed: Placed[] = [];
  const byOffset = new Map<number, Placed>();
  for (const instruction of instructions(code, start)) {
    const { op, offset, size, arg } = instruction;
    const base = instruction.info.operand === 'name' ? qstrBase : op === Op.LoadConstObj ? constantBase : -1;
    const bytes = base < 0 ? Array.from(code.subarray(offset, offset + size)) : [op, ...encodeUint(base + arg)];
    const entry = { instruction, bytes, at: offset - start };
    placed.push(entry);
    byOffset.set(offset, entry);
  }
  // A jump's size depends on the distance, which depends on the sizes of other jumps. The first layout that repeats is
  // taken, as upstream does.
  let bytes: number[] = [];
  let changed = true;
  for (let pass = 0; changed; pass++) {
    if (pass === MAX_PASSES) throw new MpyFormatError('bad-instruction', 'the layout of the jumps does not settle');
    changed = false;
    bytes = [];
    for (const entry of placed) {
      if (entry.at !== bytes.length) changed = true;
      entry.at = bytes.length;
      for (const b of entry.instruction.target < 0 ? entry.bytes : encodeJump(entry, byOffset)) bytes.push(b);
    }
  }
  for (const entry of placed) {
    if (entry.instruction.target >= 0) checkReach(entry, byOffset);
  }
  return bytes;
}

function distanceOf(entry: Placed, byOffset: ReadonlyMap<number, Placed>): number {
  const destination = byOffset.get(entry.instruction.target);
  if (destination === undefined) {
    throw new MpyFormatError(
      'bad-instruction',
      `a jump to byte ${entry.instruction.target}, which starts no instruction`,
    );
  }
  return destination.at - entry.at - 2;
}

function isShort(signed: boolean, distance: number): boolean {
  return signed ? distance >= -0x40 && distance < 0x40 : distance < 0x80;
}

function encodeJump(entry: Placed, byOffset: ReadonlyMap<number, Placed>): number[] {
  const { op, info, extra } = entry.instruction;
  const distance = distanceOf(entry, byOffset);
  const tail = info.extraByte ? [extra] : [];
  if (isShort(info.signed, distance)) return [op, (info.signed ? distance + 0x40 : distance) & 0x7f, ...tail];
  const long = distance - 1 + (info.signed ? 0x4000 : 0);
  return [op, 0x80 | (long & 0x7f), (long >> 7) & 0xff, ...tail];
}

/** Two bytes hold 15 bits. */
function checkReach(entry: Placed, byOffset: ReadonlyMap<number, Placed>): void {
  const { signed } = entry.instruction.info;
  const distance = distanceOf(entry, byOffset);
  const biased = (isShort(signed, distance) ? distance : distance - 1) + (signed ? 0x4000 : 0);
  if (biased < 0 || biased > 0x7fff) throw new MpyFormatError('bad-instruction', 'a jump is too long after merging');
}
