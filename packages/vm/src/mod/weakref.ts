/** `weakref`. Counterpart: py/modweakref.c. The references themselves are kept by `weakrefs.ts`. */
import { WeakrefOff } from '../layout.js';
import { dictStore, newDict } from '../map.js';
import { Q } from '../q.js';
import { raiseTypeError } from '../raise.js';
import { growBody, pushRec, Rec } from '../records.js';
import { defineModule, defineType, fun1 } from '../rom/define.js';
import { checkArgCount } from '../runtime.js';
import { tailCall } from '../tail.js';
import { addReferenced, findReferenced, hide, reveal, unlinkReference } from '../weakrefs.js';
import { type Addr, isPtr, newBool, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';

/** The object to refer to: it must be a block of the heap. */
function referent(vm: Vm, args: Addr): Obj {
  const o = vm.i32[args >> 2] as number;
  if (!isPtr(o) || vm.heap.nbytes(o) === 0) raiseTypeError(vm, 'not a heap object');
  return o;
}

function fill(vm: Vm, self: Obj, o: Obj, callback: Obj): void {
  vm.i32[(self + WeakrefOff.Obj) >> 2] = hide(o);
  vm.i32[(self + WeakrefOff.Callback) >> 2] = callback;
}

function objectOf(vm: Vm, self: Obj): Obj {
  const hidden = vm.i32[(self + WeakrefOff.Obj) >> 2] as number;
  return hidden === Word.None ? Word.None : reveal(hidden);
}

export const refType = defineType({
  name: 'ref',
  core: 'WeakrefRef',
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 1, 2, false);
    const o = referent(vm, args);
    addReferenced(vm, o);
    const self = vm.allocObjWithFinaliser(WeakrefOff.RefSize, type);
    fill(vm, self, o, nArgs > 1 ? (vm.i32[(args >> 2) + 1] as number) : Word.None);
    // behind the finalize objects of the chain
    let link = findReferenced(vm, hide(o)) + 4;
    while (((vm.i32[link >> 2] as number) & 1) === 0) link = (vm.i32[link >> 2] as number) + WeakrefOff.Next;
    vm.i32[(self + WeakrefOff.Next) >> 2] = vm.i32[link >> 2] as number;
    vm.i32[link >> 2] = hide(self);
    return self;
  },
  call(vm, self, nArgs, nKw) {
    checkArgCount(vm, nArgs, nKw, 0, 0xffff, true);
    return objectOf(vm, self);
  },
  locals: {
    __del__: fun1((vm, self) => {
      unlinkReference(vm, self);
      return Word.None;
    }),
  },
});

function peek(vm: Vm, self: Obj, detach: boolean): Obj {
  const o = objectOf(vm, self);
  if (o === Word.None) return Word.None;
  const i = self >> 2;
  const nArgs = vm.i32[i + 4] as number;
  const nKw = vm.i32[i + 5] as number;
  const args = vm.i32[i + 6] as number;
  const positional = vm.newTuple(nArgs, args);
  const keywords = newDict(vm, nKw);
  for (let k = 0; k < nKw; k++) {
    const at = (args >> 2) + nArgs + 2 * k;
    dictStore(vm, keywords, vm.i32[at] as number, vm.i32[at + 1] as number);
  }
  if (detach) unlinkReference(vm, self);
  const t = vm.newTuple(4, 0) >> 2;
  vm.i32[t + 2] = o;
  vm.i32[t + 3] = vm.i32[i + 3] as number;
  vm.i32[t + 4] = positional;
  vm.i32[t + 5] = keywords;
  return t << 2;
}

export const finalizeType = defineType({
  name: 'finalize',
  core: 'WeakrefFinalize',
  makeNew(vm, type, nArgs, nKw, args) {
    checkArgCount(vm, nArgs, nKw, 2, 0xffff, true);
    const o = referent(vm, args);
    addReferenced(vm, o);
    const self = vm.allocObj(WeakrefOff.FinalizeSize, type);
    const n = nArgs - 2 + 2 * nKw;
    const copy = vm.alloc(4 * n);
    if (n !== 0) vm.i32.copyWithin(copy >> 2, (args >> 2) + 2, (args >> 2) + 2 + n);
    const i = self >> 2;
    vm.i32[i + 4] = nArgs - 2;
    vm.i32[i + 5] = nKw;
    vm.i32[i + 6] = copy;
    fill(vm, self, o, vm.i32[(args >> 2) + 1] as number);
    const value = (findReferenced(vm, hide(o)) >> 2) + 1;
    vm.i32[i + 1] = vm.i32[value] as number;
    vm.i32[value] = self;
    return self;
  },
  call(vm, self, nArgs, nKw) {
    checkArgCount(vm, nArgs, nKw, 0, 0xffff, true);
    if (objectOf(vm, self) === Word.None) return Word.None;
    unlinkReference(vm, self);
    const i = self >> 2;
    const nPos = vm.i32[i + 4] as number;
    const nPairs = vm.i32[i + 5] as number;
    const n = nPos + 2 * nPairs;
    pushRec(vm, Rec.Args, 0, 0, 0);
    const at = growBody(vm, 4 * n);
    if (n !== 0) vm.i32.copyWithin(at >> 2, (vm.i32[i + 6] as number) >> 2, ((vm.i32[i + 6] as number) >> 2) + n);
    return tailCall(vm, vm.i32[i + 3] as number, nPos, nPairs, at);
  },
  attr(vm, self, attr) {
    if (vm.dest0 !== Word.Null) return 0;
    if (attr === Q.alive) vm.dest0 = newBool(objectOf(vm, self) !== Word.None);
    else vm.dest1 = Word.Sentinel;
    return 0;
  },
  locals: {
    peek: fun1((vm, self) => peek(vm, self, false)),
    detach: fun1((vm, self) => peek(vm, self, true)),
  },
});

export const weakrefModule = defineModule({ name: 'weakref', globals: { ref: refType, finalize: finalizeType } });
