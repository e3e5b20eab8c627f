import { Heap, LinearMemory } from '@tsmp/gc';
import { describe, expect, it } from 'vitest';
import { StrOff } from '../../src/layout.js';
import { hashBytes } from '../../src/qstr.js';
import { Ty } from '../../src/types.js';
import { Vstr, vstrGrowth } from '../../src/vstr.js';
import type { Vm } from '../../src/vm.js';

/** As much of a VM as a Vstr needs: memory and a heap, no qstrs. */
function smallVm(): { vm: Vm; heap: Heap } {
  const memory = new LinearMemory(1 << 16);
  const heap = new Heap(memory, 256, 1 << 16, { markRoots() {}, finalise() {} });
  const vm = {
    u8: memory.u8,
    i32: memory.i32,
    heap,
    qstrs: { find: () => 0, lastHash: 0 },
    alloc: (n: number) => heap.alloc(n),
    realloc: (p: number, n: number) => heap.realloc(p, n, true),
    allocObj(n: number, type: number): number {
      const p = heap.alloc(n);
      memory.i32[p >> 2] = type;
      return p;
    },
  };
  return { vm: vm as unknown as Vm, heap };
}
const textOf = (vm: Vm, at: number, len: number): string => Buffer.from(vm.u8.subarray(at, at + len)).toString();

describe('Vstr', () => {
  it('grows by rounded steps', () => {
    expect([1, 7, 8, 9, 16, 17].map(vstrGrowth)).toEqual([24, 24, 32, 32, 40, 40]);
    const { vm } = smallVm();
    const v = new Vstr(vm, 16);
    for (let i = 0; i < 16; i++) v.writeByte(65 + i);
    expect(v.alloc).toBe(16);
    v.write('x');
    expect(v.alloc).toBe(40);
    expect(textOf(vm, v.buf, v.len)).toBe('ABCDEFGHIJKLMNOPx');
  });
  it('takes bytes from anywhere and text as UTF-8', () => {
    const { vm } = smallVm();
    const v = new Vstr(vm, 1);
    v.write('aé');
    v.addChar(0x20ac);
    v.addChar(0x1f600);
    v.writeBytes(Buffer.from('0123456789012345678901234567890'), 1, 31);
    v.writeBytes(vm.u8, v.buf, v.buf + 3);
    expect(textOf(vm, v.buf, v.len)).toBe('aé€😀123456789012345678901234567890aé');
    v.cutTail(3);
    v.cutTail(1000);
    expect(v.len).toBe(0);
  });
  it('becomes an object that ends with a zero byte and has exactly the room it needs', () => {
    const { vm, heap } = smallVm();
    const v = new Vstr(vm, 100);
    v.write('hello');
    const data = v.buf;
    const o = v.toObject(Ty.Bytes);
    expect(vm.i32[o >> 2]).toBe(Ty.Bytes);
    expect(vm.i32[(o + StrOff.Hash) >> 2]).toBe(hashBytes(Buffer.from('hello'), 0, 5));
    expect(vm.i32[(o + StrOff.Len) >> 2]).toBe(5);
    expect(vm.i32[(o + StrOff.Data) >> 2]).toBe(data);
    expect(vm.u8[data + 5]).toBe(0);
    expect(heap.nbytes(data)).toBe(16);
    expect(v.buf).toBe(0);
  });
  it('keeps its buffer alive through collections, also after it moved', () => {
    const { vm, heap } = smallVm();
    const v = new Vstr(vm, 16);
    v.write('0123456789abcde');
    heap.alloc(16);
    const mark = heap.logTop;
    const before = v.buf;
    v.write('0123456789abcde');
    expect(v.buf).not.toBe(before);
    heap.logTop = mark;
    heap.collect();
    expect(heap.nbytes(v.buf)).toBeGreaterThan(0);
    expect(textOf(vm, v.buf, v.len)).toBe('0123456789abcde0123456789abcde');
  });
  it('refuses text that is not UTF-8 only when asked', () => {
    const { vm } = smallVm();
    const v = new Vstr(vm, 4);
    v.writeByte(0xff);
    const o = v.toStrUnchecked();
    expect(vm.i32[o >> 2]).toBe(Ty.Str);
  });
});
