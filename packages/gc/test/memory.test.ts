import { describe, expect, it } from 'vitest';
import { HeapError, LinearMemory } from '../src/index.js';

describe('LinearMemory', () => {
  it('shows the same bytes through each view', () => {
    const memory = new LinearMemory(64);
    memory.i32[4] = -2;
    expect(Array.from(memory.u8.subarray(16, 20))).toEqual([0xfe, 0xff, 0xff, 0xff]);
    expect(memory.i8[16]).toBe(-2);
    expect(memory.u16[8]).toBe(0xfffe);
    expect(memory.i16[8]).toBe(-2);
    expect(memory.u32[4]).toBe(0xffff_fffe);
    memory.f64[4] = 1.5;
    expect(memory.view.getFloat64(32, true)).toBe(1.5);
    memory.f32[4] = 0.25;
    expect(memory.view.getUint32(16, true)).toBe(0x3e80_0000);
  });

  it('saves a copy and loads it back in place', () => {
    const memory = new LinearMemory(32);
    memory.u8[5] = 7;
    const saved = memory.save();
    const { i32 } = memory;
    memory.u8[5] = 8;
    expect(saved[5]).toBe(7);
    memory.load(saved);
    expect(i32[1]).toBe(7 << 8);
  });

  it.each([0, -16, 24, 16.5, Number.NaN, 2 ** 31])('refuses a size of %d', (size) => {
    expect(() => new LinearMemory(size)).toThrow(HeapError);
  });

  it('refuses a saved content of another size', () => {
    expect(() => new LinearMemory(32).load(new Uint8Array(16))).toThrow('memory-size: expected 32 bytes, got 16');
  });
});
