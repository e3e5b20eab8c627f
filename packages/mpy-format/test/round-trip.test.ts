import { describe, expect, it } from 'vitest';
import { type CompiledModule, decodeString, encodeString, readMpy, writeMpy } from '../src/index.js';
import { fn, moduleOf } from './assemble.js';
import * as fixtures from './fixtures.js';

describe('files that mpy-cross wrote', () => {
  for (const [name, fixture] of Object.entries(fixtures)) {
    it(`${name}.mpy is written back byte for byte`, () => {
      const file = readMpy(fixture.mpy);
      expect(writeMpy(file.module, file.header)).toEqual(fixture.mpy);
      expect(file.length).toBe(fixture.mpy.length);
      expect(file.module.qstrs[0]).toBe(`${name}.py`);
    });
  }

  it('have their constants in values.mpy', () => {
    const { constants } = readMpy(fixtures.values.mpy).module;
    expect(constants).toContainEqual({ kind: 'float', value: 0.1 });
    expect(constants).toContainEqual({ kind: 'float', value: Infinity });
    expect(constants).toContainEqual({ kind: 'complex', real: 0, imag: 2 });
    expect(constants).toContainEqual({ kind: 'int', value: 123456789012345678901234567890n });
    expect(constants).toContainEqual({ kind: 'str', value: 'grüße 😀 und noch viel mehr Text dazu' });
    expect(constants).toContainEqual({
      kind: 'tuple',
      items: [
        { kind: 'int', value: 1n },
        { kind: 'float', value: -2.5 },
        { kind: 'none' },
        { kind: 'tuple', items: [{ kind: 'true' }, { kind: 'false' }, { kind: 'ellipsis' }] },
        { kind: 'bytes', value: Uint8Array.of(0, 255) },
        { kind: 'str', value: 'kurz' },
      ],
    });
  });

  it('keep native code apart', () => {
    const { header, module } = readMpy(fixtures.fast.mpy);
    expect(header).toEqual({ version: 6, subVersion: 3, arch: 5, archFlags: 0, smallIntBits: 31 });
    expect(module.root.children.map((child) => child.kind)).toEqual(['native', 'viper', 'asm']);
    expect(module.root.children[2]).toMatchObject({ nPosArgs: 1, scopeFlags: 0 });
    expect(() => writeMpy(module)).toThrow(/architecture is needed/);
  });
});

describe('a file written by hand', () => {
  // print("hi", 3.0)
  const bytes = Uint8Array.from([
    ...[0x4d, 6, 0, 31], // 'M', version, no native code, 31-bit small ints
    ...[4, 1], // 4 names, 1 constant
    ...[8, 0x74, 0x2e, 0x70, 0x79, 0], // 't.py'
    ...[0x0f], // '<module>', the seventh static qstr
    ...[0x81, 0x77], // 'print', static qstr 123
    ...[4, 0x68, 0x69, 0], // 'hi'
    ...[8, 3, 0x33, 0x2e, 0x30], // float, 3 characters, '3.0'
    ...[14 << 3], // bytecode, no children, 14 bytes
    ...[0x10, 0x02, 1], // state 3; one byte of info: name 1
    ...[0x11, 2, 0x10, 3, 0x23, 0, 0x34, 2, 0x59, 0x51, 0x63], // the instructions
  ]);

  const module: CompiledModule = {
    qstrs: ['t.py', '<module>', 'print', 'hi'],
    constants: [{ kind: 'float', value: 3 }],
    root: fn([0x11, 2, 0x10, 3, 0x23, 0, 0x34, 2, 0x59, 0x51, 0x63], { nState: 3, names: [1] }),
  };

  it('is read', () => {
    expect(readMpy(bytes).module).toEqual(module);
  });

  it('is written', () => {
    expect(writeMpy(module)).toEqual(bytes);
  });
});

describe('modules made here', () => {
  const body = fn([0x51, 0x63]);

  it('survive with every kind of constant', () => {
    const module = moduleOf(body, [
      { kind: 'none' },
      { kind: 'true' },
      { kind: 'false' },
      { kind: 'ellipsis' },
      { kind: 'fun-table' },
      { kind: 'int', value: -(2n ** 200n) },
      { kind: 'float', value: -0 },
      { kind: 'float', value: NaN },
      { kind: 'complex', real: 1.5, imag: -2 },
      { kind: 'str', value: '' },
      { kind: 'bytes', value: new Uint8Array(300) },
      { kind: 'tuple', items: [{ kind: 'tuple', items: [] }] },
    ]);
    const bytes = writeMpy(module, { smallIntBits: 14 });
    expect(readMpy(bytes)).toMatchObject({ header: { smallIntBits: 14, arch: 0 }, length: bytes.length });
    expect(readMpy(bytes).module).toEqual(module);
  });

  it('keep the digits of floats that another compiler wrote', () => {
    const constants = [{ kind: 'float', value: 0.1, text: '0.10000000000000001' }] as const;
    const bytes = writeMpy(moduleOf(body, constants));
    expect(readMpy(bytes).module.constants).toEqual(constants);
  });

  it('keep viper sections and relocations', () => {
    const root = {
      kind: 'viper',
      code: Uint8Array.of(1, 2, 3),
      children: [],
      scopeFlags: 0x70,
      rodata: Uint8Array.of(9, 9),
      bssSize: 40,
      // Move to text word 3; two words get the address of rodata; one that of the function table; end.
      relocations: Uint8Array.of(0x07, 0x06, 0x02, 0x10, 0xff),
    } as const;
    const bytes = writeMpy(moduleOf(root), { arch: 6 });
    expect(readMpy(bytes).module.root).toEqual(root);
    expect(readMpy(bytes).length).toBe(bytes.length);
  });

  it('keep architecture flags', () => {
    const bytes = writeMpy(moduleOf(body), { arch: 11, archFlags: 300 });
    expect(readMpy(bytes).header).toMatchObject({ arch: 11, archFlags: 300 });
  });
});

describe('strings', () => {
  it('are UTF-8', () => {
    expect(encodeString('aß€😀')).toEqual(Uint8Array.of(0x61, 0xc3, 0x9f, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80));
    expect(decodeString(encodeString('aß€😀'))).toBe('aß€😀');
  });

  it('stand for every sequence of bytes', () => {
    const cases = [
      [0x80],
      [0xff, 0xfe],
      [0xc0, 0x80],
      [0xe2, 0x82],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xf0],
    ];
    for (const bytes of cases) expect([...encodeString(decodeString(Uint8Array.from(bytes)))]).toEqual(bytes);
    for (let a = 0xc0; a < 0x100; a++) {
      for (const b of [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc2]) {
        const bytes = Uint8Array.of(a, b, 0x80, 0xbf, 0x41);
        expect(encodeString(decodeString(bytes))).toEqual(bytes);
      }
    }
  });

  it('have lone surrogates as the lexer stores them', () => {
    expect([...encodeString('\ud800')]).toEqual([0xed, 0xa0, 0x80]);
    expect([...encodeString('\udc80x')]).toEqual([0x80, 0x78]);
  });
});
