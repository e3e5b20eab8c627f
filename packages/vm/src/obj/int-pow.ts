/**
 * Powers of big ints, in the heap. Counterpart: mpz_pow_inpl, mpz_pow3_inpl of py/mpz.c.
 *
 * Both go through the exponent from its lowest bit up. Every product is made from a copy of its left factor, so the heap
 * sees an object and a block of digits come and go for each; that decides when memory runs out and is kept as it is.
 */
import { allocRem, MIN_ALLOC, Mpz, mpzDivMod, mpzMul, targetMpz, viewMpz } from '../num/mpz.js';
import type { Tick } from '../num/mpn.js';
import { raiseTypeError, raiseValueError } from '../raise.js';
import { Ty } from '../types.js';
import { type Addr, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';
import { allocBig, setDigits, setValue } from './int-big.js';

/** Size of the header of a temporary (it has no type word). */
const HEADER = 12;
/** In place of an address: the digits of a small int that are not in memory. */
const NO_DIGITS = -1;

/** A big int under construction; lives during one power only. */
class Work {
  header: Addr = 0;
  dig: Addr = 0;
  alloc = 0;
  len = 0;
  neg = false;
}

function need(vm: Vm, w: Work, n: number): void {
  const digits = n < MIN_ALLOC ? MIN_ALLOC : n;
  if (w.dig === 0 || w.alloc < digits) {
    w.dig = vm.realloc(w.dig, digits * 2);
    w.alloc = digits;
  }
}

function setOne(vm: Vm, w: Work): void {
  need(vm, w, 2);
  vm.u16[w.dig >> 1] = 1;
  w.len = 1;
  w.neg = false;
}

function clone(vm: Vm, src: Work): Work {
  const w = new Work();
  w.header = vm.alloc(HEADER);
  w.dig = vm.alloc(src.alloc * 2);
  w.alloc = src.alloc;
  w.len = src.len;
  w.neg = src.neg;
  vm.u16.copyWithin(w.dig >> 1, src.dig >> 1, (src.dig >> 1) + src.len);
  return w;
}

function release(vm: Vm, w: Work): void {
  vm.heap.free(w.dig);
  vm.heap.free(w.header);
}

function view(vm: Vm, w: Work): Mpz {
  return viewMpz(new Mpz(), vm.u16, w.dig >> 1, w.len, w.neg);
}

/** w *= x, which may be w itself. */
function multiply(vm: Vm, w: Work, x: Work, tick: Tick): void {
  if (w.len === 0 || x.len === 0) {
    w.len = 0;
    w.neg = false;
    return;
  }
  const left = clone(vm, w);
  const right = x === w ? left : x;
  need(vm, w, left.len + right.len);
  const z = targetMpz(new Mpz(), vm.u16, w.dig >> 1, w.alloc);
  mpzMul(z, view(vm, left), view(vm, right), tick);
  w.len = z.len;
  w.neg = z.neg;
  release(vm, left);
}

/** w %= mod; `quo` takes the quotient, which nobody wants. */
function reduce(vm: Vm, w: Work, quo: Work, mod: Work, tick: Tick): void {
  const x = view(vm, w);
  x.own();
  const m = view(vm, mod);
  need(vm, quo, x.len + 1);
  need(vm, w, x.len + 1);
  const alloc = allocRem(x, m);
  const early = alloc > Math.max(x.len + 1, MIN_ALLOC);
  if (early) {
    vm.alloc(4);
    need(vm, w, alloc);
  }
  const zq = targetMpz(new Mpz(), vm.u16, quo.dig >> 1, quo.alloc);
  const zr = targetMpz(new Mpz(), vm.u16, w.dig >> 1, w.alloc);
  mpzDivMod(zq, zr, x, m, tick);
  w.len = zr.len;
  w.neg = zr.neg;
  if (!early && x.neg !== m.neg && zr.len !== 0) vm.alloc(4);
}

/** An operand: a big int where it lies, a small one (`copySmall`: with digits on the heap). */
function operand(vm: Vm, o: Obj, copySmall: boolean): Work {
  const w = new Work();
  if ((o & 1) === 0) {
    const at = o >> 2;
    w.neg = ((vm.i32[at + 1] as number) & 1) !== 0;
    w.alloc = (vm.i32[at + 1] as number) >>> 2;
    w.len = vm.i32[at + 2] as number;
    w.dig = vm.i32[at + 3] as number;
    return w;
  }
  const v = o >> 1;
  if (v === 0) return w;
  w.neg = v < 0;
  w.alloc = 2;
  w.len = v > 0xffff || v < -0xffff ? 2 : 1;
  // `**` has the digits of a small operand on the C stack, pow() on the heap
  if (copySmall) {
    w.dig = vm.alloc(4);
    writeSmall(vm, w.dig, v);
  } else w.dig = NO_DIGITS;
  return w;
}

function writeSmall(vm: Vm, dig: Addr, v: number): void {
  const m = v < 0 ? -v : v;
  vm.u16[dig >> 1] = m;
  vm.u16[(dig >> 1) + 1] = m >>> 16;
}

/** A copy of an operand of `**`, whose small ones have no digits in memory. */
function cloneOperand(vm: Vm, w: Work, o: Obj): Work {
  if (w.dig !== NO_DIGITS) return clone(vm, w);
  const c = new Work();
  c.header = vm.alloc(HEADER);
  c.dig = vm.alloc(4);
  c.alloc = 2;
  c.len = w.len;
  c.neg = w.neg;
  writeSmall(vm, c.dig, o >> 1);
  return c;
}

function bitAt(vm: Vm, w: Work, i: number): number {
  return ((vm.u16[(w.dig >> 1) + (i >>> 4)] as number) >>> (i & 15)) & 1;
}
function topBit(vm: Vm, w: Work): number {
  return w.len * 16 + 15 - Math.clz32(vm.u16[(w.dig >> 1) + w.len - 1] as number);
}

function store(vm: Vm, res: Addr, w: Work): void {
  setDigits(vm, res, w.dig, w.alloc);
  setValue(vm, res, w.len, w.neg);
}

/** res = a ** b for ints with b not negative; `res` is an object without digits. */
export function powInto(vm: Vm, res: Addr, a: Obj, b: Obj): void {
  const base = operand(vm, a, false);
  const exponent = operand(vm, b, false);
  if (base.len === 0) return;
  const r = new Work();
  if (exponent.len === 0) {
    setOne(vm, r);
    store(vm, res, r);
    return;
  }
  const tick: Tick = (cost) => vm.charge(cost);
  const x = cloneOperand(vm, base, a);
  const n = cloneOperand(vm, exponent, b);
  setOne(vm, r);
  const last = topBit(vm, n);
  for (let i = 0; ; i++) {
    if (bitAt(vm, n, i) !== 0) multiply(vm, r, x, tick);
    if (i === last) break;
    multiply(vm, x, x, tick);
  }
  release(vm, x);
  release(vm, n);
  store(vm, res, r);
}

function isInt(vm: Vm, o: Obj): boolean {
  return (o & 1) !== 0 || ((o & 3) === 0 && vm.i32[o >> 2] === Ty.Int);
}

/** pow(a, b, m); the result is a big int object whatever its value. Raises TypeError for anything but ints. */
export function intPow3(vm: Vm, a: Obj, b: Obj, m: Obj): Obj {
  if (!isInt(vm, a) || !isInt(vm, b) || !isInt(vm, m)) raiseTypeError(vm, 'pow() with 3 arguments requires integers');
  if (m === Word.Zero) raiseValueError(vm, 'divide by zero');
  const res = allocBig(vm);
  const base = operand(vm, a, true);
  const exponent = operand(vm, b, true);
  const mod = operand(vm, m, true);
  const r = new Work();
  power3(vm, r, base, exponent, mod);
  if ((a & 1) !== 0) vm.heap.free(base.dig);
  if ((b & 1) !== 0) vm.heap.free(exponent.dig);
  if ((m & 1) !== 0) vm.heap.free(mod.dig);
  if (r.dig !== 0) store(vm, res, r);
  return res;
}

function power3(vm: Vm, r: Work, base: Work, exponent: Work, mod: Work): void {
  if (exponent.neg || (mod.len === 1 && vm.u16[mod.dig >> 1] === 1)) return;
  setOne(vm, r);
  if (exponent.len === 0) {
    if (mod.neg) addMod(vm, r, mod);
    return;
  }
  if (base.len === 0) {
    r.len = 0;
    return;
  }
  const tick: Tick = (cost) => vm.charge(cost);
  const x = clone(vm, base);
  const n = clone(vm, exponent);
  const quo = new Work();
  const last = topBit(vm, n);
  for (let i = 0; ; i++) {
    if (bitAt(vm, n, i) !== 0) {
      multiply(vm, r, x, tick);
      reduce(vm, r, quo, mod, tick);
    }
    if (i === last) break;
    multiply(vm, x, x, tick);
    reduce(vm, x, quo, mod, tick);
  }
  if (quo.dig !== 0) vm.heap.free(quo.dig);
  release(vm, x);
  release(vm, n);
}

/** r = 1 + mod for a negative mod: its magnitude less one. */
function addMod(vm: Vm, r: Work, mod: Work): void {
  need(vm, r, mod.len);
  const u16 = vm.u16;
  const from = mod.dig >> 1;
  const to = r.dig >> 1;
  let borrow = 1;
  let len = 0;
  for (let i = 0; i < mod.len; i++) {
    const d = (u16[from + i] as number) - borrow;
    borrow = d < 0 ? 1 : 0;
    u16[to + i] = d;
    if ((d & 0xffff) !== 0) len = i + 1;
  }
  r.len = len;
  r.neg = len !== 0;
}
