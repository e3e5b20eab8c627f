/**
 * cmath. Counterpart: py/modcmath.c. Every step rounds to the width of the board's floats.
 */
import { type FloatKind, roundTo } from '../num/float-kind.js';
import { exp, log, log10, pow } from '../num/powlog.js';
import { complexAbs, newComplex } from '../obj/complex.js';
import { newFloat } from '../obj/float.js';
import { complexParts, floatKind, getComplex } from '../obj/number.js';
import { newTuple2 } from '../obj/tuple2.js';
import { defineModule, fun1, fun2, romFloat } from '../rom/define.js';
import { getFloat } from '../runtime.js';
import type { Obj } from '../words.js';
import type { Vm } from '../vm.js';

function cos(kind: FloatKind, x: number): number {
  return roundTo(kind, Math.cos(x));
}
function sin(kind: FloatKind, x: number): number {
  return roundTo(kind, Math.sin(x));
}
/** re² + im². */
function square(kind: FloatKind, re: number, im: number): number {
  return roundTo(kind, roundTo(kind, re * re) + roundTo(kind, im * im));
}

function phase(vm: Vm, z: Obj): Obj {
  getComplex(vm, z);
  return newFloat(vm, Math.atan2(complexParts.imag, complexParts.real));
}

function polar(vm: Vm, z: Obj): Obj {
  getComplex(vm, z);
  const re = complexParts.real;
  const im = complexParts.imag;
  const abs = newFloat(vm, complexAbs(floatKind(vm), re, im));
  return newTuple2(vm, abs, newFloat(vm, Math.atan2(im, re)));
}

function rect(vm: Vm, r: Obj, phi: Obj): Obj {
  const kind = floatKind(vm);
  const size = getFloat(vm, r);
  const angle = getFloat(vm, phi);
  return newComplex(vm, size * cos(kind, angle), size * sin(kind, angle));
}

function cExp(vm: Vm, z: Obj): Obj {
  getComplex(vm, z);
  const kind = floatKind(vm);
  const size = roundTo(kind, exp(complexParts.real));
  return newComplex(vm, size * cos(kind, complexParts.imag), size * sin(kind, complexParts.imag));
}

function cLog(vm: Vm, z: Obj): Obj {
  getComplex(vm, z);
  const kind = floatKind(vm);
  const re = complexParts.real;
  const im = complexParts.imag;
  return newComplex(vm, 0.5 * roundTo(kind, log(square(kind, re, im))), Math.atan2(im, re));
}

function cLog10(vm: Vm, z: Obj): Obj {
  getComplex(vm, z);
  const kind = floatKind(vm);
  const re = complexParts.real;
  const im = complexParts.imag;
  return newComplex(
    vm,
    0.5 * roundTo(kind, log10(square(kind, re, im))),
    roundTo(kind, 0.4342944819032518) * roundTo(kind, Math.atan2(im, re)),
  );
}

function cSqrt(vm: Vm, z: Obj): Obj {
  getComplex(vm, z);
  const kind = floatKind(vm);
  const re = complexParts.real;
  const im = complexParts.imag;
  const size = roundTo(kind, pow(square(kind, re, im), 0.25));
  const angle = 0.5 * roundTo(kind, Math.atan2(im, re));
  return newComplex(vm, size * cos(kind, angle), size * sin(kind, angle));
}

function cCos(vm: Vm, z: Obj): Obj {
  getComplex(vm, z);
  const kind = floatKind(vm);
  const re = complexParts.real;
  const im = complexParts.imag;
  return newComplex(vm, cos(kind, re) * roundTo(kind, Math.cosh(im)), -sin(kind, re) * roundTo(kind, Math.sinh(im)));
}

function cSin(vm: Vm, z: Obj): Obj {
  getComplex(vm, z);
  const kind = floatKind(vm);
  const re = complexParts.real;
  const im = complexParts.imag;
  return newComplex(vm, sin(kind, re) * roundTo(kind, Math.cosh(im)), cos(kind, re) * roundTo(kind, Math.sinh(im)));
}

/** `cmath`. */
export const cmathModule = defineModule({
  name: 'cmath',
  globals: {
    e: romFloat(Math.E),
    pi: romFloat(Math.PI),
    phase: fun1(phase),
    polar: fun1(polar),
    rect: fun2(rect),
    exp: fun1(cExp),
    log: fun1(cLog),
    log10: fun1(cLog10),
    sqrt: fun1(cSqrt),
    cos: fun1(cCos),
    sin: fun1(cSin),
  },
});
