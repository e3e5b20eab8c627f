import { describe, expect, it } from 'vitest';
import {
  cellLocals,
  decodePrelude,
  encodeLineStep,
  encodePrelude,
  encodeSignature,
  encodeSizes,
  lineOfOffset,
  lineTable,
} from '../src/index.js';
import { fn } from './assemble.js';

const none = { scopeFlags: 0, nPosArgs: 0, nKwonlyArgs: 0, nDefPosArgs: 0 };

describe('the signature', () => {
  it('is one byte for small functions', () => {
    expect(encodeSignature({ ...none, nState: 1, nExcStack: 0 })).toEqual([0x00]);
    expect(encodeSignature({ ...none, nState: 16, nExcStack: 1, nPosArgs: 3 })).toEqual([0x7f]);
  });

  it('grows by the bits that are needed', () => {
    expect(encodeSignature({ ...none, nState: 17, nExcStack: 0 })).toEqual([0x80, 0x10]);
    expect(encodeSignature({ ...none, nState: 1, nExcStack: 0, scopeFlags: 8 })).toEqual([
      0x80, 0x80, 0x80, 0x80, 0x40,
    ]);
  });

  it('is decoded again, for every field by itself and all together', () => {
    const cases = [
      { nState: 65535, nExcStack: 0, scopeFlags: 0, nPosArgs: 0, nKwonlyArgs: 0, nDefPosArgs: 0 },
      { nState: 1, nExcStack: 300, scopeFlags: 0, nPosArgs: 0, nKwonlyArgs: 0, nDefPosArgs: 0 },
      { nState: 1, nExcStack: 0, scopeFlags: 15, nPosArgs: 0, nKwonlyArgs: 0, nDefPosArgs: 0 },
      { nState: 1, nExcStack: 0, scopeFlags: 0, nPosArgs: 255, nKwonlyArgs: 0, nDefPosArgs: 0 },
      { nState: 1, nExcStack: 0, scopeFlags: 0, nPosArgs: 0, nKwonlyArgs: 255, nDefPosArgs: 0 },
      { nState: 9, nExcStack: 2, scopeFlags: 7, nPosArgs: 21, nKwonlyArgs: 6, nDefPosArgs: 20 },
    ];
    for (const fields of cases) {
      const nInfo = 1 + fields.nPosArgs + fields.nKwonlyArgs;
      const code = Uint8Array.from([...encodePrelude({ ...fields, nInfo, nCells: 0 }), ...new Uint8Array(nInfo)]);
      expect(decodePrelude(code)).toMatchObject({ ...fields, nInfo, nCells: 0, opcodesStart: code.length });
    }
  });
});

describe('the sizes', () => {
  it('share bytes', () => {
    expect(encodeSizes(1, 0)).toEqual([0x02]);
    expect(encodeSizes(63, 1)).toEqual([0x7f]);
    expect(encodeSizes(64, 2)).toEqual([0x80, 0x03]);
  });

  it('delimit names, lines and cells', () => {
    const { code } = fn([0x51, 0x63], { nPosArgs: 2, names: [1, 0, 1], lines: [0x21], cells: [0, 1] });
    const prelude = decodePrelude(code);
    expect(prelude).toMatchObject({ nameIndex: 1, argNameIndices: [0, 1], nInfo: 4, nCells: 2 });
    expect(prelude.lineInfoEnd - prelude.lineInfoStart).toBe(1);
    expect(cellLocals(code, prelude)).toEqual([0, 1]);
    expect(code[prelude.opcodesStart]).toBe(0x51);
  });

  it('are found at an offset too', () => {
    const { code } = fn([0x51, 0x63]);
    const moved = Uint8Array.from([9, 9, ...code]);
    expect(decodePrelude(moved, 2).opcodesStart).toBe(decodePrelude(code).opcodesStart + 2);
  });

  it('are refused when they lead out of the code', () => {
    expect(() => decodePrelude(Uint8Array.of())).toThrow(/truncated/);
    expect(() => decodePrelude(Uint8Array.of(0, 0x20, 0))).toThrow(/do not fit/);
    expect(() => decodePrelude(Uint8Array.of(0, 0))).toThrow(/truncated/);
    expect(() => decodePrelude(new Uint8Array(100).fill(0xff))).toThrow(/too long/);
    expect(() => decodePrelude(Uint8Array.of(3, 0x04, 1, 2, 3, 4))).toThrow(/truncated/);
  });
});

describe('the line table', () => {
  it('has short and long steps', () => {
    expect(encodeLineStep(5, 3)).toEqual([0x65]);
    expect(encodeLineStep(0, 6)).toEqual([0x60, 0x60]);
    expect(encodeLineStep(4, 7)).toEqual([0x84, 0x07]);
    expect(encodeLineStep(15, 2047)).toEqual([0xff, 0xff]);
    expect(encodeLineStep(40, 9)).toEqual([0x1f, 0x89, 0x09]);
  });

  it('gives the line of every offset', () => {
    const lines = [
      ...encodeLineStep(0, 3),
      ...encodeLineStep(5, 1),
      ...encodeLineStep(40, 300),
      ...encodeLineStep(7, 2500),
    ];
    const { code } = fn([...new Array<number>(60).fill(0x51), 0x63], { lines });
    const prelude = decodePrelude(code);
    const start = prelude.opcodesStart;
    const expected: [number, number][] = [
      [0, 4],
      [4, 4],
      [5, 5],
      [44, 5],
      [45, 305],
      [51, 305],
      [52, 2805],
      [60, 2805],
    ];
    for (const [offset, line] of expected) expect(lineOfOffset(code, prelude, start + offset)).toBe(line);
    expect(lineTable(code, prelude)).toEqual([
      { offset: start, line: 4 },
      { offset: start + 5, line: 5 },
      { offset: start + 45, line: 305 },
      { offset: start + 52, line: 2805 },
    ]);
  });

  it('is line 1 throughout when it is empty', () => {
    const { code } = fn([0x51, 0x63]);
    const prelude = decodePrelude(code);
    expect(lineOfOffset(code, prelude, code.length - 1)).toBe(1);
    expect(lineTable(code, prelude)).toEqual([{ offset: prelude.opcodesStart, line: 1 }]);
  });
});
