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
/** Has a file begin as `_imp_begin` does; true: in the room. */
function begin(
  { staging, files }: { staging: ImportStaging; files: StagedSources },
  path: string,
  key: number,
): boolean {
  const name = bytes(`..${path}`);
  if (staging.begin(key, name, 2, name.length, READER.reader)) return true;
  files.begin(path, READER);
  return false;
}
/** The next piece, as `_imp_add` gives it. */
function add(s: { staging: ImportStaging; files: StagedSources }, path: string, key: number, text: string): void {
  if (!append(s.staging, key, text)) s.files.add(path, bytes(text));
}

describe('files that come in pieces', () => {
  it('are put together in the staging room', () => {
    const s = sources();
    const { staging, text } = s;
    expect(begin(s, 'a', 8)).toBe(true);
    expect(append(staging, 8, 'one ')).toBe(true);
    expect(append(staging, 8, 'two')).toBe(true);
    expect(append(staging, 16, 'three')).toBe(false);
    expect(staging.reader).toEqual(READER);
    expect(text('a')).toBe('one two');
    expect(append(staging, 8, 'late')).toBe(false);
    expect(text('a')).toBeUndefined();
  });

  it('are known by object and text of their path', () => {
    const s = sources();
    const { staging } = s;
    const holds = (key: number, path: string) => staging.holds(key, bytes(path), 0, path.length);
    expect(holds(8, '')).toBe(false);
    begin(s, 'ab', 8);
    expect([holds(8, 'ab'), holds(16, 'ab'), holds(8, 'ac'), holds(8, 'a'), holds(8, 'abc')]).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    staging.hold();
    expect([holds(8, 'ab'), staging.path, staging.isTaken]).toEqual([false, undefined, true]);
  });

  it('have arrays of their own when their paths are long', () => {
    const s = sources();
    const [fits, longer] = ['p'.repeat(256), 'p'.repeat(257)];
    expect(begin(s, longer, 8)).toBe(false);
    add(s, longer, 8, 'one');
    expect(s.text(longer)).toBe('one');
    expect(begin(s, fits, 8)).toBe(true);
    add(s, fits, 8, 'two');
    expect(s.staging.path).toBe(fits);
    expect(s.text(fits)).toBe('two');
  });

  it('go to an array of their own when there is no more room', () => {
    const s = sources();
    const { staging, files, text } = s;
    begin(s, 'a', 8);
    const piece = new Uint8Array(60_000).fill(0x61);
    expect(staging.append(8, piece, 0, piece.length)).toBe(true);
    expect(staging.append(8, piece, 0, piece.length)).toBe(false);
    files.add('a', piece);
    expect(append(staging, 8, 'b')).toBe(false);
    files.add('a', bytes('b'));
    expect(text('a')).toBe(`${'a'.repeat(120_000)}b`);
  });

  it('have arrays of their own while another is on its way', () => {
    const s = sources();
    const { staging, text } = s;
    begin(s, 'a', 8);
    add(s, 'a', 8, 'a1');
    expect(begin(s, 'b', 16)).toBe(false);
    add(s, 'b', 16, 'b1');
    add(s, 'a', 8, 'a2');
    add(s, 'b', 16, 'b2');
    expect([text('b'), text('a')]).toEqual(['b1b2', 'a1a2']);
    expect(begin(s, 'c', 8)).toBe(true);
    expect(staging.place(bytes('x'))).toBe(0);
    expect(text('c')).toBe('');
    expect(staging.place(bytes('x'))).toBe(staging.room.byteOffset);
  });

  it('are not mixed up when an object takes the place of one that is gone', () => {
    const s = sources();
    begin(s, 'a', 8);
    add(s, 'a', 8, 'a1');
    begin(s, 'b', 8);
    add(s, 'b', 8, 'b1');
    expect([s.text('a'), s.text('b')]).toEqual(['a1', 'b1']);
  });

  it('do not come where a file is being loaded', () => {
    const s = sources();
    const { staging, text } = s;
    expect(staging.place(bytes('loaded'))).toBe(staging.room.byteOffset);
    expect(begin(s, 'a', 8)).toBe(false);
    add(s, 'a', 8, 'piece');
    expect(staging.place(bytes('another'))).toBe(0);
    expect(String.fromCharCode(...staging.room.subarray(0, 6))).toBe('loaded');
    expect(text('a')).toBe('piece');
    staging.leave();
    expect(begin(s, 'b', 8)).toBe(true);
  });

  it('begin anew, or are given whole', () => {
    const s = sources();
    const { files, text } = s;
    begin(s, 'a', 8);
    add(s, 'a', 8, 'old');
    begin(s, 'a', 8);
    add(s, 'a', 8, 'new');
    expect(text('a')).toBe('new');
    begin(s, 'a', 8);
    add(s, 'a', 8, 'old');
    files.put('a', bytes('whole'));
    expect([text('a'), text('a')]).toEqual(['whole', undefined]);
  });

  it('are saved with what has come', () => {
    const s = sources();
    begin(s, 'a', 8);
    add(s, 'a', 8, 'one ');
    const state = s.files.save();
    add(s, 'a', 8, 'two');
    const other = sources();
    begin(other, 'x', 8);
    other.files.load(state);
    expect(begin(other, 'y', 8)).toBe(false);
    other.files.add('a', bytes('three'));
    expect([s.text('a'), other.text('a'), other.text('x')]).toEqual(['one two', 'one three', undefined]);
  });
});
