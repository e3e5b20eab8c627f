/**
 * The random module: Ilya Levin's Yasmarang generator, whose four words of state are in static RAM. Counterpart:
 * extmod/modrandom.c.
 */
import { ModuleOff, Root } from '../layout.js';
import { dictGetQstr } from '../map.js';
import { isInstanceType } from '../obj/class-lookup.js';
import { newFloat } from '../obj/float.js';
import { newInt, newIntFromUint32 } from '../obj/int.js';
import { getIntTruncated } from '../obj/number.js';
import { Q } from '../q.js';
import { raiseFormat, raiseType, raiseValueError } from '../raise.js';
import { defineModule, fun0, fun1, fun2, funVar, pyFun } from '../rom/define.js';
import { getFloat, getInt, lenMaybe, typeNameOf } from '../runtime.js';
import { tailCall2, tailSubscr } from '../tail.js';
import { Ty } from '../types.js';
import { type Addr, newQstrObj, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';

const N0 = 69;
const D0 = 233;

/** Where the state is: pad, n, d, dat. */
function stateOf(vm: Vm): number {
  return (vm.roots >> 2) + Root.Random;
}
function seed(vm: Vm, pad: number): void {
  const s = stateOf(vm);
  vm.i32[s] = pad;
  vm.i32[s + 1] = N0;
  vm.i32[s + 2] = D0;
  vm.i32[s + 3] = 0;
}

/** The next 32 bits, unsigned. */
function next(vm: Vm): number {
  const i32 = vm.i32;
  const s = stateOf(vm);
  let d = i32[s + 2] as number;
  let dat = i32[s + 3] as number;
  let pad = ((i32[s] as number) + dat + Math.imul(d, i32[s + 1] as number)) | 0;
  pad = ((pad << 3) + (pad >>> 29)) | 0;
  d ^= ((pad << 31) + (pad >>> 1)) | 0;
  dat = (dat ^ pad ^ (d >>> 8) ^ 1) & 0xff;
  i32[s] = pad;
  i32[s + 1] = pad | 2;
  i32[s + 2] = d;
  i32[s + 3] = dat;
  return (pad ^ (d << 5) ^ (pad >>> 18) ^ (dat << 1)) >>> 0;
}

/** A number below `n` (unsigned, not zero). */
function below(vm: Vm, n: number): number {
  let mask = 1;
  while ((n & mask) >>> 0 < n) mask = (mask << 1) | 1;
  for (;;) {
    const r = (next(vm) & mask) >>> 0;
    if (r < n) return r;
    vm.charge(1);
  }
}

/** A float from 0 up to 1, its fraction filled with random bits. */
function unit(vm: Vm): number {
  if (!vm.doubles) return (next(vm) & 0x7fffff) / 0x800000;
  const high = next(vm) & 0xfffff;
  return (high * 0x100000000 + next(vm)) / 2 ** 52;
}

function raiseBadRange(vm: Vm): never {
  raiseType(vm, Ty.ValueError);
}

function randrange(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  const a = args >> 2;
  const start = getInt(vm, vm.i32[a] as number);
  if (nArgs === 1) {
    if (start <= 0) raiseBadRange(vm);
    return newInt(vm, below(vm, start));
  }
  const stop = getInt(vm, vm.i32[a + 1] as number);
  if (nArgs === 2) {
    if (start >= stop) raiseBadRange(vm);
    return newInt(vm, (start + below(vm, (stop - start) >>> 0)) | 0);
  }
  const step = getInt(vm, vm.i32[a + 2] as number);
  if (step === 0) raiseBadRange(vm);
  // words wrap, as they do upstream
  const n = Math.trunc(((stop - start + step + (step > 0 ? -1 : 1)) | 0) / step);
  if (n <= 0) raiseBadRange(vm);
  return newInt(vm, (start + Math.imul(step, below(vm, n))) | 0);
}

/** choice() for what has its own `__len__` and `__getitem__`. */
const choiceOfObject = pyFun('_choice');

function choice(vm: Vm, seq: Obj): Obj {
  if (isInstanceType(vm, vm.typeOf(seq))) {
    const module = (vm.image.modules.get('random') as { addr: Addr }).addr;
    const globals = vm.i32[(module + ModuleOff.Globals) >> 2] as number;
    return tailCall2(vm, vm.addrOf(choiceOfObject), seq, dictGetQstr(vm, globals, newQstrObj(Q.randrange)));
  }
  const n = lenMaybe(vm, seq);
  if (n < 0) raiseFormat(vm, Ty.TypeError, "object of type '%s' has no len()", typeNameOf(vm, seq));
  if (n === 0) raiseType(vm, Ty.IndexError);
  return tailSubscr(vm, seq, newSmallInt(below(vm, n)), Word.Sentinel);
}

export const randomModule = defineModule({
  name: 'random',
  extensible: true,
  init(vm) {
    if (vm.i32[stateOf(vm) + 1] === 0) seed(vm, vm.entropy());
    return Word.None;
  },
  globals: {
    getrandbits: fun1((vm, bits) => {
      const n = getInt(vm, bits);
      if (n > 32 || n < 0) raiseValueError(vm, 'bits must be 32 or less');
      return n === 0 ? Word.Zero : newIntFromUint32(vm, next(vm) & (-1 >>> (32 - n)));
    }),
    seed: funVar(0, 1, (vm, nArgs, _nKw, args) => {
      const given = nArgs === 0 ? Word.None : (vm.i32[args >> 2] as number);
      seed(vm, given === Word.None ? vm.entropy() : getIntTruncated(vm, given));
      return Word.None;
    }),
    randrange: funVar(1, 3, randrange),
    randint: fun2((vm, aObj, bObj) => {
      const a = getInt(vm, aObj);
      const b = getInt(vm, bObj);
      if (a > b) raiseBadRange(vm);
      return newInt(vm, (a + below(vm, (b - a + 1) >>> 0)) | 0);
    }),
    choice: fun1(choice),
    random: fun0((vm) => newFloat(vm, unit(vm))),
    uniform: fun2((vm, aObj, bObj) => {
      const a = getFloat(vm, aObj);
      const b = getFloat(vm, bObj);
      return newFloat(vm, uniform(vm, a, b));
    }),
  },
});

function uniform(vm: Vm, a: number, b: number): number {
  if (vm.doubles) return a + (b - a) * unit(vm);
  const width = Math.fround(b - a);
  return Math.fround(a + Math.fround(width * unit(vm)));
}
