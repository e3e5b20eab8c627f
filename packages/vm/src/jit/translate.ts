/**
 * Bytecode to JavaScript: one function of a program becomes one JavaScript function on the board's memory.
 *
 *     (entry) => { for (;;) { switch (pc) { case 0: … case 1: … } charge } }
 *
 * Each leader is a case; straight code falls from one to the next, taken jumps set `pc`, and the end of the loop charges for
 * them: all jumps share that, and other code that many places need is in helpers, since V8 optimises small functions sooner.
 * Everything is where the interpreter has it: code state, value stack, records, clock. Between two leaders the words that the
 * code pushes are held in JavaScript variables, and written to memory before anything that may allocate, raise, call or leave:
 * not only those that are still on the stack, but each word that the interpreter would have left above it, since the collector
 * sees those, too. So heap, clock and output are the interpreter's, and execution can change over at every leader.
 *
 * Variables: fp, rec, st as `fp`, `rec`, `start` of the loop; r, a…: temporaries; t0, t1, …: words of stack and locals; c0, c1, …:
 * caches of one place in the code, which live as long as the function.
 */
import { BinaryOp, Op, UnaryOp } from '@tsmp-internal/bytecode';
import { CsOff, Root, TsOff } from '../layout.js';
import { Ty, TypeFlag } from '../types.js';
import { Word } from '../words.js';
import type { Vm } from '../vm.js';
import type { Analysis, Instr } from './analyse.js';
import { EXIT, NOWHERE, Site, SUPPORT } from './support.js';

/** What a word of the frame is known to be: a variable or a literal; `dirty`: memory does not have it yet. */
interface Known {
  readonly e: string;
  dirty: boolean;
}

/** Variables for words, before known values are given up to use theirs again. */
const MAX_TEMPS = 24;
/** Items that UNPACK_SEQUENCE unpacks in place. */
const MAX_UNPACK = 6;

const STATE = CsOff.State >> 2;

/** The text of a function that makes the translated function, and the sites that it names. */
export function translate(
  vm: Vm,
  name: string,
  analysis: Analysis,
  tables: { qstrs: number; objs: number },
): { text: string; sites: Site[] } {
  const t = new Translator(vm, `py_${name.replace(/\W/g, '_')}`, analysis, tables);
  return { text: t.run(), sites: t.sites };
}

class Translator {
  readonly sites: Site[] = [];
  private readonly out: string[] = [];
  private readonly stack: (Known | undefined)[] = [];
  private readonly locals: (Known | undefined)[] = [];
  private readonly held = new Set<string>();
  private readonly cases = new Map<number, number>();
  private temps = 0;
  private caches = 0;
  private depth = 0;
  private bound = 0;
  private readonly TS: number;

  constructor(
    private readonly vm: Vm,
    private readonly name: string,
    private readonly f: Analysis,
    private readonly tables: { qstrs: number; objs: number },
  ) {
    this.TS = vm.ts >> 2;
    for (const ip of f.leaders.keys()) this.cases.set(ip, this.cases.size);
  }

  run(): string {
    let live = false;
    const { instrs } = this.f;
    for (let i = 0; i < instrs.length; i++) {
      const ins = instrs[i] as Instr;
      const leader = this.f.leaders.get(ins.ip);
      if (leader !== undefined) {
        if (live) this.flush();
        this.forget();
        this.out.push(`case ${this.cases.get(ins.ip)}:`);
        this.bound = leader.bound;
        live = true;
      }
      if (!live) continue;
      this.depth = ins.depth;
      this.held.clear();
      const next = instrs[i + 1];
      let last = ins;
      if (next !== undefined && this.isFusible(ins, next)) {
        live = this.compareAndJump(ins, next);
        last = next;
        i++;
      } else live = this.one(ins, next);
      if (live && instrs[i + 1]?.ip !== last.next) {
        // overlapping code: what follows is not in line
        this.flush();
        this.out.push(`return bail(vm, fp, ${last.next}, ${this.sp(this.depth)}, st);`);
        live = false;
      }
    }
    const start = (instrs[0] as Instr).ip;
    const names = Object.keys(SUPPORT).join(', ');
    const vars = Array.from({ length: this.temps }, (_, i) => `t${i} = 0`).join(', ');
    const caches = Array.from({ length: this.caches }, (_, i) => `c${i} = ${NOWHERE}`).join(', ');
    return `'use strict';
const { ${names} } = support;
const [${this.sites.map((_, i) => `s${i}`).join(', ')}] = sites;
${caches === '' ? '' : `let ${caches};`}
return function ${this.name}(entry) {
  const fp = i32[${this.ts(TsOff.Fp)}] >> 2, rec = i32[${this.ts(TsOff.Rec)}], logBase = heap.logBase, nesting = vm.nested;
  const g = (i32[${this.ts(TsOff.Globals)}] >> 2) + 1;
  let pc = entry, st = i32[fp + 1], r = 0, a = 0, b = 0, k = 0, m = 0, x = 0, q = false${vars === '' ? '' : `, ${vars}`};
  for (;;) try {
    for (;;) {
      switch (pc) {
${this.out.join('\n')}
      }
      vm.budget = (vm.budget - (x - st)) | 0;
      st = places[pc * 2];
      heap.logTop = logBase;
      if (vm.budget <= 0 || vm.attention) return out(vm, fp, st, fp + places[pc * 2 + 1]);
    }
  } catch (e) {
    if ((x = raised(vm, e, fp, rec, st, nesting, logBase)) >= 0 || (pc = entries[i32[fp + 1] - ${start}]) < 0) return x < 0 ? 0 : x;
    st = i32[fp + 1];
  }
};`;
  }

  // ---- words of the frame

  private ts(at: TsOff): number {
    return this.TS + (at >> 2);
  }
  /** The expression of the stack pointer at a depth. */
  private sp(depth: number): string {
    return `fp + ${STATE - 1 + depth}`;
  }
  private slot(i: number): string {
    return `i32[fp + ${STATE + i}]`;
  }
  private local(i: number): string {
    return `i32[fp + ${STATE - 1 + this.f.nState - i}]`;
  }
  private qstr(arg: number): number {
    return this.vm.u16[this.tables.qstrs + arg] as number;
  }

  private isUsed(name: string): boolean {
    if (this.held.has(name)) return true;
    for (const k of this.stack) if (k !== undefined && k.e === name) return true;
    for (const k of this.locals) if (k !== undefined && k.e === name) return true;
    return false;
  }
  /** A variable that no known word is in; it stays taken until the next instruction. */
  private temp(): string {
    for (let i = 0; ; i++) {
      const name = `t${i}`;
      if (i >= MAX_TEMPS && i === this.temps) this.giveUpClean();
      if (this.isUsed(name)) continue;
      if (i >= this.temps) this.temps = i + 1;
      this.held.add(name);
      return name;
    }
  }
  private giveUpClean(): void {
    for (const words of [this.stack, this.locals])
      for (let i = 0; i < words.length; i++) if (words[i]?.dirty === false) words[i] = undefined;
  }
  private forget(): void {
    this.stack.length = 0;
    this.locals.length = 0;
  }

  /** The word of a slot, in a variable or as a literal. */
  private get(i: number): string {
    const known = this.stack[i];
    if (known !== undefined) {
      this.held.add(known.e);
      return known.e;
    }
    const t = this.temp();
    this.out.push(`${t} = ${this.slot(i)};`);
    this.stack[i] = { e: t, dirty: false };
    return t;
  }
  private top(below = 0): string {
    return this.get(this.depth - 1 - below);
  }
  private push(e: string): void {
    this.stack[this.depth++] = { e, dirty: true };
  }
  /** The instruction's result is in memory already. */
  private pushed(): void {
    this.stack[this.depth++] = undefined;
  }
  private stores(): string {
    let text = '';
    this.stack.forEach((k, i) => {
      if (k?.dirty === true) text += `${this.slot(i)} = ${k.e}; `;
    });
    this.locals.forEach((k, i) => {
      if (k?.dirty === true) text += `${this.local(i)} = ${k.e}; `;
    });
    return text;
  }
  /** Writes what memory does not have. */
  private flush(): void {
    const text = this.stores();
    if (text !== '') this.out.push(text);
    for (const k of this.stack) if (k !== undefined) k.dirty = false;
    for (const k of this.locals) if (k !== undefined) k.dirty = false;
  }
  /** A native may have written the slots from `from` on. */
  private forgetFrom(from: number): void {
    for (let i = from; i < this.stack.length; i++) this.stack[i] = undefined;
  }

  // ---- pieces of text

  /** Where the frame is, for what raises. `n`: operands that are gone when a link makes a value of the exception. */
  private at(i: Instr, n?: number): string {
    return n === undefined
      ? `i32[fp + 1] = ${i.next};`
      : `i32[fp + 1] = ${i.next}; i32[fp + 2] = (${this.sp(this.depth - n)}) << 2;`;
  }
  private sync(i: Instr): string {
    return `vm.budget = (vm.budget - (${i.next} - st)) | 0; st = ${i.next};`;
  }
  /** Condition: `r` is no plain value for this frame. */
  private special(): string {
    return `((r & 3) === 0 && r < 16 && r > 0) || i32[${this.ts(TsOff.Rec)}] !== rec`;
  }
  /** Leaves with the answer `r` of an operation; goes on behind it when the result has arrived. */
  private leave(i: Instr, r: string, n: number): string {
    return `if ((x = leaveAt(vm, ${this.site(i, n)}, st, ${r})) >= 0) return x; st = ${i.next};`;
  }
  /** The instruction as a site, with `n` operands that a result replaces. */
  private siteName(i: Instr, n: number): string {
    this.sites.push(new Site(i.ip, i.next, STATE - 1 + this.depth, n));
    return `s${this.sites.length - 1}`;
  }
  /** The same with the variables that helpers at sites take. */
  private site(i: Instr, n: number): string {
    return `${this.siteName(i, n)}, fp, rec`;
  }
  /** Assigns a helper's value to `t`; the helper may end the function. */
  private value(t: string, call: string): string {
    return `if ((${t} = ${call}) === ${EXIT}) return vm.exit; st = vm.start;`;
  }
  private cache(): string {
    return `c${this.caches++}`;
  }
  /** A taken jump to `target`: what is behind the `switch` charges for it. */
  private jump(i: Instr, target = i.target, depth = this.depth): string {
    const n = this.cases.get(target);
    if (n === undefined || this.f.leaders.get(target)?.depth !== depth)
      return `${this.sync(i)} heap.logTop = logBase; return out(vm, fp, ${target}, ${this.sp(depth)});`;
    return `x = ${i.next}; pc = ${n}; break;`;
  }
  /** The interpreter does this instruction and goes on. */
  private bail(i: Instr): boolean {
    this.flush();
    this.out.push(`return bail(vm, fp, ${i.ip}, ${this.sp(i.depth)}, st);`);
    return false;
  }
  /** An instruction done by a helper whose answer is the result, `n` operands taken; everything is in memory before. */
  private viaHelper(i: Instr, n: number, call: string): boolean {
    this.flush();
    const t = this.temp();
    this.out.push(`${this.at(i, n)} ${this.value(t, `valueAt(vm, ${this.site(i, n)}, st, ${call})`)}`);
    this.depth -= n;
    this.push(t);
    return true;
  }

  // ---- instructions

  private isFusible(i: Instr, next: Instr): boolean {
    if (next.op !== Op.PopJumpIfFalse && next.op !== Op.PopJumpIfTrue) return false;
    if (i.next !== next.ip || this.f.leaders.has(next.ip)) return false;
    const op = i.op - Op.BinaryOpMulti;
    return op >= BinaryOp.Less && op <= BinaryOp.ExceptionMatch;
  }

  /** A comparison and the conditional jump behind it. */
  private compareAndJump(i: Instr, next: Instr): boolean {
    const op = i.op - Op.BinaryOpMulti;
    const b = this.top();
    const a = this.top(1);
    if (op === BinaryOp.Is) this.out.push(`q = ${a} === ${b};`);
    else {
      const sign = COMPARISONS[op];
      const fast = sign === undefined ? '' : `if ((${a} & ${b} & 1) !== 0) q = ${a} ${sign} ${b}; else `;
      this.out.push(
        `${fast}{ ${this.stores()}${this.value('r', `compareAt(vm, ${this.site(i, 2)}, st, ${op}, ${a}, ${b})`)} q = r === ${Word.True}; }`,
      );
    }
    this.depth -= 2;
    const onTrue = next.op === Op.PopJumpIfTrue;
    const at = this.depth;
    this.stack[at] = { e: String(onTrue ? Word.True : Word.False), dirty: true };
    this.out.push(`if (${onTrue ? 'q' : '!q'}) { ${this.stores()}${this.jump(next)} }`);
    this.stack[at] = { e: String(onTrue ? Word.False : Word.True), dirty: true };
    return true;
  }

  /** Translates one instruction; false: nothing goes on behind it. */
  private one(i: Instr, next: Instr | undefined): boolean {
    const { op, arg } = i;
    if (op >= Op.LoadConstSmallIntMulti) return this.embedded(i);
    switch (op) {
      case Op.LoadConstFalse:
        this.push(String(Word.False));
        return true;
      case Op.LoadConstNone:
        this.push(String(Word.None));
        return true;
      case Op.LoadConstTrue:
        this.push(String(Word.True));
        return true;
      case Op.LoadNull:
        this.push('0');
        return true;
      case Op.LoadConstSmallInt:
        this.push(String((arg << 1) | 1));
        return true;
      case Op.LoadConstString:
        this.push(String((this.qstr(arg) << 3) | 2));
        return true;
      case Op.LoadConstObj:
        this.push(String(this.vm.i32[this.tables.objs + arg] as number));
        return true;
      case Op.LoadFastN:
        return this.loadFast(i, arg);
      case Op.StoreFastN:
        return this.storeFast(arg);
      case Op.DeleteFast:
        if ((this.bound & (1 << arg)) === 0 || arg > 31) {
          const v = this.localWord(arg);
          this.out.push(`if (${v} === 0) { ${this.stores()}${this.at(i)} unboundLocal(vm); }`);
        }
        this.locals[arg] = { e: '0', dirty: true };
        if (arg < 32) this.bound &= ~(1 << arg);
        return true;
      case Op.LoadDeref: {
        const cell = this.localWord(arg);
        const t = this.temp();
        this.out.push(
          `${t} = i32[(${cell} >> 2) + 1]; if (${t} === 0) { ${this.stores()}${this.at(i)} unboundLocal(vm); }`,
        );
        this.push(t);
        return true;
      }
      case Op.StoreDeref: {
        const v = this.top();
        const cell = this.localWord(arg);
        this.out.push(`i32[(${cell} >> 2) + 1] = ${v};`);
        this.depth--;
        return true;
      }
      case Op.LoadName:
        return this.viaHelper(i, 0, `loadName(vm, ${(this.qstr(arg) << 3) | 2})`);
      case Op.LoadGlobal:
        return this.loadGlobal(i);
      case Op.LoadAttr:
        return this.loadAttr(i);
      case Op.LoadMethod:
        return this.loadMethod(i);
      case Op.LoadSuperMethod:
        this.flush();
        this.out.push(
          `${this.at(i)} loadSuperMethod(vm, ${this.qstr(arg)}, ${this.slot(this.depth - 2)}, ${this.slot(this.depth - 1)});`,
        );
        this.depth -= 3;
        return this.pushDests();
      case Op.LoadBuildClass:
        this.push('loadBuildClass(vm)');
        this.flush();
        this.stack[this.depth - 1] = undefined;
        return true;
      case Op.LoadSubscr:
        return this.loadSubscr(i);
      case Op.StoreSubscr:
        return this.storeSubscr(i);
      case Op.StoreName:
      case Op.StoreGlobal: {
        this.flush();
        const at = op === Op.StoreName ? TsOff.Locals : TsOff.Globals;
        this.out.push(`${this.at(i)} storeIn(vm, ${at}, ${this.qstr(arg)}, ${this.top()});`);
        this.depth--;
        return true;
      }
      case Op.DeleteName:
      case Op.DeleteGlobal:
        this.flush();
        this.out.push(
          `${this.at(i)} ${op === Op.DeleteName ? 'deleteName' : 'deleteGlobal'}(vm, ${(this.qstr(arg) << 3) | 2});`,
        );
        return true;
      case Op.StoreAttr:
        return this.storeAttr(i);
      case Op.DupTop:
        this.push(this.top());
        return true;
      case Op.DupTopTwo: {
        const b = this.top();
        const a = this.top(1);
        this.push(a);
        this.push(b);
        return true;
      }
      case Op.PopTop:
        this.depth--;
        return true;
      case Op.RotTwo: {
        const b = this.top();
        const a = this.top(1);
        this.depth -= 2;
        this.push(b);
        this.push(a);
        return true;
      }
      case Op.RotThree: {
        const c = this.top();
        const b = this.top(1);
        const a = this.top(2);
        this.depth -= 3;
        this.push(c);
        this.push(a);
        this.push(b);
        return true;
      }
      case Op.Jump:
        this.flush();
        this.out.push(this.jump(i));
        return false;
      case Op.PopJumpIfTrue:
      case Op.PopJumpIfFalse:
      case Op.JumpIfTrueOrPop:
      case Op.JumpIfFalseOrPop:
        return this.conditionalJump(i);
      case Op.SetupExcept:
      case Op.SetupFinally:
        this.flush();
        this.out.push(`setupBlock(vm, fp, ${i.target}, ${this.sp(this.depth)}, ${op === Op.SetupFinally});`);
        return true;
      case Op.PopExceptJump:
        this.flush();
        this.out.push(`i32[fp + 3] -= 0x10000; vm.setRoot(${Root.CurException}, 0);`);
        this.out.push(this.jump(i));
        return false;
      case Op.EndFinally: {
        const v = this.top();
        this.flush();
        this.out.push(`if (${v} !== ${Word.None}) return bail(vm, fp, ${i.ip}, ${this.sp(i.depth)}, st);`);
        this.out.push(`i32[fp + 3] -= 0x10000; vm.setRoot(${Root.CurException}, 0);`);
        this.depth--;
        return true;
      }
      case Op.GetIter:
        return this.viaHelper(i, 1, `tailGetIter(vm, ${this.top()}, 0)`);
      case Op.GetIterStack:
        this.flush();
        this.out.push(`${this.at(i, -3)} r = getIterStack(vm, (${this.sp(this.depth)}) << 2, rec);`);
        // what is under way leaves the iterator in its words
        this.out.push(`if (r !== 0) { ${this.leave(i, 'r', -3)} }`);
        this.forgetFrom(this.depth - 1);
        this.depth += 3;
        return true;
      case Op.ForIter:
        return this.forIter(i);
      case Op.BuildTuple:
      case Op.BuildList:
      case Op.BuildSet: {
        const make = op === Op.BuildTuple ? 'newTupleFrom' : op === Op.BuildList ? 'newListFrom' : 'newSetFrom';
        this.flush();
        const t = this.temp();
        this.out.push(`${this.at(i)} ${t} = ${make}(vm, ${arg}, (${this.sp(this.depth - arg + 1)}) << 2);`);
        this.depth -= arg;
        this.push(t);
        return true;
      }
      case Op.BuildMap: {
        this.flush();
        const t = this.temp();
        this.out.push(`${this.at(i)} ${t} = newDict(vm, ${arg});`);
        this.push(t);
        return true;
      }
      case Op.StoreMap:
        this.flush();
        this.out.push(`${this.at(i)} storeMap(vm, ${this.top(2)}, ${this.top()}, ${this.top(1)});`);
        this.depth -= 2;
        return true;
      case Op.StoreComp:
        this.flush();
        this.out.push(
          `${this.at(i)} storeComp(vm, ${this.get(this.depth - 1 - (arg >> 2))}, ${arg & 3}, ${this.top()}, ${this.depth > 1 ? this.top(1) : '0'});`,
        );
        this.depth -= (arg & 3) === 1 ? 2 : 1;
        return true;
      case Op.BuildSlice:
        return this.buildSlice(i, next);
      case Op.UnpackSequence:
        return this.unpack(i);
      case Op.MakeFunction:
      case Op.MakeFunctionDefargs:
      case Op.MakeClosure:
      case Op.MakeClosureDefargs:
        return this.makeFunction(i);
      case Op.CallFunction:
      case Op.CallMethod:
        return this.call(i);
      case Op.CallFunctionVarKw:
      case Op.CallMethodVarKw:
        return this.callVar(i);
      case Op.ReturnValue:
        return this.returnValue(i);
      case Op.YieldValue:
        return this.yieldValue(i);
      case Op.YieldFrom:
        this.flush();
        this.out.push(
          `i32[fp + 1] = ${i.next}; i32[fp + 2] = (${this.sp(this.depth - 1)}) << 2; ${this.sync(i)} heap.logTop = logBase; if ((x = yieldInner(vm, ${this.top(1)}, ${this.top()})) !== 0) return x; if ((x = runAbove(vm, rec, fp, ${i.next})) >= 0) return x;`,
        );
        this.depth -= 2;
        this.forgetFrom(this.depth);
        this.pushed();
        return true;
      case Op.RaiseObj:
        this.flush();
        this.out.push(
          `${this.at(i)} r = raisedBy(vm, (${this.sp(this.depth)}) << 2, false); vm.budget = (vm.budget - (${i.next} - st)) | 0; st = ${i.next}; if ((x = raiseHere(vm, fp, r)) >= 0 || (pc = entries[i32[fp + 1] - ${(this.f.instrs[0] as Instr).ip}]) < 0) return x < 0 ? 0 : x; st = i32[fp + 1]; continue;`,
        );
        return false;
      default:
        return this.bail(i);
    }
  }

  private embedded(i: Instr): boolean {
    const { op } = i;
    if (op < Op.LoadFastMulti) {
      this.push(String(((op - 0x80) << 1) | 1));
      return true;
    }
    if (op < Op.StoreFastMulti) return this.loadFast(i, op - Op.LoadFastMulti);
    if (op < Op.UnaryOpMulti) return this.storeFast(op - Op.StoreFastMulti);
    if (op < Op.BinaryOpMulti) return this.unary(i, op - Op.UnaryOpMulti);
    return this.binary(i, op - Op.BinaryOpMulti);
  }

  private localWord(n: number): string {
    const known = this.locals[n];
    if (known !== undefined) {
      this.held.add(known.e);
      return known.e;
    }
    const t = this.temp();
    this.out.push(`${t} = ${this.local(n)};`);
    this.locals[n] = { e: t, dirty: false };
    return t;
  }
  private loadFast(i: Instr, n: number): boolean {
    const v = this.localWord(n);
    if (n > 31 || (this.bound & (1 << n)) === 0) {
      this.out.push(`if (${v} === 0) { ${this.stores()}${this.at(i)} unboundLocal(vm); }`);
      if (n < 32) this.bound |= 1 << n;
    }
    this.push(v);
    return true;
  }
  private storeFast(n: number): boolean {
    this.locals[n] = { e: this.top(), dirty: true };
    if (n < 32) this.bound |= 1 << n;
    this.depth--;
    return true;
  }

  private unary(i: Instr, op: number): boolean {
    const v = this.top();
    if (op !== UnaryOp.Not) return this.viaHelper(i, 1, `tailUnaryOp(vm, ${op}, ${v})`);
    const t = this.temp();
    this.out.push(
      `if (${v} === ${Word.True}) ${t} = ${Word.False}; else if (${v} === ${Word.False}) ${t} = ${Word.True}; else { ${this.stores()}${this.at(i, 1)} ${this.value(t, `valueAt(vm, ${this.site(i, 1)}, st, tailUnaryOp(vm, ${op}, ${v}))`)} }`,
    );
    this.depth--;
    this.push(t);
    return true;
  }

  private binary(i: Instr, op: number): boolean {
    const b = this.top();
    const a = this.top(1);
    const t = this.temp();
    if (op === BinaryOp.Is) {
      this.out.push(`${t} = ${a} === ${b} ? ${Word.True} : ${Word.False};`);
      this.depth -= 2;
      this.push(t);
      return true;
    }
    const slow = `{ ${this.stores()}${this.value(t, `binaryAt(vm, ${this.site(i, 2)}, st, ${op}, ${a}, ${b})`)} }`;
    this.out.push(`${smallIntText(op, a, b, t)}${slow}`);
    this.depth -= 2;
    this.push(t);
    return true;
  }

  private conditionalJump(i: Instr): boolean {
    const v = this.top();
    const onTrue = i.op === Op.PopJumpIfTrue || i.op === Op.JumpIfTrueOrPop;
    const pops = i.op === Op.PopJumpIfTrue || i.op === Op.PopJumpIfFalse;
    this.out.push(
      `q = ${v} === ${Word.True}; if (!q && ${v} !== ${Word.False} && ${v} !== ${Word.None}) { ${this.stores()}${this.at(i)} if ((x = truthOf(vm, ${v})) < 0) return bail(vm, fp, ${i.ip}, ${this.sp(this.depth)}, st); q = x !== 0; }`,
    );
    if (pops) this.depth--;
    this.out.push(`if (${onTrue ? 'q' : '!q'}) { ${this.stores()}${this.jump(i)} }`);
    if (!pops) this.depth--;
    return true;
  }

  /** Condition: the key is where cache `c` says in the table of the map whose word index is `m`. Its slot is in `k` then. */
  private hit(c: string, key: number, m = 'm'): string {
    return `${c} < i32[${m} + 1] && i32[(k = (i32[${m} + 2] >> 2) + ${c} * 2)] === ${key}`;
  }

  private loadGlobal(i: Instr): boolean {
    const key = (this.qstr(i.arg) << 3) | 2;
    const c = this.cache();
    const t = this.temp();
    this.out.push(
      `if (${this.hit(c, key, 'g')}) ${t} = i32[k + 1]; else { ${this.stores()}${this.at(i)} ${t} = globalAt(vm, ${this.siteName(i, 0)}, g, ${key}); ${c} = vm.position; }`,
    );
    this.push(t);
    return true;
  }

  private isInstance(o: string): string {
    return `(${o} & 3) === 0 && (i32[(i32[${o} >> 2] >> 2) + 1] & ${TypeFlag.InstanceType}) !== 0`;
  }

  private loadAttr(i: Instr): boolean {
    const q = this.qstr(i.arg);
    const key = (q << 3) | 2;
    const o = this.top();
    const c = this.cache();
    const t = this.temp();
    this.out.push(
      `if (${this.isInstance(o)} && (m = (${o} >> 2) + 1, ${this.hit(c, key)})) ${t} = i32[k + 1]; else { ${this.stores()}${this.value(t, `attrAt(vm, ${this.site(i, 1)}, st, ${o}, ${q})`)} ${c} = vm.position; }`,
    );
    this.depth--;
    this.push(t);
    return true;
  }

  private pushDests(): boolean {
    const f = this.temp();
    const self = this.temp();
    this.out.push(`${f} = vm.dest0; ${self} = vm.dest1;`);
    this.push(f);
    this.push(self);
    return true;
  }

  private loadMethod(i: Instr): boolean {
    const q = this.qstr(i.arg);
    const o = this.top();
    const f = this.temp();
    const self = this.temp();
    this.flush();
    this.out.push(`${this.value(f, `methodAt(vm, ${this.site(i, 1)}, st, ${o}, ${q})`)} ${self} = vm.dest1;`);
    this.depth--;
    this.push(f);
    this.push(self);
    return true;
  }

  private storeAttr(i: Instr): boolean {
    const q = this.qstr(i.arg);
    const key = (q << 3) | 2;
    const o = this.top();
    const v = this.top(1);
    const c = this.cache();
    const plain = `(${o} & 3) === 0 && (i32[(i32[${o} >> 2] >> 2) + 1] & ${TypeFlag.InstanceType | TypeFlag.HasSpecialAccessors}) === ${TypeFlag.InstanceType}`;
    this.out.push(
      `if (${v} !== 0 && ${plain} && (m = (${o} >> 2) + 1, ${this.hit(c, key)})) i32[k + 1] = ${v}; else { ${this.stores()}if ((x = storeAttrAt(vm, ${this.site(i, 2)}, st, ${o}, ${q}, ${v})) >= 0) return x; st = vm.start; ${c} = vm.position; }`,
    );
    this.depth -= 2;
    return true;
  }

  private loadSubscr(i: Instr): boolean {
    const b = this.top();
    const a = this.top(1);
    const t = this.temp();
    const list = `(${a} & 3) === 0 && (${b} & 1) !== 0 && i32[${a} >> 2] === ${Ty.List} && (x = ${b} >> 1) >= 0 && x < i32[(${a} >> 2) + 2]`;
    this.out.push(
      `if (${list}) ${t} = i32[(i32[(${a} >> 2) + 3] >> 2) + x]; else { ${this.stores()}${this.value(t, `itemAt(vm, ${this.site(i, 2)}, st, ${a}, ${b})`)} }`,
    );
    this.depth -= 2;
    this.push(t);
    return true;
  }

  private storeSubscr(i: Instr): boolean {
    const b = this.top();
    const a = this.top(1);
    const v = this.top(2);
    const list = `(${a} & 3) === 0 && (${b} & 1) !== 0 && i32[${a} >> 2] === ${Ty.List} && ${v} !== 0 && (x = ${b} >> 1) >= 0 && x < i32[(${a} >> 2) + 2]`;
    this.out.push(
      `if (${list}) i32[(i32[(${a} >> 2) + 3] >> 2) + x] = ${v}; else { ${this.stores()}if ((x = storeItemAt(vm, ${this.site(i, 3)}, st, ${a}, ${b}, ${v})) >= 0) return x; st = vm.start; }`,
    );
    this.depth -= 3;
    return true;
  }

  private forIter(i: Instr): boolean {
    const d = this.depth;
    this.flush();
    const w = (n: number) => this.slot(d - 4 + n);
    const value = this.slot(d);
    const exit = `{ ${this.jump(i, i.target, d - 4)} }`;
    // words of a range's iterator: type, current, stop, step; untagged
    this.out.push(
      `if (${w(0)} === ${Ty.RangeIter}) { a = ${w(1)}; b = ${w(3)}; if (b > 0 ? a < ${w(2)} : a > ${w(2)}) { ${w(1)} = (a + b) | 0; if ((a << 1) >> 1 === a) ${value} = (a << 1) | 1; else { ${this.at(i)} ${value} = newInt(vm, a); } } else ${exit} }`,
    );
    this.out.push(`else { ${this.value('r', `forAt(vm, ${this.site(i, 0)}, st, ${i.target})`)} if (r === 0) ${exit} }`);
    this.forgetFrom(d - 4);
    this.pushed();
    return true;
  }

  private buildSlice(i: Instr, next: Instr | undefined): boolean {
    const reuse = next !== undefined && next.ip === i.next && (next.op === Op.LoadSubscr || next.op === Op.StoreSubscr);
    const n = i.arg;
    this.flush();
    const step = n === 3 ? this.top() : String(Word.None);
    const to = this.top(n === 3 ? 1 : 0);
    const from = this.top(n === 3 ? 2 : 1);
    const o = this.depth > n ? this.top(n) : '0';
    const t = this.temp();
    this.out.push(`${this.at(i)} ${t} = buildSlice(vm, ${o}, ${from}, ${to}, ${step}, ${reuse});`);
    this.depth -= n;
    this.push(t);
    return true;
  }

  private unpack(i: Instr): boolean {
    const n = i.arg;
    const v = this.top();
    const at = this.depth - 1;
    const slow = () =>
      `${this.stores()}${this.at(i, 0)} r = unpack(vm, (${this.sp(this.depth)}) << 2, ${n}, false, ${i.ip}); if (r !== ${Word.None}) { ${this.leave(i, 'r', 0)} }`;
    if (n > MAX_UNPACK || n === 0) {
      this.flush();
      this.out.push(slow());
      this.forgetFrom(at);
      this.depth += n - 1;
      return true;
    }
    const items = Array.from({ length: n }, () => this.temp());
    const fromTuple = items.map((t, j) => `${t} = i32[k + ${n - 1 - j}];`).join(' ');
    const fromSlots = items.map((t, j) => `${t} = ${this.slot(at + j)};`).join(' ');
    this.out.push(
      `if ((${v} & 3) === 0 && i32[${v} >> 2] === ${Ty.Tuple} && i32[(${v} >> 2) + 1] === ${n}) { k = (${v} >> 2) + 2; ${fromTuple} } else { ${slow()} ${fromSlots} }`,
    );
    this.depth--;
    for (const t of items) this.push(t);
    return true;
  }

  private makeFunction(i: Instr): boolean {
    const { op, arg, extra } = i;
    this.flush();
    const closure = op === Op.MakeClosure || op === Op.MakeClosureDefargs;
    const defaults = op === Op.MakeFunctionDefargs || op === Op.MakeClosureDefargs;
    const n = closure ? extra : 0;
    const d = this.depth - n;
    const args = defaults ? `${this.slot(d - 2)}, ${this.slot(d - 1)}` : '0, 0';
    const t = this.temp();
    this.out.push(`${this.at(i)} ${t} = newFunction(vm, i32[fp], ${arg}, ${args});`);
    if (closure) this.out.push(`${t} = newClosure(vm, ${t}, ${n}, (${this.sp(d + 1)}) << 2);`);
    this.depth = d - (defaults ? 2 : 0);
    this.push(t);
    return true;
  }

  private call(i: Instr): boolean {
    const isMethod = i.op === Op.CallMethod;
    const nPos = i.arg & 0xff;
    const nKw = (i.arg >> 8) & 0xff;
    const n = nPos + 2 * nKw + (isMethod ? 2 : 1);
    const base = this.depth - n;
    const f = this.get(base);
    const self = isMethod ? this.get(base + 1) : '';
    this.flush();
    const first = STATE + base + (isMethod ? 2 : 1);
    let args = `${nPos}, ${nKw === 0 ? '' : `${nKw}, `}fp + ${first}`;
    // self is an argument if there is one
    if (isMethod)
      args = `${self} !== 0 ? ${nPos + 1} : ${nPos}, ${nKw === 0 ? '' : `${nKw}, `}${self} !== 0 ? fp + ${first - 1} : fp + ${first}`;
    const call = nKw === 0 ? 'callAt' : 'callKwAt';
    this.out.push(
      `x = st; st = ${i.next}; if ((x = ${call}(vm, ${this.site(i, n)}, x, ${f}, ${args})) >= 0) return x;`,
    );
    this.forgetFrom(base);
    this.depth = base;
    this.pushed();
    return true;
  }

  private callVar(i: Instr): boolean {
    const isMethod = i.op === Op.CallMethodVarKw;
    const n = (i.arg & 0xff) + 2 * ((i.arg >> 8) & 0xff) + 2 + (isMethod ? 1 : 0);
    const base = this.depth - n;
    this.flush();
    this.out.push(
      `${this.sync(i)} heap.logTop = logBase; ${this.at(i, n)} r = callVar(vm, ${i.arg}, ${isMethod}, (fp + ${STATE + base}) << 2, (${this.sp(this.depth)}) << 2, ${i.ip});`,
    );
    // when an argument is unpacked in Python first, the opcode runs again with its operands
    this.out.push(
      `if (${this.special()}) { if ((x = vm.varArgs < 0 ? leaveAt(vm, ${this.site(i, 0)}, st, r) : leaveAt(vm, ${this.site(i, n)}, st, r)) >= 0) return x; } else ${this.slot(base)} = r;`,
    );
    this.forgetFrom(base);
    this.depth = base;
    this.pushed();
    return true;
  }

  private yieldValue(i: Instr): boolean {
    const v = this.top();
    this.flush();
    this.out.push(`x = st; st = ${i.next}; return yieldAt(vm, ${this.site(i, 0)}, x, ${v});`);
    return false;
  }

  private returnValue(i: Instr): boolean {
    const v = this.top();
    if (this.f.hasBlocks)
      this.out.push(
        `if (i32[fp + 3] >>> 16 !== 0) { ${this.stores()}return bail(vm, fp, ${i.ip}, ${this.sp(this.depth)}, st); }`,
      );
    const how = this.f.isGenerator ? 'returnAny' : 'returnAt';
    this.out.push(`x = st; st = ${i.next}; return ${how}(vm, ${this.site(i, 1)}, x, ${v});`);
    return false;
  }
}

const COMPARISONS: readonly (string | undefined)[] = ['<', '>', '===', '<=', '>=', '!=='];

/** `if (…) t = …; else ` for two small ints; '' for the operations that have no such path. */
function smallIntText(op: number, a: string, b: string, t: string): string {
  const both = `(${a} & ${b} & 1) !== 0`;
  const sign = COMPARISONS[op];
  if (sign !== undefined) return `if (${both}) ${t} = ${a} ${sign} ${b} ? ${Word.True} : ${Word.False}; else `;
  switch (op >= BinaryOp.InplaceOr && op <= BinaryOp.InplacePower ? op + 13 : op) {
    case BinaryOp.Add:
      return `if (${both} && (r = ((${a} - 1) | 0) + ${b} | 0, ((${a} - 1) ^ r) & (${b} ^ r)) >= 0) ${t} = r; else `;
    case BinaryOp.Subtract:
      return `if (${both} && (r = (${a} - (${b} - 1 | 0)) | 0, (${a} ^ (${b} - 1)) & (${a} ^ r)) >= 0) ${t} = r; else `;
    case BinaryOp.Multiply:
      return `if (${both} && (x = (${a} >> 1) * (${b} >> 1), (r = (x << 1) | 0) >> 1 === x)) ${t} = r | 1; else `;
    case BinaryOp.And:
      return `if (${both}) ${t} = ${a} & ${b}; else `;
    case BinaryOp.Or:
      return `if (${both}) ${t} = ${a} | ${b}; else `;
    case BinaryOp.Xor:
      return `if (${both}) ${t} = (${a} ^ ${b}) | 1; else `;
    case BinaryOp.Rshift:
      return `if (${both} && ${b} > 0) { x = ${b} >> 1; ${t} = (${a} >> (x > 31 ? 31 : x)) | 1; } else `;
    case BinaryOp.Lshift:
      return `if (${both} && ${b} > 0 && ${b} < 62 && (x = ${b} >> 1, ((r = ((${a} >> 1) << x) | 0) << 1) >> 1 === r && r >> x === ${a} >> 1)) ${t} = (r << 1) | 1; else `;
    case BinaryOp.Modulo:
      return `if (${both} && ${b} !== 1) { x = ${b} >> 1; r = ((${a} >> 1) % x) | 0; if (r !== 0 && (r ^ x) < 0) r = (r + x) | 0; ${t} = (r << 1) | 1; } else `;
    case BinaryOp.FloorDivide:
      return `if (${both} && ${b} > 1) { k = ${a} >> 1; x = ${b} >> 1; r = (k / x) | 0; if (k < 0 && Math.imul(r, x) !== k) r--; ${t} = (r << 1) | 1; } else `;
    default:
      return '';
  }
}
