import { describe, expect, it } from 'vitest';
import { MpyFormatError, type MpyTarget, readMpy, writeMpy } from '../src/index.js';
import { fn, moduleOf } from './assemble.js';
import * as fixtures from './fixtures.js';

const plain = writeMpy(moduleOf(fn([0x51, 0x63])));

function errorOf(bytes: Uint8Array | readonly number[], target?: MpyTarget): MpyFormatError {
  try {
    readMpy(Uint8Array.from(bytes), target === undefined ? {} : { target });
  } catch (error) {
    if (error instanceof MpyFormatError) return error;
    throw error;
  }
  throw new Error('no error');
}

function patched(at: number, value: number): Uint8Array {
  const bytes = plain.slice();
  bytes[at] = value;
  return bytes;
}

describe('the header', () => {
  it('is that of version 6', () => {
    expect(errorOf([])).toMatchObject({ code: 'truncated', offset: 0 });
    expect(errorOf(patched(0, 0x4e))).toMatchObject({ code: 'not-mpy', offset: 0 });
    expect(errorOf(patched(1, 5))).toMatchObject({ code: 'incompatible-version', offset: 1 });
    expect(errorOf(patched(2, 5 << 2))).toMatchObject({ code: 'incompatible-sub-version', offset: 2 });
  });

  it('may have any sub-version without native code', () => {
    expect(readMpy(patched(2, 2)).header).toMatchObject({ arch: 0, subVersion: 2 });
  });
});

describe('a target', () => {
  const bytecodeOnly = { smallIntBits: 31 };

  it('loads what it can run', () => {
    expect(readMpy(plain, { target: bytecodeOnly }).header.smallIntBits).toBe(31);
    expect(readMpy(fixtures.fast.mpy, { target: { smallIntBits: 31, arch: 5 } }).header.arch).toBe(5);
    // Cortex-M7 runs what was made for M3, not the other way round.
    expect(readMpy(fixtures.fast.mpy, { target: { smallIntBits: 31, arch: 8 } }).header.arch).toBe(5);
    expect(errorOf(fixtures.fast.mpy, { smallIntBits: 31, arch: 4 }).code).toBe('incompatible-arch');
  });

  it('says what MicroPython says', () => {
    const says = (error: MpyFormatError): [string, string] => [error.code, error.pythonMessage];
    expect(says(errorOf(patched(3, 63), bytecodeOnly))).toEqual(['incompatible-small-int', 'incompatible .mpy file']);
    expect(says(errorOf(fixtures.fast.mpy, bytecodeOnly))).toEqual([
      'native-unsupported',
      'native code in .mpy unsupported',
    ]);
    expect(says(errorOf(fixtures.fast.mpy, { smallIntBits: 31, arch: 1 }))).toEqual([
      'incompatible-arch',
      'incompatible .mpy arch',
    ]);
    const flags = writeMpy(moduleOf(fn([0x51, 0x63])), { archFlags: 2 });
    expect(says(errorOf(flags, bytecodeOnly))).toEqual(['incompatible-arch-flags', 'incompatible .mpy file']);
    expect(readMpy(flags, { target: { smallIntBits: 31, archFlags: 3 } }).header.archFlags).toBe(2);
    const hidden = fixtures.fast.mpy.slice();
    hidden[2] = 0;
    expect(says(errorOf(hidden, bytecodeOnly))).toEqual(['native-code', 'incompatible .mpy file']);
  });
});

describe('the tables', () => {
  const head = [0x4d, 6, 0, 31];

  it('have names of two kinds', () => {
    expect(readMpy(Uint8Array.from([...head, 1, 0, 0x0f, 40, 0, 2, 0, 0x51, 0x63])).module.qstrs).toEqual(['<module>']);
    expect(errorOf([...head, 1, 0, 0x01, 0])).toMatchObject({ code: 'bad-qstr', offset: 6 });
    expect(errorOf([...head, 1, 0, 0x83, 0x01, 0])).toMatchObject({ code: 'bad-qstr', offset: 6 });
    expect(errorOf([...head, 1, 0, 0x02, 0x61, 1, 0])).toMatchObject({ code: 'bad-string', offset: 8 });
  });

  it('have constants of eleven types', () => {
    expect(errorOf([...head, 0, 1, 11, 0])).toMatchObject({ code: 'bad-object', offset: 6 });
    expect(errorOf([...head, 0, 1, 7, 2, 0x31, 0x5f, 0])).toMatchObject({ code: 'bad-number', offset: 6 });
    expect(errorOf([...head, 0, 1, 8, 0, 0])).toMatchObject({ code: 'bad-number', offset: 6 });
    expect(errorOf([...head, 0, 1, 6, 1, 9, 9])).toMatchObject({ code: 'bad-string', offset: 9 });
  });

  it('may be followed by anything', () => {
    expect(readMpy(Uint8Array.from([...plain, 1, 2, 3])).length).toBe(plain.length);
  });
});
