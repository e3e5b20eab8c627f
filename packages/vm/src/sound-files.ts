/**
 * `.mpy` files that have been found sound. Boards load the same files again and again, after each reset and one board beside the other,
 * and a file that was read and verified once need not be again: nothing but its bytes counts.
 */

/** How much is remembered: bytes of all files together. */
const ROOM = 1 << 18;

/** A file as words, which compare sooner than bytes; the last is filled up with zeros. */
interface SoundFile {
  readonly length: number;
  readonly words: Int32Array;
}

/** Remembers files by their contents. */
export class SoundFiles {
  /** The one that was asked for last is in front. */
  private readonly files: SoundFile[] = [];
  private used = 0;

  /** Whether a file of `length` bytes is known. `words` begins with them; what follows does not matter. */
  has(words: Int32Array, length: number): boolean {
    const { files } = this;
    for (let i = 0; i < files.length; i++) {
      const file = files[i] as SoundFile;
      if (file.length !== length || !begins(words, file)) continue;
      if (i > 0) files.unshift(...files.splice(i, 1));
      return true;
    }
    return false;
  }

  /** Remembers a file, and forgets for it the ones that were not asked for lately. */
  add(bytes: Uint8Array): void {
    const { length } = bytes;
    if (length > ROOM) return;
    this.used += length;
    while (this.used > ROOM) this.used -= (this.files.pop() as SoundFile).length;
    this.files.unshift({ length, words: wordsOf(bytes) });
  }
}

/** A copy of bytes as words. */
export function wordsOf(bytes: Uint8Array): Int32Array {
  const copy = new Uint8Array((bytes.length + 3) & ~3);
  copy.set(bytes);
  return new Int32Array(copy.buffer);
}

function begins(words: Int32Array, { length, words: file }: SoundFile): boolean {
  const whole = length >> 2;
  for (let i = 0; i < whole; i++) if (words[i] !== file[i]) return false;
  const rest = length & 3;
  if (rest === 0) return true;
  const last = (1 << (8 * rest)) - 1;
  return ((words[whole] as number) & last) === file[whole];
}
