import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROFILES } from '@tsmp/vm';
import { decodeFirmware, decodeUf2, encodeUf2, MachineUsageError, UF2_RP2040 } from '../src/index.js';

/** The error code of what `work` throws. */
function codeOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (e) {
    if (e instanceof MachineUsageError) return e.code;
    throw e;
  }
  return undefined;
}

describe('UF2', () => {
  it('has blocks as the specification says', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => i);
    const file = encodeUf2({ family: UF2_RP2040, parts: [{ address: 0x10000000, bytes }], comment: new Uint8Array(0) });
    expect(file.length).toBe(1024);
    const view = new DataView(file.buffer);
    const words = (at: number): number[] => Array.from({ length: 8 }, (_, i) => view.getUint32(at + 4 * i, true));
    expect(words(0)).toEqual([0x0a324655, 0x9e5d5157, 0x2000, 0x10000000, 256, 0, 2, 0xe48bff56]);
    expect(words(512)).toEqual([0x0a324655, 0x9e5d5157, 0x2000, 0x10000100, 256, 1, 2, 0xe48bff56]);
    expect(view.getUint32(508, true)).toBe(0x0ab16f30);
    expect(file.subarray(512 + 32, 512 + 32 + 44)).toEqual(bytes.subarray(256));
  });

  it('comes back as it was', () => {
    const pages = fc.uniqueArray(fc.nat(40), { maxLength: 8 });
    fc.assert(
      fc.property(pages, fc.uint8Array({ minLength: 1, maxLength: 900 }), (numbers, comment) => {
        const parts = numbers.map((n) => ({ address: n * 256, bytes: new Uint8Array(256).fill(n) }));
        const back = decodeUf2(encodeUf2({ family: 7, parts, comment }));
        expect(back.comment).toEqual(comment);
        const flash = new Map<number, number>();
        for (const { address, bytes } of back.parts) bytes.forEach((b, i) => flash.set(address + i, b));
        expect(flash.size).toBe(256 * parts.length);
        for (const n of numbers) expect(flash.get(n * 256 + 255)).toBe(n);
        // neighbours are one part
        const starts = back.parts.map((p) => p.address);
        for (const p of back.parts) expect(starts).not.toContain(p.address + p.bytes.length);
      }),
    );
  });

  it('says what is wrong with a file', () => {
    const good = encodeUf2({
      family: 1,
      parts: [{ address: 0, bytes: new Uint8Array(512) }],
      comment: Uint8Array.of(1),
    });
    expect(codeOf(() => decodeUf2(new Uint8Array(512)))).toBe('not-uf2');
    expect(codeOf(() => decodeUf2(good.subarray(0, 700)))).toBe('uf2-damaged');
    expect(codeOf(() => decodeUf2(good.subarray(0, 1024)))).toBe('uf2-damaged');
    expect(codeOf(() => encodeUf2({ family: 1, parts: [{ address: 4, bytes: good }], comment: good }))).toBe(
      'uf2-address',
    );
    expect(codeOf(() => decodeFirmware(good, PROFILES))).toBe('not-firmware');
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, x) => {
        const bad = good.slice();
        bad[at] = (bad[at] as number) ^ x;
        // a changed byte is seen, or is payload, address, family or padding; nothing else is ever thrown
        expect([undefined, 'not-uf2', 'uf2-damaged']).toContain(codeOf(() => decodeUf2(bad)));
      }),
    );
  });
});
