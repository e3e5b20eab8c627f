/** Functions that wasm.test.mjs runs as JavaScript and as WebAssembly. */
import { mulAdd, smallProduct, toInt, unsignedModulo } from '../../../packages/vm/src/wide.js';

export type Double = number;

export class Vm {
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly i32: Int32Array;
  readonly f64: Float64Array;
  readonly size: number;
  readonly self: Vm | null = this;
  readonly log: string[] = [];
  // biome-ignore lint/complexity/noBannedTypes: natives of every signature.
  readonly fns: Function[] = [nativeSum];

  constructor(readonly buffer: ArrayBuffer) {
    this.u8 = new Uint8Array(buffer);
    this.u16 = new Uint16Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.size = 1024;
  }
  get count(): number {
    return this.i32[0] as number;
  }
  set count(v: number) {
    this.i32[0] = v;
  }
  double(n: number): number {
    return n * 2;
  }
}

function nativeSum(_vm: Vm, a: number, b: number): number {
  return a + b;
}

const PRIMES = [2, 3, 5, 7, 11];
const enum Kind {
  A = 1,
  B = 2,
  C = 200,
}

/** A variable of the module. */
let last = 0;

export function arithmetic(_vm: Vm, a: number, b: number): number {
  let r = (a + b) ^ (a - b);
  r = (r << 3) | (r >>> 29);
  r = (r + (Math.imul(a, b) & ~b)) | 0;
  r = (r - -a) | 0;
  if (b !== 0) r ^= (a / b) | 0;
  if (b > 0) r = (r + (a % b)) | 0;
  return ((r >> 1) + Math.clz32(a) + Math.min(a, b) - Math.max(a, b)) | 0;
}

export function unsigned(_vm: Vm, a: number, b: number): boolean {
  return (a - b) >>> 0 < 1000 || a >>> 0 > b >>> 0;
}

export function floats(vm: Vm, a: number, b: number): number {
  const x: Double = a / 3;
  let y: Double = b;
  y = Math.sqrt(Math.abs(y)) + x * 0.5 - 1;
  vm.f64[2] = -y;
  return vm.f64[2] < (y as number) ? 1 : x === 1 ? 2 : 3;
}

export function flow(vm: Vm, a: number, b: number): number {
  let r = 0;
  outer: for (let i = 0; i < 20; i++) {
    switch ((a + i) & 7) {
      case Kind.A:
        r += 1;
        continue outer;
      // biome-ignore lint/suspicious/noFallthroughSwitchClause: that is what is tested.
      case Kind.B:
        r += 10;
      case 3:
        r += 100;
        break;
      case 5:
        if (i > b) break outer;
        r ^= i;
        break;
      default:
        r--;
    }
    r = Math.imul(r, 3);
    let j = 0;
    while (true) {
      if (++j > 3) break;
      if (j === 2) continue;
      r += j;
    }
    do r++;
    while ((r & 3) !== 0);
    again: {
      if (r % 5 === 0) break again;
      r += 7;
    }
  }
  switch (a) {
    case Kind.C:
      return -1;
    case 5000:
      return -2;
  }
  for (let p = 0, q = 10; p < q; p += 2, q--) r += p ^ q;
  return (r + vm.double(r & 0xffff) + vm.size) | 0;
}

export function memory(vm: Vm, a: number, b: number): number {
  const { i32, u8 } = vm;
  let p = 16;
  i32[p++] = a;
  i32[++p] = b;
  i32[p + 1] = i32[p] = i32[16] as number;
  (i32[20] as number) === a ? p++ : p--;
  u8[100] = a;
  vm.u16[60] = b;
  i32[30] = (u8[100] as number) + (vm.u16[60] as number);
  i32[30]++;
  i32[31] = (i32[30] as number) + 5;
  i32.fill(0, 40, 44);
  i32.copyWithin(40, 16, 20);
  vm.count = a & 15;
  vm.count += 2;
  vm.count++;
  return ((i32[40] as number) ^ (i32[31] as number)) + p + vm.count;
}

/** Its variables are kept as addresses. */
export function indexes(vm: Vm, a: number, b: number): number {
  const { i32, u16 } = vm;
  let at = 64;
  let half = 100;
  const end = at + (a & 3);
  i32[at] = a;
  i32[++at] = b;
  i32[at++] = (i32[at - 2] as number) ^ b;
  i32[at + (b & 3)] = at;
  at -= 1;
  at += (a & 1) + 2;
  i32[--at] = end - at;
  u16[half] = b;
  half += 3;
  u16[half--] = half;
  const from = ((i32[65] as number) & 0xff) >> 2;
  at = from + at;
  for (let i = at; i < end + 80; i++) i32[i] = (i32[i] as number) + half;
  at = at > 100 ? end : at + 1;
  let t = 0;
  t = at;
  return (t + half + (at << 1) + (i32[at] as number) + (at & 3)) | 0;
}

/** Numbers of 64 bits, of operands in memory and in variables. */
export function wide(vm: Vm, a: number, b: number): number {
  const { i32 } = vm;
  i32[48] = a;
  i32[49] = b;
  const carry = mulAdd(i32, 48, i32[49] as number, i32[48] as number, 7);
  const high = mulAdd(i32, 50, a, b, carry);
  const x: Double = a / 16;
  return (carry ^ high ^ toInt(x) ^ smallProduct((a << 1) | 1, (b << 1) | 1) ^ unsignedModulo(a, b | 1)) | 0;
}

export function conditions(_vm: Vm, a: number, b: number): boolean {
  const both = a > 0 && b > 0;
  const either = a < 0 || b < 0 || (a === b && !both);
  return both !== either ? a !== 7 : !either;
}

function next(n: number): number {
  last = (n + 1) | 0;
  return last << 1;
}

export function variables(_vm: Vm, a: number, b: number): number {
  return (next(a) + last + next(b) + last) | 0;
}

export function tables(_vm: Vm, a: number, b: number): number {
  return (PRIMES[a & 3] as number) * PRIMES.length + b;
}

/** Numbers go out, texts stay in JavaScript. */
export function outlined(vm: Vm, a: number, b: number): number {
  const sum = (a + b) | 0;
  vm.log.push(`sum ${sum} of ${a}`);
  return vm.log.length + (vm.log.includes(`sum ${sum} of ${a}`) ? 1 : 0);
}

/** Variables of WebAssembly's own, which no expression that stays in JavaScript may read. */
const span = { from: 0, to: 0 };
export function own(_vm: Vm, a: number, b: number): number {
  span.from = a;
  span.to = b;
  return span.from - span.to;
}
export function notOwn(vm: Vm, a: number, _b: number): number {
  span.from = a;
  vm.log.push(`from ${span.from}`);
  return vm.log.length;
}

/** What there may not be for JavaScript, WebAssembly has; arrays are the memory. */
export function identities(vm: Vm, a: number, b: number): number {
  return (vm.self === null ? a : b) + (vm.self !== null ? a : 1) + sameArray(vm, vm.i32);
}
function sameArray(vm: Vm, words: Int32Array): number {
  return words !== vm.i32 ? 1000 : words === vm.i32 ? 1 : 2000;
}

export function natives(vm: Vm, a: number, b: number): number {
  return (vm.fns[0] as typeof nativeSum)(vm, a, b);
}

export function fails(vm: Vm, a: number, b: number): number {
  if (a > b) throw new RangeError(`${a} is more`);
  vm.log.push('fine');
  return 0;
}
