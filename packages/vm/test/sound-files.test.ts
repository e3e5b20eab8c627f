import { describe, expect, it } from 'vitest';
import { SoundFiles, wordsOf } from '../src/sound-files.js';

function file(length: number, first = 1): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (first + i) & 0xff);
}
function has(files: SoundFiles, bytes: Uint8Array): boolean {
  return files.has(wordsOf(bytes), bytes.length);
}

describe('files that were found sound', () => {
  it.each([0, 1, 2, 3, 4, 5, 299, 300])('are known by all their %i bytes', (length) => {
    const files = new SoundFiles();
    const bytes = file(length);
    expect(has(files, bytes)).toBe(false);
    files.add(bytes);
    expect(has(files, bytes.slice())).toBe(true);
    expect(has(files, file(length + 1))).toBe(false);
    for (let i = 0; i < length; i++) {
      const other = bytes.slice();
      other[i] = (other[i] as number) ^ 0x80;
      expect(has(files, other)).toBe(false);
    }
  });

  it('are not the ones that were changed after they were added', () => {
    const files = new SoundFiles();
    const bytes = file(8);
    files.add(bytes);
    bytes[3] = 0;
    expect(has(files, bytes)).toBe(false);
    expect(has(files, file(8))).toBe(true);
  });

  it('may have anything behind them', () => {
    const files = new SoundFiles();
    files.add(file(6));
    expect(files.has(Int32Array.of(0x04030201, 0x7fff0605, -1), 6)).toBe(true);
  });

  it('are forgotten, the ones not asked for lately first', () => {
    const files = new SoundFiles();
    const large = [1, 2, 3].map((n) => file(100_000, n));
    for (const bytes of large.slice(0, 2)) files.add(bytes);
    expect(has(files, large[0] as Uint8Array)).toBe(true);
    files.add(large[2] as Uint8Array);
    expect(large.map((bytes) => has(files, bytes))).toEqual([true, false, true]);
    files.add(file(300_000));
    expect(has(files, file(300_000))).toBe(false);
    expect(has(files, large[0] as Uint8Array)).toBe(true);
  });
});
