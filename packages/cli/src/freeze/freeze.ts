/** Freezing without a C tool chain: a manifest's files compiled and laid out in a board's ROM image. Counterpart: tools/makemanifest.py. */
import { compile, CompileError } from '@tsmp/compiler';
import { LexError } from '@tsmp/lexer';
import { MpyFormatError, MpyVerifyError, readMpy } from '@tsmp/mpy-format';
import { storageOf } from '@tsmp/machine';
import { freezeImage, type FrozenFile, type Profile, type RomImage } from '@tsmp/vm';
import { romImage } from '../board.js';
import { type ManifestEntry, ManifestError, type ManifestHost } from './manifest.js';

/** The image of a board with a manifest's files frozen in it. Throws {@link ManifestError}, `VmUsageError`. */
export function freezeManifest(profile: Profile, host: ManifestHost, entries: readonly ManifestEntry[]): RomImage {
  const files = entries.map((e) => frozenFile(host, e));
  return freezeImage(romImage(profile), files, profile, profile.flashSize - storageOf(profile).size);
}

function frozenFile(host: ManifestHost, entry: ManifestEntry): FrozenFile {
  const bytes = host.read(entry.source);
  if (entry.kind === 'source') return { path: entry.target, source: bytes };
  try {
    if (entry.kind === 'mpy') {
      const { module } = readMpy(bytes, { target: { smallIntBits: 31 } });
      // a .mpy file is known by the name that it was compiled with
      return { path: module.qstrs[0] ?? entry.target, module };
    }
    const optLevel = (entry.opt ?? 0) as 0 | 1 | 2 | 3;
    const source = tagged(bytes, entry.version);
    return { path: entry.target, module: compile(source, { fileName: entry.target, optLevel, allowNative: true }) };
  } catch (e) {
    if (e instanceof CompileError) throw new ManifestError(`error compiling ${entry.target}:\n${e.format()}`);
    if (e instanceof LexError || e instanceof MpyFormatError || e instanceof MpyVerifyError)
      throw new ManifestError(`error freezing ${entry.target}: ${e.message}`);
    throw e;
  }
}

/** Source with the version of its package behind it, unless it says one itself. */
function tagged(source: Uint8Array, version: string | null): Uint8Array {
  if (version === null || new TextDecoder().decode(source).includes('__version__ =')) return source;
  const quoted = version.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n');
  const tail = new TextEncoder().encode(`\n\n__version__ = '${quoted}'\n`);
  const out = new Uint8Array(source.length + tail.length);
  out.set(source);
  out.set(tail, source.length);
  return out;
}
