/** The ROM image as a build output: the same each time, and usable from storage. */
import { compile } from '@tsmp/compiler';
import { describe, expect, it } from 'vitest';
import {
  boot,
  buildRom,
  type CompileFn,
  type Profile,
  PROFILES,
  romDefinitions,
  type RomData,
  type RomImage,
  run,
  startSource,
  Vm,
} from '../src/index.js';

const boardCompile: CompileFn = (request) =>
  compile(request.source, {
    fileName: request.fileName,
    kind: request.kind,
    optLevel: 0,
    smallIntBits: request.smallIntBits,
    floatBits: request.floatBits,
    knownQstrs: { has: request.isKnownQstr },
    orderedDictLiteral: true,
  });

function build(profile: Profile): RomImage {
  return buildRom(romDefinitions(profile), { floatBits: profile.floatBits, compile: boardCompile });
}

/** The part of an image that is data. */
function dataOf({ definitions: _, ...data }: RomImage): RomData {
  return data;
}

function output(profile: Profile, image: RomImage, source: string): string {
  let out = '';
  const vm = new Vm(profile, image, {
    stdout: (b) => {
      out += new TextDecoder().decode(b);
    },
    compile: boardCompile,
  });
  boot(vm);
  startSource(vm, new TextEncoder().encode(source), 'test.py');
  expect(run(vm).reason).toBe('done');
  return out;
}

describe('a ROM image', () => {
  for (const profile of Object.values(PROFILES)) {
    it(`of ${profile.name} is the same each time`, () => {
      const image = build(profile);
      expect(dataOf(build(profile))).toEqual(dataOf(image));
      expect(image.bytes.length).toBeLessThan(profile.flashSize);
    });

    it(`of ${profile.name} links again after it was stored`, () => {
      const image = build(profile);
      const source = 'import sys\nprint([str(x) for x in sorted((3, 1, 2))], sys.platform, {"k": 1.5}, "%d" % 3)\n';
      const stored: RomData = structuredClone(dataOf(image));
      expect(() => structuredClone(image)).toThrow(); // definitions hold functions
      const loaded: RomImage = { ...stored, definitions: romDefinitions(profile) };
      expect(output(profile, loaded, source)).toBe(output(profile, image, source));
      const asText = JSON.parse(JSON.stringify({ ...stored, bytes: [...stored.bytes] })) as RomData & {
        bytes: number[];
      };
      const parsed: RomImage = {
        ...asText,
        bytes: Uint8Array.from(asText.bytes),
        definitions: romDefinitions(profile),
      };
      expect(output(profile, parsed, source)).toBe(output(profile, image, source));
    });
  }

  it('is refused when the definitions lack one of its natives', () => {
    const profile = PROFILES.minimal as Profile;
    const image = build(profile);
    const linked = (): Vm =>
      new Vm(profile, { ...image, natives: [...image.natives, 'fun nowhere.f'] }, { stdout: () => undefined });
    expect(linked).toThrow(/needs a native 'fun nowhere.f'/);
  });

  it('is refused when the flash is too small', () => {
    const profile = { ...(PROFILES['pico-w'] as Profile), flashSize: 16 * 1024 };
    expect(() => new Vm(profile, build(profile), { stdout: () => undefined })).toThrow(
      /the ROM image has \d+ bytes, the flash 16384/,
    );
  });
});
