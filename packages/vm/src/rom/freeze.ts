/**
 * Frozen modules: adds compiled modules, or sources, to a ROM image, behind what is there. Names that the image lacks make a
 * second table of interned strings. Counterparts: tools/mpy-tool.py, py/frozenmod.c.
 *
 * A frozen module is a record in flash that `symbols`-like `frozen.modules` names by its path:
 *
 *     +0 kind: 1 code, 2 source   +4 table of names / source (bytes object)   +8 table of constants   +12 raw code
 */
import { type CompiledModule, Freezer, type FreezeTarget, ImageWriter, verifyModule } from '@tsmp/mpy-format';
import type { Profile } from '../profile.js';
import { hashBytes, utf8 } from '../qstr.js';
import { VmUsageError } from '../raise.js';
import { Ty } from '../types.js';
import { Word } from '../words.js';
import type { FrozenData, RomData, RomImage } from './image.js';

/** Kinds of frozen records. */
export const enum FrozenKind {
  Code = 1,
  Source = 2,
}
/** A frozen module's record. */
export const enum FrozenOff {
  Kind = 0,
  Qstrs = 4,
  Source = 4,
  Objs = 8,
  Root = 12,
}

/** A file to freeze, by the path that it is imported under (`pkg/mod.py`): compiled, or as source that import compiles. */
export type FrozenFile =
  | { readonly path: string; readonly module: CompiledModule }
  | { readonly path: string; readonly source: Uint8Array };

/** The freezing target of a board, given the symbols of its image. */
export function freezeTarget(
  floatBits: 32 | 64,
  inspectable: boolean,
  symbols: Readonly<Record<string, number>>,
  qstr: (text: string) => number,
): FreezeTarget {
  return {
    types: { str: Ty.Str, bytes: Ty.Bytes, int: Ty.Int, float: Ty.Float, complex: Ty.Complex, tuple: Ty.Tuple },
    words: {
      none: Word.None,
      true: Word.True,
      false: Word.False,
      get ellipsis() {
        return symbols['...'] as number;
      },
      get emptyTuple() {
        return symbols['()'] as number;
      },
    },
    floatBits,
    inspectable,
    qstr,
    hash: (b) => hashBytes(b, 0, b.length),
  };
}

/** The texts of an image's interned strings, in order. */
export function romQstrTexts(image: RomData): Uint8Array[] {
  const view = new DataView(image.bytes.buffer, image.bytes.byteOffset);
  const texts: Uint8Array[] = [];
  for (const { count, table } of qstrTables(image)) {
    for (let q = 0; q < count; q++) {
      const at = view.getInt32(table + 4 * q, true);
      texts.push(image.bytes.subarray(at, at + (image.bytes[table + 6 * count + q] as number)));
    }
  }
  return texts;
}

/** The tables of an image's interned strings. */
export function qstrTables(image: RomData): readonly { readonly count: number; readonly table: number }[] {
  const tables = [{ count: image.qstrCount, table: image.qstrTable }];
  if (image.frozen !== undefined) tables.push({ count: image.frozen.qstrCount, table: image.frozen.qstrTable });
  return tables;
}

/**
 * An image with frozen modules added. `limit`: bytes that the image may have. Throws {@link VmUsageError}: 'frozen-twice',
 * 'already-frozen', 'rom-too-large'; what `verifyModule` throws for damaged code; `MpyFormatError` for native code.
 */
export function freezeImage(
  image: RomImage,
  files: readonly FrozenFile[],
  profile: Pick<Profile, 'floatBits' | 'level'>,
  limit = Number.POSITIVE_INFINITY,
): RomImage {
  if ((image.frozen?.qstrCount ?? 0) > 0)
    throw new VmUsageError('already-frozen', 'the ROM image has frozen modules already');
  const out = new ImageWriter(image.bytes.length);
  const known = new Map<string, number>();
  romQstrTexts(image).forEach((t, i) => known.set(i === 0 ? '\0null' : latin1(t), i));
  const added: Uint8Array[] = [];
  const qstr = (text: string): number => {
    const bytes = utf8(text);
    const key = latin1(bytes);
    let q = known.get(key);
    if (q === undefined) {
      if (bytes.length > 255) throw new VmUsageError('name-too-long', `a name of ${bytes.length} bytes: at most 255`);
      q = image.qstrCount + added.length;
      known.set(key, q);
      added.push(bytes);
    }
    return q;
  };
  const freezer = new Freezer(
    out,
    freezeTarget(profile.floatBits, profile.level === 'everything', image.symbols, qstr),
  );
  // files take the place of modules of the same path that the image came with
  const modules: Record<string, number> = { ...image.frozen?.modules };
  const given = new Set<string>();
  for (const f of files) {
    if (given.has(f.path)) throw new VmUsageError('frozen-twice', `'${f.path}' is frozen twice`);
    given.add(f.path);
    if ('source' in f) {
      modules[f.path] = out.words([FrozenKind.Source, freezer.bytes(f.source), 0, 0]);
      continue;
    }
    verifyModule(f.module);
    const { qstrs, objs, root } = freezer.module(f.module);
    modules[f.path] = out.words([FrozenKind.Code, qstrs, objs, root]);
  }
  const frozen: FrozenData = { modules, qstrCount: added.length, qstrTable: freezer.qstrTable(added) };
  const bytes = new Uint8Array(image.bytes.length + out.bytes().length);
  if (bytes.length > limit) {
    throw new VmUsageError(
      'rom-too-large',
      `with its frozen modules the ROM image has ${bytes.length} bytes, the flash ${limit} for it`,
    );
  }
  bytes.set(image.bytes);
  bytes.set(out.bytes(), image.bytes.length);
  return { ...image, bytes, frozen };
}

/** Bytes as a JavaScript string to compare them by. */
function latin1(bytes: Uint8Array): string {
  let s = '';
  for (const b of bytes) s += String.fromCharCode(b);
  return s;
}
