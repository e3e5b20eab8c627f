import { LinearMemory } from '@tsmp/gc';
import { describe, expect, it } from 'vitest';
import { ImportStaging, StagedSources } from '../src/import-staging.js';

const READER = { file: 0, reader: 32 };
const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

function sources(): { staging: ImportStaging; files: StagedSources; text: (path: string) => string | undefined } {
  const staging = new ImportStaging(new LinearMemory(64, new ArrayBuffer(1 << 17)));
  const files = new StagedSources(staging);
  const text = (path: string) => {
    const source = files.take(path);
    return source === undefined ? undefined : String.fromCharCode(...source.bytes);
  };
  return { staging, files, text };
}
function append(staging: ImportStaging, key: number, text: string): boolean {
  const piece = bytes(`..${text}`);
  return staging.append(key, piece, 2, piece.length);
}

describe('files that come in pieces', () => {
  it('are put together in the staging room', () => {
    const { staging, files, text } = sources();
    files.begin('a', 8, READER);
    expect(append(staging, 8, 'one ')).toBe(true);
    expect(append(staging, 8, 'two')).toBe(true);
    expect(append(staging, 16, 'three')).toBe(false);
    expect(text('a')).toBe('one two');
    expect(append(staging, 8, 'late')).toBe(false);
    expect(text('a')).toBeUndefined();
  });

  it('go to an array of their own when there is no more room', () => {
    const { staging, files, text } = sources();
    files.begin('a', 8, READER);
    const piece = new Uint8Array(60_000).fill(0x61);
    expect(staging.append(8, piece, 0, piece.length)).toBe(true);
    expect(staging.append(8, piece, 0, piece.length)).toBe(false);
    files.add('a', piece);
    expect(append(staging, 8, 'b')).toBe(false);
    files.add('a', bytes('b'));
    expect(text('a')).toBe(`${'a'.repeat(120_000)}b`);
  });

  it('have arrays of their own while another is in the room', () => {
    const { staging, files, text } = sources();
    files.begin('a', 8, READER);
    append(staging, 8, 'a1');
    files.begin('b', 16, READER);
    expect(append(staging, 16, 'b1')).toBe(false);
    files.add('b', bytes('b1'));
    append(staging, 8, 'a2');
    files.add('b', bytes('b2'));
    expect(staging.place(bytes('x'))).toBe(0);
    expect([text('b'), text('a')]).toEqual(['b1b2', 'a1a2']);
    expect(staging.place(bytes('x'))).toBe(staging.room.byteOffset);
  });

  it('are not mixed up when an object takes the place of one that is gone', () => {
    const { staging, files, text } = sources();
    files.begin('a', 8, READER);
    append(staging, 8, 'a1');
    files.begin('b', 8, READER);
    if (!append(staging, 8, 'b1')) files.add('b', bytes('b1'));
    expect([text('a'), text('b')]).toEqual(['a1', 'b1']);
  });

  it('do not come where a file is being loaded', () => {
    const { staging, files, text } = sources();
    expect(staging.place(bytes('loaded'))).toBe(staging.room.byteOffset);
    files.begin('a', 8, READER);
    expect(append(staging, 8, 'piece')).toBe(false);
    files.add('a', bytes('piece'));
    expect(staging.place(bytes('another'))).toBe(0);
    expect(String.fromCharCode(...staging.room.subarray(0, 6))).toBe('loaded');
    expect(text('a')).toBe('piece');
    staging.leave();
    files.begin('b', 8, READER);
    expect(append(staging, 8, 'piece')).toBe(true);
  });

  it('begin anew, or are given whole', () => {
    const { staging, files, text } = sources();
    files.begin('a', 8, READER);
    append(staging, 8, 'old');
    files.begin('a', 8, READER);
    if (!append(staging, 8, 'new')) files.add('a', bytes('new'));
    expect(text('a')).toBe('new');
    files.begin('a', 8, READER);
    append(staging, 8, 'old');
    files.put('a', bytes('whole'));
    expect([text('a'), text('a')]).toEqual(['whole', undefined]);
  });

  it('are saved with what has come', () => {
    const { staging, files, text } = sources();
    files.begin('a', 8, READER);
    append(staging, 8, 'one ');
    const state = files.save();
    if (!append(staging, 8, 'two')) files.add('a', bytes('two'));
    const other = sources();
    other.files.begin('x', 8, READER);
    other.files.load(state);
    other.files.add('a', bytes('three'));
    expect([text('a'), other.text('a'), other.text('x')]).toEqual(['one two', 'one three', undefined]);
  });
});
