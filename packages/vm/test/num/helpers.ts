import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Mpz, readMpz } from '../../src/num/mpz.js';

/** A big int of this value. */
export function mpz(v: bigint): Mpz {
  const digits: number[] = [];
  for (let m = v < 0n ? -v : v; m > 0n; m >>= 16n) {
    digits.push(Number(m & 0xffffn));
  }
  return readMpz(Uint16Array.from(digits), 0, digits.length, v < 0n);
}

/** The value of a big int. */
export function big(z: Mpz): bigint {
  let v = 0n;
  for (let i = z.len - 1; i >= 0; i--) {
    v = (v << 16n) | BigInt(z.dig[z.off + i]);
  }
  return z.neg ? -v : v;
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

export function goldenLines(name: string): string[] {
  const path = fileURLToPath(new URL(`golden/${name}`, import.meta.url));
  return readFileSync(path, 'latin1').trimEnd().split('\n');
}

const view = new DataView(new ArrayBuffer(8));

export function doubleOf(hex: string): number {
  view.setBigUint64(0, BigInt(`0x${hex}`));
  return view.getFloat64(0);
}
export function singleOf(hex: string): number {
  view.setUint32(0, Number.parseInt(hex, 16));
  return view.getFloat32(0);
}
export function bitsOfDouble(x: number): string {
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16);
}
export function bitsOfSingle(x: number): string {
  view.setFloat32(0, x);
  return view.getUint32(0).toString(16);
}
