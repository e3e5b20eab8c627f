/**
 * The `re` module: patterns, matches, and what they do. Counterpart: extmod/modre.c.
 *
 * A pattern object holds its code (see `re/program.ts`). A match object:
 *
 *     +0 type   +4 groups, the whole match included   +8 the string   +12 two words a group (see `runPattern`)
 *
 * Strings do not move and do not change, so matches may refer to them by offset.
 */
import { listAppend, newList } from '../obj/list.js';
import { addressText } from '../obj/address.js';
import { getStr, newStrOfType, spanOf, strSpan } from '../obj/str-new.js';
import { newTuple2 } from '../obj/tuple2.js';
import { newTupleFrom } from '../obj/tuple.js';
import { TupleOff } from '../layout.js';
import type { Profile } from '../profile.js';
import { raiseArg, raiseMsg, raiseValueError } from '../raise.js';
import { growBody, popRec, pushRec, Rec } from '../records.js';
import { defineModule, defineType, fun1, fun2, funVar, type ModuleDef, type TypeDef } from '../rom/define.js';
import { call1, getInt } from '../runtime.js';
import { Ty } from '../types.js';
import { charCount, isDigit } from '../unicode.js';
import { type Addr, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { Vstr } from '../vstr.js';
import { isCallable } from './builtins.js';
import { codeSize, compileInto } from './re/compile.js';
import { dumpPattern } from './re/dump.js';
import { runPattern, subject } from './re/match.js';
import { PatternOff } from './re/program.js';

const enum MatchOff {
  Groups = 4,
  Str = 8,
  Caps = 12,
}

/** `re.DEBUG`: list the code. */
const FLAG_DEBUG = 0x1000;

// ---- match objects ---------------------------------------------------------------------------------------------------

/** Number of the group that `no` names; raises IndexError. */
function groupIndex(vm: Vm, match: Obj, no: Obj): number {
  const n = getInt(vm, no);
  if (n < 0 || n >= vm.i32[(match + MatchOff.Groups) >> 2]) raiseArg(vm, Ty.IndexError, no);
  return n;
}
/** Text of a group; None when it took no part. */
function groupText(vm: Vm, match: Obj, n: number): Obj {
  const at = ((match + MatchOff.Caps) >> 2) + 2 * n;
  const start = vm.i32[at];
  if (start === 0) return Word.None;
  const str = vm.i32[(match + MatchOff.Str) >> 2];
  const len = vm.i32[at + 1] - start;
  spanOf(vm, str);
  return newStrOfType(vm, vm.typeOf(str), strSpan.addr + start - 1, len);
}

function groups(vm: Vm, match: Obj): Obj {
  const n = vm.i32[(match + MatchOff.Groups) >> 2];
  if (n <= 1) return vm.image.emptyTuple;
  const t = newTupleFrom(vm, n - 1, 0);
  for (let i = 1; i < n; i++) vm.i32[((t + TupleOff.Items) >> 2) + i - 1] = groupText(vm, match, i);
  return t;
}

/** Start (`end` 0) or end (1) of the group that the arguments name, in characters; −1 when it took no part. */
function position(vm: Vm, nArgs: number, args: Addr, end: number): Obj {
  const match = vm.i32[args >> 2];
  const n = nArgs === 2 ? groupIndex(vm, match, vm.i32[(args >> 2) + 1]) : 0;
  const at = ((match + MatchOff.Caps) >> 2) + 2 * n;
  if (vm.i32[at] === 0) return newSmallInt(-1);
  const offset = vm.i32[at + end] - 1;
  const str = vm.i32[(match + MatchOff.Str) >> 2];
  if (vm.typeOf(str) !== Ty.Str) return newSmallInt(offset);
  spanOf(vm, str);
  vm.charge(offset >> 3);
  return newSmallInt(charCount(vm.u8, strSpan.addr, strSpan.addr + offset));
}

const matchType: TypeDef = defineType({
  name: 'match',
  print(vm, out, o) {
    out.write(`<match num=${vm.i32[(o + MatchOff.Groups) >> 2]}>`);
  },
  locals: {
    group: fun2((vm, match, no) => groupText(vm, match, groupIndex(vm, match, no))),
    groups: fun1(groups),
    span: funVar(1, 2, (vm, n, _kw, args) => newTuple2(vm, position(vm, n, args, 0), position(vm, n, args, 1))),
    start: funVar(1, 2, (vm, n, _kw, args) => position(vm, n, args, 0)),
    end: funVar(1, 2, (vm, n, _kw, args) => position(vm, n, args, 1)),
  },
});

// ---- patterns --------------------------------------------------------------------------------------------------------

/** A pattern object for an expression; raises ValueError. */
function compilePattern(vm: Vm, expression: Obj): Obj {
  getStr(vm, expression);
  const at = strSpan.addr;
  let end = at;
  // as upstream, an expression ends at a zero byte
  while (end < at + strSpan.len && vm.u8[end] !== 0) end++;
  vm.charge(end - at);
  const size = codeSize(vm, at, end);
  if (size < 0) raiseValueError(vm, 'regex too complex');
  const pattern = vm.allocObj(PatternOff.Code + size, vm.addrOf(patternType));
  if (!compileInto(vm, pattern, at, end)) raiseValueError(vm, 'error in regex');
  return pattern;
}
/** `o` if it is a pattern object, else the pattern of the expression `o`. */
function patternOf(vm: Vm, o: Obj): Obj {
  return vm.typeOf(o) === vm.addrOf(patternType) ? o : compilePattern(vm, o);
}
function captureSlots(vm: Vm, pattern: Obj): number {
  return 2 * (vm.i32[(pattern + PatternOff.Groups) >> 2] + 1);
}
/** Makes a whole str or bytes object the matcher's subject; raises TypeError. */
function setSubject(vm: Vm, str: Obj): void {
  getStr(vm, str);
  subject.line = subject.begin = strSpan.addr;
  subject.end = strSpan.addr + strSpan.len;
}
function newMatch(vm: Vm, slots: number, str: Obj): Obj {
  const match = vm.allocObj(MatchOff.Caps + 4 * slots, vm.addrOf(matchType));
  vm.i32[(match + MatchOff.Groups) >> 2] = slots >> 1;
  vm.i32[(match + MatchOff.Str) >> 2] = str;
  return match;
}
/** Words on the Python stack until `popRec`. */
function stackWords(vm: Vm, n: number): Addr {
  pushRec(vm, Rec.Args, 0, 0, 0);
  return growBody(vm, 4 * n);
}

/** match() and search(): pattern or expression, string; for pattern objects also where to begin and to end. */
function execute(vm: Vm, nArgs: number, args: Addr, anchored: boolean): Obj {
  const a = args >> 2;
  const pattern = patternOf(vm, vm.i32[a]);
  const str = vm.i32[a + 1];
  setSubject(vm, str);
  if (pattern === vm.i32[a] && nArgs > 2) {
    const { line, end } = subject;
    const from = Math.min(Math.max(getInt(vm, vm.i32[a + 2]), 0), end - line);
    const to = nArgs > 3 ? Math.min(Math.max(getInt(vm, vm.i32[a + 3]), from), end - line) : end - line;
    // reading the numbers may have run Python code, which may have matched something itself
    subject.line = line;
    subject.begin = line + from;
    subject.end = line + to;
  }
  const slots = captureSlots(vm, pattern);
  const match = newMatch(vm, slots, str);
  if (runPattern(vm, pattern, match + MatchOff.Caps, slots, anchored)) return match;
  vm.heap.free(match);
  return Word.None;
}

function split(vm: Vm, nArgs: number, args: Addr): Obj {
  const a = args >> 2;
  const pattern = vm.i32[a];
  const str = vm.i32[a + 1];
  getStr(vm, str);
  let left = nArgs > 2 ? getInt(vm, vm.i32[a + 2]) : 0;
  setSubject(vm, str);
  const { line } = subject;
  const type = vm.typeOf(str);
  const slots = captureSlots(vm, pattern);
  const list = newList(vm, 0);
  const mark = vm.heap.logTop;
  const caps = stackWords(vm, slots);
  // a match of nothing ends it, as upstream
  while (runPattern(vm, pattern, caps, slots, false)) {
    const start = vm.i32[caps >> 2] - 1;
    const end = vm.i32[(caps >> 2) + 1] - 1;
    if (start === end) break;
    vm.heap.logTop = mark;
    listAppend(vm, list, newStrOfType(vm, type, subject.begin, line + start - subject.begin));
    if (slots > 2) raiseMsg(vm, Ty.NotImplementedError, 'splitting with sub-captures');
    subject.begin = line + end;
    if (left > 0 && --left === 0) break;
  }
  popRec(vm);
  return listAppendLast(vm, list, type);
}
function listAppendLast(vm: Vm, list: Obj, type: Addr): Obj {
  listAppend(vm, list, newStrOfType(vm, type, subject.begin, subject.end - subject.begin));
  return list;
}

// ---- sub -------------------------------------------------------------------------------------------------------------

/** Appends a replacement; `\1` and `\g<1>` in it stand for groups, `\\` for a backslash. */
function addReplacement(vm: Vm, out: Vstr, text: Obj, line: Addr, caps: Addr, slots: number): void {
  getStr(vm, text);
  const u8 = vm.u8;
  let at = strSpan.addr;
  const end = at + strSpan.len;
  while (at < end && u8[at] !== 0) {
    const c = u8[at++];
    if (c !== 0x5c) {
      out.writeByte(c);
      continue;
    }
    // text in memory ends with a zero byte, so the next one can be looked at
    const named = u8[at] === 0x67 && u8[at + 1] === 0x3c;
    if (named) at += 2;
    if (isDigit(u8[at])) {
      let n = 0;
      while (isDigit(u8[at])) n = (Math.imul(n, 10) + u8[at++] - 0x30) >>> 0;
      if (named && u8[at] === 0x3e) at++;
      if (n >= slots >> 1) raiseArg(vm, Ty.IndexError, newSmallInt(n | 0));
      const start = vm.i32[(caps >> 2) + 2 * n];
      if (start !== 0) out.writeBytes(u8, line + start - 1, line + vm.i32[(caps >> 2) + 2 * n + 1] - 1);
    } else if (u8[at] === 0x5c) out.writeByte(u8[at++]);
  }
}

/** sub(): pattern or expression, replacement (text, or a function of the match), string, how many times. */
function sub(vm: Vm, nArgs: number, args: Addr): Obj {
  const a = args >> 2;
  const pattern = patternOf(vm, vm.i32[a]);
  const replace = vm.i32[a + 1];
  const str = vm.i32[a + 2];
  let left = nArgs > 3 ? getInt(vm, vm.i32[a + 3]) : 0;
  setSubject(vm, str);
  const { line, end } = subject;
  const slots = captureSlots(vm, pattern);
  const calls = isCallable(vm, replace);
  // upstream's match is on the C stack even when a function gets it; here the function may keep it
  const match = calls ? newMatch(vm, slots, str) : 0;
  const caps = calls ? match + MatchOff.Caps : stackWords(vm, slots);
  let begin = line;
  let out: Vstr | undefined;
  let mark = 0;
  while (runPattern(vm, pattern, caps, slots, false)) {
    const from = line + vm.i32[caps >> 2] - 1;
    const to = line + vm.i32[(caps >> 2) + 1] - 1;
    if (from === to) break;
    if (out === undefined) {
      out = new Vstr(vm, from - begin);
      mark = vm.heap.logTop;
    }
    vm.heap.logTop = mark;
    out.writeBytes(vm.u8, begin, from);
    addReplacement(vm, out, calls ? call1(vm, replace, match) : replace, line, caps, slots);
    begin = to;
    if (left > 0 && --left === 0) break;
    subject.line = line;
    subject.begin = begin;
    subject.end = end;
  }
  if (!calls) popRec(vm);
  if (out === undefined) return str;
  out.writeBytes(vm.u8, begin, end);
  return vm.typeOf(str) === Ty.Str ? out.toStrUnchecked() : out.toBytes();
}

const matchFunction = funVar(2, 4, (vm, n, _kw, args) => execute(vm, n, args, true));
const searchFunction = funVar(2, 4, (vm, n, _kw, args) => execute(vm, n, args, false));
const subFunction = funVar(3, 5, (vm, n, _kw, args) => sub(vm, n, args));

const patternType: TypeDef = defineType({
  name: 're',
  print(vm, out, o) {
    out.write(`<re ${addressText(vm, o)}>`);
  },
  locals: {
    match: matchFunction,
    search: searchFunction,
    split: funVar(2, 3, (vm, n, _kw, args) => split(vm, n, args)),
    sub: subFunction,
  },
});

/** Types that only the module's functions make. */
export const RE_TYPES: readonly TypeDef[] = [matchType, patternType];

/** `re`, with the listing of patterns on boards that have everything. */
export function reModule(profile: Profile): ModuleDef {
  const debug = profile.level === 'everything';
  return defineModule({
    name: 're',
    extensible: true,
    globals: {
      compile: funVar(1, 2, (vm, n, _kw, args) => {
        const pattern = compilePattern(vm, vm.i32[args >> 2]);
        if (debug && n > 1 && (getInt(vm, vm.i32[(args >> 2) + 1]) & FLAG_DEBUG) !== 0) dumpPattern(vm, pattern);
        return pattern;
      }),
      match: matchFunction,
      search: searchFunction,
      sub: subFunction,
      ...(debug ? { DEBUG: FLAG_DEBUG } : {}),
    },
  });
}
