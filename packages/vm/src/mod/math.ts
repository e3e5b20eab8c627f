/**
 * math. Counterpart: py/modmath.c.
 *
 * A result that is NaN or infinite without an argument being so is a ValueError. Results are rounded to the width of the
 * board's floats; sines and their kin come from the JavaScript engine, powers and logarithms from `num/powlog.ts`.
 */
import { BinaryOp } from '@tsmp-internal/bytecode';
import { roundTo } from '../num/float-kind.js';
import {
  copySign,
  frexp,
  frexpFraction,
  isClose,
  isDomainError,
  isDomainError2,
  ldexp,
  modf,
  modfWhole,
} from '../num/fmath.js';
import { exp, log, log10, log2, overLog, pow } from '../num/powlog.js';
import { erf, erfc, gamma, lgamma } from '../num/special.js';
import { ArgKind, parseArgs } from '../obj/arg-parse.js';
import { newFloat } from '../obj/float.js';
import { intBinary } from '../obj/int.js';
import { newInt, raiseZeroDivision } from '../obj/int-big.js';
import { floatKind, newIntFromFloat } from '../obj/number.js';
import { newTuple2 } from '../obj/tuple2.js';
import { raiseValueError } from '../raise.js';
import { defineModule, type FunDef, fun1, fun2, funKw, funVar, romFloat } from '../rom/define.js';
import { getFloat, getInt } from '../runtime.js';
import { type Addr, newBool, newSmallInt, type Obj, Word } from '../words.js';
import type { Vm } from '../vm.js';

type Real1 = (x: number) => number;
type Real2 = (x: number, y: number) => number;

function raiseDomain(vm: Vm): never {
  raiseValueError(vm, 'math domain error');
}

function real1(f: Real1): FunDef {
  return fun1((vm, a) => {
    const x = getFloat(vm, a);
    const r = roundTo(floatKind(vm), f(x));
    if (isDomainError(x, r)) raiseDomain(vm);
    return newFloat(vm, r);
  });
}
function real2(f: Real2): FunDef {
  return fun2((vm, a, b) => {
    const x = getFloat(vm, a);
    const y = getFloat(vm, b);
    const r = roundTo(floatKind(vm), f(x, y));
    if (isDomainError2(x, y, r)) raiseDomain(vm);
    return newFloat(vm, r);
  });
}
function test(f: (x: number) => boolean): FunDef {
  return fun1((vm, a) => newBool(f(getFloat(vm, a))));
}
function whole(f: Real1): FunDef {
  return fun1((vm, a) => newIntFromFloat(vm, f(getFloat(vm, a))));
}

function mathLog(vm: Vm, nArgs: number, _nKw: number, args: Addr): Obj {
  const kind = floatKind(vm);
  const x = getFloat(vm, vm.i32[args >> 2] as Obj);
  if (x <= 0) raiseDomain(vm);
  const l = roundTo(kind, log(x));
  if (nArgs === 1) return newFloat(vm, l);
  const base = getFloat(vm, vm.i32[(args >> 2) + 1] as Obj);
  if (base <= 0) raiseDomain(vm);
  if (base === 1) raiseZeroDivision(vm);
  // an i386 processor keeps the second logarithm in a register, where a double has more bits than in memory
  if (vm.doubles && vm.profile.platform === 'linux') return newFloat(vm, overLog(l, base));
  return newFloat(vm, l / roundTo(kind, log(base)));
}

function mathLdexp(vm: Vm, a: Obj, b: Obj): Obj {
  const e = getInt(vm, b);
  return newFloat(vm, ldexp(getFloat(vm, a), e, floatKind(vm)));
}

function mathFrexp(vm: Vm, a: Obj): Obj {
  const exponent = frexp(getFloat(vm, a));
  return newTuple2(vm, newFloat(vm, frexpFraction), newInt(vm, exponent));
}

function mathModf(vm: Vm, a: Obj): Obj {
  const fraction = modf(getFloat(vm, a));
  const integer = modfWhole;
  const f = newFloat(vm, fraction);
  return newTuple2(vm, f, newFloat(vm, integer));
}

function mathRadians(vm: Vm, a: Obj): Obj {
  const kind = floatKind(vm);
  return newFloat(vm, getFloat(vm, a) * roundTo(kind, roundTo(kind, Math.PI) / 180));
}
function mathDegrees(vm: Vm, a: Obj): Obj {
  const kind = floatKind(vm);
  return newFloat(vm, getFloat(vm, a) * roundTo(kind, 180 / roundTo(kind, Math.PI)));
}

const IS_CLOSE = [
  { name: 'rel_tol', kind: ArgKind.Obj, kwOnly: true, value: Word.Null },
  { name: 'abs_tol', kind: ArgKind.Obj, kwOnly: true, value: Word.Zero },
] as const;

function mathIsClose(vm: Vm, nArgs: number, nKw: number, args: Addr): Obj {
  const [rel, abs] = parseArgs(vm, IS_CLOSE, nArgs - 2, nKw, args + 8) as [Obj, Obj];
  const a = getFloat(vm, vm.i32[args >> 2] as Obj);
  const b = getFloat(vm, vm.i32[(args >> 2) + 1] as Obj);
  const kind = floatKind(vm);
  const relTol = rel === Word.Null ? roundTo(kind, 1e-9) : getFloat(vm, rel);
  const absTol = getFloat(vm, abs);
  if (relTol < 0 || absTol < 0) raiseDomain(vm);
  return newBool(isClose(a, b, relTol, absTol, kind));
}

function mathFactorial(vm: Vm, a: Obj): Obj {
  const n = getInt(vm, a);
  if (n < 0) raiseValueError(vm, 'negative factorial');
  return n === 0 ? newSmallInt(1) : product(vm, 1, n);
}

/** first · … · last, by halves; what has been multiplied is released to the collector. */
function product(vm: Vm, first: number, last: number): Obj {
  if (first === last) return newInt(vm, first);
  const mark = vm.heap.logTop;
  let r: Obj;
  if (last - first < 3) {
    r = newSmallInt(first);
    for (let i = first + 1; i <= last; i++) r = intBinary(vm, BinaryOp.Multiply, r, newSmallInt(i));
  } else {
    const middle = first + ((last - first) >>> 1);
    const low = product(vm, first, middle);
    r = intBinary(vm, BinaryOp.Multiply, low, product(vm, middle + 1, last));
  }
  vm.heap.logTop = mark;
  return vm.keep(r);
}

/** `math`. */
export const mathModule = defineModule({
  name: 'math',
  globals: {
    e: romFloat(Math.E),
    pi: romFloat(Math.PI),
    tau: romFloat(2 * Math.PI),
    inf: romFloat(Number.POSITIVE_INFINITY),
    nan: romFloat(Number.NaN),
    sqrt: real1(Math.sqrt),
    pow: real2(pow),
    exp: real1(exp),
    expm1: real1(Math.expm1),
    log: funVar(1, 2, mathLog),
    log2: real1(log2),
    log10: real1(log10),
    cosh: real1(Math.cosh),
    sinh: real1(Math.sinh),
    tanh: real1(Math.tanh),
    acosh: real1(Math.acosh),
    asinh: real1(Math.asinh),
    atanh: real1(Math.atanh),
    cos: real1(Math.cos),
    sin: real1(Math.sin),
    tan: real1(Math.tan),
    acos: real1(Math.acos),
    asin: real1(Math.asin),
    atan: real1(Math.atan),
    atan2: real2(Math.atan2),
    ceil: whole(Math.ceil),
    copysign: real2(copySign),
    fabs: real1(Math.abs),
    floor: whole(Math.floor),
    fmod: real2((x, y) => x % y),
    frexp: fun1(mathFrexp),
    ldexp: fun2(mathLdexp),
    modf: fun1(mathModf),
    isfinite: test((x) => x - x === 0),
    isinf: test((x) => x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY),
    isnan: test((x) => x !== x),
    isclose: funKw(2, mathIsClose),
    trunc: whole(Math.trunc),
    radians: fun1(mathRadians),
    degrees: fun1(mathDegrees),
    factorial: fun1(mathFactorial),
    erf: real1(erf),
    erfc: real1(erfc),
    gamma: real1(gamma),
    lgamma: real1(lgamma),
  },
});
