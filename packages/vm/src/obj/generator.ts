/** Generators. Counterpart: py/objgenerator.c. */
import { functionName } from '../call.js';
import { ContextOff, CsOff, FunBcOff, GenOff, TsOff } from '../layout.js';
import { raiseMsg, raiseTypeError, raiseValueError } from '../raise.js';
import { pushRec, Rec, stackOverflow } from '../records.js';
import { defineType, fun1, fun2, funVar } from '../rom/define.js';
import { callN } from '../runtime.js';
import { Ty } from '../types.js';
import { type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { addressText } from './address.js';
import { isExceptionInstance, isExceptionType, newExceptionText } from './exception.js';

/** What resumed a generator; W0 of a GenResume record. */
export const enum GenOp {
  Send = 0,
  Throw = 1,
  Close = 2,
}

/**
 * Enters a generator's frame; what it yields, returns or raises arrives at the record below. `thrown`: an exception (or
 * class) to raise inside, 0 for none. Answers Call, or Sentinel when the generator has finished: an end with None.
 */
export function resumeGenerator(vm: Vm, gen: Obj, send: Obj, thrown: Obj): Obj {
  const i32 = vm.i32;
  const ts = vm.ts >> 2;
  const cs = gen + GenOff.CodeState;
  const c = cs >> 2;
  const depth = i32[ts + (TsOff.Depth >> 2)] as number;
  if (depth + vm.profile.stack.call > vm.profile.stack.limit) stackOverflow(vm);
  if (i32[c + (CsOff.Ip >> 2)] === 0) {
    // already finished: the end of the iteration, with None
    return Word.Sentinel;
  }
  const pend = i32[(gen + GenOff.PendExc) >> 2] as number;
  if (pend === Word.Null) raiseValueError(vm, 'generator already executing');
  const inject = pend !== Word.None ? pend : thrown;
  const sp = i32[c + (CsOff.Sp >> 2)] as number;
  if (sp === cs + CsOff.State - 4) {
    if (send !== Word.None) raiseTypeError(vm, "can't send non-None value to a just-started generator");
  } else i32[sp >> 2] = send;
  i32[(gen + GenOff.PendExc) >> 2] = Word.Null;
  i32[c + (CsOff.OldGlobals >> 2)] = i32[ts + (TsOff.Globals >> 2)] as number;
  pushRec(vm, Rec.GenFrame, cs, i32[ts + (TsOff.Fp >> 2)] as number, depth);
  i32[ts + (TsOff.Globals >> 2)] = i32[
    ((i32[((i32[c] as number) + FunBcOff.Context) >> 2] as number) + ContextOff.Globals) >> 2
  ] as number;
  i32[ts + (TsOff.Depth >> 2)] = depth + vm.profile.stack.call;
  i32[ts + (TsOff.Fp >> 2)] = cs;
  i32[ts + (TsOff.Inject >> 2)] = inject;
  return Word.Call;
}

/** The exception instance that raising `o` raises: an instance itself, or a new one of a class; TypeError for anything else. */
export function makeRaisable(vm: Vm, o: Obj): Obj {
  let e = o;
  if (isExceptionType(vm, e)) e = callN(vm, e, 0, 0, 0);
  if (isExceptionInstance(vm, e)) return e;
  return newExceptionText(vm, Ty.TypeError, 'exceptions must derive from BaseException');
}

export const generatorType = defineType({
  name: 'generator',
  core: 'Generator',
  print(vm, out, o) {
    const name = vm.qstrText(functionName(vm, vm.i32[(o + GenOff.CodeState) >> 2] as number));
    out.write(`<generator object '${name}' at ${addressText(vm, o)}>`);
  },
  iternext(vm, o) {
    return resumeGenerator(vm, o, Word.None, 0);
  },
  locals: {
    close: fun1((vm, self) => {
      checkSelf(vm, self);
      pushRec(vm, Rec.GenResume, GenOp.Close, self, 0);
      return resumeGenerator(vm, self, Word.None, vm.generatorExit());
    }),
    send: fun2((vm, self, value) => {
      checkSelf(vm, self);
      pushRec(vm, Rec.GenResume, GenOp.Send, self, 0);
      return resumeGenerator(vm, self, value, 0);
    }),
    throw: funVar(2, 4, (vm, nArgs, _nKw, args) => {
      const a = args >> 2;
      const self = vm.i32[a] as number;
      checkSelf(vm, self);
      let exc = vm.i32[a + 1] as number;
      if (nArgs > 2 && vm.i32[a + 2] !== Word.None) exc = vm.i32[a + 2] as number;
      pushRec(vm, Rec.GenResume, GenOp.Throw, self, 0);
      return resumeGenerator(vm, self, Word.None, exc);
    }),
    pend_throw: fun2((vm, self, exc) => {
      checkSelf(vm, self);
      const at = (self + GenOff.PendExc) >> 2;
      const prev = vm.i32[at] as number;
      if (prev === Word.Null) raiseValueError(vm, 'generator already executing');
      vm.i32[at] = exc;
      return prev;
    }),
  },
});

function checkSelf(vm: Vm, self: Obj): void {
  if (vm.typeOf(self) !== Ty.Generator) raiseMsg(vm, Ty.TypeError, 'argument has wrong type');
}
