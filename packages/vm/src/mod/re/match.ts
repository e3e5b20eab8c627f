/**
 * The backtracking matcher. Counterpart: lib/re1.5/recursiveloop.c and charclass.c.
 *
 * Where the original calls itself, an entry goes onto a stack: for a split the alternative still to be tried, for a save the
 * slot's value before. A failure pops entries until it finds an alternative. So there are as many entries as there would be
 * calls, and the modelled depth of the C stack is known without keeping it: too many raise RuntimeError, as upstream.
 */
import { TsOff } from '../../layout.js';
import { InternalError } from '../../raise.js';
import { stackOverflow } from '../../records.js';
import { isSpace } from '../../unicode.js';
import type { Addr } from '../../words.js';
import type { Vm } from '../../vm.js';
import { hasSignedChars, PatternOff, ReOp, SEARCH_PREFIX } from './program.js';

/** The part of a string to match: where its first line, the part and the part's end are. */
export const subject = { line: 0, begin: 0, end: 0 };

/**
 * Two words an entry: address of the alternative's code and position in the text; or −1 minus the slot and its value before.
 * Nothing in it outlives a match, and no match runs within another one.
 */
let stack = new Int32Array(256);

function isWord(c: number): boolean {
  const l = c | 0x20;
  return (l >= 0x61 && l <= 0x7a) || (c >= 0x30 && c <= 0x39) || c === 0x5f;
}
function inNamedClass(letter: number, c: number): boolean {
  const wanted = (letter & 0x20) !== 0;
  switch (letter | 0x20) {
    case 0x64: // d
      return (c >= 0x30 && c <= 0x39) === wanted;
    case 0x73: // s
      return isSpace(c) === wanted;
    default:
      return isWord(c) === wanted;
  }
}
/** `at`: the number of pairs; `flip`: 0x80 to order bytes as signed. */
function inClass(u8: Uint8Array, at: Addr, c: number, flip: number): boolean {
  const end = at + 1 + 2 * u8[at];
  const v = c ^ flip;
  for (let i = at + 1; i < end; i += 2) {
    if (u8[i] === 0) {
      if (inNamedClass(u8[i + 1], c)) return true;
    } else if (v >= (u8[i] ^ flip) && v <= (u8[i + 1] ^ flip)) return true;
  }
  return false;
}

/** Entries that the rest of the modelled C stack has room for. */
function roomOnStack(vm: Vm): number {
  // measured on the 32-bit unix port: 64 bytes a call, a quarter of what a call back into Python takes
  const levelBytes = vm.profile.stack.native >> 2;
  const room = vm.profile.stack.limit - vm.i32[(vm.ts + TsOff.Depth) >> 2];
  return Math.max(0, Math.floor(room / levelBytes) - 1);
}

/**
 * Runs a pattern over {@link subject}: at its begin only (`anchored`) or anywhere. The `slots` words at `caps` are cleared,
 * then get the start and end of the match and of each group, as one more than the offset from `subject.line`; 0: not taken
 * part. False: no match.
 */
export function runPattern(vm: Vm, pattern: Addr, caps: Addr, slots: number, anchored: boolean): boolean {
  const u8 = vm.u8;
  const i32 = vm.i32;
  const { line, begin, end } = subject;
  const slot0 = caps >> 2;
  const room = roomOnStack(vm) << 1;
  const flip = hasSignedChars(vm) ? 0x80 : 0;
  i32.fill(0, slot0, slot0 + slots);
  if (stack.length < room) stack = new Int32Array(room);
  const entries = stack;
  let pc = pattern + PatternOff.Code + (anchored ? SEARCH_PREFIX : 0);
  let at = begin;
  let top = 0;
  let steps = 0;
  for (;;) {
    if ((++steps & 0xfff) === 0) vm.charge(0x1000);
    const op = u8[pc++];
    let ok = op >= ReOp.FirstAssert || at < end;
    if (ok) {
      switch (op) {
        case ReOp.Char:
          ok = u8[at++] === u8[pc++];
          break;
        case ReOp.Any:
          at++;
          break;
        case ReOp.Class:
        case ReOp.ClassNot:
          ok = inClass(u8, pc, u8[at++], flip) === (op === ReOp.Class);
          pc += 2 * u8[pc] + 1;
          break;
        case ReOp.NamedClass:
          ok = inNamedClass(u8[pc++], u8[at++]);
          break;
        case ReOp.LineStart:
          ok = at === line;
          break;
        case ReOp.LineEnd:
          ok = at === end;
          break;
        case ReOp.Jump:
          pc += ((u8[pc] << 24) >> 24) + 1;
          break;
        case ReOp.Split:
        case ReOp.SplitBack: {
          if (top >= room) stackOverflow(vm);
          const target = pc + 1 + ((u8[pc] << 24) >> 24);
          entries[top++] = op === ReOp.Split ? target : pc + 1;
          entries[top++] = at;
          pc = op === ReOp.Split ? pc + 1 : target;
          break;
        }
        case ReOp.Save: {
          const slot = u8[pc++];
          if (slot >= slots) break;
          if (top >= room) stackOverflow(vm);
          entries[top++] = -1 - slot;
          entries[top++] = i32[slot0 + slot];
          i32[slot0 + slot] = at - line + 1;
          break;
        }
        case ReOp.Match:
          vm.charge(steps & 0xfff);
          return true;
        default:
          throw new InternalError(`no regular expression has instruction ${op}`);
      }
    }
    while (!ok) {
      if (top === 0) {
        vm.charge(steps & 0xfff);
        return false;
      }
      top -= 2;
      const what = entries[top];
      if (what >= 0) {
        pc = what;
        at = entries[top + 1];
        ok = true;
      } else i32[slot0 - 1 - what] = entries[top + 1];
    }
  }
}
