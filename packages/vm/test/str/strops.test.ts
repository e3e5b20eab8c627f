import { describe, expect, it } from 'vitest';
import { BinaryOp } from '@tsmp-internal/bytecode';
import { compareBytes, findBytes, hexBytes, repeatBytes, sameBytes } from '../../src/strops.js';
import type { Vm } from '../../src/vm.js';

/** What has a clock that such short searches do not use. */
const UNCHARGED = {} as Vm;

/** Memory with two texts in it. */
function memory(a: string, b: string): { u8: Uint8Array; a: number; b: number } {
  const u8 = new Uint8Array(64);
  u8.set(Buffer.from(a), 4);
  u8.set(Buffer.from(b), 40);
  return { u8, a: 4, b: 40 };
}
function find(hay: string, needle: string, direction: number): number {
  const m = memory(hay, needle);
  const at = findBytes(UNCHARGED, m.u8, m.a, hay.length, m.b, needle.length, direction);
  return at < 0 ? -1 : at - m.a;
}

describe('findBytes', () => {
  it('agrees with indexOf and lastIndexOf', () => {
    const letters = ['', 'a', 'b', 'ab', 'ba', 'aa', 'aab', 'abab', 'abba', 'aaab', 'bbbbbb'];
    for (const hay of letters) {
      for (const needle of letters) {
        expect(find(hay, needle, 1)).toBe(hay.indexOf(needle));
        expect(find(hay, needle, -1)).toBe(hay.lastIndexOf(needle));
      }
    }
  });
});

describe('compareBytes', () => {
  it('orders as JavaScript orders ASCII text', () => {
    const words = ['', 'a', 'ab', 'b', 'abc', 'abd', 'B'];
    for (const x of words) {
      for (const y of words) {
        const m = memory(x, y);
        const i32 = new Int32Array(m.u8.buffer);
        const cmp = (op: number): boolean => compareBytes(m.u8, i32, op, m.a, x.length, m.b, y.length);
        expect(cmp(BinaryOp.Equal)).toBe(x === y);
        expect(cmp(BinaryOp.Less)).toBe(x < y);
        expect(cmp(BinaryOp.LessEqual)).toBe(x <= y);
        expect(cmp(BinaryOp.More)).toBe(x > y);
        expect(cmp(BinaryOp.MoreEqual)).toBe(x >= y);
      }
    }
  });
  it('compares bytes without sign', () => {
    const u8 = Uint8Array.from([0x7f, 0x80, 0, 0]);
    expect(compareBytes(u8, new Int32Array(u8.buffer), BinaryOp.Less, 0, 1, 1, 1)).toBe(true);
  });
  it('finds a difference anywhere, at any alignment', () => {
    const u8 = new Uint8Array(64);
    const i32 = new Int32Array(u8.buffer);
    for (let a = 0; a < 4; a++) {
      for (let b = 32; b < 36; b++) {
        for (let at = 0; at < 13; at++) {
          u8.fill(0);
          u8[a + at] = 0x80;
          for (let n = 0; n < 16; n++) {
            expect(sameBytes(u8, i32, a, b, n)).toBe(n <= at);
            expect(compareBytes(u8, i32, BinaryOp.More, a, n, b, n)).toBe(n > at);
            expect(compareBytes(u8, i32, BinaryOp.Less, a, n, b, 16)).toBe(n <= at);
          }
        }
      }
    }
  });
});

describe('repeatBytes', () => {
  it('fills exactly the room it is given', () => {
    for (const text of ['x', 'ab', 'abc']) {
      for (let n = 0; n < 9; n++) {
        const m = memory(text, '');
        repeatBytes(m.u8, m.a, text.length, n, 16);
        expect(Buffer.from(m.u8.subarray(16, 16 + text.length * n)).toString()).toBe(text.repeat(n));
        expect(m.u8[16 + text.length * n]).toBe(0);
      }
    }
  });
});

describe('hexBytes', () => {
  it('puts the separator between bytes only', () => {
    const u8 = new Uint8Array(32);
    u8.set([0, 0xab, 0xff]);
    expect(Buffer.from(u8.subarray(8, hexBytes(u8, 0, 3, 0x3a, 8))).toString()).toBe('00:ab:ff');
    expect(Buffer.from(u8.subarray(8, hexBytes(u8, 0, 3, -1, 8))).toString()).toBe('00abff');
  });
});
