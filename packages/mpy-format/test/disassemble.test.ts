import { describe, expect, it } from 'vitest';
import {
  constantText,
  decodeInstruction,
  describe as describeModule,
  disassemble,
  formatListing,
  type FunctionListing,
  instructions,
  opcodeInfo,
  OPCODES,
  opcodeMeaning,
  readMpy,
  smallIntOperand,
  stringLiteral,
} from '../src/index.js';
import { fn, moduleOf } from './assemble.js';
import * as fixtures from './fixtures.js';

describe('the opcode table', () => {
  it('covers each opcode once, in order', () => {
    let last = -1;
    for (const info of OPCODES) {
      expect(info.code).toBeGreaterThan(last);
      last = info.code + info.count - 1;
      for (let op = info.code; op <= last; op++) expect(opcodeInfo(op)).toBe(info);
    }
    expect(last).toBe(0xf9);
    expect([0x00, 0x1d, 0x38, 0x41, 0x4c, 0x60, 0x6a, 0xd4, 0xfa, 0xff].map(opcodeInfo)).toEqual(
      new Array(10).fill(undefined),
    );
  });

  it('agrees with the bit patterns of the format', () => {
    for (const info of OPCODES) {
      const format = (0x3a4 >> (2 * (info.code >> 4))) & 3;
      const expected = info.operand === 'none' ? 0 : info.operand === 'name' ? 1 : info.operand === 'jump' ? 3 : 2;
      expect(format).toBe(expected);
      if (format !== 0) expect(info.extraByte).toBe((info.code & 0x9e) === 0);
    }
  });

  it('has sentences', () => {
    for (const info of OPCODES) expect(opcodeMeaning(info.code)?.meaning).toMatch(/^[A-Z].*\.$/);
  });
});

describe('decodeInstruction', () => {
  it('reads every kind of operand', () => {
    expect(decodeInstruction(Uint8Array.of(0x11, 0x81, 0x00), 0)).toMatchObject({ size: 3, arg: 128, target: -1 });
    expect(decodeInstruction(Uint8Array.of(0x22, 0x7f), 0)).toMatchObject({ size: 2, arg: -1 });
    expect(decodeInstruction(Uint8Array.of(0x22, 0x80, 0x7f), 0)).toMatchObject({ size: 3, arg: 127 });
    expect(decodeInstruction(Uint8Array.of(0x22, 0xff, 0x00), 0)).toMatchObject({ size: 3, arg: -128 });
    expect(decodeInstruction(Uint8Array.of(0x20, 3, 2), 0)).toMatchObject({ size: 3, arg: 3, extra: 2 });
    expect(decodeInstruction(Uint8Array.of(0x42, 0x3e), 0)).toMatchObject({ size: 2, arg: -2, target: 0 });
    expect(decodeInstruction(Uint8Array.of(0x42, 0x81, 0x80), 0)).toMatchObject({ size: 3, arg: 1, target: 4 });
    expect(decodeInstruction(Uint8Array.of(0x4b, 0xff, 0x01), 0)).toMatchObject({ size: 3, arg: 255, target: 258 });
    expect(decodeInstruction(Uint8Array.of(0x40, 0x41, 0x82), 0)).toMatchObject({ size: 3, target: 3, extra: 0x82 });
    expect(decodeInstruction(Uint8Array.of(0x70), 0)).toMatchObject({ size: 1, arg: -16 });
    expect(decodeInstruction(Uint8Array.of(0xcf), 0)).toMatchObject({ size: 1, arg: 15 });
  });

  it('knows small ints of 63 bits exactly', () => {
    const code = Uint8Array.of(0x22, 0xc0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01);
    expect(smallIntOperand(code, decodeInstruction(code, 0))).toBe(-(2n ** 62n) + 1n);
    const small = Uint8Array.of(0x22, 0x7e);
    expect(smallIntOperand(small, decodeInstruction(small, 0))).toBe(-2n);
  });

  it('is what instructions() repeats', () => {
    const code = Uint8Array.of(9, 9, 0x51, 0x11, 1, 0x63);
    expect([...instructions(code, 2)].map((i) => `${i.offset} ${i.info.name}`)).toEqual([
      '2 LOAD_CONST_NONE',
      '3 LOAD_NAME',
      '5 RETURN_VALUE',
    ]);
  });
});

describe('listings', () => {
  it('are text', () => {
    const body = fn([0x11, 1, 0x43, 0x44, 0x10, 1, 0x23, 0, 0xf2, 0x34, 0x82, 0x01, 0x63], { lines: [0x24, 0x60] });
    const text = formatListing(disassemble(moduleOf(body, [{ kind: 'float', value: 2.5 }])));
    expect(text).toBe(
      [
        'file t.py',
        "name 0: 't.py'",
        "name 1: 'f'",
        'constant 0: 2.5',
        '',
        'f: bytecode f()',
        '  18 bytes, state 8, exception blocks 0',
        '     1      5  1101        LOAD_NAME f',
        '            7  4344        POP_JUMP_IF_TRUE -> 13',
        "     5      9  1001        LOAD_CONST_STRING 'f'",
        '           11  2300        LOAD_CONST_OBJ 2.5',
        '       >   13  f2          BINARY_OP +',
        '           14  348201      CALL_FUNCTION 1 positional, 1 keyword',
        '           17  63          RETURN_VALUE',
        '',
      ].join('\n'),
    );
  });

  it('are data that JSON keeps', () => {
    for (const { mpy } of Object.values(fixtures)) {
      const listing = disassemble(readMpy(mpy).module);
      expect(JSON.parse(JSON.stringify(listing))).toEqual(listing);
    }
  });

  it('have signatures, flags, cells and lines', () => {
    const { root } = disassemble(readMpy(fixtures.tasks.mpy).module);
    const [serve, count] = root.children as [FunctionListing, FunctionListing];
    expect(serve).toMatchObject({ path: '<module>.serve', signature: 'serve(lock, source)', flags: ['generator'] });
    expect(count.signature).toBe('count(*args, start, **kwargs)');
    expect(count.flags).toEqual(['generator', 'varargs', 'varkeywords', 'defkwargs']);
    expect(count.cells.length).toBe(2);
    expect(count.children.map((child) => child.name)).toEqual([
      'add',
      '<listcomp>',
      '<dictcomp>',
      '<setcomp>',
      '<genexpr>',
    ]);
    const line = fixtures.tasks.source.split('\n').indexOf('            add()') + 1;
    const finallyBlock = count.instructions.filter((instruction) => instruction.line === line);
    expect(finallyBlock.map((instruction) => instruction.name)).toContain('CALL_FUNCTION');
    expect(finallyBlock.map((instruction) => instruction.name)).toContain('END_FINALLY');
  });

  it('show native code by its head', () => {
    const { root } = disassemble(readMpy(fixtures.fast.mpy).module);
    expect(root.children.map(({ kind, signature }) => `${kind} ${signature}`.trim())).toEqual([
      'native add(a, b)',
      'viper',
      'asm',
    ]);
  });

  it('bear code that was not verified', () => {
    const text = formatListing(
      disassemble(moduleOf(fn([0x11, 9, 0x23, 9, 0x32, 9, 0x42, 0xff, 0x10, 0x63], { names: [7] }))),
    );
    expect(text).toContain('<name 9>');
    expect(text).toContain('<constant 9>');
    expect(text).toContain('9 <no such child>');
    expect(() => disassemble(moduleOf(fn([0x00])))).toThrow(/bad-instruction/);
  });
});

describe('constants', () => {
  it('are shown as Python', () => {
    expect(stringLiteral("it's")).toBe('"it\'s"');
    expect(stringLiteral('a\'"\\\n\x00\x7fé\ud800')).toBe("'a\\'\"\\\\\\n\\x00\\x7fé\\ud800'");
    expect(constantText({ kind: 'bytes', value: Uint8Array.of(0x41, 0x27, 0, 0xe9) })).toBe('b"A\'\\x00\\xe9"');
    const items = [
      { kind: 'int', value: 1n },
      { kind: 'tuple', items: [{ kind: 'ellipsis' }] },
    ] as const;
    expect(constantText({ kind: 'tuple', items })).toBe('(1, (...,))');
  });
});

describe('describe', () => {
  it('sums a module up', () => {
    const { functions, ...rest } = describeModule(readMpy(fixtures.tasks.mpy).module);
    expect(rest).toEqual({
      sourceFile: 'tasks.py',
      nQstrs: 28,
      nConstants: 0,
      codeSize: rest.codeSize,
      hasNative: false,
      imports: ['time', 'machine', 'micropython'],
      exports: ['time', 'Pin', 'bus', 'serve', 'count'],
    });
    expect(functions.map((f) => f.path)[3]).toBe('<module>.count.add');
    expect(rest.codeSize).toBe(functions.reduce((sum, f) => sum + f.size, 0));
    expect(describeModule(readMpy(fixtures.fast.mpy).module).hasNative).toBe(true);
  });
});
