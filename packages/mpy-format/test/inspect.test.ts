import { describe, expect, it } from 'vitest';
import {
  formatHexdump,
  formatInspection,
  type InspectedCode,
  inspectMpy,
  MpyFormatError,
  readMpy,
  segmentsOfKind,
} from '../src/index.js';
import * as fixtures from './fixtures.js';

const files = Object.entries(fixtures);

describe('inspectMpy', () => {
  it('covers a file with segments, from the first byte to the last', () => {
    for (const [name, { mpy }] of files) {
      const { segments, length } = inspectMpy(mpy);
      let at = 0;
      for (const { start, end } of segments) {
        expect(start, name).toBe(at);
        expect(end, name).toBeGreaterThan(start);
        at = end;
      }
      expect(at, name).toBe(length);
      expect(length, name).toBe(mpy.length);
    }
  });

  it('says where names, constants and code are', () => {
    const { mpy } = fixtures.values;
    const { header, module } = readMpy(mpy);
    const found = inspectMpy(mpy);
    expect(found.header).toEqual({ ...header, archName: 'none' });
    expect(found.sourceFile).toBe('values.py');
    expect(found.qstrs.map(({ text }) => text)).toEqual(module.qstrs);
    expect(found.qstrs[1]).toEqual({ index: 1, text: '<module>', staticNumber: 7, start: 17, end: 18 });
    expect(found.constants.map(({ kind }) => kind)).toEqual(module.constants.map(({ kind }) => kind));
    expect(found.constants[0]?.text).toBe('0.1');
    expect([...mpy.subarray(found.code.start, found.code.end)]).toEqual([...module.root.code]);
    const paths: string[] = [];
    const visit = (fn: InspectedCode): void => {
      paths.push(fn.listing.path);
      fn.children.forEach(visit);
    };
    visit(found.code);
    expect(paths).toEqual(['<module>', '<module>.Sensor', '<module>.Sensor.read', '<module>.<lambda>']);
  });

  it('has line tables, and instructions at the offsets they speak of', () => {
    const find = inspectMpy(fixtures.blocks.mpy).code.children[0] as InspectedCode;
    expect(find.lines.map(({ line }) => line).slice(0, 5)).toEqual([2, 3, 4, 5, 6]);
    for (const { offset, line } of find.lines) {
      const at = find.listing.instructions.find((instruction) => instruction.offset === offset);
      expect(at?.line).toBe(line);
    }
  });

  it('is plain data', () => {
    const found = inspectMpy(fixtures.tasks.mpy);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('describes native code without looking into it', () => {
    const found = inspectMpy(fixtures.fast.mpy);
    expect(found.header.archName).toBe('armv7m');
    expect(found.code.children.map(({ listing }) => listing.kind)).toEqual(['native', 'viper', 'asm']);
    expect(formatInspection(found)).toContain('native code for armv7m');
    expect(formatHexdump(fixtures.fast.mpy, found).split('\n').length).toBeGreaterThan(20);
  });

  it('refuses what is no file', () => {
    expect(() => inspectMpy(Uint8Array.of(1, 2, 3))).toThrow(MpyFormatError);
  });
});

describe('its texts', () => {
  it('have every byte in the hex dump, in order', () => {
    for (const [name, { mpy }] of files) {
      const bytes: number[] = [];
      for (const row of formatHexdump(mpy, inspectMpy(mpy)).trimEnd().split('\n')) {
        expect(Number.parseInt(row.slice(0, 6), 16), name).toBe(bytes.length);
        for (const byte of row.slice(7, 55).trim().split(' ')) bytes.push(Number.parseInt(byte, 16));
      }
      expect(bytes, name).toEqual([...mpy]);
    }
  });

  it('have header, tables, places, lines and instructions', () => {
    const text = formatInspection(inspectMpy(fixtures.values.mpy));
    expect(text).toMatch(/^file values\.py: \d+ bytes, version 6, small ints of 31 bits\n/);
    expect(text).toContain("name 1: '<module>', static 7\n");
    expect(text).toContain('constant 0: float 0.1\n');
    expect(text).toMatch(/\nat \d+ to \d+ of the file\nlines \d+:\d+/);
    expect(text).toContain('LOAD_BUILD_CLASS');
  });
});

describe('segmentsOfKind', () => {
  it('picks kinds', () => {
    const found = inspectMpy(fixtures.values.mpy);
    expect(segmentsOfKind(found, ['qstr']).length).toBe(found.qstrs.length);
    expect(segmentsOfKind(found, ['obj', 'code']).length).toBe(found.constants.length + 4);
    expect(segmentsOfKind(found)).toEqual(found.segments);
    expect(() => segmentsOfKind(found, ['rom'])).toThrow(/meta, qstr, obj or code/);
  });
});
